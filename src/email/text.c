/* The text part, made from the document, never from the HTML.
 *
 * What a typist would make of it: titles underlined, addresses on lines of
 * their own behind the paragraph that names them, tables as "column: cell", the
 * description in a picture's place. "-- " parts the footer from the rest, so
 * that replies leave it out. */
#include "email/flow.h"
#include "email/mail.h"

#include "base/utf8.h"

#include <string.h>

enum { PARAGRAPH_CEILING = 4 * 1024 * 1024, UNDERLINE_MAX = 72 };

/* The part being typed. */
struct typing {
	struct mail *mail;
	struct flow flow;
	int list_depth;
	int item_number; /* 0: bullets */
};

/* A paragraph's words, and the addresses in it. */
struct words {
	struct buf text;
	struct str *urls;
	size_t url_count, url_capacity;
};

static void put_node(struct typing *t, const struct node *n);
static void put_blocks(struct typing *t, const struct node *first);

static const struct node *first_of(const struct typing *t, const struct node *parent)
{
	return node_first_shown(parent->first, EDITION_EMAIL, t->mail->region);
}

static const struct node *after(const struct typing *t, const struct node *n)
{
	return node_next_shown(n, EDITION_EMAIL, t->mail->region);
}

/* Whether the words of a link already say its address. */
static bool says_address(const struct typing *t, const struct node *link)
{
	struct buf said;
	buf_init(&said, PARAGRAPH_CEILING);
	node_put_text(&said, link, EDITION_EMAIL, t->mail->region);
	struct str url = link->link.url;
	struct str bare = str_starts(url, STR("mailto:")) ? str_sub(url, 7, url.len)
			  : str_starts(url, STR("tel:"))  ? str_sub(url, 4, url.len)
							  : url;
	bool same = str_equal(buf_str(&said), url) || str_equal(buf_str(&said), bare);
	buf_release(&said);
	return same;
}

static void collect(struct typing *t, const struct node *n, struct words *w)
{
	struct arena *a = t->mail->arena;
	if (n->kind == NODE_TEXT)
		buf_put(&w->text, mail_words(t->mail, n->text, n->place));
	else if (n->kind == NODE_CODE)
		buf_put(&w->text, n->text);
	else if (n->kind == NODE_LINE_BREAK)
		buf_put_byte(&w->text, '\n');
	else if (n->kind == NODE_NOTE_REFERENCE && n->reference)
		buf_format(&w->text, "[%d]", n->reference->note.number);
	for (const struct node *c = first_of(t, n); c; c = after(t, c))
		collect(t, c, w);
	if (n->kind != NODE_LINK || says_address(t, n))
		return;
	struct str url = mail_target(t->mail, n);
	if (url.len)
		PUSH(a, w->urls, w->url_count, w->url_capacity, url);
}

/* The children of n as one paragraph with its addresses. */
static void put_words(struct typing *t, struct str first, const struct node *n)
{
	struct words w = { 0 };
	buf_init(&w.text, PARAGRAPH_CEILING);
	for (const struct node *c = first_of(t, n); c; c = after(t, c))
		collect(t, c, &w);
	flow_paragraph(&t->flow, first, buf_str(&w.text));
	for (size_t i = 0; i < w.url_count; i++)
		flow_line(&t->flow, w.urls[i]);
	buf_release(&w.text);
}

static void put_paragraph(struct typing *t, const struct node *n)
{
	flow_gap(&t->flow);
	put_words(t, STR(""), n);
}

/* A title and, when mark is set, a line of it underneath. */
static void put_title(struct typing *t, struct str title, char mark)
{
	char line[UNDERLINE_MAX];
	size_t len = utf8_count(title);
	if (len > UNDERLINE_MAX)
		len = UNDERLINE_MAX;
	flow_paragraph(&t->flow, STR(""), title);
	if (mark && len) {
		memset(line, mark, len);
		flow_line(&t->flow, (struct str){ line, len });
	}
}

static void put_heading(struct typing *t, const struct node *n)
{
	flow_gap(&t->flow);
	put_words(t, STR(""), n);
	flow_gap(&t->flow);
}

