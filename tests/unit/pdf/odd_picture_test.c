/* Pictures as odd programs save them: colours told in numbers, one transparent colour,
 * profiles within PNG, a single pixel. */
#include "pdf/drawing.h"
#include "pdf/chroma.h"
#include "test.h"

#include <lcms2.h>
#include <sys/resource.h>

/* A PNG of one colour, whose left half is `other`. samples: as many as the type has. */
struct plain {
	int type;
	int columns, rows;
	int colour[4], other[4];
	void (*more)(png_structp png, png_infop info); /* chunks; NULL: none */
};

static struct picture *put_png(struct sample *s, const char *name, const struct plain *p)
{
	struct picture *picture = picture_file(s, name, PICTURE_PNG, p->columns, p->rows,
					       p->type & PNG_COLOR_MASK_COLOR ? 3 : 1);
	FILE *f = fopen(str_c(s->arena, picture->path), "wb");
	assert_non_null(f);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_init_io(png, f);
	png_set_IHDR(png, info, (png_uint_32)p->columns, (png_uint_32)p->rows, 8, p->type,
		     PNG_INTERLACE_NONE, 0, 0);
	if (p->more)
		p->more(png, info);
	png_write_info(png, info);
	int channels = p->type == PNG_COLOR_TYPE_RGB ? 3 : 1;
	png_byte *row = arena_alloc(s->arena, (size_t)(p->columns * channels));
	for (int x = 0; x < p->columns; x++)
		for (int c = 0; c < channels; c++)
			row[x * channels + c] =
				(png_byte)(2 * x < p->columns ? p->other[c] : p->colour[c]);
	for (int y = 0; y < p->rows; y++)
		png_write_row(png, row);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	assert_int_equal(fclose(f), 0);
	return picture;
}

static void show(struct sample *s, struct picture *p, bool on_tint)
{
	struct page *page = sample_page(s);
	struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
	e->alternative = STR("próba");
	if (on_tint)
		sample_fill(s, page, &s->teal, 0, 0, 300 * PT, 300 * PT);
	sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
	sample_write(s);
}

static void pixel(struct sample *s, int x, int y, int rgb[3])
{
	int status, shift = s->layout.grid.bleed / PT;
	struct str ppm = said_by(s, &status, "pdftoppm -r 72 -f 1 -l 1 -x %d -y %d -W 1 -H 1 %s",
				 x + shift, y + shift, s->path);
	assert_true(ppm.len > 3);
	for (int c = 0; c < 3; c++)
		rgb[c] = (unsigned char)ppm.ptr[ppm.len - 3 + (size_t)c];
}

/* What one colour becomes on a screen. */
static void shown(const struct plain *p, int rgb[3])
{
	struct sample *s = sample_open(EDITION_SCREEN);
	show(s, put_png(s, "a.png", p), false);
	assert_int_equal(diags_count(s->diags), 0);
	pixel(s, 120, 70, rgb);
	sample_close(s);
}

/* The inks of one colour, in bytes. */
static void printed(const struct plain *p, int ink[4])
{
	struct sample *s = sample_open(EDITION_PRINT);
	show(s, put_png(s, "a.png", p), false);
	assert_int_equal(diags_count(s->diags), 0);
	int status;
	struct str pam = said_by(s, &status,
				 ""
				 "mutool show -b %s pages/1/Resources/XObject/I0 | tail -c 4",
				 s->path);
	assert_int_equal(pam.len, 4);
	for (int c = 0; c < 4; c++)
		ink[c] = (unsigned char)pam.ptr[c];
	sample_close(s);
}

static void assert_shown(const struct plain *p, int red, int green, int blue)
{
	int rgb[3];
	shown(p, rgb);
	if (abs(rgb[0] - red) > 3 || abs(rgb[1] - green) > 3 || abs(rgb[2] - blue) > 3)
		fail_msg("%d %d %d, not %d %d %d", rgb[0], rgb[1], rgb[2], red, green, blue);
}

/* ---- colours told in numbers ---- */

static void linear(png_structp png, png_infop info)
{
	png_set_gAMA_fixed(png, info, 100000);
}

