/* What a reader reads of a page or a part, for tests that look for words. */
#ifndef TESTS_EMAIL_PLAIN_H
#define TESTS_EMAIL_PLAIN_H

#include "base/arena.h"
#include "base/str.h"

#include <string.h>

/* s with runs of blanks and line ends as one blank; of HTML also markup left out
 * and references resolved. */
static inline struct str plain(struct arena *a, struct str s, bool html)
{
	static const struct {
		const char *reference;
		char c;
	} references[] = { { "&amp;", '&' },
			   { "&lt;", '<' },
			   { "&gt;", '>' },
			   { "&quot;", '"' },
			   { "&#39;", '\'' } };
	struct buf b;
	buf_init(&b, 1 << 24);
	bool in_tag = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (html && c == '<')
			in_tag = true;
		for (size_t r = 0; html && c == '&' && r < 5; r++)
			if (str_starts(str_sub(s, i, 8), str_from(references[r].reference))) {
				c = references[r].c;
				i += strlen(references[r].reference) - 1;
				break;
			}
		if (in_tag) {
			in_tag = s.ptr[i] != '>';
			continue;
		}
		if (c == '\n' || c == '\t')
			c = ' ';
		if (c != ' ' || (b.len && b.ptr[b.len - 1] != ' '))
			buf_put_byte(&b, c);
	}
	struct str result = str_copy(a, buf_str(&b));
	buf_release(&b);
	return result;
}

#endif
