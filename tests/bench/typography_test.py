#!/usr/bin/python3
"""Is the ruler right? PDFs written here by hand, whose every gap and box is known."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from handset import A5, Setter, fill, pdf, picture, rule      # noqa: E402

SIZE, PITCH = 10, 13
TWO, THREE = ((50, 306), 243), ((50, 219, 388), 157)        # left edges and measure of columns


def measure(data, *options):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return measure_file(file.name, *options)


def measure_file(path, *options):
    out = subprocess.run([os.path.join(HERE, "typography"), "--json", path, *options],
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
            got, true = measure(page.pdf()), page.gaps
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
        got = measure(page.pdf())
        self.assertEqual(got["longest_ladder"], 3)
        self.assertAlmostEqual(got["hyphenated_percent"], 100 * 5 / got["lines"], 1)
        self.assertEqual(kinds(got).count("ladder"), 1)

    def test_one_letter_ends(self):
        page = Setter()
        page.column(0, 30, lasts={1: "w", 8: "(z", 9: "b", 13: "i."})
        page.column(1, 30, lasts={3: "O", 4: "7", 7: "\xe5"})      # an a with a ring
        self.assertEqual(measure(page.pdf())["one_letter_ends"], 5)

    def test_register(self):
        for shift, share in ((0, 100), (0.2, 100), (0.6, 0), (5, 0)):
            page = Setter()
            page.column(0, 36)
            page.column(1, 36, shift=shift)
            self.assertEqual(measure(page.pdf())["register_percent"], share, shift)

    def test_ends_of_columns(self):
        for short in (0, 1, 5):
            page = Setter()
            page.column(0, 35)
            page.column(1, 35 - short)
            got = measure(page.pdf())
            self.assertEqual(got["article_ends"], 1)
            self.assertAlmostEqual(got["column_difference_largest_pt"], short * PITCH, 0)

    def test_an_article_ends_before_the_next_title(self):
        page = Setter()
        page.column(0, 36)
        page.column(1, 30)
        page.page("Title")
        page.column(0, 36)
        page.column(1, 36)
        got = measure(page.pdf())
        self.assertEqual((got["article_ends"], got["column_difference_largest_pt"]), (2, 6 * PITCH))
        page.pages[1].pop(0)
        self.assertEqual(measure(page.pdf())["article_ends"], 1)

    def test_widow_and_orphan(self):
        clean = Setter()
        for column in (0, 1):
            clean.column(column, 36)
        got = measure(clean.pdf())
        self.assertEqual((got["widows"], got["orphans"]), (0, 0))
        page = Setter()
        page.column(0, 37)          # ends with the first line of a paragraph
        page.line(1, 0, "end")      # begins with the last one
        page.column(1, 36, first=1)
        got = measure(page.pdf())
        self.assertEqual((got["widows"], got["orphans"]), (1, 1))

    def test_list_items_are_no_widows_or_orphans(self):
        page = Setter()
        page.column(0, 30)
        for row, (left, kind) in enumerate(((0, "end"), (12, "end"), (0, "end"), (12, "full"))):
            page.line(0, 30 + row, kind, indent=left)
            if left == 0:       # a bullet before the item's first line
                page.pages[-1] = [(x + 12, y, s, w) if y == page.y(30 + row) and x < 300
                                  else (x, y, s, w) for x, y, s, w in page.pages[-1]]
                page.put((50, page.y(30 + row), SIZE, "1."))
        page.line(1, 0, "end", indent=12)
        page.column(1, 30, first=1)
        got = measure(page.pdf())
        self.assertEqual((got["widows"], got["orphans"]), (0, 0))

    def test_what_is_not_body_is_left_out(self):
        page = Setter()
        page.column(0, 30)
        page.column(1, 30)
        lines = page.lines
        for row in (32, 33, 34):
            page.line(0, row, "ragged", size=7)
        page.put((50, page.top + 30, 24, "Heading"))
        got = measure(page.pdf())
        self.assertEqual(got["lines"], lines)
        self.assertLess(got["gap_mean_em"], 1)

    def test_ragged_text_is_not_measured(self):
        page = Setter()
        for row in range(40):
            page.line(0, row, "ragged")
            page.line(1, row, "ragged")
        got = measure(page.pdf())
        self.assertEqual([got["lines"], got["columns"], got["overset_words"]] + ends(got), [0] * 7)

    def test_justified_text_above_a_ragged_list(self):
        page = Setter()
        page.column(0, 12, every=20)
        for row in range(12, 40):
            page.line(0, row, "ragged", indent=11)
        got, lines = measure(page.pdf()), page.lines
        self.assertGreaterEqual(got["lines"], lines)
        self.assertLessEqual(got["lines"], lines + 2)

    def test_the_size_can_be_told(self):
        page = Setter()
        page.column(0, 30)
        twice, once = measure(page.pdf(), "--size", "20"), measure(page.pdf())
        self.assertAlmostEqual(twice["gap_mean_em"], once["gap_mean_em"] / 2, 2)

    def test_no_text_is_said(self):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf([[]]))
            file.flush()
            said = subprocess.run([os.path.join(HERE, "typography"), file.name],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn(b"no text", said.stderr)


def ends(figures):
    return [figures[key] for key in ("article_ends", "uneven_ends", "short_columns", "uneven_bands")]


class Columns(unittest.TestCase):
    """Two columns of 36 and fewer lines; the frame's foot is the baseline of line 36."""

    def two(self, left=36, right=30, seed=3):
        page = Setter(seed)
        page.column(0, left)
        page.column(1, right)
        return page

    def test_any_ink_ends_a_column(self):
        foot, left = Setter().y(35), 306
        for name, items in (
                ("picture", [picture(left, foot, 243, 70)]),
                ("box", [fill(left, foot - 4, 243, 74)]),
                ("small type", [(left, foot, 7, "Photo")]),
                ("rule", [rule(left, foot, left + 243, foot)])):
            page = self.two()
            page.put(*items)
            got = measure(page.pdf())
            self.assertEqual(ends(got), [1, 0, 0, 0], name)
            self.assertLess(got["column_difference_largest_pt"], 1, name)
        self.assertEqual(ends(measure(self.two().pdf())), [1, 1, 0, 0])

    def test_an_end_is_told_in_points_and_lines(self):
        got = measure(self.two(36, 33).pdf())
        self.assertAlmostEqual(got["column_difference_largest_pt"], 3 * PITCH, 1)
        self.assertAlmostEqual(got["column_difference_mean_lines"], 3, 1)
        self.assertEqual(kinds(got).count("uneven-end"), 1)
        self.assertEqual((got["findings"][-1]["page"], got["findings"][-1]["column"]), (1, 2))

    def test_furniture_is_no_end(self):
        low, left = Setter().y(38), 306
        for name, items in (
                ("folio", [(left, low - 10, 8, "17")]),
                ("running foot with a rule", [rule(50, low, 549, low), (left, low - 12, 8, "Magazine")]),
                ("ground of the page", [fill(0, 0, 595, 842)]),
                ("picture that bleeds beside", [picture(552, 0, 43, 842)]),
                ("white box", [fill(left, low + 30, 243, 60, 1)]),
                ("rule between the columns", [rule(299, low + 26, 299, 772)]),
                ("hairline beside the text", [rule(308, low + 26, 308, 772)]),
                ("upright text", ["BT /F 8 Tf 0 1 -1 0 560 320 Td (Photograph) Tj ET"])):
            page = self.two()
            page.pages[-1].insert(0, items)
            got = measure(page.pdf())
            self.assertEqual(ends(got), [1, 1, 0, 0], name)
            self.assertAlmostEqual(got["column_difference_largest_pt"], 6 * PITCH, 1, name)

    def test_marks_outside_the_trimmed_page(self):
        page = self.two()
        page.put((306, 20, 7, "Sheet"), fill(306, 10, 243, 8), rule(306, 25, 549, 25))
        got = measure(page.pdf(trim=(30, 30, 565, 812)))
        self.assertEqual(ends(got) + [got["overset_words"]], [1, 1, 0, 0, 0])

    def test_notes_below_all_columns(self):
        for right, short in ((33, 0), (32, 0), (29, 1)):
            page = self.two(33, right)
            page.put(rule(50, page.y(33.6), 120, page.y(33.6)), (50, page.y(35), 7, "Note"))
            page.page()
            page.column(0, 36)
            page.column(1, 36)
            self.assertEqual(ends(measure(page.pdf())), [1, 0, short, 0], right)

    def test_notes_at_the_foot_stand_apart(self):
        for right, uneven, note in ((30, 0, "Note"), (20, 1, "Note"), (30, 0, "Note" * 20), (20, 1, "Note" * 20)):
            page = self.two(30, right)
            page.pages.insert(0, [])        # a full page before it: the foot
            page.pages.append(page.pages.pop(0))
            page.column(0, 36)
            page.column(1, 36)
            page.pages.reverse()
            page.put(rule(50, page.y(33.6), 120, page.y(33.6)), (50, page.y(35), 7, note))
            got = measure(page.pdf())
            self.assertEqual(ends(got), [1, uneven, 0, 0])
            self.assertAlmostEqual(got["column_difference_largest_lines"], 30 - right, 1)

    def test_columns_above_a_full_width_block(self):
        for left, right, uneven in ((30, 30, 0), (30, 29, 0), (30, 26, 1)):
            for items in ([picture(50, Setter().y(35), 499, 60)],
                          [rule(50, Setter().y(row), 549, Setter().y(row)) for row in (31, 33, 35)]):
                page = self.two(left, right)
                page.put(items)
                self.assertEqual(ends(measure(page.pdf())), [1, uneven, 0, 0], (left, right))
                page.page()         # the article goes on
                page.column(0, 36)
                page.column(1, 36)
                self.assertEqual(ends(measure(page.pdf())), [1, 0, 0, uneven], (left, right))

    def test_a_table_is_one_block(self):
        page = self.two(30, 30)
        for row in (30.5, 31.5, 35):
            page.put(rule(50, page.y(row), 549, page.y(row)))
        for column, row, text in ((0, 31, "cells"), (1, 31, "number"), (0, 32, "of several lines"), (0, 33, "that"),
                                  (0, 34, "end anywhere")):
            page.words_at(column, row, text, font="F")
        page.page("Next")
        page.column(0, 36)
        page.column(1, 36)
        self.assertEqual(ends(measure(page.pdf())), [2, 0, 0, 0])

    def test_a_picture_below_all_text(self):
        for rows, uneven in ((20, 0), (17, 1)):
            page = self.two(20, rows)
            page.put(picture(50, page.y(36), 499, 180))
            self.assertEqual(ends(measure(page.pdf())), [1, uneven, 0, 0])
        page = self.two(20, 10)
        page.put(picture(306, page.y(19), 243, 120), picture(306, 30, 80, 40))    # a sign of the house
        page.page()
        page.put(picture(306, 30, 80, 40))
        self.assertEqual(ends(measure(page.pdf())), [1, 0, 0, 0])

    def test_a_band_between_two_blocks(self):
        for short in (0, 4):
            page = Setter()
            page.put(picture(50, page.y(3), 499, 60), picture(50, page.y(20), 499, 60))
            for column, rows in ((0, 11), (1, 11 - short)):
                page.column(column, rows, first=4)
                page.column(column, 15, first=21)
            self.assertEqual(ends(measure(page.pdf())), [1, 0, 0, int(short > 0)])

    def test_an_article_ends_above_a_headline_on_the_page(self):
        page = self.two(20, 12)
        page.put((50, page.y(23), 26, "Another"), (230, page.y(23), 26, "article"))
        for column in (0, 1):
            page.column(column, 11, first=25)
        self.assertEqual(ends(measure(page.pdf())), [2, 1, 0, 0])

    def test_short_columns_where_the_article_goes_on(self):
        for left, right, short in ((36, 36, 0), (36, 35, 0), (36, 33, 1), (33, 33, 2)):
            page = self.two(left, right)
            for _ in range(2):
                page.page()
                page.column(0, 36)
                page.column(1, 36)
            got = measure(page.pdf())
            self.assertEqual(ends(got), [1, 0, short, 0], (left, right))
            self.assertEqual(got["columns"], 4)
        page = self.two(36, 33)
        page.put(picture(306, page.y(35), 243, 30))
        page.page()
        page.column(0, 36)
        page.column(1, 36)
        self.assertEqual(ends(measure(page.pdf())), [1, 0, 0, 0])

    def test_an_empty_column(self):
        page = self.two(36, 36)
        page.page()
        page.column(0, 12)
        got = measure(page.pdf())
        self.assertEqual(ends(got), [1, 1, 0, 0])
        self.assertGreater(got["column_difference_largest_lines"], 11)

    def test_a_sidebar_may_end_anywhere(self):
        page = Setter(3, *THREE)
        page.column(0, 30)
        page.column(1, 30)
        page.put(fill(388, page.y(12), 157, 150))
        page.words_at(2, 4, "about bees", 9, indent=8)
        page.page()
        for column in range(3):
            page.column(column, 36)
        page.page("Next")
        for column in range(3):
            page.column(column, 36)
        page.pages = [page.pages[1], page.pages[0], page.pages[2]]
        self.assertEqual(ends(measure(page.pdf())), [2, 0, 0, 0])

    def test_three_columns_and_a_leaflet(self):
        for sheet, setter in (((595, 842), Setter(4, *THREE)),
                              (A5, Setter(4, (36, 216), 168, 540, 8, 10.5))):
            for short in (0, 3):
                page = Setter(4, setter.lefts, setter.wide, setter.top, setter.size, setter.pitch)
                for column in range(len(page.lefts)):
                    page.column(column, 40 - (short if column else 0))
                got = measure(page.pdf(sheet))
                self.assertEqual((got["size_pt"], got["lines"]), (page.size, page.lines))
                self.assertEqual(ends(got), [1, int(short > 0), 0, 0])
                self.assertAlmostEqual(got["column_difference_largest_lines"], short, 1)
                self.assertEqual(got["register_percent"], 100)

    def test_a_picture_across_two_of_three_columns(self):
        for third, uneven in ((36, 0), (28, 1)):
            page = Setter(4, *THREE)
            page.column(0, 25)
            page.column(1, 25)
            page.column(2, third)
            page.put(picture(50, page.y(35), 326, 110))
            self.assertEqual(ends(measure(page.pdf())), [1, uneven, 0, 0])


