# SPDX-License-Identifier: Apache-2.0
"""Installs the judges that are npm packages, in the versions of package-lock.json: tools.py OUT."""
import shutil
import subprocess
import sys
from pathlib import Path

from mails import skip, under_ci


def main(folder):
    here = Path(__file__).resolve().parent
    if not shutil.which("npm"):
        skip("no npm")
    lock = (here / "package-lock.json").read_bytes()
    installed = folder / "installed"  # the lock that was installed last
    if installed.exists() and installed.read_bytes() == lock:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(here / name, folder)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder)
    if done.returncode != 0:
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        sys.exit("npm ci failed") if under_ci() else skip("npm ci failed")
    installed.write_bytes(lock)


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "tools")
