/* Document nodes become blocks: running text here, what is displayed in display.c.
 *
 * One function a kind of node; a table finds it. What surrounds a node (a list,
 * a quote, a box) is a context handed down by value: the style of its words, how
 * far in they stand, and the element they belong to. */
#include "compose/context.h"
#include "compose/notes.h"
#include "compose/qr.h"

#include "model/words.h"

struct block *block_new(struct galley *g, enum block_kind kind, const struct style *style,
			struct place place)
{
	struct block *b = NEW(g->composer->arena, struct block);
	b->kind = kind;
	b->style = style;
	b->place = place;
	b->before = style->before;
	b->after = style->after;
	b->keep_next = style->keep_next;
	b->bar_block = g->bar;
	return b;
}

void galley_push(struct galley *g, struct block *b)
{
	PUSH(g->composer->arena, g->blocks, g->count, g->capacity, b);
}

void context_put(struct galley *g, struct context *x, struct block *b)
{
	if (x->panel)
		PUSH(g->composer->arena, x->panel->inner, x->panel->inner_count,
		     x->panel->inner_capacity, b);
	else
		galley_push(g, b);
}

static size_t block_count(const struct galley *g, const struct context *x)
{
	return x->panel ? x->panel->inner_count : g->count;
}

static struct block *block_at(const struct galley *g, const struct context *x, size_t i)
{
	return x->panel ? x->panel->inner[i] : g->blocks[i];
}

/* Of the blocks made since from, the first keeps its space before, the last its
 * space after. */
static void space_outside(struct galley *g, const struct context *x, size_t from)
{
	size_t count = block_count(g, x);
	for (size_t i = from; i < count; i++) {
		if (i > from)
			block_at(g, x, i)->before = 0;
		if (i + 1 < count)
			block_at(g, x, i)->after = 0;
	}
}

struct element *context_element(struct galley *g, const struct context *x, enum element_role r,
				const struct node *n)
{
	struct composer *c = g->composer;
	struct element *e = element_new(c->arena, c->pages, r, x->parent);
	if (n) {
		e->place = n->place;
		e->language = n->language;
	}
	return e;
}

const struct style *galley_style(struct galley *g, enum style_role r)
{
	return composer_style(g->composer, g->template, r);
}

const struct node *galley_first(struct galley *g, const struct node *n)
{
	return node_first_shown(n->first, g->composer->layout->edition, STR(""));
}

const struct node *galley_next(struct galley *g, const struct node *n)
{
	return node_next_shown(n, g->composer->layout->edition, STR(""));
}

/* The label waiting in the context hangs before this block. */
static void take_label(struct context *x, struct block *b)
{
	if (!x->label)
		return;
	b->label = *x->label;
	x->label = NULL;
}

static enum style_role paragraph_role(const struct context *x)
{
	return x->role == STYLE_BODY && x->fresh ? STYLE_BODY_FIRST : x->role;
}

/* Whether what comes next stands behind a table, which may float away from above it. */
static bool follows_table(const struct galley *g, const struct context *x)
{
	return x->role == STYLE_BODY && !x->panel && g->count &&
	       g->blocks[g->count - 1]->kind == BLOCK_TABLE;
}

/* The same words as a paragraph that follows another one. */
static struct block *block_apart(struct galley *g, const struct context *x, const struct block *b)
{
	const struct style *style = galley_style(g, STYLE_BODY);
	struct block *apart = block_new(g, BLOCK_TEXT, style, b->place);
	for (size_t i = 0; i < b->text.count; i++) {
		struct span s = b->text.spans[i];
		s.style = s.style == b->style ? style : s.style;
		text_add(g->composer->arena, &apart->text, s);
	}
	apart->left = x->left + style->left;
	apart->right = style->right;
	apart->indent = style->indent;
	return apart;
}

