/* Threads that wait for a change, but only so long, by the clock that people do not set. */
#ifndef BASE_MONOTONIC_H
#define BASE_MONOTONIC_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* What is waited for with pthread_cond_timedwait goes by that clock. */
void monotonic_cond_init(pthread_cond_t *cond);
/* That many seconds from now, for such a wait. */
struct timespec monotonic_in(int64_t seconds);

#endif
