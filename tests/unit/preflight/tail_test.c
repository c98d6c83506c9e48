/* An article's last page: what counts as a line of it, and what else stands there. */
#include "preflight/pages.h"

enum { BASELINE = 12 * PT };

static struct master one_column;
static struct article article;

static void words(struct sample *s, int line, int raised, int size, const char *text)
{
	struct page *p = &s->pages.page[s->pages.count - 1];
	struct item *i =
		words_at(s, p, style_at(s, 1, &s->black), size, (60 + 90 * (raised > 0)) * PT,
			 (40 + 12 * line) * PT - raised, text);
	i->element = sample_element(s, ELEMENT_PARAGRAPH, NULL);
}

/* An article of two pages; the last has room for 36 lines. */
static struct sample *two_pages(void)
{
	static struct frame frame;
	struct sample *s = pages_open(EDITION_PRINT);
	s->layout.grid.baseline = BASELINE;
	frame = (struct frame){ .role = FRAME_TEXT,
				.rect = { 60 * PT, 40 * PT, 400 * PT, 36 * BASELINE },
				.columns = 1 };
	one_column = (struct master){ .frames = &frame, .frame_count = 1 };
	article = (struct article){ .place = at(2) };
	for (int n = 0; n < 2; n++) {
		struct page *p = sample_page(s);
		p->article = &article;
		p->master = &one_column;
		words(s, 1, 0, 10 * PT, "Słowo");
	}
	return s;
}

static void raised_figures_are_no_lines(void **state)
{
	(void)state;
	struct sample *s = two_pages();
	words(s, 1, 4 * PT, 6 * PT, "1");
	words(s, 2, 0, 10 * PT, "Słowo");
	words(s, 2, -2 * PT, 6 * PT, "2");
	assert_judged(s, "2 page-tail page 2 has 2 lines\n");
	sample_close(s);
}

static void pages_with_more_are_meant(void **state)
{
	(void)state;
	struct sample *s = two_pages();
	for (int line = 2; line <= 4; line++)
		words(s, line, 0, 10 * PT, "Słowo");
	assert_lines(s, DIAG_PAGE_TAIL, "2 ");
	words(s, 5, 0, 10 * PT, "Słowo");
	assert_lines(s, DIAG_PAGE_TAIL, "");
	sample_close(s);
	s = two_pages();
	sample_fill(s, &s->pages.page[1], &s->teal, 60 * PT, 200 * PT, 90 * PT, 90 * PT)->artifact =
		ARTIFACT_LAYOUT;
	assert_lines(s, DIAG_PAGE_TAIL, "");
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raised_figures_are_no_lines),
		cmocka_unit_test(pages_with_more_are_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
