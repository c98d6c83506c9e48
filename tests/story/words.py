#!/usr/bin/env python3
"""words.py ISSUE-FOLDER OUT-FOLDER EDITION: is every word of every article there?

Reads the Markdown by its own crude means, independent of the program, and looks
for each word, as often as it stands in the source, in what was built. For the
e-mail an article may stand as a teaser: its title and its link.
Prints what is missing; exit 1 when anything is.
"""
import collections
import html
import os
import re
import subprocess
import sys
import unicodedata

import yaml

DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2212-"


def words(text):
    """Folded words; hyphens and dashes within words do not count, nor do the
    line ends that divide a word."""
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\u2060", "")
    text = re.sub("[%s]+\\s*\n\\s*" % DASHES, "", text)
    text = re.sub("(?<=\\w)[%s]+(?=\\w)" % DASHES, "", text)
    text = re.sub("['\u2019\u02bc]", "", text)
    text = text.replace("ß", "ss").lower()
    return re.findall(r"\w+", text)


def attribute(line, name):
    found = re.search(r"\b%s=(\"([^\"]*)\"|(\S+?))(?=[\s}])" % name, line)
    return (found.group(2) if found.group(2) is not None else found.group(3)) if found else None


def shown_lines(body, edition):
    """Lines without directive fences, and without passages of other editions."""
    stack, kept, code = [], [], False
    for line in body.split("\n"):
        if re.match(r"\s*(```|~~~)", line):
            code = not code
            continue
        fence = None if code else re.match(r"\s*:::+\s*(\w*)(.*)$", line)
        if not fence:
            if all(stack):
                kept.append(line)
            continue
        if not fence.group(1):
            stack.pop()
            continue
        wanted = attribute(line, "edition")
        stack.append(not wanted or edition in wanted.split())
        if all(stack) and attribute(line, "title"):
            kept.append(attribute(line, "title"))
    return kept


def plain(lines):
    text = "\n".join(lines)
    # Pictures: caption and credit are set, the alternative text is not.
    text = re.sub(r'!\[[^\]]*\]\(\S+?(?:\s+"([^"]*)")?\)()(\{[^}]*\})?',
                  lambda m: " ".join(filter(None, [m.group(1), attribute(m.group(3) or "", "credit")])),
                  text)
    text = re.sub(r"\[\^[^\]]+\]:?", " ", text)
    text = re.sub(r"(?m)^ {0,3}\[[^\]]+\]:\s+\S+.*$", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\]\{[^}]*\}", "] ", text)
    text = re.sub(r"<((?:https?|mailto):[^>]+)>", r"\1", text)
    text = re.sub(r"(?m)^\s*\|?[\s:|-]+\|[\s:|-]*$", " ", text)
    text = re.sub(r"\\newpage|\\newcolumn", " ", text)
    text = re.sub(r"\\\n", "\n", text)
    text = re.sub(r"\\(.)", r"\1", text)
    text = re.sub(r"(?m)^\s*\d+[.)]\s", " ", text)
    text = text.replace("_", " ").replace("~~", "").replace("*", "").replace("`", "")
    return html.unescape(text)


class Article:
    def __init__(self, path):
        text = open(path, encoding="utf-8-sig").read().replace("\r\n", "\n")
        _, front, self.body = re.split(r"(?m)^---\s*$", text, maxsplit=2)
        self.front = yaml.safe_load(front)
        self.slug = os.path.basename(path)[:-3]

    def text(self, edition):
        front = [str(self.front.get(k, "")) for k in ("title", "kicker", "lead", "author", "number")]
        image = self.front.get("image") or {}
        front += [str(image.get(k, "")) for k in ("caption", "credit")]
        return "\n".join(front) + "\n\n" + plain(shown_lines(self.body, edition))

    def shown(self, edition):
        editions = self.front.get("editions")
        return not editions or edition in editions


def articles(folder):
    issue = yaml.safe_load(open(os.path.join(folder, "issue.yaml"), encoding="utf-8"))
    names = [n for part in issue["contents"] for n in part.get("articles", [])]
    if issue.get("imprint"):
        names.append(issue["imprint"])
    return [Article(os.path.join(folder, n)) for n in names]


def without_tags(text):
    text = re.sub(r"(?s)<(style|script|head)\b.*?</\1>", " ", text)
    text = re.sub(r"(?s)<!--.*?-->", " ", text)
    # Tags of blocks part words, tags within a line do not.
    text = re.sub(r"</?(a|b|i|em|strong|span|del|s|sup|code|small|abbr|cite)\b[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", "\n", text))


def built(out, edition):
    if edition in ("print", "screen", "large"):
        return subprocess.run(["pdftotext", "-raw", os.path.join(out, edition + ".pdf"), "-"],
                              capture_output=True, check=True).stdout.decode()
    if edition == "web":
        pages = []
        for folder, _, files in os.walk(os.path.join(out, "web")):
            pages += [os.path.join(folder, f) for f in files if f.endswith(".html")]
        return "\n".join(without_tags(open(p, encoding="utf-8").read()) for p in sorted(pages))
    folder = os.path.join(out, "email")
    main = min((f for f in os.listdir(folder) if f.endswith(".html")), key=len)
    return open(os.path.join(folder, main), encoding="utf-8").read()


def main():
    folder, out, edition = sys.argv[1:4]
    raw = built(out, edition)
    text = without_tags(raw) if edition == "email" else raw
    there = collections.Counter(words(text))
    # A word divided at the end of a column stands in two parts: both runs of the
    # extraction, joined over what pdftotext put between, are looked at last.
    joined = "".join(words(text))
    needed, missing = collections.Counter(), []
    for article in articles(folder):
        if not article.shown(edition) or (edition == "email" and article.front.get("region")):
            continue
        wanted = collections.Counter(words(article.text(edition)))
        if edition == "email" and any(there[w] < n for w, n in wanted.items()):
            title = words(str(article.front["title"]))
            if article.slug not in raw or any(not there[w] for w in title):
                missing.append((article.slug, "neither whole nor as a teaser"))
            continue
        if edition != "email":
            needed += wanted
            absent = [w for w in wanted if not there[w] and w not in joined]
            missing += [(article.slug, w) for w in absent]
    for word, count in needed.items():
        short = count - there[word]
        if there[word] and short > 0 and joined.count(word) < count:
            missing.append(("the issue", "%s: %d of %d" % (word, there[word], count)))
    for where, what in missing[:40]:
        print("%s: %s: %s" % (edition, where, what))
    total = sum(needed.values())
    print("%s: %d words looked for, %d missing" % (edition, total, len(missing)))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
