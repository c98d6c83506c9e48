/* Where a column may end, and what that costs. */
#include "compose/column.h"

int64_t column_shortness(const struct column_task *t, int bottom)
{
	int line = t->flow->composer->layout->grid.baseline;
	int short_by = t->column.y + t->column.height - bottom;
	if (!t->level) {
		int64_t lines = short_by / line;
		return COST_LINE * lines * lines;
	}
	/* what ends off the grid by more than a hair */
	int64_t lines = (short_by + line * 9 / 10) / line;
	return lines > 1 ? COST_UNEVEN * (lines - 1) * (lines - 1) : lines > 0 ? 1 : 0;
}

int64_t flow_fewness(const struct flow *f, int height)
{
	enum { FEW_LINES = 10 }; /* of the body */
	int64_t missing =
		FEW_LINES - height / composer_style(f->composer, NULL, STYLE_BODY)->leading;
	return missing > 0 ? COST_LINE * missing * missing : 0;
}

/* The notes that the column's boxes from the begin on refer to, in their order. */
static int place_behind(struct filling *f, int boxes, int previous, int *top)
{
	if (boxes == f->begin->placed)
		return previous;
	struct placement p = *flow_tried(f->flow, boxes);
	previous = place_behind(f, p.previous, previous, top);
	for (size_t i = 0; p.kind != PLACED_AGAIN && i < p.box->note_count; i++) {
		const struct box *note =
			note_box(f->flow->composer, &f->flow->notes[p.box->notes[i] - 1],
				 f->task->column.width);
		previous = filling_place(f, previous, note, *top, PLACED_AT_FOOT);
		*top += note->height;
	}
	return previous;
}

static int place_notes(struct filling *f, const struct spot *s)
{
	int top = f->task->column.height - s->notes;
	struct composer *c = f->flow->composer;
	const struct box *rule = notes_rule(c, f->flow->note_style, f->task->column.width);
	int placed = filling_place(f, s->placed, rule, top, PLACED_AT_FOOT);
	top += rule->height;
	return place_behind(f, s->placed, placed, &top);
}

/* Whether there are enough stops that cost no more. */
static bool is_beaten(const struct stops *s, int64_t cost)
{
	return !s->eager && s->count == MAX_STOPS && s->stop[MAX_STOPS - 1].cost <= cost;
}

void filling_add_stop(struct filling *f, const struct spot *s, enum fill_result r, int64_t price)
{
	struct stops *to = r == FILL_END ? f->ends : f->out;
	struct stop stop = {
		.at = s->at, .cost = s->cost + price, .placed = s->placed, .result = r
	};
	if (is_beaten(to, stop.cost))
		return;
	if (s->notes)
		stop.placed = place_notes(f, s);
	stops_keep(to, &stop);
}

int64_t filling_shortness(const struct filling *f, const struct spot *s)
{
	return column_shortness(f->task, f->task->column.y + s->y + s->notes);
}

static bool shows_picture(const struct filling *f, const struct spot *s)
{
	for (int k = s->placed; k != f->begin->placed; k = flow_tried(f->flow, k)->previous) {
		const struct box *b = flow_tried(f->flow, k)->box;
		for (size_t i = 0; i < b->item_count; i++)
			if (b->items[i].kind == ITEM_PICTURE)
				return true;
	}
	return false;
}

int64_t filling_end_cost(const struct filling *f, const struct spot *s)
{
	if (f->task->level)
		return filling_shortness(f, s);
	return f->task->lonely && !shows_picture(f, s) ? flow_fewness(f->flow, s->y) : 0;
}

/* A heading with a single line below it, which the text goes on from. */
static bool is_stranded(const struct filling *f, const struct spot *s, const struct box *b)
{
	const struct flow *flow = f->flow;
	if (s->at.box > 0 || s->at.block >= flow->count || s->placed < 0 || !b->line.text)
		return false;
	int above = flow_tried(flow, s->placed)->previous;
	if (above < 0 || above == f->begin->placed)
		return false;
	const struct block *next = flow->blocks[s->at.block];
	return flow_tried(flow, above)->box->break_cost >= COST_KEEP && next->kind == BLOCK_TEXT &&
	       !next->keep_next;
}

void filling_end_behind(struct filling *f, const struct spot *s, const struct box *b)
{
	/* A word divided where the page is turned is hard on the reader; a line short
	 * is better. Within the page the eye finds the next column. */
	bool divided = b->divided;
	int64_t price = b->break_cost;
	if (is_beaten(f->out, s->cost + price)) /* most are, before all faults are counted */
		return;
	price += filling_shortness(f, s);
	if (is_beaten(f->out, s->cost + price))
		return;
	if (is_stranded(f, s, b))
		price += COST_WIDOW;
	if (divided)
		price += f->task->last ? COST_DIVIDED : 1;
	if (s->at.deferred_count && s->at.box > 0) /* a box will stand within the sentence */
		price += divided ? COST_CUT * 4 : COST_CUT;
	if (s->late && s->at.deferred_count) /* a whole page long */
		price += COST_LATE;
	if (flow_parts_list(f->flow, &s->at))
		price += COST_ITEM;
	filling_add_stop(f, s, FILL_FULL, price);
}
