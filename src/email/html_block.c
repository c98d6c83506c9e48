/* Blocks and inlines of Markdown and of our directives, as mail programs take
 * them: one function each, in a table by kind. */
#include "base/utf8.h"
#include "email/mail.h"
#include "model/number.h"
#include "model/pixels.h"

enum { GALLERY_WIDTH = 260, GALLERY_GAP = 24 };

static void put_node(struct mail *m, const struct node *n);

static const struct node *first_of(const struct mail *m, const struct node *parent)
{
	return node_first_shown(parent->first, EDITION_EMAIL, m->region);
}

static const struct node *after(const struct mail *m, const struct node *n)
{
	return node_next_shown(n, EDITION_EMAIL, m->region);
}

static void put_inlines(struct mail *m, const struct node *parent)
{
	for (const struct node *n = first_of(m, parent); n; n = after(m, n))
		put_node(m, n);
}

/* <tag[ class][ lang] style=""> */
static void put_open(struct mail *m, const struct node *n, const char *tag, const char *class,
		     enum dress dress)
{
	struct buf *b = &m->html;
	buf_format(b, "<%s", tag);
	if (*class)
		buf_format(b, " class=\"%s\"", class);
	if (n->language.len)
		HTML(b, " lang=\"$\"", n->language);
	HTML(b, " style=\"@\">", m->dress[dress]);
}

enum {
	/* The narrowest screen, less our inset and what browsers put around a body. */
	TELEPHONE = 320 - 2 * PAGE_INSET - 16,
	CELL_INSET = 8,
};

/* About how many CSS pixels the longest word below a node is wide. */
static int longest_word(const struct mail *m, const struct node *n)
{
	struct buf text;
	buf_init(&text, MAIL_CEILING);
	node_put_text(&text, n, EDITION_EMAIL, m->region);
	int longest = pixels_of_longest(buf_str(&text));
	buf_release(&text);
	return longest;
}

/* A style for what holds a word that is wider than fits: it may be divided
 * anywhere, better than a message wider than the screen. Others may not, lest
 * amounts of money be. */
static struct str breaking(const struct mail *m, const struct node *n, int most)
{
	return longest_word(m, n) > most ? STR(";word-break:break-word") : STR("");
}

int html_longest(struct str words, int size)
{
	enum { MEASURED = 16 };
	return pixels_of_longest(words) * size / MEASURED;
}

struct str html_breaking(struct str words, int size)
{
	const struct str bond = STR("\u00a0");
	bool wide = false;
	for (size_t at = 0, end; at < words.len && !wide; at = end + bond.len) {
		end = str_find(words, bond, at);
		wide = html_longest(str_sub(words, at, end - at), size) > TELEPHONE;
	}
	return wide ? STR(";word-break:break-word") : STR("");
}

/* ---- inlines ---- */

/* Those of a contact have a thumb's room on a telephone. */
static struct str class_of_link(const struct node *n)
{
	return node_is_within(n, NODE_CONTACT) ? STR("l n") : STR("l");
}

/* In a contact it is what is looked for. */
static struct str emphasis_of_telephone(const struct node *n)
{
	return node_is_within(n, NODE_CONTACT) ? STR(";font-weight:bold") : STR("");
}

/* Telephones can be dialled. */
static void put_number(struct mail *m, const struct node *n, const struct number *number)
{
	struct str figures = str_sub(n->text, number->start, number->end - number->start);
	if (!number->telephone) {
		html_put(&m->html, figures);
		return;
	}
	HTML(&m->html, "<a class=\"@\" style=\"@@\" href=\"", class_of_link(n),
	     m->dress[DRESS_LINK], emphasis_of_telephone(n));
	number_put_url(&m->html, figures);
	HTML(&m->html, "\">$</a>", html_together(m, figures));
}

/* A number and what no-break spaces bind to it, from there on: bytes of the text. */
static struct bound {
	size_t start, end;
} bound_to(struct str text, size_t from, const struct number *number)
{
	struct bound b = { number->start, number->end };
	while (b.start > from && !strchr(" \n", text.ptr[b.start - 1]))
		b.start--;
	while (b.end < text.len && !strchr(" \n", text.ptr[b.end]))
		b.end++;
	return b;
}

