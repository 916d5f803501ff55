# SPDX-License-Identifier: Apache-2.0
"""What the scripts in this folder have in common: the periods asked for, and the KPIs made of what was counted.

The definitions are those of the standard plugin. A script counts, for each period, the names of COUNTED; `kpis` makes
of them one [above, below] a KPI, None where it has no value. Money is in fen.
"""
from datetime import date, timedelta

MONTHLY_FEE = 3_000_000
COUNTED = ("new koc_users referrals opening closing lost gone present interacting groups_opening groups_lost touches cost "
           "surveys satisfied tickets answered due late chats_replied chats active_members group_members kept_333 gmv "
           "refunded buyers posts kocs brand_gmv recent repeated gmv_90 cost_90").split()
DAY = timedelta(days=1)


def month_last(day):
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def period(kind, day):
    if kind == "daily":
        return day, day
    if kind == "weekly":
        return day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday())
    return day.replace(day=1), month_last(day)


def asked(kind, day):
    """The period, the one before, and the 30 days up to its end: (first, last) of each."""
    first, last = period(kind, day)
    return [(first, last), period(kind, first - DAY)] + [(last - n * DAY,) * 2 for n in range(29, -1, -1)]


def days(first, last):
    return [first + n * DAY for n in range((last - first).days + 1)]


def by_month(first, last, monthly):
    """What costs so much a month costs in these days."""
    return sum(monthly / month_last(day).day for day in days(first, last))


class Guides:
    """The agency's rosters as far as one brand uses them: (guide, share, monthly cost in fen, from), no ends."""

    def __init__(self, rows):
        self.rows = rows

    def on(self, day):
        return [row for row in self.rows if row[3] <= day]

    def full_time(self, first, last):
        run = days(first, last)
        return sum(share for day in run for _, share, _, _ in self.on(day)) / len(run)

    def cost(self, first, last):
        return sum(share * cost / month_last(day).day for day in days(first, last) for _, share, cost, _ in self.on(day))

    def guide_days(self, first, last):
        return sum(len({row[0] for row in self.on(day)}) for day in days(first, last))


def kpis(c, first, last, guides, fee=MONTHLY_FEE):
    """KPI -> [above, below] of what was counted in one period."""
    present = c["opening"] + c["new"]
    made = {
        "diverted_users": (c["new"], 1),
        "diversion_rate": (c["new"], c["touches"]),
        "cost_per_user": (c["cost"], c["new"]),
        "members": (c["closing"], 1),
        "retention_rate": (c["opening"] - c["lost"], c["opening"]),
        "churn_rate": (c["gone"], present),
        "satisfaction": (c["satisfied"], c["surveys"]),
        "interaction_rate": (c["interacting"], present),
        "group_retention": (c["groups_opening"] - c["groups_lost"], c["groups_opening"]),
        "response_rate": (c["answered"], c["tickets"]),
        "backlog_rate": (c["late"], c["due"]),
        "reply_rate": (c["chats_replied"], c["chats"] * 10_000),
        "group_active_rate": (c["active_members"], c["group_members"]),
        "guide_333": (c["kept_333"], guides.guide_days(first, last)),
        "gmv": (c["gmv"], 1),
        "koc_posts": (c["posts"], 1),
        "koc_users": (c["koc_users"], 1),
        "referral_users": (c["referrals"], 1),
        "net_gmv": (c["gmv"] - c["refunded"], 1),
        "return_rate": (c["refunded"], c["gmv"]),
        "buyers": (c["buyers"], 1),
        "arpu": (c["gmv"], c["closing"]),
        "private_share": (c["gmv"], c["brand_gmv"]),
        "repurchase_30d": (c["repeated"], c["recent"]),
        "roi_90d": (c["gmv_90"], c["cost_90"] + by_month(last - 89 * DAY, last, fee)),
        "koc_active": (c["kocs"], 1),
        "gmv_per_guide": (c["gmv"], guides.full_time(first, last)),
        "labour_leverage": (c["gmv"], guides.cost(first, last)),
    }
    return {name: [above, below] if below else None for name, (above, below) in made.items()}


def report(counted, windows, guides):
    """KPI -> value, prev and series, of what was counted in each period (a dictionary by (first, last))."""
    made = {window: kpis(counted[window], *window, guides) for window in set(windows)}
    return {name: {"value": made[windows[0]][name], "prev": made[windows[1]][name],
                   "series": [made[window][name] for window in windows[2:]]} for name in made[windows[0]]}


def date_of(text):
    return date.fromisoformat(text)
