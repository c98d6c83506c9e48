/* Slips: what was meant as Markdown, misses it by a sign, and would be printed as
 * it was typed.
 *
 * WHERE THEY ARE LOOKED FOR. Only in what cmark left as text: code, links and
 * whatever else was understood is behind us then. There the bytes are read as they
 * were typed, because a backslash before a sign says that it is meant. What may be
 * meant without one (hashtags, marks of notes, hotel stars, sums) is no slip: a
 * warning that is wrong once is believed no more. */
#include "source/slips.h"

#include "base/url.h"
#include "source/nearest.h"

enum { LINK_TEXT_MAX = 300 }; /* bytes that are looked at before a sign */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The byte of the body at i, a line's end outside of it. */
static char byte_at(const struct body *b, size_t i)
{
	return i < b->source.len ? b->masked[i] : '\n';
}

static char byte_before(const struct body *b, size_t i)
{
	return i > 0 ? b->masked[i - 1] : '\n';
}

/* ---- links ---- */

static bool is_web_address(struct str s)
{
	size_t end = 0;
	while (end < s.len && (unsigned char)s.ptr[end] > ' ' && s.ptr[end] != ')')
		end++;
	return url_allowed(str_sub(s, 0, end)) || str_equal_nocase(str_sub(s, 0, 4), STR("www."));
}

/* Or the name of an article or a picture, up to the bracket that closes. */
static bool is_address(struct str s)
{
	static const struct str ends[] = { STR_INIT(".md"), STR_INIT(".jpg"), STR_INIT(".jpeg"),
					   STR_INIT(".png") };
	size_t close = str_find(s, STR(")"), 0);
	struct str inside = str_sub(s, 0, close);
	if (is_web_address(s))
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (close < s.len && str_ends(inside, ends[i]))
			return true;
	return false;
}

/* Where the bracket that "]" at close may belong to was opened, or close. */
static size_t bracket_open(const struct body *b, size_t start, size_t close)
{
	size_t open = close;
	if (start + LINK_TEXT_MAX < close)
		start = close - LINK_TEXT_MAX;
	while (open > start && byte_at(b, open) != '[')
		open--;
	return byte_at(b, open) == '[' && byte_before(b, open) != '\\' ? open : close;
}

/* Whether it holds words: [1] and [^1] are no link's text. */
static bool has_words(const struct body *b, size_t open, size_t close)
{
	if (byte_at(b, open + 1) == '^')
		return false;
	for (size_t i = open + 1; i < close; i++)
		if (is_letter(b->masked[i]))
			return true;
	return false;
}

/* "address „caption”" */
static bool has_typographic_caption(struct str s)
{
	size_t space = str_find(s, STR(" "), 0);
	struct str caption = str_trim(str_sub(s, space, s.len));
	return str_starts(caption, STR("„")) || str_starts(caption, STR("“")) ||
	       str_starts(caption, STR("”")) || str_starts(caption, STR("«"));
}

/* "[text](two words)", or one that nothing closes. */
static void broken_link(struct body *b, size_t close)
{
	struct str rest = str_sub((struct str){ b->masked, b->source.len }, close + 2, SLIP_REACH);
	struct str paragraph = str_sub(rest, 0, str_find(rest, STR("\n\n"), 0));
	size_t end = str_find(paragraph, STR(")"), 0);
	struct str address = str_sub(paragraph, 0, end);
	struct str hint = STR("an address with spaces stands in <…>; brackets in it, and quotation "
			      "marks in a caption, need a backslash");
	if (end == paragraph.len && !is_web_address(address))
		return;
	if (end == paragraph.len)
		hint = STR("close the address with )");
	else if (has_typographic_caption(address))
		hint = STR("write straight quotation marks: (address \"caption\")");
	else if (is_web_address(address) && !memchr(address.ptr, '"', address.len))
		hint = STR("write %20 for a space in an address");
	diag_report_hint(b->reader->diags, DIAG_LINK_INVALID, body_place(b, close + 1), hint,
			 "not understood as a link or picture");
}

/* Behind the bracket that closes an address, or the end of the line. */
static size_t address_end(const struct body *b, size_t start)
{
	struct str line = line_from(b, start);
	size_t i = 0;
	while (i < line.len && line.ptr[i] != ')' && line.ptr[i] != ']')
		i++;
	return start + i + (i < line.len);
}

