#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The figures by SQL over indexed rows in SQLite.

    sqlite.py load DATABASE FOLDER              takes in guides.csv, allocations.csv and the brands' folders of FOLDER
    sqlite.py next DATABASE FOLDER              takes in what the brands' folders of FOLDER have under next/
    sqlite.py morning DATABASE FOLDER           the same, then the figures
    sqlite.py figures DATABASE [--brand B]... [--period KIND] [--date DATE] [--html DIR]
                                                prints them as JSON; all brands unless told
"""
import argparse
import csv
import json
import sqlite3
from datetime import date
from pathlib import Path

import figures
import page

HERE = Path(__file__).parent
AGENCY = ("guides", "allocations")
NOT_COUNTED = ("groups", "kocs")


def open_database(path):
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144;"
                           "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 2147483648;")
    return database


def take(database, path, brand):
    fact = path.stem
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        if fact not in AGENCY:
            columns = [f"'{brand}'", *columns]
            names = ["brand", *columns[1:]]
            places = [columns[0]] + ["?"] * (len(columns) - 1)
        else:
            names, places = columns, ["?"] * len(columns)
        into = ", ".join(f'"{name}"' for name in names)
        database.executemany(f"INSERT OR REPLACE INTO {fact}({into}) VALUES ({', '.join(places)})", rows)


def load(database, folder, under):
    database.execute("BEGIN")
    if not under:
        for fact in AGENCY:
            take(database, folder / f"{fact}.csv", None)
    for brand in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in sorted((brand / under).glob("*.csv")):
            if path.stem not in NOT_COUNTED:
                take(database, path, brand.name)
    database.execute("COMMIT")


def counted(database, brand, windows):
    unique = sorted(set(windows))
    database.executescript("".join(f"DROP TABLE IF EXISTS temp.{name};" for name in TEMPORARY))
    database.execute("CREATE TEMP TABLE windows(w INTEGER PRIMARY KEY, first TEXT, last TEXT, after TEXT, month TEXT,"
                     " quarter TEXT)")
    database.executemany("INSERT INTO windows VALUES (?, ?, ?, ?, ?, ?)",
                         [(w, str(first), str(last), str(last + figures.DAY), str(last - 29 * figures.DAY),
                           str(last - 89 * figures.DAY)) for w, (first, last) in enumerate(unique)])
    for statement in STATEMENTS:
        cursor = database.execute(statement, {"brand": brand} if ":brand" in statement else {})
    names = [column[0] for column in cursor.description]
    found = {}
    for row in cursor:
        one = {name: value or 0 for name, value in zip(names, row)}
        one["gone"] = one["lost"] + one["gone_again"]
        found[unique[one["w"]]] = one
    return found


TEMPORARY = "windows stay member change lost arrival interacting buyer repeated koc asked backlog sums total".split()
STATEMENTS = [statement for statement in (HERE / "figures.sql").read_text("utf-8").split(";\n") if statement.strip()]


def guides_of(database, brand):
    return figures.Guides([(guide, share, round(cost * 100), figures.date_of(since)) for guide, share, cost, since in
                           database.execute('SELECT a.guide_id, share, monthly_cost, a."from" FROM allocations AS a'
                                            " JOIN guides USING (guide_id) WHERE tenant = ?", (brand,))])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("task", choices=("load", "next", "morning", "figures"))
    p.add_argument("database")
    p.add_argument("folder", nargs="?", type=Path)
    p.add_argument("--brand", action="append")
    p.add_argument("--period", default="daily", choices=("daily", "weekly", "monthly"))
    p.add_argument("--date", type=date.fromisoformat, default=date(2026, 10, 30))
    p.add_argument("--html", type=Path)
    a = p.parse_args()
    database = open_database(a.database)
    if a.task == "load":
        database.executescript((HERE / "schema.sql").read_text("utf-8"))
        load(database, a.folder, "")
        database.execute("ANALYZE")
    if a.task in ("next", "morning"):
        load(database, a.folder, "next")
    if a.task in ("morning", "figures"):
        windows = figures.asked(a.period, a.date)
        brands = a.brand or [row[0] for row in database.execute("SELECT DISTINCT tenant FROM allocations ORDER BY 1")]
        made = {}
        for brand in brands:
            made[brand] = figures.report(counted(database, brand, windows), windows, guides_of(database, brand))
            if a.html:
                page.write(a.html, brand, a.period, windows, made[brand])
        print(json.dumps(made))


if __name__ == "__main__":
    main()
