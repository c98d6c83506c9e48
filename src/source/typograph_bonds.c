/* Bonds: which spaces may not be torn at a line's end. See typograph_rules.h for
 * the lists and their sources.
 *
 * Every space is judged by the word before it and the word after it. */
#include "base/utf8.h"
#include "source/typograph_text.h"

/* Longer words are in no list. */
enum { LETTERS_MAX = 14, WORD_MAX = 4 * LETTERS_MAX };

struct word {
	size_t start, end;
	char bytes[WORD_MAX];
	size_t len; /* of bytes; 0 when the word is too long */
};

/* The two words around the space at i. */
struct joint {
	const struct running *t;
	const struct typograph_rules *rules;
	size_t i;
	struct word before, after;
};

static bool in_word(uint32_t c)
{
	if (c < 0x80 && (code_is_letter(c) || code_is_digit(c)))
		return true;
	return code_is_letter(c) || c == '.' || c == '%' || c == 0x2030 || c == 0xB0 || c == 0xA7 ||
	       c == 0x2116 || c == '-' || c == APOSTROPHE || c == 0x20AC || c == '+';
}

static void word_spell(const struct running *t, struct word *w)
{
	w->len = 0;
	if (w->end - w->start > LETTERS_MAX)
		return;
	for (size_t i = w->start; i < w->end; i++)
		w->len += utf8_encode(code_lower(t->letters[i].code), w->bytes + w->len);
}

static struct str spelled(const struct word *w)
{
	return (struct str){ w->bytes, w->len };
}

/* Moves to the space at i; the word before it is often the word after the last one. */
static void joint_read(struct joint *j, size_t i)
{
	const struct running *t = j->t;
	j->i = i;
	if (j->after.end == i && j->after.start < i) {
		j->before = j->after;
	} else {
		j->before.start = j->before.end = i;
		while (j->before.start > 0 && in_word(t->letters[j->before.start - 1].code))
			j->before.start--;
		word_spell(t, &j->before);
	}
	j->after.start = j->after.end = i + 1;
	while (in_word(running_at(t, j->after.end)))
		j->after.end++;
	word_spell(t, &j->after);
}

static uint32_t last_before(const struct joint *j)
{
	return running_before(j->t, j->i);
}

static uint32_t first_after(const struct joint *j)
{
	return running_at(j->t, j->i + 1);
}

/* Whether a word is in a list, with or without the stop that ends a sentence. */
static bool listed(const struct str *list, const struct word *w)
{
	struct str s = spelled(w);
	if (typograph_listed(list, s))
		return true;
	if (str_ends(s, STR(".")))
		s.len--;
	return s.len && typograph_listed(list, s);
}

static size_t digits_before(const struct running *t, size_t end)
{
	size_t n = 0;
	while (n < end && code_is_digit(t->letters[end - 1 - n].code))
		n++;
	return n;
}

static size_t digits_after(const struct running *t, size_t start)
{
	size_t n = 0;
	while (code_is_digit(running_at(t, start + n)))
		n++;
	return n;
}

static bool is_roman(const struct running *t, const struct word *w)
{
	for (size_t i = w->start; i < w->end; i++) {
		uint32_t c = t->letters[i].code;
		if (c != 'I' && c != 'V' && c != 'X' && c != 'L' && c != 'C')
			return false;
	}
	return w->end > w->start;
}

/* ---- the rules ---- */

/* "w domu": letters that look lost at a line's end. */
static bool binds_one_letter(const struct joint *j)
{
	if (j->before.end - j->before.start != 1)
		return false;
	uint32_t letter = code_lower(j->t->letters[j->before.start].code);
	struct str letters = j->rules->one_letter;
	for (size_t at = 0; at < letters.len;)
		if (utf8_next(letters, &at) == letter)
			return true;
	return false;
}

static bool binds_short_word(const struct joint *j)
{
	return j->t->strict && typograph_listed(j->rules->short_words, spelled(&j->before));
}

/* "dr Nowak", "ul. Piękna", "nr 5" */
static bool binds_abbreviation(const struct joint *j)
{
	struct str w = spelled(&j->before);
	uint32_t c = first_after(j);
	if (code_is_digit(c) || c == '+')
		return typograph_listed(j->rules->before_digit, w) ||
		       typograph_listed(j->rules->before, w);
	return typograph_listed(j->rules->before, w);
}

/* "5 mg", "38,4 %", "XX w." */
static bool binds_unit(const struct joint *j)
{
	if (!code_is_digit(last_before(j)) && !is_roman(j->t, &j->before))
		return false;
	return listed(j->rules->units, &j->after);
}

