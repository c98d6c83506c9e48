/* One column: all the good ways to fill it.
 *
 * HOW IT WORKS. Spots are ways of having filled the column down to a block's
 * beginning. Block after block, every spot is carried on by every option the
 * block has (its setting, in the second pass also a line more or less, a line of
 * space above, waiting for the next column); spots that come out alike are one,
 * the cheapest. Behind each box the column may end: a stop, priced by the box
 * (widows, headings without text), by the lines left empty, and by what led there.
 * Everything is integer and depends on nothing but the blocks. */
#include "compose/ahead.h"
#include "compose/flow.h"

enum { MAX_SPOTS = 12, MAX_OPTIONS = 4 };

struct spot {
	struct progress at;
	int y; /* end of the last box, from the column's top */
	int after; /* its space after */
	int notes; /* height of those referred to so far, at the column's foot */
	int placed;
	int64_t cost;
	bool first; /* nothing stands yet */
	bool fresh; /* nothing but what had been put off */
	bool late; /* what had been put off waits for the end of what goes on */
};

struct layer {
	struct spot spot[MAX_SPOTS];
	size_t count;
};

struct filling {
	const struct column_task *task;
	struct flow *flow;
	const struct block *block; /* being laid; NULL: what had been put off */
	const struct stop *begin;
	struct stops *out, *ends;
	struct layer *next; /* those at the beginning of the block behind */
};

/* One way to set a block. */
struct option {
	const struct setting *setting;
	int space; /* above it, beyond its own */
	int64_t cost;
};

/* ---- settings ---- */

static struct block *block_at(const struct flow *f, const struct progress *p)
{
	return p->rest ? p->rest : flow_block(f, p->block);
}

/* A panel that must be divided is set for the narrowest column it may meet, so
 * that its pieces fit wherever they come to stand. */
static const struct setting *panel_at(struct flow *f, struct block *b, int width)
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
	struct block *b = block_at(f, p);
	const struct setting *old = p->setting;
	if (p->box == 0)
		return b->kind == BLOCK_PANEL ? panel_at(f, b, width)
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

static bool has_way(const struct filling *f)
{
	return f->task->column.way.bottom > 0;
}

/* A paragraph longer than any reader's patience is not set anew for every height at
 * which it may meet a picture: its lines go below. */
static bool runs_round(const struct block *b)
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
	if (!has_way(f) || !runs_round(b))
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
 * neighbour to be level with. */
static int cost_of_opening(const struct filling *f, const struct block *b)
{
	const struct style *body = composer_style(f->flow->composer, NULL, STYLE_BODY);
	if (f->task->area->columns == 1 && body->align != TEXT_JUSTIFIED)
		return 0;
	if ((b->kind == BLOCK_PANEL && !b->contact) || b->kind == BLOCK_FIGURE ||
	    b->kind == BLOCK_TABLE)
		return COST_SPACE;
	return b->kind == BLOCK_TEXT && b->keep_next && b->before > 0 ? COST_HEADING : 0;
}

/* The ways to set the block a spot has come to. */
static size_t options_of(struct filling *f, struct spot *s, struct option *o)
{
	struct flow *flow = f->flow;
	struct block *b = block_at(flow, &s->at);
	int width = f->task->column.width;
	size_t n = 0;
	bool begun = s->at.box > 0;
	size_t behind = s->at.block + 1;
	if (!begun && !s->at.rest && ahead_is_due(flow->composer, b, width))
		set_ahead(flow->composer, &flow->blocks[behind], flow->count - behind, width,
			  flow->max_height);
	bool round = has_way(f) && runs_round(b);
	o[n++] = (struct option){ setting_at(flow, &s->at, width, round), 0, 0 };
	if (s->at.box > 0)
		return n; /* nothing was set anew */
	b = block_at(flow, &s->at);
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

/* ---- stops ---- */

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

static int place(struct filling *f, int previous, const struct box *b, int top,
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
		previous = place(f, previous, note, *top, PLACED_AT_FOOT);
		*top += note->height;
	}
	return previous;
}

static int place_notes(struct filling *f, const struct spot *s)
{
	int top = f->task->column.height - s->notes;
	struct composer *c = f->flow->composer;
	const struct box *rule = notes_rule(c, f->flow->note_style, f->task->column.width);
	int placed = place(f, s->placed, rule, top, PLACED_AT_FOOT);
	top += rule->height;
	return place_behind(f, s->placed, placed, &top);
}

/* Whether there are enough stops that cost no more. */
static bool is_beaten(const struct stops *s, int64_t cost)
{
	return !s->eager && s->count == MAX_STOPS && s->stop[MAX_STOPS - 1].cost <= cost;
}

static void add_stop(struct filling *f, const struct spot *s, enum fill_result r, int64_t price)
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

/* The lines left empty between text and foot, or text and notes. */
static int64_t shortness(const struct filling *f, const struct spot *s)
{
	return column_shortness(f->task, f->task->column.y + s->y + s->notes);
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

/* The column may end behind the box just placed. */
static void end_behind(struct filling *f, const struct spot *s, const struct box *b)
{
	/* A word divided where the page is turned is hard on the reader; a line short
	 * is better. Within the page the eye finds the next column. */
	bool divided = b->divided;
	int64_t price = b->break_cost;
	if (is_beaten(f->out, s->cost + price)) /* most are, before all faults are counted */
		return;
	price += shortness(f, s);
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
	add_stop(f, s, FILL_FULL, price);
}

/* ---- boxes ---- */

/* Where the box's top would be, from the column's. */
static int top_of(const struct filling *f, const struct spot *s, const struct box *b, int space)
{
	int top = s->first ? 0 : s->y + (s->after > b->before ? s->after : b->before) + space;
	if (b->snap)
		top = grid_up(f->flow->composer->layout, top + b->height) - b->height;
	const struct obstacle *way = &f->task->column.way;
	int y = f->task->column.y + top;
	if (has_way(f) && !runs_round(f->block) && y < way->bottom && y + b->height > way->top)
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
	s->placed = place(f, s->placed, b, top, kind);
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
	if (!has_way(f) || runs_round(f->block) || f->task->column.y + top != way->bottom)
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
		const struct setting *set = panel_at(f->flow, b, f->task->column.width);
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
		end_behind(f, s, flow_tried(f->flow, s->placed)->box);
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
		add_stop(f, &s, page ? FILL_BREAK_PAGE : FILL_BREAK_COLUMN, 0);
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
			end_behind(f, &s, b);
	}
	next_block(&s);
	if (set->boxes.count && (s.at.block < f->task->limit || s.at.deferred_count))
		end_behind(f, &s, &set->boxes.box[set->boxes.count - 1]);
	settle(f, &s);
	arrive(f, &s);
}

/* Carries one spot over its block. False when a block was met that wants a place. */
static bool carry_on(struct filling *f, struct spot *s)
{
	struct flow *flow = f->flow;
	struct block *b = block_at(flow, &s->at);
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
	size_t count = options_of(f, s, options);
	f->block = block_at(flow, &s->at);
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
		add_stop(&f, &now->spot[i], FILL_FULL, shortness(&f, &now->spot[i]));
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
		bool waits = now->spot[i].at.deferred_count > 0;
		add_stop(&f, &now->spot[i], waits ? FILL_FULL : FILL_END,
			 waits || t->level ? shortness(&f, &now->spot[i]) : 0);
	}
	return true;
}
