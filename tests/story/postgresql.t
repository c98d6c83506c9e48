#!/usr/bin/python3
"""Three senders share one ledger in PostgreSQL. They are killed twenty times, one is stopped
for longer than its lease and then wakes up, the server itself is stopped at once and started
again: nobody is lost, nobody gets it twice, and the few whose fate is unknown are listed.

GLOS_DEEP=1 does it over 100,000 deliveries, PEOPLE=n over n."""

import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
import postgresql  # noqa: E402
from post import ENVIRONMENT, GLOS, Sink, Tap, glos, publication, subscribe  # noqa: E402

if not postgresql.installed():
    print("1..0 # SKIP PostgreSQL is not installed")
    sys.exit(0)

DEEP = bool(os.environ.get("GLOS_DEEP"))
PEOPLE = int(os.environ.get("PEOPLE", "100000" if DEEP else "4000"))
KILLS, CONNECTIONS, LEASE = 20, 4, 3
# None that loses a connection after the dot: what is parked is parked by crashes alone.
FAULTS = ["--delay", "5" if DEEP else "25", "--fault", "mail-drop:1", "--fault", "rcpt-451:1"]
tap = Tap()


class Sender:
    """One glos send, as on a machine of its own: own folder, own way to the world."""

    def __init__(self, name, server):
        self.folder = os.path.join(tap.folder, name)
        os.makedirs(self.folder)
        self.sink = Sink(self.folder, *FAULTS)
        self.root = publication(os.path.join(self.folder, "p"), self.sink.port,
                                connections=CONNECTIONS,
                                store=f'{{url: "{server.url()}", lease: {LEASE}}}')
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [GLOS, "-C", self.root, "send", "1", "--retry-after", "0", "--tries", "1000"],
            env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def signal(self, number):
        self.process.send_signal(number)

    def runs(self):
        return self.process.poll() is None

    def wait(self, seconds=120):
        """Exit status and all that was said."""
        said = self.process.communicate(timeout=seconds)
        return self.process.returncode, said[0] + said[1]


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def number(server, sql):
    answer = server.psql(sql, check=False).stdout.strip()
    return int(answer) if answer else -1


def sent(server):
    return number(server, "SELECT count(*) FROM delivery WHERE state = 3")


def stop_past_lease(server, sender):
    """Stops a sender until another declares it dead; what it does when it wakes up."""
    its = f"FROM worker WHERE name LIKE '% {sender.process.pid}'"
    until(lambda: number(server, f"SELECT count(*) {its}") == 1 or not sender.runs())
    sender.signal(signal.SIGSTOP)
    gone = until(lambda: number(server, f"SELECT count(*) {its} AND dead") == 1)
    time.sleep(0.3)  # its server may still write down what it has got
    before = sum(sender.sink.received().values())
    sender.signal(signal.SIGCONT)
    status, said = sender.wait(30)
    return gone, status, said, sum(sender.sink.received().values()) - before


def crash(server):
    server.stop()
    time.sleep(0.7)
    server.start()


def kill(sender):
    """Whether it was at work."""
    at_work = sender.runs()
    if at_work:
        sender.signal(signal.SIGKILL)
    sender.wait()
    sender.start()
    return at_work


