#include "pdf/scan.h"

static bool is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
	return c == '\0' || strchr("()<>[]{}/%", c) != NULL;
}

/* A string in parentheses, which may hold others. */
static size_t string_end(struct str s)
{
	int open = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == '(')
			open++;
		else if (s.ptr[i] == ')' && --open == 0)
			return i + 1;
	}
	return s.len;
}

static size_t word_end(struct str s, size_t from)
{
	while (from < s.len && !is_white(s.ptr[from]) && !is_delimiter(s.ptr[from]))
		from++;
	return from;
}

/* A number without exponent (7.3.3); anything else is an operator. */
static bool number_of(struct str word, double *value)
{
	double v = 0, unit = 1;
	bool digits = false, fraction = false, negative = false;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		if (c >= '0' && c <= '9') {
			digits = true;
			v = v * 10 + (c - '0');
			unit = fraction ? unit * 10 : unit;
		} else if (c == '.' && !fraction) {
			fraction = true;
		} else if ((c == '-' || c == '+') && i == 0) {
			negative = c == '-';
		} else {
			return false;
		}
	}
	*value = (negative ? -v : v) / unit;
	return digits;
}

static struct str without_space(struct str s)
{
	while (s.len && (is_white(s.ptr[0]) || s.ptr[0] == '%')) {
		size_t end = 1;
		if (s.ptr[0] == '%')
			while (end < s.len && s.ptr[end] != '\n' && s.ptr[end] != '\r')
				end++;
		s = str_sub(s, end, s.len);
	}
	return s;
}

static size_t mark_end(struct str s)
{
	if (s.len > 1 && (s.ptr[0] == '<' || s.ptr[0] == '>') && s.ptr[1] == s.ptr[0])
		return 2;
	return 1;
}

/* Anything but a picture. */
static bool plain_next(struct str *rest, struct token *t)
{
	struct str s = without_space(*rest);
	if (!s.len)
		return false;
	*t = (struct token){ .kind = SCAN_WORD };
	size_t end = word_end(s, 1);
	char c = s.ptr[0];
	if (c == '(') {
		t->kind = SCAN_STRING;
		end = string_end(s);
	} else if (c == '<' && mark_end(s) == 1) {
		t->kind = SCAN_STRING;
		end = str_find(s, STR(">"), 1);
		end = end < s.len ? end + 1 : s.len;
	} else if (c == '/') {
		t->kind = SCAN_NAME;
	} else if (is_delimiter(c)) {
		t->kind = SCAN_MARK;
		end = mark_end(s);
	}
	t->raw = str_sub(s, 0, end);
	if (t->kind == SCAN_WORD && number_of(t->raw, &t->number))
		t->kind = SCAN_NUMBER;
	*rest = str_sub(s, end, s.len);
	return true;
}

/* Where a picture's bytes end. They could be anything, EI among it: what follows a true
 * one is text. */
static size_t data_end(struct str s, size_t from)
{
	enum { LOOK = 12 };
	for (size_t at = str_find(s, STR("EI"), from); at < s.len;
	     at = str_find(s, STR("EI"), at + 1)) {
		bool alone = at > 0 && (is_white(s.ptr[at - 1]) || s.ptr[at - 1] == '>');
		if (!alone || (at + 2 < s.len && !is_white(s.ptr[at + 2])))
			continue;
		size_t text = at + 2;
		while (text < s.len && text < at + LOOK &&
		       (is_white(s.ptr[text]) || (s.ptr[text] >= ' ' && s.ptr[text] <= '~')))
			text++;
		if (text == s.len || text == at + LOOK)
			return at;
	}
	return s.len;
}

/* t is BI; the entries follow, ID, one space, the bytes, EI. */
static void take_picture(struct str *rest, struct token *t)
{
	const char *from = t->raw.ptr, *entries = rest->ptr;
	struct token part = { .kind = SCAN_MARK };
	while (!token_is_word(&part, "ID"))
		if (!plain_next(rest, &part)) { /* no picture after all */
			t->kind = SCAN_WORD;
			return;
		}
	t->kind = SCAN_PICTURE;
	t->entries = (struct str){ entries, (size_t)(part.raw.ptr - entries) };
	struct str after = str_sub(*rest, rest->len > 0, rest->len);
	size_t end = data_end(after, 0);
	t->data = str_sub(after, 0, end);
	*rest = str_sub(after, end + 2, after.len);
	t->raw = (struct str){ from, (size_t)(rest->ptr - from) };
}

bool scan_next(struct str *rest, struct token *t)
{
	if (!plain_next(rest, t))
		return false;
	if (token_is_word(t, "BI"))
		take_picture(rest, t);
	return true;
}

bool token_is_name(const struct token *t, const char *name)
{
	return t->kind == SCAN_NAME && str_equal(str_sub(t->raw, 1, t->raw.len), str_from(name));
}

bool token_is_word(const struct token *t, const char *word)
{
	return t->kind == SCAN_WORD && str_equal(t->raw, str_from(word));
}
