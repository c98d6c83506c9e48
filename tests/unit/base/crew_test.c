/* Each job is done by one, the caller among them, and what was done can be seen. */
#include "base/arena.h"
#include "base/crew.h"
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>

enum { WORKERS = 3, ROUNDS = 300 };

struct work {
	atomic_int begun[CREW_JOBS];
	int result[CREW_JOBS]; /* without a lock: the crew has to make it seen */
	atomic_int most_worker;
	pthread_mutex_t gate; /* held: no job ends */
};

static void do_job(void *context, size_t worker, size_t i)
{
	struct work *w = context;
	atomic_fetch_add(&w->begun[i], 1);
	if ((int)worker > atomic_load(&w->most_worker))
		atomic_store(&w->most_worker, (int)worker);
	pthread_mutex_lock(&w->gate);
	pthread_mutex_unlock(&w->gate);
	w->result[i] = (int)i + 1;
}

static void reset(struct work *w)
{
	for (size_t i = 0; i < CREW_JOBS; i++) {
		atomic_store(&w->begun[i], 0);
		w->result[i] = 0;
	}
}

static void each_job_is_done_once(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct work w = { .gate = PTHREAD_MUTEX_INITIALIZER };
	struct crew *c = crew_open(a, WORKERS, do_job, &w);
	assert_non_null(c);
	for (int round = 0; round < ROUNDS; round++) {
		size_t own = 0, count = 1 + (size_t)round % CREW_JOBS;
		reset(&w);
		crew_give(c, count);
		for (size_t i = 0; i < count; i++) {
			crew_take(c, i);
			own += w.result[i] == 0;
			assert_int_equal(atomic_load(&w.begun[i]), w.result[i] != 0);
			assert_true(w.result[i] == 0 || w.result[i] == (int)i + 1);
		}
		crew_rest(c);
		size_t theirs = 0;
		for (size_t i = 0; i < count; i++)
			theirs += (size_t)atomic_load(&w.begun[i]);
		assert_int_equal(own + theirs, count);
	}
	assert_in_range(atomic_load(&w.most_worker), 0, WORKERS - 1);
	crew_close(c);
	arena_close(a);
}

static void what_is_taken_back_is_not_begun(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct work w = { .gate = PTHREAD_MUTEX_INITIALIZER };
	reset(&w);
	struct crew *c = crew_open(a, 1, do_job, &w);
	assert_non_null(c);
	pthread_mutex_lock(&w.gate);
	crew_give(c, CREW_JOBS);
	size_t first = 0;
	while (!atomic_load(&w.begun[first])) /* its worker stands at the gate */
		first = (first + 1) % CREW_JOBS;
	for (size_t i = 0; i < CREW_JOBS; i++)
		if (i != first)
			crew_take(c, i);
	pthread_mutex_unlock(&w.gate);
	crew_rest(c);
	for (size_t i = 0; i < CREW_JOBS; i++) {
		assert_int_equal(atomic_load(&w.begun[i]), i == first);
		assert_int_equal(w.result[i], i == first ? (int)i + 1 : 0);
	}
	crew_close(c);
	arena_close(a);
}

static void a_crew_is_sent_home_with_jobs_left(void **state)
{
	(void)state;
	struct arena *a = arena_open();
	struct work w = { .gate = PTHREAD_MUTEX_INITIALIZER };
	for (int round = 0; round < ROUNDS; round++) {
		struct crew *c = crew_open(a, WORKERS, do_job, &w);
		assert_non_null(c);
		reset(&w);
		crew_give(c, CREW_JOBS);
		crew_close(c);
		for (size_t i = 0; i < CREW_JOBS; i++)
			assert_int_equal(w.result[i] != 0, atomic_load(&w.begun[i]));
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_job_is_done_once),
		cmocka_unit_test(what_is_taken_back_is_not_begun),
		cmocka_unit_test(a_crew_is_sent_home_with_jobs_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
