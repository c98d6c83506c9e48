#!/usr/bin/python3
"""Do the peers get the whole text? Articles with every block, for both typesetters."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from ruler import source      # noqa: E402

ARTICLE = '''---
title: "Bread & butter"
kicker: 100% _plain_
lead: |
  Of "rye" -- and salt.
author: Ann
image: {src: images/a.jpg, alt: Loaf}
---

First **bold *nested* words**, `code#1`, [a link](https://example.org/x) and [foreign words]{lang=nb}.[^1]
Second line with \\*stars\\*, 3-4 days, $5, C# and a\\
break.

## A heading {#id lang=en}

- one
- two
  goes on

  its own paragraph
- three

1. first
2. second

> Quoted
> text.

| Head | Much |
|:--|--:|
| cell \\| bar | 12,5% |

![Picture](images/b.jpg "Gone")

::: only {edition=email}
Mailed.
:::

::: only {edition="print web"}
Printed.
:::

::: qa
**Why?**

Because.
:::

:::: box {title="In the box"}
Boxed.

::: contact
**Name**\\
tel. [800 000 000](tel:800000000)
:::
::::

::: pullquote
Lifted.
:::

<https://bare.example.org>

[^1]: A note.
'''


def convert(kind, text, language="pl"):
    with tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "issues", "1")
        os.makedirs(place)
        for name, content in (("../../glos.yaml", "language: %s\n" % language),
                              ("issue.yaml", "contents:\n  - {section: A, articles: [a.md]}\n"), ("a.md", text)):
            with open(os.path.join(place, name), "w", encoding="utf-8") as file:
                file.write(content)
        done = subprocess.run(["/usr/bin/python3", os.path.join(HERE, "convert"), kind, place], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def article(kind, text=ARTICLE):
    """What stands behind the preamble."""
    out, said = convert(kind, text)
    return out[out.index({"typst": "#pagebreak", "latex": "\\begin{document}"}[kind]):], said


class Convert(unittest.TestCase):
    def test_every_word_is_there(self):
        wanted = source.tokens("""Bread butter 100 plain Of rye and salt Ann First bold nested words code 1 a link and
            foreign words Second line with stars 3 4 days 5 C and a break A heading one two goes on its own
            paragraph three first second Quoted text Head Much cell bar 12 5 Printed Why Because In the box Boxed
            Name tel 800 000 000 Lifted bare example org A note""")
        for kind in ("typst", "latex"):
            got = source.tokens(re.sub(r"\\[a-zA-Z]+|(?<!\\)#\w+", " ", article(kind)[0]))
            for word in set(wanted):
                self.assertGreaterEqual(got.count(word), wanted.count(word), (kind, word))
            for word in ("mailed", "gone", "picture", "loaf"):
                self.assertNotIn(word, got, kind)

    def test_what_is_left_out_is_said(self):
        self.assertIn("1 passages for other editions, 2 pictures", article("typst")[1])
        self.assertEqual(article("latex", "---\ntitle: A\n---\n\nB.\n")[1], "")
        self.assertIn("1 marks of carousel", article("typst", "---\ntitle: A\n---\n\n::: carousel\nB.\n:::\n")[1])

    def test_signs_that_mean_something(self):
        typst, latex = article("typst")[0], article("latex")[0]
        for text in ("100% \\_plain\\_", "\\*stars\\*", "\\$5, C\\#", "#strong[bold #emph[nested] words]",
                     '#text(lang: "nb")[foreign words]', "#footnote[A note.]", "\n= A heading\n", "#question[#strong[Why?]]",
                     "[cell | bar]", "a \\ break", "„rye” – and"):
            self.assertIn(text, typst)
        for text in ("100\\% \\_plain\\_", "Bread \\& butter", "\\$5, C\\#", "\\textbf{bold \\emph{nested} words}",
                     "\\foreignlanguage{norsk}{foreign words}", "\\footnote{A note.}", "\\section*{A heading}", "\\question{\\textbf{Why?}}",
                     "cell | bar & 12,5\\%", "a\\\\ break", "„rye” – and"):
            self.assertIn(text, latex)

    def test_languages_are_loaded(self):
        out = convert("latex", ARTICLE.replace("author: Ann", "author: Ann\nlanguage: uk"))[0]
        self.assertIn("\\usepackage[norsk,ukrainian,polish]{babel}", out)
        self.assertIn("\\selectlanguage{ukrainian}", out)
        self.assertIn("\\usepackage[english]{babel}", convert("latex", "---\ntitle: A\n---\n\nB.\n", "en")[0])


if __name__ == "__main__":
    unittest.main()
