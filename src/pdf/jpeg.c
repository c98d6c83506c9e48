#include "pdf/jpeg.h"

#include "base/arena.h"
#include "pdf/separation.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/* libjpeg's way out of an error: back to where decoding began. */
struct trouble {
	struct jpeg_error_mgr manager; /* first: libjpeg knows only this */
	jmp_buf back;
	bool damaged;
	const struct jpeg_source_mgr *source; /* being read; NULL: nothing is */
	int left_over;
	char text[JMSG_LENGTH_MAX];
};

static void stop(j_common_ptr info)
{
	struct trouble *t = (struct trouble *)info->err;
	info->err->format_message(info, t->text);
	longjmp(t->back, 1);
}

/* Bytes of coded pixels that no pixel wanted, by libjpeg's warning; its source stands
 * behind them, at the marker that ends them.
 * Some cameras fill up with zeros or ones there, which is nothing. */
static int count_left_over(const struct trouble *t)
{
	int count = t->manager.msg_parm.i[0];
	const unsigned char *marker = (const unsigned char *)t->source->next_input_byte;
	bool fills = true;
	for (int i = 1; i <= count; i++)
		fills = fills && (marker[-i] == 0 || marker[-i] == 0xFF);
	return fills ? 0 : count;
}

/* libjpeg fills the rest with grey and calls it a warning; a reader calls it a
 * damaged picture. Extraneous bytes, which some cameras write, are not. */
static void note_message(j_common_ptr info, int level)
{
	struct trouble *t = (struct trouble *)info->err;
	int code = info->err->msg_code;
	bool loss = code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER ||
		    code == JWRN_HUFF_BAD_CODE || code == JWRN_ARITH_BAD_CODE;
	if (level < 0 && code == JWRN_EXTRANEOUS_DATA && t->source && t->left_over == 0)
		t->left_over = count_left_over(t);
	if (level < 0 && loss && !t->damaged) {
		t->damaged = true;
		info->err->format_message(info, t->text);
	}
}

static void say_nothing(j_common_ptr info)
{
	(void)info;
}

static struct jpeg_error_mgr *quiet(struct trouble *t)
{
	jpeg_std_error(&t->manager);
	t->manager.error_exit = stop;
	t->manager.emit_message = note_message;
	t->manager.output_message = say_nothing;
	return &t->manager;
}

struct reading {
	struct jpeg_decompress_struct info;
	struct trouble trouble;
	struct arena *arena;
	const struct wish *wish;
	struct raster *raster;
};

/* n eighths of a length that counts from a multiple of eight. */
static int eighths(int length, unsigned n)
{
	return (int)(((int64_t)length * n + 7) / 8);
}

/* libjpeg can decode to n eighths of the size at less cost: the smallest n that
 * still has the pixels wished for, of those it is quick at. */
static void choose_scale(struct jpeg_decompress_struct *info, const struct wish *w)
{
	info->scale_denom = 8;
	for (info->scale_num = 1; info->scale_num < 8; info->scale_num *= 2)
		if (eighths(w->area.columns, info->scale_num) >= w->columns &&
		    eighths(w->area.rows, info->scale_num) >= w->rows)
			break;
}

static void invert(unsigned char *samples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		samples[i] = (unsigned char)(255 - samples[i]);
}

static void read_profile(struct reading *r)
{
	unsigned char *data = NULL;
	unsigned len = 0;
	if (jpeg_read_icc_profile(&r->info, &data, &len))
		r->raster->icc = str_copy(r->arena, (struct str){ (const char *)data, len });
	heap_free(data);
}

