#!/usr/bin/python3
"""What `glos preview` shows, as its page sees it: over HTTP, from a real server."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, ROOT, Tap  # noqa: E402

PATIENCE = 120  # seconds; the machine may be busy
tap = Tap()
magazine = os.path.join(tap.folder, "magazine")
temporary = os.path.join(tap.folder, "tmp")
os.mkdir(temporary)
environment = {**ENVIRONMENT, "TMPDIR": temporary}


def glos(*words, **more):
    return subprocess.run([GLOS, *words], text=True, capture_output=True, timeout=PATIENCE, env=environment,
                          check=False, **more)


def write(name, text):
    path = os.path.join(magazine, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def write_renamed(name, text):
    """As vim and most others do."""
    write(name + "~new~", text)
    os.rename(os.path.join(magazine, name + "~new~"), os.path.join(magazine, name))


def article(title, body="Zdanie zwykłe."):
    return f"---\ntitle: {title}\n---\n\n{body}\n"


class Preview:
    def __init__(self, *words):
        self.process = subprocess.Popen([GLOS, "-C", magazine, "preview", "--json", *words], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        told = json.loads(self.process.stdout.readline())
        self.issue = told["issue"]
        self.address = urllib.parse.urlsplit(told["url"])
        self.port = self.address.port

    def get(self, path, method="GET", headers=None, host="127.0.0.1"):
        connection = http.client.HTTPConnection(host, self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=headers is not None)
        for name, value in headers or []:
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body, answer.headers

    def text(self, path):
        return self.get(path)[1].decode()

    def state(self):
        return json.loads(self.text("/state"))

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as f:
            return [int(pid) for pid in f.read().split()]

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said[1]


class Events:
    """One client of the stream of server-sent events."""

    def __init__(self, preview, edition="email"):
        self.socket = socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE)
        self.socket.sendall(f"GET /events/{edition} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
        answer = http.client.HTTPResponse(self.socket)
        answer.begin()
        self.answer = answer

    def next(self):
        """The next state that is told."""
        while True:
            line = self.answer.readline().decode()
            assert line, "the stream ended"
            if line.startswith("data: "):
                return json.loads(line[6:])

    def until(self, true):
        """The first state from now on of which this is true."""
        while True:
            state = self.next()
            if true(state):
                return state

    def close(self):
        self.socket.close()
        self.answer.close()


def wait_until(true):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def done(state):
    return not state["checking"] and not any(e["outdated"] or e["making"] for e in state["paged"].values())


def errors(state):
    return [d for d in state["diagnostics"] if d["level"] != "warning"]


tap.same(glos("init", magazine).returncode, 0, "a publication begins")
issue = os.listdir(os.path.join(magazine, "issues"))[0]
first = f"issues/{issue}/01-powitanie.md"
write(first, article("Powitanie"))

# ---- the page, and what it shows ----

preview = Preview("--port", "0")
tap.same(preview.issue, issue, "without a name, the only issue is shown")
status, page, headers = preview.get("/")
tap.same(status, 200, "there is a page")
tap.ok(b"<h1>" in page and headers["Content-Type"] == "text/html; charset=utf-8", "of HTML")
tap.ok("script-src 'self'" in headers["Content-Security-Policy"] and
       "'unsafe-inline'" not in headers["Content-Security-Policy"], "that runs our script alone")
for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store")):
    tap.same(headers[name], value, f"with {name}")
for path, kind in (("/desk.css", "text/css"), ("/desk.js", "text/javascript")):
    status, body, headers = preview.get(path)
    tap.ok(status == 200 and headers["Content-Type"].startswith(kind) and len(body) > 1000, f"and {path}")
events = Events(preview)
state = events.until(lambda s: s["mail"]["messages"] and s["web"]["build"])
tap.same([m["name"] for m in state["mail"]["messages"]], ["pl"], "the stream tells of the message at once")
status, body, headers = preview.get("/mail/pl.html")
tap.ok(status == 200 and "Powitanie" in body.decode(), "it can be read")
tap.ok("sandbox" in headers["Content-Security-Policy"] and "script-src" not in headers["Content-Security-Policy"] and
       "default-src 'none'" in headers["Content-Security-Policy"], "and runs no script")
tap.ok("img-src" in headers["Content-Security-Policy"] and
       "img-src" not in preview.get("/mail-bare/pl.html")[2]["Content-Security-Policy"], "nor shows images, by choice")
tap.ok("Zdanie zwykłe" in preview.text("/mail/pl.txt"), "so can its text part")
tap.ok("Powitanie" in preview.text("/web/"), "and the web edition")
state = events.until(done)
tap.same([len(state["paged"][e]["files"]) > 0 for e in ("print", "screen", "large")], [True] * 3, "all PDFs come")
for edition in ("print", "screen", "large"):
    build = state["paged"][edition]["build"]
    status, image, headers = preview.get(f"/page/{build}/{edition}/1/60.png")
    tap.ok(status == 200 and image[:8] == b"\x89PNG\r\n\x1a\n", f"a page of {edition} is drawn")
    tap.ok(preview.get(f"/{edition}.pdf")[1][:5] == b"%PDF-", "and its file can be had")
    tap.same(preview.get(f"/page/{build}/{edition}/999/60.png")[0], 404, "but no page that is not there")
offered = [f"{preview.issue}.pdf", f"{preview.issue}-large.pdf"]
tap.ok(wait_until(lambda: all(f'href="{name}"' in preview.text("/web/") for name in offered)),
       "the web edition offers them")
tap.same([preview.get("/web/" + name)[1] for name in offered],
         [preview.get(f"/{edition}.pdf")[1] for edition in ("screen", "large")], "and has them")
shown = re.findall('src="(/web/img/[^"]+)"', preview.text("/mail/pl.html"))
tap.same([path for path in shown if preview.get(path)[0] != 200], [], "the e-mail's pictures are there")
tap.ok(not os.path.exists(os.path.join(magazine, "out", issue)), "nothing is written where glos build writes")

# ---- saves ----

mail = state["mail"]["build"]


def save_and_see(how, title, what):
    how(first, article(title))
    events.until(lambda s: s["mail"]["build"] > mail and title in preview.text("/mail/pl.html") and
                 title in preview.text("/web/"))
    tap.ok(title in preview.text("/mail/pl.txt"), what)
    return preview.state()["mail"]["build"]


mail = save_and_see(write, "Zapisane", "a save is shown and told")
mail = save_and_see(write_renamed, "Przemianowane", "so is a save by renaming")


def write_linked(name, text):
    write(f"{name}.tmp", text)
    path = os.path.join(magazine, name)
    os.unlink(path)
    os.link(path + ".tmp", path)
    os.unlink(path + ".tmp")


mail = save_and_see(write_linked, "Podlinkowane", "so is one by a link")
write(f"issues/{issue}/.01-powitanie.md.swp", "x")
write(f"issues/{issue}/01-powitanie.md~", "x")
with open(os.path.join(magazine, first), "a", encoding="utf-8") as half:
    half.write("\nPół zdania")
    half.flush()
    time.sleep(0.5)
    tap.same(preview.state()["mail"]["build"], mail, "what editors keep beside it is no save, nor half a file")
    half.write(" i druga połowa.\n")
events.until(lambda s: "druga połowa" in preview.text("/mail/pl.txt"))
tap.ok(True, "until it is whole")
mail = preview.state()["mail"]["build"]

# A new folder, with what came into it before anybody could watch.
settings = os.path.join(magazine, f"issues/{issue}/issue.yaml")
with open(settings, encoding="utf-8") as f:
    listed = f.read()
write("elsewhere/02-drugi.md", article("Drugi artykuł"))
os.rename(os.path.join(magazine, "elsewhere"), os.path.join(magazine, f"issues/{issue}/dalej"))
write(f"issues/{issue}/issue.yaml", listed.replace("[01-powitanie.md]", "[01-powitanie.md, dalej/02-drugi.md]"))
seen = events.until(lambda s: "Drugi" in preview.text("/mail/pl.html") or errors(s))
if errors(seen):  # articles may have to stand beside issue.yaml: then a flat one
    os.rename(os.path.join(magazine, f"issues/{issue}/dalej/02-drugi.md"),
              os.path.join(magazine, f"issues/{issue}/02-drugi.md"))
    write(f"issues/{issue}/issue.yaml", listed.replace("[01-powitanie.md]", "[01-powitanie.md, 02-drugi.md]"))
    events.until(lambda s: "Drugi" in preview.text("/mail/pl.html"))
tap.ok(True, "a new article is shown")
os.makedirs(os.path.join(magazine, f"issues/{issue}/a/b/c"))
mail = preview.state()["mail"]["build"]
write(f"issues/{issue}/a/b/c/x.md", "x")
wait_until(lambda: preview.state()["mail"]["build"] > mail)
time.sleep(0.3)
mail = preview.state()["mail"]["build"]
write(f"issues/{issue}/a/b/c/x.md", "y")
tap.ok(wait_until(lambda: preview.state()["mail"]["build"] > mail), "folders made meanwhile are watched, however deep")

# ---- mistakes ----

good = preview.text("/mail/pl.html")
write(first, article("Z błędem", "To jest <b>HTML</b>."))
state = events.until(errors)
told = errors(state)[0]
checked = json.loads(glos("-C", magazine, "check", "--json").stdout.splitlines()[0])
tap.same(told, checked, "a mistake is told as glos check tells it")
tap.ok(told["file"] == first and told["line"] == 5 and told["column"] == 9 and told["hint"],
       "with file, line, column and hint", told)
tap.ok(state["stale"], "the page says that what it shows is older")
tap.same(preview.text("/mail/pl.html"), good, "and that is the last good build")
write(first, article("Naprawione"))
state = events.until(lambda s: not s["stale"])
tap.same(errors(state), [], "mended, the mistake is gone")
tap.ok("Naprawione" in preview.text("/mail/pl.html"), "and what was mended is shown")
write(first, article("Ostrzeżenie") .replace("title:", "tytul: x\ntitle:"))
state = events.until(lambda s: s["diagnostics"] and done(s))
said = [json.loads(line) for line in glos("-C", magazine, "check", "--json").stdout.splitlines()]
tap.same(state["diagnostics"], said, "when all is checked, it tells just what glos check does")
write(first, article("Koniec"))
state = events.until(done)

# ---- a save in the middle of a rebuild ----

builds = {e: state["paged"][e]["build"] for e in state["paged"]}
looking = Events(preview, "large")
for n in range(12):
    write_renamed(first, article(f"Numer{n}", f"Zdanie{n} zwykłe."))
    time.sleep(0.05)
tap.ok(wait_until(lambda: "Numer11" in preview.text("/mail/pl.html") and done(preview.state())),
       "many saves, also while pages are being made, come to an end")
state = preview.state()
tap.ok(all(state["paged"][e]["build"] > builds[e] for e in builds), "after many saves at once the last one is shown")
large = preview.get("/large.pdf")[1]
with open(os.path.join(tap.folder, "large.pdf"), "wb") as f:
    f.write(large)
read = subprocess.run(["pdftotext", os.path.join(tap.folder, "large.pdf"), "-"], capture_output=True, text=True,
                      check=False).stdout
tap.ok("Zdanie11" in read, "in its pages, too", read[:500])
left = sorted(n for n in os.listdir(os.path.join(temporary, os.listdir(temporary)[0])) if n != "web")
tap.ok(len(left) <= 6, "and two builds of an edition are kept at most", left)

# ---- who may not look ----

for path in ("/web/../glos.yaml", "/web/%2e%2e/%2e%2e/glos.yaml", "/web/..%2fglos.yaml", "/web//etc/passwd",
             "/web/%2fetc/passwd", "/web/.hidden", "/web/x%00", "/web/%5c..%5c", "/mail/../state", "/etc/passwd",
             "/page/1/..%2f..%2f/1/60.png", "/page/1/print/1/99999.png", "/page/1/print/0/60.png",
             "/page/99999999999999999999/print/1/60.png", "/other.pdf", "/web/%zz", "/%", "/web/" + "a" * 3000,
             "/events/none", "http://127.0.0.1/state"):
    status, body, headers = preview.get(path)
    tap.ok(status in (403, 404) and len(body) < 120, f"there is no {path[:40]}", status)
own = f"127.0.0.1:{preview.port}"
for hosts in ([("Host", "evil.example")], [("Host", f"evil.example:{preview.port}")], [("Host", "127.0.0.1")],
              [("Host", "127.0.0.1:1")], [("Host", own + "0")], [("Host", own + ".evil.example")], [("Host", "")], [],
              [("Host", own), ("Host", "evil.example")], [("Host", f"127.0.0.1.evil.example:{preview.port}")]):
    status = preview.get("/state", headers=hosts)[0]
    tap.ok(status in (400, 403), f"nobody who calls us {hosts} is answered", status)
for host in (own, f"localhost:{preview.port}", f"LOCALHOST:{preview.port}", f"[::1]:{preview.port}"):
    tap.same(preview.get("/state", headers=[("Host", host)])[0], 200, f"{host} is us")
for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "X"):
    tap.ok(preview.get("/", method)[0] in (400, 405), f"{method} is refused")
status, body, headers = preview.get("/mail/pl.html", "HEAD")
tap.ok(status == 200 and not body and int(headers["Content-Length"]) > 1000, "HEAD has no body")
for garbage in (b"\x00\xff\x16\x03\x01\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: " + b"x" * 70000 + b"\r\n\r\n",
                b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: " + own.encode() + b"\r\nContent-Length: 5\r\n\r\nhello"):
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) as s:
        s.sendall(garbage)
        try:
            answer = s.recv(4096)
        except ConnectionError:
            answer = b""
        tap.ok(not answer.startswith(b"HTTP/1.1 200"), f"{garbage[:24]} gets nothing", answer[:80])
others = {line.split()[1].split(":")[0] for line in open("/proc/net/tcp", encoding="ascii").readlines()[1:]
          if line.split()[1].endswith(f":{preview.port:04X}") and line.split()[3] == "0A"}
tap.same(others, {"0100007F"}, "it listens on loopback alone")

# ---- many clients, slow ones, such as hang ----

hung = [Events(preview, "screen") for _ in range(40)]  # never read
idle = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(40)]  # never ask
slow = socket.create_connection(("127.0.0.1", preview.port))
slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
slow.sendall(f"GET /print.pdf HTTP/1.1\r\nHost: {own}\r\n\r\n".encode())  # never read, too
write(first, article("Tłok", "Zdanie w tłoku."))
events.until(lambda s: "Tłok" in preview.text("/mail/pl.html"))
tap.ok(True, "clients that hang keep nobody waiting")
for client in hung[:20]:
    client.close()

# ---- ports ----

taken = glos("-C", magazine, "preview", "--port", str(preview.port))
tap.same(taken.returncode, 3, "a port that is taken is a failure of the world")
tap.ok(f"port {preview.port} of 127.0.0.1" in taken.stderr and "[port-taken]" in taken.stderr and
       "hint: name another with --port" in taken.stderr, "that names it and says what to do", taken.stderr)
with socket.socket() as usual:
    try:
        usual.bind(("127.0.0.1", 4567))
        usual.listen()
    except OSError:
        pass  # somebody has it: all the better
    second = Preview()
    tap.ok(second.port != 4567, "without --port another one will do")
    tap.same(second.end(signal.SIGINT), (0, ""), "SIGINT ends it well")
for wrong in ("-1", "65536", "x", ""):
    tap.same(glos("-C", magazine, "preview", "--port", wrong).returncode, 2, f"--port {wrong!r} is wrong usage")

# ---- the newest issue; none of a name ----

tap.same(glos("-C", magazine, "new", "issue", "a-newer").returncode, 0, "a second issue")
name = os.path.join(magazine, "issues/a-newer/issue.yaml")
with open(name, encoding="utf-8") as f:
    dated = f.read()
write("issues/a-newer/issue.yaml", re.sub(r"(?m)^date:.*$", "date: 2199-01-01", dated))
second = Preview("--port", "0")
tap.same(second.issue, "a-newer", "without a name, the issue with the latest date is shown")
second.end()
wrong = glos("-C", magazine, "preview", "none")
tap.same(wrong.returncode, 1, "an issue that is none is a mistake")
tap.ok("[issue-missing]" in wrong.stderr, "and told", wrong.stderr)

# ---- without programs that draw ----

bare = os.path.join(tap.folder, "bin")
os.mkdir(bare)
environment["PATH"], path = bare, environment.get("PATH", os.environ["PATH"])
second = Preview("--port", "0")
watching = Events(second, "screen")
state = watching.until(lambda s: s["paged"]["screen"]["build"])
status, said, headers = second.get(f"/page/{state['paged']['screen']['build']}/screen/1/60.png")
tap.ok(status == 501 and b"apt-get install poppler-utils" in said, "without programs to draw pages it says which", said)
second.end()
environment["PATH"] = path

# ---- the end ----

write(first, article("Ostatnie"))
tap.ok(wait_until(preview.children), "pages are being made")
children = preview.children()
begun = time.monotonic()
status, said = preview.end()
tap.same((status, said), (0, ""), "SIGTERM ends it well, though clients hang and pages are being made")
tap.ok(not any(os.path.exists(f"/proc/{pid}") for pid in children), "no child is left")
tap.same(os.listdir(temporary), [], "nor any file")
tap.done()
