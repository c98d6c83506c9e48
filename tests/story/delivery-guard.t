#!/usr/bin/python3
"""Slips that would reach everybody, or lose what is known: a database taken away under a
sender, a lock tidied up, a store misspelt, an age misspelt, words that exclude each other."""

import json
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

DAY = 24 * 3600
PEOPLE = [f"osoba{i}@x.example" for i in range(300)]
tap = Tap()


def folder(name):
    path = os.path.join(tap.folder, name)
    os.makedirs(path)
    return path


def begin(root, server, after):
    """A sender at work that has sent so many."""
    process = subprocess.Popen([GLOS, "-C", root, "send", "1"], env=ENVIRONMENT, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while sum(server.received().values()) < after and time.monotonic() < until:
        time.sleep(0.01)
    return process


def settings(root, change):
    path = os.path.join(root, "glos.yaml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(change(text))
    return text


# ---- the file that tells after a kill which messages have left ----
where = folder("dots")
with Sink(where, "--delay", "20") as server:
    root = publication(os.path.join(where, "p"), server.port, connections=4)
    subscribe(root, PEOPLE)
    blocked = os.path.join(root, "var/glos.db.dots.new")
    os.mkdir(blocked)  # as a folder that cannot be written to, or a full disk
    process = begin(root, server, 60)
    process.kill()
    process.communicate(timeout=60)
    done = glos(root, "send", "1")
    held = json.loads(glos(root, "status", "1", "--json").stdout)["ambiguous"]
    tap.ok(done.stderr.count("[dots-unkept]") == 1 and "glos.db.dots: " in done.stderr,
           "dots: where it cannot be kept, that is told once", done.stderr)
    tap.ok(done.returncode == 4 and 1 <= held <= 4, "dots: and all on their way are held after a kill",
           f"{held} held\n{done.stderr}")
    os.rmdir(blocked)
    tap.same(glos(root, "send", "1", "--resend-ambiguous").returncode, 0, "dots: where it can be, all is well")
    tap.same([n for n in os.listdir(os.path.join(root, "var")) if "dots" in n], [],
             "dots: an end in order leaves none")

    # Who is told that a kill left some open may look into the log first: it is settled then, too.
    subscribe(root, [f"nowa{i}@x.example" for i in range(200)], "more.csv")
    process = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1", "--new"], env=ENVIRONMENT)
    while sum(server.received().values()) < len(PEOPLE) + 60:
        time.sleep(0.01)
    process.kill()
    process.wait()
    kept = os.path.exists(os.path.join(root, "var/glos.db.dots"))
    settled = glos(root, "send", "1", "--decide", "again")
    tap.ok(kept and settled.returncode == 0 and not os.path.exists(os.path.join(root, "var/glos.db.dots")),
           "dots: --decide settles what a kill left open, too", settled.stderr)

# ---- the files under a sender ----
for name, take_away in (
        ("lock", lambda root: os.remove(os.path.join(root, "var/glos.db.lock"))),
        ("folder", lambda root: os.rename(os.path.join(root, "var"), os.path.join(root, "away"))),
        ("replaced", lambda root: (os.rename(os.path.join(root, "var"), os.path.join(root, "away")),
                                   shutil.copytree(os.path.join(root, "before"),
                                                   os.path.join(root, "var"))))):
    where = folder(name)
    with Sink(where, "--delay", "20") as server:
        root = publication(os.path.join(where, "p"), server.port, connections=4)
        subscribe(root, PEOPLE)
        shutil.copytree(os.path.join(root, "var"), os.path.join(root, "before"))
        process = begin(root, server, 60)
        take_away(root)
        out, said = process.communicate(timeout=60)
        tap.ok(process.returncode == 3 and "[store-replaced]" in said and "left is unknown" in out,
               f"{name}: a sender notices, and ends", (process.returncode, out, said))
        sent = server.received()
        tap.ok(len(sent) < len(PEOPLE) and max(sent.values()) == 1, f"{name}: before all is sent", len(sent))
        if name == "lock":
            glos(root, "send", "1")
            held = json.loads(glos(root, "status", "1", "--json").stdout)["ambiguous"]
            sent = server.received()
            tap.ok(max(sent.values()) == 1 and len(sent) + held >= len(PEOPLE),
                   "lock: the next one goes on, nobody twice", (len(sent), held))

# ---- mistakes in glos.yaml ----
where = folder("mistakes")
with Sink(where) as server:
    root = publication(os.path.join(where, "p"), server.port)
    subscribe(root, ["a@x.example", "b@x.example"])
    for wrong in ("postgre://glos@db.example.org/glos", "''", "mysql://x", "[a]", "{url: mysql://x}",
                  '"postgresql://u@h/db?pass%77ord=tajne"', '"postgresql://u@h/db?password=%FFtajne"'):
        before = settings(root, lambda text: text.replace("store: sqlite:var/glos.db", f"store: {wrong}"))
        for verb in (("subscribers", "suppress", "a@x.example"), ("send", "1", "--pause"), ("subscribers", "stats")):
            run = glos(root, *verb)
            tap.ok(run.returncode == 1 and run.stdout == "" and "glos.yaml:" in run.stderr
                   and "tajne" not in run.stderr,
                   f"store: {wrong}: {' '.join(verb[:2])} works on no other store", (run.stdout, run.stderr))
        settings(root, lambda _: before)
    tap.same(ask(root, "SELECT count(*) FROM suppression"), [(0,)], "nothing happened in the usual one")

    tap.same(glos(root, "send", "1").returncode, 0, "an issue is sent")
    ask(root, f"UPDATE delivery SET at = at - {1500 * DAY}, first_at = first_at - {1500 * DAY}")
    ask(root, f"UPDATE issue SET first_at = first_at - {1500 * DAY}")
    for wrong in ("{deliveries: 10 Years}", "{delivery: forever}", "forever"):
        before = settings(root, lambda text: text + f"retention: {wrong}\n")
        run = glos(root, "subscribers", "expire")
        tap.ok(run.returncode == 1 and "[retention-unsure]" in run.stderr and "forgotten" not in run.stdout,
               f"retention: {wrong} forgets nothing", (run.stdout, run.stderr))
        settings(root, lambda _: before)
    tap.same(ask(root, "SELECT count(*) FROM delivery WHERE subscriber_id IS NOT NULL"), [(2,)],
             "it is still known who got it")

    for words in (("--dry-run", "--cancel"), ("--pause", "--cancel"), ("--resume", "--pause"),
                  ("--test", "me@x.example", "--cancel"), ("--test", "me@x.example", "--dry-run"),
                  ("--test", "me@x.example", "--at", "23:59"), ("--dry-run", "--resume"),
                  ("--decide", "again", "--cancel"), ("--at", "2020-01-01T00:00")):
        run = glos(root, "send", "1", *words)
        tap.same(run.returncode, 2, f"send {' '.join(words)} is wrong usage")
    tap.same(sorted(server.received().values()), [1, 1], "and nothing left")
    tap.same(json.loads(glos(root, "status", "1", "--json").stdout)["paused"], False, "nor was paused")
tap.done()
