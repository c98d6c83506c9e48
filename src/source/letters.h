/* Letters written as base and combining mark (macOS file dialogs, some PDF
 * readers) become the one letter that fonts, searches and slugs know: NFC for
 * the letters of European languages. */
#ifndef SOURCE_LETTERS_H
#define SOURCE_LETTERS_H

#include "base/arena.h"
#include "base/str.h"

/* True when a combining mark starts at byte i. */
bool letters_combine_at(struct str s, size_t i);

/* When a base at byte i and the mark behind it have a composed form: writes it,
 * returns its bytes, and sets *eaten to those of both. Otherwise 0. */
size_t letters_compose(struct str s, size_t i, char out[4], size_t *eaten);

/* The whole of s with its letters composed; s itself when there is nothing to do. */
struct str letters_composed(struct arena *a, struct str s);

#endif
