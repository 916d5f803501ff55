# SPDX-License-Identifier: Apache-2.0
"""The mails that workspace.py has made, taken apart by Python's own parser."""
import email
import email.policy
import html
import html.parser
import os
import re
import sys
from pathlib import Path

SKIPPED = 77
KINDS = {"daily": "2026-11-20", "weekly": "2026-11-15", "monthly": "2026-10-31"}
LANGUAGES = ("zh", "en")
AUDIENCES = ("brand", "agency")
BRANDS = {"aurora": "曙光护肤", "milou": "米鹿母婴", "pawpaw": "爪爪鲜粮", "qimu": "栖木服饰",
          "lanyi": "蓝衣女装", "yunshe": "云舍俱乐部", "qihang": "启航训练营", "chenniang": "陈酿酒业"}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def judge(folder, name):
    """A judge that stands outside of the project."""
    path = Path(folder) / name
    if not path.is_file():
        skip(f"no judge {name}")
    return path


def tools(folder):
    """Where the judges that are npm packages are installed."""
    path = Path(folder) / "tools"
    if not (path / "node_modules/axe-core").is_dir():
        skip("the judges from npm are not installed")
    return path


class Mail:
    """A report as .eml at `path`: BRAND/KIND-DATE-AUDIENCE.LANGUAGE.eml."""

    def __init__(self, path):
        self.path = Path(path)
        self.brand = self.path.parent.name
        report, self.language, _ = self.path.name.split(".")
        self.kind, self.audience = report.split("-")[0], report.split("-")[-1]
        self.name = f"{self.brand}/{self.path.stem}"
        self.message = email.message_from_bytes(self.path.read_bytes(), policy=email.policy.default)
        self.html, self.text = (self.message.get_body((form,)).get_content().replace("\r\n", "\n")
                                for form in ("html", "plain"))
        parts = [part for part in self.message.walk() if part.get_filename()]
        self.pictures = [part for part in parts if part.get_content_disposition() == "inline"]
        self.attachments = {part.get_filename(): part.get_content()
                            for part in parts if part.get_content_disposition() == "attachment"}

    def unpack(self, folder):
        """The HTML as a page with its pictures beside it; returns its path."""
        folder = Path(folder) / self.brand / self.path.stem
        folder.mkdir(parents=True, exist_ok=True)
        html = self.html
        for picture in self.pictures:
            (folder / picture.get_filename()).write_bytes(picture.get_content())
            html = html.replace("cid:" + picture["content-id"][1:-1], picture.get_filename())
        page = folder / "mail.html"
        page.write_bytes(html.encode())
        return page


def mails(folder):
    """All of them, and no fewer than there have to be."""
    found = [Mail(path) for path in sorted(Path(folder).glob("mails/*/*.eml"))]
    wanted = {(brand, kind, language, audience) for brand in BRANDS for kind in KINDS for language in LANGUAGES
              for audience in AUDIENCES}
    missing = wanted - {(mail.brand, mail.kind, mail.language, mail.audience) for mail in found}
    if missing:
        sys.exit(f"mails are missing: {sorted(missing)}")
    return found


def chosen(folder):
    """Some that stand for all: two of each kind, language and audience, three of each brand."""
    by_key = {(mail.brand, mail.kind, mail.language, mail.audience): mail for mail in mails(folder)}
    brands, few = list(BRANDS), []
    for turn, kind in enumerate(KINDS):
        for language in LANGUAGES:
            for audience in AUDIENCES:
                for _ in range(2):
                    few.append(by_key[brands[(len(few) + 3 * turn) % 8], kind, language, audience])
    return few


def tiles(mail):
    """Titles and values of a mail's tiles, as its template sets them."""
    found = re.findall(r'">([^<]+)</p>\n<p style="[^"]*line-height:32px"><strong>([^<]+)</strong>', mail.html)
    return [(html.unescape(title), html.unescape(value)) for title, value in found]


class Page(html.parser.HTMLParser):
    """What a reader of HTML sees: the words of tiles and tables, the links, the rows and columns of tables."""

    def __init__(self, source):
        super().__init__()
        self.tables, self.links, self.words, self.stack = [], [], [], []
        self.hidden = 0
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("meta", "img", "br"):
            return
        self.stack.append((tag, attributes))
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "table" and attributes.get("role") != "presentation":
            self.tables.append([])
        if tag == "tr" and self.in_table():
            self.tables[-1].append([])
        if tag in ("td", "th") and self.in_table():
            self.tables[-1][-1].append("")

    def in_table(self):
        inner = [attributes for tag, attributes in self.stack if tag == "table"]
        return bool(inner) and inner[-1].get("role") != "presentation"

    def handle_endtag(self, tag):
        if tag not in ("meta", "img", "br"):
            opened = self.stack.pop()[0]
            assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data):
        hidden = any(tag in ("title", "style") or "display:none" in attributes.get("style", "")
                     for tag, attributes in self.stack)
        if hidden:
            return
        self.words.append(data)
        if self.in_table() and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def conclude(faults, judged):
    """Ends the test: 1 for any fault."""
    for fault in faults[:60]:
        print(fault)
    print(f"{judged} judged, {len(faults)} faults")
    sys.exit(1 if faults or not judged else 0)


def under_ci():
    return bool(os.environ.get("CI"))
