"""The file as objects (qpdf) and what poppler lists: identity, boxes, fonts, pictures."""
import json
import re

from .finding import ERROR, MM, WARNING, Finding, run

NEAR = 0.02     # pt that boxes may differ by


class File:
    def __init__(self, path):
        self.path = path
        found = json.loads(run("qpdf", "--json=latest", "--json-key=qpdf", "--json-key=pages", path))
        self.version = found["qpdf"][0]["pdfversion"]
        body = found["qpdf"][1]
        self.streams = {n[4:]: b["stream"]["dict"] for n, b in body.items() if "stream" in b}
        self.values = {n[4:]: b["value"] for n, b in body.items() if "value" in b}
        self.trailer = self.values.pop("iler", None) or body["trailer"]["value"]
        self.pages = [page["object"] for page in found["pages"]]

    def get(self, value):
        if isinstance(value, str):
            return self.values.get(value, self.streams.get(value, value))
        return value

    def key(self, table, *names):
        for name in names:
            table = self.get(table)
            table = table.get(name) if isinstance(table, dict) else None
        return self.get(table)

    def inherited(self, page, name):
        while page:
            value = self.key(page, name)
            if value is not None:
                return value
            page = self.get(page).get("/Parent")
        return None

    def dictionaries(self):
        """Every dictionary and array of the file, however deep."""
        heap = list(self.values.values()) + list(self.streams.values())
        while heap:
            one = heap.pop()
            if isinstance(one, dict):
                yield one
                heap += one.values()
            elif isinstance(one, list):
                yield one
                heap += one


def identity(f):
    """R0001: PDF/X-4 as its objects say it; R0035: an intent in four inks."""
    faults = []
    if f.version != "1.6":
        faults.append("the header says %s, not 1.6" % f.version)
    if "/Encrypt" in f.trailer:
        faults.append("the file is encrypted")
    if len(f.get(f.trailer.get("/ID", []))) != 2:
        faults.append("no /ID")
    catalog = f.get(f.trailer["/Root"])
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        if name in catalog:
            faults.append("%s in the catalog" % name)
    metadata = run("pdfinfo", "-meta", f.path).decode("utf-8", "replace")
    for wanted in ("GTS_PDFXVersion>PDF/X-4<", "<xmpMM:DocumentID>", "<xmpMM:VersionID>", "<xmpMM:RenditionClass>",
                   "<dc:title>", "<xmp:CreateDate>", "<xmp:ModifyDate>", "<xmp:MetadataDate>"):
        if wanted not in metadata:
            faults.append("no %s in the metadata" % wanted)
    if not re.search("<pdf:Trapped>(True|False)<", metadata):
        faults.append("pdf:Trapped is neither True nor False")
    info = f.get(f.trailer.get("/Info")) or {}
    if info.get("/Trapped") not in ("/True", "/False"):
        faults.append("Trapped in /Info is neither /True nor /False")
    if isinstance(f.get(catalog.get("/Metadata")), dict) and "/Filter" in f.get(catalog["/Metadata"]):
        faults.append("the metadata are filtered")
    for one in f.streams.values():
        if "LZW" in str(one.get("/Filter")) or "JPX" in str(one.get("/Filter")):
            faults.append("a stream is filtered by %s" % one["/Filter"])
    yield from (Finding("R0001", ERROR, 0, fault) for fault in faults)
    yield from intent(f, catalog)


def intent(f, catalog):
    intents = [f.get(i) for i in f.get(catalog.get("/OutputIntents")) or []]
    press = [i for i in intents if i.get("/S") == "/GTS_PDFX"]
    if len(press) != 1:
        yield Finding("R0001", ERROR, 0, "%d output intents of PDF/X" % len(press))
        return
    profile = f.get(press[0].get("/DestOutputProfile"))
    if not press[0].get("/OutputConditionIdentifier", "u:")[2:]:
        yield Finding("R0001", ERROR, 0, "the output condition has no name")
    if not isinstance(profile, dict) or profile.get("/N") != 4:
        yield Finding("R0035", ERROR, 0, "the output intent has no profile of four inks")
        return
    number = press[0]["/DestOutputProfile"].split()[0]
    data = run("qpdf", "--show-object=" + number, "--filtered-stream-data", f.path)
    if data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        yield Finding("R0035", ERROR, 0, "the profile of the output intent is no press's")


def boxes(f, bleed, sheets):
    """R0002 to R0004, and that trim, bleed and media contain one another."""
    sizes = set()
    if sheets:
        yield from folded(f)
    for number, page in enumerate(f.pages, 1):
        media, trim, bled = (f.inherited(page, n) for n in ("/MediaBox", "/TrimBox", "/BleedBox"))
        crop = f.inherited(page, "/CropBox")
        if "/UserUnit" in f.get(page):
            yield Finding("R0002", ERROR, number, "UserUnit")
        if crop and any(abs(a - b) > NEAR for a, b in zip(crop, media)):
            yield Finding("R0003", ERROR, number, "CropBox is not MediaBox")
        if f.inherited(page, "/Rotate"):
            yield Finding("R0004", WARNING, number, "turned by %s" % f.inherited(page, "/Rotate"))
        if not trim or "/ArtBox" in f.get(page):
            yield Finding("R0001", ERROR, number, "no TrimBox, or an ArtBox besides")
            continue
        sizes.add((round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)))
        bled = bled or trim
        if not (inside(trim, bled) and inside(bled, media)):
            yield Finding("boxes", ERROR, number, "trim, bleed and media do not contain one another")
        if bleed and any(abs(abs(a - b) - bleed * MM) > 0.05 for a, b in zip(trim, bled)):
            yield Finding("boxes", ERROR, number, "the bleed is not %g mm on all sides" % bleed)
        if f.inherited(page, "/Annots"):
            yield Finding("annotations", ERROR, number, "annotations on the sheet")
        group = f.key(page, "/Group")
        if isinstance(group, dict) and f.get(group.get("/CS")) not in (None, "/DeviceCMYK"):
            yield Finding("R0030", ERROR, number, "transparency blends in %s" % f.get(group["/CS"]))
    if len(sizes) > 1 and not sheets:
        yield Finding("R0004", WARNING, 0, "pages of several sizes: %s" % sorted(sizes))


