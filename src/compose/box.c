#include "compose/box.h"

struct box *boxes_add(struct arena *a, struct boxes *b)
{
	struct box empty = { 0 };
	PUSH(a, b->box, b->count, b->capacity, empty);
	return &b->box[b->count - 1];
}

struct item *box_item(struct arena *a, struct box *b, enum item_kind kind)
{
	struct item item = { .kind = kind };
	/* Most boxes are a line, and hold what paints it. */
	PUSH_FROM(1, a, b->items, b->item_count, b->item_capacity, item);
	return &b->items[b->item_count - 1];
}

void box_fill(struct arena *a, struct box *b, struct rect r, const struct colour *colour,
	      const struct style *style)
{
	struct item *i = box_item(a, b, ITEM_FILL);
	i->artifact = ARTIFACT_LAYOUT;
	i->fill.rect = r;
	i->fill.colour = colour;
	i->fill.design = style ? &style->place : NULL;
}

static int run_width(const struct glyph_run *g)
{
	int width = 0;
	for (size_t i = 0; i < g->glyph_count; i++)
		width += g->glyphs[i].advance;
	return width;
}

/* Strokes and links of one run; x and y are those of its first glyph. */
static void dress_run(struct composer *c, struct box *b, const struct line_run *run, int x, int y)
{
	int width = run_width(&run->glyphs), size = run->glyphs.size;
	if (run->span->tag & TAG_STRIKE)
		box_fill(c->drafts, b, (struct rect){ x, y - size * 3 / 10, width, size / 18 },
			 run->glyphs.colour, run->span->style);
	const struct target *t = composer_target_of(c, run->span->tag);
	if (!t || !c->layout->linked || width <= 0)
		return;
	struct item *i = box_item(c->drafts, b, ITEM_LINK);
	i->element = run->span->element;
	i->link.rect = (struct rect){ x, y - size, width, size * 5 / 4 };
	i->link.url = t->url;
	i->link.destination = t->destination;
	i->link.contents = t->contents;
}

/* A run that is set in two fonts refers to its note but once. */
static void add_note(struct composer *c, struct box *b, int note)
{
	if (b->note_count && b->notes[b->note_count - 1] == note)
		return;
	PUSH(c->drafts, b->notes, b->note_count, b->note_capacity, note);
}

static void note_of(struct composer *c, struct box *b, const struct span *s)
{
	const struct target *t = composer_target_of(c, s->tag);
	if (t && t->note)
		add_note(c, b, t->note);
}

void box_line(struct composer *c, struct box *b, const struct line *line, int x, int y)
{
	for (size_t i = 0; i < line->run_count; i++) {
		const struct line_run *run = &line->runs[i];
		struct item *item = box_item(c->drafts, b, ITEM_GLYPHS);
		item->element = run->span->element;
		item->glyphs = run->glyphs;
		item->glyphs.x += x;
		item->glyphs.y += y;
		dress_run(c, b, run, x + run->glyphs.x, y + run->glyphs.y);
		note_of(c, b, run->span);
	}
}

void box_line_later(struct composer *c, struct box *b, struct text_line line)
{
	const struct span *s, *end;
	b->line = line;
	b->divided = broken_hyphenated(line.text, line.set, line.number);
	for (broken_spans(line.text, line.set, line.number, &s, &end); s < end; s++)
		note_of(c, b, s);
}

/* The box with its line made. */
static struct box made(struct composer *c, const struct box *b)
{
	struct box whole = *b;
	if (!b->line.text)
		return whole;
	struct line l = broken_line(c->type, c->arena, b->line.text, b->line.set, b->line.number);
	whole.item_capacity = whole.item_count; /* the box keeps its own */
	whole.note_capacity = whole.note_count;
	box_line(c, &whole, &l, 0, b->height);
	return whole;
}

void item_move(struct item *i, int dx, int dy)
{
	if (i->kind == ITEM_GLYPHS) {
		i->glyphs.x += dx;
		i->glyphs.y += dy;
	} else if (i->kind == ITEM_FILL) {
		i->fill.rect.x += dx;
		i->fill.rect.y += dy;
	} else if (i->kind == ITEM_PICTURE) {
		i->picture.frame.x += dx;
		i->picture.frame.y += dy;
		i->picture.whole.x += dx;
		i->picture.whole.y += dy;
	} else if (i->kind == ITEM_SHAPE) {
		i->shape.x += dx;
		i->shape.y += dy;
	} else {
		i->link.rect.x += dx;
		i->link.rect.y += dy;
	}
}

void box_put(struct composer *c, struct box *b, const struct box *inner, int x, int y)
{
	struct box whole = made(c, inner);
	for (size_t i = 0; i < whole.item_count; i++) {
		struct item *item = box_item(c->drafts, b, whole.items[i].kind);
		*item = whole.items[i];
		item_move(item, x, y);
	}
	for (size_t i = 0; i < inner->note_count; i++)
		PUSH(c->drafts, b->notes, b->note_count, b->note_capacity, inner->notes[i]);
	if (inner->anchor.len && !b->anchor.len)
		b->anchor = inner->anchor;
}

static int gap(const struct box *above, const struct box *below)
{
	return above->after > below->before ? above->after : below->before;
}

int box_stack(struct composer *c, struct box *b, const struct box *inner, size_t count, int x,
	      int y)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			y += gap(&inner[i - 1], &inner[i]);
		box_put(c, b, &inner[i], x, y);
		y += inner[i].height;
	}
	return y;
}

int boxes_height(const struct box *inner, size_t count)
{
	int y = 0;
	for (size_t i = 0; i < count; i++)
		y += inner[i].height + (i ? gap(&inner[i - 1], &inner[i]) : 0);
	return y;
}

static void paint_artifact(struct item *item)
{
	item->element = NULL;
	item->artifact = ARTIFACT_LAYOUT;
}

void box_paint(struct composer *c, size_t page, const struct box *b, int x, int y, bool artifact)
{
	struct page *p = &c->pages->page[page];
	struct box whole = made(c, b);
	for (size_t i = 0; i < whole.item_count; i++) {
		if (artifact && whole.items[i].kind == ITEM_LINK)
			continue;
		struct item *item = page_add(c->arena, p, whole.items[i].kind);
		*item = whole.items[i];
		item_move(item, x, y);
		if (artifact)
			paint_artifact(item);
	}
	if (!b->anchor.len || artifact)
		return;
	struct destination d = { b->anchor, (int)page, y };
	PUSH(c->arena, c->pages->destinations, c->pages->destination_count,
	     c->pages->destination_capacity, d);
}
