#!/usr/bin/python3
"""Mail servers that refuse, hang and hang up, at every phase of the dialogue. Each
case has a server and a publication of its own; they run side by side."""

import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, glos, publication, subscribe  # noqa: E402

tap = Tap()
QUICK = ("--time-limit", "1", "--tries", "2", "--retry-after", "1", "--wait", "5")


class Case:
    """What a sending came to."""

    def __init__(self, name, sink=(), people=12, send=QUICK, connections=2, **settings):
        self.folder = os.path.join(tap.folder, name)
        os.makedirs(self.folder)
        people = people if isinstance(people, list) else [f"o{i}@x.example" for i in range(people)]
        environment = settings.pop("environment", {})
        if "--tls" in sink:
            settings.setdefault("tls", "required")
            if settings.pop("trust", True):
                settings.setdefault("more", []).append(f"ca_file: {self.folder}/ca.pem")
        with Sink(self.folder, *[s.replace("FOLDER", self.folder) for s in sink]) as server:
            self.root = publication(os.path.join(self.folder, "p"), server.port,
                                    connections=connections, **settings)
            subscribe(self.root, people)
            begun = time.monotonic()
            run = glos(self.root, "send", "1", *send, environment=environment)
            self.seconds = time.monotonic() - begun
            self.code, self.said = run.returncode, run.stdout + run.stderr
            self.received = server.received()
        self.status = json.loads(glos(self.root, "status", "1", "--json").stdout)
        self.rows = {d["address"]: d for d in json.loads(
            glos(self.root, "status", "1", "--failed", "--ambiguous", "--json").stdout)}

    def states(self):
        return {k: v for k, v in self.status.items()
                if v and k in ("pending", "claimed", "sending", "sent", "failed", "ambiguous",
                               "suppressed")}

    def __str__(self):
        return f"exit {self.code}, {self.states()}, {self.seconds:.1f} s\n{self.said}"


def stops(name, fault, code, states, words):
    return name, dict(sink=("--fault", fault)), code, states, words


ALL, LOGIN = {"pending": 12}, {"GLOS_TEST_PASSWORD": "tajne:haslo"}
AUTH = ["user: glos", "password_env: GLOS_TEST_PASSWORD"]
# name, arguments of Case, exit status, states (None: looked at below), words
CASES = [
    # the way is shut: nobody loses an attempt, the run ends in bounded time
    stops("greeting hangs", "greeting-hang", 3, ALL, "smtp-connect"),
    stops("greeting refuses", "greeting-554", 3, ALL, "554"),
    stops("greeting says 421", "greeting-421", 3, ALL, "421"),
    stops("greeting hangs up", "greeting-drop", 3, ALL, "smtp-connect"),
    stops("EHLO hangs", "ehlo-hang", 3, ALL, "smtp-connect"),
    stops("EHLO hangs up", "ehlo-drop", 3, ALL, "smtp-connect"),
    stops("MAIL later", "mail-451", 3, ALL, "451"),
    stops("MAIL says 421", "mail-421", 3, ALL, "421"),
    stops("MAIL hangs", "mail-hang", 3, ALL, "no answer in time at MAIL"),
    stops("MAIL hangs up", "mail-drop", 3, ALL, "connection lost at MAIL"),
    stops("RCPT says 421", "rcpt-421", 3, ALL, "421"),
    stops("RCPT hangs", "rcpt-hang", 3, ALL, "no answer in time at RCPT"),
    stops("RCPT hangs up", "rcpt-drop", 3, ALL, "connection lost at RCPT"),
    stops("DATA hangs", "data-hang", 3, ALL, "no answer in time at DATA"),
    stops("DATA hangs up", "data-drop", 3, ALL, "connection lost at DATA"),
    # the dot of a short text may be on its way before the hang-up is noticed
    stops("hangs up in the text", "body-drop", 3, None, "connection lost"),
    # after the dot nobody can know: parked, and the run ends before all are
    stops("hangs after the dot", "dot-hang", 3, None, "no answer in time at the end"),
    stops("hangs up after the dot", "dot-drop", 3, None, "connection lost at the end"),
    # the server refuses the issue: it stops at once, with the server's words
    stops("MAIL refused", "mail-550.5.7.1", 3, ALL, "550 5.7.1"),
    stops("login demanded", "mail-530.5.7.0", 3, ALL, "smtp-auth"),
    stops("sender refused late", "rcpt-553.5.1.8", 3, ALL, "553 5.1.8"),
    stops("the message refused again and again", "dot-554.5.7.1", 3, None, "554 5.7.1"),
    ("the message refused on one connection", dict(sink=("--fault", "dot-554.5.7.1"), connections=1),
     3, {"failed": 3, "pending": 9}, "554 5.7.1"),
    # later is later
    stops("RCPT later", "rcpt-450", 4, ALL, "wait for their turn"),
    stops("dot later", "dot-451", 4, ALL, "wait for their turn"),
    stops("DATA later", "data-451", 4, ALL, "wait for their turn"),
    # some of many
    ("refusals here and there", dict(sink=("--fault", "rcpt-550.5.1.1:20"), people=200), 4, None,
     "did not get it"),
    ("hang-ups here and there", dict(sink=("--fault", "rcpt-drop:3", "--fault", "mail-drop:1",
                                           "--fault", "data-421:2"), people=300,
                                     send=("--retry-after", "1", "--tries", "20")),
     0, {"sent": 300}, ""),
    # connections that break among others that work do not shut the way
    ("a network that loses two of five dialogues",
     dict(sink=tuple(o for phase in ("greeting", "mail", "rcpt", "data", "body", "dot", "accept")
                     for o in ("--fault", f"{phase}-drop:7")), people=1500, connections=8,
          send=("--retry-after", "0", "--tries", "20")), 4, None, "did not get it"),
    ("one command at a time", dict(sink=("--no-pipelining", "--fault", "rcpt-451:10"), people=200,
                                   send=("--retry-after", "0")), 0, {"sent": 200}, ""),
    ("few connections, few messages on each",
     dict(sink=("--connections", "3", "--per-connection", "7"), people=300, connections=8), 0,
     {"sent": 300}, ""),
    ("later for some, then yes",
     dict(people=[f"rcpt-451-once-{i}@x.example" for i in range(20)] +
          [f"dot-450-once-{i}@x.example" for i in range(20)], send=("--retry-after", "1")), 0,
     {"sent": 40}, ""),
    ("messages too large", dict(sink=("--size", "1000")), 3, ALL, "larger than the mail server"),
    # TLS and login
    ("STARTTLS and login", dict(sink=("--tls", "FOLDER", "--auth", "glos:tajne:haslo"),
                                environment=LOGIN, more=list(AUTH)), 0, {"sent": 12}, ""),
    ("TLS from the start", dict(sink=("--tls", "FOLDER", "--smtps"), scheme="smtps"), 0,
     {"sent": 12}, ""),
    ("no STARTTLS offered", dict(tls="required"), 3, ALL, "smtp-tls"),
    ("no STARTTLS, but none demanded", dict(tls="if-offered"), 0, {"sent": 12}, ""),
    ("a certificate nobody knows", dict(sink=("--tls", "FOLDER"), trust=False), 3, ALL, "smtp-tls"),
    ("a wrong password", dict(sink=("--auth", "glos:richtig"), environment=LOGIN, more=list(AUTH)),
     3, ALL, "535 5.7.8"),
    ("login fails for now", dict(sink=("--auth", "glos:tajne:haslo", "--fault", "auth-454.4.7.0"),
                                 environment=LOGIN, more=list(AUTH)), 3, ALL, "454"),
    ("a password that is not there", dict(more=list(AUTH)), 1, {}, "GLOS_TEST_PASSWORD"),
]

