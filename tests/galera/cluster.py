# SPDX-License-Identifier: Apache-2.0
"""A cluster of three MariaDB nodes on 127.0.0.1, for a test: they end with the test that started them, however it
ends."""
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PASSWORD = "a password of the tests"
PROVIDERS = ["/usr/lib/galera/libgalera_smm.so", "/usr/lib/libgalera_smm.so", "/usr/lib64/galera/libgalera_smm.so"]
PR_SET_PDEATHSIG = 1

CONF = """[mariadbd]
datadir={folder}/data
socket={folder}/socket
pid-file={folder}/pid
log-error={folder}/log.err
port={sql}
bind-address=127.0.0.1
skip-name-resolve
performance-schema=0
innodb-buffer-pool-size=96M
innodb-log-file-size=48M
innodb-doublewrite=0
innodb-flush-log-at-trx-commit=0
binlog-format=ROW
innodb-autoinc-lock-mode=2
wsrep-on=ON
wsrep-provider={provider}
wsrep-cluster-name=siyu-{first_port}
wsrep-cluster-address=gcomm://{peers}
wsrep-node-name=n{number}
wsrep-node-address=127.0.0.1:{group}
wsrep-sst-method=rsync
wsrep-sst-receive-address=127.0.0.1:{sst}
wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:{group};ist.recv_addr=127.0.0.1:{ist};gcache.size=32M;\
pc.weight={weight};pc.recovery=FALSE;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S;evs.install_timeout=PT4S;\
evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.3S;repl.causal_read_timeout=PT10S"
"""


def what_is_missing():
    """Why there can be no cluster here, or nothing."""
    for program in ("mariadbd", "mariadb-install-db", "mariadb", "rsync"):
        if not find(program):
            return f"no {program}"
    return None if provider() else "no galera library"


def find(program):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def provider():
    return next((path for path in PROVIDERS if os.path.exists(path)), None)


class Folder(tempfile.TemporaryDirectory):
    """Gone with the test; one that was killed leaves its own to the next one."""

    def __init__(self):
        for left in Path(tempfile.gettempdir()).glob("siyu-galera-*-*"):
            if not os.path.exists(f"/proc/{left.name.split('-')[2]}"):
                shutil.rmtree(left, ignore_errors=True)
        super().__init__(prefix=f"siyu-galera-{os.getpid()}-")


def account():
    """Who runs the nodes: state snapshots do not go as root."""
    return pwd.getpwnam("mysql") if os.geteuid() == 0 else None


