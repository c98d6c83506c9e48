#!/usr/bin/python3
"""kill -9 in the middle, again and again: nobody is lost, nobody gets it twice but
those whom the ledger calls ambiguous."""

import json
import os
import random
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE, KILLS, CONNECTIONS = 6000, 8, 8
tap = Tap()
dice = random.Random(20260317)


def run_and_kill(root, after_s):
    """True when it was killed, False when it was done before."""
    process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after_s)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def campaign(name, more):
    folder = os.path.join(tap.folder, name)
    os.makedirs(folder)
    with Sink(folder, "--delay", "3") as sink:
        root = publication(os.path.join(folder, "p"), sink.port, connections=CONNECTIONS, more=more)
        people = [f"osoba{i}@domena{i % 40}.example" for i in range(PEOPLE)]
        subscribe(root, people)
        kills = 0
        while kills < KILLS and run_and_kill(root, dice.uniform(0.15, 0.5)):
            kills += 1
        final = glos(root, "send", "1", "--retry-after", "0")
        status = json.loads(glos(root, "status", "1", "--json").stdout)
        held = {d["address"]: d for d in
                json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)}
        received, pairs = sink.received(), sink.pairs()
        again = glos(root, "send", "1", "--resend-ambiguous")
        tap.ok(again.returncode == 0 and not [p for p in people if not sink.received()[p]],
               f"{name}: whoever decides to send again has sent to everyone", again.stderr)
        tap.same(sum((sink.received() - received).values()), len(held), "and to the held alone")
        return people, kills, final, status, held, received, pairs


people, kills, final, status, held, received, pairs = campaign("hold", [])
print(f"# {kills} kills, {len(held)} held as ambiguous")
tap.ok(kills >= 3, "it was killed several times in the middle", kills)
tap.same(status["sent"] + status["ambiguous"], PEOPLE, "all are settled in the end")
tap.same(final.returncode, 4 if held else 0, "the exit status tells whether some are held")
tap.ok(len(held) <= kills * CONNECTIONS, "at most one a connection and crash is held", len(held))
tap.same([p for p in people if not received[p] and p not in held], [],
         "nobody is lost but those held")
tap.same([p for p in people if received[p] > 1], [], "nobody got it twice")
tap.ok(all("@" in d["message_id"] for d in held.values()), "the held are listed by Message-ID")

people, kills, final, status, held, received, pairs = campaign("resend", ["ambiguous: resend"])
twice = [p for p in people if received[p] > 1]
print(f"# {kills} kills, {len(twice)} got it twice")
tap.same(final.returncode, 0, "with ambiguous: resend everything is sent")
tap.same((status["sent"], held), (PEOPLE, {}), "nobody is held")
tap.same([p for p in people if not received[p]], [], "nobody is lost")
tap.ok(len(twice) <= kills * CONNECTIONS, "at most one a connection and crash came twice", twice)
tap.same(len(pairs), PEOPLE, "and a second copy has the Message-ID of the first")
tap.done()
