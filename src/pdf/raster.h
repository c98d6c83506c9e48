/* raster: pixels in memory, and fewer pixels from many. */
#ifndef PDF_RASTER_H
#define PDF_RASTER_H

#include "base/str.h"

struct arena;
struct separation;

struct area {
	int x, y, columns, rows;
};

/* What is wanted of a picture file. */
struct wish {
	int file_columns, file_rows; /* what its header said when it was looked at */
	struct area area; /* this part of it */
	int columns, rows; /* averaged to so many pixels; at most the area's */
	bool flat; /* alpha composed over white */
};

struct raster {
	int columns, rows;
	int channels; /* 1 grey, 3 RGB, 4 CMYK with 255 full ink */
	/* Not NULL: RGB that becomes inks by this on its way into a JPEG file. */
	const struct separation *separation;
	unsigned char *pixels; /* 8 bits a sample */
	unsigned char *alpha; /* 255 opaque; NULL: all opaque */
	struct str icc; /* profile of the file, or empty */
	/* Bytes of a JPEG's coding that are in no pixel: they, or others before them, may be
	 * what damage brought in. */
	int left_over;
};

/* Averages rows as they come: each pixel of the result is the mean of the area
 * it covers, by integer weights: exact across, to 1/65536 of a row down. */
struct shrink {
	struct area area;
	int columns, rows, channels;
	int next_source, next_row;
	bool copies; /* nothing to average */
	uint64_t reciprocal; /* 2^40 / area.columns */
	uint32_t *line; /* one source row, averaged across */
	uint32_t *sums; /* of the row being made */
	unsigned char *pixels;
};

/* Sides of an area: sums of weighted samples then fit 32 bits. */
enum { RASTER_SIDE_AT_MOST = 1000000 };

/* The result lives in a. channels counts alpha, 1 to 4. */
void shrink_start(struct shrink *s, struct arena *a, const struct wish *w, int channels);
/* The next row of the file, whole. Rows outside the area are passed over. */
void shrink_row(struct shrink *s, const unsigned char *row);

/* The same for pixels that come in any order, each once; it takes eight times the
 * memory of the result. */
struct spread {
	struct area area;
	int columns, rows, channels;
	uint64_t *sums;
};

void spread_start(struct spread *s, struct arena *a, const struct wish *w, int channels);
/* The pixel at (x, y) of the file. */
void spread_pixel(struct spread *s, int x, int y, const unsigned char *pixel);
/* The means, in a. */
unsigned char *spread_finish(const struct spread *s, struct arena *a);

/* The pixels with PNG's row filters, for /Predictor 15 (ISO 32000-1, 7.4.4.4). */
struct str raster_filter(struct arena *a, const unsigned char *pixels, int columns, int rows,
			 int channels);

#endif
