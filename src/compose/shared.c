/* Short articles in the slots of a shared page.
 *
 * Articles of a slot stand below one another in the order of the issue. When one
 * does not fit any more, it waits for the next shared page; one that does not fit even an
 * empty slot goes on behind the shared pages (jump.c), and the editor is told. One
 * whose head leaves no room for text there stands behind them altogether.
 *
 * Pages are made when all their articles are known: slots that have none on a page
 * give their place up to the others (vacant.c). */
#include "compose/ahead.h"
#include "compose/jump.h"
#include "model/words.h"

enum { MAX_SLOTS = MASTER_FRAMES_MAX };

/* An article that waits for its page. */
struct sharer {
	struct story *story;
	size_t slot; /* of the master as it is drawn */
	bool placed;
};

/* A slot on the page that is being made: one frame, or several side by side. */
struct slot {
	const struct frame *frames[FRAME_COLUMNS_MAX]; /* from left to right */
	size_t count, now;
	int used; /* of the frame: where the next article begins; 0: at its top */
	int fill; /* so high the frames but the last are filled, to be even */
	bool full;
};

struct shared {
	struct composer *composer;
	const struct master *master;
	struct str section;
	struct element *parent;
	struct element *title; /* before all articles; NULL: it stands on a page already */
	struct sharer *sharers;
	size_t sharer_count, sharer_capacity;
	size_t page;
	struct slot slots[MAX_SLOTS]; /* by frame of the master as it is drawn */
	struct story **rest;
	size_t rest_count, rest_capacity;
};

struct shared *shared_open(struct composer *c, const struct master *m, struct str section,
			   struct element *parent)
{
	struct shared *s = NEW(c->arena, struct shared);
	s->composer = c;
	s->master = m;
	s->section = section;
	s->parent = parent;
	s->title = element_new(c->arena, c->pages, ELEMENT_HEADING1, parent);
	return s;
}

const struct master *shared_master(const struct shared *s)
{
	return s->master;
}

/* "W skrócie (cd.)", or without where that is wider than its frame. */
static struct text section_again(struct shared *s, const struct style *style, int width)
{
	struct composer *c = s->composer;
	struct str language = c->doc->publication->language;
	struct str words = str_format(c->arena, "%.*s (%.*s)", STR_ARG(s->section),
				      STR_ARG(word(WORD_CONTINUED, language)));
	struct text t = text_plain(c->arena, words, style, language, NULL);
	if (line_set(c->type, c->arena, t.spans, t.count, c->diags).width <= width)
		return t;
	return text_plain(c->arena, s->section, style, language, NULL);
}

/* The section's name heads the page; on the pages after the first it is an
 * artifact, and says that it is there again. */
static void put_section(struct shared *s, size_t page)
{
	struct composer *c = s->composer;
	const struct frame *f = master_frame(s->master, FRAME_HEAD);
	if (!f || !s->section.len)
		return;
	const struct style *style = composer_style(c, NULL, STYLE_TITLE);
	struct rect r = frame_rect(c->layout, f, page_is_recto(c, page));
	struct text t = s->title ? text_plain(c->arena, s->section, style,
					      c->doc->publication->language, s->title)
				 : section_again(s, style, r.width);
	s->title = NULL;
	page_words(c, page, t, r.x, r.y + style->leading);
}

static size_t slot_index(const struct shared *s, struct str slot)
{
	for (size_t i = 0; i < s->master->frame_count && i < MAX_SLOTS; i++)
		if (s->master->frames[i].role == FRAME_SLOT &&
		    str_equal(s->master->frames[i].slot, slot))
			return i;
	return MAX_SLOTS;
}

/* ---- one article in what is left of a slot ---- */

struct slot_job {
	struct shared *shared;
	struct story *story;
	size_t page;
	const struct frame *frame;
	struct rect room;
	bool follows; /* another article stands above it */
	struct box picture; /* with its caption, and where it stands */
	int picture_x, picture_y;
	int head_y, text_y;
	int reserve; /* at the foot of the last column */
	struct column last; /* that column */
};

