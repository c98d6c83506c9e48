#!/usr/bin/env python3
"""structure.py [--poppler] ISSUE-FOLDER PDF…: does the structure read as the editor wrote?

For each article of the issue the words that a PDF gives by its structure are compared
with those of the Markdown, one after the other: none missing, none twice, none in
another place, none in two parts. tagged.py tells who reads the PDF.
Labels of lists and notes and the numbers of references are the program's own and
left out; notes are looked for behind the article, in the order they are referred
to. The edition is the name of the file. Says what differs; exit 1 when anything does.
"""
import difflib
import os
import re
import sys
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tagged               # noqa: E402
import words as source      # noqa: E402

INLINE = {"Link", "Span", "Code", "Reference", "Quote", "Annot"}
OWN = {"Lbl", "Reference"}


def tokens(text):
    """Words with the hyphens within them; whatever dash it was typed as."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower().replace("ß", "ss")
    text = re.sub("[\u200b\u2060\ufe0f]", "", text)
    text = re.sub("[\u2010-\u2014\u2212-]+", "-", text)
    text = re.sub("['\u2019\u02bc]", "", text)
    return re.findall(r"\w+(?:-\w+)*", text)


def text_of(element, into=None):
    """Text in reading order; what is no part of a line ends one."""
    into = [] if into is None else into
    for kid in element.kids:
        if isinstance(kid, str):
            into.append(kid)
        elif kid.role not in OWN:
            edge = [] if kid.role in INLINE else ["\n"]
            into += edge
            text_of(kid, into)
            into += edge
    return "".join(into)


def without_notes(body):
    """The body, and the text of its notes by name."""
    kept, notes, name, code = [], {}, None, False
    for line in body.split("\n"):
        if re.match(r"\s*(```|~~~)", line):
            code = not code
        start = None if code else re.match(r" {0,3}\[\^([^\]]+)\]:\s*(.*)$", line)
        if start:
            name = start.group(1)
            notes[name] = [start.group(2)]
        elif name and (not line.strip() or re.match(r" {4}|\t", line)):
            notes[name].append(line.strip())
        else:
            name = None
            kept.append(line)
    return "\n".join(kept), notes


def with_addresses(body):
    """Where nobody can press a button, its address stands below its words."""
    def told(found):
        return re.sub(r"\[([^\]]*)\]\((?:https?://|mailto:|tel:)(?:www\.)?([^)]*?)/?\)", r"\1 \2", found.group(0))
    return re.sub(r"(?ms)^:::+ *button.*?^:::", told, body)


def written(article, edition):
    """What the article says in an edition, in the order it is to be read."""
    body, notes = without_notes(article.body)
    body = re.sub(r"(?m)^(#+ .*?) *\{lang=[\w-]+\}$", r"\1", body)
    if edition in ("print", "large"):
        body = with_addresses(body)
    lines = source.shown_lines(body, edition)
    order = []
    for name in re.findall(r"\[\^([^\]]+)\]", "\n".join(lines)):
        if name in notes and name not in order:
            order.append(name)
    front = [str(article.front.get(k, "")) for k in ("kicker", "title", "number", "lead", "author")]
    image = article.front.get("image") or {}
    front += [str(image.get(k, "")) for k in ("caption", "credit")]
    told = source.plain(lines)
    told = "\n".join(front) + "\n\n" + told
    return told + "\n\n" + "\n\n".join(source.plain(notes[n]) for n in order)


def nearest(wanted, texts):
    return max(texts, key=lambda t: difflib.SequenceMatcher(None, wanted[:60], t[:60], False).ratio())


def differences(wanted, got):
    if wanted == got:
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, wanted, got).get_opcodes():
        if tag != "equal":
            yield "after “%s”: wanted “%s”, is “%s”" % (
                " ".join(wanted[max(0, a - 4):a]), " ".join(wanted[a:b][:12]), " ".join(got[c:d][:12]))


def compare(folder, pdf, read):
    edition = os.path.basename(pdf)[:-4]
    articles = [a for a in source.articles(folder) if a.shown(edition)]
    found = [text_of(e) for e in read(pdf).find("Art")]
    by_title, faults, count = {}, [], 0
    for text in found:
        by_title.setdefault(" ".join(tokens(text)), tokens(text))
    left = list(by_title.values())
    for article in articles:
        wanted = tokens(written(article, edition))
        count += len(wanted)
        if not left:
            faults.append("%s: no such article" % article.slug)
            continue
        got = wanted if wanted in left else nearest(wanted, left)
        left.remove(got)
        faults += ["%s: %s" % (article.slug, d) for d in differences(wanted, got)]
    faults += ["an article that nobody wrote: “%s”" % " ".join(t[:8]) for t in left]
    for fault in faults[:30]:
        print("%s: %s" % (pdf, fault))
    print("%s: %d articles, %d words, %d differences" % (pdf, len(articles), count, len(faults)))
    return not faults and count > 0


if __name__ == "__main__":
    poppler = sys.argv[1] == "--poppler"
    names = sys.argv[2:] if poppler else sys.argv[1:]
    read = tagged.by_poppler if poppler else tagged.by_objects
    results = [compare(names[0], pdf, read) for pdf in names[1:]]
    sys.exit(0 if results and all(results) else 1)
