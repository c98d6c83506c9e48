#!/usr/bin/python3
"""Bounces from a Maildir, an mbox and a pipe: each counts once, however often a run is killed."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import BUILD, ENVIRONMENT, GLOS, Sink, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE = 3000
KILLS = 12
tap = Tap()
people = [f"osoba{i}@domena.example" for i in range(PEOPLE)]
with Sink(tap.folder) as sink:
    root = publication(os.path.join(tap.folder, "p"), sink.port)
    subscribe(root, people)
    glos(root, "send", "1")
    tokens = {who: message.split("@")[0].split(".")[-1] for who, message in sink.pairs()}
database = os.path.join(root, "var/glos.db")


def notice(who, words, number, token=None):
    return (f"Return-Path: <>\nMessage-ID: <b{number}@domena.example>\n"
            f"From: MAILER-DAEMON@domena.example\nTo: odbicia+{token or tokens[who]}@proba.example.org\n"
            f"Date: Wed, 18 Mar 2026 08:00:00 +0000\nSubject: failure notice\n\n<{who}>: {words}\n")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    return path


def read(*arguments, **more):
    run = glos(root, "bounces", "--json", *arguments, **more)
    return json.loads(run.stdout.splitlines()[-1]) if run.stdout else {}


def show(who):
    return json.loads(glos(root, "subscribers", "show", who, "--json").stdout)


def state(who):
    return show(who)["state"]


def pipe(text, command=None):
    return subprocess.run(command or [GLOS, "-C", root, "bounces"], input=text, text=True,
                          capture_output=True, env=ENVIRONMENT, timeout=60, shell=bool(command))


# ---- one mail from a mail server's pipe ----

run = pipe("From MAILER-DAEMON Wed Mar 18 08:00:00 2026\n" + notice(people[0], "550 5.1.1 Nie ma takiego", 0))
tap.ok(run.returncode == 0 and "1 address suppressed" in run.stdout, "a pipe brings a bounce",
       run.stdout + run.stderr)
who = show(people[0])
tap.same((who["state"], who["bounces"]),
         ("suppressed", [{"issue": "1", "kind": "hard", "at": "2026-03-18T08:00:00Z", "status": "5.1.1",
                          "words": "550 5.1.1 Nie ma takiego"}]),
         "the address is suppressed; date and words are shown")
told = glos(root, "subscribers", "show", people[0]).stdout
tap.ok("bounce: hard" in told and "550 5.1.1 Nie ma takiego" in told, "also to a person", told)
subscribe(root, people[:1], "again.csv")
tap.same(state(people[0]), "suppressed", "no import brings it back")
run = pipe(notice(people[1], "550 5.1.1 gone", 1, token="a" * 26))
tap.ok(run.returncode == 0 and "unknown\tstandard input" in run.stdout,
       "a mail with another token is listed", run.stdout)
tap.same(state(people[1]), "active", "and suppresses nobody")
run = pipe(notice(people[1], "550 5.1.1 gone", 1).replace("To: odbicia+", "To: odbicia-").replace(
    tokens[people[1]], "x"))
tap.same((run.returncode, state(people[1])), (0, "active"), "nor does one without any")
tap.same(pipe("").returncode, 0, "an empty pipe is nothing")
wrapper = f"{GLOS} -q -C {root} bounces || exit 75"
tap.same(pipe(notice(people[1], "452 4.2.2 full", 2), wrapper).returncode, 0,
         "the line of the manual ends well")
moved = database + ".away"
shutil.move(database, moved)
os.mkdir(database)
run = pipe(notice(people[1], "550 5.1.1 gone", 3), wrapper)
tap.same(run.returncode, 75, "without a database it makes the mail server try again")
os.rmdir(database)
run = pipe(notice(people[1], "550 5.1.1 gone", 3), wrapper)
tap.ok(run.returncode == 75 and "no issue was sent" in run.stderr, "so does one that sent nothing", run.stderr)
for name in os.listdir(os.path.dirname(database)):
    if name.startswith("glos.db") and not name.endswith(".away"):
        os.remove(os.path.join(os.path.dirname(database), name))
shutil.move(moved, database)
tap.same(read("--dry-run", write(os.path.join(tap.folder, "one"), notice(people[1], "550 5.1.1 x", 3)))
         ["suppressed"], 1, "a dry run tells")
tap.same(state(people[1]), "active", "and changes nothing")

# ---- the status of the issue ----

status = json.loads(glos(root, "status", "1", "--json", "--details").stdout)
tap.same(status["bounces"], {"hard": 1, "soft": 1, "policy": 0, "complaint": 0}, "the status counts what came back")
tap.same(status["sent"], status["total"], "beside the states, which stay as they are")
tap.same(sum(d["bounced"] for d in status["domains"]), 2, "by domain, too")
tap.same(sorted(e["words"] for e in status["errors"] if e["bounced"]), ["452 4.2.2 full", "550 5.1.1 Nie ma takiego"],
         "and its words are among the last errors")
told = glos(root, "status", "1").stdout
tap.ok("came back: 1 hard, 1 soft\n" in told and "(bounced): 550 5.1.1 Nie ma takiego" in told, "a person is told so",
       told)

# ---- an mbox ----

mbox = os.path.join(tap.folder, "mbox")
with open(mbox, "w") as f:
    for i in range(100, 200):
        f.write("From MAILER-DAEMON Wed Mar 18 08:00:00 2026\n" +
                notice(people[i], "452 4.2.2 Mailbox full\n\n>From the text", i) + "\n")
    f.write("From jan Wed Mar 18 08:00:00 2026\nSubject: Zdjęcia\n\n")
    for _ in range(100):
        f.write("x" * (1 << 20))  # a line of 100 MB, and no end
before = os.stat(mbox).st_mtime_ns
got = read(mbox)
tap.same((got["read"], got["soft"], got["other"], got["suppressed"]), (101, 100, 1, 0),
         "an mbox with a mail of 100 MB is read")
tap.same(os.stat(mbox).st_mtime_ns, before, "and stays as it was")
tap.same((read(mbox)["repeated"], read(mbox)["soft"]), (100, 0), "again it changes nothing")
child = subprocess.Popen([GLOS, "-C", root, "-q", "bounces", mbox], env=ENVIRONMENT)
_, status, used = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
print(f"# {used.ru_maxrss >> 10} MB of memory at most")
most = 400 if os.path.basename(BUILD) == "asan" else 48  # MB; sanitizers keep what is freed
tap.same((child.returncode, used.ru_maxrss >> 10 <= most), (0, True), "in little memory")

# ---- a Maildir, killed again and again ----

box = os.path.join(tap.folder, "box")
os.makedirs(os.path.join(box, "cur"))
os.makedirs(os.path.join(box, "tmp"))
for i in range(500, PEOPLE):
    write(os.path.join(box, "new", f"{i}.domena"), notice(people[i], "550 5.1.1 User unknown", i))
total = PEOPLE - 500
random.seed(20260317)
killed = 0
new, cur = set(os.listdir(os.path.join(box, "new"))), set()
for _ in range(KILLS):
    child = subprocess.Popen([GLOS, "-C", root, "-q", "bounces", box], env=ENVIRONMENT)
    while child.poll() is None and len(os.listdir(os.path.join(box, "cur"))) == len(cur):
        time.sleep(0.001)
    time.sleep(random.random() * 0.02)  # somewhere in the batch that follows, or in its marks
    child.kill()
    killed += child.wait() == -9
    new, cur = (set(os.listdir(os.path.join(box, f))) for f in ("new", "cur"))
    if len(new) + len(cur) != total or {n.split(":")[0] for n in cur} & new or len(cur) > total * 3 / 4:
        break
print(f"# {killed} of {KILLS} runs killed; {len(cur)} of {total} marked by then")
tap.same(len(new) + len(cur), total, "no mail is lost or doubled by kill -9")
db = sqlite3.connect(database)
seen = {n.split(".")[0] for n in cur}
settled = {a.split("@")[0][5:] for (a,) in db.execute(
    "SELECT s.address FROM subscriber s JOIN delivery d ON d.subscriber_id = s.id"
    " JOIN bounce b ON b.delivery_id = d.id WHERE s.state = 3")}
tap.ok(killed > 0 and 0 < len(seen) < total and seen <= settled, "what is marked is settled")
done = read(box)
tap.same((len(os.listdir(os.path.join(box, "new"))), len(os.listdir(os.path.join(box, "cur")))), (0, total),
         "the next run finishes")
tap.same(db.execute("SELECT count(*), count(DISTINCT delivery_id) FROM bounce WHERE kind = 0").fetchone(),
         (total + 1, total + 1), "every bounce counts once")
tap.same(db.execute("SELECT count(*) FROM subscriber WHERE state = 3").fetchone()[0], total + 1,
         "and every address is suppressed")
tap.same(read(box)["read"], 0, "the same folder again has nothing to read")
again = read(box, "--all")
tap.same((again["read"], again["repeated"], again["suppressed"]), (total, total, 0), "or to change")
db.close()

# ---- usage ----

tap.same(glos(root, "bounces", "--keep", "--delete", box).returncode, 2, "keeping and deleting exclude")
tap.same(glos(root, "bounces", "--user", "x", box).returncode, 2, "a user without a server is no use")
tap.same(glos(root, "bounces", os.path.join(tap.folder, "nothing")).returncode, 3,
         "what is not there cannot be read")
tap.done()
