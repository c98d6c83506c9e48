/* Document nodes become blocks.
 *
 * One function a kind of node; a table finds it. What surrounds a node (a list,
 * a quote, a box) is a context handed down by value: the style of its words, how
 * far in they stand, and the element they belong to. */
#include "compose/galley.h"

#include "model/words.h"

struct context {
	enum style_role role;
	struct element *parent;
	int left;
	bool fresh;          /* the next paragraph is the first after a head */
	bool boxed;          /* within a panel: its decoration is not repeated */
	struct text *label;  /* for the next paragraph, or NULL */
	struct block *panel; /* blocks go here instead of the galley */
};

static void put_node(struct galley *g, struct context *x, const struct node *n);
static void put_nodes(struct galley *g, struct context *x, const struct node *first);

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

static void put_block(struct galley *g, struct context *x, struct block *b)
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

static struct element *element_of(struct galley *g, const struct context *x, enum element_role r,
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

static const struct style *style_of(struct galley *g, enum style_role r)
{
	return composer_style(g->composer, g->template, r);
}

static const struct node *first_child(struct galley *g, const struct node *n)
{
	return node_first_shown(n->first, g->composer->layout->edition, STR(""));
}

static const struct node *next_child(struct galley *g, const struct node *n)
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

static void put_paragraph(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = style_of(g, paragraph_role(x));
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	bool plain = x->role == STYLE_QUESTION || x->role == STYLE_BOX_TITLE;
	text_inlines(g, n->first, style, element_of(g, x, ELEMENT_PARAGRAPH, n), plain, &b->text);
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
	put_block(g, x, b);
	x->fresh = false;
}

static enum element_role heading_element(struct galley *g, int level)
{
	if (level > g->heading_level + 1) /* the gap that source/ warned of is closed */
		level = g->heading_level + 1;
	g->heading_level = level;
	return level <= 2 ? ELEMENT_HEADING2 : level == 3 ? ELEMENT_HEADING3 : ELEMENT_HEADING4;
}

static void put_heading(struct galley *g, struct context *x, const struct node *n)
{
	static const enum style_role roles[] = { STYLE_HEADING2, STYLE_HEADING3, STYLE_HEADING4 };
	int level = n->level < 2 ? 2 : n->level > 4 ? 4 : n->level;
	const struct style *style = style_of(g, roles[level - 2]);
	if (!x->panel && level == 2)
		g->bar = NULL;
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	text_inlines(g, n->first, style, element_of(g, x, heading_element(g, n->level), n), true,
		     &b->text);
	b->opener = b->balance = b->keep_next = true;
	b->left = x->left + style->left;
	b->right = style->right;
	b->ruled = style->rule != NULL;
	b->bar = style->background != NULL;
	b->anchor = str_format(g->composer->arena, "%.*s#%d", STR_ARG(g->article->slug),
			       ++g->headings);
	if (b->bar && !x->panel) {
		g->bar = b;
		struct buf words;
		buf_init(&words, 1 << 16);
		node_put_text(&words, n, g->composer->layout->edition, STR(""));
		b->bar_text = str_copy(g->composer->arena, buf_str(&words));
		buf_release(&words);
	}
	put_block(g, x, b);
	x->fresh = true;
}

static struct text label_of(struct galley *g, const struct style *style, struct element *item,
			    bool ordered, int number)
{
	struct composer *c = g->composer;
	struct element *e = element_new(c->arena, c->pages, ELEMENT_LABEL, item);
	struct str s = ordered ? str_format(c->arena, "%d.", number) : STR("•");
	struct text t = text_plain(c->arena, s, style, g->article->language, e);
	t.spans[0].weight = ordered ? 700 : 0;
	t.spans[0].colour = c->layout->accent;
	return t;
}

static int hang_of(struct galley *g, const struct style *style, bool ordered, int last)
{
	struct composer *c = g->composer;
	if (!ordered)
		return style->size * 11 / 10;
	struct text t = text_plain(c->arena, str_format(c->arena, "%d.", last), style,
				   g->article->language, NULL);
	t.spans[0].weight = 700;
	return line_set(c->type, c->arena, t.spans, 1, c->diags).width + style->size * 45 / 100;
}

static int count_children(struct galley *g, const struct node *n)
{
	int count = 0;
	for (const struct node *i = first_child(g, n); i; i = next_child(g, i))
		count++;
	return count;
}

static void put_list(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	if (x->role == STYLE_BODY)
		inner.role = STYLE_LIST;
	const struct style *style = style_of(g, inner.role);
	struct element *list = element_of(g, x, ELEMENT_LIST, n);
	int number = n->list.start;
	inner.left += hang_of(g, style, n->list.ordered,
			      n->list.start + count_children(g, n) - 1);
	for (const struct node *i = first_child(g, n); i; i = next_child(g, i)) {
		struct context at = *x;
		at.parent = list;
		struct element *item = element_of(g, &at, ELEMENT_LIST_ITEM, i);
		struct text label = label_of(g, style, item, n->list.ordered, number++);
		inner.parent = item;
		inner.parent = element_of(g, &inner, ELEMENT_DIVISION, NULL);
		inner.parent->role = ELEMENT_LIST_BODY;
		inner.label = &label;
		inner.fresh = x->fresh && i == first_child(g, n);
		put_nodes(g, &inner, i->first);
		if (inner.label) { /* an item without words */
			struct block *b = block_new(g, BLOCK_TEXT, style, i->place);
			take_label(&inner, b);
			b->left = inner.left;
			put_block(g, &inner, b);
		}
	}
	x->fresh = false;
}

static void put_quote(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	inner.role = x->boxed ? x->role : STYLE_QUOTE;
	inner.parent = element_of(g, x, ELEMENT_BLOCK_QUOTE, n);
	inner.left += x->boxed ? style_of(g, STYLE_QUOTE)->left : 0;
	inner.fresh = true;
	size_t from = block_count(g, x);
	put_nodes(g, &inner, n->first);
	space_outside(g, x, from);
	x->fresh = true;
}

static void put_code(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	const struct style *style = style_of(g, STYLE_CODE);
	struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
	struct element *e = element_of(g, x, ELEMENT_PARAGRAPH, n);
	struct str rest = n->text, line;
	while (str_cut(&rest, '\n', &line)) {
		struct text t = text_plain(c->arena, line, style, g->article->language, e);
		if (b->text.count)
			text_add(c->arena, &b->text,
				 text_plain(c->arena, STR("\xe2\x80\xa8"), style,
					    g->article->language, e).spans[0]);
		if (t.count)
			text_add(c->arena, &b->text, t.spans[0]);
	}
	b->opener = true;
	b->left = x->left + style->left;
	if (b->text.count)
		put_block(g, x, b);
	x->fresh = true;
}

static void put_ornament(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_ORNAMENT, style_of(g, STYLE_BODY), n->place);
	put_block(g, x, b);
	x->fresh = true;
}