with concurrent.futures.ThreadPoolExecutor(8) as pool:
    running = [(c, pool.submit(lambda c=c: Case(c[0].replace(" ", "-"), **c[1]))) for c in CASES]
results = {}
for (name, _, code, states, words), future in running:
    case = results[name] = future.result()
    passed = case.code == code and words in case.said and case.seconds < 30
    if states is not None:
        passed = passed and case.states() == states
    passed = passed and max(case.received.values(), default=0) <= 1
    passed = passed and "tajne:haslo" not in case.said
    tap.ok(passed, f"{name}: exit {code}", case)

case = results["refusals here and there"]
tap.ok(case.status["failed"] + case.status["sent"] == 200 and case.status["failed"] > 10,
       "those refused are failed, the others sent", case)
tap.ok(all(d["words"] == "550 5.1.1 with intent, at rcpt" and d["attempts"] == 1
           for d in case.rows.values()), "each row has the server's words")
somebody = next(iter(case.rows))
tap.ok("suppressed" in glos(case.root, "subscribers", "show", somebody).stdout,
       "who does not exist (5.1.1) is suppressed")

case = results["a network that loses two of five dialogues"]
tap.ok(case.status["sent"] + case.status["ambiguous"] == 1500 and
       len(case.rows) == case.status["ambiguous"] and
       all(f"o{i}@x.example" in case.received or f"o{i}@x.example" in case.rows
           for i in range(1500)), "each of them is sent or parked", case)

case = results["hangs up in the text"]
tap.ok(not case.received and set(case.states()) <= {"ambiguous", "pending"} and
       sum(case.states().values()) == 12, "what was lost in the text is pending or parked", case)
for name in ("hangs after the dot", "hangs up after the dot"):
    case = results[name]
    tap.ok(set(case.states()) == {"ambiguous", "pending"} and case.status["ambiguous"] <= 4 and
           all(d["state"] == "ambiguous" for d in case.rows.values()), f"{name}: parked", case)
case = results["the message refused again and again"]
tap.ok(3 <= case.status["failed"] <= 6 and case.status["paused"],
       "a message refused in a row stops the issue", case)

