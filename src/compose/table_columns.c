/* How wide the columns of a table are, and which of them hold numbers.
 *
 * HOW IT WORKS. Every cell is measured once, in one line; where its words stand
 * on that line tells, without setting it again, how many lines it takes at any
 * width. When all columns fit at their natural width they share what is left
 * over. Otherwise each begins at its longest word, and steps of the room that is
 * left go, one reach after another, to the column where they save most lines of
 * the table's height (a row is as tall as its tallest cell) for their width; at
 * last two columns exchange steps as long as that saves lines. Of a long table
 * some hundred rows stand for all, so that thousands cost no more.
 * When even the longest words do not fit, narrow columns keep theirs, and only
 * what is wider than an even share has its words divided.
 * Where the first column would still make the rows tall (few letters to a line, as
 * in large print), its words stand in a line of their own above the others.
 *
 * The road not taken: the least height by trying all widths together. It is
 * dearer by a power for each column and seldom a line better. */
#include "compose/decimal.h"
#include "compose/table.h"

enum {
	MOST_SAMPLES = 160, /* rows that are weighed */
	STEPS = 48, /* that the room beyond the longest words is handed out in */
	MOST_EXCHANGE = 8, /* columns: beyond, none are exchanged */
	ROW_WEIGHT = 8, /* of a row's height against a cell's lines */
};

/* Where the words of a cell begin and end when it stands in one line. */
struct cell_words {
	int *begin, *end;
	size_t count, capacity;
};

/* ---- cells ---- */

static void add_word(struct arena *a, struct cell_words *w, int begin, int end)
{
	if (end <= begin)
		return;
	if (w->count == w->capacity) {
		size_t capacity = w->capacity ? 2 * w->capacity : 8;
		w->begin = arena_grow(a, w->begin, w->count, capacity, sizeof *w->begin);
		w->end = arena_grow(a, w->end, w->count, capacity, sizeof *w->end);
		w->capacity = capacity;
	}
	w->begin[w->count] = begin;
	w->end[w->count++] = end;
}

/* The longest word of a line; words, unless NULL, gets all of them. */
static int longest_word(struct arena *a, const struct line *line, struct cell_words *words)
{
	int x = 0, begin = 0, longest = 0;
	for (size_t i = 0; i < line->run_count; i++) {
		const struct glyph_run *g = &line->runs[i].glyphs;
		for (size_t k = 0; k < g->glyph_count; k++) {
			if (g->text.ptr[g->glyphs[k].text] == ' ') {
				longest = x - begin > longest ? x - begin : longest;
				if (words)
					add_word(a, words, begin, x);
				begin = x + g->glyphs[k].advance;
			}
			x += g->glyphs[k].advance;
		}
	}
	if (words)
		add_word(a, words, begin, x);
	return x - begin > longest ? x - begin : longest;
}

/* The width of a line up to byte `end` of its text. */
static int width_up_to(const struct line *line, size_t end)
{
	size_t base = 0;
	int x = 0;
	for (size_t i = 0; i < line->run_count; i++) {
		const struct glyph_run *g = &line->runs[i].glyphs;
		for (size_t k = 0; k < g->glyph_count; k++)
			if (base + g->glyphs[k].text < end)
				x += g->glyphs[k].advance;
		base += g->text.len;
	}
	return x;
}

/* Whether a line is a number; lead gets its width up to behind the units digit.
 * Raised figures are marks of notes, not of the number. */
static bool is_number(const struct line *line, int *lead)
{
	enum { LONGEST = 64 };
	struct buf b;
	buf_init(&b, 2 * LONGEST);
	for (size_t i = 0; i < line->run_count && line->runs[i].span->rise == 0; i++)
		buf_put(&b, str_sub(line->runs[i].glyphs.text, 0, LONGEST));
	size_t units = 0;
	bool number = b.len && b.len < LONGEST &&
		      decimal_find(buf_str(&b), line->runs[0].span->language, &units);
	buf_release(&b);
	*lead = width_up_to(line, units);
	return number;
}

/* ---- columns ---- */

struct measuring {
	struct composer *composer;
	struct block *block;
	struct table_measure *measure;
};