static struct element *table_cell(struct galley *g, struct element *row, bool head)
{
	return element_new(g->composer->arena, g->composer->pages,
			   head ? ELEMENT_TABLE_HEADER : ELEMENT_TABLE_DATA, row);
}

static void put_table(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	struct block *b = block_new(g, BLOCK_TABLE, style_of(g, STYLE_TABLE), n->place);
	struct element *table = element_of(g, x, ELEMENT_TABLE, n);
	b->columns = n->table.columns > 0 ? n->table.columns : 1;
	b->rows = (size_t)count_children(g, n);
	b->cells = NEW_ARRAY(c->arena, struct cell, b->rows * (size_t)b->columns);
	size_t r = 0;
	for (const struct node *row = first_child(g, n); row; row = next_child(g, row), r++) {
		struct element *e = element_new(c->arena, c->pages, ELEMENT_TABLE_ROW, table);
		const struct style *style =
			style_of(g, r ? STYLE_TABLE : STYLE_TABLE_HEAD);
		int k = 0;
		for (const struct node *d = first_child(g, row); d && k < b->columns;
		     d = next_child(g, d), k++) {
			struct cell *cell = &b->cells[r * (size_t)b->columns + (size_t)k];
			cell->style = style;
			cell->place = d->place;
			cell->align = n->table.alignments ? n->table.alignments[k] : ALIGN_DEFAULT;
			text_inlines(g, d->first, style, table_cell(g, e, r == 0), false,
				     &cell->text);
		}
		for (; k < b->columns; k++) {
			b->cells[r * (size_t)b->columns + (size_t)k].style = style;
			table_cell(g, e, r == 0);
		}
	}
	if (b->rows)
		put_block(g, x, b);
	x->fresh = true;
}

