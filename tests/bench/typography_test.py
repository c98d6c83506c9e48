#!/usr/bin/python3
"""Is the ruler right? PDFs written here by hand, whose every gap is known, and little
publications that the program composes, whose measures stand in the layout."""
import json
import os
import random
import statistics
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
GLOS = os.environ.get("GLOS", os.path.join(HERE, "..", "..", "build", "glos"))
SIZE, PITCH, WIDE, TOP = 10, 13, 243, 760
LEFTS = (50, 306)


def pdf(pages):
    """A PDF of pages, each a list of (x, y, size, word), in Courier: every letter of
    which is 0.6 em wide."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", None,
               "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"]
    kids = []
    for page in pages:
        text = "\n".join("BT /F %g Tf %.3f %.3f Td (%s) Tj ET" %
                         (size, x, y, word.replace("(", "\\(")) for x, y, size, word in page)
        objects.append("<</Length %d>>stream\n%s\nendstream" % (len(text), text))
        objects.append("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                       "/Resources<</Font<</F 3 0 R>>>>>>" % len(objects))
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


class Setter:
    """Sets lines by hand and keeps the book of what it did."""

    def __init__(self, seed=7):
        self.random, self.pages, self.gaps, self.lines = random.Random(seed), [[]], [], 0

    def words(self, wide, last=None):
        """Words that leave gaps of about 0.1 to 0.6 em in so many points."""
        gap = self.random.uniform(0.06, 0.6) * SIZE
        count = max(2, round(wide / (30 + gap)))
        lengths = [2] * count
        for _ in range(round((wide - (count - 1) * gap) / 6) - 2 * count):
            lengths[self.random.randrange(count)] += 1
        if last:
            lengths[0] += lengths[-1] - len(last)
        found = ["".join(self.random.choice("bcdefghklmnprst") for _ in range(length))
                 for length in lengths]
        return found[:-1] + [last] if last else found

    def line(self, column, row, kind="full", last=None, shift=0.0, size=SIZE, indent=0):
        """kind: full (to the edge), end (a paragraph's last), ragged."""
        x, wide = LEFTS[column] + indent, WIDE - indent
        gap = 0
        while gap < 0.12 * SIZE:        # below 0.1 em poppler joins words
            words = self.words(wide if kind == "full" else wide * self.random.uniform(0.4, 0.85), last)
            gap = (wide - 6 * sum(map(len, words))) / (len(words) - 1) if kind == "full" else 2.7
        if kind == "full":
            self.gaps.append(gap / SIZE)
            self.lines += 1
        for word in words:
            self.pages[-1].append((x, TOP - row * PITCH - shift, size, word))
            x += len(word) * size * 0.6 + gap

    def column(self, column, rows, first=0, every=6, shift=0.0, lasts=()):
        """Paragraphs of `every` lines, the first line of each indented."""
        lasts = dict(lasts)
        for row in range(rows):
            place = row % every
            self.line(column, first + row, "end" if place == every - 1 else "full",
                      lasts.get(row), shift, indent=12 if place == 0 else 0)


def measure(data, *options):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return measure_file(file.name, *options)


def measure_file(path, *options):
    out = subprocess.run([os.path.join(HERE, "typography"), "--json", *options, path],
                         check=True, stdout=subprocess.PIPE)
    return json.loads(out.stdout)[0]


def kinds(figures):
    return sorted(found["kind"] for found in figures["findings"])


class ByHand(unittest.TestCase):
    def test_gaps_are_what_they_are(self):
        tight = 0
        for seed in range(12):
            page = Setter(seed)
            for column in (0, 1):
                page.column(column, 42)
            got, true = measure(pdf(page.pages)), page.gaps
            self.assertEqual(got["size_pt"], SIZE)
            self.assertAlmostEqual(got["pitch_pt"], PITCH, 1)
            self.assertEqual(got["lines"], page.lines)
            self.assertAlmostEqual(got["gap_mean_em"], statistics.fmean(true), 2)
            self.assertAlmostEqual(got["gap_deviation_em"], statistics.pstdev(true), 2)
            for share, bad in ((got["loose_percent"], lambda gap, by: gap > 0.42 + by),
                               (got["tight_percent"], lambda gap, by: gap < 0.15 - by)):
                few, most = (100 * sum(bad(gap, by) for gap in true) / len(true) for by in (0.001, -0.001))
                self.assertTrue(few - 0.01 <= share <= most + 0.01, (few, share, most))
            self.assertGreater(got["loose_percent"], 5)
            tight += got["tight_percent"]
        self.assertGreater(tight, 5)

    def test_hyphens_and_their_ladder(self):
        page = Setter()
        page.column(0, 30, lasts={7: "abc-", 8: "de-", 9: "fgh-", 14: "kl-"})
        page.column(1, 30, lasts={2: "xyz-", 20: "12-"})
        got = measure(pdf(page.pages))
        self.assertEqual(got["longest_ladder"], 3)
        self.assertAlmostEqual(got["hyphenated_percent"], 100 * 5 / got["lines"], 1)
        self.assertEqual(kinds(got).count("ladder"), 1)

    def test_one_letter_ends(self):
        page = Setter()
        page.column(0, 30, lasts={1: "w", 8: "(z", 9: "b", 13: "i."})
        page.column(1, 30, lasts={3: "O"})
        self.assertEqual(measure(pdf(page.pages))["one_letter_ends"], 3)

    def test_register(self):
        for shift, share in ((0, 100), (0.2, 100), (0.6, 0), (5, 0)):
            page = Setter()
            page.column(0, 36)
            page.column(1, 36, shift=shift)
            self.assertEqual(measure(pdf(page.pages))["register_percent"], share, shift)

    def test_ends_of_columns(self):
        for short in (0, 1, 5):
            page = Setter()
            page.column(0, 35)
            page.column(1, 35 - short)
            got = measure(pdf(page.pages))
            self.assertEqual(got["article_ends"], 1)
            self.assertAlmostEqual(got["column_difference_largest_pt"], short * PITCH, 0)

    def test_an_article_ends_before_the_next_title(self):
        page = Setter()
        page.column(0, 36)
        page.column(1, 30)
        page.pages.append([(50, TOP + 26, 26, "Title")])
        page.column(0, 36)
        page.column(1, 36)
        got = measure(pdf(page.pages))
        self.assertEqual((got["article_ends"], got["column_difference_largest_pt"]), (2, 6 * PITCH))
        page.pages[1].pop(0)
        self.assertEqual(measure(pdf(page.pages))["article_ends"], 1)

    def test_widow_and_orphan(self):
        clean = Setter()
        for column in (0, 1):
            clean.column(column, 36)
        got = measure(pdf(clean.pages))
        self.assertEqual((got["widows"], got["orphans"]), (0, 0))
        page = Setter()
        page.column(0, 37)          # ends with the first line of a paragraph
        page.line(1, 0, "end")      # begins with the last one
        page.column(1, 36, first=1)
        got = measure(pdf(page.pages))
        self.assertEqual((got["widows"], got["orphans"]), (1, 1))

    def test_list_items_are_no_widows_or_orphans(self):
        page = Setter()
        page.column(0, 30)
        for row, (left, kind) in enumerate(((0, "end"), (12, "end"), (0, "end"), (12, "full"))):
            page.line(0, 30 + row, kind, indent=left)
            if left == 0:       # a bullet before the item's first line
                page.pages[-1] = [(x + 12, y, s, w) if y == TOP - (30 + row) * PITCH and x < 300
                                  else (x, y, s, w) for x, y, s, w in page.pages[-1]]
                page.pages[-1].append((50, TOP - (30 + row) * PITCH, SIZE, "1."))
        page.line(1, 0, "end", indent=12)
        page.column(1, 30, first=1)
        got = measure(pdf(page.pages))
        self.assertEqual((got["widows"], got["orphans"]), (0, 0))

    def test_what_is_not_body_is_left_out(self):
        page = Setter()
        page.column(0, 30)
        page.column(1, 30)
        lines = page.lines
        for row in (32, 33, 34):
            page.line(0, row, "ragged", size=7)
        page.pages[0].append((50, TOP + 30, 24, "Heading"))
        got = measure(pdf(page.pages))
        self.assertEqual(got["lines"], lines)
        self.assertLess(got["gap_mean_em"], 1)

    def test_ragged_text_is_not_measured(self):
        page = Setter()
        for row in range(40):
            page.line(0, row, "ragged")
        self.assertEqual(measure(pdf(page.pages))["lines"], 0)

    def test_justified_text_above_a_ragged_list(self):
        page = Setter()
        page.column(0, 12, every=20)
        for row in range(12, 40):
            page.line(0, row, "ragged", indent=11)
        got, lines = measure(pdf(page.pages)), page.lines
        self.assertGreaterEqual(got["lines"], lines)
        self.assertLessEqual(got["lines"], lines + 2)

    def test_the_size_can_be_told(self):
        page = Setter()
        page.column(0, 30)
        twice, once = measure(pdf(page.pages), "--size", "20"), measure(pdf(page.pages))
        self.assertAlmostEqual(twice["gap_mean_em"], once["gap_mean_em"] / 2, 2)

    def test_no_text_is_said(self):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf([[]]))
            file.flush()
            said = subprocess.run([os.path.join(HERE, "typography"), file.name],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn(b"no text", said.stderr)


def generate(pages, folder, *options):
    subprocess.run([os.path.join(HERE, "generate"), *options, str(pages), folder], check=True)


def contents(folder):
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                found[os.path.relpath(os.path.join(place, name), folder)] = file.read()
    return found


class Generated(unittest.TestCase):
    def test_the_same_call_writes_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in "ab":
                generate(8, os.path.join(folder, name))
            generate(8, os.path.join(folder, "c"), "--seed", "2")
            one, two, other = (contents(os.path.join(folder, name)) for name in "abc")
        self.assertEqual(one, two)
        self.assertNotEqual(one, other)

    def test_no_paragraph_stands_twice(self):
        with tempfile.TemporaryDirectory() as folder:
            generate(32, os.path.join(folder, "a"), "--plain")
            text = b"\n\n".join(data for name, data in contents(os.path.join(folder, "a")).items()
                                if name.endswith(".md")).decode("utf-8")
        long = [paragraph for paragraph in text.split("\n\n") if len(paragraph) > 200]
        self.assertGreater(len(long), 150)
        self.assertEqual(len(long), len(set(long)))
        self.assertGreater(len(set(text.split())), 3000)


@unittest.skipUnless(os.access(GLOS, os.X_OK), "the program is not built")
class Composed(unittest.TestCase):
    def test_a_composed_issue(self):
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "a")
            generate(8, place, "--plain")
            subprocess.run([GLOS, "-q", "-C", place, "build", "-e", "print,large", "-o",
                            os.path.join(folder, "out")], check=True, stderr=subprocess.DEVNULL)
            printed = measure_file(os.path.join(folder, "out", "2026-1", "print.pdf"))
            large = measure_file(os.path.join(folder, "out", "2026-1", "large.pdf"))
        # 10 on 13.5 pt, justified: so says layouts/glos; 18 on 27 pt, ragged, in large print.
        self.assertEqual((printed["size_pt"], printed["pitch_pt"]), (10, 13.5))
        self.assertGreater(printed["lines"], 90)
        self.assertTrue(0.15 < printed["gap_mean_em"] < 0.42)
        self.assertEqual((large["size_pt"], large["pitch_pt"]), (18, 27))
        self.assertLess(large["lines"], 12)


if __name__ == "__main__":
    unittest.main()
