#!/usr/bin/python3
"""10,000 subscribers through a mail server that is not ours (aiosmtpd: STARTTLS,
login): each exactly once. Then again, killed with -9 twice in the middle: each at
least once, and nobody twice but those whom the ledger calls ambiguous."""

import collections
import json
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import ENVIRONMENT, GLOS, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE = 10_000
CONNECTIONS = 8
PASSWORD = {"GLOS_TEST_PASSWORD": "tajne"}
tap = Tap()
certificate, key = os.path.join(tap.folder, "ca.pem"), os.path.join(tap.folder, "key.pem")
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
                certificate, "-days", "2", "-subj", "/CN=mta", "-addext",
                "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
people = [f"osoba{i}@domena{i % 7}.example" for i in range(PEOPLE)]


class Server:
    def __init__(self, name):
        self.mail = os.path.join(tap.folder, name)
        os.mkdir(self.mail)
        self.process = subprocess.Popen(
            ["/usr/bin/python3", os.path.join(HERE, "../servers/mta.py"), self.mail, certificate, key,
             "glos", "tajne"], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    def received(self):
        counter = collections.Counter()
        for name in os.listdir(self.mail):
            with open(os.path.join(self.mail, name), "rb") as f:
                f.readline()
                counter[f.readline().split(b": ")[1].strip().decode()] += 1
        return counter


def prepare(name, port):
    root = publication(os.path.join(tap.folder, name + "-p"), port, tls="required",
                       connections=CONNECTIONS,
                       more=[f"ca_file: {certificate}", "user: glos",
                             "password_env: GLOS_TEST_PASSWORD"])
    subscribe(root, people)
    return root


with Server("once") as server:
    root = prepare("once", server.port)
    begun = time.monotonic()
    run = glos(root, "send", "1", environment=PASSWORD)
    print(f"# {PEOPLE / (time.monotonic() - begun):.0f} messages a second")
tap.same(run.returncode, 0, "10,000 are sent")
received = server.received()
tap.same(set(received) ^ set(people), set(), "to each of them and to nobody else")
tap.same(max(received.values()), 1, "exactly once")

with Server("killed") as server:
    root = prepare("killed", server.port)
    kills = 0
    for share in (0.3, 0.6):
        sending = subprocess.Popen([GLOS, "-C", root, "send", "1"], env={**ENVIRONMENT, **PASSWORD},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while sending.poll() is None and len(os.listdir(server.mail)) < share * PEOPLE:
            time.sleep(0.01)
        kills += sending.poll() is None
        sending.kill()
        sending.wait()
    run = glos(root, "send", "1", environment=PASSWORD)
    status = json.loads(glos(root, "status", "1", "--json").stdout)
    held = {row["address"] for row in
            json.loads(glos(root, "status", "1", "--ambiguous", "--json").stdout)}
tap.same(kills, 2, "killed twice while sending")
received = server.received()
print(f"# {len(held)} held as ambiguous, {sum(n > 1 for n in received.values())} received twice")
tap.same(run.returncode, 4 if held else 0, "the third run says whether it could settle all")
tap.same(status["sent"] + len(held), PEOPLE, "everyone is sent or ambiguous")
tap.same(set(people) - set(received) - held, set(), "nobody is lost")
tap.same({who for who, n in received.items() if n > 1} - held, set(), "nobody got it twice")
tap.ok(len(held) <= CONNECTIONS * kills, "at most one ambiguous a connection and kill", len(held))
tap.done()