static void usual(png_structp png, png_infop info)
{
	png_set_gAMA_fixed(png, info, 45455);
	png_set_cHRM_fixed(png, info, 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
}

static void wide(png_structp png, png_infop info)
{
	png_set_gAMA_fixed(png, info, 45455);
	png_set_cHRM_fixed(png, info, 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000);
}

static void said_srgb(png_structp png, png_infop info)
{
	png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
}

static void absurd(png_structp png, png_infop info)
{
	png_set_gAMA_fixed(png, info, 20);
}

#define COLOUR(r, g, b) .colour = { r, g, b }, .other = { r, g, b }
#define SIZE .columns = 40, .rows = 30

static void gamma_is_heeded(void **state)
{
	(void)state;
	/* linear 55 of 255 is 0.2157, which sRGB codes as 128 */
	static const struct plain colour = { PNG_COLOR_TYPE_RGB, SIZE, COLOUR(55, 55, 255),
					     linear };
	static const struct plain grey = { PNG_COLOR_TYPE_GRAY, SIZE, COLOUR(55, 0, 0), linear };
	assert_shown(&colour, 128, 128, 255);
	assert_shown(&grey, 128, 128, 128);
	static const struct plain as_srgb[] = {
		{ PNG_COLOR_TYPE_RGB, SIZE, COLOUR(55, 90, 200), NULL },
		{ PNG_COLOR_TYPE_RGB, SIZE, COLOUR(55, 90, 200), usual },
		{ PNG_COLOR_TYPE_RGB, SIZE, COLOUR(55, 90, 200), said_srgb },
		{ PNG_COLOR_TYPE_RGB, SIZE, COLOUR(55, 90, 200), absurd },
	};
	for (size_t i = 0; i < sizeof as_srgb / sizeof *as_srgb; i++)
		assert_shown(&as_srgb[i], 55, 90, 200);
	/* in print too: less black ink, since it is lighter than its numbers look */
	int plain[4], light[4];
	static const struct plain untold = { PNG_COLOR_TYPE_GRAY, SIZE, COLOUR(55, 0, 0), NULL };
	printed(&untold, plain);
	printed(&grey, light);
	assert_true(light[3] + 40 < plain[3]);
	assert_int_equal(light[0] + light[1] + light[2], 0);
}

static void primaries_are_heeded(void **state)
{
	(void)state;
	int told[3], untold[3];
	static const struct plain with = { PNG_COLOR_TYPE_RGB, SIZE, COLOUR(90, 200, 90), wide };
	static const struct plain without = { PNG_COLOR_TYPE_RGB, SIZE, COLOUR(90, 200, 90), NULL };
	shown(&with, told);
	shown(&without, untold);
	assert_true(told[0] < untold[0] - 40); /* a greener green */
	assert_true(abs(told[1] - untold[1]) < 10);
	int ink[4], plain[4];
	printed(&with, ink);
	printed(&without, plain);
	assert_true(ink[0] > plain[0] + 15); /* more cyan */
}

/* No colours are made of primaries on one spot, or beside a white that is dark. */
static void impossible_numbers_are_not(void **state)
{
	(void)state;
	static const struct chroma none[] = {
		{ 3,
		  100000,
		  true,
		  { 30000, 30000 },
		  { 30000, 30000 },
		  { 30000, 30000 },
		  { 30000, 30000 } },
		{ 3,
		  100000,
		  true,
		  { 31270, 0 },
		  { 64000, 33000 },
		  { 30000, 60000 },
		  { 15000, 6000 } },
		{ 3,
		  45455,
		  true,
		  { 31270, 32900 },
		  { 64000, 33000 },
		  { 30000, 60000 },
		  { 15000, 6000 } }, /* sRGB's own */
		{ 3, 20, false, { 0 }, { 0 }, { 0 }, { 0 } },
		{ 1, 900000, false, { 0 }, { 0 }, { 0 }, { 0 } },
		{ 1, 0, false, { 0 }, { 0 }, { 0 }, { 0 } },
	};
	struct arena *a = arena_open();
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(chroma_profile(a, &none[i]).len, 0);
	unsigned char levels[256];
	assert_false(chroma_levels(STR("no profile"), levels));
	arena_close(a);
}

/* ---- profiles ---- */

static void put_profile(png_structp png, png_infop info, cmsHPROFILE profile)
{
	cmsUInt32Number len = 0;
	assert_true(cmsSaveProfileToMem(profile, NULL, &len));
	unsigned char bytes[4096];
	assert_true(len <= sizeof bytes && cmsSaveProfileToMem(profile, bytes, &len));
	png_set_iCCP(png, info, "own", 0, bytes, len);
	cmsCloseProfile(profile);
}

static void wide_profile(png_structp png, png_infop info)
{
	cmsCIExyY white = { 0.3127, 0.3290, 1 };
	cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
	cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.2), *curves[3] = { gamma, gamma, gamma };
	put_profile(png, info, cmsCreateRGBProfile(&white, &primaries, curves));
	cmsFreeToneCurve(gamma);
}

