#!/usr/bin/python3
"""A mail server with one folder, INBOX, for reading bounces over IMAP (RFC 3501).

    imap.py FOLDER USER PASSWORD [--tls CERTIFICATE KEY] [--starttls CERTIFICATE KEY]
            [--port N] [--validity N] [--drop-after N] [--no-uidplus] [--first-uid N]

FOLDER/NUMBER.eml are the mails; prints "port N". Flags of the mails stand in FOLDER/flags.json,
all commands in FOLDER/commands. A mail fetched without PEEK from a folder that was selected, not
examined, becomes \\Seen, as the standard demands. --drop-after: the connection is lost instead of
the N-th mail. Ends with SIGTERM."""

import argparse
import base64
import json
import os
import re
import socketserver
import ssl
import threading

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("user")
parser.add_argument("password")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--starttls", nargs=2)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--validity", type=int, default=7)
parser.add_argument("--drop-after", type=int, default=0)
parser.add_argument("--first-uid", type=int, default=1)
parser.add_argument("--no-uidplus", action="store_true")
o = parser.parse_args()
lock = threading.Lock()
files = sorted((f for f in os.listdir(o.folder) if f.endswith(".eml")), key=lambda f: int(f[:-4]))
uids = {o.first_uid + int(f[:-4]) - 1: f for f in files}
flags_file = os.path.join(o.folder, "flags.json")
flags = {uid: set() for uid in uids}
if os.path.exists(flags_file):
    with open(flags_file) as saved:
        flags.update({int(k): set(v) for k, v in json.load(saved).items()})
fetched = 0


def save():
    with open(flags_file, "w") as f:
        json.dump({k: sorted(v) for k, v in flags.items()}, f)


def numbers(text):
    """The UIDs of a set like 3,5:9,12:*."""
    found = set()
    last = max(flags, default=0)
    for part in text.split(","):
        ends = [last if e == "*" else int(e) for e in part.split(":")]
        low, high = min(ends), max(ends)
        found.update(u for u in flags if low <= u <= high)
    return sorted(found)


class Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def capability(self):
        names = ["IMAP4rev1", "SASL-IR", "AUTH=PLAIN"]
        if o.starttls and not self.secure:
            names.append("STARTTLS")
        if not o.no_uidplus:
            names.append("UIDPLUS")
        return " ".join(names)

    def secured(self, names):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*names)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.secure = True

    def setup(self):
        super().setup()
        self.secure = self.known = self.writes = self.chosen = False
        if o.tls:
            self.secured(o.tls)

    def handle(self):
        try:
            self.say("* OK ready")
            while line := self.rfile.readline():
                with lock:
                    if not self.command(line.decode(errors="replace").rstrip("\r\n")):
                        return
        except OSError:
            return

    def command(self, line):
        tag, _, rest = line.partition(" ")
        name, _, argument = rest.partition(" ")
        if name.upper() not in ("LOGIN", "AUTHENTICATE"):
            with open(os.path.join(o.folder, "commands"), "a") as log:
                log.write(rest + "\n")
        if name.upper() == "UID":
            name, _, argument = argument.partition(" ")
            name = "UID_" + name
        method = getattr(self, "do_" + name.upper(), None)
        free = ("CAPABILITY", "LOGIN", "AUTHENTICATE", "STARTTLS", "LOGOUT", "NOOP")
        if not method or (name.upper() not in free and not self.known):
            self.say(f"{tag} BAD not now")
            return True
        answer = method(tag, argument)
        if answer:
            self.say(f"{tag} {answer}")
        return answer is not None and name.upper() != "LOGOUT"

    def do_CAPABILITY(self, tag, argument):
        self.say("* CAPABILITY " + self.capability())
        return "OK done"

    def do_NOOP(self, tag, argument):
        return "OK done"

    def do_LOGOUT(self, tag, argument):
        self.say("* BYE")
        return "OK done"

    def do_STARTTLS(self, tag, argument):
        if not o.starttls or self.secure:
            return "BAD no"
        self.say(f"{tag} OK begin")
        self.secured(o.starttls)
        return ""

    def check(self, user, password):
        self.known = (user, password) == (o.user, o.password)
        return "OK welcome" if self.known else "NO [AUTHENTICATIONFAILED] wrong password"

    def do_LOGIN(self, tag, argument):
        words = [w.strip('"') for w in argument.split(" ")]
        return self.check(*words[:2])

    def do_AUTHENTICATE(self, tag, argument):
        mechanism, _, first = argument.partition(" ")
        if mechanism.upper() != "PLAIN":
            return "NO"
        if not first:
            self.say("+ ")
            first = self.rfile.readline().decode().strip()
        _, user, password = base64.b64decode(first).decode().split("\0")
        return self.check(user, password)

    def choose(self, writes):
        self.writes, self.chosen = writes, True
        self.say("* FLAGS (\\Seen \\Deleted)")
        self.say(f"* {len(flags)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {o.validity}] valid")
        self.say(f"* OK [UIDNEXT {max(flags, default=0) + 1}] next")
        return f"OK [READ-{'WRITE' if writes else 'ONLY'}] chosen"

    def do_SELECT(self, tag, argument):
        return self.choose(True) if argument.strip('"') == "INBOX" else "NO no such folder"

    def do_EXAMINE(self, tag, argument):
        return self.choose(False) if argument.strip('"') == "INBOX" else "NO no such folder"

    def do_UID_SEARCH(self, tag, argument):
        found = numbers(argument.split(" ")[1])
        self.say("* SEARCH" + "".join(f" {u}" for u in found))
        return "OK found"

    def do_UID_FETCH(self, tag, argument):
        global fetched
        match = re.fullmatch(r"(\d+) BODY(\.PEEK)?\[\](?:<0\.(\d+)>)?", argument)
        uid = int(match[1])
        fetched += 1
        if fetched == o.drop_after:
            return None
        if uid not in flags:
            return "OK nothing"
        with open(os.path.join(o.folder, uids[uid]), "rb") as f:
            data = f.read(int(match[3]) if match[3] else -1)
        origin = "<0>" if match[3] else ""
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]{origin} {{{len(data)}}}\r\n".encode() + data +
                         b")\r\n")
        if self.writes and not match[2]:
            flags[uid].add("\\Seen")
            save()
        return "OK done"

    def do_UID_STORE(self, tag, argument):
        if not self.writes:
            return "NO read-only"
        which, _, rest = argument.partition(" ")
        for uid in numbers(which):
            flags[uid].update(re.findall(r"\\\w+", rest))
        save()
        return "OK stored"

    def do_UID_EXPUNGE(self, tag, argument):
        if o.no_uidplus or not self.writes:
            return "BAD unknown command"
        for uid in numbers(argument):
            if "\\Deleted" in flags[uid]:
                del flags[uid]
        save()
        return "OK gone"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client that goes away, or refuses the certificate, is no news."""


with Server(("127.0.0.1", o.port), Session) as server:
    print("port", server.server_address[1], flush=True)
    server.serve_forever()
