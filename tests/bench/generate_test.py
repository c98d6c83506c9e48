#!/usr/bin/python3
"""Is the test issue what it says? And little publications that the program composes from
it, under the ruler: their measures stand in the layout."""
import collections
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from typography_test import measure_file      # noqa: E402

GLOS = os.environ.get("GLOS", os.path.join(HERE, "..", "..", "build", "glos"))


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


    def test_a_long_issue_goes_on_varied(self):
        with tempfile.TemporaryDirectory() as folder:
            generate(128, os.path.join(folder, "a"), "--plain")
            text = b"\n".join(data for name, data in contents(os.path.join(folder, "a")).items()
                              if name.endswith(".md")).decode("utf-8")
        sentences = [text for text in re.split(r"(?<=[.?!])\s+", text) if len(text) > 30]
        often = collections.Counter(sentences).most_common(1)[0]
        self.assertLess(often[1], 9, often)
        self.assertGreater(len(set(sentences)), 0.85 * len(sentences))
        self.assertGreater(len(set(re.findall(r"[^\W\d_]+", text.lower()))), 4500)


@unittest.skipUnless(os.access(GLOS, os.X_OK), "the program is not built")
class Composed(unittest.TestCase):
    def test_an_issue_has_about_its_pages(self):
        for pages, options in ((8, ("--plain",)), (8, ()), (32, ("--plain",))):
            with tempfile.TemporaryDirectory() as folder:
                place = os.path.join(folder, "a")
                generate(pages, place, *options)
                subprocess.run([GLOS, "-q", "-C", place, "build", "-e", "screen", "-o", folder], check=True,
                               stderr=subprocess.DEVNULL)
                said = subprocess.run(["pdfinfo", os.path.join(folder, "2026-1", "screen.pdf")], check=True,
                                      stdout=subprocess.PIPE).stdout
            self.assertLess(abs(int(re.search(rb"Pages: +(\d+)", said).group(1)) - pages), 5, (pages, options))

    def test_pictures_are_fine_enough_for_print(self):
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "a")
            generate(32, place)
            said = subprocess.run([GLOS, "-q", "-C", place, "build", "-e", "print", "-o", folder], check=True,
                                  stderr=subprocess.PIPE).stderr
        self.assertNotIn(b"[image-", said)

    def test_a_composed_issue(self):
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "a")
            generate(8, place, "--plain")
            subprocess.run([GLOS, "-q", "-C", place, "build", "-e", "print,large", "-o",
                            os.path.join(folder, "out")], check=True, stderr=subprocess.DEVNULL)
            issue = os.path.join(place, "issues", "2026-1")
            printed = measure_file(os.path.join(folder, "out", "2026-1", "print.pdf"), "--source",
                                   *(os.path.join(issue, name) for name in sorted(os.listdir(issue))
                                     if name.endswith(".md")))
            large = measure_file(os.path.join(folder, "out", "2026-1", "large.pdf"))
        # 10 on 13.5 pt, justified: so says layouts/glos; 18 on 27 pt, ragged, in large print.
        self.assertEqual((printed["size_pt"], printed["pitch_pt"]), (10, 13.5))
        self.assertGreater(printed["lines"], 90)
        self.assertTrue(0.15 < printed["gap_mean_em"] < 0.42)
        self.assertEqual((printed["missing_words"], printed["overset_words"]), (0, 0))
        self.assertEqual((large["size_pt"], large["pitch_pt"]), (18, 27))
        self.assertLess(large["lines"], 12)


if __name__ == "__main__":
    unittest.main()
