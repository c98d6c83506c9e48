/* SHA-256 of many texts at once (FIPS 180-4): each lane of a vector register hashes a text of
 * its own. It pays where there are several, and the processor has no instruction for one. */
#ifndef DELIVERY_SHA256_MANY_H
#define DELIVERY_SHA256_MANY_H

#include "base/str.h"

enum { SHA256_LANES_MOST = 16 };

/* A hash as far as it has come: of whole blocks, and what is left over. */
struct sha256_begun {
	uint32_t word[8];
	uint64_t len; /* of all, in bytes */
	unsigned char left[64]; /* the last len % 64 of them */
};

struct sha256_text {
	const struct sha256_begun *begun; /* what it begins with; NULL: nothing */
	const struct str *parts; /* and goes on with */
	size_t part_count;
	unsigned char digest[32];
};

/* How many this processor hashes at once: 16, 8, or 0 when it cannot. */
size_t sha256_lanes(void);

/* Those with no more lanes than the processor has are allowed: 16 or 8. */
void sha256_begin(struct sha256_begun *b);
void sha256_add(size_t lanes, struct sha256_begun *b, struct str text);
/* Fills in the digests. */
void sha256_many(size_t lanes, struct sha256_text *texts, size_t count);

#endif
