/* More hands make the same pages, and tell the same. */
#include "compose/fixture.h"

#include "model/dump.h"

/* Many paragraphs, some with what has to be told of: a character that no font has, a
 * word wider than its line. */
static void add_paragraphs(struct fixture *f, struct article *a, int count)
{
	static const char *const words[] = { "koordynator", "lekarza", "pacjent", "i",
					     "w",           "badanie", "wynik",   "opieka" };
	struct buf b;
	for (int i = 0; i < count; i++) {
		buf_init(&b, 1 << 16);
		for (int k = 20 + fixture_random(f, 90); k > 0; k--)
			buf_format(&b, "%s ", words[fixture_random(f, 8)]);
		if (i % 7 == 3)
			buf_put_c(&b, "znak \xf0\x93\x80\x80 i ");
		for (int k = 0; i % 11 == 5 && k < 90; k++)
			buf_put_c(&b, "W");
		buf_put_c(&b, "koniec.");
		fixture_paragraph(f, a, NULL, str_c(f->arena, buf_str(&b)));
		buf_release(&b);
	}
}

/* The pages, then what was told, as text of the fixture's arena. */
static struct str compose_by(struct fixture *f, size_t processors)
{
	struct world world = { .processors = processors };
	struct diags *d = diags_new(f->arena);
	struct buf out;
	buf_init(&out, 1 << 26);
	dump_pages(&out, compose_issue(f->arena, &f->doc, f->layout, &world, d));
	for (size_t i = 0; i < diags_count(d); i++)
		buf_format(&out, "%s %d %.*s\n", diag_name(diags_at(d, i)->code),
			   diags_at(d, i)->place.line, STR_ARG(diags_at(d, i)->detail));
	struct str text = str_copy(f->arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Articles of all lengths: the texts of one are set while another is poured. */
static void hands_change_nothing(void **state)
{
	static const char *const slugs[] = { "raz", "dwa", "trzy", "cztery", "pięć", "sześć" };
	static const int lengths[] = { 40, 1, 25, 3, 50, 12 };
	(void)state;
	for (int n = 0; n < 6; n++) {
		struct fixture f;
		fixture_open(&f, n % 3 == 2);
		f.seed = 77u + (unsigned)n;
		for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++)
			add_paragraphs(&f, fixture_article(&f, slugs[i], "Tytuł"), lengths[i]);
		struct str alone = compose_by(&f, 1);
		assert_true(str_find(alone, STR("glyph-missing"), 0) < alone.len);
		assert_true(str_find(alone, STR("unbreakable"), 0) < alone.len);
		for (size_t hands = 2; hands <= 5; hands++)
			assert_true(str_equal(compose_by(&f, hands), alone));
		fixture_close(&f);
	}
}

/* Beyond what is kept of reports, too. */
static void no_report_is_lost_among_many(void **state)
{
	(void)state;
	size_t counts[2];
	for (int n = 0; n < 2; n++) {
		struct world world = { .processors = n ? 3 : 1 };
		struct fixture f;
		fixture_open(&f, false);
		struct article *a = fixture_article(&f, "raz", "Tytuł");
		struct buf b;
		buf_init(&b, 1 << 10);
		for (int k = 0; k < 90; k++)
			buf_put_c(&b, "W");
		for (int i = 0; i < 1300; i++)
			fixture_paragraph(&f, a, NULL, str_c(f.arena, buf_str(&b)));
		buf_release(&b);
		compose_issue(f.arena, &f.doc, f.layout, &world, f.diags);
		counts[n] = diags_level_count(f.diags, DIAG_LEVEL_WARNING);
		fixture_close(&f);
	}
	assert_int_equal(counts[0], 1300);
	assert_int_equal(counts[0], counts[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hands_change_nothing),
		cmocka_unit_test(no_report_is_lost_among_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
