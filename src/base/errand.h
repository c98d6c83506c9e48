/* One hand that does an errand at a time while the caller goes on with something else, and
 * is told when it is done. */
#ifndef BASE_ERRAND_H
#define BASE_ERRAND_H

#include <stdbool.h>

struct arena;
struct errand;

/* run(context) is what is done each time. Where no thread can be had, errand_begin does it
 * itself. NULL when the system has no descriptor left. Lives in a; the caller closes it. */
struct errand *errand_open(struct arena *a, bool (*run)(void *context), void *context)
	__attribute__((warn_unused_result));
/* Begins it; none may be under way. What run reads and writes is its own until the end. */
void errand_begin(struct errand *e);
/* Begun, and errand_end not yet called. */
bool errand_is_under_way(const struct errand *e);
/* Under way, but errand_end would not wait. */
bool errand_is_done(const struct errand *e);
/* Waits for the end; what run returned. */
bool errand_end(struct errand *e);
/* For epoll: readable from when the errand is done until errand_end. */
int errand_descriptor(const struct errand *e);
/* Waits for what is under way. */
void errand_close(struct errand *e);

#endif
