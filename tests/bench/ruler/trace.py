"""What a PDF draws, page by page: words with font, size and baseline, and the boxes of
pictures, fills and rules, in the order of painting.

MuPDF's trace is the reader: it names every glyph with its place and every path and
picture with its transformation, whoever wrote the file. Coordinates are points from
the page's upper left corner downwards. Words end at a space, at a gap of more than
0.1 em, at another baseline or size. Rotated text is left out: it is furniture.
"""
import collections
import html
import re
import subprocess
import sys

BREAK = 0.1        # em between glyphs that end a word
WHITE = {"DeviceGray": "1", "DeviceRGB": "1 1 1", "DeviceCMYK": "0 0 0 0", "None": ""}
STYLES = re.compile(r"(?:[-,_ ]|(?<=[a-z]))(?:Regular|Roman|Book|Medium|Semi|Demi|Extra|Bold|Black|Heavy|Light"
                    r"|Thin|Italic|Oblique|It|Ital|Bd|Rg|MT|PS)+$")
BOLD = re.compile(r"bold|black|heavy|demi|-bd|bx\d", re.IGNORECASE)

NUMBER = r"(-?[\d.]+(?:e[-+]?\d+)?)"
SPAN = re.compile(r'<span font="([^"]*)".* trm="([^"]*)"')
GLYPH = re.compile(r'<g unicode="([^"]*)"( glyph="[^"]*")? x="%s" y="%s"(?: adv="%s")?' % ((NUMBER,) * 3))
POINT = re.compile(r'<(moveto|lineto|curveto|closepath)(.*)/>')
COORDINATE = re.compile(r'\b[xy]\d?="%s"' % NUMBER)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Word:
    __slots__ = ("x0", "x1", "base", "size", "font", "text", "order", "shown")

    def __init__(self, x0, x1, base, size, font, text, order, shown):
        self.x0, self.x1, self.base, self.size = x0, x1, base, size
        self.font, self.text, self.order, self.shown = font, text, order, shown

    @property
    def top(self):
        """About the height of capitals: fonts do not tell it here."""
        return self.base - 0.7 * self.size

    @property
    def family(self):
        return family(self.font)

    @property
    def bold(self):
        return bool(BOLD.search(self.font))


class Ink:
    """A picture, a fill or a rule. `opaque` hides what was painted before."""
    __slots__ = ("kind", "x0", "y0", "x1", "y1", "order", "opaque", "white")

    def __init__(self, kind, box, order, opaque, white=False):
        self.kind, self.order, self.opaque, self.white = kind, order, opaque, white
        self.x0, self.y0, self.x1, self.y1 = box

    @property
    def width(self):
        return self.x1 - self.x0

    @property
    def height(self):
        return self.y1 - self.y0


class Sheet:
    def __init__(self, number, width, height, trim):
        self.number, self.width, self.height, self.trim = number, width, height, trim
        self.words, self.inks = [], []


FAMILIES = {}


def family(font):
    """A font's name without its subset's tag and its style."""
    if font not in FAMILIES:
        name = re.sub(r"^[A-Z]{6}\+", "", font)
        FAMILIES[font] = STYLES.sub("", name) or name
    return FAMILIES[font]


def run(command):
    try:
        return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE).stdout.decode("utf-8", "replace")
    except FileNotFoundError:
        sys.exit("typography: %s is not installed (mupdf-tools)" % command[0])
    except subprocess.CalledProcessError as failure:
        sys.exit("typography: %s: %s" % (command[0], failure.stderr.decode("utf-8", "replace").strip()))


def numbers(text):
    return [float(value) for value in text.split()]


def boxes(path):
    """Trim boxes by page, as left, top, right, bottom below the visible page's corner."""
    found = []
    for page in re.findall(r"<page pagenum.*?</page>", run(["mutool", "pages", path]), re.DOTALL):
        box = {name: [float(dict(ATTRIBUTE.findall(rest))[side]) for side in "lbrt"]
               for name, rest in re.findall(r"<(\w+Box) ([^>]*)/>", page)}
        media = box.get("CropBox") or box.get("MediaBox")
        trim = box.get("TrimBox") or media
        found.append((trim[0] - media[0], media[3] - trim[3], trim[2] - media[0], media[3] - trim[1]))
    return found


def intersect(a, b):
    if a is None or b is None:
        return a or b
    return (max(a[0], b[0]), max(a[1], b[1]), max(max(a[0], b[0]), min(a[2], b[2])),
            max(max(a[1], b[1]), min(a[3], b[3])))


