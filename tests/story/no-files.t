#!/usr/bin/python3
"""Whatever glos is told to read is a file: a named pipe nobody writes to, a device without end
or a folder in its place is told, with its place, and nothing waits for it."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, Sink, Tap, publication, subscribe  # noqa: E402

tap = Tap()
KINDS = ("pipe", "device", "folder")
MOST_S = 60


def put(kind, path):
    if os.path.islink(path) or os.path.isfile(path):
        os.unlink(path)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        os.symlink("/dev/zero", path)
    else:
        os.mkdir(path)


def run(root, *words, **more):
    try:
        return subprocess.run([GLOS, "-C", root, *words], env={**ENVIRONMENT, "GLOS_TEST": "x"}, text=True,
                              capture_output=True, timeout=MOST_S, stdin=subprocess.DEVNULL, **more)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, "it hangs", "", "")


with Sink(tap.folder) as sink:
    whole = publication(os.path.join(tap.folder, "whole"), sink.port)
    subscribe(whole, ["a@x.example"])
    os.makedirs(os.path.join(whole, "issues/1/images"))
    with open(os.path.join(whole, "glos.yaml"), encoding="utf-8") as f:
        SETTINGS = f.read()
    with open(os.path.join(whole, "issues/1/a.md"), encoding="utf-8") as f:
        ARTICLE = f.read()
    with open(os.path.join(whole, "issues/1/issue.yaml"), encoding="utf-8") as f:
        ISSUE = f.read()
    DKIM = "dkim: {domain: x.example, selector: s, key: thing}\n"
    LOGIN = "store:", "  user: x\n  password_file: thing\nstore:"
    # what, where the thing stands, edits of glos.yaml, of issue.yaml, of a.md, words, what the
    # message says
    CASES = [
        ("a password", "thing", SETTINGS.replace(*LOGIN), ISSUE, ARTICLE, ("send", "1"), "glos.yaml:"),
        ("a DKIM key", "thing", SETTINGS + DKIM, ISSUE, ARTICLE, ("send", "1"), "glos.yaml:"),
        ("a list", "thing", SETTINGS, ISSUE, ARTICLE, ("subscribers", "import", "ROOT/thing"), "thing"),
        ("a relay's log", "thing", SETTINGS, ISSUE, ARTICLE, ("send", "1", "--resolve", "ROOT/thing"), "thing"),
        ("a bounce", "thing", SETTINGS, ISSUE, ARTICLE, ("bounces", "ROOT/thing"), "thing"),
        ("a database", "thing", SETTINGS.split("store:")[0] + "store: sqlite:thing\n", ISSUE, ARTICLE, ("send", "1"), "thing"),
        ("glos.yaml", "glos.yaml", SETTINGS, ISSUE, ARTICLE, ("check", "1"), "glos.yaml"),
        ("issue.yaml", "issues/1/issue.yaml", SETTINGS, ISSUE, ARTICLE, ("check", "1"), "[issue-missing]"),
        ("an article", "issues/1/a.md", SETTINGS, ISSUE, ARTICLE, ("check", "1"), "a.md"),
        ("a picture", "issues/1/images/x.jpg", SETTINGS, ISSUE, ARTICLE + "\n![x](images/x.jpg)\n", ("check", "1"), "a.md:"),
        ("an advertisement", "issues/1/images/x.pdf", SETTINGS,
         ISSUE + "  - {advertisement: images/x.pdf, alt: x}\n", ARTICLE, ("check", "1"), "issue.yaml:"),
    ]
    for what, where, settings, issue, article, words, said in CASES:
        for kind in KINDS:
            if (what, kind) == ("a bounce", "folder"):
                continue  # a Maildir would be one
            root = os.path.join(tap.folder, "p")
            shutil.copytree(whole, root)
            for name, text in (("glos.yaml", settings), ("issues/1/issue.yaml", issue), ("issues/1/a.md", article)):
                with open(os.path.join(root, name), "w", encoding="utf-8") as f:
                    f.write(text)
            put(kind, os.path.join(root, where))
            got = run(root, *[w.replace("ROOT", root) for w in words])
            tap.ok(got.returncode in (1, 2, 3) and said in got.stderr, f"{what} that is a {kind}: told", got)
            shutil.rmtree(root)
tap.done()