struct plate plate_of(struct galley *g, const struct picture *p, struct element *parent)
{
	struct composer *c = g->composer;
	struct plate plate = { .picture = p };
	struct element *figure = NULL, *caption = NULL;
	if (!p->decorative) {
		figure = element_new(c->arena, c->pages, ELEMENT_FIGURE, parent);
		figure->alternative = p->alt;
		figure->place = p->place;
		plate.element = figure;
	}
	if (!p->caption.len && !p->credit.len)
		return plate;
	if (figure)
		plate.element = element_new(c->arena, c->pages, ELEMENT_CONTENT, figure);
	caption = element_new(c->arena, c->pages, figure ? ELEMENT_CAPTION : ELEMENT_PARAGRAPH,
			      figure ? figure : parent);
	const struct style *style = composer_style(c, g->template, STYLE_CAPTION);
	plate.caption = text_plain(c->arena, p->caption, style, g->article->language, caption);
	if (p->caption.len && p->credit.len)
		text_add(c->arena, &plate.caption,
			 text_plain(c->arena, STR(" "), style, g->article->language,
				    caption).spans[0]);
	if (p->credit.len)
		text_add(c->arena, &plate.caption,
			 text_plain(c->arena, p->credit,
				    composer_style(c, g->template, STYLE_CREDIT),
				    g->article->language, caption).spans[0]);
	return plate;
}

static void put_figure(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_FIGURE, style_of(g, STYLE_CAPTION), n->place);
	b->plates = NEW(g->composer->arena, struct plate);
	b->plates[0] = plate_of(g, n->picture, x->parent);
	b->plate_count = 1;
	b->spans_columns = n->picture->width != PICTURE_COLUMN && !x->panel;
	put_block(g, x, b);
}

static void put_gallery(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	struct block *b = block_new(g, BLOCK_GALLERY, style_of(g, STYLE_CAPTION), n->place);
	struct context inner = *x;
	inner.parent = element_of(g, x, ELEMENT_DIVISION, n);
	size_t capacity = (size_t)count_children(g, n);
	b->plates = NEW_ARRAY(c->arena, struct plate, capacity);
	b->spans_columns = !x->panel;
	for (const struct node *f = first_child(g, n); f; f = next_child(g, f)) {
		if (f->kind == NODE_FIGURE)
			b->plates[b->plate_count++] = plate_of(g, f->picture, inner.parent);
	}
	if (b->plate_count)
		put_block(g, x, b);
	for (const struct node *f = first_child(g, n); f; f = next_child(g, f))
		if (f->kind != NODE_FIGURE) /* words between the pictures follow them */
			put_node(g, &inner, f);
	x->fresh = true;
}

static void put_pullquote(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = style_of(g, STYLE_PULLQUOTE);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = { .role = STYLE_PULLQUOTE, .fresh = true, .boxed = true,
				 .panel = panel };
	inner.parent = element_of(g, x, ELEMENT_BLOCK_QUOTE, n);
	panel->ruled = style->rule != NULL;
	panel->floats = true;
	put_nodes(g, &inner, n->first);
	for (size_t i = 0; i < panel->inner_count; i++)
		panel->inner[i]->balance = panel->inner[i]->opener = true;
	if (panel->inner_count)
		put_block(g, x, panel);
}

static void put_box(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	const struct style *style = style_of(g, STYLE_BOX);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = { .role = STYLE_BOX, .fresh = true, .boxed = true,
				 .panel = panel };
	inner.parent = element_of(g, x, ELEMENT_SECTION, n);
	panel->fill = style->background;
	panel->inset = panel->fill ? style->left : 0;
	panel->floats = true;
	if (n->title.len) {
		const struct style *head = style_of(g, STYLE_BOX_TITLE);
		struct block *b = block_new(g, BLOCK_TEXT, head, n->place);
		struct element *e =
			element_of(g, &inner, heading_element(g, g->heading_level > 1 ? 3 : 2), n);
		inner.parent->title = n->title;
		b->text = text_plain(c->arena, n->title, head, node_language(n, g->article), e);
		b->opener = b->balance = true;
		put_block(g, &inner, b);
	}
	put_nodes(g, &inner, n->first);
	if (panel->inner_count)
		put_block(g, x, panel);
}

