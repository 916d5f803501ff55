# SPDX-License-Identifier: Apache-2.0
"""No brand's mail holds a name of another one, nor do its workbooks, prints and pages: brands.py OUT."""
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from mails import BRANDS, conclude, mails, skip

out = Path(sys.argv[1])
if not shutil.which("pdftotext"):
    skip("no pdftotext")


def of_workbook(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def of_print(content):
    words = subprocess.run(["pdftotext", "-", "-"], input=content, stdout=subprocess.PIPE, check=True).stdout
    about = subprocess.run(["pdfinfo", "-"], input=content, stdout=subprocess.PIPE, check=True).stdout
    return words.decode() + about.decode()


READERS = {".xlsx": of_workbook, ".pdf": of_print, ".html": bytes.decode}
texts = []  # brand, where, what can be read there
for mail in mails(out):
    head = "\n".join(f"{name}: {value}" for name, value in mail.message.items())
    texts.append((mail.brand, mail.name, "\n".join([head, mail.html, mail.text, *mail.attachments])))
    for name, content in mail.attachments.items():
        texts.append((mail.brand, f"{mail.name} {name}", READERS[Path(name).suffix](content)))
for path in sorted(path for path in out.glob("mails/*/*") if path.suffix in READERS):
    texts.append((path.parent.name, path.name, READERS[path.suffix](path.read_bytes())))

faults = []
for brand, where, text in texts:
    if BRANDS[brand] not in text:
        faults.append(f"{where}: not even its own name can be read")
    for other, name in BRANDS.items():
        if other != brand and (name in text or other in text.lower()):
            faults.append(f"{where}: holds the name of {other}")
conclude(faults, len(texts))
