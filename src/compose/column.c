/* One column: all the good ways to fill it.
 *
 * HOW IT WORKS. Spots are ways of having filled the column down to a block's
 * beginning. Block after block, every spot is carried on by every option the
 * block has (its setting, in the second pass also a line more or less, a line of
 * space above, waiting for the next column); spots that come out alike are one,
 * the cheapest. Behind each box the column may end: a stop, priced by the box
 * (widows, headings without text), by the lines left empty, and by what led there.
 * Everything is integer and depends on nothing but the blocks. */
#include "compose/column.h"

/* ---- boxes ---- */

int filling_place(struct filling *f, int previous, const struct box *b, int top,
		  enum placement_kind kind)
{
	struct flow *flow = f->flow;
	struct placement p = { .box = b,
			       .x = f->task->column.x,
			       .y = f->task->column.y + top,
			       .page = flow->page,
			       .kind = kind,
			       .previous = previous };
	struct arena *scratch = flow->composer->scratch;
	if (flow->tried_count == flow->row_count * TRIED_ROW) {
		struct placement *row = NEW_ARRAY(scratch, struct placement, TRIED_ROW);
		PUSH(scratch, flow->tried, flow->row_count, flow->row_capacity, row);
	}
	*flow_tried(flow, (int)flow->tried_count) = p;
	return (int)flow->tried_count++;
}

/* Where the box's top would be, from the column's. */
static int top_of(const struct filling *f, const struct spot *s, const struct box *b, int space)
{
	int top = s->first ? 0 : s->y + (s->after > b->before ? s->after : b->before) + space;
	if (b->snap)
		top = grid_up(f->flow->composer->layout, top + b->height) - b->height;
	const struct obstacle *way = &f->task->column.way;
	int y = f->task->column.y + top;
	if (filling_has_way(f) && !block_runs_round(f->block) && y < way->bottom &&
	    y + b->height > way->top)
		top = way->bottom - f->task->column.y; /* what cannot run round stands below */
	return top;
}

/* Height of the column's notes once the box stands in it. */
static int notes_with(const struct filling *f, const struct spot *s, const struct box *b)
{
	const struct flow *flow = f->flow;
	if (!flow->notes || !b->note_count)
		return s->notes;
	int more = notes_height(flow->composer, flow->notes, b, f->task->column.width);
	return s->notes ? s->notes + more
			: notes_rule_height(flow->composer, flow->note_style) + more;
}

/* Notes stand below what is in the column's way, never beside it. */
static bool fits(const struct filling *f, const struct spot *s, const struct box *b, int top)
{
	const struct column *c = &f->task->column;
	int notes = notes_with(f, s, b);
	return top + b->height + notes <= c->height &&
	       (!notes || c->y + c->height - notes >= c->way.bottom);
}

static void put(struct filling *f, struct spot *s, const struct box *b, int top,
		enum placement_kind kind)
{
	s->placed = filling_place(f, s->placed, b, top, kind);
	if (kind != PLACED_AGAIN)
		s->notes = notes_with(f, s, b);
	s->y = top + b->height;
	s->after = b->after;
	s->first = false;
	s->fresh = s->fresh && kind == PLACED_APART;
}

/* The head of a table or the bar of a region above the first box of a column. Only
 * where both are taller than the column as it was drawn does the box stand without:
 * a foot raised to level the columns is no reason. */
static void place_repeat(struct filling *f, struct spot *s, const struct box *b)
{
	const struct area *a = f->task->area;
	int height = f->task->column.height;
	if (!s->fresh || !b->repeat)
		return;
	for (int i = 0; i < a->columns; i++)
		if (a->column[i].x == f->task->column.x && a->column[i].height > height)
			height = a->column[i].height;
	int top = top_of(f, s, b->repeat, 0);
	if (top + b->repeat->height + b->height <= height)
		put(f, s, b->repeat, top, PLACED_AGAIN);
}

/* Whether nothing at all stands in the column or on the page yet, and something
 * must. */
static bool must_place(const struct filling *f, const struct spot *s)
{
	return f->task->force && s->placed == f->begin->placed;
}

/* What cannot run round what is in its way leaves the lines beside that empty. */
static int64_t gap_cost(const struct filling *f, const struct spot *s, const struct box *b, int top)
{
	const struct obstacle *way = &f->task->column.way;
	int line = f->flow->composer->layout->grid.baseline;
	if (!filling_has_way(f) || block_runs_round(f->block) ||
	    f->task->column.y + top != way->bottom)
		return 0;
	int64_t lines = (top - s->y - (s->after > b->before ? s->after : b->before)) / line;
	return lines > 0 ? COST_LINE * lines * lines : 0;
}