/* Mail programs break lines at hyphens between figures. Hyphens that do not break would be
 * copied with a postcode, and Outlook knows no white-space: so what may not be parted is a
 * block. A line may end on either side of one, also where a no-break space stands: those
 * that bind belong into it, and where they bind what is no text it is none. */
static bool is_block(struct str text, struct bound b, const struct number *number)
{
	struct str all = str_sub(text, b.start, b.end - b.start);
	return memchr(text.ptr + number->start, '-', number->end - number->start) &&
	       !str_starts(all, STR("\u00a0")) && !str_ends(all, STR("\u00a0"));
}

static void put_words(struct mail *m, struct str words, struct place place, bool templated)
{
	html_put(&m->html, templated ? mail_words(m, words, place) : words);
}

/* templated: placeholders in it are the mail's. */
static void put_with_numbers(struct mail *m, const struct node *n, bool templated)
{
	struct number number;
	struct str text = n->text;
	size_t at = 0;
	while (number_find(n, EDITION_EMAIL, m->region, at, &number)) {
		struct bound b = bound_to(text, at, &number);
		bool block = is_block(text, b, &number);
		put_words(m, str_sub(text, at, b.start - at), n->place, templated);
		buf_put_c(&m->html, block ? "<span style=\"display:inline-block\">" : "");
		put_words(m, str_sub(text, b.start, number.start - b.start), n->place, templated);
		put_number(m, n, &number);
		at = block ? b.end : number.end;
		put_words(m, str_sub(text, number.end, at - number.end), n->place, templated);
		buf_put_c(&m->html, block ? "</span>" : "");
	}
	put_words(m, str_sub(text, at, text.len), n->place, templated);
}

static void put_text(struct mail *m, const struct node *n)
{
	put_with_numbers(m, n, true);
}

void html_words(struct mail *m, struct str words)
{
	put_with_numbers(m, &(const struct node){ .kind = NODE_TEXT, .text = words }, false);
}

static void put_wrapped(struct mail *m, const struct node *n, const char *tag)
{
	buf_format(&m->html, "<%s>", tag);
	put_inlines(m, n);
	buf_format(&m->html, "</%s>", tag);
}

static void put_emphasis(struct mail *m, const struct node *n)
{
	put_wrapped(m, n, "em");
}

static void put_strong(struct mail *m, const struct node *n)
{
	put_wrapped(m, n, "strong");
}

static void put_strike(struct mail *m, const struct node *n)
{
	put_wrapped(m, n, "s");
}

/* Braces in code are code. */
static void put_code(struct mail *m, const struct node *n)
{
	HTML(&m->html, "<code style=\"@\">$</code>", m->dress[DRESS_CODE], n->text);
}

static void put_link(struct mail *m, const struct node *n)
{
	struct str url = mail_target(m, n);
	if (!url.len) {
		put_inlines(m, n);
		return;
	}
	HTML(&m->html, "<a class=\"@\" style=\"@@@\" href=\"$\">", class_of_link(n),
	     m->dress[DRESS_LINK], breaking(m, n, TELEPHONE),
	     str_starts(url, STR("tel:")) ? emphasis_of_telephone(n) : STR(""), url);
	put_inlines(m, n);
	buf_put_c(&m->html, "</a>");
}

static void put_line_break(struct mail *m, const struct node *n)
{
	(void)n;
	buf_put_c(&m->html, "<br>");
}

/* Links within a message lead nowhere in many mail programs: a number alone. */
static void put_note_reference(struct mail *m, const struct node *n)
{
	if (n->reference)
		buf_format(&m->html, "<sup>[%d]</sup>", n->reference->note.number);
}

static void put_span(struct mail *m, const struct node *n)
{
	HTML(&m->html, "<span lang=\"$\">", node_language(n, m->article));
	put_inlines(m, n);
	buf_put_c(&m->html, "</span>");
}

/* ---- blocks ---- */

static void put_paragraph(struct mail *m, const struct node *n)
{
	put_open(m, n, "p", "", DRESS_P);
	put_inlines(m, n);
	buf_put_c(&m->html, "</p>\n");
}

