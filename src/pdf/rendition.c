/* Renditions for screens that show no PDF: decoded once, as large as the largest that
 * is wanted; from that each is averaged, turned upright and coded. */
#include "pdf/rendition.h"

#include "pdf/colour.h"
#include "pdf/jpeg.h"
#include "pdf/pdf.h"
#include "pdf/picture.h"
#include "pdf/png.h"
#include "pdf/pngfile.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"

enum {
	PICTURE_BYTES_AT_MOST = 1 << 30,
	QUALITY = 82,
	QUALITY_STEP = 8,
	QUALITY_LEAST = 42,
};

/* EXIF 2.3, 4.6.4, 0x0112: how the upright picture is read off the stored one. */
static const struct turn {
	bool swaps; /* columns and rows change places */
	bool left, up; /* then the upright columns run leftwards, rows upwards, as stored */
} turns[] = {
	[1] = { 0, 0, 0 }, [2] = { 0, 1, 0 }, [3] = { 0, 1, 1 }, [4] = { 0, 0, 1 },
	[5] = { 1, 0, 0 }, [6] = { 1, 1, 0 }, [7] = { 1, 1, 1 }, [8] = { 1, 0, 1 },
};

static const struct turn *turn_of(const struct picture *p)
{
	return &turns[p->orientation >= 1 && p->orientation <= 8 ? p->orientation : 1];
}

/* One rendition on its way: what of the upright picture is seen, in how many pixels. */
struct cut {
	struct area area;
	int columns, rows;
};

static int at_least_one(int64_t n)
{
	return n < 1 ? 1 : (int)n;
}

static struct cut cut_of(const struct picture *p, const struct rendition *r)
{
	int64_t columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	int64_t width = columns, height = rows;
	if (columns * r->rows > rows * r->columns)
		width = at_least_one((rows * r->columns + r->rows / 2) / r->rows);
	else
		height = at_least_one((columns * r->rows + r->columns / 2) / r->columns);
	/* Rounding of the proportions is no reason to cut. */
	if (width + 2 * columns / r->columns + 1 >= columns &&
	    height + 2 * rows / r->rows + 1 >= rows) {
		width = columns;
		height = rows;
	}
	bool tall = rows > columns;
	struct cut c = { .area = { (int)((columns - width) / 2),
				   (int)((rows - height) / (tall ? 4 : 2)), (int)width,
				   (int)height },
			 .columns = r->columns,
			 .rows = r->rows };
	if (c.columns > width || c.rows > height) {
		c.columns = (int)width;
		c.rows = (int)height;
	}
	return c;
}

/* The same area on the stored picture. */
static struct area stored_area(const struct picture *p, const struct area *a)
{
	const struct turn *t = turn_of(p);
	int columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	int across = t->left ? columns - a->x - a->columns : a->x;
	int down = t->up ? rows - a->y - a->rows : a->y;
	if (t->swaps)
		return (struct area){ down, across, a->rows, a->columns };
	return (struct area){ across, down, a->columns, a->rows };
}

/* Samples of the stored raster in their upright order. */
static unsigned char *turned(struct arena *a, const unsigned char *from, const struct turn *t,
			     int columns, int rows, size_t channels)
{
	/* columns, rows: upright. */
	size_t stride = (size_t)(t->swaps ? rows : columns);
	unsigned char *out = arena_alloc(a, (size_t)columns * (size_t)rows * channels);
	unsigned char *to = out;
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < columns; x++) {
			size_t across = (size_t)(t->left ? columns - 1 - x : x);
			size_t down = (size_t)(t->up ? rows - 1 - y : y);
			size_t pixel = t->swaps ? across * stride + down : down * stride + across;
			for (size_t c = 0; c < channels; c++)
				*to++ = from[pixel * channels + c];
		}
	return out;
}

static void turn_upright(struct arena *a, struct raster *r, const struct picture *p)
{
	const struct turn *t = turn_of(p);
	if (t == &turns[1])
		return;
	int columns = t->swaps ? r->rows : r->columns, rows = t->swaps ? r->columns : r->rows;
	r->pixels = turned(a, r->pixels, t, columns, rows, (size_t)r->channels);
	if (r->alpha)
		r->alpha = turned(a, r->alpha, t, columns, rows, 1);
	r->columns = columns;
	r->rows = rows;
}

