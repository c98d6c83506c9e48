#include "delivery/render.h"

#include <string.h>

enum { WIRE_BYTES_MAX = 64 << 20, LINE_BYTES_MAX = 998 /* RFC 5322, 2.1.1 */ };

void renderer_init(struct renderer *r, struct dkim *dkim)
{
	r->dkim = dkim;
	buf_init(&r->plain, WIRE_BYTES_MAX);
}

void renderer_release(struct renderer *r)
{
	buf_release(&r->plain);
}

bool dot_stuff(struct buf *out, struct str text, const char **problem)
{
	size_t run = 0; /* from here on nothing is copied yet */
	*problem = "a NUL byte";
	if (text.len && memchr(text.ptr, '\0', text.len))
		return false;
	for (size_t at = 0; at < text.len;) {
		const char *line = text.ptr + at;
		const char *cr = memchr(line, '\r', text.len - at);
		size_t len = cr ? (size_t)(cr - line) : 0;
		*problem = "a line that does not end in CRLF";
		if (!cr || at + len + 1 >= text.len || cr[1] != '\n' ||
		    (len && memchr(line, '\n', len)))
			return false;
		*problem = "a line longer than 998 bytes";
		if (len > LINE_BYTES_MAX)
			return false;
		if (*line == '.') {
			buf_put(out, str_sub(text, run, at - run));
			buf_put_byte(out, '.');
			run = at;
		}
		at += len + 2;
	}
	buf_put(out, str_sub(text, run, text.len));
	*problem = NULL;
	return true;
}

static bool has_eight_bit(struct str s)
{
	uint64_t all = 0, word;
	size_t i = 0;
	for (; i + sizeof word <= s.len; i += sizeof word) {
		memcpy(&word, s.ptr + i, sizeof word);
		all |= word;
	}
	for (; i < s.len; i++)
		all |= (unsigned char)s.ptr[i];
	return all & 0x8080808080808080;
}

bool render(struct renderer *r, const struct message *m, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
{
	buf_clear(&r->plain);
	message_render(m, v, &r->plain);
	struct str plain = buf_str(&r->plain);
	buf_clear(wire);
	*problem = "it could not be signed";
	if (r->dkim && !dkim_sign(r->dkim, plain, now, wire))
		return false;
	*eight_bit = has_eight_bit(plain);
	if (!dot_stuff(wire, plain, problem))
		return false;
	*problem = "it is larger than 64 MB";
	return !r->plain.overflowed && !wire->overflowed && plain.len > 0;
}