static void put_heading(struct mail *m, const struct node *n)
{
	int level = n->level - 1 + m->heading;
	if (level > 6)
		level = 6;
	const char tag[] = { 'h', (char)('0' + level), '\0' };
	put_open(m, n, tag, "", n->level == 2 ? DRESS_H4 : DRESS_H5);
	put_inlines(m, n);
	buf_format(&m->html, "</%s>\n", tag);
}

/* In a tight list items are words, not paragraphs. */
static void put_item(struct mail *m, const struct node *n)
{
	bool tight = n->parent && n->parent->kind == NODE_LIST && n->parent->list.tight;
	put_open(m, n, "li", "", DRESS_ITEM);
	for (const struct node *c = first_of(m, n); c; c = after(m, c)) {
		if (tight && c->kind == NODE_PARAGRAPH)
			put_inlines(m, c);
		else
			put_node(m, c);
	}
	buf_put_c(&m->html, "</li>\n");
}

static void put_list(struct mail *m, const struct node *n)
{
	const char *tag = n->list.ordered ? "ol" : "ul";
	buf_format(&m->html, "<%s", tag);
	if (n->list.ordered && n->list.start != 1)
		buf_format(&m->html, " start=\"%d\"", n->list.start);
	HTML(&m->html, " style=\"@\">\n", m->dress[DRESS_LIST]);
	html_blocks(m, n->first);
	buf_format(&m->html, "</%s>\n", tag);
}

static void put_framed(struct mail *m, const struct node *n, const char *tag, const char *class,
		       enum dress dress)
{
	put_open(m, n, tag, class, dress);
	buf_put_byte(&m->html, '\n');
	html_blocks(m, n->first);
	buf_format(&m->html, "</%s>\n", tag);
}

static void put_quote(struct mail *m, const struct node *n)
{
	put_framed(m, n, "blockquote", "r", DRESS_QUOTE);
}

static void put_pullquote(struct mail *m, const struct node *n)
{
	put_framed(m, n, "blockquote", "r", DRESS_PULLQUOTE);
}

static void put_contact(struct mail *m, const struct node *n)
{
	put_framed(m, n, "div", "r", DRESS_CONTACT);
}

static void put_question(struct mail *m, const struct node *n)
{
	put_framed(m, n, "div", "l", DRESS_QUESTION);
}

static void put_code_block(struct mail *m, const struct node *n)
{
	put_open(m, n, "pre", "", DRESS_CODE_BLOCK);
	html_put(&m->html, n->text);
	buf_put_c(&m->html, "</pre>\n");
}

static void put_rule(struct mail *m, const struct node *n)
{
	put_open(m, n, "hr", "r", DRESS_RULE);
	buf_put_byte(&m->html, '\n');
}

static bool is_empty(const struct mail *m, const struct node *cell)
{
	return !first_of(m, cell);
}

/* Columns that could not all show their longest word on a telephone get shares of
 * the table's width by those words, so that as few as can be are divided; in percent,
 * in m's arena. NULL: all fit, the reader knows best. */
static int *column_shares(struct mail *m, const struct node *table)
{
	int columns = table->table.columns, width = 0, words = 0;
	if (columns < 2)
		return NULL;
	int *longest = NEW_ARRAY(m->arena, int, columns);
	for (const struct node *row = first_of(m, table); row; row = after(m, row)) {
		int column = 0;
		for (const struct node *c = first_of(m, row); c && column < columns;
		     c = after(m, c), column++) {
			int word = longest_word(m, c);
			longest[column] = word > longest[column] ? word : longest[column];
		}
	}
	for (int i = 0; i < columns; i++) {
		width += longest[i] + CELL_INSET;
		words += longest[i];
	}
	if (width <= TELEPHONE)
		return NULL;
	for (int i = 0; i < columns; i++)
		longest[i] = longest[i] * 100 / words;
	return longest;
}

