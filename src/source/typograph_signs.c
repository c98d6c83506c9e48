/* Signs: quotation marks, dashes, ellipses, apostrophes, ranges.
 *
 * The text is read at i and written at w, which never overtakes i: what is left
 * of w has its final form, what is right of i is as the editor typed it. */
#include "base/utf8.h"
#include "source/typograph_text.h"

struct signs {
	struct running *t;
	size_t i, w;
};

static uint32_t previous(const struct signs *s)
{
	return running_before(s->t, s->w);
}

static void keep(struct signs *s, size_t n)
{
	while (n-- > 0)
		s->t->letters[s->w++] = s->t->letters[s->i++];
}

/* n characters of the source become one. */
static void become(struct signs *s, size_t n, uint32_t code)
{
	s->t->letters[s->w] = s->t->letters[s->i];
	s->t->letters[s->w++].code = code;
	s->i += n;
}

/* How many of the same character stand at i. */
static size_t run_of(const struct signs *s, uint32_t c)
{
	size_t n = 0;
	while (running_at(s->t, s->i + n) == c && !s->t->letters[s->i + n].fixed)
		n++;
	return n;
}

static bool opens(uint32_t c)
{
	return code_is_gap(c) || c == '(' || c == '[' || c == '{' || c == '/' || c == '-' ||
	       c == EN_DASH || c == EM_DASH || c == 0x201E || c == 0x201A || c == 0xAB ||
	       c == 0xBB || c == 0x201C || c == 0x2018;
}

/* ---- quotations ---- */

static void quotation_open(struct signs *s, uint32_t open, uint32_t close)
{
	if (s->t->open < QUOTES_MAX)
		s->t->closers[s->t->open++] = close;
	become(s, 1, open);
}

static void double_quote(struct signs *s)
{
	const uint32_t *q = running_rules(s->t, s->i)->quotes;
	struct running *t = s->t;
	size_t inner = t->open % 2 ? 2 : 0;
	uint32_t before = previous(s), after = running_at(t, s->i + 1);
	/* Behind an opening mark, or behind the mark that closed nothing yet, a
	 * letter tells an opening; behind a letter everything closes. */
	bool may_open = opens(before) && !code_is_gap(after);
	if (may_open && !(t->open && before == t->closers[t->open - 1]))
		quotation_open(s, q[inner], q[inner + 1]);
	else if (t->open)
		become(s, 1, t->closers[--t->open]);
	else if (code_is_digit(before))
		keep(s, 1); /* inches */
	else
		become(s, 1, q[1]);
}

/* Whether a ' at i has a partner that closes it, within a sentence's reach. */
static bool has_partner(const struct signs *s)
{
	enum { REACH = 200 };
	for (size_t i = s->i + 2; i < s->t->count && i < s->i + REACH; i++) {
		if (s->t->letters[i].code != '\'' || s->t->letters[i].fixed)
			continue;
		if (!code_is_gap(s->t->letters[i - 1].code) &&
		    !code_is_letter(running_at(s->t, i + 1)))
			return true;
	}
	return false;
}

static void single_quote(struct signs *s)
{
	const uint32_t *q = running_rules(s->t, s->i)->single;
	struct running *t = s->t;
	uint32_t before = previous(s), after = running_at(t, s->i + 1);
	if (opens(before) && code_is_letter(after) && has_partner(s)) {
		quotation_open(s, q[0], q[1]);
	} else if (t->open && t->closers[t->open - 1] == q[1] && !code_is_letter(after)) {
		t->open--;
		become(s, 1, q[1]);
	} else if (code_is_digit(before) && !code_is_letter(after)) {
		keep(s, 1); /* feet, minutes of arc */
	} else {
		become(s, 1, APOSTROPHE);
	}
}

/* Marks that the editor set: they open and close like ours. */
static void typed_quote(struct signs *s)
{
	const uint32_t *q = running_rules(s->t, s->i)->quotes;
	struct running *t = s->t;
	uint32_t c = running_at(t, s->i);
	if (t->open && c == t->closers[t->open - 1])
		t->open--;
	else if ((c == q[0] || c == q[2]) && t->open < QUOTES_MAX)
		t->closers[t->open++] = c == q[0] ? q[1] : q[3];
	keep(s, 1);
}

/* ---- dashes ---- */

/* A number with its separators: "2013", "9.00", "38,4". */
struct number {
	size_t start, end;
	size_t digits, groups;
	int64_t value; /* of its digits, when there is one group */
};

static bool is_separator(uint32_t c)
{
	return c == '.' || c == ',' || c == ':';
}

static void number_measure(const struct running *t, struct number *n)
{
	n->groups = 1;
	for (size_t i = n->start; i < n->end; i++) {
		uint32_t c = t->letters[i].code;
		if (is_separator(c)) {
			n->groups++;
		} else if (++n->digits <= 9) {
			n->value = 10 * n->value + (c - '0');
		}
	}
}

