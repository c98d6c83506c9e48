"""Pages set by hand for the ruler's tests: PDFs whose every word, gap and box is known."""
import random

FONTS = (("F", "Courier"), ("B", "Courier-Bold"), ("H", "Helvetica"), ("I", "Courier-Oblique"))
A4, A5 = (595, 842), (420, 595)


def pdf(pages, sheet=A4, trim=None):
    """A PDF of pages, each a list of (x, y, size, word) or (x, y, size, word, font), of
    operators as text, and of lists of these, painted in this order. Every letter of
    Courier is 0.6 em wide. trim: left, bottom, right, top."""
    fonts = "".join("/%s %d 0 R" % (name, 3 + i) for i, (name, _) in enumerate(FONTS))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", None]
    objects += ["<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name for _, name in FONTS]
    kids = []
    box = "/TrimBox[%g %g %g %g]" % trim if trim else ""
    for page in pages:
        text = "\n".join(flat(page))
        objects.append("<</Length %d>>stream\n%s\nendstream" % (len(text), text))
        objects.append("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]%s/Contents %d 0 R/Resources<</Font<<%s>>>>>>"
                       % (*sheet, box, len(objects), fonts))
        kids.append("%d 0 R" % len(objects))
    objects[1] = "<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), " ".join(kids))
    out, places = "%PDF-1.4\n", []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += "%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    start = len(out)
    out += "xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += "".join("%010d 00000 n \n" % place for place in places)
    return (out + "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" %
            (len(objects) + 1, start)).encode("latin-1")


def flat(items):
    for item in items:
        if isinstance(item, list):
            yield from flat(item)
        elif isinstance(item, str):
            yield item
        else:
            x, y, size, word = item[:4]
            yield "BT /%s %g Tf %.3f %.3f Td (%s) Tj ET" % (
                item[4] if len(item) > 4 else "F", size, x, y, word.replace("(", "\\(").replace(")", "\\)"))


def fill(x, y, wide, high, gray=0.9):
    """A tinted box, its lower left corner at x, y."""
    return "q %g g %g %g %g %g re f Q" % (gray, x, y, wide, high)


def picture(x, y, wide, high):
    return "q %g 0 0 %g %g %g cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q" % (wide, high, x, y)


def rule(x0, y0, x1, y1):
    return "q 0.5 w %g %g m %g %g l S Q" % (x0, y0, x1, y1)


class Setter:
    """Sets lines by hand and keeps the book of what it did."""

    def __init__(self, seed=7, lefts=(50, 306), wide=243, top=760, size=10, pitch=13):
        self.random, self.pages, self.gaps, self.lines = random.Random(seed), [[]], [], 0
        self.lefts, self.wide, self.top, self.size, self.pitch = lefts, wide, top, size, pitch

    def y(self, row):
        """The baseline of a row."""
        return self.top - row * self.pitch

    def words(self, wide, last=None):
        """Words that leave gaps of about 0.1 to 0.6 em in so many points."""
        letter = 0.6 * self.size
        gap = self.random.uniform(0.06, 0.6) * self.size
        count = max(2, round(wide / (5 * letter + gap)))
        lengths = [2] * count
        for _ in range(round((wide - (count - 1) * gap) / letter) - 2 * count):
            lengths[self.random.randrange(count)] += 1
        if last:
            lengths[0] += lengths[-1] - len(last)
        found = ["".join(self.random.choice("bcdefghklmnprst") for _ in range(max(2, length)))
                 for length in lengths]
        return found[:-1] + [last] if last else found

    def line(self, column, row, kind="full", last=None, shift=0.0, size=None, indent=0, over=0.0):
        """kind: full (to the edge), end (a paragraph's last), ragged. over: so much
        beyond the edge."""
        size = size or self.size
        x, wide = self.lefts[column] + indent, self.wide - indent + over
        gap = 0
        while gap < 0.12 * self.size:        # below 0.1 em readers join words
            words = self.words(wide if kind == "full" else wide * self.random.uniform(0.4, 0.85), last)
            gap = (wide - 0.6 * self.size * sum(map(len, words))) / (len(words) - 1) if kind == "full" \
                else 0.27 * self.size
        if kind == "full":
            self.gaps.append(gap / self.size)
            self.lines += 1
        for word in words:
            self.pages[-1].append((x, self.y(row) - shift, size, word))
            x += len(word) * size * 0.6 + gap
        return words

    def column(self, column, rows, first=0, every=6, shift=0.0, lasts=()):
        """Paragraphs of `every` lines, the first line of each indented."""
        lasts = dict(lasts)
        for row in range(rows):
            place = row % every
            self.line(column, first + row, "end" if place == every - 1 else "full",
                      lasts.get(row), shift, indent=12 if place == 0 else 0)

    def put(self, *items):
        self.pages[-1] += items

    def words_at(self, column, row, text, size=None, font="B", indent=0):
        """Words a space apart, no justified line."""
        size, x = size or self.size, self.lefts[column] + indent
        for word in text.split():
            self.put((x, self.y(row), size, word, font))
            x += (len(word) + 0.5) * size * 0.6

    def page(self, title=None):
        """A new page, with the title of an article above its columns."""
        self.pages.append([])
        if title:
            self.put((self.lefts[0], self.top + 2.6 * self.size, 2.6 * self.size, title))

    def pdf(self, sheet=A4, trim=None):
        return pdf(self.pages, sheet, trim)
