/* Notes at the feet of columns: under a short rule, in the order of their numbers.
 *
 * A box knows the notes that it refers to first (box.h); the column that takes the
 * box keeps room for them. Where a single line has more notes than half a column
 * holds, or a box, a table or a picture has any, which may stand beside or across
 * the columns, the notes of the article follow its text instead, as in layouts that
 * want them there. */
#include "compose/notes.h"

#include "compose/ahead.h"
#include "compose/setting.h"

struct note_setting {
	struct note_setting *next;
	int width;
	struct box box;
};

const struct box *note_box(struct composer *c, struct note *n, int width)
{
	for (struct note_setting *s = n->settings; s; s = s->next)
		if (s->width == width)
			return &s->box;
	struct note_setting *s = NEW(c->drafts, struct note_setting);
	struct boxes boxes = blocks_set(c, n->blocks, n->count, width, INT32_MAX);
	s->width = width;
	s->next = n->settings;
	n->settings = s;
	s->box.height = box_stack(c, &s->box, boxes.box, boxes.count, 0, 0);
	if (n->count)
		s->box.place = n->blocks[0]->place;
	return &s->box;
}

int notes_height(struct composer *c, struct note *notes, const struct box *b, int width)
{
	int height = 0;
	for (size_t i = 0; i < b->note_count; i++)
		height += note_box(c, &notes[b->notes[i] - 1], width)->height;
	return height;
}

int notes_rule_height(const struct composer *c, const struct style *s)
{
	return c->layout->grid.baseline / 2 + (s->rule ? s->rule_weight : 0);
}

const struct box *notes_rule(struct composer *c, const struct style *s, int width)
{
	struct box *b = NEW(c->arena, struct box);
	b->height = notes_rule_height(c, s);
	if (s->rule)
		box_fill(c->drafts, b,
			 (struct rect){ 0, b->height - s->rule_weight, width / 4, s->rule_weight },
			 s->rule, s);
	return b;
}

/* Whether a block may refer to notes: a text says so by its spans, others are set to
 * find out. Most paragraphs are not set to a width they will never have. */
static bool may_refer(const struct composer *c, const struct block *b)
{
	for (size_t i = 0; i < b->text.count; i++) {
		const struct target *t = composer_target_of(c, b->text.spans[i].tag);
		if (t && t->note)
			return true;
	}
	return b->kind != BLOCK_TEXT;
}

/* Whether the notes of a block have room at the foot of any column it may come to. */
static bool block_notes_fit(struct galley *g, struct block *b)
{
	struct composer *c = g->composer;
	const struct setting *s = block_set(c, b, g->note_width, g->max_height);
	for (size_t i = 0; i < s->boxes.count; i++) {
		const struct box *box = &s->boxes.box[i];
		/* a box, a table, a picture may come to stand in no column */
		if (box->note_count &&
		    (b->kind != BLOCK_TEXT ||
		     notes_height(c, g->notes, box, g->note_width) > g->max_height / 2))
			return false;
	}
	return true;
}

bool notes_fit(struct galley *g)
{
	struct composer *c = g->composer;
	set_ahead(c, g->blocks, g->count, g->note_width, g->max_height);
	for (size_t i = 0; i < g->count; i++)
		if (may_refer(c, g->blocks[i]) && !block_notes_fit(g, g->blocks[i]))
			return false;
	return true;
}
