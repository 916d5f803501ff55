#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares siyu with the oracle on small random agencies: compare.py --siyu PATH [--seeds A..B]

A seed makes a scenario: tenants with terms, files of facts taken in by pieces, with corrections, bad rows and undone
batches, and looks at periods in between. siyu is driven through its commands only, in a fresh workspace; each look
compares the whole of `siyu kpi --json` (but for plugin and data_quality) with oracle.py. Customers, guides, channels
and moments are few, so that rows collide often. `--shrink` prints the smallest scenario that still shows the first
difference of a seed.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import namedtuple
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import oracle

# A scenario is a list of steps; the label of a Take is how an Undo names it.
Tenant = namedtuple("Tenant", "id zone terms since")
Take = namedtuple("Take", "label owner fact columns rows")
Undo = namedtuple("Undo", "label")
Set = namedtuple("Set", "tenant since key value")
Look = namedtuple("Look", "tenant kind day")

# Ordinary places, and days on which the clock changes at night, at midnight, by half an hour, by a whole day.
PLACES = [("Asia/Shanghai", "2020-11-15"), ("Asia/Shanghai", "2021-01-01"), ("Asia/Shanghai", "2020-02-29"),
          ("UTC", "2020-12-31"), ("Asia/Kathmandu", "2021-05-31"), ("America/New_York", "2020-11-01"),
          ("America/New_York", "2021-03-14"), ("Europe/London", "2021-03-28"), ("America/Havana", "2020-11-01"),
          ("America/Havana", "2021-03-14"), ("America/Sao_Paulo", "2018-11-04"), ("America/Sao_Paulo", "2018-02-18"),
          ("Australia/Lord_Howe", "2021-04-04"), ("Asia/Beirut", "2021-03-28"), ("Pacific/Apia", "2011-12-30")]
TIMES = ["00:00:00", "00:00:00.000001", "23:59:59", "23:59:59.999999", "23:55:30", "00:30:00", "01:30:00", "02:00:00",
         "02:30:00", "09:00:00", "09:00:00.25", "12:00:00", "18:00:00"]
CHANNELS, GUIDES, REGIONS = ["", "天猫", "抖音", "JD"], ["g1", "g2", "g3"], ["r1", "r2"]
BAD = {"amount": ["1.234", "-5", "x"], "joined_at": ["soon", ""], "paid_at": ["2020-13-01", "11/12"],
       "at": ["", "noon"], "touches": ["-1", "1.5"], "kind": [""], "path": ["自提"], "share": ["0", "1.5"],
       "type": ["boss"], "opened_at": ["2020-02-30"], "score": ["five", "99"], "chats": ["many"], "forecast": [""],
       "gmv": [""]}


