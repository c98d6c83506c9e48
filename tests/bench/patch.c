/* patch ROOT ISSUE [RUNS]: what a recipient costs before the signature: filling the holes
 * of the issue's message, in microseconds of one core. The best of RUNS thousand. */
#include "base/arena.h"
#include "email/email.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH = 1000 };

static double cpu_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static const struct message *message_of(struct arena *a, const char *root, const char *issue,
					struct diags *d)
{
	static const struct world world = { .now = 1773734400 };
	const struct publication *p = publication_read(a, root, d);
	const struct document *doc = p ? document_read(a, p, str_from(issue), d) : NULL;
	struct str data = str_from(getenv("GLOS_DATA"));
	const struct layout *l = doc ? issue_layout_read(a, doc, data, EDITION_EMAIL, d) : NULL;
	size_t count;
	return l ? email_compose(a, doc, l, email_segments(a, doc, &count), NULL, &world, d) : NULL;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	const struct message *m = argc > 2 ? message_of(a, argv[1], argv[2], d) : NULL;
	int64_t runs = 20;
	struct hole_values v = { {
		[HOLE_NAME] = STR_INIT("Zażółć Gęślą"),
		[HOLE_TOKEN] = STR_INIT("0123456789abcdefghijkl"),
		[HOLE_MESSAGE_ID] = STR_INIT("0123456789abcdefghijkl"),
		[HOLE_DATE] = STR_INIT("Tue, 17 Mar 2026 08:00:00 +0000"),
	} };
	double best = 0;
	struct buf out;
	if (!m || (argc > 3 && !str_to_int(str_from(argv[3]), &runs))) {
		fprintf(stderr, "usage: patch ROOT ISSUE [RUNS]\n");
		return 2;
	}
	buf_init(&out, 64 << 20);
	for (int64_t run = 0; run < runs; run++) {
		double begun = cpu_us();
		for (int i = 0; i < BATCH; i++) {
			char address[64];
			int len = snprintf(address, sizeof address, "osoba%d@example.org", i);
			v.value[HOLE_ADDRESS] = (struct str){ address, (size_t)len };
			buf_clear(&out);
			message_render(m, &v, &out);
		}
		double us = (cpu_us() - begun) / BATCH;
		best = run == 0 || us < best ? us : best;
	}
	printf("%s: %zu bytes, %zu chunks: %.2f µs a recipient\n", argv[2], out.len, m->chunk_count,
	       best);
	buf_release(&out);
	arena_close(a);
	return 0;
}