static void put_item(struct typing *t, const struct node *n)
{
	struct buf first;
	bool begun = false;
	buf_init(&first, 1024);
	for (int i = 1; i < t->list_depth; i++)
		buf_put_c(&first, "  ");
	if (t->item_number)
		buf_format(&first, "%d. ", t->item_number++);
	else
		buf_put_c(&first, "- ");
	for (const struct node *c = first_of(t, n); c; c = after(t, c)) {
		if (c->kind == NODE_PARAGRAPH)
			put_words(t, begun ? STR("") : buf_str(&first), c);
		else
			put_node(t, c);
		begun = true;
	}
	buf_release(&first);
}

static void put_list(struct typing *t, const struct node *n)
{
	int outer = t->item_number;
	t->item_number = n->list.ordered ? (n->list.start > 0 ? n->list.start : 1) : 0;
	if (t->list_depth++ == 0)
		flow_gap(&t->flow);
	put_blocks(t, n->first);
	if (--t->list_depth == 0)
		flow_gap(&t->flow);
	t->item_number = outer;
}

static void put_quote(struct typing *t, const struct node *n)
{
	flow_gap(&t->flow);
	/* The blank line before belongs to the text around the quote. */
	if (t->flow.out->len)
		buf_put_byte(t->flow.out, '\n');
	t->flow.gap = false;
	t->flow.quote++;
	for (const struct node *c = first_of(t, n); c; c = after(t, c)) {
		if (c->kind == NODE_PARAGRAPH)
			put_words(t, STR(""), c);
		else
			put_node(t, c);
		if (after(t, c))
			flow_line(&t->flow, STR(""));
	}
	t->flow.quote--;
	flow_gap(&t->flow);
}

static void put_code_block(struct typing *t, const struct node *n)
{
	struct str rest = n->text, line;
	flow_gap(&t->flow);
	while (str_cut(&rest, '\n', &line))
		if (line.len || rest.ptr)
			flow_line(&t->flow, line);
	flow_gap(&t->flow);
}

static void put_rule(struct typing *t, const struct node *n)
{
	(void)n;
	flow_gap(&t->flow);
	flow_line(&t->flow, STR("* * *"));
	flow_gap(&t->flow);
}

static struct str cell_words(struct typing *t, const struct node *cell)
{
	struct words w = { 0 };
	buf_init(&w.text, PARAGRAPH_CEILING);
	for (const struct node *c = first_of(t, cell); c; c = after(t, c))
		collect(t, c, &w);
	for (size_t i = 0; i < w.url_count; i++) {
		buf_put_byte(&w.text, '\n');
		buf_put(&w.text, w.urls[i]);
	}
	struct str s = str_copy(t->mail->arena, buf_str(&w.text));
	buf_release(&w.text);
	return s;
}

/* Each row as a group of lines "column: cell"; columns would not stand under
 * each other in most mail programs, and would be read out in the wrong order. */
static void put_table(struct typing *t, const struct node *n)
{
	const struct node *head = first_of(t, n);
	for (const struct node *row = head ? after(t, head) : NULL; row; row = after(t, row)) {
		const struct node *name = first_of(t, head);
		flow_gap(&t->flow);
		for (const struct node *c = first_of(t, row); c; c = after(t, c)) {
			struct str column = name ? cell_words(t, name) : STR("");
			struct str words = cell_words(t, c);
			struct str label =
				column.len ? str_join(t->mail->arena, column, STR(": ")) : STR("");
			if (words.len)
				flow_paragraph(&t->flow, STR(""),
					       str_join(t->mail->arena, label, words));
			name = name ? after(t, name) : NULL;
		}
	}
	if (head && !after(t, head)) /* a head alone has words, too */
		for (const struct node *c = first_of(t, head); c; c = after(t, c))
			flow_paragraph(&t->flow, STR(""), cell_words(t, c));
	flow_gap(&t->flow);
}

static void put_picture(struct typing *t, const struct picture *p)
{
	struct mail *m = t->mail;
	flow_gap(&t->flow);
	if (p->alt.len)
		flow_paragraph(&t->flow, STR(""),
			       str_format(m->arena, "[%.*s: %.*s]",
					  STR_ARG(word(WORD_IMAGE_DESCRIPTION, m->language)),
					  STR_ARG(mail_words(m, p->alt, p->place))));
	if (p->caption.len)
		flow_paragraph(&t->flow, STR(""), mail_words(m, p->caption, p->place));
	if (p->credit.len)
		flow_paragraph(&t->flow, STR(""), mail_words(m, p->credit, p->place));
	flow_gap(&t->flow);
}

