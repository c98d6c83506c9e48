/* The front desk for all kinds of blocks: each is set once at a width, and kept. */
#include "compose/setting.h"

#include "compose/ahead.h"
#include "compose/qr.h"
#include "model/words.h"

int cap_offset(struct composer *c, const struct style *s)
{
	int offset = s->leading - type_metrics(c->type, s).cap_height;
	return offset > 0 ? offset : 0;
}

/* ---- section breaks ---- */

static void set_ornament(struct composer *c, struct block *b, int width, struct boxes *out)
{
	int line = c->layout->grid.baseline;
	struct box *box = boxes_add(c->drafts, out);
	box->height = 2 * line;
	box->place = b->place;
	box->snap = true;
	box->break_cost = COST_WIDOW;
	box->vanishes = true;
	int length = width / 6;
	box_fill(c->drafts, box,
		 (struct rect){ (width - length) / 2, line + line / 4, length, PT * 3 / 4 },
		 c->layout->accent, NULL);
}

/* ---- the front desk ---- */

static void set_break(struct composer *c, struct block *b, int width, int max_height,
		      struct boxes *out)
{
	(void)c, (void)b, (void)width, (void)max_height, (void)out;
}

static void set_ornament_any(struct composer *c, struct block *b, int width, int max_height,
			     struct boxes *out)
{
	(void)max_height;
	set_ornament(c, b, width, out);
}

static void (*const set_kinds[])(struct composer *, struct block *, int, int, struct boxes *) = {
	[BLOCK_FIGURE] = set_figure, [BLOCK_GALLERY] = set_gallery,       [BLOCK_TABLE] = set_table,
	[BLOCK_PANEL] = set_panel,   [BLOCK_ORNAMENT] = set_ornament_any, [BLOCK_BREAK] = set_break,
	[BLOCK_QR] = set_qr,
};

/* The bar a box repeats when a column begins with it: "śląskie (cd.)". */
static const struct box *continued_bar(struct composer *c, const struct block *b, int width)
{
	struct block *bar = b->bar_block;
	if (!bar || bar == b)
		return NULL;
	struct block again = *bar;
	struct str words = str_format(c->arena, "%.*s (%.*s)", STR_ARG(bar->bar_text),
				      STR_ARG(word(WORD_CONTINUED, c->doc->publication->language)));
	struct span s = bar->text.spans[0];
	s.text = words;
	s.element = NULL;
	s.tag = 0;
	again.text = (struct text){ 0 };
	text_add(c->arena, &again.text, s);
	struct boxes made = { 0 };
	set_text(c, &again, width, &made);
	made.box[0].before = 0;
	made.box[0].anchor = STR("");
	return made.box;
}

static struct setting *add_setting(struct composer *c, struct block *b, int width, int more)
{
	struct setting *s = NEW(c->drafts, struct setting);
	s->width = width;
	s->more = more;
	s->next = b->settings;
	b->settings = s;
	return s;
}

/* What surrounds a block goes to its first and last box. */
static void finish(struct composer *c, const struct block *b, struct setting *s)
{
	if (!s->boxes.count)
		return;
	const struct box *bar = continued_bar(c, b, s->width);
	for (size_t i = 0; bar && i < s->boxes.count; i++)
		if (!s->boxes.box[i].repeat)
			s->boxes.box[i].repeat = bar;
	struct box *first = &s->boxes.box[0], *last = &s->boxes.box[s->boxes.count - 1];
	first->before = b->before;
	if (b->anchor.len)
		first->anchor = b->anchor;
	if (!(b->keep_next && b->balance))
		last->after = b->after;
	if (b->keep_next || b->introduces)
		last->break_cost = COST_KEEP;
}

static const struct setting *find_setting(const struct block *b, int width, int more)
{
	const struct setting *s = b->settings;
	while (s && (s->width != width || s->more != more || s->beside.count))
		s = s->next;
	return s;
}

bool block_is_set(const struct block *b, int width)
{
	return find_setting(b, width, 0) != NULL;
}

const struct setting *block_set(struct composer *c, struct block *b, int width, int max_height)
{
	ahead_take(c, b);
	const struct setting *found = find_setting(b, width, 0);
	if (found)
		return found;
	struct setting *s = add_setting(c, b, width, 0);
	if (b->kind == BLOCK_TEXT)
		s->prose = set_text(c, b, width, &s->boxes);
	else
		set_kinds[b->kind](c, b, width, max_height, &s->boxes);
	finish(c, b, s);
	return s;
}

struct boxes blocks_set(struct composer *c, struct block **blocks, size_t count, int width,
			int max_height)
{
	struct boxes all = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct setting *s = block_set(c, blocks[i], width, max_height);
		for (size_t k = 0; k < s->boxes.count; k++)
			*boxes_add(c->drafts, &all) = s->boxes.box[k];
	}
	return all;
}

/* ---- variants ---- */

static bool beside_equal(const struct beside *a, const struct beside *b)
{
	return a->first == b->first && a->count == b->count && a->left == b->left &&
	       a->right == b->right;
}

const struct setting *block_beside(struct composer *c, struct block *b, int width,
				   struct beside beside)
{
	ahead_take(c, b);
	for (const struct setting *s = b->settings; s; s = s->next)
		if (s->width == width && s->more == 0 && beside_equal(&s->beside, &beside))
			return s;
	struct setting *s = add_setting(c, b, width, 0);
	struct block other = *b;
	other.beside = s->beside = beside;
	set_text(c, &other, width, &s->boxes);
	finish(c, b, s);
	return s;
}

enum {
	LEAST_LINES = 3, /* of a paragraph that may be longer or shorter */
	WORSE = 60000, /* demerits worth 1 of price */
	MOST_WORSE = 24,
};

/* A paragraph's variants were chosen with the best set of its lines. */
static void vary_text(struct composer *c, struct block *b, int width, int more)
{
	const struct setting *best = block_set(c, b, width, 0);
	struct setting *s = add_setting(c, b, width, more);
	if (best->boxes.count < LEAST_LINES || b->opener || b->style->align != TEXT_JUSTIFIED)
		return;
	enum line_set set = more < 0 ? LINES_FEWER : LINES_MORE;
	prose_boxes(c, b, best->prose, set, width, &s->boxes);
	int64_t price = prose_worse(best->prose, set) / WORSE;
	s->price = COST_VARIANT + (int)(price < MOST_WORSE ? price : MOST_WORSE);
	finish(c, b, s);
}

/* Nobody sees that a photograph is a line lower; a drawing stays whole. */
static void vary_figure(struct composer *c, struct block *b, int width, int max_height, int more)
{
	struct setting *s = add_setting(c, b, width, more);
	if (b->plates[0].picture->format != PICTURE_JPEG)
		return;
	struct block other = *b;
	other.more = more;
	set_figure(c, &other, width, max_height, &s->boxes);
	s->price = COST_CROP;
	finish(c, b, s);
}

const struct setting *block_variant(struct composer *c, struct block *b, int width, int max_height,
				    int more)
{
	if (b->kind != BLOCK_TEXT && b->kind != BLOCK_FIGURE)
		return NULL;
	ahead_take(c, b);
	const struct setting *s = find_setting(b, width, more);
	if (!s && b->kind == BLOCK_TEXT)
		vary_text(c, b, width, more);
	else if (!s)
		vary_figure(c, b, width, max_height, more);
	s = s ? s : find_setting(b, width, more);
	return s->boxes.count ? s : NULL;
}
