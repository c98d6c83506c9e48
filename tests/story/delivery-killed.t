#!/usr/bin/python3
"""kill -9 and power loss in the middle, again and again, and a network that breaks at every
phase: nobody is lost, nobody gets it twice but those whom the ledger calls ambiguous.

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


def run_and_kill(root, share, power, syncs):
    """True when it was killed, False when it was done before: after about that share of all, or
    where the power goes at a sync, at that one."""
    at_sync = {"GLOS_POWERLOSS_SYNC": str(syncs)} if power and syncs else {}
    process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1", "--retry-after", "0",
                                "--tries", "100"],
                               env={**ENVIRONMENT, **(power.environment if power else {}), **at_sync},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + (60 if at_sync else share)
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    if process.poll() is not None:
        return process.returncode == -signal.SIGKILL
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


class Campaign:
    def __init__(self, name, more=(), people=PEOPLE, kills=KILLS, faults=(), power=False):
        self.name = name
        folder = os.path.join(tap.folder, name)
        os.makedirs(folder)
        sink_options = ["--delay", "3"]
        for fault in faults:
            sink_options += ["--fault", fault]
        with Sink(folder, *sink_options) as sink:
            root = publication(os.path.join(folder, "p"), sink.port, connections=CONNECTIONS,
                               more=more)
            self.people = [f"osoba{i}@domena{i % 40}.example" for i in range(people)]
            subscribe(root, self.people)
            database = os.path.join(root, "var/glos.db")
            disk = Power(folder, database) if power else None
            self.kills = self.lost_writes = 0
            longest = 0.5 * people / 6000
            while self.kills < kills and run_and_kill(
                    root, dice.uniform(0.15, max(0.5, longest)), disk,
                    dice.randrange(3, 25) if self.kills % 2 == 0 else 0):
                self.kills += 1
                self.lost_writes += disk.cut() if disk else 0
            self.final = glos(root, "send", "1", "--retry-after", "0", "--tries", "100",
                              timeout=HOURS)
            with sqlite3.connect(database) as db:
                self.integrity = db.execute("PRAGMA integrity_check").fetchone()[0]
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
        if crashes_alone:
            tap.ok(len(self.held) <= self.kills * CONNECTIONS,
                   f"{name}: at most one a connection and crash is held", len(self.held))


Campaign("hold").check_held()

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
