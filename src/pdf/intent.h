/* intent: what the colours of a file are meant for (ISO 32000-1, 14.11.5). */
#ifndef PDF_INTENT_H
#define PDF_INTENT_H

#include "pdf/make.h"

/* What a registered printing condition is in words; empty for others. */
struct str intent_words(struct str condition);
/* Appends /OutputIntents: of the press when its profile is at hand, else of sRGB
 * when screens is set, else nothing. Writes the profile's stream. */
void intent_put(struct buf *b, struct making *m, bool screens);

#endif
