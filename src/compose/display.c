/* Nodes that are displayed become blocks: tables, pictures, boxes, quotes, contacts. */
#include "compose/context.h"

static struct element *table_cell(struct galley *g, struct element *row, bool head)
{
	return element_new(g->composer->arena, g->composer->pages,
			   head ? ELEMENT_TABLE_HEADER : ELEMENT_TABLE_DATA, row);
}

/* Figures of one width, whatever the layout says: in a table they stand under one
 * another. */
static const struct style *tabular(struct galley *g, enum style_role r)
{
	const struct style *s = galley_style(g, r);
	if (s->figures == FIGURES_TABULAR)
		return s;
	struct style *copy = NEW(g->composer->arena, struct style);
	*copy = *s;
	copy->figures = FIGURES_TABULAR;
	return copy;
}

void display_table(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	const struct style *head = tabular(g, STYLE_TABLE_HEAD), *body = tabular(g, STYLE_TABLE);
	struct block *b = block_new(g, BLOCK_TABLE, galley_style(g, STYLE_TABLE), n->place);
	struct element *table = context_element(g, x, ELEMENT_TABLE, n);
	b->columns = n->table.columns > 0 ? n->table.columns : 1;
	b->rows = (size_t)galley_count(g, n);
	b->cells = NEW_ARRAY(c->arena, struct cell, b->rows * (size_t)b->columns);
	const bool heads_rows = table_heads_rows(n);
	size_t r = 0;
	for (const struct node *row = galley_first(g, n); row; row = galley_next(g, row), r++) {
		struct element *e = element_new(c->arena, c->pages, ELEMENT_TABLE_ROW, table);
		const struct style *style = r ? body : head;
		int k = 0;
		for (const struct node *d = galley_first(g, row); d && k < b->columns;
		     d = galley_next(g, d), k++) {
			struct cell *cell = &b->cells[r * (size_t)b->columns + (size_t)k];
			cell->style = style;
			cell->place = d->place;
			cell->align = n->table.alignments ? n->table.alignments[k] : ALIGN_DEFAULT;
			/* a header without words would be read out as one */
			bool names = d->first && (r == 0 || (k == 0 && heads_rows));
			text_inlines(g, d->first, style, table_cell(g, e, names), false,
				     &cell->text);
		}
		for (; k < b->columns; k++) {
			b->cells[r * (size_t)b->columns + (size_t)k].style = style;
			table_cell(g, e, false);
		}
	}
	if (x->boxed) /* the header brings its own space */
		b->before = x->fresh ? 0 : body->leading / 3;
	if (b->rows)
		context_put(g, x, b);
	x->fresh = true;
}

/* A short credit stays in one line: no name is left alone in the next. */
static struct str credit_of(struct composer *c, const struct picture *p)
{
	enum { SHORT = 28 };
	if (p->credit.len > SHORT)
		return p->credit;
	struct buf b;
	buf_init(&b, 2 * SHORT + 1);
	for (size_t i = 0; i < p->credit.len; i++)
		buf_put(&b, p->credit.ptr[i] == ' ' ? STR("\xc2\xa0") : str_sub(p->credit, i, 1));
	struct str joined = str_copy(c->arena, buf_str(&b));
	buf_release(&b);
	return joined;
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
			 text_plain(c->arena, STR(" "), style, g->article->language, caption)
				 .spans[0]);
	if (p->credit.len)
		text_add(c->arena, &plate.caption,
			 text_plain(c->arena, credit_of(c, p),
				    composer_style(c, g->template, STYLE_CREDIT),
				    g->article->language, caption)
				 .spans[0]);
	return plate;
}

void display_figure(struct galley *g, struct context *x, const struct node *n)
{
	struct block *b = block_new(g, BLOCK_FIGURE, galley_style(g, STYLE_CAPTION), n->place);
	b->plates = NEW(g->composer->arena, struct plate);
	b->plates[0] = plate_of(g, n->picture, x->parent);
	b->plate_count = 1;
	b->spans_columns = n->picture->width != PICTURE_COLUMN && !x->panel;
	context_put(g, x, b);
}

