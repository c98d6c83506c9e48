/* An article on pages of its own: made ready, opened (opening.c), continued. */
#include "compose/story.h"

#include "compose/ahead.h"
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

/* Blocks and elements; these are nobody's yet. */
static void make(struct story *s, struct composer *c, const struct article *a, int max_height,
		 int note_width, bool drop_cap)
{
	*s = (struct story){ .galley = { .composer = c,
					 .article = a,
					 .template = composer_template(c, a),
					 .max_height = max_height,
					 .note_width = note_width } };
	struct element *e = element_new(c->arena, c->pages, ELEMENT_ARTICLE, NULL);
	e->title = a->title;
	e->place = a->place;
	if (!str_equal(a->language, c->doc->publication->language))
		e->language = a->language;
	s->galley.element = e;
	galley_head(&s->galley, &s->head, &s->head_count);
	if (usable(a->image))
		s->plate = plate_of(&s->galley, a->image, e);
	galley_fill(&s->galley, drop_cap);
}

void story_start(struct story *s, struct composer *c, const struct article *a,
		 struct element *parent, int max_height, int note_width, bool drop_cap)
{
	make(s, c, a, max_height, note_width, drop_cap);
	element_adopt(parent, s->galley.element);
	galley_settle_notes(&s->galley);
	story_restart(s);
}

void story_restart(struct story *s)
{
	struct galley *g = &s->galley;
	flow_start(&s->flow, g->composer, g->blocks, g->count, g->max_height);
	s->flow.narrowest = s->narrowest;
	s->flow.notes = g->notes;
	s->flow.note_style = composer_style(g->composer, g->template, STYLE_NOTE);
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
	story_restart(s);
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
void story_head_in_flow(struct story *s)
{
	for (size_t i = 0; i < s->head_count; i++)
		s->head[i]->spans_columns = true;
	story_prepend(s, s->head, s->head_count);
	s->head_count = 0;
}

void story_caption_in_flow(struct story *s)
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

void story_sheets(struct composer *c, const struct master *m, struct sheets *out)
{
	for (int recto = 0; recto < 2; recto++)
		out->next_count[recto] =
			areas_of(c->layout, m, recto, 0, out->next[recto], MAX_PAGE_AREAS);
	out->recto = next_is_recto(c);
	out->first_count = out->next_count[out->recto];
	for (size_t i = 0; i < out->first_count; i++)
		out->first[i] = out->next[out->recto][i];
}

void story_paint(struct story *s, const struct master *m, size_t first_page)
{
	struct composer *c = s->galley.composer;
	struct flow *f = &s->flow;
	flow_paint(f, 0, first_page);
	for (int i = 1; i < f->pages; i++)
		flow_paint(f, i, page_open(c, m, s->galley.article));
	if (f->stuck)
		diag_report(c->diags, DIAG_OVERSET, s->galley.article->place, "%d lines",
			    story_lines_left(s, PICA));
}

static int max_of(int a, int b)
{
	return a > b ? a : b;
}

static int min_of(int a, int b)
{
	return a < b ? a : b;
}

/* A page begun on the wrong side of the sheet would be turned. */
static void turn_page(struct composer *c, enum start start)
{
	bool recto = next_is_recto(c);
	if (start == START_PAGE || (start == START_RECTO) == recto)
		return;
	filler_put(c);
}

struct story *story_make(struct composer *c, const struct article *a)
{
	const struct template *t = composer_template(c, a);
	struct story *s = NEW(c->arena, struct story);
	int height =
		max_of(master_height(c->layout, t->opening), master_height(c->layout, t->next));
	int narrowest = min_of(master_narrowest(c->layout, t->opening),
			       master_narrowest(c->layout, t->next));
	make(s, c, a, height, t->column_notes ? narrowest : 0, t->drop_cap_lines > 1);
	s->narrowest = narrowest;
	return s;
}

struct story *story_make_next(struct composer *c, const struct article *a)
{
	struct hands *hands = c->hands;
	c->hands = NULL;
	composer_turn_drafts(c);
	struct story *s = story_make(c, a);
	composer_turn_drafts(c);
	c->hands = hands;
	const struct galley *g = &s->galley;
	ahead_offer(c, g->blocks, g->count, s->narrowest, g->max_height);
	return s;
}

void story_begin(struct story *s, struct element *parent)
{
	const struct galley *g = &s->galley;
	turn_page(g->composer, g->template->start);
	element_adopt(parent, g->element);
	galley_settle_notes(&s->galley); /* late: the hands may have set the texts by now */
	story_restart(s);
	set_ahead(g->composer, g->blocks, g->count, s->narrowest, g->max_height);
}

void story_put(struct story *s)
{
	opening_put(s);
}

void story_compose(struct composer *c, const struct article *a, struct element *parent)
{
	struct story *s = story_make(c, a);
	story_begin(s, parent);
	story_put(s);
}

int story_lines_left(struct story *s, int width)
{
	struct composer *c = s->galley.composer;
	int64_t height = 0;
	struct progress p = s->flow.at;
	for (size_t i = p.block; i < s->galley.count; i++) {
		struct block *b = i == p.block && p.rest ? p.rest : flow_block(&s->flow, i);
		const struct setting *set = block_set(c, b, width, s->galley.max_height);
		size_t from = i == p.block && p.box < set->boxes.count ? p.box : 0;
		height += boxes_height(&set->boxes.box[from], set->boxes.count - from);
	}
	return (int)((height + c->layout->grid.baseline - 1) / c->layout->grid.baseline);
}
