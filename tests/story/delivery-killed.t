#!/usr/bin/python3
"""kill -9 and power loss in the middle, again and again, and a network that breaks at every
phase: nobody is lost, nobody gets it twice but those whom the ledger calls ambiguous. After kill -9
those are no more than had their final dot on its way or under the server's eyes: few where the
disk is slow or the server quick, at most one a connection where the server thinks all the time.

GLOS_DEEP=1 (make check-deep): 100,000 deliveries and 20 crashes each; faults in 7 % of the
dialogues, and then 7 % at each of the seven phases, which leaves two of three."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import (ENVIRONMENT, GLOS, Power, Sink, Tap, glos, publication,  # noqa: E402
                  subscribe)

DEEP = os.environ.get("GLOS_DEEP") == "1"
PEOPLE, KILLS = (100_000, 20) if DEEP else (6000, 8)
CONNECTIONS = 8
HOURS = 3600
PHASES = ("greeting", "mail", "rcpt", "data", "body", "dot", "accept")
tap = Tap()
dice = random.Random(20260317)


def run_and_kill(root, share, power, syncs, slow):
    """True when it was killed, False when it was done before: after about that share of all, or
    where the power goes at a sync, at that one."""
    at_sync = {"GLOS_POWERLOSS_SYNC": str(syncs)} if power and syncs else {}
    at_sync.update({"GLOS_POWERLOSS_SLOW": str(slow)} if slow else {})
    process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1", "--retry-after", "0",
                                "--tries", "100"],
                               env={**ENVIRONMENT, **(power.environment if power else {}), **at_sync},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + (60 if "GLOS_POWERLOSS_SYNC" in at_sync else share)
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    if process.poll() is not None:
        return process.returncode == -signal.SIGKILL
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


class Campaign:
    def __init__(self, name, more=(), people=PEOPLE, kills=KILLS, faults=(), power=False, delay=3,
                 slow=0, each_s=4 * PEOPLE / 6000 / KILLS):
        """delay: ms that the server thinks; slow: ms that the disk takes for a sync; each_s: how
        long a run lasts at most before it is killed."""
        self.name = name
        folder = os.path.join(tap.folder, name)
        os.makedirs(folder)
        sink_options = ["--delay", str(delay)]
        for fault in faults:
            sink_options += ["--fault", fault]
        with Sink(folder, *sink_options) as sink:
            root = publication(os.path.join(folder, "p"), sink.port, connections=CONNECTIONS,
                               more=more)
            self.dots = os.path.join(root, "var/glos.db.dots")
            self.people = [f"osoba{i}@domena{i % 40}.example" for i in range(people)]
            subscribe(root, self.people)
            database = os.path.join(root, "var/glos.db")
            disk = Power(folder, database) if power or slow else None
            self.kills = self.lost_writes = 0
            while self.kills < kills and run_and_kill(
                    root, dice.uniform(0.15, max(0.5, each_s)), disk,
                    dice.randrange(3, 25) if power and self.kills % 2 == 0 else 0, slow):
                self.kills += 1
                self.lost_writes += disk.cut() if power else 0
            self.final = glos(root, "send", "1", "--retry-after", "0", "--tries", "100",
                              timeout=HOURS, environment=disk.environment if disk else {})
            with sqlite3.connect(database) as db:
                self.integrity = db.execute("PRAGMA integrity_check").fetchone()[0]
                self.tries = dict(db.execute("SELECT attempts, count(*) FROM delivery GROUP BY 1"))
            db.close()
            self.status = json.loads(glos(root, "status", "1", "--json").stdout)
            self.held = {d["address"]: d for d in
                         json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)}
            self.received, self.pairs = sink.received(), sink.pairs()
            self.failed = self.status["failed"]
            if not faults:
                self.send_the_held(root, sink)
        print(f"# {name}: {self.kills} crashes, {len(self.held)} held as ambiguous, "
              f"{sum(n > 1 for n in self.received.values())} received twice, "
              f"{self.lost_writes} writes lost", flush=True)

    def send_the_held(self, root, sink):
        again = glos(root, "send", "1", "--resend-ambiguous", timeout=HOURS)
        now = sink.received()
        tap.ok(again.returncode == 0 and not [p for p in self.people if not now[p]],
               f"{self.name}: whoever decides to send again has sent to everyone", again.stderr)
        tap.same(sum((now - self.received).values()), len(self.held),
                 f"{self.name}: and to the held alone")

    def check_held(self, crashes_alone=True):
        name = self.name
        tap.ok(self.kills >= 3, f"{name}: it crashed several times in the middle",
               self.kills)
        tap.same((self.status["sent"] + self.status["ambiguous"], self.failed),
                 (len(self.people), 0), f"{name}: all are settled in the end")
        tap.same(self.final.returncode, 4 if self.held else 0,
                 f"{name}: the exit status tells whether some are held")
        tap.same([p for p in self.people if not self.received[p] and p not in self.held], [],
                 f"{name}: nobody is lost but those held")
        tap.same([p for p in self.people if self.received[p] > 1], [],
                 f"{name}: nobody got it twice")
        tap.ok(all("@" in d["message_id"] for d in self.held.values()),
               f"{name}: the held are listed by Message-ID")
        tap.same(self.integrity, "ok", f"{name}: the database is whole")
        tap.ok(not os.path.exists(self.dots), f"{name}: what was kept of each dot is gone")
        if crashes_alone:
            tap.ok(len(self.held) <= self.kills * CONNECTIONS,
                   f"{name}: at most one a connection and crash is held", len(self.held))
            tap.same(self.tries, {1: len(self.people)},
                     f"{name}: what a crash gave back cost nobody an attempt")

    def check_few(self, share):
        tap.ok(len(self.held) < share * self.kills * CONNECTIONS,
               f"{self.name}: far fewer are held than connections and crashes",
               f"{len(self.held)} of {self.kills * CONNECTIONS}")


def at_every_phase():
    """A server that falls silent at one phase, where all connections then are killed; another one
    takes what is left. Only after the dot is anybody in doubt."""
    for phase, doubtful, arrived in (("mail", False, False), ("rcpt", False, False), ("data", False, False),
                                     ("dot", True, False), ("accept", True, True)):
        folder = os.path.join(tap.folder, "at-" + phase)
        os.makedirs(folder)
        people = [f"osoba{i}@domena.example" for i in range(40)]
        count = CONNECTIONS if doubtful else 0
        with Sink(folder, "--fault", f"{phase}-hang") as silent, Sink(folder, name="other") as other:
            root = publication(os.path.join(folder, "p"), silent.port, connections=CONNECTIONS)
            subscribe(root, people)
            process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT)
            time.sleep(1)
            process.kill()
            process.wait()
            publication(root, other.port, connections=CONNECTIONS)
            run = glos(root, "send", "1")
            held = [d["address"] for d in
                    json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)]
            with sqlite3.connect(os.path.join(root, "var/glos.db")) as db:
                tries = db.execute("SELECT DISTINCT attempts FROM delivery").fetchall()
            db.close()
            tap.same((len(held), run.returncode), (count, 4 if count else 0),
                     f"killed at {phase}: {count} are in doubt")
            tap.same((sorted(silent.received()), sorted(other.received())),
                     (sorted(held) if arrived else [], sorted(set(people) - set(held))),
                     f"killed at {phase}: the others got it once")
            tap.same(tries, [(1,)], f"killed at {phase}: by one attempt")


def answered_and_not_recorded():
    """The ledger is kept from writing, the server answers, the sender is killed: what it said is
    what becomes of the messages, and nobody is in doubt."""
    folder = os.path.join(tap.folder, "answered")
    os.makedirs(folder)
    with Sink(folder, "--delay", "3") as sink:
        root = publication(os.path.join(folder, "p"), sink.port, connections=CONNECTIONS)
        people = [f"osoba{i}@domena.example" for i in range(6000)]
        people[::50] = [f"dot-554.5.6.0-osoba{i}@domena.example" for i in range(len(people[::50]))]
        subscribe(root, people)
        refused = {p for p in people if p.startswith("dot")}
        database = os.path.join(root, "var/glos.db")
        answered = 0
        for i in range(6):
            process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while process.poll() is None and sum(sink.received().values()) < 100 * (i + 1):
                time.sleep(0.01)
            with sqlite3.connect(database, timeout=60, isolation_level=None) as db:
                db.execute("BEGIN IMMEDIATE")
                time.sleep(0.3)  # whatever has left is answered
                process.kill()
                process.wait()
                answered += db.execute("SELECT count(*) FROM delivery WHERE state = 2").fetchone()[0]
                db.execute("ROLLBACK")
            db.close()
        run = glos(root, "send", "1")
        status = json.loads(glos(root, "status", "1", "--json").stdout)
        received = sink.received()
        print(f"# answered: {answered} were not recorded", flush=True)
        tap.ok(answered >= 6, "answered: some were not recorded", answered)
        tap.same((status["sent"], status["failed"], status["ambiguous"]),
                 (len(people) - len(refused), len(refused), 0),
                 "answered: what the server said before a kill counts, and nobody is held")
        tap.same(run.returncode, 4, "answered: the run after it tells of those refused")
        tap.same([p for p in people if received[p] != (p not in refused)], [],
                 "answered: each got it once")
        words = {d["words"] for d in json.loads(glos(root, "status", "1", "--failed", "--json").stdout)}
        tap.ok(all(w.startswith("554 5.6.0") for w in words), "answered: in the server's words", words)



Campaign("hold").check_held()

case = Campaign("quick server", people=PEOPLE if DEEP else 20_000, delay=0, each_s=0.4)
case.check_held()
case.check_few(0.6)

case = Campaign("slow disk", people=20_000 if DEEP else 3000, delay=0, slow=15, each_s=0.8)
case.check_held()
case.check_few(0.3)

at_every_phase()
answered_and_not_recorded()

case = Campaign("power", people=PEOPLE if DEEP else 3000, power=True)
case.check_held()
tap.ok(case.lost_writes > 0, "power: the disk did forget", case.lost_writes)

for percent, people in ((1, PEOPLE), (7, PEOPLE)) if DEEP else ((2, 3000),):
    case = Campaign(f"faults {percent} %", people=people, kills=KILLS if DEEP else 4,
                    faults=[f"{phase}-drop:{percent}" for phase in PHASES])
    case.check_held(crashes_alone=False)
    # What was lost after the dot is parked as well, whether it arrived or not.
    arrived = sum(1 for p in case.held if case.received[p])
    tap.ok(arrived and arrived < len(case.held),
           f"faults {percent} %: the held are those nobody can know",
           f"{arrived} of {len(case.held)} arrived")

case = Campaign("resend", ["ambiguous: resend"])
twice = [p for p in case.people if case.received[p] > 1]
tap.same(case.final.returncode, 0, "with ambiguous: resend everything is sent")
tap.same((case.status["sent"], case.held), (PEOPLE, {}), "nobody is held")
tap.same([p for p in case.people if not case.received[p]], [], "nobody is lost")
tap.ok(len(twice) <= case.kills * CONNECTIONS, "at most one a connection and crash came twice",
       twice)
tap.same(len(case.pairs), PEOPLE, "and a second copy has the Message-ID of the first")
tap.done()
