/* Spans to lines: pieces, then candidates for line ends, then the choice among
 * them, then the lines. */
#include "base/language.h"
#include "base/utf8.h"
#include "type/division.h"
#include "type/font.h"
#include "type/hyphen.h"
#include "type/letter.h"
#include "type/line.h"
#include "type/wordbook.h"

#include <string.h>

enum {
	PENALTY_TWO = 20, /* behind a word of two letters, in Polish and Ukrainian */
	PENALTY_BOUND = 2000, /* at a no-break space or a word of one letter, in an emergency */
	PENALTY_RAGGED = 400, /* a hyphen in ragged text: like a third of a line left empty */
	PENALTY_UNASKED = 3000, /* a hyphen in a text that has none, in an emergency */
	PENALTY_ANYWHERE = 10000, /* within a word, in an emergency */
};

struct type *type_open(const struct layout *l, struct diags *d)
{
	struct arena *a = arena_open();
	struct type *t = NEW(a, struct type);
	t->arena = a;
	t->scratch = arena_open();
	t->layout = l;
	t->diags = d;
	t->fonts = NEW_ARRAY(a, struct font, l->face_count);
	t->buffer = hb_buffer_create();
	t->missing = map_new(a);
	t->languages = map_new(a);
	return t;
}

struct type *type_open_beside(struct type *first, struct diags *d)
{
	if (!first->book) {
		first->book = wordbook_open();
		first->owns_book = true;
	}
	struct type *t = type_open(first->layout, d);
	t->book = first->book;
	return t;
}

void type_forget_told(struct type *t)
{
	t->missing = map_new(t->arena);
	hyphenators_forget_missing(t);
}

void type_close(struct type *t)
{
	if (!t)
		return;
	if (t->owns_book)
		wordbook_close(t->book);
	hb_buffer_destroy(t->buffer);
	font_close_all(t);
	arena_close(t->scratch);
	arena_close(t->arena);
}

struct type_metrics type_metrics(struct type *t, const struct style *s)
{
	const struct font *f = font_of_family(t, s->family, s->weight, s->italic);
	for (size_t i = 0; !f && i < t->layout->fallback_count; i++)
		f = font_of_family(t, t->layout->fallbacks[i], s->weight, s->italic);
	if (!f) /* every face is damaged: the proportions of most romans */
		return (struct type_metrics){ s->size * 4 / 5, s->size / 5, s->size * 7 / 10,
					      s->size / 2 };
	return (struct type_metrics){ unit_scale(f->ascender, s->size, f->units),
				      unit_scale(f->descender, s->size, f->units),
				      unit_scale(f->cap_height, s->size, f->units),
				      unit_scale(f->x_height, s->size, f->units) };
}

/* Collects candidates while walking the pieces. */
struct candidates {
	struct type *type;
	const struct pieces *pieces;
	const struct choice *how;
	bool hyphenate, verbatim;
	int narrowest;
	struct candidate *c;
	size_t count, capacity;
	int64_t width, space; /* of all pieces so far */
	int64_t seen_width, seen_space; /* up to the last that is no space */
	const struct piece *seen; /* that piece */
	bool head; /* nothing seen since the line must have begun */
	bool awaiting_hang; /* the last candidate knows no word behind it yet */
	bool cut; /* there are emergency places */
};

static int scaled(const struct piece *p, int units)
{
	return unit_scale(units, p->size, p->look->font->units);
}

static void push(struct candidates *k, struct candidate c)
{
	PUSH(k->type->scratch, k->c, k->count, k->capacity, c);
}

/* Emergency places in a word at width x of the paragraph, from byte `from` up to `to`. */
static void add_anywhere(struct candidates *k, size_t piece, int64_t x, int64_t space, size_t from,
			 size_t to)
{
	const struct piece *p = &k->pieces->piece[piece];
	const struct word *w = p->word;
	int64_t units = 0;
	if (w->leftwards)
		return;
	for (size_t i = 0; i < w->glyph_count; i++) {
		size_t at = w->glyphs[i].text;
		if (i > 0 && at > from && at < to && at != w->glyphs[i - 1].text) {
			int64_t here = x + scaled(p, (int)units) + p->tracking * (int)i;
			push(k, (struct candidate){ here - p->tracking, here, space, space,
						    PENALTY_ANYWHERE,
						    CANDIDATE_EMERGENCY | CANDIDATE_DIVIDES,
						    piece + 1, (unsigned)at });
		}
		units += w->glyphs[i].advance;
	}
}

