# SPDX-License-Identifier: Apache-2.0
"""A spam filter takes no mail for spam: spam.py OUT JUDGES. It compares Date with the clock, and these mails are of the
days of the sample; so it judges copies that differ from them in Date alone, which is now."""
import email.utils
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from mails import judge, mails, skip

MOST = "1.0"

out, judges = sys.argv[1:]
script = judge(judges, "rspamd_offline.sh")
for program in ("rspamd", "rspamc", "unshare", "ip"):
    if not shutil.which(program):
        skip(f"no {program}")
if os.geteuid() != 0 or subprocess.run(["unshare", "-n", "true"]).returncode != 0:
    skip("a network of its own takes root")
today = email.utils.format_datetime(email.utils.localtime()).encode()
copies = []
for mail in mails(out):
    copy = Path(out, "spam", mail.brand, mail.path.name)
    copy.parent.mkdir(parents=True, exist_ok=True)
    dated, times = re.subn(rb"(?m)^Date: [^\r]*", b"Date: " + today, mail.path.read_bytes(), count=1)
    assert times == 1
    copy.write_bytes(dated)
    copies.append(copy)
done = subprocess.run([script, *copies], env={**os.environ, "MAX": MOST}, stdout=subprocess.PIPE, encoding="utf-8")
judged = done.stdout.splitlines()
print("\n".join([line for line in judged if not line.startswith("ok ")][:20]))
print(f"{len(judged)} judged")
sys.exit(done.returncode or (0 if len(judged) == len(copies) else 1))