static void put_row(struct mail *m, const struct node *table, const struct node *row, bool head,
		    const int *shares)
{
	static const char *const sides[] = { [ALIGN_DEFAULT] = "left",
					     [ALIGN_LEFT] = "left",
					     [ALIGN_CENTRE] = "center",
					     [ALIGN_RIGHT] = "right" };
	struct buf *b = &m->html;
	const bool heads_rows = !head && table_heads_rows(table);
	int column = 0;
	buf_put_c(b, "<tr>");
	for (const struct node *c = first_of(m, row); c; c = after(m, c), column++) {
		enum alignment side = column < table->table.columns && table->table.alignments
					      ? table->table.alignments[column]
					      : ALIGN_DEFAULT;
		/* A header without words would be read out as one. */
		bool header = (head || (heads_rows && column == 0)) && !is_empty(m, c);
		buf_put_c(b, !header ? "<td" : head ? "<th scope=\"col\"" : "<th scope=\"row\"");
		int share = shares && column < table->table.columns ? shares[column] : 0;
		int most = share ? TELEPHONE * share / 100 - CELL_INSET : TELEPHONE;
		if (head && share)
			buf_format(b, " width=\"%d%%\"", share);
		HTML(b, " class=\"r\" style=\"@;text-align:@@\">",
		     m->dress[head ? DRESS_TH : DRESS_TD], str_from(sides[side]),
		     breaking(m, c, most));
		put_inlines(m, c);
		buf_put_c(b, header ? "</th>" : "</td>");
	}
	buf_put_c(b, "</tr>\n");
}

/* thead and tbody would say nothing that scope does not. */
static void put_table(struct mail *m, const struct node *n)
{
	const struct node *head = first_of(m, n);
	if (!head)
		return;
	const int *shares = column_shares(m, n);
	put_open(m, n, "table", "", DRESS_TABLE);
	for (const struct node *row = head; row; row = after(m, row))
		put_row(m, n, row, row == head, shares);
	buf_put_c(&m->html, "</table>\n");
}

void html_picture(struct mail *m, const struct picture *p, int width, bool with_words,
		  struct str url)
{
	struct buf *b = &m->html;
	struct str src = mail_picture_url(m, p);
	int columns = picture_upright_columns(p);
	bool small = columns > 0 && columns < width;
	if (small)
		width = columns;
	if (src.len) {
		if (url.len)
			HTML(b, "<a style=\"@\" href=\"$\">", m->dress[DRESS_IMAGE_LINK], url);
		HTML(b, "<img class=\"m\" src=\"$\" alt=\"$\" style=\"@", src, p->alt,
		     m->dress[DRESS_IMAGE]);
		if (small) /* never larger than it is */
			buf_format(b, ";max-width:%dpx", width);
		buf_format(b, "\" width=\"%d\">", width);
		buf_put_c(b, url.len ? "</a>" : "");
	}
	if (!with_words)
		return;
	struct str caption = mail_words(m, p->caption, p->place);
	/* Without a site there is nothing to show: the description stands in. */
	if (!src.len && !caption.len)
		caption = mail_words(m, p->alt, p->place);
	if (!caption.len && !p->credit.len) {
		buf_put_c(b, "<div style=\"padding:0 0 16px\"></div>\n");
		return;
	}
	HTML(b, "<p class=\"m\" style=\"padding:8px 0 0;@\">$", m->dress[DRESS_SMALL], caption);
	if (p->credit.len)
		HTML(b, "@$", caption.len ? STR(" · ") : STR(""), p->credit);
	buf_put_c(b, "</p>\n");
}

static void put_figure(struct mail *m, const struct node *n)
{
	if (n->picture)
		html_picture(m, n->picture, PAGE_WIDTH - 2 * PAGE_INSET, true, STR(""));
}

static void put_gallery(struct mail *m, const struct node *n)
{
	buf_put_c(&m->html, "<div>");
	for (const struct node *c = first_of(m, n); c; c = after(m, c)) {
		if (c->kind != NODE_FIGURE || !c->picture) {
			put_node(m, c);
			continue;
		}
		buf_format(
			&m->html,
			"<div class=\"c\" style=\"display:inline-block;width:100%%;max-width:%dpx;"
			"vertical-align:top\"><div style=\"padding:0 %dpx 0 0\">",
			GALLERY_WIDTH + GALLERY_GAP / 2, GALLERY_GAP / 2);
		html_picture(m, c->picture, GALLERY_WIDTH, true, STR(""));
		buf_put_c(&m->html, "</div></div>");
	}
	buf_put_c(&m->html, "</div>\n");
}

