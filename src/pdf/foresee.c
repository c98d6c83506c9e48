/* Foresees what only this room can tell about a file before it is written: whether its
 * fonts may be embedded, whether ready-made pages can be used, and how much ink its
 * pictures lay on, and what colours are below words on them.
 *
 * HOW IT WORKS. A profile keeps what it separates within its own total, so that most
 * pictures need not be opened: only those that bring their own CMYK, and all where the
 * profile allows more than the layout. They are decoded at 100 pixels an inch of the
 * page, separated as for the press, and averaged in fours. */
#include "pdf/colour.h"
#include "pdf/font.h"
#include "pdf/import.h"
#include "pdf/jpeg.h"
#include "pdf/lights.h"
#include "pdf/pdf.h"
#include "pdf/png.h"
#include "pdf/standard.h"
#include "pdf/upright.h"

#include "base/file.h"

enum { FINENESS = 100, BLOCK = 4, PICTURE_BYTES_AT_MOST = 1 << 30, FULL = 255 };

struct foresight {
	struct making m;
	struct arena *arena; /* of what is given back */
	struct inks *inks;
	size_t capacity;
	int most; /* of what the press's profile separates */
};

/* Opens each face that words on the pages are set in, which reports what is wrong. */
static void look_at_fonts(struct making *m)
{
	m->fonts = fonts_open(m->arena, m->layout);
	for (size_t p = 0; p <= m->pages->count; p++) {
		const struct page *page =
			p < m->pages->count ? &m->pages->page[p] : m->pages->spine;
		for (size_t i = 0; page && i < page->item_count; i++) {
			const struct item *item = &page->items[i];
			if (item->kind == ITEM_GLYPHS && item->glyphs.glyph_count)
				fonts_use(m->fonts, m, item->glyphs.face);
		}
	}
	fonts_close(m->fonts);
}

/* Takes in the ready-made pages, which reports what is wrong, into a file that nobody
 * writes. */
static void look_at_ready_made(struct making *m)
{
	struct str matrix;
	for (size_t p = 0; p < m->pages->count; p++) {
		const struct advertisement *ad = m->pages->page[p].advertisement;
		if (!ad)
			continue;
		m->writer = writer_open(m->arena, PDF_17_PACKED);
		import_page(m, ad, &matrix);
		writer_close(m->writer);
		m->writer = NULL;
	}
}

/* ---- pictures ---- */

static int to_permille(int samples)
{
	return (samples * 1000 + FULL / 2) / FULL;
}

