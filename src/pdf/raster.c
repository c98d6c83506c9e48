#include "pdf/raster.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void shrink_start(struct shrink *s, struct arena *a, const struct wish *w, int channels)
{
	size_t width = (size_t)w->columns * (size_t)channels;
	*s = (struct shrink){
		.area = w->area,
		.columns = w->columns,
		.rows = w->rows,
		.channels = channels,
		/* Rounded up, so that a row of equal samples stays as it is. */
		.reciprocal = ((uint64_t)1 << 40) / (uint64_t)w->area.columns + 1,
		.copies = w->columns == w->area.columns && w->rows == w->area.rows,
		.line = NEW_ARRAY(a, uint32_t, width),
		.sums = NEW_ARRAY(a, uint32_t, width),
		.pixels = arena_alloc(a, width * (size_t)w->rows),
	};
}

/* Averages a row across: columns source pixels onto s->columns results, as
 * 1/256 of a sample's unit. Lengths are counted so that a source pixel is
 * s->columns long and a result area.columns: both then end on whole numbers.
 * channels is a constant where it is called, so that its loops vanish. */
static inline void average(const struct shrink *s, const unsigned char *pixel, const int channels)
{
	uint32_t length = (uint32_t)s->area.columns, step = (uint32_t)s->columns;
	uint32_t left = step; /* of the source pixel; never longer than a result */
	uint32_t *to = s->line;
	for (int column = 0; column < s->columns; column++, to += channels) {
		uint32_t sum[4] = { 0 }, whole[4] = { 0 };
		for (int c = 0; c < channels; c++)
			sum[c] = left * pixel[c];
		pixel += channels;
		uint32_t wanted = length - left;
		for (; wanted >= step; wanted -= step, pixel += channels)
			for (int c = 0; c < channels; c++)
				whole[c] += pixel[c];
		/* Behind the last pixel of the row nothing is wanted. */
		for (int c = 0; wanted && c < channels; c++)
			sum[c] += wanted * pixel[c];
		left = step - wanted;
		for (int c = 0; c < channels; c++)
			to[c] = (uint32_t)((sum[c] + step * whole[c]) * s->reciprocal >> 32);
	}
}

static void average_across(const struct shrink *s, const unsigned char *pixel)
{
	switch (s->channels) {
	case 1:
		average(s, pixel, 1);
		break;
	case 2:
		average(s, pixel, 2);
		break;
	case 3:
		average(s, pixel, 3);
		break;
	default:
		average(s, pixel, 4);
		break;
	}
}

enum { ROW = 65536 }; /* height of a result row, which source rows are parts of */

static void finish_row(struct shrink *s)
{
	size_t width = (size_t)s->columns * (size_t)s->channels;
	unsigned char *row = s->pixels + width * (size_t)s->next_row++;
	for (size_t i = 0; i < width; i++) {
		row[i] = (unsigned char)((s->sums[i] + 128 * ROW) / (256 * ROW));
		s->sums[i] = 0;
	}
}

/* Where the y-th source row begins among the results. */
static uint64_t height_to(const struct shrink *s, int y)
{
	return (uint64_t)y * (uint64_t)s->rows * ROW / (uint64_t)s->area.rows;
}

void shrink_row(struct shrink *s, const unsigned char *row)
{
	int y = s->next_source++ - s->area.y;
	if (y < 0 || y >= s->area.rows)
		return;
	size_t width = (size_t)s->columns * (size_t)s->channels;
	const unsigned char *first = row + (size_t)s->area.x * (size_t)s->channels;
	if (s->copies) {
		memcpy(s->pixels + width * (size_t)s->next_row++, first, width);
		return;
	}
	average_across(s, first);
	uint64_t from = height_to(s, y), to = height_to(s, y + 1);
	while (from < to) {
		uint64_t end = (uint64_t)(s->next_row + 1) * ROW;
		uint32_t weight = (uint32_t)((end < to ? end : to) - from);
		for (size_t i = 0; i < width; i++)
			s->sums[i] += weight * s->line[i];
		from += weight;
		if (from == end)
			finish_row(s);
	}
}

