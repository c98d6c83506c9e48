/* condition: which way of printing an ICC profile was made for, as far as it says. */
#ifndef PDF_CONDITION_H
#define PDF_CONDITION_H

#include "pdf/make.h"

/* The characterisation that a profile's own words name ("FOGRA39", "CGATS TR 006"), in
 * its description or in the head of its measurements; empty when they name none. */
struct str condition_of(struct arena *a, struct str description, struct str measurements);

/* Warns (PROFILE_CONDITION, at the layout's place) when the layout names another one. What
 * nobody can know is taken as it is told. */
void condition_check(struct making *m, struct str description, struct str measurements);

#endif
