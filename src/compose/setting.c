/* Text blocks become lines, and the front desk for all kinds of blocks. */
#include "compose/setting.h"

#include "base/utf8.h"
#include "model/words.h"

enum {
	MIN_MEASURE = 20 * PT, /* narrower than this no text is set, whatever is asked */
	MOST_HEAD_LINES = 8, /* that stay together */
	LONGEST_HEAD = 400, /* bytes; longer headings are set like text, unbalanced */
};

int cap_offset(struct composer *c, const struct style *s)
{
	int offset = s->leading - type_metrics(c->type, s).cap_height;
	return offset > 0 ? offset : 0;
}

/* ---- the initial ---- */

size_t initial_length(struct str s)
{
	static const struct str quotes[] = { STR_INIT("„"), STR_INIT("«"), STR_INIT("“"),
					     STR_INIT("\""), STR_INIT("‘") };
	size_t at = 0;
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (str_starts(s, quotes[i]))
			at = quotes[i].len;
	if (at >= s.len)
		return 0;
	uint32_t letter = utf8_next(s, &at);
	if (letter <= ' ' || (letter >= '0' && letter <= '9'))
		return 0;
	for (size_t next = at; next < s.len; at = next) {
		uint32_t mark = utf8_next(s, &next);
		if (mark < 0x300 || mark > 0x36F) /* combining marks stay with their letter */
			break;
	}
	return at;
}

/* Sets the initial: its capitals reach from the capitals of line 1 to the
 * baseline of the last line it stands in. */
static struct line set_initial(struct composer *c, struct block *b, size_t bytes, int leading)
{
	struct span s = b->text.spans[0];
	s.text = str_sub(s.text, 0, bytes);
	s.style = b->drop_style;
	s.weight = 0;
	int caps = type_metrics(c->type, b->drop_style).cap_height;
	int wanted = (b->drop_lines - 1) * leading + type_metrics(c->type, b->style).cap_height;
	s.size = caps > 0 ? unit_scale(b->drop_style->size, wanted, caps) : wanted;
	struct span *kept = NEW(c->arena, struct span);
	*kept = s;
	return line_set(c->type, c->arena, kept, 1, c->diags);
}

/* ---- lines ---- */

struct measure {
	struct line_box *boxes;
	size_t count;
};

static struct measure measure_of(struct composer *c, const struct block *b, int width, int narrow,
				 int narrow_lines)
{
	const struct beside *o = &b->beside;
	int last = o->count ? o->first + o->count : 0;
	struct measure m = { .count = (size_t)(last > narrow_lines ? last : narrow_lines) + 1 };
	m.boxes = NEW_ARRAY(c->arena, struct line_box, m.count);
	for (int i = 0; i < (int)m.count; i++) {
		bool beside = i >= o->first && i < o->first + o->count;
		int x = b->left + (beside ? o->left : 0);
		int w = width - x - b->right - (beside ? o->right : 0);
		w = w < MIN_MEASURE ? MIN_MEASURE : w;
		bool aside = i < narrow_lines && w - narrow >= MIN_MEASURE;
		m.boxes[i] = (struct line_box){ aside ? x + narrow : x, aside ? w - narrow : w };
	}
	return m;
}

/* How much further in the first line stands than the others. */
static int first_shift(const struct block *b)
{
	return b->beside.count && b->beside.first == 0 ? b->beside.left : 0;
}

static size_t text_length(const struct text *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->count; i++)
		n += t->spans[i].text.len;
	return n;
}

static struct lines break_text(struct composer *c, const struct block *b, const struct text *t,
			       struct measure m, bool indented)
{
	const struct style *s = b->style;
	struct paragraph p = { .spans = t->spans,
			       .span_count = t->count,
			       .boxes = m.boxes,
			       .box_count = m.count,
			       .align = s->align,
			       .indent = indented ? b->indent : 0,
			       .hyphenate = s->hyphenate && !b->opener,
			       .hyphens_in_row = c->layout->hyphens_in_row,
			       .balance = b->balance && text_length(t) < LONGEST_HEAD,
			       .looseness = b->more };
	if (b->opener && p.align == TEXT_JUSTIFIED)
		p.align = TEXT_LEFT;
	return paragraph_break(c->type, c->arena, &p, c->diags);
}

/* Behind which lines a column may end: a paragraph leaves two lines at least on
 * either side. */
