#include "base/str.h"

#include "base/arena.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *c_string)
{
	return (struct str){ c_string, c_string ? strlen(c_string) : 0 };
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static unsigned char lower_ascii(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_equal_nocase(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i]))
			return false;
	return true;
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_sub(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	if (needle.len == 0)
		return from < s.len ? from : s.len;
	for (size_t i = from; i + needle.len <= s.len; i++) {
		const char *hit = memchr(s.ptr + i, needle.ptr[0], s.len - needle.len - i + 1);
		if (!hit)
			return s.len;
		i = (size_t)(hit - s.ptr);
		if (memcmp(hit, needle.ptr, needle.len) == 0)
			return i;
	}
	return s.len;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_sub(s, 1, s.len);
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool str_cut(struct str *rest, char separator, struct str *piece)
{
	if (!rest->ptr)
		return false;
	const char *hit = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	if (!hit) {
		*piece = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	size_t at = (size_t)(hit - rest->ptr);
	*piece = str_sub(*rest, 0, at);
	*rest = str_sub(*rest, at + 1, rest->len);
	return true;
}

bool str_to_int(struct str s, int64_t *value)
{
	bool negative = s.len && s.ptr[0] == '-';
	size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
	if (i == s.len)
		return false;
	int64_t v = 0;
	for (; i < s.len; i++) {
		int digit = s.ptr[i] - '0';
		if (digit < 0 || digit > 9 || v > (INT64_MAX - digit) / 10)
			return false;
		v = 10 * v + digit;
	}
	*value = negative ? -v : v;
	return true;
}

size_t str_distance(struct str a, struct str b)
{
	enum { LONGEST = 64 };
	if (a.len > LONGEST || b.len > LONGEST)
		return LONGEST;
	size_t row[LONGEST + 1];
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b.len];
}

char *str_c(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, s.len + 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return copy;
}

struct str str_copy(struct arena *a, struct str s)
{
	return (struct str){ str_c(a, s), s.len };
}

struct str str_join(struct arena *a, struct str first, struct str second)
{
	return str_format(a, "%.*s%.*s", STR_ARG(first), STR_ARG(second));
}

struct str str_vformat(struct arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return (struct str){ "", 0 };
	char *ptr = arena_alloc(a, (size_t)len + 1);
	vsnprintf(ptr, (size_t)len + 1, format, args);
	return (struct str){ ptr, (size_t)len };
}

struct str str_format(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str s = str_vformat(a, format, args);
	va_end(args);
	return s;
}

void buf_init(struct buf *b, size_t ceiling)
{
	*b = (struct buf){ .ceiling = ceiling };
}

void buf_release(struct buf *b)
{
	heap_free(b->ptr);
	*b = (struct buf){ .ceiling = b->ceiling };
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->overflowed = false;
	if (b->ptr)
		b->ptr[0] = '\0';
}

void buf_put_bytes(struct buf *b, const void *ptr, size_t len)
{
	if (len == 0)
		return;
	if (b->overflowed || len > b->ceiling - b->len) {
		b->overflowed = true;
		return;
	}
	if (b->len + len + 1 > b->capacity) {
		size_t capacity = b->capacity ? b->capacity : 256;
		while (capacity < b->len + len + 1)
			capacity += capacity / 2;
		b->ptr = heap_resize(b->ptr, capacity);
		b->capacity = capacity;
	}
	memcpy(b->ptr + b->len, ptr, len);
	b->len += len;
	b->ptr[b->len] = '\0';
}

void buf_put(struct buf *b, struct str s)
{
	buf_put_bytes(b, s.ptr, s.len);
}

void buf_put_c(struct buf *b, const char *c_string)
{
	buf_put_bytes(b, c_string, strlen(c_string));
}

void buf_put_int(struct buf *b, int64_t value)
{
	buf_format(b, "%lld", (long long)value);
}

void buf_format(struct buf *b, const char *format, ...)
{
	char small[256];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (len < 0)
		return;
	if ((size_t)len < sizeof small) {
		buf_put_bytes(b, small, (size_t)len);
		return;
	}
	char *large = heap_resize(NULL, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(large, (size_t)len + 1, format, args);
	va_end(args);
	buf_put_bytes(b, large, (size_t)len);
	heap_free(large);
}
