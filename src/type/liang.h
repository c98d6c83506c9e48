/* Liang's hyphenation patterns, read as their makers wrote them. */
#ifndef TYPE_LIANG_H
#define TYPE_LIANG_H

#include "base/str.h"

struct arena;
struct liang;

/* file: a pattern file as libhyphen's dictionaries are, in UTF-8: one pattern a
 * line ("ab1c"); the first line (encoding), comments, most settings and patterns with
 * replacements are passed over. Lives in a. */
struct liang *liang_read(struct arena *a, struct str file);

/* Raises the least numbers of letters before and after a break to those that the file
 * sets. */
void liang_least(const struct liang *l, size_t *before, size_t *after);

/* Sets odd[i] when the word may be divided before its letter i. letters: the
 * word in small letters, count of them; odd has room for count. At most
 * LIANG_LONGEST letters. */
enum { LIANG_LONGEST = 100 };
void liang_points(const struct liang *l, const uint32_t *letters, size_t count, bool *odd);

#endif
