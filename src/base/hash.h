/* FNV-1a, 64 bits (Fowler, Noll, Vo): tells contents apart, in tables and in names
 * of files. No protection against malice. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* What hash_more begins with. */
#define HASH_START UINT64_C(0xCBF29CE484222325)
/* Goes on with the bytes that follow. */
uint64_t hash_more(uint64_t hash, struct str bytes);
uint64_t hash_of(struct str bytes);

#endif
