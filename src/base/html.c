#include "base/html.h"

#include "base/url.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* What stands in a character's place, or NULL when it may stand itself. */
static const char *reference(uint32_t c)
{
	static const char *const references[] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
	};
	if (utf8_is_control(c))
		return c == '\t' || c == '\n' ? NULL : " ";
	return c < sizeof references / sizeof *references ? references[c] : NULL;
}

void html_put(struct buf *b, struct str text)
{
	size_t plain = 0; /* start of what is not yet written */
	for (size_t at = 0; at < text.len;) {
		size_t here = at;
		const char *ref = reference(utf8_next(text, &at));
		if (!ref)
			continue;
		buf_put(b, str_sub(text, plain, here - plain));
		buf_put_c(b, ref);
		plain = at;
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
	while (*pattern) {
		size_t plain = strcspn(pattern, "$@");
		buf_put_bytes(b, pattern, plain);
		pattern += plain;
		if (!*pattern)
			break;
		assert(used < count);
		if (*pattern++ == '$')
			html_put(b, values[used++]);
		else
			buf_put(b, values[used++]);
	}
	assert(used == count);
	(void)count;
}
