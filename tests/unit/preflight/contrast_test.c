/* Words against what is behind them. */
#include "preflight/pages.h"

enum { LINE_4_54 = 0x76, LINE_4_48 = 0x77, LINE_3_03 = 0x94, LINE_2_99 = 0x95, LINE_7 = 0x59 };

static void small_and_large_letters_have_their_limits(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	const struct {
		int grey, size, face;
	} cases[] = { { LINE_4_54, 10 * PT, SERIF },  { LINE_4_48, 10 * PT, SERIF },
		      { LINE_3_03, 18 * PT, SERIF },  { LINE_2_99, 18 * PT, SERIF },
		      { LINE_4_48, 17999, SERIF },    { LINE_3_03, 14 * PT, SANS_BOLD },
		      { LINE_3_03, 13999, SANS_BOLD } };
	for (int n = 0; n < 7; n++) {
		const struct style *style = style_at(s, n + 1, light(s, 40, cases[n].grey));
		struct item *i =
			words_at(s, p, style, cases[n].size, 90 * PT, (90 + 30 * n) * PT, "Słowo");
		i->glyphs.face = &s->faces[cases[n].face];
	}
	words_at(s, p, style_at(s, 8, light(s, 40, 255)), 10 * PT, 90 * PT, 500 * PT, " ");
	assert_lines(s, DIAG_CONTRAST, "2 4 5 7 ");
	s->layout.edition = EDITION_LARGE;
	words_at(s, p, style_at(s, 9, light(s, 40, LINE_7)), 10 * PT, 90 * PT, 600 * PT, "Słowo");
	words_at(s, p, style_at(s, 10, light(s, 40, LINE_7 + 2)), 30 * PT, 90 * PT, 600 * PT,
		 "Słowo");
	assert_lines(s, DIAG_CONTRAST, "1 2 3 4 5 6 7 10 ");
	s->layout.edition = EDITION_PRINT;
	assert_lines(s, DIAG_CONTRAST, "");
	sample_close(s);
}

static void the_ground_is_what_was_painted_last(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	const struct colour *white = light(s, 1, 255), *dark = light(s, 2, 20);
	sample_fill(s, p, dark, 0, 0, 300 * PT, 400 * PT);
	words_at(s, p, style_at(s, 11, white), 10 * PT, 20 * PT, 20 * PT, "Na ciemnym");
	words_at(s, p, style_at(s, 12, white), 10 * PT, 280 * PT, 40 * PT, "Na ciemnym i dalej");
	words_at(s, p, style_at(s, 13, dark), 10 * PT, 20 * PT, 60 * PT, "Na ciemnym");
	sample_fill(s, p, white, 10 * PT, 100 * PT, 200 * PT, 100 * PT);
	words_at(s, p, style_at(s, 14, dark), 10 * PT, 20 * PT, 120 * PT, "Na jasnym w ciemnym");
	words_at(s, p, style_at(s, 15, white), 10 * PT, 20 * PT, 140 * PT, "Na jasnym w ciemnym");
	/* Over a picture it is another fault; what is painted later is no ground. */
	struct picture *picture = draw_png(s, "a.png", 40, 40, PNG_COLOR_TYPE_RGB, 8, false);
	sample_picture(s, p, NULL, picture, 10 * PT, 300 * PT, 90 * PT);
	words_at(s, p, style_at(s, 16, dark), 10 * PT, 20 * PT, 320 * PT, "Na");
	words_at(s, p, style_at(s, 17, white), 10 * PT, 20 * PT, 340 * PT, "Na");
	words_at(s, p, style_at(s, 18, white), 10 * PT, 20 * PT, 220 * PT, "Pod");
	sample_fill(s, p, white, 10 * PT, 210 * PT, 100 * PT, 20 * PT);
	assert_lines(s, DIAG_CONTRAST, "12 13 15 ");
	sample_close(s);
}

