#!/usr/bin/python3
"""What follows from each way a delivery can fail: a server that fails in this way and no
other, and what the ledger's row says then, with the server's words."""

import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

tap = Tap()
STATES = ("pending", "claimed", "sending", "sent", "failed", "ambiguous", "suppressed", "cancelled")
SUBSCRIBED, SUPPRESSED = 0, 3
QUICK = ("--wait", "0", "--tries", "1", "--time-limit", "2")
LOGIN = {"GLOS_TEST_PASSWORD": "x"}
cases = 0


class Ledger:
    def __init__(self, root):
        self.root = root

    def ask(self, sql, *values):
        return ask(self.root, sql, *values)

    def row(self, address):
        """(state, attempts, code, words, seconds until it is due, state of the subscriber)"""
        row, = self.ask("SELECT d.state, attempts, code, words, next_at, s.state FROM delivery d"
                        " JOIN subscriber s ON s.id = subscriber_id WHERE address = ?", address)
        return (STATES[row[0]], *row[1:4], row[4] - time.time(), row[5])

    def stopped(self):
        return self.ask("SELECT paused, words FROM issue")[0]


def case(name, people, sink=(), send=(), environment=None, **settings):
    """The exit status, the ledger and what glos said, after one run."""
    global cases
    cases += 1
    folder = os.path.join(tap.folder, str(cases))
    os.makedirs(folder)
    with Sink(folder, *sink) as server:
        root = publication(os.path.join(folder, "p"), server.port, connections=1, **settings)
        subscribe(root, people)
        run = glos(root, "send", "1", *QUICK, *send, environment=environment or {})
    return root, run, Ledger(root), server.received()


def row_is(name, ledger, address, wanted, due=(-3, 1), person=SUBSCRIBED):
    got = ledger.row(address)
    tap.ok(got[:4] == wanted and (wanted[0] != "pending" or due[0] <= got[4] <= due[1]) and
           got[5] == person, f"{name}: {' '.join(map(str, wanted[:3]))}, \"{wanted[3]}\"",
           f"got {got}, wanted {wanted}, due {due}, subscriber {person}")


# ---- the way is shut: the route pauses, no recipient loses an attempt ----
folder = os.path.join(tap.folder, "nobody")
os.makedirs(folder)
with Sink(folder) as server:
    root = publication(os.path.join(folder, "p"), server.port)
subscribe(root, ["a@x.example"])
run = glos(root, "send", "1", *QUICK)
row_is("no connection", Ledger(root), "a@x.example", ("pending", 0, 0, ""))
tap.ok(run.returncode == 3 and "[smtp-connect]" in run.stderr, "no connection: exit 3", run.stderr)
for what, fault, words in [("421", "mail-421", "421 with intent, at mail"),
                           ("421 at RCPT", "rcpt-421", "421 with intent, at rcpt"),
                           ("421 after the dot", "dot-421", "421 with intent, at dot")]:
    root, run, ledger, _ = case(what, ["a@x.example", "b@x.example"], ["--fault", fault])
    row_is(what, ledger, "a@x.example", ("pending", 0, 421, words))
    row_is(f"{what}, another", ledger, "b@x.example", ("pending", 0, 0, ""))
    tap.same((run.returncode, ledger.stopped()[0]), (3, 0), f"{what}: the run ends, the issue does not")
root, run, ledger, _ = case("454", ["a@x.example"], ["--auth", "glos:x", "--fault", "auth-454.4.7.0"],
                            environment=LOGIN, more=["user: glos", "password_env: GLOS_TEST_PASSWORD"])
row_is("454 at login", ledger, "a@x.example", ("pending", 0, 0, ""))
tap.ok(run.returncode == 3 and "454 4.7.0" in run.stderr, "454 at login: told", run.stderr)
for what, fault, words, code in [
        ("454", "rcpt-454.4.7.1", "454 4.7.1 with intent, at rcpt", 454),
        ("4.7.x at RCPT", "rcpt-450.4.7.1", "450 4.7.1 with intent, at rcpt", 450),
        ("4.7.x after the dot", "dot-451.4.7.0", "451 4.7.0 with intent, at dot", 451)]:
    root, run, ledger, _ = case(what, ["a@x.example"], ["--fault", fault])
    row_is(what, ledger, "a@x.example", ("pending", 0, code, words), due=(50, 80))
    tap.same(run.returncode, 3, f"{what}: the way is paused until the run ends")
root, run, ledger, got = case("4.7.x of one", [f"o{i}@x.example" for i in range(20)] +
                              ["rcpt-450.4.7.1-a@x.example"])
tap.same((run.returncode, len(got)), (4, 20), "4.7.x for one of many: the others get it")

# ---- this recipient: later, and later again, for 48 hours ----
MINUTES = (1, 5, 15, 30, 60, 120, 240, 240, 240)
root, run, ledger, _ = case("4xx", ["a@x.example"], ["--fault", "rcpt-450.4.2.1"])
words = "450 4.2.1 with intent, at rcpt"
with open(os.path.join(root, "glos.yaml")) as f:
    port = f.read().split("127.0.0.1:")[1].split()[0]
for attempt, minutes in enumerate(MINUTES, 1):
    if attempt > 1:
        ledger.ask("UPDATE delivery SET next_at = 0")
        with Sink(tap.folder, "--fault", "rcpt-450.4.2.1", "--port", port):
            glos(root, "send", "1", *QUICK)
    row_is(f"4xx at RCPT, attempt {attempt}", ledger, "a@x.example", ("pending", attempt, 450, words),
           due=(minutes * 60 - 5, minutes * 75 + 1))
