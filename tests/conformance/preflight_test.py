#!/usr/bin/env python3
"""Does the preflight find what is wrong? Small press files are made here, a sound one
and others with one fault each; the fault must be found, by its rule, and alone. Then
of each rule five faults, on a page each, or in a file each where they are of the file.
--fives: these alone."""
import concurrent.futures
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import preflight        # noqa: E402
from preflight_pdf import METADATA, Press      # noqa: E402

SOUND = ("0.2 0 0 0 k -30 -30 672.284 230 re f\n"
         "/G gs BT 0 0 0 1 k /F 10 Tf 100 500 Td <00010002> Tj ET\n"
         "0 0 0 1 k 100 400 300 0.5 re f\n")
PICTURE = "q 100 0 0 100 300 600 cm /I Do Q\n"


def text(colour, size=10, state="N", x=100, y=600, font="F"):
    return "/%s gs BT %s /%s %g Tf %g %g Td <0001> Tj ET\n" % (state, colour, font, size, x, y)


def dots(side, space="/DeviceCMYK", bits=8, inks=4):
    data = bytes(range(256)) * ((side * side * inks * bits // 8) // 256 + 1)
    return ("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d"
            % (side, side, space, bits), data[:(side * inks * bits + 7) // 8 * side])


TINT = "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 1 1 0]>>"
ALL = "/S[/Separation/All/DeviceCMYK 90 0 R]"


def on_all(shape):
    return "/N gs /S cs 0.2 scn /S CS 0.2 SCN %s\n" % shape


def leaves(*pushed):
    """Pages that are sides of sheets, each narrower by that much on both sides."""
    trims = [(8.504 + p, 8.504, 603.78 - p, 850.394) for p in pushed]
    return [dict(trim=t, bleed=(t[0] - 8.504, 0, t[2] + 8.504, 858.898)) for t in trims]


def side(trim):
    """A front that is trimmed as usual, and its back."""
    return leaves(0) + [dict(trim=trim, bleed=tuple(v + (-8.504 if n < 2 else 8.504) for n, v in enumerate(trim)))]


# rule: what is done to the sound file; several rows of a rule are several kinds.
CASES = [
    ("R0001", dict(version="1.4")),
    ("R0001", dict(metadata=METADATA.replace("PDF/X-4", "PDF/X-3"))),
    ("R0001", dict(metadata=METADATA.replace("<pdf:Trapped>False", "<pdf:Trapped>Unknown"))),
    ("R0001", dict(info="/Trapped/Unknown")),
    ("R0001", dict(identified=False)),
    ("R0001", dict(catalog="/OpenAction[3 0 R/Fit]")),
    ("R0001", dict(intents=2)),
    ("R0001", dict(trim=None)),
    ("R0001", dict(states="/T<</TR/Identity>>")),
    ("R0002", dict(page="/UserUnit 2")),
    ("R0003", dict(page="/CropBox[10 10 500 500]")),
    ("R0004", dict(page="/Rotate 90")),
    ("R0004", dict(second=(8.504, 8.504, 500, 850.394))),
    ("R0005", dict(content="")),
    ("boxes", dict(trim=(2, 8.504, 603.78, 850.394))),
    ("boxes", dict(bleed=(8.504, 8.504, 603.78, 850.394))),
    ("annotations", dict(page="/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>]")),
    ("R0007", dict(more=text("0 0 0 0 k", 12, "G"))),
    ("R0008", dict(more="/G gs 0 0 0 0 k 100 300 50 50 re f\n")),
    ("R0009", dict(more=text("0 0 0 1 k"))),
    ("R0009", dict(more=text("0 0 0 1 k", state="W"))),
    ("R0010", dict(more="/N gs 0 0 0 1 k 100 300 200 1 re f\n")),
    ("R0010", dict(more="/N gs 0 0 0 1 K 0.5 w 100 300 m 300 300 l S\n")),
    ("R0011", dict(more=text("0 g"))),
    ("R0012", dict(more="/N gs 0.5 g 100 300 200 1 re f\n")),
    ("R0014", dict(font="Courier")),
    ("fonts", dict(loose=True)),
    ("R0015", dict(more=text("0.7 0.7 0.6 1 k", 12))),
    ("R0016", dict(more=text("0 0 0 0 k", 7))),
    ("R0017", dict(more=text("0.5 0.5 0 0 k", 7))),
    ("R0018", dict(more="/N gs 0 0 0 0 k 100 300 200 0.22 re f\n")),
    ("R0019", dict(more="/N gs 0.5 0.5 0 0 k 100 300 200 0.22 re f\n")),
    ("hairline", dict(more="/G gs 0 0 0 1 k 100 300 200 0.1 re f\n")),
    ("hairline", dict(more="/G gs 0 0 0 1 K 0.1 w 100 300 m 300 300 l S\n")),
    ("R0020", dict(spaces="/S[/Separation/Rot/DeviceCMYK 90 0 R]")),
    ("R0024", dict(spaces=ALL)),
    ("R0024", dict(spaces=ALL, media=30, more=text("/S cs 1 scn"))),
    ("R0024", dict(spaces=ALL, media=30, more=PICTURE, image=dots(417, ALL[2:].replace("90 0 R", TINT), 8, 1))),
    ("R0026", dict(more="1 1 0.8 0.5 k /N gs 200 200 80 80 re f\n")),
    ("R0026", dict(more=PICTURE, image=("/Type/XObject/Subtype/Image/Width 320/Height 320/ColorSpace/DeviceCMYK"
                                        "/BitsPerComponent 8", bytes([255, 255, 255, 20]) * 320 * 320))),
    ("R0027", dict(more="/N gs 1 0 0 rg 100 300 50 50 re f\n")),
    ("R0027", dict(more=text("0 0 1 rg", 12))),
    ("R0027", dict(more=PICTURE, image=dots(400, "/DeviceRGB", 8, 3))),
    ("R0030", dict(page="/Group<</S/Transparency/CS/DeviceRGB>>")),
    ("R0031 error", dict(more=PICTURE, image=dots(150))),
    ("R0031 warning", dict(more=PICTURE, image=dots(300))),
    ("R0032 error", dict(more=PICTURE, image=dots(600, "/DeviceGray", 1, 1))),
    ("R0032 warning", dict(more=PICTURE, image=dots(1000, "/DeviceGray", 1, 1))),
    ("R0035", dict(profile=b"\0" * 12 + b"mntrRGB " + b"\0" * 108)),
    ("bleed", dict(more="/N gs 0.2 0 0 0 k 300 300 303.78 50 re f\n")),
    ("bleed", dict(more="q 310 0 0 310 8.504 540 cm /I Do Q\n", image=dots(1100))),
    ("safety", dict(more=text("0 0 0 1 k", 10, "G", 12, 600))),
    ("safety", dict(more=text("0 0 0 1 k", 10, "G", 100, 10))),
]
# Sound things that are near a fault.
NEAR = [
    ("white text that knocks out", dict(more=text("0 0 0 0 k", 9))),
    ("black text of 12 pt that knocks out", dict(more=text("0 0 0 1 k", 12))),
    ("a picture of 300 ppi", dict(more=PICTURE, image=dots(417))),
    ("280 % of ink", dict(more="1 1 0.8 0 k /N gs 200 200 80 80 re f\n")),
    ("a mark outside the bleed", dict(media=30, more="/N gs 0.5 0.5 0 0 k -20 300 15 0.1 re f\n")),
    ("a mark on all plates", dict(media=30, spaces=ALL, more=on_all("-20 300 15 0.25 re f"))),
    ("leaves that are pushed out", dict(imposed=True, sheets=leaves(0, 0, 0.6, 0.6, 1.2, 1.2))),
]


def drawn(*parts):
    """A page a part, each sound but for it."""
    return [dict(content=SOUND + part) for part in parts]


def area(colour, x, y, width, height, state="N"):
    return "/%s gs %s k %g %g %g %g re f\n" % (state, colour, x, y, width, height)


def paged(*entries):
    return [dict(page=entry) for entry in entries]


def placed(*sides):
    return drawn(*("q %g 0 0 %g 300 550 cm /I Do Q\n" % (side, side) for side in sides))


SPOTS = ("Rot", "Gold", "PANTONE#20300#20C", "Lack", "Weiss")
WHITE, BLACK, SEVERAL = "0 0 0 0", "0 0 0 1", "0.5 0.5 0 0"
SIZES = (4, 5, 6, 7, 7.9)
# rule: five pages with a fault each, of one file, that must be told of each page.
PAGES = {
    "R0002": dict(sheets=paged(*("/UserUnit %g" % u for u in (2, 0.5, 1.2, 1.5, 1.1)))),
    "R0003": dict(sheets=paged(*("/CropBox[%g 10 500 500]" % x for x in (10, 11, 12, 13, 14)))),
    "R0004": dict(sheets=paged("/Rotate 90", "/Rotate 180", "/Rotate 270", "/Rotate -90", "/Rotate 450")),
    "R0005": dict(sheets=[dict(content=c) for c in ("", "q Q\n", "% no\n", "/N gs\n", "BT /F 9 Tf ET\n")]),
    "boxes": dict(sheets=[dict(trim=t) for t in (
        (7.504, 8.504, 602.78, 850.394), (8.504, 7.504, 603.78, 849.394), (9.504, 8.504, 604.78, 850.394),
        (8.504, 9.504, 603.78, 851.394), (9.004, 9.004, 604.28, 850.894))]),
    "annotations": dict(sheets=paged(*("/Annots[<</Type/Annot/Subtype/%s/Rect[9 9 99 99]>>]" % k for k in (
        "Link", "Popup", "Widget", "Screen", "Movie")))),
    "R0007": dict(sheets=drawn(*(text("0 0 0 0 k", s, "G") for s in (8, 9, 12, 24, 40)))),
    "R0008": dict(sheets=drawn(*(area(WHITE, 100, 300, s, s, "G") for s in (3, 10, 50, 90, 200)))),
    "R0009": dict(sheets=drawn(*(text("0 0 0 1 k", s, w) for s, w in (
        (6, "N"), (8, "N"), (10, "W"), (11, "N"), (11.9, "W"))))),
    "R0010": dict(sheets=drawn(*(area(BLACK, 100, 300, 200, w) for w in (0.25, 0.5, 1, 1.5, 1.9)))),
    "R0011": dict(sheets=drawn(*(text(c + " g", s) for c, s in (("0", 6), ("0.2", 8), ("0.5", 9), ("0", 10), ("0.3", 11))))),
    "R0012": dict(sheets=drawn(*("/N gs 0.5 g 100 300 200 %g re f\n" % w for w in (0.25, 0.5, 1, 1.5, 1.9)))),
    "R0015": dict(sheets=drawn(*(text("%s k" % c, 12) for c in (
        "0.7 0.7 0.6 1", "1 1 0 0.9", "0.5 0.5 1 0.9", "0.9 0.6 0.6 0.85", "0.65 0.65 0.65 0.9")))),
    "R0016": dict(sheets=drawn(*(text("0 0 0 0 k", s) for s in SIZES))),
    "R0017": dict(sheets=drawn(*(text(SEVERAL + " k", s) for s in SIZES))),
    "R0018": dict(sheets=drawn(*(area(WHITE, 100, 300, 200, w) for w in (0.21, 0.22, 0.23, 0.24, 0.245)))),
    "R0019": dict(sheets=drawn(*(area(SEVERAL, 100, 300, 200, w) for w in (0.21, 0.22, 0.23, 0.24, 0.245)))),
    "hairline": dict(sheets=drawn(*(area(BLACK, 100, 300, 200, w, "G") for w in (0.05, 0.08, 0.1, 0.15, 0.19)))),
    "R0024": dict(spaces=ALL, media=30, sheets=drawn(*(on_all(shape) for shape in (
        "100 300 50 50 re f", "-20 300 25 10 re f", "0 300 6 6 re f", "300 100 m 300 300 l S",
        "300 -20 0.5 25 re f")))),
    "R0026": dict(sheets=drawn(*(area(c, 200, 200, 80, 80) for c in (
        "1 1 0.8 0.5", "1 1 1 0.2", "0.8 0.8 0.8 0.8", "1 0.9 0.6 0.7", "0.6 0.8 0.9 0.9")))),
    "R0027": dict(sheets=drawn(*("/N gs %s rg 100 300 %g 50 re f\n" % (c, w) for c, w in (
        ("1 0 0", 50), ("0 1 0", 60), ("0 0 1", 70), ("1 1 0", 80), ("0 0 0", 90))))),
    "R0030": dict(sheets=paged(*("/Group<</S/Transparency/CS/%s>>" % c for c in (
        "DeviceRGB", "DeviceRGB/I true", "DeviceRGB/K true", "DeviceGray", "DeviceGray/I true")))),
    "R0031 error": dict(sheets=placed(96.6, 110, 150, 200, 290), image=dots(200)),
    "R0031 warning": dict(sheets=placed(64.3, 70, 80, 90, 96), image=dots(200)),
    "R0032 error": dict(sheets=placed(53, 60, 80, 120, 200), image=dots(400, "/DeviceGray", 1, 1)),
    "R0032 warning": dict(sheets=placed(36.1, 40, 45, 50, 52), image=dots(400, "/DeviceGray", 1, 1)),
    "bleed": dict(sheets=drawn(*(area("0.2 0 0 0", *r) for r in (
        (300, 300, 303.78, 50), (8.504, 300, 300, 50), (300, 700, 50, 150.394), (6, 400, 300, 50), (300, 300, 307, 50))))),
    "safety": dict(sheets=drawn(*(text("0 0 0 1 k", 10, "G", x, y) for x, y in (
        (12, 600), (100, 10), (595, 500), (300, 840), (20, 20))))),
}
# rule: five files with a fault each of the file as a whole.
FILES = {
    "R0001": [dict(version=v) for v in ("1.3", "1.4", "1.5", "1.7", "2.0")],
    "fonts": [dict(loose=True, font=f) for f in ("NotoSans", "Arial", "Lato", "Georgia", "Symbol")],
    "R0014": [dict(font=f) for f in ("Courier", "CourierNew", "Courier-Bold", "CourierPS", "courier")],
    "R0020": [dict(spaces="/S[/Separation/%s/DeviceCMYK 90 0 R]" % s) for s in SPOTS],
    "R0004": [dict(imposed=True, media=30, sheets=sides) for sides in (
        leaves(0, 0.6), leaves(0, 0, -0.6, -0.6), leaves(0, 0, 0.6), side((9.504, 8.504, 604.78, 850.394)),
        side((8.504, 8.504, 603.78, 848.394)))],
    "R0035": [dict(profile=b"\0" * 12 + kind + b"\0" * 108) for kind in (
        b"mntrRGB ", b"mntrCMYK", b"scnrRGB ", b"prtrRGB ", b"linkCMYK")],
}


def judged(changes):
    changes = dict(changes)
    imposed = changes.pop("imposed", False)
    content = changes.pop("content", SOUND) + changes.pop("more", "")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.pdf")
        with open(path, "wb") as f:
            f.write(Press(content, **changes).bytes())
        options = preflight.options_from(["--sheets"] * imposed + [path])
        # What is painted on the sound file alone was weighed with it.
        options.weigh = content != SOUND or any("content" in s for s in changes.get("sheets", []))
        return preflight.findings(path, options)


def fives():
    """Name, file, and what of its pages must be told, of each rule five times."""
    for rule, changes in PAGES.items():
        yield rule, "%s on five pages" % rule, changes
    for rule, files in FILES.items():
        for number, changes in enumerate(files, 1):
            yield rule, "%s, file %d of five" % (rule, number), changes


def expected_on_pages(rule, found, pages):
    """Told of each page, or of the file, and nothing else."""
    name, level = (rule.split() + [None])[:2]
    others = [f for f in found if f.rule != name or level not in (None, f.level)]
    told = {f.page for f in found if f.rule == name}
    return not others and (set(range(1, pages + 1)) <= told if pages else bool(told))


def expected(rule, found):
    if not rule:
        return not found
    name, level = (rule.split() + [None])[:2]
    return bool(found) and all(f.rule == name and level in (None, f.level) for f in found)


def main():
    many = [] if sys.argv[1:] == ["--fives"] else [("", "a sound file", {"more": " "})]
    cases = [] if not many else many + [("", name, changes) for name, changes in NEAR]
    cases += [(rule, "%s: %s" % (rule, ", ".join("%s %.60r" % c for c in changes.items()).replace("\n", " ")), changes)
              for rule, changes in (CASES if many else [])]
    cases += fives()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, ((rule, name, changes), found) in enumerate(zip(cases, pool.map(judged, [c[2] for c in cases])), 1):
            five = "five" in name
            pages = len(changes.get("sheets", [])) if "on five" in name else 0
            right = expected_on_pages(rule, found, pages) if five else expected(rule, found)
            failed += not right
            print("%sok %d - %s" % ("" if right else "not ", number, name))
            for finding in [] if right else found:
                print("# %s" % str(finding))
    print("1..%d" % len(cases))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
