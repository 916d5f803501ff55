#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether two programs found the same figures: compare.py ONE OTHER

Each is a file as the programs in others/ print it, or a file or folder of `siyu kpi --json` (a folder: one file a brand).
A benchmark of different answers is worth nothing, so run.py looks at every figure of every brand that it has measured.
"""
import json
import sys
from fractions import Fraction
from pathlib import Path

CLOSE = Fraction(1, 10**12)  # the others' costs by the day are not exact


def pair(figure):
    """A fraction, None for no value."""
    if figure is None:
        return None
    above, below = (figure["num"], figure["den"]) if isinstance(figure, dict) else figure
    return Fraction(above) / Fraction(below)


def figures(report):
    """brand -> KPI -> what is known of it: value, prev, and series where there is one."""
    if "kpis" in report:
        report = {report["tenant"]: report["kpis"]}
    return {brand: {kpi: {what: [pair(one) for one in found[what]] if what == "series" else pair(found[what])
                          for what in ("value", "prev", "series") if what in found}
                    for kpi, found in kpis.items()} for brand, kpis in report.items()}


def read(path):
    if path.is_dir():
        return {brand: kpis for file in sorted(path.glob("*.json")) for brand, kpis in read(file).items()}
    return figures(json.loads(path.read_text("utf-8")))


def same(one, other):
    if one is None or other is None:
        return one is other
    return one == other or abs(one - other) <= CLOSE * abs(other)


def differences(one, other):
    """Every figure that both should know, where they are not the same."""
    for brand in sorted(one.keys() | other.keys()):
        if brand not in one or brand not in other:
            yield f"{brand}: only one has it"
            continue
        for kpi in sorted(one[brand].keys() | other[brand].keys()):
            if kpi not in one[brand] or kpi not in other[brand]:
                yield f"{brand} {kpi}: only one has it"
                continue
            mine, theirs = one[brand][kpi], other[brand][kpi]
            for what in mine.keys() & theirs.keys():
                lists = [[found[what]] if what != "series" else found[what] for found in (mine, theirs)]
                if len(lists[0]) != len(lists[1]):
                    yield f"{brand} {kpi} {what}: {len(lists[0])} figures and {len(lists[1])}"
                for place, (here, there) in enumerate(zip(*lists)):
                    if not same(here, there):
                        yield f"{brand} {kpi} {what} {place}: {here} and {there}"


def main(words):
    if len(words) != 2:
        print(__doc__)
        return 2
    found = list(differences(*(read(Path(word)) for word in words)))
    print("\n".join(found[:20]) if found else "the same figures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