static void put_figure(struct typing *t, const struct node *n)
{
	if (n->picture)
		put_picture(t, n->picture);
}

static void put_box(struct typing *t, const struct node *n)
{
	flow_gap(&t->flow);
	if (n->title.len)
		put_title(t, mail_words(t->mail, n->title, n->place), 0);
	put_blocks(t, n->first);
	flow_gap(&t->flow);
}

static void put_children(struct typing *t, const struct node *n)
{
	put_blocks(t, n->first);
}

static void put_nothing(struct typing *t, const struct node *n)
{
	(void)t;
	(void)n;
}

static void put_node(struct typing *t, const struct node *n)
{
	static void (*const put[NODE_TEXT])(struct typing *, const struct node *) = {
		[NODE_PARAGRAPH] = put_paragraph, [NODE_HEADING] = put_heading,
		[NODE_LIST] = put_list,           [NODE_ITEM] = put_item,
		[NODE_QUOTE] = put_quote,         [NODE_CODE_BLOCK] = put_code_block,
		[NODE_RULE] = put_rule,           [NODE_TABLE] = put_table,
		[NODE_ROW] = put_nothing,         [NODE_CELL] = put_nothing,
		[NODE_FIGURE] = put_figure,       [NODE_NOTE] = put_nothing,
		[NODE_PULLQUOTE] = put_quote,     [NODE_BOX] = put_box,
		[NODE_GALLERY] = put_children,    [NODE_CONTACT] = put_children,
		[NODE_BUTTON] = put_children,     [NODE_QA] = put_children,
		[NODE_QUESTION] = put_children,   [NODE_ANSWER] = put_children,
		[NODE_ONLY] = put_children,       [NODE_BREAK] = put_nothing,
	};
	/* An inline where a block should be: its words are a paragraph. */
	if (n->kind < NODE_TEXT)
		put[n->kind](t, n);
	else if (n->parent)
		put_words(t, STR(""), n->parent);
}

static void put_blocks(struct typing *t, const struct node *first)
{
	const struct node *n = node_first_shown(first, EDITION_EMAIL, t->mail->region);
	for (; n; n = after(t, n)) {
		put_node(t, n);
		if (n->kind >= NODE_TEXT)
			break;
	}
}

/* ---- articles ---- */

static void put_line(struct typing *t, struct str s, struct place place)
{
	flow_paragraph(&t->flow, STR(""), mail_words(t->mail, s, place));
}

static void put_whole(struct typing *t, const struct article *a)
{
	if (a->lead.len) {
		flow_gap(&t->flow);
		put_line(t, a->lead, a->at.lead);
	}
	if (a->author.len) {
		flow_gap(&t->flow);
		put_line(t, a->author, a->at.author);
	}
	if (a->image && !a->image->decorative)
		put_picture(t, a->image);
	put_blocks(t, a->first);
	if (!a->note_count)
		return;
	flow_gap(&t->flow);
	put_title(t, word(WORD_NOTES, t->mail->language), 0);
	for (size_t i = 0; i < a->note_count; i++) {
		struct str number = str_format(t->mail->arena, "[%zu] ", i + 1);
		flow_gap(&t->flow);
		const struct node *c = first_of(t, a->notes[i]);
		if (c && c->kind == NODE_PARAGRAPH) {
			put_words(t, number, c);
			c = after(t, c);
		}
		for (; c; c = after(t, c))
			put_node(t, c);
	}
}

static void put_article(struct typing *t, const struct article *a)
{
	struct mail *m = t->mail;
	flow_gap(&t->flow);
	if (!str_equal_nocase(a->kicker, a->section)) /* said already */
		put_line(t, a->kicker, a->at.kicker);
	put_line(t, a->number, a->place);
	put_title(t, mail_words(m, a->title, a->place), '-');
	flow_gap(&t->flow);
	if (mail_is_whole(m, a)) {
		put_whole(t, a);
		return;
	}
	flow_paragraph(&t->flow, STR(""), mail_teaser(m, a));
	flow_gap(&t->flow);
	flow_paragraph(&t->flow, STR(""),
		       str_format(m->arena, "%.*s: %.*s", STR_ARG(word(WORD_READ_ON, a->language)),
				  STR_ARG(mail_words(m, a->title, a->place))));
	flow_line(&t->flow, mail_article_url(m, a));
}

