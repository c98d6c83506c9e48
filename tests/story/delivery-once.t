#!/usr/bin/python3
"""Ten thousand subscribers get an issue, each exactly once; the numbers say so."""

import json
import os
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import Sink, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE = 10000
tap = Tap()
with Sink(tap.folder) as sink:
    root = publication(os.path.join(tap.folder, "p"), sink.port)
    people = [f"osoba{i}@domena{i % 40}.example" for i in range(PEOPLE)]

    status = glos(root, "status", "1", "--json")
    tap.same(json.loads(status.stdout), {
        "issue": "1", "total": 0, "pending": 0, "claimed": 0, "sending": 0, "sent": 0, "failed": 0,
        "ambiguous": 0, "suppressed": 0, "cancelled": 0,
        "bounces": {"hard": 0, "soft": 0, "policy": 0, "complaint": 0}, "rate_per_s": 0, "eta_s": 0, "paused": False, "forgotten": False},
        "an issue never sent has all counts 0")
    tap.ok(not os.path.exists(os.path.join(root, "var")), "asking makes no database")
    tap.same(glos(root, "status", "2").returncode, 1, "an issue that does not exist is a mistake")

    tap.same(subscribe(root, people).returncode, 0, "the list is imported")
    tap.same(subscribe(root, [p.upper() for p in people]).returncode, 0, "and again in capitals")

    plan = glos(root, "send", "1", "--dry-run", "--json")
    tap.same(sorted(json.loads(line)["address"] for line in plan.stdout.splitlines()),
             sorted(people), "a dry run names everyone")
    tap.same(sum(sink.received().values()), 0, "and sends nothing")
    tap.same(json.loads(glos(root, "status", "1", "--json").stdout)["total"], 0,
             "and leaves no trace")

    sent = glos(root, "send", "1", "--json")
    tap.same(sent.returncode, 0, "the issue is sent")
    result = json.loads(sent.stdout)
    print(f"# {result['sent'] * 1000 // max(result['ms'], 1)} messages a second")
    received = sink.received()
    tap.same(sorted(received), sorted(people), "everyone got it")
    tap.same(max(received.values()), 1, "nobody twice")
    tap.same(len({m for _, m in sink.pairs()}), PEOPLE, "each with a Message-ID of its own")
    tap.ok(not any(p.split("@")[0] in m for p, m in sink.pairs()),
           "no address shows in a Message-ID")

    status = json.loads(glos(root, "status", "1", "--json").stdout)
    tap.same((status["total"], status["sent"], status["pending"]), (PEOPLE, PEOPLE, 0),
             "the status says so")
    tap.same(json.loads(glos(root, "status", "--json").stdout), [status],
             "the status of all issues is a list")

    tap.same(glos(root, "send", "1").returncode, 0, "sending again is harmless")
    tap.same(sum(sink.received().values()), PEOPLE, "and sends nothing")

    subscribe(root, ["nowa@domena.example"], "new.csv")
    glos(root, "send", "1")
    tap.same(sink.received()["nowa@domena.example"], 0, "who joins later is not in the audience")
    glos(root, "send", "1", "--new")
    tap.same(sink.received()["nowa@domena.example"], 1, "unless asked for")

    database = os.path.join(root, "var/glos.db")
    tap.same(stat.S_IMODE(os.stat(database).st_mode), 0o600, "the database is private")
    history = json.loads(glos(root, "subscribers", "show", people[7], "--json").stdout)
    tap.same([(d["issue"], d["state"]) for d in history["deliveries"]], [("1", "sent")],
             "a subscriber's history tells of it")
    tap.ok(history["deliveries"][0]["words"].startswith("250"), "in the server's words")
tap.done()
