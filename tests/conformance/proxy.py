#!/usr/bin/python3
"""proxy.py nginx|caddy: the lines of glos(1) in that proxy, which speaks TLS, before `glos serve`."""

import json
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../servers"))
from post import ENVIRONMENT, GLOS, ROOT, Tap, glos, publication, subscribe  # noqa: E402

KIND = sys.argv[1]
HOST = "proba.example.org"
tap = Tap()


def lines(heading):
    """What the manual shows behind it."""
    with open(os.path.join(ROOT, "docs/glos.1"), encoding="utf-8") as f:
        return re.search(re.escape(heading) + r"\n\.Bd [^\n]*\n(.*?)\.Ed", f.read(), re.S).group(1)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def path(name):
    return os.path.join(tap.folder, name)


subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", path("key.pem"), "-out",
                path("ca.pem"), "-days", "2", "-subj", "/CN=" + HOST, "-addext", f"subjectAltName=DNS:{HOST}"],
               check=True, capture_output=True)
trust = ssl.create_default_context(cafile=path("ca.pem"))
port = free_port()


def ask(target, method="GET", body="", headers=()):
    """(status, body) over TLS."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as plain, \
            trust.wrap_socket(plain, server_hostname=HOST) as s:
        fields = {"Host": HOST, "Connection": "close", "Content-Length": str(len(body)), **dict(headers)}
        if body:
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        s.sendall((f"{method} {target} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items()) +
                   "\r\n" + body).encode())
        got = b""
        while piece := s.recv(65536):
            got += piece
    return int(got.split(b" ")[1]), got.decode(errors="replace")


def configure(backend):
    """(the command that judges it, the command that runs it)"""
    if KIND == "nginx":
        text = (f"daemon off;\nerror_log stderr warn;\npid {path('pid')};\nevents {{}}\nhttp {{\naccess_log off;\n" +
                "".join(f"{name}_temp_path {path(name)};\n"
                        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) +
                f"server {{\nlisten 127.0.0.1:{port} ssl;\nserver_name {HOST};\nssl_certificate {path('ca.pem')};\n"
                f"ssl_certificate_key {path('key.pem')};\n" + lines("For nginx:") + "}\n}\n")
    else:
        text = (f"{{\nadmin off\nauto_https off\n}}\nhttps://{HOST}:{port} {{\nbind 127.0.0.1\n"
                f"tls {path('ca.pem')} {path('key.pem')}\n" + lines("For Caddy:") + "}\n")
    assert text.count("127.0.0.1:8017") == 1
    with open(path("conf"), "w", encoding="utf-8") as f:
        f.write(text.replace("127.0.0.1:8017", f"127.0.0.1:{backend}"))
    if KIND == "nginx":
        return ["nginx", "-t", "-q", "-c", path("conf")], ["nginx", "-c", path("conf")]
    return (["caddy", "validate", "--adapter", "caddyfile", "--config", path("conf")],
            ["caddy", "run", "--adapter", "caddyfile", "--config", path("conf")])


root = publication(path("p"), 9)
with open(os.path.join(root, "glos.yaml"), "a", encoding="utf-8") as f:
    f.write("serve:\n  proxies: [127.0.0.1]\n")
subscribe(root, ["anna@x.example"])
with subprocess.Popen([GLOS, "-C", root, "serve", "--json", "--listen", "127.0.0.1:0"], text=True,
                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as serve:
    backend = urllib.parse.urlsplit(json.loads(serve.stdout.readline())["url"]).port
    judge, run = configure(backend)
    home = {**os.environ, "XDG_DATA_HOME": tap.folder, "XDG_CONFIG_HOME": tap.folder}
    judged = subprocess.run(judge, capture_output=True, text=True, env=home)
    tap.ok(judged.returncode == 0, f"{KIND} takes the lines of the manual", judged.stderr)
    with subprocess.Popen(run, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proxy:
        until = time.monotonic() + 60
        while time.monotonic() < until and proxy.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        status, page = ask("/s")
        tap.ok(status == 200 and "<form" in page, f"{KIND}: the form comes through", page)
        form = re.search(r'name="form" value="([^"]*)"', page).group(1)
        tap.same(ask("/s", "POST", "email=zle&form=" + form)[0], 422, f"{KIND}: so does what is posted")
        statuses = [ask("/s", "POST", f"email=a{i}%40x.example&form={form}", {"X-Forwarded-For": f"198.51.{i}.1"})[0]
                    for i in range(22)]
        tap.ok(statuses[:20] == [200] * 20 and statuses[21] == 429,
               f"{KIND}: a forged X-Forwarded-For makes no other network", statuses)
        with sqlite3.connect(os.path.join(root, "var/glos.db")) as database:
            token = database.execute("SELECT token FROM subscriber WHERE address = 'anna@x.example'").fetchone()[0]
        tap.same(ask("/u/" + token, "POST", "List-Unsubscribe=One-Click")[0], 200, f"{KIND}: one click")
        tap.same(json.loads(glos(root, "subscribers", "show", "anna@x.example", "--json").stdout)["state"],
                 "unsubscribed", f"{KIND}: unsubscribes")
        tap.ok("<html lang" not in ask("/metrics")[1] and "<html lang" not in ask("/other")[1],
               f"{KIND}: the rest of the site is not ours")
        proxy.send_signal(signal.SIGTERM)
    serve.send_signal(signal.SIGTERM)
tap.done()
