/* The opening page: picture, head, boxes beside, text below the head.
 *
 * HOW IT WORKS. The page is planned before anything is painted. When picture and
 * head stand above one another, the picture's height is the slack of the whole
 * article: plans with a picture some lines lower or higher are tried on the text,
 * page after page, and the one with the fewest pages and the nearest height is
 * taken. So an article does not end with three lines on a page of their own.
 * What the master has no frame for goes into the flow: head and picture across
 * the columns, boxes where they were written. */
#include "compose/story.h"

enum {
	MOST_LOWER = 9, /* lines that the picture may lose */
	MOST_HIGHER = 8, /* and gain */
	MOST_POURED = 2, /* heights that are tried with all means */
};

struct plan {
	struct story *story;
	const struct master *master;
	bool recto;
	int shift; /* of what stands below the picture */
	struct rect picture, head;
	struct box picture_box;
	bool captioned; /* the caption stands below the picture, or flows */
	int head_bottom; /* 0: no head frame */
	const struct box *side_box;
	struct rect side;
	struct area areas[MAX_PAGE_AREAS];
	size_t area_count;
};

static const struct composer *composer_of(const struct plan *p)
{
	return p->story->galley.composer;
}

static const struct frame *frame_of(const struct plan *p, enum frame_role r)
{
	return master_frame(p->master, r);
}

/* Frames below the opening picture move with its foot. */
static struct rect placed_frame(const struct plan *p, const struct frame *f)
{
	const struct frame *picture = frame_of(p, FRAME_PICTURE);
	struct rect r = frame_rect(composer_of(p)->layout, f, p->recto);
	if (!picture || !p->shift || f == picture ||
	    f->rect.y < picture->rect.y + picture->rect.height)
		return r;
	r.y += p->shift;
	if (f->role != FRAME_HEAD)
		r.height -= p->shift;
	return r;
}

static int body_caps(const struct plan *p)
{
	struct composer *c = p->story->galley.composer;
	return cap_offset(c, composer_style(c, p->story->galley.template, STYLE_BODY));
}

static void plan_head(struct plan *p)
{
	struct story *s = p->story;
	const struct frame *f = frame_of(p, FRAME_HEAD);
	p->head_bottom = 0;
	if (!f)
		return;
	p->head = placed_frame(p, f);
	p->head_bottom = p->head.y;
	if (!s->head_count) /* it flows with the text, which begins in its place */
		return;
	struct boxes b = blocks_set(s->galley.composer, s->head, s->head_count, p->head.width,
				    s->galley.max_height);
	p->head_bottom =
		p->head.y + boxes_height(b.box, b.count) + composer_of(p)->layout->details.head_gap;
}

static void plan_picture(struct plan *p)
{
	const struct frame *f = frame_of(p, FRAME_PICTURE);
	if (!f || !p->story->plate.picture)
		return;
	p->picture = placed_frame(p, f);
	p->picture.height += p->shift;
	if (f->below_head && p->head_bottom > 0)
		p->picture.y =
			grid_line_down(composer_of(p)->layout, p->head_bottom) + body_caps(p);
	p->picture_box = framed_picture(p->story->galley.composer, p->master, p->recto, f,
					p->picture, &p->story->plate, &p->captioned);
}

/* The side frame without boxes, or what they leave of it, becomes the text's
 * last column where it is as wide as the others. */
static void give_side_to_text(struct plan *p, int used)
{
	const struct layout *l = composer_of(p)->layout;
	struct area *a = &p->areas[0];
	const struct column *last = &a->column[a->columns - 1];
	int off = last->width - p->side.width;
	if (!p->area_count || a->columns == MAX_COLUMNS || off > 3 * PT || off < -3 * PT ||
	    p->side.x < last->x)
		return;
	struct column col = *last;
	col.x = p->side.x;
	if (used > 0) {
		int y = grid_line_down(l, used + l->grid.baseline * 3 / 4);
		col.height -= y - col.y;
		col.y = y;
	}
	if (col.height >= 6 * l->grid.baseline)
		a->column[a->columns++] = col;
}

/* The first box, set to the side frame; NULL when it does not fit. */
static const struct box *set_side(struct plan *p, struct block *b, const struct frame *f, int room)
{
	struct composer *c = p->story->galley.composer;
	bool tinted = f->fill && b->fill;
	struct block trial = *b, *one = &trial;
	trial.fill = tinted ? f->fill : NULL;
	trial.inset = tinted ? f->inset : 0;
	trial.settings = NULL;
	int tall = c->layout->grid.height; /* taller than any: no division, no message */
	struct boxes made = blocks_set(c, &one, 1, p->side.width, tall);
	return made.count == 1 && made.box[0].height <= room ? &made.box[0] : NULL;
}

