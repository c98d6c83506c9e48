/* The ways to set the block a column has come to. */
#include "compose/column.h"

#include "compose/ahead.h"

struct block *flow_block_at(const struct flow *f, const struct progress *p)
{
	return p->rest ? p->rest : flow_block(f, p->block);
}

const struct setting *flow_panel(struct flow *f, struct block *b, int width)
{
	const struct setting *s = block_set(f->composer, b, width, f->max_height);
	if (s->boxes.count < 2 || !f->narrowest || f->narrowest >= width)
		return s;
	return block_set(f->composer, b, f->narrowest, f->max_height);
}

/* The setting of a block that has begun. One that goes on at another width, or round
 * something, is set anew from where it stopped; p is then at the beginning of what
 * is left. */
static const struct setting *setting_at(struct flow *f, struct progress *p, int width, bool round)
{
	struct composer *c = f->composer;
	struct block *b = flow_block_at(f, p);
	const struct setting *old = p->setting;
	if (p->box == 0)
		return b->kind == BLOCK_PANEL ? flow_panel(f, b, width)
					      : block_set(c, b, width, f->max_height);
	bool straight = b->kind != BLOCK_TEXT || (!round && !old->beside.count);
	if (b->kind == BLOCK_PANEL || (old->width == width && straight))
		return old;
	struct block *rest = block_rest(c, b, old, p->box);
	if (rest) {
		p->rest = rest;
		p->box = 0;
		return block_set(c, rest, width, f->max_height);
	}
	const struct setting *new = block_set(c, b, width, f->max_height);
	bool rows = b->kind == BLOCK_TABLE && new->boxes.count == b->rows;
	return rows && new->boxes.count == old->boxes.count ? new : old;
}

bool filling_has_way(const struct filling *f)
{
	return f->task->column.way.bottom > 0;
}

bool block_runs_round(const struct block *b)
{
	enum { LONGEST = 8000 }; /* bytes */
	size_t length = 0;
	if (!b || b->kind != BLOCK_TEXT || b->bar || b->ruled)
		return false;
	for (size_t i = 0; i < b->text.count && length <= LONGEST; i++)
		length += b->text.spans[i].text.len;
	return length <= LONGEST;
}

/* The lines of a text that stand beside what is in the column's way. */
static struct beside beside_of(const struct filling *f, const struct spot *s, const struct block *b)
{
	const struct obstacle *way = &f->task->column.way;
	struct beside none = { 0 };
	if (!filling_has_way(f) || !block_runs_round(b))
		return none;
	const struct layout *l = f->flow->composer->layout;
	int leading = b->style->leading;
	int top = s->first ? 0 : s->y + (s->after > b->before ? s->after : b->before);
	if (leading % l->grid.baseline == 0)
		top = grid_up(l, top + leading) - leading;
	int from = way->top - f->task->column.y - top, to = way->bottom - f->task->column.y - top;
	if (to <= 0)
		return none;
	struct beside lines = { .first = from > 0 ? from / leading : 0,
				.left = way->left,
				.right = way->right };
	lines.count = (to + leading - 1) / leading - lines.first;
	return lines;
}

/* What a line more above the block costs; 0: none is given. Ragged text in one column has no
 * neighbour to be level with; bars would no longer be level with their neighbours. */
static int cost_of_opening(const struct filling *f, const struct block *b)
{
	const struct style *body = composer_style(f->flow->composer, NULL, STYLE_BODY);
	if (f->task->area->columns == 1 && body->align != TEXT_JUSTIFIED)
		return 0;
	if ((b->kind == BLOCK_PANEL && !b->contact) || b->kind == BLOCK_FIGURE ||
	    b->kind == BLOCK_TABLE)
		return COST_SPACE;
	return b->kind == BLOCK_TEXT && b->keep_next && b->before > 0 && !b->bar ? COST_HEADING : 0;
}

size_t filling_options(struct filling *f, struct spot *s, struct option *o)
{
	struct flow *flow = f->flow;
	struct block *b = flow_block_at(flow, &s->at);
	int width = f->task->column.width;
	size_t n = 0;
	bool begun = s->at.box > 0;
	size_t behind = s->at.block + 1;
	if (!begun && !s->at.rest && ahead_is_due(flow->composer, b, width))
		set_ahead(flow->composer, &flow->blocks[behind], flow->count - behind, width,
			  flow->max_height);
	bool round = filling_has_way(f) && block_runs_round(b);
	o[n++] = (struct option){ setting_at(flow, &s->at, width, round), 0, 0 };
	if (s->at.box > 0)
		return n; /* nothing was set anew */
	b = flow_block_at(flow, &s->at);
	struct beside beside = beside_of(f, s, b);
	if (beside.count) {
		o[0].setting = block_beside(flow->composer, b, width, beside);
		o[0].cost = b->keep_next ? COST_CUT : 0; /* a heading wants its column */
		return n;
	}
	if (!flow->elastic || begun)
		return n;
	for (int more = -1; more <= 1; more += 2) {
		const struct setting *v =
			block_variant(flow->composer, b, width, flow->max_height, more);
		if (v)
			o[n++] = (struct option){ v, 0, v->price };
	}
	int cost = s->first ? 0 : cost_of_opening(f, b);
	if (cost)
		o[n++] = (struct option){ o[0].setting, flow->composer->layout->grid.baseline,
					  cost };
	return n;
}