void spread_start(struct spread *s, struct arena *a, const struct wish *w, int channels)
{
	size_t count = (size_t)w->columns * (size_t)w->rows * (size_t)channels;
	*s = (struct spread){ w->area, w->columns, w->rows, channels,
			      NEW_ARRAY(a, uint64_t, count) };
}

/* The first result that a source pixel reaches into, and how much of it lies there, of
 * `step` in all: the rest lies in the next. A source pixel is step long, a result length. */
static int reach(int at, uint32_t step, uint32_t length, uint32_t *first)
{
	uint64_t from = (uint64_t)at * step;
	int cell = (int)(from / length);
	uint64_t end = ((uint64_t)cell + 1) * length;
	*first = from + step <= end ? step : (uint32_t)(end - from);
	return cell;
}

void spread_pixel(struct spread *s, int x, int y, const unsigned char *pixel)
{
	x -= s->area.x;
	y -= s->area.y;
	if (x < 0 || y < 0 || x >= s->area.columns || y >= s->area.rows)
		return;
	uint32_t wide = (uint32_t)s->columns, high = (uint32_t)s->rows, left, top;
	int column = reach(x, wide, (uint32_t)s->area.columns, &left);
	int row = reach(y, high, (uint32_t)s->area.rows, &top);
	for (int down = 0; down < 2; down++) {
		uint64_t part = down ? high - top : top;
		for (int across = 0; part && across < 2; across++) {
			uint64_t weight = part * (across ? wide - left : left);
			if (!weight)
				continue;
			size_t cell = (size_t)(row + down) * wide + (size_t)(column + across);
			for (int c = 0; c < s->channels; c++)
				s->sums[cell * (size_t)s->channels + (size_t)c] +=
					weight * pixel[c];
		}
	}
}

unsigned char *spread_finish(const struct spread *s, struct arena *a)
{
	size_t count = (size_t)s->columns * (size_t)s->rows * (size_t)s->channels;
	uint64_t whole = (uint64_t)s->area.columns * (uint64_t)s->area.rows;
	unsigned char *pixels = arena_alloc(a, count);
	for (size_t i = 0; i < count; i++)
		pixels[i] = (unsigned char)((s->sums[i] + whole / 2) / whole);
	return pixels;
}

/* Sum of a filtered row's bytes as small signed numbers: the usual estimate of
 * how well it will deflate (PNG specification, 12.8). */
static uint64_t cost(const unsigned char *row, size_t len)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < len; i++)
		sum += (uint64_t)abs((int)(signed char)row[i]);
	return sum;
}

struct str raster_filter(struct arena *a, const unsigned char *pixels, int columns, int rows,
			 int channels)
{
	enum { SUB = 1, UP = 2 };
	size_t width = (size_t)columns * (size_t)channels, step = (size_t)channels;
	unsigned char *out = arena_alloc(a, (width + 1) * (size_t)rows);
	unsigned char *sub = arena_alloc(a, width), *up = arena_alloc(a, width);
	const unsigned char *above = arena_alloc(a, width); /* zeros */
	for (int y = 0; y < rows; y++) {
		const unsigned char *row = pixels + width * (size_t)y;
		for (size_t i = 0; i < width; i++) {
			sub[i] = (unsigned char)(row[i] - (i < step ? 0 : row[i - step]));
			up[i] = (unsigned char)(row[i] - above[i]);
		}
		bool across = cost(sub, width) < cost(up, width);
		unsigned char *to = out + (width + 1) * (size_t)y;
		to[0] = across ? SUB : UP;
		memcpy(to + 1, across ? sub : up, width);
		above = row;
	}
	return (struct str){ (const char *)out, (width + 1) * (size_t)rows };
}
