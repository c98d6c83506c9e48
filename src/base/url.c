#include "base/url.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

bool url_allowed(struct str url)
{
	static const struct str schemes[] = { STR_INIT("http://"), STR_INIT("https://"),
					      STR_INIT("mailto:"), STR_INIT("tel:") };
	for (size_t at = 0; at < url.len;)
		if (utf8_is_control(utf8_next(url, &at)))
			return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (url.len > schemes[i].len &&
		    str_equal_nocase(str_sub(url, 0, schemes[i].len), schemes[i]))
			return true;
	return false;
}

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~", c));
}

static void put_byte(struct buf *b, unsigned char c, const char *also_plain)
{
	if (is_unreserved(c) || (c && strchr(also_plain, c)))
		buf_put_byte(b, (char)c);
	else
		buf_format(b, "%%%02X", c);
}

void url_put(struct buf *b, struct str url)
{
	for (size_t i = 0; i < url.len; i++)
		put_byte(b, (unsigned char)url.ptr[i], ":/?#[]@!$&()*+,;=%");
}

void url_put_component(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		put_byte(b, (unsigned char)text.ptr[i], "");
}

bool url_decode(struct arena *a, struct str text, bool plus, struct str *decoded)
{
	char *out = arena_alloc(a, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '%') {
			int high = i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
			int low = i + 2 < text.len ? hex_digit(text.ptr[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c == '\0')
			return false;
		out[len++] = c;
	}
	*decoded = (struct str){ out, len };
	return utf8_invalid_at(*decoded) == len;
}