static void price_breaks(struct boxes *out, size_t first, const struct block *b)
{
	size_t n = out->count - first;
	for (size_t i = 0; i < n; i++) {
		struct box *box = &out->box[first + i];
		bool widow = i + 1 < n && (i == 0 || i + 2 == n);
		bool inside_initial = i + 1 < n && (int)i + 1 < b->drop_lines;
		if (widow || inside_initial)
			box->break_cost = COST_WIDOW;
		if (i + 1 == n && b->keep_next)
			box->break_cost = COST_KEEP;
	}
}

static void add_label(struct composer *c, const struct block *b, struct box *box)
{
	if (!b->label.count)
		return;
	const struct details *d = &c->layout->details;
	struct line l = line_set(c->type, c->arena, b->label.spans, b->label.count, c->diags);
	int x = b->left - l.width - unit_scale(b->style->size, d->number_gap, 1000);
	if (b->label.spans[0].weight == 0) /* a bullet stands at the left of its hang */
		x = b->left - unit_scale(b->style->size, d->bullet_hang, 1000);
	if (b->label_at_edge)
		x = 0;
	box_line(c, box, &l, (x > 0 ? x : 0) + first_shift(b), b->style->leading);
}

/* Small type keeps its own leading; the text behind it returns to the grid. */
static bool on_grid(const struct composer *c, const struct style *s)
{
	return s->leading % c->layout->grid.baseline == 0;
}

static void add_lines(struct composer *c, struct block *b, const struct lines *lines,
		      struct boxes *out)
{
	for (size_t i = 0; i < lines->count; i++) {
		struct box *box = boxes_add(c->arena, out);
		box->height = b->style->leading;
		box->snap = on_grid(c, b->style);
		box->place = b->place;
		box->line = &lines->line[i];
		box_line(c, box, &lines->line[i], 0, box->height);
	}
}

/* A heading stands whole; what follows its last baseline belongs to it, so that
 * the text below returns to the grid. */
static void join_lines(struct composer *c, struct boxes *out, size_t first, int after)
{
	struct box whole = { .snap = true, .place = out->box[first].place };
	for (size_t i = first; i < out->count; i++) {
		box_put(c->arena, &whole, &out->box[i], 0, whole.height);
		whole.height += out->box[i].height;
	}
	whole.height += after;
	out->count = first;
	*boxes_add(c->arena, out) = whole;
}

/* The background of a bar, drawn before its words: as far above the capitals as
 * below the baseline. */
static void add_bar(struct composer *c, const struct block *b, struct box *box, int width)
{
	struct box bar = { .height = box->height, .snap = true, .place = box->place };
	int pad = b->style->leading - type_metrics(c->type, b->style).cap_height;
	box_fill(c->arena, &bar, (struct rect){ 0, pad / 2, width, box->height },
		 b->style->background);
	box_put(c->arena, &bar, box, 0, 0);
	bar.anchor = box->anchor;
	bar.height += pad / 2;
	*box = bar;
}

static void add_rule(struct composer *c, const struct block *b, struct box *box, int width)
{
	box_fill(c->arena, box, (struct rect){ 0, 0, width, b->style->rule_weight },
		 b->style->rule);
}

void set_text(struct composer *c, struct block *b, int width, struct boxes *out)
{
	size_t first = out->count, initial = 0;
	struct text text = b->text;
	struct line letter = { 0 };
	int narrow = b->aside_width, narrow_lines = b->aside_lines;
	if (b->drop_lines > 1 && text.count)
		initial = initial_length(text.spans[0].text);
	if (initial) {
		letter = set_initial(c, b, initial, b->style->leading);
		text.spans = arena_grow(c->arena, text.spans, text.count, text.count,
					sizeof *text.spans);
		text.spans[0].text = str_sub(text.spans[0].text, initial, text.spans[0].text.len);
		narrow = letter.width +
			 unit_scale(b->style->size, c->layout->details.initial_gap, 1000);
		narrow_lines = b->drop_lines;
	}
	struct measure m = measure_of(c, b, width, narrow, narrow_lines);
	struct lines lines = break_text(c, b, &text, m, !initial);
	add_lines(c, b, &lines, out);
	if (initial && lines.count == 0)
		boxes_add(c->arena, out)->height = b->style->leading;
	while (initial && (int)(out->count - first) < b->drop_lines) {
		struct box *box = boxes_add(c->arena, out); /* the letter needs the room */
		box->height = b->style->leading;
		box->snap = true;
	}
	if (out->count == first && b->label.count) {
		struct box *box = boxes_add(c->arena, out);
		box->height = b->style->leading;
		box->snap = true;
	}
	if (out->count == first)
		return;
	if (initial) {
		struct box head = { 0 };
		box_line(c, &head, &letter, b->left + first_shift(b),
			 b->drop_lines * b->style->leading);
		box_put(c->arena, &head, &out->box[first], 0, 0);
		out->box[first].items = head.items;
		out->box[first].item_count = head.item_count;
		out->box[first].item_capacity = head.item_capacity;
	}
	struct box label = { 0 };
	add_label(c, b, &label);
	if (label.item_count) {
		box_put(c->arena, &label, &out->box[first], 0, 0);
		out->box[first].items = label.items;
		out->box[first].item_count = label.item_count;
		out->box[first].item_capacity = label.item_capacity;
	}
	if (b->keep_next && b->balance && out->count - first <= MOST_HEAD_LINES)
		join_lines(c, out, first, b->after);
	if (b->bar)
		add_bar(c, b, &out->box[first], width);
	if (b->ruled)
		add_rule(c, b, &out->box[first], width);
	out->box[first].bar = b->bar;
	price_breaks(out, first, b);
}