/* The slope of draw.h, 100 pt wide: red, then greys that grow lighter to the right. */
static void pictures_are_judged_where_they_are_worst(void **state)
{
	(void)state;
	static const struct {
		int grey, x, y;
		const char *text, *worst; /* NULL: nothing is said */
	} words[] = {
		{ 255, 12, 60, "Na", NULL }, /* white on the red corner: 5:1 */
		{ 255, 12, 90, "Na", NULL }, /* on the dark left end of the slope */
		{ 255, 70, 90, "Na", "2." }, /* on its light end */
		{ 20, 80, 90, "Na", NULL },
		{ 20, 12, 90, "Na ciemnym i coraz jasniej", "1." }, /* one end is enough */
		{ 120, 60, 90, "Na", "1." },
		{ 120, 150, 90, "Obok", NULL },
		{ 120, 12, 140, "Pod", NULL },
	};
	for (int kind = 0; kind < 2; kind++) /* PNG, JPEG */
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			struct sample *s = pages_open(EDITION_SCREEN);
			struct page *p = sample_page(s);
			struct picture *picture =
				kind ? draw_jpeg(s, "a.jpg", 200, 100, 3, false, STR(""))
				     : draw_png(s, "a.png", 200, 100, PNG_COLOR_TYPE_RGB, 8, false);
			sample_picture(s, p, NULL, picture, 10 * PT, 50 * PT, 100 * PT);
			int x = words[i].x * PT, y = words[i].y * PT;
			words_at(s, p, style_at(s, 1, light(s, 2, words[i].grey)), 8 * PT, x, y,
				 words[i].text);
			struct str said = judged(s);
			bool told = str_find(said,
					     STR("7 contrast-picture style1 in colour2 on "
						 "images/a."),
					     0) < said.len;
			if (told != (words[i].worst != NULL))
				fail_msg("%zu: %.*s", i, STR_ARG(said));
			if (told && str_find(said,
					     str_format(s->arena, "a.%s: %s", kind ? "jpg" : "png",
							words[i].worst),
					     0) == said.len)
				fail_msg("%zu: %.*s", i, STR_ARG(said));
			sample_close(s);
		}
}

/* A turned picture is judged as it stands: white is told on the light end alone. */
static void turned_pictures_are_judged_upright(void **state)
{
	(void)state;
	static const struct {
		int orientation, x, y; /* where the light end of the slope is */
	} turns[] = { { 1, 85, 70 },  { 2, 12, 70 },  { 3, 12, 70 }, { 4, 85, 70 },
		      { 5, 40, 130 }, { 6, 12, 140 }, { 7, 12, 58 }, { 8, 40, 58 } };
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		struct sample *s = pages_open(EDITION_SCREEN);
		struct page *p = sample_page(s);
		struct picture *picture = draw_jpeg(s, "a.jpg", 200, 100, 3, false, STR(""));
		picture->orientation = turns[i].orientation;
		bool upright = picture->orientation < 5;
		sample_picture(s, p, NULL, picture, 10 * PT, 50 * PT, upright ? 100 * PT : 50 * PT);
		words_at(s, p, style_at(s, 1, light(s, 2, 255)), 6 * PT, turns[i].x * PT,
			 turns[i].y * PT, "Na");
		if (str_find(judged(s), STR("contrast-picture"), 0) == judged(s).len)
			fail_msg("orientation %d", turns[i].orientation);
		sample_close(s);
	}
}

/* What shows through a transparent picture counts, as does what lies on it. */
static void grounds_below_and_upon_pictures_count(void **state)
{
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		struct sample *s = pages_open(EDITION_SCREEN);
		struct page *p = sample_page(s);
		const struct colour *white = light(s, 1, 255), *dark = light(s, 2, 20);
		if (kind == 1)
			sample_fill(s, p, dark, 0, 0, 300 * PT, 300 * PT);
		sample_picture(s, p, NULL,
			       draw_png(s, "a.png", 200, 100, PNG_COLOR_TYPE_RGBA, 8, false),
			       10 * PT, 50 * PT, 100 * PT);
		if (kind == 2)
			sample_fill(s, p, dark, 60 * PT, 70 * PT, 60 * PT, 40 * PT);
		/* white at the end that is all but transparent */
		words_at(s, p, style_at(s, 3, white), 8 * PT, 92 * PT, 90 * PT, "Na");
		assert_lines(s, DIAG_CONTRAST_PICTURE, kind == 0 ? "7 " : "");
		sample_close(s);
	}
}

/* A colour that the page gave (furniture) is told at the colour. */
static void colours_not_of_the_style_are_told_at_their_own_place(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_SCREEN);
	struct page *p = sample_page(s);
	const struct colour *pale = light(s, 77, 200);
	struct item *i = words_at(s, p, style_at(s, 5, &s->black), 10 * PT, 90 * PT, 90 * PT, "2");
	i->glyphs.colour = pale;
	assert_judged(s, "77 contrast style5 in colour77 on the page: 1.67:1, page 1 of screen\n");
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_and_large_letters_have_their_limits),
		cmocka_unit_test(the_ground_is_what_was_painted_last),
		cmocka_unit_test(pictures_are_judged_where_they_are_worst),
		cmocka_unit_test(turned_pictures_are_judged_upright),
		cmocka_unit_test(grounds_below_and_upon_pictures_count),
		cmocka_unit_test(colours_not_of_the_style_are_told_at_their_own_place),
	};
	return cmocka_run_group_tests_name("contrast", tests, NULL, NULL);
}