static void plan_side(struct plan *p)
{
	struct galley *g = &p->story->galley;
	const struct frame *f = frame_of(p, FRAME_SIDE);
	p->side_box = NULL;
	if (!f)
		return;
	p->side = placed_frame(p, f);
	int foot = grid_line_up(composer_of(p)->layout, p->side.y + p->side.height);
	if (f->below_head && p->head_bottom > 0)
		p->side.y = grid_line_down(composer_of(p)->layout, p->head_bottom);
	int used = 0;
	galley_take_side(g);
	if (g->side_count) {
		struct block *b = g->side[0];
		if (f->fill && b->fill)
			p->side.y += body_caps(p);
		p->side_box = set_side(p, b, f, foot - p->side.y);
		used = p->side_box ? p->side.y + p->side_box->height : 0;
		if (!p->side_box)
			galley_give_back(g);
	}
	give_side_to_text(p, used);
}

static void plan_areas(struct plan *p)
{
	const struct layout *l = composer_of(p)->layout;
	p->area_count = 0;
	for (size_t i = 0; p->master && i < p->master->frame_count; i++) {
		const struct frame *f = &p->master->frames[i];
		if (f->role == FRAME_TEXT && p->area_count < MAX_PAGE_AREAS)
			p->areas[p->area_count++] =
				area_of_frame(l, f, placed_frame(p, f), p->head_bottom);
	}
	if (!p->area_count)
		p->area_count =
			areas_of(l, NULL, p->recto, p->head_bottom, p->areas, MAX_PAGE_AREAS);
}

static void make_plan(struct plan *p, int shift)
{
	struct galley *g = &p->story->galley;
	p->shift = shift;
	if (g->side_count)
		galley_give_back(g);
	plan_head(p);
	plan_picture(p);
	plan_areas(p);
	plan_side(p);
	story_restart(p->story);
}

/* ---- the fit ---- */

static const struct master *next_master(const struct story *s)
{
	const struct template *t = s->galley.template;
	return t->next ? t->next : t->opening;
}

/* Whether the text that has room below the head begins only overleaf. */
static bool is_bare(const struct plan *p)
{
	const struct flow *f = &p->story->flow;
	for (size_t i = 0; i < f->placed_count; i++)
		if (f->placed[i].page == 0)
			return false;
	return p->area_count > 0 && f->placed_count > 0;
}

/* Pours the article as planned; what the faults cost. */
static int64_t pour(struct plan *p, bool quick)
{
	struct sheets sheets;
	story_sheets(p->story->galley.composer, next_master(p->story), &sheets);
	sheets.first_count = p->area_count;
	for (size_t i = 0; i < p->area_count; i++)
		sheets.first[i] = p->areas[i];
	int64_t cost = flow_fill(&p->story->flow, &sheets, quick);
	return cost + (is_bare(p) ? COST_BARE : 0);
}

/* Whether the picture's height may change: all text stands below it, and the
 * article is short enough for the trials to pay. */
static bool is_elastic(const struct plan *p)
{
	const struct frame *picture = frame_of(p, FRAME_PICTURE);
	if (!p->story->plate.picture || !picture || picture->rigid || picture->below_head ||
	    p->story->galley.count > 400)
		return false;
	for (size_t i = 0; i < p->master->frame_count; i++)
		if (p->master->frames[i].role == FRAME_TEXT &&
		    p->master->frames[i].rect.y < picture->rect.y + picture->rect.height)
			return false;
	return true;
}

/* The most lines the picture may lose. */
static int most_lower(const struct plan *p)
{
	if (!is_elastic(p))
		return 0;
	const struct layout *l = composer_of(p)->layout;
	int lines = unit_scale(frame_of(p, FRAME_PICTURE)->rect.height,
			       1000 - l->details.picture_least, 1000) /
		    l->grid.baseline;
	return lines < MOST_LOWER ? lines : MOST_LOWER;
}

/* Ways to place the picture, the cheapest first. */
struct shifts {
	int shift[MOST_LOWER + MOST_HIGHER + 1];
	int64_t cost[MOST_LOWER + MOST_HIGHER + 1];
	int count;
};

static void add_shift(struct shifts *s, int shift, int64_t cost)
{
	int at = s->count++;
	for (; at > 0 && s->cost[at - 1] > cost; at--) {
		s->shift[at] = s->shift[at - 1];
		s->cost[at] = s->cost[at - 1];
	}
	s->shift[at] = shift;
	s->cost[at] = cost;
}