static bool beside(const struct slot_job *j)
{
	struct rect page = margins_rect(j->shared->composer->layout, true);
	const struct galley *g = &j->story->galley;
	return j->frame->columns < 2 && j->room.width < page.width * 9 / 20 && g->count &&
	       g->blocks[0]->kind == BLOCK_TEXT && !g->blocks[0]->label.count;
}

/* Makes paragraphs leave room at their left until lines are used up. */
static void step_aside(struct composer *c, struct galley *g, int lines, int indent, int width)
{
	ahead_rest(c);
	for (size_t i = 0; i < g->count && lines > 0; i++) {
		struct block *b = g->blocks[i];
		b->aside_width = indent;
		b->aside_lines = lines;
		b->settings = NULL;
		lines -= (int)block_set(c, b, width, g->max_height)->boxes.count;
	}
}

/* No paragraph leaves room any more. */
static void stand_straight(struct galley *g)
{
	for (size_t i = 0; i < g->count; i++) {
		struct block *b = g->blocks[i];
		if (!b->aside_lines && !b->aside_width)
			continue;
		ahead_rest(g->composer);
		b->settings = NULL;
		b->aside_lines = b->aside_width = 0;
	}
}

/* A small picture at the left of the first lines. */
static int stand_beside(struct slot_job *j, int y)
{
	struct story *s = j->story;
	struct composer *c = s->galley.composer;
	int width = j->room.width * 9 / 25, height = picture_height(s->plate.picture, width);
	struct block *first = s->galley.blocks[0];
	int leading = first->style->leading, top = cap_offset(c, first->style);
	box_picture(c, &j->picture, &s->plate, (struct rect){ 0, top, width, height });
	int end = box_caption(c, &j->picture, &s->plate, 0, top + height, width);
	j->picture_x = j->room.x;
	j->picture_y = y;
	step_aside(c, &s->galley, (end + leading * 3 / 4) / leading, width + leading * 2 / 3,
		   j->room.width);
	return y + end;
}

/* A picture as wide as the slot: above the head where the slot begins; below it where
 * it would be taken for part of the article before. */
static int stand_across(struct slot_job *j, int y)
{
	struct story *s = j->story;
	struct composer *c = s->galley.composer;
	int width = j->room.width, most = j->frame->rect.height / 3;
	int height = picture_height(s->plate.picture, width);
	if (height > most) { /* smaller, not cut: a book keeps its title */
		width = unit_scale(width, most, height);
		height = most;
	}
	box_picture(c, &j->picture, &s->plate, (struct rect){ 0, 0, width, height });
	int end = box_caption(c, &j->picture, &s->plate, 0, height, j->room.width);
	j->picture_x = j->room.x;
	j->picture_y = y;
	return y + end + c->layout->grid.baseline / 2;
}

/* Tries the article in the room; true when all of it fits. */
static bool try_slot(struct slot_job *j)
{
	struct story *s = j->story;
	struct composer *c = s->galley.composer;
	const struct layout *l = c->layout;
	int y = j->room.y;
	stand_straight(&s->galley); /* after a try in another place */
	j->picture.item_count = 0;
	if (s->plate.picture && !beside(j) && !j->follows)
		y = stand_across(j, y);
	j->head_y = y;
	struct boxes head =
		blocks_set(c, s->head, s->head_count, j->room.width, s->galley.max_height);
	if (head.count)
		y += boxes_height(head.box, head.count) + head.box[head.count - 1].after;
	if (s->plate.picture && !beside(j) && j->follows)
		y = stand_across(j, y + l->grid.baseline);
	int beside_end = 0;
	bool grid =
		composer_style(c, s->galley.template, STYLE_BODY)->leading % l->grid.baseline == 0;
	if (grid)
		y = grid_line_down(l, y);
	if (s->plate.picture && beside(j))
		beside_end = stand_beside(j, y);
	s->flow.at = (struct progress){ 0 };
	struct rect r = { j->room.x, y, j->room.width, j->room.y + j->room.height - y };
	struct area area = area_of(l, r, j->frame->columns, j->frame->gutter);
	for (int i = 0; i < area.columns && !grid; i++) { /* small type begins where it may */
		area.column[i].height += area.column[i].y - y;
		area.column[i].y = y;
	}
	area.balance = true;
	j->last = area.column[area.columns - 1];
	area.column[area.columns - 1].height -=
		j->reserve < j->last.height ? j->reserve : j->last.height;
	j->text_y = flow_fill_area(&s->flow, &area);
	if (j->text_y < beside_end)
		j->text_y = beside_end;
	return flow_is_done(&s->flow) &&
	       j->text_y <= j->room.y + j->room.height + l->grid.baseline / 8;
}

