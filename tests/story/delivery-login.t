#!/usr/bin/python3
"""Logging in and TLS, against a server that writes down what it hears: each way to log in,
certificates of clients, and what is told when one does not fit; nothing in the clear."""

import ctypes
import itertools
import json
import os
import re
import sqlite3
import ssl
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from scribe import Authority, Scribe  # noqa: E402
from post import Tap, glos, publication, subscribe  # noqa: E402

tap = Tap()
ours, others = Authority(tap.folder), Authority(tap.folder, "others")
server_certificate = ours.issue("server")
numbers = itertools.count()
QUICK = ("--tries", "1", "--wait", "0", "--time-limit", "5")
HARMLESS = {"EHLO", "STARTTLS", "QUIT"}
PASSWORD = {"SECRET": "ta jne:hasło"}
LOGIN = ["user: glos@x.example", "password_env: SECRET"]


def send(server, more=(), trust=True, who=3, environment=None, files=(), tls="required", readers=0):
    """(root, what became of it)"""
    root = os.path.join(tap.folder, f"p{next(numbers)}")
    lines = list(more) + ([f"ca_file: {ours.pem}"] if trust else [])
    publication(root, server.port, scheme="smtps" if server.implicit else "smtp", tls=tls,
                connections=1, more=lines)
    for name, text in files:
        path = os.path.join(root, name)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, stat.S_IRWXU | readers)
    subscribe(root, [f"o{i}@x.example" for i in range(who)])
    return root, glos(root, "send", "1", *QUICK, environment=environment or {})


def goes(name, server, used, **how):
    """All is sent, by these commands of login, and none in the clear."""
    with server:
        root, run = send(server, **how)
    how_often = {way: len(server.said(f"AUTH {way}")) for way in used}
    tap.ok(run.returncode == 0 and sorted(server.recipients) == [f"o{i}@x.example" for i in range(3)] and
           server.clear() <= (set() if server.implicit else HARMLESS) and
           all(how_often.values()) and len(server.said("AUTH")) == sum(how_often.values()),
           name, f"{run.returncode} {server.heard} {run.stdout + run.stderr}")
    return root, run


def fails(name, server, words, code=3, state=(0, 0), stopped=None, secrets=(), **how):
    """Nothing is sent and nothing told in the clear; these words are said, no secret is."""
    with server:
        root, run = send(server, **how)
    said = run.stdout + run.stderr
    with sqlite3.connect(os.path.join(root, "var/glos.db")) as db:
        rows = db.execute("SELECT DISTINCT state, attempts FROM delivery").fetchall()
        issue = db.execute("SELECT paused, words FROM issue").fetchall()
    db.close()
    secrets = [*secrets, *PASSWORD.values()]
    tap.ok(run.returncode == code and all(w in said for w in words) and not server.recipients and
           not server.said("MAIL") and server.clear() <= (set() if server.implicit else HARMLESS) and
           rows in ([], [state]) and not any(s in said + str(issue) for s in secrets) and
           (stopped is None or [p for p, _ in issue] == [int(stopped)]),
           name, f"{run.returncode} {rows} {issue} {server.heard}\n{said}")
    return root, run


def users(ways, **more):
    return Scribe(server_certificate, ways, {"glos@x.example": PASSWORD["SECRET"]}, **more)


# ---- by a password ----
goes("PLAIN behind STARTTLS", users("PLAIN LOGIN"), ["PLAIN"], more=LOGIN, environment=PASSWORD)
goes("PLAIN with TLS from the first byte", users("PLAIN", implicit=True), ["PLAIN"], more=LOGIN,
     environment=PASSWORD)
goes("LOGIN where nothing else is offered", users("LOGIN"), ["LOGIN"], more=LOGIN, environment=PASSWORD)
goes("auth: login is obeyed", users("PLAIN LOGIN"), ["LOGIN"], more=[*LOGIN, "auth: login"],
     environment=PASSWORD)
goes("auth: plain is obeyed", users("LOGIN PLAIN XOAUTH2"), ["PLAIN"], more=[*LOGIN, "auth: plain"],
     environment=PASSWORD)