CREEP = 0.5 * MM     # that the leaves of a sheet are at most shorter than those around it


def folded(f):
    """R0004 is written for single pages. Sheets that are folded and put into one another are
    narrower from the outside to the inside, as the knife cuts all at one line; what must
    be alike of them is this."""
    media, trims = ([f.inherited(page, name) for page in f.pages] for name in ("/MediaBox", "/TrimBox"))
    if None in trims:
        return
    if len(f.pages) % 2:
        yield Finding("R0004", WARNING, 0, "the last sheet has no back")
    for number, (paper, trim) in enumerate(zip(media, trims), 1):
        before = trims[(number - 1) // 2 * 2 - 2] if number > 2 else trim
        fold = (trims[0][0] + trims[0][2]) / 2
        if any(abs(a - b) > NEAR for a, b in zip(paper, media[0])):
            yield Finding("R0004", WARNING, number, "the paper is not that of the first sheet")
        if any(abs(trim[i] - trims[0][i]) > NEAR for i in (1, 3)):
            yield Finding("R0004", WARNING, number, "the sheet is not as high as the first")
        if abs((trim[0] + trim[2]) / 2 - fold) > NEAR:
            yield Finding("R0004", WARNING, number, "the sheet is not folded where the first is")
        if not -NEAR <= trim[0] - before[0] <= CREEP:
            yield Finding("R0004", WARNING, number, "the sheet is wider, or much narrower, than the one around it")
        if number % 2 == 0 and any(abs(a - b) > NEAR for a, b in zip(trim, trims[number - 2])):
            yield Finding("R0004", WARNING, number, "front and back are trimmed differently")


def inside(a, b):
    return a[0] >= b[0] - NEAR and a[1] >= b[1] - NEAR and a[2] <= b[2] + NEAR and a[3] <= b[3] + NEAR


def room_for_marks(f, page):
    media, bleed = f.inherited(page, "/MediaBox"), f.inherited(page, "/BleedBox")
    return bool(bleed) and any(abs(a - b) > NEAR for a, b in zip(media, bleed))


def colours(f, spots):
    """R0020, R0024, R0027: inks beside the four, colours of screens. Marks outside the bleed
    are printed from all plates; where each object of that ink stands, marks.py looks."""
    found = set()
    for one in f.dictionaries():
        if isinstance(one, list) and one and one[0] == "/Separation":
            found.add(one[1])
        elif isinstance(one, list) and one and one[0] == "/DeviceN":
            found.update(f.get(one[1]))
        elif isinstance(one, list) and len(one) == 2 and one[0] in ("/ICCBased", "/CalRGB", "/CalGray", "/Lab"):
            yield Finding("R0027", ERROR, 0, "a colour space is %s" % one[0][1:])
        elif isinstance(one, dict) and f.get(one.get("/ColorSpace")) == "/DeviceRGB":
            yield Finding("R0027", ERROR, 0, "a picture is in RGB")
        if isinstance(one, dict) and one.get("/S") == "/Transparency" and f.get(one.get("/CS")) == "/DeviceRGB":
            yield Finding("R0030", ERROR, 0, "a group blends in RGB")
        if isinstance(one, dict) and any(k in one for k in ("/TR", "/HTP", "/OPI", "/Ref")):
            yield Finding("R0001", ERROR, 0, "transfer function, OPI or reference")
    found -= {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None"}
    if "/All" in found and not any(room_for_marks(f, page) for page in f.pages):
        yield Finding("R0024", WARNING, 0, "an ink for all plates, and no room for marks")
    named = sorted(found - {"/All"})
    if len(named) > spots:
        yield Finding("R0020", ERROR, 0, "spot colours: %s" % ", ".join(named))


def fonts(f):
    for line in run("pdffonts", f.path).decode("utf-8", "replace").split("\n")[2:]:
        cells = line.split()
        if len(cells) < 6:
            continue
        if cells[-5] != "yes":
            yield Finding("fonts", ERROR, 0, "%s is not embedded" % cells[0])
        if "courier" in cells[0].lower():
            yield Finding("R0014", WARNING, 0, "Courier, mostly a sign of a lost font")


def pictures(f):
    """R0031, R0032: resolution where each picture stands, in points' inches."""
    for line in run("pdfimages", "-list", f.path).decode("utf-8", "replace").split("\n")[2:]:
        cells = line.split()
        if len(cells) < 14 or cells[2] == "smask" or min(int(cells[3]), int(cells[4])) <= 16:
            continue
        one_bit = cells[7] == "1" or cells[2] in ("stencil", "mask")
        ppi = min(int(cells[12]), int(cells[13]))
        rule, low, coarse = ("R0032", 799, 549) if one_bit else ("R0031", 224, 149)
        if ppi <= low:
            yield Finding(rule, ERROR if ppi <= coarse else WARNING, int(cells[0]), "%d ppi" % ppi)


def check(path, bleed, spots, sheets):
    f = File(path)
    for part in (identity(f), boxes(f, bleed, sheets), colours(f, spots), fonts(f), pictures(f)):
        yield from part
