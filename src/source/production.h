/* Binding and paper, under `press:` of a layout and of an issue. */
#ifndef SOURCE_PRODUCTION_H
#define SOURCE_PRODUCTION_H

#include "model/production.h"
#include "source/keys.h"

/* The keys that are read here, for lists of known ones. */
#define PRODUCTION_KEYS                                                                            \
	STR_INIT("binding"), STR_INIT("cover"), STR_INIT("imposed"), STR_INIT("paper"),            \
		STR_INIT("cover_paper"), STR_INIT("glue"), STR_INIT("spine"), STR_INIT("creep")

/* Settings of the table, which may be NULL, laid over p. */
void production_read(struct reader *r, const struct yaml *press, struct production *p);

/* What is right alone and does not go together, or lacks what it needs. */
void production_check(struct reader *r, const struct production *p);

#endif
