/* Pictures drawn for the tests: every kind of PNG and JPEG that editors bring. */
#ifndef TESTS_PDF_DRAWING_H
#define TESTS_PDF_DRAWING_H

#include "pdf/sample.h"

#include <jpeglib.h>
#include <png.h>

/* A slope of colour with a red upper left quarter, so that turns show. channels
 * counts alpha, which falls from left to right. */
HELPER unsigned char *draw(struct sample *s, int columns, int rows, int channels, bool alpha)
{
	unsigned char *pixels = arena_alloc(s->arena, (size_t)(columns * rows * channels));
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < columns; x++)
			for (int c = 0; c < channels; c++) {
				bool corner = x < columns / 2 && y < rows / 2;
				int v = corner ? (c ? 20 : 220) : 60 + 150 * x / columns;
				if (alpha && c == channels - 1)
					v = 255 - 255 * x / columns;
				pixels[(y * columns + x) * channels + c] = (unsigned char)v;
			}
	return pixels;
}

HELPER struct picture *picture_file(struct sample *s, const char *name, enum picture_format format,
				    int columns, int rows, int components)
{
	struct picture *p = NEW(s->arena, struct picture);
	p->src = str_format(s->arena, "images/%s", name);
	p->path = str_from(path_join(s->arena, str_from(s->folder), str_from(name)));
	p->alt = STR("Próba");
	p->format = format;
	p->columns = columns;
	p->rows = rows;
	p->components = components;
	p->orientation = 1;
	p->place = (struct place){ STR("issues/2026-1/a.md"), 7, 3 };
	return p;
}

HELPER struct picture *draw_png(struct sample *s, const char *name, int columns, int rows, int type,
				int depth, bool interlaced)
{
	struct picture *p = picture_file(s, name, PICTURE_PNG, columns, rows,
					 type & PNG_COLOR_MASK_COLOR ? 3 : 1);
	FILE *f = fopen(str_c(s->arena, p->path), "wb");
	assert_non_null(f);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_init_io(png, f);
	png_set_IHDR(png, info, (png_uint_32)columns, (png_uint_32)rows, depth, type,
		     interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
	bool alpha = type & PNG_COLOR_MASK_ALPHA;
	int channels = (type == PNG_COLOR_TYPE_RGB || type == PNG_COLOR_TYPE_RGBA ? 3 : 1) + alpha;
	if (type == PNG_COLOR_TYPE_PALETTE) {
		png_color palette[256];
		for (int i = 0; i < 256; i++)
			palette[i] = (png_color){ (png_byte)i, 30, (png_byte)(255 - i) };
		png_set_PLTE(png, info, palette, 1 << depth);
	}
	png_write_info(png, info);
	unsigned char *pixels = draw(s, columns, rows, channels, alpha);
	int samples = columns * channels;
	unsigned char *wide = arena_alloc(s->arena, (size_t)(2 * samples));
	png_set_packing(png);
	int passes = png_set_interlace_handling(png);
	for (int pass = 0; pass < passes; pass++)
		for (int y = 0; y < rows; y++) {
			unsigned char *row = pixels + y * samples;
			for (int i = 0; i < samples; i++) {
				wide[depth == 16 ? 2 * i : i] =
					(unsigned char)(depth < 8 ? row[i] >> (8 - depth) : row[i]);
			}
			png_write_row(png, wide);
		}
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	assert_int_equal(fclose(f), 0);
	return p;
}

/* inverted: as Adobe's programs store CMYK. icc may be empty. */
HELPER struct picture *draw_jpeg(struct sample *s, const char *name, int columns, int rows,
				 int channels, bool progressive, struct str icc)
{
	static const J_COLOR_SPACE spaces[] = { 0, JCS_GRAYSCALE, 0, JCS_RGB, JCS_CMYK };
	struct picture *p = picture_file(s, name, PICTURE_JPEG, columns, rows, channels);
	FILE *f = fopen(str_c(s->arena, p->path), "wb");
	assert_non_null(f);
	struct jpeg_compress_struct info;
	struct jpeg_error_mgr error;
	info.err = jpeg_std_error(&error);
	jpeg_create_compress(&info);
	jpeg_stdio_dest(&info, f);
	info.image_width = (JDIMENSION)columns;
	info.image_height = (JDIMENSION)rows;
	info.input_components = channels;
	info.in_color_space = spaces[channels];
	jpeg_set_defaults(&info);
	if (progressive)
		jpeg_simple_progression(&info);
	jpeg_start_compress(&info, TRUE);
	jpeg_write_marker(&info, JPEG_COM, (const unsigned char *)"secret place", 12);
	if (icc.len)
		jpeg_write_icc_profile(&info, (const unsigned char *)icc.ptr, (unsigned)icc.len);
	unsigned char *pixels = draw(s, columns, rows, channels, false);
	for (int i = 0; channels == 4 && i < columns * rows * 4; i++)
		pixels[i] = (unsigned char)(255 - pixels[i]);
	for (int y = 0; y < rows; y++) {
		unsigned char *row = pixels + y * columns * channels;
		jpeg_write_scanlines(&info, &row, 1);
	}
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	assert_int_equal(fclose(f), 0);
	return p;
}

/* Painted whole, that wide, at (x, y). */
HELPER struct item *sample_picture(struct sample *s, struct page *page, struct element *e,
				   const struct picture *p, int x, int y, int width)
{
	struct item *item = page_add(s->arena, page, ITEM_PICTURE);
	int height = unit_scale(width, picture_upright_rows(p), picture_upright_columns(p));
	item->element = e;
	item->picture.picture = p;
	item->picture.frame = item->picture.whole = (struct rect){ x, y, width, height };
	return item;
}

#endif