def free_ports(count):
    """So many ports that nobody listens on just now, all different."""
    taken = [socket.socket() for _ in range(count)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def die_with_the_test():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def become_a_node():
    """In the child: somebody who may not be root, and who dies with the test (whoever changes first is free again)."""
    who = account()
    if who:
        os.setgroups([who.pw_gid])
        os.setgid(who.pw_gid)
        os.setuid(who.pw_uid)
    die_with_the_test()


class Node:
    """One server of the cluster."""

    def __init__(self, cluster, number):
        self.cluster, self.number, self.process = cluster, number, None
        self.folder = cluster.folder / f"n{number}"
        self.sql, self.group, self.ist, self.sst = cluster.ports[4 * number:4 * number + 4]

    def write_settings(self, weight):
        self.folder.mkdir()
        peers = ",".join(f"127.0.0.1:{node.group}" for node in self.cluster.nodes)
        (self.folder / "my.cnf").write_text(CONF.format(
            folder=self.folder, sql=self.sql, group=self.group, ist=self.ist, sst=self.sst, number=self.number,
            peers=peers, provider=provider(), weight=weight, first_port=self.cluster.ports[0]))
        who = account()
        if who:
            os.chown(self.folder, who.pw_uid, who.pw_gid)
        install = [find("mariadb-install-db"), "--no-defaults", f"--datadir={self.folder}/data",
                   "--auth-root-authentication-method=normal", "--skip-test-db"]
        done = subprocess.run(install, capture_output=True, encoding="utf-8", errors="replace", timeout=300,
                              stdin=subprocess.DEVNULL, preexec_fn=become_a_node, cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"mariadb-install-db: {done.stdout[-2000:]} {done.stderr[-2000:]}")

    def start(self, first=False, wait=True):
        command = [find("mariadbd"), f"--defaults-file={self.folder}/my.cnf"]
        with open(self.folder / "log.err", "ab") as log:
            os.chmod(log.name, 0o666)
            self.process = subprocess.Popen(command + ["--wsrep-new-cluster"] * first, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, preexec_fn=become_a_node, cwd=self.folder,
                                            start_new_session=True)
        if wait:
            self.wait_until_synced()

    def come_back(self, tries=3):
        """After its death, once its peers know of it. It has been seen that the cluster leaves such a node waiting for
        ever; whoever runs it starts it anew then."""
        peers = [node for node in self.cluster.nodes if node.process.poll() is None]
        self.cluster.wait_for_size(len(peers), peers[0])
        while True:
            self.start(wait=False)
            tries -= 1
            try:
                return self.wait_until_synced()
            except RuntimeError as error:
                if tries == 0:
                    raise
                print(f"started anew: {error}", flush=True)
                self.kill()

    def wait_until_synced(self, seconds=120):
        end = time.monotonic() + seconds
        while self.status("wsrep_local_state_comment") != "Synced" or self.status("wsrep_ready") != "ON":
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"n{self.number} did not join: {self.log()}")
            time.sleep(0.2)

    def log(self):
        return (self.folder / "log.err").read_text(errors="replace")[-8000:]

    def ask(self, sql, seconds=20, strict=True):
        """The rows of an answer; none where it cannot be had and need not."""
        command = [find("mariadb"), "--no-defaults", "-uroot", f"-S{self.folder}/socket", "--batch",
                   "--skip-column-names", "--raw", f"--connect-timeout={seconds}", "-e", sql]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds)
        except subprocess.TimeoutExpired:
            if strict:
                raise
            return None
        if done.returncode != 0:
            if strict:
                raise RuntimeError(f"n{self.number}: {sql}: {done.stderr.strip()}")
            return None
        return [line.split("\t") for line in done.stdout.splitlines()]

    def status(self, name):
        rows = self.ask("SELECT variable_value FROM information_schema.global_status WHERE variable_name = "
                        f"'{name}'", 5, strict=False)
        return rows[0][0] if rows else None

    def kill(self):
        """As a power cut would: with the scripts that it runs."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop_dead(self, yes=True):
        """It says nothing more and hears nothing, and its lines stay open."""
        self.process.send_signal(signal.SIGSTOP if yes else signal.SIGCONT)

    def cut_off(self, yes=True):
        """Its peers and it hear nothing of each other any more; clients still reach it."""
        self.ask(f"SET GLOBAL wsrep_provider_options = 'gmcast.isolate={int(yes)}'")


class Line:
    """A line to a node that stays open: what it holds there is held until it is closed."""

    def __init__(self, node, *statements):
        command = [find("mariadb"), "--no-defaults", "-uroot", f"-S{node.folder}/socket", "--batch",
                   "--skip-column-names", "--unbuffered"]
        self.client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, encoding="utf-8")
        self.say(*statements, "SELECT 'said'")
        while (line := self.client.stdout.readline()) and line.strip() != "said":
            pass
        if not line:
            raise RuntimeError(f"n{node.number} does not do {statements}")

    def say(self, *statements):
        self.client.stdin.write("".join(f"{statement};\n" for statement in statements))
        self.client.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.kill()
        self.client.communicate()


class Cluster:
    """`weights`: how much each node counts where it is decided who may go on."""

    def __init__(self, folder, weights=(1, 1, 1)):
        self.folder = Path(folder)
        os.chmod(self.folder, 0o755)
        self.ports = free_ports(12)
        self.nodes = [Node(self, number) for number in range(3)]
        for node, weight in zip(self.nodes, weights):
            node.write_settings(weight)

    def __enter__(self):
        try:
            for node in self.nodes:
                node.start(first=node.number == 0)
            self.nodes[0].ask(f"CREATE USER 'siyu'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'; "
                              "GRANT ALL ON *.* TO 'siyu'@'127.0.0.1'")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for node in self.nodes:
            if node.process and node.process.poll() is None:
                node.kill()

    def database(self, name):
        self.nodes[0].ask(f"CREATE DATABASE {name}")

    def url(self, database, first=0, options=""):
        """With all nodes, beginning with one of them."""
        hosts = ",".join(f"127.0.0.1:{self.nodes[(first + n) % 3].sql}" for n in range(3))
        return f"mysql://siyu@{hosts}/{database}{options}"

    def wait_for_size(self, size, at, seconds=60):
        end = time.monotonic() + seconds
        while at.status("wsrep_cluster_size") != str(size) or at.status("wsrep_cluster_status") != "Primary":
            if time.monotonic() > end:
                raise RuntimeError(f"the cluster did not become one of {size}: {at.log()}")
            time.sleep(0.2)

    def differences(self, database):
        """Tables that are not the same on all nodes."""
        tables = [row[0] for row in self.nodes[0].ask(f"SHOW TABLES FROM {database}")]
        sums = [node.ask("SET SESSION wsrep_sync_wait = 1; CHECKSUM TABLE " +
                         ", ".join(f"{database}.{table}" for table in tables), 120) for node in self.nodes]
        return [row for rows in zip(*sums) if len({tuple(row) for row in rows}) > 1 for row in rows]
