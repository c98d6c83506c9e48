/* picture: every kind of file editors bring, as each edition wants it. */
#include "pdf/whole.h"

#include "base/hash.h"

#include <lcms2.h>

/* One line of `pdfimages -list` a picture, without the head. */
static struct str images(struct sample *s)
{
	int status;
	return said_by(s, &status, "pdfimages -list %s | tail -n +3 | tr -s ' '", s->path);
}

/* The pixel at (x, y), in pt, of the first page at 72 ppi as poppler shows it. */
static void pixel(struct sample *s, int x, int y, int rgb[3])
{
	int status;
	struct str ppm = said_by(s, &status, "pdftoppm -r 72 -f 1 -l 1 -x %d -y %d -W 1 -H 1 %s", x,
				 y, s->path);
	assert_true(ppm.len > 3);
	for (int c = 0; c < 3; c++)
		rgb[c] = (unsigned char)ppm.ptr[ppm.len - 3 + (size_t)c];
}

static void assert_near(struct sample *s, int x, int y, int red, int green, int blue, int off)
{
	int rgb[3];
	pixel(s, x, y, rgb);
	if (abs(rgb[0] - red) > off || abs(rgb[1] - green) > off || abs(rgb[2] - blue) > off)
		fail_msg("at %d %d: %d %d %d, not %d %d %d", x, y, rgb[0], rgb[1], rgb[2], red,
			 green, blue);
}

static struct sample *open_with(enum edition edition, struct page **page)
{
	struct sample *s = sample_open(edition);
	*page = sample_page(s);
	return s;
}

/* The picture, upright, 100 pt wide at (50, 50): red corner, grey slope. */
static void shows_on_screen(struct sample *s, struct page *page, struct picture *p)
{
	struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
	e->alternative = STR("próba");
	sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
	sample_write(s);
	assert_near(s, 60, 60, 220, 20, 20, 12);
	assert_near(s, 120, 60, 165, 165, 165, 14);
	assert_near(s, 60, 50 + 55, 75, 75, 75, 14);
}

static void jpeg_passes_through_without_comments(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	struct picture *p = draw_jpeg(s, "a.jpg", 200, 136, 3, false, STR(""));
	shows_on_screen(s, page, p);
	assert_has(images(s), " 200 136 rgb 3 8 jpeg ");
	struct str bytes;
	assert_true(file_read(s->arena, s->path, 1 << 26, s->diags, (struct place){ 0 }, &bytes));
	assert_false(has(bytes, "secret place"));
	sample_close(s);
}

static void progressive_jpeg_passes_through(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	shows_on_screen(s, page, draw_jpeg(s, "a.jpg", 200, 136, 3, true, STR("")));
	sample_close(s);
}

static void fine_jpeg_is_made_smaller(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	shows_on_screen(s, page, draw_jpeg(s, "a.jpg", 1200, 816, 3, false, STR("")));
	/* 100 pt at 170 ppi */
	assert_has(images(s), " 237 161 rgb 3 8 jpeg ");
	sample_close(s);
}

static void turned_jpeg_stands_upright(void **state)
{
	(void)state;
	/* Stored and fine (made smaller) pictures of every turn, cut to the red corner:
	   where it lies upright, as fractions of the width and height. */
	static const struct {
		int orientation, left, top;
	} turns[] = { { 1, 0, 0 }, { 2, 1, 0 }, { 3, 1, 1 }, { 4, 0, 1 },
		      { 5, 0, 0 }, { 6, 1, 0 }, { 7, 1, 1 }, { 8, 0, 1 } };
	for (size_t i = 0; i < 16; i++) {
		struct page *page;
		struct sample *s = open_with(i % 2 ? EDITION_PRINT : EDITION_SCREEN, &page);
		int scale = i % 4 < 2 ? 1 : 8;
		struct picture *p =
			draw_jpeg(s, "a.jpg", 160 * scale, 80 * scale, 3, false, STR(""));
		p->orientation = turns[i / 2].orientation;
		bool turned = p->orientation > 4;
		struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
		struct item *item =
			sample_picture(s, page, e, p, 50 * PT, 50 * PT, (turned ? 80 : 160) * PT);
		int width = turned ? 80 : 160, height = turned ? 160 : 80;
		/* only the quarter with the corner is seen */
		int x = 50 + turns[i / 2].left * width / 2, y = 50 + turns[i / 2].top * height / 2;
		item->picture.frame =
			(struct rect){ x * PT, y * PT, width / 2 * PT, height / 2 * PT };
		sample_write(s);
		int shift = s->layout.grid.bleed / PT;
		int red = i % 2 ? 236 : 220; /* poppler's idea of the inks */
		assert_near(s, shift + x + 5, shift + y + 5, red, 20, 25, 26);
		assert_near(s, shift + x + width / 2 - 5, shift + y + height / 2 - 5, red, 20, 25,
			    26);
		/* beyond the frame is paper */
		int out_x = turns[i / 2].left ? x - 4 : x + width / 2 + 4;
		assert_near(s, shift + out_x, shift + y + 5, 255, 255, 255, 0);
		sample_close(s);
	}
}