static void put_paragraph(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = galley_style(g, paragraph_role(x));
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	bool plain = x->role == STYLE_QUESTION || x->role == STYLE_BOX_TITLE;
	text_inlines(g, n->first, style, context_element(g, x, ELEMENT_PARAGRAPH, n), plain,
		     &b->text);
	take_label(x, b);
	b->left = x->left;
	b->indent = x->fresh ? 0 : style->indent;
	if (x->boxed) {
		b->before = x->fresh ? 0 : style->leading / 3;
		b->after = 0;
	} else {
		b->left += style->left;
		b->right += style->right;
	}
	if (x->fresh && x->role == STYLE_ANSWER)
		b->before = 0; /* right under its question */
	if (x->fresh && follows_table(g, x))
		b->apart = block_apart(g, x, b);
	context_put(g, x, b);
	x->fresh = false;
}

enum element_role galley_heading(struct galley *g, int level)
{
	if (level > g->heading_level + 1) /* the gap that source/ warned of is closed */
		level = g->heading_level + 1;
	g->heading_level = level;
	return level <= 2 ? ELEMENT_HEADING2 : level == 3 ? ELEMENT_HEADING3 : ELEMENT_HEADING4;
}

static const enum style_role heading_roles[] = { STYLE_HEADING2, STYLE_HEADING3, STYLE_HEADING4 };

static bool follows_heading(struct galley *g)
{
	const struct style *last = g->count ? g->blocks[g->count - 1]->style : NULL;
	for (size_t i = 0; i < sizeof heading_roles / sizeof *heading_roles; i++)
		if (last == galley_style(g, heading_roles[i]))
			return true;
	return false;
}

static void put_heading(struct galley *g, struct context *x, const struct node *n)
{
	int level = n->level < 2 ? 2 : n->level > 4 ? 4 : n->level;
	const struct style *style = galley_style(g, heading_roles[level - 2]);
	bool close = follows_heading(g);
	if (!x->panel && level == 2)
		g->bar = NULL;
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	text_inlines(g, n->first, style, context_element(g, x, galley_heading(g, n->level), n),
		     true, &b->text);
	b->opener = b->balance = b->keep_next = true;
	if (close && !style->background && !style->rule)
		b->before = 0; /* nearer to each other than to what is above them */
	b->left = x->left + style->left;
	b->right = style->right;
	b->ruled = style->rule != NULL;
	b->bar = style->background != NULL;
	b->anchor =
		str_format(g->composer->arena, "%.*s#%d", STR_ARG(g->article->slug), ++g->headings);
	if (b->bar && !x->panel) {
		g->bar = b;
		struct buf words;
		buf_init(&words, 1 << 16);
		node_put_text(&words, n, g->composer->layout->edition, STR(""));
		b->bar_text = str_copy(g->composer->arena, buf_str(&words));
		buf_release(&words);
	}
	context_put(g, x, b);
	x->fresh = true;
}

/* NULL: numbers have the letters of their list. */
static const struct style *number_style(const struct galley *g)
{
	return g->template ? g->template->styles[STYLE_LIST_NUMBER] : NULL;
}

static struct text label_of(struct galley *g, const struct style *style, struct element *item,
			    bool ordered, int number)
{
	struct composer *c = g->composer;
	struct element *e = element_new(c->arena, c->pages, ELEMENT_LABEL, item);
	const struct style *own = ordered ? number_style(g) : NULL;
	struct str s = ordered ? str_format(c->arena, "%d.", number) : c->layout->details.bullet;
	struct text t = text_plain(c->arena, s, own ? own : style, g->article->language, e);
	/* A label that hangs by its own width has a weight: see add_label (setting_text.c). */
	t.spans[0].weight = own ? own->weight : ordered ? c->layout->details.strong_weight : 0;
	t.spans[0].colour = own ? own->colour : c->layout->accent;
	return t;
}

/* How far the words of a list stand from its left edge. */
static int hang_of(struct galley *g, const struct style *style, const struct style *label,
		   bool ordered, int last)
{
	struct composer *c = g->composer;
	const struct details *d = &c->layout->details;
	if (!ordered)
		return unit_scale(style->size, d->bullet_hang, 1000);
	struct text t = text_plain(c->arena, str_format(c->arena, "%d.", last),
				   label ? label : style, g->article->language, NULL);
	t.spans[0].weight = label ? label->weight : d->strong_weight;
	return line_set(c->type, c->arena, t.spans, 1, c->diags).width +
	       unit_scale(style->size, d->number_gap, 1000);
}

