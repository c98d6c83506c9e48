/* Makes a line: which parts of which words stand on it, how far its spaces and
 * letters stretch, where its runs begin.
 *
 * A line that begins or ends within a word shows the word's half: its glyphs, cut
 * where nothing ties them to the other half, else shaped anew with its hyphen, so that
 * kerning and ligatures are those of what is seen. Positions are
 * rounded from running sums, so that the last glyph of a justified line stands
 * where the box ends, to a thousandth of a point. */
#include "type/line.h"

#include "base/utf8.h"
#include "type/division.h"

#include <string.h>

/* A word of the line, or a part of one. */
struct part {
	const struct piece *piece;
	const struct word *word;
	size_t first, end; /* glyphs of the word */
	size_t from, to; /* bytes of the word's text */
	int hang_left, hang_right; /* font units */
	bool blank; /* a space */
	bool continued; /* by the next part, of the same word */
	bool silent; /* a space at an end of the line: takes no room */
};

struct making {
	const struct line_maker *m;
	const struct candidate *from, *to;
	struct part *parts;
	size_t count, capacity;
	size_t head, tail; /* parts from head up to tail are seen */
	int64_t letters, spaces; /* natural widths */
	int64_t joints; /* places between letters of a word, where they may be spaced */
	int expansion; /* of letters: 1000 is none */
	int64_t spacing; /* to be shared among the joints: */
	int64_t spacing_share, spacing_rest; /* per joint, and what that leaves */
	int64_t extra; /* to be shared among the spaces */
};

/* Adds a word, or the stretch of it from byte `from` up to `to` as it was shaped. */
static struct part *push_part(struct making *k, const struct piece *p, const struct word *w,
			      size_t from, size_t to)
{
	struct part part = { .piece = p,
			     .word = w,
			     .end = w->glyph_count,
			     .from = from,
			     .to = to,
			     .hang_left = from > 0 ? 0 : w->hang_left,
			     .hang_right = to < w->text.len ? 0 : w->hang_right,
			     .blank = p->kind != PIECE_WORD };
	if (from > 0 || to < w->text.len) {
		while (part.first < part.end && w->glyphs[part.first].text < from)
			part.first++;
		while (part.end > part.first && w->glyphs[part.end - 1].text >= to)
			part.end--;
	}
	PUSH(k->m->type->scratch, k->parts, k->count, k->capacity, part);
	return &k->parts[k->count - 1];
}

/* Who chose the line may be at work on another by now, with the look it was chosen in. */
static struct look *own_look(const struct making *k, const struct piece *p)
{
	return look_own(k->m->type, p->look);
}

/* The part of piece p from byte `from` up to `to` shaped anew, with a hyphen where asked. */
static void push_shaped(struct making *k, const struct piece *p, size_t from, size_t to,
			bool hyphen)
{
	size_t len = to - from;
	char *text = arena_alloc(k->m->type->scratch, len + 4);
	memcpy(text, p->word->text.ptr + from, len);
	if (hyphen)
		len += utf8_encode(0x00AD, text + len);
	const struct word *w = look_word(k->m->type, own_look(k, p), (struct str){ text, len });
	push_part(k, p, w, 0, len);
}

/* The same where the divisions at both ends let the word be cut: its glyphs, and its
 * last letter with the hyphen. */
static void push_sliced(struct making *k, const struct piece *p, size_t from, size_t to,
			const struct division *head, const struct division *tail, bool hyphen)
{
	size_t letter = to;
	const struct word *last =
		hyphen ? word_last_letter(k->m->type, own_look(k, p), p->word, to, &letter) : NULL;
	if (letter > from) {
		struct part *part = push_part(k, p, p->word, from, letter);
		part->continued = hyphen;
		part->hang_left = head ? head->hang_after : part->hang_left;
		part->hang_right = tail ? tail->hang_before : part->hang_right;
	}
	if (last) {
		struct part *part = push_part(k, p, last, 0, last->text.len);
		if (letter <= from) /* the half is this letter alone */
			part->hang_left = head ? head->hang_after : part->hang_left;
	}
}

