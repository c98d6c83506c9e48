#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

struct map {
	struct arena *arena;
	struct map_entry *entries;
	size_t count, capacity;
	size_t *slots; /* 1 + index of an entry; 0 is free; open addressing */
	size_t slot_count; /* a power of two, at least twice count */
};

struct map *map_new(struct arena *a)
{
	struct map *m = NEW(a, struct map);
	m->arena = a;
	m->slot_count = 16;
	m->slots = NEW_ARRAY(a, size_t, m->slot_count);
	return m;
}

/* The slot that holds key, or the free one where it would stand. */
static size_t slot_of(const struct map *m, struct str key)
{
	size_t slot = (size_t)hash_of(key) & (m->slot_count - 1);
	while (m->slots[slot] && !str_equal(m->entries[m->slots[slot] - 1].key, key))
		slot = (slot + 1) & (m->slot_count - 1);
	return slot;
}

void map_put(struct map *m, struct str key, void *value)
{
	size_t slot = slot_of(m, key);
	if (m->slots[slot]) {
		m->entries[m->slots[slot] - 1].value = value;
		return;
	}
	struct map_entry entry = { str_copy(m->arena, key), value };
	PUSH(m->arena, m->entries, m->count, m->capacity, entry);
	m->slots[slot] = m->count;
	if (2 * m->count < m->slot_count)
		return;
	m->slot_count *= 2;
	m->slots = NEW_ARRAY(m->arena, size_t, m->slot_count);
	for (size_t i = 0; i < m->count; i++)
		m->slots[slot_of(m, m->entries[i].key)] = i + 1;
}

void *map_find(const struct map *m, struct str key)
{
	size_t slot = slot_of(m, key);
	return m->slots[slot] ? m->entries[m->slots[slot] - 1].value : NULL;
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