static void png_of_every_kind_shows(void **state)
{
	(void)state;
	static const struct {
		int type, depth;
		bool interlaced;
	} kinds[] = {
		{ PNG_COLOR_TYPE_RGB, 8, false },
		{ PNG_COLOR_TYPE_RGB, 16, false },
		{ PNG_COLOR_TYPE_RGB, 8, true },
		{ PNG_COLOR_TYPE_RGB, 16, true },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct page *page;
		struct sample *s = open_with(EDITION_SCREEN, &page);
		shows_on_screen(s, page,
				draw_png(s, "a.png", 200, 136, kinds[i].type, kinds[i].depth,
					 kinds[i].interlaced));
		sample_close(s);
	}
}

static void grey_and_palette_png_show(void **state)
{
	(void)state;
	static const struct {
		int type, depth, red, green, blue; /* at the slope's (120, 60) */
	} kinds[] = {
		{ PNG_COLOR_TYPE_GRAY, 8, 165, 165, 165 },
		{ PNG_COLOR_TYPE_GRAY, 16, 165, 165, 165 },
		{ PNG_COLOR_TYPE_GRAY, 4, 170, 170, 170 },
		{ PNG_COLOR_TYPE_GRAY, 1, 255, 255, 255 },
		{ PNG_COLOR_TYPE_PALETTE, 8, 165, 30, 90 },
		{ PNG_COLOR_TYPE_PALETTE, 4, 10, 30, 245 },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct page *page;
		struct sample *s = open_with(EDITION_SCREEN, &page);
		struct picture *p =
			draw_png(s, "a.png", 200, 136, kinds[i].type, kinds[i].depth, i == 2);
		struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
		sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		assert_near(s, 120, 60, kinds[i].red, kinds[i].green, kinds[i].blue, 8);
		sample_close(s);
	}
}

static void transparent_png_lets_the_ground_through(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct page *page;
		struct sample *s = open_with(i < 2 ? EDITION_SCREEN : EDITION_PRINT, &page);
		int columns = i % 2 ? 1600 : 200; /* as it is, and made smaller */
		struct picture *p =
			draw_png(s, "a.png", columns, columns / 2, PNG_COLOR_TYPE_RGBA, 8, i == 1);
		sample_fill(s, page, &s->teal, 0, 0, 300 * PT, 300 * PT);
		struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
		sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		int shift = s->layout.grid.bleed / PT, ground[3];
		assert_has(images(s), " smask ");
		pixel(s, shift + 200, shift + 60, ground);
		assert_near(s, shift + 148, shift + 60, ground[0] + 3, ground[1] + 3, ground[2] + 3,
			    8);
		sample_close(s);
	}
}

static void print_is_cmyk_at_300_ppi(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_PRINT, &page);
	struct picture *photo = draw_jpeg(s, "a.jpg", 1600, 800, 3, false, STR(""));
	struct picture *drawing = draw_png(s, "b.png", 200, 100, PNG_COLOR_TYPE_RGB, 8, false);
	struct picture *grey = draw_jpeg(s, "c.jpg", 200, 100, 1, false, STR(""));
	sample_picture(s, page, NULL, photo, 50 * PT, 50 * PT, 100 * PT);
	sample_picture(s, page, NULL, drawing, 50 * PT, 150 * PT, 100 * PT);
	sample_picture(s, page, NULL, grey, 50 * PT, 250 * PT, 100 * PT);
	sample_write(s);
	struct str list = images(s);
	assert_has(list, " 417 209 cmyk 4 8 jpeg ");
	assert_has(list, " 200 100 cmyk 4 8 image ");
	assert_false(has(list, "gray"));
	/* an inked red, not its opposite */
	assert_near(s, 8 + 60, 8 + 60, 236, 20, 25, 26);
	sample_close(s);
}