with postgresql.Postgresql() as server:
    a, b, c = (Sender(name, server) for name in "abc")
    people = [f"osoba{i}@domena{i % 40}.example" for i in range(PEOPLE)]
    done = subscribe(a.root, people)
    tap.same(done.returncode, 0, "subscribers are imported into PostgreSQL")

    for sender in (a, b, c):
        sender.start()
    started = until(lambda: all(sum(s.sink.received().values()) > 60 for s in (a, b, c)))
    tap.ok(started, "three senders share an issue")
    crashes = 0
    for i in range(KILLS):
        crashes += kill((a, c, b)[i % 3])
        due = PEOPLE * (i + 1) * 9 // (10 * KILLS)
        until(lambda: sent(server) >= due, 600)
        if i == KILLS // 3:
            gone, status, said, late = stop_past_lease(server, b)
            tap.ok(gone, "one that is stopped past its lease is declared dead by another")
            tap.same(status, 3, "when it wakes up it stops by itself")
            tap.ok("this sender was declared dead" in said, "and says why", said)
            tap.same(late, 0, "and sends nothing more")
            crashes += 1
            b.start()
        if i == 2 * KILLS // 3:
            known = sent(server)
            crash(server)
            tap.ok(0 < known < PEOPLE, "the server crashes in the middle", known)
            time.sleep(1)
            tap.ok(a.runs() and b.runs() and c.runs(), "its crash ends no sender")
    tap.same(crashes, KILLS + 1, "all were at work when they were killed")
    ends = [s.wait(900) for s in (a, b, c)]

    report = json.loads(glos(a.root, "status", "1", "--json").stdout)
    held = {d["address"] for d in
            json.loads(glos(a.root, "status", "1", "--ambiguous", "--json").stdout)}
    received = a.sink.received() + b.sink.received() + c.sink.received()
    print(f"# {crashes} crashes of senders, {len(held)} held as ambiguous")
    tap.ok({e[0] for e in ends} <= {0, 4}, "all senders end in order", ends)
    tap.same(report["sent"] + report["ambiguous"], PEOPLE, "everyone is settled")
    tap.same(report["ambiguous"], len(held), "those whose fate is unknown are listed")
    tap.ok(len(held) < crashes * CONNECTIONS, "fewer than connections and crashes", len(held))
    tap.same([p for p in people if not received[p] and p not in held], [],
             "nobody is lost but those held")
    tap.same([p for p in people if received[p] > 1], [], "nobody got it twice")
    tap.ok(all(sum(s.sink.received().values()) > 60 for s in (a, b, c)), "each did its share")

    # ---- to a file, and back into another database ----
    whole = "SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE \"C\")) FROM ({}) t"
    queries = [whole.format(f"SELECT {columns} FROM {table}") for table, columns in (
        ("subscriber", "*"), ("secret", "*"), ("issue", "*"), ("segment", "*"), ("audience", "*"),
        ("attempt", "*"),
        ("delivery", "id, issue_id, subscriber_id, segment_id, token, state, attempts, next_at,"
                     " first_at, at, code, words"))]
    server.psql("CREATE DATABASE back", "postgres")
    back = server.url().replace("@/glos?", "@/back?")
    there = glos(a.root, "store", "copy", server.url(), "sqlite:var/glos.db")
    tap.same(there.returncode, 0, "the store is copied into a file")
    home = glos(a.root, "store", "copy", "sqlite:var/glos.db", back)
    tap.ok(home.returncode == 0 and "copied and read back" in home.stderr, "and back", home.stderr)
    tap.same([server.psql(q).stdout for q in queries], [server.psql(q, "back").stdout for q in queries],
             "both databases hold the same")
    tap.ok(number(server, "SELECT count(*) FROM attempt") > 0, "earlier attempts among it")
    again = glos(a.root, "store", "copy", "sqlite:var/glos.db", back)
    tap.ok(again.returncode == 1 and "is not empty" in again.stderr, "none is written over",
           again.stderr)
    facts = json.loads(glos(a.root, "store", "--json").stdout)
    tap.same((facts["subscribers"], facts["deliveries"], facts["senders"]), (PEOPLE, PEOPLE, 0),
             "glos store tells what is there")
    newer = publication(os.path.join(tap.folder, "newer"), 1, store=f'"{back}"')
    for root, where in ((newer, "PostgreSQL"), (publication(os.path.join(tap.folder, "file"), 1), "SQLite")):
        if where == "SQLite":
            os.makedirs(os.path.join(root, "var"))
            os.rename(os.path.join(a.root, "var/glos.db"), os.path.join(root, "var/glos.db"))
        run = glos(root, "store", "migrate", "--to", "2")
        tap.ok(run.returncode == 1 and "earlier attempts" in run.stderr and
               json.loads(glos(root, "store", "--json").stdout)["version"] > 2,
               f"{where}: nothing is lost on the way back unasked", run.stderr)
        run = glos(root, "store", "migrate", "--to", "2", "--discard", "--json")
        tap.same((run.returncode, json.loads(run.stdout or "{}").get("to"),
                  json.loads(glos(root, "store", "--json").stdout)["version"]), (0, 2, 2),
                 f"{where}: an older glos can have it again")
        run = glos(root, "store", "migrate")
        facts = json.loads(glos(root, "store", "--json").stdout)
        tap.same((run.returncode, facts["version"], facts["deliveries"]),
                 (0, facts["newest"], PEOPLE), f"{where}: and up again with all that was kept")
    tap.same(glos(newer, "store", "migrate", "--to", "0").returncode, 2, "there is no version 0")
    server.psql("UPDATE schema_version SET version = 99 WHERE version = 2", "back")
    refused = glos(newer, "store", "migrate")
    tap.ok(refused.returncode == 3 and "newer glos" in refused.stderr,
           "a store of a newer version is left alone", refused.stderr)

    # ---- passwords ----
    server.psql("CREATE ROLE locked LOGIN PASSWORD 'tajne'; GRANT ALL ON DATABASE glos TO locked;"
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO locked")
    shut = publication(os.path.join(tap.folder, "shut"), 1,
                       store=f'{{url: "{server.url("locked")}", password_file: key}}')
    with open(os.path.join(shut, "key"), "w") as key:
        key.write("tajne\n")
    tap.same(glos(shut, "subscribers", "stats").returncode, 0, "a password may stand in a file")
    with open(os.path.join(shut, "key"), "w") as key:
        key.write("inne\n")
    wrong = glos(shut, "subscribers", "stats")
    tap.ok(wrong.returncode == 3 and "password" in wrong.stderr, "a wrong one is told", wrong.stderr)
    asked = publication(os.path.join(tap.folder, "asked"), 1, store=f'"{server.url("locked")}"')
    tap.same(glos(asked, "subscribers", "stats", environment={"PGPASSWORD": "tajne"}).returncode, 0,
             "or in PGPASSWORD")
    told = glos(a.root, "store", "copy", "postgresql://x:tajne@h/d", "sqlite:var/x.db")
    tap.ok(told.returncode == 1 and "tajne" not in told.stderr, "but not in an address", told.stderr)
    for sender in (a, b, c):
        sender.sink.__exit__()
tap.done()