static void paint_slot(struct slot_job *j)
{
	struct story *s = j->story;
	struct composer *c = s->galley.composer;
	struct rect r = { j->room.x, j->head_y, j->room.width, j->room.height };
	story_opened(c, s->galley.article, j->page);
	bool above = !beside(j) && !j->follows;
	if (above)
		box_paint(c, j->page, &j->picture, j->picture_x, j->picture_y, false);
	page_stack(c, j->page, s->head, s->head_count, r);
	if (!above)
		box_paint(c, j->page, &j->picture, j->picture_x, j->picture_y, false);
	flow_paint(&s->flow, 0, j->page);
}

/* The article, which fits no slot whole, in an empty one as far as there is room for
 * it; false when not even text's beginning stands there. */
static bool begin_in_slot(struct slot_job *j)
{
	struct story *s = j->story;
	struct composer *c = s->galley.composer;
	j->reserve = jump_height(c, s->galley.template);
	try_slot(j);
	if (!s->flow.placed_count || flow_is_done(&s->flow))
		return false;
	diag_report(c->diags, DIAG_JUMP, s->galley.article->place, "%d lines",
		    story_lines_left(s, j->room.width));
	paint_slot(j);
	jump_leave(s, j->page, &j->last);
	return true;
}

/* Head and picture become part of the flow, and no paragraph stands aside. */
static void leave_slot(struct story *s)
{
	struct galley *g = &s->galley;
	diag_report(g->composer->diags, DIAG_JUMP, g->article->place, "%s", "all of it");
	stand_straight(g);
	ahead_rest(g->composer);
	for (size_t i = 0; i < g->count; i++)
		g->blocks[i]->settings = NULL;
	if (s->plate.picture)
		story_picture_in_flow(s);
	story_head_in_flow(s);
}

static struct slot_job job_of(struct shared *s, const struct sharer *of)
{
	struct composer *c = s->composer;
	const struct slot *slot = &s->slots[of->slot];
	const struct frame *f = slot->frames[slot->now];
	struct slot_job j = { .shared = s,
			      .story = of->story,
			      .page = s->page,
			      .frame = f,
			      .follows = slot->used > 0 };
	j.room = frame_rect(c->layout, f, page_is_recto(c, s->page));
	j.room.x += f->inset;
	j.room.width -= 2 * f->inset;
	if (slot->used > 0) {
		j.room.height -= slot->used - j.room.y;
		j.room.y = slot->used;
	}
	return j;
}

/* Between two articles of a slot; half a line more where the grid is finer than
 * the lines. */
static int space_below(const struct composer *c, const struct template *t)
{
	int grid = c->layout->grid.baseline;
	int leading = composer_style(c, t, STYLE_BODY)->leading;
	return grid * 2 / 5 + (leading >= 2 * grid ? leading / 2 : 0);
}

static int end_of(const struct shared *s, const struct slot_job *j)
{
	const struct composer *c = s->composer;
	return grid_line_down(c->layout, j->text_y + space_below(c, j->story->galley.template));
}

/* ---- a page of them ---- */

static size_t waiting(const struct shared *s, size_t slot)
{
	size_t count = 0;
	for (size_t i = 0; i < s->sharer_count; i++)
		count += !s->sharers[i].placed && s->sharers[i].slot == slot;
	return count;
}