/* What was put off comes first, or, as far as it is whole, behind what went on. */
static void place_deferred(struct filling *f, struct spot *s)
{
	struct progress *p = &s->at;
	while (p->deferred_count) {
		struct block *b = f->flow->blocks[p->deferred[0]];
		const struct setting *set = flow_panel(f->flow, b, f->task->column.width);
		if (s->late && set->boxes.count > 1)
			return;
		size_t k =
			p->deferred_box < set->boxes.count ? p->deferred_box : set->boxes.count - 1;
		const struct box *box = &set->boxes.box[k];
		int top = top_of(f, s, box, 0);
		if (!fits(f, s, box, top) && !must_place(f, s))
			return;
		s->cost += gap_cost(f, s, box, top);
		put(f, s, box, top, PLACED_APART);
		p->deferred_box = (unsigned)k + 1;
		if (p->deferred_box < set->boxes.count)
			continue;
		p->deferred_box = 0;
		for (unsigned i = 1; i < p->deferred_count; i++)
			p->deferred[i - 1] = p->deferred[i];
		p->deferred_count--;
	}
}

/* ---- spots ---- */

/* The spot stands at the beginning of the next block. */
static void arrive(struct filling *f, const struct spot *s)
{
	struct layer *l = f->next;
	size_t at = l->count;
	for (size_t i = 0; i < l->count; i++) {
		const struct spot *o = &l->spot[i];
		if (o->y == s->y && o->after == s->after && o->first == s->first &&
		    o->fresh == s->fresh && o->late == s->late && o->notes == s->notes &&
		    o->at.deferred_count == s->at.deferred_count) {
			if (o->cost <= s->cost)
				return;
			at = i;
			break;
		}
	}
	if (at == MAX_SPOTS) {
		if (l->spot[at - 1].cost <= s->cost)
			return;
		at--;
	} else if (at == l->count) {
		l->count++;
	}
	for (; at > 0 && l->spot[at - 1].cost > s->cost; at--)
		l->spot[at] = l->spot[at - 1];
	l->spot[at] = *s;
}

static void next_block(struct spot *s)
{
	s->at.block++;
	s->at.box = 0;
	s->at.setting = NULL;
	s->at.rest = NULL;
}

/* Behind a block: here may stand what waited for its end. */
static void settle(struct filling *f, struct spot *s)
{
	unsigned waiting = s->at.deferred_count;
	if (!s->late || flow_joins(f->flow, &s->at))
		return;
	place_deferred(f, s);
	if (s->at.deferred_count == waiting)
		return;
	s->late = s->at.deferred_count > 0;
	if (s->at.block < f->task->limit || s->late)
		filling_end_behind(f, s, flow_tried(f->flow, s->placed)->box);
}

/* The column begins with what was put off. Where the text runs in one column the
 * reader would meet it within the sentence, and take it for what the sentence goes
 * on with: there it waits for the paragraph's end and, if that is better, for the
 * end of a list or a table. */
static void begin_column(struct filling *f, struct spot s)
{
	const struct progress *p = &s.at;
	bool waits = f->task->area->columns == 1 && p->deferred_count && !p->deferred_box &&
		     (flow_goes_on(p) || flow_joins(f->flow, p));
	if (waits) {
		struct spot late = s;
		late.late = true;
		arrive(f, &late);
		if (flow_goes_on(p) && f->flow->blocks[p->block]->kind == BLOCK_TEXT)
			return;
		s.cost += COST_LATE;
	}
	place_deferred(f, &s);
	arrive(f, &s);
}

/* The block waits for the next column while the text goes on. */
static bool defer(struct filling *f, struct spot s, const struct box *b, const struct setting *set,
		  int64_t cost)
{
	if (!b->floats || set->boxes.count > 1 || s.at.deferred_count == MAX_DEFERRED)
		return false;
	s.at.deferred[s.at.deferred_count++] = (unsigned)s.at.block;
	s.cost += cost;
	next_block(&s);
	arrive(f, &s);
	return true;
}

/* A break the editor asked for; it does nothing where a column begins, and nothing
 * behind all text. */
