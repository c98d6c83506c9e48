#!/usr/bin/env python3
"""large.py PDF…: can eyes that see little read it?

Reads large print back through MuPDF's trace (tests/bench/ruler): no letter below
18 pt but references to notes, no line of more than 60 characters, every letter at
7:1 or more against what lies below it, none on a picture, none within 5 mm of the
edge, none on top of another, no kicker jammed under a picture's caption. Says the largest and smallest found; exit 1
when any limit is passed.
"""
import collections
import os
import sys

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
from ruler import trace     # noqa: E402

SIZE, MEASURE, CONTRAST, EDGE = 18, 60, 7, 14.17    # EDGE: 5 mm, which no printer cuts
REFERENCE = 0.6                                     # of the size: a raised number
WARM, APART = (0x8a / 255, 0x2c / 255, 0x0d / 255), 52  # a kicker; from a caption's foot to its own


class Coloured(trace.Reader):
    """The ruler's reader, which keeps the colour of words and areas too."""

    def __init__(self, path):
        self.colour, self.colours, self.grounds = None, {}, collections.defaultdict(list)
        super().__init__(path)

    def operation(self, line):
        super().operation(line)
        values = dict(trace.ATTRIBUTE.findall(line))
        if line.startswith("<fill_text"):
            self.finish_word()
            self.colour = rgb(values)

    def finish_word(self):
        if self.word:
            self.colours[id(self.word)] = self.colour
        super().finish_word()

    def finish_path(self):
        name, values, _ = self.drawing
        before = len(self.sheets[-1].inks)
        super().finish_path()
        for ink in self.sheets[-1].inks[before:]:
            self.colours[id(ink)] = rgb(values) if name == "fill_path" else None


def rgb(values):
    colour = trace.numbers(values.get("color", ""))
    if values.get("colorspace") == "DeviceGray":
        colour *= 3
    return colour if len(colour) == 3 else None


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def ground(reader, sheet, word):
    """The colour below a word; None: a picture."""
    x, y, below = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size, [1, 1, 1]
    for ink in sheet.inks:
        if ink.order < word.order and ink.x0 <= x <= ink.x1 and ink.y0 <= y <= ink.y1:
            below = None if ink.kind == "picture" else reader.colours.get(id(ink)) or below
    return below


def lines(sheet):
    """Words of one baseline that follow one another at a word's distance."""
    line = []
    for word in sheet.words:
        if line and (abs(word.base - line[-1].base) > 0.5 or
                     not -0.5 < word.x0 - line[-1].x1 < 1.2 * word.size):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def overlapping(sheet):
    words = sorted(sheet.words, key=lambda w: w.base)
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            if b.base - a.base > 0.5 * b.size:
                break
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 1.5 and a.text != b.text:
                yield a, b


def jammed(reader, sheet):
    """Kickers, below a picture, less than a line's distance from what is above."""
    pictures = [ink for ink in sheet.inks if ink.kind == "picture"]
    for word in sheet.words:
        colour = reader.colours[id(word)]
        above = [w.base for w in sheet.words if w.base < word.base - 0.5]
        if (word.size == SIZE and colour and max(abs(a - b) for a, b in zip(colour, WARM)) < 0.01 and
                any(ink.y1 < word.base for ink in pictures) and above and word.base - max(above) < APART):
            yield word


def check(path):
    reader = Coloured(path)
    faults, sizes, longest, least = [], collections.Counter(), 0, 21.0
    for sheet in reader.sheets:
        say = lambda what, word: faults.append("page %d: %s: “%s”" % (sheet.number, what, word.text))
        for word in sheet.words:
            raised = word.size > REFERENCE * SIZE and word.text.isdigit()
            sizes[word.size] += len(word.text)
            if word.size < SIZE - 0.01 and not raised:
                say("%.1f pt" % word.size, word)
            if word.x0 < EDGE or word.x1 > sheet.width - EDGE or word.top < EDGE or word.base > sheet.height - EDGE:
                say("near the edge or beyond it", word)
            below = ground(reader, sheet, word)
            if below is None:
                say("on a picture", word)
                continue
            ratio = contrast(reader.colours[id(word)], below)
            least = min(least, ratio)
            if ratio < CONTRAST:
                say("contrast %.1f" % ratio, word)
        for line in lines(sheet):
            count = len(" ".join(w.text for w in line))
            longest = max(longest, count)
            if count > MEASURE:
                say("%d characters in a line" % count, line[0])
        for word in jammed(reader, sheet):
            say("jammed under a caption", word)
        for a, b in overlapping(sheet):
            say("on “%s”" % b.text, a)
    body = sizes.most_common(1)[0][0] if sizes else 0
    if body < SIZE:
        faults.append("body of %g pt" % body)
    for fault in faults[:1000]:
        print("%s: %s" % (path, fault))
    print("%s: body %g pt, lines of %d characters at most, contrast %.1f at least, %d faults"
          % (path, body, longest, least, len(faults)))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(1 if len(sys.argv) < 2 or any([check(path) for path in sys.argv[1:]]) else 0)