/* The frames of a slot in the order in which they are read. */
static void find_frames(struct shared *s, const struct master *m, size_t slot)
{
	struct composer *c = s->composer;
	struct slot *to = &s->slots[slot];
	bool recto = page_is_recto(c, s->page);
	*to = (struct slot){ .fill = INT32_MAX };
	for (size_t i = 0; i < m->frame_count && to->count < FRAME_COLUMNS_MAX; i++) {
		const struct frame *f = &m->frames[i];
		if (f->role != FRAME_SLOT || !str_equal(f->slot, s->master->frames[slot].slot))
			continue;
		size_t at = to->count++;
		while (at > 0 && frame_rect(c->layout, to->frames[at - 1], recto).x >
					 frame_rect(c->layout, f, recto).x) {
			to->frames[at] = to->frames[at - 1];
			at--;
		}
		to->frames[at] = f;
	}
}

/* How many of so many frames the articles take when none is filled higher. */
static size_t frames_filled(const int *heights, size_t count, int fill)
{
	size_t frames = 1;
	int used = 0;
	for (size_t i = 0; i < count; i++) {
		if (used && used + heights[i] > fill) {
			frames++;
			used = 0;
		}
		used += heights[i];
	}
	return frames;
}

/* How high frames side by side are filled, to be as even as they can. */
static void even_out(struct shared *s, size_t slot)
{
	struct composer *c = s->composer;
	struct slot *to = &s->slots[slot];
	int *heights = NEW_ARRAY(c->arena, int, s->sharer_count + 1);
	int tallest = 0, all = 0;
	size_t count = 0;
	for (size_t i = 0; i < s->sharer_count; i++) {
		const struct sharer *of = &s->sharers[i];
		if (of->placed || of->slot != slot)
			continue;
		struct slot_job j = job_of(s, of);
		if (!try_slot(&j))
			return; /* what jumps fills its frame */
		heights[count] = end_of(s, &j) - j.room.y;
		tallest = heights[count] > tallest ? heights[count] : tallest;
		all += heights[count++];
	}
	for (int fill = tallest; fill <= all; fill += c->layout->grid.baseline)
		if (frames_filled(heights, count, fill) <= to->count) {
			to->fill = fill;
			return;
		}
}

/* A page on which every slot has something, and the others have no place. */
static void open_page(struct shared *s)
{
	struct composer *c = s->composer;
	const struct master *m = s->master;
	unsigned vacant = 0, split = 0;
	for (size_t i = 0; i < m->frame_count && i < MAX_SLOTS; i++) {
		if (m->frames[i].role != FRAME_SLOT)
			continue;
		size_t count = waiting(s, i);
		vacant |= count ? 0 : 1u << i;
		split |= count > 1 ? 1u << i : 0;
	}
	if (vacant)
		m = master_without(c, m, vacant, split);
	s->page = page_open(c, m, NULL);
	put_section(s, s->page);
	for (size_t i = 0; i < s->master->frame_count && i < MAX_SLOTS; i++) {
		if (s->master->frames[i].role != FRAME_SLOT || vacant & 1u << i)
			continue;
		find_frames(s, m, i);
		if (s->slots[i].count > 1)
			even_out(s, i);
	}
}

/* The next of the slot's frames; false when it was the last. */
static bool next_frame(struct slot *slot)
{
	if (slot->now + 1 >= slot->count)
		return false;
	slot->now++;
	slot->used = 0;
	return true;
}

/* Whether frames would be uneven if the article stood in this one, too. */
static bool is_filled(const struct shared *s, const struct slot_job *j)
{
	const struct slot *slot = &s->slots[slot_index(s, j->frame->slot)];
	int top = frame_rect(s->composer->layout, j->frame, page_is_recto(s->composer, s->page)).y;
	return slot->used > 0 && slot->now + 1 < slot->count && end_of(s, j) - top > slot->fill;
}

/* In its slot on this page, or on what follows; else it waits for the next one. */
static void place(struct shared *s, struct sharer *of)
{
	struct slot *slot = &s->slots[of->slot];
	struct slot_job j = job_of(s, of);
	bool fits = try_slot(&j);
	while ((!fits || is_filled(s, &j)) && slot->used > 0 && next_frame(slot)) {
		j = job_of(s, of);
		fits = try_slot(&j);
	}
	if (!fits && slot->used > 0) {
		slot->full = true;
		return;
	}
	of->placed = true;
	if (fits) {
		paint_slot(&j);
		slot->used = end_of(s, &j);
		return;
	}
	if (begin_in_slot(&j))
		slot->used = j.room.y + j.room.height;
	else
		leave_slot(of->story);
	PUSH(s->composer->arena, s->rest, s->rest_count, s->rest_capacity, of->story);
}

