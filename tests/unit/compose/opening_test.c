/* Which opening an article without a picture gets. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_beside_a_picture_stands_without_it),
		cmocka_unit_test(no_empty_frame_stands_above_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