static void obey_break(struct filling *f, const struct spot *from, bool page)
{
	struct spot s = *from;
	next_block(&s);
	bool behind_all = s.at.block >= f->flow->count;
	if (behind_all || (s.first && !(page && s.placed >= 0 &&
					flow_tried(f->flow, s.placed)->page == f->flow->page)))
		arrive(f, &s);
	else
		filling_add_stop(f, &s, page ? FILL_BREAK_PAGE : FILL_BREAK_COLUMN, 0);
}

/* Boxes of one setting, one after another until one does not fit. */
static void lay(struct filling *f, struct spot s, const struct option *o)
{
	const struct setting *set = o->setting;
	int space = o->space;
	s.cost += o->cost;
	/* set anew for this column, what was two lines may be one */
	if (s.at.rest && s.at.rest->kind == BLOCK_TEXT && set->boxes.count == 1)
		s.cost += COST_WIDOW;
	struct spot before = s;
	while (s.at.box < set->boxes.count) {
		const struct box *b = &set->boxes.box[s.at.box];
		if (b->floats) /* spots are large, lines many */
			before = s;
		if (b->vanishes && s.first) { /* a section break at a column's top */
			s.at.box++;
			continue;
		}
		bool force = must_place(f, &s);
		if (b->floats && s.at.deferred_count && !force && defer(f, s, b, set, 0))
			return; /* they keep their order */
		place_repeat(f, &s, b);
		int top = top_of(f, &s, b, space);
		if (!fits(f, &s, b, top) && !force) {
			defer(f, before, b, set, 0);
			return;
		}
		s.cost += gap_cost(f, &s, b, top);
		put(f, &s, b, top, PLACED_TEXT);
		s.at.setting = set;
		space = 0;
		if (++s.at.box < set->boxes.count)
			filling_end_behind(f, &s, b);
	}
	next_block(&s);
	if (set->boxes.count && (s.at.block < f->task->limit || s.at.deferred_count))
		filling_end_behind(f, &s, &set->boxes.box[set->boxes.count - 1]);
	settle(f, &s);
	arrive(f, &s);
}

/* Carries one spot over its block. False when a block was met that wants a place. */
static bool carry_on(struct filling *f, struct spot *s)
{
	struct flow *flow = f->flow;
	struct block *b = flow_block_at(flow, &s->at);
	if (b->kind == BLOCK_BREAK) {
		obey_break(f, s, b->page);
		return true;
	}
	if (flow_stance(flow, &s->at, f->task->area, s->at.block) == STANCE_FLOAT) {
		flow->met = s->at.block;
		if (flow->fates[s->at.block] == FATE_OPEN)
			return false;
		next_block(s);
		arrive(f, s);
		return true;
	}
	struct option options[MAX_OPTIONS];
	size_t count = filling_options(f, s, options);
	f->block = flow_block_at(flow, &s->at);
	for (size_t i = 0; i < count; i++)
		lay(f, *s, &options[i]);
	const struct setting *set = options[0].setting;
	bool columns = f->task->area->columns > 1; /* one alone keeps its order */
	if (flow->elastic && columns && s->at.box == 0 && set->boxes.count == 1 && !f->task->force)
		defer(f, *s, &set->boxes.box[0], set, COST_DEFER);
	return true;
}

bool column_fill(const struct column_task *t, const struct stop *begin, struct stops *out,
		 struct stops *ends)
{
	struct filling f = { .task = t, .flow = t->flow, .begin = begin, .out = out, .ends = ends };
	struct spot s = { .at = begin->at,
			  .cost = begin->cost,
			  .placed = begin->placed,
			  .first = true,
			  .fresh = true };
	struct layer layers[2], *now = &layers[0]; /* large: changed about, not copied */
	now->count = 0;
	f.next = now;
	begin_column(&f, s);
	f.next = &layers[1];
	/* Better nothing than a lonely heading. */
	for (size_t i = 0; !t->force && s.at.block < t->limit && i < now->count; i++)
		filling_add_stop(&f, &now->spot[i], FILL_FULL,
				 filling_shortness(&f, &now->spot[i]));
	for (size_t b = s.at.block; b < t->limit && now->count; b++) {
		f.next->count = 0;
		for (size_t i = 0; i < now->count; i++)
			if (!carry_on(&f, &now->spot[i]))
				return false;
		struct layer *done = now;
		now = f.next;
		f.next = done;
	}
	for (size_t i = 0; i < now->count; i++) {
		const struct spot *end = &now->spot[i];
		if (end->at.deferred_count)
			filling_add_stop(&f, end, FILL_FULL, filling_shortness(&f, end));
		else
			filling_add_stop(&f, end, FILL_END, filling_end_cost(&f, end));
	}
	return true;
}