static void add_part(struct making *k, const struct piece *p, size_t from, size_t to, bool hyphen,
		     bool as_shaped)
{
	const struct word *w = p->word;
	if (as_shaped || (from == 0 && to == w->text.len && !hyphen)) {
		push_part(k, p, w, from, to);
		return;
	}
	const struct division *head = from > 0 ? word_division(w, from) : NULL;
	const struct division *tail = to < w->text.len ? word_division(w, to) : NULL;
	bool sliced = (from == 0 || (head && head->sliced)) && (tail ? tail->sliced : !hyphen);
	if (sliced)
		push_sliced(k, p, from, to, head, tail, hyphen);
	else
		push_shaped(k, p, from, to, hyphen);
}

/* Cut where nobody would divide it. */
static bool is_cut(const struct candidate *c)
{
	return (c->flags & CANDIDATE_EMERGENCY) && !(c->flags & CANDIDATE_HYPHEN);
}

/* Whether the stretch of a word shows the glyphs of the whole: cut anywhere, at one
 * end at least, and divided with a hyphen at none. */
static bool is_as_shaped(const struct making *k, const struct piece *p, size_t start, size_t end)
{
	bool head = start > 0, tail = end < p->word->text.len;
	return (head || tail) && (!head || is_cut(k->from)) && (!tail || is_cut(k->to));
}

static void gather(struct making *k)
{
	const struct candidate *from = k->from, *to = k->to;
	const struct piece *pieces = k->m->pieces->piece;
	bool hyphen = (to->flags & CANDIDATE_HYPHEN) != 0;
	size_t i = from->piece, start = 0;
	if (i > 0 && from->at < pieces[i - 1].word->text.len) {
		i--;
		start = from->at;
	}
	for (; i < to->piece; i++) {
		const struct piece *p = &pieces[i];
		size_t end = p->word->text.len;
		bool ends = i + 1 == to->piece;
		if (ends && to->at < end)
			end = to->at;
		if (end > start || end == p->word->text.len)
			add_part(k, p, start, end, ends && hyphen, is_as_shaped(k, p, start, end));
		start = 0;
	}
}

static int part_width(const struct part *p, int expansion)
{
	if (p->silent)
		return 0;
	const struct piece *piece = p->piece;
	bool whole = p->first == 0 && p->end == p->word->glyph_count;
	int64_t units = whole ? p->word->width : 0;
	for (size_t i = p->first; !whole && i < p->end; i++)
		units += p->word->glyphs[i].advance;
	int width = unit_scale((int)units, piece->size, piece->look->font->units);
	if (expansion != 1000 && !p->blank)
		width = unit_scale(width, expansion, 1000);
	return width + piece->tracking * (int)(p->end - p->first);
}

/* Whether letters may move apart behind glyph i of the part: not within a
 * cluster, not in scripts whose letters join. */
static bool is_joint(const struct part *p, size_t i)
{
	if (p->blank || p->word->leftwards)
		return false;
	if (i + 1 == p->end)
		return p->continued;
	return p->word->glyphs[i].text != p->word->glyphs[i + 1].text;
}

/* Spaces at both ends are silent; the others are counted. */
static void measure(struct making *k)
{
	k->head = 0;
	k->tail = k->count;
	while (k->tail > 0 && k->parts[k->tail - 1].blank)
		k->parts[--k->tail].silent = true;
	/* A no-break space at the head is the author's own indent. */
	while (k->head < k->tail && k->parts[k->head].piece->kind == PIECE_SPACE)
		k->parts[k->head++].silent = true;
	for (size_t i = k->head; i < k->tail; i++) {
		const struct part *p = &k->parts[i];
		*(p->blank ? &k->spaces : &k->letters) += part_width(p, 1000);
		for (size_t g = p->first; g < p->end; g++)
			k->joints += is_joint(p, g);
	}
}

/* Tracking behind the last letter is not seen. */
static int tail_tracking(const struct making *k)
{
	return k->tail > k->head ? k->parts[k->tail - 1].piece->tracking : 0;
}

static int hang(const struct making *k, bool left)
{
	if (k->m->align != TEXT_JUSTIFIED || k->head == k->tail)
		return 0;
	const struct part *p = &k->parts[left ? k->head : k->tail - 1];
	return unit_scale(left ? p->hang_left : p->hang_right, p->piece->size,
			  p->piece->look->font->units);
}