class Headings(unittest.TestCase):
    def stranded(self, below, text="Where to ask", size=12, font="B", last=None, goes_on=True):
        """A heading in the left column's last lines but so many."""
        page = Setter(5)
        rows = len(text.split("|"))
        page.column(0, 36 - below - rows)
        for i, words in enumerate(text.split("|")):
            page.words_at(0, 36 - below - rows + i, words, size, font)
        for row in range(36 - below, 36):
            page.line(0, row, last or "full")
        page.column(1, 36 if goes_on else 0)
        if not goes_on:
            page.pages.insert(0, [])
            page.pages.append(page.pages.pop(0))
            page.column(0, 36)
            page.column(1, 36)
            page.pages.reverse()
        return measure(page.pdf())

    def test_at_the_foot_of_a_column(self):
        for below, found in ((0, 1), (1, 1), (2, 0), (5, 0)):
            got = self.stranded(below)
            self.assertEqual(got["stranded_headings"], found, below)
        self.assertEqual(self.stranded(1)["findings"][-1]["detail"], "1 line below")

    def test_whatever_its_type(self):
        for size, font in ((14, "F"), (10, "B"), (10, "H"), (9.5, "B")):
            self.assertEqual(self.stranded(0, size=size, font=font)["stranded_headings"], 1, (size, font))
            self.assertEqual(self.stranded(2, size=size, font=font)["stranded_headings"], 0, (size, font))
        self.assertEqual(self.stranded(0, "Of two|long lines")["stranded_headings"], 1)

    def test_what_is_none(self):
        self.assertEqual(self.stranded(0, "a caption", 7.5, "B")["stranded_headings"], 0)
        self.assertEqual(self.stranded(0, "just text", 10, "F")["stranded_headings"], 0)
        for text in ("1 A note.", "A sentence of others.", "whose end stands be-"):
            self.assertEqual(self.stranded(0, text, 10, "H")["stranded_headings"], 0, text)
        self.assertEqual(self.stranded(0, "A sentence that|stands large", 18, "H")["stranded_headings"], 0)
        self.assertEqual(self.stranded(0, "The editors", 10, "B", goes_on=False)["stranded_headings"], 0)

    def test_above_a_picture_of_full_width(self):
        for row, found in ((29, 1), (20, 0)):
            page = Setter(5)
            for first, rows in ((0, row), (row + 1, 29 - row)):
                page.column(0, rows, first=first)
            page.words_at(0, row, "Where to ask", 12)
            page.column(1, 30)
            page.put(picture(50, page.y(35), 499, 60))
            self.assertEqual(measure(page.pdf())["stranded_headings"], found)

    def test_a_picture_below_it_in_the_column(self):
        page = Setter(5)
        page.column(0, 30)
        page.words_at(0, 30, "Where to ask", 12)
        page.put(picture(50, page.y(35), 243, 55))
        page.column(1, 36)
        self.assertEqual(measure(page.pdf())["stranded_headings"], 0)

    def test_a_note_is_not_its_text(self):
        page = Setter(5)
        page.column(0, 30)
        page.words_at(0, 30, "Where to ask", 12)
        page.put(rule(50, page.y(32), 120, page.y(32)))
        for row in (33, 34):
            page.line(0, row, "ragged", size=7)
        page.column(1, 36)
        self.assertEqual(measure(page.pdf())["stranded_headings"], 1)


