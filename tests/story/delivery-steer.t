#!/usr/bin/python3
"""A person steers a sending: later, pause, resume, cancel; settles what is ambiguous by
the relay's log or by decision; reads how it goes."""

import json
import os
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import (ENVIRONMENT, GLOS, STORE_SERVER, Sink, Tap, ask, glos, psql, publication, subscribe,  # noqa: E402
                  usual_store)

tap = Tap()


def status(root):
    return json.loads(glos(root, "status", "1", "--json").stdout)


def begin(root, *arguments):
    return subprocess.Popen([GLOS, "-C", root, "send", "1", *arguments], env=ENVIRONMENT, text=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def folder(name):
    path = os.path.join(tap.folder, name)
    os.makedirs(path)
    return path


# ---- pause, resume, cancel ----
where = folder("pause")
people = [f"o{i}@{'a' if i % 3 else 'b'}.example" for i in range(300)]
with Sink(where, "--delay", "100") as server:
    root = publication(os.path.join(where, "p"), server.port, connections=4)
    subscribe(root, people)
    process = begin(root)
    while not server.received():
        time.sleep(0.02)
    watch = subprocess.Popen([GLOS, "-C", root, "status", "1", "--watch", "--json"],
                             env=ENVIRONMENT, text=True, stdout=subprocess.PIPE)
    tap.same(glos(root, "send", "1", "--pause").returncode, 0, "a sending at work is paused")
    said = process.communicate(timeout=20)[1]
    tap.ok(process.returncode == 4 and "--resume" in said, "it ends in order, exit 4", said)
    now = status(root)
    tap.same((now["sent"], now["claimed"], now["sending"], now["ambiguous"], now["paused"]),
             (len(server.received()), 0, 0, 0, True), "what was on the wire was finished")
    tap.ok(0 < now["sent"] < 300, "the others wait", now)
    run = glos(root, "send", "1")
    tap.ok(run.returncode == 4 and status(root)["sent"] == now["sent"] and "paused" in run.stderr,
           "nobody sends while it is paused", run.stderr)
    process = begin(root, "--resume")
    while status(root)["sent"] < now["sent"] + 20:
        time.sleep(0.05)
    run = glos(root, "send", "1", "--cancel")
    tap.ok(run.returncode == 0 and "in the sender's hands" in run.stderr, "a sending at work is cancelled", run)
    process.communicate(timeout=20)
    now = status(root)
    again = glos(root, "send", "1", "--cancel")
    tap.ok(again.returncode == 0 and "1: 0 will not get it. " in again.stderr, "once", again)
    tap.ok(now["cancelled"] > 100 and now["cancelled"] + now["sent"] == 300,
           "those who were to get it will not, the claimed among them", now)
    lines = [json.loads(line) for line in watch.communicate(timeout=20)[0].splitlines()]
    tap.ok(lines and lines[-1]["pending"] == 0 and
           all(a["sent"] <= b["sent"] for a, b in zip(lines, lines[1:])),
           "status --watch goes on until nothing is left", lines)
    tap.same(glos(root, "send", "1").returncode, 4, "nobody sends what is cancelled")
    tap.same(len(server.received()), now["sent"], "nobody got it since")
    tap.same(glos(root, "send", "1", "--resume").returncode, 0, "a person takes it back")
    received = server.received()
    tap.same((sorted(received), max(received.values())), (sorted(people), 1), "each got it once")
    shown = glos(root, "status", "1").stdout
    tap.ok("a.example                          200       200" in shown and
           "b.example                          100       100" in shown,
           "the status tells of each domain", shown)

# ---- taken back by another sender while the first one ends ----
KEEP_TWO_WRITERS_WAITING = """DO $$ BEGIN PERFORM pg_advisory_xact_lock(20260317);
    FOR i IN 1..1000 LOOP
        EXIT WHEN (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted) = 2;
        PERFORM pg_sleep(0.02); END LOOP; END $$"""
if STORE_SERVER:
    where = folder("again")
    people = [f"o{i}@x.example" for i in range(200)]
    with Sink(where, "--delay", "3000") as slow, Sink(where, "--delay", "50", name="quick") as quick:
        root = publication(os.path.join(where, "p"), slow.port, connections=2)
        beside = publication(os.path.join(where, "q"), quick.port, connections=4, store=usual_store(root))
        subscribe(root, people)
        process = begin(root)
        while ask(root, "SELECT count(*) FROM delivery WHERE state = 2")[0][0] < 2:
            time.sleep(0.02)
        glos(root, "send", "1", "--cancel")
        while ask(root, "SELECT count(*) FROM delivery WHERE state = 1")[0][0]:
            time.sleep(0.02)
        # The resumption is first in the queue, the end of the cancelled run behind it.
        keeper = threading.Thread(target=psql, args=(root, KEEP_TWO_WRITERS_WAITING))
        keeper.start()
        run = glos(beside, "send", "1", "--resume")
        keeper.join()
        process.communicate(timeout=20)
        received = slow.received() + quick.received()
        tap.ok(run.returncode == 0 and sorted(received) == sorted(people) and max(received.values()) == 1,
               "cancelled, then resumed by another sender: each got it once", (run, status(root)))

# ---- later ----
where = folder("at")
with Sink(where) as server:
    root = publication(os.path.join(where, "p"), server.port)
    subscribe(root, ["a@x.example", "b@x.example"])
    moment = int(time.time()) + 4
    process = begin(root, "--at", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)))
    time.sleep(1)
    glos(root, "subscribers", "suppress", "b@x.example")
    tap.same(len(server.received()), 0, "nothing leaves before its time")
    process.communicate(timeout=30)
    tap.ok(process.returncode == 0 and time.time() >= moment, "it leaves at its time")
    tap.same(list(server.received()), ["a@x.example"], "to those who are subscribed then")
    process = begin(root, "--at", "23:59:59")
    time.sleep(0.5)
    process.terminate()
    process.communicate(timeout=10)
    tap.same(process.returncode, 4, "Ctrl-C ends the waiting")
    tap.same(glos(root, "send", "1", "--at", "tomorrow").returncode, 2, "no time is wrong usage")
    with open(os.path.join(root, "glos.yaml"), "a") as f:
        f.write("dkim: {domain: proba.example.org, keys: [{selector: e2026, key: nowhere.pem}]}\n")
    run = glos(root, "send", "1", "--at", "23:59:59", timeout=20)
    tap.ok(run.returncode in (1, 3) and "nowhere.pem" in run.stderr and "is ready" not in run.stderr,
           "what would fail at its time fails at once", run)