static int64_t clamp(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

/* What letters give of what is missing, in the steps that choose.c counts with. */
static int64_t letters_share(const struct making *k, int64_t missing)
{
	int64_t first = k->spaces * SPACES_FIRST / 100, next = k->spaces * SPACES_NEXT / 100;
	int64_t most = k->letters * LETTERS / 1000, more = k->letters * k->m->letters_more / 1000;
	int64_t share = clamp(missing - clamp(missing, -first, first), -most, most);
	int64_t rest = missing - clamp(missing, -next - most, next + most);
	return share + clamp(rest, -more, more);
}

/* Shares what the line lacks between letters and spaces: letters give by their
 * widths in steps of 1/200 up to 2 %, then by their distances. A line without
 * spaces only ever becomes narrower: letters set apart to fill it would shout. */
static void justify(struct making *k, int64_t width)
{
	enum { STEP = 5, EXPANSION = 20 };
	int64_t missing = width - k->letters - k->spaces, expanded = 0;
	if ((k->spaces == 0 && missing >= 0) || k->letters <= 0)
		return;
	int64_t wanted = letters_share(k, missing);
	int64_t steps = clamp(1000 * wanted / k->letters, -EXPANSION, EXPANSION) / STEP;
	k->expansion = 1000 + (int)steps * STEP;
	for (size_t i = k->head; i < k->tail; i++)
		if (!k->parts[i].blank)
			expanded += part_width(&k->parts[i], k->expansion);
	if (k->joints) {
		k->spacing = wanted - (expanded - k->letters);
		k->spacing_share = k->spacing / k->joints;
		k->spacing_rest = k->spacing % k->joints;
	}
	k->letters = expanded;
	k->extra = width - k->letters - k->spacing - k->spaces;
}

/* Where the pen is while a line's glyphs are written. */
struct pen {
	struct line *line;
	struct glyph *glyph;
	char *text;
	int64_t x; /* from the line's start */
	int64_t spaces_before; /* natural width of the spaces passed */
	int64_t joints_rest; /* of the spacing, not yet given to a joint, in joints */
};

/* What stands between the letters of a run, 1/1000 of 1/1000 pt. */
static int letter_space(const struct making *k, const struct part *p)
{
	int64_t shared = k->joints ? 1000 * k->spacing / k->joints : 0;
	return (int)shared + 1000 * p->piece->tracking;
}

static struct line_run *run_for(const struct making *k, struct pen *pen, const struct part *p,
				int start_x)
{
	struct line *l = pen->line;
	const struct span *s = p->piece->span;
	const struct font *f = p->piece->look->font;
	struct line_run *last = l->run_count ? &l->runs[l->run_count - 1] : NULL;
	if (last && last->span == s && last->glyphs.face == f->face &&
	    last->glyphs.text.len + p->to - p->from <= RUN_LONGEST)
		return last;
	struct line_run *r = &l->runs[l->run_count++];
	r->span = s;
	r->glyphs = (struct glyph_run){ .face = f->face,
					.size = p->piece->size,
					.stretch = k->expansion,
					.letter_space = letter_space(k, p),
					.x = start_x + (int)pen->x,
					.y = -s->rise,
					.colour = s->colour ? s->colour : s->style->colour,
					.style = s->style,
					.glyphs = pen->glyph,
					.text = { pen->text, 0 } };
	return r;
}

/* Width of a space with its share of the extra room. */
static int space_width(const struct making *k, struct pen *pen, const struct part *p)
{
	int natural = part_width(p, 1000);
	if (p->silent || k->spaces == 0)
		return natural;
	int64_t before = k->extra * pen->spaces_before / k->spaces;
	pen->spaces_before += natural;
	return natural + (int)(k->extra * pen->spaces_before / k->spaces - before);
}

/* The share of a joint in the line's letter spacing: a whole number, and one more
 * whenever the rests make one. */
static int joint_width(const struct making *k, struct pen *pen)
{
	int64_t share = k->spacing_share;
	pen->joints_rest += k->spacing_rest;
	if (pen->joints_rest >= k->joints) {
		pen->joints_rest -= k->joints;
		share++;
	} else if (pen->joints_rest <= -k->joints) {
		pen->joints_rest += k->joints;
		share--;
	}
	return (int)share;
}

static void write_space(const struct making *k, struct pen *pen, const struct part *p)
{
	int width = space_width(k, pen, p);
	for (size_t i = p->first; i < p->end; i++)
		pen->glyph++->advance = i + 1 == p->end ? width : 0;
	pen->x += width;
}

/* Advances as differences of rounded sums: rounding never adds up. */
static void write_letters(const struct making *k, struct pen *pen, const struct part *p)
{
	const struct piece *piece = p->piece;
	int units = piece->look->font->units, size = piece->size, done = 0, sum = 0;
	bool stretched = k->expansion != 1000;
	for (size_t i = p->first; i < p->end; i++) {
		sum += p->word->glyphs[i].advance;
		int reached = unit_scale(sum, size, units);
		if (stretched)
			reached = unit_scale(reached, k->expansion, 1000);
		int advance = reached - done + piece->tracking;
		if (k->spacing && is_joint(p, i))
			advance += joint_width(k, pen);
		done = reached;
		pen->glyph++->advance = advance;
		pen->x += advance;
	}
}

static void write_part(const struct making *k, struct pen *pen, const struct part *p, int start_x)
{
	int units = p->piece->look->font->units, size = p->piece->size;
	struct line_run *r = run_for(k, pen, p, start_x);
	unsigned base = (unsigned)r->glyphs.text.len;
	struct glyph *glyph = pen->glyph;
	for (size_t i = p->first; i < p->end; i++, glyph++) {
		const struct word_glyph *g = &p->word->glyphs[i];
		glyph->id = g->id;
		glyph->text = (unsigned short)(base + g->text - (unsigned)p->from);
		if (g->dx)
			glyph->dx = unit_scale(unit_scale(g->dx, size, units), k->expansion, 1000);
		if (g->dy)
			glyph->dy = unit_scale(g->dy, size, units);
	}
	if (p->blank)
		write_space(k, pen, p);
	else
		write_letters(k, pen, p);
	r->glyphs.glyph_count += p->end - p->first;
	size_t len = p->to - p->from;
	memcpy(pen->text, p->word->text.ptr + p->from, len);
	pen->text += len;
	r->glyphs.text.len += len;
}

static void write_line(const struct making *k, struct line *l)
{
	struct arena *a = k->m->arena;
	size_t glyphs = 0, bytes = 0, runs = 0;
	for (size_t i = 0; i < k->count; i++) {
		const struct part *p = &k->parts[i];
		glyphs += p->end - p->first;
		bytes += p->to - p->from;
		runs += i == 0 || k->parts[i - 1].piece->span != p->piece->span ||
			k->parts[i - 1].piece->look->font != p->piece->look->font;
	}
	runs += bytes / (RUN_LONGEST / 2); /* pieces are far shorter */
	l->runs = NEW_ARRAY(a, struct line_run, runs);
	struct pen pen = { .line = l,
			   .glyph = NEW_ARRAY(a, struct glyph, glyphs),
			   .text = NEW_ARRAY(a, char, bytes) };
	for (size_t i = 0; i < k->count; i++)
		write_part(k, &pen, &k->parts[i], l->x);
	l->width = (int)pen.x - tail_tracking(k);
}

/* The last line is set full when next to nothing is missing. */
static bool is_justified(const struct making *k, bool last, int64_t room)
{
	int64_t missing = room - k->letters - k->spaces;
	if (k->m->align != TEXT_JUSTIFIED)
		return false;
	if (!last || missing < 0)
		return true;
	return missing <= k->m->how->em && missing <= k->spaces / 3;
}

static int aligned_x(enum text_align align, int64_t missing)
{
	if (missing <= 0)
		return 0;
	return align == TEXT_CENTRED ? (int)(missing / 2) : align == TEXT_RIGHT ? (int)missing : 0;
}

struct line line_make(const struct line_maker *m, const struct candidate *from,
		      const struct candidate *to, size_t n, bool natural)
{
	struct making k = { .m = m, .from = from, .to = to, .expansion = 1000 };
	struct line l = { .hyphenated = (to->flags & CANDIDATE_HYPHEN) != 0,
			  .last = (to->flags & CANDIDATE_FORCED) != 0 };
	gather(&k);
	measure(&k);
	if (!natural) {
		const struct choice *how = m->how;
		int width = choice_width(how, n), left = hang(&k, true), right = hang(&k, false);
		int64_t room = (int64_t)width + left + right + tail_tracking(&k);
		l.measure = how->boxes[n < how->box_count ? n : how->box_count - 1].width;
		l.x = how->boxes[n < how->box_count ? n : how->box_count - 1].x - left +
		      (n == 0 ? how->indent : 0);
		if (is_justified(&k, l.last, room))
			justify(&k, room);
		l.x += aligned_x(m->align, room - k.letters - k.spaces - k.spacing - k.extra);
		write_line(&k, &l);
		l.overfull = l.width > width + left + right;
	} else {
		write_line(&k, &l);
		l.measure = l.width;
	}
	return l;
}