/* All inks of a pixel of a separated raster, 1/10 %. */
static int pixel_ink(const struct raster *r, size_t pixel)
{
	const unsigned char *p = r->pixels + pixel * (size_t)r->channels;
	if (r->channels == 1)
		return to_permille(FULL - p[0]);
	return to_permille(p[0] + p[1] + p[2] + p[3]);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* The part of the upright picture that a stored pixel comes to lie in. */
static size_t upright_part(const struct picture *p, const struct picture_ink *ink,
			   const struct raster *r, int x, int y)
{
	int across, down;
	upright_place(p->orientation, r->columns, r->rows, x, y, &across, &down);
	int column = least(across / BLOCK, ink->columns - 1);
	int row = least(down / BLOCK, ink->rows - 1);
	return (size_t)row * (size_t)ink->columns + (size_t)column;
}

static int blocks(int pixels)
{
	return pixels < BLOCK ? 1 : pixels / BLOCK;
}

static void average(struct foresight *f, struct picture_ink *ink, const struct raster *r,
		    struct arena *scratch)
{
	bool turned = ink->picture->orientation >= 5;
	ink->columns = blocks(turned ? r->rows : r->columns);
	ink->rows = blocks(turned ? r->columns : r->rows);
	size_t count = (size_t)ink->columns * (size_t)ink->rows;
	int64_t *sums = NEW_ARRAY(scratch, int64_t, count),
		*pixels = NEW_ARRAY(scratch, int64_t, count);
	for (int y = 0; y < r->rows; y++)
		for (int x = 0; x < r->columns; x++) {
			size_t part = upright_part(ink->picture, ink, r, x, y);
			sums[part] += pixel_ink(r, (size_t)y * (size_t)r->columns + (size_t)x);
			pixels[part]++;
		}
	ink->mean = NEW_ARRAY(f->arena, unsigned short, count);
	ink->most = 0;
	for (size_t i = 0; i < count; i++) {
		ink->mean[i] = (unsigned short)(pixels[i] ? sums[i] / pixels[i] : 0);
		if (ink->mean[i] > ink->most)
			ink->most = ink->mean[i];
	}
}

/* Pixels of a stored side of `pixels` for a length on the page. */
static int enough(int64_t length, int pixels)
{
	int64_t wanted = length * FINENESS / INCH + 1;
	return wanted < pixels ? (int)wanted : pixels;
}

static void measure(struct foresight *f, struct picture_ink *ink, const struct item *item)
{
	const struct picture *p = ink->picture;
	const struct rect *w = &item->picture.whole;
	bool turned = p->orientation >= 5;
	struct wish wish = { p->columns,
			     p->rows,
			     { 0, 0, p->columns, p->rows },
			     enough(turned ? w->height : w->width, p->columns),
			     enough(turned ? w->width : w->height, p->rows),
			     true };
	struct arena *scratch = arena_open();
	struct raster r;
	struct str bytes, reason = STR("");
	bool (*const read)(struct arena * a, struct str b, const struct wish *wanted,
			   struct raster *raster, struct str *why) =
		p->format == PICTURE_PNG ? png_read : jpeg_read;
	if (file_read(scratch, str_c(scratch, p->path), PICTURE_BYTES_AT_MOST, f->m.diags, p->place,
		      &bytes)) {
		if (read(scratch, bytes, &wish, &r, &reason)) {
			colours_convert(f->m.colours, scratch, &r, false);
			average(f, ink, &r, scratch);
		} else {
			diag_report(f->m.diags, DIAG_IMAGE_DAMAGED, p->place, "%.*s: %.*s",
				    STR_ARG(p->src), STR_ARG(reason));
		}
	}
	arena_close(scratch);
}

static bool is_shown(const struct item *i)
{
	const struct picture *p = i->picture.picture;
	return i->kind == ITEM_PICTURE && p->path.len && p->columns > 0 && p->rows > 0 &&
	       i->picture.whole.width > 0 && i->picture.whole.height > 0 &&
	       i->picture.frame.width > 0 && i->picture.frame.height > 0;
}

static void look_at_picture(struct foresight *f, const struct item *item)
{
	const struct picture *p = item->picture.picture;
	if (inks_of(f->inks, p))
		return;
	int all = p->components == 1 ? 1000 : f->most;
	struct picture_ink ink = { .picture = p, .most = p->components == 4 ? 4000 : all };
	if (ink.most > f->m.layout->ink_limit)
		measure(f, &ink, item);
	PUSH(f->arena, f->inks->list, f->inks->count, f->capacity, ink);
}

static void look_at_pictures(struct foresight *f)
{
	const struct pages *pages = f->m.pages;
	f->m.colours = colours_open(&f->m);
	f->most = colours_most_ink(f->m.colours);
	for (size_t p = 0; p < pages->count; p++)
		for (size_t i = 0; i < pages->page[p].item_count; i++)
			if (is_shown(&pages->page[p].items[i]))
				look_at_picture(f, &pages->page[p].items[i]);
	colours_close(f->m.colours);
}

const struct inks *pdf_foresee(struct arena *a, const struct pages *p, const struct world *w,
			       struct diags *d)
{
	struct foresight f = { .arena = a, .inks = NEW(a, struct inks) };
	f.m = (struct making){ .arena = arena_open(),
			       .pages = p,
			       .layout = p->layout,
			       .world = w,
			       .diags = d,
			       .press = p->layout->edition == EDITION_PRINT };
	standard_media(&f.m);
	look_at_fonts(&f.m);
	look_at_ready_made(&f.m);
	if (f.m.press && f.m.layout->cmyk) {
		look_at_pictures(&f);
	} else if (!f.m.press) {
		f.m.colours = colours_open(&f.m);
		lights_find(&f.m, a, f.inks);
		colours_close(f.m.colours);
	}
	arena_close(f.m.arena);
	return f.inks;
}
