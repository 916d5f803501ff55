#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Imports on a Galera cluster that get into each other's way, and imports whose node dies: imports.py --siyu PATH

1. Two imports for one brand at once, each at another node. The cluster lets one of the two changes win; the other is
   made again. Both are in the store in the end, as if one had come after the other.
2. Two imports of one file at once: it is in the store twice, as batches, and counts once.
3. A node is killed while an import's COMMIT is under way there: when its peers have the change, when they cannot agree
   on it, and when they never heard of it. The import finds out at the next node whether it is in the store. It is there
   once, however the commit came out. Where there is no other node to ask, it says that nobody knows.
4. A node is killed at any moment of an import.
5. No majority: a node is dead, another one stopped, and their peer may not go on. The import says so, exits with 4 and
   has changed nothing; when the peer is back it goes through.
In the end all figures are those of an SQLite store that took the same files one after the other, the ledger says what
the rows say, and all nodes hold the same.
"""
import argparse
import csv
import json
import random
import sys
import time
from pathlib import Path

from agency import LAST_DAY, Siyu
from cluster import Cluster, Folder, Line, what_is_missing

PAIRS, KILLS = 12, 3
HOLD_COMMITS = [f"BACKUP STAGE {stage}" for stage in ("START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT")]


def say(*words):
    print(f"{time.monotonic() - STARTED:6.1f} s ", *words, flush=True)


def orders(path, name, count, customers=40, seed=0):
    """An export with orders that nobody else has."""
    rng = random.Random(f"{name} {seed}")
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["order_id", "paid_at", "amount", "customer_id", "channel"])
        for n in range(count):
            out.writerow([f"{name}-{n}", f"2026-03-{1 + n % 13:02} {rng.randrange(24):02}:00:00",
                          f"{rng.randrange(100, 99999) / 100:.2f}", f"c{rng.randrange(customers)}", "天猫"])
    return path


class Imports:
    def __init__(self, siyu, cluster, folder):
        self.siyu, self.cluster, self.folder, self.problems = siyu, cluster, Path(folder), []
        self.taken = []  # files, in an order in which they may have come

    def must(self, well, words):
        if not well:
            self.problems.append(words)
            say("WRONG:", words)

    def run(self):
        self.cluster.database("imports")
        first = self.siyu.new(self.folder / "m0", self.cluster.url("imports", 0))
        self.machines = [first, *(self.siyu.another(self.folder / f"m{n}", self.cluster.url("imports", n),
                                                    first / "reports") for n in (1, 2))]
        self.siyu(first, "tenant", "add", "t")
        self.two_at_once()
        self.one_file_at_once()
        for number in range(KILLS):
            self.node_dies_during_commit(number)
        self.nobody_knows()
        for number in range(KILLS):
            self.node_dies(number)
        self.no_majority()
        self.judge()
        return self.problems

    def take(self, machine, path):
        return self.siyu.start(self.machines[machine], "import", "--tenant", "t", "--as", "orders", str(path))

    def ended(self, process, path, what, accept=(0,)):
        out, err = process.communicate(timeout=300)
        self.must(process.returncode in accept, f"{what}: {path.name}: exit {process.returncode}: {err or out}")
        return process.returncode, err

    def batches(self, path):
        """How many batches of the file the store has, asked at a node that answers."""
        for node in self.cluster.nodes:
            rows = node.ask("SET SESSION wsrep_sync_wait = 1; SELECT COUNT(*) FROM imports.batch WHERE undone = 0 AND "
                            f"file = '{path.name}'", 20, strict=False)
            if rows is not None:
                return int(rows[0][0])
        raise RuntimeError("no node answers")

    def conflicts(self):
        return sum(int(node.status(f"wsrep_local_{name}") or 0) for node in self.cluster.nodes
                   for name in ("cert_failures", "bf_aborts"))

    def two_at_once(self):
        before = self.conflicts()
        for number in range(PAIRS):
            paths = [orders(self.folder / f"pair{number}{side}.csv", f"p{number}{side}", 400) for side in "ab"]
            running = [self.take(machine, path) for machine, path in enumerate(paths)]
            for process, path in zip(running, paths):
                self.ended(process, path, "two at once")
                self.must(self.batches(path) == 1, f"two at once: {self.batches(path)} batches of {path.name}")
            self.taken += paths
        self.must(self.conflicts() > before, "no two imports ever got into each other's way")
        say(f"{PAIRS} pairs of imports at two nodes; {self.conflicts() - before} changes had to be made anew")

    def one_file_at_once(self):
        path = orders(self.folder / "same.csv", "same", 400)
        for process in [self.take(machine, path) for machine in (0, 1, 2)]:
            self.ended(process, path, "one file at once")
        self.must(self.batches(path) == 3, f"one file three times: {self.batches(path)} batches")
        self.taken.append(path)
        say("one file at three nodes at once")

    def node_dies_during_commit(self, number):
        node, peer = self.cluster.nodes[0], self.cluster.nodes[2]
        path = orders(self.folder / f"commit{number}.csv", f"k{number}", 600)
        how = ("when the peers had the change", "while a peer was silent", "when it was cut off")[number % 3]
        if number % 3 == 0:  # the change is sent and certified, and waits for its turn at this node alone
            hold, release = HOLD_COMMITS, []
        else:  # it waits at its first row, and goes on to its commit when the peers cannot be heard any more
            hold, release = ["BEGIN", "SELECT * FROM imports.revision FOR UPDATE"], ["ROLLBACK"]
        with Line(node, *hold) as line:
            process = self.take(0, path)
            waiting = lambda words: self.wait_for(lambda: self.is_asked(node, words) or process.poll() is not None)
            waiting("UPDATE revision" if release else "COMMIT")
            if number % 3 == 1:
                peer.stop_dead()
            if number % 3 == 2:
                node.cut_off()
            line.say(*release)
            waiting("COMMIT")
            caught = self.is_asked(node, "COMMIT")
            node.kill()
        if number % 3 == 1:
            peer.stop_dead(False)
        self.must(caught, f"{how}: the node was not in the middle of a commit")
        status, words = self.ended(process, path, "death during COMMIT", (0, 4))
        self.settle(path, status, words, f"death during COMMIT, {how}")
        node.come_back()

    def nobody_knows(self):
        """Who may ask no other node cannot find out."""
        node = self.cluster.nodes[0]
        path = orders(self.folder / "doubt.csv", "doubt", 600)
        url = f"mysql://siyu@127.0.0.1:{node.sql}/imports"
        self.machines.append(self.siyu.another(self.folder / "m3", url, self.machines[0] / "reports"))
        with Line(node, *HOLD_COMMITS) as _:
            process = self.take(3, path)
            self.wait_for(lambda: self.is_asked(node, "COMMIT") or process.poll() is not None)
            node.kill()
        status, words = self.ended(process, path, "nobody knows", (4,))
        self.must("nobody knows" in words, f"nobody knows: {words}")
        self.settle(path, status, words, "death during COMMIT, with no other node to ask")
        node.come_back()

    def is_asked(self, node, words):
        return node.ask("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'siyu' AND "
                        f"info LIKE '{words}%'") != [["0"]]

    def wait_for(self, there, seconds=60):
        end = time.monotonic() + seconds
        while not there():
            if time.monotonic() > end:
                raise RuntimeError("it did not come")

    def node_dies(self, number):
        node = self.cluster.nodes[0]
        path = orders(self.folder / f"kill{number}.csv", f"d{number}", 20000, 3000)
        process = self.take(0, path)
        time.sleep(random.Random(number).uniform(0.1, 1.0))
        under_way = process.poll() is None
        node.kill()
        status, words = self.ended(process, path, "death", (0, 4))
        say("" if under_way else "the import was over before;", end_words(words))
        self.settle(path, status, words, "death")
        node.come_back()

    def settle(self, path, status, words, what):
        """What was told is so; what was told to be in doubt is put right by taking it in again."""
        found = self.batches(path)
        say(f"{what}: exit {status}, {found} batches")
        if status == 0:
            self.must(found == 1, f"{what}: {found} batches of {path.name}, and it was told as done")
        else:
            doubt = "nobody knows" in words or "not known" in words or "whether" in words
            self.must(found <= (1 if doubt else 0), f"{what}: told as failed, but {found} batches are there: {words}")
            self.ended(self.take(1, path), path, f"{what}, again")
        self.taken.append(path)

    def no_majority(self):
        dead, stopped = self.cluster.nodes[2], self.cluster.nodes[1]
        dead.kill()
        self.cluster.wait_for_size(2, self.cluster.nodes[0])
        stopped.stop_dead()
        while self.cluster.nodes[0].status("wsrep_cluster_status") == "Primary":
            time.sleep(0.2)
        path = orders(self.folder / "alone.csv", "alone", 300)
        started = time.monotonic()
        status, words = self.ended(self.take(0, path), path, "no majority", (4,))
        say(f"without a majority it gave up after {time.monotonic() - started:.0f} s: {end_words(words)}")
        stopped.stop_dead(False)
        self.cluster.wait_for_size(2, stopped)
        self.must(self.batches(path) == 0, "no majority: a batch is there")
        self.ended(self.take(0, path), path, "with a majority again")
        self.taken.append(path)
        dead.come_back()

    def figures(self, workspace):
        look = ("--tenant", "t", "--date", str(LAST_DAY), "--json")
        said = json.loads(self.siyu(workspace, "kpi", "--period", "daily", *look, accept=(0, 1)).stdout)
        for one in said["data_quality"]:  # in which files and batches the facts came is another matter
            one.pop("places")
            one.pop("todo")
        of_files = ("quality.fewer_rows", "quality.orders_moved", "quality.orders_repriced")
        said["data_quality"] = [one for one in said["data_quality"] if one["id"] not in of_files]
        return said

    def judge(self):
        alone = self.siyu.new(self.folder / "alone")
        self.siyu(alone, "tenant", "add", "t")
        self.siyu(alone, "import", "--tenant", "t", "--as", "orders", *map(str, self.taken))
        for machine in self.machines[:3]:
            self.must(self.figures(machine) == self.figures(alone), f"{machine.name}: not as one after the other")
        health = self.siyu(self.machines[0], "doctor", "--recompute", accept=(0, 1))
        self.must(health.returncode == 0, f"doctor: {health.stdout}")
        differ = self.cluster.differences("imports")
        self.must(not differ, f"the nodes do not hold the same: {differ}")


def end_words(text):
    return " ".join(text.split())[-300:]


def main(argv):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--siyu", required=True, metavar="PATH")
    a = p.parse_args(argv)
    if missing := what_is_missing():
        print(f"no cluster here: {missing}")
        return 77
    with Folder() as folder, Cluster(folder) as cluster:
        say("the cluster is up")
        problems = Imports(Siyu(a.siyu), cluster, folder).run()
    print("wrong: " + "; ".join(problems) if problems else "every file is there, once")
    return 1 if problems else 0


if __name__ == "__main__":
    STARTED = time.monotonic()
    sys.exit(main(sys.argv[1:]))