int galley_count(struct galley *g, const struct node *n)
{
	int count = 0;
	for (const struct node *i = galley_first(g, n); i; i = galley_next(g, i))
		count++;
	return count;
}

/* Words that end with a colon belong to the list behind them. */
static void introduce(const struct galley *g, const struct context *x)
{
	size_t count = block_count(g, x);
	struct block *above = count ? block_at(g, x, count - 1) : NULL;
	if (!above || above->kind != BLOCK_TEXT || !above->text.count)
		return;
	above->introduces =
		str_ends(str_trim(above->text.spans[above->text.count - 1].text), STR(":"));
	if (above->apart)
		above->apart->introduces = above->introduces;
}

static void put_list(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	if (x->role == STYLE_BODY)
		inner.role = STYLE_LIST;
	const struct style *style = galley_style(g, inner.role);
	struct element *list = context_element(g, x, ELEMENT_LIST, n);
	introduce(g, x);
	int number = n->list.start;
	inner.left += hang_of(g, style, number_style(g), n->list.ordered,
			      n->list.start + galley_count(g, n) - 1);
	for (const struct node *i = galley_first(g, n); i; i = galley_next(g, i)) {
		struct context at = *x;
		at.parent = list;
		struct element *item = context_element(g, &at, ELEMENT_LIST_ITEM, i);
		struct text label = label_of(g, style, item, n->list.ordered, number++);
		inner.parent = item;
		inner.parent = context_element(g, &inner, ELEMENT_DIVISION, NULL);
		inner.parent->role = ELEMENT_LIST_BODY;
		inner.label = &label;
		inner.fresh = x->fresh && i == galley_first(g, n);
		nodes_put(g, &inner, i->first);
		if (inner.label) { /* an item without words */
			struct block *b = block_new(g, BLOCK_TEXT, style, i->place);
			take_label(&inner, b);
			b->left = inner.left;
			context_put(g, &inner, b);
		}
	}
	x->fresh = false;
}

static void put_quote(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	inner.role = x->boxed ? x->role : STYLE_QUOTE;
	inner.parent = context_element(g, x, ELEMENT_BLOCK_QUOTE, n);
	inner.left += x->boxed ? galley_style(g, STYLE_QUOTE)->left : 0;
	inner.fresh = true;
	size_t from = block_count(g, x);
	nodes_put(g, &inner, n->first);
	space_outside(g, x, from);
	x->fresh = true;
}

static void put_code(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	const struct style *style = galley_style(g, STYLE_CODE);
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	struct element *e = element_new(c->arena, c->pages, ELEMENT_CODE,
					context_element(g, x, ELEMENT_PARAGRAPH, n));
	struct str rest = n->text, line;
	while (str_cut(&rest, '\n', &line)) {
		struct text t = text_plain(c->arena, line, style, g->article->language, e);
		if (b->text.count)
			text_add(c->arena, &b->text,
				 text_plain(c->arena, STR("\xe2\x80\xa8"), style,
					    g->article->language, e)
					 .spans[0]);
		if (t.count)
			text_add(c->arena, &b->text, t.spans[0]);
	}
	b->opener = b->verbatim = true;
	b->left = x->left + style->left;
	if (b->text.count)
		context_put(g, x, b);
	x->fresh = true;
}

static void put_ornament(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_ORNAMENT, galley_style(g, STYLE_BODY), n->place);
	context_put(g, x, b);
	x->fresh = true;
}

/* The address without what everybody types for them. */
static struct str short_url(struct str url)
{
	static const struct str prefixes[] = { STR_INIT("https://"), STR_INIT("http://"),
					       STR_INIT("mailto:"), STR_INIT("tel:"),
					       STR_INIT("www.") };
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts(url, prefixes[i]))
			url = str_sub(url, prefixes[i].len, url.len);
	if (str_ends(url, STR("/")))
		url.len--;
	return url;
}

static const struct node *find_link(struct galley *g, const struct node *n)
{
	struct walk w;
	walk_start(&w, n->first, g->composer->layout->edition, STR(""));
	while (walk_next(&w))
		if (w.node->kind == NODE_LINK)
			return w.node;
	return NULL;
}

