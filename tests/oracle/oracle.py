#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The figures of one tenant, worked out the slow way: what `siyu kpi --json` has to print.

Everything here follows the pages on facts and KPIs word by word, over plain lists of rows, and knows nothing of
siyu's sources. It is quadratic and forgetful on purpose: every figure is counted again from all rows.

    oracle.py [--tz ZONE] [--tenant ID] [--set KEY=VALUE]... --period KIND --date DATE [N-]FACT.csv...
"""
import argparse
import csv
import json
import re
import sys
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

# ---------------------------------------------------------------- facts: the forms of a cell

ONE_DAY = timedelta(days=1)


class BadCell(ValueError):
    """A cell that is not of its column's form: its row is set aside."""


def read_date(text, zone=None):
    m = re.fullmatch(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", text) or re.fullmatch(r"(\d{4})()(\d\d)(\d\d)", text)
    if not m:
        raise BadCell(text)
    try:
        return date(int(m[1]), int(m[3]), int(m[4]))
    except ValueError:
        raise BadCell(text) from None


def read_month(text, zone=None):
    m = re.fullmatch(r"(\d{4})[-/]?(\d{1,2})", text)
    if m:
        return date(int(m[1]), int(m[2]), 1)
    return read_date(text).replace(day=1)


def read_instant(text, zone):
    m = re.fullmatch(r"([\d/-]+?)(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?", text)
    if not m:
        raise BadCell(text)
    day, micro = read_date(m[1]), int(((m[5] or "") + "000000")[:6])
    wall = datetime(day.year, day.month, day.day, int(m[2] or 0), int(m[3] or 0), int(m[4] or 0), micro)
    if m[6] == "Z":
        return wall.replace(tzinfo=timezone.utc)
    if m[6]:
        offset = timedelta(hours=int(m[6][1:3]), minutes=int(m[6][4:6]))
        return wall.replace(tzinfo=timezone(-offset if m[6][0] == "-" else offset)).astimezone(timezone.utc)
    return instant_of_wall(wall, zone)


def instant_of_wall(wall, zone):
    """A repeated local time is the earlier one; one that a clock change skips is the moment of the change."""
    here = wall.replace(tzinfo=zone, fold=0)
    instant = here.astimezone(timezone.utc)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    before = here.replace(fold=1).astimezone(timezone.utc)
    before, after = min(before, instant).replace(microsecond=0), max(before, instant) + timedelta(seconds=1)
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=1) // 2)
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == old else (before, middle)
    return after.replace(microsecond=0)


def read_number(text, zone=None):
    plain = re.sub(r"[¥￥,]", "", text)
    if not re.fullmatch(r"-?\d+(\.\d+)?%?", plain):
        raise BadCell(text)
    return Fraction(plain.rstrip("%")) / (100 if plain.endswith("%") else 1)


def read_percentage(text, zone=None):
    """A bare number is percent."""
    return read_number(text.rstrip("%") + "%")


def read_money(text, zone=None):
    fen = read_number(re.sub(r"元$", "", text)) * 100
    if fen.denominator != 1 or fen < 0:
        raise BadCell(text)
    return int(fen)


def read_count(text, zone=None):
    if not re.fullmatch(r"\d+", text):
        raise BadCell(text)
    return int(text)


def read_share(text, zone=None):
    share = read_number(text)
    if not 0 < share <= 1:
        raise BadCell(text)
    return share


def read_score(text, zone=None):
    """On the scale 1-5, which no scenario changes."""
    score = read_number(text)
    if not 1 <= score <= 5:
        raise BadCell(text)
    return score


def read_text(text, zone=None):
    return text


def one_of(*words):
    def read(text, zone=None):
        if text not in words:
            raise BadCell(text)
        return text
    return read


