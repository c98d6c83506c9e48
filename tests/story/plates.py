"""Ink on the plates of a page, as Ghostscript separates it.

	plates.py FILE PAGE                  the names of the plates, one a line
	plates.py FILE PAGE X,Y PLATE=N …    fails unless each has N percent, to a
	                                     hundredth of the range, there; X and Y
	                                     in mm from the trim's top left corner
"""
import re, struct, subprocess, sys, tempfile, pathlib

DPI = 300


def plate(path):
	"""Width, height and bytes of an uncompressed grey TIFF: 255 is no ink."""
	d = path.read_bytes()
	order = "<" if d[:2] == b"II" else ">"
	(at,) = struct.unpack_from(order + "I", d, 4)
	(count,) = struct.unpack_from(order + "H", d, at)
	tags = {}
	for i in range(count):
		tag, kind, n, value = struct.unpack_from(order + "HHII", d, at + 2 + 12 * i)
		size = {3: "H", 4: "I"}.get(kind)
		if size and n * struct.calcsize(size) > 4:
			tags[tag] = struct.unpack_from(order + str(n) + size, d, value)
		elif size:
			tags[tag] = struct.unpack_from(order + str(n) + size, d, at + 10 + 12 * i)
	assert tags.get(259, (1,)) == (1,), "compressed"
	width, height = tags[256][0], tags[257][0]
	data = b"".join(d[o:o + n] for o, n in zip(tags[273], tags[279]))
	return width, height, data


def separate(pdf, page, folder):
	subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}",
		"-sCompression=none", "-dUsePDFX3Profile=0", f"-dFirstPage={page}", f"-dLastPage={page}",
		"-o", "p.tif", str(pathlib.Path(pdf).resolve())], cwd=folder, check=True)
	found = {}
	for path in pathlib.Path(folder).glob("p*(*).tif"):
		found[re.search(r"\((.*)\)\.tif$", path.name)[1]] = plate(path)
	return found


def trim_corner(pdf, page):
	"""Of the trim box, from the media's top left corner, in pt."""
	words = subprocess.run(["pdfinfo", "-box", "-f", page, "-l", page, pdf], check=True,
		capture_output=True, text=True).stdout
	box = {m[1]: [float(x) for x in m[2].split()]
		for m in re.finditer(r"(\w+Box):((?: +[-\d.]+){4})", words)}
	return box["TrimBox"][0] - box["MediaBox"][0], box["MediaBox"][3] - box["TrimBox"][3]


def main(pdf, page, at=None, *wanted):
	with tempfile.TemporaryDirectory() as folder:
		plates = separate(pdf, page, folder)
	if not at:
		print("\n".join(sorted(plates)))
		return 0
	left, top = trim_corner(pdf, page)
	x, y = (float(v) for v in at.split(","))
	column, row = (int((v * 72 / 25.4 + edge) / 72 * DPI) for v, edge in ((x, left), (y, top)))
	ink = {name: (255 - data[row * width + column]) / 2.55
		for name, (width, height, data) in plates.items()}
	told = dict(w.rsplit("=", 1) for w in wanted)
	print(at, {name: round(v, 1) for name, v in ink.items()})
	missing = set(told) - set(ink)
	wrong = [n for n, v in ink.items() if abs(v - float(told.get(n, 0))) > 1]
	if missing or wrong:
		print("wanted:", told)
	return 1 if missing or wrong else 0


sys.exit(main(*sys.argv[1:]))
