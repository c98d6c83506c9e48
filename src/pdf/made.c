#include "pdf/made.h"

#include "base/arena.h"
#include "base/cache.h"

/* Four numbers and the lengths of five parts in a line, then the parts. */
enum { NUMBERS = 4, PARTS = 5 };

static bool cut_number(struct str *head, int64_t *value)
{
	struct str word;
	return str_cut(head, ' ', &word) && str_to_int(word, value) && *value >= 0 &&
	       *value <= INT32_MAX;
}

bool made_recall(const struct cache *c, struct arena *a, struct str key, struct made *made)
{
	struct str rest, head;
	int64_t number[NUMBERS], len[PARTS];
	if (!cache_get(c, a, key, &rest) || !str_cut(&rest, '\n', &head))
		return false;
	for (size_t i = 0; i < NUMBERS + PARTS; i++)
		if (!cut_number(&head, i < NUMBERS ? &number[i] : &len[i - NUMBERS]))
			return false;
	struct str *const parts[PARTS] = { &made->data, &made->filter, &made->mask,
					   &made->mask_filter, &made->icc };
	for (size_t i = 0; i < PARTS; i++) {
		if ((size_t)len[i] > rest.len)
			return false;
		*parts[i] = str_sub(rest, 0, (size_t)len[i]);
		rest = str_sub(rest, (size_t)len[i], rest.len);
	}
	made->channels = (int)number[0];
	made->columns = (int)number[1];
	made->rows = (int)number[2];
	made->notes = (int)number[3];
	return rest.len == 0;
}

void made_keep(const struct cache *c, struct str key, const struct made *made)
{
	const struct str parts[PARTS] = { made->data, made->filter, made->mask, made->mask_filter,
					  made->icc };
	const int numbers[NUMBERS] = { made->channels, made->columns, made->rows, made->notes };
	struct buf b;
	buf_init(&b, (size_t)1 << 31);
	for (size_t i = 0; i < NUMBERS; i++)
		buf_format(&b, "%d ", numbers[i]);
	for (size_t i = 0; i < PARTS; i++)
		buf_format(&b, "%zu ", parts[i].len);
	buf_put_byte(&b, '\n');
	for (size_t i = 0; i < PARTS; i++)
		buf_put(&b, parts[i]);
	cache_put(c, key, buf_str(&b));
	buf_release(&b);
}
