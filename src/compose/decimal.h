/* Numbers in the cells of a table, so that they can stand under one another. */
#ifndef COMPOSE_DECIMAL_H
#define COMPOSE_DECIMAL_H

#include "base/str.h"

/* Whether s is a number with what belongs to one: a sign, a currency or one short
 * word before it, groups of thousands, decimals, a unit behind it. A dash alone
 * is one too: it says nought. *units gets the bytes up to behind its units digit:
 * 5 of "1 179,50 zł". language decides between the decimal comma and point. */
bool decimal_find(struct str s, struct str language, size_t *units);

#endif
