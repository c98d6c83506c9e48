/* Frames that nothing stands in give their place up.
 *
 * A slot takes the vacant ones beside it, in its row, with columns as wide as its own were;
 * where several articles share it each of these is a frame of its own. What holds words grows
 * over what is vacant just above and below it, where nothing else stands; and a rule that
 * parts nothing any more is left out. */
#include "compose/frames.h"

enum {
	HAIR = PT, /* frames drawn in millimetres meet by about as much */
	LINES_APART = 3,
	MOST_SPREAD = 3, /* columns of a slot that has spread */
};

struct plan {
	struct master *master; /* all frames, with what they have gained */
	unsigned vacant, spent, gone; /* sets, by frame */
	int top, foot; /* of the page within its margins */
	int apart; /* farther from one another frames do not adjoin */
};

static unsigned bit(size_t i)
{
	return 1u << i;
}

static struct rect *rect_of(const struct plan *p, size_t i)
{
	return &p->master->frames[i].rect;
}

static bool is_present(const struct plan *p, size_t i)
{
	return !((p->vacant | p->gone) & bit(i));
}

/* Whether a frame stands in another one's columns. */
static bool shares_width(const struct rect *a, const struct rect *b)
{
	return a->x + HAIR < b->x + b->width && b->x + HAIR < a->x + a->width;
}

static bool is_near(int a, int b)
{
	return a - b < HAIR && b - a < HAIR;
}

static bool in_one_row(const struct rect *a, const struct rect *b)
{
	return is_near(a->y, b->y) && is_near(a->height, b->height);
}

/* ---- beside one another ---- */

/* The nearest slot of the row that is not vacant, better at the left; or none. */
static bool nearest_slot(const struct plan *p, size_t of, size_t *found)
{
	const struct master *m = p->master;
	int best = INT32_MAX;
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct rect *r = rect_of(p, i), *own = rect_of(p, of);
		if (m->frames[i].role != FRAME_SLOT || !is_present(p, i) || !in_one_row(r, own))
			continue;
		bool left = r->x < own->x;
		int far = left ? own->x - r->x - r->width
			       : r->x - own->x - own->width + m->frames[i].rect.width;
		if (far >= best)
			continue;
		best = far;
		*found = i;
	}
	return best < INT32_MAX;
}

static int column_width(const struct frame *f, int width)
{
	return (width - 2 * f->inset - (f->columns - 1) * f->gutter) / f->columns;
}

/* A running order with nothing beside it. */
static void spread_contents(struct plan *p)
{
	for (size_t i = 0; i < p->master->frame_count; i++) {
		struct rect *r = rect_of(p, i);
		if (p->master->frames[i].role != FRAME_CONTENTS)
			continue;
		int left = r->x, right = r->x + r->width;
		for (size_t k = 0; k < p->master->frame_count; k++) {
			const struct rect *o = rect_of(p, k);
			if (k == i || o->y + HAIR >= r->y + r->height ||
			    r->y + HAIR >= o->y + o->height)
				continue;
			if (!(p->vacant & bit(k)))
				return;
			left = o->x < left ? o->x : left;
			right = o->x + o->width > right ? o->x + o->width : right;
		}
		r->x = left;
		r->width = right - left;
	}
}

static void spread_slots(struct plan *p, const struct master *drawn)
{
	struct master *m = p->master;
	for (size_t i = 0; i < m->frame_count; i++) {
		size_t to;
		if (m->frames[i].role != FRAME_SLOT || !(p->vacant & bit(i)) ||
		    !nearest_slot(p, i, &to))
			continue;
		struct rect *r = rect_of(p, to), *v = rect_of(p, i);
		int right = r->x + r->width > v->x + v->width ? r->x + r->width : v->x + v->width;
		r->x = r->x < v->x ? r->x : v->x;
		r->width = right - r->x;
		p->spent |= bit(i);
	}
	for (size_t i = 0; i < m->frame_count; i++) {
		struct frame *f = &m->frames[i];
		int width = drawn->frames[i].rect.width;
		if (f->role != FRAME_SLOT || !is_present(p, i) || f->rect.width == width)
			continue;
		int column = column_width(f, width) + f->gutter;
		int columns = (f->rect.width - 2 * f->inset + f->gutter + HAIR) / column;
		int most = f->columns > MOST_SPREAD ? f->columns : MOST_SPREAD;
		f->columns = columns > most ? most : columns;
	}
}

/* ---- above one another ---- */

static bool holds_something(enum frame_role r)
{
	return r != FRAME_FILL && r != FRAME_LINES && r != FRAME_HEAD;
}

static bool grows(enum frame_role r)
{
	return r == FRAME_SLOT || r == FRAME_STORY || r == FRAME_CONTENTS ||
	       r == FRAME_COVER_TITLE || r == FRAME_LINES;
}

