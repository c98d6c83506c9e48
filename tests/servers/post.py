"""What the delivery stories share: TAP, a sink on a port of its own, a small publication."""

import collections
import csv
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import uuid

ROOT = os.environ.get("GLOS_ROOT", os.getcwd())
GLOS = os.path.realpath(os.environ.get("GLOS", os.path.join(ROOT, "build/glos")))
BUILD = os.environ.get("GLOS_BUILD", os.path.dirname(GLOS))
SINK = os.path.join(BUILD, "tests/servers/sink")
POWERLOSS = os.path.join(BUILD, "tests/story/powerloss.so")
ENVIRONMENT = {**os.environ, "GLOS_DATA": ROOT, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
ENVIRONMENT.pop("SOURCE_DATE_EPOCH", None)


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0
        self.folder = tempfile.mkdtemp(prefix="glos-story-")

    def ok(self, passed, name, detail=""):
        self.count += 1
        self.failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}", flush=True)
        if not passed and detail:
            print("\n".join("# " + line for line in str(detail).splitlines()[:30]), flush=True)
        return passed

    def same(self, got, wanted, name):
        return self.ok(got == wanted, name, f"got    {got!r}\nwanted {wanted!r}")

    def done(self):
        subprocess.run(["chmod", "-R", "u+w", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


class Sink:
    """The fault-injecting server; its own process, ended by its own id."""

    def __init__(self, folder, *options, name="sink"):
        self.log = os.path.join(folder, name + ".log")
        open(self.log, "w").close()
        self.process = subprocess.Popen([SINK, "--log", self.log, *options], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        self.port = int(line.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.process.stdout.close()

    def received(self):
        """Counter of recipients."""
        with open(self.log) as f:
            return collections.Counter(line.split()[0] for line in f)

    def pairs(self):
        """Set of (recipient, Message-ID)."""
        with open(self.log) as f:
            return {tuple(line.split()[:2]) for line in f}


PUBLICATION = """\
title: Próba
publisher: My
language: pl
site: https://proba.example.org/
mail:
  from: "Próba <redakcja@proba.example.org>"
  reply_to: redakcja@proba.example.org
  list_id: proba.proba.example.org
  return_path: odbicia@proba.example.org
  unsubscribe: https://proba.example.org/u/{{token}}
  preferences: https://proba.example.org/p/{{token}}
  postal_address: "ul. Próbna 1, 00-001 Warszawa"
smtp:
{smtp}{more}
store: {store}
"""

ONE = """\
  url: {scheme}://127.0.0.1:{port}
  tls: {tls}
  connections: {connections}
"""

ISSUE = """\
number: 1/2026
date: 2026-03-17
title: Próba generalna
subject: Próba 1/2026
contents:
  - section: Dział
    articles: [a.md, b.md]
"""


# A story is of SQLite unless this names the folder of a PostgreSQL server (postgresql.py), in
# which each publication then has a schema of its own.
STORE_SERVER = os.environ.get("GLOS_STORE_SERVER")


def schema(folder):
    return "t" + re.sub(r"\W", "_", os.path.realpath(folder)).lower()


def psql(folder, sql):
    import postgresql
    return subprocess.run([f"{postgresql.PROGRAMS}/psql", "-qX", "--csv", "-P", "tuples_only=on", "-h", STORE_SERVER,
                           "-U", "glos", "-d", "glos", "-c", sql], check=True, text=True, capture_output=True,
                          env={**os.environ, "PGOPTIONS": f"-c search_path={schema(folder)}"}).stdout


def ask(folder, sql, *values):
    """Rows of a statement on the store of a publication; its values stand for "?"."""
    if not STORE_SERVER:
        with sqlite3.connect(os.path.join(folder, "var/glos.db")) as database:
            rows = database.execute(sql, values).fetchall()
        database.close()
        return rows
    for value in values:
        sql = sql.replace("?", "'" + value.replace("'", "''") + "'", 1)
    return [tuple(int(c) if re.fullmatch(r"-?\d+", c) else c for c in row)
            for row in csv.reader(psql(folder, sql).splitlines())]


def usual_store(folder):
    if not STORE_SERVER:
        return "sqlite:var/glos.db"
    psql(folder, f"SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS {schema(folder)}")
    url = f"postgresql://glos@/glos?host={STORE_SERVER}&options=-csearch_path%3D{schema(folder)}"
    return f'{{url: "{url}", lease: 2}}'  # who was killed is soon known to be dead


def publication(folder, port, scheme="smtp", tls="never", connections=8, more=(), dkim="", store=None,
                relays=()):
    """A publication with one issue, 1, whose second article is for Silesia alone. relays:
    lines of YAML, one for each, instead of the one at port."""
    store = store or usual_store(folder)
    os.makedirs(os.path.join(folder, "issues/1"), exist_ok=True)
    files = {
        "glos.yaml": PUBLICATION.format(
            smtp="  relays:\n" + "".join(f"    - {r}\n" for r in relays) if relays else ONE.format(
                scheme=scheme, port=port, tls=tls, connections=connections),
            store=store, more="\n".join("  " + m for m in more)) + dkim,
        "issues/1/issue.yaml": ISSUE,
        "issues/1/a.md": "---\ntitle: Artykuł\n---\n\n" + "Treść artykułu dla wszystkich. " * 40 + "\n",
        "issues/1/b.md": "---\ntitle: Dla Śląska\nregion: [śląskie]\n---\n\nTylko dla Śląska.\n",
    }
    for name, text in files.items():
        with open(os.path.join(folder, name), "w") as f:
            f.write(text)
    return folder


def glos(folder, *arguments, timeout=120, **more):
    environment = {**ENVIRONMENT, **more.pop("environment", {})}
    return subprocess.run([GLOS, "-C", folder, *arguments], text=True, capture_output=True,
                          timeout=timeout, env=environment, **more)


class Power:
    """A disk that forgets, when the power goes, every byte that was not synced. Its
    environment goes to a glos that is killed; then cut() makes the files what the disk had, and
    whoever has the environment next finds that the machine was started anew."""

    def __init__(self, folder, database):
        self.prefix, self.database = os.path.join(folder, "powerloss"), database
        self.environment = {"LD_PRELOAD": POWERLOSS, "GLOS_POWERLOSS": self.prefix,
                            "ASAN_OPTIONS": "verify_asan_link_order=0"}

    def cut(self):
        """How many writes were lost."""
        lost = 0
        for end in (".db", ".db-wal"):
            journal, path = self.prefix + end, self.database[:-len(".db")] + end
            if not os.path.exists(journal) or not os.path.exists(path):
                continue
            with open(journal, "rb") as f:
                data = f.read()
            records, at = [], 0
            while at + 24 <= len(data):
                offset, length, size = struct.unpack_from("qqq", data, at)
                records.append((offset, data[at + 24:at + 24 + length], size))
                at += 24 + length
            with open(path, "r+b") as f:
                for offset, old, size in reversed(records):
                    f.seek(offset)
                    f.write(old)
                    f.truncate(size)
            os.truncate(journal, 0)
            lost += len(records)
        with open(self.prefix + ".boot", "w") as f:
            f.write(f"{uuid.uuid4()}\n")
        memory = self.database + "-shm"  # of the processes alone
        if os.path.exists(memory):
            os.unlink(memory)
        return lost


def subscribe(folder, addresses, name="list.csv"):
    path = os.path.join(folder, name)
    with open(path, "w") as f:
        f.write("email\n" + "".join(a + "\n" for a in addresses))
    return glos(folder, "-q", "subscribers", "import", path)
