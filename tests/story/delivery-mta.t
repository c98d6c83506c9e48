#!/usr/bin/python3
"""An issue through a mail server that is not ours (aiosmtpd: STARTTLS, login), read by
Python's own mail parser; DKIM checked by python3-dkim where it is installed."""

import base64
import email
import email.policy
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import ENVIRONMENT, Tap, glos, publication, subscribe  # noqa: E402

PEOPLE = 1000
tap = Tap()
certificate, key = os.path.join(tap.folder, "ca.pem"), os.path.join(tap.folder, "key.pem")
mail = os.path.join(tap.folder, "mail")
os.mkdir(mail)
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
                certificate, "-days", "2", "-subj", "/CN=mta", "-addext",
                "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)


def messages():
    """(sender, recipient, bytes of the message) of all that arrived."""
    for name in sorted(os.listdir(mail)):
        with open(os.path.join(mail, name), "rb") as f:
            sender, recipient, rest = f.read().split(b"\r\n", 2)
        yield sender.split(b": ")[1].decode(), recipient.split(b": ")[1].decode(), rest


mta = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "../servers/mta.py"), mail, certificate,
                        key, "glos", "tajne"], stdout=subprocess.PIPE, text=True)
try:
    port = int(mta.stdout.readline().split()[1])
    root = publication(
        os.path.join(tap.folder, "p"), port, tls="required",
        more=[f"ca_file: {certificate}", "user: glos", "password_env: GLOS_TEST_PASSWORD"],
        dkim="dkim: {domain: proba.example.org, keys: [{selector: s2026, key: dkim.pem},"
             " {selector: e2026, key: ed.pem}]}\n")
    subprocess.run(["openssl", "genrsa", "-out", os.path.join(root, "dkim.pem"), "2048"], check=True,
                   capture_output=True)
    subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out",
                    os.path.join(root, "ed.pem")], check=True, capture_output=True)
    password = {"GLOS_TEST_PASSWORD": "tajne"}
    people = [f"osoba{i}@domena{i % 7}.example" for i in range(PEOPLE)]
    subscribe(root, people)
    glos(root, "subscribers", "add", "zażółć@domena.example", "--name", "Zażółć Gęślą")
    glos(root, "subscribers", "add", "ewa@żółw.example", "--name", "Ewa")
    run = glos(root, "send", "1", environment={"GLOS_TEST_PASSWORD": "zle"})
    tap.ok(run.returncode == 3 and "[smtp-auth]" in run.stderr, "a wrong password stops the issue",
           run.stderr)
    run = glos(root, "send", "1", environment=password)
    tap.same(run.returncode, 0, "the issue is sent")
    print("# " + run.stdout.strip())
finally:
    mta.send_signal(signal.SIGTERM)
    mta.wait(10)

got = list(messages())
wanted = people + ["zażółć@domena.example", "ewa@xn--w-uga1v8h.example"]
tap.same(sorted(r for _, r, _ in got), sorted(wanted), "each got it exactly once")
tap.same(len({s for s, _, _ in got}), len(wanted), "each from an address of its own (VERP)")
tap.ok(all(s.startswith("odbicia+") and s.endswith("@proba.example.org") for s, _, _ in got),
       "of the return path")
parsed = [email.message_from_bytes(m, policy=email.policy.SMTP) for _, _, m in got]
tap.same([d for p in parsed for part in p.walk() for d in part.defects], [], "no parser finds a defect")
tap.same(len({p["Message-ID"] for p in parsed}), len(wanted), "every Message-ID is one of its own")
tap.ok(all(p["To"] and r.split("@")[1] in p["To"] for p, (_, r, _) in zip(parsed, got)),
       "To names the recipient")
tap.ok(all(m.count(b"\r\n") == m.count(b"\n") == m.count(b"\r") for _, _, m in got),
       "all lines end in CRLF")
tap.ok(all(len(line) <= 998 for _, _, m in got for line in m.split(b"\r\n")), "no line is overlong")
tap.ok(all(p["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for p in parsed),
       "one-click unsubscribe is offered")
tap.ok(all(p["DKIM-Signature"] for p in parsed), "all are signed")

try:
    import dkim
except ImportError:
    print("# python3-dkim is not installed: signatures are checked by OpenSSL in the unit tests alone")
else:
    def public(name, *form):
        return subprocess.run(["openssl", "pkey", "-in", os.path.join(root, name), "-pubout", *form],
                              capture_output=True, check=True).stdout

    # RFC 8463, 4: the key itself, without the frame that RSA's has around it.
    records = {
        b"s2026": b"v=DKIM1; k=rsa; p=" + b"".join(public("dkim.pem").splitlines()[1:-1]),
        b"e2026": b"v=DKIM1; k=ed25519; p=" + base64.b64encode(public("ed.pem", "-outform", "DER")[-32:])}

    def verify(message, all_of_them=False):
        judge, lookup = dkim.DKIM(message), lambda name, timeout=5: records[name.split(b".")[0]]
        found = []
        for i in range(2):
            try:
                found.append(judge.verify(idx=i, dnsfunc=lookup))
            except dkim.DKIMException:
                found.append(False)
        return all(found) if all_of_them else any(found)

    tap.ok(all(verify(m, all_of_them=True) for _, _, m in got[:50]),
           "python3-dkim accepts both signatures")
    sample = got[0][2]
    for old, new, what in [(b"Tre", b"Trx", "the body"), (b"Subject: ", b"Subject: x", "Subject"),
                           (b"/u/", b"/v/", "List-Unsubscribe"),
                           (b"MIME-Version", b"List-Unsubscribe: <https://evil.example>\r\nMIME-Version",
                            "a second List-Unsubscribe"),
                           (b"To: ", b"From: <evil@example.org>\r\nTo: ", "a second From")]:
        assert old in sample
        tap.ok(not verify(sample.replace(old, new, 1)), f"and no longer after a change of {what}")
tap.done()
