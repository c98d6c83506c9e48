/* Ink of colours, areas and pictures against the limit. */
#include "preflight/pages.h"

static void colours_have_a_limit(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	struct page *p = sample_page(s);
	sample_fill(s, p, ink(s, 1, 100, 100, 100, 0), 90 * PT, 90 * PT, 5 * MM, 5 * MM);
	sample_fill(s, p, ink(s, 2, 100, 100, 100, 1), 90 * PT, 200 * PT, 5 * MM, 5 * MM);
	const struct {
		int c, k;
	} letters[] = { { 65, 85 }, { 66, 85 }, { 72, 84 }, { 75, 84 } };
	for (int n = 0; n < 4; n++) {
		int c = letters[n].c;
		const struct colour *colour = ink(s, 3 + n, c, c, c, letters[n].k);
		words_at(s, p, style_at(s, 30, colour), 20 * PT, 90 * PT, (300 + 30 * n) * PT,
			 "Aa");
	}
	words_at(s, p, style_at(s, 30, ink(s, 7, 99, 99, 99, 99)), 20 * PT, 90 * PT, 500 * PT, " ");
	/* Registration marks are of all inks, and beside the sheet. */
	sample_fill(s, p, ink(s, 8, 100, 100, 100, 100), -20 * PT, 90 * PT, 8 * PT, 8 * PT);
	assert_judged(s, "2 ink-colour colour2: 301 %, page 1\n"
			 "4 ink-colour colour4: 283 %, page 1 (GWG R0015)\n"
			 "6 ink-colour colour6: 309 %, page 1\n");
	s->layout.ink_limit = 2000;
	assert_lines(s, DIAG_INK_COLOUR, "1 2 3 4 5 6 ");
	sample_close(s);
}

/* Where 15 × 15 mm are full of it, wherever the window has to be laid; not where it is
 * a narrow band, nor where something lighter covers it. */
static void the_mean_of_a_window_counts(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_PRINT);
	const struct {
		int x, y, width, height; /* mm */
		bool covered, told;
	} cases[] = {
		{ 20, 20, 15, 15, false, true },   { 20, 20, 14, 15, false, false },
		{ 20, 20, 100, 12, false, false }, { 20, 20, 16, 200, false, true },
		{ 20, 20, 40, 40, true, false },   { 190, 270, 23, 30, false, true },
	};
	for (int n = 0; n < 6; n++) {
		struct page *p = sample_page(s);
		int dy = -s->layout.grid.bleed % MM; /* cells begin with the bleed */
		struct item *i = sample_fill(s, p, ink(s, 50 + n, 80, 80, 80, 65),
					     cases[n].x * MM + dy, cases[n].y * MM + dy,
					     cases[n].width * MM, cases[n].height * MM);
		struct place *design = NEW(s->arena, struct place);
		*design = at(n + 1);
		i->fill.design = design;
		if (cases[n].covered)
			sample_fill(s, p, &s->teal, 30 * MM, 20 * MM, 20 * MM, 40 * MM);
	}
	assert_lines(s, DIAG_INK_TOTAL, "1 4 6 ");
	sample_close(s);
}

static struct picture *cmyk(struct sample *s, const char *name, const unsigned char heavy[4],
			    bool right_half)
{
	struct picture *p = picture_file(s, name, PICTURE_JPEG, 400, 200, 4);
	FILE *f = fopen(str_c(s->arena, p->path), "wb");
	struct jpeg_compress_struct info;
	struct jpeg_error_mgr error;
	info.err = jpeg_std_error(&error);
	jpeg_create_compress(&info);
	jpeg_stdio_dest(&info, f);
	info.image_width = 400;
	info.image_height = 200;
	info.input_components = 4;
	info.in_color_space = JCS_CMYK;
	jpeg_set_defaults(&info);
	jpeg_start_compress(&info, TRUE);
	unsigned char row[400 * 4];
	for (int x = 0; x < 400; x++) /* stored inverted, as Adobe's programs do */
		for (int k = 0; k < 4; k++)
			row[4 * x + k] =
				(unsigned char)(255 - (!right_half || x >= 200 ? heavy[k] : 0));
	for (int y = 0; y < 200; y++) {
		unsigned char *line = row;
		jpeg_write_scanlines(&info, &line, 1);
	}
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	assert_int_equal(fclose(f), 0);
	return p;
}

