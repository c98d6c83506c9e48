#include "pdf/png.h"

#include "base/arena.h"
#include "pdf/chroma.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

struct reading {
	png_structp png;
	png_infop info;
	struct str bytes;
	size_t at;
	struct arena *arena;
	const struct wish *wish;
	struct raster *raster;
	int channels; /* with alpha */
	bool alpha;
	char text[256];
};

static void stop(png_structp png, png_const_charp message)
{
	struct reading *r = png_get_error_ptr(png);
	snprintf(r->text, sizeof r->text, "%s", message);
	png_longjmp(png, 1);
}

static void say_nothing(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void take(png_structp png, png_bytep ptr, size_t len)
{
	struct reading *r = png_get_io_ptr(png);
	if (len > r->bytes.len - r->at)
		png_error(png, "file ends early");
	memcpy(ptr, r->bytes.ptr + r->at, len);
	r->at += len;
}

/* Composes a row over white, or multiplies its colours by alpha, so that what is
 * transparent does not bleed into averages. */
static void weigh(const struct reading *r, unsigned char *row, int columns)
{
	int colours = r->channels - 1;
	for (int x = 0; x < columns; x++, row += r->channels) {
		int alpha = row[colours];
		int paper = r->wish->flat ? 255 - alpha : 0;
		for (int c = 0; c < colours; c++)
			row[c] = (unsigned char)((row[c] * alpha + 127) / 255 + paper);
		if (r->wish->flat)
			row[colours] = 255;
	}
}

static void pass_row(const struct reading *r, struct shrink *s, unsigned char *row)
{
	if (r->alpha)
		weigh(r, row, r->wish->file_columns);
	shrink_row(s, row);
}

/* An interlaced picture comes in seven passes of more and more pixels (ISO/IEC 15948,
 * 8.2). Where it is large and little is wanted of it, each is averaged as it comes. */
static unsigned char *spread_passes(struct reading *r)
{
	static const struct {
		int x, across, y, down; /* the first pixel, and from one to the next */
	} passes[] = { { 0, 8, 0, 8 }, { 4, 8, 0, 8 }, { 0, 4, 4, 8 }, { 2, 4, 0, 4 },
		       { 0, 2, 2, 4 }, { 1, 2, 0, 2 }, { 0, 1, 1, 2 } };
	int columns = r->wish->file_columns, rows = r->wish->file_rows;
	struct spread s;
	spread_start(&s, r->arena, r->wish, r->channels);
	unsigned char *line = arena_alloc(r->arena, (size_t)columns * (size_t)r->channels);
	for (size_t n = 0; n < sizeof passes / sizeof *passes; n++) {
		int first = passes[n].x, across = passes[n].across;
		if (first >= columns) /* a pass without pixels has no rows */
			continue;
		for (int y = passes[n].y; y < rows; y += passes[n].down) {
			png_read_row(r->png, line, NULL);
			if (r->alpha)
				weigh(r, line, (columns - first + across - 1) / across);
			const unsigned char *pixel = line;
			for (int x = first; x < columns; x += across, pixel += r->channels)
				spread_pixel(&s, x, y, pixel);
		}
	}
	return spread_finish(&s, r->arena);
}

static void read_rows(struct reading *r, struct shrink *s)
{
	size_t width = png_get_rowbytes(r->png, r->info), rows = (size_t)r->wish->file_rows;
	if (png_get_interlace_type(r->png, r->info) == PNG_INTERLACE_NONE) {
		unsigned char *row = arena_alloc(r->arena, width);
		for (size_t y = 0; y < rows; y++) {
			png_read_row(r->png, row, NULL);
			pass_row(r, s, row);
		}
		return;
	}
	unsigned char *whole = arena_alloc(r->arena, width * rows);
	unsigned char **lines = NEW_ARRAY(r->arena, unsigned char *, rows);
	for (size_t y = 0; y < rows; y++)
		lines[y] = whole + y * width;
	png_read_image(r->png, lines);
	for (size_t y = 0; y < rows; y++)
		pass_row(r, s, lines[y]);
}

/* Takes alpha out of the averaged pixels and undoes the multiplication. */
static void separate(struct reading *r, const struct shrink *s)
{
	struct raster *out = r->raster;
	size_t pixels = (size_t)s->columns * (size_t)s->rows;
	int colours = r->alpha ? s->channels - 1 : s->channels;
	*out = (struct raster){ .columns = s->columns,
				.rows = s->rows,
				.channels = colours,
				.pixels = s->pixels,
				.icc = out->icc };
	if (!r->alpha)
		return;
	out->pixels = arena_alloc(r->arena, pixels * (size_t)colours);
	out->alpha = arena_alloc(r->arena, pixels);
	bool opaque = true;
	for (size_t i = 0; i < pixels; i++) {
		const unsigned char *from = s->pixels + i * (size_t)s->channels;
		int alpha = out->alpha[i] = from[colours];
		opaque = opaque && alpha == 255;
		for (int c = 0; c < colours; c++) {
			int v = alpha ? (from[c] * 255 + alpha / 2) / alpha : 255;
			out->pixels[i * (size_t)colours + (size_t)c] =
				(unsigned char)(v > 255 ? 255 : v);
		}
	}
	if (opaque)
		out->alpha = NULL;
}

/* Colours by gamma and primaries, which count where no profile does (ISO/IEC 15948,
 * 11.3.3). */
static struct str told_in_numbers(struct reading *r)
{
	bool colour = png_get_color_type(r->png, r->info) & PNG_COLOR_MASK_COLOR;
	struct chroma c = { .channels = colour ? 3 : 1 };
	png_fixed_point gamma = 0;
	if (png_get_gAMA_fixed(r->png, r->info, &gamma))
		c.gamma = gamma;
	c.primaries =
		png_get_cHRM_fixed(r->png, r->info, &c.white[0], &c.white[1], &c.red[0], &c.red[1],
				   &c.green[0], &c.green[1], &c.blue[0], &c.blue[1]);
	return chroma_profile(r->arena, &c);
}

static void read_profile(struct reading *r)
{
	char *name;
	int compression;
	unsigned char *data;
	unsigned len;
	if (png_get_valid(r->png, r->info, PNG_INFO_sRGB))
		return;
	if (png_get_iCCP(r->png, r->info, &name, &compression, &data, &len))
		r->raster->icc = str_copy(r->arena, (struct str){ (const char *)data, len });
	else
		r->raster->icc = told_in_numbers(r);
}

/* Whole in memory an interlaced picture takes a byte a sample; passes take eight, but
 * of the result. */
static bool comes_in_passes(const struct reading *r)
{
	const struct wish *w = r->wish;
	return png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE &&
	       (int64_t)w->file_columns * w->file_rows > INT64_C(8) * w->columns * w->rows;
}

/* In a function of its own: nothing in it is changed after setjmp. */
static bool read_or_stop(struct reading *r)
{
	if (setjmp(png_jmpbuf(r->png)))
		return false;
	png_set_read_fn(r->png, r, take);
	png_set_user_limits(r->png, RASTER_SIDE_AT_MOST, RASTER_SIDE_AT_MOST);
	png_read_info(r->png, r->info);
	if (png_get_image_width(r->png, r->info) != (unsigned)r->wish->file_columns ||
	    png_get_image_height(r->png, r->info) != (unsigned)r->wish->file_rows)
		png_error(r->png, "has another size now");
	read_profile(r);
	png_set_expand(r->png); /* palette, few bits, transparent colour */
	png_set_scale_16(r->png);
	bool spread = comes_in_passes(r);
	if (!spread)
		png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	r->channels = png_get_channels(r->png, r->info);
	r->alpha = r->channels == 2 || r->channels == 4;
	struct shrink s;
	shrink_start(&s, r->arena, r->wish, r->channels);
	if (spread)
		s.pixels = spread_passes(r);
	else
		read_rows(r, &s);
	png_read_end(r->png, NULL);
	separate(r, &s);
	return true;
}

bool png_read(struct arena *a, struct str bytes, const struct wish *w, struct raster *raster,
	      struct str *reason)
{
	*raster = (struct raster){ 0 };
	struct reading *r = NEW(a, struct reading);
	r->bytes = bytes;
	r->arena = a;
	r->wish = w;
	r->raster = raster;
	r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, stop, say_nothing);
	if (!r->png)
		out_of_memory();
	r->info = png_create_info_struct(r->png);
	if (!r->info)
		out_of_memory();
	bool ok = read_or_stop(r);
	png_destroy_read_struct(&r->png, &r->info, NULL);
	*reason = str_from(r->text);
	return ok;
}
