/* HOW IT WORKS. A number is read from the left: what may stand before it, digits
 * in groups, decimals, what may stand behind it. Whatever does not read so to its
 * end is words: dates, times, ranges, telephone numbers. Better a number that
 * stands at the right edge like a word than a word hung by a digit within it. */
#include "compose/decimal.h"

#include "base/language.h"
#include "base/utf8.h"

enum {
	LONGEST_PREFIX = 3, /* letters of "ok.", "USD" */
	LONGEST_SUFFIX = 20, /* characters of "zł miesięcznie" */
};

struct scan {
	struct str s;
	size_t at;
	uint32_t decimal; /* the sign before decimals */
};

static uint32_t peek(const struct scan *k)
{
	size_t at = k->at;
	return at < k->s.len ? utf8_next(k->s, &at) : 0;
}

static void skip(struct scan *k)
{
	if (k->at < k->s.len)
		utf8_next(k->s, &k->at);
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Spaces of every width that typographers put into numbers. */
static bool is_space(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F || c == 0x2007;
}

static bool is_dash(uint32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 ||
	       c == 0x2014 || c == 0x2212;
}

/* Signs, comparisons and currencies. */
static bool is_sign(uint32_t c)
{
	return is_dash(c) || c == '+' || c == 0xB1 || c == '<' || c == '>' || c == '~' ||
	       c == '=' || c == '(' || c == 0x2248 || c == 0x2264 || c == 0x2265 || c == '$' ||
	       c == 0xA3 || c == 0x20AC || c == 0x20B4;
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000);
}

static void skip_spaces(struct scan *k)
{
	while (is_space(peek(k)))
		skip(k);
}

/* "ok. ", "USD ", "kr ": kept only when a space follows. */
static void skip_word(struct scan *k)
{
	struct scan begin = *k;
	int letters = 0;
	for (; is_letter(peek(k)); letters++)
		skip(k);
	if (peek(k) == '.')
		skip(k);
	if (letters < 1 || letters > LONGEST_PREFIX || !is_space(peek(k)))
		*k = begin;
	skip_spaces(k);
}

/* How many digits follow. */
static int digits_at(struct scan k)
{
	int n = 0;
	for (; is_digit(peek(&k)); n++)
		skip(&k);
	return n;
}

/* A mark between groups of three: a space, an apostrophe, or that of comma and
 * point which does not stand before decimals. */
static bool is_group_mark(const struct scan *k, uint32_t c)
{
	return is_space(c) || c == '\'' || c == 0x2019 ||
	       ((c == '.' || c == ',') && c != k->decimal);
}

/* Digits, in groups of three or all in a row. */
static bool skip_digits(struct scan *k)
{
	int first = digits_at(*k);
	if (first == 0)
		return false;
	for (int i = 0; i < first; i++)
		skip(k);
	while (first <= 3 && is_group_mark(k, peek(k))) {
		struct scan group = *k;
		skip(&group);
		if (digits_at(group) != 3)
			break;
		for (int i = 0; i < 3; i++)
			skip(&group);
		*k = group;
	}
	return true;
}

/* A unit, a per cent sign, marks of notes; no second number, but the power at
 * the end of a unit ("m2"). */
static bool is_suffix(struct scan k)
{
	uint32_t before = 0;
	for (int n = 0; k.at < k.s.len; n++) {
		uint32_t c = peek(&k);
		skip(&k);
		if (n == LONGEST_SUFFIX || (is_digit(c) && !(is_letter(before) && k.at == k.s.len)))
			return false;
		before = c;
	}
	return true;
}

bool decimal_find(struct str s, struct str language, size_t *units)
{
	struct scan k = { .s = s, .decimal = language_is(language, STR("en")) ? '.' : ',' };
	skip_spaces(&k);
	bool dash = is_dash(peek(&k));
	skip_word(&k);
	for (*units = k.at; is_sign(peek(&k)) || is_space(peek(&k));) {
		bool sign = is_sign(peek(&k));
		skip(&k);
		*units = sign ? k.at : *units;
	}
	if (k.at == s.len)
		return dash;
	if (!skip_digits(&k))
		return false;
	*units = k.at;
	if (peek(&k) == k.decimal) {
		struct scan point = k;
		skip(&point);
		int decimals = digits_at(point);
		for (int i = 0; i < decimals; i++)
			skip(&point);
		if (decimals)
			k = point;
	}
	return is_suffix(k);
}