static void put_masthead(struct typing *t)
{
	struct mail *m = t->mail;
	const struct document *d = m->doc;
	put_line(t, m->preheader, m->at->preheader);
	if (m->site) {
		flow_gap(&t->flow);
		flow_paragraph(&t->flow, STR(""), word(WORD_READ_ON_WEB, m->language));
		flow_line(&t->flow, m->issue_url);
	}
	flow_gap(&t->flow);
	put_title(t, d->publication->title, 0);
	flow_paragraph(&t->flow, STR(""),
		       str_format(m->arena, "%.*s, %.*s, %.*s", STR_ARG(mail_issue_number(m)),
				  STR_ARG(mail_issue_date(m)),
				  STR_ARG(word(WORD_FREE, m->language))));
	flow_gap(&t->flow);
	put_title(t, mail_words(m, m->title, m->at->title), '=');
	if (m->lead.len) {
		flow_gap(&t->flow);
		put_line(t, m->lead, m->at->lead);
	}
	flow_gap(&t->flow);
	for (size_t i = 0; !m->translation && i < d->cover.line_count; i++) {
		const struct cover_line *line = &d->cover.lines[i];
		struct str url = line->article ? mail_article_url(m, line->article) : STR("");
		flow_paragraph(&t->flow, STR("- "), mail_words(m, line->text, line->place));
		if (url.len)
			flow_line(&t->flow, url);
	}
}

static void put_pdf_links(struct typing *t)
{
	static const struct {
		enum edition edition;
		enum word name;
	} files[] = { { EDITION_SCREEN, WORD_PDF_SCREEN }, { EDITION_LARGE, WORD_PDF_LARGE } };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct str url = mail_pdf_url(t->mail, files[i].edition);
		if (!url.len)
			continue;
		flow_gap(&t->flow);
		flow_paragraph(&t->flow, STR(""), word(files[i].name, t->mail->language));
		flow_line(&t->flow, url);
	}
}

static void put_articles(struct typing *t)
{
	struct mail *m = t->mail;
	struct str section = STR("");
	for (size_t i = 0; i < m->doc->entry_count; i++) {
		const struct article *a = mail_article(m, i);
		if (!a)
			continue;
		flow_gap(&t->flow);
		if (!str_equal(section, mail_section(m, a)))
			put_title(t, mail_words(m, a->section, a->place), '=');
		section = mail_section(m, a);
		m->article = a;
		put_article(t, a);
	}
}

static void put_footer(struct typing *t)
{
	struct mail *m = t->mail;
	const struct publication *p = m->doc->publication;
	const struct mail_settings *s = &p->mail;
	const struct {
		struct str url;
		enum word word;
	} links[] = { { s->unsubscribe, WORD_UNSUBSCRIBE }, { s->preferences, WORD_PREFERENCES } };
	flow_gap(&t->flow);
	flow_line(&t->flow, STR("-- "));
	m->article = mail_imprint(m);
	if (m->article) {
		put_title(t, mail_words(m, m->article->title, m->article->place), '-');
		put_blocks(t, m->article->first);
		flow_gap(&t->flow);
	}
	flow_paragraph(&t->flow, STR(""), p->publisher);
	flow_paragraph(&t->flow, STR(""), s->postal_address);
	flow_gap(&t->flow);
	flow_paragraph(&t->flow, STR(""),
		       str_join(m->arena, word(WORD_WHY_YOU, m->language), STR(".")));
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		if (!links[i].url.len)
			continue;
		flow_gap(&t->flow);
		flow_paragraph(&t->flow, STR(""), word(links[i].word, m->language));
		flow_line(&t->flow, mail_url(m, links[i].url, s->place));
	}
}

void text_message(struct mail *m)
{
	struct typing t = { .mail = m, .flow = { .out = &m->text } };
	put_masthead(&t);
	put_articles(&t);
	put_pdf_links(&t);
	put_footer(&t);
}
