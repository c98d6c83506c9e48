#!/usr/bin/python3
"""An issue through a real Postfix: the reports that come back suppress whom they should."""

import json
import os
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import GLOS, Sink, Tap, glos, publication, subscribe  # noqa: E402
from postfix import Postfix, can_run  # noqa: E402

if not can_run():
    print("1..0 # SKIP Postfix runs as root alone, and where it is installed")
    sys.exit(0)
tap = Tap()
os.chmod(tap.folder, 0o755)  # Postfix's users pass through
dead = ["rcpt-550.5.1.1-anna@domena.example", "rcpt-550.5.1.1-ewa@domena.example"]
full = ["rcpt-552.5.2.2-jan@domena.example"]
policy = ["dot-554.5.7.1-ola@domena.example"]
good = ["adam@domena.example", "iga@domena.example"]
program = shutil.copy(GLOS, os.path.join(tap.folder, "glos"))
piped = os.path.join(tap.folder, "q")
with Sink(tap.folder) as sink, Postfix(
        os.path.join(tap.folder, "postfix"), "domena.example", sink.port, "proba.example.org",
        "rury.example.org", f"{program} -q -C {piped} bounces || exit 75") as postfix:
    root = publication(os.path.join(tap.folder, "p"), postfix.port)
    subscribe(root, dead + full + policy + good)
    run = glos(root, "send", "1")
    tap.same(run.returncode, 0, "Postfix takes the issue")
    tap.ok(postfix.wait_for(4), "four reports come back", postfix.log()[-3000:])
    run = glos(root, "bounces", postfix.maildir, "-v")
    print("\n".join("# " + line for line in run.stdout.splitlines()))
    tap.same(run.returncode, 0, "they are read")
    state = {a: json.loads(glos(root, "subscribers", "show", a, "--json").stdout)
             for a in dead + full + policy + good}
    tap.same({a for a, s in state.items() if s["state"] == "suppressed"}, set(dead),
             "those whom nobody knows are suppressed, nobody else")
    tap.same([b["kind"] for a in dead + full + policy for b in state[a]["bounces"]],
             ["hard", "hard", "soft", "policy"], "each bounce is what it is")
    tap.ok("550 5.1.1" in state[dead[0]]["bounces"][0]["words"], "in the server's words",
           state[dead[0]]["bounces"])
    tap.same([state[a]["bounces"] for a in good], [[], []], "of the others there is none")
    tap.same((postfix.arrived(), len(os.listdir(os.path.join(postfix.maildir, "cur")))), ([], 4),
             "the mails are marked as seen")
    again = json.loads(glos(root, "bounces", postfix.maildir, "--json", "--all").stdout)
    tap.same((again["read"], again["repeated"], again["suppressed"]), (4, 4, 0),
             "read again they change nothing")
    subscribe(root, dead)
    plan = glos(root, "send", "1", "--dry-run", "--new", "--json").stdout
    tap.ok(not any(a in plan for a in dead), "no import brings the suppressed back", plan)

    # ---- as they come, by a pipe ----

    publication(piped, postfix.port)
    settings = os.path.join(piped, "glos.yaml")
    with open(settings) as f:
        text = f.read()
    with open(settings, "w") as f:
        f.write(text.replace("return_path: odbicia@proba", "return_path: odbicia@rury"))
    subscribe(piped, dead + full + good)
    var = os.path.join(piped, "var")
    away = os.path.join(piped, "away")
    glos(piped, "send", "1")
    # The database is out of reach when the reports come: Postfix must try again.
    os.rename(var, away)

    def wait_for(condition):
        for _ in range(600):
            if condition():
                return True
            time.sleep(0.05)
        return False

    tap.ok(wait_for(lambda: postfix.log().count("status=deferred") >= 3),
           "a pipe without its database makes Postfix wait", postfix.log()[-3000:])
    os.rename(away, var)
    for folder, _, names in os.walk(var):
        for name in [folder] + [os.path.join(folder, n) for n in names]:
            shutil.chown(name, "nobody")
    postfix.command("flush")
    tap.ok(wait_for(lambda: [json.loads(glos(piped, "subscribers", "show", a, "--json").stdout)["state"]
                             for a in dead] == ["suppressed"] * 2),
           "with it, the dead are suppressed as they come back", postfix.log()[-3000:])
    tap.same([json.loads(glos(piped, "subscribers", "show", a, "--json").stdout)["state"]
              for a in full + good], ["active"] * 3, "nobody else")
tap.done()
