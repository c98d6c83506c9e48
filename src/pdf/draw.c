/* A page as pixels: what a card is made of, areas, pictures and words, in the order of
 * painting. A trimmed page as wide as CARD_COLUMNS points has a pixel a point. */
#include "pdf/jpeg.h"
#include "pdf/outline.h"
#include "pdf/pdf.h"
#include "pdf/rendition.h"

#include "base/arena.h"
#include "base/file.h"

#include <hb.h>
#include <string.h>

enum { POINT = 1000, SUB = 256, CHANNELS = 3, QUALITY = 86, FONT_BYTES_AT_MOST = 64 * 1024 * 1024 };

/* A face opened to be drawn with. */
struct pen_font {
	const struct face *face;
	struct str bytes;
	hb_font_t *hb; /* NULL: of no use, which was reported */
	unsigned units;
};

struct drawing {
	struct arena *arena;
	struct diags *diags;
	struct raster canvas;
	struct outline outline;
	struct pen_font *fonts;
	size_t font_count, font_capacity;
	const unsigned char *ink; /* of the run being drawn */
	bool ok;
};

static unsigned char *pixel(struct drawing *g, int x, int y)
{
	return g->canvas.pixels + ((size_t)y * (size_t)g->canvas.columns + (size_t)x) * CHANNELS;
}

