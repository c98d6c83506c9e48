#!/usr/bin/python3
"""A relay that lost its table of recipients says of everybody that nobody lives there: it is
not believed, and nobody is kept out by it. Old lists with many dead addresses are sent to."""

import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, STORE_SERVER, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

tap = Tap()
QUICK = ("--wait", "0", "--tries", "2")
LOST = ("--fault", "rcpt-550.5.1.1")
cases = 0


def people(n, domains=40):
    return [f"o{i}@d{i % domains}.example" for i in range(n)]


def counts(root):
    states = dict(ask(root, "SELECT state, count(*) FROM delivery GROUP BY state"))
    kept_out, = ask(root, "SELECT count(*) FROM subscriber WHERE state = 3")[0]
    hashes, = ask(root, "SELECT count(*) FROM suppression")[0]
    return {"pending": states.get(0, 0), "sent": states.get(3, 0), "failed": states.get(4, 0),
            "live": states.get(1, 0) + states.get(2, 0), "suppressed": kept_out, "hashes": hashes}


def want(sent=0, failed=0, pending=0):
    return {"pending": pending, "sent": sent, "failed": failed, "live": 0, "suppressed": failed, "hashes": failed}


def begin(sink, listed, connections=4, more=()):
    global cases
    cases += 1
    folder = os.path.join(tap.folder, str(cases))
    os.makedirs(folder)
    server = Sink(folder, *sink)
    root = publication(os.path.join(folder, "p"), server.port, connections=connections, more=more)
    subscribe(root, listed)
    return root, server


# ---- everybody is refused: the issue stops, and the mended server gets it all ----
root, server = begin(LOST, people(300))
with server:
    run = glos(root, "send", "1", *QUICK)
tap.ok(run.returncode == 3 and "[smtp-unknown]" in run.stderr and "550 5.1.1" in run.stderr, "all are refused: the issue stops and says why", run)
tap.same(counts(root), want(pending=300), "nobody is failed or kept out")
tap.same(ask(root, "SELECT paused FROM issue")[0][0], 1, "the issue is stopped")
tap.ok("550 5.1.1" in glos(root, "status", "1").stdout, "glos status shows the words")
refused, = ask(root, "SELECT count(*) FROM delivery WHERE words LIKE '550 5.1.1%' AND attempts = 0")[0]
tap.ok(20 <= refused <= 40, "each row refused has the words, no attempt counts", refused)
with Sink(tap.folder, "--port", str(server.port)) as mended:
    run = glos(root, "send", "1", *QUICK)
    tap.same((run.returncode, len(mended.received()), counts(root)), (0, 300, want(sent=300)),
             "once it is mended, the next run reaches all")

# ---- two of three of its tables are lost ----
root, server = begin(("--fault", "rcpt-550.5.1.1:66"), people(400))
with server:
    run = glos(root, "send", "1", *QUICK)
    got = counts(root)
    tap.ok(run.returncode == 3 and got["failed"] == got["suppressed"] == got["live"] == 0,
           "two of three are refused: the issue stops", f"{run}\n{got}")

# ---- all are of one domain ----
root, server = begin(LOST, people(300, 1))
with server:
    glos(root, "send", "1", *QUICK)
    tap.same(counts(root), want(pending=300), "all of one domain are refused: the issue stops")
    run = glos(root, "send", "1", "--believe-refusals", *QUICK)
    tap.same((run.returncode, counts(root)), (4, want(failed=300)), "unless the person knows better")

# ---- a list no longer than ten ----
root, server = begin(LOST, people(10))
with server:
    run = glos(root, "send", "1", *QUICK)
    tap.same((run.returncode, counts(root)), (3, want(pending=10)), "ten of ten are refused: the issue stops")

# ---- real lists: dead addresses here and there, and a domain that is gone ----
root, server = begin((), [f"rcpt-550.5.1.1-o{i}@d{i % 90}.example" if i % 12 == 5 else f"o{i}@d{i % 90}.example"
                          for i in range(3000)])
with server:
    run = glos(root, "send", "1", *QUICK)
    tap.same((run.returncode, counts(root)), (4, want(sent=2750, failed=250)),
             "one of twelve is dead: all others get it, these are kept out")
listed = people(100) + [f"rcpt-550.5.1.1-o{i}@gone.example" for i in range(50)] + [f"z{i}@e{i}.example" for i in range(100)]
root, server = begin((), listed)
with server:
    run = glos(root, "send", "1", *QUICK)
    tap.same(counts(root), want(sent=200, failed=50), "fifty in a row of a domain that is gone")
