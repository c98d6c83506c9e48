/* A small pool of worker threads: independent jobs, run to the end. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/* Calls job(context, i) for every i below count, on at most threads threads
 * (the caller's among them), in no particular order; returns when all are done. */
void pool_run(size_t threads, size_t count, void (*job)(void *context, size_t i), void *context);

#endif
