/* Blocks and inlines as elements: one function each, in a table by kind. */
#include "base/url.h"
#include "model/number.h"
#include "web/site.h"

static const struct node *first_of(const struct node *parent)
{
	return node_first_shown(parent->first, EDITION_WEB, STR(""));
}

static const struct node *after(const struct node *n)
{
	return node_next_shown(n, EDITION_WEB, STR(""));
}

void page_put_inlines(struct page_writer *p, const struct node *parent)
{
	for (const struct node *n = first_of(parent); n; n = after(n))
		page_put_block(p, n);
}

/* <tag[ class=""][ lang=""]> */
static void put_open(struct page_writer *p, const struct node *n, const char *tag,
		     const char *class)
{
	buf_format(&p->out, "<%s", tag);
	if (*class)
		buf_format(&p->out, " class=\"%s\"", class);
	page_put_language(p, n->language);
	buf_put_byte(&p->out, '>');
}

/* ---- inlines ---- */

/* Telephones can be dialled; browsers would break lines at hyphens between figures. */
static void put_text(struct page_writer *p, const struct node *n)
{
	struct number number;
	size_t at = 0;
	for (; number_find(n, EDITION_WEB, STR(""), at, &number); at = number.end) {
		struct str figures = str_sub(n->text, number.start, number.end - number.start);
		html_put(&p->out, str_sub(n->text, at, number.start - at));
		if (number.telephone) {
			buf_put_c(&p->out, "<a class=\"nb\" href=\"");
			number_put_url(&p->out, figures);
			HTML(&p->out, "\">$</a>", figures);
		} else {
			HTML(&p->out, "<span class=\"nb\">$</span>", figures);
		}
	}
	html_put(&p->out, str_sub(n->text, at, n->text.len));
}

static void put_wrapped(struct page_writer *p, const struct node *n, const char *tag)
{
	put_open(p, n, tag, "");
	page_put_inlines(p, n);
	buf_format(&p->out, "</%s>", tag);
}

static void put_emphasis(struct page_writer *p, const struct node *n)
{
	put_wrapped(p, n, "em");
}

static void put_strong(struct page_writer *p, const struct node *n)
{
	put_wrapped(p, n, "strong");
}

static void put_strike(struct page_writer *p, const struct node *n)
{
	put_wrapped(p, n, "s");
}

static void put_span(struct page_writer *p, const struct node *n)
{
	put_wrapped(p, n, "span");
}

static void put_code(struct page_writer *p, const struct node *n)
{
	HTML(&p->out, "<code>$</code>", n->text);
}

/* Where a link leads from this page; empty when nowhere. */
static struct str target(struct page_writer *p, const struct node *link)
{
	struct str url = link->link.url;
	if (str_starts(url, STR("#"))) {
		const struct article *a = document_article(p->site->doc, str_sub(url, 1, url.len));
		return a ? page_link(p, a) : STR("");
	}
	return url_allowed(url) ? url : STR("");
}

static void put_link_as(struct page_writer *p, const struct node *n, const char *class)
{
	struct str url = target(p, n);
	if (url.len) {
		buf_put_c(&p->out, "<a");
		if (*class)
			buf_format(&p->out, " class=\"%s\"", class);
		buf_put_c(&p->out, " href=\"");
		html_put_url(&p->out, url);
		buf_put_c(&p->out, "\">");
	}
	page_put_inlines(p, n);
	buf_put_c(&p->out, url.len ? "</a>" : "");
}

static void put_link(struct page_writer *p, const struct node *n)
{
	put_link_as(p, n, "");
}

static void put_line_break(struct page_writer *p, const struct node *n)
{
	(void)n;
	buf_put_c(&p->out, "<br>\n");
}

/* The way back from a note leads to its first reference. */
static void put_note_reference(struct page_writer *p, const struct node *n)
{
	if (!n->reference)
		return;
	int number = n->reference->note.number;
	bool known = number >= 1 && p->article && (size_t)number <= p->article->note_count;
	buf_put_c(&p->out, "<sup><a");
	if (known && p->referenced && !p->referenced[number - 1]) {
		buf_format(&p->out, " id=\"ref-%d\"", number);
		p->referenced[number - 1] = true;
	}
	buf_format(&p->out, " href=\"#note-%d\"", number);
	HTML(&p->out, " aria-label=\"$ ", word(WORD_NOTE, p->site->language));
	buf_format(&p->out, "%d\">%d</a></sup>", number, number);
}

