#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The figures by pandas, and the reports by Jinja2: the script that an agency has.

    pandas_report.py FOLDER [--brand B]... [--next] [--period KIND] [--date DATE] [--html DIR] [--jobs N]

Reads the brands' CSV files (with --next also what is under next/), writes a page of HTML a brand, prints the figures.
"""
import argparse
import json
import multiprocessing
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

import figures
import page

ID, COUNT, MONEY = "str", "int64", "float64"
# What the figures need of each fact: the time first.
NEEDED = {
    "touches": {"date": None, "touches": COUNT, "cost": MONEY},
    "joins": {"joined_at": None, "customer_id": ID, "guide_id": ID, "group_id": ID, "channel": ID, "inviter_id": ID,
              "post_id": ID},
    "leaves": {"left_at": None, "customer_id": ID, "guide_id": ID, "group_id": ID},
    "interactions": {"at": None, "customer_id": ID},
    "guide_actions": {"at": None, "guide_id": "category", "kind": "category", "count": COUNT},
    "tickets": {"opened_at": None, "first_response_at": None, "resolved_at": None},
    "surveys": {"at": None, "score": COUNT},
    "orders": {"paid_at": None, "order_id": ID, "amount": MONEY, "customer_id": ID, "refunded": MONEY,
               "refunded_at": None},
    "refunds": {"at": None, "order_id": ID, "amount": MONEY},
    "posts": {"posted_at": None, "koc_id": "category"},
    "guide_days": {"date": None, "chats": COUNT, "reply_percentage": MONEY},
    "group_days": {"date": None, "members": COUNT, "active_members": MONEY},
    "brand_sales": {"date": None, "gmv": MONEY},
}
NEVER = np.datetime64("2200-01-01")


def read(folders, fact):
    columns = NEEDED[fact]
    times = [column for column, kind in columns.items() if kind is None]
    kinds = {column: kind or ID for column, kind in columns.items()}
    parts = [pd.read_csv(folder / f"{fact}.csv", usecols=list(columns), dtype=kinds, keep_default_na=False, na_values=[""])
             for folder in folders if (folder / f"{fact}.csv").exists()]
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    for column in times:
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d" if column == "date" else "%Y-%m-%d %H:%M:%S")
    table["day"] = table[times[0]].to_numpy().astype("datetime64[D]")
    return table


def fen(yuan):
    return (yuan * 100).round().astype("int64")


def stays(joins, leaves):
    """Customer, whether in a group, the evening from which on, the evening from which on no more."""
    def events(table, at, leaving):
        group, guide = table["group_id"], table["guide_id"]
        return pd.DataFrame({"customer": table["customer"], "in_group": group.notna(),
                             "kin": group.fillna(guide).fillna(""), "at": table[at], "leaving": leaving})

    joined, left = events(joins, "joined_at", False), events(leaves, "left_at", True)
    everything = (left["kin"] == "") & ~left["in_group"]
    closed = left.loc[everything, ["customer", "at", "leaving"]].merge(
        joined[["customer", "in_group", "kin"]].drop_duplicates(), on="customer")
    run = pd.concat([joined, left[~everything], closed], ignore_index=True)
    run["kin"] = pd.factorize(run["kin"])[0]
    run = run.sort_values(["customer", "in_group", "kin", "at", "leaving"], kind="stable", ignore_index=True)
    relation = run[["customer", "in_group", "kin"]].to_numpy()
    goes_on = np.append((relation[1:] == relation[:-1]).all(axis=1), False)
    days = run["at"].to_numpy().astype("datetime64[D]")
    run["since"] = days
    run["until"] = np.where(goes_on, np.append(days[1:], NEVER), NEVER)
    return run[~run["leaving"] & (run["since"] < run["until"])]


class ByDay:
    """Rows of a fact in the order of their days, found by first and last day."""

    def __init__(self, table):
        self.table = table.sort_values("day", kind="stable", ignore_index=True)
        self.days = self.table["day"].to_numpy().astype("datetime64[D]")

    def __call__(self, first, last):
        low, high = np.searchsorted(self.days, [np.datetime64(first), np.datetime64(last) + 1])
        return self.table.iloc[low:high]


class Sums:
    """Sums of columns by day, looked up for a run of days."""

    def __init__(self, table, **columns):
        self.sums = pd.DataFrame(columns).groupby(table["day"].to_numpy()).sum()
        self.days = self.sums.index.to_numpy().astype("datetime64[D]")
        self.running = np.vstack([np.zeros(len(self.sums.columns), "int64"), self.sums.to_numpy().cumsum(axis=0)])

    def __call__(self, first, last):
        low, high = np.searchsorted(self.days, [np.datetime64(first), np.datetime64(last) + 1])
        return [int(total) for total in self.running[high] - self.running[low]]


class Brand:
    def __init__(self, folders, guides):
        facts = {fact: read(folders, fact) for fact in NEEDED}
        with_customers = ("joins", "leaves", "interactions", "orders")
        codes, names = pd.factorize(pd.concat([facts[fact]["customer_id"] for fact in with_customers], ignore_index=True))
        self.customers, at = len(names), 0
        for fact in with_customers:
            size = len(facts[fact])
            facts[fact] = facts[fact].drop(columns="customer_id").assign(customer=codes[at:at + size])
            at += size
        self.stays = stays(facts["joins"], facts["leaves"])
        self.evenings = {}
        self.joins = ByDay(facts["joins"].fillna({"channel": "", "guide_id": "", "group_id": ""}).sort_values(
            ["joined_at", "channel", "guide_id", "group_id"], ignore_index=True))
        self.interactions = ByDay(facts["interactions"][["day", "customer"]])
        self.orders = ByDay(facts["orders"][["day", "customer"]].query("customer >= 0"))
        self.posts = ByDay(facts["posts"])
        self.tickets = ByDay(facts["tickets"])
        self.due = ByDay(facts["tickets"].assign(
            day=(facts["tickets"]["opened_at"] + pd.Timedelta(hours=48)).to_numpy().astype("datetime64[D]")))
        self.sum_up(facts, guides)

    def sum_up(self, facts, guides):
        touches, orders, refunds = facts["touches"], facts["orders"], facts["refunds"]
        self.touches = Sums(touches, touches=touches["touches"], cost=fen(touches["cost"]))
        self.gmv = Sums(orders, amount=fen(orders["amount"]))
        taken_back = orders[orders["refunded"].notna() & ~orders["order_id"].isin(refunds["order_id"])]
        booked = pd.concat([refunds[["day", "amount"]],
                            pd.DataFrame({"day": taken_back["refunded_at"].to_numpy().astype("datetime64[D]"),
                                          "amount": taken_back["refunded"]})], ignore_index=True)
        self.refunds = Sums(booked, amount=fen(booked["amount"]))
        surveys = facts["surveys"]
        self.surveys = Sums(surveys, rows=np.ones(len(surveys), "int64"),
                            satisfied=(surveys["score"] >= 4).astype("int64"))
        chats = facts["guide_days"].dropna(subset=["reply_percentage"])
        self.chats = Sums(chats, chats=chats["chats"], replied=chats["chats"] * fen(chats["reply_percentage"]))
        groups = facts["group_days"].dropna(subset=["active_members"])
        self.groups = Sums(groups, members=groups["members"], active=groups["active_members"].astype("int64"))
        sales = facts["brand_sales"]
        self.brand_sales = Sums(sales, gmv=fen(sales["gmv"]))
        done = facts["guide_actions"].groupby(["day", "guide_id", "kind"], observed=True)["count"].sum().unstack(
            "kind", fill_value=0)
        kept = done[(done.reindex(columns=["moment", "private_chat", "group_message"], fill_value=0) >= 3).all(axis=1)]
        kept = kept.reset_index()[["day", "guide_id"]]
        since = {guide: np.datetime64(start) for guide, _, _, start in guides.rows}
        kept = kept[[since.get(guide, NEVER) <= day for guide, day in
                     zip(kept["guide_id"], kept["day"].to_numpy().astype("datetime64[D]"))]]
        self.kept = Sums(kept, rows=np.ones(len(kept), "int64"))

    def members(self, evening, groups=False):
        """For each customer, whether a member at the end of that day."""
        if (evening, groups) not in self.evenings:
            day, found = np.datetime64(evening), np.zeros(self.customers, bool)
            there = (self.stays["since"].to_numpy() <= day) & (self.stays["until"].to_numpy() > day)
            if groups:
                there &= self.stays["in_group"].to_numpy()
            found[self.stays["customer"].to_numpy()[there]] = True
            self.evenings[evening, groups] = found
        return self.evenings[evening, groups]

    def count(self, first, last):
        before, after = self.members(first - figures.DAY), self.members(last)
        groups_before, groups_after = self.members(first - figures.DAY, True), self.members(last, True)
        joined = self.joins(first, last).drop_duplicates("customer")
        new = joined[~before[joined["customer"].to_numpy()]]
        present = before.copy()
        present[joined["customer"].to_numpy()] = True
        interacted = np.zeros(self.customers, bool)
        interacted[self.interactions(first, last)["customer"].to_numpy()] = True
        recent = np.bincount(self.orders(last - 29 * figures.DAY, last)["customer"].to_numpy())
        asked, due = self.tickets(first, last), self.due(first, last)
        ten_minutes, two_days = pd.Timedelta(minutes=10), pd.Timedelta(hours=48)
        posts = self.posts(first, last)
        touches, cost = self.touches(first, last)
        surveys, satisfied = self.surveys(first, last)
        chats, replied = self.chats(first, last)
        group_members, active = self.groups(first, last)
        quarter = last - 89 * figures.DAY
        return {
            "new": len(new), "koc_users": int(new["post_id"].notna().sum()), "referrals": int(new["inviter_id"].notna().sum()),
            "opening": int(before.sum()), "closing": int(after.sum()), "lost": int((before & ~after).sum()),
            "gone": int((present & ~after).sum()), "interacting": int((interacted & present).sum()),
            "groups_opening": int(groups_before.sum()), "groups_lost": int((groups_before & ~groups_after).sum()),
            "touches": touches, "cost": cost, "surveys": surveys, "satisfied": satisfied,
            "tickets": len(asked), "answered": int(((asked["first_response_at"] <= asked["opened_at"] + ten_minutes) & (
                asked["first_response_at"] < pd.Timestamp(last + figures.DAY))).sum()),
            "due": len(due), "late": int((~(due["resolved_at"] <= due["opened_at"] + two_days)).sum()),
            "chats_replied": replied, "chats": chats, "active_members": active, "group_members": group_members,
            "kept_333": self.kept(first, last)[0], "gmv": self.gmv(first, last)[0],
            "refunded": self.refunds(first, last)[0], "buyers": int(self.orders(first, last)["customer"].nunique()),
            "posts": len(posts), "kocs": int(posts["koc_id"].nunique()), "brand_gmv": self.brand_sales(first, last)[0],
            "recent": int((recent > 0).sum()), "repeated": int((recent > 1).sum()),
            "gmv_90": self.gmv(quarter, last)[0], "cost_90": self.touches(quarter, last)[1],
        }


def guides_of(folder):
    """brand -> its guides."""
    guides = pd.read_csv(folder / "guides.csv", usecols=["guide_id", "monthly_cost"])
    allocations = pd.read_csv(folder / "allocations.csv").merge(guides, on="guide_id")
    return {brand: figures.Guides([(row.guide_id, row.share, round(row.monthly_cost * 100), figures.date_of(row[4]))
                                   for row in rows[["guide_id", "share", "monthly_cost", "from"]].itertuples()])
            for brand, rows in allocations.groupby("tenant")}


def one(work):
    folder, brand, guides, a = work
    folders = [folder / brand] + ([folder / brand / "next"] if a.next else [])
    windows = figures.asked(a.period, a.date)
    facts = Brand(folders, guides)
    made = figures.report({window: facts.count(*window) for window in set(windows)}, windows, guides)
    if a.html:
        page.write(a.html, brand, a.period, windows, made)
    return brand, made


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--brand", action="append")
    p.add_argument("--next", action="store_true")
    p.add_argument("--period", default="daily", choices=("daily", "weekly", "monthly"))
    p.add_argument("--date", type=date.fromisoformat, default=date(2026, 10, 30))
    p.add_argument("--html", type=Path)
    p.add_argument("--jobs", type=int, default=1)
    a = p.parse_args()
    guides = guides_of(a.folder)
    work = [(a.folder, brand, guides[brand], a) for brand in a.brand or sorted(guides)]
    if a.jobs > 1:
        with multiprocessing.Pool(a.jobs) as pool:
            made = dict(pool.imap(one, work))
    else:
        made = dict(map(one, work))
    print(json.dumps(made))


if __name__ == "__main__":
    main()
