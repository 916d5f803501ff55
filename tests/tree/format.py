#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every source is as clang-format leaves it and begins with its licence. format.py TOP; 77 without clang-format."""
import pathlib
import shutil
import subprocess
import sys

AREAS = ("core", "tenants", "reports", "plugins", "tests", "bench")


def main(top):
    sources = sorted(f for area in AREAS for f in (top / area).glob("**/*") if f.suffix in {".hpp", ".cpp", ".h"})
    complaints = [f"{f.relative_to(top)}: does not begin with the SPDX line"
                  for f in sources if "SPDX-License-Identifier: Apache-2.0" not in f.read_text("utf-8").split("\n", 1)[0]]
    if not sources:
        complaints.append(f"{top}: no sources")
    if complaints:
        print("\n".join(complaints))
        return 1
    if not shutil.which("clang-format"):
        print("clang-format is not installed")
        return 77
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *map(str, sources)], capture_output=True, encoding="utf-8")
    said = {line.split(":")[0] for line in done.stderr.splitlines() if "clang-format-violations" in line}
    if said:
        print("clang-format -i " + " ".join(sorted(str(pathlib.Path(f).relative_to(top)) for f in said)))
    elif done.returncode:
        print(done.stderr)
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
