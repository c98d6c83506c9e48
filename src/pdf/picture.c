#include "pdf/picture.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "pdf/colour.h"
#include "pdf/flate.h"
#include "pdf/ground.h"
#include "pdf/jpeg.h"
#include "pdf/made.h"
#include "pdf/png.h"

#include <stdatomic.h>

enum {
	PICTURE_BYTES_AT_MOST = 1 << 30,
	KEPT_BYTES_AT_MOST = 1 << 30, /* in the cache */
};

struct image {
	const struct picture *picture;
	int number, object;
	bool pass; /* as it is, if its coding allows */
	struct ground *ground; /* to be mixed with; NULL: none */
	struct str ground_key;
	struct wish wish;
	struct arena *arena;
	bool ok;
	struct made made; /* by pictures_prepare */
};

struct pictures {
	struct arena *arena;
	struct map *by_need;
	struct image **list;
	size_t count, capacity;
	struct map *profiles; /* embedded ICC profile -> its object, as int * */
	struct cache *cache; /* of what was made by earlier builds */
	atomic_bool kept; /* something was added to it */
};

/* How many pixels an inch an edition needs: above `most` a picture is averaged
 * down to `enough`. */
struct fineness {
	enum edition edition;
	int most, enough;
	int quality; /* of JPEG */
};

static const struct fineness finenesses[] = {
	{ EDITION_PRINT, 350, 300, 92 },
	{ EDITION_SCREEN, 220, 170, 82 },
	{ EDITION_LARGE, 220, 150, 82 },
};

static const struct fineness *fineness(const struct layout *l)
{
	size_t i = 0;
	while (i + 1 < sizeof finenesses / sizeof *finenesses &&
	       finenesses[i].edition != l->edition)
		i++;
	return &finenesses[i];
}

struct cache *pictures_cache(struct arena *a, struct str root)
{
	const char *folder = path_join(a, root, STR("out/.cache/pictures"));
	return cache_open(a, root.len ? str_from(folder) : STR(""));
}

struct pictures *pictures_open(struct arena *a, struct str root)
{
	struct pictures *p = NEW(a, struct pictures);
	p->cache = pictures_cache(a, root);
	p->arena = a;
	p->by_need = map_new(a);
	p->profiles = map_new(a);
	return p;
}

void pictures_close(struct pictures *p)
{
	for (size_t i = 0; i < p->count; i++)
		arena_close(p->list[i]->arena);
	if (p->kept)
		cache_trim(p->cache, KEPT_BYTES_AT_MOST);
}

int image_number(const struct image *i)
{
	return i->number;
}

int image_object(const struct image *i)
{
	return i->object;
}

bool image_transparent(const struct image *i)
{
	return i->made.mask.len > 0;
}

size_t pictures_count(const struct pictures *p)
{
	return p->count;
}

/* EXIF orientations: where stored columns and rows run on the upright picture.
 * A point (x, y) of the stored unit square stands upright at
 * (xx * x + xy * y + x0, yx * x + yy * y + y0). */
static const struct turn {
	int xx, xy, x0, yx, yy, y0;
} turns[] = {
	[1] = { 1, 0, 0, 0, 1, 0 },   [2] = { -1, 0, 1, 0, 1, 0 }, [3] = { -1, 0, 1, 0, -1, 1 },
	[4] = { 1, 0, 0, 0, -1, 1 },  [5] = { 0, 1, 0, 1, 0, 0 },  [6] = { 0, -1, 1, 1, 0, 0 },
	[7] = { 0, -1, 1, -1, 0, 1 }, [8] = { 0, 1, 0, -1, 0, 1 },
};

static const struct turn *turn_of(const struct picture *p)
{
	return &turns[p->orientation >= 1 && p->orientation <= 8 ? p->orientation : 1];
}

/* Where pixel corner (x, y) of the stored picture comes to lie on the page. */
static void place(const struct item *item, int x, int y, int64_t *page_x, int64_t *page_y)
{
	const struct picture *p = item->picture.picture;
	const struct turn *t = turn_of(p);
	const struct rect *w = &item->picture.whole;
	/* Upright fractions have the upright size as their denominator. */
	int64_t columns = p->columns, rows = p->rows;
	int64_t across =
		t->xx ? t->xx * (int64_t)x + t->x0 * columns : t->xy * (int64_t)y + t->x0 * rows;
	int64_t down =
		t->yy ? t->yy * (int64_t)y + t->y0 * rows : t->yx * (int64_t)x + t->y0 * columns;
	*page_x = w->x + across * w->width / picture_upright_columns(p);
	*page_y = w->y + down * w->height / picture_upright_rows(p);
}

