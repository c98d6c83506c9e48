#include "model/pixels.h"

#include "base/utf8.h"

enum { LETTER = 9, CAPITAL = 12 };

int pixels_of(struct str words)
{
	int width = 0;
	for (size_t at = 0; at < words.len;) {
		uint32_t c = utf8_next(words, &at);
		width += c >= 'A' && c <= 'Z' ? CAPITAL : LETTER;
	}
	return width;
}

int pixels_of_longest(struct str words)
{
	struct str piece;
	int longest = 0;
	while (str_cut(&words, ' ', &piece)) {
		int width = pixels_of(piece);
		longest = width > longest ? width : longest;
	}
	return longest;
}