static struct cell *cell_at(const struct block *b, size_t row, int column)
{
	return &b->cells[row * (size_t)b->columns + (size_t)column];
}

/* Most of what stands below the header are numbers: they stand under one another.
 * The others, words and the header, end where the widest number ends. */
static void settle_decimals(struct measuring *m, int k, size_t numbers, size_t filled)
{
	struct table_column *column = &m->measure->columns[k];
	int lead = 0;
	column->decimal = numbers > 0 && numbers * 2 >= filled;
	for (size_t r = 1; r < m->block->rows; r++) {
		struct cell *cell = cell_at(m->block, r, k);
		if (!column->decimal)
			cell->number = NULL;
		if (!cell->number)
			continue;
		int tail = cell->number->width - cell->lead;
		lead = cell->lead > lead ? cell->lead : lead;
		column->tail = tail > column->tail ? tail : column->tail;
	}
	int wide = lead + column->tail;
	column->least = wide > column->least ? wide : column->least;
	column->natural = wide > column->natural ? wide : column->natural;
}

static void measure_column(struct measuring *m, int k)
{
	struct composer *c = m->composer;
	struct table_measure *t = m->measure;
	struct table_column *column = &t->columns[k];
	size_t numbers = 0, filled = 0;
	for (size_t r = 0; r < m->block->rows; r++) {
		struct cell *cell = cell_at(m->block, r, k);
		if (!cell->text.count)
			continue;
		struct line line =
			line_set(c->type, c->arena, cell->text.spans, cell->text.count, c->diags);
		struct cell_words *words =
			&t->words[r / t->stride * (size_t)m->block->columns + (size_t)k];
		int word = longest_word(c->arena, &line, r % t->stride ? NULL : words);
		column->least = word > column->least ? word : column->least;
		column->natural = line.width > column->natural ? line.width : column->natural;
		if (r == 0 || cell->align != ALIGN_RIGHT)
			continue;
		filled++;
		if (!is_number(&line, &cell->lead))
			continue;
		numbers++;
		struct line *number = NEW(c->arena, struct line);
		*number = line;
		cell->number = number;
	}
	settle_decimals(m, k, numbers, filled);
	column->least += PT; /* rounding must not break a line that fits */
	column->natural += PT;
}

const struct table_measure *table_measure(struct composer *c, struct block *b)
{
	if (b->measure)
		return b->measure;
	struct table_measure *t = b->measure = NEW(c->arena, struct table_measure);
	struct measuring m = { c, b, t };
	size_t n = (size_t)b->columns;
	t->columns = NEW_ARRAY(c->arena, struct table_column, n);
	t->stride = (b->rows + MOST_SAMPLES - 1) / MOST_SAMPLES;
	t->samples = (b->rows + t->stride - 1) / t->stride;
	t->words = NEW_ARRAY(c->arena, struct cell_words, t->samples * n);
	int64_t least = 0, natural = 0;
	for (int k = 0; k < b->columns; k++) {
		measure_column(&m, k);
		least += t->columns[k].least + (k ? 2 * TABLE_PAD : 0);
		natural += t->columns[k].natural + (k ? 2 * TABLE_PAD : 0);
	}
	t->least = least > INT32_MAX / 2 ? INT32_MAX / 2 : (int)least;
	t->natural = natural > INT32_MAX / 2 ? INT32_MAX / 2 : (int)natural;
	return t;
}

void table_widths(struct composer *c, struct block *b, int *least, int *natural)
{
	const struct table_measure *t = table_measure(c, b);
	*least = t->least;
	*natural = t->natural;
}

/* ---- the room is shared ---- */

struct sharing {
	const struct table_measure *measure;
	size_t first, end; /* columns that share */
	size_t stride; /* columns of the table */
	int room; /* beyond the least widths */
	unsigned char *lines; /* of a column's sampled cells, by step */
	int *at; /* steps a column has */
	int left; /* steps nobody has */
	unsigned char *others; /* of each sampled row, the tallest but one column */
};

static unsigned char *lines_of(const struct sharing *s, size_t column, int step)
{
	size_t k = column - s->first;
	return &s->lines[(k * (STEPS + 1) + (size_t)step) * s->measure->samples];
}

