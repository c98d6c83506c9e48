#include "pdf/chroma.h"

#include "base/arena.h"

#include <lcms2.h>

enum {
	USUAL = 45455, /* gamma */
	NEAR_GAMMA = 1500,
	NEAR_POINT = 1000,
	LEAST_GAMMA = 10000, /* beyond these nobody meant it */
	MOST_GAMMA = 500000,
};

/* sRGB's, IEC 61966-2-1 */
static const int usual[4][2] = {
	{ 31270, 32900 }, { 64000, 33000 }, { 30000, 60000 }, { 15000, 6000 }
};

static bool is_near(int a, int b, int tolerance)
{
	return a - b <= tolerance && b - a <= tolerance;
}

static bool is_usual(const struct chroma *c)
{
	const int *const points[4] = { c->white, c->red, c->green, c->blue };
	if (c->gamma && !is_near(c->gamma, USUAL, NEAR_GAMMA))
		return false;
	for (int i = 0; c->channels == 3 && c->primaries && i < 4; i++)
		if (!is_near(points[i][0], usual[i][0], NEAR_POINT) ||
		    !is_near(points[i][1], usual[i][1], NEAR_POINT))
			return false;
	return true;
}

/* The curve of sRGB, or of a power. */
static cmsToneCurve *curve_of(const struct chroma *c)
{
	static const cmsFloat64Number srgb[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92,
						  0.04045 };
	return c->gamma ? cmsBuildGamma(NULL, 100000.0 / c->gamma)
			: cmsBuildParametricToneCurve(NULL, 4, srgb);
}

static cmsCIExyY point_of(const int *xy)
{
	return (cmsCIExyY){ xy[0] / 100000.0, xy[1] / 100000.0, 1 };
}

static cmsHPROFILE make_profile(const struct chroma *c, cmsToneCurve *curve)
{
	bool own = c->primaries;
	cmsCIExyY white = point_of(own ? c->white : usual[0]);
	cmsCIExyYTRIPLE all = { point_of(own ? c->red : usual[1]),
				point_of(own ? c->green : usual[2]),
				point_of(own ? c->blue : usual[3]) };
	cmsToneCurve *three[3] = { curve, curve, curve };
	if (c->channels == 1)
		return cmsCreateGrayProfile(cmsD50_xyY(), curve);
	return white.y > 0 ? cmsCreateRGBProfile(&white, &all, three) : NULL;
}

struct str chroma_profile(struct arena *a, const struct chroma *c)
{
	enum { DATE_AT = 24, DATE = 12 };
	if ((c->gamma && (c->gamma < LEAST_GAMMA || c->gamma > MOST_GAMMA)) || is_usual(c))
		return STR("");
	cmsToneCurve *curve = curve_of(c);
	cmsHPROFILE p = curve ? make_profile(c, curve) : NULL;
	cmsUInt32Number len = 0;
	struct str icc = STR("");
	if (p && cmsSaveProfileToMem(p, NULL, &len)) {
		char *bytes = arena_alloc(a, len);
		cmsSaveProfileToMem(p, bytes, &len);
		memset(bytes + DATE_AT, 0, DATE); /* equal colours, equal bytes */
		icc = (struct str){ bytes, len };
	}
	if (p)
		cmsCloseProfile(p);
	if (curve)
		cmsFreeToneCurve(curve);
	return icc;
}

bool chroma_levels(struct str icc, unsigned char levels[256])
{
	unsigned char all[256], rgb[256][3];
	cmsHPROFILE from = cmsOpenProfileFromMem(icc.ptr, (cmsUInt32Number)icc.len);
	cmsHPROFILE to = cmsCreate_sRGBProfile();
	cmsHTRANSFORM t = NULL;
	if (from && cmsGetColorSpace(from) == cmsSigGrayData)
		t = cmsCreateTransform(from, TYPE_GRAY_8, to, TYPE_RGB_8,
				       INTENT_RELATIVE_COLORIMETRIC,
				       cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
	if (t) {
		for (int i = 0; i < 256; i++)
			all[i] = (unsigned char)i;
		cmsDoTransform(t, all, rgb, 256);
		for (int i = 0; i < 256; i++)
			levels[i] = rgb[i][1];
		cmsDeleteTransform(t);
	}
	if (from)
		cmsCloseProfile(from);
	if (to)
		cmsCloseProfile(to);
	return t != NULL;
}
