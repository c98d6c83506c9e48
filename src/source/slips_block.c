/* Lines and blocks that are not what their editor meant: headings, lists, tables and
 * directives that miss their sign, and paragraphs that became a heading or code. */
#include "source/slips.h"

#include "base/utf8.h"

#include <string.h>

enum { HEADING_MOST = 100 }; /* characters; a paragraph, more often than not, has more */

struct str line_from(const struct body *b, size_t i)
{
	struct str rest = str_sub((struct str){ b->masked, b->source.len }, i, SLIP_REACH);
	return str_sub(rest, 0, str_find(rest, STR("\n"), 0));
}

void slip_report(struct body *b, size_t start, size_t end, struct str hint)
{
	enum { SHOWN_MAX = 60 };
	struct str typed = str_trim(str_sub(b->source, start, end - start));
	typed = str_sub(typed, 0, str_find(typed, STR("\n"), 0));
	size_t shown = utf8_floor(typed, SHOWN_MAX);
	diag_report_hint(b->reader->diags, DIAG_MARKUP_SLIP, body_place(b, start), hint, "%.*s%s",
			 (int)shown, typed.ptr, shown < typed.len ? "…" : "");
}

/* ---- lines ---- */

/* ":: box", ": : : box" and "::": fewer than three colons in a row, and yet. */
static bool colons_slip(struct body *b, size_t offset, struct str line)
{
	size_t i = 0, colons = 0;
	if (!str_starts(line, STR(":")) || str_starts(line, STR(":::")))
		return false;
	for (; i < line.len && (line.ptr[i] == ':' || line.ptr[i] == ' '); i++)
		colons += line.ptr[i] == ':';
	struct str rest = str_sub(line, i, line.len);
	size_t name = 0;
	while (name < rest.len && is_letter(rest.ptr[name]))
		name++;
	struct str behind = str_trim(str_sub(rest, name, rest.len));
	bool head = directive_is_known(str_sub(rest, 0, name)) &&
		    (behind.len == 0 || behind.ptr[0] == '{' || behind.ptr[0] == ':');
	if (colons < 2 || (rest.len > 0 && !head))
		return false;
	struct str hint =
		rest.len ? str_format(b->reader->arena, "write ::: %.*s", (int)name, rest.ptr)
			 : STR("write ::: to close a directive");
	slip_report(b, offset, offset + line.len, hint);
	return true;
}

/* One sign of number may begin a hashtag: a heading is a line of its own, of words
 * that are not run together, and ends with a word or asks. */
static bool is_heading_of_one(struct str line, bool alone)
{
	size_t space = str_find(line, STR(" "), 0);
	char last = line.ptr[line.len - 1];
	for (size_t i = 2; i < space; i++)
		if ((line.ptr[i] >= 'A' && line.ptr[i] <= 'Z') || line.ptr[i] == '_')
			return false;
	return alone && space < line.len && str_find(line, STR("#"), 1) == line.len &&
	       (is_letter(last) || last == '?');
}

static bool heading_slip(struct body *b, size_t offset, struct str line, bool alone)
{
	size_t signs = 0;
	while (signs < line.len && line.ptr[signs] == '#')
		signs++;
	if (signs == 0 || signs > 6 || signs == line.len || !is_letter(line.ptr[signs]) ||
	    (signs == 1 && !is_heading_of_one(line, alone)))
		return false;
	slip_report(b, offset, offset + line.len,
		    str_format(b->reader->arena,
			       "write a space behind %.*s, and an empty line "
			       "before and behind the heading",
			       signs == 1 ? 2 : (int)signs, "######"));
	return true;
}

