#!/usr/bin/python3
"""`glos serve` as readers meet it: over HTTP, with a real mail server behind it."""

import collections
import email
import email.policy
import html
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

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import BUILD, ENVIRONMENT, GLOS, Sink, Tap, ask, glos, publication, subscribe  # noqa: E402

PATIENCE = 60  # seconds; the machine may be busy
tap = Tap()
mailbox = os.path.join(tap.folder, "mail")
opened = {}
SETTINGS = """serve:
  languages: [pl, nb, uk]
  regions: [śląskie, mazowieckie]
  proxies: [127.0.0.1]
"""


class Serve:
    def __init__(self, root, *words):
        self.process = subprocess.Popen(
            [GLOS, "-C", root, "serve", "--json", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", *words],
            text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
        told = json.loads(self.process.stdout.readline())
        self.port = urllib.parse.urlsplit(told["url"]).port
        self.metrics_port = urllib.parse.urlsplit(told["metrics"]).port

    def ask(self, path, method="GET", body=None, headers=None, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers

    def get(self, path, **headers):
        return self.ask(path, headers=headers)

    def post(self, path, fields, headers=None):
        return self.ask(path, "POST", urllib.parse.urlencode(fields),
                        {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def form(self, path, **headers):
        """The token of the form on a page."""
        return re.search(r'name="form" value="([^"]*)"', self.get(path, **headers)[1]).group(1)

    def subscribe(self, address, network=1, **more):
        return self.post("/s", {"form": self.form("/s"), "email": address, "lang": "pl", **more},
                         {"X-Forwarded-For": f"198.51.{network}.7"})

    def counted(self, name):
        text = self.ask("/metrics", port=self.metrics_port)[1]
        return int(re.search(re.escape(name) + r" (\d+)", text).group(1))

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said[1]


def letters(who=None):
    for name in sorted(os.listdir(mailbox)):
        if name not in opened and not name.endswith("~"):
            with open(os.path.join(mailbox, name), "rb") as f:
                message = email.message_from_bytes(f.read(), policy=email.policy.SMTP)
            opened[name] = (str(message["To"]), message)
    return [message for to, message in opened.values() if who is None or to == who]


def letter_to(who, number=1):
    """Waits until so many came."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if len(letters(who)) >= number:
            return letters(who)[-1]
        time.sleep(0.05)
    raise AssertionError(f"no message to {who}")


def link_of(message, kind="plain"):
    body = message.get_body((kind,)).get_content()
    return re.search(r"https://proba\.example\.org(/c/[a-z2-7]+)", body).group(1)


def show(who):
    run = glos(root, "subscribers", "show", who, "--json")
    return json.loads(run.stdout) if run.returncode == 0 else None


class Mta(Sink):
    """Debian's aiosmtpd, which keeps what it gets."""

    def __init__(self, folder):
        os.makedirs(mailbox, exist_ok=True)
        self.log = os.devnull
        self.process = subprocess.Popen(
            ["/usr/bin/python3", os.path.join(HERE, "../servers/plain.py"), mailbox], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.port = int(self.process.stdout.readline().split()[1])


with Mta(tap.folder) as mta:
    root = publication(os.path.join(tap.folder, "p"), mta.port)
    with open(os.path.join(root, "glos.yaml"), "a", encoding="utf-8") as f:
        f.write(SETTINGS)
    subscribe(root, ["znana@example.org"])
    serve = Serve(root)

    # ---- from the form to the confirmation ----

    status, page, headers = serve.get("/s")
    tap.ok(status == 200 and page.count("<h1>") == 1 and "<script" not in page, "the form is there", page)
    tap.ok("default-src 'none'" in headers["Content-Security-Policy"] and headers["Cache-Control"] == "no-store"
           and headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
           and "Set-Cookie" not in headers, "its headers are strict", headers)
    for accept, words in [("nb-NO,nb;q=0.9", "Meld deg på"), ("uk", "Підписатися"), ("en;q=0.4, fr", "Subscribe"),
                          ("fr", "Zapisz się"), ("no", "Meld deg på")]:
        tap.ok(words in serve.get("/s", **{"Accept-Language": accept})[1], f"it speaks {accept}")
    tap.ok("Meld deg på" in serve.get("/s?lang=nb")[1], "and what is chosen")

    status, asked, _ = serve.subscribe("anna@example.org", name="Anna Zając", language="nb", region="śląskie")
    tap.ok(status == 200 and "Sprawdź pocztę" in asked, "asking is answered", asked)
    message = letter_to("anna@example.org")
    tap.ok(message["Content-Language"] == "nb" and "Bekreft" in message["Subject"]
           and message["Auto-Submitted"] == "auto-generated", "a message comes, in the reader's language", message)
    tap.ok("Anna" not in message.as_string() and "Zaj" not in message.as_string(),
           "nothing that was typed stands in it")
    tap.same(link_of(message), link_of(message, "html"), "text and HTML have the same link")
    link = link_of(message)
    token = link.split("/")[-1]
    tap.ok(len(token) == 26 and all(token not in str(value) for value in message.values()),
           "which is random, and in no header")
    tap.same(show("anna@example.org")["state"], "unconfirmed", "until they confirm nobody is in")
    for _ in range(3):
        status, page, _ = serve.get(link)
    tap.ok(status == 200 and "Jeg bekrefter" in page, "the link shows a button", page)
    tap.same(show("anna@example.org")["state"], "unconfirmed", "and changes nothing, however often it is followed")
    serve.subscribe("anna@example.org", language="nb")
    tap.same(serve.post(link, {"form": "x"})[0], 422, "a form that is not ours confirms nothing")
    tap.same(serve.post(link, {"form": serve.form("/s")})[0], 422, "nor does the token of another form")
    tap.same(show("anna@example.org")["state"], "unconfirmed", "really")
    form = serve.form(link)
    tap.same(serve.post(link, {"form": form}, {"Sec-Fetch-Site": "cross-site"})[0], 403, "nor does another site")
    tap.same(serve.post(link, {"form": form}, {"Origin": "https://evil.example"})[0], 403,
             "whatever the browser tells of it")
    status, page, _ = serve.post(link, {"form": form}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    tap.ok(status == 200 and "Påmeldingen er bekreftet" in page, "the button does", page)
    anna = show("anna@example.org")
    tap.same((anna["state"], anna["name"], anna["language"], anna["region"]),
             ("active", "Anna Zając", "nb", "śląskie"), "with what was asked for")
    tap.same([(c["state"], c["channel"], len(c["version"])) for c in anna["consents"]],
             [("asked", "form", 16), ("confirmed", "mail", 16)], "the log of consents tells when and how")
    tap.ok("Próba" in anna["consents"][0]["words"] and "Zgadzam się" in anna["consents"][0]["words"],
           "and to which words")
    told = glos(root, "subscribers", "show", "anna@example.org").stdout
    tap.ok("consent confirmed" in told, "a person is shown it, too", told)
    tap.same(serve.post(link, {"form": form})[0], 200, "a second click says the same")
    tap.same(len(show("anna@example.org")["consents"]), 2, "and does nothing")
    tap.same(len(letters("anna@example.org")), 1, "two clicks on the form made one message")

    # ---- nobody learns who is known ----

    answers = {serve.subscribe(who, network=2)[1] for who in ("znana@example.org", "nieznana@example.org")}
    tap.same(answers, {asked}, "known and unknown addresses get the same bytes")
    glos(root, "subscribers", "suppress", "nigdy@example.org")
    tap.same(serve.subscribe("nigdy@example.org", network=2)[1], asked, "so does one that is suppressed")
    letter_to("nieznana@example.org")
    tap.same(letters("nigdy@example.org"), [], "which gets no message")
    status, page, _ = serve.subscribe("to nie adres", network=2, name="<b>&\"")
    tap.ok(status == 422 and 'aria-invalid="true"' in page and "to nie adres" in page and "<b>&\"" not in page,
           "a mistake is told beside its field, and what was typed is kept", page)
    statuses = [serve.subscribe(f"x{i}@example.org", network=3)[0] for i in range(22)]
    tap.ok(statuses[:20] == [200] * 20 and statuses[21] == 429, "one network is slowed down", statuses)
    tap.same(serve.subscribe("y@example.org", network=4)[0], 200, "others are not")

    # ---- settings ----

    settings = re.search(r'href="(/p/[a-z2-7]{26})"', serve.post(link, {"form": form})[1]).group(1)
    own = settings.split("/")[-1]
    status, page, _ = serve.get(settings)
    tap.ok(status == 200 and "anna@example.org" in page and 'value="śląskie" checked' in page
           and html.escape("Anna Zając") in page, "the settings are shown", page)
    form = serve.form(settings)
    status, page, _ = serve.post(settings, {"form": form, "do": "save", "name": "", "language": "uk",
                                            "region": "mazowieckie"})
    tap.ok(status == 200 and "Налаштування збережено" in page, "saved, in the new language", page)
    anna = show("anna@example.org")
    tap.same((anna["name"], anna["language"], anna["region"]), ("", "uk", "mazowieckie"), "really")
    serve.post(settings, {"form": form, "do": "save", "region": "wymyślone", "language": "xx"})
    tap.same((show("anna@example.org")["region"]), "", "what is not on offer is not taken")
    serve.post(settings, {"form": form, "do": "pause"})
    tap.same(show("anna@example.org")["state"], "paused", "a pause")
    status, page, headers = serve.get(settings + "/data.json")
    tap.ok(json.loads(page)["address"] == "anna@example.org" and "attachment" in headers["Content-Disposition"],
           "all that is kept can be taken along", page)
    glos(root, "send", "1")
    tap.ok(not any("1." in m["Message-ID"] for m in letters("anna@example.org")), "who pauses gets no issue")
    anna = show("anna@example.org")
    tap.same((anna["state"], anna["deliveries"][0]["state"], anna["deliveries"][0]["words"]),
             ("active", "suppressed", "paused by the reader"), "and is active again after it")
    serve.post(settings, {"form": form, "do": "pause"})
    serve.post(settings, {"form": form, "do": "resume"})
    tap.same(show("anna@example.org")["state"], "active", "a pause can be taken back")

    # ---- leaving ----

    unsubscribe = "/u/" + own
    status, page, _ = serve.get(unsubscribe)
    tap.ok(status == 200 and "<button" in page, "the link in a message shows a button", page)
    tap.same(serve.ask(unsubscribe, "HEAD")[0], 200, "programs that look at links see it")
    tap.same(show("anna@example.org")["state"], "active", "and change nothing")
    tap.same(serve.post(unsubscribe, {})[0], 422, "a bare POST is none of ours")
    tap.same(show("anna@example.org")["state"], "active", "and changes nothing")
    status, page, _ = serve.post(unsubscribe, {"List-Unsubscribe": "One-Click"},
                                 {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"})
    tap.same((status, show("anna@example.org")["state"]), (200, "unsubscribed"), "one click does it (RFC 8058)")
    tap.same([c["channel"] for c in show("anna@example.org")["consents"]], ["form", "mail", "one-click"],
             "which is logged")
    tap.same(serve.post(unsubscribe, {"List-Unsubscribe": "One-Click"})[0], 200, "twice is once")
    tap.same(serve.post(link, {"form": serve.form("/s")})[0], 404, "the old link brings nobody back")
    tap.same(show("anna@example.org")["state"], "unsubscribed", "really")
    subscribe(root, ["jan@example.org"], "jan.csv")
    glos(root, "-q", "send", "1", "--new")
    tap.same(len(letters("anna@example.org")), 1, "nothing more is sent")

    def token_of(who):
        message = letter_to(who)
        return re.search(r"/u/([a-z2-7]{26})", message["List-Unsubscribe"]).group(1)

    jan = token_of("jan@example.org")
    boundary = "b0und"
    multipart = f"--{boundary}\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--{boundary}--\r\n"
    tap.same(serve.ask("/u/" + jan, "POST", multipart, {"Content-Type": f"multipart/form-data; boundary={boundary}"})[0],
             200, "one click may come in parts")
    tap.same(show("jan@example.org")["state"], "unsubscribed", "too")
    erase = f"/p/{jan}/erase"
    tap.ok("<button" in serve.get(erase)[1] and show("jan@example.org"), "erasing asks first")
    status, page, _ = serve.post(erase, {"form": serve.form(erase)})
    tap.ok(status == 200 and show("jan@example.org") is None, "and then forgets", page)
    tap.same(serve.get(f"/p/{jan}")[0], 404, "the token with all the rest")

    # ---- while an issue is on its way ----

    people = [f"osoba{i:03d}@domena.example" for i in range(700)]
    campaign = publication(os.path.join(tap.folder, "campaign"), mta.port, connections=1, more=["rate: 150/s"])
    subscribe(campaign, people)
    readers = Serve(campaign)
    sending = subprocess.Popen([GLOS, "-C", campaign, "-q", "send", "1"], env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    first = letter_to(people[0])
    last = ask(campaign, "SELECT token FROM subscriber WHERE address = ?", people[-1])[0][0]
    waiting = ask(campaign, "SELECT d.state FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id "
                  "WHERE s.address = ?", people[-1])[0][0]
    status, page, _ = readers.post("/u/" + last, {"List-Unsubscribe": "One-Click"})
    sending.wait(PATIENCE)
    state = json.loads(glos(campaign, "subscribers", "show", people[-1], "--json").stdout)["deliveries"][0]["state"]
    tap.same((status, waiting == 0, state, len(letters(people[-1])) == 0), (200, True, "suppressed", True),
             "who leaves before their turn gets nothing of the running issue")
    letters()
    got = collections.Counter(to for to, _ in opened.values())
    tap.same([p for p in people[:-1] if got[p] != 1], [], "all others got it once")
    tap.same(readers.end()[0], 0, "and serve ends well")

    # ---- hostile requests ----

    def memory():
        with open(f"/proc/{serve.process.pid}/status", encoding="ascii") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))

    def storm(seconds):
        run = subprocess.run([os.path.join(BUILD, "tests/servers/storm"), str(serve.port), "100", str(seconds),
                              "--idle", "1000"], text=True, capture_output=True, timeout=PATIENCE)
        return json.loads(run.stdout) if run.returncode == 0 else run.stderr

    # Sanitizers keep what is freed, to find uses of it, and take their time; so does valgrind.
    instrumented = "/asan" in BUILD or "/tsan" in BUILD or "GLOS_INSTRUMENTED" in os.environ
    storm(1)
    before = memory()
    result = storm(20 if instrumented else 4)
    print(f"# {result}, {before} to {memory()} KB")
    tap.ok(result["answered"] > 2000 and result["2xx"] > 100 and result["4xx"] > 1000 and result["5xx"] == 0,
           "thousands of hostile requests are answered, beside a thousand that hang", result)
    tap.ok(instrumented or (memory() < before + 8192 and memory() < 98304), "in the same memory", f"{before} to {memory()} KB")
    tap.ok(serve.process.poll() is None and serve.get("/s")[0] == 200, "and then it is there for readers")
    slow = socket.create_connection(("127.0.0.1", serve.port), timeout=PATIENCE)
    slow.sendall(b"GET /s HTTP/1.1\r\nHost: proba.example.org\r\nX: ")
    status = serve.ask("/s", "POST", "a" * 20000, {"Content-Type": "application/x-www-form-urlencoded"})[0]
    tap.same(status, 413, "what is too large is refused")
    for what, wanted in [(("/s", "PUT"), 405), (("/u/" + own + "/data.json",), 404), (("/p/" + own + "/data.json", "POST", ""), 405),
                         (("/u/" + "a" * 26,), 404), (("/u/" + "a" * 2000,), 414), (("/%",), 404),
                         (("/s", "POST", "email=%zz", {"Content-Type": "application/x-www-form-urlencoded"}), 400),
                         (("/s", "POST", "{}", {"Content-Type": "application/json"}), 400),
                         (("/s", "GET", None, {"Host": "evil.example"}), 421)]:
        status, page, headers = serve.ask(*what)
        tap.ok(status == wanted and "default-src 'none'" in headers["Content-Security-Policy"],
               f"{' '.join(str(w)[:40] for w in what[:2])}: {wanted}", f"{status}\n{headers}")

    # ---- the end, with requests under way ----

    half = [socket.create_connection(("127.0.0.1", serve.port), timeout=PATIENCE) for _ in range(20)]
    for i, s in enumerate(half):
        body = urllib.parse.urlencode({"form": serve.form("/s"), "email": f"koniec{i}@example.org", "lang": "pl"})
        s.sendall((f"POST /s HTTP/1.1\r\nHost: proba.example.org\r\nX-Forwarded-For: 203.0.{i}.1\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n"
                   f"Content-Length: {len(body)}\r\n\r\n{body[:20]}").encode())
        half[i] = (s, body[20:])
    time.sleep(0.5)
    serve.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    got = []
    for s, rest in half:
        s.sendall(rest.encode())
        answer = s.recv(65536)
        got.append(answer.split(b" ")[1] if answer else b"")
        s.close()
    said = serve.process.communicate(timeout=PATIENCE)
    tap.same((serve.process.returncode, got), (0, [b"200"] * 20), "SIGTERM answers what is under way")
    serve = Serve(root)
    for i in range(20):
        letter_to(f"koniec{i}@example.org")
    tap.ok(True, "and what was answered is done: each gets its message after the next start")
    tap.same(serve.counted('glos_readers_total{what="asked"}'), 0, "/metrics counts")
    tap.same(serve.ask("/healthz", port=serve.metrics_port)[:2], (200, "ok\n"), "/healthz is well")
    tap.same(serve.get("/metrics")[0], 404, "and neither is where readers are")
    tap.same(serve.end(signal.SIGINT)[0], 0, "Ctrl-C ends it, too")

# ---- two mail servers, one of which takes nothing ----

for fault in ("mail-421", "rcpt-530.5.7.0", "greeting-drop"):
    with Sink(tap.folder, "--fault", fault, name="shut") as shut, Sink(tap.folder, name="other") as other:
        root = publication(os.path.join(tap.folder, fault), 0, relays=[
            f"{{url: 'smtp://127.0.0.1:{s.port}', tls: never}}" for s in (shut, other)])
        with open(os.path.join(root, "glos.yaml"), "a", encoding="utf-8") as f:
            f.write(SETTINGS)
        serve = Serve(root)
        serve.subscribe("druga@example.org")
        until = time.monotonic() + PATIENCE
        while not other.received() and time.monotonic() < until:
            time.sleep(0.05)
        serve.end()
        tap.same((dict(shut.received()), dict(other.received())), ({}, {"druga@example.org": 1}),
                 f"{fault}: the message that asks for confirmation goes through the other mail server")
tap.done()