# ---- a region that nobody is of ----
where = folder("region")
root = publication(os.path.join(where, "p"), 9)
subscribe(root, ["a@x.example"])
glos(root, "subscribers", "add", "b@x.example", "--region", "Śląskie")
for command in (("send", "1", "--region", "slonskie"), ("send", "1", "--dry-run", "--region", "slonskie"),
                ("send", "1", "--at", "23:59:59", "--region", "slonskie"),
                ("subscribers", "export", "--region", "slonskie"), ("subscribers", "list", "--region", "slonskie")):
    run = glos(root, *command, timeout=20)
    tap.ok(run.returncode == 1 and "[region-unknown]" in run.stderr and "known are: śląskie" in run.stderr and
           not run.stdout, f"{command[1]}: a region misspelled is told, with those that are known", run)
tap.same(ask(root, "SELECT count(*) FROM delivery"), [(0,)], "and nobody's audience is frozen")

# ---- what nobody can know ----
where = folder("resolve")
PARKED = [f"{w}-drop-once-{i}@x.example" for i in range(4) for w in ("accept", "dot")]
with Sink(where) as server:
    root = publication(os.path.join(where, "p"), server.port, connections=1)
    subscribe(root, [a for p in enumerate(PARKED) for a in (p[1], f"fine{p[0]}@x.example")])
    # What stood behind a lost dot is the next one again: the way is shown to be open before
    # three in a row fail.
    glos(root, "send", "1", "--tries", "3")
    held = {d["address"]: d["message_id"] for d in
            json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)}
    tap.same(sorted(held), sorted(PARKED), "lost after the dot: parked and listed")
    taken = dict(server.pairs())
    tap.same(sum(taken.get(p) == held[p] for p in PARKED), 4, "four of them arrived")
    log = os.path.join(where, "mail.log")
    with open(log, "w") as f:
        f.write("garbage \xff <= id\n: message-id=<\n: from=<> (queue active)\n")
        for n, who in enumerate(PARKED):
            queue, prefix = f"4F1A{n}", "Mar 17 08:00:00 mx postfix"
            f.write(f"{prefix}/smtpd[7]: {queue}: client=glos[10.0.0.1]\n"
                    f"{prefix}/cleanup[8]: {queue}: message-id={held[who]}\n")
            if who in taken and n < 6:
                f.write(f"{prefix}/qmgr[9]: {queue}: from=<o@x.example>, size=900, nrcpt=1 "
                        "(queue active)\n")
            elif who in taken:
                f.write(f"2026-03-17 08:00:00 1abcDE-00012-4{n} <= o@x.example H=glos P=esmtp "
                        f"S=900 id={held[who][1:-1]}\n")
    for nothing in "/dev/stdin", "-":
        run = glos(root, "send", "1", "--resolve", nothing, "--decide", "again", input="")
        tap.ok(run.returncode == 3 and "nothing came through it" in run.stderr, "a log that ends before it begins", run)
    run = glos(root, "send", "1", "--decide", "again", PARKED[0], "nobody@x.example")
    tap.ok(run.returncode == 1 and "[not-ambiguous]" in run.stderr and "nobody@x.example" in run.stderr,
           "nothing is settled where an address has nothing to settle", run)
    with open(log) as f:
        run = glos(root, "send", "1", "--resolve", "-", "--json", input=f.read())
    tap.same((run.returncode, json.loads(run.stdout)), (4, {"found": 4, "decided": 0, "held": 4}),
             "what the relay took was sent; a header that was read is not yet taken")
    left = {d["address"] for d in
            json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)}
    tap.same(left, {p for p in PARKED if p not in taken}, "the others are held")
    shown = json.loads(glos(root, "subscribers", "show", PARKED[0], "--json").stdout)["deliveries"][0]
    tap.ok(shown["state"] == "sent" and "queue active" in shown["words"] and
           [t["words"] for t in shown["history"]] == ["connection lost at the end of the message"],
           "the person's history has both: what was lost, and why it is settled", shown)
    one, *others = sorted(left)
    tap.same(glos(root, "send", "1", "--decide", "maybe").returncode, 2, "no decision is wrong usage")
    glos(root, "send", "1", "--decide", "failed", one)
    tap.same((status(root)["failed"], status(root)["ambiguous"]), (1, 3), "one is decided alone")
    run = glos(root, "send", "1", "--decide", "again")
    tap.same((run.returncode, status(root)["pending"]), (0, 3), "the others shall get it again")
    glos(root, "send", "1")
    received = server.received()
    tap.same((sorted(p for p in PARKED if not received[p]), max(received.values())), ([one], 1),
             "they get it, nobody twice")
    glos(root, "send", "1", "--retry-failed")
    tap.same((server.received()[one], status(root)["sent"], sum(server.received().values())),
             (1, 16, 16), "only those who failed are tried again")
