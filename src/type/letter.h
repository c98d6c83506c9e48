/* Characters as the languages of Europe see them: letters, case, vowels. The C
 * library answers by the machine's locale; these tables answer alike everywhere. */
#ifndef TYPE_LETTER_H
#define TYPE_LETTER_H

#include "base/str.h"

bool letter_is(uint32_t c);
bool letter_is_digit(uint32_t c);
bool letter_is_capital(uint32_t c);
/* The other case, or c itself. */
uint32_t letter_lower(uint32_t c);
uint32_t letter_upper(uint32_t c);
/* A vowel of the Latin, Greek or Cyrillic alphabet, y and marked ones included. */
bool letter_is_vowel(uint32_t c);
/* Shown by no mark of its own: joiners, variation selectors, directional marks. */
bool letter_is_invisible(uint32_t c);

/* Appends text in capitals: ß becomes SS. */
void letter_put_upper(struct buf *b, struct str text);

#endif
