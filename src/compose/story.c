/* An article on pages of its own.
 *
 * The opening page: picture, head, boxes beside, text below the head. What its
 * master has no frame for goes into the flow: a head across the columns, a
 * picture across the columns, boxes where they were written. */
#include "compose/story.h"

#include "compose/filler.h"

void story_opened(struct composer *c, const struct article *a, size_t page)
{
	struct opening o = { a, c->pages->page[page].number };
	PUSH(c->arena, c->openings, c->opening_count, c->opening_capacity, o);
	if (!c->pages->page[page].article)
		c->pages->page[page].article = a;
}

static bool usable(const struct picture *p)
{
	return p && p->path.len;
}

void story_start(struct story *s, struct composer *c, const struct article *a,
		 struct element *parent, int max_height, bool drop_cap)
{
	*s = (struct story){ .galley = { .composer = c,
					 .article = a,
					 .template = composer_template(c, a),
					 .max_height = max_height } };
	struct element *e = element_new(c->arena, c->pages, ELEMENT_ARTICLE, parent);
	e->title = a->title;
	e->place = a->place;
	if (!str_equal(a->language, c->doc->publication->language))
		e->language = a->language;
	s->galley.element = e;
	galley_head(&s->galley, &s->head, &s->head_count);
	if (usable(a->image))
		s->plate = plate_of(&s->galley, a->image, e);
	galley_fill(&s->galley, drop_cap);
	flow_start(&s->flow, c, s->galley.blocks, s->galley.count, max_height);
}

void story_prepend(struct story *s, struct block **blocks, size_t count)
{
	struct composer *c = s->galley.composer;
	size_t total = s->galley.count + count;
	struct block **all = NEW_ARRAY(c->arena, struct block *, total + 1);
	for (size_t i = 0; i < count; i++)
		all[i] = blocks[i];
	for (size_t i = 0; i < s->galley.count; i++)
		all[count + i] = s->galley.blocks[i];
	s->galley.blocks = all;
	s->galley.count = s->galley.capacity = total;
	flow_start(&s->flow, c, all, total, s->galley.max_height);
}

void story_picture_in_flow(struct story *s)
{
	struct composer *c = s->galley.composer;
	struct block *b = block_new(&s->galley, BLOCK_FIGURE,
				    composer_style(c, s->galley.template, STYLE_CAPTION),
				    s->galley.article->place);
	b->plates = NEW(c->arena, struct plate);
	b->plates[0] = s->plate;
	b->plate_count = 1;
	b->spans_columns = true;
	story_prepend(s, &b, 1);
	s->plate.picture = NULL;
}

/* The head as part of the flow, across all columns. */
static void head_in_flow(struct story *s)
{
	for (size_t i = 0; i < s->head_count; i++)
		s->head[i]->spans_columns = true;
	story_prepend(s, s->head, s->head_count);
	s->head_count = 0;
}

static void caption_in_flow(struct story *s)
{
	struct composer *c = s->galley.composer;
	struct block *b = block_new(&s->galley, BLOCK_TEXT,
				    composer_style(c, s->galley.template, STYLE_CAPTION),
				    s->galley.article->place);
	b->text = s->plate.caption;
	b->opener = true;
	b->after = c->layout->grid.baseline / 2;
	story_prepend(s, &b, 1);
}

/* ---- the opening page ---- */

struct opening_page {
	struct story *story;
	const struct master *master;
	size_t page;
	bool recto;
	int head_bottom; /* 0: no head frame */
	struct area areas[16];
	size_t area_count;
};

static int stack_height(struct story *s, int width)
{
	struct boxes b = blocks_set(s->galley.composer, s->head, s->head_count, width,
				    s->galley.max_height);
	return boxes_height(b.box, b.count);
}

/* The head in its frame; a head too long for the page flows with the text. */
static void put_head(struct opening_page *o)
{
	struct story *s = o->story;
	struct composer *c = s->galley.composer;
	const struct frame *f = master_frame(o->master, FRAME_HEAD);
	if (!s->head_count)
		return;
	if (!f) {
		head_in_flow(s);
		return;
	}
	struct rect r = frame_rect(c->layout, f, o->recto);
	struct rect page = margins_rect(c->layout, o->recto);
	bool pushes = false;
	for (size_t i = 0; i < o->master->frame_count; i++)
		pushes = pushes || (o->master->frames[i].role == FRAME_TEXT &&
				    o->master->frames[i].below_head);
	int room = pushes ? page.y + page.height - r.y - 6 * c->layout->grid.baseline : r.height;
	if (stack_height(s, r.width) > room) {
		o->head_bottom = r.y;
		head_in_flow(s);
		return;
	}
	o->head_bottom = page_stack(c, o->page, s->head, s->head_count, r) +
			 c->layout->grid.baseline * 2 / 5;
}

static void put_picture(struct opening_page *o)
{
	struct story *s = o->story;
	struct composer *c = s->galley.composer;
	const struct frame *f = master_frame(o->master, FRAME_PICTURE);
	if (!s->plate.picture)
		return;
	if (!f) {
		story_picture_in_flow(s);
		return;
	}
	struct rect r = frame_rect(c->layout, f, o->recto);
	if (f->below_head && o->head_bottom > 0)
		r.y = grid_line_down(c->layout, o->head_bottom) +
		      cap_offset(c, composer_style(c, s->galley.template, STYLE_BODY));
	bool placed;
	page_picture(c, o->page, f, r, &s->plate, &placed);
	if (!placed)
		caption_in_flow(s);
}

