#include "pdf/colour.h"
#include "pdf/chroma.h"
#include "pdf/condition.h"

#include "base/file.h"
#include "base/hash.h"
#include "pdf/flate.h"
#include "pdf/separation.h"

#include <lcms2.h>
#include <pthread.h>

enum { PROFILE_BYTES_AT_MOST = 16 * 1024 * 1024 };

/* A conversion made once and used for all pictures with equal profiles. */
struct conversion {
	uint64_t key; /* of the source profile; 0: sRGB */
	int channels;
	cmsHTRANSFORM transform; /* NULL: the profile is of no use */
	const struct separation *table; /* from RGB into inks: takes its place */
	bool broken; /* the profile is of no use: another conversion stands for it */
	bool same; /* the inks are those of the press */
	struct conversion *next;
};

struct colours {
	struct arena *arena;
	bool inks; /* the edition is CMYK */
	struct str profile; /* of the press, mapped */
	struct str packed; /* the same, deflated */
	struct arena *packing; /* its own: pictures grow the other one meanwhile */
	cmsHPROFILE press, srgb;
	pthread_mutex_t lock; /* of what follows */
	struct conversion *conversions;
	uint64_t key; /* of the press profile; 0: not reckoned yet */
	bool has_blacks;
	unsigned char blacks[256]; /* grey sample -> what is printed, 255 paper */
};

/* NULL when it is no profile or is cut off: lcms2 itself would only miss the tags
 * that are no longer there. */
static cmsHPROFILE open_whole(struct str icc)
{
	const unsigned char *p = (const unsigned char *)icc.ptr;
	if (icc.len < 128 ||
	    ((size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3]) > icc.len)
		return NULL;
	return cmsOpenProfileFromMem(icc.ptr, (cmsUInt32Number)icc.len);
}

/* Whether pictures can be brought into a press's inks, and inks be looked at. */
static bool converts(cmsHPROFILE press)
{
	return cmsIsIntentSupported(press, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_OUTPUT) &&
	       cmsIsIntentSupported(press, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_INPUT);
}

static cmsHPROFILE open_press(struct making *m, struct str bytes)
{
	cmsHPROFILE p = open_whole(bytes);
	bool fits = p && cmsGetColorSpace(p) == cmsSigCmykData &&
		    cmsGetDeviceClass(p) == cmsSigOutputClass;
	if (fits && converts(p))
		return p;
	if (p)
		cmsCloseProfile(p);
	diag_report_hint(m->diags, DIAG_PROFILE_INVALID, m->layout->profile_place,
			 STR("copy it again from where it came, or name another one"), "%.*s %s",
			 STR_ARG(m->layout->profile),
			 fits ? "does not say how to convert"
			 : p  ? "is no profile of an output device with four inks"
			      : "is damaged, or no profile");
	m->failed = true;
	return NULL;
}

static struct str describe(struct arena *a, cmsHPROFILE p)
{
	char words[256] = "";
	if (p)
		cmsGetProfileInfoASCII(p, cmsInfoDescription, "en", "US", words, sizeof words);
	return str_copy(a, str_from(words));
}

/* The head of the measurements that a profile was made from, if it holds them (ICC.1:
 * charTargetTag). */
static struct str characterised(struct arena *a, cmsHPROFILE p)
{
	char words[2048] = "";
	const cmsMLU *text = cmsReadTag(p, cmsSigCharTargetTag);
	if (text)
		cmsMLUgetASCII(text, cmsNoLanguage, cmsNoCountry, words, sizeof words);
	words[sizeof words - 1] = '\0';
	return str_copy(a, str_from(words));
}

static void load_press(struct colours *c, struct making *m)
{
	struct str path = m->layout->profile;
	if (!path.len || !file_exists(str_c(c->arena, path))) {
		diag_report(m->diags, DIAG_PROFILE_MISSING, m->layout->profile_place, "%.*s",
			    STR_ARG(path));
		return;
	}
	struct str bytes;
	if (!file_map(str_c(c->arena, path), PROFILE_BYTES_AT_MOST, m->diags,
		      m->layout->profile_place, &bytes))
		return;
	c->press = open_press(m, bytes);
	if (!c->press) {
		file_unmap(bytes);
		return;
	}
	c->profile = bytes;
	condition_check(m, describe(c->arena, c->press), characterised(c->arena, c->press));
}

