"""Words to lines, lines to blocks, blocks to columns of justified text.

  1. Body words on one baseline are a row. A gap that the same two edges enclose in
     six rows of a page, and that no word crosses nearby, is a gutter; it ends a line.
     So does a gap between words that were not painted one after the other.
  2. Lines a pitch apart whose left edges agree are a block; the right edge that most
     of its lines share (hanging marks allowed) makes the block justified, and these
     lines are measured. Shorter ones end paragraphs. A block without such an edge is
     ragged and left out, and so is a line that has no neighbour a pitch away:
     headings, captions, tables, list items on their own.
"""
import collections
import re
import statistics

HYPHENS = "-\u2010\u00ad"
HANG = 0.32        # em that marks may hang beyond an edge
MARKER = re.compile(r"^([•–\u2023\u25aa*]|\(?\w{1,3}[.)])$")   # what a list item begins with


class Line:
    """Words on one baseline within one column."""

    def __init__(self, words, base):
        self.words, self.base = words, base
        self.x0, self.x1 = words[0].x0, max(word.x1 for word in words)
        self.full = False

    @property
    def text(self):
        return " ".join(word.text for word in self.words)

    def gaps(self, em):
        """Gaps between words; pieces of one word stand closer than 0.05 em."""
        between = [b.x0 - a.x1 for a, b in zip(self.words, self.words[1:])]
        return [gap / em for gap in between if gap > 0.05 * em]

    def hyphenated(self):
        last = self.words[-1].text
        return len(last) > 1 and last[-1] in HYPHENS and last[-2].isalpha()

    def one_letter(self):
        """A single letter of any script, also after an opening mark; no initial or sign."""
        return bool(re.fullmatch(r"[^\w]*[^\W\d_]", self.words[-1].text))


class Block:
    """Successive lines with one left edge; `right` is None when they are ragged."""

    def __init__(self, line):
        self.lines, self.left, self.right = [line], line.x0, None


def modal(values, step):
    """The most frequent value on a raster, weights being the second of each pair."""
    heap = collections.Counter()
    for value, weight in values:
        heap[round(value / step)] += weight
    if not heap:
        return None
    best = max(sorted(heap), key=lambda key: heap[key])
    near = [(value, weight) for value, weight in values if abs(value - best * step) <= step]
    return sum(value * weight for value, weight in near) / sum(weight for _, weight in near)


def rows_of(words):
    """Words on one baseline, from top to bottom, each from left to right."""
    rows = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= 0.2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def find_pitch(pages_rows, em):
    steps = []
    for rows in pages_rows:
        for i, row in enumerate(rows):
            for below in rows[i + 1:i + 4]:
                step = below[0].base - row[0].base
                if 0.9 * em < step < 2.5 * em and \
                   any(a.x0 < b.x1 and b.x0 < a.x1 for a in row for b in below):
                    steps.append((step, 1))
                    break
    return modal(steps, 0.1) or 1.3 * em


def gutters_of(pages_rows, em):
    """Strips between pairs of edges that enclose a wide gap in many rows of a page."""
    best = collections.Counter()
    for rows in pages_rows:
        seen = collections.Counter((round(a.x1 / 2), round(b.x0 / 2)) for row in rows
                                   for a, b in zip(row, row[1:]) if b.x0 - a.x1 > 0.6 * em)
        for right, left in seen:
            near = sum(seen[(right + i, left + j)] for i in (-1, 0, 1) for j in (-1, 0, 1))
            if near >= max(6, 0.12 * len(rows)):
                best[(right, left)] = max(best[(right, left)], seen[(right, left)])
    found = []
    for (right, left), _ in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        strip = (right * 2 + HANG * em, left * 2 - HANG * em)
        known = any(abs(strip[0] - s[0]) < 3 and abs(strip[1] - s[1]) < 3 for s in found)
        if strip[1] - strip[0] > 0.2 * em and not known:
            found.append(strip)
    return found


def painted_apart(a, b, order):
    """Were other body words painted between two neighbours of a row?"""
    return abs(order[b] - order[a]) > 1


def gutters_here(rows, gutters):
    """The same gutters, each with whether five rows of a page have their gap in it."""
    return [(left, right, sum(any(a.x1 <= left + 0.1 and b.x0 >= right - 0.1 and b.x0 - a.x1 < 2 * (right - left) + 20
                                  for a, b in zip(row, row[1:])) for row in rows) > 4)
            for left, right in gutters]


def free(strip, rows):
    return not any(word.x0 < strip[1] and word.x1 > strip[0] for row in rows for word in row)


def split_row(row, rows, gutters, em, pitch, order):
    """A row's words by columns. gutters: (left, right, whether the page has it)."""
    parts = [[row[0]]]
    near = [other for other in rows if abs(other[0].base - row[0].base) < 2.6 * pitch]
    others = [other for other in near if other is not row]
    for a, b in zip(row, row[1:]):
        gap, apart = b.x0 - a.x1, painted_apart(a, b, order)
        item = len(parts[-1]) == 1 and MARKER.match(a.text)
        ends = gap > 2.5 * em or (apart and gap > 0.6 * em and not item)
        for left, right, here in gutters:
            if not ends and gap > 0.6 * em and a.x1 <= left + 0.1 and b.x0 >= right - 0.1:
                ends = free((left, right), near)
            elif here and not (ends or item) and a.x1 > left and abs(b.x0 - HANG * em - right) < 1.1:
                ends = apart or free((left, right), others)     # a line runs into the gutter
        if ends:
            parts.append([])
        parts[-1].append(b)
    return parts


