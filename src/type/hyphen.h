/* Where the words of a language may be divided. */
#ifndef TYPE_HYPHEN_H
#define TYPE_HYPHEN_H

#include "type/inside.h"

struct hyphenator;

enum { HYPHEN_LONGEST = 100 }; /* longer words stay whole */

/* The hyphenator of a language (BCP 47; the first subtag counts, English also by
 * region); NULL when no dictionary is installed, which is reported once at place. */
struct hyphenator *hyphenator_for(struct type *t, struct str language, struct place place);

/* Languages without a dictionary are reported again when they are met next. */
void hyphenators_forget_missing(struct type *t);

/* Sets may[i] when the word may be divided before its letter i, by the
 * language's patterns and its least numbers of letters before and after.
 * letters: letters and apostrophes, in any case; at most HYPHEN_LONGEST. */
void hyphenator_points(struct hyphenator *h, const uint32_t *letters, size_t count, bool *may);

#endif
