"""Lines that a column's end has cut off, headings without their text, words that left
their place.

WIDOWS, ORPHANS   a paragraph's last line alone at the top of a column, its first alone
                  at the foot
STRANDED HEADING  one to four lines of type larger or bolder than the body, or of another
                  family, after which nothing or one line of text follows in the column
                  or above a block. Not: what ends an article, larger type of several
                  lines (pull quotes), what stands in a tinted box.
OVERSET WORDS     words that cross the edge of the trimmed page or lie outside the sheet;
                  words whose letters lie on each other; words under what was painted later
                  or cut off by a clip; words that run over the edge of their column by more
                  than hanging marks, or out of their tinted box
"""
from ruler.columns import HEADLINE
from ruler.lines import HANG, MARKER, modal


def lonely(pages, frames, em):
    """(kind, page, column, line) of single lines of paragraphs that a column's end has cut off."""
    found = []
    top = min((block.lines[0].base for page in pages for block in page.blocks
               if block.right is not None and len(block.lines) > 1), default=0) - 1.2 * em
    foot = frames.floor + 0.9 * frames.pitch
    for page in pages:
        for column in page.columns:
            left = modal([(line.x0, 1) for block in column for line in block.lines], 1.0)
            right = column[0].right
            big = [word for word in page.words if word.size > 0.75 * em and
                   top < word.base < foot and word.x0 < right and word.x1 > left]
            first, last = column[0].lines[0], column[-1].lines[-1]
            above = [word for word in big if word.base < first.base - 1]
            if not above and not first.full and abs(first.x0 - left) < HANG * em and \
               len(column[0].lines) > 1 and not MARKER.match(first.words[0].text):
                found.append(("widow", page, column, first))
            below = [word for word in big if word.base > last.base + 0.5 * em and word.size < 1.05 * em]
            indented = 0.5 * em < last.x0 - left < 3.2 * em
            if not below and last.full and indented and len(column[-1].lines) > 1 and \
               abs(column[-1].lines[-2].x0 - last.x0) > 0.5 * em and \
               not MARKER.match(column[-1].lines[-2].words[0].text):
                found.append(("orphan", page, column, last))
    return found


# ---- stranded headings -----------------------------------------------------

class Headings:
    def __init__(self, frames, family, em):
        self.frames, self.family, self.em = frames, family, em
        self.found = []
        for page in frames.pages:
            closed = frames.closes(page)
            for place, strip in enumerate(page.strips):
                for limit, last in self.stretches(page, place, closed):
                    self.look(page, place, limit, last)

    def stretches(self, page, place, closed):
        """Stretches of a column, as (from, to), and whether the article ends in it: those
        above the blocks across it, and the rest."""
        blocks = sorted((block for block in page.across if block.first <= place <= block.last),
                        key=lambda block: block.top)
        start = float("-inf")
        for block in blocks:
            title = self.frames.headline(word for item in block.items for word in item.words)
            if title or not block.items[0].words:
                yield (start, block.top), title and self.ends_here(page, place, start, block.top)
            start = block.foot
        yield (start, float("inf")), closed and self.ends_here(page, place, start, float("inf"))

    def ends_here(self, page, place, start, end):
        """Is there no ink in the columns to the right?"""
        return not any(start < item.y0 < end for strip in page.strips[place + 1:] for item in strip.items)

    def rows(self, page, place, limit):
        """Text of a column by lines, outside of tinted boxes, and the rest of its ink."""
        panels = self.frames.panels[page.number]
        rows, other = [], []
        for item in page.strips[place].items:
            if not limit[0] - 1 < item.y0 < limit[1] - 1:
                continue
            boxed = any(panel.x0 - 1 <= item.x0 and item.x1 <= panel.x1 + 1 and
                        panel.y0 - 1 <= item.y0 and item.foot <= panel.y1 + 1 for panel in panels)
            if not item.words or boxed:
                other.append(item)
            elif rows and abs(rows[-1][0].base - item.words[-1].base) < 0.3 * self.em:
                rows[-1] += item.words
            else:
                rows.append(item.words[:])
        return sorted(rows, key=lambda row: row[0].base), [item for item in other if item.kind != "rule"]

    def heading(self, words):
        """Type that is not the text's: its style, or None."""
        size, em = max(word.size for word in words), self.em
        if any(word.size < 0.9 * em for word in words):
            return None
        alike = all(word.bold for word in words)
        other = size > 0.99 * em and all(word.family != self.family for word in words)
        if size > 1.08 * em or alike or other and self.stands_alone(words):
            return (round(size), alike, words[0].family)
        return None

    @staticmethod
    def stands_alone(words):
        """Words of a mere other family: no sentence, nor part of one, and no note."""
        return words[0].text[0].isupper() and (words[-1].text[-1].isalnum() or words[-1].text[-1] in "?!")

    def look(self, page, place, limit, last):
        rows, other = self.rows(page, place, limit)
        text = [row for row in rows if max(word.size for word in row) >= 0.85 * self.em]
        at = len(text)
        while at > 0 and at > len(text) - 1 and not self.heading(text[at - 1]):
            at -= 1
        if at == 0 or not self.heading(text[at - 1]) or last:
            return
        style, begin = self.heading(text[at - 1]), at - 1
        while begin > 0 and self.heading(text[begin - 1]) == style:
            begin -= 1
        lines, after = text[begin:at], len(text) - at
        size = max(word.size for word in lines[0])
        title = self.frames.headline(lines[0]) and lines[0][0].base < page.first
        if title or len(lines) > (4 if size < HEADLINE * self.em else 1):
            return
        if any(item.foot > lines[-1][0].base for item in other):
            return
        self.found.append((page, place, lines[0], "%d line%s below" % (after, "" if after == 1 else "s")))


