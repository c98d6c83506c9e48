#!/usr/bin/python3
"""Several mail servers: each its share by weight, the others while one is shut, refuses us
or may take no more; and which took what."""

import json
import os
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

tap = Tap()
LOGIN = {"GLOS_TEST_PASSWORD": "tajne"}
AUTH = "user: glos, password_env: GLOS_TEST_PASSWORD"
DKIM = "dkim: {domain: proba.example.org, keys: [{selector: e2026, key: dkim.pem}]}\n"
QUICK = ("--tries", "2", "--time-limit", "2", "--wait", "5")


def people(count):
    return [f"o{i}@x{i % 3}.example" for i in range(count)]


def closed_port():
    """One on which nobody listens, for now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Run:
    """An issue through relays a, b, …: how each of their servers fails, and what glos.yaml
    says of each."""

    count = 0

    def __init__(self, servers, settings=(), who=20, send=QUICK, more=(), keep=None, signed=False):
        Run.count += 1
        self.folder = keep.folder if keep else os.path.join(tap.folder, str(Run.count))
        os.makedirs(self.folder, exist_ok=True)
        self.names = "abc"[:len(servers)]
        sinks = [None if options is None else
                 Sink(self.folder, *options, name=f"{name}{Run.count}")
                 for name, options in zip(self.names, servers)]
        settings = list(settings) + [""] * len(servers)
        self.root = publication(
            os.path.join(self.folder, "p"), 0, more=more,
            relays=[f"{{name: {name}, url: 'smtp://127.0.0.1:{sink.port if sink else closed_port()}', "
                    + (own if "tls:" in own else "tls: never" + (", " + own if own else "")) + "}"
                    for name, sink, own in zip(self.names, sinks, settings)],
            dkim=DKIM if signed else "")
        if signed:
            subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out",
                            os.path.join(self.root, "dkim.pem")], check=True, capture_output=True)
        if not keep:
            subscribe(self.root, people(who) if isinstance(who, int) else who)
        self.run = glos(self.root, "send", "1", *send, environment=LOGIN)
        self.got = [sink.received() if sink else {} for sink in sinks]
        for sink in filter(None, sinks):
            sink.__exit__()
        self.code, self.said = self.run.returncode, self.run.stdout + self.run.stderr

    def took(self):
        return [sum(got.values()) for got in self.got]

    def ask(self, sql):
        return ask(self.root, sql)

    def ledger(self):
        """{(relay, state): count}"""
        return {(r, s): n for r, s, n in self.ask(
            "SELECT name, state, count(*) FROM delivery LEFT JOIN relay ON relay.id = relay_id"
            " GROUP BY 1, 2")}

    def __str__(self):
        return f"exit {self.code}, took {self.took()}, ledger {self.ledger()}\n{self.said}"


SENT = 3


def all_by(name, run, relay, count=20, words=""):
    """All were sent by this relay, each at the first attempt that counts."""
    attempts = run.ask("SELECT DISTINCT attempts FROM delivery")
    tap.ok(run.code == 0 and run.ledger() == {(relay, SENT): count} and attempts == [(1,)] and
           sum(run.took()) == count and words in run.said,
           f"{name}: {relay} takes all, nobody loses an attempt", f"{run} {attempts} {words}")


# ---- shares ----
run = Run([(), ()], ["weight: 3, connections: 4", "connections: 4"], who=400)
a, b = run.took()
both = run.got[0] + run.got[1]
tap.ok(run.code == 0 and abs(a - 300) <= 12 and a + b == 400 and set(both.values()) == {1},
       "weights 3 and 1: three quarters and one, each message once", run)
tap.same(run.ledger(), {("a", SENT): a, ("b", SENT): b}, "the ledger says which took what")
table = glos(run.root, "status", "1").stdout
tap.ok(any(line.split()[:3] == ["a", str(a), str(a)] for line in table.splitlines()) and
       any(line.split()[:3] == ["b", str(b), str(b)] for line in table.splitlines()),
       "glos status has a row for each relay", table)
detail = json.loads(glos(run.root, "status", "1", "--details", "--json").stdout)["relays"]
tap.same([(r["relay"], r["sent"]) for r in detail], [("a", a), ("b", b)], "and so has its JSON")
one = sorted(run.got[1])[0]
shown = json.loads(glos(run.root, "subscribers", "show", one, "--json").stdout)["deliveries"][0]
tap.ok(shown["relay"] == "b" and " b: 250 " in glos(run.root, "subscribers", "show", one).stdout,
       "subscribers show names the relay", shown)
run = Run([(), (), ()], ["weight: 2", "weight: 1", "weight: 1"], who=100)
tap.ok(run.code == 0 and sum(run.took()) == 100 and abs(run.took()[0] - 50) <= 8, "three relays", run)
run = Run([(), ()], ["rate: 2/s", ""], who=100)
tap.ok(run.code == 0 and sum(run.took()) == 100 and run.took()[0] < 30,
       "what the rate of one leaves over, the other takes", run)
run = Run([(), ()], who=1)
tap.ok(run.code == 0 and sum(run.took()) == 1, "one message, two relays", run)

# ---- one way is shut ----
all_by("nobody listens", Run([(), None]), "a")
all_by("nobody listens at the first", Run([None, ()]), "b")
all_by("the greeting hangs", Run([(), ("--fault", "greeting-hang")]), "a")
all_by("421 at the greeting", Run([(), ("--fault", "greeting-421")]), "a")
run = Run([(), ("--fault", "mail-421")])
all_by("421 at MAIL", run, "a")
held_up, = run.ask("SELECT address, relay.name, attempt.words FROM attempt JOIN delivery d ON d.id = delivery_id"
                   " JOIN subscriber s ON s.id = subscriber_id JOIN relay ON relay.id = attempt.relay_id LIMIT 1")
tap.same(held_up[1:], ("b", "421 with intent, at mail"), "the words of the one that was shut, and whose they are")
history = glos(run.root, "subscribers", "show", held_up[0]).stdout
tap.ok(" b: 421 with intent, at mail" in history and " a: 250 " in history,
       "stand in the history, before who took it in the end", history)
all_by("421 after the dot", Run([(), ("--fault", "dot-421")]), "a")
all_by("454 at login", Run([(), ("--auth", "glos:tajne", "--fault", "auth-454.4.7.0")], ["", AUTH]), "a")
all_by("4.7.x at MAIL", Run([(), ("--fault", "mail-450.4.7.1")]), "a")
all_by("4.7.x at RCPT", Run([(), ("--fault", "rcpt-450.4.7.1")], send=(*QUICK, "--retry-after", "0")), "a")
all_by("4.7.x after the dot", Run([(), ("--fault", "dot-451.4.7.0")], send=(*QUICK, "--retry-after", "0")),
       "a")
run = Run([None, ("--fault", "mail-421")], who=3)
tap.ok(run.code == 3 and "[smtp-connect]" in run.said and
       run.ask("SELECT DISTINCT state, attempts FROM delivery") == [(0, 0)],
       "both are shut: all wait, nobody loses an attempt, exit 3", run)
tap.same(run.ask("SELECT paused FROM issue"), [(0,)], "both are shut: the issue is not stopped by it")

# ---- dots that are not answered ----
class Silent:
    """An issue under way through relays that answer no dot, and one that does."""

    LIMIT = 20

    def __init__(self, count, connections, who):
        folder = os.path.join(tap.folder, f"silent{count}")
        os.makedirs(folder)
        self.sinks = [Sink(folder, "--fault", "dot-hang", name=f"a{i}") for i in range(count)]
        self.good = Sink(folder, name="b")
        self.root = publication(os.path.join(folder, "p"), 0, dkim=DKIM, relays=[
            f"{{name: {name}, url: 'smtp://127.0.0.1:{sink.port}', tls: never, connections: {n}}}"
            for name, sink, n in [(f"a{i}", sink, connections) for i, sink in enumerate(self.sinks)] +
            [("b", self.good, 1)]])
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", os.path.join(self.root, "dkim.pem")],
                       check=True, capture_output=True)
        subscribe(self.root, people(who))
        self.begun = time.monotonic()
        self.sending = subprocess.Popen([GLOS, "-C", self.root, "-q", "send", "1", "--time-limit", str(self.LIMIT),
                                         "--tries", "2", "--wait", "0"], env=ENVIRONMENT)

    def soon(self, count):
        """How many came through before dots were given up."""
        while len(self.good.received()) < count and time.monotonic() < self.begun + self.LIMIT - 4:
            time.sleep(0.05)
        return len(self.good.received())

    def end(self):
        """The exit status, what came through in the end, and how many are in which state."""
        code = self.sending.wait(120)
        for sink in (*self.sinks, self.good):
            sink.__exit__()
        states = dict(ask(self.root, "SELECT state, count(*) FROM delivery GROUP BY state"))
        return code, self.good.received(), states


one, many = Silent(1, 1, 20), Silent(3, 60, 1000)
soon, soon_many = one.soon(18), many.soon(1000 - 2 * 180)
code, got, states = one.end()
# One waits for the answer; one may have its commands behind that dot already.
tap.same((soon in (18, 19), len(got), set(got.values()), states, code), (True, 19, {1}, {SENT: 19, 5: 1}, 4),
         "what was ahead of it does not wait for the end of its time")
code, got, states = many.end()
held = states.get(5, 0)
tap.ok(soon_many >= 1000 - 2 * 180 and set(got.values()) == {1} and states == {SENT: len(got), 5: held} and
       len(got) + held == 1000 and held <= 180 and code == 4,
       "nor does what others can take, however many hang", f"{soon_many} {len(got)} {states} {code}")

# ---- it comes back ----
folder = os.path.join(tap.folder, "back")
os.makedirs(folder)
port = closed_port()
with Sink(folder, "--delay", "40", name="a") as first:
    root = publication(os.path.join(folder, "p"), 0, relays=[
        f"{{name: a, url: 'smtp://127.0.0.1:{first.port}', tls: never, connections: 1}}",
        f"{{name: b, url: 'smtp://127.0.0.1:{port}', tls: never}}"])
    subscribe(root, people(200))
    sending = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT)
    while len(first.received()) < 10:  # by then the other was sought in vain
        time.sleep(0.05)
    with Sink(folder, "--port", str(port), name="b") as second:
        code = sending.wait(120)
        one, two = first.received(), second.received()
tap.ok(code == 0 and set((one + two).values()) == {1} and len(one + two) == 200 and len(two) >= 20,
       "a relay that was away has its share again", f"{code} {len(one)} {len(two)}")

# ---- it dies in the middle; the sender does ----
CONNECTIONS = 4


def two(folder, first, second):
    os.makedirs(folder)
    root = publication(os.path.join(folder, "p"), 0, relays=[
        f"{{name: {name}, url: 'smtp://127.0.0.1:{sink.port}', tls: never, connections: {CONNECTIONS}}}"
        for name, sink in (("a", first), ("b", second))])
    subscribe(root, people(400))
    return root


def parked(root):
    return {d["address"]: d["relay"] for d in json.loads(
        glos(root, "status", "1", "--ambiguous", "--json").stdout)}


def everybody_once(got, held):
    """Nobody twice, nobody lost: whoever is not held got it, in exactly one copy."""
    everyone = set(people(400))
    return set(got.values()) == {1} and everyone - set(held) <= set(got) <= everyone


def until(sink, count):
    while len(sink.received()) < count:
        time.sleep(0.01)


with Sink(tap.folder, "--delay", "8", name="dies-a") as first:
    second = Sink(tap.folder, "--delay", "8", name="dies-b")
    root = two(os.path.join(tap.folder, "dies"), first, second)
    sending = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT)
    until(second, 40)
    second.process.kill()
    second.process.wait()
    code, held = sending.wait(120), parked(root)
    second.process.stdout.close()
    one, other = first.received(), second.received()
tap.ok(code == (4 if held else 0) and everybody_once(one + other, held) and len(held) <= CONNECTIONS and
       set(held.values()) <= {"b"} and len(one) >= 200,
       "a relay that dies: the other takes the rest, nobody is lost, nobody gets it twice",
       f"{code} {len(one)} {len(other)} {held}")
CRASHES = 5
with Sink(tap.folder, "--delay", "8", name="crash-a") as first, \
        Sink(tap.folder, "--delay", "8", name="crash-b") as second:
    root = two(os.path.join(tap.folder, "crash"), first, second)
    for crash in range(CRASHES):
        sending = subprocess.Popen([GLOS, "-C", root, "-q", "send", "1"], env=ENVIRONMENT)
        until(second, 20 * (crash + 1))
        sending.kill()
        sending.wait()
    run = glos(root, "send", "1")
    held, one, other = parked(root), first.received(), second.received()
got = one + other
tap.ok(run.returncode == (4 if held else 0) and everybody_once(got, held) and
       len(held) <= 2 * CONNECTIONS * CRASHES and
       all(address not in got or address in {"a": one, "b": other}[relay] for address, relay in held.items()),
       "kill -9 between two relays: the same, and the parked ones name the right relay",
       f"{run} {len(one)} {len(other)} {held}")

# ---- one refuses us for good ----
for what, server, own, words in [
        ("5xx at MAIL", ("--fault", "mail-550.5.7.1"), "", "550 5.7.1 with intent, at mail"),
        ("530", ("--fault", "rcpt-530.5.7.0"), "", "530 5.7.0 with intent, at rcpt"),
        ("535 at login", ("--auth", "glos:other"), AUTH, "535 5.7.8"),
        ("no STARTTLS", (), "tls: required", "smtp-tls")]:
    run = Run([(), server], ["", own])
    all_by(what, run, "a", words=words)
    tap.ok("[relay-aside]" in run.said and run.said.count("[relay-aside]") == 1,
           f"{what}: told once, in its words", run)
    table = glos(run.root, "status", "1").stdout
    tap.ok("set aside: " in table and (words in table or words == "smtp-tls"),
           f"{what}: and glos status shows them until the next run", table)
run = Run([(), ("--fault", "rcpt-554.5.7.1")])
tap.ok(run.code == 0 and run.took() == [20, 0] and run.said.count("[relay-aside]") == 1,
       "relay access denied, to each recipient: the other relay takes them", run)
run = Run([("--fault", "rcpt-554.5.7.1"), ("--fault", "rcpt-554.5.7.1")], who=30)
tap.ok(run.code == 3 and run.ask("SELECT max(attempts) FROM delivery")[0][0] <= 3,
       "by both: the issue stops, and nobody is tried for ever", run)
run = Run([("--fault", "mail-550.5.7.1"), ("--auth", "glos:other")], ["", AUTH], who=4)
stopped = run.ask("SELECT paused, words FROM issue")[0]
tap.ok(run.code == 3 and stopped[0] == 1 and stopped[1] and
       run.ask("SELECT DISTINCT state, attempts FROM delivery") == [(0, 0)],
       "none is left: the issue stops with the words of the last", f"{run} {stopped}")
run = Run([(), ("--fault", "dot-554.5.6.0")], ["", "connections: 1"], who=60)
refused = run.ledger().get(("b", 4), 0)
# The commands of the next message left with the dot of the third; its own dot must not.
tap.ok(run.code == 4 and run.ledger() == {("a", SENT): 57, ("b", 4): 3} and "554 5.6.0" in run.said and
       run.ask("SELECT DISTINCT attempts FROM delivery") == [(1,)],
       "554 after the dot again and again: set aside after three, the others lose no attempt", run)
listed = json.loads(glos(run.root, "status", "1", "--failed", "--json").stdout)
tap.same([row["relay"] for row in listed], ["b"] * refused, "status --failed says which relay it was")

for what, server in [("421", ("--fault", "mail-421")), ("5xx at MAIL", ("--fault", "mail-550")),
                     ("a lost connection", ("--fault", "data-drop"))]:
    run = Run([server, ()], send=("--test", "me@x.example"), who=1)
    tap.ok(run.code == 0 and run.took() == [0, 1] and "[relay-aside]" in run.said,
           f"{what}: a test message goes through the other relay", run)
run = Run([("--fault", "mail-550.5.7.1"), ("--fault", "mail-421")], send=("--test", "me@x.example"), who=1)
tap.ok(run.code == 3 and "421 with intent" in run.said, "or through none, which is told", run)

# ---- what nobody can know ----
run = Run([(), ("--fault", "accept-drop")], who=10, send=("--tries", "1"))
parked = json.loads(glos(run.root, "status", "1", "--ambiguous", "--json").stdout)
tap.ok(parked and {row["relay"] for row in parked} == {"b"} and
       {row["address"] for row in parked} == set(run.got[1]),
       "the ambiguous ones say in which relay's log to look", f"{run} {parked}")

# ---- warm-up ----
run = Run([()], ["warm_up: [7, 20]"], who=100)
tap.ok(run.code == 4 and run.took() == [7] and "warm-up" in run.said, "warm-up: seven on the first day", run)
again = Run([()], ["warm_up: [7, 20]"], keep=run)
tap.ok(again.code == 4 and again.took() == [0], "warm-up: none more on that day in another run", again)


def a_day_passes(run):
    ask(run.root, "UPDATE delivery SET at = at - 86400")


a_day_passes(run)
again = Run([()], ["warm_up: [7, 20]"], keep=run)
tap.ok(again.code == 4 and again.took() == [20], "warm-up: twenty on the second", again)
a_day_passes(run)
again = Run([()], ["warm_up: [7, 20]"], keep=run)
tap.ok(again.code == 0 and again.took() == [73], "warm-up: and then whatever there is", again)
run = Run([(), ()], ["warm_up: [5]", ""], who=40)
tap.ok(run.code == 0 and run.took() == [5, 35], "warm-up: the other relay takes the rest", run)
# Signed letters are written beside the loop: the last one that a day allows waits, too.
run = Run([(), ()], ["warm_up: [5]", ""], who=40, signed=True)
tap.ok(run.code == 0 and run.took() == [5, 35], "warm-up: the same of signed letters", run)
run = Run([(), ()], ["warm_up: [5]", "warm_up: [1]"], who=40, signed=True)
tap.ok(run.code == 4 and run.took() == [5, 1] and "warm-up" in run.said,
       "warm-up: two that allow no more end a run of signed letters", run)
run = Run([("--fault", "rcpt-550.5.1.1:50")], ["warm_up: [10]"], who=60)
sent = run.took()[0]
tap.ok(run.code == 4 and sent == 10, "warm-up: what is refused does not count", run)
tap.done()