/* CMYK pictures print as they are; those of other colours as they are separated. */
static void pictures_are_measured(void **state)
{
	(void)state;
	static const unsigned char rich[4] = { 220, 220, 220, 180 }, mild[4] = { 90, 90, 90, 90 };
	struct sample *s = pages_open(EDITION_PRINT);
	struct picture *p[] = { cmyk(s, "a.jpg", rich, false), cmyk(s, "b.jpg", mild, false),
				draw_jpeg(s, "c.jpg", 400, 200, 3, false, STR("")),
				draw_jpeg(s, "d.jpg", 400, 200, 1, false, STR("")),
				cmyk(s, "e.jpg", rich, true) };
	for (int n = 0; n < 5; n++) {
		p[n]->place = at(n + 1);
		sample_picture(s, sample_page(s), NULL, p[n], 50 * PT, 50 * PT, 100 * PT);
	}
	assert_lines(s, DIAG_INK_TOTAL, "1 5 ");
	s->layout.ink_limit = 1500;
	struct str lines = lines_of(s, DIAG_INK_TOTAL);
	assert_int_equal(lines.ptr[0], '1');
	assert_true(str_find(lines, STR("3"), 0) < lines.len); /* its red */
	assert_false(str_find(lines, STR("2"), 0) < lines.len);
	assert_false(str_find(lines, STR("4"), 0) < lines.len);
	sample_close(s);
}

/* Where a camera was turned, its pixels are too. */
static void measures_are_upright(void **state)
{
	(void)state;
	static const unsigned char rich[4] = { 255, 255, 255, 255 };
	/* of the quarters upper left, upper right, lower left, lower right: heavy ones */
	static const char *const heavy[] = {
		[1] = "0101", [2] = "1010", [3] = "1010", [4] = "0101",
		[5] = "0011", [6] = "0011", [7] = "1100", [8] = "1100"
	};
	for (int turn = 1; turn <= 8; turn++) {
		struct sample *s = pages_open(EDITION_PRINT);
		struct picture *p = cmyk(s, "a.jpg", rich, true);
		p->orientation = turn;
		sample_picture(s, sample_page(s), NULL, p, 50 * PT, 50 * PT, 100 * PT);
		const struct inks *inks = pdf_foresee(s->arena, &s->pages, &s->world, s->diags);
		const struct picture_ink *i = inks_of(inks, p);
		assert_non_null(i);
		assert_true(i->most > 3950);
		assert_int_equal(i->columns > i->rows, turn < 5);
		for (int quarter = 0; quarter < 4; quarter++) {
			int column = (quarter % 2 ? 3 : 1) * i->columns / 4;
			int row = (quarter / 2 ? 3 : 1) * i->rows / 4;
			int mean = i->mean[row * i->columns + column];
			assert_int_equal(mean > 2000, heavy[turn][quarter] == '1');
		}
		sample_close(s);
	}
}

static void damaged_pictures_are_told(void **state)
{
	(void)state;
	static const unsigned char rich[4] = { 255, 255, 255, 255 };
	struct sample *s = pages_open(EDITION_PRINT);
	struct picture *p = cmyk(s, "a.jpg", rich, false);
	assert_int_equal(truncate(str_c(s->arena, p->path), 400), 0);
	sample_picture(s, sample_page(s), NULL, p, 50 * PT, 50 * PT, 100 * PT);
	pdf_foresee(s->arena, &s->pages, &s->world, s->diags);
	assert_true(reported(s, DIAG_IMAGE_DAMAGED));
	sample_close(s);
}

static void forbidden_fonts_are_foreseen(void **state)
{
	(void)state;
	struct sample *s = pages_open(EDITION_SCREEN);
	s->faces[LATO].path = STR("/nowhere/Lato.ttf");
	struct page *p = sample_page(s);
	struct item *i = sample_text(s, p, NULL, SERIF, 10 * PT, 90 * PT, 90 * PT, "Słowo");
	pdf_foresee(s->arena, &s->pages, &s->world, s->diags);
	assert_int_equal(diags_count(s->diags), 0); /* a face that nobody is set in */
	i->glyphs.face = &s->faces[LATO];
	pdf_foresee(s->arena, &s->pages, &s->world, s->diags);
	assert_true(reported(s, DIAG_FILE_MISSING));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_have_a_limit),
		cmocka_unit_test(the_mean_of_a_window_counts),
		cmocka_unit_test(pictures_are_measured),
		cmocka_unit_test(measures_are_upright),
		cmocka_unit_test(damaged_pictures_are_told),
		cmocka_unit_test(forbidden_fonts_are_foreseen),
	};
	return cmocka_run_group_tests_name("ink", tests, NULL, NULL);
}