/* Emergency places between the last candidate and byte `to` of the piece. */
static void add_emergency(struct candidates *k, size_t piece, size_t to)
{
	const struct candidate *last = &k->c[k->count - 1];
	const struct piece *pieces = k->pieces->piece;
	size_t first = last->piece, from = 0, end = piece;
	if (first > 0 && last->at < pieces[first - 1].word->text.len) {
		first--;
		from = last->at;
	}
	/* Sums at the start of the first piece, walking back from here. */
	int64_t x = k->width, space = k->space;
	for (size_t i = first; i < piece; i++) {
		x -= pieces[i].width;
		space -= pieces[i].kind == PIECE_WORD ? 0 : pieces[i].width;
	}
	for (size_t i = first; i <= end; i++) {
		const struct piece *p = &pieces[i];
		int gap = p->kind == PIECE_WORD ? 0 : p->width;
		if (p->kind == PIECE_WORD)
			add_anywhere(k, i, x, space, i == first ? from : 0,
				     i == end ? to : p->word->text.len);
		else if (p->kind == PIECE_BOUND && i < end && i > first)
			push(k, (struct candidate){ x, x + gap, space, space + gap, PENALTY_BOUND,
						    CANDIDATE_EMERGENCY, i + 1,
						    (unsigned)p->word->text.len });
		x += p->width;
		space += gap;
	}
	k->cut = true;
}

/* Adds a candidate of the piece being walked; k's sums stand at its start for
 * candidates within it, at its end for those behind it. */
static void add(struct candidates *k, struct candidate c, bool behind)
{
	const struct piece *p = &k->pieces->piece[c.piece - 1];
	if (c.end - k->c[k->count - 1].start > k->narrowest) {
		int gap = p->kind == PIECE_WORD ? 0 : p->width;
		if (behind) { /* the walk back wants sums at the piece's start */
			k->width -= p->width;
			k->space -= gap;
		}
		add_emergency(k, c.piece - 1, c.at);
		if (behind) {
			k->width += p->width;
			k->space += gap;
		}
	}
	push(k, c);
	k->awaiting_hang = behind;
}

static int division_penalty(const struct candidates *k, const struct division *v)
{
	if (v->patterns && !k->hyphenate)
		return PENALTY_UNASKED;
	return v->patterns && !k->how->justified ? PENALTY_RAGGED : v->penalty;
}

/* Candidates within the word; k's sums stand at its start. Where nothing is hyphenated, a
 * word that no line is wide enough for is nevertheless, rather than cut anywhere. */
static void add_divisions(struct candidates *k, size_t i)
{
	const struct piece *p = &k->pieces->piece[i];
	struct word *w = p->word;
	bool whole = !p->joined_before && !p->joined_after;
	bool patterns = whole && (k->hyphenate || (!k->verbatim && p->width > k->narrowest));
	if (!w->divided)
		word_divide(k->type, p->look, w, p->span->place);
	for (size_t d = 0; d < w->division_count; d++) {
		const struct division *v = &w->divisions[d];
		if (v->patterns && !patterns)
			continue;
		int64_t end = k->width - p->tracking +
			      piece_measure(p, v->before, (size_t)v->before_glyphs);
		int64_t start =
			k->width + p->width - piece_measure(p, v->after, (size_t)v->after_glyphs);
		if (k->how->justified) {
			end -= scaled(p, v->hang_before);
			start += scaled(p, v->hang_after);
		}
		unsigned flags = CANDIDATE_DIVIDES | (v->hyphen ? CANDIDATE_HYPHEN : 0U);
		bool unasked = v->patterns && !k->hyphenate;
		add(k,
		    (struct candidate){ end, start, k->space, k->space, division_penalty(k, v),
					flags | (unasked ? CANDIDATE_EMERGENCY : 0U), i + 1,
					v->at },
		    false);
	}
}

static int64_t seen_end(const struct candidates *k)
{
	if (!k->seen)
		return k->seen_width;
	int64_t end = k->seen_width - k->seen->tracking;
	return k->how->justified ? end - scaled(k->seen, k->seen->word->hang_right) : end;
}

/* A soft hyphen behind the piece: the word with its hyphen instead. */
static struct candidate soft_hyphen(const struct candidates *k, const struct piece *p,
				    struct candidate c)
{
	struct arena *scratch = k->type->scratch;
	struct str text = str_join(scratch, p->word->text, STR("\u00ad"));
	const struct word *w = look_word(k->type, p->look, text);
	c.end = k->width - p->width + piece_measure(p, w->width, w->glyph_count) - p->tracking;
	if (k->how->justified)
		c.end -= scaled(p, w->hang_right);
	c.penalty = PENALTY_HYPHEN;
	c.flags = CANDIDATE_HYPHEN | CANDIDATE_DIVIDES;
	return c;
}

static void walk_word(struct candidates *k, size_t i)
{
	const struct piece *p = &k->pieces->piece[i];
	if (k->awaiting_hang && k->how->justified)
		k->c[k->count - 1].start += scaled(p, p->word->hang_left);
	k->awaiting_hang = false;
	k->head = false;
	add_divisions(k, i);
	k->width += p->width;
	k->seen = p;
	k->seen_width = k->width;
	k->seen_space = k->space;
}

