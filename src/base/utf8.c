#include "base/utf8.h"

/* Length of the well-formed sequence at the start of p, or 0. */
static size_t sequence(const unsigned char *p, size_t left, uint32_t *code_point)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (p[0] < 0x80) {
		*code_point = p[0];
		return 1;
	}
	size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 0;
	if (len == 0 || len > left || p[0] > 0xF4)
		return 0;
	uint32_t c = p[0] & (0xFFU >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3FU);
	}
	if (c < smallest[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*code_point = c;
	return len;
}

uint32_t utf8_next_sequence(struct str s, size_t *at)
{
	uint32_t c = UTF8_REPLACEMENT;
	size_t len = sequence((const unsigned char *)s.ptr + *at, s.len - *at, &c);
	*at += len ? len : 1;
	return c;
}

size_t utf8_floor(struct str s, size_t at)
{
	if (at >= s.len)
		return s.len;
	while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

uint32_t utf8_previous(struct str s, size_t *at)
{
	size_t end = *at, start = end - 1;
	while (start > 0 && end - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
		start--;
	uint32_t c = UTF8_REPLACEMENT;
	size_t len = sequence((const unsigned char *)s.ptr + start, end - start, &c);
	*at = len == end - start ? start : end - 1;
	return len == end - start ? c : UTF8_REPLACEMENT;
}

size_t utf8_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = len; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00 >> len) | c);
	return len;
}

void utf8_put_sequence(struct buf *b, uint32_t code_point)
{
	char bytes[4];
	buf_put_bytes(b, bytes, utf8_encode(code_point, bytes));
}

size_t utf8_invalid_at(struct str s)
{
	size_t at = 0;
	uint32_t ignored;
	while (at < s.len) {
		size_t len = sequence((const unsigned char *)s.ptr + at, s.len - at, &ignored);
		if (len == 0)
			return at;
		at += len;
	}
	return s.len;
}

bool utf8_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	for (size_t at = 0; at < s.len; n++)
		utf8_next(s, &at);
	return n;
}
