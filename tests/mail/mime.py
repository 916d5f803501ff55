# SPDX-License-Identifier: Apache-2.0
"""Every mail keeps the strict rules of MIME: mime.py OUT JUDGES."""
import subprocess
import sys

from mails import judge, mails

out, judges = sys.argv[1:]
done = subprocess.run([sys.executable, judge(judges, "judge_mime.py"), *(mail.path for mail in mails(out))],
                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("ok ")))
sys.exit(done.returncode)
