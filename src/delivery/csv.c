/* CSV after RFC 4180, read the way a careful person would.
 *
 * A mistake costs its row and no more. When a quote is never closed, the file
 * would be one field to its end, or to the next quote: so the line that opened it
 * is given up and reading goes on at the next one. A field beyond the limit is
 * skipped with its row when its closing quote is found.
 *
 * Reading stays linear: a quote is never closed at most once in a file (every
 * later run of an odd number of quotes would close it), and what is read again
 * after stray text is at most one field long for each line. */
#include "delivery/csv.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

static const char not_closed[] = "quote is not closed";
static const char bom[] = "\xEF\xBB\xBF";

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Behind the line end at `at`: CRLF is one. */
static size_t behind_line_end(struct str text, size_t at)
{
	bool crlf = at + 1 < text.len && text.ptr[at] == '\r' && text.ptr[at + 1] == '\n';
	return at + (crlf ? 2 : at < text.len);
}

/* Whether a line ends with the byte at i: CRLF ends with its LF. */
static bool ends_line(struct str text, size_t i)
{
	bool crlf = i + 1 < text.len && text.ptr[i] == '\r' && text.ptr[i + 1] == '\n';
	return is_line_end(text.ptr[i]) && !crlf;
}

static size_t line_end(struct str text, size_t at)
{
	while (at < text.len && !is_line_end(text.ptr[at]))
		at++;
	return at;
}

/* The candidate that stands most often outside quotes; "," when none does. */
static char find_separator(struct str first_line)
{
	static const char candidates[] = { ',', ';', '\t' };
	char best = ',';
	size_t most = 0;
	for (size_t c = 0; c < sizeof candidates; c++) {
		size_t n = 0;
		bool quoted = false;
		for (size_t i = 0; i < first_line.len; i++) {
			quoted ^= first_line.ptr[i] == '"';
			n += !quoted && first_line.ptr[i] == candidates[c];
		}
		if (n > most) {
			most = n;
			best = candidates[c];
		}
	}
	return best;
}

void csv_start(struct csv *c, struct str text)
{
	*c = (struct csv){ .text = text, .line = 1 };
	if (str_starts(text, str_from(bom)))
		c->at = sizeof bom - 1;
	size_t end = line_end(text, c->at);
	struct str first = str_sub(text, c->at, end - c->at);
	/* Excel writes and obeys a first line like "sep=;". */
	if (first.len == 5 && str_equal_nocase(str_sub(first, 0, 4), STR("sep="))) {
		c->separator = first.ptr[4];
		c->at = behind_line_end(text, end);
		c->line = 2;
		return;
	}
	c->separator = find_separator(first);
}

static bool problem_at(struct csv *c, const char *problem, size_t row, size_t at)
{
	/* Count lines from the row's start: only mistakes pay for it. */
	size_t line_start = row;
	c->problem_line = c->line;
	for (size_t i = row; i < at; i++)
		if (ends_line(c->text, i)) {
			c->problem_line++;
			line_start = i + 1;
		}
	c->problem = problem;
	c->problem_column = 1 + (int)utf8_count(str_sub(c->text, line_start, at - line_start));
	return false;
}

/* Reads a quoted field whose opening quote stands at *at; *at moves behind the
 * closing one. *lines counts the line ends inside. */
static bool quoted_field(struct csv *c, struct arena *a, size_t row, size_t *at, struct str *value,
			 int *lines)
{
	const char *text = c->text.ptr;
	size_t open = *at, i = open + 1;
	int inside = 0;
	bool doubled = false;
	for (;; i++) {
		if (i >= c->text.len)
			return problem_at(c, not_closed, row, open);
		if (text[i] == '"') {
			if (i + 1 >= c->text.len || text[i + 1] != '"')
				break;
			doubled = true;
			i++;
		} else {
			inside += ends_line(c->text, i);
		}
	}
	*lines += inside;
	*at = i + 1;
	*value = str_sub(c->text, open + 1, i - open - 1);
	if (value->len > CSV_FIELD_BYTES)
		return problem_at(c, "field is too long", row, open);
	if (doubled) {
		char *copy = arena_alloc(a, value->len);
		size_t n = 0;
		for (size_t k = 0; k < value->len; k++) {
			copy[n++] = value->ptr[k];
			k += value->ptr[k] == '"';
		}
		*value = (struct str){ copy, n };
	}
	if (*at < c->text.len && text[*at] != c->separator && !is_line_end(text[*at]))
		return inside ? problem_at(c, not_closed, row, open)
			      : problem_at(c, "text after the closing quote", row, *at);
	return true;
}

