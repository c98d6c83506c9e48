/* Workers who do jobs while the caller goes on, and whom the caller overtakes: a job that
 * nobody has begun when it is needed is the caller's own. */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stdbool.h>
#include <stddef.h>

enum { CREW_JOBS = 256 }; /* given at once, at most */

struct arena;
struct crew;

/* Starts workers, count of them at most; NULL when none could be. job(context, worker, i)
 * does job i; worker, below count, tells who does it. Lives in a; the caller closes it. */
struct crew *crew_open(struct arena *a, size_t count,
		       void (*job)(void *context, size_t worker, size_t i), void *context)
	__attribute__((warn_unused_result));
/* Hands out jobs 0 up to count, in this order. There must be none left of an earlier
 * time: see crew_rest. */
void crew_give(struct crew *c, size_t count);
/* Nobody begins job i from now on, and whoever is at it has been waited for: it is done,
 * or the caller's. Jobs are best taken in order: workers keep ahead. */
void crew_take(struct crew *c, size_t i);
/* Takes back what nobody has begun, waits for the rest. What workers wrote can be read. */
void crew_rest(struct crew *c);
void crew_close(struct crew *c);

#endif
