/* conversion JPEG [RUNS]: what a photograph on its way into print.pdf costs one core, in
 * milliseconds a megapixel: decoding, averaging, separating, coding. The best of RUNS. */
#include "base/arena.h"
#include "base/file.h"
#include "pdf/colour.h"
#include "pdf/jpeg.h"

#include <stdio.h>

#define PROFILE "/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc"

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Width and height from the frame header (ITU-T T.81, B.2.2). */
static bool size_of(struct str jpeg, struct wish *w)
{
	const unsigned char *p = (const unsigned char *)jpeg.ptr;
	for (size_t at = 2; at + 9 < jpeg.len; at += 2 + (size_t)(p[at + 2] << 8 | p[at + 3]))
		if (p[at + 1] >= 0xC0 && p[at + 1] <= 0xC2) {
			w->file_rows = p[at + 5] << 8 | p[at + 6];
			w->file_columns = p[at + 7] << 8 | p[at + 8];
			w->area = (struct area){ 0, 0, w->file_columns, w->file_rows };
			return true;
		}
	return false;
}

struct cost {
	double read, write;
};

/* False when it cannot be read. */
static bool convert(struct making *m, struct str jpeg, const struct wish *w, struct cost *best)
{
	struct arena *a = arena_open();
	struct raster r;
	struct str reason;
	double begun = cpu_ms();
	bool ok = jpeg_read(a, jpeg, w, &r, &reason);
	if (ok) {
		double read = cpu_ms();
		colours_convert(m->colours, a, &r, true);
		jpeg_write(a, &r, 92, true);
		double written = cpu_ms();
		if (best->write == 0 || written - begun < best->read + best->write)
			*best = (struct cost){ read - begun, written - read };
	}
	arena_close(a);
	return ok;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	struct layout layout = { .edition = EDITION_PRINT, .cmyk = true, .profile = STR(PROFILE) };
	struct making m = { .arena = a, .layout = &layout, .diags = d, .press = true };
	struct str jpeg;
	struct wish w = { .flat = true };
	int64_t runs = 7;
	if (argc < 2 || (argc > 2 && !str_to_int(str_from(argv[2]), &runs)) ||
	    !file_read(a, argv[1], 1 << 30, d, (struct place){ 0 }, &jpeg) || !size_of(jpeg, &w)) {
		fprintf(stderr, "conversion JPEG [RUNS]\n");
		return 2;
	}
	m.colours = colours_open(&m);
	static const int parts[] = { 1, 2, 3 };
	printf("%-28s %9s %9s %9s %9s\n", "ms a megapixel of the file", "read", "convert,", "all",
	       "a Mpx");
	printf("%-28s %9s %9s %9s %9s\n", "", "", "write", "", "written");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct cost best = { 0 };
		w.columns = w.area.columns / parts[i];
		w.rows = w.area.rows / parts[i];
		for (int64_t run = 0; run < runs; run++)
			if (!convert(&m, jpeg, &w, &best))
				return 1;
		double in = (double)w.area.columns * w.area.rows / 1e6;
		double out = (double)w.columns * w.rows / 1e6;
		printf("%d x %d to %d x %-10d %9.1f %9.1f %9.1f %9.1f\n", w.area.columns,
		       w.area.rows, w.columns, w.rows, best.read / in, best.write / in,
		       (best.read + best.write) / in, (best.read + best.write) / out);
	}
	colours_close(m.colours);
	arena_close(a);
	return 0;
}
