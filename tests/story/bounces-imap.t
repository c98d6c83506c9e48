#!/usr/bin/python3
"""Bounces from a folder of a mail server: secure, resumed after every end, without a trace where
none is wanted."""

import json
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import Sink, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE = 250
tap = Tap()


def certificate(name):
    pem, key = (os.path.join(tap.folder, name + end) for end in (".pem", ".key"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
                    pem, "-days", "2", "-subj", "/CN=imap", "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    return pem, key


class Imap:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", os.path.join(HERE, "../servers/imap.py"), box, "odbicia", "tajne",
             *options], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.process.stdout.close()

    def read(self, *options, scheme="imaps", password="tajne", folder="INBOX"):
        run = glos(root, "bounces", "--json", "--imap", f"{scheme}://127.0.0.1:{self.port}/{folder}",
                   "--user", "odbicia", "--password-env", "GLOS_TEST_PASSWORD", *options,
                   environment={"GLOS_TEST_PASSWORD": password})
        lines = run.stdout.splitlines()
        return run, json.loads(lines[-1]) if lines else {}


def commands():
    """What was asked since the last time."""
    path = os.path.join(box, "commands")
    with open(path) as f:
        said = f.read().splitlines()
    os.remove(path)
    return said


def flags():
    try:
        with open(os.path.join(box, "flags.json")) as f:
            return {int(k): v for k, v in json.load(f).items()}
    except FileNotFoundError:
        return {}


box = os.path.join(tap.folder, "box")
os.mkdir(box)
people = [f"osoba{i}@domena.example" for i in range(PEOPLE)]
with Sink(tap.folder) as sink:
    root = publication(os.path.join(tap.folder, "p"), sink.port)
    subscribe(root, people)
    glos(root, "send", "1")
    tokens = {who: message.split("@")[0].split(".")[-1] for who, message in sink.pairs()}
for i, who in enumerate(people):
    words = "550 5.1.1 User unknown" if i % 2 else "452 4.2.2 Mailbox full"
    with open(os.path.join(box, f"{i + 1}.eml"), "w", newline="\r\n") as f:
        f.write(f"Message-ID: <b{i}@domena.example>\nFrom: MAILER-DAEMON@domena.example\n"
                f"To: odbicia+{tokens[who]}@proba.example.org\nSubject: failure notice\n\n"
                f"<{who}>: {words}\n")
with open(os.path.join(box, f"{PEOPLE + 1}.eml"), "w", newline="\r\n") as f:
    f.write("From: jan@domena.example\nSubject: Pytanie\n\nDzień dobry\n")
with open(os.path.join(box, f"{PEOPLE + 2}.eml"), "w", newline="\r\n") as f:
    f.write("From: jan@domena.example\nSubject: Zdjęcia\n\n" + "x" * 70 + "\n")
    f.write(("y" * 70 + "\n") * 100000)
ours, others = certificate("ours"), certificate("others")
trusted = ("--ca-file", ours[0])

with Imap("--tls", *ours) as imap:
    run, _ = imap.read()
    tap.ok(run.returncode == 3 and "[mailbox-connect]" in run.stderr,
           "a certificate that nobody vouches for is refused", run.stderr)
    run, _ = imap.read("--ca-file", others[0])
    tap.same(run.returncode, 3, "so is another's")
    run, _ = imap.read(*trusted, password="zle")
    tap.ok(run.returncode == 3 and "wrong password" in run.stderr,
           "a wrong password is told in the server's words", run.stderr)
    run, _ = imap.read(*trusted, folder="Nie%20ma")
    tap.ok(run.returncode == 3 and "Nie%20ma" in run.stderr, "so is a folder that is not there",
           run.stderr)
    tap.same(glos(root, "bounces", "--imap", "imaps://u:p@127.0.0.1/", "--user", "u", "--password-env",
                  "HOME").returncode, 1, "a password in the URL is a mistake")
    tap.same(glos(root, "bounces", "--imap", "https://127.0.0.1/").returncode, 1, "so is another scheme")
    commands()

    run, dry = imap.read(*trusted, "--dry-run")
    tap.same((run.returncode, dry["read"], dry["hard"], dry["soft"], dry["other"], dry["suppressed"]),
             (0, PEOPLE + 2, PEOPLE // 2, PEOPLE // 2, 2, PEOPLE // 2), "a dry run tells what would follow")
    said = commands()
    tap.ok(not any("STORE" in c for c in said) and not any(flags().values()),
           "and leaves no mail marked", flags())
    tap.ok(all("<0." in c for c in said if "FETCH" in c), "mails are asked for in part")
    run, kept = imap.read(*trusted, "--keep")
    tap.same((kept["suppressed"], any(flags().values())), (PEOPLE // 2, False),
             "--keep settles and leaves no mail marked")
    commands()

with Imap("--tls", *ours, "--port", str(imap.port)) as imap:
    run, again = imap.read(*trusted)
    tap.same((again["read"], sum("FETCH" in c for c in commands())), (0, 0),
             "the next run goes on behind the last mail")
    run, again = imap.read(*trusted, "--all")
    tap.same((again["read"], again["repeated"], again["suppressed"]), (PEOPLE + 2, PEOPLE, 0),
             "--all reads again what counts once")
    tap.same(sorted(u for u, f in flags().items() if "\\Seen" in f), list(range(1, PEOPLE + 1)),
             "what was understood is marked as seen, the rest is not")
    commands()

with Imap("--tls", *ours, "--validity", "8", "--port", str(imap.port)) as imap:
    run, again = imap.read(*trusted)
    tap.same((again["read"], again["repeated"]), (PEOPLE + 2, PEOPLE),
             "after a change of UIDVALIDITY all is read again, and counts once")
    commands()

# ---- interrupted ----

os.remove(os.path.join(root, "var/glos.db"))
os.remove(os.path.join(box, "flags.json"))
with Sink(tap.folder) as sink:
    root = publication(os.path.join(tap.folder, "q"), sink.port)
    subscribe(root, people)
    glos(root, "send", "1")
    tokens = {who: message.split("@")[0].split(".")[-1] for who, message in sink.pairs()}
for i, who in enumerate(people):
    path = os.path.join(box, f"{i + 1}.eml")
    with open(path, newline="") as f:
        text = f.read()
    at = text.index("odbicia+") + 8
    with open(path, "w", newline="") as f:
        f.write(text[:at] + tokens[who] + text[at + 26:])
total = 0
with Imap("--starttls", *ours, "--drop-after", "130", "--no-uidplus", "--first-uid", "100000") as imap:
    run, first = imap.read(*trusted, "--delete", scheme="imap")
    tap.ok(run.returncode == 3 and first["suppressed"] == 50, "a lost connection is told",
           (run.stderr, first))
    total += first["suppressed"]
    seen = sum("\\Deleted" in f for f in flags().values())
    tap.same(seen, 100, "what was settled before is marked, no more")
    run, rest = imap.read(*trusted, "--delete", scheme="imap")
    tap.ok((run.returncode, rest["read"]) == (0, PEOPLE + 2 - 100), "the next run goes on there",
           (run.stderr, rest))
    total += rest["suppressed"]
    tap.same(total, PEOPLE // 2, "nobody is lost, nobody counts twice")
    said = commands()
    tap.ok(any(c.startswith("STARTTLS") for c in said), "by STARTTLS")
    tap.ok(not any(c == "EXPUNGE" for c in said) and len(flags()) == PEOPLE + 2,
           "without UIDPLUS nothing is expunged that others marked")
with Imap("--tls", *ours, "--first-uid", "100000") as imap:
    run, rest = imap.read(*trusted, "--delete", "--all")
    tap.same((rest["repeated"], sorted(flags())), (PEOPLE, [100000 + PEOPLE, 100001 + PEOPLE]),
             "with UIDPLUS ours are, and what was not understood stays")
tap.done()
