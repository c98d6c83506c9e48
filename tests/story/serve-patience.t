#!/usr/bin/python3
"""`glos serve` while its database is locked, or its server stopped: every reader and every mail
server that unsubscribes somebody is answered 503 and told to come again, and nobody's
connection is dropped."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
import postgresql  # noqa: E402
from post import ENVIRONMENT, GLOS, Tap, publication, subscribe  # noqa: E402

tap = Tap()
AT_ONCE = 60


class Serve:
    def __init__(self, root):
        self.process = subprocess.Popen([GLOS, "-C", root, "serve", "--json", "--listen", "127.0.0.1:0"],
                                        text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        env=ENVIRONMENT)
        self.port = urllib.parse.urlsplit(json.loads(self.process.stdout.readline())["url"]).port

    def click(self, token):
        """Status and when to come again, or how the connection ended."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=100)
            connection.request("POST", "/u/" + token, "List-Unsubscribe=One-Click",
                               {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.status, answer.getheader("Retry-After")
        except OSError as e:
            return "dropped", str(e)

    def click_all(self, tokens):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.click, tokens))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


@contextlib.contextmanager
def stopped(parent):
    """A process and its children do nothing. It is stopped first: a child that ends meanwhile stays
    its zombie, whom a signal does not miss."""
    os.kill(parent, signal.SIGSTOP)
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], check=True, capture_output=True,
                              text=True).stdout.split()
    family = [parent, *map(int, children)]
    try:
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in reversed(family):
            os.kill(pid, signal.SIGCONT)


folder = os.path.join(tap.folder, "sqlite")
os.makedirs(folder)
root = publication(folder, 9, store="sqlite:var/glos.db")
subscribe(root, [f"o{i}@x.example" for i in range(AT_ONCE)])
database = sqlite3.connect(os.path.join(root, "var/glos.db"), isolation_level=None, check_same_thread=False)
tokens = [token for token, in database.execute("SELECT token FROM subscriber ORDER BY id")]
server = Serve(root)
tap.same(server.click(tokens[0])[0], 200, "a click is answered")
database.execute("BEGIN EXCLUSIVE")
begun = time.monotonic()
answers = server.click_all(tokens)
tap.ok(set(answers) == {(503, "300")}, f"SQLite locked: {AT_ONCE} clicks at once are told to come again "
       f"({time.monotonic() - begun:.0f} s)", {a: answers.count(a) for a in answers})
database.execute("ROLLBACK")
time.sleep(1.5)
tap.same(set(server.click_all(tokens)), {(200, None)}, "and are done when they do")
tap.same(database.execute("SELECT count(*) FROM subscriber WHERE state = 2").fetchone()[0], AT_ONCE, "all are unsubscribed")
database.close()
server.end()

if postgresql.installed():
    folder = os.path.join(tap.folder, "postgresql")
    os.makedirs(folder)
    with postgresql.Postgresql() as database:
        root = publication(folder, 9, store=database.url())
        subscribe(root, [f"o{i}@x.example" for i in range(AT_ONCE)])
        tokens = database.psql("SELECT token FROM subscriber ORDER BY id").stdout.split()
        server = Serve(root)
        tap.same(server.click(tokens[0])[0], 200, "PostgreSQL: a click is answered")
        holder = subprocess.Popen([f"{postgresql.PROGRAMS}/psql", "-qAtX", "-h", database.folder, "-U", "glos",
                                   "-d", "glos"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.stdin.write("BEGIN; LOCK TABLE subscriber; SELECT 1;\n")
        holder.stdin.flush()
        holder.stdout.readline()
        answers = server.click_all(tokens)
        tap.ok(set(answers) == {(503, "300")}, "PostgreSQL locked: clicks are told to come again",
               {a: answers.count(a) for a in answers})
        holder.stdin.close()
        holder.wait(20)
        with stopped(database.process.pid):
            answers = server.click_all(tokens)
        tap.ok(set(answers) == {(503, "300")}, "PostgreSQL stopped: clicks are told to come again",
               {a: answers.count(a) for a in answers})
        time.sleep(1.5)
        tap.same(set(server.click_all(tokens)), {(200, None)}, "and are done when they do")
        server.end()
tap.done()
