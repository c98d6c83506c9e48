/* Itemises: cuts spans where a space stands, where the font or the script
 * changes, and where the text says that a line may end (U+00AD, U+200B); looks
 * every piece up as a word.
 *
 * Characters that only speak about line ends (U+00AD, U+200B, U+2060, U+FEFF,
 * carriage returns) leave no piece. The text of a style in capitals is put in
 * capitals first: it is what readers will see, hear and copy. */
#include "type/pieces.h"

#include "base/utf8.h"
#include "type/letter.h"
#include "type/linebreak.h"

#include <string.h>

enum {
	TEXT_CEILING = 256 * 1024 * 1024,
	PIECE_LONGEST = 4096, /* bytes: longer words are several pieces */
	PIECE_USUAL = 3, /* bytes: a word and a space are two pieces */
	PIECES_LEAST = 8,
};

struct itemising {
	struct type *type;
	struct diags *diags;
	struct buf text; /* of all spans, as displayed */
	char *ends; /* line_ends of it */
	struct piece *piece;
	size_t count, capacity;
	/* The word being gathered. */
	size_t start; /* in text */
	struct look *look;
	hb_script_t script;
	/* The span being read. */
	const struct span *span;
	struct font *font;
	struct look *base;
	int weight, size, tracking;
	bool italic;
	uint32_t before; /* the character before, or 0 */
};

int piece_measure(const struct piece *p, int units, size_t glyphs)
{
	return unit_scale(units, p->size, p->look->font->units) + p->tracking * (int)glyphs;
}

static void add(struct itemising *it, enum piece_kind kind, struct look *l, struct str text)
{
	struct piece p = { .kind = (unsigned char)kind,
			   .span = it->span,
			   .look = l,
			   .size = it->size,
			   .tracking = it->tracking };
	p.word = look_word(it->type, l, text);
	p.width = kind == PIECE_FORCED ? 0 : piece_measure(&p, p.word->width, p.word->glyph_count);
	PUSH(it->type->scratch, it->piece, it->count, it->capacity, p);
}

static struct str word_text(const struct itemising *it, size_t end)
{
	return str_sub(buf_str(&it->text), it->start, end - it->start);
}

/* Ends the word that was being gathered; the next one starts at `next`. */
static void end_word(struct itemising *it, size_t end, size_t next)
{
	if (end > it->start) {
		add(it, PIECE_WORD, it->look, word_text(it, end));
		if (it->ends[end - 1] == LINE_END_MAY)
			it->piece[it->count - 1].end = PIECE_END_MAY;
	}
	it->start = next;
	it->script = HB_SCRIPT_COMMON;
}

/* Remembers that a letter stands on both sides of a cut. */
static void join(struct itemising *it, uint32_t c)
{
	if (!letter_is(it->before) || !letter_is(c) || it->count == 0)
		return;
	it->piece[it->count - 1].joined_after = true;
}

static void report_missing(struct itemising *it, uint32_t c, struct str utf8)
{
	struct type *t = it->type;
	if (map_find(t->missing, utf8))
		return;
	map_put(t->missing, utf8, t);
	diag_report(it->diags, DIAG_GLYPH_MISSING, it->span->place, "U+%04X %.*s (%.*s)",
		    (unsigned)c, STR_ARG(utf8), STR_ARG(it->span->style->name));
}

static hb_script_t script_of(uint32_t c)
{
	if (c < 0x80)
		return letter_is(c) ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
	if (c >= 0xC0 && c < 0x250)
		return HB_SCRIPT_LATIN;
	hb_script_t s = hb_unicode_script(hb_unicode_funcs_get_default(), c);
	return s == HB_SCRIPT_INHERITED || s == HB_SCRIPT_UNKNOWN ? HB_SCRIPT_COMMON : s;
}

static bool is_mark(uint32_t c)
{
	return letter_is_invisible(c) ||
	       (c >= 0x300 && hb_unicode_combining_class(hb_unicode_funcs_get_default(), c));
}

/* The look for a character of a word; marks stay with what they mark. */
static struct look *look_for(struct itemising *it, uint32_t c, bool in_word, struct str utf8)
{
	if (in_word && is_mark(c))
		return it->look;
	if (font_shown(it->font, c))
		return it->base;
	struct font *f = font_for(it->type, it->font, it->weight, it->italic, c);
	if (!f) {
		report_missing(it, c, utf8);
		f = font_for(it->type, it->font, it->weight, it->italic, UTF8_REPLACEMENT);
	}
	return f && f != it->font ? look_find(it->type, f, it->span->style, it->base->language)
				  : it->base;
}

