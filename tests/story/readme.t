#!/usr/bin/python3
"""What README.md shows can be done as it is shown: its commands are read from it and run."""

import os
import re
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, ROOT, Sink, Tap  # noqa: E402

tap = Tap()
magazine = os.path.join(tap.folder, "my-magazine")
with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
    readme = f.read()


def block(after):
    """The indented lines that follow these words, as they stand."""
    rest = readme.split(after, 1)[1]
    return re.search(r"\n\n((?:    .*\n|\n)+)", rest).group(1)


def unindented(text):
    return "".join(line[4:] + "\n" for line in text.rstrip("\n").split("\n"))


def run(line, folder=tap.folder):
    words = shlex.split(line, comments=True)
    tap.ok(words[0] in ("glos", "build/glos"), f"README calls glos: {line.split('#')[0].strip()}")
    done = subprocess.run([GLOS, *words[1:]], cwd=folder, text=True, capture_output=True,
                          timeout=300, env={**ENVIRONMENT, "SOURCE_DATE_EPOCH": "1773734400"})
    tap.same(done.returncode, 0, "and it ends well")
    if done.returncode:
        print("# " + done.stderr.replace("\n", "\n# "))
    return done


def write(name, text):
    path = os.path.join(magazine, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def read(name):
    with open(os.path.join(magazine, name), encoding="utf-8") as f:
        return f.read()


def change(name, old, new):
    text = read(name)
    assert old in text, f"{name} has no {old}"
    write(name, text.replace(old, new))


# A first issue in five minutes: all commands but the first, which is make.
for line in unindented(block("## A first issue in five minutes")).splitlines():
    if line != "make":
        run(line)
for name in ("print.pdf", "screen.pdf", "large.pdf", "web/index.html", "web/feed.xml", "email/pl.html",
             "email/pl.txt", "email/pl.eml"):
    path = os.path.join(magazine, "out/2026-1", name)
    tap.ok(os.path.isfile(path) and os.path.getsize(path) > 0, f"there is {name}")
for line in unindented(block("What there is to edit:")).splitlines():
    tap.ok(os.path.isfile(os.path.join(tap.folder, line.split()[0])), f"there is {line.split()[0]}")

# The article it shows.
jpeg = os.path.join(ROOT, "issues/2026-1/images", sorted(
    n for n in os.listdir(os.path.join(ROOT, "issues/2026-1/images")) if n.endswith(".jpg"))[0])
os.makedirs(os.path.join(magazine, "issues/2026-1/images"))
for name in ("droga.jpg", "Tower.jpg"):
    shutil.copy(jpeg, os.path.join(magazine, "issues/2026-1/images", name))
write("issues/2026-1/lead.md", unindented(block("An article is a few settings and Markdown:")))
change("issues/2026-1/issue.yaml", "[01-powitanie.md]", "[01-powitanie.md, lead.md]")
run("glos -C my-magazine build -e web")
page = read("out/2026-1/web/lead/index.html")
tap.ok("Zapytaj koordynatora" in page and "„Proszę przyjść" in page, "its article is set, with quotes")

# The mistake it shows, to the letter.
good = read("issues/2026-1/lead.md")
lines = good.splitlines()
write("issues/2026-1/lead.md", "\n".join(lines[:11] + ["![Wieża](images/tower.jpg)", ""] + lines[11:]))
done = subprocess.run([GLOS, "-C", magazine, "check"], text=True, capture_output=True, timeout=120,
                      env=ENVIRONMENT, check=False)
tap.same(done.returncode, 1, "a mistake is told")
tap.ok(unindented(block("Mistakes come back with their place")) in done.stderr, "as README shows",
       done.stderr)
write("issues/2026-1/lead.md", good)

# A new article.
command = re.search(r"New articles and issues: `([^`]*)`", readme).group(1)
run(command)
tap.ok(os.path.isfile(os.path.join(magazine, "issues/2026-1/02-wywiad.md")), "there is an article")
change("issues/2026-1/issue.yaml", "lead.md]", "lead.md, 02-wywiad.md]")

# Sending, with the columns it names, through a server that takes all.
sending = unindented(block("## Sending")).splitlines()
columns = re.search(r"readers\.csv\s+# (.*)", readme).group(1).split(", ")
cells = {"email": "anna@example.org", "name": "Anna Żak", "language": "pl", "region": "Mazowieckie",
         "consent_at": "2026-03-01", "consent_source": "zjazd"}
tap.same(columns, list(cells), "README names the columns")
write("readers.csv", ",".join(columns) + "\n" + ",".join(cells[c] for c in columns) + "\n")
with Sink(tap.folder) as sink:
    settings = read("glos.yaml")
    tap.ok("\n# mail:\n" in settings, "glos.yaml shows who sends")
    settings = re.sub(r"(?m)^# ?(mail:|smtp:|  .*)$", r"\1", settings)
    settings = re.sub(r"(?m)^  (user|password_env): .*\n", "", settings)
    settings = settings.replace("smtp://smtp.example.org:587", f"smtp://127.0.0.1:{sink.port}")
    write("glos.yaml", settings.replace("tls: required", "tls: never"))
    said = {line: run(line, magazine) for line in sending}
    received = sink.received()
tap.same(len(sending), 5, "README shows five commands to send")
first, test, dry, real, status = said.values()
tap.ok(first.stdout.startswith("1 added"), "the reader was taken", first.stdout)
tap.ok(dry.stdout.startswith("anna@example.org\t"), "who would get what is told", dry.stdout)
tap.same(dict(received), {"me@example.org": 1, "anna@example.org": 1}, "each got one")
tap.ok("1 of 1 sent" in status.stdout, "and the status says so", status.stdout)
tap.done()
