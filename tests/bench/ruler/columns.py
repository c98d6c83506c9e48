"""Where columns end, whatever their last ink is.

  1. A page's columns are the strips that its justified body text stands in; text
     wider than two of them is none. A page that shows only some of the columns of
     another page takes over the others: at an article's end they may be empty, or
     hold a picture and no line.
  2. Ink is text of any size, pictures, tinted boxes and rules. No ink are: what fills
     the page or stands beside the columns, white fills, upright hairlines, rotated
     text, folios and other text and rules below the lowest body line of the document, and
     notes at the foot that stand more than two lines below the rest of their column. Text
     ends at its baseline, everything else at its lower edge, but not below the foot.
  3. The foot of the text frame is the lowest of the lines that most columns end on.
  4. What lies across a gutter and both columns beside it is a block: a headline, a
     picture, a table. Blocks with no justified line between them are one. The columns
     above a block are a band, which has ends as the page has.
  5. An article ends on a page when the next page with body text opens another one, or
     there is none, or above a headline on the same page. Its columns should be level,
     and those above a block that nothing follows too. Other pages should be full.
"""
import collections

from ruler.lines import HANG

HEADLINE = 1.6     # times the body's size
JUSTIFIED = 0.35   # of the body's lines: below, equal lines are chance and the document is ragged


class Item:
    """Ink within a page's frame. `line` is set when it is a line of body text."""
    __slots__ = ("x0", "y0", "x1", "foot", "kind", "words", "line")

    def __init__(self, x0, y0, x1, foot, kind, words=(), line=None):
        self.x0, self.y0, self.x1, self.foot = x0, y0, x1, foot
        self.kind, self.words, self.line = kind, list(words), line

    @property
    def text(self):
        return " ".join(word.text for word in self.words) or self.kind


class Strip:
    """A column of a page: its edges, and the ink in it from top to bottom."""

    def __init__(self, left, right):
        self.left, self.right, self.items = left, right, []

    @property
    def width(self):
        return self.right - self.left

    def overlap(self, item):
        return min(item.x1, self.right) - max(item.x0, self.left)


class Block:
    """What lies across two columns or more: from strip `first` to `last`."""

    def __init__(self, item, first, last):
        self.items, self.first, self.last = [item], first, last
        self.top, self.foot = item.y0, item.foot

    def add(self, item):
        self.items.append(item)
        self.top, self.foot = min(self.top, item.y0), max(self.foot, item.foot)


class Ends:
    """The ends of columns that should be level. `by`: strip → lowest ink; `lowest`:
    strip → its item, None when the column is empty."""

    def __init__(self, by, lowest):
        self.by, self.lowest = by, lowest

    @property
    def difference(self):
        return max(self.by.values()) - min(self.by.values())

    @property
    def shortest(self):
        return min(self.by, key=lambda place: (self.by[place], place))


def within(item, box, slack=1.0):
    return item.x0 >= box.x0 - slack and item.x1 <= box.x1 + slack and \
        item.y0 >= box.y0 - slack and item.foot <= box.y1 + slack


