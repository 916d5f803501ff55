# SPDX-License-Identifier: Apache-2.0
"""axe finds nothing in mails that stand for all, seen wide, on a phone, dark and without pictures, and nothing is wider
than the screen: access.py OUT JUDGES SHARD/SHARDS. The pictures stay in OUT/pictures."""
import shutil
import subprocess
import sys
from pathlib import Path

from mails import chosen, conclude, judge, skip, tools

out, judges, shard = sys.argv[1:]
if not Path("/usr/bin/chromium").exists():
    skip("no chromium")
folder = tools(out)
script = shutil.copyfile(judge(judges, "judge_axe.mjs"), folder / f"axe_{shard[0]}.mjs")
pictures = Path(out, "pictures").resolve()
pictures.mkdir(parents=True, exist_ok=True)
first, step = map(int, shard.split("/"))
some = chosen(out)[first - 1::step]
faults = []
for mail in some:
    page = mail.unpack(f"{out}/access").resolve()
    done = subprocess.run(["node", script, page, pictures / mail.name.replace("/", "-")], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120)
    if done.returncode != 0:
        faults.append(f"{mail.name}: {done.stdout}")
conclude(faults, len(some))
