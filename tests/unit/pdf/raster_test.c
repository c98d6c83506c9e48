/* raster: averages are exact, filters can be undone. */
#include "pdf/sample.h"

#include "pdf/raster.h"

static unsigned char *shrunk(struct arena *a, const unsigned char *pixels, const struct wish *w,
			     int channels)
{
	struct shrink s;
	shrink_start(&s, a, w, channels);
	for (int y = 0; y < w->file_rows; y++)
		shrink_row(&s, pixels + y * w->file_columns * channels);
	assert_int_equal(s.next_row, w->rows);
	return s.pixels;
}

static void equal_pixels_stay_equal(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	static const int values[] = { 0, 1, 127, 128, 254, 255 };
	for (int columns = 1; columns <= 37; columns += 3)
		for (size_t v = 0; v < 6; v++)
			for (int channels = 1; channels <= 4; channels++) {
				unsigned char pixels[37 * 23 * 4];
				memset(pixels, values[v], sizeof pixels);
				struct wish w = {
					37, 23, { 0, 0, 37, 23 }, columns, 1 + columns / 2, false
				};
				const unsigned char *out = shrunk(a, pixels, &w, channels);
				for (int i = 0; i < w.columns * w.rows * channels; i++)
					assert_int_equal(out[i], values[v]);
			}
	arena_close(a);
}

static void halves_and_thirds_are_means(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	static const unsigned char row[] = { 0, 30, 60, 90, 120, 150 };
	struct wish halves = { 6, 1, { 0, 0, 6, 1 }, 3, 1, false };
	const unsigned char *out = shrunk(a, row, &halves, 1);
	assert_int_equal(out[0], 15);
	assert_int_equal(out[1], 75);
	assert_int_equal(out[2], 135);
	struct wish quarters = { 6, 1, { 0, 0, 6, 1 }, 4, 1, false }; /* 1.5 pixels each */
	out = shrunk(a, row, &quarters, 1);
	assert_int_equal(out[0], 10); /* (0 + 30/2) / 1.5 */
	assert_int_equal(out[1], 50); /* (30/2 + 60) / 1.5 */
	struct wish column = { 1, 6, { 0, 0, 1, 6 }, 1, 4, false };
	out = shrunk(a, row, &column, 1);
	assert_int_equal(out[0], 10);
	assert_int_equal(out[3], 140);
	arena_close(a);
}

static void area_is_cut_out(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	unsigned char pixels[8 * 8 * 3];
	for (int i = 0; i < 8 * 8 * 3; i++)
		pixels[i] = (unsigned char)i;
	struct wish w = { 8, 8, { 2, 3, 4, 2 }, 4, 2, false };
	const unsigned char *out = shrunk(a, pixels, &w, 3);
	assert_int_equal(out[0], (3 * 8 + 2) * 3);
	assert_int_equal(out[23], (4 * 8 + 5) * 3 + 2);
	w.columns = 1;
	w.rows = 1;
	out = shrunk(a, pixels, &w, 3);
	assert_int_equal(out[0], 95); /* the mean of two rows and four columns is 94.5 */
	arena_close(a);
}

/* Any picture to any size: each result is the mean of its area, rounded. */
static void means_are_those_of_the_areas(void **state)
{
	(void)state;
	enum { COLUMNS = 41, ROWS = 29 };
	struct arena *a = arena_open();
	unsigned char pixels[COLUMNS * ROWS];
	uint32_t seed = 3;
	for (size_t i = 0; i < sizeof pixels; i++) {
		seed = seed * 1664525 + 1013904223;
		pixels[i] = (unsigned char)(seed >> 24);
	}
	for (int columns = 1; columns < COLUMNS; columns += 2)
		for (int rows = 1; rows < ROWS; rows += 3) {
			struct wish w = { COLUMNS, ROWS, { 0, 0, COLUMNS, ROWS },
					  columns, rows, false };
			const unsigned char *out = shrunk(a, pixels, &w, 1);
			struct spread s;
			spread_start(&s, a, &w, 1);
			for (int i = COLUMNS * ROWS; i-- > 0;)
				spread_pixel(&s, i % COLUMNS, i / COLUMNS, pixels + i);
			const unsigned char *any = spread_finish(&s, a);
			for (int i = 0; i < columns * rows; i++) {
				int x = i % columns, y = i / columns;
				int64_t sum = 0;
				for (int n = 0; n < COLUMNS * ROWS; n++) {
					/* overlaps, in parts of columns and of rows */
					int from = n % COLUMNS * columns, to = from + columns;
					int wide =
						(to < (x + 1) * COLUMNS ? to : (x + 1) * COLUMNS) -
						(from > x * COLUMNS ? from : x * COLUMNS);
					from = n / COLUMNS * rows, to = from + rows;
					int high = (to < (y + 1) * ROWS ? to : (y + 1) * ROWS) -
						   (from > y * ROWS ? from : y * ROWS);
					if (wide > 0 && high > 0)
						sum += (int64_t)wide * high * pixels[n];
				}
				int64_t whole = COLUMNS * ROWS;
				assert_true(llabs(out[i] * whole - sum) * 1000 <= whole * 506);
				assert_true(llabs(any[i] * whole - sum) * 2 <= whole);
			}
		}
	arena_close(a);
}

/* Undoes the filters as a reader of PNG predictors would. */
static void filters_can_be_undone(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	enum { COLUMNS = 13, ROWS = 9, CHANNELS = 3, WIDTH = COLUMNS * CHANNELS };
	unsigned char pixels[ROWS * WIDTH], back[ROWS * WIDTH];
	uint32_t seed = 7;
	for (int i = 0; i < ROWS * WIDTH; i++) {
		seed = seed * 1664525 + 1013904223;
		pixels[i] = (unsigned char)(i / WIDTH < 4 ? seed >> 24 : (uint32_t)i);
	}
	struct str out = raster_filter(a, pixels, COLUMNS, ROWS, CHANNELS);
	assert_int_equal(out.len, ROWS * (WIDTH + 1));
	bool kinds[5] = { false };
	for (int y = 0; y < ROWS; y++) {
		const unsigned char *row = (const unsigned char *)out.ptr + y * (WIDTH + 1);
		kinds[row[0]] = true;
		for (int x = 0; x < WIDTH; x++) {
			int left = x < CHANNELS ? 0 : back[y * WIDTH + x - CHANNELS];
			int above = y ? back[(y - 1) * WIDTH + x] : 0;
			int guess = row[0] == 1 ? left : above;
			back[y * WIDTH + x] = (unsigned char)(row[x + 1] + guess);
		}
	}
	assert_memory_equal(pixels, back, sizeof pixels);
	assert_true(kinds[1] && kinds[2] && !kinds[0] && !kinds[3] && !kinds[4]);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_pixels_stay_equal),
		cmocka_unit_test(halves_and_thirds_are_means),
		cmocka_unit_test(area_is_cut_out),
		cmocka_unit_test(means_are_those_of_the_areas),
		cmocka_unit_test(filters_can_be_undone),
	};
	return cmocka_run_group_tests_name("raster", tests, NULL, NULL);
}
