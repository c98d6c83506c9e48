/* Language tags (BCP 47), of which glos looks at the first part alone. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "base/str.h"

/* Whether it has the shape of a tag: subtags of one to eight letters and digits, the
 * first of two or three letters. Whether there is such a language is not asked. */
bool language_is_tag(struct str s);
/* "pl" of "pl-PL": a slice of tag, in the case it was written in. */
struct str language_primary(struct str tag);
/* Whether a tag's first part is this one, in any case. */
bool language_is(struct str tag, struct str primary);
/* Whether it is written from right to left, by the script it has unless told. */
bool language_is_rtl(struct str tag);

#endif
