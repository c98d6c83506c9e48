#!/usr/bin/python3
"""sending.py [PART…]: how fast issues leave. Figures to read, never assertions.

Parts (all unless named): loopback delay distance memory ledger postgresql import.
Rates are of one run, side by side, medians of ROUNDS (5) interleaved rounds, because other
work on the machine changes them; CPU times change less. MESSAGES (10,000) and SESSIONS (20).

distance needs root: two network namespaces and a virtual wire; where the kernel has no netem
a small program in the namespace (tests/bench/wire.c) holds every packet for 10 ms."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import BUILD, ENVIRONMENT, GLOS, SINK, glos, publication, subscribe  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))
MESSAGES = int(os.environ.get("MESSAGES", "10000"))
SESSIONS = int(os.environ.get("SESSIONS", "20"))
BYTES = 41_000
LEDGER = os.path.join(BUILD, "tests/bench/ledger")
DIALOGUE = os.path.join(BUILD, "tests/bench/dialogue")
folder = tempfile.mkdtemp(prefix="glos-bench-")


class Server:
    """The sink of the tests, which keeps nothing."""

    def __init__(self, *options, prefix=(), address="127.0.0.1"):
        self.process = subprocess.Popen([*prefix, SINK, *options], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


def timed(command, **more):
    """(seconds, CPU seconds of the process, peak kB, its output)"""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               env=ENVIRONMENT, **more)
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: exit {process.returncode}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss, out


def issue_of(root, size):
    """Makes the message about that large: words of an article that is whole in the e-mail."""
    def put(paragraphs):
        with open(os.path.join(root, "issues/1/a.md"), "w") as f:
            f.write("---\ntitle: Artykuł\nlayout: letter\n---\n\n" +
                    "\n\n".join([f"Akapit numer {i}. " + "Pacjent i jego prawa. " * 20
                                 for i in range(paragraphs)]) + "\n")
        with open(os.path.join(root, "issues/1/b.md"), "w") as f:
            f.write("---\ntitle: Drugi\n---\n\nKrótko.\n")
        glos(root, "build", "1", "-e", "email", "-q", timeout=100)
        mail = os.path.join(root, "out/1/email")
        return max(os.path.getsize(os.path.join(mail, n)) for n in os.listdir(mail)
                   if n.endswith(".eml"))
    low, high = 1, 80
    while low < high:
        middle = (low + high) // 2
        if put(middle) < size:
            low = middle + 1
        else:
            high = middle
    return put(low)


def prepare(name, people, **settings):
    root = publication(os.path.join(folder, name), 1, connections=SESSIONS, **settings)
    size = issue_of(root, BYTES)
    subscribe(root, [f"osoba{i}@domena{i % 40}.example" for i in range(people)])
    return root, size


def aim(root, port, host="127.0.0.1", tls="never"):
    path = os.path.join(root, "glos.yaml")
    with open(path) as f:
        text = f.read()
    head, rest = text.split("  url: smtp://", 1)
    with open(path, "w") as f:
        f.write(head + f"  url: smtp://{host}:{port}\n" + rest.split("\n", 1)[1]
                .replace("tls: never", f"tls: {tls}"))


def send(root, prefix=()):
    """(messages a second by the sender's own clock, µs of CPU a message, peak kB)"""
    database = os.path.join(root, "var/glos.db")
    with sqlite3.connect(database) as db:
        for table in ("delivery", "audience", "segment", "issue"):
            db.execute(f"DELETE FROM {table}")
    db.close()
    _, cpu, peak, out = timed([*prefix, GLOS, "-C", root, "--json", "send", "1"])
    result = json.loads(out)
    return result["sent"] * 1000 / max(result["ms"], 1), cpu * 1e6 / result["sent"], peak


def key(root, kind):
    path = os.path.join(root, "dkim.pem")
    subprocess.run(["openssl", "genpkey", "-algorithm", *kind, "-out", path], check=True,
                   capture_output=True)


DKIM = "dkim: {domain: proba.example.org, selector: s2026, key: dkim.pem}\n"


def median(values):
    return statistics.median(values)


def loopback():
    plain, size = prepare("plain", MESSAGES)
    ed, _ = prepare("ed25519", MESSAGES, dkim=DKIM)
    key(ed, ["ED25519"])
    rsa, _ = prepare("rsa", MESSAGES // 5, dkim=DKIM)
    key(rsa, ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
    rates = {}
    with Server() as server:
        for root in (plain, ed, rsa):
            aim(root, server.port)
        for _ in range(ROUNDS):
            seconds, cpu, _, _ = timed(["/usr/sbin/smtp-source", "-d", "-s", str(SESSIONS), "-m",
                                        str(MESSAGES), "-l", str(size), f"127.0.0.1:{server.port}"])
            rates.setdefault("smtp-source", []).append((MESSAGES / seconds, cpu * 1e6 / MESSAGES))
            out = timed([DIALOGUE, str(server.port), str(SESSIONS), str(MESSAGES), str(size)])[3]
            rates.setdefault("dialogue alone", []).append(tuple(map(float, out.split())))
            for name, root in (("glos, not signed", plain), ("glos, Ed25519", ed),
                               ("glos, RSA-2048", rsa)):
                rates.setdefault(name, []).append(send(root)[:2])
    print(f"\nloopback: {MESSAGES} messages of {size} bytes, {SESSIONS} sessions, medians of {ROUNDS}")
    print(f"{'':20} {'msg/s':>9} {'ratio':>7} {'CPU µs/msg':>11}")
    peer = median([r for r, _ in rates["smtp-source"]])
    for name, seen in rates.items():
        ratio = median([a / b for (a, _), (b, _) in zip(seen, rates["smtp-source"])])
        print(f"{name:20} {median([r for r, _ in seen]):9.0f} {ratio:7.2f} "
              f"{median([c for _, c in seen]):11.0f}")
    return peer


def delay():
    root, size = prepare("delay", MESSAGES)
    with Server("--delay", "10") as server:
        aim(root, server.port)
        rates = [send(root)[0] for _ in range(ROUNDS)]
        out = timed([DIALOGUE, str(server.port), str(SESSIONS), str(MESSAGES), str(size)])[3]
    print(f"\n10 ms to answer the dot, {SESSIONS} connections: {median(rates):.0f} msg/s "
          f"(dialogue alone {out.split()[0]})")


def in_space(name):
    return ["ip", "netns", "exec", name]


def distance():
    if os.getuid() != 0 or not shutil.which("ip"):
        print("\ndistance: needs root and iproute2")
        return
    here, there = f"glos{os.getpid()}a", f"glos{os.getpid()}b"
    wire = None
    root, size = prepare("distance", max(MESSAGES // 2, 1))
    try:
        for space in (here, there):
            subprocess.run(["ip", "netns", "add", space], check=True)
            subprocess.run([*in_space(space), "ip", "link", "set", "lo", "up"], check=True)
        wire = subprocess.Popen([os.path.join(BUILD, "tests/bench/wire"), here, there, "10"],
                                stdout=subprocess.PIPE, text=True)
        if wire.stdout.readline().strip() != "ready":
            print("\ndistance: no tunnel between namespaces here")
            return
        with Server("--any", prefix=in_space(there)) as server:
            aim(root, server.port, host="10.77.0.2", tls="if-offered")
            rates = [send(root, in_space(here))[0] for _ in range(min(ROUNDS, 3))]
            out = timed([*in_space(here), DIALOGUE, str(server.port), str(SESSIONS),
                         str(max(MESSAGES // 2, 1)), str(size), "10.77.0.2"])[3]
        ping = subprocess.run([*in_space(here), "ping", "-c", "3", "-q", "10.77.0.2"], text=True,
                              capture_output=True).stdout.strip().splitlines()
        print(f"\n20 ms round trip, {SESSIONS} connections: {median(rates):.0f} msg/s "
              f"(dialogue alone {out.split()[0]})\n  {ping[-1] if ping else ''}")
    finally:
        if wire:
            wire.terminate()
            wire.wait()
        for space in (here, there):
            subprocess.run(["ip", "netns", "del", space], check=False)


def memory():
    root, size = prepare("memory", 100_000)
    with Server() as server:
        aim(root, server.port)
        rate, cpu, peak = send(root)
    print(f"\n100,000 subscribers of {size} bytes: {rate:.0f} msg/s, {cpu:.0f} µs CPU a message, "
          f"peak {peak / 1024:.1f} MB")


def fill(root, people):
    """A roster without going through CSV."""
    glos(root, "subscribers", "add", "first@x.example")
    with sqlite3.connect(os.path.join(root, "var/glos.db")) as db:
        db.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                   " INSERT INTO subscriber(key, domain, address, name, language, regions, consent_at,"
                   "  consent_source, token, state, created_at, updated_at)"
                   " SELECT 'p' || i || '@d' || (i % 500) || '.example', 'd' || (i % 500) || '.example',"
                   "  'p' || i || '@d' || (i % 500) || '.example', '', 'pl', '', '', '',"
                   "  lower(hex(randomblob(13))), 0, 0, 0 FROM n", (people - 1,))
    db.close()


def ledger():
    """The rounds of both sizes in turn, as the machine's speed changes; each claims from the same
    ledger, which the one before did not touch."""
    sizes = (10_000, 1_000_000)
    frozen, seen = {}, {people: [] for people in sizes}
    print("\nledger in SQLite")
    for people in sizes:
        root = publication(os.path.join(folder, f"ledger{people}"), 1)
        fill(root, people)
        wall, cpu = timed([LEDGER, root, "0"])[3].split()
        print(f"  fan-out of {people:>9} rows: {wall} s, {cpu} s CPU")
        frozen[people] = os.path.join(root, "var/glos.db")
    root = publication(os.path.join(folder, "ledger"), 1)
    os.makedirs(os.path.join(root, "var"), exist_ok=True)
    for _ in range(ROUNDS):
        for people in sizes:
            for end in ("-wal", "-shm", ""):
                if os.path.exists(path := os.path.join(root, "var/glos.db" + end)):
                    os.unlink(path)
            shutil.copyfile(frozen[people], path)
            os.sync()
            seen[people].append(float(timed([LEDGER, root, "10000"])[3].split()[3]))
    ratios = [many / few for few, many in zip(*seen.values())]
    print(f"  10,000 claimed and marked, 256 a turn, medians of {ROUNDS}: " +
          ", ".join(f"{median(v):.1f} µs CPU a row of {k}" for k, v in seen.items()) + f", ratio "
          f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def ledger_postgresql():
    """The same in PostgreSQL, where it is installed; of its server, too."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
    import postgresql
    if not postgresql.installed():
        print("  PostgreSQL is not installed")
        return
    people = 1_000_000
    with postgresql.Postgresql("shared_buffers=256MB") as server:
        root = publication(os.path.join(folder, "ledgerpg"), 1, store=server.url())
        subprocess.run([GLOS, "-C", root, "-q", "store", "migrate"], check=True)
        server.psql("INSERT INTO subscriber(key, domain, address, name, language, regions, consent_at, consent_source,"
                    " token, state, created_at, updated_at) SELECT a, d, a, '', 'pl', '', '', '', md5(a), 0, 0, 0 FROM"
                    " (SELECT 'p' || i || '@d' || i % 500 || '.example' AS a, 'd' || i % 500 || '.example' AS d"
                    f"  FROM generate_series(1, {people}) i) x")
        server.psql("ANALYZE subscriber")
        server.psql("CHECKPOINT")
        wall, cpu, _, row = timed([LEDGER, root, "10000", server.url()])[3].split()
        print(f"  PostgreSQL: fan-out of {people} rows {wall} s, {cpu} s CPU; 10,000 claimed and marked, {row} µs CPU a row")


def imports():
    root = publication(os.path.join(folder, "import"), 1)
    path = os.path.join(folder, "rows.csv")
    with open(path, "w") as f:
        f.write("email;name;region\n" +
                "".join(f"u{i}@d{i % 500}.example;Osoba {i};region {i % 16}\n" for i in range(100_000)))
    seconds, cpu, peak, _ = timed([GLOS, "-C", root, "-q", "subscribers", "import", path])
    print(f"\nimport of 100,000 rows: {seconds:.2f} s, {cpu:.2f} s CPU, peak {peak / 1024:.0f} MB")


PARTS = {"loopback": loopback, "delay": delay, "distance": distance, "memory": memory,
         "ledger": ledger, "postgresql": ledger_postgresql,
         "import": imports}
try:
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
        sys.stdout.flush()
finally:
    shutil.rmtree(folder, ignore_errors=True)
