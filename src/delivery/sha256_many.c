/* HOW IT WORKS: each lane reads its own text, in runs of whole blocks wherever they stand; a
 * block across the border of two parts, and the last ones with the padding, are put together
 * first. All lanes take as many blocks at once as the shortest run has. A lane that is done
 * takes the next text; when there is none it goes on over zeros, and nobody looks. */
#include "delivery/sha256_many.h"

#include "base/sha256.h"

#include <assert.h>
#include <string.h>

enum { BLOCK = 64, LENGTH_BYTES = 8, RUN_MOST = 64 /* blocks */ };

#ifdef __x86_64__

#define TURNED(x, bits) ((x) >> (bits) | (x) << (32 - (bits)))

#define EACH_8(f, d) f(0, d), f(1, d), f(2, d), f(3, d), f(4, d), f(5, d), f(6, d), f(7, d)
#define EACH_16(f, d)                                                                              \
	EACH_8(f, d), f(8, d), f(9, d), f(10, d), f(11, d), f(12, d), f(13, d), f(14, d), f(15, d)

#define LANES 16
#define EACH EACH_16
#define TARGET "avx512f"
#define BLOCKS take_16
#include "delivery/sha256_vector.h"
#undef LANES
#undef EACH
#undef TARGET
#undef BLOCKS

#define LANES 8
#define EACH EACH_8
#define TARGET "avx2"
#define BLOCKS take_8
#include "delivery/sha256_vector.h"
#undef LANES
#undef EACH
#undef TARGET
#undef BLOCKS

static void take(size_t lanes, uint32_t (*state)[SHA256_LANES_MOST],
		 const unsigned char *const *from, size_t blocks)
{
	(lanes == 16 ? take_16 : take_8)(state, from, blocks);
}

size_t sha256_lanes(void)
{
	return __builtin_cpu_supports("avx512f") ? 16 : __builtin_cpu_supports("avx2") ? 8 : 0;
}

#else

static void take(size_t lanes, uint32_t (*state)[SHA256_LANES_MOST],
		 const unsigned char *const *from, size_t blocks)
{
	(void)lanes, (void)state, (void)from, (void)blocks;
	assert(false);
}

size_t sha256_lanes(void)
{
	return 0;
}

#endif

static const unsigned char zeros[RUN_MOST * BLOCK];

/* ---- one lane ---- */

struct lane {
	struct sha256_text *text; /* NULL: there is none */
	const struct str *part;
	size_t parts_left;
	size_t at; /* in the part */
	uint64_t len; /* bytes read */
	unsigned char end[2 * BLOCK]; /* a block that has to be put together, or the last two */
	size_t end_len; /* bytes in it */
	bool ended; /* the padding is in it */
	const unsigned char *from; /* what it reads next, */
	size_t blocks; /* of so many */
};

static void skip_empty(struct lane *l)
{
	while (l->parts_left && l->at == l->part->len) {
		l->part++;
		l->parts_left--;
		l->at = 0;
	}
}

/* The bytes behind the last whole block, a bit that is set, and the length in bits (5.1.1). */
static void put_padding(struct lane *l)
{
	size_t size = l->end_len + 1 + LENGTH_BYTES > BLOCK ? 2 * BLOCK : BLOCK;
	memset(l->end + l->end_len, 0, size - l->end_len);
	l->end[l->end_len] = 0x80;
	for (size_t i = 0; i < LENGTH_BYTES; i++)
		l->end[size - 1 - i] = (unsigned char)(l->len * 8 >> 8 * i);
	l->end_len = size;
	l->ended = true;
}

/* Sees to it that the lane has blocks to read. */
static void find_blocks(struct lane *l)
{
	skip_empty(l);
	if (l->end_len == 0 && l->parts_left && l->part->len - l->at >= BLOCK) {
		l->blocks = (l->part->len - l->at) / BLOCK;
		l->from = (const unsigned char *)l->part->ptr + l->at;
		l->at += l->blocks * BLOCK;
		l->len += l->blocks * BLOCK;
		return;
	}
	for (; l->parts_left && l->end_len < BLOCK; skip_empty(l)) {
		size_t n = l->part->len - l->at;
		n = n < BLOCK - l->end_len ? n : BLOCK - l->end_len;
		memcpy(l->end + l->end_len, l->part->ptr + l->at, n);
		l->end_len += n;
		l->at += n;
		l->len += n;
	}
	if (l->end_len < BLOCK)
		put_padding(l);
	l->from = l->end;
	l->blocks = l->end_len / BLOCK;
	l->end_len = 0;
}

