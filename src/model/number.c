#include "model/number.h"

#include "base/utf8.h"

enum {
	LINE_CEILING = 64 * 1024,
	SHORT_DIGITS = 5, /* "19 115", "116 123" */
	LEAST_DIGITS = 7,
	MOST_DIGITS = 15,
};

static bool is_digit(struct str s, size_t i)
{
	return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

/* Bytes of one sign that parts a telephone's digits; 0: another sign. */
static size_t separator_at(struct str s, size_t at)
{
	static const struct str signs[] = {
		STR_INIT(" "),      STR_INIT("\u00a0"), STR_INIT("\u202f"), STR_INIT("\u2009"),
		STR_INIT("\u2011"), STR_INIT("-"),      STR_INIT("."),
	};
	struct str rest = str_sub(s, at, s.len);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i]))
			return signs[i].len;
	return 0;
}

/* From one group of digits to the next: "-", " ", ") "; 0: there is none. */
static size_t gap_at(struct str s, size_t at)
{
	size_t gap = at < s.len && s.ptr[at] == ')';
	gap += separator_at(s, at + gap);
	return gap && is_digit(s, at + gap) ? gap : 0;
}

static size_t digits_at(struct str s, size_t at)
{
	size_t n = 0;
	while (is_digit(s, at + n))
		n++;
	return n;
}

/* Whether a date begins there: 26.03.2026, 2026-03-17. */
static bool is_date(struct str s, size_t at)
{
	size_t a = digits_at(s, at), b = digits_at(s, at + a + 1), c = digits_at(s, at + a + b + 2);
	char first = at + a < s.len ? s.ptr[at + a] : '\0';
	char second = at + a + 1 + b < s.len ? s.ptr[at + a + 1 + b] : '\0';
	if (first != second || !b)
		return false;
	return (first == '.' && a <= 2 && b <= 2 && c == 4) ||
	       (first == '-' && a == 4 && b == 2 && c == 2);
}

/* Whether a group of digits is no more of the number but of hours, as in "800 000 000 8–16", or
 * of a postcode, as in "… 45 67 85-001": enough stands before it, and what parts it from the
 * digits behind it is none of the signs that parted those. */
static bool is_of_another(struct str s, size_t group, size_t end, int before, bool plus)
{
	enum { ENOUGH = 8, ENOUGH_ABROAD = 10, HOURS_DIGITS = 2 };
	struct str rest = str_sub(s, end, s.len);
	bool spaced = group > 0 && s.ptr[group - 1] != '-' && s.ptr[group - 1] != '.';
	size_t dash = str_starts(rest, STR("–")) ? STR("–").len : str_starts(rest, STR(":"));
	bool hours = dash && end - group <= HOURS_DIGITS;
	bool postcode = str_starts(rest, STR("-")) || str_starts(rest, STR("\u2011"));
	return before >= (plus ? ENOUGH_ABROAD : ENOUGH) && spaced &&
	       ((hours && is_digit(s, end + dash)) || (postcode && gap_at(s, end)));
}

/* What could be dialled from start on: its end, and how many digits it has. */
static size_t measure(struct str s, size_t start, int *digits)
{
	bool plus = s.ptr[start] == '+';
	size_t at = start + plus, end = at;
	*digits = 0;
	at += at < s.len && s.ptr[at] == '(';
	for (size_t gap = 1; gap; at = end + gap) {
		size_t group_end = at + digits_at(s, at);
		if (is_of_another(s, at, group_end, *digits, plus))
			break;
		*digits += (int)(group_end - at);
		end = group_end;
		gap = gap_at(s, end);
	}
	return end;
}

/* Figures that hyphens join, from start on; start: there are none. */
static size_t joined_end(struct str s, size_t start)
{
	size_t at = start;
	bool joined = false;
	while (is_digit(s, at) || (at < s.len && s.ptr[at] == '-' && is_digit(s, at + 1))) {
		joined = joined || s.ptr[at] == '-';
		at++;
	}
	return joined ? at : start;
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000);
}

/* Whether the last word is one for telephones, with nothing behind it but signs or, where
 * numbers, other numbers. */
