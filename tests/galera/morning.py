#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The morning of 200 brands on a Galera cluster that loses nodes: morning.py --siyu PATH [--brands N]

Six workers, begun at different nodes, make and deliver every brand's daily report. In the middle one node is killed
and, while the work goes on at the two others, one of them is cut off: its peers and it hear nothing of each other
(gmcast.isolate), while clients still reach it and must not take it for the cluster. It comes back before the end. Then
every report is there once, to the byte as an undisturbed SQLite store makes it, and all nodes hold the same.

Who may go on is decided by the weights of the nodes (pc.weight): with one of three dead, one of the other two could not
outvote its peer, and both would stop; so the node that stays is given the weight of the majority.
"""
import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from agency import LAST_DAY, Siyu, pages, write_brand
from cluster import Cluster, Folder, what_is_missing

KILLED, STAYING, CUT_OFF = 0, 1, 2
WORKERS = 6
JOB_STATES = {1: "due", 2: "running", 3: "failing", 4: "done", 5: "given up", 6: "cancelled"}


def say(*words):
    print(f"{time.monotonic() - STARTED:6.1f} s ", *words, flush=True)


class Morning:
    def __init__(self, siyu, cluster, folder, brands):
        self.siyu, self.cluster, self.folder, self.brands, self.problems = siyu, cluster, Path(folder), brands, []
        self.staying = cluster.nodes[STAYING]

    def must(self, well, words):
        if not well:
            self.problems.append(words)
            say("WRONG:", words)

    def run(self):
        names = [f"b{number:03}" for number in range(self.brands)]
        exports = self.folder / "exports"
        for number, name in enumerate(names):
            write_brand(exports / name, number)
        alone = self.siyu.new(self.folder / "alone")
        for name in names:
            self.siyu(alone, "tenant", "add", name)
        self.cluster.database("morning")
        self.siyu(alone, "store", "copy", "sqlite:siyu.db", self.cluster.url("morning"))
        self.machines = [self.siyu.another(self.folder / f"m{n}", self.cluster.url("morning", n),
                                           self.folder / "reports") for n in range(3)]
        (self.folder / "reports").mkdir()
        say(f"{self.brands} brands in both stores")
        for workspace in (alone, self.machines[0]):
            self.siyu(workspace, "import", "--each", str(exports))
            say("exports taken in by", workspace.name)
        self.siyu(alone, "report", "daily", "--date", str(LAST_DAY))
        say("reports of the undisturbed store")
        self.siyu(self.machines[1], "report", "daily", "--date", str(LAST_DAY), "--queue")
        self.work()
        self.judge(pages(alone / "reports"))
        return self.problems

    def done(self):
        rows = self.staying.ask("SELECT COUNT(*) FROM morning.job WHERE kind = 2 AND state = 4", 30, strict=False)
        return int(rows[0][0]) if rows else 0

    def wait_for_done(self, share):
        while self.done() < share * self.brands:
            if all(worker.poll() is not None for worker, _ in self.workers):
                raise RuntimeError(f"the workers ended when {self.done()} reports were made")
            time.sleep(0.2)
        say(f"{self.done()} reports made")

    def work(self):
        self.workers = []
        for number in range(WORKERS):
            log = open(self.folder / f"worker{number}.log", "w+", encoding="utf-8")
            machine = self.machines[number % 3]
            self.workers.append((self.siyu.start(machine, "worker", "--drain", "--at-once", "1", out=log), log))
        try:
            self.wait_for_done(0.2)
            say("killing a node")
            self.cluster.nodes[KILLED].kill()
            self.wait_for_done(0.4)
            say("cutting another one off")
            self.cluster.nodes[CUT_OFF].cut_off()
            before = self.done()
            self.wait_for_done(0.7)
            self.must(self.cluster.nodes[CUT_OFF].status("wsrep_cluster_status") != "Primary", "it was not cut off")
            self.must(self.done() > before, "no work was done while one node was dead and one cut off")
            say("letting it back")
            self.cluster.nodes[CUT_OFF].cut_off(False)
            for worker, _ in self.workers:
                worker.wait(timeout=300)
            say("the workers ended")
        finally:
            for worker, _ in self.workers:
                if worker.poll() is None:
                    worker.kill()
                    worker.wait()
        self.cluster.wait_for_size(2, self.staying)
        self.cluster.nodes[CUT_OFF].wait_until_synced()
        self.cluster.nodes[KILLED].come_back()
        say("all three nodes are there again")

    def judge(self, want):
        words, delivered, counted = "", Counter(), Counter()
        for number, (worker, log) in enumerate(self.workers):
            log.seek(0)
            text = log.read()
            words += text
            delivered.update(Path(line).relative_to(self.machines[number % 3] / "reports")
                             for line in text.splitlines() if line.startswith(str(self.folder)))
            said = re.findall(r"(\d+) jobs done, (\d+) failed", text)
            spoken = "\n".join(line for line in text.splitlines() if not line.startswith(str(self.folder)))
            self.must(worker.returncode == 0 and said, f"worker {number} ended with {worker.returncode}: {spoken}")
            for done, failed in said:
                counted.update(done=int(done), failed=int(failed))
        self.must(not counted["failed"], f"{counted['failed']} jobs failed")
        ask = self.cluster.nodes[KILLED].ask  # of the node that was away all the time
        states = Counter((int(kind), JOB_STATES[int(state)]) for kind, state in
                         ask("SET SESSION wsrep_sync_wait = 1; SELECT kind, state FROM morning.job"))
        self.must(states == {(2, "done"): self.brands, (3, "done"): self.brands}, f"jobs: {dict(states)}")
        stored = Counter(row[0] for row in ask("SELECT tenant FROM morning.page"))
        self.must(len(stored) == self.brands and set(stored.values()) == {4}, f"pages in the store: {stored}")
        fences = ask("SELECT COUNT(*) FROM morning.page JOIN morning.job USING (tenant) WHERE kind = 2 AND "
                     "page.fence <> job.fence")
        self.must(fences == [["0"]], f"{fences[0][0]} pages are not those of the hand that ended the job")
        got = pages(self.folder / "reports")
        self.must(len(want) == 4 * self.brands, f"the undisturbed store wrote {len(want)} pages")
        self.must(want.keys() == got.keys(), f"missing: {sorted(want.keys() - got.keys())[:5]}, "
                                             f"unasked: {sorted(got.keys() - want.keys())[:5]}")
        other = [name for name in want if name in got and want[name] != got[name]]
        self.must(not other, f"{len(other)} pages differ from the undisturbed ones: {other[:5]}")
        twice = {name: count for name, count in delivered.items() if count > 1}
        self.must(not twice, f"delivered twice: {twice}")
        self.must(len(delivered) == len(want), f"{len(delivered)} of {len(want)} deliveries were told")
        self.must(counted["done"] == 2 * self.brands, f"{counted['done']} jobs were counted as done")
        differ = self.cluster.differences("morning")
        self.must(not differ, f"the nodes do not hold the same: {differ}")
        losses, attempts, most = ask("SELECT SUM(losses), SUM(attempts), MAX(fence) FROM morning.job")[0]
        moved = ask("SELECT COUNT(*) FROM morning.job WHERE fence > 1")[0][0]
        say(f"{moved} jobs changed hands (at most {most} times), {losses} losses and {attempts} failures on record; "
            f"the workers said {words.count('cannot be used')} times that the store was away, "
            f"{words.count('another worker has taken')} times that a lease was lost")
        for node in self.cluster.nodes:
            say(f"n{node.number}: {node.status('wsrep_local_cert_failures')} certification failures, "
                f"{node.status('wsrep_local_bf_aborts')} aborted for another node's change")


def main(argv):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--siyu", required=True, metavar="PATH")
    p.add_argument("--brands", type=int, default=200)
    a = p.parse_args(argv)
    if missing := what_is_missing():
        print(f"no cluster here: {missing}")
        return 77
    weights = [3 if number == STAYING else 1 for number in range(3)]
    with Folder() as folder, Cluster(folder, weights) as cluster:
        say("the cluster is up")
        problems = Morning(Siyu(a.siyu), cluster, folder, a.brands).run()
    print("wrong: " + "; ".join(problems) if problems else "every report is there, once")
    return 1 if problems else 0


if __name__ == "__main__":
    STARTED = time.monotonic()
    sys.exit(main(sys.argv[1:]))
