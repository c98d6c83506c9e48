"""A mail server within the story's own process, with no opinion, that writes down what it hears, and whether
it came in the clear: STARTTLS or TLS from the first byte, certificates of clients, and
every way to log in that the stories ask for."""

import base64
import os
import socket
import ssl
import subprocess
import threading
import time


class Authority:
    """Makes certificates; its own is ca.pem."""

    def __init__(self, folder, name="ca"):
        self.folder, self.name = folder, name
        self.pem = os.path.join(folder, f"{name}.pem")
        self.run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-keyout", self.path("key"), "-out", self.pem, "-days", "2", "-subj", f"/CN={name}",
                 "-addext", "basicConstraints=critical,CA:TRUE")

    def path(self, end, name=""):
        return os.path.join(self.folder, f"{self.name}{name and '-' + name}.{end}")

    def run(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

    def issue(self, name, host="IP:127.0.0.1"):
        """(certificate, key) of somebody."""
        certificate, key, request = (self.path(end, name) for end in ("crt", "key", "csr"))
        self.run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                 key, "-out", request, "-subj", f"/CN={name}", "-addext", f"subjectAltName={host}")
        self.run("x509", "-req", "-in", request, "-CA", self.pem, "-CAkey", self.path("key"), "-out",
                 certificate, "-days", "2", "-copy_extensions", "copyall")
        return certificate, key


def unbase64(text):
    return b"" if text == "=" else base64.b64decode(text)