/* The side frame without boxes, or what they leave of it, becomes the text's
 * last column where it is as wide as the others. */
static void give_side_to_text(struct opening_page *o, struct rect side, int used)
{
	struct area *a = &o->areas[0];
	struct composer *c = o->story->galley.composer;
	const struct column *last = &a->column[a->columns - 1];
	int off = last->width - side.width;
	if (!o->area_count || a->columns == MAX_COLUMNS || off > 3 * PT || off < -3 * PT ||
	    side.x < last->x)
		return;
	struct column col = { side.x, last->y, side.width, last->height };
	if (used > 0) {
		int y = grid_line_down(c->layout, used + c->layout->grid.baseline * 3 / 4);
		col.height -= y - col.y;
		col.y = y;
	}
	if (col.height >= 6 * c->layout->grid.baseline)
		a->column[a->columns++] = col;
}

static void put_side(struct opening_page *o)
{
	struct story *s = o->story;
	struct composer *c = s->galley.composer;
	const struct frame *f = master_frame(o->master, FRAME_SIDE);
	if (!f)
		return;
	struct rect side = frame_rect(c->layout, f, o->recto);
	int foot = grid_line_up(c->layout, side.y + side.height);
	if (f->below_head && o->head_bottom > 0)
		side.y = grid_line_down(c->layout, o->head_bottom);
	galley_take_side(&s->galley);
	int used = 0;
	if (s->galley.side_count) {
		struct block *b = s->galley.side[0];
		bool tinted = f->fill && b->fill;
		b->fill = tinted ? f->fill : NULL;
		b->inset = tinted ? f->inset : 0;
		b->settings = NULL;
		struct boxes made = blocks_set(c, &b, 1, side.width, foot - side.y);
		int y = side.y + (tinted ? cap_offset(c, composer_style(c, s->galley.template,
									STYLE_BODY)) : 0);
		if (made.count == 1 && y + made.box[0].height <= foot) {
			box_paint(c, o->page, &made.box[0], side.x, y, false);
			used = y + made.box[0].height;
		} else {
			galley_give_back(&s->galley);
		}
		flow_start(&s->flow, c, s->galley.blocks, s->galley.count, s->galley.max_height);
	}
	give_side_to_text(o, side, used);
}

static const struct master *opening_master(const struct story *s)
{
	const struct template *t = s->galley.template;
	bool picture = s->plate.picture;
	if (!picture && t->opening_plain)
		return t->opening_plain;
	if (!picture && t->opening && master_frame(t->opening, FRAME_PICTURE))
		return t->next ? t->next : t->opening; /* rather no frame than an empty one */
	return t->opening ? t->opening : t->next;
}

static void put_opening(struct story *s, const struct master *m)
{
	struct composer *c = s->galley.composer;
	struct opening_page o = { .story = s, .master = m };
	o.page = page_open(c, m, s->galley.article);
	o.recto = page_is_recto(c, o.page);
	story_opened(c, s->galley.article, o.page);
	put_head(&o);
	put_picture(&o);
	o.area_count = areas_of(c->layout, m, o.recto, o.head_bottom, o.areas, 16);
	put_side(&o);
	flow_fill_page(&s->flow, o.areas, o.area_count, false);
	flow_paint(&s->flow, o.page);
}

void story_go_on(struct story *s, const struct master *m)
{
	struct composer *c = s->galley.composer;
	bool force = false;
	int stuck = 0;
	while (!flow_is_done(&s->flow) && stuck < 3) {
		struct area areas[16];
		size_t count = areas_of(c->layout, m, next_is_recto(c), 0, areas, 16);
		flow_fill_page(&s->flow, areas, count, force);
		force = s->flow.trial.count == 0;
		stuck = force ? stuck + 1 : 0;
		if (force) /* nothing stands on it: no page yet */
			continue;
		flow_paint(&s->flow, page_open(c, m, s->galley.article));
	}
	if (stuck)
		diag_report(c->diags, DIAG_OVERSET, s->galley.article->place, "%d lines",
			    story_lines_left(s, PICA));
}

static int max_of(int a, int b)
{
	return a > b ? a : b;
}

/* A page begun on the wrong side of the sheet would be turned. */
static void turn_page(struct composer *c, enum start start)
{
	bool recto = next_is_recto(c);
	if (start == START_PAGE || (start == START_RECTO) == recto)
		return;
	filler_put(c);
}

void story_compose(struct composer *c, const struct article *a, struct element *parent)
{
	const struct template *t = composer_template(c, a);
	struct story s;
	int height = max_of(master_height(c->layout, t->opening),
			    master_height(c->layout, t->next));
	turn_page(c, t->start);
	story_start(&s, c, a, parent, height, t->drop_cap_lines > 1);
	put_opening(&s, opening_master(&s));
	story_go_on(&s, t->next ? t->next : t->opening);
}

int story_lines_left(struct story *s, int width)
{
	struct composer *c = s->galley.composer;
	int64_t height = 0;
	struct progress p = s->flow.at;
	for (size_t i = p.block; i < s->galley.count; i++) {
		struct block *b = i == p.block && p.rest ? p.rest : s->galley.blocks[i];
		const struct setting *set = block_set(c, b, width, s->galley.max_height);
		size_t from = i == p.block && p.box < set->boxes.count ? p.box : 0;
		height += boxes_height(&set->boxes.box[from], set->boxes.count - from);
	}
	return (int)((height + c->layout->grid.baseline - 1) / c->layout->grid.baseline);
}