static bool binds_after(const struct joint *j)
{
	return typograph_listed(j->rules->after, spelled(&j->after));
}

/* "17 marca", "17. mars", "March 17", "18 XII 2011" */
static bool binds_date(const struct joint *j)
{
	size_t stop = last_before(j) == '.' ? 1 : 0;
	size_t day = digits_before(j->t, j->before.end - stop);
	bool is_day = (day == 1 || day == 2) && day + stop == j->before.end - j->before.start;
	if (is_day && listed(j->rules->months, &j->after))
		return true;
	size_t digits = digits_after(j->t, j->i + 1);
	if ((digits == 1 || digits == 2) && listed(j->rules->months, &j->before))
		return true;
	if (is_day && is_roman(j->t, &j->after) && running_at(j->t, j->after.end) == ' ' &&
	    digits_after(j->t, j->after.end + 1) == 4)
		return true;
	return digits == 4 && is_roman(j->t, &j->before) && j->before.start > 0 &&
	       j->t->letters[j->before.start - 1].code == NBSP;
}

/* "J.K. Bielecki", "J. Kowalski" */
static bool binds_initials(const struct joint *j)
{
	size_t len = j->before.end - j->before.start;
	if (len < 2 || len % 2 || !code_is_upper(first_after(j)))
		return false;
	for (size_t k = j->before.start; k < j->before.end; k += 2)
		if (!code_is_upper(j->t->letters[k].code) || j->t->letters[k + 1].code != '.')
			return false;
	return true;
}

/* "00-001 Warszawa": a postal code and its town. */
static bool binds_postal_code(const struct joint *j)
{
	enum { FRONT = 2, BACK = 3 };
	size_t end = j->before.end, len = end - j->before.start;
	return len == FRONT + 1 + BACK && j->t->letters[j->before.start + FRONT].code == '-' &&
	       digits_before(j->t, end) == BACK &&
	       digits_before(j->t, j->before.start + FRONT) == FRONT &&
	       code_is_upper(first_after(j));
}

/* Whether a group of digits ends at i: behind it nothing, or what ends a clause or
 * begins decimals. */
static bool group_ends(const struct joint *j, size_t i)
{
	static const uint32_t marks[] = { '.', ',', ';', ':', ')', '!', '?', 0x201D, 0xBB };
	if (i == j->after.end)
		return true;
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (j->t->letters[i].code == marks[k])
			return true;
	return false;
}

/* "100 000", "800 000 000", "22 33 44 55", "+48 22 123 45 67" */
static bool binds_digits(const struct joint *j)
{
	const struct running *t = j->t;
	size_t left = digits_before(t, j->before.end), right = digits_after(t, j->after.start);
	if (left == 0 || right == 0 || !group_ends(j, j->after.start + right))
		return false;
	size_t start = j->before.end - left;
	uint32_t before = running_before(t, start);
	if (before == '+')
		return true;
	if (code_is_letter(before) || before == '.' || before == ',')
		return false;
	bool chained = before == NBSP && start > 1 && code_is_digit(t->letters[start - 2].code);
	if (left == 4 && right == 4)
		return true;
	if (left > 3 || right > 3)
		return chained && left <= 4 && right <= 4;
	return right == 3 || (left == 2 && right == 2) || chained;
}

/* " – ": the dash stays with what it follows; the dash that opens a speech
 * stays with the speech. */
static bool binds_dash(const struct joint *j)
{
	uint32_t before = last_before(j), after = first_after(j);
	if ((after == EN_DASH || after == EM_DASH) && code_is_gap(running_at(j->t, j->i + 2)))
		return j->rules->dash_binds_left;
	return (before == EN_DASH || before == EM_DASH) && j->i >= 1 &&
	       (j->i == 1 ? j->t->before == 0 : j->t->letters[j->i - 2].code == '\n');
}

void typograph_bonds(struct running *t)
{
	static bool (*const rules[])(const struct joint *j) = {
		binds_one_letter, binds_dash,        binds_unit,     binds_digits,
		binds_date,       binds_after,       binds_initials, binds_abbreviation,
		binds_short_word, binds_postal_code,
	};
	struct joint j = { .t = t };
	for (size_t i = 0; i < t->count; i++) {
		if (t->letters[i].code != ' ' || t->letters[i].fixed ||
		    code_is_gap(running_before(t, i)) || code_is_gap(running_at(t, i + 1)))
			continue;
		j.rules = running_rules(t, i);
		joint_read(&j, i);
		for (size_t rule = 0; rule < sizeof rules / sizeof *rules; rule++) {
			if (rules[rule](&j)) {
				t->letters[i].code = NBSP;
				break;
			}
		}
	}
}
