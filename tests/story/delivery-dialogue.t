#!/usr/bin/python3
"""What is said to a mail server, word by word: parameters that it offers and no others,
RSET after a refusal, goodbye after a hundred messages."""

import itertools
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import Tap, glos, publication, subscribe  # noqa: E402
from scribe import Scribe  # noqa: E402

tap = Tap()
numbers = itertools.count()
ALL = ("PIPELINING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 10000000")
UTF8 = "zażółć@x.example"


def send(offers, people, answer=lambda line: None, others=(), **more):
    """(the servers, root, what became of it)"""
    servers = [Scribe(offers=offers, answer=answer)] + [Scribe(offers=o) for o in others]
    relays = [f"{{name: r{i}, url: 'smtp://127.0.0.1:{s.port}', tls: never, connections: 1}}"
              for i, s in enumerate(servers)]
    root = publication(os.path.join(tap.folder, str(next(numbers))), servers[0].port, connections=1,
                       relays=relays if others else (), **more)
    subscribe(root, people)
    run = glos(root, "send", "1", "--tries", "1", "--wait", "0")
    for server in servers:
        server.__exit__()
    return servers if others else servers[0], root, run


def people(count):
    return [f"o{i}@x.example" for i in range(count)]


def verbs(lines):
    return [line.split()[0] for line in lines if line]


def listed(root):
    return json.loads(glos(root, "status", "1", "--failed", "--json").stdout)


# ---- parameters ----
server, root, run = send(ALL, people(2))
mail, rcpt = server.said("MAIL"), server.said("RCPT")
parts = re.fullmatch(r"MAIL FROM:<odbicia\+(\w+)@proba.example.org> SIZE=(\d+) RET=HDRS ENVID=(\w+)", mail[0])
text = server.texts[0]
stuffed = len(re.findall(rb"(?:^|\r\n)\.\.", text))
tap.ok(run.returncode == 0 and parts and parts[1] == parts[3], "MAIL: SIZE, RET, ENVID with the token", mail)
tap.ok(parts and int(parts[2]) == len(text), "SIZE is that of the text as it travels",
       f"{mail[0]} {len(text)} {stuffed}")
tap.ok(sorted(rcpt) == ["RCPT TO:<o0@x.example> NOTIFY=FAILURE", "RCPT TO:<o1@x.example> NOTIFY=FAILURE"],
       "RCPT: NOTIFY", rcpt)
tap.ok(not re.search(rb"[\x80-\xff]", text), "a message for an ASCII address has ASCII alone, so no BODY")
server, root, run = send((), people(2))
tap.same([re.sub(r"\+\w+", "", m) for m in server.said("MAIL")], ["MAIL FROM:<odbicia@proba.example.org>"] * 2,
         "nothing that is not offered: MAIL")
tap.same(sorted(server.said("RCPT")), ["RCPT TO:<o0@x.example>", "RCPT TO:<o1@x.example>"], "RCPT")
tap.same(verbs(server.dialogues[0]), ["EHLO"] + ["MAIL", "RCPT", "DATA"] * 2 + ["QUIT"],
         "one after the other, on one connection")

# ---- letters beyond ASCII ----
server, root, run = send(ALL, [UTF8, "a@x.example"])
mails = {r: m for m, r in zip(server.said("MAIL"), server.said("RCPT"))}
special, = [m for r, m in mails.items() if UTF8 in r]
plain, = [m for r, m in mails.items() if UTF8 not in r]
tap.ok(run.returncode == 0 and special.split()[3:5] == ["BODY=8BITMIME", "SMTPUTF8"] and
       "SMTPUTF8" not in plain and "8BITMIME" not in plain, "SMTPUTF8 and BODY for whom it is needed", mails)
tap.ok(any(f"\r\nTo: {UTF8}\r\n".encode() in text for text in server.texts),
       "the address stands in To as it is, no encoded word")
