"""The reference issue, built, and sent to one address with a DKIM signature.

    reference.py FOLDER

writes the publication to FOLDER/p, the message to FOLDER/signed.eml, and the text of the
key's DNS record to FOLDER/record."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from post import ROOT, Sink, glos  # noqa: E402

SELECTOR, DOMAIN = "s2026", "glos.example.org"


def new_key(path):
    """Writes a private key; the text of its DNS record."""
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", path, "-pubout"], capture_output=True, text=True,
                            check=True).stdout
    return "v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1])


def reference(folder):
    """(root, what `build` ended with and said, what `send` ended with, message, record)"""
    root, mail = os.path.join(folder, "p"), os.path.join(folder, "mail")
    os.mkdir(mail)
    subprocess.run(["sh", "tests/reference-issue.sh", root], check=True, cwd=ROOT)
    record = new_key(os.path.join(root, "dkim.pem"))
    built = glos(root, "build", "wzor", "-e", "web,email")
    with Sink(folder, "--mail", mail) as server:
        with open(os.path.join(root, "glos.yaml"), "a") as f:
            f.write(f"smtp: {{url: 'smtp://127.0.0.1:{server.port}', tls: never}}\n"
                    f"dkim: {{domain: {DOMAIN}, selector: {SELECTOR}, key: dkim.pem}}\n")
        sent = glos(root, "send", "wzor", "--test", "anna@example.org")
    (name,) = os.listdir(mail)
    with open(os.path.join(mail, name), "rb") as f:
        message = f.read()
    message = message[message.index(b"DKIM-Signature:"):]  # before it: the envelope
    return root, (built.returncode, built.stderr), sent.returncode, message, record


if __name__ == "__main__":
    _, _, _, message, record = reference(sys.argv[1])
    with open(os.path.join(sys.argv[1], "signed.eml"), "wb") as f:
        f.write(message)
    with open(os.path.join(sys.argv[1], "record"), "w") as f:
        f.write(record)