static void start(struct lane *l, uint32_t (*state)[SHA256_LANES_MOST], size_t i,
		  struct sha256_text *t)
{
	struct sha256_begun none;
	const struct sha256_begun *b = t->begun ? t->begun : &none;
	sha256_begin(&none);
	*l = (struct lane){ .text = t,
			    .part = t->parts,
			    .parts_left = t->part_count,
			    .len = b->len,
			    .end_len = b->len % BLOCK };
	memcpy(l->end, b->left, l->end_len);
	for (size_t n = 0; n < 8; n++)
		state[n][i] = b->word[n];
	find_blocks(l);
}

static void put_digest(struct sha256_text *t, uint32_t (*state)[SHA256_LANES_MOST], size_t lane)
{
	for (size_t i = 0; i < sizeof t->digest; i++)
		t->digest[i] = (unsigned char)(state[i / 4][lane] >> (24 - 8 * (i % 4)));
}

/* ---- all of them ---- */

/* The lane has read its blocks: on with the text, or with the next one. False: none is left. */
static bool go_on(struct lane *l, uint32_t (*state)[SHA256_LANES_MOST], size_t i,
		  struct sha256_text **next, const struct sha256_text *end)
{
	if (l->text && !l->ended) {
		find_blocks(l);
		return true;
	}
	if (l->text)
		put_digest(l->text, state, i);
	l->text = NULL;
	if (*next == end)
		return false;
	start(l, state, i, (*next)++);
	return true;
}

void sha256_many(size_t lanes, struct sha256_text *texts, size_t count)
{
	struct lane lane[SHA256_LANES_MOST] = { 0 };
	uint32_t state[8][SHA256_LANES_MOST] = { 0 };
	const unsigned char *from[SHA256_LANES_MOST];
	struct sha256_text *next = texts;
	assert(lanes && lanes <= SHA256_LANES_MOST);
	for (;;) {
		size_t blocks = RUN_MOST;
		bool any = false;
		for (size_t i = 0; i < lanes; i++) {
			struct lane *l = &lane[i];
			if (l->blocks == 0 && !go_on(l, state, i, &next, texts + count)) {
				from[i] = zeros;
				continue;
			}
			any = true;
			from[i] = l->from;
			blocks = l->blocks < blocks ? l->blocks : blocks;
		}
		if (!any)
			return;
		take(lanes, state, from, blocks);
		for (size_t i = 0; i < lanes; i++)
			if (lane[i].text) {
				lane[i].from += blocks * BLOCK;
				lane[i].blocks -= blocks;
			}
	}
}

/* ---- what many begin with ---- */

void sha256_begin(struct sha256_begun *b)
{
	/* Fractions of the square roots of the first eight primes (5.3.3). */
	*b = (struct sha256_begun){ .word = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

static void add_blocks(size_t lanes, struct sha256_begun *b, const unsigned char *at, size_t blocks)
{
	uint32_t state[8][SHA256_LANES_MOST] = { 0 };
	const unsigned char *from[SHA256_LANES_MOST];
	for (size_t i = 0; i < lanes; i++)
		from[i] = at; /* all do the same */
	for (size_t i = 0; i < 8; i++)
		for (size_t l = 0; l < lanes; l++)
			state[i][l] = b->word[i];
	take(lanes, state, from, blocks);
	for (size_t i = 0; i < 8; i++)
		b->word[i] = state[i][0];
}

void sha256_add(size_t lanes, struct sha256_begun *b, struct str text)
{
	size_t left = b->len % BLOCK;
	if (text.len == 0)
		return;
	b->len += text.len;
	if (left) {
		size_t n = text.len < BLOCK - left ? text.len : BLOCK - left;
		memcpy(b->left + left, text.ptr, n);
		text = str_sub(text, n, text.len);
		if (left + n < BLOCK)
			return;
		add_blocks(lanes, b, b->left, 1);
	}
	size_t whole = text.len / BLOCK * BLOCK;
	if (whole)
		add_blocks(lanes, b, (const unsigned char *)text.ptr, whole / BLOCK);
	if (whole < text.len)
		memcpy(b->left, text.ptr + whole, text.len - whole);
}