/* Each step of quality saves about a fifth: the first that may be small enough is tried
 * next. */
static int coarser(int quality, size_t len, size_t most)
{
	do {
		quality -= QUALITY_STEP;
		len = len / 5 * 4;
	} while (len > most && quality - QUALITY_STEP >= QUALITY_LEAST);
	return quality;
}

static struct str encode(struct arena *a, const struct raster *r, bool drawing, size_t most)
{
	if (drawing)
		return png_write(a, r);
	int quality = QUALITY;
	struct str bytes = jpeg_write(a, r, quality, false);
	while (bytes.len > most && quality - QUALITY_STEP >= QUALITY_LEAST) {
		quality = coarser(quality, bytes.len, most);
		bytes = jpeg_write(a, r, quality, false);
	}
	return bytes;
}

struct enlarger {
	struct arena *arena;
	const struct picture *picture;
	struct str bytes, reason;
	struct colours *colours;
	struct raster whole; /* of a photograph */
	struct cache *cache;
};

/* What is wished of the stored picture for a cut. */
static struct wish wish_of(const struct picture *p, const struct cut *c)
{
	bool swaps = turn_of(p)->swaps;
	return (struct wish){ .file_columns = p->columns,
			      .file_rows = p->rows,
			      .area = stored_area(p, &c->area),
			      .columns = swaps ? c->rows : c->columns,
			      .rows = swaps ? c->columns : c->rows,
			      .flat = !picture_is_drawing(p) };
}

static bool decode(struct enlarger *j, const struct wish *w, struct raster *r)
{
	bool (*const read)(struct arena *, struct str, const struct wish *, struct raster *,
			   struct str *) = j->picture->format == PICTURE_PNG ? png_read : jpeg_read;
	if (!read(j->arena, j->bytes, w, r, &j->reason))
		return false;
	colours_convert(j->colours, j->arena, r, false);
	return true;
}

static int scaled_up(int pixels, int by, int of)
{
	return (int)(((int64_t)pixels * by + of - 1) / of);
}

/* All of the picture, with pixels enough for the finest cut. */
static bool decode_whole(struct enlarger *j, const struct rendition *wanted, size_t count)
{
	const struct picture *p = j->picture;
	struct wish w = { .file_columns = p->columns,
			  .file_rows = p->rows,
			  .area = { 0, 0, p->columns, p->rows },
			  .columns = 1,
			  .rows = 1,
			  .flat = true };
	for (size_t i = 0; i < count; i++) {
		struct cut c = cut_of(p, &wanted[i]);
		struct wish one = wish_of(p, &c);
		int columns = scaled_up(p->columns, one.columns, one.area.columns);
		int rows = scaled_up(p->rows, one.rows, one.area.rows);
		w.columns = columns > w.columns ? columns : w.columns;
		w.rows = rows > w.rows ? rows : w.rows;
	}
	return decode(j, &w, &j->whole);
}

/* A cut of the whole that was decoded. */
static struct raster cut_out(struct enlarger *j, const struct wish *w)
{
	const struct raster *whole = &j->whole;
	struct raster r = *whole;
	struct area a = { (int)((int64_t)w->area.x * whole->columns / w->file_columns),
			  (int)((int64_t)w->area.y * whole->rows / w->file_rows),
			  scaled_up(w->area.columns, whole->columns, w->file_columns),
			  scaled_up(w->area.rows, whole->rows, w->file_rows) };
	a.columns = a.x + a.columns > whole->columns ? whole->columns - a.x : a.columns;
	a.rows = a.y + a.rows > whole->rows ? whole->rows - a.y : a.rows;
	struct wish part = { .file_columns = whole->columns,
			     .file_rows = whole->rows,
			     .area = a,
			     .columns = w->columns < a.columns ? w->columns : a.columns,
			     .rows = w->rows < a.rows ? w->rows : a.rows };
	struct shrink s;
	size_t stride = (size_t)whole->columns * (size_t)whole->channels;
	shrink_start(&s, j->arena, &part, whole->channels);
	for (int y = 0; y < a.y + a.rows; y++)
		shrink_row(&s, whole->pixels + (size_t)y * stride);
	r.columns = part.columns;
	r.rows = part.rows;
	r.pixels = s.pixels;
	return r;
}

