/* Tables: columns as wide as their words want, rows that no column divides, the
 * header again wherever the table goes on.
 *
 * HOW IT WORKS. For each column the longest cell and the longest word are
 * measured (by their bytes, so that a table of thousands of rows costs two
 * measurements a column). When all columns fit at their natural width they share
 * what is left over; otherwise each gets its longest word and a share of the rest
 * in proportion to what it still wants. */
#include "compose/setting.h"

enum { PAD = 5 * PT }; /* between columns, and between rule and words */

struct column_want {
	int least, natural;
};

static size_t text_bytes(const struct text *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->count; i++)
		n += t->spans[i].text.len;
	return n;
}

static int text_width(struct composer *c, const struct text *t)
{
	if (!t->count)
		return 0;
	return line_set(c->type, c->arena, t->spans, t->count, c->diags).width;
}

/* The longest word of a text, as a span of its own. */
static struct span longest_word(const struct text *t)
{
	struct span best = { .text = STR("") };
	for (size_t i = 0; i < t->count; i++) {
		struct str rest = t->spans[i].text, piece;
		while (str_cut(&rest, ' ', &piece)) {
			if (piece.len <= best.text.len)
				continue;
			best = t->spans[i];
			best.text = piece;
		}
	}
	return best;
}

static struct column_want measure_column(struct composer *c, const struct block *b, int k)
{
	const struct text *widest = NULL;
	struct span word = { .text = STR("") };
	int natural = 0, least = 0;
	for (size_t r = 0; r < b->rows; r++) {
		const struct text *t = &b->cells[r * (size_t)b->columns + (size_t)k].text;
		if (r == 0)
			natural = text_width(c, t);
		else if (!widest || text_bytes(t) > text_bytes(widest))
			widest = t;
		struct span s = longest_word(t);
		if (r == 0 && s.text.len)
			least = line_set(c->type, c->arena, &s, 1, c->diags).width;
		else if (s.text.len > word.text.len)
			word = s;
	}
	int w = widest ? text_width(c, widest) : 0;
	natural = w > natural ? w : natural;
	w = word.text.len ? line_set(c->type, c->arena, &word, 1, c->diags).width : 0;
	least = w > least ? w : least;
	natural += PT; /* rounding must not break a line that fits */
	least += PT;
	return (struct column_want){ least, natural > least ? natural : least };
}

void table_widths(struct composer *c, struct block *b, int *least, int *natural)
{
	int64_t sum_least = 0, sum_natural = 0;
	if (b->natural) { /* asked on every page the table stands on */
		*least = b->least;
		*natural = b->natural;
		return;
	}
	for (int k = 0; k < b->columns; k++) {
		struct column_want w = measure_column(c, b, k);
		sum_least += w.least + (k ? 2 * PAD : 0);
		sum_natural += w.natural + (k ? 2 * PAD : 0);
	}
	*least = b->least = sum_least > INT32_MAX / 2 ? INT32_MAX / 2 : (int)sum_least;
	*natural = b->natural = sum_natural > INT32_MAX / 2 ? INT32_MAX / 2 : (int)sum_natural;
}

/* Widths of the columns' words; together with their gaps they fill width. */
static int *column_widths(struct composer *c, const struct block *b, int width)
{
	int n = b->columns, room = width - (n - 1) * 2 * PAD;
	struct column_want *want = NEW_ARRAY(c->arena, struct column_want, n);
	int *widths = NEW_ARRAY(c->arena, int, n);
	int64_t least = 0, natural = 0;
	for (int k = 0; k < n; k++) {
		want[k] = measure_column(c, b, k);
		least += want[k].least;
		natural += want[k].natural;
	}
	if (room < n * PT)
		room = n * PT;
	int used = 0;
	for (int k = 0; k < n; k++) {
		int64_t w;
		if (natural <= room)
			w = want[k].natural + (room - natural) * want[k].natural / natural;
		else if (least <= room && natural > least)
			w = want[k].least +
			    (room - least) * (want[k].natural - want[k].least) / (natural - least);
		else
			w = (int64_t)room * want[k].least / least;
		widths[k] = w > PT ? (int)w : PT;
		used += widths[k];
	}
	if (used < room)
		widths[n - 1] += room - used;
	return widths;
}

static enum text_align align_of(enum alignment a)
{
	return a == ALIGN_RIGHT ? TEXT_RIGHT : a == ALIGN_CENTRE ? TEXT_CENTRED : TEXT_LEFT;
}

static struct lines set_cell(struct composer *c, const struct cell *cell, int width)
{
	struct line_box box = { 0, width };
	struct paragraph p = { .spans = cell->text.spans,
			       .span_count = cell->text.count,
			       .boxes = &box,
			       .box_count = 1,
			       .align = align_of(cell->align),
			       .hyphenate = true,
			       .hyphens_in_row = c->layout->hyphens_in_row };
	return paragraph_break(c->type, c->arena, &p, c->diags);
}

/* Lines first to first+room of every cell of a row; more tells whether any goes
 * on. Rows are only ever divided when they are taller than a column. */
static void add_row(struct composer *c, const struct block *b, const struct lines *cells,
		    const int *widths, size_t first, size_t room, bool head, struct box *box)
{
	const struct style *s = head ? b->cells[0].style : b->style;
	int x = 0, top = PAD - (s->leading - s->size) / 2, lowest = 0;
	for (int k = 0; k < b->columns; k++) {
		int y = top;
		for (size_t i = first; i < cells[k].count && i < first + room; i++) {
			y += s->leading;
			box_line(c, box, &cells[k].line[i], x, y);
		}
		lowest = y > lowest ? y : lowest;
		x += widths[k] + 2 * PAD;
	}
	if (lowest == top)
		lowest += s->leading;
	int height = lowest + PAD, weight = s->rule ? s->rule_weight : 0;
	if (weight)
		box_fill(c->arena, box, (struct rect){ 0, height - weight, x - 2 * PAD, weight },
			 s->rule);
	box->height = height;
	box->place = b->place;
}

static size_t tallest(const struct lines *cells, int columns)
{
	size_t most = 0;
	for (int k = 0; k < columns; k++)
		most = cells[k].count > most ? cells[k].count : most;
	return most;
}

void set_table(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	int *widths = column_widths(c, b, width);
	struct lines *cells = NEW_ARRAY(c->arena, struct lines, b->columns);
	struct box *head = NULL;
	size_t start = out->count;
	for (size_t r = 0; r < b->rows; r++) {
		const struct cell *row = &b->cells[r * (size_t)b->columns];
		for (int k = 0; k < b->columns; k++)
			cells[k] = set_cell(c, &row[k], widths[k]);
		int used = head ? head->height : 0;
		int room = (max_height - used - 3 * PAD) / (row[0].style->leading + 1);
		size_t lines = tallest(cells, b->columns), most = room > 1 ? (size_t)room : 1;
		if (r == 0)
			most = most / 2 > 1 ? most / 2 : 1;
		if (lines > most)
			diag_report(c->diags, DIAG_UNBREAKABLE, b->place, "%s", "row of a table");
		for (size_t first = 0; first == 0 || first < lines; first += most) {
			struct box *box = boxes_add(c->arena, out);
			add_row(c, b, cells, widths, first, most, r == 0, box);
			box->repeat = r ? head : NULL;
		}
		if (r == 0) {
			head = NEW(c->arena, struct box);
			*head = out->box[start];
		}
	}
	/* the header with its first row; the last two rows together */
	out->box[start].break_cost = out->count > start + 1 ? COST_KEEP : COST_FREE;
	if (out->count > start + 2)
		out->box[out->count - 2].break_cost = COST_WIDOW;
}
