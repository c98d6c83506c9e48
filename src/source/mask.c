/* Before Markdown: what Markdown does not know is masked, byte for byte.
 *
 * THE MODEL. cmark knows neither `::: box` nor `{credit="…"}`. Cutting the text
 * up would tear footnotes and link definitions from their references, so the
 * text stays whole, and keeps every byte's place:
 *
 *   a line of colons   becomes `<?>` and spaces: an HTML block of one line (type 3
 *                      of CommonMark), which ends lists, quotes, paragraphs and
 *                      tables as a block should;
 *   {key="value"}      behind a bracket, and at a heading's end: its punctuation
 *                      becomes control characters, so that it is one inert word;
 *   [text]{lang=en}    its brackets too.
 *
 * Whatever ends up in code is unmasked there, so cmark alone decides what is
 * code. Users' files hold no control characters, so nothing can be mistaken.
 *
 * The same pass refuses what nests deeper than anyone reads: cmark would take
 * very long over it. */
#include "source/body.h"

#include "base/utf8.h"

enum { COLUMNS_MAX = 64 };

/* Characters that mean something to cmark, and what stands for them inside
 * attributes. Braces inside differ from the braces around. */
static const char plain_characters[] = "{}*_[]<>&\\`~!:|@.^\"'";
static const char masked_characters[] = "\x03\x04\x05\x06\x07\x08\x0E\x0F\x10\x11\x12\x13"
					"\x14\x15\x16\x17\x18\x19\x1A\x1B";

static char masked_character(char c)
{
	const char *at = c ? strchr(plain_characters, c) : NULL;
	return at ? masked_characters[at - plain_characters] : c;
}

static char plain_character(char c)
{
	static const struct {
		char masked, plain;
	} marks[] = {
		{ MASK_ATTRIBUTES, '{' },
		{ MASK_ATTRIBUTES_END, '}' },
		{ MASK_SPAN, '[' },
		{ MASK_SPAN_END, ']' },
	};
	if ((unsigned char)c >= 0x20 || c == '\n' || c == '\t' || c == 0)
		return c;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i].masked == c)
			return marks[i].plain;
	const char *at = strchr(masked_characters, c);
	return at ? plain_characters[at - masked_characters] : c;
}

struct str unmasked(struct arena *a, struct str s)
{
	char *copy = str_c(a, s);
	for (size_t i = 0; i < s.len; i++)
		copy[i] = plain_character(copy[i]);
	return (struct str){ copy, s.len };
}

/* ---- places ---- */

static void lines_index(struct body *b)
{
	size_t count = 1;
	for (size_t i = 0; i < b->source.len; i++)
		count += b->source.ptr[i] == '\n';
	b->lines = NEW_ARRAY(b->reader->arena, uint32_t, count);
	b->line_count = 1;
	for (size_t i = 0; i < b->source.len; i++)
		if (b->source.ptr[i] == '\n')
			b->lines[b->line_count++] = (uint32_t)i + 1;
}

static size_t line_of(const struct body *b, size_t offset)
{
	size_t low = 0, high = b->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (b->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct place body_place(struct body *b, size_t offset)
{
	if (offset > b->source.len)
		offset = b->source.len;
	size_t line = line_of(b, offset), start = b->lines[line];
	int column = 1;
	int in_file = b->first_line + (int)line;
	if (b->near.line == in_file && b->near_offset >= start && b->near_offset <= offset) {
		start = b->near_offset;
		column = b->near.column;
	}
	column += (int)utf8_count(str_sub(b->source, start, offset - start));
	b->near = (struct place){ b->file, in_file, column };
	b->near_offset = offset;
	return b->near;
}

size_t body_offset(const struct body *b, int line, int column)
{
	if (line < 1 || (size_t)line > b->line_count)
		return b->source.len;
	size_t offset = b->lines[line - 1] + (size_t)(column > 0 ? column - 1 : 0);
	return offset < b->source.len ? offset : b->source.len;
}

void nesting_report(struct body *b, struct place place)
{
	if (!b->refused)
		diag_report_hint(b->reader->diags, DIAG_NESTING, place,
				 STR("close brackets and quotes, or write a backslash before them"),
				 "%s", "");
	b->refused = true;
}

/* ---- lines of colons ---- */

static bool is_blank(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] != ' ' && line.ptr[i] != '\t')
			return false;
	return true;
}

