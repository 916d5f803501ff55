#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What others see in a mail or a workbook, as JSON. outside.py mail|workbook FILE."""
import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as tree
import zipfile


def structure(part):
    inside = [structure(child) for child in part.iter_parts()] if part.is_multipart() else []
    return part.get_content_subtype() + (f"({','.join(inside)})" if inside else "")


def people(raw, header):
    """Python's newer parser puts blanks between encoded words (bpo-35547); its older one knows better."""
    old = email.message_from_bytes(raw)
    return [[str(email.header.make_header(email.header.decode_header(name))), address]
            for name, address in email.utils.getaddresses([old[header]])]


def mail(file):
    raw = open(file, "rb").read()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "structure": structure(message),
        "headers": [[name, str(value)] for name, value in message.items()],
        "to": people(raw, "to"),
        "from": people(raw, "from"),
        "defects": [type(d).__name__ for part in message.walk() for d in part.defects],
        "lines": raw.split(b"\r\n\r\n", 1)[0].decode("ascii").split("\r\n"),
        "parts": [{
            "type": part.get_content_type(),
            "name": part.get_filename(),
            "name_in_type": part.get_param("name", header="content-type"),
            "disposition": part.get_content_disposition(),
            "id": part["content-id"],
            "encoding": part["content-transfer-encoding"],
            "text": part.get_payload(decode=True).decode("utf-8") if part.get_content_maintype() == "text" else None,
            "sha256": hashlib.sha256(part.get_payload(decode=True)).hexdigest(),
        } for part in parts],
        "boundaries": [part.get_boundary() for part in message.walk() if part.is_multipart()],
    }


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(file):
    with zipfile.ZipFile(file) as pack:
        shared = pack.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in pack.namelist() else b"<none/>"
        texts = ["".join(t.text or "" for t in one.iter(SHEET + "t"))
                 for one in tree.fromstring(shared).iter(SHEET + "si")]
        styles = tree.fromstring(pack.read("xl/styles.xml"))
        formats = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(SHEET + "numFmt")}
        looks = [one.get("numFmtId") for one in styles.find(SHEET + "cellXfs")]
        named = [one.get("name") for one in tree.fromstring(pack.read("xl/workbook.xml")).iter(SHEET + "sheet")]
        sheets = []
        for number, name in enumerate(named, 1):
            xml = pack.read(f"xl/worksheets/sheet{number}.xml")
            sheet = tree.fromstring(xml)
            cells = {}
            for cell in sheet.iter(SHEET + "c"):
                value = cell.find(SHEET + "v")
                if value is None:
                    continue
                look = looks[int(cell.get("s", 0))]
                cells[cell.get("r")] = [texts[int(value.text)] if cell.get("t") == "s" else float(value.text),
                                        formats.get(look, look)]
            pane, marked = sheet.find(f".//{SHEET}pane"), sheet.find(f".//{SHEET}autoFilter")
            sheets.append({
                "name": name, "cells": cells, "formulas": len(list(sheet.iter(SHEET + "f"))),
                "frozen": pane.get("topLeftCell") if pane is not None else None,
                "filter": marked.get("ref") if marked is not None else None,
                "widths": [float(column.get("width")) for column in sheet.iter(SHEET + "col")],
            })
        core = pack.read("docProps/core.xml").decode("utf-8")
        return {"sheets": sheets, "files": pack.namelist(),
                "created": re.findall(r"<dcterms:created[^>]*>([^<]*)", core),
                "title": re.findall(r"<dc:title>([^<]*)", core), "author": re.findall(r"<dc:creator>([^<]*)", core)}


if __name__ == "__main__":
    print(json.dumps({"mail": mail, "workbook": workbook}[sys.argv[1]](sys.argv[2])))
