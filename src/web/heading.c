/* Headings that hold a long word. In a narrow place it would be broken anywhere, without a
 * hyphen, at the size that short words look well in. The heading says how many letters its
 * longest word has, and the style sheet makes it as small as lets the word stand whole,
 * down to a size that is still a heading's; only words longer than that are divided, by
 * browsers that know how. Short words never are. Cyrillic letters are wider: they count
 * for more. */
#include "base/utf8.h"
#include "web/site.h"

enum {
	LETTERS_FIT = 11, /* in a title on the narrowest screen */
	LETTERS_WHOLE = 20,
	LETTERS_MOST = 40,
	LETTER = 57, /* hundredths of an em, of bold sans serifs */
	CYRILLIC = 66,
};

/* Where a line may end anyway: spaces that bind do so no more when nothing else helps. */
static bool parts_words(uint32_t c)
{
	return c <= ' ' || c == '-' || c == '/' || c == 0xA0 || c == 0xAD || c == 0x200B ||
	       (c >= 0x2010 && c <= 0x2014);
}

static int width_of(uint32_t c)
{
	return c >= 0x400 && c < 0x530 ? CYRILLIC : LETTER;
}

void page_put_long_word(struct page_writer *p, struct str heading)
{
	int widest = 0, width = 0;
	for (size_t at = 0; at < heading.len;) {
		uint32_t c = utf8_next(heading, &at);
		width = parts_words(c) ? 0 : width + width_of(c);
		widest = width > widest ? width : widest;
	}
	int longest = (widest + LETTER - 1) / LETTER;
	longest = longest < LETTERS_MOST ? longest : LETTERS_MOST;
	if (longest > LETTERS_FIT)
		buf_format(&p->out, " class=\"long w%d\"", longest);
}

/* The share of the measure that one em may have. */
void headings_put_style(struct buf *b)
{
	for (int i = LETTERS_FIT + 1; i <= LETTERS_MOST; i++)
		buf_format(b, ".w%d{--share:.%04d%s}\n", i, 1000000 / (LETTER * i),
			   i > LETTERS_WHOLE ? ";hyphens:auto;hyphenate-limit-chars:16 6 6" : "");
}