/* Prepositions and conjunctions would rather stand with the next word; what opens a
 * quotation before them makes no difference. */
static int short_word_penalty(const struct candidates *k)
{
	enum { MARKS_AND_LETTERS = 7 }; /* bytes */
	if (!k->seen)
		return 0;
	struct str language = k->seen->look->language, text = k->seen->word->text;
	size_t letters = 0;
	if (text.len > MARKS_AND_LETTERS)
		return 0;
	for (size_t at = 0; at < text.len;) {
		bool letter = letter_is(utf8_next(text, &at));
		if (!letter && letters)
			return 0;
		letters += letter;
	}
	bool slavic = language_is(language, STR("pl")) || language_is(language, STR("uk"));
	return letters == 1 ? PENALTY_BOUND : letters == 2 && slavic ? PENALTY_TWO : 0;
}

static void walk_piece(struct candidates *k, size_t i)
{
	const struct piece *p = &k->pieces->piece[i];
	if (p->kind == PIECE_WORD) {
		walk_word(k, i);
	} else {
		k->width += p->width;
		k->space += p->width;
		if (k->head && p->kind == PIECE_SPACE) { /* silent at the head of a line */
			k->c[k->count - 1].start = k->width;
			k->c[k->count - 1].start_space = k->space;
			return;
		}
		k->head &= p->kind == PIECE_FORCED;
	}
	if (i + 1 == k->pieces->count || p->kind == PIECE_FORCED || p->end != PIECE_END_NEVER) {
		bool forced = i + 1 == k->pieces->count || p->kind == PIECE_FORCED;
		int penalty = p->kind == PIECE_SPACE ? short_word_penalty(k) : 0;
		struct candidate c = { seen_end(k),
				       k->width,
				       k->seen_space,
				       k->space,
				       forced ? 0 : penalty,
				       forced                     ? CANDIDATE_FORCED
				       : penalty == PENALTY_BOUND ? CANDIDATE_EMERGENCY
								  : 0U,
				       i + 1,
				       (unsigned)p->word->text.len };
		if (!forced && p->end == PIECE_END_SOFT)
			c = soft_hyphen(k, p, c);
		add(k, c, true);
		k->head = forced;
	}
}

static bool has_text(const struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->piece[i].kind != PIECE_SPACE)
			return true;
	return false;
}

static struct candidates collect(struct type *t, const struct pieces *pieces,
				 const struct choice *how, const struct paragraph *p)
{
	struct candidates k = { .type = t,
				.pieces = pieces,
				.how = how,
				.hyphenate = p->hyphenate && p->hyphens_in_row > 0,
				.verbatim = p->verbatim,
				.narrowest = choice_narrowest(how),
				.head = true,
				.awaiting_hang = true };
	/* Behind each other piece a line may end, and at two or three places within. */
	k.capacity = 2 * pieces->count + 8;
	k.c = NEW_ARRAY(t->scratch, struct candidate, k.capacity);
	push(&k, (struct candidate){ 0 });
	for (size_t i = 0; i < pieces->count; i++)
		walk_piece(&k, i);
	return k;
}

/* Tells of the first word that had to be divided anywhere. */
static void report_cut(const struct candidates *k, const struct chosen *ch, struct diags *d)
{
	enum { SHOWN = 40 };
	for (size_t i = 0; i < ch->count; i++) {
		const struct candidate *c = &k->c[ch->ends[i]];
		if (!(c->flags & CANDIDATE_EMERGENCY) || !(c->flags & CANDIDATE_DIVIDES) ||
		    (c->flags & CANDIDATE_HYPHEN))
			continue;
		const struct piece *p = &k->pieces->piece[c->piece - 1];
		struct str word = str_sub(p->word->text, 0, SHOWN);
		while (word.len < p->word->text.len && (p->word->text.ptr[word.len] & 0xC0) == 0x80)
			word.len--;
		diag_report(d, DIAG_UNBREAKABLE, p->span->place, "%.*s%s is wider than its line",
			    STR_ARG(word), word.len < p->word->text.len ? "…" : "");
		return;
	}
}

/* Where a line ends. */
struct line_end {
	unsigned piece, at, flags; /* as of the candidate */
};

struct broken {
	struct pieces pieces;
	struct choice how;
	enum text_align align;
	struct {
		struct line_end *end; /* [0]: the start of the paragraph */
		size_t count;
		int64_t demerits;
		int letters_more;
	} set[LINE_SETS];
};

static void keep_pieces(struct arena *a, struct pieces *p)
{
	struct piece *kept = NEW_ARRAY(a, struct piece, p->count);
	memcpy(kept, p->piece, p->count * sizeof *kept);
	p->piece = kept;
}