void display_gallery(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	struct block *b = block_new(g, BLOCK_GALLERY, galley_style(g, STYLE_CAPTION), n->place);
	struct context inner = *x;
	inner.parent = context_element(g, x, ELEMENT_DIVISION, n);
	size_t capacity = (size_t)galley_count(g, n);
	b->plates = NEW_ARRAY(c->arena, struct plate, capacity);
	b->spans_columns = !x->panel;
	for (const struct node *f = galley_first(g, n); f; f = galley_next(g, f)) {
		if (f->kind == NODE_FIGURE)
			b->plates[b->plate_count++] = plate_of(g, f->picture, inner.parent);
	}
	if (b->plate_count)
		context_put(g, x, b);
	for (const struct node *f = galley_first(g, n); f; f = galley_next(g, f))
		if (f->kind != NODE_FIGURE) /* words between the pictures follow them */
			node_put(g, &inner, f);
	x->fresh = true;
}

void display_pullquote(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = galley_style(g, STYLE_PULLQUOTE);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = {
		.role = STYLE_PULLQUOTE, .fresh = true, .boxed = true, .panel = panel
	};
	inner.parent = context_element(g, x, ELEMENT_BLOCK_QUOTE, n);
	panel->ruled = style->rule != NULL;
	panel->floats = true;
	nodes_put(g, &inner, n->first);
	for (size_t i = 0; i < panel->inner_count; i++)
		panel->inner[i]->balance = panel->inner[i]->opener = true;
	if (panel->inner_count)
		context_put(g, x, panel);
}

void display_box(struct galley *g, struct context *x, const struct node *n)
{
	struct composer *c = g->composer;
	const struct style *style = galley_style(g, STYLE_BOX);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = { .role = STYLE_BOX, .fresh = true, .boxed = true, .panel = panel };
	inner.parent = context_element(g, x, ELEMENT_SECTION, n);
	panel->fill = style->background;
	panel->inset = panel->fill ? style->left : 0;
	panel->floats = true;
	if (n->title.len) {
		const struct style *head = galley_style(g, STYLE_BOX_TITLE);
		struct block *b = block_new(g, BLOCK_TEXT, head, n->place);
		struct element *e =
			context_element(g, &inner, galley_heading(g, g->heading_level > 1 ? 3 : 2),
					n);
		inner.parent->title = n->title;
		b->text = text_plain(c->arena, n->title, head, node_language(n, g->article), e);
		b->opener = b->balance = true;
		context_put(g, &inner, b);
	}
	nodes_put(g, &inner, n->first);
	if (panel->inner_count)
		context_put(g, x, panel);
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
	const struct style *style = galley_style(g, STYLE_CONTACT);
	text_inlines(g, n->first, style, context_element(g, x, ELEMENT_PARAGRAPH, n), true, &all);
	for (size_t i = 0; i < all.count;) {
		struct buf words;
		buf_init(&words, 1 << 16);
		size_t first = i;
		for (; i < all.count && !str_equal(all.spans[i].text, STR("\xe2\x80\xa8")); i++)
			buf_put(&words, all.spans[i].text);
		const struct style *own = !*named ? galley_style(g, STYLE_CONTACT_NAME)
					  : is_phone(buf_str(&words))
						  ? galley_style(g, STYLE_CONTACT_PHONE)
						  : style;
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
			context_put(g, x, b);
		i++;
	}
}

void display_contact(struct galley *g, struct context *x, const struct node *n)
{
	const struct style *style = galley_style(g, STYLE_CONTACT);
	struct block *panel = block_new(g, BLOCK_PANEL, style, n->place);
	struct context inner = {
		.role = STYLE_CONTACT, .fresh = true, .boxed = true, .panel = panel
	};
	inner.parent = context_element(g, x, ELEMENT_DIVISION, n);
	panel->contact = true;
	panel->rule_below = style->rule != NULL;
	bool named = false;
	for (const struct node *p = galley_first(g, n); p; p = galley_next(g, p)) {
		if (p->kind == NODE_PARAGRAPH) {
			put_contact_lines(g, &inner, p, &named);
		} else {
			node_put(g, &inner, p);
		}
	}
	if (panel->inner_count)
		context_put(g, x, panel);
	x->fresh = true;
}