/* "[text] (address)" */
static void parted_link(struct body *b, size_t start, size_t close, size_t end)
{
	size_t open = bracket_open(b, start, close), at = close + 1;
	while (at < end && is_blank(byte_at(b, at)))
		at++;
	if (byte_at(b, at) == '(' && open < close && has_words(b, open, close) &&
	    is_address(line_from(b, at + 1)))
		slip_report(b, open, address_end(b, at + 1),
			    STR("leave no space between ] and (: [text](https://address)"));
}

/* "(text)[address]", "(text)(address)" and "[text][address]"; at is behind the
 * bracket that closes. */
static void swapped_link(struct body *b, size_t at)
{
	if (is_web_address(str_sub(b->source, at + 1, b->source.len)))
		slip_report(b, at - 1, address_end(b, at + 1),
			    STR("write [text](https://address)"));
}

/* ---- stars ---- */

struct run {
	size_t start, len;
};

/* The next run of one sign at or after i, unless a backslash stands before it. */
static bool run_next(const struct body *b, size_t i, size_t end, struct run *run)
{
	for (; i < end; i++) {
		char c = b->masked[i];
		if (c == '\\') {
			i++;
		} else if (c == '*' || c == '_' || c == '~') {
			*run = (struct run){ i, 1 };
			while (i + run->len < end && b->masked[i + run->len] == c)
				run->len++;
			return true;
		}
	}
	return false;
}

/* The run that could close the one at hand: of the same signs, and not at the head
 * of a line, where the next of several remarks begins. */
static bool run_twin(const struct body *b, struct run run, size_t end, struct run *twin)
{
	for (*twin = run; run_next(b, twin->start + twin->len, end, twin);)
		if (twin->len == run.len && b->masked[twin->start] == b->masked[run.start])
			return byte_before(b, twin->start) != '\n';
	return false;
}

static bool has_line_end(const struct body *b, size_t start, size_t end)
{
	return memchr(b->masked + start, '\n', end - start) != NULL;
}

/* "**words **", "** words**" and, in one line, "** words **". */
static bool is_spaced(const struct body *b, struct run run, struct run twin)
{
	size_t inside = run.start + run.len;
	bool space_first = is_blank(byte_at(b, inside));
	bool space_last = is_blank(byte_before(b, twin.start));
	char behind = byte_at(b, twin.start + twin.len);
	size_t letter = inside + space_first;
	if (!space_first && !space_last)
		return false;
	/* One star has other work: notes, products. */
	if (run.len == 1)
		return b->masked[run.start] == '*' && space_last && !space_first &&
		       is_letter(byte_at(b, inside)) && !is_letter(behind) && !is_digit(behind) &&
		       !has_line_end(b, inside, twin.start);
	if (space_first && space_last)
		return is_letter(byte_at(b, letter)) && twin.start > letter + 3 &&
		       !has_line_end(b, inside, twin.start);
	return true;
}

static void unpaired(struct body *b, struct run run)
{
	size_t inside = run.start + run.len;
	bool remark = byte_before(b, run.start) == '\n' && b->star_notes;
	if (run.len == 2 && b->masked[run.start] == '*' && is_letter(byte_at(b, inside)) && !remark)
		slip_report(b, run.start, inside + line_from(b, inside).len,
			    STR("write ** behind the last word, too, with no space before it"));
}

/* Returns where to go on. */
static size_t stars(struct body *b, struct run run, size_t end)
{
	struct run twin;
	size_t inside = run.start + run.len;
	char before = byte_before(b, run.start);
	/* As "price**": a remark about it may follow, which begins with stars. */
	if (is_letter(before) || is_digit(before)) {
		b->star_notes |= run.len > 1 && !is_letter(byte_at(b, inside));
		return inside;
	}
	bool two = run.len == 2 || (run.len == 3 && b->masked[run.start] == '*');
	if (!two && run.len != 1)
		return inside;
	if (!run_twin(b, run, end, &twin)) {
		unpaired(b, run);
		return inside;
	}
	if (!is_spaced(b, run, twin))
		return inside;
	slip_report(b, run.start, twin.start + twin.len,
		    str_format(b->reader->arena, "leave no space between %.*s and the words",
			       (int)run.len, b->masked + run.start));
	return twin.start + twin.len;
}

/* ---- characters by name ---- */

static const struct str entities[] = {
	STR_INIT("nbsp"),   STR_INIT("amp"),   STR_INIT("quot"),  STR_INIT("apos"),
	STR_INIT("shy"),    STR_INIT("ndash"), STR_INIT("mdash"), STR_INIT("hellip"),
	STR_INIT("bdquo"),  STR_INIT("rdquo"), STR_INIT("ldquo"), STR_INIT("laquo"),
	STR_INIT("raquo"),  STR_INIT("lsquo"), STR_INIT("rsquo"), STR_INIT("oacute"),
	STR_INIT("middot"), STR_INIT("times"), STR_INIT("copy"),  STR_INIT("thinsp"),
};