static int width_at(const struct sharing *s, size_t column)
{
	return s->measure->columns[column].least +
	       (int)((int64_t)s->room * s->at[column - s->first] / STEPS);
}

static unsigned char count_lines(const struct cell_words *w, int width)
{
	int lines = w->count > 0, begin = w->count ? w->begin[0] : 0;
	for (size_t i = 0; i < w->count; i++) {
		if (w->end[i] - begin <= width)
			continue;
		lines += i > 0 && lines < UINT8_MAX;
		begin = w->begin[i];
	}
	return (unsigned char)lines;
}

static void count_all_lines(struct sharing *s)
{
	const struct table_measure *t = s->measure;
	for (size_t k = s->first; k < s->end; k++)
		for (int step = 0; step <= STEPS; step++) {
			int width = t->columns[k].least + (int)((int64_t)s->room * step / STEPS);
			for (size_t r = 0; r < t->samples; r++)
				lines_of(s, k, step)[r] =
					count_lines(&t->words[r * s->stride + k], width);
		}
}

/* Notes how tall the rows are without these two columns. */
static void note_others(struct sharing *s, size_t without, size_t and_without)
{
	for (size_t r = 0; r < s->measure->samples; r++) {
		s->others[r] = 0;
		for (size_t k = s->first; k < s->end; k++) {
			unsigned char n = lines_of(s, k, s->at[k - s->first])[r];
			if (k != without && k != and_without && n > s->others[r])
				s->others[r] = n;
		}
	}
}

/* What the table costs, as far as these columns at these steps decide it: its
 * height, and where that is alike, the lines of its cells. */
static int64_t cost(const struct sharing *s, size_t a, int a_step, size_t b, int b_step)
{
	const unsigned char *a_lines = lines_of(s, a, a_step), *b_lines = lines_of(s, b, b_step);
	int64_t sum = 0;
	for (size_t r = 0; r < s->measure->samples; r++) {
		int tallest = a_lines[r] > b_lines[r] ? a_lines[r] : b_lines[r];
		tallest = s->others[r] > tallest ? s->others[r] : tallest;
		sum += ROW_WEIGHT * tallest + a_lines[r] + (a == b ? 0 : b_lines[r]);
	}
	return sum;
}

/* The steps that save most for their width go to their column; false when none
 * saves anything. */
static bool hand_out(struct sharing *s)
{
	size_t best = s->first;
	int best_reach = 0;
	int64_t best_gain = 0;
	for (size_t k = s->first; k < s->end; k++) {
		int at = s->at[k - s->first];
		note_others(s, k, k);
		int64_t now = cost(s, k, at, k, at);
		for (int reach = 1; reach <= s->left; reach++) {
			int64_t gain = now - cost(s, k, at + reach, k, at + reach);
			/* gain / reach > best_gain / best_reach */
			if (gain <= 0 || (best_reach && gain * best_reach <= best_gain * reach))
				continue;
			best = k;
			best_gain = gain;
			best_reach = reach;
		}
	}
	s->at[best - s->first] += best_reach;
	s->left -= best_reach;
	return best_reach > 0;
}

/* Some steps go from column a to b, when that saves lines. */
static bool exchange(struct sharing *s, size_t a, size_t b)
{
	int *from = &s->at[a - s->first], *to = &s->at[b - s->first];
	note_others(s, a, b);
	int64_t now = cost(s, a, *from, b, *to);
	for (int n = 1; n <= *from; n++) {
		if (cost(s, a, *from - n, b, *to + n + s->left) >= now)
			continue;
		*from -= n;
		*to += n + s->left;
		s->left = 0;
		return true;
	}
	return false;
}

static bool exchange_any(struct sharing *s)
{
	for (size_t a = s->first; a < s->end; a++)
		for (size_t b = s->first; b < s->end; b++)
			if (a != b && exchange(s, a, b))
				return true;
	return false;
}

/* The room beyond the longest words, to where it saves lines; what saves none, to
 * those that want more. */
