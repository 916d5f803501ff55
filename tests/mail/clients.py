# SPDX-License-Identifier: Apache-2.0
"""What caniemail calls an error in any mail is what accepted.txt accepts, no more and no less: clients.py OUT JUDGES."""
import shutil
import subprocess
import sys
from pathlib import Path

from mails import chosen, conclude, judge, tools

CLIENTS = "outlook.windows,outlook.outlook-com,gmail.*,apple-mail.*"

out, judges = sys.argv[1:]
folder = tools(out)
script = shutil.copy(judge(judges, "judge_caniemail.mjs"), folder)
lines = Path(__file__).with_name("accepted.txt").read_text(encoding="utf-8").splitlines()
accepted = {line for line in lines if line and not line.startswith("#")}
found, some = {}, chosen(out)
for mail in some:
    page = mail.unpack(f"{out}/clients").resolve()
    done = subprocess.run(["node", script, page, CLIENTS], cwd=folder, stdout=subprocess.PIPE, encoding="utf-8")
    errors = done.stdout.split("ERRORS\n")[1].split("WARNINGS\n")[0]
    for line in errors.splitlines():
        found.setdefault(line.strip(), mail.name)
faults = [f"new, {name}: {error}" for error, name in sorted(found.items()) if error not in accepted]
faults += [f"gone, take it out of accepted.txt: {error}" for error in sorted(accepted - found.keys())]
conclude(faults, len(some))
