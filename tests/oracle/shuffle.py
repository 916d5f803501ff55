#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same facts, however they came, give the same figures: shuffle.py --siyu PATH [--seeds A..B] [--store mysql]

A seed makes the final rows of a small random agency. They are taken in the straight way (one file for each fact, in a
fresh workspace), and in other ways, each in a fresh workspace: in random order and pieces, with pieces taken in twice,
wrong versions that are put right later (an order on another day among them), rows that are set aside, batches of junk
that are undone, batches that are undone and taken in again. At the end `siyu kpi --json` has to say the same to the
byte (but which files the facts came with, and what is odd about a file), `siyu report` has to write the same pages (but where they list rows set aside), and `siyu doctor --recompute` has
to find that the ledger says what the rows say; damage done to the ledger with SQL it has to see and to mend. `--shrink`
prints the shortest way that still ends elsewhere. With `--store mysql` each workspace has a database of its own, whose
URL the command in $SIYU_TEST_NEW_STORE says; its password is $SIYU_STORE_PASSWORD.
"""
import argparse
import csv
import json
import os
import random
import re
import shlex
import sqlite3
import subprocess
import sys
import tempfile
from collections import namedtuple
from datetime import date
from pathlib import Path

import oracle
from compare import BAD, PLACES, Maker

# The label of a Take is how an Undo names it. `bad`: rows that have to be set aside.
Take = namedtuple("Take", "label fact columns rows bad encoding")
Undo = namedtuple("Undo", "label")
Doctor = namedtuple("Doctor", "")
Agency = namedtuple("Agency", "zone terms facts looks")

SIZES = {"joins": 60, "leaves": 25, "orders": 45, "interactions": 45, "guide_actions": 40, "forecast": 40,
         "refunds": 14}
PLAIN_KEYS = {"kocs": ("koc_id",), "groups": ("group_id",)}


class Difference(Exception):
    """A way that ended elsewhere."""


def key_of(book, fact, cells):
    """Which row of the fact it is a version of; none for one that has to be set aside."""
    if fact in PLAIN_KEYS:
        return tuple(cells[name] for name in PLAIN_KEYS[fact])
    try:
        return book.key(fact, book.read(fact, cells), 0)
    except oracle.BadCell:
        return None


class Facts:
    """The rows of one agency, and other versions of them."""

    def __init__(self, rng, zone, centre):
        self.rng, self.maker, self.book = rng, Maker(rng, zone, date.fromisoformat(centre)), oracle.Book(zone)

    def named(self, fact, row):
        """An answer of nobody is known by its place in the file: there it could not come in pieces."""
        if fact == "surveys" and not row["response_id"] and not row["customer_id"]:
            row["customer_id"] = self.maker.customer()
        return row

    def row(self, fact):
        while True:
            row = self.named(fact, self.maker.row(fact))
            if key_of(self.book, fact, row) is not None:
                return row

    def version(self, fact, row):
        """A wrong version of a row."""
        while True:
            other = self.maker.correction(fact, row)
            if key_of(self.book, fact, other) == key_of(self.book, fact, row):
                return other

    def respelt(self, fact, row):
        """The same row, its moments in another form."""
        row = dict(row)
        for column, form in oracle.FACTS.get(fact, {}).items():
            name = column.rstrip("!")
            if form is oracle.read_instant and row[name] and self.rng.random() < 0.5:
                row[name] = self.maker.write_instant(oracle.read_instant(row[name], self.book.zone))
            if form is oracle.read_date and row[name] and self.rng.random() < 0.5:
                row[name] = self.maker.write_day(oracle.read_date(row[name]))
        return row

    def final(self):
        facts = {}
        for fact in [*oracle.FACTS, *PLAIN_KEYS]:
            if self.rng.random() < 0.08:
                continue
            rows = {}
            for _ in range(self.rng.randint(1, SIZES.get(fact, 22))):
                row = self.row(fact)
                rows[key_of(self.book, fact, row)] = row
            facts[fact] = rows
        return facts


def agency(seed):
    """The facts of a seed, and where to look."""
    rng = random.Random(f"agency {seed}")
    zone, centre = rng.choice(PLACES)
    facts = Facts(rng, zone, centre)
    terms = {"monthly_fee": ["3000", "99.99"], "floor": ["0.8", "1"], "members_per_guide": ["1", "2"]}
    given = tuple(f"{key}={rng.choice(values)}" for key, values in terms.items() if rng.random() < 0.6)
    final = facts.final()
    days = lambda: rng.choice([facts.maker.day(), rng.choice(facts.maker.hot)])
    looks = tuple((kind, str(days())) for kind in ("daily", "daily", "daily", "weekly", "weekly", "monthly", "monthly"))
    return Agency(zone, given, final, looks), facts


class Way:
    """Steps, and what stands after them."""

    def __init__(self, facts, rng):
        self.facts, self.rng, self.steps, self.standing = facts, rng, [], {}

    def take(self, fact, rows, bad=()):
        """Takes a file in; gives its label."""
        label, rows = len(self.steps), [*rows]
        columns = [*rows[0]]
        needed = {name.rstrip("!") for name in oracle.FACTS.get(fact, {}) if name.endswith("!")}
        if self.rng.random() < 0.5:  # a column that says nothing need not be there
            keep = needed | {"channel", "from", "to", "koc_id", "group_id", "status", "since", "tier"}
            columns = [name for name in columns if name in keep or any(row[name] for row in rows)]
        self.rng.shuffle(columns)
        for row in bad:
            rows.insert(self.rng.randint(0, len(rows)), row)
        self.steps.append(Take(label, fact, tuple(columns), tuple(tuple(row[c] for c in columns) for row in rows),
                               len(bad), self.rng.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030"])))
        self.standing[label] = (fact, {key_of(self.facts.book, fact, row): row for row in rows if row not in bad})
        return label

    def undo(self, label):
        self.steps.append(Undo(label))
        del self.standing[label]

    def shown(self):
        shown = {}
        for fact, rows in self.standing.values():
            shown.setdefault(fact, {}).update(rows)
        return shown


def pieces(rng, rows):
    rows = [*rows]
    rng.shuffle(rows)
    while rows:
        size = rng.choice([1, 2, 3, 5, len(rows)])
        yield rows[:size]
        rows = rows[size:]


def bad_rows(rng, fact, row):
    """Versions of a row that have to be set aside: fewer than a file is refused for."""
    if rng.random() > 0.15:
        return []
    for column in rng.sample([*row], len(row)):
        if column in BAD:
            return [{**row, column: bad} for bad in BAD[column] if bad][:2]
    return []


def way(seed, number, final, facts):
    """One of the ways to the final rows."""
    rng = facts.rng = facts.maker.rng = random.Random(f"way {seed} {number}")
    made = Way(facts, rng)
    plans = []  # (what, fact, rows)
    with_bad_rows = number % 2 == 1
    for fact, rows in final.items():
        for piece in pieces(rng, rows.values()):
            plans.append(("right", fact, piece))
            if rng.random() < 0.3:
                plans.append(("again", fact, piece))
        for piece in pieces(rng, rng.sample([*rows.values()], rng.randint(0, len(rows)))):
            if rng.random() < 0.7:
                plans.append(("wrong", fact, [facts.version(fact, row) for row in piece]))
        if rng.random() < 0.5:
            junk = [facts.row(fact) for _ in range(rng.randint(1, 8))]
            junk += [facts.version(fact, row) for row in rng.sample([*rows.values()], min(4, len(rows)))]
            plans.append(("junk", fact, junk))
    rng.shuffle(plans)
    right, junk = [], []
    for what, fact, rows in plans:
        if what in ("right", "again"):
            rows = [facts.respelt(fact, row) for row in rows]
            if rng.random() < 0.3:  # in one file the last row of a key is the one that counts
                rows = [facts.version(fact, rng.choice(rows)), *rows]
        bad = bad_rows(rng, fact, rows[0]) if with_bad_rows else []
        label = made.take(fact, rows, bad)
        (junk if what == "junk" else right).append((label, fact, rows))
        if rng.random() < 0.06:  # the very same file
            made.take(fact, rows)
        if junk and rng.random() < 0.1:
            made.undo(junk.pop(rng.randrange(len(junk)))[0])
        if right and rng.random() < 0.06:
            undone = right.pop(rng.randrange(len(right)))
            made.undo(undone[0])
            if rng.random() < 0.5:
                plans.append(("again", undone[1], undone[2]))  # goes on being iterated
        if rng.random() < 0.02:
            made.steps.append(Doctor())
    settle(made, rng, final, facts)
    return made.steps


def settle(made, rng, final, facts):
    """Undoes what brought rows that are none, and puts right what is wrong, until the final rows are shown."""
    foreign = [label for label, (fact, rows) in made.standing.items() if not rows.keys() <= final[fact].keys()]
    rng.shuffle(foreign)
    for label in foreign:
        made.undo(label)
    shown = made.shown()
    same = lambda fact, row, other: row is not None and plain(facts.book, fact, row) == plain(facts.book, fact, other)
    wrong = [(fact, [row for key, row in rows.items() if not same(fact, shown.get(fact, {}).get(key), row)])
             for fact, rows in final.items()]
    late = [(fact, piece) for fact, rows in wrong for piece in pieces(rng, rows)]
    rng.shuffle(late)
    for fact, rows in late:
        made.take(fact, [facts.respelt(fact, row) for row in rows])


def plain(book, fact, row):
    return row if fact in PLAIN_KEYS else book.read(fact, row)


def encoding_of(take):
    """As the step says; but a few characters of GB18030 can be whole characters of UTF-8, and are taken for such."""
    try:
        "".join(cell for row in take.rows for cell in row).encode(take.encoding).decode("utf-8")
        return "utf-8" if take.encoding == "gb18030" else take.encoding
    except UnicodeDecodeError:
        return take.encoding


class Workspace:
    """The program in a fresh workspace, with one tenant."""

    def __init__(self, program, folder, agency, store):
        self.program, self.folder = os.path.abspath(program), Path(folder)
        self.folder.mkdir()
        more = []
        if store == "mysql":
            said = subprocess.run(shlex.split(os.environ["SIYU_TEST_NEW_STORE"]), check=True, capture_output=True,
                                  encoding="utf-8", timeout=60)
            more = ["--store", said.stdout.strip()]
        self.run(self.program, "init", str(self.folder / "w"), *more)
        terms = [word for term in agency.terms for word in ("--set", term)]
        self("tenant", "add", "t", "--tz", agency.zone, *terms)
        self.batches, self.files = {}, 0

    def run(self, *command, accept=(0,)):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
        if done.returncode not in accept:
            words = " ".join([done.stdout, done.stderr]).strip()
            raise Difference(f"{' '.join(command)}: {done.returncode}: {words}")
        return done.stdout

    def __call__(self, *words, accept=(0,)):
        return self.run(self.program, "--lang", "en", "-C", str(self.folder / "w"), *words, accept=accept)

    def take(self, takes):
        """Takes in files, in one go."""
        folder = self.folder / f"{self.files}"
        folder.mkdir()
        names = []
        for number, step in enumerate(takes):
            names.append(str(folder / f"{number}-{step.fact}.csv"))
            with open(names[-1], "w", encoding=encoding_of(step), newline="") as f:
                csv.writer(f).writerows([step.columns, *step.rows])
        self.files += 1
        said = json.loads(self("import", "--tenant", "t", "--json", *names, accept=(0, 1)))
        if [Path(name).name for name in names] != [batch["file"] for batch in said]:
            raise Difference(f"not all files were taken: {takes}: {said}")
        for step, batch in zip(takes, said):
            self.batches[step.label] = batch["batch"]
            if batch["rejected"] != step.bad:
                raise Difference(f"{step}: {batch['rejected']} rows set aside, {step.bad} expected: "
                                 f"{batch['first_rejects']}")

    def play(self, steps):
        waiting = []
        for step in [*steps, Doctor()]:
            if isinstance(step, Take):
                waiting.append(step)
                if len(waiting) < 5:
                    continue
            if waiting:
                self.take(waiting)
                waiting = []
            if isinstance(step, Undo):
                self("import", "undo", self.batches[step.label])
            if isinstance(step, Doctor):
                self("doctor", "--recompute")

    def figures(self, looks):
        """What it says, by look."""
        said = {}
        for kind, day in looks:
            look = ("--tenant", "t", "--period", kind, "--date", day)
            said[f"{kind} {day}"] = without_files(self("kpi", "--json", *look, accept=(0, 1)))
        return said

    def pages(self, looks):
        out = self.folder / "pages"
        for kind, day in looks:
            self("report", kind, "--date", day, "--format", "html,text", "--out", str(out))
        return {str(path.relative_to(out)): page_without_files(path) for path in sorted(out.rglob("*"))
                if path.is_file() and not path.name.endswith("-agency.en.html")}  # the text of it says the same


# What may happen to a store that nobody notices at once. None of it harms a row.
DAMAGE = {
    "a cell of another day": "UPDATE ledger SET data = (SELECT data FROM ledger AS other WHERE other.series = "
                             "ledger.series AND other.data <> ledger.data LIMIT 1) WHERE (series, day) IN (SELECT "
                             "series, MIN(day) FROM ledger WHERE series BETWEEN 100 AND 999 GROUP BY series HAVING "
                             "COUNT(DISTINCT data) > 1 LIMIT 1)",
    "a cell with a broken byte": "UPDATE ledger SET data = CAST('x' || data AS BLOB) WHERE (series, day) IN (SELECT "
                                 "series, day FROM ledger ORDER BY day DESC, series LIMIT 1)",
    "a cell that is gone": "DELETE FROM ledger WHERE (series, day) IN (SELECT series, day FROM ledger LIMIT 1)",
    "a timeline that is gone": "DELETE FROM timeline WHERE customer IN (SELECT MAX(customer) FROM timeline)",
    "keys that are gone": "DELETE FROM key_day WHERE fact IN (SELECT fact FROM fact_block WHERE fact IN (SELECT fact "
                          "FROM key_day) LIMIT 1)",
}


def harm(workspace, looks, want):
    """Damages the store in every way; each time the doctor has to see it, and to mend it so that nothing is left."""
    for name, sql in DAMAGE.items():
        with sqlite3.connect(workspace.folder / "w" / "siyu.db") as store:
            changed = store.execute(sql).rowcount
        store.close()
        if changed == 0:  # there is no such thing in this store
            continue
        said = workspace("doctor", "--recompute", accept=(0, 1))
        if "differ from its rows" not in said:
            raise Difference(f"{name}: not seen: {said}")
        workspace("doctor", "--recompute", "--mend")
        workspace("doctor", "--recompute")
        if workspace.figures(looks) != want:
            raise Difference(f"{name}: other figures than before, once mended")


def without_files(text):
    """What is said of the facts: how they came is another matter."""
    said = json.loads(text)
    of_files = ("quality.fewer_rows", "quality.future_day", "quality.orders_moved", "quality.orders_repriced")
    found = [one for one in said["data_quality"] if one["id"] not in of_files]
    for one in found:
        one.pop("places")
        one.pop("todo")
    return json.dumps({**said, "data_quality": found}, ensure_ascii=False)


def page_without_files(path):
    """The page for the brand as it is; the one for the agency but what names files."""
    page = path.read_text(encoding="utf-8")
    if "-agency." not in path.name:
        return page
    page = re.sub(r"\n- Data to be checked: .*?(?=\n- |\n\n)", "", page, flags=re.DOTALL)
    return re.sub(r"\nData quality\n-+\n.*?(?=\n[^\n]+\n-{3,}\n|\Z)", "", page, flags=re.DOTALL)


def first_difference(one, other, path=""):
    """Where two JSON values differ first, in the order of the text."""
    if isinstance(one, dict) and isinstance(other, dict):
        if [*one] != [*other]:
            return path, [*one], [*other]
        parts = [(f"{path}.{key}", one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = [(f"{path}[{n}]", a, b) for n, (a, b) in enumerate(zip(one, other))]
    else:
        return None if one == other and type(one) is type(other) else (path, one, other)
    return next((found for place, a, b in parts if (found := first_difference(a, b, place))), None)


def straight(final):
    takes = []
    for label, (fact, rows) in enumerate(final.items()):
        columns = tuple(next(iter(rows.values())))
        takes.append(Take(label, fact, columns, tuple(tuple(row[c] for c in columns) for row in rows.values()), 0,
                          "utf-8"))
    return takes


class Judge:
    """Plays ways and compares them with the straight one, which is played once."""

    def __init__(self, program, agency, folder, store):
        self.program, self.agency, self.folder, self.store, self.count = program, agency, folder, store, 0
        workspace = self.play(straight(agency.facts))
        self.want, self.pages = workspace.figures(agency.looks), workspace.pages(agency.looks[::3])

    def play(self, steps):
        self.count += 1
        workspace = Workspace(self.program, f"{self.folder}/{self.count}", self.agency, self.store)
        workspace.play(steps)
        return workspace

    def compare(self, steps, with_harm=False):
        # What was set aside stands on the page, and rightly so.
        clean = not any(isinstance(step, Take) and step.bad for step in steps)
        workspace = self.play(steps)
        got = workspace.figures(self.agency.looks)
        pages = workspace.pages(self.agency.looks[::3]) if clean else None
        for look, text in self.want.items():
            if text != got[look]:
                where, one, other = first_difference(json.loads(text), json.loads(got[look])) or ("", text, got[look])
                raise Difference(f"{look} {where}: want {one}, got {other}")
        if clean and pages != self.pages:
            names = [name for name in {*pages, *self.pages} if pages.get(name) != self.pages.get(name)]
            raise Difference(f"the pages are other ones: {', '.join(sorted(names))}")
        if with_harm and self.store == "sqlite":
            harm(workspace, self.agency.looks, self.want)


def shown_by(steps, book):
    """The rows that stand after the steps, for ways that were cut short."""
    standing = {}
    for step in steps:
        if isinstance(step, Take):
            rows = [dict(zip(step.columns, row)) for row in step.rows]
            full = [{**dict.fromkeys(columns_of(step.fact), ""), **row} for row in rows]
            keys = [(key_of(book, step.fact, row), row) for row in full]
            standing[step.label] = (step.fact, {key: row for key, row in keys if key is not None})
        elif isinstance(step, Undo):
            standing.pop(step.label, None)
    shown = {}
    for fact, rows in standing.values():
        shown.setdefault(fact, {}).update(rows)
    return {fact: rows for fact, rows in shown.items() if rows}


def columns_of(fact):
    plain_columns = {"kocs": ("koc_id", "status", "since"), "groups": ("group_id", "tier")}
    return plain_columns.get(fact) or [name.rstrip("!") for name in oracle.FACTS[fact]]


def fault_of(program, agency, steps, store):
    """What is wrong with a way, or nothing; with a straight way of its own."""
    book = oracle.Book(agency.zone)
    taken = {step.label for step in steps if isinstance(step, Take)}
    steps = [step for step in steps if not isinstance(step, Undo) or step.label in taken]
    with tempfile.TemporaryDirectory() as folder:
        try:
            Judge(program, agency._replace(facts=shown_by(steps, book)), folder, store).compare(steps)
        except Difference as found:
            return str(found)
    return None


def shrink(program, agency, steps, store):
    """Leaves out steps and rows as long as something is wrong."""
    def fewer(parts, rebuild):
        size = max(1, len(parts) // 2)
        while size:
            start = 0
            while start < len(parts):
                less = parts[:start] + parts[start + size:]
                if fault_of(program, agency, rebuild(less), store):
                    parts = less
                else:
                    start += size
            size //= 2
        return rebuild(parts)

    steps = fewer([*steps], lambda parts: parts)
    for n, step in enumerate(steps):
        if isinstance(step, Take) and not step.bad and len(step.rows) > 1:
            steps = fewer([*step.rows], lambda rows, n=n: steps[:n] + [steps[n]._replace(rows=tuple(rows))] +
                          steps[n + 1:] if rows else steps[:n] + steps[n + 1:])
    return steps, fault_of(program, agency, steps, store)


def main(argv):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--siyu", required=True, metavar="PATH")
    p.add_argument("--seeds", default="1..3", metavar="A..B")
    p.add_argument("--ways", type=int, default=3, help="how many for each seed")
    p.add_argument("--store", choices=("sqlite", "mysql"), default="sqlite")
    p.add_argument("--shrink", action="store_true", help="the shortest way of the first seed that ends elsewhere")
    a = p.parse_args(argv)
    first, _, last = a.seeds.partition("..")
    same = other = 0
    for seed in range(int(first), int(last or first) + 1):
        made, facts = agency(seed)
        with tempfile.TemporaryDirectory() as folder:
            try:
                judge = Judge(a.siyu, made, folder, a.store)
            except Difference as found:
                print(f"seed {seed}, the straight way: {found}", flush=True)
                other += 1
                continue
            for number in range(a.ways):
                steps = way(seed, number, made.facts, facts)
                try:
                    judge.compare(steps, number == 0)
                    same += 1
                except Difference as found:
                    other += 1
                    print(f"seed {seed}, way {number} ({len(steps)} steps): {found}", flush=True)
                    if a.shrink:
                        shortest, fault = shrink(a.siyu, made, steps, a.store)
                        print(*shortest, fault, sep="\n")
                        return 1
        print(f"seed {seed}: {sum(map(len, made.facts.values()))} rows, {a.ways} ways", flush=True)
    print(f"{same} ways ended in the same figures, {other} elsewhere")
    return 1 if other or not same else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
