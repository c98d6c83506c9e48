#include "base/url.h"

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