static void make_matrix(const struct making *m, const struct item *item, const struct area *a,
			struct matrix *matrix)
{
	int64_t left_x, left_y, right_x, right_y, foot_x, foot_y;
	place(item, a->x, a->y, &left_x, &left_y);
	place(item, a->x + a->columns, a->y, &right_x, &right_y);
	place(item, a->x, a->y + a->rows, &foot_x, &foot_y);
	/* The unit square's y goes up: the image's first row is at 1. */
	matrix->value[0] = right_x - left_x;
	matrix->value[1] = left_y - right_y;
	matrix->value[2] = left_x - foot_x;
	matrix->value[3] = foot_y - left_y;
	matrix->value[4] = make_x(m, foot_x);
	matrix->value[5] = make_y(m, foot_y);
}

static int clamp(int64_t value, int least, int most)
{
	return value < least ? least : value > most ? most : (int)value;
}

/* First and last+1 pixel of a stored length that a frame shows, in steps of 8:
 * JPEG can be decoded smaller in blocks of that. from and to are the frame's
 * edges from the whole's edge, both on the page. */
static void seen(int64_t from, int64_t to, int64_t whole, int pixels, int *first, int *count)
{
	int begin = clamp(from * pixels / whole, 0, pixels - 1) / 8 * 8;
	int end = clamp((to * pixels + whole - 1) / whole, begin + 1, pixels);
	end = clamp((end + 7) / 8 * 8, begin + 1, pixels);
	*first = begin;
	*count = end - begin;
}

/* The part of the stored picture that the item's frame shows. */
static struct area seen_area(const struct item *item)
{
	const struct picture *p = item->picture.picture;
	const struct turn *t = turn_of(p);
	const struct rect *w = &item->picture.whole, *f = &item->picture.frame;
	int64_t left = (int64_t)f->x - w->x, top = (int64_t)f->y - w->y;
	int64_t right = left + f->width, bottom = top + f->height;
	int64_t across[2] = { left, right }, down[2] = { top, bottom };
	/* Edges as seen from where the stored picture begins. */
	if (t->x0) {
		across[0] = w->width - right;
		across[1] = w->width - left;
	}
	if (t->y0) {
		down[0] = w->height - bottom;
		down[1] = w->height - top;
	}
	struct area a;
	const int64_t *x = t->xx ? across : down, *y = t->xx ? down : across;
	seen(x[0], x[1], t->xx ? w->width : w->height, p->columns, &a.x, &a.columns);
	seen(y[0], y[1], t->xx ? w->height : w->width, p->rows, &a.y, &a.rows);
	return a;
}

static int scaled(int pixels, int64_t numerator, int64_t denominator)
{
	return clamp((pixels * numerator + denominator - 1) / denominator, 1, pixels);
}

/* What the file must give for this item. */
static struct wish wish_for(const struct making *m, const struct item *item, bool *pass)
{
	const struct picture *p = item->picture.picture;
	const struct fineness *f = fineness(m->layout);
	/* Pixels an inch are columns * 72000 / width. */
	int64_t width = item->picture.whole.width, columns = picture_upright_columns(p);
	bool fine = columns * INCH > f->most * width;
	*pass = !m->layout->cmyk && !fine && p->format == PICTURE_JPEG && p->components != 4;
	struct area all = { 0, 0, p->columns, p->rows };
	struct wish w = { p->columns, p->rows, *pass ? all : seen_area(item), 0, 0, false };
	w.columns =
		fine ? scaled(w.area.columns, f->enough * width, columns * INCH) : w.area.columns;
	w.rows = fine ? scaled(w.area.rows, f->enough * width, columns * INCH) : w.area.rows;
	return w;
}

/* What becomes of alpha in print: see ground.h. The ground to mix with, or NULL. */
static struct ground *choose_ground(struct pictures *p, struct making *m, const struct page *page,
				    const struct item *item, struct wish *w)
{
	if (!m->press || item->picture.picture->format != PICTURE_PNG)
		return NULL;
	struct ground *g = NEW(p->arena, struct ground);
	*g = ground_below(p->arena, page, item);
	w->flat = g->bare;
	return g->bare || m->layout->pdfx == PDFX_4 || !m->layout->cmyk ? NULL : g;
}