static void read_pixels(struct reading *r)
{
	struct jpeg_decompress_struct *info = &r->info;
	choose_scale(info, r->wish);
	info->out_color_space = info->num_components == 1   ? JCS_GRAYSCALE
				: info->num_components == 4 ? JCS_CMYK
							    : JCS_RGB;
	jpeg_start_decompress(info);
	struct wish scaled = *r->wish;
	unsigned n = info->scale_num;
	scaled.area =
		(struct area){ eighths(scaled.area.x, n), eighths(scaled.area.y, n),
			       eighths(scaled.area.columns, n), eighths(scaled.area.rows, n) };
	struct shrink s;
	shrink_start(&s, r->arena, &scaled, info->output_components);
	unsigned char *row =
		arena_alloc(r->arena, (size_t)info->output_width * (size_t)info->output_components);
	while (info->output_scanline < info->output_height) {
		jpeg_read_scanlines(info, &row, 1);
		shrink_row(&s, row);
	}
	jpeg_finish_decompress(info);
	size_t samples = (size_t)s.columns * (size_t)s.rows * (size_t)s.channels;
	if (s.channels == 4 && info->saw_Adobe_marker)
		invert(s.pixels, samples); /* Adobe stores paper, not ink */
	r->raster->columns = s.columns;
	r->raster->rows = s.rows;
	r->raster->channels = s.channels;
	r->raster->pixels = s.pixels;
}

/* In a function of its own: nothing in it is changed after setjmp. */
static bool read_or_stop(struct reading *r, struct str bytes)
{
	if (setjmp(r->trouble.back))
		return false;
	jpeg_create_decompress(&r->info);
	jpeg_mem_src(&r->info, (const unsigned char *)bytes.ptr, (unsigned long)bytes.len);
	r->trouble.source = r->info.src;
	jpeg_save_markers(&r->info, JPEG_APP0 + 2, 0xFFFF);
	jpeg_read_header(&r->info, TRUE);
	if ((int)r->info.image_width != r->wish->file_columns ||
	    (int)r->info.image_height != r->wish->file_rows) {
		snprintf(r->trouble.text, sizeof r->trouble.text, "is %u x %u now",
			 r->info.image_width, r->info.image_height);
		return false;
	}
	read_profile(r);
	read_pixels(r);
	return !r->trouble.damaged;
}

bool jpeg_read(struct arena *a, struct str bytes, const struct wish *w, struct raster *raster,
	       struct str *reason)
{
	*raster = (struct raster){ 0 };
	struct reading *r = NEW(a, struct reading);
	r->arena = a;
	r->wish = w;
	r->raster = raster;
	r->info.err = quiet(&r->trouble);
	bool ok = read_or_stop(r, bytes);
	jpeg_destroy_decompress(&r->info);
	raster->left_over = r->trouble.left_over;
	*reason = str_from(r->trouble.text);
	return ok;
}

const char *jpeg_library(void)
{
#define WORD(number) #number
#define VERSION(number) WORD(number)
	return "libjpeg-turbo " VERSION(LIBJPEG_TURBO_VERSION);
#undef VERSION
#undef WORD
}

struct writing {
	struct jpeg_compress_struct info;
	struct trouble trouble;
	unsigned char *row; /* being separated */
	unsigned char *bytes;
	unsigned long len;
};

static unsigned char *row_of(const struct writing *w, const struct raster *r)
{
	size_t columns = (size_t)r->columns;
	unsigned char *row =
		r->pixels + (size_t)w->info.next_scanline * columns * (size_t)r->channels;
	if (!r->separation)
		return row;
	separation_run(r->separation, row, w->row, columns, true);
	return w->row;
}

static bool write_or_stop(struct writing *w, const struct raster *r, int quality, bool full_colour)
{
	static const J_COLOR_SPACE spaces[] = { 0, JCS_GRAYSCALE, 0, JCS_RGB, JCS_CMYK };
	if (setjmp(w->trouble.back))
		return false;
	struct jpeg_compress_struct *info = &w->info;
	jpeg_create_compress(info);
	jpeg_mem_dest(info, &w->bytes, &w->len);
	info->image_width = (JDIMENSION)r->columns;
	info->image_height = (JDIMENSION)r->rows;
	info->input_components = r->separation ? 4 : r->channels;
	info->in_color_space = r->separation ? JCS_YCCK : spaces[r->channels];
	jpeg_set_defaults(info);
	if (info->input_components == 4)
		jpeg_set_colorspace(info, JCS_YCCK);
	jpeg_set_quality(info, quality, TRUE);
	/* A code made for the picture saves 3 % of the file at twice the time. */
	info->optimize_coding = !full_colour;
	for (int c = 0; full_colour && c < info->num_components; c++)
		info->comp_info[c].h_samp_factor = info->comp_info[c].v_samp_factor = 1;
	jpeg_start_compress(info, TRUE);
	while (info->next_scanline < info->image_height) {
		unsigned char *row = row_of(w, r);
		jpeg_write_scanlines(info, &row, 1);
	}
	jpeg_finish_compress(info);
	return true;
}

