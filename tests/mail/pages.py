# SPDX-License-Identifier: Apache-2.0
"""The reports as pages, of two brands, one of each kind, language and audience, by pages.mjs: pages.py OUT."""
import shutil
import subprocess
import sys
from pathlib import Path

from mails import AUDIENCES, KINDS, LANGUAGES, skip, tools

out = Path(sys.argv[1])
if not Path("/usr/bin/chromium").exists():
    skip("no chromium")
folder = tools(out)
script = shutil.copy(Path(__file__).with_name("pages.mjs"), folder)
pages = []
for kind, date in KINDS.items():
    for language in LANGUAGES:
        for audience in AUDIENCES:
            brand = ("aurora", "pawpaw")[len(pages) // 2 % 2]
            pages.append((out / "mails" / brand / f"{kind}-{date}-{audience}.{language}.html").resolve(strict=True))
sys.exit(subprocess.run(["node", script, *pages], cwd=folder).returncode)
