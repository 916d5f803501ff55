#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs siyu and the others on the same files, whole processes side by side in one run, and prints times and ratios.

    run.py import|figures|morning|growth|largest [--data DIR] [--bin DIR] [--siyu PATH] [--repeat N] [--only NAME,...]

What is compared is in README.md here. DIR has the data sets (made by bench_brands where they are missing) and the
stores made of them, which are kept for the next run. The rounds are interleaved: what else the machine does hits all alike.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import compare

HERE = Path(__file__).resolve().parent
OTHERS = HERE / "others"
TOP = HERE.parent.parent
MONTHLY_FEE = 30_000
LAST = date(2026, 10, 30)
# The brands, the members of each, the days.
SIZES = {"one": (1, 200_000, 120), "many": (200, 5_000, 60)}
KEYS = {
    "touches": "date channel campaign", "joins": "customer_id guide_id group_id joined_at",
    "leaves": "customer_id guide_id group_id left_at", "interactions": "at customer_id kind guide_id group_id campaign",
    "guide_actions": "at guide_id kind target", "tickets": "ticket_id", "surveys": "response_id", "orders": "order_id",
    "refunds": "refund_id", "posts": "post_id", "guide_days": "date guide_id", "group_days": "date group_id",
    "brand_sales": "date channel", "groups": "group_id", "kocs": "koc_id",
}