/* A run of at least seven digits makes a line of a contact a telephone number. */
static bool is_phone(struct str s)
{
	int digits = 0;
	bool other = false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			digits++;
		else if (s.ptr[i] == '@' || s.ptr[i] == '/')
			other = true;
	}
	return digits >= 7 && digits * 3 >= (int)s.len && !other;
}

/* The lines of a contact: from one hard break to the next. Each becomes a block,
 * so that name and telephone have their own styles. */
static void put_contact_lines(struct galley *g, struct context *x, const struct node *n,
			      bool *named)
{
	struct composer *c = g->composer;
	struct text all = { 0 };
	const struct style *style = style_of(g, STYLE_CONTACT);
	text_inlines(g, n->first, style, element_of(g, x, ELEMENT_PARAGRAPH, n), true, &all);
	for (size_t i = 0; i < all.count;) {
		struct buf words;
		buf_init(&words, 1 << 16);
		size_t first = i;
		for (; i < all.count && !str_equal(all.spans[i].text, STR("\xe2\x80\xa8")); i++)
			buf_put(&words, all.spans[i].text);
		const struct style *own =
			!*named ? style_of(g, STYLE_CONTACT_NAME)
			: is_phone(buf_str(&words)) ? style_of(g, STYLE_CONTACT_PHONE) : style;
		*named = true;
		buf_release(&words);
		struct block *b = block_new(g, BLOCK_TEXT, own, n->place);
		b->before = b->after = 0;
		b->opener = true;
		for (size_t k = first; k <= i && k < all.count; k++) {
			struct span s = all.spans[k];
			s.style = own;
			s.weight = 0;
			if (k == i) /* the break is a space to those who listen */
				s.text = STR(" ");
			text_add(c->arena, &b->text, s);
		}
		if (i > first)
			put_block(g, x, b);
		i++;
	}
}

