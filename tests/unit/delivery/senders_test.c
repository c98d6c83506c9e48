/* Senders that share a ledger in PostgreSQL: who claims what, who is dead, and what a lost
 * connection may cost. */
#include "between.h"

#include "base/errand.h"
#include "delivery/campaign.h"

#include <sys/socket.h>
#include <time.h>

static const struct message everyone = { .issue = STR_INIT("2026-1"),
					 .language = STR_INIT("pl"),
					 .domain = STR_INIT("glos.example.org") };
static const struct message *const messages[] = { &everyone };

static int64_t send_to(struct fixture *f, int people)
{
	struct audience a = { .messages = messages, .message_count = 1 };
	for (int i = 0; i < people; i++) {
		struct subscriber who = { .address = str_format(f->arena, "p%d@x.org", i) };
		assert_int_equal(roster_add(f->store, &who, false), ROSTER_DONE);
	}
	assert_true(f->store->ops->freeze(f->store, &a));
	assert_int_equal(a.added, people);
	return a.issue;
}

struct hand {
	int64_t id[64];
	size_t count;
};

static void take(void *context, const struct claim *c)
{
	struct hand *h = context;
	h->id[h->count++] = c->id;
}

static bool claim(struct fixture *f, struct store *s, int64_t issue, size_t want, struct hand *h)
{
	struct turn t = {
		.issue = issue, .want = want, .now = f->now, .claimed = take, .context = h
	};
	return s->ops->turn(s, &t);
}

static bool intend(struct fixture *f, struct store *s, int64_t id)
{
	struct turn t = { .intents = &id, .intent_count = 1, .now = f->now };
	return s->ops->turn(s, &t);
}

static void put_on_the_wire(struct fixture *f, struct store *s, int64_t issue, int64_t relay,
			    size_t count)
{
	struct hand h = { 0 };
	assert_true(claim(f, s, issue, count, &h));
	assert_int_equal(h.count, count);
	for (size_t i = 0; i < count; i++) {
		struct turn t = { .intents = &h.id[i],
				  .intent_relays = &relay,
				  .intent_count = 1,
				  .now = f->now };
		assert_true(s->ops->turn(s, &t));
	}
}

static struct store *another(struct fixture *f)
{
	struct store *s = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_non_null(s);
	assert_true(s->ops->lock_sender(s));
	return s;
}

/* Another program looked somebody up whom a sender then suppresses: what it writes back is not
 * the state it found. */
static void who_is_suppressed_meanwhile_stays_so(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 1);
	struct store *other = another(f);
	struct hand h = { 0 };
	struct subscriber who;
	bool is_there;
	assert_true(claim(f, other, issue, 1, &h));
	assert_true(f->store->ops->begin(f->store));
	assert_true(f->store->ops->find(f->store, f->arena, STR("p0@x.org"), &who, &is_there));
	struct mark m = { .id = h.id[0], .state = DELIVERY_FAILED, .suppress = true };
	struct turn t = { .marks = &m, .mark_count = 1, .now = f->now };
	assert_true(other->ops->turn(other, &t));
	who.name = STR("Anna");
	assert_true(f->store->ops->update(f->store, &who));
	assert_true(f->store->ops->commit(f->store));
	assert_int_equal(roster_find(f->store, f->arena, STR("p0@x.org"), &who), ROSTER_DONE);
	assert_true(str_equal(who.name, STR("Anna")));
	assert_int_equal(who.state, SUBSCRIBER_SUPPRESSED);
	store_close(other);
}

/* An erasure that has looked for words before a sender brings some. */
static void of_who_is_being_erased_no_words_are_kept(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 1);
	struct store *other = another(f);
	struct hand h = { 0 };
	assert_true(claim(f, other, issue, 1, &h));
	assert_true(f->store->ops->begin(f->store));
	assert_int_equal(roster_erase(f->store, STR("p0@x.org")), ROSTER_DONE);
	struct mark m = { .id = h.id[0], .words = STR("450 p0@x.org") };
	struct turn t = { .marks = &m, .mark_count = 1, .now = f->now };
	pthread_t erasure = fixture_commits(f->store);
	assert_true(other->ops->turn(other, &t));
	fixture_committed(erasure);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM attempt WHERE words <> ''"), 0);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE words <> ''"), 0);
	store_close(other);
}