class Scribe:
    """heard: [(secure, line)] of all connections, texts of messages left out. passwords:
    {user: password}; tokens: accepts(user, token); clients: PEM of the authority whose
    certificates are demanded of clients; starttls: what STARTTLS is answered, None: it is
    not offered; hasty: hangs up on whom it does not trust before they can read why; slow: seconds
    to think before each piece of a text, of which little fits into its buffers;
    answer(line): what a command is answered, None: that all is well. dialogues: the lines
    heard, by connection; texts: the messages, dots as they came."""

    def __init__(self, certificate=None, ways="", passwords=None, tokens=None, clients=None,
                 answer=lambda line: None, implicit=False, starttls="220 2.0.0 go on", version=None, offers=("PIPELINING",), hasty=False,
                 slow=0):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if certificate:
            self.context.load_cert_chain(*certificate)
        if version:
            self.context.maximum_version = version
        if clients:
            self.context.verify_mode = ssl.CERT_REQUIRED
            self.context.load_verify_locations(clients)
        self.ways, self.passwords, self.tokens = ways, passwords or {}, tokens
        self.implicit, self.offers = implicit, offers
        self.starttls = starttls if certificate else None
        self.answer, self.dialogues, self.texts = answer, [], []
        self.hasty, self.slow = hasty, slow
        self.heard, self.recipients, self.refused = [], [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        if slow:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        self.port = self.listener.getsockname()[1]
        self.ended = False
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended = True
        self.listener.close()

    def accept(self):
        while not self.ended:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.implicit:
                connection = self.secured(connection)
            Dialogue(self, connection).run()
        except (OSError, ValueError):
            pass  # it went away, or TLS failed: what was heard stands
        finally:
            connection.close()

    def secured(self, connection):
        """Behind TLS. When that fails the client is left the time to read why."""
        secure = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        try:
            secure.do_handshake()
        except ssl.SSLError:
            if not self.hasty:
                secure.shutdown(socket.SHUT_WR)
                while secure.recv(4096):
                    pass
            secure.close()
            raise
        return secure

    def clear(self):
        """Commands heard without TLS."""
        return {line.split()[0].upper() for secure, line in self.heard if not secure and line.strip()}

    def said(self, word):
        return [line for _, line in self.heard if line.upper().startswith(word)]


class Dialogue:
    def __init__(self, server, connection):
        self.server, self.connection, self.pending = server, connection, b""
        self.recipient = None
        self.user, self.lines = None, []
        server.dialogues.append(self.lines)

    def secure(self):
        return isinstance(self.connection, ssl.SSLSocket)

    def put(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def line(self):
        while b"\n" not in self.pending:
            more = self.connection.recv(65536)
            if not more:
                raise OSError("closed")
            self.pending += more
        line, self.pending = self.pending.split(b"\n", 1)
        line = line.rstrip(b"\r").decode()
        self.server.heard.append((self.secure(), line))
        self.lines.append(line)
        return line

    def ask(self, challenge=b""):
        self.put("334 " + base64.b64encode(challenge).decode())
        return unbase64(self.line())

    def login(self, way, first):
        """Whether it is who it says; the user."""
        server = self.server
        if way == "PLAIN":
            _, user, password = (unbase64(first) if first else self.ask()).decode().split("\0")
            return server.passwords.get(user) == password, user
        if way == "LOGIN":
            user = (unbase64(first) if first else self.ask(b"Username:")).decode()
            return server.passwords.get(user) == self.ask(b"Password:").decode(), user
        if way == "EXTERNAL":
            user = (unbase64(first) if first else self.ask()).decode()
            subject = dict(pair[0] for pair in self.connection.getpeercert()["subject"])
            return user in ("", subject["commonName"]), subject["commonName"]
        words = (unbase64(first) if first else self.ask()).decode().split("\x01")
        token = next(w for w in words if w.startswith("auth=Bearer "))[len("auth=Bearer "):]
        user = words[0][len("user="):] if way == "XOAUTH2" else words[0].split(",")[1][len("a="):]
        if not server.tokens(user, token):
            server.refused += 1
            self.ask(b'{"status":"401","schemes":"bearer","scope":"mail"}')
            return False, user
        return True, user

    def auth(self, words):
        way = words[1].upper()
        if way not in self.server.ways.split():
            self.put("504 5.5.4 no such way")
            return
        good, user = self.login(way, words[2] if len(words) > 2 else "")
        self.user = user if good else None
        self.put("235 2.7.0 welcome" if good else "535 5.7.8 these credentials are not good")

    def ehlo(self):
        server, lines = self.server, ["server"]
        if server.starttls and not self.secure():
            lines.append("STARTTLS")
        if server.ways and (self.secure() or not server.starttls):
            lines.append("AUTH " + server.ways)
        lines += server.offers
        for i, line in enumerate(lines):
            self.put(f"250{' ' if i == len(lines) - 1 else '-'}{line}")

    def run(self):
        self.put("220 server")
        while True:
            line = self.line()
            words = line.split()
            verb = words[0].upper() if words else ""
            answer = self.server.answer(line)
            if answer:
                self.put(answer)
            elif verb == "EHLO":
                self.ehlo()
            elif verb == "STARTTLS":
                self.put(self.server.starttls)
                if self.server.starttls.startswith("2"):
                    self.connection = self.server.secured(self.connection)
            elif verb == "AUTH":
                self.auth(words)
            elif verb == "QUIT":
                self.put("221 2.0.0 bye")
                return
            elif verb == "MAIL" and self.server.ways and not self.user:
                self.put("530 5.7.0 log in first")
            elif verb == "DATA":
                self.text()
            else:
                if verb == "RSET":
                    self.recipient = None
                if verb == "RCPT":
                    self.recipient = line.split("<")[1].split(">")[0]
                self.put("250 2.0.0 ok")

    def text(self):
        if not self.recipient:
            self.put("503 5.5.1 for whom?")
            return
        self.put("354 go on")
        while not self.pending.endswith(b"\r\n.\r\n") and b"\r\n.\r\n" not in self.pending:
            time.sleep(self.server.slow)
            more = self.connection.recv(65536)
            if not more:
                raise OSError("closed")
            self.pending += more
        text, self.pending = self.pending.split(b"\r\n.\r\n", 1)
        self.server.texts.append(text + b"\r\n")
        self.server.recipients.append(self.recipient)
        self.recipient = None
        self.put("250 2.0.0 taken")
