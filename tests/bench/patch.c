/* patch ROOT ISSUE [RUNS]: what a recipient costs, in microseconds of one core: filling the
 * holes of the issue's message; then writing it by its form, plain, and with an Ed25519
 * signature, alone and as many at once as scribes do. The best of RUNS thousand of each. */
#include "base/arena.h"
#include "delivery/render.h"
#include "email/email.h"
#include "source/source.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 1000, NOW = 1773734400 };

/* What is measured, and for whom. */
struct bench {
	const struct message *message;
	struct form *form;
	struct dkim *dkim; /* NULL: not signed */
	size_t at_once;
	struct renderer renderer;
	struct buf out;
	struct wire wires[RENDERINGS_AT_ONCE];
	char address[RENDERINGS_AT_ONCE][64];
	struct hole_values values;
};

static double cpu_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static const struct message *message_of(struct arena *a, const char *root, const char *issue,
					struct diags *d)
{
	static const struct world world = { .now = NOW };
	const struct publication *p = publication_read(a, root, d);
	const struct document *doc = p ? document_read(a, p, str_from(issue), d) : NULL;
	struct str data = str_from(getenv("GLOS_DATA"));
	const struct layout *l = doc ? issue_layout_read(a, doc, data, EDITION_EMAIL, d) : NULL;
	size_t count;
	return l ? email_compose(a, doc, l, email_segments(a, doc, &count), NULL, &world, d) : NULL;
}

/* A fresh key, which nobody else sees. */
static struct dkim *make_key(struct arena *a, struct diags *d)
{
	char folder[] = "/tmp/glos-bench-XXXXXX";
	struct publication p = { .dkim = { .domain = STR("example.org"),
					   .keys = { { STR("s2026"), STR("dkim.pem") } },
					   .key_count = 1 } };
	if (!mkdtemp(folder))
		return NULL;
	struct str file = str_format(a, "%s/dkim.pem", folder);
	FILE *f = fopen(file.ptr, "w");
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (f && key)
		PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL);
	EVP_PKEY_free(key);
	if (f)
		fclose(f);
	p.root = str_from(folder);
	struct dkim *dkim = dkim_open(&p, d);
	unlink(file.ptr);
	rmdir(folder);
	return dkim;
}

static struct str next_address(struct bench *b, size_t at, int i)
{
	int len = snprintf(b->address[at], sizeof b->address[at], "osoba%d@example.org", i);
	return (struct str){ b->address[at], (size_t)len };
}

static void fill(struct bench *b)
{
	for (int i = 0; i < BATCH; i++) {
		b->values.value[HOLE_ADDRESS] = next_address(b, 0, i);
		buf_clear(&b->out);
		message_render(b->message, &b->values, &b->out);
	}
}

static void write_all(struct bench *b)
{
	struct rendering of[RENDERINGS_AT_ONCE];
	size_t count = 0;
	for (int i = 0; i < BATCH; i++) {
		b->values.value[HOLE_ADDRESS] = next_address(b, count, i);
		of[count] = (struct rendering){ .form = b->form,
						.values = b->values,
						.wire = &b->wires[count] };
		if (++count < b->at_once && i + 1 < BATCH)
			continue;
		render_many(&b->renderer, of, count, NOW);
		for (; count > 0; count--)
			if (of[count - 1].problem)
				abort();
	}
}

static double best_of(struct bench *b, int64_t runs, void (*run)(struct bench *))
{
	double best = 0;
	for (int64_t i = 0; i < runs; i++) {
		double begun = cpu_us();
		run(b);
		double us = (cpu_us() - begun) / BATCH;
		best = i == 0 || us < best ? us : best;
	}
	return best;
}

static double write_best(struct bench *b, int64_t runs, const struct dkim *dkim, size_t at_once)
{
	b->at_once = at_once;
	renderer_init(&b->renderer, dkim);
	double us = best_of(b, runs, write_all);
	renderer_release(&b->renderer);
	return us;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct diags *d = diags_new(a);
	const struct message *m = argc > 2 ? message_of(a, argv[1], argv[2], d) : NULL;
	int64_t runs = 20;
	struct bench b = { .message = m,
			   .dkim = make_key(a, d),
			   .values = { {
				   [HOLE_NAME] = STR_INIT("Zażółć Gęślą"),
				   [HOLE_TOKEN] = STR_INIT("0123456789abcdefghijkl"),
				   [HOLE_MESSAGE_ID] = STR_INIT("0123456789abcdefghijkl"),
				   [HOLE_DATE] = STR_INIT("Tue, 17 Mar 2026 08:00:00 +0000"),
			   } } };
	if (!m || !b.dkim || (argc > 3 && !str_to_int(str_from(argv[3]), &runs))) {
		fprintf(stderr, "usage: patch ROOT ISSUE [RUNS]\n");
		return 2;
	}
	for (size_t i = 0; i < RENDERINGS_AT_ONCE; i++)
		wire_init(&b.wires[i]);
	buf_init(&b.out, 64 << 20);
	b.form = form_make(a, m);
	double filled = best_of(&b, runs, fill);
	printf("%s: %zu bytes, %zu chunks: %.2f µs a recipient", argv[2], b.out.len, m->chunk_count,
	       filled);
	printf("; by its form %.2f", write_best(&b, runs, NULL, RENDERINGS_AT_ONCE));
	printf(", signed alone %.2f", write_best(&b, runs, b.dkim, 1));
	printf(", signed %d at once %.2f\n", RENDERINGS_AT_ONCE,
	       write_best(&b, runs, b.dkim, RENDERINGS_AT_ONCE));
	for (size_t i = 0; i < RENDERINGS_AT_ONCE; i++)
		wire_release(&b.wires[i]);
	buf_release(&b.out);
	form_release(b.form);
	dkim_close(b.dkim);
	arena_close(a);
	return 0;
}