struct colours *colours_open(struct making *m)
{
	struct colours *c = NEW(m->arena, struct colours);
	c->arena = m->arena;
	c->inks = m->layout->cmyk;
	c->srgb = cmsCreate_sRGBProfile();
	if (!c->srgb)
		out_of_memory();
	pthread_mutex_init(&c->lock, NULL);
	if (c->inks)
		load_press(c, m);
	return c;
}

void colours_close(struct colours *c)
{
	for (const struct conversion *v = c->conversions; v; v = v->next)
		if (v->transform)
			cmsDeleteTransform(v->transform);
	if (c->packing)
		arena_close(c->packing);
	if (c->press)
		cmsCloseProfile(c->press);
	file_unmap(c->profile);
	cmsCloseProfile(c->srgb);
	pthread_mutex_destroy(&c->lock);
}

struct str colours_profile(const struct colours *c)
{
	return c->profile;
}

struct str profile_description(struct arena *a, const char *path)
{
	cmsHPROFILE p = cmsOpenProfileFromFile(path, "r");
	struct str words = describe(a, p);
	if (p)
		cmsCloseProfile(p);
	return words;
}

struct str colours_description(const struct colours *c, struct arena *a)
{
	return describe(a, c->press);
}

void colours_pack(struct colours *c)
{
	if (!c->press)
		return;
	c->packing = arena_open();
	c->packed = flate(c->packing, c->profile, FLATE_QUICK);
}

/* sRGB as an ICC 2.1 profile, which every reader of PDF knows. lcms2 dates what
 * it makes with today; equal input shall give equal bytes, so the date is fixed
 * to that of the sRGB standard. */
static struct str srgb_bytes(struct colours *c)
{
	enum { DATE_AT = 24 }; /* ICC.1:2001-04, 6.1.4: year, month, day, time */
	static const unsigned char date[12] = { 0x07, 0xCF, 0, 10, 0, 18 };
	cmsUInt32Number len = 0;
	cmsSetProfileVersion(c->srgb, 2.1);
	if (!cmsSaveProfileToMem(c->srgb, NULL, &len))
		out_of_memory();
	char *bytes = arena_alloc(c->arena, len);
	cmsSaveProfileToMem(c->srgb, bytes, &len);
	memcpy(bytes + DATE_AT, date, sizeof date);
	return (struct str){ bytes, len };
}

int colours_write_profile(struct colours *c, struct writer *w)
{
	if (c->press)
		return writer_stream(w, STR("/N 4 /Filter /FlateDecode"), c->packed);
	return writer_stream(w, STR("/N 3 /Filter /FlateDecode"),
			     flate(c->arena, srgb_bytes(c), FLATE_NORMAL));
}

uint64_t colours_key(struct colours *c)
{
	if (!c->press)
		return 0;
	pthread_mutex_lock(&c->lock);
	if (!c->key)
		c->key = hash_of(c->profile) | 1;
	uint64_t key = c->key;
	pthread_mutex_unlock(&c->lock);
	return key;
}

struct str colours_library(struct arena *a)
{
	return str_format(a, "lcms2 %d", cmsGetEncodedCMMversion());
}

/* Never 0, which stands for sRGB. */
static uint64_t key_of(struct str icc)
{
	return icc.len && !colours_is_srgb(icc) ? hash_of(icc) | 1 : 0;
}

/* Colours of a device, so many: no links between devices, no effects, no Lab. */
static bool describes(cmsHPROFILE p, int channels)
{
	static const cmsColorSpaceSignature spaces[] = {
		[1] = cmsSigGrayData, [3] = cmsSigRgbData, [4] = cmsSigCmykData
	};
	cmsProfileClassSignature class = cmsGetDeviceClass(p);
	return cmsGetColorSpace(p) == spaces[channels] &&
	       (class == cmsSigDisplayClass || class == cmsSigInputClass ||
		class == cmsSigOutputClass || class == cmsSigColorSpaceClass);
}

