"""The words of articles in Markdown that a PDF does not show.

Words are runs of letters and digits, compared without case and as often as they
stand. From the settings title, kicker, lead and author count; alternative texts,
addresses of links and passages for editions other than print do not. A word that a
line's end divides is put together with what begins the next line, or, at a column's
end, any of the next columns.
"""
import collections
import re
import unicodedata

HEADS = ("title", "kicker", "lead", "author")
TOKEN = re.compile(r"[^\W_]+")


def tokens(text):
    return TOKEN.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())


def unquote(value):
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return value


def settings(head):
    """Texts of the keys that are printed; folded ones go on in indented lines."""
    found, key = {}, None
    for line in head.splitlines():
        top = re.match(r"(\w+):(.*)", line)
        if top:
            key = top.group(1)
            found[key] = top.group(2)
        elif key and line.startswith((" ", "\t")):
            found[key] += " " + line.strip()
    picture = re.findall(r"\b(?:caption|credit):\s*(\"(?:[^\"\\]|\\.)*\"|[^,}]*?(?=\s\w+:|[,}]|$))",
                         found.get("image", ""))
    if "editions" in found and "print" not in found["editions"]:
        return None
    return [unquote(re.sub(r"^\s*[|>]-?\s", "", found[name])) for name in HEADS if name in found] + \
        [unquote(text) for text in picture]


def body(text):
    """Markdown without its marks."""
    kept, skip = [], None
    for line in text.splitlines():
        mark = re.match(r"\s*(:{3,})\s*(\w*)(.*?):*\s*$", line)
        if mark:
            if skip and not mark.group(2) and len(mark.group(1)) == skip:
                skip = None
            elif mark.group(2) == "only" and re.search(r"edition=", mark.group(3)) and "print" not in mark.group(3):
                skip = skip or len(mark.group(1))
            if not skip:
                kept += re.findall(r'title="([^"]*)"', mark.group(3))
            continue
        if skip or re.match(r"\s*\|?[\s:|-]+$", line):
            continue
        if re.match(r"\s*\[[^\]^]*\]:\s", line):              # where a link leads
            continue
        line = re.sub(r"\[\^[^\]]*\]:?", " ", line)
        line = re.sub(r'!\[[^\]]*\]\([^\s)]*(?:\s+"((?:[^"\\]|\\.)*)")?\)', r" \1 ", line)
        line = re.sub(r"\{([^{}]*=[^{}]*)\}", lambda found: " " + " ".join(
            re.findall(r'(?:credit|caption)="([^"]*)"', found.group(1))), line)
        line = re.sub(r"\]\([^)]*\)", "]", line)
        line = re.sub(r"^\s*(\d+)[.)]\s", " ", line)
        kept.append(re.sub(r"<(?:https?://|mailto:|tel:)?|[*`\[\]>]", "", line))
    return kept


def wanted(paths):
    """How often each word should stand in the PDF."""
    found = collections.Counter()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        head, rest = "", text
        if text.startswith("---\n") and "\n---\n" in text[4:]:
            head, rest = text[4:].split("\n---\n", 1)
        printed = settings(head)
        if printed is not None:
            for line in printed + body(rest):
                found.update(tokens(line))
    return found


def missing(paths, frames):
    """Words of the articles that the PDF lacks, each as often as it does."""
    lacking, divided = wanted(paths), {}
    for page in frames.pages:
        whole, rows = initials(page), rows_of(page)
        far = beginnings(rows)
        if page.number < len(frames.pages):
            far += beginnings(rows_of(frames.pages[page.number]))
        order = sorted(page.words, key=lambda word: word.order)
        after = dict(zip(order, order[1:]))
        for row, words in enumerate(rows):
            for word in words:
                if word in whole:
                    strike(lacking, whole[word])
                elif word.text[-1] in "-\u2010\u00ad" and len(word.text) > 1 and word.text[-2].isalpha():
                    divided[word] = ([after[word]] if word in after else [], below(word, rows, row), far)
                else:
                    strike(lacking, word.text)
    Chains(divided, lacking).join()
    return sorted((+lacking).elements())


def strike(lacking, text):
    """A word is there; the number of a note may cling to it."""
    for token in tokens(text):
        bare = token.strip("0123456789")
        lacking[bare if lacking[token] <= 0 < lacking[bare] else token] -= 1


class Chains:
    """Puts divided words together. What was painted next goes before what stands below,
    and that before the beginnings of lines elsewhere; nothing goes on twice."""

    def __init__(self, divided, lacking):
        self.divided, self.lacking, self.taken = divided, lacking, set()

    def join(self):
        for near in range(3):
            for word in self.divided:
                chain = word not in self.taken and self.chain(word, near, tokens(word.text)[-1:])
                if chain:
                    self.take(word, chain)
        for word in self.divided:
            if word not in self.taken:
                self.lacking.subtract(tokens(word.text))

    def chain(self, word, near, pieces, depth=2):
        """The words that a divided one goes on with so that a lacking one comes about."""
        for part in self.divided[word][near] if pieces else ():
            rest = tokens(part.text)
            if not rest or part in self.taken or part is word:
                continue
            if part in self.divided and depth and len(rest) == 1:
                for further in range(3):
                    more = self.chain(part, further, pieces + rest, depth - 1)
                    if more:
                        return [part] + more
            if self.lacking["".join(pieces + rest[:1])] > 0:
                return [part]
        return []

    def take(self, word, chain):
        pieces = tokens(word.text)
        self.lacking["".join(pieces[-1:] + [tokens(part.text)[0] for part in chain])] -= 1
        self.lacking.subtract(pieces[:-1])
        for part in chain:
            self.taken.add(part)
            if part in self.divided:
                self.lacking.subtract(tokens(part.text)[1:])
            else:
                self.lacking[tokens(part.text)[0]] += 1     # it was taken for a word of its own
        self.taken.add(word)


def initials(page):
    """Large first letters with the rest of their word; that counts for nothing by itself."""
    found, order = {}, sorted(page.words, key=lambda word: word.order)
    for letter, rest in zip(order, order[1:]):
        if len(tokens(letter.text)) == 1 and len(letter.text) <= 2 and letter.size > 1.8 * rest.size and \
           -letter.size < rest.x0 - letter.x1 < 0.3 * letter.size and rest.base <= letter.base:
            if rest.x0 - letter.x1 < 0.1 * letter.size and rest.text[0].islower():
                found[letter], found[rest] = letter.text + rest.text, ""
    return found


def rows_of(page):
    """Words by baselines, each from left to right."""
    rows = collections.defaultdict(list)
    for word in page.words:
        rows[round(word.base * 2)].append(word)
    return [sorted(rows[key], key=lambda word: word.x0) for key in sorted(rows)]


def begins(row, place):
    """Does a word begin a piece of text, or stand beside an initial?"""
    word, before = row[place], row[place - 1]
    return place == 0 or word.x0 - before.x1 > 0.8 * word.size or before.size > 1.5 * word.size


def below(word, rows, row):
    """What begins a piece of text in the line below a word."""
    return [other for line in rows[row + 1:row + 60] for place, other in enumerate(line)
            if begins(line, place) and other.x0 < word.x1 and other.base - word.base < 2.2 * word.size and
            abs(other.size - word.size) < 0.2 * word.size]


def beginnings(rows):
    return [word for row in rows for place, word in enumerate(row) if begins(row, place)]
