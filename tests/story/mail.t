#!/usr/bin/python3
"""The e-mail as others read it: the reference issue is small; it arrives signed, and
python3-dkim and opendkim believe it, but not with a byte changed; Python's parser finds
no defect and the parts byte for byte; mutt shows it; SpamAssassin has nothing against
it. Readers of another language get the message in theirs."""

import email
import email.policy
import os
import pty
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import Sink, Tap, glos, publication  # noqa: E402
from reference import DOMAIN, SELECTOR, reference  # noqa: E402

tap = Tap()


def read(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, content):
    with open(path, "wb") as f:
        f.write(content)
    return path


# ---- the reference issue, built and sent ----
root, built_so, sent_so, message, record = reference(tap.folder)
tap.same(built_so, (0, ""), "the reference issue is built without a word")
built = {end: read(os.path.join(root, f"out/wzor/email/pl.{end}")) for end in ("html", "txt", "eml")}
tap.ok(len(built["html"]) <= 20 * 1024, "its HTML has 20 KB at most", f"{len(built['html'])} bytes")
print(f"# {len(built['html'])} bytes of HTML, {len(built['eml'])} of the message")
tap.same(sent_so, 0, "and sent")

# ---- Python's parser ----
def parts_of(raw):
    parsed = email.message_from_bytes(raw, policy=email.policy.SMTP)
    defects = [d for p in parsed.walk() for d in p.defects]
    defects += [d for p in parsed.walk() for v in p.values() for d in getattr(v, "defects", ())]
    return parsed, defects


for what, raw in (("as built", built["eml"]), ("as sent", message)):
    parsed, defects = parts_of(raw)
    tap.same(defects, [], f"Python's parser finds no defect, {what}")
    tap.same([p.get_content_type() for p in parsed.walk()],
             ["multipart/alternative", "text/plain", "text/html"], f"and the parts, {what}")
parsed, _ = parts_of(built["eml"])
for kind, end in (("plain", "txt"), ("html", "html")):
    got = parsed.get_body((kind,)).get_payload(decode=True)
    # The line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
    tap.same(got.rstrip(b"\r\n"), built[end].replace(b"\n", b"\r\n").rstrip(b"\r\n"),
             f"{kind} comes back byte for byte")
    tap.ok(all(len(line) <= 76 for line in built["eml"].split(b"\r\n\r\n", 1)[1].split(b"\r\n")),
           "no line of the body is longer than 76")
text = built["txt"].decode()
tap.ok(all(len(line) <= 72 or " " not in line for line in text.splitlines()),
       "lines of text have 72 columns at most")
tap.ok(all(line == line.strip() for line in text.splitlines() if "://" in line),
       "addresses stand on lines of their own")
tap.ok("https://glos.example.org/u/" in text.split("\n-- \n")[1], "the way out stands behind '-- '")

# ---- DKIM ----
import dkim  # noqa: E402

configuration = write(os.path.join(tap.folder, "opendkim.conf"), f"""\
Mode v
TestPublicKeys {tap.folder}/keys
Socket inet:0@127.0.0.1
UserID {os.getuid()}
""".encode())
write(os.path.join(tap.folder, "keys"), f"{SELECTOR}._domainkey.{DOMAIN} {record}\n".encode())


def python_believes(raw):
    return dkim.verify(raw, dnsfunc=lambda name, timeout=5: record.encode())


def opendkim_believes(raw):
    """Its exit status is 0 either way; what it says tells."""
    path = write(os.path.join(tap.folder, "signed.eml"), raw)
    said = subprocess.run(["/usr/sbin/opendkim", "-x", configuration, "-t", path], text=True,
                          capture_output=True, timeout=60)
    good = "verification (s=" in said.stdout + said.stderr and "succeeded" in said.stdout + said.stderr
    bad = "failed" in said.stdout + said.stderr or "bad signature" in said.stdout + said.stderr
    if good == bad:
        print("# opendkim: " + (said.stdout + said.stderr).replace("\n", "\n# "))
    return good