# Columns of each fact; `!` marks those that have to be there and not empty.
FACTS = {
    "touches": {"date!": read_date, "channel": read_text, "touches!": read_count, "cost!": read_money,
                "campaign": read_text},
    "joins": {"joined_at!": read_instant, "customer_id!": read_text, "guide_id": read_text, "group_id": read_text,
              "channel": read_text, "inviter_id": read_text, "post_id": read_text},
    "leaves": {"left_at!": read_instant, "customer_id!": read_text, "guide_id": read_text, "group_id": read_text},
    "interactions": {"at!": read_instant, "customer_id!": read_text, "kind!": read_text, "guide_id": read_text,
                     "group_id": read_text, "campaign": read_text},
    "guide_actions": {"at!": read_instant, "guide_id!": read_text,
                      "kind!": one_of("moment", "private_chat", "group_message"), "target": read_text,
                      "count": read_count},
    "tickets": {"ticket_id!": read_text, "opened_at!": read_instant, "first_response_at": read_instant,
                "resolved_at": read_instant, "customer_id": read_text, "guide_id": read_text},
    "surveys": {"at!": read_instant, "score!": read_score, "response_id": read_text, "customer_id": read_text,
                "guide_id": read_text},
    "orders": {"order_id!": read_text, "paid_at!": read_instant, "amount!": read_money, "customer_id": read_text,
               "guide_id": read_text, "channel": read_text,
               "path": one_of("", "self", "guide", "pickup", "live", "flash", "shop"), "category": read_text,
               "refunded": read_money, "refunded_at": read_instant},
    "refunds": {"refund_id!": read_text, "order_id!": read_text, "at!": read_instant, "amount!": read_money},
    "posts": {"post_id!": read_text, "posted_at!": read_instant, "koc_id!": read_text, "platform!": read_text,
              "url": read_text},
    "guide_days": {"date!": read_date, "guide_id!": read_text, "chats!": read_count, "messages!": read_count,
                   "reply_percentage": read_percentage},
    "group_days": {"date!": read_date, "group_id!": read_text, "members!": read_count, "active_members": read_count},
    "brand_sales": {"date!": read_date, "channel": read_text, "gmv!": read_money},
    "commitments": {"month!": read_month, "resource!": read_text, "promised!": read_text, "delivered": read_text,
                    "channel": read_text},
    "forecast": {"month!": read_month, "kpi!": read_text, "forecast!": read_number, "normal": read_number,
                 "good": read_number, "excess": read_number},
    "guides": {"guide_id!": read_text, "name!": read_text, "type!": one_of("general", "category", "brand"),
               "monthly_cost!": read_money, "from": read_date, "to": read_date},
    "allocations": {"guide_id!": read_text, "tenant!": read_text, "share!": read_share, "from": read_date,
                    "to": read_date},
}
KEYS = {
    "touches": ("date", "channel", "campaign"), "joins": ("customer_id", "guide_id", "group_id", "joined_at"),
    "leaves": ("customer_id", "guide_id", "group_id", "left_at"),
    "interactions": ("at", "customer_id", "kind", "guide_id", "group_id", "campaign"),
    "guide_actions": ("at", "guide_id", "kind", "target"), "tickets": ("ticket_id",), "orders": ("order_id",),
    "refunds": ("refund_id",), "posts": ("post_id",), "guide_days": ("date", "guide_id"),
    "group_days": ("date", "group_id"), "brand_sales": ("date", "channel"),
    "commitments": ("month", "resource", "channel"), "forecast": ("month", "kpi"), "guides": ("guide_id", "from"),
    "allocations": ("guide_id", "tenant", "from"),
}
WHEN = {"touches": "date", "joins": "joined_at", "leaves": "left_at", "interactions": "at", "guide_actions": "at",
        "tickets": "opened_at", "surveys": "at", "orders": "paid_at", "refunds": "at", "posts": "posted_at",
        "guide_days": "date", "group_days": "date", "brand_sales": "date"}
AGENCY = ("guides", "allocations")


class Book:
    """The batches of one tenant, or of the agency; each key shows its latest version still standing."""

    def __init__(self, zone="Asia/Shanghai"):
        self.zone, self.batches = ZoneInfo(zone), []

    def take(self, fact, rows):
        """Takes a file's rows, dictionaries of texts; says the number of its batch."""
        versions = {}
        for number, cells in enumerate(rows):
            try:
                row = self.read(fact, cells)
            except BadCell:
                continue
            versions[self.key(fact, row, number)] = row
        self.batches.append((fact, versions))
        return len(self.batches) - 1

    def undo(self, batch):
        self.batches[batch] = (None, {})

    def read(self, fact, cells):
        row = {}
        for column, form in FACTS[fact].items():
            name, needed = column.rstrip("!"), column.endswith("!")
            text = (cells.get(name) or "").strip()
            if not text and needed:
                raise BadCell(column)
            row[name] = form(text, self.zone) if text or form is read_text else None
        if fact in WHEN:
            when = row[WHEN[fact]]
            row["day"] = when if WHEN[fact] == "date" else self.day(when)
        return row

    def key(self, fact, row, number):
        if fact != "surveys":
            return tuple(row[name] for name in KEYS[fact])
        if row["response_id"]:
            return ("response", row["response_id"])
        return ("at", row["at"], row["customer_id"], None if row["customer_id"] else number)

    def day(self, instant):
        return instant.astimezone(self.zone).date()

    def rows(self, fact):
        shown = {}
        for kind, versions in self.batches:
            if kind == fact:
                shown.update(versions)
        return list(shown.values())