class Maker:
    """Makes the files of one tenant from a random source."""

    def __init__(self, rng, zone, centre):
        self.rng, self.zone, self.centre = rng, ZoneInfo(zone), centre
        edges = [oracle.month_first(centre), oracle.month_last(centre), centre - timedelta(days=centre.weekday())]
        near = [centre + timedelta(days=n) for n in (-2, -1, 0, 1, 2)]
        self.hot = edges + [edge - timedelta(days=1) for edge in edges] + near
        self.reach = rng.choice([5, 20, 45])
        self.moments = []

    def few(self, *words):
        return self.rng.choice(words)

    def day(self):
        roll = self.rng.random()
        if roll < 0.5:
            return self.rng.choice(self.hot)
        return self.centre + timedelta(days=self.rng.randint(-120 if roll > 0.95 else -self.reach, self.reach))

    def write_day(self, day):
        return self.few(f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}-{day.month}-{day.day}")

    def write_instant(self, instant):
        """The instant in one of its forms; as local time only where that says the same."""
        wall = instant.astimezone(self.zone).replace(tzinfo=None)
        form = self.few("local", "local", "local", "utc", "offset")
        if form == "local" and oracle.instant_of_wall(wall, self.zone) == instant:
            return wall.isoformat(sep=self.few(" ", "T"))
        if form == "offset":
            return instant.astimezone(timezone(timedelta(hours=self.few(8, -5, 5.5)))).isoformat()
        return instant.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")

    def instant(self):
        """A text; often of a moment that was there before."""
        if self.moments and self.rng.random() < 0.4:
            return self.write_instant(self.rng.choice(self.moments))
        time = self.rng.choice(TIMES)
        if self.rng.random() < 0.3:
            time = f"{self.rng.randrange(24):02}:{self.rng.randrange(60):02}"
        text = f"{self.day()}" if self.rng.random() < 0.1 else f"{self.write_day(self.day())} {time}"
        self.moments.append(oracle.read_instant(text, self.zone))
        return text

    def after(self, text, *seconds):
        """A moment so many seconds after another; sometimes none."""
        wait = self.rng.choice([None, *seconds])
        if wait is None:
            return ""
        return self.write_instant(oracle.read_instant(text, self.zone) + timedelta(seconds=wait))

    def month(self):
        day = oracle.month_first(self.centre) if self.rng.random() < 0.7 else self.day()
        return self.few(f"{day:%Y-%m}", f"{day:%Y/%m}", f"{day:%Y%m}", f"{day}")

    def money(self, top=100000):
        yuan = f"{self.rng.choice([0, 1, 5, self.rng.randrange(top)]) / 100:.2f}"
        return self.few(yuan, yuan, f"¥{yuan}", f"{yuan}元", f"{float(yuan):,.2f}", yuan + "0")

    def customer(self):
        return self.few("c1", "c2", "c3", "c4", "c5", "李,娜", "00123", "123")

    def value_of(self, kpi):
        """A cell of the forecast table."""
        if self.rng.random() < 0.05:
            return "0"
        if kpi in oracle.MONEY:
            return self.few("10", "500.00", "¥1,000", "99.995", "2500")
        if kpi in oracle.COUNT:
            return self.few("1", "2", "3", "5", "8", "2.5", "30")
        if kpi in oracle.MULTIPLE:
            return self.few("0.5", "1", "2.25", "0.01")
        return self.few("80%", "0.5", "0.25", "33.3%", "1", "0.1", "5%")

    def row(self, fact):
        few, count = self.few, lambda top: str(self.rng.randrange(top))
        guide, group, channel = few("", *GUIDES), few("", "", *REGIONS), self.rng.choice(CHANNELS)
        at = self.instant()
        if fact == "touches":
            return {"date": self.write_day(self.day()), "channel": channel, "touches": count(60), "cost": self.money(),
                    "campaign": few("", "", "双11")}
        if fact == "joins":
            return {"joined_at": at, "customer_id": self.customer(), "guide_id": guide, "group_id": group,
                    "channel": channel, "inviter_id": few("", "", "c1"), "post_id": few("", "", "p1")}
        if fact == "leaves":
            all_of_them = self.rng.random() < 0.25
            return {"left_at": at, "customer_id": self.customer(), "guide_id": "" if all_of_them else guide,
                    "group_id": "" if all_of_them else group}
        if fact == "interactions":
            return {"at": at, "customer_id": self.customer(), "kind": few("click", "vote", "live", "own_word"),
                    "guide_id": guide, "group_id": group, "campaign": few("", "a")}
        if fact == "guide_actions":
            if self.rng.random() < 0.5:  # on few days, so that 3+3+3 is met
                at = f"{self.rng.choice(self.hot[-3:-1])} {self.rng.choice(TIMES)}"
            return {"at": at, "guide_id": few("g1", "g1", *GUIDES), "target": few("", "r1", "c1"),
                    "kind": few("moment", "private_chat", "group_message"), "count": few("", "1", "2", "3", "5", "0")}
        if fact == "tickets":
            minutes, hours = 60, 3600
            return {"ticket_id": "k" + count(15), "opened_at": at,
                    "first_response_at": self.after(at, 0, 599, 600, 600.000001, 11 * minutes, 24 * hours),
                    "resolved_at": self.after(at, 60, 48 * hours - 1, 48 * hours, 48 * hours + 0.000001, 72 * hours),
                    "customer_id": few("", "c1"), "guide_id": guide}
        if fact == "surveys":
            return {"at": at, "score": few("1", "2", "3.5", "4", "4.0", "5", "3"), "guide_id": guide,
                    "response_id": few("", "", "a1", "a2", "a3"), "customer_id": few("", self.customer())}
        if fact == "orders":
            day = 86400
            return {"order_id": "o" + count(25), "paid_at": at, "amount": self.money(),
                    "customer_id": few("", self.customer(), self.customer()), "guide_id": guide, "channel": channel,
                    "path": few("", "self", "guide", "live", "shop"), "category": few("", "茶", "食品"),
                    "refunded": few("", "", "1.00", self.money()),
                    "refunded_at": self.after(at, 0, 3600, day, 10 * day, 40 * day, -3 * day)}
        if fact == "refunds":
            return {"refund_id": "f" + count(8), "order_id": "o" + count(30), "at": at, "amount": self.money(5000)}
        if fact == "posts":
            return {"post_id": "p" + count(15), "posted_at": at, "koc_id": few("k1", "k2", "k3"),
                    "platform": few("抖音", "小红书"), "url": ""}
        if fact == "kocs":
            return {"koc_id": few("k1", "k2"), "status": few("active", "standby"), "since": f"{self.day()}"}
        if fact == "groups":
            return {"group_id": self.rng.choice(REGIONS), "tier": few("premium", "regular")}
        if fact == "guide_days":
            return {"date": self.write_day(self.day()), "guide_id": self.rng.choice(GUIDES), "chats": count(50),
                    "messages": count(90), "reply_percentage": few("", "80", "60.25", "80%", "0.5%", "1", "0", "100")}
        if fact == "group_days":
            return {"date": self.write_day(self.day()), "group_id": self.rng.choice(REGIONS), "members": count(200),
                    "active_members": few("", count(50))}
        if fact == "brand_sales":
            return {"date": self.write_day(self.day()), "channel": channel, "gmv": self.money(900000)}
        if fact == "commitments":
            return {"month": self.month(), "resource": few("touches", "touches", "goods"), "channel": channel,
                    "promised": few("0", "10", "100", "1,000", "62.5"), "delivered": few("", "yes", "no", "3")}
        if fact == "forecast":
            kpi = few(*" ".join(oracle.GROUPS.values()).split())
            return {"month": self.month(), "kpi": kpi, "forecast": self.value_of(kpi),
                    **{line: few("", self.value_of(kpi), self.value_of(kpi)) for line in ("normal", "good", "excess")}}
        first = few("", "", "", self.write_day(self.day()))
        last = "" if self.rng.random() < 0.7 else self.write_day(
            max(self.day(), oracle.read_date(first) if first else date.min))
        if fact == "guides":
            return {"guide_id": self.rng.choice(GUIDES), "name": few("王芳", "李娜"), "from": first, "to": last,
                    "type": few("general", "category", "brand"), "monthly_cost": few("6000", "¥3,000", "4321.99", "0")}
        return {"guide_id": self.rng.choice(GUIDES), "tenant": few("t", "t", "u"), "from": first, "to": last,
                "share": few("1", "0.5", "50%", "0.333", "0.25")}

    def correction(self, fact, row):
        """Another version of a row: the same key, sometimes its moment in another form."""
        other = self.row(fact)
        keys = {**oracle.KEYS, "surveys": ("response_id", "at", "customer_id"), "kocs": ("koc_id",),
                "groups": ("group_id",)}
        for name in keys[fact]:
            other[name] = row[name]
            if name in ("at", "joined_at", "left_at"):
                other[name] = self.write_instant(oracle.read_instant(row[name], self.zone))
        return other

    def files(self, fact, size):
        """The rows of one fact in pieces: (columns, rows)."""
        rows = []
        for _ in range(self.rng.randrange(size)):
            rows.append(self.row(fact))
            if self.rng.random() < 0.25:
                rows.append(self.correction(fact, self.rng.choice(rows)))
        if not rows:
            return
        self.rng.shuffle(rows)
        names = list(rows[0])
        needed = {name.rstrip("!") for name in oracle.FACTS.get(fact, {}) if name.endswith("!")}
        needed |= {"channel"} if fact in ("touches", "brand_sales") else set()
        while rows:
            taken = self.rng.randint((len(rows) + 3) // 4, len(rows))
            piece, rows = [dict(row) for row in rows[:taken]], rows[taken:]
            if self.rng.random() < 0.15:
                column = self.rng.choice(names)
                bad = self.rng.choice(BAD.get(column, [None]))
                if bad is not None and (bad or column in needed):
                    piece.insert(self.rng.randint(0, len(piece)), {**self.rng.choice(piece), column: bad})
            kept = [n for n in names if n in needed or n in ("from", "to") or self.rng.random() < 0.9 or fact not in
                    oracle.FACTS]
            self.rng.shuffle(kept)
            yield kept, [{name: row[name] for name in kept} for row in piece]


def scenario(seed):
    """The steps of a seed."""
    rng = random.Random(seed)
    steps, takes = [], []
    for tenant in ["t"] + ["u"] * (rng.random() < 0.3):
        zone, centre = rng.choice(PLACES)
        maker = Maker(rng, zone, date.fromisoformat(centre))
        terms = {"monthly_fee": ["0", "3000", "99.99"], "floor": ["0.8", "0.5", "1"], "satisfaction_bar": ["3.5", "5"],
                 "members_per_guide": ["1", "2", "3"], "guides_per_operator": ["1", "2"]}
        given = {key: rng.choice(values) for key, values in terms.items() if rng.random() < 0.6}
        since = maker.day() if given and rng.random() < 0.3 else None
        steps.append(Tenant(tenant, zone, tuple(given.items()), since))
        later = []
        for fact in [*oracle.FACTS, "kocs", "groups"]:
            if rng.random() < 0.1:
                continue
            owner = "agency" if fact in oracle.AGENCY else tenant
            size = {"guides": 14, "allocations": 14, "guide_actions": 70, "refunds": 10, "forecast": 45, "joins": 35}
            size = size.get(fact, 22)
            later += [(owner, fact, *piece) for piece in maker.files(fact, size)]
        rng.shuffle(later)
        dates = lambda: rng.choice([maker.day(), rng.choice(maker.hot)])
        for owner, fact, columns, rows in later:
            for _ in range(1 + (rng.random() < 0.08)):
                takes.append((len(steps), owner))
                cells = tuple(tuple(row[column] for column in columns) for row in rows)
                steps.append(Take(len(steps), owner, fact, tuple(columns), cells))
            if rng.random() < 0.12:
                undone = rng.choice(takes)
                takes.remove(undone)
                steps.append(Undo(undone[0]))
            if rng.random() < 0.1:
                key = rng.choice(list(terms))
                steps.append(Set(tenant, max(dates(), since or date.min), key, rng.choice(terms[key])))
            if rng.random() < 0.1:
                steps.append(Look(tenant, rng.choice(["daily", "weekly", "monthly"]), dates()))
        for kind in ("daily", "daily", "daily", "weekly", "weekly", "monthly", "monthly"):
            steps.append(Look(tenant, kind, dates()))
    return steps


class Siyu:
    """The program in a fresh workspace."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), os.path.join(folder, "workspace")
        subprocess.run([self.program, "init", self.folder], check=True, capture_output=True, timeout=60)

    def __call__(self, *words, accept=(0,)):
        command = [self.program, "-C", self.folder, *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
        if done.returncode not in accept:
            raise AssertionError(f"siyu {' '.join(words)}: {done.returncode}: {(done.stderr or done.stdout).strip()}")
        return done.stdout


def play(program, steps):
    """Plays the steps on both sides and yields the differences as (look, path, want, got)."""
    with tempfile.TemporaryDirectory() as folder:
        siyu, books, terms, batches, zones = Siyu(program, folder), {"agency": oracle.Book()}, {}, {}, {}
        for step in steps:
            if isinstance(step, Tenant):
                books[step.id], zones[step.id] = oracle.Book(step.zone), step.zone
                terms[step.id] = [(step.since, key, value) for key, value in step.terms]
                words = [word for key, value in step.terms for word in ("--set", f"{key}={value}")]
                words += ["--from", f"{step.since}"] if step.since else []
                siyu("tenant", "add", step.id, "--tz", step.zone, *words)
            elif isinstance(step, Set):
                terms[step.tenant].append((step.since, step.key, step.value))
                siyu("tenant", "set", step.tenant, f"{step.key}={step.value}", "--from", f"{step.since}")
            elif isinstance(step, Take):
                path = Path(folder) / f"{step.fact}.csv"
                with open(path, "w", encoding="utf-8", newline="") as f:
                    csv.writer(f).writerows([step.columns, *step.rows])
                whose = [] if step.owner == "agency" else ["--tenant", step.owner]
                said = json.loads(siyu("import", "--json", *whose, "--as", step.fact, str(path), accept=(0, 1)))
                batches[step.label] = (step.owner, said[0]["batch"], None)
                if step.fact in oracle.FACTS:
                    rows = [dict(zip(step.columns, row)) for row in step.rows]
                    batches[step.label] = (step.owner, said[0]["batch"], books[step.owner].take(step.fact, rows))
            elif isinstance(step, Undo) and step.label in batches:
                owner, name, batch = batches[step.label]
                siyu("import", "undo", name)
                if batch is not None:
                    books[owner].undo(batch)
            elif isinstance(step, Look):
                got = json.loads(siyu("kpi", "--json", "--tenant", step.tenant, "--period", step.kind,
                                      "--date", f"{step.day}", accept=(0, 1)))
                agreed = oracle.Terms(terms[step.tenant])
                figures = oracle.Figures(books[step.tenant], books["agency"], step.tenant, agreed)
                want = figures.report(step.kind, step.day)
                for path, one, other in differences(want, got):
                    yield step, path, one, other


def differences(want, got, path=""):
    """(path, want, got) wherever two trees differ; a part that a breakdown does not list is 0."""
    if isinstance(want, dict):
        if not isinstance(got, dict):
            yield path, want, got
            return
        nothing = {"num": 0, "den": 1}
        listed = path.startswith("breakdowns.") and path.count(".") == 2
        for key in sorted({*want, *got} - ({"plugin", "data_quality"} if not path else set())):
            deeper = f"{path}.{key}" if path else key
            if listed:
                yield from differences(want.get(key, 0), got.get(key, nothing), deeper)
            elif key not in want or key not in got:
                yield deeper, want.get(key, "(not there)"), got.get(key, "(not there)")
            else:
                yield from differences(want[key], got[key], deeper)
    elif isinstance(want, (int, Fraction)) and not isinstance(want, bool):
        number = got if isinstance(got, dict) else {"num": got, "den": 1}
        numbers = set(number) == {"num", "den"} and {type(n) for n in number.values()} == {int} and number["den"] > 0
        want = Fraction(want)
        if not numbers or number["num"] * want.denominator != want.numerator * number["den"]:
            yield path, want, got
    elif want != got or type(want) is not type(got):
        yield path, want, got


def shrink(program, steps):
    """Takes steps and rows away as long as the first difference stays."""
    def same(some):
        try:
            return next((d for d in play(program, some) if d[1] == path), None)
        except (AssertionError, KeyError):
            return None

    def fewer(parts, rebuild):
        size = len(parts)
        while size:
            start = 0
            while start < len(parts):
                less = parts[:start] + parts[start + size:]
                if same(rebuild(less)):
                    parts = less
                else:
                    start += size
            size //= 2
        return rebuild(parts)

    look, path, _, _ = next(iter(play(program, steps)))
    steps = [s for s in steps if not isinstance(s, Look) or s == look]
    steps = fewer(steps, lambda parts: parts)
    for n in range(len(steps)):
        if isinstance(steps[n], Take):
            rebuild = lambda rows, n=n: steps[:n] + [steps[n]._replace(rows=tuple(rows))] + steps[n + 1:]
            steps = fewer(list(steps[n].rows), rebuild)
    return steps, same(steps)


def text(value):
    if isinstance(value, dict) and set(value) == {"num", "den"}:
        return f"{value['num']}/{value['den']}"
    return "null" if value is None else str(value)


def main(argv):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--siyu", required=True, metavar="PATH")
    p.add_argument("--seeds", default="1..12", metavar="A..B")
    p.add_argument("--shrink", action="store_true", help="the smallest scenario of the first seed that differs")
    a = p.parse_args(argv)
    first, _, last = a.seeds.partition("..")
    passed = failed = 0
    for seed in range(int(first), int(last or first) + 1):
        steps = scenario(seed)
        try:
            found = list(play(a.siyu, steps))
        except AssertionError as e:
            found = [(Look("", "", ""), "-", "done", str(e))]
        passed, failed = passed + (not found), failed + bool(found)
        for look, path, want, got in found:
            print(f"seed {seed} {look.tenant} {look.kind} {look.day} {path}: want {text(want)}, got {text(got)}")
        if found and a.shrink:
            steps, difference = shrink(a.siyu, steps)
            print(*steps, difference, sep="\n")
            break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