static void keep_set(struct arena *a, struct broken *b, enum line_set set,
		     const struct candidates *k, const struct chosen *chosen)
{
	if (!chosen->count)
		return;
	struct line_end *end = NEW_ARRAY(a, struct line_end, chosen->count + 1);
	for (size_t i = 0; i < chosen->count; i++) {
		const struct candidate *c = &k->c[chosen->ends[i]];
		end[i + 1] = (struct line_end){ (unsigned)c->piece, c->at, c->flags };
	}
	b->set[set].end = end;
	b->set[set].count = chosen->count;
	b->set[set].demerits = chosen->demerits;
	b->set[set].letters_more = chosen->letters_more;
}

struct broken *paragraph_choose(struct type *t, struct arena *a, const struct paragraph *p,
				bool others, struct diags *d)
{
	struct broken *b = NEW(a, struct broken);
	struct chosen chosen[LINE_SETS];
	b->pieces = pieces_of(t, p->spans, p->span_count, d);
	b->align = p->align;
	if (has_text(&b->pieces)) {
		b->how = (struct choice){ .boxes = p->boxes,
					  .box_count = p->box_count,
					  .indent = p->indent,
					  .em = b->pieces.piece[0].size,
					  .justified = p->align == TEXT_JUSTIFIED,
					  .balance = p->balance,
					  .hyphens_in_row =
						  p->hyphens_in_row > 0 ? p->hyphens_in_row : 1 };
		struct candidates k = collect(t, &b->pieces, &b->how, p);
		choose_lines(t, k.c, k.count, &b->how, others, chosen);
		if (k.cut)
			report_cut(&k, &chosen[LINES_BEST], d);
		for (int i = 0; i < LINE_SETS; i++)
			keep_set(a, b, (enum line_set)i, &k, &chosen[i]);
	}
	keep_pieces(a, &b->pieces);
	arena_reset(t->scratch);
	return b;
}

size_t broken_count(const struct broken *b, enum line_set set)
{
	return b->set[set].count;
}

int64_t broken_demerits(const struct broken *b, enum line_set set)
{
	return b->set[set].demerits;
}

bool broken_hyphenated(const struct broken *b, enum line_set set, size_t i)
{
	return (b->set[set].end[i + 1].flags & CANDIDATE_HYPHEN) != 0;
}

static struct candidate candidate_of(struct line_end e)
{
	return (struct candidate){ .piece = e.piece, .at = e.at, .flags = e.flags };
}

void broken_spans(const struct broken *b, enum line_set set, size_t i, const struct span **first,
		  const struct span **end)
{
	const struct line_end *from = &b->set[set].end[i], *to = from + 1;
	const struct piece *piece = b->pieces.piece;
	bool within = from->piece > 0 && from->at < piece[from->piece - 1].word->text.len;
	*first = piece[from->piece - within].span;
	*end = piece[to->piece - 1].span + 1;
}

/* The line, its scratch left for the caller to reset. */
static struct line make_line(struct type *t, struct arena *a, const struct broken *b,
			     enum line_set set, size_t i)
{
	struct line_maker m = { t, a, &b->pieces, &b->how, b->align, b->set[set].letters_more };
	struct candidate from = candidate_of(b->set[set].end[i]);
	struct candidate to = candidate_of(b->set[set].end[i + 1]);
	return line_make(&m, &from, &to, i, false);
}

struct line broken_line(struct type *t, struct arena *a, const struct broken *b, enum line_set set,
			size_t i)
{
	struct line l = make_line(t, a, b, set, i);
	arena_reset(t->scratch);
	return l;
}

struct lines paragraph_break(struct type *t, struct arena *a, const struct paragraph *p,
			     struct diags *d)
{
	struct broken *b = paragraph_choose(t, a, p, false, d);
	struct lines lines = { .count = broken_count(b, LINES_BEST),
			       .demerits = broken_demerits(b, LINES_BEST) };
	lines.line = NEW_ARRAY(a, struct line, lines.count);
	for (size_t i = 0; i < lines.count; i++)
		lines.line[i] = make_line(t, a, b, LINES_BEST, i);
	arena_reset(t->scratch);
	return lines;
}

struct line line_set(struct type *t, struct arena *a, const struct span *spans, size_t count,
		     struct diags *d)
{
	struct pieces pieces = pieces_of(t, spans, count, d);
	struct line l = { .last = true };
	if (pieces.count) {
		struct line_maker m = { t, a, &pieces, NULL, TEXT_LEFT, 0 };
		struct candidate from = { 0 };
		struct candidate to = { .flags = CANDIDATE_FORCED, .piece = pieces.count };
		to.at = (unsigned)pieces.piece[pieces.count - 1].word->text.len;
		l = line_make(&m, &from, &to, 0, true);
	}
	arena_reset(t->scratch);
	return l;
}