root, server = begin((), ["rcpt-550.5.1.1-a@a.example", "rcpt-550.5.1.1-b@b.example", "c@c.example"])
with server:
    run = glos(root, "send", "1", *QUICK)
    tap.same(counts(root), want(sent=1, failed=2), "two of three readers are gone")

# ---- a table that is lost while retries come due a few at a time ----
root, server = begin(("--fault", "rcpt-451"), people(14))
with server:
    glos(root, "send", "1", *QUICK)
with Sink(tap.folder, "--port", str(server.port), *LOST) as lost:
    for i, (row,) in enumerate(ask(root, "SELECT id FROM delivery ORDER BY id")):
        ask(root, f"UPDATE delivery SET next_at = {int(time.time()) + 1 + i // 3} WHERE id = {row}")
    run = glos(root, "send", "1", "--wait", "30")
    tap.ok(run.returncode == 3 and "[smtp-unknown]" in run.stderr and counts(root) == want(pending=14),
           "three are refused each second: the issue stops", f"{run}\n{counts(root)}")

# ---- senders that share a ledger hold some each: neither waits for the other's ----
if STORE_SERVER:
    root, server = begin(("--delay", "10"), [f"rcpt-550.5.1.1-o{i}@d{i}.example" if i % 10 == 9 else f"o{i}@d{i}.example"
                                             for i in range(400)])
    with server:
        processes = [subprocess.Popen([GLOS, "-C", root, "send", "1", *QUICK], env=ENVIRONMENT, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
        said = [p.communicate(timeout=60)[0] for p in processes]
        tap.same(counts(root), want(sent=360, failed=40), "two senders that hold refusals both end")
        tap.ok(all(" 0 sent" not in s for s in said), "and both had a share", said)

# ---- a day of warm-up that is used up is an end like any other ----
listed = [f"rcpt-550.5.1.1-o{i}@d{i}.example" if i % 5 == 2 else f"o{i}@d{i}.example" for i in range(60)]
root, server = begin((), listed, connections=1, more=["warm_up: [20, 100000]"])
with server:
    run = glos(root, "send", "1", *QUICK)
    tap.same((run.returncode, counts(root)), (4, want(sent=20, failed=5, pending=35)),
             "the dead addresses of a day of warm-up are kept out")

# ---- an address that glos itself cannot use is not the reader's fault ----
root, server = begin((), people(6))
with server:
    ask(root, "UPDATE subscriber SET address = 'rcpt-501.5.1.3-o3@d3' WHERE key = 'o3@d3.example'")
    run = glos(root, "send", "1", *QUICK)
    tap.same((run.returncode, counts(root)), (4, {**want(sent=5), "failed": 1}),
             "an address that cannot be used fails without keeping anybody out")
    tap.ok("cannot be used: the domain has no dot" in glos(root, "status", "1", "--failed").stdout, "glos status says why")

# ---- another relay takes over ----
cases += 1
folder = os.path.join(tap.folder, str(cases))
os.makedirs(folder)
with Sink(folder, *LOST, name="bad") as bad, Sink(folder, name="good") as good:
    root = publication(os.path.join(folder, "p"), 0, relays=[
        f"{{name: bad, url: 'smtp://127.0.0.1:{bad.port}', tls: never, connections: 2}}",
        f"{{name: good, url: 'smtp://127.0.0.1:{good.port}', tls: never, connections: 2}}"])
    subscribe(root, people(300))
    run = glos(root, "send", "1", *QUICK)
    tap.ok(run.returncode == 0 and "[relay-aside]" in run.stderr and len(good.received()) == 300 and
           counts(root) == want(sent=300), "one of two relays lost its table: the other one reaches all",
           f"{run}\n{counts(root)} {len(good.received())}")

# ---- killed or ended while refusals are held ----
for how in (signal.SIGKILL, signal.SIGTERM):
    root, server = begin(("--delay", "40"), ["rcpt-550.5.1.1-a@a.example"] + people(60), connections=1)
    with server:
        process = subprocess.Popen([GLOS, "-C", root, "send", "1"], env=ENVIRONMENT,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while sum(server.received().values()) < 3 and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(how)
        process.wait(30)
        first = counts(root)
        run = glos(root, "send", "1", "--resend-ambiguous", *QUICK)
        if ask(root, "SELECT count(*) FROM delivery WHERE state IN (0, 1, 2, 5)")[0][0]:
            time.sleep(3)  # the lease of the dead
            glos(root, "send", "1", "--resend-ambiguous", *QUICK)
        tap.ok(first["suppressed"] == 0 and counts(root) == want(sent=60, failed=1),
               f"{how.name} while a refusal is held: it is tried again", f"{first}\n{counts(root)}")
tap.done()
