/* cache: results that took long to make, kept in a folder for the next run.
 *
 * Each is a file of its own, named after its key, with the key in it and a checksum:
 * one that is damaged or not what was asked for is as good as none. Files appear
 * whole, so that several programs may use the folder at once. Nothing here is ever
 * an error: where the folder cannot be written, nothing is kept. */
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include "base/str.h"

struct arena;
struct cache;

/* In this folder, which is made when something is kept. An empty name keeps nothing. */
struct cache *cache_open(struct arena *a, struct str folder);

/* The bytes kept under key, in a. False when there are none. */
bool cache_get(const struct cache *c, struct arena *a, struct str key, struct str *bytes);
/* Keeps bytes under key; what was there before is replaced. */
void cache_put(const struct cache *c, struct str key, struct str bytes);

/* Where the folder holds more than most bytes, removes what has not been used for the
 * longest time until half of that is left. */
void cache_trim(const struct cache *c, uint64_t most);

#endif
