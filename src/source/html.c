/* Raw HTML: what to write instead. */
#include "source/body.h"

static const struct {
	struct str tag, hint;
} hints[] = {
	{ STR_INIT("br"), STR_INIT("end the line with a backslash") },
	{ STR_INIT("b"), STR_INIT("write **bold**") },
	{ STR_INIT("strong"), STR_INIT("write **bold**") },
	{ STR_INIT("i"), STR_INIT("write *emphasis*") },
	{ STR_INIT("em"), STR_INIT("write *emphasis*") },
	{ STR_INIT("u"), STR_INIT("write *emphasis*; underlining is for links") },
	{ STR_INIT("s"), STR_INIT("write ~~struck out~~") },
	{ STR_INIT("del"), STR_INIT("write ~~struck out~~") },
	{ STR_INIT("code"), STR_INIT("write `code`") },
	{ STR_INIT("pre"), STR_INIT("put ``` on the lines before and after") },
	{ STR_INIT("a"), STR_INIT("write [text](https://address)") },
	{ STR_INIT("img"), STR_INIT("write ![what it shows](images/name.jpg)") },
	{ STR_INIT("figure"), STR_INIT("write ![what it shows](images/name.jpg \"caption\")") },
	{ STR_INIT("hr"), STR_INIT("write ***") },
	{ STR_INIT("p"), STR_INIT("leave a line empty") },
	{ STR_INIT("div"), STR_INIT("write ::: box … :::") },
	{ STR_INIT("aside"), STR_INIT("write ::: box … :::") },
	{ STR_INIT("span"), STR_INIT("write [text]{lang=en}") },
	{ STR_INIT("blockquote"), STR_INIT("begin the lines with >") },
	{ STR_INIT("ul"), STR_INIT("begin the items with -") },
	{ STR_INIT("ol"), STR_INIT("begin the items with 1.") },
	{ STR_INIT("li"), STR_INIT("begin the items with -") },
	{ STR_INIT("table"), STR_INIT("write the cells between | signs") },
	{ STR_INIT("h1"), STR_INIT("begin the line with ##") },
	{ STR_INIT("h2"), STR_INIT("begin the line with ##") },
	{ STR_INIT("h3"), STR_INIT("begin the line with ###") },
	{ STR_INIT("sup"), STR_INIT("use the character itself: ², ³; or a footnote [^1]") },
	{ STR_INIT("sub"), STR_INIT("use the character itself: ₂") },
	{ STR_INIT("!--"), STR_INIT("comments are not kept: delete it") },
};

static bool is_tag_byte(char c)
{
	return (c | 0x20) >= 'a' ? (c | 0x20) <= 'z'
				 : (c >= '0' && c <= '9') || c == '!' || c == '-';
}

/* Empty for none. */
static struct str tag_hint(struct str tag)
{
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (str_equal_nocase(hints[i].tag, tag))
			return hints[i].hint;
	return STR("");
}

/* The name of a tag, and of what a colon stands behind: "o" of <o:p>. */
static struct str tag_name(struct str html)
{
	size_t start = str_starts(html, STR("</")) ? 2 : 1, end = start;
	while (end < html.len && end < start + 16 && is_tag_byte(html.ptr[end]))
		end++;
	return str_sub(html, start, end - start);
}

static bool is_word_tag(struct str html, struct str tag)
{
	struct str rest = str_sub(html, (size_t)(tag.ptr + tag.len - html.ptr), 2);
	return tag.len && rest.len == 2 && rest.ptr[0] == ':' && is_tag_byte(rest.ptr[1]);
}

/* Tags of one letter are left to the parser: "if a <b then" has none. */
bool raw_html_begins(struct str line)
{
	struct str tag = tag_name(line);
	size_t close = str_find(line, STR(">"), 0), end = (size_t)(tag.ptr + tag.len - line.ptr);
	if (close == line.len)
		return false;
	if (is_word_tag(line, tag))
		return str_find(line, STR(" "), 0) > end;
	return tag.len > 1 && tag_hint(tag).len && strchr(" />", line.ptr[end]);
}

void raw_html_report(struct body *b, struct str html, struct place place)
{
	html = str_trim(html);
	bool closing = str_starts(html, STR("</"));
	/* Whoever opened was told already. */
	if (closing && b->raw_html_told)
		return;
	b->raw_html_told = true;
	struct str tag = tag_name(html), hint;
	if (str_starts(tag, STR("!--")))
		tag.len = 3;
	hint = tag_hint(tag);
	if (is_word_tag(html, tag))
		hint = STR("a word processor left it here: delete it");
	else if (hint.len == 0)
		hint = STR("write Markdown, or a backslash before <");
	size_t shown = str_find(html, STR("\n"), 0);
	diag_report_hint(b->reader->diags, DIAG_RAW_HTML, place, hint, "%.*s",
			 (int)(shown > 60 ? 60 : shown), html.ptr);
}
