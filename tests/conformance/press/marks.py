"""What each page draws (MuPDF's trace): inks, overprint, sizes, hairlines, bleed, safety.

Places are points from the sheet's upper left corner. What lies outside the bleed
(marks, colour bars) is the printer's and not judged: there alone may an ink be for
all plates (R0024), as registration marks are.
"""
import re

from .finding import ERROR, MM, WARNING, Finding, run

ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
NUMBER = r"(-?[\d.]+(?:e[-+]?\d+)?)"
COORDINATE = re.compile(r'\b[xy]\d?="%s"' % NUMBER)
GLYPH = re.compile(r'<g unicode="([^"]*)".* x="%s" y="%s"(?: adv="%s")?' % ((NUMBER,) * 3))
POINTS = ("<moveto", "<lineto", "<curveto")
LINE = 2.0          # pt that a rule is thinner than


def numbers(text):
    return [float(value) for value in text.split()]


def move(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def around(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


class Judge:
    def __init__(self, path, safety):
        self.safety, self.found, self.page = safety * MM, [], 0
        self.boxes = page_boxes(path)
        self.points, self.drawing, self.clips, self.painted = [], None, [], False
        self.text = self.span = None
        for line in run("mutool", "trace", path, "1-N").decode("utf-8", "replace").split("\n"):
            self.take(line.strip())
        self.close()

    def say(self, rule, level, text):
        finding = Finding(rule, level, self.page, text)
        if finding not in self.found:
            self.found.append(finding)

    def close(self):
        if self.page and not self.painted:
            self.say("R0005", WARNING, "the page is empty")

    def take(self, line):
        if line.startswith(POINTS):
            values = [float(v) for v in COORDINATE.findall(line)]
            self.points += zip(values[::2], values[1::2])
            return
        if line.startswith("<g "):
            self.glyph(line)
            return
        name = line[1:].split(" ")[0].rstrip(">").rstrip("/") if line.startswith("<") else ""
        values = dict(ATTRIBUTE.findall(line))
        if name == "page":
            self.close()
            self.page, self.painted, self.clips = self.page + 1, False, []
        elif name in ("fill_path", "stroke_path", "clip_path", "clip_stroke_path"):
            self.drawing, self.points = (name, values), []
        elif name in ("/fill_path", "/stroke_path", "/clip_path", "/clip_stroke_path"):
            self.path()
        elif name in ("clip_text", "clip_stroke_text", "clip_image_mask", "end_mask"):
            self.clips.append(None)
        elif name == "pop_clip" and self.clips:
            self.clips.pop()
        elif name in ("fill_text", "stroke_text"):
            self.text = values
        elif name == "span":
            self.span = numbers(values["trm"])
        elif name in ("fill_image", "fill_image_mask", "fill_shade"):
            self.picture(values, name)
        elif name == "group" and values.get("colorspace") not in (None, "", "DeviceCMYK", "None"):
            self.say("R0030", ERROR, "a group blends in %s" % values["colorspace"])

    # ---- inks ----

    def inks(self, values):
        """The inks of an object in percent, or None for what has none of the four."""
        space, colour = values.get("colorspace", "None"), numbers(values.get("color", ""))
        if space == "DeviceCMYK" and len(colour) == 4:
            return [c * 100 for c in colour]
        if space == "DeviceGray" and colour:
            return [0, 0, 0, 100 - colour[0] * 100]
        return None

    def space(self, values, what, box=None):
        """box: what it reaches; None: it is within the bleed."""
        space = values.get("colorspace", "None")
        if re.search("RGB|ICC|Lab|CalGray", space):
            self.say("R0027", ERROR, "%s in %s" % (what, space))
        if box is None or self.within_bleed(box):
            if re.search(r"[(,]All[,)]", space):
                self.say("R0024", WARNING, "%s in an ink for all plates" % what)
        return space

    def within_bleed(self, box):
        bleed = self.boxes[self.page - 1][1]
        return box[2] > bleed[0] + 0.01 and box[3] > bleed[1] + 0.01 and box[0] < bleed[2] - 0.01 \
            and box[1] < bleed[3] - 0.01

    def bleeds(self, box, what):
        """What reaches the trim must reach the bleed."""
        trim, bleed = self.boxes[self.page - 1]
        for side, sign in ((0, -1), (1, -1), (2, 1), (3, 1)):
            out, wanted = (box[side] - trim[side]) * sign, (bleed[side] - trim[side]) * sign
            if -0.3 * MM < out < wanted - 0.2 and wanted > 0:
                self.say("bleed", ERROR, "%s ends %.1f mm beyond the trim" % (what, out / MM))

    # ---- paths and pictures ----

    def path(self):
        (name, values), self.drawing = self.drawing, None
        if not self.points:
            if name.startswith("clip"):
                self.clips.append(None)
            return
        m = numbers(values["transform"])
        box = around([move(m, *p) for p in self.points])
        if name.startswith("clip"):
            self.clips.append(box)
            return
        scale = abs(m[0] * m[3] - m[1] * m[2]) ** 0.5
        stroke = float(values.get("linewidth", 1)) * scale if name == "stroke_path" else 0
        weight = stroke or min(box[2] - box[0], box[3] - box[1])
        box = (box[0] - stroke / 2, box[1] - stroke / 2, box[2] + stroke / 2, box[3] + stroke / 2)
        if not self.within_bleed(box):
            return
        self.painted = True
        space = self.space(values, "an area")
        self.bleeds(self.clipped(box), "an area")
        inks, over = self.inks(values), values.get("op") == "1"
        if space == "DeviceGray" and (over or weight < LINE):
            self.say("R0012", WARNING, "grey that is not K in a line, or overprinting")
        if inks is None:
            return
        if not any(inks) and over:
            self.say("R0008", WARNING, "a white area overprints")
        if weight >= LINE:
            return
        if space == "DeviceCMYK" and inks == [0, 0, 0, 100] and not (over and values.get("opm") == "1"):
            self.say("R0010", WARNING, "a black line of %.2f pt does not overprint" % weight)
        if not any(inks) and weight < 0.25:
            self.say("R0018", WARNING, "a white line of %.2f pt" % weight)
        if sum(i > 0 for i in inks) > 1 and weight < 0.25:
            self.say("R0019", WARNING, "a line of %.2f pt in several inks" % weight)
        if weight < 0.2:
            self.say("hairline", WARNING, "a line of %.2f pt" % weight)

    def clipped(self, box):
        for clip in self.clips:
            if clip:
                box = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        return box

    def picture(self, values, name):
        self.painted = True
        if name == "fill_shade":
            self.space(values, "a slope", self.clipped((-1e6, -1e6, 1e6, 1e6)))
            return
        m = numbers(values["transform"])
        box = self.clipped(around([move(m, x, y) for x in (0, 1) for y in (0, 1)]))
        self.space(values, "a picture", box)
        self.bleeds(box, "a picture")

    # ---- text ----

    def glyph(self, line):
        found = GLYPH.match(line)
        if not found or not self.text or not self.span:
            return
        letter, x, y, advance = found.groups()
        m, t = numbers(self.text["transform"]), self.span
        up = (m[0] * t[2] + m[2] * t[3], m[1] * t[2] + m[3] * t[3])
        size = (up[0] ** 2 + up[1] ** 2) ** 0.5
        x, y = move(m, float(x), float(y))
        width = float(advance or 0) * size
        if not letter.strip() or not self.within_bleed((x, y - size, x + width, y)):
            return
        self.painted = True
        self.ink_of_text(round(size, 2))
        trim = self.boxes[self.page - 1][0]
        room = min(x - trim[0], trim[2] - x - width, y - 0.7 * size - trim[1], trim[3] - y)
        if room < self.safety - 0.1:
            self.say("safety", WARNING, "text %.1f mm from the trim" % (room / MM))

    def ink_of_text(self, size):
        values = self.text
        space = self.space(values, "text")
        inks, over = self.inks(values), values.get("op") == "1"
        if space == "DeviceGray" and (over or size < 12):
            self.say("R0011", WARNING, "text of %g pt in grey that is not K, or overprinting" % size)
        if inks is None:
            return
        several = sum(i > 0 for i in inks) > 1
        if not any(inks) and over:
            self.say("R0007", ERROR, "white text overprints")
        if space == "DeviceCMYK" and inks == [0, 0, 0, 100] and size < 12 and not (over and values.get("opm") == "1"):
            self.say("R0009", WARNING, "black text of %g pt does not overprint" % size)
        if inks[3] >= 85 and sum(inks) > 280:
            self.say("R0015", WARNING, "text in %d %% of ink" % sum(inks))
        if not any(inks) and size < 8:
            self.say("R0016", WARNING, "white text of %g pt" % size)
        if several and size < 8:
            self.say("R0017", WARNING, "text of %g pt in several inks" % size)


def page_boxes(path):
    """Trim and bleed by page, from the media's upper left corner."""
    found = []
    for page in re.findall(r"<page pagenum.*?</page>", run("mutool", "pages", path).decode(), re.DOTALL):
        box = {name: [float(dict(ATTRIBUTE.findall(rest))[side]) for side in "lbrt"]
               for name, rest in re.findall(r"<(\w+Box) ([^>]*)/>", page)}
        media = box["MediaBox"]
        trim = box.get("TrimBox") or media
        bleed = box.get("BleedBox") or trim
        found.append([(b[0] - media[0], media[3] - b[3], b[2] - media[0], media[3] - b[1]) for b in (trim, bleed)])
    return found


def check(path, safety):
    return Judge(path, safety).found
