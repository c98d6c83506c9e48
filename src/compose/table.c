/* Tables: rows that no column divides, numbers that stand under one another, the
 * header again wherever the table goes on. How wide its columns are is said in
 * table_columns.c. */
#include "compose/table.h"

struct table_job {
	struct composer *composer;
	const struct block *block;
	const struct table_measure *measure;
	struct table_plan plan;
	/* The row being set: */
	struct lines *cells;
	int *shifts; /* of their lines, to the right */
	size_t *starts; /* the line of the row that each begins at */
	size_t lines;
};

static enum text_align align_of(enum alignment a)
{
	return a == ALIGN_RIGHT ? TEXT_RIGHT : a == ALIGN_CENTRE ? TEXT_CENTRED : TEXT_LEFT;
}

/* Words stay whole where the column is wide enough for them: in lines as short as
 * these a divided word looks worse than a ragged edge. */
static struct lines set_cell(struct composer *c, const struct cell *cell, int width, bool divide)
{
	struct line_box box = { 0, width };
	struct paragraph p = { .spans = cell->text.spans,
			       .span_count = cell->text.count,
			       .boxes = &box,
			       .box_count = 1,
			       .align = align_of(cell->align),
			       .hyphenate = divide,
			       .hyphens_in_row = c->layout->hyphens_in_row };
	return paragraph_break(c->type, c->arena, &p, c->diags);
}

/* Stands above its row, which it names. */
static struct cell heading_of(struct composer *c, const struct cell *cell)
{
	struct cell heading = *cell;
	heading.text = (struct text){ 0 };
	for (size_t i = 0; i < cell->text.count; i++) {
		struct span s = cell->text.spans[i];
		s.weight = s.weight > 700 ? s.weight : 700;
		text_add(c->arena, &heading.text, s);
	}
	return heading;
}

/* A number stands with its units digit above those of the others; where the
 * column is too narrow for all it is set like words. */
static void set_row(struct table_job *j, const struct cell *row)
{
	struct composer *c = j->composer;
	for (int k = 0; k < j->block->columns; k++) {
		const struct table_column *column = &j->measure->columns[k];
		int width = j->plan.widths[k];
		struct cell cell = row[k];
		j->shifts[k] = 0;
		if (cell.number && column->least <= width) {
			struct line *line = NEW(c->arena, struct line);
			*line = *cell.number;
			j->cells[k] = (struct lines){ .line = line, .count = 1 };
			j->shifts[k] = width - column->tail - cell.lead;
			continue;
		}
		if (j->plan.stacked && k == 0)
			cell = heading_of(c, &cell);
		j->cells[k] = set_cell(c, &cell, width, column->least > width);
	}
}

/* Cells stand below one another's first lines; those of the header on its rule. */
static void align_row(struct table_job *j, bool head)
{
	size_t above = j->plan.stacked ? j->cells[0].count : 0, tallest = 0;
	for (int k = above ? 1 : 0; k < j->block->columns; k++)
		tallest = j->cells[k].count > tallest ? j->cells[k].count : tallest;
	for (int k = 0; k < j->block->columns; k++) {
		j->starts[k] = above && k == 0 ? 0 : above;
		if (head && !(above && k == 0))
			j->starts[k] += tallest - j->cells[k].count;
	}
	j->lines = above + tallest > 0 ? above + tallest : 1;
}

/* From the rule above to the tops of small letters, and from the baseline to the
 * rule below: alike, since these are what the eye measures by. */
static int clearance(const struct style *s)
{
	return TABLE_PAD / 2 + s->leading * 3 / 8;
}

/* Lines first to first+room of a row. Rows are only ever divided when they are
 * taller than a column. */
static void add_row(const struct table_job *j, size_t first, size_t room, bool head,
		    struct box *box)
{
	struct composer *c = j->composer;
	const struct block *b = j->block;
	const struct style *s = head ? b->cells[0].style : b->style;
	size_t end = j->lines < first + room ? j->lines : first + room;
	int x = 0, right = 0, top = clearance(s) + type_metrics(c->type, s).x_height;
	for (int k = 0; k < b->columns; k++) {
		for (size_t i = 0; i < j->cells[k].count; i++) {
			size_t at = j->starts[k] + i;
			if (at >= first && at < end)
				box_line(c, box, &j->cells[k].line[i], x + j->shifts[k],
					 top + (int)(at - first) * s->leading);
		}
		right = x + j->plan.widths[k];
		x = j->plan.stacked && k == 0 ? 0 : right + 2 * TABLE_PAD;
	}
	box->height = top + (int)(end - first - 1) * s->leading + clearance(s);
	int weight = s->rule ? s->rule_weight : 0;
	if (weight)
		box_fill(c->drafts, box, (struct rect){ 0, box->height - weight, right, weight },
			 s->rule, s);
	box->place = b->place;
}

/* Lines that a row's boxes may hold below a header of this height. */
static size_t lines_at_most(const struct style *s, int max_height, int used, bool head)
{
	int room = (max_height - used - 2 * clearance(s) - s->leading) / (s->leading + 1);
	if (head)
		room /= 2;
	return room > 1 ? (size_t)room : 1;
}

/* A small table is read at a glance: it rather leaves lines empty than its page. */
static void keep_whole(struct box *rows, size_t count, int max_height)
{
	enum { COST_PARTED = 600 };
	if (boxes_height(rows, count) > max_height * 2 / 5)
		return;
	for (size_t i = 0; i + 1 < count; i++)
		rows[i].break_cost = COST_PARTED;
}

void set_table(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	struct table_job j = { .composer = c,
			       .block = b,
			       .measure = table_measure(c, b),
			       .plan = table_plan(c, b, width),
			       .cells = NEW_ARRAY(c->arena, struct lines, b->columns),
			       .shifts = NEW_ARRAY(c->arena, int, b->columns),
			       .starts = NEW_ARRAY(c->arena, size_t, b->columns) };
	struct box *head = NULL;
	size_t start = out->count;
	for (size_t r = 0; r < b->rows; r++) {
		const struct cell *row = &b->cells[r * (size_t)b->columns];
		set_row(&j, row);
		align_row(&j, r == 0);
		size_t most =
			lines_at_most(row[0].style, max_height, head ? head->height : 0, r == 0);
		if (j.lines > most)
			diag_report(c->diags, DIAG_UNBREAKABLE, b->place, "%s", "row of a table");
		for (size_t first = 0; first < j.lines; first += most) {
			struct box *box = boxes_add(c->drafts, out);
			add_row(&j, first, most, r == 0, box);
			box->repeat = r ? head : NULL;
		}
		if (r == 0) {
			head = NEW(c->arena, struct box);
			*head = out->box[start];
		}
	}
	keep_whole(&out->box[start], out->count - start, max_height);
	/* the header with its first two rows; the last two rows together */
	out->box[start].break_cost = out->count > start + 1 ? COST_KEEP : COST_FREE;
	if (out->count > start + 2)
		out->box[start + 1].break_cost = out->box[out->count - 2].break_cost = COST_WIDOW;
}
