#!/usr/bin/env python3
"""features.py FOLDER: a publication of small issues, one for each file in features/.

Each issue is named as its file and holds that article alone, so that a failure
names the feature. Prints the names. Two need more than an article: small capitals
a layout that has them, an advertisement its ready page.
"""
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

PUBLICATION = """\
title: Pismo próbne
publisher: Polska Koalicja Pacjentów Onkologicznych
language: pl
site: https://glos.example.org/
"""
ISSUE = """\
number: 1/2026
date: 2026-03-17
title: Próba
contents:
  - section: Próba
    articles: [%s.md]
"""


def ready_page():
    """An advertiser's page in A4 with 3 mm of bleed: two areas of ink, no letters."""
    trim, bleed = (8.504, 8.504, 603.780, 850.394), (0, 0, 612.284, 858.898)
    content = b"0.6 0.1 0 0 k 0 0 612.284 858.898 re f 0 0 0 1 k 100 400 400 60 re f\n"
    box = lambda b: "[%s]" % " ".join("%.3f" % v for v in b)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        ("<</Type/Page/Parent 2 0 R/MediaBox%s/BleedBox%s/TrimBox%s/Contents 4 0 R/Resources<<>>>>"
         % (box(bleed), box(bleed), box(trim))).encode(),
        b"<</Length %d>>stream\n%sendstream" % (len(content), content),
    ]
    out, offsets = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
                  % (len(objects) + 1, table, len(objects) + 1, len(out)))


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def small_caps_layout(folder):
    """The design of the magazine, with small capitals for the lead."""
    path = os.path.join(folder, "layouts", "glos", "layout.yaml")
    text = open(path, encoding="utf-8").read()
    lead = "  lead: {based_on: display,"
    assert lead in text, "the layout has no lead to change"
    text = text.replace(lead, "  lead: {based_on: base, small_caps: true,", 1)
    os.makedirs(os.path.join(folder, "layouts", "kapitaliki"))
    write(os.path.join(folder, "layouts", "kapitaliki", "layout.yaml"), text)


def names():
    return sorted(f[:-3] for f in os.listdir(os.path.join(HERE, "features")) if f.endswith(".md"))


def make(folder):
    os.makedirs(folder)
    write(os.path.join(folder, "glos.yaml"), PUBLICATION)
    shutil.copytree(os.path.join(ROOT, "layouts"), os.path.join(folder, "layouts"))
    shutil.copytree(os.path.join(ROOT, "fonts"), os.path.join(folder, "fonts"))
    small_caps_layout(folder)
    images = os.path.join(ROOT, "issues", "2026-1", "images")
    for name in names():
        issue = os.path.join(folder, "issues", name)
        os.makedirs(issue)
        os.symlink(images, os.path.join(issue, "images"))
        shutil.copy(os.path.join(HERE, "features", name + ".md"), issue)
        settings = ISSUE % name
        if name == "small-caps":
            settings += "layout: kapitaliki\n"
        elif name == "advertisement":
            settings += "  - {advertisement: ogloszenie.pdf, page: 1, span: full, alt: Grupa wsparcia w czwartki o 17}\n"
            with open(os.path.join(issue, "ogloszenie.pdf"), "wb") as f:
                f.write(ready_page())
        write(os.path.join(issue, "issue.yaml"), settings)


if __name__ == "__main__":
    make(sys.argv[1])
    print("\n".join(names()))
