#!/usr/bin/python3
"""Pictures and links of the e-mail. What stands on the site is there under the very name
once the web edition is built, also what no page shows; what travels within the message
is all there, once, small, and leads nowhere."""

import email
import email.policy
import html.parser
import os
import shutil
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../servers"))
from post import ROOT, Tap, glos, publication  # noqa: E402

tap = Tap()


class Page(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.pictures, self.links = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "img":
            self.pictures.append(found["src"])
        elif tag == "a":
            self.links.append(found["href"])


def edit(root, name, old, new):
    path = os.path.join(root, name)
    with open(path, encoding="utf-8") as f:
        text = f.read()
    assert old in text, old
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace(old, new, 1))


def magazine(name):
    root = os.path.join(tap.folder, name)
    os.mkdir(root)
    shutil.copy(os.path.join(ROOT, "glos.yaml"), root)
    shutil.copytree(os.path.join(ROOT, "issues"), os.path.join(root, "issues"))
    return root


def messages(root):
    """(name, HTML, message) of all that was built."""
    for folder, _, files in sorted(os.walk(os.path.join(root, "out"))):
        for name in sorted(files):
            path = os.path.join(folder, name)
            if folder.endswith("/email") and name.endswith(".html"):
                with open(path, encoding="utf-8") as page, open(path[:-4] + "eml", "rb") as raw:
                    yield os.path.relpath(path, root), page.read(), raw.read()


def led_to(root, site, address):
    """The file that an address of the site stands for, below out/web."""
    path, fragment = urllib.parse.urldefrag(address[len(site):])
    path = os.path.join(root, "out/web", urllib.parse.unquote(path))
    path = os.path.join(path, "index.html") if path.endswith("/") else path
    if fragment and os.path.isfile(path):
        with open(path, encoding="utf-8") as f:
            return path if f'id="{fragment}"' in f.read() else path + "#" + fragment
    return path


def check_hosted(root, site, what):
    missing, pictures, pdfs = [], 0, 0
    issues = os.listdir(os.path.join(root, "issues"))
    for name, page, _ in messages(root):
        parsed = Page(page)
        pictures += len(parsed.pictures)
        pdfs += sum(link.endswith(".pdf") for link in parsed.links)
        missing += [(name, src) for src in parsed.pictures if not src.startswith(site)]
        for address in parsed.pictures + [link for link in parsed.links if link.startswith(site)]:
            # Subscribers' own are answered by a server; others are the editor's words.
            ours = address == site or address[len(site):].split("/")[0] in issues
            if ours and not os.path.isfile(led_to(root, site, address)):
                missing.append((name, address))
    tap.same(missing, [], f"every picture and link into the site leads to a file: {what}")
    return pictures, pdfs


# ---- on the site ----
sample = magazine("sample")
built = glos(sample, "-q", "build", "-e", "web,email,screen,large")
tap.same((built.returncode, built.stderr), (0, ""), "the samples are built")
pictures, pdfs = check_hosted(sample, "https://glos.example.org/", "the samples")
tap.ok(pictures >= 50 and pdfs >= 8, "there are many", f"{pictures} pictures, {pdfs} PDFs")
inside = [name for name, page, _ in messages(sample) if "cid:" in page]
tap.same(inside, [], "none of them travels")

few = publication(os.path.join(tap.folder, "few"), 25)
os.mkdir(os.path.join(few, "issues/1/images"))
for name in ("fjord", "kaffe", "dom", "kubek", "noc"):
    shutil.copy(os.path.join(ROOT, f"issues/2026-1/images/{name}.jpg"), os.path.join(few, "issues/1/images"))
edit(few, "issues/1/issue.yaml", "b.md]", "b.md, c.md]\ncover: {image: images/noc.jpg, alt: Noc}\nlanguages:\n  uk: {title: Номер, cover_alt: Ніч}")
edit(few, "issues/1/a.md", "---\n\n", "---\n\n::: only {edition=\"email\"}\n![Fjord](images/fjord.jpg)\n:::\n\n"
     "::: only {edition=\"print\"}\n![Kubek](images/kubek.jpg)\n:::\n\n")
