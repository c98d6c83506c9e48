#include "model/encoded.h"

#include "base/utf8.h"

#include <string.h>

enum {
	WORD_MAX = 75, /* RFC 2047, 2 */
	LINE_MAX_ENCODED = 76,
	FRAME = 12, /* =?UTF-8?B? and ?= */
	CEILING = 64 * 1024,
};

bool encoded_is_needless(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < 0x20 || text.ptr[i] > 0x7E)
			return false;
	return str_find(text, STR("=?"), 0) == text.len;
}

/* RFC 2047, 5 (3): what may stand in an encoded word anywhere, also in a phrase. */
static bool is_q_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!*+-/", c));
}

static size_t q_length(struct str s)
{
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++)
		len += is_q_plain((unsigned char)s.ptr[i]) || s.ptr[i] == ' ' ? 1 : 3;
	return len;
}

static size_t b_length(struct str s)
{
	return (s.len + 2) / 3 * 4;
}

static void q_put(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == ' ')
			buf_put_byte(out, '_');
		else if (is_q_plain(c))
			buf_put_byte(out, (char)c);
		else
			buf_format(out, "=%02X", c);
	}
}

static void b_put(struct buf *out, struct str s)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.len; i += 3) {
		unsigned bits = 0;
		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (i + k < s.len ? (unsigned char)s.ptr[i + k] : 0U);
		size_t given = s.len - i < 3 ? s.len - i : 3;
		for (size_t k = 0; k < 4; k++)
			buf_put_byte(out, k <= given ? digits[bits >> (18 - 6 * k) & 63] : '=');
	}
}

/* One code point a time, so that no word divides one. */
static void clean_put(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		/* Controls, and what turns the direction of the rest of the line. */
		bool control = utf8_is_control(c) || c == 0x2028 || c == 0x2029 ||
			       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
		utf8_put(out, control ? ' ' : c);
	}
}

/* The longest run of whole characters from start whose encoding fits. */
static size_t run_length(struct str text, size_t start, size_t room, size_t (*length)(struct str))
{
	size_t at = start, end = start;
	while (at < text.len) {
		utf8_next(text, &at);
		if (length(str_sub(text, start, at - start)) > room)
			break;
		end = at;
	}
	return end - start;
}

void encoded_put(struct buf *out, struct str text, size_t column)
{
	struct buf clean;
	buf_init(&clean, CEILING);
	clean_put(&clean, text);
	struct str s = buf_str(&clean);
	bool q = q_length(s) <= b_length(s);
	for (size_t at = 0; at < s.len;) {
		size_t room =
			column + FRAME < LINE_MAX_ENCODED ? LINE_MAX_ENCODED - column - FRAME : 0;
		if (room > WORD_MAX - FRAME)
			room = WORD_MAX - FRAME;
		size_t len = run_length(s, at, room, q ? q_length : b_length);
		if (len) {
			buf_put_c(out, q ? "=?UTF-8?Q?" : "=?UTF-8?B?");
			(q ? q_put : b_put)(out, str_sub(s, at, len));
			buf_put_c(out, "?=");
			at += len;
		}
		if (at < s.len)
			buf_put_c(out, "\r\n ");
		column = 1;
	}
	buf_release(&clean);
}