/* Red in inks by the profile: no cyan, no black; by the formula as well. */
static void red_is_separated_as_red(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct page *page;
		struct sample *s = open_with(EDITION_PRINT, &page);
		if (i)
			s->layout.profile = STR("/nowhere.icc");
		struct picture *p = draw_png(s, "a.png", 64, 64, PNG_COLOR_TYPE_RGB, 8, false);
		sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		int status;
		struct str number = said_by(s, &status, "pdfimages -tiff %s %s/x && ls %s/x*",
					    s->path, s->folder, s->folder);
		assert_has(number, "x-000.tif");
		struct str tiff;
		const char *path = path_join(s->arena, str_from(s->folder), STR("x-000.tif"));
		assert_true(
			file_read(s->arena, path, 1 << 26, s->diags, (struct place){ 0 }, &tiff));
		/* libtiff puts the strip right behind the header's 8 bytes */
		const unsigned char *ink = (const unsigned char *)tiff.ptr + 8;
		if (i) { /* 220 20 20 */
			assert_int_equal(ink[0], 0);
			assert_int_equal(ink[1], 200);
			assert_int_equal(ink[2], 200);
			assert_int_equal(ink[3], 35);
		} else {
			assert_true(ink[0] < 20 && ink[1] > 230 && ink[2] > 230 && ink[3] < 20);
		}
		sample_close(s);
	}
}

static void cmyk_jpeg_keeps_its_inks(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct page *page;
		struct sample *s = open_with(i ? EDITION_SCREEN : EDITION_PRINT, &page);
		/* Inks of the drawing: cyan 220 and 20 of the rest in the corner. */
		struct picture *p = draw_jpeg(s, "a.jpg", 200, 100, 4, false, STR(""));
		struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
		sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		int shift = s->layout.grid.bleed / PT, rgb[3];
		pixel(s, shift + 60, shift + 60, rgb);
		assert_true(rgb[0] < 60 && rgb[2] > 150); /* cyan */
		assert_has(images(s), i ? " rgb 3 8 jpeg " : " cmyk 4 8 jpeg ");
		sample_close(s);
	}
}

/* Primaries and gamma of Adobe RGB (1998). */
static struct str wide_profile(struct sample *s)
{
	cmsCIExyY white = { 0.3127, 0.3290, 1 };
	cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
	cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.2);
	cmsToneCurve *curves[3] = { gamma, gamma, gamma };
	cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
	cmsSetProfileVersion(profile, 2.1);
	cmsUInt32Number len = 0;
	assert_true(cmsSaveProfileToMem(profile, NULL, &len));
	char *bytes = arena_alloc(s->arena, len);
	assert_true(cmsSaveProfileToMem(profile, bytes, &len));
	cmsCloseProfile(profile);
	cmsFreeToneCurve(gamma);
	return (struct str){ bytes, len };
}

static void foreign_profile_is_kept_and_srgb_is_not(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	struct str icc = wide_profile(s);
	struct picture *p = draw_jpeg(s, "a.jpg", 200, 100, 3, false, icc);
	struct picture *fine = draw_jpeg(s, "b.jpg", 1600, 800, 3, false, icc);
	struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
	sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
	sample_picture(s, page, e, fine, 50 * PT, 150 * PT, 100 * PT);
	sample_write(s);
	struct str list = images(s);
	assert_has(list, " 200 100 icc 3 8 jpeg ");
	assert_has(list, " 237 119 rgb 3 8 jpeg "); /* converted on the way */
	/* more red than the numbers say, and the same in both */
	int kept[3], converted[3];
	pixel(s, 60, 60, kept);
	pixel(s, 60, 160, converted);
	assert_true(converted[0] > 235);
	assert_true(abs(kept[1] - converted[1]) < 12 || converted[1] < 12);
	sample_close(s);
}

