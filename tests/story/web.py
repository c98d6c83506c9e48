#!/usr/bin/env python3
"""web.py SITE [--address URL]: reads a built site as a browser would, and says what is wrong.

Every page is parsed: only elements and attributes that glos is meant to write, no address
but relative ones that lead to a file (and a place in it), https:, http:, mailto: and tel:,
no control character, one h1 and one main, headings in order, ids once, pictures with size
and alternative text. Canonical addresses, cards, feed and sitemap speak of the same pages.
"""
import html.parser
import os
import re
import struct
import sys
import urllib.parse
import xml.dom.minidom

VOID = {"meta", "link", "img", "br", "hr"}
ELEMENTS = VOID | set(
    "html head title body a header footer main nav section article aside div span p h1 h2 h3 h4 h5 h6 ul ol li "
    "figure figcaption blockquote table thead tbody tr th td em strong s code pre sup time".split())
ATTRIBUTES = set(
    "lang dir class id href hreflang rel type title src srcset sizes alt width height loading decoding "
    "fetchpriority name content property charset aria-label aria-labelledby role tabindex scope start "
    "datetime data-label".split())
SCHEMES = ("https://", "http://", "mailto:", "tel:")


class Page(html.parser.HTMLParser):
    def __init__(self, site, name):
        super().__init__(convert_charrefs=True)
        self.site, self.name, self.faults = site, name, []
        self.ids, self.links, self.metas, self.open, self.headings = [], [], {}, [], []
        self.counts, self.canonical, self.title, self.pictures = {}, None, "", []
        text = open(os.path.join(site, name), encoding="utf-8").read()
        if not text.startswith("<!DOCTYPE html>\n"):
            self.fault("no doctype")
        if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text):
            self.fault("control characters")
        self.feed(text)
        self.close()
        if self.open:
            self.fault("left open: %s" % self.open)

    def fault(self, words):
        self.faults.append("%s: %s" % (self.name, words))

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if tag not in ELEMENTS:
            self.fault("element %s" % tag)
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.fault("attribute %s of %s" % (name, tag))
            if value is None:
                self.fault("attribute %s without value" % name)
        if len(at) != len(attributes):
            self.fault("an attribute twice in %s" % tag)
        if "id" in at:
            self.ids.append(at["id"])
        for name in ("href", "src"):
            if name in at:
                self.links.append(at[name])
        self.links += [c.split(" ")[0] for c in at.get("srcset", "").split(", ") if c]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "meta":
            self.metas[at.get("name") or at.get("property") or "charset"] = at.get("content")
        if tag == "link" and at.get("rel") == "canonical":
            self.canonical = at["href"]
        if tag == "img":
            self.picture(at)
        if tag not in VOID:
            self.open.append(tag)

    def picture(self, at):
        self.pictures.append(at)
        if "alt" not in at:
            self.fault("picture without alt")
        if not (at.get("width", "").isdigit() and at.get("height", "").isdigit()):
            self.fault("picture without size: %s" % at.get("src"))
        if at.get("loading") != "lazy" and self.counts["img"] > 1:
            self.fault("picture below the first is not lazy: %s" % at.get("src"))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault("</%s> where it does not belong" % tag)

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.title += data

    def handle_comment(self, data):
        self.fault("comment %s" % data[:40])


def jpeg_size(path):
    data, at = open(path, "rb").read(), 2
    while data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xC2:
            rows, columns = struct.unpack(">HH", data[at + 5:at + 9])
            return columns, rows
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return None


def check_links(site, page, pages):
    for link in page.links:
        if link.startswith(SCHEMES):
            continue
        if re.match("[a-z][a-z0-9+.-]*:|//", link, re.I):
            page.fault("address %s" % link[:60])
            continue
        path, _, part = link.partition("#")
        path = urllib.parse.unquote(path)
        target = os.path.normpath(os.path.join(os.path.dirname(page.name), path)) if path else page.name
        if not os.path.isfile(os.path.join(site, target)):
            page.fault("leads nowhere: %s" % link)
        elif part and target in pages and urllib.parse.unquote(part) not in pages[target].ids:
            page.fault("no such place: %s" % link)


def check_page(site, page, address):
    for tag in ("h1", "main", "title", "html", "body"):
        if page.counts.get(tag) != 1:
            page.fault("%d %s" % (page.counts.get(tag, 0), tag))
    if any(b > a + 1 for a, b in zip(page.headings, page.headings[1:])) or page.headings[:1] != [1]:
        page.fault("headings %s" % page.headings)
    if len(set(page.ids)) != len(page.ids):
        page.fault("an id twice")
    if not page.title.strip():
        page.fault("no title")
    if not address:
        return
    folder = urllib.parse.quote(re.sub("index.html$", "", page.name), safe="/-_.~")
    if page.canonical != address + folder:
        page.fault("canonical %s, not %s" % (page.canonical, address + folder))
    card = page.metas.get("og:image")
    if os.sep in page.name and not card:
        page.fault("no card")
    if card:
        file = urllib.parse.unquote(card[len(address):])
        if not card.startswith(address) or not os.path.isfile(os.path.join(site, file)):
            page.fault("no such card: %s" % card)
        elif jpeg_size(os.path.join(site, file)) != (1200, 630):
            page.fault("a card of another size")


def texts(document, tag):
    return [e.firstChild.data for e in document.getElementsByTagName(tag)]


def check_lists(site, pages, address, faults):
    """Feeds and sitemap against the pages."""
    ids = {}
    for folder, _, files in os.walk(site, followlinks=True):
        if "feed.xml" in files:
            name = os.path.join(folder, "feed.xml")
            ids[os.path.relpath(folder, site)] = entries = texts(xml.dom.minidom.parse(name), "id")
            if len(set(entries)) != len(entries):
                faults.append("%s: an id twice" % name)
    whole = set(ids.pop("."))
    for name, entries in ids.items():
        if not set(entries[1:]) <= whole:
            faults.append("feed of all lacks entries of %s" % name)
    if address:
        listed = texts(xml.dom.minidom.parse(os.path.join(site, "sitemap.xml")), "loc")
        if sorted(listed) != sorted(p.canonical or "" for p in pages.values()):
            faults.append("sitemap and canonical addresses differ")
        if address + "sitemap.xml" not in open(os.path.join(site, "robots.txt"), encoding="utf-8").read():
            faults.append("robots.txt does not name the sitemap")


def main(site, address):
    pages = {}
    for folder, _, files in os.walk(site, followlinks=True):
        for file in files:
            if file.endswith(".html"):
                name = os.path.relpath(os.path.join(folder, file), site)
                pages[name] = Page(site, name)
    faults = []
    for page in pages.values():
        check_page(site, page, address)
        check_links(site, page, pages)
        faults += page.faults
    check_lists(site, pages, address, faults)
    print("\n".join(faults[:40]))
    print("%d pages, %d links, %d pictures, %d faults" % (
        len(pages), sum(len(p.links) for p in pages.values()),
        sum(len(p.pictures) for p in pages.values()), len(faults)))
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    at = sys.argv.index("--address") if "--address" in sys.argv else 0
    sys.exit(main(sys.argv[1], sys.argv[at + 1] if at else ""))
