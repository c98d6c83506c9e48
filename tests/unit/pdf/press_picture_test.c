/* picture: what advertisers' and photographers' programs bring, on its way into ink. */
#include "pdf/whole.h"

#include <lcms2.h>

/* Cyan, magenta, yellow, black of the pixel at (x, y) of the n-th image of the file. */
static void inks(struct sample *s, int n, int x, int y, int columns, int ink[4])
{
	int status;
	struct str tiff;
	said_by(s, &status, "rm -f %s/x-*; pdfimages -tiff %s %s/x", s->folder, s->path, s->folder);
	const char *path =
		path_join(s->arena, str_from(s->folder), str_format(s->arena, "x-%03d.tif", n));
	assert_true(file_read(s->arena, path, 1 << 26, s->diags, (struct place){ 0 }, &tiff));
	/* libtiff puts the strips right behind the header's 8 bytes */
	const unsigned char *p = (const unsigned char *)tiff.ptr + 8 + 4 * (y * columns + x);
	for (int k = 0; k < 4; k++)
		ink[k] = p[k];
}

static struct sample *open_print(struct page **page)
{
	struct sample *s = sample_open(EDITION_PRINT);
	*page = sample_page(s);
	return s;
}

static struct str profile_bytes(struct sample *s, cmsHPROFILE p)
{
	cmsUInt32Number len = 0;
	assert_true(cmsSaveProfileToMem(p, NULL, &len));
	char *bytes = arena_alloc(s->arena, len);
	assert_true(cmsSaveProfileToMem(p, bytes, &len));
	cmsCloseProfile(p);
	return (struct str){ bytes, len };
}

static struct str press_profile(struct sample *s)
{
	struct str bytes;
	assert_true(file_read(s->arena, PROFILE, 1 << 24, s->diags, (struct place){ 0 }, &bytes));
	return bytes;
}

static cmsInt32Number darken(const cmsUInt16Number in[], cmsUInt16Number out[], void *transform)
{
	cmsUInt16Number more[4];
	for (int k = 0; k < 4; k++)
		more[k] = (cmsUInt16Number)(65535 -
					    (uint64_t)(65535 - in[k]) * (65535 - in[k]) / 65535);
	cmsDoTransform(transform, more, out, 1);
	return TRUE;
}

/* A press whose dots grow much more than ours. */
static struct str other_press(struct sample *s)
{
	cmsHPROFILE ours = cmsOpenProfileFromFile(PROFILE, "r");
	cmsHPROFILE lab = cmsCreateLab2Profile(NULL), p = cmsCreateProfilePlaceholder(NULL);
	cmsHTRANSFORM t = cmsCreateTransform(ours, TYPE_CMYK_16, lab, TYPE_LabV2_16,
					     INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
	assert_non_null(t);
	cmsPipeline *pipeline = cmsPipelineAlloc(NULL, 4, 3);
	cmsStage *grid = cmsStageAllocCLut16bit(NULL, 9, 4, 3, NULL);
	assert_true(cmsStageSampleCLut16bit(grid, darken, t, 0));
	assert_true(cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, grid));
	cmsSetProfileVersion(p, 2.1);
	cmsSetDeviceClass(p, cmsSigOutputClass);
	cmsSetColorSpace(p, cmsSigCmykData);
	cmsSetPCS(p, cmsSigLabData);
	assert_true(cmsWriteTag(p, cmsSigAToB0Tag, pipeline));
	assert_true(cmsWriteTag(p, cmsSigAToB1Tag, pipeline));
	assert_true(cmsWriteTag(p, cmsSigMediaWhitePointTag, cmsD50_XYZ()));
	struct str bytes = profile_bytes(s, p);
	cmsPipelineFree(pipeline);
	cmsDeleteTransform(t);
	cmsCloseProfile(lab);
	cmsCloseProfile(ours);
	return bytes;
}

