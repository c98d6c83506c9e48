/* What relays may take of a day's warm-up. */
#include "fixture.h"

#include "base/errand.h"
#include "delivery/campaign.h"

enum { DAY_S = 86400, LIMIT = 10, JOBS = 3 * LIMIT };

static bool nothing(void *context)
{
	(void)context;
	return true;
}

/* A sender with one relay, which is new. */
static void begin(struct fixture *f, struct campaign *c, struct relay *r)
{
	static int64_t schedule[] = { LIMIT };
	struct relay_settings *settings = NEW(f->arena, struct relay_settings);
	*settings = (struct relay_settings){
		.name = STR("r"), .weight = 1, .warm_up = schedule, .warm_up_days = 1
	};
	*r = (struct relay){ .settings = settings, .allowed = -1 };
	*c = (struct campaign){ .store = f->store,
				.world = &f->world,
				.publication = &f->publication,
				.arena = f->arena,
				.relays = r,
				.relay_count = 1 };
	c->turns.clerk = errand_open(f->arena, nothing, NULL);
	assert_non_null(c->turns.clerk);
	assert_true(f->store->ops->lock_sender(f->store));
	assert_true(relays_begin(c));
}

/* Takes as many as may be taken. */
static int take_all(struct campaign *c, struct relay *r, struct job jobs[JOBS])
{
	int n = 0;
	for (int64_t wait = 0; n < JOBS && relay_may_take(c, r, &wait); n++)
		relay_took(c, r, &jobs[n]);
	return n;
}

/* What comes back of yesterday's is no more for today. */
static void a_day_gets_nothing_of_the_day_before(void **state)
{
	struct fixture *f = *state;
	struct campaign c;
	struct relay r;
	struct job jobs[JOBS] = { 0 }, more[JOBS] = { 0 };
	begin(f, &c, &r);
	assert_int_equal(take_all(&c, &r, jobs), LIMIT);
	relay_gave_back(&r, &jobs[0]);
	relay_gave_back(&r, &jobs[1]);
	assert_int_equal(take_all(&c, &r, jobs), 2);
	f->now += DAY_S;
	int64_t wait = 0;
	assert_true(relay_may_take(&c, &r, &wait));
	for (int i = 0; i < LIMIT; i++)
		relay_gave_back(&r, &jobs[i]);
	assert_int_equal(take_all(&c, &r, more), LIMIT);
	errand_close(c.turns.clerk);
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIXTURE(a_day_gets_nothing_of_the_day_before) };
	return fixture_run(tests, sizeof tests / sizeof *tests, NULL, 0);
}