enum { ENTITIES = sizeof entities / sizeof *entities };

/* A name that was typed as it is known, or meant: the table's, or empty. */
static struct str entity(struct str typed, bool closed)
{
	for (size_t i = 0; i < ENTITIES; i++)
		if (str_equal(entities[i], typed))
			return entities[i];
	for (size_t i = 0; i < typed.len; i++)
		if (typed.ptr[i] < 'a' || typed.ptr[i] > 'z')
			return STR("");
	return closed && typed.len > 2 ? nearest(entities, ENTITIES, typed) : STR("");
}

/* Whether the Markdown parser knows a name that is not in our table. */
static bool entity_is_understood(struct str written)
{
	cmark_node *document = cmark_parse_document(written.ptr, written.len, CMARK_OPT_DEFAULT);
	struct str text = literal_of(cmark_node_first_child(cmark_node_first_child(document)));
	bool understood = !str_starts(text, STR("&"));
	cmark_node_free(document);
	return understood;
}

/* "&nbsp" without its semicolon, "&nbps;", "& nbsp;", "&#160"; what is whole became a
 * character. */
static void ampersand(struct body *b, size_t at)
{
	size_t start = at + 1 + (byte_at(b, at + 1) == ' '), end = start;
	bool number = byte_at(b, start) == '#' && is_digit(byte_at(b, start + 1));
	end += number;
	while (end < start + 12 && byte_at(b, end) > 0 &&
	       (number ? is_digit(byte_at(b, end)) : is_letter(byte_at(b, end))))
		end++;
	bool closed = byte_at(b, end) == ';', spaced = start > at + 1;
	struct str typed = str_sub(b->source, start, end - start);
	struct str known = number ? typed : entity(typed, closed);
	struct str written = str_sub(b->source, at, end + closed - at);
	bool whole = closed && str_equal(known, typed);
	bool in_word = !closed && is_letter(byte_before(b, at)) && !str_equal(known, STR("nbsp"));
	if (known.len == 0 || in_word || spaced != whole ||
	    (closed && !whole && entity_is_understood(written)))
		return;
	slip_report(b, at, end + closed,
		    str_format(b->reader->arena, "write &%.*s; or the character itself",
			       STR_ARG(known)));
}

/* ---- text ---- */

/* Where a text was typed. */
struct typed {
	size_t start, end;
	bool link_told, quotes_told;
};

/* ",,words''": once in a text, as who types them so always does. */
static void low_quotes(struct body *b, struct typed *text, size_t i)
{
	char before = byte_before(b, i);
	if (text->quotes_told || !is_letter(byte_at(b, i + 2)) || is_letter(before) ||
	    is_digit(before))
		return;
	text->quotes_told = true;
	slip_report(b, i, i + 2 + line_from(b, i + 2).len,
		    STR("write straight quotation marks: \"…\""));
}

/* Past a sign that is none of ours, or what it begins. */
static size_t text_step(struct body *b, struct typed *text, size_t i)
{
	struct run run;
	char next = byte_at(b, i + 1);
	switch (b->masked[i]) {
	case '\\':
		return i + 2;
	case ']':
		if (next == '(' && !text->link_told) {
			broken_link(b, i);
			text->link_told = true;
		} else if (next == '[') {
			swapped_link(b, i + 1);
		} else if (is_blank(next)) {
			parted_link(b, text->start, i, text->end);
		}
		return i + 1;
	case ')':
		if (next == '[' || next == '(')
			swapped_link(b, i + 1);
		return i + 1;
	case '<':
		if (raw_html_begins(line_from(b, i)))
			raw_html_report(b, line_from(b, i), body_place(b, i));
		return i + 1;
	case '&':
		ampersand(b, i);
		return i + 1;
	case ',':
		if (next == ',')
			low_quotes(b, text, i);
		return i + 1 + (next == ',');
	case '*':
	case '_':
	case '~':
		run_next(b, i, text->end, &run);
		return stars(b, run, text->end);
	default:
		return i + 1;
	}
}

static bool has_signs(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("])<&*_~,", text.ptr[i]))
			return true;
	return false;
}

void slips_in_text(struct body *b, struct str text, size_t start, size_t end)
{
	struct typed typed = { .start = start, .end = end };
	if (!has_signs(text))
		return;
	for (size_t i = start; i < end;)
		i = text_step(b, &typed, i);
}
