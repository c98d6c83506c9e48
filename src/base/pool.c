#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS_AT_MOST = 16 };

struct pool {
	void (*job)(void *context, size_t i);
	void *context;
	size_t count;
	atomic_size_t next;
};

static void *work(void *arg)
{
	struct pool *p = arg;
	for (size_t i = atomic_fetch_add(&p->next, 1); i < p->count;
	     i = atomic_fetch_add(&p->next, 1))
		p->job(p->context, i);
	return NULL;
}

void pool_run(size_t threads, size_t count, void (*job)(void *context, size_t i), void *context)
{
	struct pool p = { .job = job, .context = context, .count = count };
	pthread_t started[THREADS_AT_MOST];
	size_t running = 0;
	while (running + 1 < threads && running + 1 < count && running < THREADS_AT_MOST) {
		if (pthread_create(&started[running], NULL, work, &p) != 0)
			break; /* fewer hands, same work */
		running++;
	}
	work(&p);
	for (size_t i = 0; i < running; i++)
		pthread_join(started[i], NULL);
}
