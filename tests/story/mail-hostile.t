#!/usr/bin/python3
"""What an editor may paste without looking, and what a foe would: nothing of it reaches a
header, an attribute or a script; each is told at its place, or stands in the message as
the words it is. The message is read by Python's own parsers."""

import email
import email.policy
import html.parser
import os
import re
import shutil
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import ROOT, Tap, glos, publication  # noqa: E402

tap = Tap()
root = publication(os.path.join(tap.folder, "p"), 25)
os.mkdir(os.path.join(root, "issues/1/images"))
shutil.copy(os.path.join(ROOT, "issues/2026-1/images/ksiazka.jpg"), os.path.join(root, "issues/1/images/x.jpg"))

HEADERS = ["From", "To", "Subject", "Date", "Reply-To", "Message-ID", "MIME-Version", "Content-Language",
           "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive", "List-Help",
           "List-Owner", "List-Post", "Feedback-ID", "Precedence", "Auto-Submitted", "Content-Type"]
TAGS = set("html head meta title style div table tr td th p a img h1 h2 h3 h4 h5 h6 ul ol li blockquote "
           "strong em s code pre br hr sup span".split())
ATTRIBUTES = set("lang dir charset name content class style role aria-roledescription aria-label href src "
                 "alt width start scope".split())


class Page(html.parser.HTMLParser):
    """Tags, attributes and words of a page, as a browser takes them."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.words, self.values, self.faults, self.links = [], [], [], []
        self.feed(page)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src"):
                self.links.append(value)
                if not re.match(r"(https?://|mailto:|tel:)", value) or re.search(r"[\s<>\"'\\]", value):
                    self.faults.append(f"{name}={value}")
            elif name in ("style", "class", "role", "dir", "width"):
                if not re.fullmatch(r"[-a-zA-Z0-9:;,./#%' ]*", value) or "url" in value:
                    self.faults.append(f"{name}={value}")
            else:
                self.values.append(" ".join(value.split()))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        if not re.fullmatch(r"\[if mso\]>[^!]*<!\[endif\]", data):
            self.faults.append(f"<!--{data}-->")

    def unknown_decl(self, data):
        self.faults.append(f"<![{data}")


# What turns the direction of text: in a subject it would turn what a list shows beside it.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def quoted(text):
    """As a YAML text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def write(name, text):
    with open(os.path.join(root, "issues/1", name), "w", encoding="utf-8") as f:
        f.write(text)


def issue(title="Próba", subject=None, preheader="Zdanie", article="Treść.", article_title="Artykuł",
          more="", raw=""):
    write("issue.yaml", "number: 1\ndate: 2026-03-17\n" + (f"title: {quoted(title)}\n" if title else "") +
          (f"subject: {quoted(subject)}\n" if subject else "") + f"preheader: {quoted(preheader)}\n" + raw +
          "contents:\n  - {section: Dział, articles: [a.md]}\n")
    write("a.md", f"---\ntitle: {quoted(article_title)}\nlayout: letter\n{more}---\n\n{article}\n")


def build(*options):
    shutil.rmtree(os.path.join(root, "out"), ignore_errors=True)
    return glos(root, "build", "1", "-e", "email", *options)


def built():
    with open(os.path.join(root, "out/1/email/pl.eml"), "rb") as f:
        raw = f.read()
    return raw, email.message_from_bytes(raw, policy=email.policy.SMTP)


def same_words(a, b):
    """Typography puts no-break spaces and dashes; what can be compared is letters."""
    def bare(s):
        s = unicodedata.normalize("NFC", s)
        return re.sub(r"[\s\u00a0\u2060„”“\"'’‘«»–—-]+", "", s)
    return bare(a) in bare(b)


# ---- stands as the words it is ----

