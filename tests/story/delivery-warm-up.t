#!/usr/bin/python3
"""Three senders share a PostgreSQL ledger and a relay that is being warmed up: together they
send what one day allows, whoever comes and goes."""

import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
import postgresql  # noqa: E402
from post import ENVIRONMENT, GLOS, Sink, Tap, publication, subscribe  # noqa: E402

if not postgresql.installed():
    print("1..0 # SKIP PostgreSQL is not installed")
    sys.exit(0)
tap = Tap()
DAY = 120
with postgresql.Postgresql("fsync=off") as database, Sink(tap.folder, "--delay", "60") as server:
    def sent():
        return sum(server.received().values())

    store = f'{{url: "{database.url()}", lease: 2}}'
    roots = [publication(os.path.join(tap.folder, f"p{i}"), server.port, connections=2, store=store,
                         more=[f"warm_up: [{DAY}, 100000]"]) for i in range(3)]
    subscribe(roots[0], [f"o{i}@x.example" for i in range(600)])

    def begin(root):
        return subprocess.Popen([GLOS, "-C", root, "send", "1"], env=ENVIRONMENT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    # One is killed and one is ended in the middle of it.
    processes = [begin(root) for root in roots]
    until = time.monotonic() + 30
    while sent() < 40 and time.monotonic() < until:
        time.sleep(0.02)
    processes[0].send_signal(signal.SIGKILL)
    processes[1].send_signal(signal.SIGTERM)
    said = [p.communicate(timeout=60) for p in processes]
    first = sent()
    tap.ok(40 <= first <= DAY, f"three senders, one killed, one ended: {first} of {DAY}", said)
    time.sleep(3)  # the lease of the dead
    processes = [begin(root) for root in roots]
    said = [p.communicate(timeout=60) for p in processes]
    tap.ok([p.returncode for p in processes] == [4] * 3 and "warm-up" in said[0][1],
           "the day's number is gone: they end, status 4", said)
    subprocess.run([GLOS, "-C", roots[0], "send", "1"], env=ENVIRONMENT, capture_output=True, check=False)
    tap.ok(DAY - 4 <= sent() <= DAY, f"together they sent what the day allows: {sent()} of {DAY}", said)
tap.done()