/* As if it had not been heard of for an hour, by those who have been there for longer. */
static void forget_about(struct fixture *f, const struct store *s)
{
	int64_t worker = ((const struct store_pg *)(const void *)s)->worker;
	fixture_sql(f, str_format(f->arena,
				  "SELECT pg_sleep(2.1);"
				  "UPDATE worker SET seen = seen - interval '1 hour'"
				  " WHERE id = %lld",
				  (long long)worker)
			       .ptr);
}

/* Its connection is gone, without a word. */
static void cut(struct fixture *f, const struct store *s)
{
	const struct store_pg *q = (const struct store_pg *)(const void *)s;
	fixture_sql(f, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
		       " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
	assert_non_null(q->conn);
}

static int64_t count(struct fixture *f, const char *states)
{
	return fixture_sql(f,
			   str_format(f->arena, "SELECT count(*) FROM delivery WHERE state IN (%s)",
				      states)
				   .ptr);
}

static void nobody_is_claimed_twice(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 9);
	struct store *other = another(f);
	struct hand mine = { 0 }, theirs = { 0 };
	struct remainder r;
	assert_true(claim(f, f->store, issue, 4, &mine));
	assert_true(claim(f, other, issue, 9, &theirs));
	assert_int_equal(mine.count, 4);
	assert_int_equal(theirs.count, 5);
	for (size_t i = 0; i < mine.count; i++)
		for (size_t j = 0; j < theirs.count; j++)
			assert_int_not_equal(mine.id[i], theirs.id[j]);
	assert_true(other->ops->remainder(other, issue, STR(""), &r));
	assert_int_equal(r.pending, 0);
	assert_int_equal(r.elsewhere, 4);
	/* What is not one's own cannot be moved. */
	struct mark stolen = { .id = mine.id[0], .state = DELIVERY_SENT };
	struct turn t = { .marks = &stolen, .mark_count = 1, .now = f->now };
	assert_true(other->ops->turn(other, &t));
	assert_int_equal(count(f, "1"), 9);
	/* Who ends in order frees its rows at once. */
	store_close(other);
	assert_int_equal(count(f, "0"), 5);
}

static void the_dead_are_taken_over_and_stay_out(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	int64_t issue = send_to(f, 6);
	struct store *zombie = another(f);
	struct hand h = { 0 };
	assert_true(f->store->ops->lock_sender(f->store));
	assert_true(claim(f, zombie, issue, 4, &h));
	assert_true(intend(f, zombie, h.id[0]));
	f->now += 1;
	assert_true(f->store->ops->beat(f->store));
	assert_int_equal(count(f, "1"), 3); /* alive */
	forget_about(f, zombie);
	f->now += 1;
	assert_true(f->store->ops->beat(f->store));
	assert_int_equal(count(f, "0"), 5);
	assert_int_equal(count(f, "5"), 1);
	assert_int_equal(fixture_sql(f, "SELECT sum(attempts) FROM delivery"), 1);
	/* It wakes up: neither a mark, nor a claim, nor anything else of it counts. */
	assert_false(intend(f, zombie, h.id[1]));
	assert_int_equal(diags_count(f->diags), 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FENCED);
	struct hand more = { 0 };
	assert_false(claim(f, zombie, issue, 4, &more));
	assert_int_equal(more.count, 0);
	assert_false(zombie->ops->pause(zombie, issue, true, STR("no")));
	store_close(zombie);
	assert_int_equal(count(f, "0"), 5);
	assert_int_equal(fixture_sql(f, "SELECT sum(paused) FROM issue"), 0);
}