/* ---- blocks ---- */

static void put_paragraph(struct page_writer *p, const struct node *n)
{
	put_open(p, n, "p", "");
	page_put_inlines(p, n);
	buf_put_c(&p->out, "</p>\n");
}

static void put_heading(struct page_writer *p, const struct node *n)
{
	int level = n->level - 2 + p->heading;
	level = level < 2 ? 2 : level > 6 ? 6 : level;
	const char tag[] = { 'h', (char)('0' + level), '\0' };
	struct buf words;
	buf_init(&words, PAGE_CEILING);
	node_put_text(&words, n, EDITION_WEB, STR(""));
	buf_format(&p->out, "<%s", tag);
	page_put_long_word(p, buf_str(&words));
	page_put_language(p, n->language);
	buf_put_byte(&p->out, '>');
	buf_release(&words);
	page_put_inlines(p, n);
	buf_format(&p->out, "</%s>\n", tag);
}

/* In a tight list items are words, not paragraphs. */
static void put_item(struct page_writer *p, const struct node *n)
{
	bool tight = n->parent && n->parent->kind == NODE_LIST && n->parent->list.tight;
	put_open(p, n, "li", "");
	for (const struct node *c = first_of(n); c; c = after(c)) {
		if (tight && c->kind == NODE_PARAGRAPH)
			page_put_inlines(p, c);
		else
			page_put_block(p, c);
	}
	buf_put_c(&p->out, "</li>\n");
}

static void put_list(struct page_writer *p, const struct node *n)
{
	const char *tag = n->list.ordered ? "ol" : "ul";
	buf_format(&p->out, "<%s", tag);
	if (n->list.ordered && n->list.start != 1)
		buf_format(&p->out, " start=\"%d\"", n->list.start);
	buf_put_c(&p->out, ">\n");
	page_put_blocks(p, n->first);
	buf_format(&p->out, "</%s>\n", tag);
}

static void put_framed(struct page_writer *p, const struct node *n, const char *tag,
		       const char *class)
{
	put_open(p, n, tag, class);
	buf_put_byte(&p->out, '\n');
	page_put_blocks(p, n->first);
	buf_format(&p->out, "</%s>\n", tag);
}

static void put_quote(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "blockquote", "");
}

static void put_pullquote(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "blockquote", "pullquote");
}

static void put_question(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "div", "question");
}

static void put_answer(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "div", "answer");
}

static void put_qa(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "div", "qa");
}

static void put_contact(struct page_writer *p, const struct node *n)
{
	put_framed(p, n, "div", "contact");
}

/* A group and no aside: a landmark for each box would be noise to who goes by them. */
static void put_box(struct page_writer *p, const struct node *n)
{
	buf_put_c(&p->out, "<div class=\"box\"");
	page_put_language(p, n->language);
	if (n->title.len)
		HTML(&p->out, " role=\"group\" aria-label=\"$\">\n<p class=\"box-title\">$</p>\n",
		     n->title, n->title);
	else
		buf_put_c(&p->out, ">\n");
	page_put_blocks(p, n->first);
	buf_put_c(&p->out, "</div>\n");
}

static void put_code_block(struct page_writer *p, const struct node *n)
{
	HTML(&p->out, "<pre tabindex=\"0\"><code>$</code></pre>\n", n->text);
}

static void put_rule(struct page_writer *p, const struct node *n)
{
	(void)n;
	buf_put_c(&p->out, "<hr>\n");
}

void page_put_figure(struct page_writer *p, const struct picture *picture,
		     enum place_of_picture place, bool eager)
{
	page_put_figure_as(p, picture, place, place_class(place), eager);
}

void page_put_figure_as(struct page_writer *p, const struct picture *picture,
			enum place_of_picture place, const char *class, bool eager)
{
	struct buf *b = &p->out;
	if (!picture->path.len && !picture->caption.len)
		return;
	buf_put_c(b, "<figure");
	if (*class)
		buf_format(b, " class=\"%s\"", class);
	buf_put_byte(b, '>');
	page_put_image(p, picture, place, eager);
	if (picture->caption.len || picture->credit.len) {
		HTML(b, "\n<figcaption>$", picture->caption);
		if (picture->credit.len)
			HTML(b, "@<span class=\"credit\">$</span>",
			     picture->caption.len ? STR(" · ") : STR(""), picture->credit);
		buf_put_c(b, "</figcaption>");
	}
	buf_put_c(b, "</figure>\n");
}