const struct image *pictures_use(struct pictures *p, struct making *m, const struct page *page,
				 const struct item *item, struct matrix *matrix)
{
	const struct picture *noun = item->picture.picture;
	const struct rect *whole = &item->picture.whole, *frame = &item->picture.frame;
	if (!noun->path.len || noun->columns <= 0 || noun->rows <= 0 || whole->width <= 0 ||
	    whole->height <= 0 || frame->width <= 0 || frame->height <= 0)
		return NULL;
	bool pass;
	struct wish w = wish_for(m, item, &pass);
	struct ground *ground = choose_ground(p, m, page, item, &w);
	struct str below = ground ? ground_key(p->arena, ground) : STR("");
	struct str need = str_format(p->arena, "%d %d %d %d %d %d %d (%.*s) %.*s", w.area.x,
				     w.area.y, w.area.columns, w.area.rows, w.columns, w.rows,
				     w.flat, STR_ARG(below), STR_ARG(noun->path));
	struct image *i = map_find(p->by_need, need);
	if (!i) {
		i = NEW(p->arena, struct image);
		*i = (struct image){ .picture = noun,
				     .number = (int)p->count,
				     .pass = pass,
				     .ground = ground,
				     .ground_key = below,
				     .wish = w,
				     .arena = arena_open() };
		map_put(p->by_need, need, i);
		PUSH(p->arena, p->list, p->count, p->capacity, i);
	}
	make_matrix(m, item, &w.area, matrix);
	return i;
}

/* What is told of a picture each time it is used. */
enum { NOTE_PROFILE = 1, NOTE_TRANSPARENT = 2 };

static struct str lossless_filter(struct arena *a, int channels, int columns)
{
	return str_format(
		a, "/Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors %d /Columns %d>>",
		channels, columns);
}

static struct str pack(struct image *i, struct arena *scratch, const unsigned char *pixels,
		       int channels)
{
	struct str filtered =
		raster_filter(scratch, pixels, i->made.columns, i->made.rows, channels);
	return flate(i->arena, filtered, FLATE_NORMAL);
}

/* A drawing deflates to a small part of its pixels and must keep its edges; what
 * does not is a photograph, whatever its file's format. */
static void encode(struct image *i, const struct making *m, struct arena *scratch,
		   const struct raster *r)
{
	size_t size = (size_t)r->columns * (size_t)r->rows * (size_t)r->channels;
	i->made.channels = r->separation ? 4 : r->channels;
	i->made.columns = r->columns;
	i->made.rows = r->rows;
	if (r->alpha) {
		i->made.mask = pack(i, scratch, r->alpha, 1);
		i->made.mask_filter = lossless_filter(i->arena, 1, r->columns);
	}
	if (i->picture->format == PICTURE_PNG) {
		i->made.data = pack(i, scratch, r->pixels, r->channels);
		i->made.filter = lossless_filter(i->arena, r->channels, r->columns);
		if (i->made.data.len <= size / 4 || size < 65536)
			return;
	}
	i->made.data = jpeg_write(i->arena, r, fineness(m->layout)->quality, m->press);
	i->made.filter = STR("/Filter /DCTDecode");
}

/* Looks a JPEG over and takes it as it is. False when it must be made anew. */
static bool pass_through(struct image *i, struct str bytes, const struct raster *r)
{
	struct str stripped;
	if (!jpeg_strip(i->arena, bytes, &stripped))
		return false;
	bool fits = colours_profile_fits(r->icc, r->channels);
	if (r->icc.len && !fits && !colours_is_srgb(r->icc))
		return false;
	i->made.data = stripped;
	i->made.filter = STR("/Filter /DCTDecode");
	if (r->icc.len && fits && !colours_is_srgb(r->icc))
		i->made.icc = str_copy(i->arena, r->icc);
	i->made.channels = r->channels;
	i->made.columns = i->wish.file_columns;
	i->made.rows = i->wish.file_rows;
	return true;
}

/* Decoded to an eighth, all of the file is read and most of the work left out. */
static struct wish glance(struct wish w)
{
	w.columns = (w.file_columns + 7) / 8;
	w.rows = (w.file_rows + 7) / 8;
	return w;
}

/* All that the result depends on: the file's content, what is wanted of it, the
 * edition's colours, and who makes it. Empty when the content is not known. */
static struct str key_of(const struct image *i, struct making *m)
{
	const struct picture *p = i->picture;
	const struct wish *w = &i->wish;
	struct str colours = colours_library(i->arena);
	if (!p->hash)
		return STR("");
	return str_format(i->arena,
			  "glos " GLOS_VERSION " picture 2; %s; %.*s; source %016llx %llu; part %d "
			  "%d %d %d to %d %d; flat %d pass %d below (%.*s); quality %d press %d "
			  "inks %d %016llx",
			  jpeg_library(), STR_ARG(colours), (unsigned long long)p->hash,
			  (unsigned long long)p->bytes, w->area.x, w->area.y, w->area.columns,
			  w->area.rows, w->columns, w->rows, w->flat, i->pass,
			  STR_ARG(i->ground_key), fineness(m->layout)->quality, m->press,
			  m->layout->cmyk, (unsigned long long)colours_key(m->colours));
}