/* Past blanks and the marks of quotes, which may stand before the colons. */
static size_t prefix_length(struct str line)
{
	size_t i = 0;
	while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t' || line.ptr[i] == '>'))
		i++;
	return i;
}

static size_t colons_at(struct str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.len && s.ptr[at + n] == ':')
		n++;
	return n;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
	       (unsigned char)c >= 0x80;
}

/* What stands behind the colons: a name, attributes, perhaps colons again.
 * Pandoc's {.name key=value} is understood too. */
static void directive_head(struct directive_line *d, struct str rest)
{
	rest = str_trim(rest);
	while (rest.len && rest.ptr[rest.len - 1] == ':')
		rest.len--;
	rest = str_trim(rest);
	size_t start = str_starts(rest, STR("{.")) ? 2 : 0, end = start;
	while (end < rest.len && is_name_byte(rest.ptr[end]))
		end++;
	d->name = str_sub(rest, start, end - start);
	d->attributes = str_sub(rest, end, rest.len);
	if (start == 0)
		d->attributes = str_trim(d->attributes);
}

static bool directive_line_read(struct body *b, size_t line, struct str text)
{
	size_t at = prefix_length(text), colons = colons_at(text, at);
	if (colons < 3)
		return false;
	struct str rest = str_sub(text, at + colons, text.len);
	struct directive_line d = { .line = (int)line + 1, .colons = (int)colons };
	d.closes = is_blank(rest);
	if (!d.closes)
		directive_head(&d, rest);
	d.closes_itself = !d.closes && str_ends(str_trim(rest), STR(":::"));
	d.offset = b->lines[line] + at;
	d.place = body_place(b, d.offset);
	PUSH(b->reader->arena, b->directives, b->directive_count, b->directive_capacity, d);
	char *out = b->masked + d.offset;
	memset(out, ' ', text.len - at);
	memcpy(out, "<?>", 3);
	return true;
}

/* The element of a list in order of lines that stands in a line, or NULL. */
#define FIND_LINE(list, count, wanted)                                                             \
	do {                                                                                       \
		size_t low = 0, high = (count);                                                    \
		while (low < high) {                                                               \
			size_t middle = low + (high - low) / 2;                                    \
			if ((list)[middle].line < (wanted))                                        \
				low = middle + 1;                                                  \
			else                                                                       \
				high = middle;                                                     \
		}                                                                                  \
		return low < (count) && (list)[low].line == (wanted) ? &(list)[low] : NULL;        \
	} while (0)

struct directive_line *directive_line_find(struct body *b, int line)
{
	FIND_LINE(b->directives, b->directive_count, line);
}

struct note_definition *note_definition_find(struct body *b, int line)
{
	FIND_LINE(b->definitions, b->definition_count, line);
}

/* ---- footnotes' definitions ---- */

static void definition_read(struct body *b, size_t line, struct str text)
{
	size_t at = prefix_length(text);
	if (!str_starts(str_sub(text, at, text.len), STR("[^")))
		return;
	size_t end = str_find(text, STR("]:"), at);
	struct str label = str_sub(text, at + 2, end - at - 2);
	if (end == text.len || label.len == 0 || str_find(label, STR("]"), 0) < label.len)
		return;
	struct note_definition d = { label, body_place(b, b->lines[line] + at), (int)line + 1,
				     false, false };
	PUSH(b->reader->arena, b->definitions, b->definition_count, b->definition_capacity, d);
}

/* ---- depth ---- */

/* Quote and list marks at the head of a line, which all nest. */
static void line_depth(struct body *b, size_t line, struct str text)
{
	size_t marks = 0, i = 0;
	for (; i < text.len; i++) {
		char c = text.ptr[i], after = i + 1 < text.len ? text.ptr[i + 1] : ' ';
		if (c == ' ' || c == '\t')
			continue;
		if (c == '>' || ((c == '-' || c == '+' || c == '*') && after == ' '))
			marks++;
		else
			break;
	}
	/* Blanks before a mark: deep nesting by indentation, two columns a level. */
	if (marks > NESTING_MAX || (marks && i > 4 * NESTING_MAX))
		nesting_report(b, body_place(b, b->lines[line]));
}

/* A table's line of hyphens, which fixes its columns. cmark fills up every row
 * to them: a few wide lines would become millions of cells. */