/* The address below the last words, unless they say it already. */
static void say_address(struct galley *g, struct text *t, struct str address)
{
	if (!t->count)
		return;
	struct str url = short_url(address);
	struct span last = t->spans[t->count - 1];
	if (str_equal(last.text, url) || (url.len && url.ptr[0] == '#'))
		return;
	struct span brk = last;
	brk.text = STR("\xe2\x80\xa8");
	text_add(g->composer->arena, t, brk);
	last.text = url;
	last.weight = 400;
	text_add(g->composer->arena, t, last);
}

/* On paper nobody can press a button: the address stands below its words, and a
 * code beside them where the editor wants one and no link works. */
static void put_button(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	const struct layout *l = g->composer->layout;
	const struct node *link = find_link(g, n);
	inner.role = STYLE_BUTTON;
	inner.fresh = true;
	struct block *code = NULL;
	if (link && n->qr && !l->linked && !str_starts(link->link.url, STR("#"))) {
		const struct style *style = galley_style(g, STYLE_BUTTON);
		code = inner.panel = block_new(g, BLOCK_QR, style, n->place);
		code->qr = qr_encode(g->composer->arena, link->link.url);
	}
	size_t from = block_count(g, &inner);
	nodes_put(g, &inner, n->first);
	size_t count = block_count(g, &inner);
	if (link && count > from && l->on_paper)
		say_address(g, &block_at(g, &inner, count - 1)->text, link->link.url);
	if (code && count > from) {
		int before = code->style->before, after = code->style->after;
		code->before = before > QR_SPACE ? before : QR_SPACE;
		code->after = after > QR_SPACE ? after : QR_SPACE;
		context_put(g, x, code);
	}
}

static void put_qa(struct galley *g, struct context *x, const struct node *n)
{
	for (const struct node *q = galley_first(g, n); q; q = galley_next(g, q)) {
		struct context inner = *x;
		inner.fresh = true;
		if (q->kind == NODE_QUESTION || q->kind == NODE_ANSWER) {
			inner.role = q->kind == NODE_QUESTION ? STYLE_QUESTION : STYLE_ANSWER;
			nodes_put(g, &inner, q->first);
		} else {
			node_put(g, &inner, q);
		}
	}
	x->fresh = true;
}

static void put_break(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_BREAK, galley_style(g, STYLE_BODY), n->place);
	b->page = n->page;
	if (!x->panel)
		context_put(g, x, b);
}

/* A block that only holds others. */
static void put_inside(struct galley *g, struct context *x, const struct node *n)
{
	nodes_put(g, x, n->first);
}

static void (*const put_kinds[NODE_TEXT])(struct galley *, struct context *,
					  const struct node *) = {
	[NODE_PARAGRAPH] = put_paragraph,
	[NODE_HEADING] = put_heading,
	[NODE_LIST] = put_list,
	[NODE_ITEM] = put_inside,
	[NODE_QUOTE] = put_quote,
	[NODE_CODE_BLOCK] = put_code,
	[NODE_RULE] = put_ornament,
	[NODE_TABLE] = display_table,
	[NODE_ROW] = put_inside,
	[NODE_CELL] = put_inside,
	[NODE_FIGURE] = display_figure,
	[NODE_NOTE] = put_inside,
	[NODE_PULLQUOTE] = display_pullquote,
	[NODE_BOX] = display_box,
	[NODE_GALLERY] = display_gallery,
	[NODE_CONTACT] = display_contact,
	[NODE_BUTTON] = put_button,
	[NODE_QA] = put_qa,
	[NODE_QUESTION] = put_inside,
	[NODE_ANSWER] = put_inside,
	[NODE_ONLY] = put_inside,
	[NODE_BREAK] = put_break,
};

void node_put(struct galley *g, struct context *x, const struct node *n)
{
	if (n->kind < NODE_TEXT && put_kinds[n->kind])
		put_kinds[n->kind](g, x, n);
}

void nodes_put(struct galley *g, struct context *x, const struct node *first)
{
	enum edition e = g->composer->layout->edition;
	for (const struct node *n = node_first_shown(first, e, STR("")); n;
	     n = node_next_shown(n, e, STR("")))
		node_put(g, x, n);
}

