/* str: a borrowed slice of UTF-8, by value. buf: bytes that grow to a ceiling. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Not NUL-terminated, owns nothing. The empty slice may have a NULL ptr. */
struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)                                                                          \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

struct str str_from(const char *c_string); /* NULL gives the empty slice */
bool str_equal(struct str a, struct str b);
/* ASCII letters are compared without case. */
bool str_equal_nocase(struct str a, struct str b);
/* Byte order, as memcmp; a prefix sorts first. */
int str_compare(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of the first occurrence at or after from, or s.len. */
size_t str_find(struct str s, struct str needle, size_t from);
/* Bytes from start on, at most len of them; clamped to s. */
static inline struct str str_sub(struct str s, size_t start, size_t len)
{
	if (start > s.len)
		start = s.len;
	if (len > s.len - start)
		len = s.len - start;
	return (struct str){ s.ptr ? s.ptr + start : NULL, len };
}
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Cuts the next piece before the separator off *rest into *piece;
 * false when nothing is left. "a,,b" gives "a", "", "b". */
bool str_cut(struct str *rest, char separator, struct str *piece);
/* Whole s as a decimal integer with optional sign; false if it is not one or
 * does not fit. */
bool str_to_int(struct str s, int64_t *value);
/* The value of a hexadecimal digit in either case, or -1. */
static inline int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
/* Levenshtein distance in bytes, for "did you mean"; both at most 64 bytes,
 * longer ones give 64. */
size_t str_distance(struct str a, struct str b);

/* Copies into a. str_copy's result is NUL-terminated beyond its length. */
struct str str_copy(struct arena *a, struct str s);
char *str_c(struct arena *a, struct str s);
struct str str_join(struct arena *a, struct str first, struct str second);
struct str str_format(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct str str_vformat(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Bytes that grow. Past the ceiling appends are dropped and `overflowed` is
 * set: the owner checks once, at the end. Always NUL-terminated when ptr is set. */
struct buf {
	char *ptr;
	size_t len;
	size_t capacity;
	size_t ceiling; /* bytes */
	bool overflowed;
};

/* An empty buffer; what it grows by is given back by buf_release. */
void buf_init(struct buf *b, size_t ceiling);
void buf_release(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_put(struct buf *b, struct str s);
void buf_put_bytes(struct buf *b, const void *ptr, size_t len);
void buf_put_c(struct buf *b, const char *c_string);
static inline void buf_put_byte(struct buf *b, char c)
{
	if (b->len + 1 >= b->capacity || b->len >= b->ceiling || b->overflowed) {
		buf_put_bytes(b, &c, 1);
		return;
	}
	b->ptr[b->len++] = c;
	b->ptr[b->len] = '\0';
}
void buf_put_int(struct buf *b, int64_t value);
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Borrowed until the next append. */
static inline struct str buf_str(const struct buf *b)
{
	return (struct str){ b->ptr ? b->ptr : "", b->len };
}

#endif