/* What a relay said to one sender is not unsaid by another that begins, nor by a dead one. */
static void words_of_relays_are_not_wiped(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	static const char kept[] = "SELECT count(*) FROM relay WHERE words = '550 no'";
	int64_t issue = send_to(f, 1), relay;
	struct store *other = another(f);
	assert_true(f->store->ops->lock_sender(f->store));
	assert_true(other->ops->relay_number(other, STR("r"), &relay));
	assert_true(other->ops->relay_say(other, relay, issue, STR("550 no")));
	assert_true(f->store->ops->relay_say(f->store, relay, issue, STR("")));
	assert_int_equal(fixture_sql(f, kept), 1);
	cut(f, f->store);
	assert_true(other->ops->relay_say(other, relay, issue, STR("550 no")));
	assert_true(f->store->ops->relay_say(f->store, relay, issue, STR("")));
	assert_int_equal(fixture_sql(f, kept), 1);
	assert_int_equal(diags_count(f->diags), 0);
	forget_about(f, other);
	f->now += 1;
	assert_true(f->store->ops->beat(f->store));
	assert_false(other->ops->relay_say(other, relay, issue, STR("551 late")));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FENCED);
	store_close(other);
	assert_int_equal(fixture_sql(f, kept), 1);
	assert_true(f->store->ops->relay_say(f->store, relay, issue, STR("")));
	assert_int_equal(fixture_sql(f, kept), 0);
}

/* Senders that warm a relay up share the day's number, and wait for no import. */
static void shares_of_a_warm_up_wait_for_no_writer(void **state)
{
	struct fixture *f = *state;
	const struct warm_day day = { .day = f->now / 86400, .limit = 50 };
	int64_t issue = send_to(f, 10), relay, mine, theirs;
	struct store *s = f->store, *other = another(f);
	assert_true(s->ops->lock_sender(s));
	assert_true(s->ops->relay_number(s, STR("r"), &relay));
	put_on_the_wire(f, other, issue, relay, 10);
	assert_true(s->ops->warm_up_begin(s, relay, &day));
	struct store *writer = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(writer->ops->begin(writer));
	assert_true(s->ops->plain(s, "SET lock_timeout = 50", NULL));
	assert_true(other->ops->plain(other, "SET lock_timeout = 50", NULL));
	assert_true(s->ops->warm_up_take(s, relay, &day, 30, &mine));
	assert_true(other->ops->warm_up_begin(other, relay, &day));
	assert_true(other->ops->warm_up_take(other, relay, &day, 30, &theirs));
	assert_int_equal(mine, 30);
	assert_int_equal(theirs, 10);
	assert_true(s->ops->warm_up_take(s, relay, &day, 1, &mine));
	assert_int_equal(mine, 0);
	assert_true(other->ops->warm_up_take(other, relay, &day, -4, &theirs));
	assert_true(s->ops->warm_up_take(s, relay, &day, 30, &mine));
	assert_int_equal(mine, 4);
	assert_int_equal(diags_count(f->diags), 0);
	store_close(writer);
	store_close(other);
}

/* What somebody else took counts until nobody can send it any more, and what was sent always. */
static void a_day_of_a_warm_up_is_counted_when_it_begins(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	const struct warm_day day = { .day = f->now / 86400, .limit = 50 };
	int64_t issue = send_to(f, 4), relay, mine, theirs;
	struct store *s = f->store, *other = another(f);
	assert_true(s->ops->lock_sender(s));
	assert_true(s->ops->relay_number(s, STR("r"), &relay));
	assert_true(other->ops->warm_up_begin(other, relay, &day));
	assert_true(other->ops->warm_up_take(other, relay, &day, 30, &theirs));
	put_on_the_wire(f, other, issue, relay, 4);
	assert_true(s->ops->warm_up_begin(s, relay, &day));
	assert_true(s->ops->warm_up_take(s, relay, &day, 50, &mine));
	assert_int_equal(mine, 20);
	/* Not heard of, but it may wake up. */
	forget_about(f, other);
	assert_true(s->ops->warm_up_begin(s, relay, &day));
	assert_true(s->ops->warm_up_take(s, relay, &day, 50, &mine));
	assert_int_equal(mine, 0);
	f->now += 1;
	assert_true(s->ops->beat(s));
	assert_true(s->ops->warm_up_begin(s, relay, &day));
	assert_true(s->ops->warm_up_take(s, relay, &day, 50, &mine));
	assert_int_equal(mine, 46);
	store_close(other);
}