static void same_picture_is_embedded_once_a_size(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
	struct picture *p = draw_jpeg(s, "a.jpg", 1600, 800, 3, false, STR(""));
	sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
	sample_picture(s, page, e, p, 50 * PT, 150 * PT, 100 * PT);
	sample_picture(s, page, e, p, 50 * PT, 250 * PT, 200 * PT);
	sample_write(s);
	int status;
	struct str objects = said_by(s, &status,
				     "qpdf --qdf --object-streams=disable %s - |"
				     " grep -a -c '/Subtype /Image'",
				     s->path);
	assert_has(objects, "2\n");
	sample_close(s);
}

static void photograph_saved_as_png_becomes_jpeg(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_SCREEN, &page);
	struct picture *p = picture_file(s, "a.png", PICTURE_PNG, 200, 200, 3);
	png_image image = {
		.version = PNG_IMAGE_VERSION, .width = 200, .height = 200, .format = PNG_FORMAT_RGB
	};
	unsigned char *noise = arena_alloc(s->arena, 200 * 200 * 3);
	uint32_t seed = 1;
	for (int i = 0; i < 200 * 200 * 3; i++) {
		seed = seed * 1664525 + 1013904223;
		noise[i] = (unsigned char)(seed >> 24);
	}
	assert_true(png_image_write_to_file(&image, str_c(s->arena, p->path), 0, noise, 0, NULL));
	struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
	sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
	sample_write(s);
	assert_has(images(s), " 200 200 rgb 3 8 jpeg ");
	sample_close(s);
}

/* Whole, cut in the middle, cut to its head, spoilt in the middle. */
static void damage(struct sample *s, const struct picture *p, int how)
{
	struct str bytes;
	const char *path = str_c(s->arena, p->path);
	assert_true(file_read(s->arena, path, 1 << 26, s->diags, (struct place){ 0 }, &bytes));
	struct str cut = str_copy(s->arena, bytes);
	char *data = str_c(s->arena, bytes);
	if (how == 0)
		cut = str_sub(bytes, 0, bytes.len / 2);
	else if (how == 1)
		cut = str_sub(bytes, 0, 8);
	else if (how == 2)
		cut = STR("");
	else {
		for (size_t i = bytes.len / 2; i < bytes.len / 2 + 40 && i < bytes.len; i++)
			data[i] = (char)0xFF;
		cut = (struct str){ data, bytes.len };
	}
	assert_true(file_replace(path, cut, s->diags));
}

static void damaged_picture_is_told_and_nothing_written(void **state)
{
	(void)state;
	for (int i = 0; i < 16; i++) {
		struct page *page;
		struct sample *s = open_with(i % 2 ? EDITION_PRINT : EDITION_SCREEN, &page);
		bool jpeg = i / 2 % 2;
		struct picture *p =
			jpeg ? draw_jpeg(s, "a.jpg", 300, 200, 3, false, STR(""))
			     : draw_png(s, "a.png", 300, 200, PNG_COLOR_TYPE_RGB, 8, false);
		damage(s, p, i / 4);
		sample_picture(s, page, sample_element(s, ELEMENT_FIGURE, NULL), p, 50 * PT,
			       50 * PT, 200 * PT);
		assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
		assert_false(file_exists(s->path));
		assert_int_equal(diags_count(s->diags), 1);
		const struct diag *d = diags_at(s->diags, 0);
		assert_int_equal(d->code, DIAG_IMAGE_DAMAGED);
		assert_int_equal(d->place.line, 7);
		assert_true(str_starts(d->detail, STR("images/a.")));
		sample_close(s);
	}
}

static void picture_that_changed_is_told(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_with(EDITION_PRINT, &page);
	struct picture *p = draw_jpeg(s, "a.jpg", 300, 200, 3, false, STR(""));
	struct picture *gone = draw_jpeg(s, "b.jpg", 300, 200, 3, false, STR(""));
	p->columns = 301;
	unlink(str_c(s->arena, gone->path));
	sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 200 * PT);
	sample_picture(s, page, NULL, gone, 50 * PT, 250 * PT, 200 * PT);
	assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
	assert_true(reported(s, DIAG_IMAGE_DAMAGED));
	assert_true(reported(s, DIAG_FILE_MISSING));
	sample_close(s);
}

