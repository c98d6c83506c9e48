/* UTF-8 as of RFC 3629: no surrogates, nothing above U+10FFFF, shortest form. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* The code point at *at, which moves behind it. A broken sequence gives
 * U+FFFD and moves one byte. at must be below s.len. */
static inline uint32_t utf8_next(struct str s, size_t *at);
/* The code point that ends at *at, which moves to its start; at above 0. */
uint32_t utf8_previous(struct str s, size_t *at);
/* at, or the start of the character that it lies within; s.len at most. */
size_t utf8_floor(struct str s, size_t at);
/* Bytes written to out, 1 to 4. */
size_t utf8_encode(uint32_t code_point, char out[4]);
void utf8_put_sequence(struct buf *b, uint32_t code_point);
static inline void utf8_put(struct buf *b, uint32_t code_point)
{
	if (code_point < 0x80)
		buf_put_byte(b, (char)code_point);
	else
		utf8_put_sequence(b, code_point);
}
/* Position of the first byte that is not UTF-8, or s.len. */
size_t utf8_invalid_at(struct str s);
/* C0, DEL and C1: characters that act instead of showing. */
bool utf8_is_control(uint32_t code_point);
/* Code points in s. */
size_t utf8_count(struct str s);

/* utf8_next above ASCII. */
uint32_t utf8_next_sequence(struct str s, size_t *at);

static inline uint32_t utf8_next(struct str s, size_t *at)
{
	unsigned char c = (unsigned char)s.ptr[*at];
	if (c >= 0x80)
		return utf8_next_sequence(s, at);
	++*at;
	return c;
}

#endif
