/* How evenly justified text is set: the articles of the sample issue, roughly
 * stripped of their markup, in columns of a magazine. The bounds are what the
 * best typesetters reach; the figures are printed. */
#include "articles.h"

struct figures {
	size_t lines, gapped, loose, hyphenated, worst_ladder, overfull;
	int64_t sum, squares; /* of gaps, 1/1000 em */
};

static void measure(struct figures *f, const struct lines *l)
{
	size_t ladder = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct line *line = &l->line[i];
		int gap = sample_gap(line);
		f->lines++;
		f->overfull += line->overfull;
		f->hyphenated += line->hyphenated;
		ladder = line->hyphenated ? ladder + 1 : 0;
		if (ladder > f->worst_ladder)
			f->worst_ladder = ladder;
		if (line->last || gap < 0)
			continue;
		f->gapped++;
		f->sum += gap;
		f->squares += gap * gap;
		f->loose += gap > 420;
	}
}

static void text_is_set_evenly(void **state)
{
	(void)state;
	static const struct {
		int um, ladder, mean, deviation, loose; /* gaps in 1/1000 em, loose in 1/1000 */
	} columns[] = {
		{ 58000, 3, 265, 48, 10 },
		{ 72000, 2, 265, 45, 10 },
		{ 86000, 2, 265, 45, 10 },
	};
	struct sample *s = sample_open();
	struct str paragraphs[400];
	size_t count = sample_paragraphs(s, paragraphs, 400);
	assert_true(count > 30);
	for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
		struct figures f = { 0 };
		struct line_box box = { 0, unit_from_um(columns[c].um) };
		for (size_t i = 0; i < count; i++) {
			struct span span = sample_span(s, paragraphs[i], "pl");
			struct paragraph p = { .spans = &span,
					       .span_count = 1,
					       .boxes = &box,
					       .box_count = 1,
					       .align = TEXT_JUSTIFIED,
					       .indent = 10000,
					       .hyphenate = true,
					       .hyphens_in_row = columns[c].ladder };
			struct lines l = paragraph_break(s->type, s->arena, &p, s->diags);
			measure(&f, &l);
		}
		int64_t n = (int64_t)f.gapped, mean = f.sum / n;
		int64_t variance = (n * f.squares - f.sum * f.sum) / (n * n);
		print_message("# %d mm: %zu lines, gap .%03d em, deviation^2 %d, loose %zu, "
			      "hyphenated %zu\n",
			      columns[c].um / 1000, f.lines, (int)mean, (int)variance, f.loose,
			      f.hyphenated);
		assert_true(f.lines > 300);
		assert_int_equal(f.overfull, 0);
		assert_true(mean <= columns[c].mean);
		assert_true(variance <= columns[c].deviation * columns[c].deviation);
		assert_true(1000 * f.loose <= (size_t)columns[c].loose * f.gapped);
		assert_true(f.worst_ladder <= (size_t)columns[c].ladder);
		assert_true(10 * f.hyphenated < 4 * f.lines);
	}
	assert_int_equal(diags_count(s->diags), 0);
	sample_close(s);
}

/* Paragraphs of more than one line by how they end. */
struct endings {
	size_t all, hyphens, fragments; /* behind a divided word; the rest of it alone */
};

static bool is_one_word(const struct line *l)
{
	for (size_t i = 0; i < l->run_count; i++) {
		struct str said = str_trim(l->runs[i].glyphs.text);
		if (str_find(said, STR(" "), 0) < said.len)
			return false;
	}
	return true;
}

static void count_ending(struct endings *e, const struct lines *l)
{
	if (l->count < 2)
		return;
	bool divided = l->line[l->count - 2].hyphenated;
	e->all++;
	e->hyphens += divided;
	e->fragments += divided && is_one_word(&l->line[l->count - 1]);
}

/* Half a word is a poor end: it stands alone where nothing else fits. */
static void paragraphs_end_with_whole_words(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct str paragraphs[400];
	size_t count = sample_paragraphs(s, paragraphs, 400);
	struct endings e = { 0 };
	for (int um = 52000; um <= 90000; um += 2000)
		for (size_t i = 0; i < count; i++) {
			struct line_box box = { 0, unit_from_um(um) };
			struct span span = sample_span(s, paragraphs[i], "pl");
			struct paragraph p = { .spans = &span,
					       .span_count = 1,
					       .boxes = &box,
					       .box_count = 1,
					       .align = TEXT_JUSTIFIED,
					       .indent = 10000,
					       .hyphenate = true,
					       .hyphens_in_row = 2 };
			struct lines l = paragraph_break(s->type, s->arena, &p, s->diags);
			count_ending(&e, &l);
		}
	print_message("# %zu paragraphs, %zu end behind a divided word, %zu with its rest\n", e.all,
		      e.hyphens, e.fragments);
	assert_true(e.all > 1000);
	assert_true(1000 * e.fragments < 10 * e.all);
	assert_true(100 * e.hyphens < 24 * e.all);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_set_evenly),
		cmocka_unit_test(paragraphs_end_with_whole_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