for missing in ("SMTPUTF8", "8BITMIME"):
    server, root, run = send([o for o in ALL if o != missing], [UTF8, "a@x.example", "b@x.example"])
    failed = listed(root)
    tap.ok(run.returncode == 4 and sorted(server.recipients) == ["a@x.example", "b@x.example"] and
           [(f["address"], f["words"]) for f in failed] ==
           [(UTF8, "the mail server does not take addresses with such letters (SMTPUTF8)")],
           f"without {missing} this recipient fails, with the reason, and no other", f"{failed} {run}")
    tap.ok(UTF8 not in str(server.heard), "and never reaches the wire")

# ---- size ----
server, root, run = send(["SIZE 2000"], people(3))
tap.ok(run.returncode == 3 and not server.said("MAIL") and
       "the message is larger than the mail server takes (SIZE)" in run.stderr and
       "larger than" in glos(root, "status", "1").stdout and
       json.loads(glos(root, "status", "1", "--json").stdout)["pending"] == 3,
       "too large for the server: the issue stops before a word of it, nobody fails", run.stderr)
servers, root, run = send(["SIZE 2000"], people(9), others=[ALL])
tap.ok(run.returncode == 0 and len(servers[1].recipients) == 9 and not servers[0].recipients and
       "[relay-aside]" in run.stderr, "too large for one of two relays: the other takes all", run.stderr)
server, root, run = send(["SIZE", "PIPELINING"], people(1))
tap.ok(run.returncode == 0 and " SIZE=" in server.said("MAIL")[0], "SIZE without a number is no limit")
server, root, run = send(["SIZE 0"], people(1))
tap.same(run.returncode, 0, "nor is 0")

# ---- RSET ----
for offers in (ALL, [o for o in ALL if o != "PIPELINING"]):
    how = "pipelined" if offers is ALL else "one by one"
    server, root, run = send(offers, people(5), lambda line: "550 5.2.1 off" if "TO:<o1@" in line else None)
    tap.ok(run.returncode == 4 and len(server.dialogues) == 1 and
           sorted(server.recipients) == ["o0@x.example", "o2@x.example", "o3@x.example", "o4@x.example"] and
           verbs(server.dialogues[0]).count("RSET") == 1, f"RSET after a refusal, and on it goes ({how})",
           f"{server.dialogues} {run}")
    lines = server.dialogues[0]
    after = verbs(lines[next(i for i, line in enumerate(lines) if "<o1@" in line) + 1:])
    tap.same(after[:4] if "DATA" != after[0] else after[1:5], ["RSET", "MAIL", "RCPT", "DATA"],
             f"before the next MAIL ({how})")
server, root, run = send(ALL, people(6), lambda line: "451 4.3.0 later" if "TO:<o" in line else None)
tap.ok(verbs(server.dialogues[0]).count("RSET") == 5 and len(server.dialogues) == 1 and run.returncode == 4,
       "each refusal is followed by its RSET, but the last by goodbye", server.dialogues)
refusals = itertools.count()
server, root, run = send(ALL, people(3), lambda line: "550 5.2.1 off" if "TO:<o0@" in line else
                         "500 5.5.1 what?" if line == "RSET" and next(refusals) == 0 else None)
tap.ok(json.loads(glos(root, "status", "1", "--json").stdout)["failed"] == 1 and not
       {"o1@x.example", "o2@x.example"} & {f["address"] for f in listed(root)},
       "RSET refused: the way is shut, nobody else is to blame", f"{server.dialogues} {run}")

# ---- a hundred messages each ----
server, root, run = send(ALL, people(250))
tap.same((run.returncode, [verbs(d).count("MAIL") for d in server.dialogues]), (0, [100, 100, 50]),
         "after a hundred messages another connection")
tap.same([verbs(d)[-1] for d in server.dialogues], ["QUIT"] * 3, "and each ends with goodbye")
tap.same(sorted(server.recipients), sorted(people(250)), "each got it once")
tap.done()