/* Where clocks differ it is tomorrow for one and today for another. */
static void days_of_a_warm_up_are_apart(void **state)
{
	struct fixture *f = *state;
	const struct warm_day today = { .day = f->now / 86400, .limit = 50 };
	const struct warm_day tomorrow = { .day = today.day + 1, .limit = 50 };
	int64_t relay, mine, theirs;
	struct store *s = f->store, *other = another(f);
	assert_true(s->ops->lock_sender(s));
	assert_true(s->ops->relay_number(s, STR("r"), &relay));
	assert_true(s->ops->warm_up_begin(s, relay, &tomorrow));
	assert_true(s->ops->warm_up_take(s, relay, &tomorrow, 30, &mine));
	assert_true(other->ops->warm_up_begin(other, relay, &today));
	assert_true(other->ops->warm_up_take(other, relay, &today, 50, &theirs));
	assert_int_equal(theirs, 50);
	assert_true(other->ops->warm_up_begin(other, relay, &tomorrow));
	assert_true(other->ops->warm_up_take(other, relay, &tomorrow, 50, &theirs));
	assert_int_equal(theirs, 20);
	store_close(other);
}

static struct store_pg *unheard;
static int (*send_query)(PGconn *conn, const char *sql);

static int commit_unheard(PGconn *conn, const char *sql)
{
	struct pq_calls *pq = &unheard->pq;
	if (strcmp(sql, "COMMIT") == 0) {
		pq->clear(pq->exec(conn, sql));
		shutdown(pq->socket(conn), SHUT_RDWR);
		pq->sendQuery = send_query;
	}
	return send_query(conn, sql);
}

/* The next COMMIT of it happens, but the connection is lost before its answer. */
static void lose_an_answer(struct store *s)
{
	unheard = store_pg_of(s);
	send_query = unheard->pq.sendQuery;
	unheard->pq.sendQuery = commit_unheard;
}

/* Whatever becomes of the answer, no more is given back than was taken. */
static void a_share_is_given_back_once(void **state)
{
	struct fixture *f = *state;
	const struct warm_day day = { .day = f->now / 86400, .limit = 50 };
	int64_t relay, mine, theirs;
	struct store *s = f->store, *other = another(f);
	assert_true(s->ops->lock_sender(s));
	assert_true(s->ops->relay_number(s, STR("r"), &relay));
	assert_true(s->ops->warm_up_begin(s, relay, &day));
	assert_true(s->ops->warm_up_take(s, relay, &day, 20, &mine));
	assert_int_equal(mine, 20);
	lose_an_answer(s);
	assert_true(s->ops->warm_up_take(s, relay, &day, -10, &mine));
	assert_true(other->ops->warm_up_begin(other, relay, &day));
	assert_true(other->ops->warm_up_take(other, relay, &day, 50, &theirs));
	assert_true(theirs <= 40);
	assert_int_equal(diags_count(f->diags), 0);
	store_close(other);
}

static void a_zombie_learns_it_by_its_heartbeat(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	struct store *zombie = another(f);
	assert_true(f->store->ops->lock_sender(f->store));
	forget_about(f, zombie);
	f->now += 1;
	assert_true(f->store->ops->beat(f->store));
	assert_false(zombie->ops->beat(zombie));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FENCED);
	store_close(zombie);
}

/* Nobody can declare it dead there: its row is locked. */
static void who_stops_within_a_transaction_is_dead_too(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	int64_t issue = send_to(f, 3);
	struct store *old = another(f);
	cut(f, old); /* its next connection is a new one */
	struct store *stopped[] = { another(f), old };
	struct hand h = { 0 };
	assert_true(f->store->ops->lock_sender(f->store));
	for (size_t i = 0; i < 2; i++) {
		struct store_pg *q = store_pg_of(stopped[i]);
		assert_true(claim(f, stopped[i], issue, 1, &h));
		assert_true(pg_script(q, "BEGIN") && pg_fence(q));
	}
	fixture_sql(f, "SELECT pg_sleep(4.5)");
	f->now += 1;
	assert_true(f->store->ops->beat(f->store));
	assert_int_equal(count(f, "0"), 3);
	assert_int_equal(diags_count(f->diags), 0);
	for (size_t i = 0; i < 2; i++) {
		assert_false(claim(f, stopped[i], issue, 1, &h));
		assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FENCED);
		store_close(stopped[i]);
	}
}

struct back {
	struct store *store;
	int64_t id, now;
};

