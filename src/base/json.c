#include "base/json.h"

#include "base/utf8.h"

void json_put(struct buf *b, struct str s)
{
	buf_put_byte(b, '"');
	for (size_t at = 0; at < s.len;) {
		uint32_t c = utf8_next(s, &at);
		if (c == '"' || c == '\\')
			buf_format(b, "\\%c", (char)c);
		else if (c < 0x20 || c == 0x7F)
			buf_format(b, "\\u%04x", (unsigned)c);
		else
			utf8_put(b, c);
	}
	buf_put_byte(b, '"');
}