static void put_contact(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = style_of(g, STYLE_CONTACT);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = { .role = STYLE_CONTACT, .fresh = true, .boxed = true,
				 .panel = panel };
	inner.parent = element_of(g, x, ELEMENT_DIVISION, n);
	panel->contact = true;
	panel->rule_below = style->rule != NULL;
	bool named = false;
	for (const struct node *p = first_child(g, n); p; p = next_child(g, p)) {
		if (p->kind == NODE_PARAGRAPH) {
			put_contact_lines(g, &inner, p, &named);
		} else {
			put_node(g, &inner, p);
		}
	}
	if (panel->inner_count)
		put_block(g, x, panel);
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

/* On paper nobody can press a button: the address stands below its words. */
static void put_button(struct galley *g, struct context *x, const struct node *n)
{
	struct context inner = *x;
	inner.role = STYLE_BUTTON;
	inner.fresh = true;
	size_t from = block_count(g, x);
	put_nodes(g, &inner, n->first);
	const struct node *link = find_link(g, n);
	if (!link || block_count(g, x) == from || g->composer->layout->edition == EDITION_SCREEN)
		return;
	struct text *t = &block_at(g, x, block_count(g, x) - 1)->text;
	if (!t->count)
		return;
	struct str url = short_url(link->link.url);
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

static void put_qa(struct galley *g, struct context *x, const struct node *n)
{
	for (const struct node *q = first_child(g, n); q; q = next_child(g, q)) {
		struct context inner = *x;
		inner.fresh = true;
		if (q->kind == NODE_QUESTION || q->kind == NODE_ANSWER) {
			inner.role = q->kind == NODE_QUESTION ? STYLE_QUESTION : STYLE_ANSWER;
			put_nodes(g, &inner, q->first);
		} else {
			put_node(g, &inner, q);
		}
	}
	x->fresh = true;
}

static void put_break(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_BREAK, style_of(g, STYLE_BODY), n->place);
	b->page = n->page;
	if (!x->panel)
		put_block(g, x, b);
}

/* A block that only holds others. */
static void put_inside(struct galley *g, struct context *x, const struct node *n)
{
	put_nodes(g, x, n->first);
}

static void (*const put_kinds[NODE_TEXT])(struct galley *, struct context *,
					  const struct node *) = {
	[NODE_PARAGRAPH] = put_paragraph, [NODE_HEADING] = put_heading,
	[NODE_LIST] = put_list,		  [NODE_ITEM] = put_inside,
	[NODE_QUOTE] = put_quote,	  [NODE_CODE_BLOCK] = put_code,
	[NODE_RULE] = put_ornament,	  [NODE_TABLE] = put_table,
	[NODE_ROW] = put_inside,	  [NODE_CELL] = put_inside,
	[NODE_FIGURE] = put_figure,	  [NODE_NOTE] = put_inside,
	[NODE_PULLQUOTE] = put_pullquote, [NODE_BOX] = put_box,
	[NODE_GALLERY] = put_gallery,	  [NODE_CONTACT] = put_contact,
	[NODE_BUTTON] = put_button,	  [NODE_QA] = put_qa,
	[NODE_QUESTION] = put_inside,	  [NODE_ANSWER] = put_inside,
	[NODE_ONLY] = put_inside,	  [NODE_BREAK] = put_break,
};

static void put_node(struct galley *g, struct context *x, const struct node *n)
{
	if (n->kind < NODE_TEXT && put_kinds[n->kind])
		put_kinds[n->kind](g, x, n);
}

static void put_nodes(struct galley *g, struct context *x, const struct node *first)
{
	enum edition e = g->composer->layout->edition;
	for (const struct node *n = node_first_shown(first, e, STR("")); n;
	     n = node_next_shown(n, e, STR("")))
		put_node(g, x, n);
}

void galley_nodes(struct galley *g, const struct node *first)
{
	struct context x = { .role = STYLE_BODY, .parent = g->element, .fresh = true };
	put_nodes(g, &x, first);
}

/* One note, behind its number. */
static void put_note(struct galley *g, const struct node *n, bool first)
{
	struct composer *c = g->composer;
	const struct style *style = style_of(g, STYLE_NOTE);
	struct context x = { .role = STYLE_NOTE, .parent = g->element, .fresh = true };
	struct element *e = element_of(g, &x, ELEMENT_NOTE, n);
	struct element *number = element_new(c->arena, c->pages, ELEMENT_LABEL, e);
	struct text label = text_plain(c->arena, str_format(c->arena, "%d", n->note.number), style,
				       g->article->language, number);
	label.spans[0].weight = 700;
	x.parent = e;
	x.label = &label;
	x.left = hang_of(g, style, true, (int)g->article->note_count);
	size_t from = g->count;
	put_nodes(g, &x, n->first);
	if (x.label) {
		struct block *b = block_new(g, BLOCK_TEXT, style, n->place);
		take_label(&x, b);
		b->left = x.left;
		galley_push(g, b);
	}
	for (size_t i = from; i < g->count; i++)
		if (!first || i > from)
			g->blocks[i]->before = 0;
	g->blocks[from]->ruled = first && style->rule;
	g->blocks[from]->anchor = str_format(c->arena, "%.*s#note-%d", STR_ARG(g->article->slug),
					     n->note.number);
}

static void put_notes(struct galley *g)
{
	bool first = true;
	g->bar = NULL;
	for (size_t i = 0; i < g->article->note_count; i++) {
		if (!g->note_shown[i])
			continue;
		put_note(g, g->article->notes[i], first);
		first = false;
	}
}

void galley_fill(struct galley *g, bool drop_cap)
{
	struct composer *c = g->composer;
	g->note_shown = NEW_ARRAY(c->arena, bool, g->article->note_count + 1);
	g->heading_level = 1;
	galley_nodes(g, g->article->first);
	put_notes(g);
	if (!drop_cap || !g->count)
		return;
	struct block *b = g->blocks[0];
	if (b->kind == BLOCK_TEXT && !b->opener && !b->label.count) {
		b->drop_lines = g->template->drop_cap_lines;
		b->drop_style = style_of(g, STYLE_DROP_CAP);
	}
}
