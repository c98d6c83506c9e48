/* Divides words, three ways.
 *
 * Words of letters: by hyphenation, but not acronyms (NFZ, mRNA), words with
 * digits, and short ones. Compounds (biało-czerwony): at their hyphen, behind two
 * letters or more; Polish repeats the hyphen at the head of the next line, so the
 * break is made before the hyphen, like a hyphenation. Addresses: URLs behind
 * / . - and the like, without hyphen; e-mail addresses never.
 *
 * What remains (a slash, a dash) is UAX #14's to say. */
#include "type/division.h"

#include "base/language.h"
#include "base/utf8.h"
#include "type/hyphen.h"
#include "type/letter.h"
#include "type/linebreak.h"
#include "type/margin.h"
#include "type/wordbook.h"

#include <string.h>

enum { WORD_LONGEST = 1024, SHORTEST_HYPHENATED = 5 };

/* A word being divided. */
struct dividing {
	struct type *type;
	struct look *look;
	struct word *word;
	struct place place;
	size_t capacity;
	bool no_patterns; /* for its language, which every handle tells for itself */
};

/* The halves as they would be shaped. */
static void measure_shaped(struct dividing *d, struct division *n)
{
	struct str s = d->word->text;
	char text[WORD_LONGEST + 2];
	memcpy(text, s.ptr, n->at);
	size_t len = n->at;
	if (n->hyphen)
		len += utf8_encode(0x00AD, text + len);
	const struct word *before = look_word(d->type, d->look, (struct str){ text, len });
	const struct word *after = look_word(d->type, d->look, str_sub(s, n->at, s.len));
	n->before = before->width;
	n->after = after->width;
	n->before_glyphs = (int)before->glyph_count;
	n->after_glyphs = (int)after->glyph_count;
	n->hang_before = before->hang_right;
	n->hang_after = after->hang_left;
}

const struct division *word_division(const struct word *w, size_t at)
{
	for (size_t i = 0; i < w->division_count; i++)
		if (w->divisions[i].at == at)
			return &w->divisions[i];
	return NULL;
}

const struct word *word_last_letter(struct type *t, struct look *l, const struct word *w, size_t at,
				    size_t *from)
{
	char text[8];
	*from = at;
	utf8_previous(w->text, from);
	memcpy(text, w->text.ptr + *from, at - *from);
	size_t len = at - *from;
	len += utf8_encode(0x00AD, text + len);
	return look_word(t, l, (struct str){ text, len });
}

/* The same without shaping, where no kerning or ligature ties the halves: sums of
 * the whole word's glyphs, and the hyphen by what it adds to the letter before. */
static bool measure_sliced(struct dividing *d, struct division *n)
{
	const struct word *w = d->word;
	size_t first = 0, end = n->at, from = n->at;
	while (first < w->glyph_count && w->glyphs[first].text < n->at)
		n->before += w->glyphs[first++].advance;
	if (first == 0 || first == w->glyph_count || w->glyphs[first].text != n->at ||
	    w->glyphs[first].tied)
		return false;
	n->after = w->width - n->before;
	n->before_glyphs = (int)first;
	n->after_glyphs = (int)(w->glyph_count - first);
	utf8_previous(w->text, &end);
	const struct word *bare = look_word(d->type, d->look, str_sub(w->text, end, n->at - end));
	n->hang_before = bare->hang_right;
	if (n->hyphen) {
		const struct word *last = word_last_letter(d->type, d->look, w, n->at, &end);
		const struct word_glyph *glyph = &w->glyphs[first - 1];
		/* A ligature, a letter with its mark apart: to be shaped with the hyphen. */
		if (last->glyph_count != 2 || glyph->text != end || glyph->id != last->glyphs[0].id)
			return false;
		n->before += last->width - bare->width;
		n->before_glyphs++;
		n->hang_before = last->hang_right;
	}
	n->sliced = true;
	uint32_t next = utf8_next(w->text, &from);
	n->hang_after = unit_scale(w->glyphs[first].advance, margin_left(next), 1000);
	return true;
}

