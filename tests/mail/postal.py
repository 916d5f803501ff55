# SPDX-License-Identifier: Apache-2.0
"""A second parser reads in every mail what was meant: subject, people and names of files. postal.py OUT JUDGES"""
import json
import re
import shutil
import subprocess
import sys

from mails import BRANDS, conclude, judge, mails, tools

out, judges = sys.argv[1:]
folder = tools(out)
script = shutil.copy(judge(judges, "judge_postal.mjs"), folder)  # it finds its packages beside itself
every = mails(out)
done = subprocess.run(["node", script, *(mail.path for mail in every)], stdout=subprocess.PIPE, encoding="utf-8",
                      check=True)
KIND = {"zh": {"daily": "每日经营简报", "weekly": "每周经营简报", "monthly": "每月经营简报"},
        "en": {"daily": "Daily report", "weekly": "Weekly report", "monthly": "Monthly report"}}
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUBJECT = {"zh": "【{}】{} ", "en": "[{}] {} "}
faults = []
for mail, line in zip(every, done.stdout.splitlines(), strict=True):
    read = json.loads(line)
    brand, kind = BRANDS[mail.brand], KIND[mail.language][mail.kind]
    wrong = lambda what: faults.append(f"{mail.name}: {what}")
    subject = read["subject"]
    if not subject.startswith(SUBJECT[mail.language].format(brand, kind)):
        wrong(f"subject {subject}")
    if sum(1 if ord(letter) < 0x2000 else 2 for letter in subject) > 80:
        wrong(f"subject of more than 40 Chinese characters: {subject}")
    if read["from"] != {"address": "reports@agency.example", "name": "远帆代运营"}:
        wrong(f"from {read['from']}")
    if read["to"] != [{"address": "reports@agency.example", "name": brand}]:
        wrong(f"to {read['to']}")
    files = [part for part in read["attachments"] if part["disposition"] == "attachment"]
    wanted = [SPREADSHEET] + (["application/pdf"] if mail.kind == "monthly" else [])
    if [part["type"] for part in files] != wanted:
        wrong(f"attachments {files}")
    for part, ending in zip(files, ("xlsx", "pdf")):
        days = r"\d{4}-\d\d-\d\d"
        inner = "" if mail.audience == "brand" else "-.+"
        if not re.fullmatch(f"{brand}-{kind}-{days}((至|_to_){days})?{inner}\\.{ending}", part["filename"]):
            wrong(f"file name {part['filename']}")
    shown = [part for part in read["attachments"] if part not in files]
    if not shown or any(part["type"] != "image/png" or not part["related"] or not part["cid"] for part in shown):
        wrong(f"pictures {shown}")
conclude(faults, len(every))