HOSTILE = [
    ("a script", "<script>alert(1)</script>"),
    ("quotes", "\" onmouseover=\"alert(1)\" x='"),
    ("an end of everything", "--></style></title></td></table><img src=x onerror=alert(1)>"),
    ("a conditional comment", "<!--[if mso]><script>x</script><![endif]-->"),
    ("references", "&lt;script&gt; &#60;b&#62; &amp;amp;"),
    ("emoji and combining marks", "Z\u0301yczenia 👩\u200d⚕️ e\u0301\u0328\u0301 🇵🇱 \u0928\u093f"),
    ("right-to-left text", "مجلة המגזין \u202eabc\u202c \u2067x\u2069"),
    ("2,000 characters", "słowo " * 333 + "ąę"),
    ("2,000 characters without a space", "x" * 2000),
    ("an encoded word", "=?UTF-8?Q?=0D=0ABcc:_x=40y.z?="),
    ("boundaries", "--=_glos_0123456789abcdef-- \\. =0D=0A"),
    ("spaces and backslashes", "a  \\\\b  \\r\\n c"),
]
for what, text in HOSTILE:
    issue(title=text, preheader=text, article_title=text, more=f"kicker: {quoted(text)}\nlead: {quoted(text)}\n"
          f"author: {quoted(text)}\nimage: {{src: images/x.jpg, alt: {quoted(text)}, caption: {quoted(text)}, "
          f"credit: {quoted(text)}}}\n", article="::: box {title=Ramka}\n" +
          re.sub(r"([\\`*_{}\[\]()#+\-.!<>&|~=:\"'$^@])", r"\\\1", text) + "\n:::")
    run = build()
    if not tap.same(run.returncode, 0, f"{what}: is built"):
        print("# " + run.stderr.replace("\n", "\n# "))
        continue
    raw, message = built()
    page = Page(message.get_body(("html",)).get_content())
    tap.same(page.faults, [], f"{what}: no markup, no link and no style that is not ours")
    tap.ok(same_words(text, page.text) and any(same_words(text, v) for v in page.values),
           f"{what}: stands in text and attribute as it was typed", page.text[:2000])
    tap.ok(same_words(text, message.get_body(("plain",)).get_content()), f"{what}: stands in the text part")
    tap.same(message.keys(), HEADERS, f"{what}: headers are those there should be")
    defects = [d for p in message.walk() for d in p.defects]
    defects += [d for v in message.values() for d in v.defects]
    tap.ok(not defects and same_words(BIDI.sub("", text), str(message["Subject"])) and
           not BIDI.search(str(message["Subject"])), f"{what}: the subject comes back, letters alone",
           f"{defects} {message['Subject']}")
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    tap.ok(all(len(line) <= 78 or line.startswith(b"List-Unsubscribe:") for line in head) and
           all(b" " <= bytes([c]) <= b"~" for line in head for c in line.replace(b"\t", b" ")),
           f"{what}: header lines are ASCII of 78 at most", max(head, key=len))
    body = raw.split(b"\r\n\r\n", 1)[1]
    tap.ok(all(len(line) <= 76 for line in body.split(b"\r\n")) and b"\r" not in body.replace(b"\r\n", b"") and
           b"\n" not in body.replace(b"\r\n", b""), f"{what}: lines of the body are 76 at most")

# ---- is told at its place ----

LINKS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)",
         "java&#10;script:alert(1)", "java&Tab;script:alert(1)", "//evil.example/", "example.org/page", "/page",
         "<https://example.org/a b>", "<https://example.org/a&#10;b>", "https:///x", "file:///etc/passwd",
         "&#106;avascript:alert(1)", "\x01javascript:alert(1)"]
for link in LINKS:
    issue(article=f"Zdanie z [odnośnikiem]({link}).")
    run = build()
    told = "[link-invalid]" in run.stderr or "[control-character]" in run.stderr
    tap.ok(run.returncode == 1 and "a.md:6:10:" in run.stderr and told and "hint:" in run.stderr,
           f"link {ascii(link)} is an error at its place, with a hint", run.stderr)
    build("--draft")
    page = Page(built()[1].get_body(("html",)).get_content())
    tap.ok(not page.faults and "odnośnikiem" in page.text, f"and in a draft no link", page.faults)

TOLD = [
    ("CR and LF in the title", dict(title="", raw='title: "A\\r\\nBcc: x@y.z"\n'), "control-character", "issue.yaml:4:"),
    ("LF in the subject", dict(raw='subject: "A\\nBcc: x@y.z"\n'), None, None),
    ("C1 in the title", dict(title="", raw='title: "A\\u009bB"\n'), "control-character", "issue.yaml:4:"),
    ("C1 in the text", dict(article="a\u009bb"), "control-character", "a.md:6:2"),
    ("NUL in an article's title", dict(more='kicker: "a\\0b"\n'), "control-character", "a.md:4:9"),
    ("a script in the text", dict(article="<script>alert(1)</script>"), "raw-html", "a.md:6:1"),
    ("an event in the text", dict(article='a <img src=x onerror="alert(1)"> b'), "raw-html", "a.md:6:3"),
    ("an unknown placeholder", dict(article="Witaj, {imie}!"), "hole-unknown", "a.md:6:1"),
    ("one in the subject", dict(subject="Dla {nazwisko}"), "hole-unknown", "issue.yaml"),
    ("a region in the subject", dict(subject="Dla {region}"), "hole-unknown", "issue.yaml"),
    ("a name in an address", dict(article="[x](https://example.org/{name})"), "hole-unknown", "a.md:6:"),
]
for what, content, code, place in TOLD:
    issue(**content)
    run = build()
    if code:
        tap.ok(run.returncode == 1 and f"[{code}]" in run.stderr and place in run.stderr,
               f"{what}: {code} at its place", run.stderr)
        tap.ok(not os.path.exists(os.path.join(root, "out/1/email/pl.eml")), "and nothing is written")
        build("--draft")
    if os.path.exists(os.path.join(root, "out/1/email/pl.eml")):
        raw, message = built()
        page = Page(message.get_body(("html",)).get_content())
        tap.ok(page.faults == [] and message.keys() == HEADERS and "Bcc" not in message and
               not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page.text +
                             message.get_body(("plain",)).get_content().replace("\r\n", "\n")),
               f"{what}: and a draft holds nothing that acts", f"{page.faults} {message.keys()}")

issue(article="Ucieczka &#27;[31m i &#x9b;31m w tekście.")
run = build()
raw, message = built()
tap.ok("\x1b" not in message.get_body(("plain",)).get_content() and
       "\x9b" not in message.get_body(("plain",)).get_content(), "references to control characters are spaces")
tap.done()
