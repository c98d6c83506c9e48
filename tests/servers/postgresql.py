#!/usr/bin/python3
"""Debian's PostgreSQL in a temporary folder, on a Unix socket alone, as another user than
root. As a program: prints the address of its database, serves until standard input ends;
exit status 77: not installed."""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAMS = max(glob.glob("/usr/lib/postgresql/*/bin"), default="",
               key=lambda path: int(path.split("/")[4]))


def installed():
    return bool(PROGRAMS)


class Postgresql:
    """One server; its own process, ended by its own id."""

    def __init__(self, *settings):
        self.folder = tempfile.mkdtemp(prefix="glos-pg-")
        self.settings = ["listen_addresses=", "port=5432", f"unix_socket_directories={self.folder}",
                         "max_connections=60", "shared_buffers=64MB", *settings]
        self.user = {}
        if os.getuid() == 0:  # the server refuses root
            names = {p.pw_name: p for p in pwd.getpwall()}
            other = names.get("postgres") or names["nobody"]
            self.user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
            os.chown(self.folder, other.pw_uid, other.pw_gid)
        self.data = os.path.join(self.folder, "data")
        subprocess.run([f"{PROGRAMS}/initdb", "-D", self.data, "-U", "glos", "-A", "trust", "-E",
                        "UTF8", "--locale=C.UTF-8", "--no-sync"], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, **self.user)
        with open(os.path.join(self.data, "pg_hba.conf"), "r+") as f:
            rest = f.read()
            f.seek(0)
            f.write("local all locked scram-sha-256\n" + rest)
        self.process = None
        self.start()
        self.psql("CREATE DATABASE glos", "postgres")

    def start(self):
        more = [word for s in self.settings for word in ("-c", s)]
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen([f"{PROGRAMS}/postgres", "-D", self.data, *more],
                                            cwd=self.folder, stdout=log, stderr=log, **self.user)
        for _ in range(600):
            if self.psql("SELECT 1", "postgres", check=False).returncode == 0:
                return
            if self.process.poll() is not None:
                break
            subprocess.run(["sleep", "0.05"], check=True)
        with open(os.path.join(self.folder, "log"), errors="replace") as log:
            raise RuntimeError("PostgreSQL does not start: " + log.read()[-2000:])

    def stop(self, how=signal.SIGQUIT):
        """SIGQUIT: at once, as in a crash; SIGINT: in order."""
        self.process.send_signal(how)
        self.process.wait(30)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, user="glos", more=""):
        return f"postgresql://{user}@/glos?host={self.folder}{more}"

    def psql(self, sql, database="glos", check=True):
        return subprocess.run([f"{PROGRAMS}/psql", "-qAtX", "-h", self.folder, "-U", "glos", "-d", database,
                               "-c", sql], check=check, text=True, capture_output=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


if __name__ == "__main__":
    if not installed():
        sys.exit(77)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is measured by power loss needs a disk; unit tests do not.
    with Postgresql("fsync=off", "full_page_writes=off") as server:
        print(server.url(), flush=True)
        sys.stdin.read()
