#include "base/html.h"

#include "base/url.h"

#include <assert.h>

static const char *reference(char c)
{
	static const char *const references[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
	};
	return (unsigned char)c < 128 ? references[(unsigned char)c] : NULL;
}

/* Bytes of a control character at i, or 0. C1 is U+0080 to U+009F: C2 80 to C2 9F. */
static size_t control_at(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
		return 1;
	return c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0 ? 2 : 0;
}

void html_put(struct buf *b, struct str text)
{
	size_t plain = 0; /* start of what is not yet written */
	for (size_t i = 0; i < text.len;) {
		size_t control = control_at(text, i);
		const char *ref = control ? " " : reference(text.ptr[i]);
		if (!ref) {
			i++;
			continue;
		}
		buf_put(b, str_sub(text, plain, i - plain));
		buf_put_c(b, ref);
		i += control ? control : 1;
		plain = i;
	}
	buf_put(b, str_sub(text, plain, text.len));
}

void html_put_url(struct buf *b, struct str url)
{
	struct buf encoded;
	buf_init(&encoded, b->ceiling);
	url_put(&encoded, url);
	html_put(b, buf_str(&encoded));
	buf_release(&encoded);
}

void html_fill(struct buf *b, const char *pattern, const struct str *values, size_t count)
{
	size_t used = 0;
	struct str rest = str_from(pattern);
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.ptr[i];
		if (c != '$' && c != '@') {
			buf_put_byte(b, c);
			continue;
		}
		assert(used < count);
		if (c == '$')
			html_put(b, values[used++]);
		else
			buf_put(b, values[used++]);
	}
	assert(used == count);
	(void)count;
}