static void give_back(void *context)
{
	struct back *b = context;
	struct mark m = { .id = b->id, .give_back = true };
	struct turn t = { .marks = &m, .mark_count = 1, .now = b->now };
	assert_true(b->store->ops->turn(b->store, &t));
}

/* What another gives back while it is counted what is left is here or there, not nowhere: the
 * run would be over. */
static void what_is_given_back_is_not_overlooked(void **state)
{
	struct fixture *f = *state;
	struct remainder r;
	int64_t issue = send_to(f, 1);
	struct store *other = another(f);
	assert_true(f->store->ops->lock_sender(f->store));
	int k = 0;
	do {
		struct hand h = { 0 };
		assert_true(claim(f, other, issue, 1, &h));
		struct back b = { other, h.id[0], f->now };
		act_before(f->store, ++k, give_back, &b);
		assert_true(f->store->ops->remainder(f->store, issue, STR(""), &r));
		assert_int_equal(r.pending + r.elsewhere, 1);
	} while (was_done(f->store));
	store_close(other);
}

static int64_t real_ms(void *context)
{
	(void)context;
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool nothing(void *context)
{
	(void)context;
	return true;
}

/* A program that takes longer than the lease to make a token. */
static void who_waits_for_a_token_is_alive(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	f->world.monotonic_ms = real_ms;
	fixture_reopen(f);
	assert_true(f->store->ops->lock_sender(f->store));
	struct str words[] = { STR("/bin/sh"), STR("-c"), STR("sleep 3; echo new") };
	const struct relay_settings settings = { .token_command = words, .token_words = 3 };
	struct relay r = { .settings = &settings, .params = { .token = "old" } };
	const struct session s = { .token = r.params.token };
	struct campaign c = { .store = f->store,
			      .world = &f->world,
			      .publication = &f->publication,
			      .arena = f->arena };
	c.turns.clerk = errand_open(f->arena, nothing, NULL);
	assert_non_null(c.turns.clerk);
	assert_true(relay_renew_token(&c, &r, &s));
	errand_close(c.turns.clerk);
	assert_string_equal(r.params.token, "new");
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM worker WHERE NOT dead AND"
					" seen > clock_timestamp() - interval '2 seconds'"),
			 1);
}

static void dead_ones_may_be_sent_again_by_choice(void **state)
{
	struct fixture *f = *state;
	f->publication.postgresql.lease_s = 2;
	fixture_reopen(f);
	int64_t issue = send_to(f, 1);
	struct store *zombie = another(f);
	struct hand h = { 0 };
	assert_true(claim(f, zombie, issue, 1, &h));
	assert_true(intend(f, zombie, h.id[0]));
	forget_about(f, zombie);
	assert_true(f->store->ops->recover(f->store, true));
	assert_int_equal(count(f, "0"), 1);
	store_close(zombie);
}

static void a_lost_connection_costs_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 6);
	struct hand h = { 0 };
	struct remainder r;
	assert_true(f->store->ops->lock_sender(f->store));
	cut(f, f->store);
	assert_true(claim(f, f->store, issue, 3, &h));
	assert_int_equal(h.count, 3);
	cut(f, f->store);
	assert_true(intend(f, f->store, h.id[0]));
	assert_int_equal(count(f, "2"), 1);
	cut(f, f->store);
	struct mark sent = { .id = h.id[0], .state = DELIVERY_SENT, .words = STR("ok") };
	struct turn t = { .marks = &sent, .mark_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &t));
	cut(f, f->store);
	assert_true(f->store->ops->remainder(f->store, issue, STR(""), &r));
	assert_int_equal(r.pending, 3);
	assert_int_equal(r.elsewhere, 0);
	cut(f, f->store);
	f->now += PG_LEASE_S;
	assert_true(f->store->ops->beat(f->store));
	assert_int_equal(count(f, "3"), 1);
	assert_int_equal(diags_count(f->diags), 0);
}

static int once(void *context)
{
	(void)context;
	return 1;
}

static int twice(void *context)
{
	(void)context;
	return 2;
}

