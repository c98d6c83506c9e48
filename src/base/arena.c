/* Arenas: a list of blocks, each filled from its start. Large objects get a
 * block of their own, so that a picture does not waste the rest of a block; the
 * system gives these zeroed, and pages that nobody touches cost nothing. The first block
 * is small, as many arenas hold but a page's bytes; the others are kept over a reset:
 * scratch arenas are reset thousands of times. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONE_MALLOC_PER_OBJECT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_MALLOC_PER_OBJECT 1
#endif
#endif
#ifndef ONE_MALLOC_PER_OBJECT
#define ONE_MALLOC_PER_OBJECT 0
#endif

enum { BLOCK_SIZE = 64 * 1024, FIRST_SIZE = 4 * 1024, ALIGNMENT = 16 };

struct memory_block {
	struct memory_block *next;
	size_t size; /* bytes after the header */
	size_t used;
	size_t padding; /* keeps the bytes after the header aligned to 16 */
};

struct arena {
	struct memory_block *first; /* the one being filled */
	struct memory_block *spare; /* of BLOCK_SIZE, kept by a reset */
	size_t used;
};

_Noreturn void out_of_memory(void)
{
	fputs("glos: out of memory\n", stderr);
	exit(3);
}

void *heap_resize(void *ptr, size_t size)
{
	void *grown = realloc(ptr, size ? size : 1);
	if (!grown)
		out_of_memory();
	return grown;
}

void heap_free(void *ptr)
{
	free(ptr);
}

struct arena *arena_open(void)
{
	struct arena *a = heap_resize(NULL, sizeof *a);
	*a = (struct arena){ 0 };
	return a;
}

static void blocks_free(struct memory_block *b)
{
	while (b) {
		struct memory_block *next = b->next;
		free(b);
		b = next;
	}
}

void arena_close(struct arena *a)
{
	if (!a)
		return;
	blocks_free(a->first);
	blocks_free(a->spare);
	free(a);
}

void arena_reset(struct arena *a)
{
	for (struct memory_block *b = a->first; b;) {
		struct memory_block *next = b->next;
		if (!ONE_MALLOC_PER_OBJECT && b->size == BLOCK_SIZE) {
			b->used = 0;
			b->next = a->spare;
			a->spare = b;
		} else {
			free(b);
		}
		b = next;
	}
	a->first = NULL;
	a->used = 0;
}

/* A block of its own for one object, zeroed. */
static void *object_add(struct arena *a, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct memory_block))
		out_of_memory();
	struct memory_block *b = calloc(1, sizeof *b + size);
	if (!b)
		out_of_memory();
	b->size = b->used = size;
	/* It goes behind the one being filled. */
	struct memory_block **at = a->first ? &a->first->next : &a->first;
	b->next = *at;
	*at = b;
	return b + 1;
}

static struct memory_block *block_add(struct arena *a, size_t least)
{
	struct memory_block *b = a->spare;
	if (b) {
		a->spare = b->next;
	} else {
		size_t size = !a->first && least <= FIRST_SIZE ? FIRST_SIZE : BLOCK_SIZE;
		b = heap_resize(NULL, sizeof *b + size);
		*b = (struct memory_block){ .size = size };
	}
	b->next = a->first;
	return a->first = b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > SIZE_MAX - ALIGNMENT)
		out_of_memory();
	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	a->used += size;
	if (ONE_MALLOC_PER_OBJECT || rounded > BLOCK_SIZE / 4)
		return object_add(a, ONE_MALLOC_PER_OBJECT ? size : rounded);
	struct memory_block *b = a->first;
	if (!b || b->size - b->used < rounded)
		b = block_add(a, rounded);
	void *ptr = (char *)(b + 1) + b->used;
	b->used += rounded;
	memset(ptr, 0, rounded);
	return ptr;
}

void *arena_grow(struct arena *a, const void *old, size_t count, size_t capacity, size_t size)
{
	if (size && capacity > SIZE_MAX / size)
		out_of_memory();
	void *grown = arena_alloc(a, capacity * size);
	if (count)
		memcpy(grown, old, count * size);
	return grown;
}

void arena_join(struct arena *to, struct arena *from)
{
	/* Behind the block being filled, so that it goes on being. */
	struct memory_block **at = to->first ? &to->first->next : &to->first;
	struct memory_block *behind = *at;
	*at = from->first;
	while (*at)
		at = &(*at)->next;
	*at = behind;
	to->used += from->used;
	from->first = NULL;
	arena_close(from);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
