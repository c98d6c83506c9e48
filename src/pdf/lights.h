/* lights: what colours pictures have where words stand on them. */
#ifndef PDF_LIGHTS_H
#define PDF_LIGHTS_H

#include "model/ink.h"
#include "pdf/make.h"

/* Adds to inks, in a, each picture that words of its page are painted on; those that
 * cannot be read are told. m: of an edition for screens, its colours open. */
void lights_find(struct making *m, struct arena *a, struct inks *inks);

#endif