/* Who asks for an end has what was begun kept all the same; who insists has not, and is told. */
static void an_end_waits_for_the_ledger(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 6);
	struct store_pg *q = store_pg_of(f->store);
	struct hand h = { 0 };
	assert_true(f->store->ops->lock_sender(f->store));
	assert_true(claim(f, f->store, issue, 3, &h));
	struct mark sent = { .id = h.id[0], .state = DELIVERY_SENT, .words = STR("ok") };
	struct turn t = { .marks = &sent, .mark_count = 1, .now = f->now };
	f->world.cancelled = once;
	cut(f, f->store);
	assert_true(f->store->ops->turn(f->store, &t));
	assert_int_equal(count(f, "3"), 1);
	/* A transaction alone that lost a race is tried again in any case. */
	f->world.cancelled = twice;
	q->lost = true;
	assert_true(pg_persist(q));
	assert_int_equal(diags_count(f->diags), 0);
	sent.id = h.id[1];
	cut(f, f->store);
	assert_false(f->store->ops->turn(f->store, &t));
	assert_int_equal(diags_count(f->diags), 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FAILED);
	assert_int_equal(count(f, "3"), 1);
	f->world.cancelled = NULL;
}

/* Who only waits for readers outlives the server; a transaction that was under way does not. */
static void an_idle_connection_comes_back(void **state)
{
	struct fixture *f = *state;
	struct subscriber one = { .address = STR("one@x.org") },
			  two = { .address = STR("two@x.org") };
	struct subscriber found;
	assert_int_equal(roster_add(f->store, &one, false), ROSTER_DONE);
	cut(f, f->store);
	assert_int_equal(roster_find(f->store, f->arena, STR("one@x.org"), &found), ROSTER_DONE);
	cut(f, f->store);
	assert_int_equal(roster_add(f->store, &two, false), ROSTER_DONE);
	assert_int_equal(diags_count(f->diags), 0);
	assert_true(f->store->ops->begin(f->store));
	cut(f, f->store);
	assert_false(f->store->ops->forget(f->store, found.id));
	f->store->ops->rollback(f->store);
	assert_int_equal(diags_count(f->diags), 1);
	assert_int_equal(roster_find(f->store, f->arena, STR("one@x.org"), &found), ROSTER_DONE);
}

/* A person's word at the end of a run is not lost either. */
static void a_lost_connection_costs_no_word(void **state)
{
	struct fixture *f = *state;
	int64_t rows;
	int64_t issue = send_to(f, 3);
	assert_true(f->store->ops->control(f->store, STR("2026-1"), ISSUE_CANCELLED, &rows));
	assert_int_equal(rows, 3);
	fixture_sql(f, "UPDATE delivery SET state = 0");
	assert_true(f->store->ops->lock_sender(f->store));
	cut(f, f->store);
	assert_true(f->store->ops->cancel_left(f->store, issue));
	assert_int_equal(count(f, "7"), 3);
	cut(f, f->store);
	struct audience a = { .messages = messages, .message_count = 1, .resume = true };
	assert_true(f->store->ops->freeze(f->store, &a));
	assert_int_equal(count(f, "0"), 3);
	assert_int_equal(diags_count(f->diags), 0);
}

static struct fixture *cut_fixture;
static int cut_after; /* calls of the clock */

static int64_t cutting_clock(void *context)
{
	if (--cut_after == 0)
		cut(cut_fixture, cut_fixture->store);
	return fixture_clock(context);
}

/* Who settles what nobody can know is a sender for a moment, and no more: wherever the
 * connection is lost, it is done or told. */
static void what_is_not_settled_is_told(void **state)
{
	struct fixture *f = *state;
	const struct resolve_options sent = { .others = RESOLVE_SENT };
	struct resolve_result r;
	int failures = 0;
	send_to(f, 2);
	cut_fixture = f;
	f->world.clock = cutting_clock;
	for (int k = 1;; k++) {
		fixture_sql(f, "UPDATE delivery SET state = 5; UPDATE worker SET dead = true");
		f->diags = diags_new(f->arena);
		fixture_reopen(f);
		cut_after = k;
		bool ok = delivery_resolve(f->store, STR("2026-1"), &sent, &r);
		assert_int_equal(count(f, "3"), ok ? 2 : 0);
		assert_int_equal(diags_count(f->diags), !ok);
		failures += !ok;
		if (cut_after > 0)
			break;
	}
	assert_true(failures > 0);
}