static void linear_greys(png_structp png, png_infop info)
{
	cmsToneCurve *gamma = cmsBuildGamma(NULL, 1);
	put_profile(png, info, cmsCreateGrayProfile(cmsD50_xyY(), gamma));
	cmsFreeToneCurve(gamma);
}

static void profiles_in_png_are_heeded(void **state)
{
	(void)state;
	int numbers[3], profile[3];
	static const struct plain told = { PNG_COLOR_TYPE_RGB, SIZE, COLOUR(90, 200, 90), wide };
	static const struct plain own = { PNG_COLOR_TYPE_RGB, SIZE, COLOUR(90, 200, 90),
					  wide_profile };
	shown(&told, numbers);
	shown(&own, profile);
	for (int c = 0; c < 3; c++)
		assert_true(abs(profile[c] - numbers[c]) <= 3);
	static const struct plain grey = { PNG_COLOR_TYPE_GRAY, SIZE, COLOUR(55, 0, 0),
					   linear_greys };
	assert_shown(&grey, 128, 128, 128);
}

/* ---- one transparent colour ---- */

static void clear_entry(png_structp png, png_infop info)
{
	static const png_color palette[2] = { { 200, 30, 30 }, { 0, 0, 0 } };
	png_byte alpha[1] = { 0 };
	png_set_PLTE(png, info, palette, 2);
	png_set_tRNS(png, info, alpha, 1, NULL);
}

static void clear_grey(png_structp png, png_infop info)
{
	png_color_16 colour = { .gray = 40 };
	png_set_tRNS(png, info, NULL, 0, &colour);
}

static void clear_colour(png_structp png, png_infop info)
{
	png_color_16 colour = { .red = 200, .green = 30, .blue = 30 };
	png_set_tRNS(png, info, NULL, 0, &colour);
}

/* The left half is what is transparent: there the tint shows, at the right black does. */
static void one_colour_may_be_transparent(void **state)
{
	(void)state;
	static const struct plain kinds[] = {
		{ PNG_COLOR_TYPE_PALETTE, SIZE, .colour = { 1 }, .other = { 0 }, clear_entry },
		{ PNG_COLOR_TYPE_GRAY, SIZE, .colour = { 0 }, .other = { 40 }, clear_grey },
		{ PNG_COLOR_TYPE_RGB, SIZE, .colour = { 0, 0, 0 }, .other = { 200, 30, 30 },
		  clear_colour },
	};
	static const enum edition editions[] = { EDITION_SCREEN, EDITION_PRINT };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (size_t e = 0; e < 2; e++) {
			struct sample *s = sample_open(editions[e]);
			show(s, put_png(s, "a.png", &kinds[i]), true);
			int ground[3], clear[3], solid[3];
			pixel(s, 200, 200, ground);
			pixel(s, 60, 70, clear);
			pixel(s, 140, 70, solid);
			for (int c = 0; c < 3; c++)
				assert_true(abs(clear[c] - ground[c]) <= 2);
			assert_true(solid[0] + solid[1] + solid[2] < 200);
			sample_close(s);
		}
}

/* ---- sizes ---- */