static int within(int v, int most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

/* A rectangle of the page in whole pixels of the canvas. */
static struct area pixels_of(const struct drawing *g, const struct rect *r)
{
	int left = within((r->x + POINT / 2) / POINT, g->canvas.columns);
	int top = within((r->y + POINT / 2) / POINT, g->canvas.rows);
	int right = within((r->x + r->width + POINT / 2) / POINT, g->canvas.columns);
	int foot = within((r->y + r->height + POINT / 2) / POINT, g->canvas.rows);
	return (struct area){ left, top, right - left, foot - top };
}

static void draw_fill(struct drawing *g, const struct item *item)
{
	struct area a = pixels_of(g, &item->fill.rect);
	for (int y = a.y; y < a.y + a.rows; y++)
		for (int x = a.x; x < a.x + a.columns; x++)
			memcpy(pixel(g, x, y), item->fill.colour->rgb, CHANNELS);
}

static int mixed(int below, int above, int part)
{
	return (below * (255 - part) + above * part + 127) / 255;
}

/* ---- pictures ---- */

/* What the frame shows of the upright picture. */
static struct area seen(const struct item *item)
{
	const struct picture *p = item->picture.picture;
	const struct rect *f = &item->picture.frame, *w = &item->picture.whole;
	int64_t columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	int x = within((int)((f->x - w->x) * columns / w->width), (int)columns - 1);
	int y = within((int)((f->y - w->y) * rows / w->height), (int)rows - 1);
	int wide = (int)(f->width * columns / w->width), high = (int)(f->height * rows / w->height);
	wide = wide < 1 ? 1 : wide > columns - x ? (int)columns - x : wide;
	high = high < 1 ? 1 : high > rows - y ? (int)rows - y : high;
	return (struct area){ x, y, wide, high };
}

/* Between the four nearest samples, where the picture has too few for the frame. at: in
 * 1/SUB of a sample. */
static int sample(const struct raster *r, int channel, int64_t at_x, int64_t at_y)
{
	int x = within((int)(at_x / SUB), r->columns - 1),
	    y = within((int)(at_y / SUB), r->rows - 1);
	int right = x + 1 < r->columns ? x + 1 : x, below = y + 1 < r->rows ? y + 1 : y;
	int part_x = (int)(at_x % SUB), part_y = (int)(at_y % SUB);
	const unsigned char *p = r->pixels + channel;
	size_t n = (size_t)r->channels, row = (size_t)r->columns * n;
	int top = p[(size_t)y * row + (size_t)x * n] * (SUB - part_x) +
		  p[(size_t)y * row + (size_t)right * n] * part_x;
	int foot = p[(size_t)below * row + (size_t)x * n] * (SUB - part_x) +
		   p[(size_t)below * row + (size_t)right * n] * part_x;
	return (top * (SUB - part_y) + foot * part_y) / (SUB * SUB);
}

static void draw_picture(struct drawing *g, const struct item *item)
{
	struct area a = pixels_of(g, &item->picture.frame);
	struct raster r;
	if (a.columns <= 0 || a.rows <= 0)
		return;
	if (!rendition_cut(g->arena, item->picture.picture, seen(item), a.columns, a.rows, &r,
			   g->diags)) {
		g->ok = false;
		return;
	}
	for (int y = 0; y < a.rows; y++)
		for (int x = 0; x < a.columns; x++) {
			int64_t from_x = (int64_t)x * r.columns * SUB / a.columns;
			int64_t from_y = (int64_t)y * r.rows * SUB / a.rows;
			unsigned char *to = pixel(g, a.x + x, a.y + y);
			size_t at =
				(size_t)(from_y / SUB) * (size_t)r.columns + (size_t)(from_x / SUB);
			/* A drawing lies on white, whatever is below. */
			int part = r.alpha ? r.alpha[at] : 255;
			for (int c = 0; c < CHANNELS; c++)
				to[c] = (unsigned char)mixed(255,
							     sample(&r, r.channels == 1 ? 0 : c,
								    from_x, from_y),
							     part);
		}
}

/* ---- words ---- */

static struct pen_font *font_of(struct drawing *g, const struct face *face)
{
	for (size_t i = 0; i < g->font_count; i++)
		if (g->fonts[i].face == face)
			return &g->fonts[i];
	struct pen_font f = { .face = face };
	if (file_map(str_c(g->arena, face->path), FONT_BYTES_AT_MOST, g->diags, face->place,
		     &f.bytes)) {
		hb_blob_t *blob = hb_blob_create(f.bytes.ptr, (unsigned)f.bytes.len,
						 HB_MEMORY_MODE_READONLY, NULL, NULL);
		hb_face_t *hb = hb_face_create(blob, 0);
		f.units = hb_face_get_upem(hb);
		f.hb = hb_font_create(hb);
		hb_face_destroy(hb);
		hb_blob_destroy(blob);
	}
	g->ok = g->ok && f.hb;
	PUSH(g->arena, g->fonts, g->font_count, g->font_capacity, f);
	return &g->fonts[g->font_count - 1];
}

static void paint_row(void *context, int y, const unsigned char *cover)
{
	struct drawing *g = context;
	for (int x = 0; x < g->canvas.columns; x++) {
		unsigned char *to = pixel(g, x, y);
		for (int c = 0; cover[x] && c < CHANNELS; c++)
			to[c] = (unsigned char)mixed(to[c], g->ink[c], cover[x]);
	}
}

static void draw_glyphs(struct drawing *g, const struct item *item)
{
	const struct glyph_run *run = &item->glyphs;
	const struct pen_font *f = font_of(g, run->face);
	int64_t x = run->x;
	if (!f->hb)
		return;
	outline_clear(&g->outline);
	for (size_t i = 0; i < run->glyph_count; i++) {
		const struct glyph *glyph = &run->glyphs[i];
		outline_add(&g->outline, f->hb, glyph->id, (x + glyph->dx) * SUB / POINT,
			    ((int64_t)run->y - glyph->dy) * SUB / POINT,
			    (int64_t)run->size * SUB / POINT, f->units);
		x += glyph->advance;
	}
	g->ink = run->colour->rgb;
	outline_fill(&g->outline, g->canvas.columns, g->canvas.rows, paint_row, g);
}

bool pdf_draw(const struct pages *p, size_t page, int columns, int rows, struct buf *out,
	      struct diags *d)
{
	struct arena *a = arena_open();
	struct drawing g = { .arena = a, .diags = d, .ok = true };
	size_t size = (size_t)columns * (size_t)rows * CHANNELS;
	g.canvas = (struct raster){ .columns = columns,
				    .rows = rows,
				    .channels = CHANNELS,
				    .pixels = arena_alloc(a, size) };
	memset(g.canvas.pixels, 255, size);
	outline_open(&g.outline, a);
	for (size_t i = 0; i < p->page[page].item_count; i++) {
		const struct item *item = &p->page[page].items[i];
		if (item->kind == ITEM_FILL)
			draw_fill(&g, item);
		else if (item->kind == ITEM_PICTURE)
			draw_picture(&g, item);
		else if (item->kind == ITEM_GLYPHS)
			draw_glyphs(&g, item);
	}
	/* Letters keep their edges: no subsampling of colour differences. */
	if (g.ok)
		buf_put(out, jpeg_write(a, &g.canvas, QUALITY, true));
	for (size_t i = 0; i < g.font_count; i++) {
		if (g.fonts[i].hb)
			hb_font_destroy(g.fonts[i].hb);
		file_unmap(g.fonts[i].bytes);
	}
	outline_close(&g.outline);
	arena_close(a);
	return g.ok;
}
