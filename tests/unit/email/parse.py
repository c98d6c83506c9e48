"""Reads a message with Python's own parser: no defects, and both parts as given.

usage: parse.py MESSAGE TEXT HTML"""
import email
import email.policy
import sys

message_path, text_path, html_path = sys.argv[1:]
raw = open(message_path, "rb").read()
if b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""):
    sys.exit("a line end that is not CRLF")
message = email.message_from_bytes(raw, policy=email.policy.SMTP)
for part in message.walk():
    if part.defects:
        sys.exit(f"defects: {part.defects}")
    for name, value in part.items():
        if getattr(value, "defects", ()):
            sys.exit(f"{name}: {value.defects}")
if message.get_content_type() != "multipart/alternative":
    sys.exit(message.get_content_type())
kinds = [part.get_content_type() for part in message.iter_parts()]
if kinds != ["text/plain", "text/html"]:
    sys.exit(str(kinds))
for kind, path in (("plain", text_path), ("html", html_path)):
    got = message.get_body((kind,)).get_payload(decode=True)
    wanted = open(path, "rb").read().replace(b"\n", b"\r\n")
    if got != wanted and got + b"\r\n" != wanted:
        sys.exit(f"{kind}: differs")
