#!/usr/bin/python3
"""The stories of steering, of failures and of readers, told again with the store in
PostgreSQL: one server, a schema for each publication."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
import postgresql  # noqa: E402

STORIES = ("delivery-steer.t", "delivery-table.t", "delivery-relays.t", "delivery-retention.t", "delivery-unknown.t",
           "serve.t")

if not postgresql.installed():
    print("1..0 # SKIP PostgreSQL is not installed")
    sys.exit(0)
failed, before = 0, 0
# What is measured by power loss needs a disk; these do not.
with postgresql.Postgresql("fsync=off", "full_page_writes=off") as server:
    for number, story in enumerate(STORIES, 1):
        run = subprocess.run([os.path.join(HERE, story)], text=True, capture_output=True, check=False,
                             env={**os.environ, "GLOS_STORE_SERVER": server.folder})
        print("".join(f"    {line}\n" for line in run.stdout.splitlines()), end="")
        made = int(server.psql("SELECT count(*) FROM pg_tables WHERE tablename = 'delivery'").stdout)
        well = run.returncode == 0 and made > before
        before = made
        failed += not well
        print(f"{'ok' if well else 'not ok'} {number} - {story} on PostgreSQL", flush=True)
        if not well:
            told = [line for line in run.stdout.splitlines() if line.startswith(("not ok", "#"))]
            print("".join(f"# {line}\n" for line in told + run.stderr.splitlines()[-20:]), end="")
print(f"1..{len(STORIES)}")
sys.exit(failed > 0)