static void put_figure(struct page_writer *p, const struct node *n)
{
	static const enum place_of_picture by_width[] = {
		[PICTURE_COLUMN] = PLACE_COLUMN, [PICTURE_INSET] = PLACE_COLUMN,
		[PICTURE_WIDE] = PLACE_WIDE,     [PICTURE_FULL] = PLACE_FULL,
		[PICTURE_BLEED] = PLACE_FULL,
	};
	if (!n->picture)
		return;
	page_put_figure(p, n->picture,
			n->picture->decorative ? PLACE_ORNAMENT : by_width[n->picture->width],
			false);
}

static void put_button(struct page_writer *p, const struct node *n)
{
	struct walk w;
	walk_start(&w, n->first, EDITION_WEB, STR(""));
	while (walk_next(&w)) {
		if (!w.entering || w.node->kind != NODE_LINK)
			continue;
		buf_put_c(&p->out, "<p class=\"button-line\">");
		put_link_as(p, w.node, "button");
		buf_put_c(&p->out, "</p>\n");
		return;
	}
	page_put_blocks(p, n->first);
}

static void put_children(struct page_writer *p, const struct node *n)
{
	page_put_blocks(p, n->first);
}

static void put_nothing(struct page_writer *p, const struct node *n)
{
	(void)p;
	(void)n;
}

void page_put_block(struct page_writer *p, const struct node *n)
{
	static void (*const put[NODE_KIND_COUNT])(struct page_writer *, const struct node *) = {
		[NODE_PARAGRAPH] = put_paragraph,
		[NODE_HEADING] = put_heading,
		[NODE_LIST] = put_list,
		[NODE_ITEM] = put_item,
		[NODE_QUOTE] = put_quote,
		[NODE_CODE_BLOCK] = put_code_block,
		[NODE_RULE] = put_rule,
		[NODE_TABLE] = page_put_table,
		[NODE_ROW] = put_nothing, /* by the table */
		[NODE_CELL] = put_nothing, /* by its row */
		[NODE_FIGURE] = put_figure,
		[NODE_NOTE] = put_nothing, /* behind the article */
		[NODE_PULLQUOTE] = put_pullquote,
		[NODE_BOX] = put_box,
		[NODE_GALLERY] = page_put_gallery,
		[NODE_CONTACT] = put_contact,
		[NODE_BUTTON] = put_button,
		[NODE_QA] = put_qa,
		[NODE_QUESTION] = put_question,
		[NODE_ANSWER] = put_answer,
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
	put[n->kind](p, n);
}

/* Contacts that are neighbours stand in one grid. */
void page_put_blocks(struct page_writer *p, const struct node *first)
{
	const struct node *n = node_first_shown(first, EDITION_WEB, STR(""));
	bool in_grid = false;
	for (; n; n = after(n)) {
		bool contact = n->kind == NODE_CONTACT;
		if (contact != in_grid)
			buf_put_c(&p->out, contact ? "<div class=\"contacts\">\n" : "</div>\n");
		in_grid = contact;
		page_put_block(p, n);
	}
	buf_put_c(&p->out, in_grid ? "</div>\n" : "");
}

void page_put_notes(struct page_writer *p, const struct article *a)
{
	struct buf *b = &p->out;
	struct str language = p->site->language;
	if (!a->note_count)
		return;
	buf_put_c(b, "<section class=\"notes\" aria-labelledby=\"notes\">\n<h2 id=\"notes\"");
	if (!str_equal(language, a->language)) /* our word in a foreign article */
		page_put_language(p, language);
	HTML(b, ">$</h2>\n<ol>\n", word(WORD_NOTES, language));
	for (size_t i = 0; i < a->note_count; i++) {
		buf_format(b, "<li id=\"note-%zu\">\n", i + 1);
		page_put_blocks(p, a->notes[i]->first);
		if (p->referenced && p->referenced[i]) {
			/* The way back stands on the line of the last word. */
			if (str_ends(buf_str(b), STR("</p>\n"))) {
				b->ptr[--b->len] = '\0';
				buf_put_c(b, "\u00a0");
			}
			buf_format(b, "<a class=\"back\" href=\"#ref-%zu\"", i + 1);
			HTML(b, " aria-label=\"$\">↩</a>", word(WORD_NOTE_BACK, language));
		}
		buf_put_c(b, "</li>\n");
	}
	buf_put_c(b, "</ol>\n</section>\n");
}