/* Bullets as word processors write them; the last is of Word's font of symbols. */
static bool bullet_slip(struct body *b, size_t offset, struct str line)
{
	static const struct str bullets[] = {
		STR_INIT("•"), STR_INIT("▪"), STR_INIT("●"),
		STR_INIT("◦"), STR_INIT("‣"), STR_INIT("■"),
		STR_INIT("○"), STR_INIT("·"), STR_INIT("\xEF\x82\xB7"),
	};
	for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
		struct str rest = str_sub(line, bullets[i].len, line.len);
		if (!str_starts(line, bullets[i]) ||
		    !(str_starts(rest, STR(" ")) || str_starts(rest, STR("\t")) ||
		      str_starts(rest, STR("\u00A0"))))
			continue;
		slip_report(b, offset, offset + line.len,
			    STR("begin the items of a list with - and a space"));
		return true;
	}
	return false;
}

static bool is_table_rule(struct str line)
{
	bool bar = false, hyphen = false;
	for (size_t i = 0; i < line.len; i++) {
		if (!strchr("|-: \t", line.ptr[i]))
			return false;
		bar |= line.ptr[i] == '|';
		hyphen |= line.ptr[i] == '-';
	}
	return bar && hyphen;
}

static struct str table_hint(struct body *b, struct str line, struct str below)
{
	enum { COLUMNS_SHOWN = 8 };
	int cells = cells_typed(line);
	if (is_table_rule(below))
		return str_format(b->reader->arena,
				  "the line of hyphens has as many cells as the row above it: %d, "
				  "not %d",
				  cells, cells_typed(below));
	struct str rule = STR("|");
	for (int i = 0; i < cells && i < COLUMNS_SHOWN; i++)
		rule = str_join(b->reader->arena, rule, STR("---|"));
	return str_format(b->reader->arena,
			  "write %.*s below the row that names the columns, and no empty line "
			  "between the rows",
			  STR_ARG(rule));
}

static int tabs_in(struct str line)
{
	int tabs = 0;
	for (size_t i = 0; i < line.len; i++)
		tabs += line.ptr[i] == '\t';
	return tabs;
}

static bool is_dash(struct str s)
{
	return str_equal(s, STR("–")) || str_equal(s, STR("—"));
}

/* Rows as a word processor or a spreadsheet copies them; not what a dash begins. */
static bool tabs_slip(struct body *b, size_t offset, struct str line, struct str below)
{
	struct str first = str_sub(line, 0, str_find(line, STR("\t"), 0));
	if (tabs_in(line) == 0 || tabs_in(line) != tabs_in(below) || is_dash(first))
		return false;
	slip_report(b, offset, offset + line.len,
		    STR("write rows of a table as | cell | cell |, and |---|---| below the first"));
	return true;
}

static bool is_item(struct str line, struct str letter)
{
	struct str rest = str_sub(line, letter.len, line.len);
	return str_starts(line, letter) &&
	       (str_starts(rest, STR(") ")) || str_starts(rest, STR(")\t")));
}

/* "a) …" and below it "b) …", which run on in one line; the second row is Cyrillic. */
static bool letters_slip(struct body *b, size_t offset, struct str line, struct str below)
{
	static const struct str letters[][2] = { { STR_INIT("a"), STR_INIT("b") },
						 { STR_INIT("а"), STR_INIT("б") } };
	bool items = false;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		items |= is_item(line, letters[i][0]) && is_item(below, letters[i][1]);
	if (items)
		slip_report(b, offset, offset + line.len,
			    STR("begin items with 1. and a space, or leave a line empty between "
				"them"));
	return items;
}

/* Rows with a bar at both ends, and those above a line of hyphens. */
static bool table_slip(struct body *b, size_t offset, struct str line, struct str below)
{
	bool row = str_starts(line, STR("|")) && str_ends(line, STR("|"));
	if (cells_typed(line) < 2 || !(row || is_table_rule(below)))
		return false;
	slip_report(b, offset, offset + line.len, table_hint(b, line, below));
	return true;
}

static size_t line_start(const struct body *b, int line)
{
	size_t offset = body_offset(b, line, 1);
	while (offset < b->source.len && strchr(" \t>", b->masked[offset]))
		offset++;
	return offset;
}

/* A backslash or two spaces at its end keep a line from running on into the next. */
static bool is_broken(struct str line)
{
	return str_ends(line, STR("\\")) || str_ends(line, STR("  "));
}