static struct number number_ending(const struct running *t, size_t end)
{
	struct number n = { end, end, 0, 0, 0 };
	while (n.start > 0 && (code_is_digit(t->letters[n.start - 1].code) ||
			       (is_separator(t->letters[n.start - 1].code) && n.start > 1 &&
				code_is_digit(t->letters[n.start - 2].code))))
		n.start--;
	number_measure(t, &n);
	return n;
}

static struct number number_starting(const struct running *t, size_t start)
{
	struct number n = { start, start, 0, 0, 0 };
	while (code_is_digit(running_at(t, n.end)) ||
	       (is_separator(running_at(t, n.end)) && code_is_digit(running_at(t, n.end + 1))))
		n.end++;
	number_measure(t, &n);
	return n;
}

/* The word before a position says that a number is a name, not a quantity. */
static bool names_number(const struct running *t, size_t at)
{
	static const struct str words[] = {
		STR_INIT("tel"), STR_INIT("tlf"),   STR_INIT("telefon"), STR_INIT("тел"),
		STR_INIT("fax"), STR_INIT("faks"),  STR_INIT("isbn"),    STR_INIT("issn"),
		STR_INIT("nip"), STR_INIT("krs"),   STR_INIT("regon"),   STR_INIT("pesel"),
		STR_INIT("kod"), STR_INIT("konto"), STR_INIT("iban"),    { "", 0 },
	};
	char word[32];
	size_t len = sizeof word, end = at;
	while (end > 0 && !code_is_letter(t->letters[end - 1].code) && at - end < 3)
		end--;
	while (end > 0 && code_is_letter(t->letters[end - 1].code) && len > 4) {
		char bytes[4];
		size_t n = utf8_encode(code_lower(t->letters[--end].code), bytes);
		len -= n;
		memcpy(word + len, bytes, n);
	}
	return typograph_listed(words, (struct str){ word + len, sizeof word - len });
}

/* "58-400 Kamienna Góra": two digits, three digits, a name. */
static bool is_postcode(const struct running *t, const struct number *a, const struct number *b)
{
	return a->digits == 2 && b->digits == 3 && code_is_gap(running_at(t, b->end)) &&
	       code_is_upper(running_at(t, b->end + 1));
}

/* Whether the hyphen at i stands between the ends of a range. Telephone
 * numbers, dates, postcodes, and whatever has more than one hyphen, do not. */
static bool is_range(const struct signs *s)
{
	const struct running *t = s->t;
	struct number a = number_ending(t, s->w), b = number_starting(t, s->i + 1);
	uint32_t before = running_before(t, a.start), after = running_at(t, b.end);
	if (code_is_letter(before) || before == '-' || before == EN_DASH || before == '/' ||
	    before == '+' || after == '-' || after == '/' || after == EN_DASH)
		return false;
	if (a.digits == 0 || b.digits == 0 || names_number(t, a.start))
		return false;
	if (a.groups > 1 || b.groups > 1)
		return a.digits <= 8 && b.digits <= 8;
	if (a.digits > 6 || b.digits > 6 || is_postcode(t, &a, &b))
		return false;
	if (t->letters[a.start].code == '0' && a.digits > 1)
		return false;
	return a.value < b.value || (a.digits == 4 && b.digits == 2 && a.value % 100 < b.value);
}

static void hyphens(struct signs *s)
{
	size_t n = run_of(s, '-');
	uint32_t before = previous(s), after = running_at(s->t, s->i + n);
	uint32_t dash = n == 3 ? EM_DASH : EN_DASH;
	bool apart = code_is_gap(before) && code_is_gap(after) && (before || after);
	if (n == 1 && code_is_digit(before) && code_is_digit(after) && is_range(s))
		become(s, 1, EN_DASH);
	else if (n == 1 ? apart : n <= 3 && (apart || !code_is_gap(before)))
		become(s, n, dash);
	else
		keep(s, n); /* "--option", rules of hyphens */
}

static void dots(struct signs *s)
{
	size_t n = run_of(s, '.');
	if (n == 3)
		become(s, 3, ELLIPSIS);
	else
		keep(s, n);
}

void typograph_signs(struct running *t)
{
	static const struct {
		uint32_t code;
		void (*set)(struct signs *s);
	} table[] = {
		{ '"', double_quote },   { '\'', single_quote },  { '-', hyphens },
		{ '.', dots },           { 0x201E, typed_quote }, { 0x201D, typed_quote },
		{ 0x201C, typed_quote }, { 0xAB, typed_quote },   { 0xBB, typed_quote },
		{ 0x201A, typed_quote }, { 0x2018, typed_quote }, { 0x2019, typed_quote },
	};
	struct signs s = { t, 0, 0 };
	while (s.i < t->count) {
		size_t before = s.i;
		uint32_t c = t->letters[s.i].code;
		bool special = !t->letters[s.i].fixed && !code_is_letter(c) && c != ' ';
		for (size_t row = 0; special && row < sizeof table / sizeof *table; row++) {
			if (table[row].code == c) {
				table[row].set(&s);
				break;
			}
		}
		if (s.i == before)
			keep(&s, 1);
	}
	t->count = s.w;
}