static void add(struct dividing *d, size_t at, bool hyphen, bool patterns, int penalty)
{
	struct word *w = d->word;
	struct division n = {
		.at = (unsigned)at, .hyphen = hyphen, .patterns = patterns, .penalty = penalty
	};
	if (!measure_sliced(d, &n)) {
		n.before = n.after = 0;
		measure_shaped(d, &n);
	}
	PUSH(d->type->arena, w->divisions, w->division_count, d->capacity, n);
}

enum address { ADDRESS_NONE, ADDRESS_URL, ADDRESS_MAIL };

/* "example.org", "glos.example.org/u": labels of letters, digits and hyphens with
 * dots between, the last of two letters or more, and one before it of three:
 * "m.in." and "n.e." are no addresses. */
static bool is_host(struct str s)
{
	size_t end = 0, label = 0, labels = 0, longest = 0;
	bool letters = true;
	for (; end < s.len && s.ptr[end] != '/' && s.ptr[end] != ':'; end++) {
		unsigned char c = (unsigned char)s.ptr[end];
		if (c == '.') {
			if (label == 0)
				return false;
			longest = label > longest ? label : longest;
			labels++;
			label = 0;
			letters = true;
		} else if (c < 0x80 && (letter_is(c) || letter_is_digit(c) || c == '-')) {
			letters &= letter_is(c);
			label++;
		} else {
			return false;
		}
	}
	return labels > 0 && letters && label >= 2 && label <= 6 && longest >= 3;
}

static enum address address_of(struct str s)
{
	while (s.len && (s.ptr[0] == '(' || s.ptr[0] == '<'))
		s = str_sub(s, 1, s.len);
	while (s.len && memchr(".,;:!?)>", s.ptr[s.len - 1], 8))
		s.len--;
	if (str_find(s, STR("://"), 0) < s.len || str_starts(s, STR("www.")))
		return ADDRESS_URL;
	size_t sign = str_find(s, STR("@"), 0);
	if (sign > 0 && sign + 1 < s.len)
		return ADDRESS_MAIL;
	return is_host(s) ? ADDRESS_URL : ADDRESS_NONE;
}

static void divide_address(struct dividing *d)
{
	struct str s = d->word->text;
	size_t scheme = str_find(s, STR("://"), 0);
	for (size_t at = scheme < s.len ? scheme + 4 : 1; at + 2 < s.len; at++) {
		unsigned char before = (unsigned char)s.ptr[at - 1], c = (unsigned char)s.ptr[at];
		bool plain = c >= 0x80 || letter_is(c) || letter_is_digit(c);
		if (at >= 3 && plain && memchr("/.-?&=_#", before, 8))
			add(d, at, false, false, PENALTY_ADDRESS);
	}
}

/* One run of letters within the word. */
struct letters {
	uint32_t letter[HYPHEN_LONGEST];
	unsigned at[HYPHEN_LONGEST]; /* bytes */
	size_t count, apostrophes;
	size_t start, end; /* bytes */
	bool first_capital, other_capital;
};

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* The next run of letters from *at on, apostrophes between letters included; a
 * run too long to be hyphenated has count 0. */
static bool next_letters(struct str s, size_t *at, struct letters *l)
{
	*l = (struct letters){ .start = s.len };
	bool in_run = false, too_long = false;
	while (*at < s.len) {
		size_t here = *at;
		uint32_t c = utf8_next(s, at);
		size_t ahead = *at;
		bool joins = in_run && is_apostrophe(c) && ahead < s.len &&
			     letter_is(utf8_next(s, &ahead));
		if (!letter_is(c) && !joins) {
			if (in_run)
				break;
			continue;
		}
		if (!in_run)
			l->start = here;
		in_run = true;
		l->end = *at;
		if (l->count == HYPHEN_LONGEST) {
			too_long = true;
			continue;
		}
		if (letter_is_capital(c))
			*(l->count ? &l->other_capital : &l->first_capital) = true;
		l->apostrophes += joins;
		l->at[l->count] = (unsigned)here;
		l->letter[l->count++] = c;
	}
	if (too_long)
		l->count = 0;
	return in_run;
}

