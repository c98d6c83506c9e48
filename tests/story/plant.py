#!/usr/bin/env python3
"""plant.py FOLDER KIND: five faults of one kind, planted and found again.

Makes a small publication in FOLDER with a copy of the magazine's design, plants five
faults of KIND in it, each at another place, has `glos check --json` judge it, and
demands that what it says of that kind are these five, at the line and column where
they were planted, and nothing more. `build` must write nothing of an issue with errors, in no
edition, and build one with warnings. plant.py --kinds lists the kinds.
"""
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib

ROOT, GLOS = os.environ["GLOS_ROOT"], os.environ["GLOS"]
LAYOUT, FONTS, ISSUE = "layouts/moj/layout.yaml", "fonts/fonts.yaml", "issues/1/issue.yaml"
WORDS = "Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej. "


def png(columns, rows, depth=8, grey=None):
    """A picture; grey None: a slope of colours, depth 1: stripes."""
    lines = []
    for y in range(rows):
        if depth == 1:
            lines.append(b"\0" + bytes([0xF0 if y % 8 < 4 else 0x0F]) * ((columns + 7) // 8))
        elif grey is not None:
            lines.append(b"\0" + bytes(grey) * columns)
        else:
            line = bytearray()
            for x in range(columns):
                line += bytes((255 * x // columns, 255 * y // rows, 128))
            lines.append(b"\0" + bytes(line))
    head = struct.pack(">IIBBBBB", columns, rows, depth, 0 if depth == 1 else 2, 0, 0, 0)
    out = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 1)), (b"IEND", b"")):
        out += struct.pack(">I", len(data)) + kind + data
        out += struct.pack(">I", zlib.crc32(kind + data))
    return out


class Publication:
    def __init__(self, folder):
        self.folder, self.files, self.wanted = folder, {}, []
        self.files["glos.yaml"] = (
            "title: Próba\npublisher: My\nlanguage: pl\nlayout: moj\n"
            "site: https://proba.example.org/\n")
        for name, source in ((LAYOUT, "layouts/glos/layout.yaml"), (FONTS, FONTS)):
            with open(os.path.join(ROOT, source), encoding="utf-8") as f:
                self.files[name] = f.read()
        self.articles([("a.md", "", WORDS * 4)])

    def articles(self, articles, more=""):
        """(name, front matter, body) of each; more: lines of issue.yaml."""
        self.files[ISSUE] = ("number: 1/2026\ndate: 2026-03-17\ntitle: Próba\n" + more +
                             "contents:\n  - section: Dział\n    articles: [%s]\n" %
                             ", ".join(a[0] for a in articles))
        for name, front, body in articles:
            self.files["issues/1/" + name] = "---\ntitle: Artykuł %s\n%s---\n\n%s\n" % (
                name, front, body)

    def picture(self, name, *args, **kind):
        self.files["issues/1/images/" + name] = png(*args, **kind)

    def change(self, old, new, name=LAYOUT):
        """Replaces what stands once in a file."""
        if self.files[name].count(old) != 1:
            raise SystemExit("%s: %d times in %s" % (old, self.files[name].count(old), name))
        self.files[name] = self.files[name].replace(old, new)

    def style(self, name, keys):
        """Adds keys to a style, in place of those it has."""
        line = re.search(r"^  %s: \{.*\}" % name, self.files[LAYOUT], re.M).group(0)
        new = line
        for key in keys:
            new = re.sub(r", %s: [^,}]+" % key, "", new)
        self.change("\n" + line, "\n" + new[:-1] +
                    "".join(", %s: %s" % k for k in keys.items()) + "}")

    def want(self, name, needle, skip=0):
        """A fault at what comes `skip` characters into the only needle of a file."""
        if self.files[name].count(needle) != 1:
            raise SystemExit("%s: %d times in %s" % (needle, self.files[name].count(needle), name))
        before = self.files[name][:self.files[name].index(needle) + skip]
        self.wanted.append((name, before.count("\n") + 1, len(before) - before.rfind("\n")))

    def want_style(self, name):
        self.want(LAYOUT, "\n  %s: {" % name, 3)

    def want_colour(self, needle):
        """At the value of colour in a style's line."""
        at = self.files[LAYOUT].index(needle) + 1
        line = self.files[LAYOUT][at:self.files[LAYOUT].index("\n", at)]
        self.want(LAYOUT, "\n" + line, 1 + line.index("colour: ") + len("colour: "))

    def write(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, text in self.files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(text if isinstance(text, bytes) else text.encode())

    def run(self, *words):
        return subprocess.run([GLOS, "-C", self.folder, *words], capture_output=True, text=True,
                              timeout=300)

    def judge(self, code, level="error"):
        """The five, no more and no less, and what a build makes of them."""
        self.write()
        said = self.run("check", "--json")
        rows = [json.loads(line) for line in said.stdout.splitlines()]
        found = {(r["file"], r["line"], r["column"]) for r in rows if r["code"] == code}
        others = [r for r in rows if r["level"] != "warning" and r["code"] != code]
        wanted = set(self.wanted)
        for r in rows:
            print(r["file"], r["line"], r["column"], r["code"], r["message"], r["hint"], sep=":")
        if found != wanted or others:
            return "wanted %s\nfound %s" % (sorted(wanted), sorted(found))
        if any(r["level"] != level or not r["message"] for r in rows if r["code"] == code):
            return "not of level %s" % level
        if said.returncode != (level == "error"):
            return "check ended with %d" % said.returncode
        out = self.folder + "/out"
        editions = [] if level == "error" else ["-e", "print"]
        built = self.run("build", "-o", out, *editions)
        files = [f for folder, _, names in os.walk(out) if "/.cache" not in folder for f in names]
        if built.returncode != (level == "error") or bool(files) != (level != "error"):
            return "build ended with %d and wrote %s" % (built.returncode, files)
        return None


# ---- pictures ----

PLACES = """![Próba]({0}-b.png){{width=full}}

{1}

![Próba]({0}-c.png){{width=wide}}

{1}

::: gallery
![Próba]({0}-d.png)
![Próba]({0}-e.png)
:::
"""


def pictures(p, name, sizes, **kind):
    """Five pictures at five kinds of places."""
    for letter, size in zip("abcde", sizes):
        p.picture("%s-%s.png" % (name, letter), *size, **kind)
    base = "images/" + name
    p.articles([("a.md", "image: {src: %s-a.png, alt: Próba}\n" % base,
                 PLACES.format(base, WORDS * 8))])
    p.want("issues/1/a.md", "%s-a.png" % base)
    for letter in "bcde":
        p.want("issues/1/a.md", "![Próba](%s-%s.png)" % (base, letter))


def image_coarse(p):
    """On the cover, at the opening, and wider than columns: nothing else is enlarged so far."""
    for letter in "abcde":
        p.picture("x-%s.png" % letter, 400, 300)
    p.articles([("a.md", "image: {src: images/x-b.png, alt: Próba}\n", ("\n\n" + WORDS * 8).join(
        "\n\n![Próba](images/x-%s.png){width=%s}" % x
        for x in (("c", "full"), ("d", "wide"), ("e", "bleed"))))],
               "cover: {image: images/x-a.png, alt: Próba}\n")
    p.want(ISSUE, "images/x-a.png")
    p.want("issues/1/a.md", "images/x-b.png")
    for letter in "cde":
        p.want("issues/1/a.md", "![Próba](images/x-%s.png)" % letter)
    return "image-coarse"


def image_resolution(p):
    pictures(p, "x", [(1300, 900), (1200, 800), (1300, 900), (600, 400), (620, 400)])
    return "image-resolution", "warning"


def line_art_coarse(p):
    pictures(p, "x", [(1500, 1000), (3000, 2000), (2000, 1500), (800, 600), (900, 600)], depth=1)
    return "image-coarse"


def line_art_soft(p):
    pictures(p, "x", [(5000, 3500), (4500, 3000), (4400, 3000), (2000, 1400), (2000, 1400)], depth=1)
    return "image-resolution", "warning"


def ink_of_pictures(p):
    p.change("cmyk: true, marks: false", "cmyk: true, marks: false, ink_limit: 220")
    pictures(p, "x", [(1700, 1100), (1700, 1100), (1700, 1100), (900, 600), (900, 600)],
             grey=(24, 20, 30))
    return "ink-total"


# ---- colours ----

def ink_of_areas(p):
    """Two bars, a frame, the ground of a page, and a box."""
    for name in "abcde":
        p.change("\nemphasis: italic", "\n  z%s: {cmyk: [90, 90, 90, 90], rgb: \"#ffffff\"}\n"
                 "emphasis: italic" % name)
    p.change("two-columns:\n    running_head: true\n    folio: true\n",
             "two-columns:\n    running_head: true\n    folio: true\n    background: za\n")
    frame = "    frames:\n      - {role: text, units: [1, 12], line: 1, columns: 2, fixed: true}"
    p.change(frame, frame + "\n      - {role: fill, units: [1, 3], line: 40, lines: 6, fill: zb}")
    frame = "      - {role: head, units: [1, 10], line: 2, lines: 12, fixed: true}"
    p.change(frame, "      - {role: fill, units: [7, 12], line: 5, lines: 8, fill: zc}\n" + frame)
    p.style("box", {"background": "zd"})
    frame = "      - {role: lines, units: [1, 12], line: 6, fill: hairline, fixed: true}"
    p.change(frame, frame + "\n      - {role: fill, units: [1, 12], line: 20, lines: 8, fill: ze}")
    p.articles([("a.md", "", WORDS * 8 + "\n\n::: box\n" + (WORDS + "\n\n") * 6 + "\n:::\n\n" +
                 (WORDS * 8 + "\n\n") * 18)])
    p.want(LAYOUT, "\n  two-columns:", 3)
    for fill in ("fill: zb", "fill: zc", "fill: ze"):
        line = next(x for x in p.files[LAYOUT].splitlines() if fill in x)
        p.want(LAYOUT, line, 8)
    p.want_style("box")
    return "ink-total"


def ink_of_colours(p):
    """Above the limit, and black of several inks (the first)."""
    colours = {"lead": "[70, 60, 60, 100]", "byline": "[95, 90, 80, 60]",
               "quote": "[80, 85, 100, 60]", "heading2": "[90, 90, 80, 50]",
               "title": "[100, 100, 90, 40]"}
    for style, inks in colours.items():
        p.change("\nemphasis: italic",
                 "\n  z%s: {cmyk: %s, rgb: \"#000000\"}\nemphasis: italic" % (style, inks))
        p.style(style, {"colour": "z" + style})
    for style in colours:
        p.want(LAYOUT, "\n  z%s:" % style, 3)
    p.articles([("a.md", "lead: Próba\nauthor: Anna\n", "## Tytuł\n\n> " + WORDS + "\n")])
    return "ink-colour", "warning"


def hairlines(p):
    """One ink, several, none; rules of styles and a frame."""
    p.style("pullquote", {"rule_weight": "0.4pt"})  # of four inks
    p.style("table", {"rule_weight": "0.2pt"})
    p.style("table-head", {"rule_weight": "0.3pt"})
    p.style("note", {"rule_weight": "0.1pt"})
    frame = "      - {role: head, units: [1, 10], line: 2, lines: 12, fixed: true}"
    p.change(frame, frame + "\n      - {role: fill, units: [1, 12], top: 12mm, height: 0.24pt, fill: text}")
    p.articles([("a.md", "", WORDS + "[^n]\n\n::: pullquote\n" + WORDS +
                 "\n:::\n\n| a | b |\n|---|---|\n| c | d |\n\n[^n]: Przypis.\n")])
    for style in ("pullquote", "table", "table-head", "note"):
        p.want_style(style)
    p.want(LAYOUT, "{role: fill, units: [1, 12], top: 12mm")
    return "hairline", "warning"


def type_inks(p):
    p.style("caption", {"colour": "warm"})
    p.style("note", {"size": "7.9pt", "colour": "accent"})
    p.style("running-head", {"colour": "accent"})
    p.style("folio", {"size": "6pt", "colour": "warm"})
    p.style("region", {"size": "7pt"})  # white on the accent
    p.picture("x.png", 1700, 1100)
    p.articles([("a.md", "layout: directory\n", "## Śląskie\n\n" + WORDS +
                 "[^n]\n\n![Próba](images/x.png \"Podpis\")\n\n[^n]: Przypis.\n\n" +
                 (WORDS * 6 + "\n\n") * 12)])
    for style in ("caption", "note", "running-head", "folio", "region"):
        p.want_style(style)
    return "type-inks", "warning"


# ---- edges ----

def safety_zone(p):
    """Too near to the head, the foot, both sides, and a folio."""
    p.change("{role: head, units: [1, 10], line: 2, lines: 12, fixed: true}",
             "{role: head, units: [1, 10], top: 1mm, height: 60mm, fixed: true}")
    p.change("{role: head, units: [1, 12], line: 1, lines: 4, fixed: true}\n"
             "      - {role: picture", "{role: head, units: [1, 12], top: 0, height: 20mm, "
             "fixed: true}\n      - {role: picture")
    p.change("{role: teasers, units: [1, 12], top: 262mm, height: 24mm, columns: 3, fixed: true}",
             "{role: teasers, units: [1, 12], top: 288mm, height: 8mm, columns: 3, fixed: true}")
    p.change("{role: masthead, units: [1, 9], top: 16mm", "{role: masthead, units: [1, 9], top: 0mm")
    p.style("masthead", {"size": "60pt", "leading": "46pt"})
    p.change("\nemphasis: italic", "\ndetails: {foot_line: 2mm}\nemphasis: italic")
    p.picture("x.png", 3000, 4200)
    p.articles([("a.md", "kicker: Próba\n", WORDS * 4)],
               "cover: {image: images/x.png, alt: Próba, lines: [Próba]}\n")
    p.want(LAYOUT, "{role: head, units: [1, 10], top: 1mm")
    p.want(LAYOUT, "{role: head, units: [1, 12], top: 0")
    p.want(LAYOUT, "{role: teasers, units: [1, 12], top: 288mm")
    p.want(LAYOUT, "{role: masthead, units: [1, 9], top: 0mm")
    p.want_style("folio")
    return "safety-zone", "warning"


def bleed_short(p):
    """A picture without bleed, one that bleeds on some sides, areas at the trim and near it."""
    p.change("height: 297mm, bleed: [top, bottom, inner, outer], fixed: true}",
             "height: 297mm, bleed: [bottom, inner, outer], fixed: true}")
    p.change("{role: picture, top: 0, height: 108mm, bleed: [top, inner, outer]}",
             "{role: picture, top: 0.5mm, height: 108mm, bleed: [inner, outer]}")
    p.change("{role: picture, units: [7, 12], top: 0, height: 136mm, bleed: [top, outer]}",
             "{role: picture, units: [7, 12], top: 0, height: 136mm, bleed: [outer]}")
    frame = "      - {role: head, units: [1, 10], line: 2, lines: 12, fixed: true}"
    p.change(frame, "      - {role: fill, units: [1, 12], top: 0, height: 20mm, fill: tint}\n"
             "      - {role: fill, units: [1, 12], top: 280mm, height: 16.5mm, fill: tint}\n" + frame)
    p.picture("x.png", 3000, 4200)
    image = "image: {src: images/x.png, alt: Próba}\n"
    p.articles([("a.md", image + "layout: feature\n", WORDS * 4),
                ("b.md", image + "layout: interview\n", WORDS * 4), ("c.md", "", WORDS * 4)],
               "cover: {image: images/x.png, alt: Próba}\n")
    p.want(LAYOUT, "{role: picture, top: 0, height: 297mm")
    p.want(LAYOUT, "{role: picture, top: 0.5mm")
    p.want(LAYOUT, "{role: picture, units: [7, 12], top: 0, height: 136mm")
    p.want(LAYOUT, "{role: fill, units: [1, 12], top: 0,")
    p.want(LAYOUT, "{role: fill, units: [1, 12], top: 280mm")
    return "bleed-short"


# ---- pages ----

def page_count(p):
    """Issues of five lengths."""
    p.change("pages: {cover: cover, cover_plain: cover-plain, contents: contents, imprint: imprint, filler: notes, back: back-plain}",
             "pages: {cover: null, cover_plain: null, contents: null, imprint: null, filler: null, back: null}")
    for pages in (1, 2, 3, 5, 6):
        name = "issues/%d/" % pages
        names = ["%s.md" % "abcdef"[i] for i in range(pages)]
        p.files[name + "issue.yaml"] = (
            "number: %d/2026\ndate: 2026-03-17\ntitle: Próba\ncontents:\n"
            "  - section: Dział\n    articles: [%s]\n" % (pages, ", ".join(names)))
        for n in names:
            p.files[name + n] = "---\ntitle: Artykuł\n---\n\n%s\n" % WORDS
        p.wanted.append((name + "issue.yaml", 1, 1))
    return "page-count", "warning"


def page_empty(p):
    """Articles that begin on right-hand pages, and nothing to fill the left ones."""
    p.change("imprint: imprint, filler: notes, back: back-plain}",
             "imprint: imprint, filler: null}")
    p.change("story: {opening: story-opening, opening_plain: page-opening, next: two-columns, notes: column}",
             "story: {opening: story-opening, opening_plain: page-opening, next: two-columns, "
             "notes: column, start: recto}")
    p.articles([("%s.md" % x, "", WORDS * 4) for x in "abcdef"])
    for x in "bcdef":
        p.want("issues/1/%s.md" % x, "title:")
    return "page-empty", "warning"


# ---- letters ----

def glyph_missing(p):
    """In a title, a heading, a paragraph, a table and a note."""
    p.articles([("a.md", "", "## \U00013000 nagłówek\n\nTekst \U00013001 dalej.[^n]\n\n"
                 "| a | \U00013002 |\n|---|---|\n| c | d |\n\n- punkt \U00013003\n\n"
                 "[^n]: Przypis \U00013004.\n")])
    p.want("issues/1/a.md", "\U00013000")
    p.want("issues/1/a.md", "Tekst")
    p.want("issues/1/a.md", "\U00013002")
    p.want("issues/1/a.md", "punkt")
    p.want("issues/1/a.md", "Przypis")
    return "glyph-missing", "warning"


def font_embedding(p):
    """fsType 2 (restricted) and 0x100 (no subsetting) in copies of the design's faces."""
    faces = ["NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "Lato-Bold.ttf", "Lato-Black.ttf",
             "Lato-Regular.ttf"]
    for n, face in enumerate(faces):
        path = re.search(r"/usr\S*/%s" % face, p.files[FONTS]).group(0)
        with open(path, "rb") as f:
            font = bytearray(f.read())
        for i in range(struct.unpack(">H", font[4:6])[0]):
            if font[12 + 16 * i:16 + 16 * i] == b"OS/2":
                at = struct.unpack(">I", font[20 + 16 * i:24 + 16 * i])[0]
                font[at + 8:at + 10] = struct.pack(">H", 0x100 if n % 2 else 2)
        p.files["fonts/x" + face] = bytes(font)
        p.change(path + ",", "x" + face + ",", FONTS)
        p.want(FONTS, "x" + face + ",")
    p.articles([("a.md", "kicker: Próba\nlead: Próba\n", "**Tekst** " + WORDS)])
    return "font-embedding"


def contrast(p):
    """Styles on the page, on a tint and on a bar; a colour of the screen."""
    p.change("hairline: {cmyk: [0, 0, 0, 40], rgb: \"#a6a6a6\"}",
             "hairline: {cmyk: [0, 0, 0, 40], rgb: \"#a6a6a6\"}\n"
             "  pale: {cmyk: [0, 0, 0, 60], rgb: \"#8a8a8a\"}\n"
             "  weak: {cmyk: [0, 0, 0, 60], rgb: \"#767676\"}")
    p.style("lead", {"colour": "pale"})  # 3.5:1
    p.style("caption", {"colour": "hairline"})
    p.style("box", {"colour": "weak"})  # 4.54:1 on paper, less on the tint
    p.style("region", {"colour": "pale"})
    p.style("pullquote", {"colour": "hairline"})  # large, but 2.4:1
    p.picture("x.png", 1700, 1100)
    p.articles([("a.md", "layout: directory\nlead: Próba\n", "## Śląskie\n\n" + WORDS +
                 "\n\n![Próba](images/x.png \"Podpis\")\n\n::: box\n" + WORDS + "\n:::\n\n::: pullquote\n" + WORDS +
                 "\n:::\n")])
    for style in ("lead", "caption", "box", "region", "pullquote"):
        p.want_colour("\n  %s: {" % style)
    return "contrast"


def contrast_large(p):
    """What is enough on a screen is not in large print: 7:1 for letters of any size."""
    p.change("      text: {cmyk: [0, 0, 0, 100], rgb: \"#000000\"}\n",
             "      text: {cmyk: [0, 0, 0, 100], rgb: \"#000000\"}\n"
             "      pale: {cmyk: [0, 0, 0, 60], rgb: \"#5f5f5f\"}\n")
    edition = p.files[LAYOUT].index("  large:\n")
    for style in ("lead", "heading2", "byline", "quote", "pullquote"):
        old = re.search(r"^      %s: \{.*\}" % style, p.files[LAYOUT][edition:], re.M).group(0)
        p.change("\n" + old, "\n" + old[:-1] + ", colour: pale}")
        p.want_colour("\n" + old[:-1])
    p.articles([("a.md", "lead: Próba\nauthor: Anna\n", "## Tytuł\n\n> " + WORDS +
                 "\n\n::: pullquote\n" + WORDS + "\n:::\n")])
    return "contrast"


KINDS = [image_coarse, image_resolution, line_art_coarse, line_art_soft, ink_of_pictures,
         ink_of_areas, ink_of_colours, hairlines, type_inks, safety_zone, bleed_short, page_count,
         page_empty, glyph_missing, font_embedding, contrast, contrast_large]


def main():
    if sys.argv[1] == "--kinds":
        print(" ".join(k.__name__ for k in KINDS))
        return 0
    plant = next(k for k in KINDS if k.__name__ == sys.argv[2])
    p = Publication(os.path.join(sys.argv[1], "planted"))
    code = plant(p)
    wrong = p.judge(*(code if isinstance(code, tuple) else (code,)))
    if not wrong and len(p.wanted) != 5:
        wrong = "%d faults planted" % len(p.wanted)
    if wrong:
        print(wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
