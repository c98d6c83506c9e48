/* What an article's first page looks like. */
#include "compose/fixture.h"

/* The widest run of the first page's text whose master has a picture frame from
 * `line` on, beside the text or across it. */
static int text_width(int line, bool beside)
{
	struct fixture f;
	fixture_open(&f, false);
	struct master *m = &f.layout->masters[0];
	m->frame_count = 0;
	fixture_frame(&f, m, FRAME_HEAD, 1, 1, false);
	fixture_frame(&f, m, FRAME_TEXT, 16, 1, true);
	fixture_frame(&f, m, FRAME_PICTURE, line, 1, line > 10);
	struct rect *text = &m->frames[1].rect, *picture = &m->frames[2].rect;
	int width = text->width * 2 / 3;
	picture->height = 14 * f.layout->grid.baseline;
	if (beside) {
		text->width = width;
		picture->x += width + 10 * PT;
		picture->width -= width + 10 * PT;
	}
	f.layout->templates[0].drop_cap_lines = 0;
	struct article *a = fixture_article(&f, "a", "Tytuł");
	for (int i = 0; i < 12; i++)
		fixture_paragraph(&f, a, NULL,
				  "Zdanie, które zajmuje więcej niż jeden wiersz tej szerokiej "
				  "szpalty, bo tyle właśnie ma do powiedzenia o całej sprawie.");
	struct pages *p = fixture_compose(&f);
	check_all(&f, p);
	int widest = 0;
	for (size_t i = 0; i < p->page[0].item_count; i++) {
		const struct item *item = &p->page[0].items[i];
		if (item->kind != ITEM_GLYPHS || !item->element)
			continue;
		int right = item->glyphs.x + glyphs_width(&item->glyphs) - f.layout->grid.inner;
		widest = right > widest ? right : widest;
	}
	int thousandths = (int)((int64_t)widest * 1000 / width);
	fixture_close(&f);
	return thousandths;
}

/* A letter keeps its column when nobody sent a photograph with it. */
static void text_beside_a_picture_stands_without_it(void **state)
{
	(void)state;
	assert_in_range(text_width(16, true), 950, 1020);
}

/* Where the picture would stand above the text, a page of running text is whole. */
static void no_empty_frame_stands_above_the_text(void **state)
{
	(void)state;
	assert_in_range(text_width(16, false), 1400, 1520); /* all three columns */
	assert_in_range(text_width(1, true), 1400, 1520);
}

/* The lowest word of a page, but for the folio, from its top. */
static int text_foot(const struct fixture *f, const struct page *page)
{
	int foot = 0;
	for (size_t i = 0; i < page->item_count; i++) {
		const struct item *item = &page->items[i];
		if (item->kind == ITEM_GLYPHS && item->element && item->glyphs.y > foot &&
		    item->glyphs.y < f->layout->grid.height - f->layout->grid.bottom)
			foot = item->glyphs.y;
	}
	return foot;
}

/* Room for the picture is not taken from the first lines of the text, however much the
 * last page would like them. */
static void no_opening_is_without_text(void **state)
{
	(void)state;
	for (int paragraphs = 3; paragraphs < 40; paragraphs++) {
		struct fixture f;
		fixture_open(&f, true);
		struct layout *l = f.layout;
		l->styles[STYLE_BODY].leading = l->styles[STYLE_BODY_FIRST].leading = 27 * PT;
		struct master *m = &l->masters[0];
		m->frame_count = 0;
		fixture_frame(&f, m, FRAME_PICTURE, 1, 1, false);
		fixture_frame(&f, m, FRAME_HEAD, 45, 1, false);
		fixture_frame(&f, m, FRAME_TEXT, 51, 1, true);
		m->frames[0].rect.height = 43 * l->grid.baseline;
		l->templates[0].drop_cap_lines = 0;
		struct article *a = fixture_article(&f, "a", "Tytuł");
		a->image = fixture_picture(&f, 4000, 3000);
		for (int i = 0; i < paragraphs; i++)
			fixture_paragraph(
				&f, a, NULL,
				"Zdanie, które zajmuje więcej niż jeden wiersz szerokiej "
				"szpalty, bo tyle właśnie ma do powiedzenia o całej sprawie.");
		struct pages *p = fixture_compose(&f);
		check_all(&f, p);
		const struct item *title = p->page[0].items;
		while (title->kind != ITEM_GLYPHS || title->glyphs.size != 30 * PT)
			title++;
		assert_true(text_foot(&f, &p->page[0]) >= title->glyphs.y + 2 * 27 * PT);
		fixture_close(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_beside_a_picture_stands_without_it),
		cmocka_unit_test(no_empty_frame_stands_above_the_text),
		cmocka_unit_test(no_opening_is_without_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
