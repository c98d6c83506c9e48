#!/usr/bin/python3
"""A ledger that does not answer: locked by another program, or on a server that was stopped.
Nothing waits for it without end and without a word, a second signal ends a sender at once
wherever it waits, and the next run goes on with everybody, once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
import postgresql  # noqa: E402
from post import ENVIRONMENT, GLOS, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

tap = Tap()
PEOPLE = [f"o{i}@x.example" for i in range(400)]


def begin(root):
    return subprocess.Popen([GLOS, "-C", root, "send", "1"], env=ENVIRONMENT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def end_by_two(process):
    """Seconds until it ended after the second signal, its status, its words."""
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    still = process.poll() is None
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, err = process.communicate(timeout=100)
    return time.monotonic() - begun, process.returncode, out + err, still


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def ends_at_once(name, process):
    seconds, status, said, still = end_by_two(process)
    tap.ok(still and seconds < 3 and status == 4 and "goes on where this stopped" in said,
           f"{name}: the second signal ends it at once, with a last line and status 4",
           f"waited before: {still}, {seconds:.1f} s, exit {status}\n{said}")


def all_once(name, root, server):
    for _ in range(2):  # whose sender died a moment ago is known to be in doubt by the second
        run = glos(root, "send", "1", "--resend-ambiguous")
    got = server.received()
    # What was in the air when it was killed may come twice, by that option alone.
    twice = sum(n - 1 for n in got.values())
    tap.ok(run.returncode == 0 and set(got) == set(PEOPLE) and twice <= 8,
           f"{name}: the next run sends to all others", f"{run}\n{len(got)} got it, {twice} twice")


# ---- SQLite ----
folder = os.path.join(tap.folder, "sqlite")
os.makedirs(folder)
with Sink(folder, "--delay", "20") as server:
    root = publication(os.path.join(folder, "p"), server.port, store="sqlite:var/glos.db")
    subscribe(root, PEOPLE)
    other = sqlite3.connect(os.path.join(root, "var/glos.db"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = begin(root)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    out, err = process.communicate(timeout=100)
    tap.ok(time.monotonic() - begun < 3 and process.returncode == 4 and "unknown" in out and "error" not in err and
           "goes on where this stopped" in err and "ended at once" not in err,
           "SQLite locked when it begins: one signal is enough, and is no failure",
           f"{time.monotonic() - begun:.1f} s, exit {process.returncode}\n{out}{err}")
    other.execute("ROLLBACK")
    process = begin(root)
    until(lambda: sum(server.received().values()) > 20)
    other.execute("PRAGMA busy_timeout = 20000")
    other.execute("BEGIN IMMEDIATE")
    time.sleep(0.5)
    ends_at_once("SQLite locked while it sends", process)
    other.execute("ROLLBACK")
    other.close()
    all_once("SQLite", root, server)

if not postgresql.installed():
    tap.done()

# ---- PostgreSQL ----


def processes(server):
    """The server and all that it started."""
    mine = str(server.process.pid)
    found = [server.process.pid]
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as f:
                if f.read().rsplit(")", 1)[1].split()[1] == mine:
                    found.append(int(pid))
        except OSError:
            pass
    return found


def freeze(server, how):
    for pid in processes(server):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            pass


class Holder:
    """Another program that keeps a table for itself."""

    def __init__(self, server, table):
        self.process = subprocess.Popen(
            [f"{postgresql.PROGRAMS}/psql", "-qAtX", "-h", server.folder, "-U", "glos", "-d", "glos"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(f"BEGIN; LOCK TABLE {table}; SELECT 1;\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)


folder = os.path.join(tap.folder, "postgresql")
os.makedirs(folder)
with postgresql.Postgresql() as database, Sink(folder, "--delay", "20") as server:
    def people(where):
        return int(database.psql(f"SELECT count(*) FROM delivery WHERE {where}", check=False).stdout or 0)

    url = database.url()
    root = publication(os.path.join(folder, "p"), server.port, store=f'{{url: "{url}", lease: 2}}')
    subscribe(root, PEOPLE)
    for name, stop, go in [
            ("PostgreSQL locked", lambda: Holder(database, "delivery"), lambda held: held.close()),
            ("PostgreSQL stopped", lambda: freeze(database, signal.SIGSTOP),
             lambda _: freeze(database, signal.SIGCONT))]:
        process = begin(root)
        before = sum(server.received().values())
        until(lambda: sum(server.received().values()) > before + 20)
        held = stop()
        time.sleep(1)
        ends_at_once(name, process)
        go(held)
        time.sleep(3)  # its lease
    freeze(database, signal.SIGSTOP)
    begun = time.monotonic()
    status = glos(root, "status")
    tap.ok(status.returncode == 3 and "[store-failed]" in status.stderr,
           f"PostgreSQL stopped: a command ends and tells it ({time.monotonic() - begun:.0f} s)", status)
    freeze(database, signal.SIGCONT)
    # Somebody who was there when it stopped: a walk over all, in portions.
    with open(os.path.join(folder, "many.csv"), "w") as f:
        f.write("email\n" + "".join(f"m{i}@x.example\n" for i in range(60000)))
    process = subprocess.Popen([GLOS, "-C", root, "subscribers", "import", f.name], env=ENVIRONMENT,
                               text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until(lambda: int(database.psql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'glos'"
                                    " AND xact_start IS NOT NULL").stdout) > 0)
    time.sleep(0.5)
    freeze(database, signal.SIGSTOP)
    out, err = process.communicate(timeout=100)
    tap.ok(process.returncode == 3 and "no longer answers" in err and "waiting for the database" in err,
           "PostgreSQL stopped in the middle of a command: told, and it ends", f"{process.returncode} {out}{err}")
    freeze(database, signal.SIGCONT)
    database.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'glos'")
    all_once("PostgreSQL", root, server)
    tap.same(people("state <> 3"), 0, "PostgreSQL: nobody is left")
tap.done()
