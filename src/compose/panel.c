/* Panels: tinted boxes, pull quotes and contacts. They stand whole; one that is
 * taller than any column is divided between its inner boxes.
 *
 * HOW IT WORKS. Text behind a panel returns to the grid, and what that takes is
 * some part of a line. Left where it falls, it would make the space below a panel
 * by turns as large as that above it and twice as large. So it is foreseen for a
 * panel that stands between lines of the running text, and shared out: on a tint
 * above the first capitals and below the last baseline alike; of a quote between
 * its rule and its words and below them. What the style asks for before and after
 * then is what is seen: the distance of the tint from the baseline above it, and
 * from the line below it. The rule of a quote stands at the height of the capitals
 * beside it, as pictures do. */
#include "compose/setting.h"

struct panel_job {
	struct composer *composer;
	struct block *block;
	int width, max_height;
	int edge; /* from the panel's top to its rule */
	int top, bottom; /* from its top to its words, and back */
	struct boxes inner;
};

/* Space above the first capitals and below the last baseline. On a tint both are
 * the inset, what hangs below the baseline counting for a third; a rule keeps the
 * distance of a line. */
static void measure_edges(struct panel_job *p)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	const struct block *first = b->inner[0], *last = b->inner[b->inner_count - 1];
	if (b->fill) {
		p->top = b->inset;
		p->bottom = b->inset;
		if (first->kind == BLOCK_TEXT)
			p->top -= cap_offset(c, first->style);
		if (last->kind == BLOCK_TEXT)
			p->bottom += type_metrics(c->type, last->style).descender / 3;
	} else if (b->ruled) {
		p->edge = cap_offset(c, composer_style(c, NULL, STYLE_BODY));
		p->top = p->edge + b->style->rule_weight;
	}
	if (p->top < 0)
		p->top = 0;
	if (b->rule_below)
		p->bottom = b->after;
}

/* What is missing to whole grid lines from a line of running text above a panel of
 * this height to the one below it. */
static int slack(const struct panel_job *p, int height, bool first, bool last)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	height += composer_style(c, NULL, STYLE_BODY)->leading;
	height += (first ? b->before : 0) + (last ? b->after : 0);
	return grid_up(c->layout, height) - height;
}

static void dress(struct panel_job *p, struct box *out, int height)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	if (b->fill)
		box_fill(c->drafts, out, (struct rect){ 0, 0, p->width, height }, b->fill,
			 b->style);
	if (b->ruled && !b->fill)
		box_fill(c->drafts, out,
			 (struct rect){ 0, p->edge, p->width, b->style->rule_weight },
			 b->style->rule, b->style);
	if (b->rule_below)
		box_fill(c->drafts, out,
			 (struct rect){ 0, height - b->style->rule_weight, p->width,
					b->style->rule_weight },
			 b->style->rule, b->style);
}

/* One piece of the panel holding inner boxes first to last. */
static void add_piece(struct panel_job *p, size_t first, size_t count, struct boxes *out)
{
	struct composer *c = p->composer;
	const struct block *b = p->block;
	int top = p->top, height = top + boxes_height(&p->inner.box[first], count) + p->bottom;
	struct box *box = boxes_add(c->drafts, out);
	box->place = b->place;
	box->floats = b->floats && first == 0 && count == p->inner.count;
	int spare = slack(p, height, first == 0, first + count == p->inner.count);
	if (b->fill) {
		top += spare / 2;
		height += spare;
	} else if (b->ruled) {
		top += spare * 2 / 5;
		height += spare * 2 / 5;
	}
	dress(p, box, height);
	box_stack(c, box, &p->inner.box[first], count, b->fill ? b->inset : 0, top);
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