static size_t bars_in_rule(struct str text)
{
	size_t bars = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!strchr("|-: \t>", text.ptr[i]))
			return 0;
		bars += text.ptr[i] == '|';
	}
	return bars;
}

static void table_width(struct body *b, size_t line, struct str text)
{
	size_t bars = bars_in_rule(text);
	if (bars <= COLUMNS_MAX + 1)
		return;
	diag_report(b->reader->diags, DIAG_TABLE_WIDE, body_place(b, b->lines[line]), "%zu", bars);
	b->refused = true;
}

/* ---- attributes and brackets ---- */

static void attributes_mask(struct body *b, size_t start, size_t end)
{
	struct attribute_block block = { str_sub(b->source, start, end - start),
					 body_place(b, start) };
	PUSH(b->reader->arena, b->attributes, b->attribute_count, b->attribute_capacity, block);
	for (size_t i = start; i < end; i++)
		b->masked[i] = masked_character(b->masked[i]);
	b->masked[start] = MASK_ATTRIBUTES;
	b->masked[end - 1] = MASK_ATTRIBUTES_END;
}

const struct attribute_block *attribute_block_find(const struct body *b, struct place from,
						   struct str text)
{
	size_t low = 0, high = b->attribute_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct place p = b->attributes[middle].place;
		if (p.line < from.line || (p.line == from.line && p.column < from.column))
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < b->attribute_count; low++)
		if (str_equal(b->attributes[low].text, text))
			return &b->attributes[low];
	return NULL;
}

/* Tries attributes at i; returns where they end, or i. */
static size_t attributes_try(struct body *b, size_t i, size_t limit)
{
	size_t end;
	if (i >= limit || b->source.ptr[i] != '{' || !attributes_begin(b->source, i, limit, &end))
		return i;
	if (end == 0) {
		diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, body_place(b, i),
				 STR("close the attributes with }, and quotation marks in them"),
				 "%s", "not closed");
		return i;
	}
	attributes_mask(b, i, end);
	return end;
}

/* A piece of text without blank lines or lines of colons. */
struct chunk_scan {
	struct body *body;
	size_t end;
	size_t brackets[NESTING_MAX + 1];
	size_t depth;
	bool no_closer[33]; /* runs of so many backticks that nothing closes */
	size_t at_signs; /* in the word at hand */
	size_t marks; /* in the paragraph at hand */
	bool in_list, in_table;
};

/* Past a code span, or past the backticks that open none. */
static size_t skip_code(struct chunk_scan *c, size_t i)
{
	struct str s = c->body->source;
	size_t n = 0;
	while (i + n < c->end && s.ptr[i + n] == '`')
		n++;
	if (n > 32 || c->no_closer[n])
		return i + n;
	for (size_t k = i + n; k < c->end;) {
		size_t run = 0;
		while (k + run < c->end && s.ptr[k + run] == '`')
			run++;
		if (run == n)
			return k + run;
		k += run ? run : 1;
	}
	c->no_closer[n] = true;
	return i + n;
}

/* A span's brackets, unless they are a link's, a picture's or a note's. */
static void span_mask(struct body *b, size_t open, size_t close)
{
	char before = open > 0 ? b->source.ptr[open - 1] : ' ';
	if (before == '!' || before == ']' || b->source.ptr[open + 1] == '^')
		return;
	b->masked[open] = MASK_SPAN;
	b->masked[close] = MASK_SPAN_END;
}

static size_t close_bracket(struct chunk_scan *c, size_t i)
{
	size_t end = attributes_try(c->body, i + 1, c->end);
	if (c->depth > 0) {
		c->depth--;
		if (end > i + 1)
			span_mask(c->body, c->brackets[c->depth], i);
	}
	return end;
}

/* cmark looks for addresses around every @, in time that grows with the square
 * of how many one word has. No address has more than one. */
static void count_at_sign(struct chunk_scan *c, size_t i)
{
	enum { AT_SIGNS_MAX = 8 };
	if (++c->at_signs > AT_SIGNS_MAX)
		c->body->masked[i] = masked_character('@');
}

/* Its time grows with the square of a paragraph's marks, too. */
static void count_mark(struct chunk_scan *c, size_t i)
{
	enum { MARKS_MAX = 5000 };
	struct body *b = c->body;
	if (++c->marks <= MARKS_MAX || b->refused)
		return;
	diag_report_hint(b->reader->diags, DIAG_PARAGRAPH_MARKS, body_place(b, i),
			 STR("leave a line empty to divide it"), "%s", "");
	b->refused = true;
}