goes("Kerberos and NTLM are not tried", users("GSSAPI NTLM PLAIN"), ["PLAIN"], more=LOGIN,
     environment=PASSWORD)
for readers in 0, stat.S_IROTH:
    run = goes("a password from a file", users("PLAIN"), ["PLAIN"], readers=readers,
               more=["user: glos@x.example", "password_file: secret"], files=[("secret", PASSWORD["SECRET"] + "\n")])[1]
    tap.same("[password-open]" in run.stderr and "chmod 600" in run.stderr, bool(readers),
             "one that everybody can read is told")
fails("a wrong password stops the issue in the server's words", users("PLAIN LOGIN"),
      ["[smtp-auth]", "535 5.7.8 these credentials are not good"], more=LOGIN, stopped=True,
      environment={"SECRET": "wrong-secret"}, secrets=["wrong-secret"])
fails("no way to log in fits", users("GSSAPI"), ["[smtp-auth]", "no way to log in that fits: GSSAPI"],
      more=LOGIN, stopped=True, environment=PASSWORD)
fails("no login is offered at all", users(""), ["[smtp-auth]", "that fits: none at all"], more=LOGIN,
      stopped=True, environment=PASSWORD)
libcurl = ctypes.CDLL("libcurl.so.4")
libcurl.curl_version.restype = ctypes.c_char_p
if b"gsasl" not in libcurl.curl_version().lower():
    fails("SCRAM where libcurl has none is told before anything leaves", users("SCRAM-SHA-256 PLAIN"),
          ["[smtp-setting]", "SCRAM", "auth: plain"], code=1, more=[*LOGIN, "auth: scram-sha-256"],
          environment=PASSWORD)

# ---- by a token ----
TOKEN = "ya29.abc-DEF_123~+/=="


def tokens(ways, good=lambda user, token: (user, token) == ("glos@x.example", TOKEN), **more):
    return Scribe(server_certificate, ways, tokens=good, **more)


USER = "user: glos@x.example"
goes("XOAUTH2, the token of a program", tokens("PLAIN XOAUTH2"), ["XOAUTH2"],
     more=[USER, "token_command: [./token, glos]"], files=[("token", f"#!/bin/sh\necho '{TOKEN}'\n")])
goes("OAUTHBEARER, the token of a file", tokens("PLAIN OAUTHBEARER", implicit=True), ["OAUTHBEARER"],
     more=[USER, "auth: oauthbearer", "token_file: token"], files=[("token", TOKEN + "\n")])
goes("XOAUTH2 by choice, the token of the environment", tokens("OAUTHBEARER XOAUTH2"), ["XOAUTH2"],
     more=[USER, "auth: xoauth2", "token_env: SECRET"], environment={"SECRET": TOKEN})
for way, words in (("XOAUTH2", '{"status":"401",'), ("OAUTHBEARER", "535 5.7.8")):
    fails(f"{way}: an expired token stops the issue", tokens(way), ["[smtp-auth]", words],
          more=[USER, "token_file: token"], files=[("token", "expired-token")], stopped=True,
          secrets=["expired-token"])
fails("a token is never given as a password", tokens("PLAIN LOGIN"), ["[smtp-auth]", "PLAIN LOGIN"],
      more=[USER, "token_file: token"], files=[("token", TOKEN)], secrets=[TOKEN])
COUNTING = "#!/bin/sh\necho x >>runs\necho token$(wc -l <runs)\n".replace("runs", '"$(dirname "$0")"/runs')
server = tokens("XOAUTH2", lambda user, token: token == "token2")
goes("an expired token is asked for anew", server, ["XOAUTH2"], more=[USER, "token_command: [./token]"],
     files=[("token", COUNTING)])
tap.same((server.refused, len(server.said("AUTH"))), (1, 2), "once")
server = tokens("OAUTHBEARER", lambda user, token: False)
fails("and no more than once", server, ["[smtp-auth]", "535"], more=[USER, "token_command: [./token]"],
      files=[("token", COUNTING)], stopped=True)
