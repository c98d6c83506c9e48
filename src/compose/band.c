/* A band: columns side by side, filled in turn.
 *
 * HOW IT WORKS. Each of the stops at the end of one column is a beginning of the
 * next. Where the limit is reached (the article ends, or something follows that
 * stands across all columns), the columns shall end level: the same band is tried
 * again down to one foot after another, from where the columns would end if their
 * filling could be shared out evenly, and the cheapest is taken. */
#include "compose/flow.h"

enum {
	MAX_FEET = 10,
	FEW_LINES = 6, /* what is less is read in one column, not in shreds beside one another */
};

/* The columns of one try. */
struct attempt {
	const struct band_task *task;
	int foot; /* no column ends below it */
	bool level;
	struct stops ends, fulls; /* limit reached; not reached */
};

static struct column_task column_task_of(const struct attempt *t, int i)
{
	const struct band_task *b = t->task;
	struct column_task c = { .flow = b->flow,
				 .area = b->area,
				 .column = b->area->column[i],
				 .limit = b->limit,
				 .last = i + 1 == b->area->columns,
				 .level = t->level,
				 .lonely = b->lonely,
				 .force = b->force && i == 0 };
	if (c.column.y + c.column.height > t->foot)
		c.column.height = t->foot > c.column.y ? t->foot - c.column.y : 0;
	return c;
}

/* Of columns that stay empty behind the end of the text. */
static int64_t empty_columns(const struct attempt *t, int from)
{
	int64_t cost = 0;
	for (int i = from; t->level && i < t->task->area->columns; i++) {
		struct column_task c = column_task_of(t, i);
		cost += column_shortness(&c, c.column.y);
	}
	return cost;
}

/* The columns end here, end the page, or go on in the next column. */
static void sort_out(struct attempt *t, const struct stops *behind, const struct stops *ends,
		     int column, struct stops *on)
{
	on->count = 0;
	for (size_t i = 0; i < ends->count; i++) {
		struct stop s = ends->stop[i];
		s.cost += empty_columns(t, column + 1);
		stops_keep(&t->ends, &s);
	}
	for (size_t i = 0; i < behind->count; i++) {
		struct stop s = behind->stop[i];
		if (s.result == FILL_BREAK_PAGE) {
			stops_keep(&t->fulls, &s);
		} else {
			s.result = FILL_FULL;
			stops_keep(on, &s);
		}
	}
}

static bool try_columns(struct attempt *t, const struct stops *in)
{
	struct stops now = *in;
	t->ends.count = t->fulls.count = 0;
	for (int i = 0; i < t->task->area->columns && now.count; i++) {
		struct column_task c = column_task_of(t, i);
		struct stops behind = { .eager = now.eager }, ends = behind;
		for (size_t k = 0; k < now.count; k++)
			if (!column_fill(&c, &now.stop[k], &behind, &ends))
				return false;
		sort_out(t, &behind, &ends, i, &now);
	}
	for (size_t i = 0; i < now.count; i++)
		stops_keep(&t->fulls, &now.stop[i]);
	return true;
}

static int lowest_foot(const struct area *a)
{
	int foot = a->column[0].y;
	for (int i = 0; i < a->columns; i++)
		if (a->column[i].y + a->column[i].height > foot)
			foot = a->column[i].y + a->column[i].height;
	return foot;
}

static int highest_top(const struct area *a)
{
	int top = a->column[0].y;
	for (int i = 1; i < a->columns; i++)
		top = a->column[i].y < top ? a->column[i].y : top;
	return top;
}

/* What the placements behind `from` use of the columns, together. */
static int64_t used_height(const struct band_task *t, const struct stop *s)
{
	const struct flow *f = t->flow;
	const struct area *a = t->area;
	int bottom[MAX_COLUMNS];
	int64_t sum = 0;
	for (int i = 0; i < a->columns; i++)
		bottom[i] = a->column[i].y;
	for (int k = s->placed; k >= 0 && flow_tried(f, k)->page == f->page;
	     k = flow_tried(f, k)->previous) {
		const struct placement *p = flow_tried(f, k);
		for (int i = 0; i < a->columns; i++)
			if (p->x == a->column[i].x && p->kind != PLACED_AT_FOOT &&
			    p->y + p->box->height > bottom[i])
				bottom[i] = p->y + p->box->height;
		sum += p->kind == PLACED_AT_FOOT ? p->box->height : 0;
	}
	for (int i = 0; i < a->columns; i++)
		sum += bottom[i] - a->column[i].y;
	return sum;
}

/* Whether too little ends here to be shared out among columns. Frames of a page that is
 * drawn for them keep theirs. */
static bool is_scanty(const struct attempt *t)
{
	const struct flow *f = t->task->flow;
	return !f->plain && used_height(t->task, &t->ends.stop[0]) <
				    FEW_LINES * f->composer->layout->grid.baseline;
}

/* Where the columns would end if their filling could be shared out evenly; not
 * counting the room that lines beside an obstacle lose. */
static int mean_foot(const struct band_task *t, const struct stop *s)
{
	const struct area *a = t->area;
	int foot = highest_top(a), line = t->flow->composer->layout->grid.baseline;
	int64_t room = 0, used = used_height(t, s);
	while (room < used) {
		foot += line;
		room = 0;
		for (int i = 0; i < a->columns; i++)
			if (foot > a->column[i].y)
				room += foot - a->column[i].y;
	}
	return foot;
}

/* Tries feet from the mean on; t holds the full columns and gets what is best. */
static bool level(struct attempt *t, const struct stops *in)
{
	int line = t->task->flow->composer->layout->grid.baseline, full = t->foot;
	int foot = mean_foot(t->task, &t->ends.stop[0]) - line;
	foot = area_clear(t->task->area, foot);
	struct stops ends = t->ends;
	int64_t least = INT64_MAX;
	t->level = true;
	for (int n = 0; n < MAX_FEET && foot <= full; n++, foot += line) {
		t->foot = foot;
		if (!try_columns(t, in))
			return false;
		if (!t->ends.count) {
			n--; /* not a foot yet: no column of these is low enough */
			continue;
		}
		if (t->ends.stop[0].cost < least) {
			least = t->ends.stop[0].cost;
			ends = t->ends;
		}
		if (least - in->stop[0].cost <= 2)
			break;
	}
	t->ends = ends;
	return true;
}

/* All would find room here, but only with a lonely line or the like: it may be better
 * to go on overleaf. */
static bool is_crowded(const struct stops *ends, const struct stops *fulls, const struct stops *in)
{
	int64_t cost = ends->stop[0].cost;
	return in->eager && cost - in->stop[0].cost >= COST_WIDOW && fulls->count &&
	       fulls->stop[0].cost + COST_PAGE < cost;
}

bool band_fill(const struct band_task *t, const struct stops *in, struct stops *out,
	       enum fill_result *result)
{
	struct attempt a = { .task = t,
			     .foot = lowest_foot(t->area),
			     .ends.eager = in->eager,
			     .fulls.eager = in->eager };
	if (!try_columns(&a, in))
		return false;
	*out = a.fulls;
	*result = FILL_FULL;
	bool shared = a.ends.count && t->balance && t->area->columns > 1 && !is_scanty(&a);
	if (shared && !level(&a, in))
		return false;
	if (!a.ends.count || is_crowded(&a.ends, out, in))
		return true;
	*result = FILL_END;
	out->stop[0] = a.ends.stop[0];
	out->count = 1;
	return true;
}