static int64_t shift_cost(int lines)
{
	return COST_CROP * (lines < 0 ? -lines : lines);
}

/* Pours the article with the picture as high as leaves the fewest faults; the
 * plan is then the one poured. least: the shift without which the head does not
 * fit. */
static void best_shift(struct plan *p, int least)
{
	int line = composer_of(p)->layout->grid.baseline;
	make_plan(p, least);
	int64_t cost = pour(p, false);
	if (!is_elastic(p) || cost <= p->story->flow.pages * COST_PAGE + COST_GOOD)
		return;
	struct shifts shifts = { .count = 0 };
	for (int n = -most_lower(p); n <= (least ? least / line : MOST_HIGHER); n++) {
		if (n * line == least)
			continue;
		make_plan(p, n * line);
		if (p->captioned) /* else its words would be lost */
			add_shift(&shifts, n * line, pour(p, true) + shift_cost(n));
	}
	int best = least, last = p->shift;
	for (int i = 0; i < shifts.count && i < MOST_POURED; i++) {
		last = shifts.shift[i];
		make_plan(p, last);
		int64_t other = pour(p, false) + shift_cost(last / line);
		if (other < cost) {
			cost = other;
			best = last;
		}
	}
	if (best == last)
		return;
	make_plan(p, best);
	pour(p, false);
}

/* ---- painting ---- */

static void paint(struct plan *p)
{
	struct story *s = p->story;
	struct composer *c = s->galley.composer;
	size_t page = page_open(c, p->master, s->galley.article);
	story_opened(c, s->galley.article, page);
	if (s->head_count)
		page_stack(c, page, s->head, s->head_count, p->head);
	if (s->plate.picture)
		box_paint(c, page, &p->picture_box, 0, 0, false);
	if (p->side_box)
		box_paint(c, page, p->side_box, p->side.x, p->side.y, false);
	story_paint(s, next_master(s), page);
}

/* A head that leaves no room for text in its frame or on its page flows. */
static bool head_fits(struct plan *p, int shift)
{
	const struct composer *c = composer_of(p);
	const struct frame *f = frame_of(p, FRAME_HEAD);
	if (!f)
		return false;
	make_plan(p, shift);
	struct rect page = margins_rect(c->layout, p->recto);
	bool pushes = p->area_count == 0;
	for (size_t i = 0; i < p->master->frame_count; i++)
		pushes = pushes || (p->master->frames[i].role == FRAME_TEXT &&
				    p->master->frames[i].below_head);
	int foot = pushes ? page.y + page.height - 6 * c->layout->grid.baseline
			  : p->head.y + p->head.height + c->layout->grid.baseline;
	return p->head_bottom <= foot;
}

/* Whether the opening looks whole without its picture: the text stands beside it, and
 * both begin below the head. */
static bool does_without_picture(const struct master *m)
{
	const struct frame *picture = master_frame(m, FRAME_PICTURE);
	if (!picture)
		return true;
	const struct rect *p = &picture->rect;
	for (size_t i = 0; i < m->frame_count; i++) {
		const struct rect *r = &m->frames[i].rect;
		if (m->frames[i].role == FRAME_TEXT &&
		    (r->y >= p->y + p->height ||
		     (r->x < p->x + p->width && p->x < r->x + r->width)))
			return false;
	}
	return picture->below_head;
}

static const struct master *opening_master(const struct story *s)
{
	const struct template *t = s->galley.template;
	bool picture = s->plate.picture;
	if (!picture && t->opening_plain)
		return t->opening_plain;
	if (!picture && t->opening && !does_without_picture(t->opening))
		return t->next ? t->next : t->opening; /* rather no frame than an empty one */
	return t->opening ? t->opening : t->next;
}

void opening_put(struct story *s)
{
	struct composer *c = s->galley.composer;
	struct plan p = { .story = s, .master = opening_master(s), .recto = next_is_recto(c) };
	if (s->plate.picture && !master_frame(p.master, FRAME_PICTURE))
		story_picture_in_flow(s);
	int shift = 0, line = c->layout->grid.baseline, least = -most_lower(&p) * line;
	while (!head_fits(&p, shift) && shift >= least)
		shift -= line;
	if (shift < least) {
		story_head_in_flow(s);
		shift = 0;
	}
	make_plan(&p, shift);
	if (s->plate.picture && frame_of(&p, FRAME_PICTURE) && !p.captioned) {
		story_caption_in_flow(s); /* once, at whatever height the picture ends up */
		s->plate.caption = (struct text){ 0 };
	}
	best_shift(&p, shift);
	paint(&p);
}
