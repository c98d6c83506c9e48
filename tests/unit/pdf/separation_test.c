/* separation: the table says what the profiles' own conversion says. */
#include "test.h"

#include "pdf/separation.h"

#include <lcms2.h>
#include <math.h>
#include <stdlib.h>

#define PROFILE "/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc"

enum { COLOURS = 200000 };

static cmsHTRANSFORM transform(cmsUInt32Number from, cmsUInt32Number to, cmsUInt32Number flags)
{
	cmsHPROFILE press = cmsOpenProfileFromFile(PROFILE, "r"), srgb = cmsCreate_sRGBProfile();
	assert_non_null(press);
	cmsHTRANSFORM t = cmsCreateTransform(srgb, from, press, to, INTENT_RELATIVE_COLORIMETRIC,
					     cmsFLAGS_BLACKPOINTCOMPENSATION | flags);
	assert_non_null(t);
	cmsCloseProfile(press);
	cmsCloseProfile(srgb);
	return t;
}

static const struct separation *table(struct arena *a)
{
	uint16_t *points = separation_points(a);
	uint16_t *inks = NEW_ARRAY(a, uint16_t, 4 * SEPARATION_POINTS);
	cmsHTRANSFORM t = transform(TYPE_RGB_16, TYPE_CMYK_16, cmsFLAGS_NOOPTIMIZE);
	cmsDoTransform(t, points, inks, SEPARATION_POINTS);
	cmsDeleteTransform(t);
	return separation_new(a, inks);
}

static void says_what_the_profiles_say(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	const struct separation *s = table(a);
	unsigned char *rgb = arena_alloc(a, 3 * COLOURS);
	unsigned char *wanted = arena_alloc(a, 4 * COLOURS), *got = arena_alloc(a, 4 * COLOURS);
	uint64_t seed = 1;
	for (size_t i = 0; i < 3 * COLOURS; i++)
		rgb[i] = (unsigned char)(random_next(&seed) >> 40);
	memset(rgb, 255, 3);
	memset(rgb + 3, 0, 3);
	cmsHTRANSFORM t = transform(TYPE_RGB_8, TYPE_CMYK_8, cmsFLAGS_NOOPTIMIZE);
	cmsDoTransform(t, rgb, wanted, COLOURS);
	cmsDeleteTransform(t);
	separation_run(s, rgb, got, COLOURS, false);
	int most = 0;
	int64_t sum = 0;
	for (size_t i = 0; i < 4 * COLOURS; i++) {
		int off = abs(got[i] - wanted[i]);
		most = off > most ? off : most;
		sum += off;
	}
	print_message("# mean error %.3f of 255, largest %d\n", (double)sum / (4 * COLOURS), most);
	assert_true(sum < 4 * COLOURS); /* below one level in the mean */
	assert_true(most <= 6); /* along the edge of what can be printed */
	/* Paper stays paper, and the darkest is as dark. */
	assert_memory_equal(got, "\0\0\0\0", 4);
	for (int k = 0; k < 4; k++)
		assert_true(abs(got[4 + k] - wanted[4 + k]) <= 1);
	arena_close(a);
}

static unsigned char limited(double v)
{
	return (unsigned char)(v < 0 ? 0 : v > 255 ? 255 : lround(v));
}

static void keeps_inks_as_jpeg_does(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	const struct separation *s = table(a);
	unsigned char rgb[3 * 5000], inks[4 * 5000], jpeg[4 * 5000];
	uint64_t seed = 7;
	for (size_t i = 0; i < sizeof rgb; i++)
		rgb[i] = (unsigned char)(random_next(&seed) >> 40);
	separation_run(s, rgb, inks, 5000, false);
	separation_run(s, rgb, jpeg, 5000, true);
	for (size_t i = 0; i < sizeof jpeg; i += 4) {
		double y = jpeg[i], b = jpeg[i + 1] - 128, r = jpeg[i + 2] - 128;
		const unsigned char back[4] = {
			(unsigned char)(255 - limited(y + 1.402 * r)),
			(unsigned char)(255 - limited(y - 0.344136 * b - 0.714136 * r)),
			(unsigned char)(255 - limited(y + 1.772 * b)), jpeg[i + 3]
		};
		for (int k = 0; k < 4; k++)
			assert_true(abs(back[k] - inks[i + (size_t)k]) <= 4);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_the_profiles_say),
		cmocka_unit_test(keeps_inks_as_jpeg_does),
	};
	return cmocka_run_group_tests_name("separation", tests, NULL, NULL);
}
