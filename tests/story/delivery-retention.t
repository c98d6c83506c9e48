#!/usr/bin/python3
"""What has an age is forgotten: by a command, and by `glos serve` alone; what proves something stays."""

import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

DAY = 24 * 3600
tap = Tap()


def sql(root, text):
    return ask(root, text)


def age(root, days):
    for column in ("first_at", "at"):
        sql(root, f"UPDATE delivery SET {column} = {column} - {days * DAY}")
    sql(root, f"UPDATE issue SET first_at = first_at - {days * DAY}")
    sql(root, f"UPDATE attempt SET at = at - {days * DAY}")


def show(who):
    return json.loads(glos(root, "subscribers", "show", who, "--json").stdout)


def status():
    return json.loads(glos(root, "status", "1", "--json").stdout)


with Sink(tap.folder) as sink:
    root = publication(os.path.join(tap.folder, "p"), sink.port)
    subscribe(root, ["anna@x.example", "rcpt-550-jan@x.example", "ewa@x.example"])
    glos(root, "subscribers", "suppress", "zla@x.example")
    tap.same(glos(root, "-q", "send", "1").returncode, 4, "an issue is sent")
    expired = glos(root, "subscribers", "expire", "--json")
    tap.same((expired.returncode, json.loads(expired.stdout)), (0, {"requests": 0, "words": 0, "issues": 0}),
             "nothing is old yet")
    age(root, 366)
    tap.ok(json.loads(glos(root, "subscribers", "expire", "--json").stdout)["words"] >= 3
           and show("anna@x.example")["deliveries"][0]["words"] == "", "after a year no words are kept")
    tap.same([d["state"] for d in show("rcpt-550-jan@x.example")["deliveries"]], ["failed"], "but what happened is")

    for wrong in ("forever and a day", "0 days", "-1 days", "3 weeks", "many years", "[1, 2]"):
        with open(os.path.join(root, "glos.yaml"), "r+", encoding="utf-8") as f:
            text = f.read()
            f.write(f"retention:\n  deliveries: {wrong}\n")
        run = glos(root, "subscribers", "stats")
        tap.ok(run.returncode == 1 and "glos.yaml:" in run.stderr and "retention" not in run.stdout,
               f"deliveries: {wrong} is a mistake, told with its place", run.stderr)
        with open(os.path.join(root, "glos.yaml"), "w", encoding="utf-8") as f:
            f.write(text)
    with open(os.path.join(root, "glos.yaml"), "a", encoding="utf-8") as f:
        f.write("retention: {words: forever, deliveries: 2 years, requests: 7 days}\n")
    age(root, 370)
    before = status()

    # By `glos serve` alone, as soon as it is there.
    serve = subprocess.Popen([GLOS, "-C", root, "serve", "--json", "--listen", "127.0.0.1:0"], text=True,
                             stdout=subprocess.PIPE, env=ENVIRONMENT)
    serve.stdout.readline()
    until = time.monotonic() + 60
    while sql(root, "SELECT paused FROM issue") != [(4,)] and time.monotonic() < until:
        time.sleep(0.05)
    serve.send_signal(signal.SIGTERM)
    tap.same(serve.wait(60), 0, "serve forgets on its own")
    tap.same(show("anna@x.example")["deliveries"], [], "after two years nobody knows who got the issue")
    tap.same({**status(), "forgotten": False}, before, "its counts are as they were")
    tap.ok(status()["forgotten"] and "no longer known" in glos(root, "status", "1").stdout, "and the status says why")
    sent = sum(sink.received().values())
    for words in ([], ["--new"], ["--resume", "--new"], ["--retry-failed"]):
        run = glos(root, "send", "1", *words)
        tap.ok(run.returncode == 1 and "[issue-forgotten]" in run.stderr, f"send {' '.join(words)} is refused",
               run.stderr)
    tap.same(sum(sink.received().values()), sent, "and reaches nobody")
    tap.same(glos(root, "send", "1", "--dry-run", "--new", "--json").stdout, "", "nor would a dry run")
    tap.same(glos(root, "subscribers", "add", "zla@x.example").returncode, 1, "who is kept out stays out")
    tap.same(glos(root, "subscribers", "erase", "anna@x.example").returncode, 0, "erasing works after it")
    tap.same(glos(root, "subscribers", "show", "anna@x.example").returncode, 1, "whole")
    exported = glos(root, "subscribers", "export").stdout
    tap.ok("ewa@x.example" in exported and "anna" not in exported, "so does the export")
tap.done()
