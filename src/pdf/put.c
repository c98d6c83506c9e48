#include "pdf/put.h"

#include "base/arena.h"
#include "base/utf8.h"

static const char digits[] = "0123456789ABCDEF";

void put_int(struct buf *b, int64_t value)
{
	char text[24];
	size_t at = sizeof text;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		text[--at] = digits[rest % 10];
		rest /= 10;
	} while (rest);
	if (value < 0)
		text[--at] = '-';
	buf_put_bytes(b, text + at, sizeof text - at);
}

/* value with so many decimals, without trailing zeros. */
static void put_decimal(struct buf *b, int64_t value, int places)
{
	char text[24];
	size_t at = sizeof text;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	bool written = false; /* a decimal that is not 0 */
	for (; places; places--, rest /= 10) {
		written |= rest % 10 != 0;
		if (written)
			text[--at] = digits[rest % 10];
	}
	if (written)
		text[--at] = '.';
	do {
		text[--at] = digits[rest % 10];
		rest /= 10;
	} while (rest);
	if (value < 0)
		text[--at] = '-';
	buf_put_bytes(b, text + at, sizeof text - at);
}

void put_milli(struct buf *b, int64_t thousandths)
{
	put_decimal(b, thousandths, 3);
}

void put_tenth_milli(struct buf *b, int64_t ten_thousandths)
{
	put_decimal(b, ten_thousandths, 4);
}

void put_reference(struct buf *b, int object)
{
	put_int(b, object);
	buf_put(b, STR(" 0 R"));
}

void put_box(struct buf *b, int64_t x1, int64_t y1, int64_t x2, int64_t y2)
{
	const int64_t values[] = { x1, y1, x2, y2 };
	for (size_t i = 0; i < 4; i++) {
		buf_put_byte(b, i ? ' ' : '[');
		put_milli(b, values[i]);
	}
	buf_put_byte(b, ']');
}

static void put_digits(struct buf *b, uint32_t value, int count)
{
	char text[8];
	for (int i = count; i-- > 0; value >>= 4)
		text[i] = digits[value & 15];
	buf_put_bytes(b, text, (size_t)count);
}

void put_utf16_digits(struct buf *b, struct str utf8)
{
	for (size_t at = 0; at < utf8.len;) {
		uint32_t c = utf8_next(utf8, &at);
		if (c < 0x10000) {
			put_digits(b, c, 4);
			continue;
		}
		put_digits(b, 0xD800 + ((c - 0x10000) >> 10), 4);
		put_digits(b, 0xDC00 + ((c - 0x10000) & 0x3FF), 4);
	}
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || (unsigned char)s.ptr[i] > 0x7E)
			return false;
	return true;
}

void put_text(struct buf *b, struct str utf8)
{
	if (is_plain(utf8)) {
		put_literal(b, utf8);
		return;
	}
	buf_put(b, STR("<FEFF"));
	put_utf16_digits(b, utf8);
	buf_put_byte(b, '>');
}

void put_literal(struct buf *b, struct str bytes)
{
	buf_put_byte(b, '(');
	size_t from = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		char c = bytes.ptr[i];
		if (c != '(' && c != ')' && c != '\\' && c != '\r')
			continue;
		buf_put_bytes(b, bytes.ptr + from, i - from);
		buf_put_byte(b, '\\');
		buf_put_byte(b, c == '\r' ? 'r' : c); /* a bare CR would be read as LF */
		from = i + 1;
	}
	buf_put_bytes(b, bytes.ptr + from, bytes.len - from);
	buf_put_byte(b, ')');
}

void put_hex(struct buf *b, const void *ptr, size_t len)
{
	const unsigned char *bytes = ptr;
	buf_put_byte(b, '<');
	for (size_t i = 0; i < len; i++)
		put_digits(b, bytes[i], 2);
	buf_put_byte(b, '>');
}

static bool stands_in_name(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '+' || c == '_' || c == '.';
}

void put_name(struct buf *b, struct str name)
{
	buf_put_byte(b, '/');
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		if (stands_in_name(c)) {
			buf_put_byte(b, name.ptr[i]);
		} else {
			buf_put_byte(b, '#');
			put_digits(b, c, 2);
		}
	}
}

struct str put_settle(struct arena *a, struct buf *b)
{
	struct str settled = str_copy(a, buf_str(b));
	buf_release(b);
	return settled;
}