static void make_pages(struct shared *s)
{
	for (size_t first = 0; first < s->sharer_count; first++) {
		if (s->sharers[first].placed)
			continue;
		open_page(s);
		for (size_t i = first; i < s->sharer_count; i++)
			if (!s->sharers[i].placed && !s->slots[s->sharers[i].slot].full)
				place(s, &s->sharers[i]);
	}
	s->sharer_count = 0;
}

void shared_add(struct shared *s, const struct article *a)
{
	struct composer *c = s->composer;
	size_t slot = slot_index(s, composer_template(c, a)->slot);
	if (slot == MAX_SLOTS) {
		make_pages(s);
		story_compose(c, a, s->parent);
		return;
	}
	struct story *story = NEW(c->arena, struct story);
	story_start(story, c, a, s->parent, s->master->frames[slot].rect.height, 0, false);
	struct sharer of = { .story = story, .slot = slot };
	PUSH(c->arena, s->sharers, s->sharer_count, s->sharer_capacity, of);
}

static const struct master *next_master(const struct story *s)
{
	const struct template *t = s->galley.template;
	return t->next ? t->next : s->galley.composer->layout->fallback_template->next;
}

void shared_close(struct shared *s)
{
	struct landing landing = { 0 };
	make_pages(s);
	for (size_t i = 0; i < s->rest_count; i++)
		jump_land(&landing, s->rest[i], next_master(s->rest[i]));
}

/* The head in its frame; where its text may stand. */
static struct area frame_area(struct story *s, size_t page, const struct frame *f, struct rect r)
{
	struct composer *c = s->galley.composer;
	struct rect inner = { r.x + f->inset, r.y + f->inset, r.width - 2 * f->inset,
			      r.height - 2 * f->inset };
	int columns = f->columns < 1 ? 1 : f->columns;
	if (columns > 1) { /* the head in the first column, the text in the others */
		int head_width = (inner.width - (columns - 1) * f->gutter) / columns;
		page_stack(c, page, s->head, s->head_count,
			   (struct rect){ inner.x, inner.y, head_width, inner.height });
		inner.x += head_width + f->gutter;
		inner.width -= head_width + f->gutter;
		columns--;
	} else {
		int y = page_stack(c, page, s->head, s->head_count, inner) +
			c->layout->grid.baseline / 3;
		inner.height -= y - inner.y;
		inner.y = y;
	}
	struct area area = area_of(c->layout, inner, columns, f->gutter);
	area.balance = true;
	return area;
}

void story_in_frame(struct composer *c, size_t page, const struct frame *f, const struct article *a,
		    struct element *parent)
{
	struct story *s = NEW(c->arena, struct story);
	struct rect r = frame_rect(c->layout, f, page_is_recto(c, page));
	story_start(s, c, a, parent, r.height, 0, false);
	if (f->fill)
		page_fill(c, page, r, f->fill, ARTIFACT_BACKGROUND, &f->place);
	if (s->plate.picture)
		story_picture_in_flow(s);
	const struct article *owner = c->pages->page[page].article;
	story_opened(c, a, page);
	c->pages->page[page].article = owner;
	struct area area = frame_area(s, page, f, r);
	flow_fill_area(&s->flow, &area);
	if (flow_is_done(&s->flow)) {
		flow_paint(&s->flow, 0, page);
		return;
	}
	struct column last = area.column[area.columns - 1];
	int reserve = jump_height(c, s->galley.template);
	area.column[area.columns - 1].height -= reserve < last.height ? reserve : last.height;
	s->flow.at = (struct progress){ 0 };
	flow_fill_area(&s->flow, &area);
	flow_paint(&s->flow, 0, page);
	diag_report(c->diags, DIAG_JUMP, a->place, "%d lines",
		    story_lines_left(s, area.column[0].width));
	jump_leave(s, page, &last);
	struct landing landing = { 0 };
	jump_land(&landing, s, next_master(s));
}