# ---- the clock was a day ahead, and is set back ----
where = folder("clock")
with Sink(where, "--fault", "rcpt-450.4.2.1:50") as server:
    root = publication(os.path.join(where, "p"), server.port)
    subscribe(root, [f"o{i}@x.example" for i in range(60)])
    glos(root, "send", "1", "--wait", "0")
    ask(root, "UPDATE delivery SET next_at = next_at + 86400, first_at = first_at + 86400 WHERE state = 0")
    ask(root, "UPDATE delivery SET code = 0, attempts = 0, words = '' WHERE state = 0 AND id % 2 = 0")
    fresh, = ask(root, "SELECT count(*) FROM delivery WHERE state = 0 AND id % 2 = 0")[0]
    before = status(root)
run = glos(root, "send", "1", "--wait", "0", "--tries", "1")  # nobody there: it only begins
due, = ask(root, f"SELECT count(*) FROM delivery WHERE state = 0 AND next_at <= {int(time.time())}")[0]
last, = ask(root, "SELECT max(next_at) FROM delivery WHERE state = 0")[0]
tap.ok(fresh > 0 and due >= fresh and last <= time.time() + 75,
       "rows that were put off by a day wait no longer than a retry can, those never answered not at all",
       f"{fresh} never answered, {due} due, the last in {last - time.time():.0f} s of {before}\n{run}")

tap.done()
