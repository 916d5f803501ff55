# SPDX-License-Identifier: Apache-2.0
"""html-validate finds nothing in the HTML of any mail, nor in the pages of two brands: markup.py OUT JUDGES."""
import subprocess
import sys
from pathlib import Path

from mails import judge, mails, skip, tools

out, judges = sys.argv[1:]
folder = tools(out)
if int(subprocess.run(["node", "-p", "process.versions.node"], capture_output=True, text=True).stdout.split(".")[0]) < 20:
    skip("html-validate needs Node.js 20, and Debian 12 has 18")
pages = [mail.unpack(f"{out}/markup") for mail in mails(out)]
for brand in ("aurora", "pawpaw"):
    pages += sorted(path.resolve() for path in Path(out, "mails", brand).glob("*.html"))
done = subprocess.run([folder / "node_modules/.bin/html-validate", "--config", judge(judges, "html-validate.json"),
                       "-f", "text", *pages], cwd=folder)
print(f"{len(pages)} judged")
sys.exit(done.returncode)
