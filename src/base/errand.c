#include "base/errand.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum errand_state { ERRAND_NONE, ERRAND_BEGUN, ERRAND_DONE };

struct errand {
	bool (*run)(void *context);
	void *context;
	int done_fd;
	bool has_thread, closing, result; /* the last two under lock */
	atomic_int state;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t begun, done;
};

static void tell_done(struct errand *e, bool result)
{
	const uint64_t one = 1;
	e->result = result;
	atomic_store(&e->state, ERRAND_DONE);
	/* Fails only when it is readable already. */
	ssize_t written = write(e->done_fd, &one, sizeof one);
	(void)written;
}

static void *work(void *arg)
{
	struct errand *e = arg;
	pthread_mutex_lock(&e->lock);
	while (!e->closing) {
		if (atomic_load(&e->state) != ERRAND_BEGUN) {
			pthread_cond_wait(&e->begun, &e->lock);
			continue;
		}
		pthread_mutex_unlock(&e->lock);
		bool result = e->run(e->context);
		pthread_mutex_lock(&e->lock);
		tell_done(e, result);
		pthread_cond_signal(&e->done);
	}
	pthread_mutex_unlock(&e->lock);
	return NULL;
}

struct errand *errand_open(struct arena *a, bool (*run)(void *context), void *context)
{
	struct errand *e = NEW(a, struct errand);
	e->run = run;
	e->context = context;
	e->done_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (e->done_fd < 0)
		return NULL;
	pthread_mutex_init(&e->lock, NULL);
	pthread_cond_init(&e->begun, NULL);
	pthread_cond_init(&e->done, NULL);
	e->has_thread = pthread_create(&e->thread, NULL, work, e) == 0;
	return e;
}

void errand_begin(struct errand *e)
{
	if (!e->has_thread) {
		tell_done(e, e->run(e->context));
		return;
	}
	pthread_mutex_lock(&e->lock);
	atomic_store(&e->state, ERRAND_BEGUN);
	pthread_cond_signal(&e->begun);
	pthread_mutex_unlock(&e->lock);
}

bool errand_is_under_way(const struct errand *e)
{
	return atomic_load(&e->state) != ERRAND_NONE;
}

bool errand_is_done(const struct errand *e)
{
	return atomic_load(&e->state) == ERRAND_DONE;
}

bool errand_end(struct errand *e)
{
	uint64_t count;
	pthread_mutex_lock(&e->lock);
	while (atomic_load(&e->state) == ERRAND_BEGUN)
		pthread_cond_wait(&e->done, &e->lock);
	atomic_store(&e->state, ERRAND_NONE);
	bool result = e->result;
	ssize_t taken = read(e->done_fd, &count, sizeof count);
	(void)taken;
	pthread_mutex_unlock(&e->lock);
	return result;
}

int errand_descriptor(const struct errand *e)
{
	return e->done_fd;
}

void errand_close(struct errand *e)
{
	if (errand_is_under_way(e))
		(void)errand_end(e);
	pthread_mutex_lock(&e->lock);
	e->closing = true;
	pthread_cond_signal(&e->begun);
	pthread_mutex_unlock(&e->lock);
	if (e->has_thread)
		pthread_join(e->thread, NULL);
	pthread_cond_destroy(&e->begun);
	pthread_cond_destroy(&e->done);
	pthread_mutex_destroy(&e->lock);
	close(e->done_fd);
}
