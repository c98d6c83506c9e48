#!/usr/bin/python3
"""The list of subscribers: good files, hostile files, those who left, a folder that
cannot be written and a disk that is full."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Tap, glos, publication  # noqa: E402

tap = Tap()
root = publication(os.path.join(tap.folder, "p"), 1)


def write(name, data):
    path = os.path.join(tap.folder, name)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def take(data, *options, at=root, name="list.csv"):
    run = glos(at, "subscribers", "import", write(name, data), "--json", *options)
    counts = json.loads(run.stdout) if run.stdout else {}
    return run.returncode, counts.get("added"), counts.get("refused"), run.stderr


def places(said):
    return [tuple(map(int, m)) for m in re.findall(r"list\.csv:(\d+):(\d+): error", said)]


# ---- good files ----
tap.same(take("\ufeffemail;name;region\r\nanna@example.org;Anna;śląskie\r\n"
              "jan@example.org;\"Jan; junior\";\"śląskie;opolskie\"\r\n")[:3], (0, 2, 0),
         "what Excel writes is taken")
tap.same(take("email,name\nANNA@EXAMPLE.ORG,Anna\n")[:3], (0, 0, 0), "the same mailbox is no second")
tap.same(take("email\tname\nola@żółw.example\tOla\nOLA@xn--w-uga1v8h.example\tOla\n")[:3],
         (0, 1, 0), "nor is its punycode")

# ---- pipes ----
piped = publication(os.path.join(tap.folder, "piped"), 1)
rows = write("rows.csv", "email\n" + "".join(f"r{i}@example.org\n" for i in range(9000)))
for way, command in [
    ("of a shell", "$GLOS -C $ROOT --json subscribers import <(head -n 1 $ROWS; sleep 0.3; tail -n +2 $ROWS)"),
    ("as /dev/stdin", "cat $ROWS | $GLOS -C $ROOT --json subscribers import /dev/stdin"),
    ("as standard input", "(cat $ROWS; sleep 0.2; echo last@example.org) | $GLOS -C $ROOT --json subscribers import -"),
    ("as a file there", "$GLOS -C $ROOT --json subscribers import - < $ROWS"),
]:
    run = subprocess.run(["bash", "-c", command], env={**ENVIRONMENT, "GLOS": GLOS, "ROOT": piped, "ROWS": rows},
                         capture_output=True, text=True, timeout=60)
    counts = json.loads(run.stdout or "{}")
    tap.same((run.returncode, counts.get("added"), counts.get("unchanged")),
             {"of a shell": (0, 9000, 0), "as standard input": (0, 1, 9000)}.get(way, (0, 0, 9000)),
             f"a list comes through a pipe: {way}")
run = subprocess.run([GLOS, "-C", piped, "subscribers", "import", "-"], input="email\nbad\n", env=ENVIRONMENT,
                     capture_output=True, text=True, timeout=60)
tap.ok(run.returncode == 1 and "standard input:2:1: error" in run.stderr, "its mistakes have their places", run.stderr)

# ---- hostile files ----
code, added, refused, said = take("email;name\ngood1@example.org;x\nno address;y\n"
                                  "a@b@c@d;\n;\nquote@example.org;\"never closed\n"
                                  "good2@example.org;z\n")
tap.same((code, added, refused, places(said)), (1, 2, 4, [(3, 1), (4, 1), (5, 1), (6, 19)]),
         "each refused row is told with its place, the others are taken")
tap.same(take("email\ngood3@example.org\nbad\n", "--strict")[:3], (1, 0, 1),
         "--strict takes nothing then")
tap.same(glos(root, "subscribers", "show", "good3@example.org").returncode, 1, "nothing at all")
for name, data, place in [
    ("NUL", b"email;name\ngood@example.org;a\0b\n", (2, 19)),
    ("bytes that are not UTF-8", b"email;name\ngood@example.org;Micha\xb3\n", (2, 23)),
    ("a field of 10 MB", b"email;name\ngood@example.org;" + b"x" * (10 << 20) + b"\n", (2, 18)),
    ("a quoted field of 10 MB", b'email;name\ngood@example.org;"' + b"x\n" * (5 << 20) + b'"\n', (2, 18)),
    ("too few fields", b"email;name\ngood@example.org\n", (2, 1)),
    ("too many fields", b"email;name\ngood@example.org;a;b\n", (2, 1)),
    ("a line break in a name", b'email;name\ngood@example.org;"a\nb"\n', (2, 1)),
    ("a command in an address", b'email;name\n"a@x.org>\r\nRCPT TO:<b@x.org";x\n', (2, 1)),
]:
    code, added, refused, said = take(data + b"more@example.org;m\n")
    tap.ok(code == 1 and refused == 1 and places(said) == [place], f"refused: {name}",
           f"{code} {refused} {said[:500]}")
for name, data in [
    ("an empty file", b""), ("no header row", b"anna@example.org;Anna\n"),
    ("the wrong delimiter", b"email|name\na@x.org|A\n"), ("no email column", b"name\nA\n"),
    ("a column twice", b"email;email\na@x.org;b@x.org\n"),
    ("UTF-16", "email;name\n".encode("utf-16")), ("a picture", bytes(range(256)) * 40),
]:
    code, added, refused, said = take(data)
    tap.ok(code == 1 and "[csv-header]" in said and added == 0, f"no header to be used: {name}", said[:500])
code, added, refused, said = take("email\n" + "wrong\n" * 3000)
tap.same((code, refused, len(places(said))), (1, 3000, 3000), "thousands of refusals are all told")
tap.same(glos(root, "subscribers", "import", "/nowhere.csv").returncode, 3, "a file that is not there")

# ---- out and in again ----
take("email,name,language,region,consent_at,consent_source\n"
     "=cmd@example.org,\"=HYPERLINK(\"\"http://x\"\")\",pl,-opolskie,2026-01-02,+web\n"
     "plus@example.org,'@name,nb,\"a;b\",2026-01-02T10:00:00Z,\"say \"\"yes\"\", often\"\n")
first = glos(root, "subscribers", "export")
tap.ok(first.returncode == 0 and not re.search(r"(^|,)\"?[=+@-]", first.stdout, re.M),
       "no exported cell is a formula", first.stdout)
other = publication(os.path.join(tap.folder, "other"), 1)
tap.same(take(first.stdout, at=other)[2], 0, "the export is imported elsewhere")
tap.same(glos(other, "subscribers", "export").stdout, first.stdout, "and comes out the same")
tap.same(take(first.stdout)[:3], (0, 0, 0), "importing it here changes nothing")

# ---- those who left ----
tap.same(glos(root, "subscribers", "suppress", "anna@example.org").returncode, 0, "suppress")
tap.same(glos(root, "subscribers", "erase", "jan@example.org").returncode, 0, "erase")
code, added, refused, said = take("email\nAnna@Example.org\njan@example.ORG\n")
tap.ok((code, added, refused) == (0, 0, 0) and said.count("[address-suppressed]") == 2,
       "no import brings them back", said)
tap.ok("jan@example.org" not in glos(root, "subscribers", "list", "--state", "all").stdout,
       "the erased is forgotten")
with open(os.path.join(root, "var/glos.db"), "rb") as f:
    tap.ok(b"jan@example" not in f.read(), "in the bytes of the database too")
tap.same(glos(root, "subscribers", "show", "jan@example.org").returncode, 1, "show: nobody")
tap.same(glos(root, "subscribers", "erase", "never@example.org").returncode, 1, "erase: nobody")
tap.same(glos(root, "subscribers", "add", "anna@example.org").returncode, 1, "add refuses them")
tap.same(glos(root, "subscribers", "add", "anna@example.org", "--revive").returncode, 0,
         "but for those who asked anew")
stats = json.loads(glos(root, "subscribers", "stats", "--json").stdout)
listed = glos(root, "subscribers", "list", "--json").stdout.splitlines()
tap.same((stats["active"], stats["suppression_list"]), (len(listed), 1), "stats count them")
tap.same(glos(root, "subscribers", "frobnicate").returncode, 2, "an unknown verb is wrong usage")
tap.same(glos(root, "subscribers", "import").returncode, 2, "a missing file is, too")

# ---- many ----
hidden = publication(os.path.join(tap.folder, "hidden"), 9)
os.symlink("var", os.path.join(hidden, "var"))  # as one that we may not look into, which root may
for command in (("subscribers", "list"), ("subscribers", "export"), ("subscribers", "show", "a@x.example"), ("status",),
                ("store",), ("send", "1", "--dry-run")):
    run = glos(hidden, *command)
    tap.ok(run.returncode == 3 and "[store-failed]" in run.stderr,
           f"{command[0]}: a database that cannot be looked for is not taken for an empty one", run)

rows = "".join(f"u{i}@d{i % 500}.example;Osoba {i};region {i % 16}\n" for i in range(100000))
big = publication(os.path.join(tap.folder, "big"), 1)
begun = time.monotonic()
code, added, refused, said = take("email;name;region\n" + rows, at=big)
seconds = time.monotonic() - begun
print(f"# 100,000 rows in {seconds:.1f} s")
tap.ok((code, added) == (0, 100000) and seconds < 30, "a hundred thousand rows", f"{seconds} {said}")

# ---- the world fails ----
nowhere = publication(os.path.join(tap.folder, "nowhere"), 1, store="sqlite:/proc/none/glos.db")
code, added, refused, said = take("email\na@example.org\n", at=nowhere)
tap.ok(code == 3 and "[store-failed]" in said, "a folder that cannot be made", said)

locked = publication(os.path.join(tap.folder, "locked"), 1)
os.makedirs(os.path.join(locked, "var"))
write("list.csv", "email\na@example.org\n")
os.chmod(tap.folder, 0o755)
os.chmod(os.path.join(locked, "var"), 0o555)


def somebody_else():
    if os.getuid() == 0:  # root may write anywhere
        os.setgid(65534)
        os.setuid(65534)


try:
    run = glos(locked, "subscribers", "import", os.path.join(tap.folder, "list.csv"),
               preexec_fn=somebody_else)
except PermissionError:  # root's checkout is closed to everybody else
    print("# skipped: a folder that cannot be written; nobody else may run the program here")
else:
    tap.ok(run.returncode == 3 and "[store-failed]" in run.stderr,
           "a folder that cannot be written", run.stderr)


def small_disk():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400 * 1024, 400 * 1024))


full = publication(os.path.join(tap.folder, "full"), 1)
take("email\nfirst@example.org\n", at=full)
run = glos(full, "subscribers", "import", write("big.csv", "email;name;region\n" + rows),
           preexec_fn=small_disk)
tap.ok(run.returncode == 3 and "[store-failed]" in run.stderr, "a disk that is full", run.stderr)
tap.same(glos(full, "subscribers", "list").stdout.split()[0:1], ["first@example.org"],
         "leaves what was there")
tap.same(len(glos(full, "subscribers", "list").stdout.splitlines()), 1, "and nothing else")
with open(os.path.join(full, "var/glos.db"), "r+b") as f:
    f.write(b"no database at all, but something else entirely")
run = glos(full, "subscribers", "list")
tap.ok(run.returncode == 3 and "[store-failed]" in run.stderr, "a damaged database", run.stderr)
tap.done()