/* The file that s makes. */
static struct str made_file(struct sample *s)
{
	struct str bytes;
	sample_write(s);
	assert_true(file_read(s->arena, s->path, 1 << 26, s->diags, (struct place){ 0 }, &bytes));
	return bytes;
}

static void made_pictures_are_kept_for_the_next_build(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_PRINT, EDITION_SCREEN };
	for (size_t e = 0; e < 2; e++) {
		struct page *page;
		struct sample *s = open_with(editions[e], &page);
		struct picture *pictures[] = {
			draw_jpeg(s, "a.jpg", 1600, 800, 3, false, STR("")),
			draw_jpeg(s, "b.jpg", 200, 100, 3, false, wide_profile(s)),
			draw_png(s, "c.png", 300, 200, PNG_COLOR_TYPE_RGBA, 8, false),
		};
		sample_fill(s, page, &s->teal, 0, 0, 400 * PT, 400 * PT);
		struct element *figure = sample_element(s, ELEMENT_FIGURE, NULL);
		figure->alternative = STR("próba");
		for (int i = 0; i < 3; i++) {
			pictures[i]->hash = (uint64_t)i + 1; /* not the file's: not kept */
			sample_picture(s, page, figure, pictures[i], 50 * PT, (50 + 100 * i) * PT,
				       100 * PT);
		}
		s->publication.root = str_from(s->folder);
		char *cache = path_join(s->arena, s->publication.root, STR("out/.cache/pictures"));
		struct str first = made_file(s), bytes;
		size_t count;
		folder_list(s->arena, cache, &count);
		assert_int_equal(count, 0);
		for (int i = 0; i < 3; i++) {
			assert_true(file_read(s->arena, pictures[i]->path.ptr, 1 << 26, s->diags,
					      (struct place){ 0 }, &bytes));
			pictures[i]->hash = hash_of(bytes);
		}
		assert_true(str_equal(made_file(s), first));
		struct str *names = folder_list(s->arena, cache, &count);
		assert_int_equal(count, 3);
		/* Damaged ones are made again. */
		for (size_t i = 0; i < count; i++)
			assert_int_equal(truncate(path_join(s->arena, str_from(cache), names[i]),
						  (off_t)(100 * i)),
					 0);
		assert_true(str_equal(made_file(s), first));
		/* And then the pictures themselves are no longer looked at. */
		for (int i = 0; i < 3; i++)
			assert_int_equal(unlink(pictures[i]->path.ptr), 0);
		assert_true(str_equal(made_file(s), first));
		/* Other needs, other pictures. */
		page->items[page->item_count - 1].picture.whole.width /= 2;
		page->items[page->item_count - 1].picture.frame.width /= 2;
		pictures[0]->hash ^= 1;
		assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
		int status;
		said_by(s, &status, "rm -r %s/out", s->folder);
		sample_close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jpeg_passes_through_without_comments),
		cmocka_unit_test(progressive_jpeg_passes_through),
		cmocka_unit_test(fine_jpeg_is_made_smaller),
		cmocka_unit_test(turned_jpeg_stands_upright),
		cmocka_unit_test(png_of_every_kind_shows),
		cmocka_unit_test(grey_and_palette_png_show),
		cmocka_unit_test(transparent_png_lets_the_ground_through),
		cmocka_unit_test(print_is_cmyk_at_300_ppi),
		cmocka_unit_test(red_is_separated_as_red),
		cmocka_unit_test(cmyk_jpeg_keeps_its_inks),
		cmocka_unit_test(foreign_profile_is_kept_and_srgb_is_not),
		cmocka_unit_test(same_picture_is_embedded_once_a_size),
		cmocka_unit_test(photograph_saved_as_png_becomes_jpeg),
		cmocka_unit_test(damaged_picture_is_told_and_nothing_written),
		cmocka_unit_test(picture_that_changed_is_told),
		cmocka_unit_test(made_pictures_are_kept_for_the_next_build),
	};
	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
