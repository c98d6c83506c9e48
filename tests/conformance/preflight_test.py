#!/usr/bin/env python3
"""Does the preflight find what is wrong? Small press files are made here, a sound one
and others with one fault each; the fault must be found, by its rule, and alone."""
import concurrent.futures
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import preflight        # noqa: E402
from preflight_pdf import METADATA, Press      # noqa: E402

SOUND = ("0.2 0 0 0 k 0 0 612.284 200 re f\n"
         "/G gs BT 0 0 0 1 k /F 10 Tf 100 500 Td <00010002> Tj ET\n"
         "0 0 0 1 k 100 400 300 0.5 re f\n")
PICTURE = "q 100 0 0 100 300 600 cm /I Do Q\n"


def text(colour, size=10, state="N", x=100, y=600, font="F"):
    return "/%s gs BT %s /%s %g Tf %g %g Td <0001> Tj ET\n" % (state, colour, font, size, x, y)


def dots(side, space="/DeviceCMYK", bits=8, inks=4):
    data = bytes(range(256)) * ((side * side * inks * bits // 8) // 256 + 1)
    return ("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d"
            % (side, side, space, bits), data[:(side * inks * bits + 7) // 8 * side])


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
    ("R0024", dict(spaces="/S[/Separation/All/DeviceCMYK 90 0 R]")),
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
]


def judged(changes):
    changes = dict(changes)
    content = changes.pop("content", SOUND) + changes.pop("more", "")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.pdf")
        with open(path, "wb") as f:
            f.write(Press(content, **changes).bytes())
        return preflight.findings(path, preflight.options_from([path]))


def expected(rule, found):
    if not rule:
        return not found
    name, level = (rule.split() + [None])[:2]
    return bool(found) and all(f.rule == name and level in (None, f.level) for f in found)


def main():
    cases = [("", "a sound file", {})] + [("", name, changes) for name, changes in NEAR]
    cases += [(rule, "%s: %s" % (rule, ", ".join("%s %.60r" % c for c in changes.items()).replace("\n", " ")), changes)
              for rule, changes in CASES]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, ((rule, name, _), found) in enumerate(zip(cases, pool.map(judged, [c[2] for c in cases])), 1):
            right = expected(rule, found)
            failed += not right
            print("%sok %d - %s" % ("" if right else "not ", number, name))
            for finding in [] if right else found:
                print("# %s" % str(finding))
    print("1..%d" % len(cases))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