# ---------------------------------------------------------------- time


def month_first(day):
    return day.replace(day=1)


def month_last(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def days_of_month(day):
    return month_last(day).day


def period(kind, day):
    if kind == "daily":
        return day, day
    if kind == "weekly":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return month_first(day), month_last(day)


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def ratio(above, below):
    return None if above is None or not below else Fraction(above) / below


def bytewise(*texts):
    return tuple(text.encode() for text in texts)


# ---------------------------------------------------------------- figures

GROUPS = {
    "traffic": "diverted_users diversion_rate cost_per_user members",
    "service": "retention_rate churn_rate satisfaction interaction_rate group_retention response_rate backlog_rate"
               " reply_rate group_active_rate guide_333",
    "result": "gmv koc_posts koc_users referral_users net_gmv return_rate buyers arpu private_share repurchase_30d"
              " roi_90d koc_active gmv_per_guide labour_leverage",
}
MONEY = set("gmv net_gmv arpu gmv_per_guide cost_per_user".split())
MULTIPLE = {"roi_90d", "labour_leverage"}
COUNT = set("diverted_users koc_posts koc_users referral_users members buyers koc_active".split())
LOWER = set("cost_per_user churn_rate backlog_rate return_rate".split())
WITH_TRAFFIC = set("diverted_users gmv net_gmv koc_users referral_users buyers arpu gmv_per_guide".split())
ADDING = WITH_TRAFFIC | {"koc_posts", "koc_active"}
PROJECTED = set("diverted_users koc_users referral_users gmv net_gmv koc_posts".split())


class Terms:
    """Contract terms: (day it holds from or None, key, value). The tenant's first ones also hold before their day."""

    def __init__(self, given=()):
        self.given = {(since or date.min, key): text for since, key, text in given}

    def at(self, key, day, default):
        values = [(since, text) for (since, name), text in sorted(self.given.items()) if name == key]
        day = max([day, *([min(since for since, _ in self.given)] if self.given else [])])
        held = [text for since, text in values if since <= day] or [default]
        return Fraction(held[-1])


class Figures:
    """The figures of a tenant; every method names the days it counts, both ends included."""

    def __init__(self, book, agency, tenant="t", terms=Terms()):
        self.facts = {fact: (agency if fact in AGENCY else book).rows(fact) for fact in FACTS}
        self.book, self.tenant, self.terms = book, tenant, terms
        self.facts["allocations"] = [a for a in self.facts["allocations"] if a["tenant"] == tenant]

    def during(self, fact, first, last):
        return [row for row in self.facts[fact] if first <= row["day"] <= last]

    # Sets of customers

    def members(self, end, only_groups=False):
        changes = [(j["joined_at"], 0, j) for j in self.during("joins", date.min, end)]
        changes += [(v["left_at"], 1, v) for v in self.during("leaves", date.min, end)]
        opened = set()
        for _, leaving, row in sorted(changes, key=lambda change: change[:2]):
            if row["group_id"]:
                relation = (row["customer_id"], "group", row["group_id"])
            elif row["guide_id"]:
                relation = (row["customer_id"], "guide", row["guide_id"])
            else:
                relation = (row["customer_id"], "", "")
            if not leaving:
                opened.add(relation)
            elif relation[1]:
                opened.discard(relation)
            else:
                opened = {other for other in opened if other[0] != row["customer_id"]}
        return {customer for customer, kind, _ in opened if kind == "group" or not only_groups}

    def earliest_joins(self, first, last):
        """Customer -> their earliest join in the period."""
        found = {}
        for join in self.during("joins", first, last):
            rank = (join["joined_at"], bytewise(join["channel"], join["guide_id"], join["group_id"]))
            if join["customer_id"] not in found or rank < found[join["customer_id"]][0]:
                found[join["customer_id"]] = (rank, join)
        return {customer: join for customer, (_, join) in found.items()}

    def new(self, first, last):
        """The joins that the customers of New(P) carry."""
        before = self.members(first - ONE_DAY)
        return [join for customer, join in self.earliest_joins(first, last).items() if customer not in before]

    def present(self, first, last):
        return self.members(first - ONE_DAY) | {j["customer_id"] for j in self.during("joins", first, last)}

    # Money

    def gmv(self, first, last):
        return sum(order["amount"] for order in self.during("orders", first, last))

    def refunds(self, first, last):
        """(amount, order or None) of the refunds booked in the period; an order paid later is not there yet."""
        orders = {order["order_id"]: order for order in self.during("orders", date.min, last)}
        replaced = {refund["order_id"] for refund in self.facts["refunds"]}
        booked = [(r["amount"], orders.get(r["order_id"])) for r in self.during("refunds", first, last)]
        for order in orders.values():
            if order["refunded"] and order["order_id"] not in replaced:
                if first <= self.book.day(order["refunded_at"] or order["paid_at"]) <= last:
                    booked.append((order["refunded"], order))
        return booked

    def refunded(self, first, last):
        return sum(amount for amount, _ in self.refunds(first, last))

    def touches(self, first, last, column="touches"):
        return sum(row[column] for row in self.during("touches", first, last))

    def service_fee(self, first, last):
        return sum(self.terms.at("monthly_fee", day, "0") * 100 / days_of_month(day) for day in days(first, last))

    # Guides

    def allocations(self, day):
        return [a for a in self.facts["allocations"]
                if (a["from"] or date.min) <= day <= (a["to"] or date.max)]

    def full_time(self, day):
        return sum((a["share"] for a in self.allocations(day)), Fraction(0))

    def guide_cost(self, day):
        total = Fraction(0)
        for allocation in self.allocations(day):
            roster = [g for g in self.facts["guides"] if g["guide_id"] == allocation["guide_id"]
                      and (g["from"] or date.min) <= day <= (g["to"] or date.max)]
            if not roster:
                return None
            latest = max(roster, key=lambda g: g["from"] or date.min)
            total += allocation["share"] * latest["monthly_cost"] / days_of_month(day)
        return total

    def labour(self, first, last):
        costs = [self.guide_cost(day) for day in days(first, last)]
        return None if None in costs else sum(costs)

    def guide_333(self, first, last):
        kept = allocated = 0
        for day in days(first, last):
            actions = self.during("guide_actions", day, day)
            for guide in {a["guide_id"] for a in self.allocations(day)}:
                def done(kind):
                    return sum(1 if a["count"] is None else a["count"] for a in actions
                               if a["guide_id"] == guide and a["kind"] == kind)
                allocated += 1
                kept += done("moment") >= 3 and done("private_chat") >= 3 and done("group_message") >= 3
        return ratio(kept, allocated)

    # Service

    def satisfaction(self, first, last, terms_day):
        bar = self.terms.at("satisfaction_bar", terms_day, "4")
        surveys = self.during("surveys", first, last)
        return ratio(sum(s["score"] >= bar for s in surveys), len(surveys))

    def response_rate(self, first, last):
        opened = self.during("tickets", first, last)
        in_time = [t for t in opened if t["first_response_at"]
                   and t["first_response_at"] <= t["opened_at"] + timedelta(minutes=10)
                   and self.book.day(t["first_response_at"]) <= last]
        return ratio(len(in_time), len(opened))

    def backlog_rate(self, first, last):
        term = timedelta(hours=48)
        due = [t for t in self.facts["tickets"] if first <= self.book.day(t["opened_at"] + term) <= last]
        late = [t for t in due if not t["resolved_at"] or t["resolved_at"] > t["opened_at"] + term]
        return ratio(len(late), len(due))

    def reply_rate(self, first, last):
        rows = [g for g in self.during("guide_days", first, last) if g["reply_percentage"] is not None]
        return ratio(sum(g["chats"] * g["reply_percentage"] for g in rows), sum(g["chats"] for g in rows))

    def group_active_rate(self, first, last):
        rows = [g for g in self.during("group_days", first, last) if g["active_members"] is not None]
        return ratio(sum(g["active_members"] for g in rows), sum(g["members"] for g in rows))

    def repurchase(self, last):
        orders = {}
        for order in self.during("orders", last - 29 * ONE_DAY, last):
            if order["customer_id"]:
                orders[order["customer_id"]] = orders.get(order["customer_id"], 0) + 1
        return ratio(sum(n >= 2 for n in orders.values()), len(orders))

    # The catalogue

    def kpi(self, name, first, last, terms_day):
        """The value of a KPI: an exact fraction, or None where it has none."""
        if name == "diverted_users":
            return Fraction(len(self.new(first, last)))
        if name == "diversion_rate":
            return ratio(len(self.new(first, last)), self.touches(first, last))
        if name == "cost_per_user":
            return ratio(self.touches(first, last, "cost"), len(self.new(first, last)))
        if name == "members":
            return Fraction(len(self.members(last)))
        if name in ("retention_rate", "group_retention"):
            groups = name == "group_retention"
            before = self.members(first - ONE_DAY, groups)
            return ratio(len(before & self.members(last, groups)), len(before))
        if name == "churn_rate":
            present = self.present(first, last)
            return ratio(len(present - self.members(last)), len(present))
        if name == "satisfaction":
            return self.satisfaction(first, last, terms_day)
        if name == "interaction_rate":
            present = self.present(first, last)
            return ratio(len(present & {i["customer_id"] for i in self.during("interactions", first, last)}),
                         len(present))
        if name == "koc_posts":
            return Fraction(len(self.during("posts", first, last)))
        if name == "koc_active":
            return Fraction(len({post["koc_id"] for post in self.during("posts", first, last)}))
        if name == "koc_users":
            return Fraction(sum(bool(join["post_id"]) for join in self.new(first, last)))
        if name == "referral_users":
            return Fraction(sum(bool(join["inviter_id"]) for join in self.new(first, last)))
        if name in ("response_rate", "backlog_rate", "reply_rate", "group_active_rate", "guide_333"):
            return getattr(self, name)(first, last)
        gmv = self.gmv(first, last)
        if name == "gmv":
            return Fraction(gmv)
        if name == "net_gmv":
            return Fraction(gmv - self.refunded(first, last))
        if name == "return_rate":
            return ratio(self.refunded(first, last), gmv)
        if name == "buyers":
            return Fraction(len({o["customer_id"] for o in self.during("orders", first, last)} - {""}))
        if name == "arpu":
            return ratio(gmv, len(self.members(last)))
        if name == "private_share":
            return ratio(gmv, sum(row["gmv"] for row in self.during("brand_sales", first, last)))
        if name == "repurchase_30d":
            return self.repurchase(last)
        if name == "roi_90d":
            start = last - 89 * ONE_DAY
            return ratio(self.gmv(start, last), self.touches(start, last, "cost") + self.service_fee(start, last))
        if name == "gmv_per_guide":
            run = days(first, last)
            return ratio(gmv, sum(self.full_time(day) for day in run) / len(run))
        if name == "labour_leverage":
            return ratio(gmv, self.labour(first, last))
        raise KeyError(name)

    # The forecast table

    def delivery_factor(self, last):
        promised = sum(read_number(c["promised"]) for c in self.facts["commitments"]
                       if c["resource"] == "touches" and c["month"] == month_first(last))
        if not promised:
            return Fraction(1)
        due = promised * last.day / days_of_month(last)
        return min(Fraction(1), self.touches(month_first(last), last) / due)

    def projection(self, name, last, actual):
        happened = [row["day"] for fact in WHEN for row in self.during(fact, date.min, last)]
        run = [day for day in days(last - 27 * ONE_DAY, last) if happened and day >= min(happened)]
        total = actual
        for left in days(last + ONE_DAY, month_last(last)):
            like = [day for day in run if day.weekday() == left.weekday()] or run
            if not like:
                return None
            total += sum(self.kpi(name, day, day, last) for day in like) / len(like)
        return total

    def forecast(self, name, last):
        rows = [row for row in self.facts["forecast"] if row["kpi"] == name and row["month"] == month_first(last)]
        if not rows:
            return None
        scale, turned = (100 if name in MONEY else 1), (-1 if name in LOWER else 1)
        f = self.delivery_factor(last) if name in WITH_TRAFFIC else Fraction(1)
        part = Fraction(last.day, days_of_month(last)) if name in ADDING else Fraction(1)
        whole = rows[0]["forecast"] * scale
        due = whole * f * part
        actual = self.kpi(name, month_first(last), last, last)
        attainment = None
        if due and actual is not None:
            attainment = ratio(due, actual) if name in LOWER else ratio(actual, due)
        steps = [(word, rows[0][word] * scale * f * part) for word in ("excess", "good", "normal")
                 if rows[0][word] is not None]
        line = None
        if steps and due and actual is not None:
            line = next((word for word, step in steps if actual * turned >= step * turned), "fail")
        return {
            "month": f"{last:%Y-%m}", "forecast": whole, "adjusted": whole * f, "due": due, "actual": actual,
            "attainment": attainment,
            "floor_breached": attainment is not None and attainment < self.terms.at("floor", last, "0.8"),
            "client_gap": (whole * part - due) * turned,
            "agency_gap": None if actual is None else (due - actual) * turned,
            "line": line,
            "projection": self.projection(name, last, actual) if name in PROJECTED else None,
        }

    # Breakdowns and staffing

    def breakdowns(self, first, last):
        def summed(parts):
            totals = {}
            for key, amount in parts:
                totals[key] = totals.get(key, Fraction(0)) + amount
            return totals

        new = self.new(first, last)
        origins = {customer: join["channel"] for customer, join in self.earliest_joins(date.min, last).items()}

        def of_order(order, by):
            if not order:
                return ""
            return origins.get(order["customer_id"], "") if by == "origin" else order[by] or ""

        found = {}
        for kpi, column in (("diverted_users", None), ("koc_users", "post_id"), ("referral_users", "inviter_id")):
            counted = [join for join in new if not column or join[column]]
            found[kpi] = {by: summed((join[by + column_end], 1) for join in counted)
                          for by, column_end in (("channel", ""), ("guide", "_id"), ("group", "_id"))}
        found["gmv"], found["net_gmv"] = {}, {}
        for by, column in (("channel", "channel"), ("guide", "guide_id"), ("origin", "origin"), ("path", "path"),
                           ("category", "category")):
            paid = [(of_order(order, column), order["amount"]) for order in self.during("orders", first, last)]
            back = [(of_order(order, column), -amount) for amount, order in self.refunds(first, last)]
            found["gmv"][by], found["net_gmv"][by] = summed(paid), summed(paid + back)
        for kpi in ("touches", "cost"):
            found[kpi] = {"channel": summed((row["channel"], row[kpi]) for row in self.during("touches", first, last))}
        return found

    def staffing(self, last):
        members = len(self.members(last))
        required = -(-members // self.terms.at("members_per_guide", last, "25000"))
        started = -(-required // self.terms.at("guides_per_operator", last, "20"))
        return {"members": members, "required_guides": required, "allocated": self.full_time(last),
                "operators": started, "content_editors": started}

    def report(self, kind, day):
        """The whole of `siyu kpi --json`, with fractions for numbers, but for the plugin and the quality notes."""
        first, last = period(kind, day)
        before, before_last = period(kind, first - ONE_DAY)
        kpis = {}
        for group, names in GROUPS.items():
            for name in names.split():
                unit = next((unit for unit, those in (("money", MONEY), ("multiple", MULTIPLE), ("count", COUNT))
                             if name in those), "ratio")
                kpis[name] = {"group": group, "unit": unit, "better": "lower" if name in LOWER else "higher",
                              "value": self.kpi(name, first, last, last),
                              "prev": self.kpi(name, before, before_last, last),
                              "forecast": self.forecast(name, last)}
        return {"tenant": self.tenant,
                "period": {"kind": kind, "first": str(first), "last": str(last), "timezone": str(self.book.zone)},
                "kpis": kpis, "delivery_factor": self.delivery_factor(last), "staffing": self.staffing(last),
                "breakdowns": self.breakdowns(first, last)}


def main(argv):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tz", default="Asia/Shanghai")
    p.add_argument("--tenant", default="t")
    p.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a term; [DATE:]KEY=VALUE")
    p.add_argument("--period", required=True, choices=("daily", "weekly", "monthly"))
    p.add_argument("--date", required=True, type=date.fromisoformat)
    p.add_argument("files", nargs="*", type=Path, metavar="[N-]FACT.csv")
    a = p.parse_args(argv)
    book, agency = Book(a.tz), Book(a.tz)
    for path in a.files:
        fact = re.fullmatch(r"(?:\d+-)?(\w+)", path.stem)[1]
        with open(path, encoding="utf-8-sig", newline="") as f:
            (agency if fact in AGENCY else book).take(fact, list(csv.DictReader(f)))
    terms = []
    for given in a.set:
        since, key, value = re.fullmatch(r"(?:(\d{4}-\d\d-\d\d):)?(\w+)=(.*)", given).groups()
        terms.append((since and date.fromisoformat(since), key, value))
    report = Figures(book, agency, a.tenant, Terms(terms)).report(a.period, a.date)
    print(json.dumps(report, ensure_ascii=False, indent=1,
                     default=lambda n: {"num": n.numerator, "den": n.denominator}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