static bool make(struct image *i, struct making *m, struct arena *scratch, struct str bytes,
		 struct str *reason)
{
	struct raster r;
	if (i->pass) {
		struct wish w = glance(i->wish);
		if (!jpeg_read(scratch, bytes, &w, &r, reason))
			return false;
		if (pass_through(i, bytes, &r))
			return true;
	}
	bool (*const read)(struct arena * a, struct str bytes, const struct wish *w,
			   struct raster *r, struct str *reason) =
		i->picture->format == PICTURE_PNG ? png_read : jpeg_read;
	if (!read(scratch, bytes, &i->wish, &r, reason))
		return false;
	if (!colours_convert(m->colours, scratch, &r, i->picture->format == PICTURE_JPEG))
		i->made.notes |= NOTE_PROFILE;
	if (i->ground && r.alpha) {
		ground_mix(i->ground, &i->wish, &r);
		if (i->ground->mixed)
			i->made.notes |= NOTE_TRANSPARENT;
	}
	encode(i, m, scratch, &r);
	return true;
}

static void tell_notes(const struct image *i, const struct making *m)
{
	static const struct {
		int note;
		enum diag_code code;
	} notes[] = { { NOTE_PROFILE, DIAG_IMAGE_PROFILE },
		      { NOTE_TRANSPARENT, DIAG_IMAGE_TRANSPARENT } };
	for (size_t n = 0; i->ok && n < sizeof notes / sizeof *notes; n++)
		if (i->made.notes & notes[n].note)
			diag_report(m->diags, notes[n].code, i->picture->place, "%.*s",
				    STR_ARG(i->picture->src));
}

void pictures_prepare(struct pictures *p, struct making *m, size_t number)
{
	struct image *i = p->list[number];
	struct arena *scratch = arena_open();
	struct str reason = STR(""), key = key_of(i, m);
	i->ok = key.len && made_recall(p->cache, i->arena, key, &i->made);
	if (!i->ok) {
		struct str bytes;
		i->made = (struct made){ 0 };
		i->ok = file_read(scratch, str_c(scratch, i->picture->path), PICTURE_BYTES_AT_MOST,
				  m->diags, i->picture->place, &bytes) &&
			make(i, m, scratch, bytes, &reason);
		/* The key speaks of the file as it was when it was looked at. */
		if (i->ok && key.len && hash_of(bytes) == i->picture->hash) {
			made_keep(p->cache, key, &i->made);
			p->kept = true;
		}
	}
	tell_notes(i, m);
	if (!i->ok && reason.len)
		diag_report(m->diags, DIAG_IMAGE_DAMAGED, i->picture->place, "%.*s: %.*s",
			    STR_ARG(i->picture->src), STR_ARG(reason));
	arena_close(scratch);
}

static int profile_object(struct pictures *p, struct making *m, struct str icc, int channels)
{
	int *object = map_find(p->profiles, icc);
	if (!object) {
		object = NEW(p->arena, int);
		*object =
			writer_stream(m->writer,
				      str_format(p->arena, "/N %d /Filter /FlateDecode", channels),
				      flate(p->arena, icc, FLATE_NORMAL));
		map_put(p->profiles, icc, object);
	}
	return *object;
}

static struct str colour_space(struct pictures *p, struct making *m, const struct image *i)
{
	static const struct str devices[] = { [1] = STR_INIT("/DeviceGray"),
					      [3] = STR_INIT("/DeviceRGB"),
					      [4] = STR_INIT("/DeviceCMYK") };
	if (!i->made.icc.len)
		return devices[i->made.channels];
	return str_format(p->arena, "[/ICCBased %d 0 R]",
			  profile_object(p, m, i->made.icc, i->made.channels));
}

static struct str entries(struct arena *a, const struct image *i, struct str space,
			  struct str filter, struct str more)
{
	return str_format(
		a,
		"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8\n"
		"/ColorSpace %.*s %.*s%.*s",
		i->made.columns, i->made.rows, STR_ARG(space), STR_ARG(filter), STR_ARG(more));
}

bool pictures_write(struct pictures *p, struct making *m)
{
	bool ok = true;
	for (size_t n = 0; n < p->count; n++) {
		struct image *i = p->list[n];
		ok = ok && i->ok;
		if (!ok)
			continue;
		struct str more = STR("");
		if (i->made.mask.len) {
			struct str head =
				entries(p->arena, i, STR("/DeviceGray"), i->made.mask_filter, more);
			more = str_format(p->arena, " /SMask %d 0 R",
					  writer_stream(m->writer, head, i->made.mask));
		}
		struct str head = entries(p->arena, i, colour_space(p, m, i), i->made.filter, more);
		i->object = writer_stream(m->writer, head, i->made.data);
	}
	return ok;
}
