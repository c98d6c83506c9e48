/* Text blocks become lines: initials, labels, headings, bars; and what a column may
 * not leave alone of them. */
#include "compose/setting.h"

#include "base/utf8.h"

enum {
	MIN_MEASURE = 20 * PT, /* narrower than this no text is set, whatever is asked */
	MOST_HEAD_LINES = 8, /* that stay together */
	LONGEST_HEAD = 400, /* bytes; longer headings are set like text, unbalanced */
};

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

/* How far further in the first lines begin, one by one. */
struct insets {
	const int *inset;
	int count;
};

static struct measure measure_of(struct composer *c, const struct block *b, int width,
				 struct insets in)
{
	const struct beside *o = &b->beside;
	int last = o->count ? o->first + o->count : 0;
	struct measure m = { .count = (size_t)(last > in.count ? last : in.count) + 1 };
	m.boxes = NEW_ARRAY(c->drafts, struct line_box, m.count);
	for (int i = 0; i < (int)m.count; i++) {
		bool beside = i >= o->first && i < o->first + o->count;
		int x = b->left + (beside ? o->left : 0), inset = i < in.count ? in.inset[i] : 0;
		int w = width - x - b->right - (beside ? o->right : 0);
		w = w < MIN_MEASURE ? MIN_MEASURE : w;
		inset = w - inset >= MIN_MEASURE ? inset : 0;
		m.boxes[i] = (struct line_box){ x + inset, w - inset };
	}
	return m;
}

/* All lines beside a picture begin alike. */
static struct insets even_insets(struct composer *c, int inset, int lines)
{
	int *all = NEW_ARRAY(c->drafts, int, lines + 1);
	for (int i = 0; i < lines; i++)
		all[i] = inset;
	return (struct insets){ all, lines };
}

/* Beside an initial the words keep their distance from its ink, not from its box:
 * all alike, the first line nearer where the letter leaves room, as its word goes
 * on from it; or, where the layout asks, each as the letter's shape lets it. */
