#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays one worked case against a siyu program: run.py --siyu PROGRAM CASE_FOLDER...

A case is a folder. Its CSV files, `FACT.csv` or `N-FACT.csv`, go into a fresh workspace in order of name
(guides and allocations to the agency, the others to the tenant `t`, which has the terms of `tenant.toml`; there
`plugin = "NAME"` gives it another plugin than the standard one).
Then `expected.txt` is gone through from top to bottom:

    import FILE [= STATUS]    takes that file in now rather than at the start
    period KIND DATE          asks for the figures of that period
    PATH = VALUE              where in the JSON of `siyu kpi`, and what has to stand there

In PATH a KPI's name alone means its value, and what a breakdown does not list is 0. `sections.stores.ranking.0.store`
is what the plugin's section `stores` puts for the key `store` in the first row of its list `ranking`, and
`sections.stores.ranking.length` the number of those rows; a list without rows need not be there. VALUE is null, true,
false, a word, a whole number or a fraction. Every complaint is printed with its line.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

KEPT_BY_THE_AGENCY = {"guides", "allocations"}


class Siyu:
    """The program and one workspace."""

    def __init__(self, program, workspace):
        self.program, self.workspace = str(pathlib.Path(program).resolve()), str(workspace)
        # A command that says the URL of a new store puts the case on another store than the embedded one.
        maker = os.environ.get("SIYU_TEST_NEW_STORE")
        store = subprocess.run(maker.split(), capture_output=True, encoding="utf-8", check=True).stdout.strip() if maker else ""
        self("init", self.workspace, *(["--store", store] if store else []), inside=False)

    def __call__(self, *words, inside=True, may_end_with=(0,)):
        command = [self.program, *(["-C", self.workspace] if inside else []), *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
        if done.returncode not in may_end_with:
            raise AssertionError(f"siyu {' '.join(words)}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def add_tenant(self, toml):
        """Terms without a day are given when the tenant is made, those under a [day] from that day on."""
        first, later, day = [], [], None
        for line in toml.read_text("utf-8").splitlines() if toml.exists() else []:
            line = line.split("#")[0].strip()
            if line.startswith("["):
                day = line[1:-1]
            elif line:
                key, value = (part.strip().strip('"') for part in line.split("=", 1))
                if day:
                    later.append(("tenant", "set", "t", f"{key}={value}", "--from", day))
                else:
                    option = {"timezone": "--tz", "plugin": "--plugin"}.get(key)
                    first += [option, value] if option else ["--set", f"{key}={value}"]
        self("tenant", "add", "t", *first)
        for words in later:
            self(*words)

    def take_in(self, file, may_end_with=(0, 1)):
        fact = re.sub(r"^\d+-", "", file.stem)
        whose = () if fact in KEPT_BY_THE_AGENCY else ("--tenant", "t")
        self("import", *whose, "--as", fact, str(file), may_end_with=may_end_with)

    def figures(self, kind, date):
        words = ("kpi", "--tenant", "t", "--period", kind, "--date", date, "--json")
        return json.loads(self(*words, may_end_with=(0, 1)))


def at(figures, path):
    if path.startswith("breakdowns."):
        _, kpi, dimension, value = path.split(".", 3)
        return figures["breakdowns"][kpi][dimension].get(value, {"num": 0, "den": 1})
    if path.startswith("sections."):
        return in_section(figures, path)
    for step in path.split("."):
        figures = figures[step]
    return figures["value"] if isinstance(figures, dict) and "value" in figures else figures


def in_section(figures, path):
    """A key of a section, or of a row of one of its lists; rows are counted from 0."""
    _, section, *steps = path.split(".")
    figures = figures["sections"][section]
    if steps[1:] == ["length"]:
        return len(figures.get(steps[0], []))
    for step in steps:
        figures = figures[int(step) if isinstance(figures, list) else step]
    return figures


def plain(found):
    """What was found, as it would be written in expected.txt."""
    if isinstance(found, dict) and found.keys() == {"num", "den"}:
        if not all(type(part) is int for part in found.values()) or found["den"] <= 0:
            return f"no fraction: {found}"
        return str(Fraction(found["num"], found["den"]))
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def wanted(word):
    return str(Fraction(word)) if re.fullmatch(r"-?\d+(/\d+)?", word) else word


def complaints(program, case):
    script = [(number, line.strip()) for number, line in enumerate((case / "expected.txt").read_text("utf-8").splitlines(), 1)]
    script = [(number, line) for number, line in script if line and not line.startswith("#")]
    imported_later = {line.split()[1] for _, line in script if line.startswith("import ")}
    checks = 0
    with tempfile.TemporaryDirectory() as folder:
        siyu = Siyu(program, pathlib.Path(folder) / "workspace")
        siyu.add_tenant(case / "tenant.toml")
        for file in sorted(case.glob("*.csv")):
            if file.name not in imported_later:
                siyu.take_in(file)
        for number, line in script:
            if line.startswith("import "):
                name, _, status = line.removeprefix("import ").partition(" = ")
                siyu.take_in(case / name, (int(status),) if status else (0, 1))
            elif line.startswith("period "):
                figures = siyu.figures(*line.split()[1:])
            else:
                path, want = line.split(" = ", 1)
                checks += 1
                try:
                    found = plain(at(figures, path))
                except LookupError as missing:
                    found = f"nothing, there is no {missing}"
                if found != wanted(want):
                    yield f"{case.name}/expected.txt:{number}: {path}: wanted {want}, found {found}"
    if not checks:
        yield f"{case.name}/expected.txt: says nothing"


def main(words):
    if len(words) < 3 or words[0] != "--siyu":
        print(__doc__)
        return 2
    bad = 0
    for case in map(pathlib.Path, words[2:]):
        for complaint in complaints(words[1], case):
            print(complaint)
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