static void bare_paper_needs_no_mask(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct page *page;
		struct sample *s = open_print(&page);
		struct picture *p = draw_png(s, "a.png", 200, 100, PNG_COLOR_TYPE_RGBA, 8, false);
		sample_fill(s, page, &s->teal, 0, 0, 300 * PT, (i ? 60 : 40) * PT);
		sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		struct str plain = sample_plain(s);
		assert_int_equal(has(plain, "/SMask"), i);
		assert_int_equal(has(plain, "/S /Transparency"), i);
		assert_true(has(plain, "PDF/X-4"));
		sample_close(s);
	}
}

static void old_standard_mixes_with_the_tints(void **state)
{
	(void)state;
	struct page *page;
	struct sample *s = open_print(&page);
	s->layout.pdfx = PDFX_1A;
	/* A tint to the middle of the picture, another over its lower half. */
	sample_fill(s, page, &s->teal, 50 * PT, 50 * PT, 50 * PT, 50 * PT);
	sample_fill(s, page, &s->black, 50 * PT, 75 * PT, 100 * PT, 25 * PT);
	struct picture *p = draw_png(s, "a.png", 200, 100, PNG_COLOR_TYPE_RGBA, 8, false);
	sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
	sample_write(s);
	struct str plain = sample_plain(s);
	assert_false(has(plain, "/SMask") || has(plain, "/Transparency"));
	assert_true(has(plain, "PDF/X-1a:2003"));
	assert_int_equal(diags_count(s->diags), 0);
	int ink[4];
	inks(s, 0, 199, 10, 200, ink); /* quite transparent, over paper */
	assert_true(ink[0] + ink[1] + ink[2] + ink[3] < 8);
	inks(s, 0, 199, 90, 200, ink); /* over black */
	assert_true(ink[0] + ink[1] + ink[2] < 8 && ink[3] > 250);
	inks(s, 0, 0, 10, 200, ink); /* opaque: red */
	assert_true(ink[0] < 20 && ink[1] > 230 && ink[2] > 230);
	inks(s, 0, 98, 10, 200, ink); /* half red, half teal */
	assert_in_range(ink[0], 100, 130);
	assert_in_range(ink[1], 140, 180);
	sample_close(s);
}

static void old_standard_hides_what_is_no_tint(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct page *page;
		struct sample *s = open_print(&page);
		s->layout.pdfx = i ? PDFX_4 : PDFX_1A;
		sample_text(s, page, NULL, LATO, 20 * PT, 50 * PT, 80 * PT, "Pod spodem");
		struct picture *p = draw_png(s, "a.png", 200, 100, PNG_COLOR_TYPE_RGBA, 8, false);
		sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		assert_int_equal(reported(s, DIAG_IMAGE_TRANSPARENT), !i);
		assert_int_equal(has(sample_plain(s), "/SMask"), i);
		assert_int_equal(diags_count(s->diags), !i);
		sample_close(s);
	}
}

static void greys_stay_on_the_black_plate(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct page *page;
		struct sample *s = open_print(&page);
		struct picture *p =
			i < 2 ? draw_jpeg(s, "a.jpg", 200, 100, 1, i, STR(""))
			      : draw_png(s, "a.png", 200, 100,
					 i == 2 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_GRAY_ALPHA,
					 8, false);
		sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		assert_false(has(sample_plain(s), "/DeviceGray"));
		for (int x = 0; x < 200; x += 13) {
			int ink[4];
			inks(s, 0, x, 80, 200, ink);
			assert_int_equal(ink[0] + ink[1] + ink[2], 0);
			assert_true(ink[3] > 20 || (i == 3 && x > 150));
		}
		sample_close(s);
	}
}

