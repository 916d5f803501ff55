# SPDX-License-Identifier: Apache-2.0
"""Every mail on a phone, by phone.mjs: phone.py OUT."""
import json
import shutil
import subprocess
import sys
from pathlib import Path

from mails import chosen, mails, skip, tiles, tools

out = Path(sys.argv[1])
if not Path("/usr/bin/chromium").exists():
    skip("no chromium")
folder = tools(out)
script = shutil.copy(Path(__file__).with_name("phone.mjs"), folder)
pictures = (out / "pictures").resolve()
pictures.mkdir(parents=True, exist_ok=True)


def order(mail):
    assert tiles(mail), mail.name
    return {"name": mail.name, "page": str(mail.unpack(out / "phone").resolve()),
            "values": [value for _, value in tiles(mail)],
            "picture": str(pictures / (mail.name.replace("/", "-") + "_forced.png"))}


every = [order(mail) for mail in mails(out)]
dark = {mail.name for mail in chosen(out)[::3]}
orders = out / "phone/orders.json"
orders.write_text(json.dumps({"mails": every, "dark": [mail for mail in every if mail["name"] in dark]}))
sys.exit(subprocess.run(["node", script, orders.resolve()], cwd=folder).returncode)
