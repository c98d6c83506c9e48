#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

/* Most keys of a chain are told apart by their hash, without a look at their bytes. */
struct slot {
	uint32_t hash; /* its upper half: the lower one chose the slot */
	uint32_t entry; /* 1 + index; 0: free */
};

struct map {
	struct arena *arena;
	struct map_entry *entries;
	size_t count, capacity;
	struct slot *slots; /* open addressing */
	size_t slot_count; /* a power of two, at least twice count */
};

struct map *map_new(struct arena *a)
{
	struct map *m = NEW(a, struct map);
	m->arena = a;
	m->slot_count = 16;
	m->slots = NEW_ARRAY(a, struct slot, m->slot_count);
	return m;
}

static bool slot_holds(const struct map *m, const struct slot *s, uint64_t hash, struct str key)
{
	return s->hash == (uint32_t)(hash >> 32) && str_equal(m->entries[s->entry - 1].key, key);
}

/* The slot that holds key, or the free one where it would stand. */
static struct slot *slot_of(const struct map *m, uint64_t hash, struct str key)
{
	size_t at = (size_t)hash & (m->slot_count - 1);
	while (m->slots[at].entry && !slot_holds(m, &m->slots[at], hash, key))
		at = (at + 1) & (m->slot_count - 1);
	return &m->slots[at];
}

void map_put(struct map *m, struct str key, void *value)
{
	uint64_t hash = hash_of(key);
	struct slot *slot = slot_of(m, hash, key);
	if (slot->entry) {
		m->entries[slot->entry - 1].value = value;
		return;
	}
	struct map_entry entry = { str_copy(m->arena, key), value };
	PUSH(m->arena, m->entries, m->count, m->capacity, entry);
	*slot = (struct slot){ (uint32_t)(hash >> 32), (uint32_t)m->count };
	if (2 * m->count < m->slot_count)
		return;
	m->slot_count *= 2;
	m->slots = NEW_ARRAY(m->arena, struct slot, m->slot_count);
	for (size_t i = 0; i < m->count; i++) {
		hash = hash_of(m->entries[i].key);
		*slot_of(m, hash, m->entries[i].key) =
			(struct slot){ (uint32_t)(hash >> 32), (uint32_t)i + 1 };
	}
}

void *map_find(const struct map *m, struct str key)
{
	const struct slot *slot = slot_of(m, hash_of(key), key);
	return slot->entry ? m->entries[slot->entry - 1].value : NULL;
}

size_t map_count(const struct map *m)
{
	return m->count;
}

const struct map_entry *map_at(const struct map *m, size_t i)
{
	return &m->entries[i];
}

struct str map_nearest(const struct map *m, struct str key)
{
	size_t best = key.len / 3 + 1;
	struct str nearest = { "", 0 };
	for (size_t i = 0; i < m->count; i++) {
		size_t distance = str_distance(m->entries[i].key, key);
		if (distance <= best && (distance < best || nearest.len == 0)) {
			best = distance;
			nearest = m->entries[i].key;
		}
	}
	return nearest;
}
