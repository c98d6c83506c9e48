/* SHA-256 (FIPS 180-4): what people compare to know that a file arrived whole. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/str.h"

struct sha256 {
	unsigned char byte[32];
};

/* First 32 bits of the fractions of the cube roots of the first 64 primes (4.2.2). */
extern const uint32_t sha256_constants[64];

struct sha256 sha256_of(struct str bytes);
/* Appends it as 64 lower-case hexadecimal digits. */
void sha256_put(struct buf *b, const struct sha256 *sum);

#endif