changes = [("the body", b"Drodzy", b"Drodzz"), ("From", b"redakcja@glos.example.org>", b"redakcjb@glos.example.org>"),
           ("List-Unsubscribe", b"List-Unsubscribe: <https://glos.example.org/u/",
            b"List-Unsubscribe: <https://glos.example.org/v/")]
for judge, believes in (("python3-dkim", python_believes), ("opendkim", opendkim_believes)):
    tap.ok(believes(message), f"{judge} believes the signature")
    for what, old, new in changes:
        tap.ok(old in message and not believes(message.replace(old, new, 1)),
               f"and no longer with a byte of {what} changed")

# ---- mutt ----
box = write(os.path.join(tap.folder, "box"),
            b"From redakcja@glos.example.org Tue Mar 17 08:00:00 2026\n" +
            message.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n")
shown = os.path.join(tap.folder, "shown")
write(os.path.join(tap.folder, "muttrc"), f"""\
set charset=utf-8 pipe_decode=yes wait_key=no reflow_text=no quit=yes copy=no
set folder={tap.folder} tmpdir={tap.folder} header_cache=""
unset mark_old
alternative_order text/plain text/html
push "<pipe-message>cat > {shown}<enter><quit>"
""".encode())
child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM="vt100", LC_ALL="C.UTF-8", HOME=tap.folder)
    os.execv("/usr/bin/mutt", ["mutt", "-n", "-F", os.path.join(tap.folder, "muttrc"), "-R", "-f", box])
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
os.waitpid(child, 0)
said = read(shown).decode() if os.path.exists(shown) else ""
words = " ".join(said.split())
tap.ok("Subject: Głos Pacjenta 2/2026: co się zmienia w opiece" in words and
       "Najgorsze było to, że nie wiedziałam, do kogo zadzwonić." in words and
       "Wypisz się z listy" in words, "mutt shows subject, quote and footer", said)

# ---- SpamAssassin ----
run = subprocess.run(["/usr/bin/spamassassin", "-L", "-t"], input=message, capture_output=True,
                     timeout=300, env={**os.environ, "HOME": tap.folder})
score = re.search(rb"score=(-?[0-9.]+)", run.stdout)
tap.ok(score and float(score[1]) <= 0, "SpamAssassin: 0 points at most",
       run.stdout.decode(errors="replace")[-2000:])

# ---- other languages ----
languages = os.path.join(tap.folder, "languages")
received = os.path.join(tap.folder, "received")
os.mkdir(received)
with Sink(tap.folder, "--mail", received, name="languages") as server:
    publication(languages, server.port)
    write(os.path.join(languages, "issues/1/uk.md"),
          "---\ntitle: Ви не самі\nlanguage: uk\nlayout: letter\n---\n\nТекст листа.\n".encode())
    issue = os.path.join(languages, "issues/1/issue.yaml")
    write(issue, read(issue).replace(b"b.md]", b"b.md, uk.md]") +
          "languages:\n  uk: {title: Новий номер}\n".encode())
    for address, language in (("ola@x.example", "pl"), ("oksana@x.example", "uk"),
                              ("olena@x.example", "uk-UA"), ("kari@x.example", "nb")):
        glos(languages, "subscribers", "add", address, "--language", language)
    tap.same(glos(languages, "send", "1", "--test", "oksana@x.example").returncode, 0,
             "a test goes out in the person's language")
    tap.same(glos(languages, "send", "1").returncode, 0, "and the issue to all")
got = {}
for name in sorted(os.listdir(received)):
    raw = read(os.path.join(received, name))
    parsed = email.message_from_bytes(raw[raw.index(b"From: "):], policy=email.policy.SMTP)
    body = parsed.get_body(("plain",)).get_content()
    got.setdefault(str(parsed["To"]), []).append(
        (parsed["Content-Language"], parsed["Subject"], "Treść" in body, "Текст листа" in body))
polish, ukrainian = ("pl", "Próba 1/2026", True, True), ("uk", "Новий номер", False, True)
tap.same(got, {"ola@x.example": [polish], "kari@x.example": [polish],
               "oksana@x.example": [ukrainian, ukrainian], "olena@x.example": [ukrainian]},
         "each reads it in a language of theirs, or the publication's")
tap.done()