static bool plain_field(struct csv *c, size_t row, size_t *at, struct str *value)
{
	const char *text = c->text.ptr;
	size_t start = *at;
	while (*at < c->text.len && text[*at] != c->separator && !is_line_end(text[*at]))
		++*at;
	*value = str_sub(c->text, start, *at - start);
	if (value->len > CSV_FIELD_BYTES)
		return problem_at(c, "field is too long", row, start);
	const char *quote = value->len ? memchr(value->ptr, '"', value->len) : NULL;
	if (quote)
		return problem_at(c, "quote inside an unquoted field", row, (size_t)(quote - text));
	return true;
}

/* Reads the row at c->at; *end becomes the place behind its last field. */
static bool read_row(struct csv *c, struct arena *a, size_t *end, int *lines)
{
	size_t row = c->at, line_start = c->at;
	int lines_before = 0;
	c->count = 0;
	for (*end = row;; ++*end) {
		struct csv_field f = { .line = c->line + *lines };
		bool quoted = *end < c->text.len && c->text.ptr[*end] == '"';
		if (c->count == CSV_FIELDS)
			return problem_at(c, "too many fields", row, *end);
		if (*lines != lines_before) { /* a line end inside the field before */
			lines_before = *lines;
			for (line_start = *end; !is_line_end(c->text.ptr[line_start - 1]);)
				line_start--;
		}
		f.column = 1 + (int)utf8_count(str_sub(c->text, line_start, *end - line_start));
		if (quoted ? !quoted_field(c, a, row, end, &f.value, lines)
			   : !plain_field(c, row, end, &f.value))
			return false;
		c->field[c->count++] = f;
		if (*end >= c->text.len || c->text.ptr[*end] != c->separator)
			return true;
	}
}

/* What no row may hold: NUL, and bytes that are not UTF-8. */
static bool bytes_are_text(struct csv *c, size_t row, size_t end)
{
	struct str raw = str_sub(c->text, row, end - row);
	size_t bad = utf8_invalid_at(raw);
	if (bad < raw.len)
		return problem_at(c, "not UTF-8", row, row + bad);
	const char *nul = raw.len ? memchr(raw.ptr, '\0', raw.len) : NULL;
	if (nul)
		return problem_at(c, "NUL byte", row, (size_t)(nul - c->text.ptr));
	return true;
}

enum csv_answer csv_next(struct csv *c, struct arena *a)
{
	while (c->at < c->text.len && is_line_end(c->text.ptr[c->at])) {
		c->at = behind_line_end(c->text, c->at);
		c->line++;
	}
	if (c->at >= c->text.len)
		return CSV_END;
	size_t end = c->at;
	int lines = 0;
	bool good = read_row(c, a, &end, &lines);
	if (good) {
		good = bytes_are_text(c, c->at, end);
	} else if (c->problem == not_closed) {
		/* It met the end of the file, or the next quote and text behind it. What
		 * lies between are rows of their own. */
		end = line_end(c->text, c->at);
		lines = 0;
	} else {
		end = line_end(c->text, end); /* the rest of the line is given up with it */
	}
	c->at = behind_line_end(c->text, end);
	c->line += lines + 1;
	return good ? CSV_ROW : CSV_BAD;
}

void csv_put(struct buf *out, struct str field)
{
	bool quote = false;
	for (size_t i = 0; i < field.len && !quote; i++)
		quote = memchr(",;\t\"\r\n", field.ptr[i], 6) != NULL;
	/* White space at the edges is lost by programs that trim. */
	quote |= field.len && (field.ptr[0] == ' ' || field.ptr[field.len - 1] == ' ');
	if (!quote) {
		buf_put(out, field);
		return;
	}
	buf_put_byte(out, '"');
	for (size_t i = 0; i < field.len; i++) {
		buf_put_byte(out, field.ptr[i]);
		if (field.ptr[i] == '"')
			buf_put_byte(out, '"');
	}
	buf_put_byte(out, '"');
}

/* Whether a formula character stands behind any number of apostrophes. */
static bool looks_like_formula(struct str field)
{
	size_t i = 0;
	while (i < field.len && field.ptr[i] == '\'')
		i++;
	return i < field.len && memchr("=+-@\t\r", field.ptr[i], 6) != NULL;
}

void csv_put_harmless(struct buf *out, struct str field)
{
	if (!looks_like_formula(field)) {
		csv_put(out, field);
		return;
	}
	struct buf marked;
	buf_init(&marked, field.len + 2);
	buf_put_byte(&marked, '\'');
	buf_put(&marked, field);
	csv_put(out, buf_str(&marked));
	buf_release(&marked);
}

struct str csv_harmless_original(struct str field)
{
	if (field.len && field.ptr[0] == '\'' && looks_like_formula(field))
		return str_sub(field, 1, field.len);
	return field;
}