/* Padding and ground hold in a cell everywhere, in a div not in Outlook. */
static void put_box(struct mail *m, const struct node *n)
{
	put_open(m, n, "table role=\"presentation\"", "", DRESS_BOX);
	HTML(&m->html, "<tr><td class=\"i\" style=\"@\">\n", m->dress[DRESS_TINT]);
	if (n->title.len)
		HTML(&m->html, "<p style=\"@\"><strong>$</strong></p>\n", m->dress[DRESS_BOX_TITLE],
		     mail_words(m, n->title, n->place));
	html_blocks(m, n->first);
	buf_put_c(&m->html, "</td></tr></table>\n");
}

/* The one link of a button's paragraph, or NULL. */
static const struct node *link_of(const struct mail *m, const struct node *n)
{
	struct walk w;
	walk_start(&w, n->first, EDITION_EMAIL, m->region);
	while (walk_next(&w))
		if (w.entering && w.node->kind == NODE_LINK)
			return w.node;
	return NULL;
}

static void put_button(struct mail *m, const struct node *n)
{
	const struct node *link = link_of(m, n);
	struct str url = link ? mail_target(m, link) : STR("");
	if (!url.len) {
		html_blocks(m, n->first);
		return;
	}
	HTML(&m->html,
	     "<table role=\"presentation\" style=\"margin:0 0 20px;border-collapse:collapse\"><tr>"
	     "<td style=\"@\"><a style=\"@\" href=\"$\">",
	     m->dress[DRESS_BUTTON], m->dress[DRESS_BUTTON_LINK], url);
	put_inlines(m, link);
	buf_put_c(&m->html, "</a></td></tr></table>\n");
}

static void put_nothing(struct mail *m, const struct node *n)
{
	(void)m;
	(void)n;
}

static void put_children(struct mail *m, const struct node *n)
{
	html_blocks(m, n->first);
}

static void put_node(struct mail *m, const struct node *n)
{
	static void (*const put[NODE_KIND_COUNT])(struct mail *, const struct node *) = {
		[NODE_PARAGRAPH] = put_paragraph,
		[NODE_HEADING] = put_heading,
		[NODE_LIST] = put_list,
		[NODE_ITEM] = put_item,
		[NODE_QUOTE] = put_quote,
		[NODE_CODE_BLOCK] = put_code_block,
		[NODE_RULE] = put_rule,
		[NODE_TABLE] = put_table,
		[NODE_ROW] = put_nothing, /* by the table */
		[NODE_CELL] = put_nothing, /* by its row */
		[NODE_FIGURE] = put_figure,
		[NODE_NOTE] = put_nothing, /* behind the article */
		[NODE_PULLQUOTE] = put_pullquote,
		[NODE_BOX] = put_box,
		[NODE_GALLERY] = put_gallery,
		[NODE_CONTACT] = put_contact,
		[NODE_BUTTON] = put_button,
		[NODE_QA] = put_children,
		[NODE_QUESTION] = put_question,
		[NODE_ANSWER] = put_children,
		[NODE_ONLY] = put_children,
		[NODE_BREAK] = put_nothing,
		[NODE_TEXT] = put_text,
		[NODE_EMPHASIS] = put_emphasis,
		[NODE_STRONG] = put_strong,
		[NODE_STRIKE] = put_strike,
		[NODE_CODE] = put_code,
		[NODE_LINK] = put_link,
		[NODE_LINE_BREAK] = put_line_break,
		[NODE_NOTE_REFERENCE] = put_note_reference,
		[NODE_SPAN] = put_span,
	};
	put[n->kind](m, n);
}

void html_blocks(struct mail *m, const struct node *first)
{
	const struct node *n = node_first_shown(first, EDITION_EMAIL, m->region);
	for (; n; n = after(m, n))
		put_node(m, n);
}

void html_notes(struct mail *m, const struct article *a)
{
	struct buf *b = &m->html;
	if (!a->note_count)
		return;
	HTML(b, "<p class=\"m\" style=\"@\">$</p>\n<ol style=\"@\">\n", m->dress[DRESS_SMALL],
	     word(WORD_NOTES, m->language), m->dress[DRESS_LIST]);
	for (size_t i = 0; i < a->note_count; i++) {
		HTML(b, "<li style=\"@\">", m->dress[DRESS_NOTE]);
		html_blocks(m, a->notes[i]->first);
		buf_put_c(b, "</li>\n");
	}
	buf_put_c(b, "</ol>\n");
}