static cmsHTRANSFORM make_transform(struct colours *c, struct str icc, int channels, bool known)
{
	cmsHPROFILE source = known ? c->srgb : open_whole(icc);
	cmsHTRANSFORM t = NULL;
	bool rgb = channels == 3, table = rgb && c->inks;
	if (source && describes(source, channels))
		t = cmsCreateTransform(source,
				       table ? TYPE_RGB_16
				       : rgb ? TYPE_RGB_8
					     : TYPE_CMYK_8,
				       c->inks ? c->press : c->srgb,
				       table     ? TYPE_CMYK_16
				       : c->inks ? TYPE_CMYK_8
						 : TYPE_RGB_8,
				       /* From inks to inks black text stays black alone. */
				       !rgb && c->inks
					       ? INTENT_PRESERVE_K_ONLY_RELATIVE_COLORIMETRIC
					       : INTENT_RELATIVE_COLORIMETRIC,
				       cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE |
					       (table ? cmsFLAGS_NOOPTIMIZE : 0));
	if (source && !known)
		cmsCloseProfile(source);
	return t;
}

/* A patch of each mixture of inks in so many steps. */
enum { STEPS = 5, PATCHES = STEPS * STEPS * STEPS * STEPS };

/* How n samples look through a profile. */
static bool look(cmsHPROFILE profile, cmsUInt32Number format, const unsigned char *samples,
		 size_t n, cmsCIELab *seen)
{
	cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
	cmsHTRANSFORM t = cmsCreateTransform(profile, format, lab, TYPE_Lab_DBL,
					     INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
	cmsCloseProfile(lab);
	if (!t)
		return false;
	cmsDoTransform(t, samples, seen, (cmsUInt32Number)n);
	cmsDeleteTransform(t);
	return true;
}

/* Whether inks look alike by this profile and by the press's, within what is seen:
 * profiles of one printing condition by several makers do, other conditions not. */
static bool same_inks(struct colours *c, struct str icc)
{
	enum { INK_MOST = 3 * 255 }; /* more is never printed, and guessed by profiles */
	unsigned char inks[4 * PATCHES];
	cmsCIELab ours[PATCHES], theirs[PATCHES];
	cmsHPROFILE other = open_whole(icc);
	double sum = 0;
	size_t count = 0;
	for (int i = 0; i < PATCHES; i++)
		for (int k = 0, rest = i; k < 4; k++, rest /= STEPS)
			inks[4 * i + k] = (unsigned char)(rest % STEPS * 255 / (STEPS - 1));
	bool same = other && describes(other, 4) &&
		    look(c->press, TYPE_CMYK_8, inks, PATCHES, ours) &&
		    look(other, TYPE_CMYK_8, inks, PATCHES, theirs);
	for (size_t i = 0; same && i < PATCHES; i++) {
		const unsigned char *ink = inks + 4 * i;
		if (ink[0] + ink[1] + ink[2] + ink[3] > INK_MOST)
			continue;
		sum += cmsDeltaE(&ours[i], &theirs[i]);
		count++;
	}
	if (other)
		cmsCloseProfile(other);
	return same && sum < (double)count;
}

/* What a transform from RGB into inks does, as a table. */
static const struct separation *tabulate(struct colours *c, cmsHTRANSFORM t)
{
	uint16_t *points = separation_points(c->arena);
	uint16_t *inks = NEW_ARRAY(c->arena, uint16_t, 4 * SEPARATION_POINTS);
	cmsDoTransform(t, points, inks, SEPARATION_POINTS);
	return separation_new(c->arena, inks);
}

static struct conversion *make_conversion(struct colours *c, struct str icc, uint64_t key,
					  int channels)
{
	struct conversion *v = NEW(c->arena, struct conversion);
	*v = (struct conversion){ .key = key, .channels = channels };
	v->same = c->inks && channels == 4 && same_inks(c, icc);
	if (v->same)
		return v;
	v->transform = make_transform(c, icc, channels, !key);
	v->broken = key && !v->transform;
	if (!v->transform && channels == 3 && c->inks) /* a broken profile: as sRGB */
		v->transform = make_transform(c, icc, channels, true);
	if (v->transform && channels == 3 && c->inks)
		v->table = tabulate(c, v->transform);
	return v;
}

/* The conversion of an RGB or CMYK picture, or NULL where a formula must do. */
static const struct conversion *conversion_for(struct colours *c, struct str icc, int channels)
{
	uint64_t key = key_of(icc);
	if ((c->inks && !c->press) || (!c->inks && !key))
		return NULL;
	pthread_mutex_lock(&c->lock);
	struct conversion *v = c->conversions;
	while (v && (v->key != key || v->channels != channels))
		v = v->next;
	if (!v) {
		v = make_conversion(c, icc, key, channels);
		v->next = c->conversions;
		c->conversions = v;
	}
	pthread_mutex_unlock(&c->lock);
	return v;
}

/* DeviceRGB to DeviceCMYK with full black generation (ISO 32000-1, 10.3.4). */
static void inks_by_formula(const unsigned char *rgb, unsigned char *cmyk, size_t count)
{
	for (size_t i = 0; i < count; i++, rgb += 3, cmyk += 4) {
		int most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
		most = rgb[2] > most ? rgb[2] : most;
		for (int k = 0; k < 3; k++)
			cmyk[k] = (unsigned char)(most - rgb[k]);
		cmyk[3] = (unsigned char)(255 - most);
	}
}

/* DeviceCMYK to DeviceRGB (ISO 32000-1, 10.3.5). */
static void light_by_formula(const unsigned char *cmyk, unsigned char *rgb, size_t count)
{
	for (size_t i = 0; i < count; i++, rgb += 3, cmyk += 4)
		for (int k = 0; k < 3; k++) {
			int ink = cmyk[k] + cmyk[3];
			rgb[k] = (unsigned char)(ink > 255 ? 0 : 255 - ink);
		}
}

/* The table of greys: each gets the amount of black ink that looks as light, the
 * range of lightness drawn together to what black ink alone can reach. */
static void make_blacks(struct colours *c)
{
	unsigned char inks[256 * 4] = { 0 }, greys[256 * 3];
	cmsCIELab printed[256], seen[256];
	for (int i = 0; i < 256; i++) {
		inks[4 * i + 3] = (unsigned char)(255 - i);
		memset(greys + 3 * i, i, 3);
		c->blacks[i] = (unsigned char)i;
	}
	c->has_blacks = true;
	if (!c->press || !look(c->press, TYPE_CMYK_8, inks, 256, printed) ||
	    !look(c->srgb, TYPE_RGB_8, greys, 256, seen))
		return;
	double darkest = printed[0].L, range = printed[255].L - darkest;
	int at = 0;
	for (int i = 0; i < 256; i++) {
		double wanted = darkest + seen[i].L / 100 * range;
		while (at < 255 && printed[at].L < wanted)
			at++;
		c->blacks[i] = (unsigned char)at;
	}
}

/* Whatever a picture's own colours are, they are separated through the profile's table
 * of Lab values: what no value of a fine grid exceeds, no picture does. */
int colours_most_ink(struct colours *c)
{
	enum { GRID = 33, COUNT = GRID * GRID * GRID, BY_FORMULA = 2000 };
	if (!c->press)
		return BY_FORMULA;
	cmsHPROFILE lab = cmsCreateLab2Profile(NULL);
	cmsHTRANSFORM t = cmsCreateTransform(lab, TYPE_Lab_16, c->press, TYPE_CMYK_16,
					     INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
	cmsCloseProfile(lab);
	if (!t)
		return 4000;
	cmsUInt16Number(*values)[4] = arena_alloc(c->arena, (size_t)COUNT * sizeof *values);
	cmsUInt16Number(*points)[3] = arena_alloc(c->arena, (size_t)COUNT * sizeof *points);
	for (int i = 0; i < COUNT; i++)
		for (int k = 0, n = i; k < 3; k++, n /= GRID)
			points[i][k] = (cmsUInt16Number)(n % GRID * 0xFF00 / (GRID - 1));
	cmsDoTransform(t, points, values, COUNT);
	cmsDeleteTransform(t);
	int most = 0;
	for (int i = 0; i < COUNT; i++) {
		int sum = values[i][0] + values[i][1] + values[i][2] + values[i][3];
		most = sum > most ? sum : most;
	}
	return (int)(((int64_t)most * 1000 + 0xFFFF - 1) / 0xFFFF);
}

/* Greys by a profile of their own as those of sRGB. False when it is of no use. */
static bool level_greys(struct raster *r)
{
	unsigned char levels[256];
	struct str icc = r->icc;
	r->icc = STR("");
	if (!icc.len)
		return true;
	if (!chroma_levels(icc, levels))
		return false;
	size_t count = (size_t)r->columns * (size_t)r->rows;
	for (size_t i = 0; i < count; i++)
		r->pixels[i] = levels[r->pixels[i]];
	return true;
}

/* Greys become black ink: an image of four inks, as DeviceGray is not for print (GWG
 * 2022 R0011 to R0013), the first three of them none. */
static void convert_greys(struct colours *c, struct arena *a, struct raster *r)
{
	if (!c->inks)
		return;
	pthread_mutex_lock(&c->lock);
	if (!c->has_blacks)
		make_blacks(c);
	pthread_mutex_unlock(&c->lock);
	size_t count = (size_t)r->columns * (size_t)r->rows;
	unsigned char *inks = arena_alloc(a, 4 * count); /* zeros */
	for (size_t i = 0; i < count; i++)
		inks[4 * i + 3] = (unsigned char)(255 - c->blacks[r->pixels[i]]);
	r->pixels = inks;
	r->channels = 4;
	r->icc = STR("");
}

/* The pixels of r into the edition's colours; v is NULL where a formula must do. */
static void convert(const struct colours *c, const struct conversion *v, const struct raster *r,
		    unsigned char *pixels)
{
	size_t count = (size_t)r->columns * (size_t)r->rows;
	if (v && v->table)
		separation_run(v->table, r->pixels, pixels, count, false);
	else if (v)
		cmsDoTransformLineStride(v->transform, r->pixels, pixels,
					 (cmsUInt32Number)r->columns, (cmsUInt32Number)r->rows,
					 (cmsUInt32Number)(r->columns * r->channels),
					 (cmsUInt32Number)(r->columns * (c->inks ? 4 : 3)), 0, 0);
	else if (c->inks)
		inks_by_formula(r->pixels, pixels, count);
	else
		light_by_formula(r->pixels, pixels, count);
}

bool colours_convert(struct colours *c, struct arena *a, struct raster *r, bool for_jpeg)
{
	if (r->channels == 1) {
		bool known = level_greys(r);
		convert_greys(c, a, r);
		return known;
	}
	if (c->inks && r->channels == 4 && !r->icc.len)
		return true;
	int channels = c->inks ? 4 : 3;
	const struct conversion *v = conversion_for(c, r->icc, r->channels);
	bool usable = !v || !v->broken;
	if (v && !v->transform)
		v = NULL;
	r->icc = STR("");
	if (!v && channels == r->channels)
		return usable;
	if (v && v->table && for_jpeg) {
		r->separation = v->table;
		return usable;
	}
	unsigned char *pixels =
		arena_alloc(a, (size_t)r->columns * (size_t)r->rows * (size_t)channels);
	convert(c, v, r, pixels);
	r->pixels = pixels;
	r->channels = channels;
	return usable;
}

bool colours_profile_fits(struct str icc, int channels)
{
	cmsHPROFILE p = open_whole(icc);
	if (!p)
		return false;
	cmsProfileClassSignature class = cmsGetDeviceClass(p);
	bool fits = describes(p, channels) &&
		    (class == cmsSigDisplayClass || class == cmsSigInputClass ||
		     class == cmsSigColorSpaceClass) &&
		    cmsGetProfileVersion(p) < 4.35; /* ISO 32000-1, Table 67 */
	cmsCloseProfile(p);
	return fits;
}

bool colours_is_srgb(struct str icc)
{
	/* Descriptions of the profiles in use all carry the standard's name. */
	return str_find(icc, STR("IEC61966-2.1"), 0) < icc.len ||
	       str_find(icc, STR("IEC61966-2-1"), 0) < icc.len;
}
