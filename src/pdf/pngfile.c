#include "pdf/pngfile.h"

#include "base/arena.h"

#include <png.h>

static void put(png_structp png, png_bytep ptr, size_t len)
{
	buf_put_bytes(png_get_io_ptr(png), ptr, len);
}

static void flush(png_structp png)
{
	(void)png;
}

/* libpng writes to memory: what can fail is memory. */
static void stop(png_structp png, png_const_charp message)
{
	(void)png, (void)message;
	out_of_memory();
}

/* Colours and alpha of a row side by side. */
static void weave(const struct raster *r, int y, unsigned char *row)
{
	size_t columns = (size_t)r->columns, colours = (size_t)r->channels;
	const unsigned char *pixel = r->pixels + (size_t)y * columns * colours;
	for (size_t x = 0; x < columns; x++) {
		for (size_t c = 0; c < colours; c++)
			*row++ = *pixel++;
		if (r->alpha)
			*row++ = r->alpha[(size_t)y * columns + x];
	}
}

struct str png_write(struct arena *a, const struct raster *r)
{
	enum { FILE_AT_MOST = 1 << 30 };
	struct buf out;
	buf_init(&out, FILE_AT_MOST);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, stop, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	if (!info)
		out_of_memory();
	int type = (r->channels == 3 ? PNG_COLOR_MASK_COLOR : 0) |
		   (r->alpha ? PNG_COLOR_MASK_ALPHA : 0);
	png_set_write_fn(png, &out, put, flush);
	png_set_IHDR(png, info, (png_uint_32)r->columns, (png_uint_32)r->rows, 8, type,
		     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	unsigned char *row =
		arena_alloc(a, (size_t)r->columns * (size_t)(r->channels + (r->alpha != NULL)));
	for (int y = 0; y < r->rows; y++) {
		weave(r, y, row);
		png_write_row(png, row);
	}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	struct str bytes = str_copy(a, buf_str(&out));
	buf_release(&out);
	return bytes;
}
