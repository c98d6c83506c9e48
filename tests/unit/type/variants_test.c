/* Paragraphs a line shorter and a line longer than best. */
#include "articles.h"
#include "checked.h"

static struct paragraph justified(const struct span *span, const struct line_box *boxes,
				  size_t count)
{
	return (struct paragraph){ .spans = span,
				   .span_count = 1,
				   .boxes = boxes,
				   .box_count = count,
				   .align = TEXT_JUSTIFIED,
				   .indent = 10000,
				   .hyphenate = true,
				   .hyphens_in_row = 2 };
}

static void assert_equal(const struct lines *a, const struct lines *b)
{
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->demerits, b->demerits);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(a->line[i].x, b->line[i].x);
		assert_int_equal(a->line[i].width, b->line[i].width);
		assert_int_equal(a->line[i].run_count, b->line[i].run_count);
		for (size_t r = 0; r < a->line[i].run_count; r++)
			assert_true(str_equal(a->line[i].runs[r].glyphs.text,
					      b->line[i].runs[r].glyphs.text));
	}
}

static size_t loose_lines(const struct lines *l)
{
	size_t loose = 0;
	for (size_t i = 0; i < l->count; i++)
		loose += !l->line[i].last && sample_gap(&l->line[i]) > 420;
	return loose;
}

/* The last line of more than one begins with a whole word or goes on behind it, and
 * is as long as an indent needs. */
static bool ends_short(const struct lines *l)
{
	const struct line *last = &l->line[l->count - 1];
	return l->count > 1 && last->width < 20000 - 5000;
}

/* What must hold of the three sets together; how many others there are. */
static size_t check_variants(struct sample *s, const struct paragraph *p, struct str text)
{
	struct lines out[3];
	size_t others = 0;
	sample_sets(s, p, out);
	struct lines best = paragraph_break(s->type, s->arena, p, s->diags);
	assert_equal(&out[1], &best);
	for (int i = 0; i < 3; i++) {
		if (i != 1 && !out[i].count)
			continue;
		check_paragraph(s, &out[i], p, text);
		assert_int_equal(out[i].count, best.count + (size_t)i - 1);
		assert_true(out[i].demerits >= best.demerits);
		assert_true(out[i].demerits - best.demerits <= 1000000 * (int64_t)best.count);
		assert_true(p->align != TEXT_JUSTIFIED ||
			    loose_lines(&out[i]) <= loose_lines(&best));
		assert_true(!ends_short(&out[i]) || ends_short(&best));
		others += i != 1;
	}
	return others;
}

/* The articles of the sample, in columns and beside what stands in their way. */
static void variants_keep_the_promises_of_the_best(void **state)
{
	(void)state;
	static const int widths[] = { 58000, 72000, 86000 };
	struct sample *s = sample_open();
	struct str paragraphs[400];
	size_t count = sample_paragraphs(s, paragraphs, 400), others = 0;
	for (size_t w = 0; w < 3; w++)
		for (size_t i = 0; i < count; i++) {
			int width = unit_from_um(widths[w]);
			struct line_box boxes[3] = { { 60000, width - 60000 },
						     { 60000, width - 60000 },
						     { 0, width } };
			struct span span = sample_span(s, paragraphs[i], "pl");
			struct paragraph p =
				justified(&span, i % 3 ? boxes + 2 : boxes, i % 3 ? 1 : 3);
			p.align = i % 7 ? TEXT_JUSTIFIED : TEXT_LEFT;
			others += check_variants(s, &p, paragraphs[i]);
		}
	print_message("# %zu variants of %zu paragraphs\n", others, 3 * count);
	assert_true(4 * others > 3 * count); /* one paragraph in four, or it is little use */
	sample_close(s);
}

static void headings_have_no_variants(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span span = sample_span(s, STR("Gdzie zadzwonić, gdy nie wiadomo, co dalej"), "pl");
	struct line_box box = { 0, 120000 };
	struct paragraph p = justified(&span, &box, 1);
	struct lines out[3];
	p.align = TEXT_LEFT;
	p.balance = true;
	sample_sets(s, &p, out);
	assert_true(out[1].count > 1);
	assert_int_equal(out[0].count + out[2].count, 0);
	sample_close(s);
}

/* A word cut anywhere leaves no room for wishes, and is told of once. */
static void neither_have_words_too_wide(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span span = sample_span(s, STR("Oto XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX i tyle."), "pl");
	struct line_box box = { 0, 60000 };
	struct paragraph p = justified(&span, &box, 1);
	struct lines out[3];
	sample_sets(s, &p, out);
	assert_true(out[1].count > 2);
	assert_int_equal(out[0].count + out[2].count, 0);
	assert_int_equal(diags_count(s->diags), 1);
	sample_close(s);
}

static void nothing_has_no_lines(void **state)
{
	(void)state;
	struct sample *s = sample_open();
	struct span span = sample_span(s, STR(" "), "pl");
	struct line_box box = { 0, 60000 };
	struct paragraph p = justified(&span, &box, 1);
	struct lines out[3];
	sample_sets(s, &p, out);
	assert_int_equal(out[0].count + out[1].count + out[2].count, 0);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variants_keep_the_promises_of_the_best),
		cmocka_unit_test(headings_have_no_variants),
		cmocka_unit_test(neither_have_words_too_wide),
		cmocka_unit_test(nothing_has_no_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