static void hyphenate(struct dividing *d, const struct letters *l, bool part)
{
	struct look *look = d->look;
	bool may[HYPHEN_LONGEST];
	if (l->count - l->apostrophes < SHORTEST_HYPHENATED || l->count > HYPHEN_LONGEST ||
	    (l->other_capital && !look->uppercase))
		return;
	struct hyphenator *h = hyphenator_for(d->type, look->language, d->place);
	if (!h) {
		d->no_patterns = true;
		return;
	}
	hyphenator_points(h, l->letter, l->count, may);
	int penalty = part                                   ? PENALTY_PART
		      : l->first_capital && !look->uppercase ? PENALTY_NAME
							     : PENALTY_HYPHEN;
	for (size_t i = 1; i < l->count; i++)
		if (may[i])
			add(d, l->at[i], true, true, penalty);
}

static size_t letters_around(struct str s, size_t at, bool forwards)
{
	size_t count = 0;
	while (forwards ? at < s.len : at > 0) {
		uint32_t c = forwards ? utf8_next(s, &at) : utf8_previous(s, &at);
		if (!letter_is(c))
			break;
		count++;
	}
	return count;
}

static bool is_hyphen(uint32_t c)
{
	return c == '-' || c == 0x2010;
}

static bool digits_around(struct str s, size_t before, size_t at)
{
	return before > 0 && letter_is_digit(utf8_previous(s, &before)) &&
	       letter_is_digit(utf8_next(s, &at));
}

/* The places UAX #14 allows from byte `from` up to byte `to`. */
static void divide_at_marks(struct dividing *d, const char *ends, size_t from, size_t to)
{
	struct str s = d->word->text;
	for (size_t at = from ? from : 1; at <= to && at < s.len; at++) {
		if (ends[at - 1] != LINE_END_MAY)
			continue;
		size_t mark = at;
		bool hyphen = is_hyphen(utf8_previous(s, &mark));
		if (digits_around(s, mark, at)) /* 2014–2020, 22/33 */
			continue;
		if (!hyphen) {
			add(d, at, false, false, PENALTY_SLASH);
			continue;
		}
		if (letters_around(s, mark, false) < 2 || letters_around(s, at, true) < 2)
			continue;
		bool repeat = language_is(d->look->language, STR("pl"));
		add(d, repeat ? mark : at, repeat, false, PENALTY_COMPOUND);
	}
}

static bool has_digit(struct str s)
{
	for (size_t at = 0; at < s.len;)
		if (letter_is_digit(utf8_next(s, &at)))
			return true;
	return false;
}

static bool is_compound(struct str s)
{
	for (size_t at = 0; at < s.len;) {
		size_t here = at;
		if (is_hyphen(utf8_next(s, &at)) && letters_around(s, here, false) &&
		    letters_around(s, at, true))
			return true;
	}
	return false;
}

static void divide_words(struct dividing *d)
{
	struct str s = d->word->text;
	char ends[WORD_LONGEST];
	struct letters l;
	size_t at = 0, done = 0;
	bool digits = has_digit(s), part = is_compound(s);
	line_ends(s, ends);
	while (next_letters(s, &at, &l)) {
		divide_at_marks(d, ends, done, l.start);
		if (!digits)
			hyphenate(d, &l, part);
		done = l.end;
	}
	divide_at_marks(d, ends, done, s.len);
}

void word_divide(struct type *t, struct look *l, struct word *w, struct place place)
{
	struct dividing d = { .type = t, .look = l, .word = w, .place = place };
	if (w->shared && wordbook_divided(t->book, w))
		return;
	w->divided = true;
	/* Most words are short and plain; the others are looked at. */
	if (w->text.len > WORD_LONGEST || w->leftwards)
		return;
	enum address address = address_of(w->text);
	if (address == ADDRESS_URL)
		divide_address(&d);
	else if (address == ADDRESS_NONE)
		divide_words(&d);
	if (w->shared && !d.no_patterns)
		wordbook_divide(t->book, w);
}