static bool is_item(struct str line)
{
	size_t i = 0;
	while (i < line.len && line.ptr[i] >= '0' && line.ptr[i] <= '9')
		i++;
	if (i + 1 >= line.len || line.ptr[i + 1] != ' ')
		return false;
	return i ? line.ptr[i] == '.' || line.ptr[i] == ')' : strchr("-+*", line.ptr[i]) != NULL;
}

/* Items of a list and rows of a table are paragraphs of their own. */
static void line_begin(struct chunk_scan *c, size_t start)
{
	struct str rest = str_sub(c->body->source, start, c->end - start);
	struct str line = str_trim(str_sub(rest, 0, str_find(rest, STR("\n"), 0)));
	c->in_list |= is_item(line);
	c->in_table |= bars_in_rule(line) > 0;
	if ((c->in_list && is_item(line)) || (c->in_table && str_starts(line, STR("|"))))
		c->marks = 0;
	c->at_signs = 0;
}

/* One step of the scan: what stands at i; returns where to go on. */
static size_t chunk_step(struct chunk_scan *c, size_t i)
{
	struct body *b = c->body;
	switch (b->source.ptr[i]) {
	case '\n':
		line_begin(c, i + 1);
		return i + 1;
	case ' ':
		c->at_signs = 0;
		return i + 1;
	case '@':
		count_at_sign(c, i);
		return i + 1;
	case '*':
	case '_':
	case '~':
	case '<':
		count_mark(c, i);
		return i + 1;
	case '\\':
		return i + 2;
	case '`':
		return skip_code(c, i);
	case '[':
		count_mark(c, i);
		if (c->depth > NESTING_MAX)
			nesting_report(b, body_place(b, i));
		else
			c->brackets[c->depth++] = i;
		return i + 1;
	case ']':
		return close_bracket(c, i);
	case ')':
		return attributes_try(b, i + 1, c->end);
	default:
		return i + 1;
	}
}

static void chunk_mask(struct body *b, size_t start, size_t end)
{
	struct chunk_scan c = { .body = b, .end = end };
	if (start < end)
		line_begin(&c, start);
	for (size_t i = start; i < end;)
		i = chunk_step(&c, i);
}

static bool is_heading(struct str text)
{
	size_t at = prefix_length(text);
	return at < text.len && text.ptr[at] == '#';
}

/* "## Heading {lang=en}" */
static void heading_mask(struct body *b, size_t line, struct str text)
{
	while (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t'))
		text.len--;
	size_t open = text.len;
	while (str_ends(text, STR("}")) && open > 0 && text.ptr[open - 1] != '{')
		open--;
	if (open < 2 || open == text.len)
		return;
	size_t start = b->lines[line] + open - 1, end;
	if (text.ptr[open - 2] == ' ' &&
	    attributes_begin(b->source, start, b->lines[line] + text.len, &end) && end)
		attributes_mask(b, start, end);
}

static bool is_fence(struct str text)
{
	struct str rest = str_sub(text, prefix_length(text), text.len);
	return str_starts(rest, STR("```")) || str_starts(rest, STR("~~~"));
}

void body_mask(struct body *b)
{
	lines_index(b);
	b->masked = str_c(b->reader->arena, b->source);
	size_t chunk = 0; /* where the piece at hand begins */
	bool fenced = false; /* roughly: only depth is judged by it */
	for (size_t line = 0; line < b->line_count && !b->refused; line++) {
		size_t start = b->lines[line];
		size_t next = line + 1 < b->line_count ? b->lines[line + 1] : b->source.len;
		struct str text = str_sub(b->source, start, next - start);
		if (str_ends(text, STR("\n")))
			text.len--;
		bool blank = is_blank(text);
		if (blank || directive_line_read(b, line, text)) {
			chunk_mask(b, chunk, start);
			chunk = next;
			continue;
		}
		fenced ^= is_fence(text);
		if (!fenced)
			line_depth(b, line, text);
		table_width(b, line, text);
		definition_read(b, line, text);
		if (is_heading(text)) {
			chunk_mask(b, chunk, next);
			heading_mask(b, line, text);
			chunk = next;
		}
	}
	if (!b->refused)
		chunk_mask(b, chunk, b->source.len);
}