static void read_word_character(struct itemising *it, uint32_t c, size_t here, size_t behind)
{
	bool in_word = here > it->start;
	struct look *l = look_for(it, c, in_word, str_sub(buf_str(&it->text), here, behind - here));
	hb_script_t script = script_of(c);
	bool other = script != HB_SCRIPT_COMMON && it->script != HB_SCRIPT_COMMON &&
		     script != it->script;
	bool long_enough = here - it->start >= PIECE_LONGEST && !is_mark(c);
	if (in_word && (l != it->look || other || long_enough))
		end_word(it, here, here);
	if (it->start == here)
		join(it, c);
	it->look = l;
	if (script != HB_SCRIPT_COMMON)
		it->script = script;
}

static void read_character(struct itemising *it, uint32_t c, size_t here, size_t behind)
{
	switch (c) {
	case ' ':
	case '\t':
	case 0x00A0:
		end_word(it, here, behind);
		add(it, c == 0x00A0 ? PIECE_BOUND : PIECE_SPACE, it->base,
		    c == 0x00A0 ? STR("\u00a0") : STR(" "));
		if (it->ends[behind - 1] == LINE_END_MAY)
			it->piece[it->count - 1].end = PIECE_END_MAY;
		break;
	case '\n':
	case 0x2028:
	case 0x2029:
		end_word(it, here, behind);
		add(it, PIECE_FORCED, it->base, STR(" "));
		break;
	case 0x00AD:
	case 0x200B:
	case 0x2060:
	case 0xFEFF:
	case '\r':
		end_word(it, here, behind);
		if (it->count && it->piece[it->count - 1].kind == PIECE_WORD && c != '\r')
			it->piece[it->count - 1].end = c == 0x00AD   ? PIECE_END_SOFT
						       : c == 0x200B ? PIECE_END_MAY
								     : PIECE_END_NEVER;
		return; /* it->before: letters on both sides are still one word */
	default:
		read_word_character(it, c, here, behind);
		break;
	}
	it->before = c;
}

static void start_span(struct itemising *it, const struct span *s)
{
	it->span = s;
	it->weight = s->weight ? s->weight : s->style->weight;
	it->italic = s->italic || s->style->italic;
	it->size = s->size ? s->size : s->style->size;
	it->tracking = unit_scale(s->style->tracking, it->size, 1000);
	it->font = font_of_family(it->type, s->style->family, it->weight, it->italic);
	for (size_t i = 0; !it->font && i < it->type->layout->fallback_count; i++)
		it->font = font_of_family(it->type, it->type->layout->fallbacks[i], it->weight,
					  it->italic);
	if (it->font)
		it->base = look_find(it->type, it->font, s->style, s->language);
}

static void read_span(struct itemising *it, const struct span *s, size_t *at, size_t end)
{
	struct str text = str_sub(buf_str(&it->text), 0, end);
	start_span(it, s);
	it->start = *at;
	it->script = HB_SCRIPT_COMMON;
	if (!it->font) { /* every face is damaged, which has been said */
		*at = end;
		return;
	}
	while (*at < end) {
		size_t here = *at;
		uint32_t c = utf8_next(text, at);
		read_character(it, c, here, *at);
	}
	end_word(it, end, end);
}

/* A word cut by a change of style or font is hyphenated in none of its parts. */
static void mark_joined(struct itemising *it)
{
	for (size_t i = 1; i < it->count; i++)
		it->piece[i].joined_before = it->piece[i - 1].joined_after;
}

struct str type_capitals(struct arena *a, struct str text)
{
	struct buf b;
	buf_init(&b, TEXT_CEILING);
	letter_put_upper(&b, text);
	struct str capitals = str_copy(a, buf_str(&b));
	buf_release(&b);
	return capitals;
}

struct pieces pieces_of(struct type *t, const struct span *spans, size_t count, struct diags *d)
{
	struct itemising it = { .type = t, .diags = d };
	size_t *span_end = NEW_ARRAY(t->scratch, size_t, count), at = 0;
	buf_init(&it.text, TEXT_CEILING);
	for (size_t i = 0; i < count; i++) {
		if (spans[i].style->uppercase)
			letter_put_upper(&it.text, spans[i].text);
		else
			buf_put(&it.text, spans[i].text);
		span_end[i] = it.text.len;
	}
	it.capacity = it.text.len / PIECE_USUAL + PIECES_LEAST;
	it.piece = NEW_ARRAY(t->scratch, struct piece, it.capacity);
	it.ends = NEW_ARRAY(t->scratch, char, it.text.len);
	line_ends(buf_str(&it.text), it.ends);
	for (size_t i = 0; i < count; i++)
		read_span(&it, &spans[i], &at, span_end[i]);
	mark_joined(&it);
	buf_release(&it.text);
	return (struct pieces){ it.piece, it.count };
}