/* ---- section breaks ---- */

static void set_ornament(struct composer *c, struct block *b, int width, struct boxes *out)
{
	int line = c->layout->grid.baseline;
	struct box *box = boxes_add(c->arena, out);
	box->height = 2 * line;
	box->place = b->place;
	box->snap = true;
	box->break_cost = COST_WIDOW;
	box->vanishes = true;
	int length = width / 6;
	box_fill(c->arena, box,
		 (struct rect){ (width - length) / 2, line + line / 4, length, PT * 3 / 4 },
		 c->layout->accent);
}

/* ---- the front desk ---- */

static void set_break(struct composer *c, struct block *b, int width, int max_height,
		      struct boxes *out)
{
	(void)c, (void)b, (void)width, (void)max_height, (void)out;
}

static void set_text_any(struct composer *c, struct block *b, int width, int max_height,
			 struct boxes *out)
{
	(void)max_height;
	set_text(c, b, width, out);
}

static void set_ornament_any(struct composer *c, struct block *b, int width, int max_height,
			     struct boxes *out)
{
	(void)max_height;
	set_ornament(c, b, width, out);
}

static void (*const set_kinds[])(struct composer *, struct block *, int, int, struct boxes *) = {
	[BLOCK_TEXT] = set_text_any,   [BLOCK_FIGURE] = set_figure,
	[BLOCK_GALLERY] = set_gallery, [BLOCK_TABLE] = set_table,
	[BLOCK_PANEL] = set_panel,     [BLOCK_ORNAMENT] = set_ornament_any,
	[BLOCK_BREAK] = set_break,
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
	struct setting *s = NEW(c->arena, struct setting);
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
	if (b->keep_next)
		last->break_cost = COST_KEEP;
}

const struct setting *block_set(struct composer *c, struct block *b, int width, int max_height)
{
	for (struct setting *s = b->settings; s; s = s->next)
		if (s->width == width && s->more == 0 && !s->beside.count)
			return s;
	struct setting *s = add_setting(c, b, width, 0);
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
			*boxes_add(c->arena, &all) = s->boxes.box[k];
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

enum { LEAST_LINES = 3 }; /* of a paragraph that may be longer or shorter */

static void vary_text(struct composer *c, struct block *b, struct setting *s)
{
	const struct setting *best = block_set(c, b, s->width, 0);
	if (best->boxes.count < LEAST_LINES || b->opener || b->style->align != TEXT_JUSTIFIED)
		return;
	struct block other = *b;
	other.more = s->more;
	other.settings = NULL;
	struct boxes boxes = { 0 };
	set_text(c, &other, s->width, &boxes);
	if ((int)boxes.count != (int)best->boxes.count + s->more)
		return;
	s->boxes = boxes;
	s->price = COST_VARIANT;
}

/* Nobody sees that a photograph is a line lower; a drawing stays whole. */
static void vary_figure(struct composer *c, struct block *b, int max_height, struct setting *s)
{
	if (b->plates[0].picture->format != PICTURE_JPEG)
		return;
	struct block other = *b;
	other.more = s->more;
	set_figure(c, &other, s->width, max_height, &s->boxes);
	s->price = COST_CROP;
}

const struct setting *block_variant(struct composer *c, struct block *b, int width, int max_height,
				    int more)
{
	struct setting *s = b->settings;
	while (s && (s->width != width || s->more != more || s->beside.count))
		s = s->next;
	if (!s) {
		block_set(c, b, width, max_height);
		s = add_setting(c, b, width, more);
		if (b->kind == BLOCK_TEXT)
			vary_text(c, b, s);
		else if (b->kind == BLOCK_FIGURE)
			vary_figure(c, b, max_height, s);
		finish(c, b, s);
	}
	return s->boxes.count ? s : NULL;
}