def move(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


class Reader:
    """Goes through the trace line by line; `clips` is the stack of clipping boxes."""

    def __init__(self, path):
        self.trims, self.sheets = boxes(path), []
        self.matrix, self.clips, self.order = (1, 0, 0, 1, 0, 0), [], 0
        self.word = self.span = None        # span: font, width of an em, size; None: not to be read
        self.reading, self.path, self.drawing = False, [], None
        for line in run(["mutool", "trace", path, "1-N"]).splitlines():
            self.take(line.strip())
        self.finish_word()

    def take(self, line):
        if line.startswith("<g "):
            self.glyph(line)
        elif line.startswith("<span "):
            self.open_span(line)
        elif POINT.match(line):
            self.point(*POINT.match(line).groups())
        elif line.startswith("<page "):
            self.page(dict(ATTRIBUTE.findall(line)))
        elif line.startswith("</"):
            if self.drawing and line[2:-1] == self.drawing[0]:
                self.finish_path()
            if line.endswith("_text>"):
                self.reading, self.span = False, None
        else:
            self.operation(line)

    def page(self, attributes):
        self.finish_word()
        box = numbers(attributes["mediabox"])
        width, height = box[2] - box[0], box[3] - box[1]
        trim = self.trims[len(self.sheets)] if len(self.sheets) < len(self.trims) else (0, 0, width, height)
        self.sheets.append(Sheet(len(self.sheets) + 1, width, height, trim))
        self.clips, self.order, self.drawing = [], 0, None

    def operation(self, line):
        found = re.match(r"<(\w+)", line)
        if not found or not self.sheets:
            return
        name, attributes = found.group(1), dict(ATTRIBUTE.findall(line))
        if "transform" in attributes:
            self.matrix = numbers(attributes["transform"])
        solid = float(attributes.get("alpha", 1)) > 0.99
        if name in ("fill_path", "stroke_path", "clip_path", "clip_stroke_path"):
            self.drawing, self.path = (name, attributes, solid), []
        elif name in ("fill_image", "fill_image_mask"):
            self.ink("picture", around([move(self.matrix, x, y) for x in (0, 1) for y in (0, 1)]),
                     solid and name == "fill_image")
        elif name == "fill_shade":
            sheet = self.sheets[-1]
            self.ink("fill", (0, 0, sheet.width, sheet.height), solid)
        elif name in ("clip_text", "clip_stroke_text", "clip_image_mask", "end_mask"):
            self.clips.append(None)
        elif name == "pop_clip" and self.clips:
            self.clips.pop()
        elif name == "fill_text":
            self.reading = True

    def clip(self):
        box = None
        for one in self.clips:
            box = intersect(box, one)
        return box

    def ink(self, kind, box, opaque, white=False):
        box = intersect(self.clip(), box)
        if box[2] - box[0] > 0.01 or box[3] - box[1] > 0.01:
            self.order += 1
            self.sheets[-1].inks.append(Ink(kind, box, self.order, opaque, white))

    def point(self, name, rest):
        if name == "moveto":
            self.path.append([])
        values = [float(value) for value in COORDINATE.findall(rest)]
        if self.path:
            self.path[-1] += [move(self.matrix, *pair) for pair in zip(values[::2], values[1::2])]

    def finish_path(self):
        name, attributes, solid = self.drawing
        self.drawing = None
        parts = [around(part) for part in self.path if part]
        if name.startswith("clip"):
            whole = around([point for part in self.path for point in part]) if parts else (0, 0, 0, 0)
            self.clips.append(None if name == "clip_stroke_path" else whole)
            return
        white = attributes.get("color", "?") == WHITE.get(attributes.get("colorspace", ""), "?")
        half = 0.0
        if name == "stroke_path":
            scale = abs(self.matrix[0] * self.matrix[3] - self.matrix[1] * self.matrix[2]) ** 0.5
            half = float(attributes.get("linewidth", 1)) * scale / 2
        for x0, y0, x1, y1 in parts:
            thin = min(x1 - x0, y1 - y0) + 2 * half < 3
            framed = name == "stroke_path" and not thin
            self.ink("rule" if thin else "frame" if framed else "fill",
                     (x0 - half, y0 - half, x1 + half, y1 + half), solid and not framed, white)

    def open_span(self, line):
        found = SPAN.search(line)
        self.span = None
        if not self.reading or not found:
            return
        a, b, c, d = numbers(found.group(2))[:4]
        m = self.matrix
        along = (m[0] * a + m[2] * b, m[1] * a + m[3] * b)
        up = (m[0] * c + m[2] * d, m[1] * c + m[3] * d)
        size = (up[0] ** 2 + up[1] ** 2) ** 0.5
        level = along[0] > 0 and abs(along[1]) < 0.01 * along[0] and size > 0.5
        if level:
            self.span = (html.unescape(found.group(1)), along[0], size)

    def glyph(self, line):
        found = GLYPH.match(line)
        if not found or not self.span:
            return
        text, drawn, x, y, advance = found.groups()
        text = html.unescape(text)
        if not drawn:                       # the further letters of a ligature
            if self.word:
                self.word.text += text
            return
        font, wide, size = self.span
        x, y = move(self.matrix, float(x), float(y))
        end = x + float(advance or 0) * wide
        if not text.strip() or text == "\ufeff":
            self.finish_word()
            return
        word = self.word
        if word and (abs(y - word.base) > 0.2 or abs(size - word.size) > 0.05 * size or
                     not -0.3 * size < x - word.x1 < BREAK * size):
            self.finish_word()
        if self.word is None:
            self.order += 1
            self.word = Word(x, end, y, round(size, 3), font, "", self.order, self.clip())
        self.word.text += text
        self.word.x1 = max(self.word.x1, end)

    def finish_word(self):
        word = self.word
        if word:            # Typst's hyphens read as soft ones, even within words
            word.text = word.text[:-1].replace("\u00ad", "-") + word.text[-1]
            self.sheets[-1].words.append(word)
        self.word = None


def read(path):
    return Reader(path).sheets


def body_style(sheets):
    """Family and size of the type that most letters are set in."""
    heap = collections.Counter()
    for sheet in sheets:
        for word in sheet.words:
            heap[(word.family, round(word.size, 1))] += len(word.text)
    return max(sorted(heap), key=lambda key: heap[key]) if heap else None
