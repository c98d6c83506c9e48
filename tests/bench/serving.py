#!/usr/bin/python3
"""serving.py: what hostile requests cost `glos serve`. Figures to read, never assertions.

The storm of the stories (long paths, bad tokens, wrong hosts, methods and bodies, a thousand
connections that drip) against glos serve, whose database has READERS (100,000) in it, and against
the least that libmicrohttpd can do with as large an answer (tests/bench/bare.c). Medians of ROUNDS
(3) interleaved rounds of SECONDS (5): requests a second, which the machine's other work and the
storm itself share the processors with, and CPU of the server a request, which changes less. The
last row is what a machine's processors, given to the server alone, could answer at that price."""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import BUILD, ENVIRONMENT, GLOS, publication, subscribe  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = os.environ.get("SECONDS", "5")
READERS = int(os.environ.get("READERS", "100000"))
CONNECTIONS, IDLE, BYTES = "100", "1000", "6000"
TICKS = os.sysconf("SC_CLK_TCK")


def cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        return int(f.read().split("VmHWM:")[1].split()[0])


def storm(process, port):
    before = cpu(process.pid)
    told = json.loads(subprocess.check_output(
        [os.path.join(BUILD, "tests/servers/storm"), str(port), CONNECTIONS, SECONDS, "--idle", IDLE]))
    return {**told, "us": (cpu(process.pid) - before) * 1e6 / told["answered"], "kB": memory(process.pid)}


def serve(root):
    process = subprocess.Popen([GLOS, "-C", root, "serve", "--json", "--listen", "127.0.0.1:0"], text=True,
                               stdout=subprocess.PIPE, env=ENVIRONMENT)
    port = urllib.parse.urlsplit(json.loads(process.stdout.readline())["url"]).port
    told = storm(process, port)
    process.send_signal(signal.SIGTERM)
    if process.wait(30) or told["5xx"]:
        sys.exit(f"glos serve: {told}")
    return told


def bare():
    process = subprocess.Popen([os.path.join(BUILD, "tests/bench/bare"), BYTES], text=True, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    told = storm(process, int(process.stdout.readline()))
    process.stdin.close()
    process.wait(30)
    return told


folder = tempfile.mkdtemp(prefix="glos-bench-")
try:
    root = publication(os.path.join(folder, "p"), 9)
    with open(os.path.join(root, "glos.yaml"), "a", encoding="utf-8") as f:
        f.write("serve:\n  languages: [pl, nb, uk]\n  regions: [śląskie, mazowieckie]\n  proxies: [127.0.0.1]\n")
    subscribe(root, [f"osoba{i}@domena{i % 50}.example" for i in range(READERS)])
    rounds = [(bare(), serve(root)) for _ in range(ROUNDS)]
finally:
    shutil.rmtree(folder)
print(f"{'':28} {'bare':>9} {'serve':>9}")
for name, what, digits in [("requests/s", "per_second", 0), ("CPU us a request", "us", 1), ("peak kB", "kB", 0)]:
    bare_median, serve_median = (statistics.median(r[i][what] for r in rounds) for i in (0, 1))
    print(f"{name:28} {bare_median:9.{digits}f} {serve_median:9.{digits}f}   {serve_median / bare_median:.2f} of bare")
prices = [statistics.median(r[i]["us"] for r in rounds) for i in (0, 1)]
processors = os.cpu_count()
print(f"{f'{processors} processors alone, req/s':28} {processors * 1e6 / prices[0]:9.0f} {processors * 1e6 / prices[1]:9.0f}")
