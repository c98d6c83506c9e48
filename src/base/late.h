/* Libraries that are opened when they are needed. What few commands need, but what
 * brings thirty libraries of its own, would take longer to load than an article takes to
 * be composed. */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stdbool.h>
#include <stddef.h>

struct diags;

/* Finds functions of a shared library. calls: room for count pointers to functions,
 * filled in the order of names. The library stays open. False, with LIBRARY_MISSING
 * reported, when it or one of them is not there. */
bool late_open(const char *library, const char *const *names, void *calls, size_t count,
	       struct diags *d) __attribute__((warn_unused_result));

#endif
