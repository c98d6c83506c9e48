#!/usr/bin/env python3
"""hostile.py FOLDER: a publication whose every field is meant to break out of its page.

Markup, quotes and line ends in every text, addresses that run scripts, a title of 2,000
characters, text from right to left, files of odd and of equal names. What glos refuses
(a javascript: address, a control character) is not in it: mistakes.t has those.
"""
import os
import shutil
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EVIL = """"'><script>alert(1)</script><img src=x onerror=alert(2)> & &lt;b&gt; `${3}` javascript:alert(4)"""
YAML = '"%s"' % EVIL.replace("\\", "\\\\").replace('"', '\\"')
LONG = ("Bardzo długi tytuł o wszystkim naraz " * 60)[:1999].strip() + "!"
MARKDOWN = EVIL.replace("<", "\\<").replace("`", "\\`").replace("&", "\\&")

ARTICLE = """\
---
title: {evil}
kicker: {evil}
lead: {evil}
author: {evil}
image: {{src: images/x.jpg, alt: {evil}, caption: {evil}, credit: {evil}}}
---

{text}

[{text}](https://example.org/?a="onmouseover="alert(5)&b=<script>'')
[bez spacji](<https://example.org/a%20b>), [poczta](mailto:a@example.org?subject=%22%3E%3Cscript%3E),
[telefon](<tel:+48 123 456 789>), [inny artykuł](zażółć-gęślą.md).

![{text}](images/x.jpg "{caption}"){{credit="'><script>x</script>"}}

`<script>alert(6)</script>`

    </code></pre><script>alert(7)</script>

| <b | "a" |
|---|---|
| {cell} | `</td>` |

::: box {{title="'><script>alert(8)</script>"}}
{text}
:::

::: pullquote
{text}
:::

Przypis[^'"].

[^'"]: {text} \\</li>\\</ol>\\<script>
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def main(folder):
    issue = os.path.join(folder, "issues", "1-\"><script>")
    os.makedirs(os.path.join(issue, "images"))
    shutil.copy(os.path.join(ROOT, "issues/2026-1/images/ksiazka.jpg"), os.path.join(issue, "images/x.jpg"))
    for name in ("layouts", "fonts"):
        os.symlink(os.path.join(ROOT, name), os.path.join(folder, name))
    write(os.path.join(folder, "glos.yaml"),
          "title: %s\npublisher: %s\nlanguage: pl\nsite: https://glos.example.org/\n" % (YAML, YAML))
    text = ARTICLE.format(evil=YAML, text=MARKDOWN, caption="'><script>", cell=MARKDOWN.replace("|", "\\|"))
    names = ["a b.md", "a-b.md", "A_B.md", "zażółć-gęślą.md", "'\"<img>&.md", "..md", "index.html.md", "img.md"]
    for name in names:
        write(os.path.join(issue, name), text)
    write(os.path.join(issue, "long.md"), "---\ntitle: %s\n---\n\nTreść.\n" % LONG)
    write(os.path.join(issue, "rtl.md"),
          "---\ntitle: אתם לא לבד\nlead: מדריך לחולים\nlanguage: he\n---\n\n"
          "הרופאה אמרה: «dobrze». [po polsku]{lang=pl} שלום 12-345.\n\n## מה הלאה\n\n- אחד\n- שניים\n")
    listed = "".join("      - '%s'\n" % n.replace("'", "''") for n in names + ["long.md", "rtl.md"])
    write(os.path.join(issue, "issue.yaml"),
          "number: %s\ndate: 2026-03-17\ntitle: %s\nlead: %s\nsubject: Próba\n"
          "cover: {image: images/x.jpg, alt: %s, credit: %s, lines: [%s]}\n"
          "contents:\n  - section: %s\n    articles:\n%s"
          % (YAML, YAML, YAML, YAML, YAML, YAML, YAML, listed))


if __name__ == "__main__":
    main(sys.argv[1])
