/* Panels: tinted boxes, pull quotes and contacts. They stand whole; one that is
 * taller than any column is divided between its inner boxes. */
#include "compose/setting.h"

struct panel_job {
	struct composer *composer;
	struct block *block;
	int width, max_height;
	int top, bottom; /* from the panel's edge to its words, and back */
	struct boxes inner;
};

/* Space above the first capitals and below the last baseline. On a tint both are
 * the inset; a rule keeps the distance of a line. */
static void measure_edges(struct panel_job *p)
{
	const struct block *b = p->block;
	const struct block *first = b->inner[0];
	int above = cap_offset(p->composer, first->style);
	p->top = b->fill ? b->inset - above : b->ruled ? b->style->rule_weight + 2 * PT : 0;
	p->bottom = b->fill ? b->inset : b->rule_below ? b->after : 0;
	if (p->top < 0)
		p->top = 0;
	if (first->kind != BLOCK_TEXT)
		p->top = b->fill ? b->inset : p->top;
}

static void dress(struct panel_job *p, struct box *out, int height)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	if (b->fill)
		box_fill(c->arena, out, (struct rect){ 0, 0, p->width, height }, b->fill);
	if (b->ruled && !b->fill)
		box_fill(c->arena, out, (struct rect){ 0, 0, p->width, b->style->rule_weight },
			 b->style->rule);
	if (b->rule_below)
		box_fill(c->arena, out,
			 (struct rect){ 0, height - b->style->rule_weight, p->width,
					b->style->rule_weight },
			 b->style->rule);
}

/* One piece of the panel holding inner boxes first to last. */
static void add_piece(struct panel_job *p, size_t first, size_t count, struct boxes *out)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	int height = p->top + boxes_height(&p->inner.box[first], count) + p->bottom;
	struct box *box = boxes_add(c->arena, out);
	box->place = b->place;
	box->floats = b->floats && first == 0 && count == p->inner.count;
	if (b->fill) /* tints end on the grid, so that the text around them does */
		height = grid_up(c->layout, height + c->layout->grid.baseline / 3) -
			 c->layout->grid.baseline / 3;
	dress(p, box, height);
	box_stack(c->arena, box, &p->inner.box[first], count, b->fill ? b->inset : 0, p->top);
	box->height = height;
}

void set_panel(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	struct panel_job p = {
		.composer = c, .block = b, .width = width, .max_height = max_height
	};
	measure_edges(&p);
	int measure = width - (b->fill ? 2 * b->inset : 0);
	int room = max_height - p.top - p.bottom - c->layout->grid.baseline;
	p.inner = blocks_set(c, b->inner, b->inner_count, measure, room);
	for (size_t i = 0; i < p.inner.count; i++)
		p.inner.box[i].snap = false;
	if (!p.inner.count)
		return;
	p.inner.box[p.inner.count - 1].after = 0;
	if (boxes_height(p.inner.box, p.inner.count) <= room) {
		add_piece(&p, 0, p.inner.count, out);
		return;
	}
	diag_report(c->diags, DIAG_UNBREAKABLE, b->place, "%s", "box");
	for (size_t first = 0, n; first < p.inner.count; first += n) {
		n = 1;
		while (first + n < p.inner.count &&
		       boxes_height(&p.inner.box[first], n + 1) <= room)
			n++;
		while (n > 1 && first + n < p.inner.count &&
		       p.inner.box[first + n - 1].break_cost >= COST_KEEP)
			n--;
		add_piece(&p, first, n, out);
	}
}
