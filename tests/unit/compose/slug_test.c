/* What sheets say to who prints them. */
#include "compose/fixture.h"

static void bind(struct fixture *f, int articles)
{
	struct production *p = &f->layout->production;
	*p = production_usual();
	p->cover_apart = p->imposed = true;
	f->layout->cmyk = true;
	f->layout->marks = (struct marks){ .crop = true, .offset = 9 * PT, .length = 14 * PT };
	for (int i = 0; i < articles; i++) {
		struct str slug = str_format(f->arena, "a%d", i);
		fixture_paragraph(f, fixture_article(f, slug.ptr, "Tytuł"), NULL, "Tak.");
	}
}

/* Of the items from one on. */
static struct str words_from(struct fixture *f, const struct page *slug, size_t from)
{
	struct buf b;
	buf_init(&b, 1000);
	for (size_t i = from; i < slug->item_count; i++) {
		assert_int_equal(slug->items[i].kind, ITEM_GLYPHS);
		buf_put(&b, slug->items[i].glyphs.text);
	}
	struct str words = str_copy(f->arena, buf_str(&b));
	buf_release(&b);
	return words;
}

static struct str words_of(struct fixture *f, const struct page *slug)
{
	return words_from(f, slug, 0);
}

static void every_side_is_named(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 12);
	static struct ink spot = { .name = STR_INIT("PANTONE 300 C") };
	f.layout->spots = &spot;
	f.layout->spot_count = 1;
	struct pages *p = fixture_compose(&f);
	assert_int_equal(p->count, 12); /* they are no pages */
	assert_non_null(p->cover_slugs);
	assert_non_null(p->sheet_slugs);
	static const char *const names[] = {
		"okładka, strona zewnętrzna", "okładka, strona wewnętrzna",
		"arkusz 1/2 przód",           "arkusz 1/2 tył",
		"arkusz 2/2 przód",           "arkusz 2/2 tył"
	};
	for (size_t i = 0; i < 6; i++) {
		const struct page *slug = i < 2 ? &p->cover_slugs[i] : &p->sheet_slugs[i - 2];
		struct str words = words_of(&f, slug);
		struct str wanted = str_format(
			f.arena,
			"Głos  nr\u00A01/2026  %s  Cyan Magenta Yellow Black, PANTONE 300 C  ",
			names[i]);
		if (!str_starts(words, wanted))
			fail_msg("%.*s", STR_ARG(words));
		assert_int_equal(words.len, wanted.len + strlen("2026-03-17"));
	}
	fixture_close(&f);
}

/* On the black plate alone, of 6 pt at the most, and never into the fold's marks. */
static void it_is_black_and_has_room(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8);
	f.publication.title = STR("Kwartalnik Stowarzyszenia Pacjentów Onkologicznych Województwa "
				  "Zachodniopomorskiego i Wszystkich Jego Oddziałów Terenowych");
	struct pages *p = fixture_compose(&f);
	const struct page *slug = &p->sheet_slugs[0];
	int end = 0;
	for (size_t i = 0; i < slug->item_count; i++) {
		const struct glyph_run *r = &slug->items[i].glyphs;
		assert_true(r->size < 6 * PT && r->size > PT);
		assert_int_equal(r->colour->cmyk[3], 1000);
		assert_int_equal(r->colour->cmyk[0] + r->colour->cmyk[1] + r->colour->cmyk[2], 0);
		assert_null(slug->items[i].element);
		end = r->x;
		for (size_t g = 0; g < r->glyph_count; g++)
			end += r->glyphs[g].advance;
	}
	assert_true(end <= f.layout->grid.width - 2 * 14 * PT + PT);
	fixture_close(&f);
}

/* Where the words of a page's slug begin: behind its marks. */
static size_t slug_of_page(const struct page *p)
{
	size_t i = p->item_count;
	while (i > p->item_count - p->mark_count && p->items[i - 1].kind == ITEM_GLYPHS)
		i--;
	return i;
}

/* Above the left half, between the marks' lines; sheets leave it out with the marks. */
static void every_page_with_marks_is_named(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 4);
	f.layout->marks.registration = true;
	struct pages *p = fixture_compose(&f);
	for (size_t n = 0; n < p->count; n++) {
		const struct page *page = &p->page[n];
		size_t from = slug_of_page(page);
		assert_true(from < page->item_count);
		struct str words = words_from(&f, page, from);
		struct str wanted = str_format(f.arena,
					       "Głos  nr\u00A01/2026  strona\u00A0%zu  Cyan "
					       "Magenta Yellow Black  ",
					       n + 1);
		if (!str_starts(words, wanted))
			fail_msg("%.*s", STR_ARG(words));
		for (size_t i = from; i < page->item_count; i++) {
			const struct glyph_run *r = &page->items[i].glyphs;
			assert_int_equal(r->colour->cmyk[3], 1000);
			assert_true(r->x >= 14 * PT && r->y < -9 * PT);
			assert_true(r->y - r->size > -(9 + 14) * PT);
			int end = r->x;
			for (size_t g = 0; g < r->glyph_count; g++)
				end += r->glyphs[g].advance;
			assert_true(end < f.layout->grid.width / 2 - 14 * PT / 2);
		}
	}
	f.layout->marks.crop = f.layout->marks.registration = false;
	p = fixture_compose(&f);
	for (size_t n = 0; n < p->count; n++)
		assert_int_equal(p->page[n].mark_count, 0);
	fixture_close(&f);
}

static void none_without_marks_or_sheets(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, false);
	bind(&f, 8);
	f.layout->marks.crop = false;
	struct pages *p = fixture_compose(&f);
	assert_null(p->cover_slugs);
	assert_non_null(p->sheet_slugs); /* sheets are folded by their marks */
	f.layout->production.imposed = false;
	assert_null(fixture_compose(&f)->sheet_slugs);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_side_is_named),
		cmocka_unit_test(it_is_black_and_has_room),
		cmocka_unit_test(every_page_with_marks_is_named),
		cmocka_unit_test(none_without_marks_or_sheets),
	};
	return cmocka_run_group_tests_name("slug", tests, NULL, NULL);
}