tap.same(server.refused, 2, "two tokens were tried")
accepted = []


def first_is_used_up(user, token):
    accepted.append(token)
    return token == ("token1" if len(accepted) == 1 else "token2")


with tokens("XOAUTH2", first_is_used_up) as server:
    root, run = send(server, [USER, "token_command: [./token]"], who=150, files=[("token", COUNTING)])
tap.ok(run.returncode == 0 and sorted(server.recipients) == sorted(f"o{i}@x.example" for i in range(150)) and
       accepted == ["token1", "token1", "token2"], "a token that expires while an issue is sent",
       f"{run} {accepted} {len(server.recipients)}")
for what, script, words in [("fails", "#!/bin/sh\nexit 3\n", "ended with status 3"),
                            ("says nothing", "#!/bin/sh\n", "no token"),
                            ("says more than a token", "#!/bin/sh\necho a b\necho c\n", "no token")]:
    fails(f"a token's program that {what}", tokens("XOAUTH2"), ["[smtp-setting]", "./token", words], code=1,
          more=[USER, "token_command: [./token]"], files=[("token", script)])
fails("a token's program that is not there", tokens("XOAUTH2"), ["[smtp-setting]", "No such file"], code=1,
      more=[USER, "token_command: [./token]"])

# ---- by a certificate ----
certificate, key = ours.issue("glos", "email:glos@x.example")
BY_CERTIFICATE = [f"client_certificate: {certificate}", f"client_key: {key}"]


def demanding(ways="", **more):
    return Scribe(server_certificate, ways, {"glos@x.example": PASSWORD["SECRET"]},
                       clients=ours.pem, **more)


goes("a client's certificate behind STARTTLS", demanding(), [], more=BY_CERTIFICATE)
goes("and with TLS from the first byte", demanding(implicit=True), [], more=BY_CERTIFICATE)
goes("certificate and password", demanding("PLAIN"), ["PLAIN"], more=[*BY_CERTIFICATE, *LOGIN],
     environment=PASSWORD)
goes("EXTERNAL", demanding("PLAIN EXTERNAL"), ["EXTERNAL"], more=[*BY_CERTIFICATE, "auth: external"])
goes("EXTERNAL for a user", demanding("EXTERNAL"), ["EXTERNAL"],
     more=[*BY_CERTIFICATE, "auth: external", "user: glos"])
fails("EXTERNAL for another user", demanding("EXTERNAL"), ["[smtp-auth]", "535"], stopped=True,
      more=[*BY_CERTIFICATE, "auth: external", "user: somebody"])
strange, strange_key = others.issue("glos")
STRANGE = [f"client_certificate: {strange}", f"client_key: {strange_key}"]
for implicit, version in itertools.product((False, True), (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)):
    how = f"{'implicit' if implicit else 'STARTTLS'}, {version.name}"
    fails(f"a wrong certificate of ours ({how})", demanding(implicit=implicit, version=version),
          ["[smtp-tls]", "the server does not take our certificate"], more=STRANGE, stopped=True)
    fails(f"none where one is demanded ({how})", demanding(implicit=implicit, version=version),
          ["[smtp-tls]"], stopped=True)
# Its alert is read or lost; what is said then is "the server does not take our certificate" or
# "it hung up right after TLS: it may want another certificate of ours".
fails("a server that hangs up before it tells why", demanding(hasty=True, version=ssl.TLSVersion.TLSv1_3),
      ["certificate", "[smtp-"], more=STRANGE)
fails("a key of another certificate", demanding(), ["[smtp-tls]"],
      more=[f"client_certificate: {certificate}", f"client_key: {strange_key}"])
locked = os.path.join(tap.folder, "locked.key")
ours.run("pkey", "-in", key, "-aes256", "-passout", "pass:x", "-out", locked)
fails("a key with a passphrase asks nobody", demanding(), ["[smtp-tls]"],
      more=[f"client_certificate: {certificate}", f"client_key: {locked}"])
