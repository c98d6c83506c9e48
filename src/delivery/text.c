#include "delivery/text.h"

#include <assert.h>
#include <string.h>

struct text text_of(const struct str *parts, size_t count)
{
	struct text t = { .parts = parts, .count = count };
	for (size_t i = 0; i < count; i++)
		t.len += parts[i].len;
	return t;
}

void text_put(struct buf *out, const struct text *t)
{
	for (size_t i = 0; i < t->count; i++)
		buf_put(out, t->parts[i]);
}

struct str text_peek(const struct text *t, struct text_at at, char *window, size_t most)
{
	size_t len = 0;
	for (size_t i = at.part; i < t->count && len < most; i++) {
		size_t from = i == at.part ? at.byte : 0;
		struct str part = str_sub(t->parts[i], from, most - len);
		if (len == 0 && (part.len == most || i + 1 == t->count))
			return part;
		if (part.len)
			memcpy(window + len, part.ptr, part.len);
		len += part.len;
	}
	return (struct str){ window, len };
}

void text_skip(const struct text *t, struct text_at *at, size_t bytes)
{
	while (at->part < t->count && bytes >= t->parts[at->part].len - at->byte) {
		bytes -= t->parts[at->part].len - at->byte;
		*at = (struct text_at){ .part = at->part + 1 };
	}
	assert(at->part < t->count || bytes == 0);
	at->byte += bytes;
}