void slips_in_paragraph(struct body *b, cmark_node *n)
{
	int first = cmark_node_get_start_line(n), last = cmark_node_get_end_line(n);
	for (int i = first; first > 0 && i <= last; i++) {
		size_t offset = i == first ? body_offset(b, i, cmark_node_get_start_column(n))
					   : line_start(b, i);
		struct str typed = line_from(b, offset), line = str_trim(typed);
		struct str below =
			i < last ? str_trim(line_from(b, line_start(b, i + 1))) : STR("");
		struct str beside = is_broken(typed) ? STR("") : below;
		if (line.len == 0)
			continue;
		/* Once in a paragraph: the rest of it is like the first. */
		if (colons_slip(b, offset, line) || heading_slip(b, offset, line, first == last) ||
		    bullet_slip(b, offset, line) || table_slip(b, offset, line, below) ||
		    letters_slip(b, offset, line, beside) || tabs_slip(b, offset, line, beside))
			return;
	}
}

/* ---- blocks that became something else ---- */

/* Headings may exclaim, lead over or trail off. */
static bool ends_a_sentence(struct str s)
{
	static const struct str ends[] = { STR_INIT("."), STR_INIT(","), STR_INIT(";"),
					   STR_INIT(".”"), STR_INIT(".\"") };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(s, ends[i]))
			return true;
	return false;
}

static struct str line_at(const struct body *b, int line)
{
	return str_trim(line_from(b, line_start(b, line)));
}

/* Of hyphens or equals signs alone. */
static bool is_rule(struct str line)
{
	size_t i = 0;
	while (i < line.len && line.ptr[i] == line.ptr[0])
		i++;
	return line.len && i == line.len && (line.ptr[0] == '-' || line.ptr[0] == '=');
}

/* Hyphens that go as far as the words do are meant to make a heading of them. */
static bool is_underlined(struct str words, struct str hyphens)
{
	size_t letters = utf8_count(words);
	return hyphens.len > 3 && hyphens.len + 1 >= letters && hyphens.len <= letters + 1;
}

void slips_in_heading(struct body *b, cmark_node *n)
{
	int first = cmark_node_get_start_line(n), rule = first;
	if (first <= 0 ||
	    str_starts(line_from(b, body_offset(b, first, cmark_node_get_start_column(n))),
		       STR("#")))
		return;
	while ((size_t)rule < b->line_count && !is_rule(line_at(b, rule)))
		rule++;
	struct str words = line_at(b, rule - 1), hyphens = line_at(b, rule);
	if (!str_starts(hyphens, STR("-")) || is_underlined(words, hyphens))
		return;
	if (rule > first + 1 || ends_a_sentence(words) || utf8_count(words) > HEADING_MOST)
		diag_report_hint(b->reader->diags, DIAG_HEADING_UNDERLINED,
				 body_place(b, line_start(b, rule)),
				 STR("leave a line empty above the hyphens; a heading begins with "
				     "##"),
				 "%s", "");
}

/* Words that begin like a sentence and hold no sign of a program, as "print(" is one. */
static bool is_prose(struct str line)
{
	int words = 1;
	bool foreign = false;
	for (size_t i = 0; i < line.len; i++) {
		bool called = i > 0 && line.ptr[i] == '(' && is_letter(line.ptr[i - 1]);
		if (called || strchr("{}=<>|#$\\/_[]", line.ptr[i]))
			return false;
		words += line.ptr[i] == ' ';
		foreign |= (unsigned char)line.ptr[i] >= 0x80;
	}
	return words > 3 && is_letter(line.ptr[0]) &&
	       (foreign || ends_a_sentence(line) || str_ends(line, STR("!")) ||
		str_ends(line, STR("?")));
}

void slips_in_code(struct body *b, cmark_node *n)
{
	size_t offset = line_start(b, cmark_node_get_start_line(n));
	struct str line = str_trim(line_from(b, offset));
	if (line.len && is_prose(line))
		slip_report(b, offset, offset + line.len,
			    STR("four spaces before it make it code: begin it at the margin"));
}
