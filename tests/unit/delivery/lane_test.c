/* The queue: what waits for the pace of its domain, and what comes back. */
#include "test.h"

#include "delivery/campaign.h"

enum { TIMES = 8 };

static int64_t still(void *context)
{
	(void)context;
	return 1000000;
}

static struct job *put(struct campaign *c, const char *address)
{
	struct claim claim = { .address = str_from(address) };
	struct job *j = job_take_free(c);
	job_fill(c, j, &claim);
	job_enqueue(c, j);
	return j;
}

static void close_jobs(struct campaign *c)
{
	jobs_close(c);
	arena_close(c->arena);
}

static void what_comes_back_waits_as_before(void **state)
{
	(void)state;
	static struct domain_rate slow[] = { { STR_INIT("slow.org"), { 1, 1000 } } };
	const struct publication p = { .smtp = { .domain_rates = slow, .domain_rate_count = 1 } };
	const struct world w = { .clock = still, .monotonic_ms = still };
	struct form *no_form = NULL;
	struct campaign c = {
		.publication = &p, .world = &w, .arena = arena_open(), .forms = &no_form
	};
	int64_t wait = 5000;
	lanes_init(&c);
	struct job *first = put(&c, "a@slow.org"), *second = put(&c, "b@slow.org");
	assert_ptr_equal(first->lane, &c.lanes[0]);
	assert_int_equal(c.lanes[0].queue.count, 2);
	for (int i = 0; i < TIMES; i++) { /* over and over: nothing is used up by it */
		assert_ptr_equal(job_next(&c, &wait), first);
		assert_int_equal(c.lanes[0].queue.count, 1);
		job_put_back(&c, first);
		assert_int_equal(c.lanes[0].queue.count, 2);
	}
	assert_ptr_equal(job_next(&c, &wait), first);
	assert_int_equal(wait, 5000);
	assert_null(job_next(&c, &wait)); /* the pace: one a second */
	assert_int_equal(wait, 1000);
	assert_ptr_equal(c.lanes[0].queue.first, second);
	assert_int_equal(c.queued, 1);
	close_jobs(&c);
}

static void what_has_no_lane_comes_back_first(void **state)
{
	(void)state;
	const struct publication p = { 0 };
	const struct world w = { .clock = still, .monotonic_ms = still };
	struct form *no_form = NULL;
	struct campaign c = {
		.publication = &p, .world = &w, .arena = arena_open(), .forms = &no_form
	};
	lanes_init(&c);
	struct job *first = put(&c, "a@x.org"), *second = put(&c, "b@x.org");
	assert_ptr_equal(job_ahead(&c), first);
	assert_ptr_equal(job_ahead(&c), second);
	job_put_back(&c, second);
	job_put_back(&c, first);
	assert_ptr_equal(job_ahead(&c), first);
	assert_ptr_equal(job_ahead(&c), second);
	assert_null(job_ahead(&c));
	close_jobs(&c);
}

static void full_lanes_keep_nobody_waiting(void **state)
{
	(void)state;
	enum { FAST = 1000, HELD = 3 * FAST };
	static struct domain_rate slow[] = { { STR_INIT("slow.org"), { FAST, 1000 } } };
	const struct publication p = { .smtp = { .domain_rates = slow, .domain_rate_count = 1 } };
	const struct world w = { .clock = still, .monotonic_ms = still };
	struct form *no_form = NULL;
	struct campaign c = { .publication = &p,
			      .world = &w,
			      .arena = arena_open(),
			      .forms = &no_form,
			      .more_due = true };
	int64_t wait = 5000;
	lanes_init(&c);
	struct job *oldest = put(&c, "a@slow.org");
	for (int i = 1; i < HELD / 2; i++)
		put(&c, "b@slow.org");
	assert_int_equal(c.queued, HELD / 2);
	assert_false(turns_want_claims(&c)); /* they wait for a server: enough is claimed */
	struct job *fast = put(&c, "c@fast.org");
	assert_null(job_ahead(&c)); /* it is not yet the turn of the younger one */
	assert_ptr_equal(job_next(&c, &wait), oldest);
	assert_ptr_equal(job_ahead(&c), fast);
	assert_true(turns_want_claims(&c)); /* they wait for their pace: others need not */
	for (int i = 0; job_take_any(&c); i++)
		assert_in_range(i, 0, HELD);
	assert_int_equal(c.queued, 0);
	close_jobs(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_back_waits_as_before),
		cmocka_unit_test(what_has_no_lane_comes_back_first),
		cmocka_unit_test(full_lanes_keep_nobody_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
