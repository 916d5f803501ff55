# SPDX-License-Identifier: Apache-2.0
"""A brand's report as one page of HTML: every KPI, the period before, the change, a line of 30 days."""
from pathlib import Path

import jinja2

TITLES = {
    "diverted_users": "导流用户数", "diversion_rate": "导流率", "cost_per_user": "单客成本", "members": "私域成员数",
    "retention_rate": "留存率", "churn_rate": "流失率", "satisfaction": "满意度", "interaction_rate": "互动率",
    "group_retention": "群留存", "response_rate": "首响率", "backlog_rate": "积压率", "reply_rate": "聊天回复率",
    "group_active_rate": "群活跃率", "guide_333": "3+3+3 达标率", "gmv": "GMV", "koc_posts": "KOC 分发",
    "koc_users": "KOC 带来用户", "referral_users": "老带新", "net_gmv": "净 GMV", "return_rate": "退款率",
    "buyers": "成交客户数", "arpu": "人均贡献", "private_share": "私域占比", "repurchase_30d": "30 天复购率",
    "roi_90d": "90 天 ROI", "koc_active": "活跃 KOC", "gmv_per_guide": "人均产出", "labour_leverage": "人效",
}
KINDS = {"daily": "日报", "weekly": "周报", "monthly": "月报"}
MONEY = {"gmv", "net_gmv", "arpu", "gmv_per_guide", "cost_per_user"}
PLAIN = {"diverted_users", "koc_posts", "koc_users", "referral_users", "members", "buyers", "koc_active"}
MULTIPLE = {"roi_90d", "labour_leverage"}

environment = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)
template = environment.get_template("page.html")


def number(pair):
    return None if pair is None else pair[0] / pair[1]


def shown(name, value):
    if value is None:
        return "–"
    if name in MONEY:
        return f"¥{value / 100:,.2f}"
    if name in PLAIN:
        return f"{value:,.0f}"
    return f"{value:.2f}" if name in MULTIPLE else f"{value:.1%}"


def points(series):
    known = [value for value in series if value is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    return " ".join(f"{place * 6},{34 - 32 * (value - low) / ((high - low) or 1):.1f}"
                    for place, value in enumerate(series) if value is not None)


def write(folder, brand, kind, windows, report):
    rows = []
    for name, figure in report.items():
        value, prev = number(figure["value"]), number(figure["prev"])
        change = "–" if value is None or not prev else f"{value / prev - 1:+.1%}"
        rows.append({"title": TITLES[name], "value": shown(name, value), "prev": shown(name, prev), "change": change,
                     "points": points([number(pair) for pair in figure["series"]])})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{brand}.html").write_text(template.render(brand=brand, title=KINDS[kind], first=windows[0][0],
                                                          last=windows[0][1], rows=rows), "utf-8")
