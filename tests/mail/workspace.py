# SPDX-License-Identifier: Apache-2.0
"""Makes every mail, workbook, print and page of the eight sample brands by the program itself: workspace.py BIN OUT."""
import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

from mails import AUDIENCES, BRANDS, KINDS, LANGUAGES

SOURCE = Path(__file__).resolve().parents[2]
MAIL = """
[mail]
from = "reports@agency.example"
from_name = "远帆代运营"
url = "https://reports.agency.example/siyu"
host = "smtp.agency.example"
"""
# Looks that are hard to get right: white on yellow, red for good, a logo, nearly white.
LOOKS = {"pawpaw": ["colour=#ffd100"], "milou": ["colour=#c8102e", "red_is_good=yes"],
         "qimu": ["colour=#2e4a3d", "logo=logo.png", "mail_contact=pm@agency.example"], "lanyi": ["colour=#f4f1ea"]}


def logo():
    """200 x 48 pixels, half seen through."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"".join(bytes((46, 74, 61, 255 if (x + y) % 48 < 24 else 96)) for x in range(200))
                    for y in range(48))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 200, 48, 8, 6, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode > 1:  # 1: done, but look at something
        sys.exit(f"{command}: {done.returncode}\n{done.stdout[-4000:]}")


def report(binaries, workspace, kind, language, out, formats):
    run(binaries / "siyu", "-C", workspace, "--lang", language, "report", kind, "--date", KINDS[kind],
        "--format", formats, "--out", out)


def main(binaries, out):
    workspace = out / "workspace"
    for folder in (workspace, out / "mails", out / "again"):
        shutil.rmtree(folder, ignore_errors=True)
    workspace.mkdir(parents=True)
    run(binaries / "siyu_sample", workspace / "data")
    run("bash", SOURCE / "packaging/sample.sh", binaries, workspace)
    with open(workspace / "siyu.toml", "a", encoding="utf-8") as settings:
        settings.write(MAIL)
    for brand, terms in LOOKS.items():
        run(binaries / "siyu", "-C", workspace, "tenant", "set", brand, *terms, "--from", "2026-01-01")
    folder = workspace / "tenants/qimu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "logo.png").write_bytes(logo())
    for language in LANGUAGES:
        for kind in KINDS:
            report(binaries, workspace, kind, language, out / "mails", "eml,xlsx,pdf,html")
    made = len(list((out / "mails").glob("*/*")))
    wanted = 4 * len(BRANDS) * len(KINDS) * len(LANGUAGES) * len(AUDIENCES)
    print(f"{made} files")
    sys.exit(0 if made == wanted else f"{wanted} files were to be made")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