static bool is_named(struct str line, bool numbers)
{
	static const struct str words[] = {
		STR_INIT("tel"),       STR_INIT("telefon"),   STR_INIT("tlf"),
		STR_INIT("mobil"),     STR_INIT("kom"),       STR_INIT("infolinia"),
		STR_INIT("infolinii"), STR_INIT("infolinię"), STR_INIT("phone"),
		STR_INIT("telephone"), STR_INIT("helpline"),  STR_INIT("тел"),
		STR_INIT("Тел"),       STR_INIT("телефон"),   STR_INIT("Телефон"),
	};
	size_t end = line.len, at = end;
	for (size_t before = end; before > 0; end = before) {
		uint32_t c = utf8_previous(line, &before);
		if (is_letter(c) || (!numbers && c >= '0' && c <= '9'))
			break;
	}
	for (size_t before = at = end; before > 0; at = before)
		if (!is_letter(utf8_previous(line, &before)))
			break;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal_nocase(str_sub(line, at, end - at), words[i]))
			return true;
	return false;
}

/* What the line says before the text: a line begins with its block or behind a break. */
static void put_line_before(struct buf *b, const struct node *text, enum edition e,
			    struct str region)
{
	const struct node *top = text;
	while (top->parent && node_is_inline(top->parent))
		top = top->parent;
	const struct node *n = top->parent ? node_first_shown(top->parent->first, e, region) : top;
	for (; n && n != top; n = node_next_shown(n, e, region)) {
		if (n->kind == NODE_LINE_BREAK)
			buf_clear(b);
		else
			node_put_text(b, n, e, region);
	}
}

static bool is_telephone(const struct node *text, enum edition e, struct str region, size_t start,
			 int digits)
{
	struct buf line;
	if (digits < SHORT_DIGITS || digits > MOST_DIGITS || node_is_within(text, NODE_LINK))
		return false;
	buf_init(&line, LINE_CEILING);
	put_line_before(&line, text, e, region);
	buf_put(&line, str_sub(text->text, 0, start));
	bool is = is_named(buf_str(&line), false);
	if (!is && digits >= LEAST_DIGITS) {
		bool leads = !str_trim(buf_str(&line)).len || text->text.ptr[start] == '+';
		is = (leads && node_is_within(text, NODE_CONTACT)) ||
		     is_named(buf_str(&line), true);
	}
	buf_release(&line);
	return is;
}

/* A plus and brackets belong to the number. */
static bool begins(struct str s, size_t i)
{
	size_t sign = s.ptr[i] == '+' || s.ptr[i] == '(';
	sign += sign && i + 1 < s.len && s.ptr[i] == '+' && s.ptr[i + 1] == '(';
	return is_digit(s, i + sign);
}

/* "2020–2025": what stands behind the dash belongs to what stands before it. */
static bool ends_a_range(struct str s, size_t i)
{
	struct str dash = STR("–");
	return i > dash.len && is_digit(s, i - dash.len - 1) &&
	       str_equal(str_sub(s, i - dash.len, dash.len), dash);
}

bool number_find(const struct node *text, enum edition e, struct str region, size_t from,
		 struct number *n)
{
	struct str s = text->text;
	size_t chain = from; /* a telephone does not begin within other figures */
	for (size_t i = from; i < s.len; i++) {
		if (!begins(s, i))
			continue;
		size_t end = i, joined = joined_end(s, i);
		bool dialled = false;
		if (i >= chain) {
			int digits;
			end = chain = measure(s, i, &digits);
			dialled = !is_date(s, i) && !ends_a_range(s, i) &&
				  is_telephone(text, e, region, i, digits);
		}
		if (dialled || joined > i) {
			*n = (struct number){ i, dialled ? end : joined, dialled };
			return true;
		}
		while (is_digit(s, i + 1))
			i++;
	}
	return false;
}

void number_put_url(struct buf *b, struct str telephone)
{
	buf_put_c(b, "tel:");
	for (size_t i = 0; i < telephone.len; i++)
		if (is_digit(telephone, i) || telephone.ptr[i] == '+')
			buf_put_byte(b, telephone.ptr[i]);
}
