/* The last page of an article, when next to nothing of it is left for that page: few
 * lines at its head, and white below. Editors can cut or add; composing has done what it
 * could by then. A page that shows anything else, or that the article asked for, is meant
 * to look as it does. */
#include "preflight/flight.h"

#include <stdlib.h>

/* Of the lines that a page has room for, one in so many is next to nothing. */
enum { ONE_IN = 9, LINES_MOST = 24 };

struct lines {
	struct {
		int column, y;
	} line[LINES_MOST];
	int count;
	bool others; /* or more lines than that */
};

static const struct frame *text_frame(const struct page *p)
{
	const struct frame *found = NULL;
	for (size_t i = 0; p->master && i < p->master->frame_count; i++) {
		const struct frame *frame = &p->master->frames[i];
		if (frame->role != FRAME_TEXT)
			continue;
		if (found)
			return NULL;
		found = frame;
	}
	return found;
}

static int column_of(const struct rect *r, const struct frame *frame, int x)
{
	int step = (r->width + frame->gutter) / frame->columns;
	return (x - r->x) / step;
}

/* What is raised or lowered by less than half a line belongs to it. */
static void line_count(struct lines *l, int column, int y, int baseline)
{
	for (int i = 0; i < l->count; i++)
		if (l->line[i].column == column && abs(l->line[i].y - y) < baseline / 2)
			return;
	if (l->count == LINES_MOST) {
		l->others = true;
		return;
	}
	l->line[l->count].column = column;
	l->line[l->count++].y = y;
}

/* Marks, which stand outside the plate, are nothing; nor are rules of a running head. */
static bool is_other(const struct flight *f, const struct item *item)
{
	if (item->kind == ITEM_FILL)
		return item->artifact == ARTIFACT_LAYOUT && on_plate(f, &item->fill.rect) &&
		       item->fill.rect.height > f->layout->grid.baseline;
	struct rect shape = { 0 };
	if (item->kind == ITEM_SHAPE)
		shape = item_shape_bounds(item);
	return item->kind == ITEM_PICTURE || (item->kind == ITEM_SHAPE && on_plate(f, &shape));
}

static struct lines lines_of(const struct flight *f, const struct page *p,
			     const struct frame *frame)
{
	struct lines l = { .count = 0 };
	struct rect r = frame_rect(f->layout, frame, p->recto);
	for (size_t i = 0; i < p->item_count && !l.others; i++) {
		const struct item *item = &p->items[i];
		if (item->kind == ITEM_GLYPHS && item->element)
			line_count(&l, column_of(&r, frame, item->glyphs.x), item->glyphs.y,
				   f->layout->grid.baseline);
		else
			l.others = is_other(f, item);
	}
	return l;
}

static bool asks_for_pages(const struct node *first)
{
	for (const struct node *n = first; n; n = n->next)
		if ((n->kind == NODE_BREAK && n->page) || asks_for_pages(n->first))
			return true;
	return false;
}

static bool is_last(const struct pages *p, size_t page)
{
	const struct article *a = p->page[page].article;
	return a && page > 0 && p->page[page - 1].article == a &&
	       (page + 1 == p->count || p->page[page + 1].article != a);
}

void judge_tail(struct flight *f, size_t page)
{
	const struct page *p = &f->pages->page[page];
	const struct frame *frame = text_frame(p);
	if (!frame || frame->columns < 1 || f->layout->grid.baseline <= 0 ||
	    !is_last(f->pages, page) || asks_for_pages(p->article->first))
		return;
	int room = frame->columns * (frame->rect.height / f->layout->grid.baseline);
	struct lines l = lines_of(f, p, frame);
	if (l.others || l.count == 0 || l.count * ONE_IN > room)
		return;
	diag_report_hint(f->diags, DIAG_PAGE_TAIL, p->article->place,
			 str_format(f->arena,
				    "shorten it by up to %d %s of a column (paragraphs may give "
				    "some), or let it grow: the page has room for %d",
				    l.count, l.count == 1 ? "line" : "lines", room),
			 "page %d has %d %s", p->number, l.count, l.count == 1 ? "line" : "lines");
}