static void share_room(struct composer *c, struct sharing *s, int *widths)
{
	const struct table_measure *t = s->measure;
	size_t n = s->end - s->first;
	s->lines = NEW_ARRAY(c->arena, unsigned char, n *(STEPS + 1) * t->samples);
	s->at = NEW_ARRAY(c->arena, int, n);
	s->others = NEW_ARRAY(c->arena, unsigned char, t->samples);
	s->left = STEPS;
	count_all_lines(s);
	while (hand_out(s))
		;
	for (int turns = 0; n <= MOST_EXCHANGE && turns < STEPS && exchange_any(s); turns++)
		;
	int64_t wanted = 0, left = s->room;
	for (size_t k = s->first; k < s->end; k++) {
		widths[k] = width_at(s, k);
		left -= widths[k] - t->columns[k].least;
		if (t->columns[k].natural > widths[k])
			wanted += t->columns[k].natural - widths[k];
	}
	for (size_t k = s->first; k < s->end && wanted > 0; k++)
		if (t->columns[k].natural > widths[k])
			widths[k] += (int)(left * (t->columns[k].natural - widths[k]) / wanted);
}

/* Even shares, but that a column which wants less than its share leaves the rest
 * to the others. */
static void share_need(const struct sharing *s, int room, int *widths)
{
	const struct table_column *columns = s->measure->columns;
	size_t open = s->end - s->first;
	for (bool settled = false; !settled && open > 0;) {
		settled = true;
		int share = room / (int)open;
		for (size_t k = s->first; k < s->end; k++) {
			if (widths[k] || columns[k].least > share)
				continue;
			widths[k] = columns[k].least;
			room -= widths[k];
			open--;
			settled = false;
		}
	}
	for (size_t k = s->first; k < s->end; k++)
		if (!widths[k])
			widths[k] = room / (int)open > PT ? room / (int)open : PT;
}

/* Columns from `first` on share a width with the gaps between them. */
static int *share(struct composer *c, const struct block *b, size_t first, int width)
{
	const struct table_measure *t = b->measure;
	struct sharing s = { .measure = t,
			     .first = first,
			     .end = (size_t)b->columns,
			     .stride = (size_t)b->columns };
	int n = b->columns - (int)first, room = width - (n - 1) * 2 * TABLE_PAD, used = 0;
	int64_t least = 0, natural = 0;
	int *widths = NEW_ARRAY(c->arena, int, b->columns);
	for (size_t k = first; k < s.end; k++) {
		least += t->columns[k].least;
		natural += t->columns[k].natural;
	}
	if (room < n * PT)
		room = n * PT;
	s.room = (int)(room - least);
	if (least > room)
		share_need(&s, room, widths);
	else if (natural > room)
		share_room(c, &s, widths);
	for (size_t k = first; k < s.end; k++) {
		if (natural <= room)
			widths[k] = (int)(t->columns[k].natural * (int64_t)room / natural);
		used += widths[k];
	}
	if (used < room)
		widths[s.end - 1] += room - used;
	return widths;
}

/* Lines of the sampled rows together; words that are wider than their column are
 * a line for each time they fill it. */
static int64_t height_of(const struct block *b, const int *widths, bool stacked)
{
	const struct table_measure *t = b->measure;
	int64_t sum = 0;
	for (size_t r = 0; r < t->samples; r++) {
		int tallest = 0, above = 0;
		for (int k = 0; k < b->columns; k++) {
			const struct cell_words *w = &t->words[r * (size_t)b->columns + (size_t)k];
			int lines = count_lines(w, widths[k]);
			for (size_t i = 0; i < w->count; i++)
				lines += (w->end[i] - w->begin[i] - 1) / widths[k];
			if (stacked && k == 0)
				above = lines;
			else
				tallest = lines > tallest ? lines : tallest;
		}
		sum += above + tallest;
	}
	return sum;
}

struct table_plan table_plan(struct composer *c, struct block *b, int width)
{
	const struct table_measure *t = table_measure(c, b);
	struct table_plan plan = { share(c, b, 0, width), false };
	if (b->columns < 3 || t->natural <= width || t->columns[0].decimal)
		return plan;
	struct table_plan stacked = { share(c, b, 1, width), true };
	stacked.widths[0] = width;
	/* it must save a fifth: side by side is how tables are read */
	if (5 * height_of(b, stacked.widths, true) <= 4 * height_of(b, plan.widths, false))
		return stacked;
	return plan;
}