def attach(parts, base, strangers, em):
    """Adds to each part the words of other fonts that stand in its line."""
    for word in strangers:
        if not base - 0.7 * em < word.base < base + 0.3 * em or word.size > 1.3 * em:
            continue
        for part in parts:
            if any(-0.1 * em < word.x0 - other.x1 < 0.5 * em or
                   -0.1 * em < other.x0 - word.x1 < 0.5 * em for other in part):
                part.append(word)
                part.sort(key=lambda item: item.x0)
                break
    return parts


def blocks_of(lines, em, pitch):
    """Lines a pitch apart whose left edges agree, indents allowed."""
    blocks = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        home = None
        for block in blocks:
            last = block.lines[-1]
            step = line.base - last.base
            beside = line.x0 < last.x1 and last.x0 < line.x1
            if 0.8 * pitch < step < 1.2 * pitch and beside and -3 * em < line.x0 - block.left < 3.2 * em:
                home = block
        if home:
            home.lines.append(line)
            home.left = min(home.left, line.x0)
        else:
            blocks.append(Block(line))
    return blocks


def in_a_row(lines, edge, hang):
    """The most successive lines that reach an edge."""
    most = row = 0
    for line in lines:
        row = row + 1 if abs(line.x1 - edge) <= hang else 0
        most = max(most, row)
    return most


def justify(blocks, em):
    """Finds the right edges. Blocks of one column share theirs: a short one between
    two headings is judged by its neighbours above and below. Four lines in a row that
    end together are justified even above a long ragged list."""
    hang = HANG * em
    for block in blocks:
        block.left = modal([(line.x0, 1) for line in block.lines], 1.0)
        kin = [line for other in blocks for line in other.lines
               if abs(min(l.x0 for l in other.lines) - min(l.x0 for l in block.lines)) < hang]
        for lines, least in ((block.lines, 0.5), (kin, 0.4)):
            counts = collections.Counter(round(line.x1) for line in lines)
            edge = max(sorted(counts), key=lambda x: sum(counts[x + i] for i in (-1, 0, 1)))
            inside = [line for line in lines if abs(line.x1 - edge) <= 1.5]
            if len(inside) >= 3 and (len(inside) >= least * len(lines) or
                                     in_a_row(block.lines, edge, hang) >= 4):
                block.right = statistics.median(line.x1 for line in inside)
                break
        if block.right is None:
            continue
        overhang = [line for line in block.lines if line.x1 > block.right + hang]
        if len(overhang) > 0.1 * len(block.lines):
            block.right = None
            continue
        for line in block.lines:
            line.full = abs(line.x1 - block.right) <= hang and len(block.lines) > 1


def columns_of(blocks, em):
    """Blocks with the same edges, from top to bottom, as one column."""
    columns = []
    for block in [block for block in blocks if block.right is not None]:
        for column in columns:
            if abs(column[0].right - block.right) < HANG * em and \
               abs(column[0].left - block.left) < 3.2 * em:
                column.append(block)
                break
        else:
            columns.append([block])
    for column in columns:
        column.sort(key=lambda block: block.lines[0].base)
    return sorted(columns, key=lambda column: column[0].left)


class Page:
    """A sheet and the body text on it."""

    def __init__(self, sheet, body, lines, em, pitch):
        self.sheet, self.number, self.words, self.body = sheet, sheet.number, sheet.words, body
        self.lines, self.blocks = lines, blocks_of(lines, em, pitch)
        justify(self.blocks, em)
        self.columns = columns_of(self.blocks, em)
        self.strips, self.across, self.bands = [], [], []               # see columns.py
        self.notes, self.above_notes = set(), []

    @property
    def first(self):
        """The first baseline of justified text."""
        return min((column[0].lines[0].base for column in self.columns), default=None)


def pages_of(sheets, family, em):
    """Pages, the pitch of the body's baselines."""
    bodies = [[word for word in sheet.words if word.family == family and
               abs(word.size - em) < 0.1] for sheet in sheets]
    rows = [rows_of(body) for body in bodies]
    pitch = find_pitch(rows, em)
    gutters = gutters_of(rows, em)
    pages = []
    for sheet, body, own in zip(sheets, bodies, rows):
        inside = {id(word) for word in body}
        others = [word for word in sheet.words if id(word) not in inside]
        here = gutters_here(own, gutters)
        order = {word: place for place, word in enumerate(sorted(body, key=lambda word: word.order))}
        lines = []
        for row in own:
            parts = split_row(row, own, here, em, pitch, order)
            lines += [Line(part, row[0].base) for part in attach(parts, row[0].base, others, em)]
        pages.append(Page(sheet, body, lines, em, pitch))
    return pages, pitch
