#!/usr/bin/env python3
"""The structure of a tagged PDF with its text: two readers that know nothing of each
other. Elements have a role and kids, which are elements or text.

by_poppler asks pdfinfo, which draws a page anew for each of its elements: minutes for
a whole issue. by_objects puts the tree together from qpdf's objects, and the text
from MuPDF's trace, whose layers are a page's marked contents in their order: seconds.
As a program, tagged.py PDF, it prints an element a line: role, entries, text.
"""
import html
import json
import re
import subprocess
import sys

ROLE = re.compile(r"^( *)([A-Z][A-Za-z0-9]*)(?: <[^>]*>)?(?: \".*\")?(?: \((?:inline|block)\))?:?$")
TEXT = re.compile(r"^ *\"(.*)\"$", re.DOTALL)
MARK = re.compile(rb"/MCID (\d+)")
GLYPH = re.compile(r'<g unicode="([^"]*)"')


class Element:
    def __init__(self, role, values=None):
        self.role, self.values, self.kids = role, values or {}, []

    def find(self, *roles):
        for kid in self.kids:
            if not isinstance(kid, str):
                if kid.role in roles:
                    yield kid
                else:
                    yield from kid.find(*roles)


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout


def by_poppler(pdf):
    """A role a line, its depth by its indentation."""
    root = Element("Root")
    path = [(-1, root)]
    for line in run("pdfinfo", "-struct-text", pdf).decode("utf-8", "replace").split("\n"):
        text, role = TEXT.match(line), ROLE.match(line)
        depth = len(line) - len(line.lstrip(" "))
        if not text and not role:
            continue
        while path[-1][0] >= depth:
            path.pop()
        if text:
            path[-1][1].kids.append(text.group(1))
        else:
            element = Element(role.group(2))
            path[-1][1].kids.append(element)
            path.append((depth, element))
    return root


def traced(pdf):
    """What each marked content of each page says, in the order of painting."""
    pages, layers, marked = [], [], None
    for line in run("mutool", "trace", pdf, "1-N").decode("utf-8", "replace").split("\n"):
        line = line.strip()
        if line.startswith("<page "):
            pages.append([])
            layers = []
        elif line.startswith("<layer "):
            name = re.search(r'name="([^"]*)"', line).group(1)
            layers.append(name)
            if name not in ("Artifact", "Span") or (name == "Span" and len(layers) == 1):
                pages[-1].append("")
        elif line == "<end_layer/>":
            layers.pop()
        elif line.startswith("<g ") and layers and layers[0] != "Artifact":
            pages[-1][-1] += html.unescape(GLYPH.match(line).group(1))
    return pages


class Objects:
    def __init__(self, pdf):
        found = json.loads(run("qpdf", "--json=latest", "--json-key=qpdf", "--json-key=pages", pdf))
        self.values = {name[4:]: body.get("value", body.get("stream", {}).get("dict"))
                       for name, body in found["qpdf"][1].items() if name.startswith("obj:")}
        self.trailer = found["qpdf"][1]["trailer"]["value"]
        self.pages = [page["object"] for page in found["pages"]]

    def get(self, value):
        return self.values[value] if isinstance(value, str) and value in self.values else value


def marked_text(pdf, objects):
    """Text by page object and MCID."""
    said = {}
    for number, (page, texts) in enumerate(zip(objects.pages, traced(pdf)), 1):
        marks = [int(m) for m in MARK.findall(run("mutool", "show", "-b", pdf, "pages/%d/Contents" % number))]
        if len(marks) != len(texts):
            raise SystemExit("%s: page %d has %d marks, %d layers" % (pdf, number, len(marks), len(texts)))
        said.update({(page, mark): text for mark, text in zip(marks, texts)})
    return said


def by_objects(pdf):
    objects = Objects(pdf)
    said = marked_text(pdf, objects)

    def grow(value, page):
        found = objects.get(value)
        page = found.get("/Pg", page)
        element = Element(found["/S"][1:], found)
        kids = objects.get(found.get("/K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            own = objects.get(kid)
            if isinstance(own, int):
                element.kids.append(said[(page, own)])
            elif own.get("/Type") == "/MCR":
                element.kids.append(said[(own.get("/Pg", page), own["/MCID"])])
            elif own.get("/Type") != "/OBJR":
                element.kids.append(grow(kid, page))
        return element

    root = Element("Root")
    tree = objects.get(objects.get(objects.trailer["/Root"])["/StructTreeRoot"])
    root.kids = [grow(kid, None) for kid in tree["/K"]]
    return root


def main():
    heap = list(reversed(by_objects(sys.argv[1]).kids))
    while heap:
        e = heap.pop()
        entries = " ".join("%s %s" % (k, str(v)[:200]) for k, v in sorted(e.values.items())
                           if k in ("/A", "/Alt", "/ID", "/Lang", "/T"))
        print("%s [%s] %s" % (e.role, entries, "".join(k for k in e.kids if isinstance(k, str))))
        heap += reversed([k for k in e.kids if not isinstance(k, str)])


if __name__ == "__main__":
    main()