struct str jpeg_write(struct arena *a, const struct raster *r, int quality, bool full_colour)
{
	struct writing *w = NEW(a, struct writing);
	w->info.err = quiet(&w->trouble);
	w->row = r->separation ? arena_alloc(a, (size_t)r->columns * 4) : NULL;
	/* Writing to memory has one way to fail. */
	if (!write_or_stop(w, r, quality, full_colour))
		out_of_memory();
	jpeg_destroy_compress(&w->info);
	struct str bytes = str_copy(a, (struct str){ (const char *)w->bytes, w->len });
	heap_free(w->bytes);
	return bytes;
}

enum marker {
	MARKER_SOF0 = 0xC0,
	MARKER_SOF2 = 0xC2, /* progressive; what follows is lossless or arithmetic */
	MARKER_DHT = 0xC4,
	MARKER_JPG = 0xC8,
	MARKER_DAC = 0xCC,
	MARKER_SOFF = 0xCF,
	MARKER_EOI = 0xD9,
	MARKER_SOS = 0xDA,
	MARKER_APP0 = 0xE0,
	MARKER_APP14 = 0xEE, /* Adobe's: says how colours are stored */
	MARKER_APP15 = 0xEF,
	MARKER_COM = 0xFE,
};

static bool is_frame(unsigned marker)
{
	return marker >= MARKER_SOF0 && marker <= MARKER_SOFF && marker != MARKER_DHT &&
	       marker != MARKER_JPG && marker != MARKER_DAC;
}

/* From the start of scan to the end of the image: what cameras append after it
 * is no part of the picture. */
static struct str scans(struct str rest)
{
	for (size_t at = 0; at + 1 < rest.len;) {
		const char *hit = memchr(rest.ptr + at, 0xFF, rest.len - at - 1);
		if (!hit)
			break;
		at = (size_t)(hit - rest.ptr) + 1;
		if ((unsigned char)rest.ptr[at] == MARKER_EOI)
			return str_sub(rest, 0, at + 1);
	}
	return rest;
}

bool jpeg_strip(struct arena *a, struct str bytes, struct str *stripped)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	char *out = arena_alloc(a, bytes.len + 1);
	size_t at = 2, len = 2;
	if (bytes.len < 4)
		return false;
	memcpy(out, p, 2);
	while (at + 4 <= bytes.len && p[at] == 0xFF) {
		unsigned marker = p[at + 1];
		size_t size = (size_t)p[at + 2] << 8 | p[at + 3];
		if (marker == 0xFF) { /* fill byte */
			at++;
			continue;
		}
		if (marker == MARKER_SOS) {
			struct str rest = scans(str_sub(bytes, at, bytes.len));
			memcpy(out + len, rest.ptr, rest.len);
			*stripped = (struct str){ out, len + rest.len };
			return true;
		}
		if (size < 2 || at + 2 + size > bytes.len ||
		    (is_frame(marker) && (marker > MARKER_SOF2 || p[at + 4] != 8)))
			return false;
		bool dropped =
			marker == MARKER_COM ||
			(marker >= MARKER_APP0 && marker <= MARKER_APP15 && marker != MARKER_APP14);
		if (!dropped) {
			memcpy(out + len, p + at, size + 2);
			len += size + 2;
		}
		at += size + 2;
	}
	return false;
}