static void a_single_pixel_fills_its_frame(void **state)
{
	(void)state;
	static const enum edition editions[] = { EDITION_SCREEN, EDITION_PRINT };
	for (int kind = 0; kind < 4; kind++)
		for (size_t e = 0; e < 2; e++) {
			struct sample *s = sample_open(editions[e]);
			static const struct plain red = { .columns = 1,
							  .rows = 1,
							  .type = PNG_COLOR_TYPE_RGB,
							  COLOUR(200, 30, 30) };
			show(s,
			     kind ? draw_jpeg(s, "a.jpg", 1, 1,
					      kind == 1   ? 1
					      : kind == 2 ? 3
							  : 4,
					      false, STR(""))
				  : put_png(s, "a.png", &red),
			     false);
			assert_int_equal(diags_count(s->diags), 0);
			int rgb[3];
			pixel(s, 100, 100, rgb);
			assert_true(rgb[1] < 200); /* no paper */
			int status;
			said_by(s, &status, "qpdf --check %s", s->path);
			assert_int_equal(status, 0);
			sample_close(s);
		}
}

/* Of 20,000 x 20,000 pixels, 400 MB of greys: written and read line by line. */
static struct picture *put_huge(struct sample *s, enum picture_format format)
{
	enum { SIDE = 20000 };
	bool jpeg = format == PICTURE_JPEG;
	struct picture *p = picture_file(s, jpeg ? "a.jpg" : "a.png", format, SIDE, SIDE, 1);
	FILE *f = fopen(str_c(s->arena, p->path), "wb");
	assert_non_null(f);
	unsigned char *row = arena_alloc(s->arena, SIDE);
	memset(row, 90, SIDE);
	if (jpeg) {
		struct jpeg_compress_struct info;
		struct jpeg_error_mgr error;
		info.err = jpeg_std_error(&error);
		jpeg_create_compress(&info);
		jpeg_stdio_dest(&info, f);
		info.image_width = info.image_height = SIDE;
		info.input_components = 1;
		info.in_color_space = JCS_GRAYSCALE;
		jpeg_set_defaults(&info);
		jpeg_start_compress(&info, TRUE);
		for (int y = 0; y < SIDE; y++)
			jpeg_write_scanlines(&info, &row, 1);
		jpeg_finish_compress(&info);
		jpeg_destroy_compress(&info);
	} else {
		png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
		png_infop info = png_create_info_struct(png);
		png_init_io(png, f);
		png_set_compression_level(png, 1);
		png_set_filter(png, 0, PNG_FILTER_NONE);
		png_set_IHDR(png, info, SIDE, SIDE, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, 0,
			     0);
		png_write_info(png, info);
		memset(row, 0x55, SIDE / 8); /* black and white by turns */
		for (int y = 0; y < SIDE; y++)
			png_write_row(png, row);
		png_write_end(png, info);
		png_destroy_write_struct(&png, &info);
	}
	assert_int_equal(fclose(f), 0);
	return p;
}

static void huge_pictures_take_little_memory(void **state)
{
	(void)state;
	enum { MOST_KB = 300 * 1024 };
	static const enum picture_format formats[] = { PICTURE_JPEG, PICTURE_PNG };
	for (size_t i = 0; i < 2; i++) {
		struct sample *s = sample_open(EDITION_PRINT);
		show(s, put_huge(s, formats[i]), false);
		assert_int_equal(diags_count(s->diags), 0);
		int rgb[3];
		pixel(s, 100, 100, rgb);
		assert_true(rgb[1] > 60 && rgb[1] < 190);
		sample_close(s);
	}
	struct rusage used;
	assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
	assert_true(used.ru_maxrss < MOST_KB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gamma_is_heeded),
		cmocka_unit_test(primaries_are_heeded),
		cmocka_unit_test(impossible_numbers_are_not),
		cmocka_unit_test(profiles_in_png_are_heeded),
		cmocka_unit_test(one_colour_may_be_transparent),
		cmocka_unit_test(huge_pictures_take_little_memory),
		cmocka_unit_test(a_single_pixel_fills_its_frame),
	};
	return cmocka_run_group_tests_name("odd pictures", tests, NULL, NULL);
}
