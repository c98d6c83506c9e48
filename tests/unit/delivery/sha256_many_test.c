/* What lanes hash is what OpenSSL hashes one by one: whatever the lengths, however many texts,
 * wherever they are cut, by every width that this processor has. */
#include "delivery/sha256_many.h"
#include "base/arena.h"
#include "test.h"

#include <openssl/evp.h>
#include <string.h>

enum { BYTES = 1 << 16, TEXTS = 40, PARTS = 12, ROUNDS = 400 };

struct maker {
	uint64_t random;
	char *bytes; /* BYTES of them, any */
};

static size_t below(struct maker *m, size_t n)
{
	m->random = m->random * 6364136223846793005U + 1442695040888963407U;
	return (size_t)(m->random >> 33) % n;
}

static void make(struct maker *m)
{
	*m = (struct maker){ .random = 2026, .bytes = heap_resize(NULL, BYTES) };
	for (size_t i = 0; i < BYTES; i++)
		m->bytes[i] = (char)below(m, 256);
}

static void same(const struct sha256_text *t, struct str before)
{
	unsigned char digest[32];
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_DigestInit_ex2(c, EVP_sha256(), NULL);
	EVP_DigestUpdate(c, before.ptr, before.len);
	for (size_t i = 0; i < t->part_count; i++)
		EVP_DigestUpdate(c, t->parts[i].ptr, t->parts[i].len);
	EVP_DigestFinal_ex(c, digest, NULL);
	EVP_MD_CTX_free(c);
	assert_memory_equal(t->digest, digest, sizeof digest);
}

/* The widths that this processor has, and what each has to show. */
static void with_each_width(void (*show)(struct maker *m, size_t lanes))
{
	struct maker m;
	make(&m);
	for (size_t lanes = sha256_lanes(); lanes >= 8; lanes /= 2)
		show(&m, lanes);
	heap_free(m.bytes);
}

/* One text of each length around three blocks, alone and beside others of other lengths. */
static void show_lengths(struct maker *m, size_t lanes)
{
	enum { LENGTHS = 200 };
	struct str part[LENGTHS];
	struct sha256_text text[LENGTHS];
	for (size_t len = 0; len < LENGTHS; len++) {
		part[len] = (struct str){ m->bytes + len, len };
		text[len] = (struct sha256_text){ .parts = &part[len], .part_count = 1 };
		struct sha256_text alone = text[len];
		sha256_many(lanes, &alone, 1);
		same(&alone, STR(""));
	}
	sha256_many(lanes, text, LENGTHS);
	for (size_t len = 0; len < LENGTHS; len++)
		same(&text[len], STR(""));
}

static void every_length(void **state)
{
	(void)state;
	with_each_width(show_lengths);
}

static void show_any(struct maker *m, size_t lanes)
{
	struct str parts[TEXTS][PARTS];
	struct sha256_text texts[TEXTS];
	struct str before[TEXTS];
	struct sha256_begun begun[TEXTS];
	for (size_t round = 0; round < ROUNDS; round++) {
		size_t count = below(m, TEXTS + 1);
		for (size_t i = 0; i < count; i++) {
			struct sha256_text *t = &texts[i];
			*t = (struct sha256_text){ .parts = parts[i],
						   .part_count = below(m, PARTS + 1) };
			for (size_t p = 0; p < t->part_count; p++)
				parts[i][p] = (struct str){ m->bytes + below(m, BYTES / 2),
							    below(m, below(m, 4) ? 150 : 9000) };
			before[i] = (struct str){ m->bytes, below(m, 3) ? below(m, 1000) : 0 };
			size_t cut = below(m, before[i].len + 1);
			sha256_begin(&begun[i]);
			sha256_add(lanes, &begun[i], str_sub(before[i], 0, cut));
			sha256_add(lanes, &begun[i], str_sub(before[i], cut, before[i].len));
			t->begun = before[i].len ? &begun[i] : NULL;
		}
		sha256_many(lanes, texts, count);
		for (size_t i = 0; i < count; i++)
			same(&texts[i], before[i]);
	}
}

static void any_texts(void **state)
{
	(void)state;
	with_each_width(show_any);
}

/* A place where this cannot be tested should say so. */
static void the_processor_is_known(void **state)
{
	(void)state;
	size_t lanes = sha256_lanes();
	if (lanes == 0)
		skip();
	assert_true(lanes == 16 || lanes == 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_processor_is_known),
		cmocka_unit_test(every_length),
		cmocka_unit_test(any_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