class Overset(unittest.TestCase):
    def overset(self, *items, before=(), **sheet):
        page = Setter(6)
        page.put(*before)
        for column in (0, 1):
            page.column(column, 36)
        page.put(*items)
        got = measure(page.pdf(**sheet))
        self.assertEqual(got["overset_words"], kinds(got).count("overset"))
        return [(found["text"], found["detail"]) for found in got["findings"] if found["kind"] == "overset"]

    def test_a_clean_page(self):
        self.assertEqual(self.overset(), [])

    def test_off_the_page(self):
        self.assertEqual(self.overset((580, 30, 9, "endless")), [("endless", "off the page")])
        self.assertEqual(self.overset((300, -40, 9, "sunk")), [("sunk", "off the page")])
        self.assertEqual(self.overset((560, 100, 9, "cut"), trim=(10, 10, 570, 832)), [("cut", "off the page")])
        self.assertEqual(self.overset((300, 2, 5, "slug"), trim=(10, 10, 585, 832)), [])

    def test_on_another_word(self):
        page = Setter()
        self.assertEqual(self.overset((50, 40, 10, "under"), (62, 42, 10, "above")),
                         [("above", "on another word")])
        self.assertEqual(self.overset((50, 40, 10, "under"), (50.3, 39.8, 10, "under")), [])   # a shadow
        self.assertEqual(self.overset((50, 40, 10, "first"), (50, 30, 10, "next")), [])
        self.assertEqual(len(self.overset((60, page.y(7) + 2, 14, "Strange"))), 1)

    def test_hidden(self):
        self.assertEqual(self.overset((60, 40, 10, "gone"), fill(50, 30, 80, 30)), [("gone", "hidden")])
        self.assertEqual(self.overset((60, 40, 10, "gone"), picture(50, 30, 80, 30)), [("gone", "hidden")])
        self.assertEqual(self.overset(fill(50, 30, 80, 30), (60, 40, 10, "seen")), [])
        self.assertEqual(self.overset("q 50 30 30 40 re W n", (52, 40, 10, "in"), (76, 40, 10, "cut"), "Q"),
                         [("cut", "hidden")])

    def test_over_the_edge_of_a_column(self):
        for over, found in ((0, 0), (2.5, 0), (9, 1)):
            page = Setter(6)
            for column in (0, 1):
                page.column(column, 20)
            words = page.line(0, 20, over=over)
            page.line(1, 20)
            for column in (0, 1):
                page.column(column, 14, first=21)
            got = measure(page.pdf())
            self.assertEqual(got["overset_words"], found, over)
            if found:
                self.assertEqual((got["findings"][-1]["text"], got["findings"][-1]["detail"]),
                                 (words[-1], "over the column's edge"))

    def test_two_lines_over_the_edge(self):
        page = Setter(6)
        page.column(0, 20)
        last = [page.line(0, row, over=9)[-1] for row in (20, 21)]
        page.column(0, 14, first=22)
        page.column(1, 36)
        got = measure(page.pdf())
        self.assertEqual([found["text"] for found in got["findings"] if found["kind"] == "overset"], last)

    def test_out_of_its_box(self):
        box = fill(50, 20, 100, 60)
        self.assertEqual(self.overset(before=[box, (60, 40, 9, "inside")]), [])
        self.assertEqual(self.overset(before=[box, (120, 40, 9, "outside")]), [("outside", "out of its box")])

    def test_words_of_the_source(self):
        text = ("---\ntitle: Bread\nlead: |\n  Of *rye*.\nimage: {src: a.jpg, alt: Nothing, credit: Ann}\n---\n\n"
                "Flour, [water](https://example.org) and wait-\ning[^1]. {lang=en}\n\n::: only {edition=email}\n"
                "Hidden.\n:::\n\n::: box {title=\"Salt\"}\n![Alt](b.jpg \"Caption\"){credit=\"Bo\" width=wide}\n"
                ":::\n\n[^1]: Long.\n")
        shown = "Bread Of rye Ann Flour water and wait ing Salt Caption Bo Long".split()
        with tempfile.TemporaryDirectory() as folder:
            path, article = os.path.join(folder, "a.pdf"), os.path.join(folder, "a.md")
            for lost in ((), ("water",), ("Bo", "Bread")):
                page = Setter(6)
                for column in (0, 1):
                    page.column(column, 30)
                for i, word in enumerate(word for word in shown if word not in lost):
                    page.put((50 + 60 * (i % 8), 60 - 15 * (i // 8), 9, word))
                with open(article, "w", encoding="utf-8") as file:
                    file.write(text)
                with open(path, "wb") as file:
                    file.write(page.pdf())
                got = measure_file(path, "--source", article)
                self.assertEqual([found["text"] for found in got["findings"] if found["kind"] == "missing"],
                                 sorted(word.lower() for word in lost))
                self.assertEqual((got["missing_words"], got["overset_words"]), (len(lost), len(lost)))

    def test_an_initial_begins_a_word(self):
        with tempfile.TemporaryDirectory() as folder:
            path, article = os.path.join(folder, "a.pdf"), os.path.join(folder, "a.md")
            page = Setter(6)
            page.column(0, 36)
            page.put((306, page.y(2), 36, "W"), (329, page.y(0), 10, "ord"))
            with open(path, "wb") as file:
                file.write(page.pdf())
            with open(article, "w", encoding="utf-8") as file:
                file.write("Word\n")
            self.assertEqual(measure_file(path, "--source", article)["missing_words"], 0)

    def test_divided_words_are_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            path, article = os.path.join(folder, "a.pdf"), os.path.join(folder, "a.md")
            page = Setter(6)
            page.column(0, 36, lasts={3: "bcd-", 35: "fgh-"})
            page.column(1, 36)
            rows = {}
            for x, y, _, word in page.pages[0]:
                rows.setdefault((x > 300, y), []).append(word)
            words = [word for row in sorted(rows, key=lambda key: (key[0], -key[1])) for word in rows[row]]
            for word in ("bcd-", "fgh-"):
                at = words.index(word)
                words[at:at + 2] = [word[:-1] + words[at + 1]]
            with open(path, "wb") as file:
                file.write(page.pdf())
            for more in ([], ["Zebra"]):
                with open(article, "w", encoding="utf-8") as file:
                    file.write(" ".join(words + more))
                got = measure_file(path, "--source", article)
                self.assertEqual([found["text"] for found in got["findings"] if found["kind"] == "missing"],
                                 [word.lower() for word in more])


if __name__ == "__main__":
    unittest.main()
