/* Words and ground of a separate cover's spine. */
#include "compose/fixture.h"

static void bind(struct fixture *f, int spine_um)
{
	struct production *p = &f->layout->production;
	*p = production_usual();
	p->binding = BINDING_PERFECT;
	p->cover_apart = true;
	p->spine = unit_from_um(spine_um);
	p->spine_place.line = 1;
	f->layout->styles[STYLE_SPINE].background = f->layout->accent;
	f->doc.title = STR("Koordynator");
	for (int i = 0; i < 5; i++) {
		struct str slug = str_format(f->arena, "a%d", i);
		fixture_paragraph(f, fixture_article(f, slug.ptr, "Tytuł"), NULL, "Tak.");
	}
}

static const struct item *run_of(const struct page *spine, const char *text)
{
	for (size_t i = 0; i < spine->item_count; i++)
		if (spine->items[i].kind == ITEM_GLYPHS &&
		    str_equal(spine->items[i].glyphs.text, str_from(text)))
			return &spine->items[i];
	return NULL;
}

static int end_of(const struct item *item)
{
	int x = item->glyphs.x;
	for (size_t i = 0; i < item->glyphs.glyph_count; i++)
		x += item->glyphs.glyphs[i].advance;
	return x;
}

static void title_and_number_stand_between_the_margins(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8000);
	struct pages *p = fixture_compose(&f);
	const struct grid *g = &f.layout->grid;
	assert_int_equal(p->count, 5); /* it is no page */
	assert_non_null(p->spine);
	const struct item *title = run_of(p->spine, "Głos"),
			  *issue = run_of(p->spine, "Koordynator");
	const struct item *number = run_of(p->spine, "nr\u00A01/2026");
	assert_non_null(title);
	assert_non_null(issue);
	assert_non_null(number);
	assert_int_equal(title->glyphs.x, g->top);
	assert_true(issue->glyphs.x > end_of(title));
	assert_int_equal(end_of(number), g->height - g->bottom);
	/* 10 pt capitals in the middle of 22.677 pt */
	assert_int_equal(title->glyphs.y, 22677 / 2 + 3500);
	assert_int_equal(title->glyphs.size, 10 * PT);
	for (size_t i = 0; i < p->spine->item_count; i++)
		assert_null(p->spine->items[i].element);
	fixture_close(&f);
}

static void its_ground_bleeds_at_both_ends(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8000);
	f.layout->grid.bleed = 8504;
	const struct item *ground = &fixture_compose(&f)->spine->items[0];
	assert_int_equal(ground->kind, ITEM_FILL);
	assert_int_equal(ground->fill.rect.x, -8504);
	assert_int_equal(ground->fill.rect.width, f.layout->grid.height + 2 * 8504);
	assert_int_equal(ground->fill.rect.y, 0);
	assert_int_equal(ground->fill.rect.height, 22677);
	fixture_close(&f);
}

static void thin_spines_have_smaller_words_or_none(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 6000); /* 3 mm between the edges: 8.504 pt */
	const struct item *title = run_of(fixture_compose(&f)->spine, "Głos");
	assert_non_null(title);
	assert_in_range(title->glyphs.size, 8503, 8505);
	f.layout->production.spine = unit_from_um(5900);
	struct pages *p = fixture_compose(&f);
	assert_int_equal(p->spine->item_count, 1); /* the ground alone */
	f.layout->styles[STYLE_SPINE].background = NULL;
	assert_int_equal(fixture_compose(&f)->spine->item_count, 0);
	fixture_close(&f);
}

static void long_titles_give_way(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8000);
	static const char words[] =
		"Koordynator prowadzi pacjenta przez szpitale, poradnie i urzędy, a po leczeniu "
		"wraca z nim do pracy, do domu i do przyjaciół, których przez rok nie widział, "
		"i do wszystkiego, co odłożył na później";
	f.doc.title = str_from(words);
	struct pages *p = fixture_compose(&f);
	assert_null(run_of(p->spine, words)); /* the issue's title has no room */
	assert_non_null(run_of(p->spine, "Głos"));
	f.publication.title = f.doc.title;
	f.doc.title = STR("");
	p = fixture_compose(&f);
	const struct item *title = run_of(p->spine, words);
	assert_non_null(title); /* the publication's becomes smaller */
	assert_true(title->glyphs.size < 10 * PT);
	assert_true(end_of(title) <= run_of(p->spine, "nr\u00A01/2026")->glyphs.x);
	fixture_close(&f);
}

static void no_spine_without_need(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8000);
	f.layout->roles[STYLE_SPINE] = NULL;
	assert_null(fixture_compose(&f)->spine);
	f.layout->roles[STYLE_SPINE] = &f.layout->styles[STYLE_SPINE];
	f.layout->production.binding = BINDING_SADDLE;
	assert_null(fixture_compose(&f)->spine);
	f.layout->production.binding = BINDING_PERFECT;
	f.layout->production.cover_apart = false;
	assert_null(fixture_compose(&f)->spine);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_and_number_stand_between_the_margins),
		cmocka_unit_test(its_ground_bleeds_at_both_ends),
		cmocka_unit_test(thin_spines_have_smaller_words_or_none),
		cmocka_unit_test(long_titles_give_way),
		cmocka_unit_test(no_spine_without_need),
	};
	return cmocka_run_group_tests_name("spine", tests, NULL, NULL);
}
