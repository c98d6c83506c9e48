#include "pdf/lights.h"

#include "base/file.h"
#include "pdf/colour.h"
#include "pdf/jpeg.h"
#include "pdf/png.h"
#include "pdf/upright.h"

/* A cell of 3 pt: about as large as what is within and around a letter. */
enum { CELL = 3 * PT, PICTURE_BYTES_AT_MOST = 1 << 30 };

static bool meet(const struct rect *a, const struct rect *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
	       b->y < a->y + a->height;
}

static bool has_words_on(const struct page *p, const struct item *picture)
{
	for (const struct item *i = picture + 1; i < p->items + p->item_count; i++) {
		if (i->kind != ITEM_GLYPHS)
			continue;
		const struct glyph_run *r = &i->glyphs;
		struct rect area = { r->x, r->y - r->size, 0, r->size };
		for (size_t n = 0; n < r->glyph_count; n++)
			area.width += r->glyphs[n].advance;
		if (meet(&area, &picture->picture.frame))
			return true;
	}
	return false;
}

static int cells(int length, int pixels)
{
	int wanted = length / CELL + 1;
	return wanted < pixels ? wanted : pixels;
}

static bool read_picture(struct making *m, struct arena *scratch, const struct item *item,
			 struct raster *r)
{
	const struct picture *p = item->picture.picture;
	const struct rect *w = &item->picture.whole;
	bool turned = p->orientation >= 5;
	struct wish wish = { p->columns,
			     p->rows,
			     { 0, 0, p->columns, p->rows },
			     cells(turned ? w->height : w->width, p->columns),
			     cells(turned ? w->width : w->height, p->rows),
			     false };
	struct str bytes, reason = STR("");
	bool (*const read)(struct arena * a, struct str b, const struct wish *wanted,
			   struct raster *raster, struct str *why) =
		p->format == PICTURE_PNG ? png_read : jpeg_read;
	if (!file_read(scratch, str_c(scratch, p->path), PICTURE_BYTES_AT_MOST, m->diags, p->place,
		       &bytes))
		return false;
	if (read(scratch, bytes, &wish, r, &reason)) {
		colours_convert(m->colours, scratch, r, false);
		return true;
	}
	diag_report(m->diags, DIAG_IMAGE_DAMAGED, p->place, "%.*s: %.*s", STR_ARG(p->src),
		    STR_ARG(reason));
	return false;
}

/* Upright, three colours and alpha a cell. */
static struct picture_light light_of(struct arena *a, const struct picture *p,
				     const struct raster *r)
{
	bool turned = p->orientation >= 5;
	struct picture_light l = { .picture = p,
				   .columns = turned ? r->rows : r->columns,
				   .rows = turned ? r->columns : r->rows };
	l.rgba = arena_alloc(a, (size_t)r->columns * (size_t)r->rows * 4);
	for (int y = 0; y < r->rows; y++)
		for (int x = 0; x < r->columns; x++) {
			int across, down;
			size_t from = (size_t)y * (size_t)r->columns + (size_t)x;
			const unsigned char *pixel = r->pixels + from * (size_t)r->channels;
			upright_place(p->orientation, r->columns, r->rows, x, y, &across, &down);
			unsigned char *to =
				l.rgba + ((size_t)down * (size_t)l.columns + (size_t)across) * 4;
			for (int c = 0; c < 3; c++)
				to[c] = pixel[r->channels == 1 ? 0 : c];
			to[3] = r->alpha ? r->alpha[from] : 255;
		}
	return l;
}

void lights_find(struct making *m, struct arena *a, struct inks *inks)
{
	size_t capacity = 0;
	for (size_t n = 0; n < m->pages->count; n++) {
		const struct page *p = &m->pages->page[n];
		for (size_t k = 0; k < p->item_count; k++) {
			const struct item *i = &p->items[k];
			if (i->kind != ITEM_PICTURE || !i->picture.picture->path.len ||
			    i->picture.whole.width <= 0 || i->picture.whole.height <= 0 ||
			    light_under(inks, i->picture.picture) || !has_words_on(p, i))
				continue;
			struct arena *scratch = arena_open();
			struct raster r;
			if (read_picture(m, scratch, i, &r)) {
				struct picture_light l = light_of(a, i->picture.picture, &r);
				PUSH(a, inks->lights, inks->light_count, capacity, l);
			}
			arena_close(scratch);
		}
	}
}
