"""Total ink (R0026): Ghostscript separates the pages, each square of 15 by 15 mm is
weighed. The output intent is taken for what the four inks are, so that they stay
what they were (any other profile would convert them, and hide what is too much)."""
import glob
import itertools
import os
import re
import struct
import tempfile

from .finding import WARNING, Finding, run

PPI = 50            # of the plates that are weighed: means of 3 by 3 finer dots
SIDE = round(15 / 25.4 * PPI)
STEP = 4


def plate(path):
    """Width, height and rows of ink, 0 to 255, of a TIFF of one channel without packing."""
    data = open(path, "rb").read()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(order + "I", data[4:8])[0]
    tags = {}
    for n in range(struct.unpack(order + "H", data[at:at + 2])[0]):
        tag, kind, count, value = struct.unpack(order + "HHI4s", data[at + 2 + 12 * n:at + 14 + 12 * n])
        code, size = {3: ("H", 2), 4: ("I", 4)}.get(kind, ("B", 1))
        if count * size > 4:
            offset = struct.unpack(order + "I", value)[0]
            value = data[offset:offset + count * size]
        tags[tag] = struct.unpack(order + code * count, value[:count * size])
    width, height = tags[256][0], tags[257][0]
    if tags.get(259, (1,))[0] != 1 or tags[258][0] != 8:
        raise SystemExit("preflight: %s is packed" % path)
    flat = b"".join(data[o:o + n] for o, n in zip(tags[273], tags[279]))
    return width, height, [flat[r * width:(r + 1) * width] for r in range(height)]


def heaviest(plates):
    """The largest mean of all plates together in a square, in percent."""
    width, height = plates[0][0], plates[0][1]
    side = min(SIDE, width, height)
    sums = [[0] * (width + 1)]
    for y in range(height):
        row = itertools.accumulate(map(sum, zip(*(p[2][y] for p in plates))), initial=0)
        sums.append(list(map(int.__add__, sums[-1], row)))
    full, best = 255 * len(plates) * side * side, 0
    for y in range(0, height - side + 1, STEP):
        low, high = sums[y], sums[y + side]
        for x in range(0, width - side + 1, STEP):
            white = high[x + side] - high[x] - low[x + side] + low[x]
            best = max(best, full - white)
    return best / (2.55 * side * side)


def check(path, limit):
    with tempfile.TemporaryDirectory() as folder:
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r%d" % (3 * PPI),
            "-dDownScaleFactor=3", "-sCompression=none", "-dUseBleedBox", "-dUsePDFX3Profile=0",
            "-o", os.path.join(folder, "p%d.tif"), path)
        pages = {}
        for name in glob.glob(os.path.join(folder, "p*(*).tif")):
            pages.setdefault(int(re.search(r"p(\d+)\(", os.path.basename(name)).group(1)), []).append(name)
        for page, names in sorted(pages.items()):
            total = heaviest([plate(name) for name in names])
            if total > limit + 0.5:
                yield Finding("R0026", WARNING, page, "%d %% of ink in a square of 15 mm" % round(total))