fails("a certificate that is not there", demanding(), ["[file-missing]", "nowhere.pem"],
      more=["client_certificate: nowhere.pem", f"client_key: {key}"])

# ---- the server is not who it should be ----
for implicit in (False, True):
    how = "implicit" if implicit else "STARTTLS"
    fails(f"an unknown authority ({how})", users("PLAIN", implicit=implicit), ["[smtp-tls]", "certificate"],
          trust=False, more=LOGIN, environment=PASSWORD, stopped=True)
    elsewhere = Scribe(ours.issue("elsewhere", "DNS:mail.example.org"), "PLAIN", implicit=implicit)
    fails(f"a certificate of another host ({how})", elsewhere, ["[smtp-tls]", "127.0.0.1"], more=LOGIN,
          environment=PASSWORD, stopped=True)
fails("no STARTTLS where TLS is required", users("PLAIN", starttls=None), ["[smtp-tls]"], more=LOGIN,
      environment=PASSWORD, stopped=True)
fails("no STARTTLS for a certificate, even if it is not required", users("", starttls=None),
      ["[smtp-tls]"], more=BY_CERTIFICATE, tls="if-offered", stopped=True)
fails("STARTTLS refused for good", users("PLAIN", starttls="502 5.5.1 no"), ["[smtp-tls]", "502 5.5.1 no"],
      more=LOGIN, environment=PASSWORD, stopped=True)
fails("STARTTLS refused for now waits", users("PLAIN", starttls="454 4.7.0 not now"),
      ["[smtp-connect]", "454 4.7.0 not now"], more=LOGIN, environment=PASSWORD, stopped=False)

# ---- what the ledger says ----
with users("PLAIN") as server:
    root, run = send(server, LOGIN, environment={"SECRET": "wrong"})
    status = json.loads(glos(root, "status", "1", "--json").stdout)
    words = glos(root, "status", "1").stdout
    again = glos(root, "send", "1", *QUICK, environment=PASSWORD)
tap.ok(status["paused"] and status["pending"] == 3 and "535 5.7.8" in words,
       "glos status has the words until the next run", f"{status} {words}")
tap.same((again.returncode, len(server.recipients)), (0, 3), "with the right password the next run sends")

# ---- texts longer than what is written at once ----
ARTICLE = "---\ntitle: Długi\nlayout: letter\n---\n\n" + "".join(
    f"Akapit {i}. " + "Pacjent i jego prawa. " * (i % 40) + "\n\n" for i in range(150))


def without_own(text):
    """What is the same for everyone, lines unfolded."""
    own = re.compile(rb"^(Date|To|Message-ID): .*$|(?<=/)[a-z0-9]{22,26}|(?<=unsubscribe%20)[a-z0-9]+", re.M)
    return own.sub(b"", re.sub(rb"(?<!\?)=\r\n", b"", text))


for name, how in (("in the clear", {}), ("by STARTTLS", {"certificate": server_certificate}),
                  ("by TLS from the first byte", {"certificate": server_certificate, "implicit": True})):
    with Scribe(slow=0.002, **how) as server:
        root = publication(os.path.join(tap.folder, name), server.port, connections=4,
                           scheme="smtps" if server.implicit else "smtp", more=[f"ca_file: {ours.pem}"],
                           tls="required" if how else "never")
        with open(os.path.join(root, "issues/1/a.md"), "w") as f:
            f.write(ARTICLE)
        subscribe(root, [f"o{i}@x.example" for i in range(8)])
        run = glos(root, "send", "1", *QUICK)
    glos(root, "build", "1", "-e", "email", "-q")
    with open(os.path.join(root, "out/1/email/pl.eml"), "rb") as f:
        expected = f.read()
    tap.ok(run.returncode == 0 and len(set(server.texts)) == 8 and len(expected) > 140_000 and
           {without_own(text) for text in server.texts} == {without_own(expected)},
           f"a text that goes out in pieces arrives as it is, {name}",
           f"{run.stdout + run.stderr} {[len(t) for t in server.texts]} {len(expected)}")
tap.done()