class Frames:
    """The columns of a document's pages."""

    def __init__(self, pages, em, pitch):
        self.pages, self.em, self.pitch = pages, em, pitch
        self.panels = {page.number: self.panels_of(page) for page in pages}
        lines = [line for page in pages for line in page.lines]
        if sum(line.full for line in lines) >= JUSTIFIED * len(lines):
            for page in pages:
                page.strips = self.strips_of(page)
            for page in pages:
                self.adopt(page)
        feet = [(lines[-1].base, len(lines)) for page in pages for lines in self.body_of(page)]
        self.floor = max((foot for foot, _ in feet), default=0)
        self.foot = self.find_foot([foot for foot, count in feet if count > 1] or [self.floor])
        for page in pages:
            self.fill(page)
        self.headlines = self.headline_styles()
        for page in pages:
            page.bands = self.bands_of(page)

    # ---- columns -----------------------------------------------------------

    def panels_of(self, page):
        """Tinted boxes: what is set in them is no column of the page."""
        return [ink for ink in page.sheet.inks if ink.kind in ("fill", "frame") and not ink.white and
                ink.height > 2.2 * self.pitch and ink.width > 4 * self.em and not self.background(page, ink)]

    @staticmethod
    def background(page, ink):
        x0, y0, x1, y1 = page.sheet.trim
        wide = min(ink.x1, x1) - max(ink.x0, x0)
        high = min(ink.y1, y1) - max(ink.y0, y0)
        return wide > 0 and high > 0 and wide * high > 0.6 * (x1 - x0) * (y1 - y0)

    def boxed(self, page, line):
        return any(panel.x0 - 1 <= line.x0 and line.x1 <= panel.x1 + 1 and
                   panel.y0 - 1 <= line.base <= panel.y1 + 1 for panel in self.panels[page.number])

    def strips_of(self, page):
        ranges = []
        for column in page.columns:
            lines = [line for block in column for line in block.lines if not self.boxed(page, line)]
            if sum(line.full for line in lines) > 1:
                ranges.append((min(block.left for block in column), column[0].right, len(lines)))
        apart = lambda a, b: a[1] < b[0] + 1 or b[1] < a[0] + 1
        inside = lambda a, b: a[0] > b[0] - self.em and a[1] < b[1] + self.em
        narrow = [wide for wide in ranges
                  if not any(apart(a, b) and inside(a, wide) and inside(b, wide)
                             for a in ranges for b in ranges)]
        taken = []
        for one in sorted(narrow, key=lambda one: (-one[2], one[0])):
            if all(apart(one, other) for other in taken):
                taken.append(one)
        return [Strip(left, right) for left, right, _ in sorted(taken)]

    def adopt(self, page):
        """Takes over the columns of pages that have these and more."""
        same = lambda a, b: abs(a.left - b.left) < 2 and abs(a.right - b.right) < 2
        if not page.strips:
            return
        votes = collections.Counter()
        for other in self.pages:
            if len(other.strips) > len(page.strips) and \
               all(any(same(a, b) for b in other.strips) for a in page.strips):
                votes[tuple((round(strip.left), round(strip.right)) for strip in other.strips)] += 1
        if not votes:
            return
        best = max(sorted(votes), key=lambda key: votes[key])
        extra = [Strip(float(left), float(right)) for left, right in best
                 if not any(abs(left - own.left) < 3 for own in page.strips)]
        page.strips = sorted(page.strips + extra, key=lambda strip: strip.left)

    def body_of(self, page):
        """The body lines in each strip, from top to bottom."""
        found = []
        for strip in page.strips:
            lines = sorted((line for column in page.columns for block in column for line in block.lines
                            if min(line.x1, strip.right) - max(line.x0, strip.left) > 0.5 * (line.x1 - line.x0)
                            and line.x1 < strip.right + 3 * self.em and not self.boxed(page, line)),
                           key=lambda line: line.base)
            if lines:
                found.append(lines)
        return found

    def find_foot(self, feet):
        support = {foot: sum(abs(other - foot) < 0.5 * self.pitch for other in feet) for foot in feet}
        most = max(support.values())
        return max(foot for foot in feet if 2 * support[foot] >= most)

    # ---- ink ---------------------------------------------------------------

    def headline_styles(self):
        """Large type that mostly stands above a page's text or across columns: the other
        is for quotes."""
        votes = collections.Counter()
        for page in self.pages:
            if page.first is None:
                continue
            across = {word for block in page.across for item in block.items for word in item.words}
            for word in page.words:
                if word.size > HEADLINE * self.em and len(word.text) > 1:
                    votes[self.style(word)] += 1 if word.base < page.first or word in across else -1
        return {style for style, balance in votes.items() if balance >= 0}

    @staticmethod
    def style(word):
        return word.family, word.bold, round(word.size)

    def headline(self, words):
        return any(self.style(word) in self.headlines and len(word.text) > 1 for word in words)

    def level(self, foot, top):
        """A box's padding may hang below the foot of the frame."""
        return self.foot if self.foot < foot < self.foot + self.pitch and top < self.foot else foot

    def items_of(self, page):
        items, in_lines = [], {}
        for line in page.lines:
            for word in line.words:
                in_lines[id(word)] = line
            items.append(Item(line.x0, line.base - 0.7 * self.em, line.x1, line.base, "text", line.words, line))
        others = sorted((word for word in page.words if id(word) not in in_lines),
                        key=lambda word: (round(word.base * 5), word.x0))
        piece = []
        for word in others + [None]:
            if piece and (word is None or abs(word.base - piece[-1].base) > 0.3 or word.order < piece[-1].order or
                          not -1 < word.x0 - piece[-1].x1 < 0.6 * max(word.size, piece[-1].size)):
                items.append(Item(piece[0].x0, min(w.top for w in piece), max(w.x1 for w in piece),
                                  max(w.base for w in piece), "text", piece))
                piece = []
            piece.append(word)
        for ink in page.sheet.inks:
            if ink.white or self.background(page, ink) or (ink.width < 2 and ink.height > 2 * self.pitch):
                continue
            items.append(Item(ink.x0, ink.y0, ink.x1, self.level(ink.y1, ink.y0), ink.kind))
        low = self.floor + 0.4 * self.pitch
        return [item for item in items if item.y0 < low or self.rests_below(page, item)]

    def rests_below(self, page, item):
        """Where no text reaches the foot, a picture or a box may stand below it all: one
        that no other page repeats, as it would a sign of the publication."""
        high = item.foot - item.y0 > 2.2 * self.pitch
        return item.kind in ("picture", "fill", "frame") and high and item.foot < page.sheet.trim[3] - 1 and \
            not any(abs(ink.x0 - item.x0) + abs(ink.y0 - item.y0) < 1 for other in self.pages
                    if other is not page for ink in other.sheet.inks)

    def fill(self, page):
        """Gives every strip its ink, and the page the blocks that lie across strips."""
        for item in () if not page.strips else sorted(self.items_of(page), key=lambda item: (item.y0, item.x0)):
            held = [place for place, strip in enumerate(page.strips) if self.holds(strip, item)]
            for place in held:
                page.strips[place].items.append(item)
            if len(held) > 1:
                page.across.append(Block(item, held[0], held[-1]))
        page.notes, page.above_notes = self.notes_of(page)
        self.join(page)

    def holds(self, strip, item):
        """Text belongs to every strip that it stands in; other ink to those that it
        covers a tenth of: it may reach over from beside."""
        if item.kind == "text":
            return strip.overlap(item) > min(0.5 * (item.x1 - item.x0), self.em)
        return strip.overlap(item) > min(0.1 * strip.width, 0.5 * (item.x1 - item.x0))

    def join(self, page):
        """Blocks that no justified line parts are one."""
        joined = []
        for block in page.across:
            for other in reversed(joined):
                alike = (other.first, other.last) == (block.first, block.last)
                if alike and (block.top <= other.foot or
                              not self.text_between(page, other, block)):
                    for item in block.items:
                        other.add(item)
                    break
            else:
                joined.append(block)
        page.across = joined

    def text_between(self, page, upper, lower):
        return any(item.line and item.line.full and upper.foot < item.foot < lower.top + 1
                   for strip in page.strips[upper.first:upper.last + 1] for item in strip.items)

    # ---- ends --------------------------------------------------------------

    def sidebar(self, page, items):
        """Nothing but tinted boxes: no column of running text."""
        panels = [panel for panel in self.panels[page.number]]
        return bool(items) and any(item.kind in ("fill", "frame") for item in items) and \
            all(item.kind in ("fill", "frame") or any(within(item, panel) for panel in panels) for item in items)

    def notes_under(self, page, strip):
        """(notes with their rule, end of what stands above them, height between): small type
        below a rule of its own at the foot of a page. None without."""
        across = {item for block in page.across for item in block.items}
        small = {item for item in strip.items if item.words and item.foot > self.foot - 12 * self.pitch and
                 all(word.size < 0.9 * self.em for word in item.words)}
        rules = {item for item in strip.items if item.kind == "rule" and item not in across}
        last = max((item.foot for item in strip.items if item not in small | rules), default=float("inf"))
        notes = {item for item in small if item.y0 > last}
        over = [item for item in rules if item.y0 > last]
        if notes and len(over) == 1 and over[0].y0 < min(item.foot for item in notes):
            return notes | set(over), last, over[0].y0 - last
        return None

    def notes_of(self, page):
        """Notes that are no end of a column: more than two lines below the rest of it.
        They may run on under the next. And the ends of columns right above notes."""
        found, level = set(), []
        for strip in page.strips:
            under = self.notes_under(page, strip)
            if under and under[2] > 2.2 * self.pitch:
                found |= under[0]
            elif under:
                level.append(under[1])
        return found, level

    def ends(self, page, places, above, below, left_out=()):
        """The ends of columns between two heights; None when there is nothing to compare."""
        by, lowest, runs = {}, {}, 0
        for place in places:
            items = [item for item in page.strips[place].items
                     if item.foot > above + 1 and item.y0 < below - 1 and
                     item not in left_out and item not in page.notes]
            if self.sidebar(page, items):
                continue
            runs = max(runs, sum(bool(item.line) for item in items))
            last = max(items, key=lambda item: item.foot, default=None)
            by[place] = min(last.foot, below) if last else above
            lowest[place] = last
        return Ends(by, lowest) if runs > 1 and by else None

    def bands_of(self, page):
        """(ends, block) of the columns above each block across them."""
        found = []
        for block in page.across:
            places = range(block.first, block.last + 1)
            above = max((other.foot for other in page.across if other is not block and
                         other.foot <= block.top + 1 and other.first <= block.last and
                         block.first <= other.last), default=None)
            if above is None:
                above = self.top_of(page, places, block.top)
            ends = self.ends(page, places, above, block.top, block.items)
            if ends and len(ends.by) > 1:
                found.append((ends, block))
        return found

    def top_of(self, page, places, below):
        """Where the text of a page begins in these columns."""
        tops = [item.y0 for place in places for item in page.strips[place].items
                if item.line and item.y0 < below]
        return min(tops, default=below) - 0.5 * self.em

    def page_ends(self, page):
        everywhere = range(len(page.strips))
        return self.ends(page, everywhere, self.top_of(page, everywhere, self.foot + self.pitch),
                         float("inf")) if page.strips else None

    def opens(self, page):
        return any(word.base < page.first and self.headline([word]) for word in page.words)

    def closes(self, page):
        """Is the page the last of an article?"""
        for after in self.pages[page.number:]:
            if after.strips:
                return self.opens(after)
        return True

    def follows(self, page, block):
        """Does running text follow below a block?"""
        return any(item.line and item.y0 > block.foot - 1
                   for strip in page.strips[block.first:block.last + 1] for item in strip.items)

    def article_ends(self):
        """(page, ends) for each article's end whose columns can be compared."""
        found = []
        for page in self.pages:
            for ends, block in page.bands:
                if self.headline(word for item in block.items for word in item.words):
                    found.append((page, ends))
            ends = self.page_ends(page)
            if ends is None or not self.closes(page):
                continue
            above = [band for band, block in page.bands if not self.follows(page, block) and
                     not self.headline(word for item in block.items for word in item.words)]
            worst = max([ends] + above, key=lambda one: one.difference)
            if len(worst.by) > 1:
                found.append((page, worst))
        return found

    def inner_bands(self):
        """(page, ends) above blocks within an article."""
        return [(page, ends) for page in self.pages for ends, block in page.bands
                if not self.headline(word for item in block.items for word in item.words) and
                (self.follows(page, block) or not self.closes(page))]

    def short_columns(self):
        """(page, place, ends) of columns that stop early where the article goes on, and how
        many columns there were to look at. One that ends level with the text above another's
        notes does not: some set notes below all columns."""
        found, seen = [], 0
        for page in self.pages:
            ends = self.page_ends(page)
            if ends is None or self.closes(page):
                continue
            seen += len(ends.by)
            found += [(page, place, ends) for place, end in ends.by.items()
                      if end < self.foot - self.pitch - 1 and
                      not any(abs(end - other) <= self.pitch for other in page.above_notes)]
        return found, seen