/* Without a profile, with the press's own, with one of another press. */
static void inks_are_converted_only_if_they_differ(void **state)
{
	(void)state;
	int kept[4], ink[4];
	for (int i = 0; i < 3; i++) {
		struct page *page;
		struct sample *s = open_print(&page);
		struct str icc = i == 0 ? STR("") : i == 1 ? press_profile(s) : other_press(s);
		struct picture *p = draw_jpeg(s, "a.jpg", 200, 100, 4, false, icc);
		sample_picture(s, page, NULL, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		assert_int_equal(diags_count(s->diags), 0);
		assert_false(has(sample_plain(s), "/ICCBased"));
		inks(s, 0, 20, 20, 200, i ? ink : kept);
		if (i == 0)
			assert_true(kept[0] > 210 && kept[1] < 30 && kept[3] < 30);
		if (i == 1)
			assert_memory_equal(ink, kept, sizeof ink);
		if (i == 2)
			assert_true(ink[0] > kept[0] + 10 || ink[1] > kept[1] + 10);
		sample_close(s);
	}
}

/* Of the wrong kind, cut off, and nonsense: told, and the picture is there. */
static void profiles_of_no_use_are_told(void **state)
{
	(void)state;
	for (int i = 0; i < 12; i++) {
		struct page *page;
		struct sample *s = sample_open(i % 2 ? EDITION_SCREEN : EDITION_PRINT);
		page = sample_page(s);
		int channels = i == 4 || i == 5 ? 4 : 3;
		struct str icc =
			i / 2 == 0   ? press_profile(s) /* inks for light */
			: i / 2 == 1 ? str_sub(profile_bytes(s, cmsCreate_sRGBProfile()), 0, 300)
			: i / 2 == 2 ? profile_bytes(s, cmsCreate_sRGBProfile())
			: i / 2 == 3 ? profile_bytes(s, cmsCreateLab4Profile(NULL))
			: i / 2 == 4 ? profile_bytes(s, cmsCreateNULLProfile())
				     : STR("no profile at all");
		if (i / 2 == 1) {
			char *cut = str_c(s->arena, icc);
			for (char *c = cut; c < cut + 290; c++)
				if (memcmp(c, "IEC6", 4) == 0)
					*c = 'X';
			icc.ptr = cut;
		}
		struct picture *p = draw_jpeg(s, "a.jpg", 200, 100, channels, false, icc);
		struct element *e = sample_element(s, ELEMENT_FIGURE, NULL);
		e->alternative = STR("próba");
		sample_picture(s, page, e, p, 50 * PT, 50 * PT, 100 * PT);
		sample_write(s);
		assert_int_equal(diags_count(s->diags), 1);
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_IMAGE_PROFILE);
		assert_int_equal(diags_at(s->diags, 0)->place.line, 7);
		assert_false(has(sample_plain(s), "/ICCBased"));
		sample_close(s);
	}
}

/* As the profile of the press. */
static void press_profiles_of_no_use_are_errors(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		struct page *page;
		struct sample *s = open_print(&page);
		struct str whole = press_profile(s);
		struct str icc =
			i == 0   ? str_sub(whole, 0, whole.len / 2)
			: i == 1 ? profile_bytes(s, cmsCreate_sRGBProfile())
			: i == 2 ? other_press(s) /* one way only */
			: i == 3 ? STR("")
				 : profile_bytes(s, cmsCreateInkLimitingDeviceLink(cmsSigCmykData,
										   200));
		s->layout.profile =
			str_from(path_join(s->arena, str_from(s->folder), STR("press.icc")));
		s->layout.profile_place = (struct place){ STR("layouts/x/layout.yaml"), 4, 12 };
		assert_true(file_replace(s->layout.profile.ptr, icc, s->diags));
		sample_fill(s, page, &s->teal, 0, 0, PT, PT);
		assert_false(pdf_write(&s->pages, s->path, &s->world, s->diags, NULL));
		assert_false(file_exists(s->path));
		assert_int_equal(diags_count(s->diags), 1);
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_PROFILE_INVALID);
		assert_int_equal(diags_at(s->diags, 0)->place.line, 4);
		assert_true(diags_at(s->diags, 0)->hint.len > 0);
		sample_close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bare_paper_needs_no_mask),
		cmocka_unit_test(old_standard_mixes_with_the_tints),
		cmocka_unit_test(old_standard_hides_what_is_no_tint),
		cmocka_unit_test(greys_stay_on_the_black_plate),
		cmocka_unit_test(inks_are_converted_only_if_they_differ),
		cmocka_unit_test(profiles_of_no_use_are_told),
		cmocka_unit_test(press_profiles_of_no_use_are_errors),
	};
	return cmocka_run_group_tests_name("picture for the press", tests, NULL, NULL);
}