static struct insets initial_insets(struct composer *c, const struct block *b,
				    const struct line *letter)
{
	int lines = b->drop_lines, leading = b->style->leading, most = 0;
	int gap = unit_scale(b->style->size, c->layout->details.initial_gap, 1000);
	struct type_metrics m = type_metrics(c->type, b->style);
	int *inset = NEW_ARRAY(c->drafts, int, lines + 1);
	for (int i = 0; i < lines; i++) {
		int baseline = (lines - 1 - i) * leading;
		int top = baseline + (i ? m.ascender : m.cap_height);
		inset[i] = gap + line_ink_right(c->type, letter, baseline - m.descender, top);
		most = inset[i] > most ? inset[i] : most;
	}
	for (int i = 1; i < lines && !b->drop_shape; i++)
		inset[i] = most;
	if (!b->drop_shape && inset[0] < most - b->style->size)
		inset[0] = most - b->style->size; /* kerned, not tucked in */
	return (struct insets){ inset, lines };
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

struct prose {
	size_t initial; /* bytes */
	struct line letter; /* the initial */
	const struct broken *broken; /* what stands behind it */
};

static struct paragraph how_to_break(const struct composer *c, const struct block *b,
				     const struct text *t, bool initial, struct measure m)
{
	const struct style *s = b->style;
	bool ragged = b->opener && s->align == TEXT_JUSTIFIED;
	return (struct paragraph){ .spans = t->spans,
				   .span_count = t->count,
				   .boxes = m.boxes,
				   .box_count = m.count,
				   .align = ragged ? TEXT_LEFT : s->align,
				   .indent = initial ? 0 : b->indent,
				   .hyphenate = s->hyphenate && !b->opener,
				   .hyphens_in_row = c->layout->hyphens_in_row,
				   .verbatim = b->verbatim,
				   .balance = b->balance && text_length(t) < LONGEST_HEAD };
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

static void add_lines(struct composer *c, struct block *b, const struct broken *text,
		      enum line_set set, struct boxes *out)
{
	for (size_t i = 0; i < broken_count(text, set); i++) {
		struct box *box = boxes_add(c->drafts, out);
		box->height = b->style->leading;
		box->snap = on_grid(c, b->style);
		box->place = b->place;
		box_line_later(c, box, (struct text_line){ text, set, (unsigned)i });
	}
}

/* A heading stands whole; what follows its last baseline belongs to it, so that
 * the text below returns to the grid. */
static void join_lines(struct composer *c, struct boxes *out, size_t first, int after)
{
	struct box whole = { .snap = true, .place = out->box[first].place };
	for (size_t i = first; i < out->count; i++) {
		box_put(c, &whole, &out->box[i], 0, whole.height);
		whole.height += out->box[i].height;
	}
	whole.height += after;
	out->count = first;
	*boxes_add(c->drafts, out) = whole;
}

/* The background of a bar, drawn before its words: as far above the capitals as
 * below the baseline. */
static void add_bar(struct composer *c, const struct block *b, struct box *box, int width)
{
	struct box bar = { .height = box->height, .snap = true, .place = box->place };
	int pad = b->style->leading - type_metrics(c->type, b->style).cap_height;
	box_fill(c->drafts, &bar, (struct rect){ 0, pad / 2, width, box->height },
		 b->style->background, b->style);
	box_put(c, &bar, box, 0, 0);
	bar.anchor = box->anchor;
	bar.height += pad / 2;
	*box = bar;
}

static void add_rule(struct composer *c, const struct block *b, struct box *box, int width)
{
	box_fill(c->drafts, box, (struct rect){ 0, 0, width, b->style->rule_weight },
		 b->style->rule, b->style);
}

/* The initial is set, the rest broken. */
static struct prose prose_of(struct composer *c, struct block *b, int width)
{
	struct prose p = { 0 };
	struct text t = b->text; /* behind the initial */
	struct insets insets = even_insets(c, b->aside_width, b->aside_lines);
	if (b->drop_lines > 1 && t.count)
		p.initial = initial_length(t.spans[0].text);
	if (p.initial) {
		p.letter = set_initial(c, b, p.initial, b->style->leading);
		t.spans = arena_grow(c->arena, t.spans, t.count, t.count, sizeof *t.spans);
		t.spans[0].text = str_sub(t.spans[0].text, p.initial, t.spans[0].text.len);
		insets = initial_insets(c, b, &p.letter);
	}
	struct paragraph how =
		how_to_break(c, b, &t, p.initial > 0, measure_of(c, b, width, insets));
	bool others = b->style->align == TEXT_JUSTIFIED && !b->opener && !b->beside.count;
	p.broken = paragraph_choose(c->type, c->drafts, &how, others, c->diags);
	return p;
}

static void add_empty_line(struct composer *c, const struct block *b, struct boxes *out)
{
	struct box *box = boxes_add(c->drafts, out);
	box->height = b->style->leading;
	box->snap = true;
}

void prose_boxes(struct composer *c, struct block *b, const struct prose *p, enum line_set set,
		 int width, struct boxes *out)
{
	size_t first = out->count;
	if (set != LINES_BEST && !broken_count(p->broken, set))
		return;
	add_lines(c, b, p->broken, set, out);
	while (p->initial && (int)(out->count - first) < b->drop_lines)
		add_empty_line(c, b, out); /* the letter needs the room */
	if (out->count == first && b->label.count)
		add_empty_line(c, b, out);
	if (out->count == first)
		return;
	/* What the line's box shows already is painted before the line. */
	add_label(c, b, &out->box[first]);
	if (p->initial)
		box_line(c, &out->box[first], &p->letter, b->left + first_shift(b),
			 b->drop_lines * b->style->leading);
	if (b->keep_next && b->balance && out->count - first <= MOST_HEAD_LINES)
		join_lines(c, out, first, b->after);
	if (b->bar)
		add_bar(c, b, &out->box[first], width);
	if (b->ruled)
		add_rule(c, b, &out->box[first], width);
	out->box[first].bar = b->bar;
	price_breaks(out, first, b);
}

const struct prose *set_text(struct composer *c, struct block *b, int width, struct boxes *out)
{
	struct prose *p = NEW(c->drafts, struct prose);
	*p = prose_of(c, b, width);
	prose_boxes(c, b, p, LINES_BEST, width, out);
	return p;
}

int64_t prose_worse(const struct prose *p, enum line_set set)
{
	return broken_demerits(p->broken, set) - broken_demerits(p->broken, LINES_BEST);
}
