/* A table from strings to pointers, in an arena. Keys are copied; iteration is
 * in order of insertion, so that results do not depend on hashing. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct arena;
struct map;

struct map_entry {
	struct str key;
	void *value;
};

/* An empty table, in a. */
struct map *map_new(struct arena *a);
/* Sets or replaces. */
void map_put(struct map *m, struct str key, void *value);
/* NULL when absent. */
void *map_find(const struct map *m, struct str key);
size_t map_count(const struct map *m);
/* The i-th entry inserted; borrowed until the next put. */
const struct map_entry *map_at(const struct map *m, size_t i);
/* The known key nearest to a mistyped one, or the empty slice when none is
 * within a third of its length. */
struct str map_nearest(const struct map *m, struct str key);

#endif