/* The answer to COMMIT is lost: the turn happened, and must not happen again. */
static void a_turn_that_happened_is_not_repeated(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 6);
	struct store_pg *q = store_pg_of(f->store);
	struct hand h = { 0 }, again = { 0 };
	assert_true(claim(f, f->store, issue, 3, &h));
	/* The next turn believes that it has not been sent yet; the server knows better. */
	q->turn--;
	assert_true(claim(f, f->store, issue, 3, &again));
	assert_int_equal(again.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(again.id[i], h.id[i]);
	assert_int_equal(count(f, "1"), 3);
	assert_int_equal(fixture_sql(f, "SELECT max(attempts) FROM delivery"), 1);
}

static void whatever_a_server_says_is_kept(void **state)
{
	struct fixture *f = *state;
	int64_t issue = send_to(f, 1);
	struct hand h = { 0 };
	assert_true(claim(f, f->store, issue, 1, &h));
	struct mark m = { .id = h.id[0],
			  .state = DELIVERY_FAILED,
			  .words = STR("550 \"a\\b\", {x}\0 \xc5\xbc \xff NULL") };
	struct turn t = { .marks = &m, .mark_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &t));
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE words ="
					" '550 \"a\\b\", {x} \u017c \ufffd NULL'"),
			 1);
}

static void who_only_reads_makes_nothing(void **state)
{
	struct fixture *f = *state;
	struct issue_status *list;
	size_t n;
	store_close(f->store);
	const char *sql = str_format(f->arena,
				     "SET client_min_messages = warning;"
				     "DROP SCHEMA t%d CASCADE; CREATE SCHEMA t%d",
				     fixture_server.schemas, fixture_server.schemas)
				  .ptr;
	fixture_sql(f, sql);
	f->store = store_open(&f->publication, STORE_READ, &f->world, f->diags);
	assert_non_null(f->store);
	assert_true(delivery_status(f->store, f->arena, STR(""), &list, &n));
	assert_int_equal(n, 0);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM pg_tables"
					" WHERE schemaname = current_schema()"),
			 0);
}

static void no_server_is_told(void **state)
{
	struct fixture *f = *state;
	struct publication elsewhere = f->publication;
	elsewhere.store = STR("postgresql://nobody@/glos?host=/nowhere");
	assert_null(store_open(&elsewhere, STORE_READ, &f->world, f->diags));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FAILED);
	elsewhere = f->publication;
	elsewhere.postgresql.password_file = STR("keys/none");
	assert_null(store_open(&elsewhere, STORE_READ, &f->world, f->diags));
	assert_int_equal(diags_count(f->diags), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_PG(nobody_is_claimed_twice),
		FIXTURE_PG(who_is_suppressed_meanwhile_stays_so),
		FIXTURE_PG(of_who_is_being_erased_no_words_are_kept),
		FIXTURE_PG(the_dead_are_taken_over_and_stay_out),
		FIXTURE_PG(words_of_relays_are_not_wiped),
		FIXTURE_PG(shares_of_a_warm_up_wait_for_no_writer),
		FIXTURE_PG(a_day_of_a_warm_up_is_counted_when_it_begins),
		FIXTURE_PG(days_of_a_warm_up_are_apart),
		FIXTURE_PG(a_share_is_given_back_once),
		FIXTURE_PG(a_zombie_learns_it_by_its_heartbeat),
		FIXTURE_PG(who_stops_within_a_transaction_is_dead_too),
		FIXTURE_PG(what_is_given_back_is_not_overlooked),
		FIXTURE_PG(who_waits_for_a_token_is_alive),
		FIXTURE_PG(dead_ones_may_be_sent_again_by_choice),
		FIXTURE_PG(a_lost_connection_costs_nothing),
		FIXTURE_PG(a_lost_connection_costs_no_word),
		FIXTURE_PG(an_end_waits_for_the_ledger),
		FIXTURE_PG(an_idle_connection_comes_back),
		FIXTURE_PG(what_is_not_settled_is_told),
		FIXTURE_PG(a_turn_that_happened_is_not_repeated),
		FIXTURE_PG(whatever_a_server_says_is_kept),
		FIXTURE_PG(who_only_reads_makes_nothing),
		FIXTURE_PG(no_server_is_told),
	};
	return fixture_run(NULL, 0, tests, sizeof tests / sizeof *tests);
}
