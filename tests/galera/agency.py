# SPDX-License-Identifier: Apache-2.0
"""Small brands with a fortnight of facts each, and the program that serves them."""
import os
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

from cluster import PASSWORD, die_with_the_test

LAST_DAY = date(2026, 3, 13)
DAYS = [LAST_DAY - timedelta(days=n) for n in range(13, -1, -1)]
SETTINGS = "[jobs]\npause_seconds = 1\nlongest_pause_seconds = 4\nlease_seconds = 20\nattempts = 100\n"


def write(folder, fact, columns, rows):
    text = [",".join(columns)] + [",".join(map(str, row)) for row in rows]
    (folder / f"{fact}.csv").write_text("\n".join(text) + "\n", encoding="utf-8")


def write_brand(folder, number):
    """The exports of one brand, always the same."""
    rng = random.Random(number)
    folder.mkdir(parents=True)
    day = lambda: rng.choice(DAYS)
    at = lambda: f"{day()} {rng.randrange(24):02}:{rng.randrange(60):02}:00"
    who = lambda: f"c{rng.randrange(60)}"
    joins = {(at(), f"c{n % 60}"): (f"g{n % 3}", rng.choice(["天猫", "抖音", ""])) for n in range(90)}
    write(folder, "touches", ["date", "channel", "touches", "cost"],
          [(d, channel, rng.randrange(100, 900), f"{rng.randrange(1000, 90000) / 100:.2f}")
           for d in DAYS for channel in ("天猫", "抖音")])
    write(folder, "joins", ["joined_at", "customer_id", "guide_id", "channel"],
          [(*key, *rest) for key, rest in joins.items()])
    write(folder, "orders", ["order_id", "paid_at", "amount", "customer_id", "channel"],
          [(f"o{n}", at(), f"{rng.randrange(1000, 50000) / 100:.2f}", who(), "天猫") for n in range(60)])
    if number % 2:
        write(folder, "interactions", ["at", "customer_id", "kind"],
              sorted({(at(), who(), rng.choice(["click", "live"])) for _ in range(60)}))
    if number % 5 == 0:
        write(folder, "leaves", ["left_at", "customer_id"], sorted({(at(), who()) for _ in range(8)}))


class Siyu:
    """The program, in workspaces that may share a store."""

    def __init__(self, program):
        self.program = os.path.abspath(program)
        os.environ["SIYU_STORE_PASSWORD"] = PASSWORD

    def start(self, workspace, *words, out=None):
        return subprocess.Popen([self.program, "--lang", "en", "-C", str(workspace), *words], encoding="utf-8",
                                stdin=subprocess.DEVNULL, stdout=out or subprocess.PIPE, stderr=out or subprocess.PIPE,
                                preexec_fn=die_with_the_test)

    def __call__(self, workspace, *words, accept=(0,), seconds=600):
        command = [self.program, "--lang", "en", "-C", str(workspace), *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=seconds,
                              preexec_fn=die_with_the_test)
        if done.returncode not in accept:
            raise AssertionError(f"siyu {' '.join(words)}: {done.returncode}: {done.stderr or done.stdout}")
        return done

    def new(self, folder, store=None):
        """A workspace with a new store."""
        more = ["--store", store] if store else []
        subprocess.run([self.program, "init", str(folder), *more], check=True, capture_output=True, timeout=120)
        self.settle(folder)
        return Path(folder)

    def settle(self, folder):
        with open(Path(folder) / "siyu.toml", "a", encoding="utf-8") as f:
            f.write(SETTINGS)

    def another(self, folder, store, reports):
        """A workspace on another machine: the same store, the same folder of reports."""
        for name in ("tenants", "profiles", "plugins"):
            (Path(folder) / name).mkdir(parents=True)
        (Path(folder) / "siyu.toml").write_text(f"store = '{store}'\n", encoding="utf-8")
        (Path(folder) / "reports").symlink_to(reports)
        self.settle(folder)
        return Path(folder)


def pages(folder):
    """The delivered files by their names."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*")
            if path.is_file() and ".parts" not in path.parts}