class Cost:
    """What commands took: seconds on the clock, seconds of processors, and the memory of the largest process."""

    def __init__(self, wall=0.0, cpu=0.0, memory=0):
        self.wall, self.cpu, self.memory = wall, cpu, memory

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def run(*command, out=None, standard_input=None, may_end_with=(0,)):
    """Runs one command to its end and says what it took, children included."""
    began = time.perf_counter()
    with open(out or os.devnull, "wb") as stdout, open(standard_input or os.devnull, "rb") as stdin:
        child = subprocess.Popen([str(word) for word in command], stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in may_end_with:
        sys.exit(f"{' '.join(map(str, command))}: exit status {child.returncode}\n{said.decode()}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def python_with_pandas():
    """Debian's own interpreter has Debian's packages, whatever else stands first in the path."""
    for python in ("/usr/bin/python3", sys.executable):
        if not subprocess.run([python, "-c", "import pandas, jinja2"], capture_output=True).returncode:
            return python
    sys.exit("needs pandas and Jinja2: bash packaging/install.sh bench")


class Bench:
    def __init__(self, options):
        self.options, self.data = options, options.data.resolve()
        self.bin = options.bin.resolve()
        self.siyu_program = options.siyu.resolve() if options.siyu else self.bin / "siyu"
        self.data.mkdir(parents=True, exist_ok=True)
        self.work = self.data / "work"
        self.work.mkdir(exist_ok=True)
        self.python = python_with_pandas()

    # What is measured is there

    def facts(self, name, *words):
        """The folder of a data set, made where it is missing."""
        folder, done = self.data / name, self.data / f"{name}.done"
        if not done.exists() and not (folder / "allocations.csv").exists():
            run(self.bin / "bench_brands", folder, *words)
        done.touch()
        return folder

    def standard(self, name):
        brands, members, days = SIZES[name]
        if name == "many" and self.options.brands:
            brands, name = self.options.brands, f"many-{self.options.brands}"
        return self.facts(name, "--brands", brands, "--members", members, "--days", days)

    def siyu(self, workspace, *words, **how):
        return run(self.siyu_program, "-C", workspace, *words, **how)

    def new_workspace(self, workspace, brands):
        """An empty workspace with its tenants."""
        shutil.rmtree(workspace, ignore_errors=True)
        store = ["--store", self.options.store.replace("{name}", workspace.name)] if self.options.store else []
        run(self.siyu_program, "init", workspace, *store)
        for brand in brands:
            self.siyu(workspace, "tenant", "add", brand, "--set", f"monthly_fee={MONTHLY_FEE}")

    def take_in(self, workspace, folder, brands):
        """All facts of a data set into a workspace that has its tenants."""
        cost = self.siyu(workspace, "import", folder / "guides.csv", folder / "allocations.csv")
        if len(brands) == 1:
            return cost + self.siyu(workspace, "import", "--tenant", brands[0], folder / brands[0])
        return cost + self.siyu(workspace, "import", "--each", folder)

    def workspace(self, name, folder):
        """A workspace with a data set in it, kept for the next run of the same program."""
        workspace, brands = self.work / f"{name}.siyu", brands_of(folder)
        made_by = f"{self.siyu_program} {self.siyu_program.stat().st_mtime_ns} {self.options.store}"
        mark = self.work / f"{name}.made-by"
        if not (workspace / "siyu.toml").exists() or not mark.exists() or (
                mark.read_text() != made_by and not self.options.keep):
            mark.unlink(missing_ok=True)
            self.new_workspace(workspace, brands)
            cost = self.take_in(workspace, folder, brands)
            print(f"{name}: taken in in {cost.wall:.1f} s, {cost.memory / 1024:.0f} MiB", file=sys.stderr)
            mark.write_text(made_by)
        return workspace

    def kept(self, name, make):
        """A file of another program, made where it is missing."""
        path = self.work / name
        if not path.exists():
            run(*make(path))
        return path

    def sqlite(self, *words):
        return (self.python, OTHERS / "sqlite.py", *words)

    def duckdb(self, *words):
        if not (OTHERS / "node_modules").exists():
            run("npm", "ci", "--prefix", OTHERS)
        return ("node", OTHERS / "duckdb.mjs", *words)

    def pandas(self, *words):
        return (self.python, OTHERS / "pandas_report.py", *words)

    # Measuring

    def rounds(self, programs, repeat=None):
        """Runs each (name, preparation, task) in turn, again and again; name -> costs."""
        only = self.options.only.split(",") if self.options.only else None
        programs = [one for one in programs if not only or any(word in one[0] for word in only)]
        costs = defaultdict(list)
        for place in range(repeat or self.options.repeat):
            for name, prepare, task in programs:
                if prepare:
                    prepare()
                costs[name].append(task())
                print(f"  round {place + 1}: {name}: {costs[name][-1].wall:.3f} s", file=sys.stderr)
        return costs

    def figures_of(self, workspace, brands, kind, day):
        """What siyu itself says, by the figures alone: not measured."""
        folder = self.work / "kpi"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

        def ask(brand):
            self.siyu(workspace, "kpi", "--tenant", brand, "--period", kind, "--date", day, "--json",
                      out=folder / f"{brand}.json", may_end_with=(0, 1))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(ask, brands))
        return compare.read(folder)

    def check(self, workspace, brands, kind, day, files, series_of=1):
        """Every figure of every brand; of a few brands also each of the 30 days."""
        mine = self.figures_of(workspace, brands, kind, day)
        last = end_of(kind, day)
        for back in range(29, -1, -1):
            daily = self.figures_of(workspace, brands[:series_of], "daily", last - timedelta(days=back))
            for brand, kpis in daily.items():
                for kpi, found in kpis.items():
                    mine[brand][kpi].setdefault("series", []).append(found["value"])
        for file in files:
            if not file.exists():
                continue
            found = list(compare.differences(mine, compare.read(file)))
            if found:
                sys.exit(f"{file.name}: {len(found)} figures are others than siyu's:\n" + "\n".join(found[:10]))
            print(f"{file.stem}: the same figures as siyu's", file=sys.stderr)


def brands_of(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def end_of(kind, day):
    if kind == "daily":
        return day
    if kind == "weekly":
        return day + timedelta(days=6 - day.weekday())
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def rows_in(folder):
    return sum(sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
               for path in sorted(folder.glob("*.csv")) for file in [open(path, "rb")])


def table(title, costs, base=None, rows=None):
    """The medians, each beside the first or the base."""
    if not costs:
        return
    base = base or next(iter(costs))
    middle = {name: statistics.median(cost.wall for cost in runs) for name, runs in costs.items()}
    extra = " rows/s |" if rows else ""
    busy = {name: statistics.median(cost.cpu for cost in runs) for name, runs in costs.items()}
    print(f"\n{title}\n\n| | median s | least s | ratio | processor s | ratio | MiB |{extra}")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |" + (" ---: |" if rows else ""))
    for name, runs in costs.items():
        ratio, of_work = (f"{all[name] / all[base]:.2f}" if all.get(base) else "–" for all in (middle, busy))
        rate = f" {rows / middle[name]:,.0f} |" if rows else ""
        print(f"| {name} | {middle[name]:.3f} | {min(cost.wall for cost in runs):.3f} | {ratio} | {busy[name]:.3f} |"
              f" {of_work} | {max(cost.memory for cost in runs) / 1024:.0f} |{rate}")
    sys.stdout.flush()


# The benchmarks


def shell_script(path, folder):
    """What is typed into the sqlite3 shell: tables found by what makes a row that row, then the files."""
    lines = ["PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144;", ".mode csv"]
    for file in sorted(folder.glob("*.csv")):
        with open(file, encoding="utf-8") as opened:
            columns = opened.readline().strip().split(",")
        typed = ", ".join(f'"{column}" TEXT' for column in columns)
        key = ", ".join(f'"{column}"' for column in KEYS[file.stem].split())
        lines += [f"CREATE TABLE {file.stem}({typed}, PRIMARY KEY({key})) WITHOUT ROWID;",
                  f".import --skip 1 {file} {file.stem}"]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def bench_import(b):
    folder = b.standard("one")
    brand = brands_of(folder)[0]
    workspace, made = b.work / "import.siyu", b.work / "import"
    script = b.work / "import.sql"
    shell_script(script, folder / brand)

    def clear():
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()

    def fresh():
        b.new_workspace(workspace, [brand])
        b.siyu(workspace, "import", folder / "guides.csv", folder / "allocations.csv")

    files = sorted((folder / brand).glob("*.csv"))
    rows = rows_in(folder / brand)
    costs = b.rounds([
        ("sqlite3 shell, .import", clear, lambda: run("sqlite3", made / "shell.db", standard_input=script)),
        ("siyu import", fresh, lambda: b.siyu(workspace, "import", "--tenant", brand, folder / brand)),
        ("cat > /dev/null", None, lambda: run("cat", *files)),
        ("bench_floor", clear, lambda: run(b.bin / "bench_floor", folder / brand, made / "floor")),
        ("DuckDB, its own database", clear, lambda: run(*b.duckdb("load", made / "duckdb", folder))),
        ("SQLite by a script", clear, lambda: run(*b.sqlite("load", made / "sqlite.db", folder))),
    ])
    clear()
    shutil.rmtree(workspace, ignore_errors=True)
    table(f"Import of {rows:,} rows, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB of CSV", costs,
          "sqlite3 shell, .import", rows)

    # Memory: the same customers, a quarter and four times the rows of their interactions.
    memory = {}
    for days in (30, 120, 480):
        source = b.facts(f"history-{days}", "--members", 20_000, "--days", days)
        b.new_workspace(workspace, ["b001"])
        memory[f"{rows_in(source / 'b001'):,} rows of 20,000 members"] = [
            b.siyu(workspace, "import", "--tenant", "b001", source / "b001")]
    shutil.rmtree(workspace, ignore_errors=True)
    table("Memory of an import: the same members, longer files", memory)


def bench_figures(b):
    folder = b.standard("one")
    brand = brands_of(folder)[0]
    workspace = b.workspace("one", folder)
    rows = b.kept("one.sqlite", lambda path: b.sqlite("load", path, folder))
    database = b.kept("one.duckdb", lambda path: b.duckdb("load", path, folder))
    for kind, day in (("daily", LAST), ("weekly", date(2026, 10, 25)), ("monthly", date(2026, 9, 30))):
        out = {name: b.work / f"{name}.json" for name in ("sqlite", "duckdb", "duckdb-csv", "pandas")}
        for file in out.values():
            file.unlink(missing_ok=True)
        when = ("--period", kind, "--date", day)
        costs = b.rounds([
            ("siyu report, HTML", None, lambda: b.siyu(
                workspace, "report", kind, "--tenant", brand, "--date", day, "--audience", "agency", "--format", "html",
                "--out", b.work / "pages")),
            ("siyu kpi, no series", None, lambda: b.siyu(workspace, "kpi", "--tenant", brand, "--period", kind, "--date",
                                                         day, "--json", may_end_with=(0, 1))),
            ("DuckDB, its own database", None, lambda: run(*b.duckdb("figures", database, *when), out=out["duckdb"])),
            ("DuckDB, CSV", None, lambda: run(*b.duckdb("csv", folder, *when), out=out["duckdb-csv"])),
            ("SQL over rows in SQLite", None, lambda: run(*b.sqlite("figures", rows, *when), out=out["sqlite"])),
            ("pandas + Jinja2, HTML", None, lambda: run(*b.pandas(folder, "--html", b.work / "pandas", *when),
                                                        out=out["pandas"])),
        ])
        b.check(workspace, [brand], kind, day, out.values())
        table(f"Figures, {kind}: the period, the one before, 30 days", costs)


def bench_morning(b):
    folder = b.standard("many")
    brands, name = brands_of(folder), folder.name
    day = LAST + timedelta(days=1)
    before = b.workspace(name, folder)
    rows = b.kept(f"{name}.duckdb", lambda path: b.duckdb("load", path, folder))
    plain = b.kept(f"{name}.sqlite", lambda path: b.sqlite("load", path, folder))
    # The new day's files of each brand in a folder named as the brand.
    arrived, workspace = b.work / f"{name}.next", b.work / "morning.siyu"
    shutil.rmtree(arrived, ignore_errors=True)
    arrived.mkdir()
    for brand in brands:
        (arrived / brand).symlink_to(folder / brand / "next")
    copy, other = b.work / "morning.duckdb", b.work / "morning.sqlite"
    out = {one: b.work / f"{one}.json" for one in ("morning-duckdb", "morning-sqlite", "morning-pandas")}
    for file in out.values():
        file.unlink(missing_ok=True)

    def again(source, to):
        def prepare():
            if to.is_dir():
                shutil.rmtree(to)
            for old in to.parent.glob(f"{to.name}*"):
                old.unlink()
            (shutil.copytree if source.is_dir() else shutil.copy)(source, to)
            os.sync()
        return prepare

    report = ("report", "daily", "--date", day, "--audience", "agency", "--format", "html", "--out", b.work / "pages")

    def one_after_the_other():
        took = b.siyu(workspace, "import", "--each", arrived)
        made = b.siyu(workspace, *report)
        print(f"    import {took.wall:.3f} s, reports {made.wall:.3f} s", file=sys.stderr)
        return took + made

    when = ("--date", day)
    pandas = ("--next", "--html", b.work / "pandas", *when)
    costs = b.rounds([
        ("siyu report --import", again(before, workspace), lambda: b.siyu(workspace, *report, "--import", arrived)),
        ("siyu import, then siyu report", again(before, workspace), one_after_the_other),
        ("DuckDB in one batch, HTML", again(rows, copy), lambda: run(
            *b.duckdb("morning", copy, folder, "--html", b.work / "duckdb-pages", *when), out=out["morning-duckdb"])),
        ("SQL over rows in SQLite, HTML", again(plain, other), lambda: run(
            *b.sqlite("morning", other, folder, "--html", b.work / "sqlite-pages", *when), out=out["morning-sqlite"])),
        ("pandas + Jinja2", None, lambda: run(*b.pandas(folder, *pandas), out=out["morning-pandas"])),
        ("pandas + Jinja2, two processes", None, lambda: run(*b.pandas(folder, *pandas, "--jobs", 2),
                                                             out=out["morning-pandas"])),
    ])
    b.check(workspace, brands, "daily", day, out.values(), series_of=3)
    for scratch in (copy, other):
        scratch.unlink(missing_ok=True)
    table(f"The morning of {len(brands)} brands: one new day, all daily reports", costs)


def report_of(b, workspace, brand):
    return b.siyu(workspace, "report", "daily", "--tenant", brand, "--date", LAST, "--audience", "agency", "--format",
                  "html", "--out", b.work / "pages")


def bench_growth(b):
    def grow(title, sets):
        programs = []
        for label, name, words in sets:
            workspace = b.workspace(name, b.facts(name, *words))
            programs.append((label, None, lambda workspace=workspace: report_of(b, workspace, "b001")))
        table(title, b.rounds(programs, max(5, b.options.repeat)))

    grow("A daily report by the days of history, 20,000 members", [
        (f"{days} days", f"history-{days}", ("--members", 20_000, "--days", days)) for days in (30, 90, 360)])
    grow("A daily report by members, thin facts of 30 days", [
        (f"{members:,} members", f"lean-{members}", ("--members", members, "--days", 30, "--lean"))
        for members in (10_000, 100_000, 1_000_000, 10_000_000)])


def bench_largest(b):
    name = "largest"
    b.options.keep = True  # tens of minutes
    folder = b.facts(name, "--members", 44_000_000, "--days", 30, "--lean", "--guides", 10_000, "--joins", 60_000)
    workspace = b.workspace(name, folder)
    costs = b.rounds([("siyu report, HTML", None, lambda: report_of(b, workspace, "b001"))], max(3, b.options.repeat))
    table("A daily report of 44,000,000 members, 10,000 guides, 60,000 joins a day", costs)


def main():
    tasks = {"import": bench_import, "figures": bench_figures, "morning": bench_morning, "growth": bench_growth,
             "largest": bench_largest}
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("task", choices=tasks)
    p.add_argument("--data", type=Path, default=Path("/var/tmp/siyu-bench"), help="data sets and stores are kept there")
    p.add_argument("--bin", type=Path, default=TOP / "build/release/bin", help="siyu, bench_brands, bench_floor")
    p.add_argument("--siyu", type=Path, help="another siyu")
    p.add_argument("--store", help="the store of siyu's workspaces; {name} stands for the workspace's name")
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--only", help="only the programs whose names contain one of these words, by commas")
    p.add_argument("--brands", type=int, help="morning: so many brands instead of 200")
    p.add_argument("--keep", action="store_true", help="keep the workspaces of another build of siyu")
    options = p.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    tasks[options.task](Bench(options))


if __name__ == "__main__":
    main()
