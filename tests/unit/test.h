/* What every unit test needs: cmocka and its prerequisites, and a diags. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

/* Slices compare by content; a failure shows both. */
#define assert_str(actual, expected)                                                               \
	do {                                                                                       \
		struct arena *assert_arena = arena_open();                                         \
		assert_string_equal(str_c(assert_arena, (actual)), (expected));                    \
		arena_close(assert_arena);                                                         \
	} while (0)

/* A small generator of repeatable numbers: xorshift64*, Vigna (2016). */
static inline uint64_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 2685821657736338717ULL;
}

#endif
