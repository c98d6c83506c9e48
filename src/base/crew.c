#include "base/crew.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdatomic.h>

enum { WORKERS_AT_MOST = 16 };
/* How often a job in another's hands is looked at before the caller lies down: about as
 * long as a job takes, which is less than falling asleep and being woken. */
enum { PATIENCE = 20000 };
/* The caller will come to a job this far ahead so soon that it had better do it. */
enum { NEAR = 2 };

enum job_state { JOB_OPEN, JOB_TAKEN, JOB_DONE };

struct worker {
	struct crew *crew;
	size_t number;
	pthread_t thread;
};

struct crew {
	void (*job)(void *context, size_t worker, size_t i);
	void *context;
	pthread_mutex_t lock; /* over what follows; states may be read without it */
	pthread_cond_t given, done;
	atomic_int state[CREW_JOBS];
	size_t count; /* jobs */
	size_t reached; /* jobs before it have been taken by the caller */
	size_t busy; /* workers */
	bool closing;
	size_t worker_count;
	struct worker worker[WORKERS_AT_MOST];
};

static size_t open_from(const struct crew *c, size_t i)
{
	while (i < c->count && atomic_load(&c->state[i]) != JOB_OPEN)
		i++;
	return i;
}

/* The job that a worker begins next, or count. The first one that is open is left to the
 * caller, who is about to come to it and would have to wait for a worker just begun:
 * so both are at work. */
static size_t choose_job(const struct crew *c)
{
	size_t first = open_from(c, c->reached), second = open_from(c, first + 1);
	if (second < c->count)
		return second;
	return first >= c->reached + NEAR ? first : c->count;
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct crew *c = w->crew;
	pthread_mutex_lock(&c->lock);
	while (!c->closing) {
		size_t i = choose_job(c);
		if (i >= c->count) {
			pthread_cond_wait(&c->given, &c->lock);
			continue;
		}
		atomic_store(&c->state[i], JOB_TAKEN);
		c->busy++;
		pthread_mutex_unlock(&c->lock);
		c->job(c->context, w->number, i);
		pthread_mutex_lock(&c->lock);
		c->busy--;
		atomic_store(&c->state[i], JOB_DONE);
		pthread_cond_signal(&c->done);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

struct crew *crew_open(struct arena *a, size_t count,
		       void (*job)(void *context, size_t worker, size_t i), void *context)
{
	struct crew *c = NEW(a, struct crew);
	c->job = job;
	c->context = context;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->given, NULL);
	pthread_cond_init(&c->done, NULL);
	while (c->worker_count < count && c->worker_count < WORKERS_AT_MOST) {
		struct worker *w = &c->worker[c->worker_count];
		*w = (struct worker){ .crew = c, .number = c->worker_count };
		if (pthread_create(&w->thread, NULL, work, w) != 0)
			break; /* fewer hands, same work */
		c->worker_count++;
	}
	if (c->worker_count)
		return c;
	crew_close(c);
	return NULL;
}

void crew_give(struct crew *c, size_t count)
{
	pthread_mutex_lock(&c->lock);
	for (size_t i = 0; i < count; i++)
		atomic_store(&c->state[i], JOB_OPEN);
	c->count = count;
	c->reached = 0;
	pthread_cond_broadcast(&c->given);
	pthread_mutex_unlock(&c->lock);
}

void crew_take(struct crew *c, size_t i)
{
	for (int n = 0; n < PATIENCE && atomic_load(&c->state[i]) == JOB_TAKEN; n++)
		;
	pthread_mutex_lock(&c->lock);
	while (atomic_load(&c->state[i]) == JOB_TAKEN)
		pthread_cond_wait(&c->done, &c->lock);
	c->reached = i + 1;
	atomic_store(&c->state[i], JOB_DONE);
	pthread_mutex_unlock(&c->lock);
}

void crew_rest(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->count = 0;
	while (c->busy)
		pthread_cond_wait(&c->done, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

void crew_close(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->closing = true;
	pthread_cond_broadcast(&c->given);
	pthread_mutex_unlock(&c->lock);
	for (size_t i = 0; i < c->worker_count; i++)
		pthread_join(c->worker[i].thread, NULL);
	pthread_cond_destroy(&c->given);
	pthread_cond_destroy(&c->done);
	pthread_mutex_destroy(&c->lock);
}
