# SPDX-License-Identifier: Apache-2.0
"""The two forms of a mail say the same: every figure of the tiles and tables and every link of the HTML stands in the
text. And it is fit for reading: words.py OUT."""
import re
import sys

from mails import Page, conclude, mails, tiles

NUMBER = re.compile(r"[0-9][0-9,.:/-]*[0-9]|[0-9]")


def faults_of(mail):
    page, text = Page(mail.html), mail.text
    said = re.sub(r"\s", "", text)
    shown = tiles(mail)
    if len(shown) < 2:
        yield "no tiles"
    for title, value in shown:
        if re.sub(r"\s", "", title + value) not in said:
            yield f"the text lacks the tile {title} {value}"
        if len(value) > 12:
            yield f"tile {value} is too wide"
    if not page.tables:
        yield "no tables"
    for rows in page.tables:
        if len(rows[0]) > 5:
            yield f"a table of {len(rows[0])} columns"
        if len([row for row in rows[1:] if len(row) > 1]) > 21:  # with a total
            yield f"a table of {len(rows)} rows"
        for cell in (cell for row in rows for cell in row):
            for number in NUMBER.findall(cell.replace("\u200b", "")):
                if number not in said:
                    yield f"the text lacks {number} of the cell {cell!r}"
    for link in page.links:
        if link.removeprefix("mailto:") not in text:
            yield f"the text lacks the link {link}"
    if not page.links:
        yield "no links"
    if "\n\n\n\n" in text:
        yield "more than two blank lines in the text"
    if entity := re.search(r"&(amp|lt|gt|quot|#39);", text):
        yield f"{entity[0]} in the text"
    longest = max(text.splitlines(), key=len)
    if len(longest) > 200 and "://" not in longest:
        yield f"a line of {len(longest)} characters in the text"


every = mails(sys.argv[1])
conclude([f"{mail.name}: {fault}" for mail in every for fault in faults_of(mail)], len(every))