void galley_nodes(struct galley *g, const struct node *first)
{
	struct context x = { .role = STYLE_BODY, .parent = g->element, .fresh = true };
	nodes_put(g, &x, first);
}

/* One note, behind its number. Following the text, the first of all is ruled off. */
static void put_note(struct galley *g, const struct node *n, bool first)
{
	struct composer *c = g->composer;
	const struct style *style = galley_style(g, STYLE_NOTE);
	struct context x = { .role = STYLE_NOTE, .parent = g->element, .fresh = true };
	struct element *e = context_element(g, &x, ELEMENT_NOTE, n);
	struct element *number = element_new(c->arena, c->pages, ELEMENT_LABEL, e);
	struct text label = text_plain(c->arena, str_format(c->arena, "%d", n->note.number), style,
				       g->article->language, number);
	label.spans[0].weight = c->layout->details.strong_weight;
	x.parent = e;
	x.label = &label;
	x.left = hang_of(g, style, NULL, true, (int)g->article->note_count);
	size_t from = g->count;
	nodes_put(g, &x, n->first);
	if (x.label) {
		struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
		take_label(&x, b);
		b->left = x.left;
		galley_push(g, b);
	}
	for (size_t i = from; i < g->count; i++) {
		g->blocks[i]->before = first && i == from ? style->before : 0;
		g->blocks[i]->after = 0;
	}
	g->blocks[from]->ruled = first && style->rule;
	g->blocks[from]->anchor =
		str_format(c->arena, "%.*s#note-%d", STR_ARG(g->article->slug), n->note.number);
}

/* The blocks made since `begin`, as a note on its own. */
static struct note note_of(struct galley *g, size_t begin)
{
	struct note n = { .count = g->count - begin };
	n.blocks = NEW_ARRAY(g->composer->arena, struct block *, n.count + 1);
	for (size_t i = 0; i < n.count; i++)
		n.blocks[i] = g->blocks[begin + i];
	return n;
}

static void push_note_block(struct galley *g, struct block *b, bool first)
{
	b->before = first ? b->style->before : 0;
	b->ruled = first && b->style->rule;
	b->settings = NULL;
	galley_push(g, b);
}

/* Behind the text, or each on its own, as for the columns' feet. */
static void put_notes(struct galley *g)
{
	size_t count = g->article->note_count, from = g->count;
	bool apart = g->note_width > 0 && count > 0;
	struct note *notes = apart ? NEW_ARRAY(g->composer->arena, struct note, count) : NULL;
	g->bar = NULL;
	for (size_t i = 0; i < count; i++) {
		size_t begin = g->count;
		if (!g->note_shown[i])
			continue;
		put_note(g, g->article->notes[i], !apart && g->count == from);
		if (apart)
			notes[i] = note_of(g, begin);
	}
	if (!apart)
		return;
	g->count = from;
	g->notes = notes;
}

void galley_settle_notes(struct galley *g)
{
	const struct note *notes = g->notes;
	size_t from = g->count;
	if (!notes || notes_fit(g))
		return;
	g->notes = NULL; /* too long for any column: behind the text after all */
	g->note_width = 0;
	for (size_t i = 0; i < g->article->note_count; i++)
		for (size_t k = 0; k < notes[i].count; k++)
			push_note_block(g, notes[i].blocks[k], g->count == from);
}

static void give_initial(struct galley *g)
{
	struct block *b = g->count ? g->blocks[0] : NULL;
	if (!b || b->kind != BLOCK_TEXT || b->opener || b->label.count)
		return;
	b->drop_lines = g->template->drop_cap_lines;
	b->drop_style = galley_style(g, STYLE_DROP_CAP);
	b->drop_shape = g->template->drop_cap_shape;
}

void galley_fill(struct galley *g, bool drop_cap)
{
	g->note_shown = NEW_ARRAY(g->composer->arena, bool, g->article->note_count + 1);
	g->heading_level = 1;
	galley_nodes(g, g->article->first);
	if (drop_cap)
		give_initial(g);
	put_notes(g);
}
