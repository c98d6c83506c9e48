/* Memory that lives and dies together.
 *
 * An arena hands out zeroed memory and takes it back all at once. Out of memory
 * ends the program in one place with one sentence, so nothing here can fail.
 * In ASan builds every object is its own malloc, so that overruns are caught. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena; the caller closes it. */
struct arena *arena_open(void);

/* Gives everything back. NULL is allowed. */
void arena_close(struct arena *a);

/* Forgets all objects but keeps memory for the next round, if there is much. */
void arena_reset(struct arena *a);

/* size bytes, zeroed, aligned for any object. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* An array that grew: count elements of size bytes copied into room for
 * capacity elements, the rest zeroed. The old array stays in the arena. A product
 * that does not fit is out of memory. */
void *arena_grow(struct arena *a, const void *old, size_t count, size_t capacity, size_t size);

/* Bytes handed out since the arena was opened or reset. */
size_t arena_used(const struct arena *a);

/* One zeroed object, or an array of n. */
#define NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_grow((a), NULL, 0, (size_t)(n), sizeof(type)))

/* Hands over all that lives in `from`, which is closed, to `to`. */
void arena_join(struct arena *to, struct arena *from);

/* Appends value to the arena-owned vector {items, count, capacity}, which begins
 * with room for `first`. */
#define PUSH_FROM(first, a, items, count, capacity, value)                                         \
	do {                                                                                       \
		if ((count) == (capacity)) {                                                       \
			(capacity) = (capacity) ? 2 * (capacity) : (first);                        \
			(items) = arena_grow((a), (items), (count), (capacity), sizeof *(items));  \
		}                                                                                  \
		(items)[(count)++] = (value);                                                      \
	} while (0)

#define PUSH(a, items, count, capacity, value) PUSH_FROM(8, a, items, count, capacity, value)

/* Memory that no arena can own: libraries' callbacks, growing buffers.
 * heap_resize(NULL, n) allocates; n 0 is taken as 1. Never NULL. */
void *heap_resize(void *ptr, size_t size);
void heap_free(void *ptr);

/* The one place where running out of memory ends the program (exit 3). */
_Noreturn void out_of_memory(void);

#endif