for name, text in (("b", "title: Dla Śląska\nregion: [śląskie]\nlayout: letter\neditions: [email]\n---\n\n![Kawa](images/kaffe.jpg)\n"),
                   ("c", "title: Дім\nlanguage: uk\nlayout: letter\neditions: [email]\nimage: {src: images/dom.jpg, alt: Дім}\n---\n\nТекст.\n")):
    with open(os.path.join(few, f"issues/1/{name}.md"), "w", encoding="utf-8") as f:
        f.write("---\n" + text)
built = glos(few, "-q", "build", "-e", "web,email,screen,large")
tap.same((built.returncode, built.stderr), (0, ""), "an issue is built whose pictures are the e-mail's alone")
check_hosted(few, "https://proba.example.org/", "pictures that no page shows")
shown = {os.path.basename(src).rsplit("-", 1)[0] for _, page, _ in messages(few) for src in Page(page).pictures}
tap.same(shown, {"fjord", "kaffe", "dom", "noc"}, "the e-mail shows them")
published = {name.split("-")[0] for name in os.listdir(os.path.join(few, "out/1/web/img"))}
tap.same(published - {"card"}, {"fjord", "kaffe", "dom", "noc"}, "what is for print alone is not published")
edit(few, "glos.yaml", "mail:", "mail:\n  images: inline")
shutil.rmtree(os.path.join(few, "out"))
tap.same(glos(few, "-q", "build", "-e", "web,email").returncode, 0, "they are let travel")
published = {name.split("-")[0] for name in os.listdir(os.path.join(few, "out/1/web/img"))}
tap.same(published - {"card"}, {"noc"}, "and only what a page shows is published")


# ---- within the message ----
def check_inline(root, what, issue=""):
    faults, count = [], 0
    for name, page, raw in messages(root):
        if issue not in name:
            continue
        sources = set(Page(page).pictures)
        parsed = email.message_from_bytes(raw, policy=email.policy.SMTP)
        faults += [f"{name}: {d}" for p in parsed.walk() for d in p.defects]
        kinds = [p.get_content_type() for p in parsed.walk()]
        if kinds[:4] != ["multipart/related", "multipart/alternative", "text/plain", "text/html"]:
            faults.append(f"{name}: {kinds}")
        parts = {"cid:" + p["Content-ID"].strip("<>"): p for p in parsed.walk() if p["Content-ID"]}
        if set(parts) != sources or len(parts) != len(kinds) - 4:
            faults.append(f"{name}: shows {sorted(sources)}, brings {sorted(parts)}")
        for address, part in parts.items():
            magic = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}[part.get_content_type()]
            if not part.get_payload(decode=True).startswith(magic) or part.get_content_disposition() != "inline":
                faults.append(f"{name}: {address}")
        body = raw.split(b"\r\n\r\n", 1)[1]
        if any(len(line) > 78 for line in body.split(b"\r\n")) or len(raw) > 1200 * 1024:
            faults.append(f"{name}: {len(raw)} bytes")
        count += len(parts)
    tap.same(faults, [], f"every picture is a part, and every part shown: {what}")
    tap.ok(count > 0, "there are some", str(count))


check_inline(few, "small messages")
edit(sample, "glos.yaml", "mail:", "mail:\n  images: inline")
built = glos(sample, "-q", "build", "-e", "email")
tap.same((built.returncode, built.stderr), (0, ""), "the samples are built with pictures inside")
check_inline(sample, "the samples")
edit(sample, "glos.yaml", "site: ", "# site: ")
shutil.rmtree(os.path.join(sample, "out"))
built = glos(sample, "-q", "build", "ulotka-slaskie-2026", "-e", "email")
tap.same((built.returncode, built.stderr), (0, ""), "a leaflet of a publication without a site")
check_inline(sample, "without a site")
pages = "".join(page for _, page, _ in messages(sample))
tap.ok("glos.example.org/ulotka" not in pages, "and leads to none", pages[:2000])
edit(sample, "glos.yaml", "images: inline", "images: attached")
built = glos(sample, "build", "-e", "email")
tap.ok(built.returncode == 1 and "[value-" in built.stderr and "inline" in built.stderr,
       "what is neither hosted nor inline is an error", built.stderr)
tap.done()