/* All that a rendition depends on. Empty when the file's content is not known. */
static struct str key_of(const struct enlarger *j, const struct rendition *r)
{
	const struct picture *p = j->picture;
	struct str colours = colours_library(j->arena);
	if (!p->hash)
		return STR("");
	return str_format(j->arena,
			  "glos " GLOS_VERSION
			  " rendition 1; %s; %.*s; source %016llx %llu turn %d; "
			  "%d %d in %zu",
			  jpeg_library(), STR_ARG(colours), (unsigned long long)p->hash,
			  (unsigned long long)p->bytes, p->orientation, r->columns, r->rows,
			  r->bytes_at_most);
}

/* What earlier builds made is appended; true when that is all. */
static bool recall(struct enlarger *j, const struct rendition *wanted, size_t count,
		   struct str *made)
{
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		struct str key = key_of(j, &wanted[i]);
		found += key.len && cache_get(j->cache, j->arena, key, &made[i]);
	}
	return found == count;
}

static bool make(struct enlarger *j, const struct rendition *wanted, size_t count, struct str *made)
{
	/* What a drawing lets through is averaged with its colours: each from the file. */
	bool drawing = picture_is_drawing(j->picture);
	if (!drawing && !decode_whole(j, wanted, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct cut c = cut_of(j->picture, &wanted[i]);
		struct wish w = wish_of(j->picture, &c);
		struct raster r;
		if (!drawing)
			r = cut_out(j, &w);
		else if (!decode(j, &w, &r))
			return false;
		turn_upright(j->arena, &r, j->picture);
		made[i] = encode(j->arena, &r, drawing, wanted[i].bytes_at_most);
		struct str key = key_of(j, &wanted[i]);
		/* The key speaks of the file as it was when it was looked at. */
		if (key.len && hash_of(j->bytes) == j->picture->hash)
			cache_put(j->cache, key, made[i]);
	}
	return true;
}

/* Opens the file and its colours; the caller closes the colours. */
static bool begin(struct enlarger *j, struct diags *d)
{
	static const struct layout screens = { .cmyk = false };
	const struct picture *p = j->picture;
	struct making m = { .arena = j->arena, .layout = &screens, .diags = d };
	j->colours = colours_open(&m);
	return file_read(j->arena, str_c(j->arena, p->path), PICTURE_BYTES_AT_MOST, d, p->place,
			 &j->bytes);
}

static void tell(const struct enlarger *j, struct diags *d)
{
	const struct picture *p = j->picture;
	if (j->reason.len)
		diag_report(d, DIAG_IMAGE_DAMAGED, p->place, "%.*s: %.*s", STR_ARG(p->src),
			    STR_ARG(j->reason));
}

static bool read_and_make(struct enlarger *j, const struct rendition *wanted, size_t count,
			  struct str *made, struct diags *d)
{
	bool ok = begin(j, d) && make(j, wanted, count, made);
	if (!ok)
		tell(j, d);
	colours_close(j->colours);
	return ok;
}

bool rendition_cut(struct arena *a, const struct picture *p, struct area upright, int columns,
		   int rows, struct raster *r, struct diags *d)
{
	struct enlarger j = { .arena = a, .picture = p, .reason = STR("") };
	struct cut c = { upright, columns < upright.columns ? columns : upright.columns,
			 rows < upright.rows ? rows : upright.rows };
	struct wish w = wish_of(p, &c);
	bool ok = begin(&j, d) && decode(&j, &w, r);
	if (ok)
		turn_upright(a, r, p);
	else
		tell(&j, d);
	colours_close(j.colours);
	return ok;
}

bool pdf_renditions(void *root, const struct picture *p, const struct rendition *wanted,
		    size_t count, struct buf *out, struct diags *d)
{
	struct arena *a = arena_open();
	struct enlarger j = { .arena = a, .picture = p, .reason = STR("") };
	struct str *made = NEW_ARRAY(a, struct str, count);
	j.cache = pictures_cache(a, root ? str_from(root) : STR(""));
	bool ok = recall(&j, wanted, count, made) || read_and_make(&j, wanted, count, made, d);
	for (size_t i = 0; ok && i < count; i++)
		buf_put(&out[i], made[i]);
	arena_close(a);
	return ok;
}