# ---- one after the other ----

folder = os.path.join(tap.folder, "closed")
os.makedirs(folder)
with Sink(folder) as server:
    port = server.port
root = publication(os.path.join(folder, "p"), port)
subscribe(root, ["a@x.example", "b@x.example"])
begun = time.monotonic()
run = glos(root, "send", "1")
tap.ok(run.returncode == 3 and "[smtp-connect]" in run.stderr and time.monotonic() - begun < 30,
       "no server at all: exit 3 after a few tries", run.stderr)
with Sink(folder, "--port", str(port)) as server:
    run = glos(root, "send", "1")
    tap.same((run.returncode, sum(server.received().values())), (0, 2),
             "the next run goes on where this stopped")

folder = os.path.join(tap.folder, "interrupted")
os.makedirs(folder)
with Sink(folder, "--delay", "200") as server:
    root = publication(os.path.join(folder, "p"), server.port, connections=4)
    people = [f"o{i}@x.example" for i in range(300)]
    subscribe(root, people)
    process = subprocess.Popen([GLOS, "-C", root, "send", "1"], env=ENVIRONMENT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not server.received():
        time.sleep(0.05)
    other = glos(root, "send", "1")
    tap.ok(other.returncode == 3 and "[store-locked]" in other.stderr,
           "a second sender is turned away", other.stderr)
    live = {"sent": 0}
    while not live["sent"]:
        live = json.loads(glos(root, "status", "1", "--json").stdout)
    tap.ok(live["total"] == 300 and live["sent"] < 300 and live["sending"] <= 4,
           "the status shows how far it is", live)
    process.send_signal(signal.SIGINT)
    tap.same(process.wait(10), 4, "Ctrl-C ends with 4")
    status = json.loads(glos(root, "status", "1", "--json").stdout)
    received = server.received()
    tap.same((status["sent"], status["claimed"], status["sending"], status["ambiguous"]),
             (len(received), 0, 0, 0), "what was on the wire was finished and is known")
    begun = time.monotonic()
    process = subprocess.Popen([GLOS, "-C", root, "send", "1", "--json"], env=ENVIRONMENT,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    while len(server.received()) == len(received):
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=10)[0]
    tap.same(process.returncode, 4, "twice ends at once, with 4")
    states = json.loads(glos(root, "status", "1", "--json").stdout)
    # A program that could not end by itself in time says nothing more.
    tap.ok(not said or json.loads(said)["left"] == states["total"] - states["sent"],
           "and counts as left whoever was not served" + ("" if said else " # SKIP it was ended"), f"{said} {states}")

folder = os.path.join(tap.folder, "paced")
os.makedirs(folder)
with Sink(folder) as server:
    root = publication(os.path.join(folder, "p"), server.port,
                       more=["rate: 40/s", "per_domain: {slow.example: 5/s}"])
    subscribe(root, [f"o{i}@{'slow' if i % 4 == 0 else 'fast'}.example" for i in range(80)])
    begun = time.monotonic()
    run = glos(root, "send", "1")
    seconds = time.monotonic() - begun
    tap.ok(run.returncode == 0 and len(server.received()) == 80 and 3.4 < seconds < 8,
           "the pace is kept, for the whole and for a domain", f"{seconds:.1f} s\n{run.stderr}")

with Sink(tap.folder, name="segments", *["--mail", tap.folder]) as server:
    root = publication(os.path.join(tap.folder, "segments"), server.port)
    glos(root, "subscribers", "add", "slask@x.example", "--region", "Śląskie", "--name", "Ewa")
    glos(root, "subscribers", "add", "reszta@x.example")
    run = glos(root, "send", "1", "--test", "redakcja@x.example", "slask@x.example")
    tap.same((run.returncode, sorted(server.received())),
             (0, ["redakcja@x.example", "slask@x.example"]), "a test goes to these alone")
    tap.same(json.loads(glos(root, "status", "1", "--json").stdout)["total"], 0,
             "and is not in the ledger")
    tap.same(glos(root, "send", "1", "--region", "śląskie").returncode, 0, "one region alone")
    tap.same(server.received()["reszta@x.example"], 0, "gets it alone")
    glos(root, "send", "1")
    tap.same((server.received()["reszta@x.example"], server.received()["slask@x.example"]), (1, 2),
             "the others follow, and nobody gets it again")
    texts = {}
    for name in os.listdir(tap.folder):
        if name.endswith(".eml"):
            with open(os.path.join(tap.folder, name), encoding="utf-8") as f:
                text = f.read()
            texts[text.split("To: ")[1].split()[0]] = text
    tap.ok("Tylko dla" in texts["slask@x.example"] and
           "Tylko dla" not in texts["reszta@x.example"], "each region has its own passages")
    tap.same(glos(root, "send", "1", "--test", "nobody").returncode, 1, "a test to no address")
tap.done()