/* What a rule parts: on a side where something was nothing is left. */
static bool is_idle_rule(const struct plan *p, size_t rule)
{
	const struct rect *r = rect_of(p, rule);
	bool had[2] = { false, false }, has[2] = { false, false };
	for (size_t i = 0; i < p->master->frame_count; i++) {
		const struct rect *o = rect_of(p, i);
		if (!holds_something(p->master->frames[i].role) || !shares_width(o, r))
			continue;
		bool above = o->y + o->height <= r->y + HAIR;
		if (!above && o->y < r->y + r->height - HAIR)
			continue;
		had[above] = true;
		has[above] = has[above] || is_present(p, i);
	}
	return (had[0] && !has[0]) || (had[1] && !has[1]);
}

/* Whether anything but a frame itself stands between two heights of its columns. */
static bool is_taken(const struct plan *p, size_t own, int top, int foot)
{
	for (size_t i = 0; i < p->master->frame_count; i++) {
		const struct rect *o = rect_of(p, i);
		if (i != own && is_present(p, i) && shares_width(o, rect_of(p, own)) &&
		    o->y + HAIR < foot && top + HAIR < o->y + o->height)
			return true;
	}
	return false;
}

/* What a vacant frame has to give: no words stand where a picture bleeds. */
static struct rect given(const struct plan *p, size_t i)
{
	struct rect r = *rect_of(p, i);
	enum page_edge bleed = p->master->frames[i].bleed;
	int foot = r.y + r.height;
	if (bleed & EDGE_TOP && r.y < p->top)
		r.y = p->top;
	if (bleed & EDGE_BOTTOM && foot > p->foot)
		foot = p->foot;
	r.height = foot - r.y;
	return r;
}

/* By what adjoins it; whether anything did. */
static bool grow(struct plan *p, size_t i)
{
	struct rect *r = rect_of(p, i);
	int top = r->y, foot = r->y + r->height, best_top = top, best_foot = foot;
	for (size_t k = 0; k < p->master->frame_count; k++) {
		const struct rect of = given(p, k), *v = &of;
		if (!(p->vacant & bit(k)) || p->spent & bit(k) || !shares_width(v, r))
			continue;
		int above = top - v->y - v->height, below = v->y - foot;
		if (above >= -HAIR && above <= p->apart && v->y < best_top &&
		    !is_taken(p, i, v->y, top))
			best_top = v->y;
		if (below >= -HAIR && below <= p->apart && v->y + v->height > best_foot &&
		    !is_taken(p, i, foot, v->y + v->height))
			best_foot = v->y + v->height;
	}
	r->y = best_top;
	r->height = best_foot - best_top;
	return best_top < top || best_foot > foot;
}

/* A frame for each of the columns that a slot has gained. */
static void put_split(struct master *to, const struct frame *f, int drawn)
{
	int count = f->columns / drawn;
	int width = (f->rect.width - (count - 1) * f->gutter) / count;
	for (int i = 0; i < count; i++) {
		struct frame *part = &to->frames[to->frame_count++];
		*part = *f;
		part->columns = drawn;
		part->rect.width = width;
		part->rect.x += i * (width + f->gutter);
	}
}

static struct master *finish(struct arena *a, const struct plan *p, const struct master *drawn,
			     unsigned split)
{
	struct master *made = NEW(a, struct master);
	*made = *drawn;
	made->frames = NEW_ARRAY(a, struct frame, MOST_SPREAD * drawn->frame_count + 1);
	made->frame_count = 0;
	for (size_t i = 0; i < drawn->frame_count; i++) {
		const struct frame *f = &p->master->frames[i];
		int columns = drawn->frames[i].columns;
		if (!is_present(p, i))
			continue;
		if (split & bit(i) && f->columns >= 2 * columns && f->columns <= MOST_SPREAD)
			put_split(made, f, columns);
		else
			made->frames[made->frame_count++] = *f;
	}
	return made;
}

struct master *master_without(struct composer *c, const struct master *m, unsigned vacant,
			      unsigned split)
{
	struct arena *a = c->arena;
	struct master *made = NEW(a, struct master);
	struct plan p = { .master = made,
			  .vacant = vacant,
			  .top = c->layout->grid.top,
			  .foot = c->layout->grid.height - c->layout->grid.bottom,
			  .apart = LINES_APART * c->layout->grid.baseline };
	*made = *m;
	made->frames = NEW_ARRAY(a, struct frame, m->frame_count + 1);
	for (size_t i = 0; i < m->frame_count; i++)
		made->frames[i] = m->frames[i];
	spread_slots(&p, m);
	spread_contents(&p);
	for (size_t i = 0; i < made->frame_count; i++)
		if (made->frames[i].role == FRAME_FILL && is_idle_rule(&p, i))
			p.gone |= bit(i);
	for (size_t i = 0; i < made->frame_count; i++)
		if (is_present(&p, i) && grows(made->frames[i].role))
			while (grow(&p, i))
				;
	return finish(a, &p, m, split);
}