# ---- overset ---------------------------------------------------------------

def lies_on(a, b):
    """Do the small letters of two words lie on each other?"""
    size = min(a.size, b.size)
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.base, b.base) - max(a.base - 0.45 * a.size, b.base - 0.45 * b.size)
    for big, small in ((a, b), (b, a)):
        if len(big.text) == 1 and big.size > 1.8 * small.size:     # text follows an initial's shape
            wide -= 0.35 * (big.x1 - big.x0)
    if a.text == b.text and abs(a.x0 - b.x0) < 0.2 * size and abs(a.base - b.base) < 0.2 * size:
        return False                                               # printed twice: a shadow, bold
    return wide > 0.15 * size and high > 0.12 * size


def on_each_other(words):
    found, near = set(), []
    for word in sorted(words, key=lambda word: word.base - 0.45 * word.size):
        near = [other for other in near if other.base > word.base - 0.45 * word.size]
        for other in near:
            if lies_on(word, other):
                found.add(max(word, other, key=lambda one: one.order))
        near.append(word)
    return found


def covered(word, box):
    """The share of a word's small letters that a box covers."""
    wide = min(word.x1, box[2]) - max(word.x0, box[0])
    high = min(word.base, box[3]) - max(word.base - 0.45 * word.size, box[1])
    whole = max(word.x1 - word.x0, 0.01) * 0.45 * word.size
    return max(0.0, wide) * max(0.0, high) / whole


def hidden(page):
    for word in page.words:
        over = any(ink.order > word.order and ink.opaque and ink.kind in ("fill", "picture") and
                   covered(word, (ink.x0, ink.y0, ink.x1, ink.y1)) > 0.5 for ink in page.sheet.inks)
        if over or (word.shown and covered(word, word.shown) < 0.5):
            yield word


def off_the_page(page):
    sheet = page.sheet
    x0, y0, x1, y1 = sheet.trim
    slugs = (x0, y0, x1, y1) != (0, 0, sheet.width, sheet.height)
    for word in page.words:
        outside = word.x1 < x0 or word.x0 > x1 or word.base < y0 or word.top > y1
        if outside:
            lost = word.x0 < -0.5 or word.x1 > sheet.width + 0.5 or word.base < 0 or word.base > sheet.height
            if lost or not slugs:
                yield word
        elif word.x0 < x0 - 0.5 or word.x1 > x1 + 0.5 or word.base > y1 + 0.5 or \
                word.base - 0.45 * word.size < y0 - 0.5:
            yield word


def out_of_column(page, em):
    """Last words of body lines that reach further over a column's edge than hanging marks."""
    for place, strip in enumerate(page.strips):
        beyond = page.strips[place + 1].left if place + 1 < len(page.strips) else float("inf")
        for item in strip.items:
            if not item.line or not strip.left - em < item.x0 < strip.right - em:
                continue
            if strip.right + (HANG + 0.1) * em < item.x1 < beyond + em:
                yield max(item.words, key=lambda word: word.x1)


def out_of_panel(panels, page, em):
    for panel in panels:
        for word in page.words:
            if word.size < 1.3 * em and panel.y0 < word.base - 0.2 * word.size and word.base < panel.y1 and \
               panel.x0 - 1 < word.x0 < panel.x1 - 0.5 * em and word.x1 > panel.x1 + 0.15 * em:
                yield word


def overset(frames, em):
    """(page, word, why), a word once."""
    found = []
    for page in frames.pages:
        told = set()
        for why, words in (("off the page", off_the_page(page)),
                           ("on another word", on_each_other(page.words)),
                           ("hidden", hidden(page)),
                           ("over the column's edge", out_of_column(page, em)),
                           ("out of its box", out_of_panel(frames.panels[page.number], page, em))):
            for word in sorted(words, key=lambda word: word.order):
                if word.order not in told:
                    told.add(word.order)
                    found.append((page, word, why))
    return found