shown = json.loads(glos(root, "subscribers", "show", "a@x.example", "--json").stdout)["deliveries"][0]
tap.same([t["words"] for t in shown["history"]], [words] * len(MINUTES),
         "4xx: subscribers show has every attempt in the server's words")
ledger.ask("UPDATE delivery SET next_at = 0, first_at = first_at - 48 * 3600 - 1")
with Sink(tap.folder, "--fault", "rcpt-450.4.2.1", "--port", port):
    glos(root, "send", "1", *QUICK)
row_is("4xx after 48 hours", ledger, "a@x.example", ("failed", len(MINUTES) + 1, 450, words))
root, run, ledger, _ = case("4xx at the dot", ["a@x.example"], ["--fault", "dot-452.4.3.1"])
row_is("4xx after the dot", ledger, "a@x.example",
       ("pending", 1, 452, "452 4.3.1 with intent, at dot"), due=(50, 80))

# ---- this recipient: never ----
for code, person in [("550.5.1.1", SUPPRESSED), ("550.5.1.2", SUPPRESSED), ("553.5.1.3", SUPPRESSED),
                     ("550.5.1.6", SUPPRESSED), ("556.5.1.10", SUPPRESSED), ("550", SUBSCRIBED),
                     ("552.5.2.2", SUBSCRIBED), ("554.5.7.1", SUBSCRIBED), ("550.5.4.1", SUBSCRIBED)]:
    said = code.replace(".", " ", 1)
    root, run, ledger, _ = case(code, [f"rcpt-{code}-a@x.example", "b@x.example"])
    row_is(f"{said} at RCPT", ledger, f"rcpt-{code}-a@x.example",
           ("failed", 1, int(code[:3]), f"{said} with intent, at rcpt"), person=person)
    row_is(f"{said} for another", ledger, "b@x.example", ("sent", 1, 250, ledger.row("b@x.example")[3]))

# ---- the issue or we are refused: it stops, with the server's words ----
for what, fault, code, words in [("5xx at MAIL", "mail-550.5.7.1", 550, "550 5.7.1 with intent, at mail"),
                                 ("530", "rcpt-530.5.7.0", 530, "530 5.7.0 with intent, at rcpt"),
                                 ("535", "data-535.5.7.8", 535, "535 5.7.8 with intent, at data"),
                                 ("552 at MAIL", "mail-552.5.3.4", 552, "552 5.3.4 with intent, at mail")]:
    root, run, ledger, _ = case(what, ["a@x.example", "b@x.example"], ["--fault", fault])
    row_is(what, ledger, "a@x.example", ("pending", 0, code, words))
    row_is(f"{what}, another", ledger, "b@x.example", ("pending", 0, 0, ""))
    tap.same((run.returncode, ledger.stopped()), (3, (1, words)), f"{what}: the issue stops with these words")
    tap.ok(words in glos(root, "status", "1").stdout, f"{what}: glos status shows them")
root, run, ledger, _ = case("535 at AUTH", ["a@x.example"], ["--auth", "glos:y"], environment=LOGIN,
                            more=["user: glos", "password_env: GLOS_TEST_PASSWORD"])
row_is("535 at AUTH", ledger, "a@x.example", ("pending", 0, 0, ""))
tap.ok(run.returncode == 3 and ledger.stopped()[0] == 1 and "535 5.7.8" in ledger.stopped()[1],
       "535 at AUTH: the issue stops with these words", ledger.stopped())
for code in ("552.5.3.4", "554.5.6.0"):
    people = [f"o{i}@x.example" for i in range(9)]
    root, run, ledger, _ = case(code, people, ["--fault", f"dot-{code}"])
    said = f"{code.replace('.', ' ', 1)} with intent, at dot"
    states = [ledger.row(p)[0] for p in people]
    tap.same((states.count("failed"), states.count("pending"), ledger.stopped()), (3, 6, (1, said)),
             f"{said}, three times in a row: the issue stops")
    row_is(f"{code} after the dot", ledger, people[0], ("failed", 1, int(code[:3]), said))

# ---- the connection is lost ----
for phase, told in [("mail", "MAIL"), ("rcpt", "RCPT"), ("data", "DATA")]:
    who = f"{phase}-drop-once-a@x.example" if phase != "mail" else "a@x.example"
    root, run, ledger, got = case(f"lost at {told}", [who, "b@x.example"],
                                  ["--fault", "mail-drop:50"] if phase == "mail" else (),
                                  send=("--tries", "40"))
    history = json.loads(glos(root, "subscribers", "show", who, "--json").stdout)["deliveries"][0]
    told_so = [t["words"] for t in history["history"]]
    tap.ok(run.returncode == 0 and got == {who: 1, "b@x.example": 1} and
           set(told_so) <= {f"connection lost at {told}"} and (told_so or phase == "mail"),
           f"lost before the dot, at {told}: pending again, then sent once", f"{told_so} {got} {run.stderr}")
for fault, arrives in [("accept-drop", 1), ("dot-drop", 0)]:
    who = f"{fault}-a@x.example"
    root, run, ledger, got = case(fault, ["b@x.example", who])
    row_is(f"lost after the dot ({fault})", ledger, who,
           ("ambiguous", 1, 0, "connection lost at the end of the message"))
    tap.same((run.returncode, got[who]), (4, arrives), f"{fault}: parked, whether it arrived or not")
tap.done()
