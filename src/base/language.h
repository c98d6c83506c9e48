/* Language tags (BCP 47), of which glos looks at the first part alone. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "base/str.h"

/* "pl" of "pl-PL": a slice of tag, in the case it was written in. */
struct str language_primary(struct str tag);
/* Whether a tag's first part is this one, in any case. */
bool language_is(struct str tag, struct str primary);

#endif
