# SPDX-License-Identifier: Apache-2.0
"""The same report made again is the same bytes, in each format: twice.py BIN OUT."""
import filecmp
import shutil
import sys
from pathlib import Path

from mails import conclude
from workspace import report

binaries, out = map(Path, sys.argv[1:])
shutil.rmtree(out / "again", ignore_errors=True)
for kind, language in (("weekly", "zh"), ("monthly", "en")):
    report(binaries, out / "workspace", kind, language, out / "again", "eml,xlsx,pdf,html")
made = sorted(out.glob("again/*/*"))
faults = [str(path) for path in made
          if not filecmp.cmp(path, out / "mails" / path.relative_to(out / "again"), shallow=False)]
conclude(faults, len(made))
