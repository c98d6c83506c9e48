/* What becomes of the rows of a sender that was killed, by what its file of dots says. */
#include "fixture.h"

#include "base/file.h"
#include "delivery/campaign.h"

#include <sys/stat.h>

enum { PEOPLE = 8, SESSIONS = 8 };

static const struct message everyone = { .issue = STR_INIT("2026-1"),
					 .language = STR_INIT("pl"),
					 .domain = STR_INIT("glos.example.org") };
static const struct message *const messages[] = { &everyone };

/* A sender about to be killed: PEOPLE rows claimed, each on a session of its own. */
struct sender {
	struct fixture *fixture;
	struct store *store;
	struct dots *dots;
	const char *path;
	struct dot dot[PEOPLE];
	size_t count;
};

static void take(void *context, const struct claim *c)
{
	struct sender *s = context;
	struct dot *d = &s->dot[s->count++];
	*d = (struct dot){ .id = c->id, .attempts = c->attempts, .claimed_at = s->fixture->now };
	memcpy(d->token, c->token.ptr, c->token.len);
}

static void claim_all(struct sender *s, int64_t issue)
{
	struct turn t = { .issue = issue,
			  .want = PEOPLE,
			  .now = s->fixture->now,
			  .claimed = take,
			  .context = s };
	assert_true(s->store->ops->turn(s->store, &t));
	assert_int_equal(s->count, PEOPLE);
}

static void keep_dots(struct sender *s)
{
	struct dots_place p;
	const char *problem;
	assert_true(s->store->ops->dots_place(s->store, s->fixture->arena, &p));
	assert_true(folder_make_for(p.path));
	s->path = p.path;
	s->dots = dots_open(s->fixture->arena, &p, s->fixture->world.boot, SESSIONS, &problem);
	assert_non_null(s->dots);
}

static void begin(struct fixture *f, struct sender *s)
{
	struct audience a = { .messages = messages, .message_count = 1 };
	f->world.boot = "this boot";
	*s = (struct sender){ .fixture = f, .store = f->store };
	for (int i = 0; i < PEOPLE; i++) {
		struct subscriber who = { .address = str_format(f->arena, "p%d@x.org", i) };
		assert_int_equal(roster_add(f->store, &who, false), ROSTER_DONE);
	}
	assert_true(f->store->ops->lock_sender(f->store));
	assert_true(f->store->ops->freeze(f->store, &a));
	claim_all(s, a.issue);
	keep_dots(s);
}

/* The intents of the first n are durable, and noted before. */
static void intend(struct sender *s, int n)
{
	int64_t ids[PEOPLE];
	for (int i = 0; i < n; i++) {
		dots_hold(s->dots, i, &s->dot[i]);
		ids[i] = s->dot[i].id;
	}
	struct turn t = { .intents = ids, .intent_count = (size_t)n, .now = s->fixture->now };
	assert_true(s->store->ops->turn(s->store, &t));
}

static void answer(struct sender *s, int i, int code, int subject, int detail, const char *words)
{
	struct reply r = { .code = code, .subject = subject, .detail = detail };
	snprintf(r.words, sizeof r.words, "%s", words);
	dots_leave(s->dots, i);
	dots_answered(s->dots, i, s->dot[i].id, &r);
}

/* It is killed; the store of its successor. A lock or a connection of it is gone. */
static struct store *kill_it(struct sender *s)
{
	struct fixture *f = s->fixture;
	dots_close(s->dots, true);
	if (!fixture_is_pg(f))
		fixture_reopen(f);
	else
		f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	return f->store;
}

static void bury(struct sender *s)
{
	if (fixture_is_pg(s->fixture))
		store_close(s->store);
	char path[128];
	snprintf(path, sizeof path, "%s/var", s->fixture->folder);
	if (fixture_is_pg(s->fixture))
		assert_int_equal(rmdir(path), 0);
}

static void recover(struct fixture *f, bool resend)
{
	assert_true(ledger_recover(f->store, &send_defaults, resend));
}

static bool put_one(void *context, const struct delivery *d)
{
	buf_format(context, "%.*s %d%s%.*s; ", STR_ARG(delivery_state_name(d->state)), d->attempts,
		   d->words.len ? " " : "", STR_ARG(d->words));
	return true;
}

/* "sent 1 250 ok; pending 0; …" in order of the roster. */
static const char *rows(struct fixture *f)
{
	struct delivery_filter all = { 0 };
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_true(delivery_each(f->store, &all, put_one, &out));
	const char *s = str_copy(f->arena, buf_str(&out)).ptr;
	buf_release(&out);
	return s;
}

#define DIED "the sender died after the message was on its way"

static void each_becomes_what_is_known(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	begin(f, &s);
	intend(&s, 7);
	answer(&s, 0, 250, 2, 0, "250 2.0.0 ok");
	answer(&s, 1, 550, 1, 1, "550 5.1.1 nobody");
	answer(&s, 2, 451, 3, 0, "451 4.3.0 later");
	answer(&s, 3, 421, -1, -1, "421 too busy");
	dots_leave(s.dots, 4);
	dots_leave(s.dots, 5);
	kill_it(&s);
	f->now += 5;
	recover(f, false);
	assert_string_equal(rows(f), "sent 1 250 2.0.0 ok; failed 1 550 5.1.1 nobody; "
				     "pending 1 451 4.3.0 later; pending 0 421 too busy; "
				     "ambiguous 1 " DIED "; ambiguous 1 " DIED "; "
				     "pending 0; pending 0; ");
	/* What is said behind the dot may be said of the message: it keeps nobody out. */
	struct subscriber refused;
	assert_int_equal(roster_find(f->store, f->arena, STR("p1@x.org"), &refused), ROSTER_DONE);
	assert_int_equal(refused.state, SUBSCRIBER_ACTIVE);
	assert_int_not_equal(access(s.path, F_OK), 0);
	/* Whatever happens later, it is over. */
	recover(f, false);
	struct remainder r;
	assert_true(f->store->ops->remainder(f->store, 1, STR(""), &r));
	assert_int_equal(r.pending, 4);
	assert_int_equal(diags_count(f->diags), 0);
	bury(&s);
}

static void what_may_have_left_is_sent_again_by_choice(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	f->publication.smtp.resend_ambiguous = true;
	begin(f, &s);
	intend(&s, 3);
	dots_leave(s.dots, 0);
	answer(&s, 1, 250, 2, 0, "250 ok");
	kill_it(&s);
	recover(f, true);
	assert_string_equal(rows(f), "pending 1; sent 1 250 ok; pending 0; pending 0; pending 0; "
				     "pending 0; pending 0; pending 0; ");
	bury(&s);
}

/* "ambiguous 1 …; " three times: nothing is known but what the ledger says. */
static void nothing_was_known(struct fixture *f)
{
	assert_string_equal(rows(f), "ambiguous 1 " DIED "; ambiguous 1 " DIED "; ambiguous 1 " DIED
				     "; pending 0; pending 0; pending 0; pending 0; pending 0; ");
}

static void another_boot_parks_all(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	begin(f, &s);
	intend(&s, 3);
	answer(&s, 1, 250, 2, 0, "250 ok");
	f->world.boot = "the next";
	kill_it(&s);
	if (fixture_is_pg(f)) {
		/* Nothing says that its sender is dead but its end, or its lease. */
		recover(f, false);
		assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE state = 2"),
				 3);
		store_close(s.store);
		s.store = NULL;
	}
	recover(f, false);
	nothing_was_known(f);
	assert_int_not_equal(access(s.path, F_OK), 0);
	bury(&s);
}

static void an_intent_without_a_slot_is_parked(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	begin(f, &s);
	intend(&s, 3);
	/* As if a program that keeps no dots had claimed them again, a second later; or a
	 * database of other deliveries had taken the file's place. */
	s.dot[0].claimed_at--;
	s.dot[1].attempts++;
	s.dot[2].token[25]++;
	for (int i = 0; i < 3; i++) {
		dots_hold(s.dots, i, &s.dot[i]);
		dots_hold(s.dots, i, &s.dot[i]);
	}
	kill_it(&s);
	recover(f, false);
	nothing_was_known(f);
	bury(&s);
}

static void a_sender_that_lives_is_left_alone(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	begin(f, &s);
	intend(&s, 3);
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	recover(f, false);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE state = 2"), 3);
	assert_int_equal(access(s.path, F_OK), 0);
	/* Its lock gone, it is buried at once, before its lease is over; nothing of it counts. */
	dots_close(s.dots, true);
	recover(f, false);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE state = 0"), PEOPLE);
	assert_int_equal(fixture_sql(f, "SELECT sum(attempts) FROM delivery"), 0);
	int64_t id = s.dot[7].id;
	struct turn t = { .intents = &id, .intent_count = 1, .now = f->now };
	assert_false(s.store->ops->turn(s.store, &t));
	bury(&s);
}

/* One at work beside it does not wait until the lease is over either, and keeps its own. */
static void who_works_beside_the_dead_takes_over(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	struct send_result counts = { 0 };
	begin(f, &s);
	intend(&s, 4);
	answer(&s, 0, 250, 2, 0, "250 ok");
	dots_leave(s.dots, 1);
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	struct campaign c = { .store = f->store,
			      .world = &f->world,
			      .diags = f->diags,
			      .publication = &f->publication,
			      .options = &send_defaults,
			      .arena = f->arena,
			      .smtp = { .session_count = SESSIONS },
			      .result = &counts };
	dots_begin(&c);
	assert_non_null(c.dots);
	assert_true(dots_look_after(&c));
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE state = 2"), 4);
	dots_close(s.dots, true);
	assert_true(dots_look_after(&c));
	assert_string_equal(rows(f), "sent 1 250 ok; ambiguous 1 " DIED "; pending 0; pending 0; "
				     "pending 0; pending 0; pending 0; pending 0; ");
	assert_int_not_equal(access(s.path, F_OK), 0);
	assert_int_equal(counts.sent, 0); /* of the dead one's run */
	assert_true(dots_end(&c, true));
	assert_int_equal(diags_count(f->diags), 0);
	bury(&s);
}

/* The first gives the first two back, held and answered 421; the second claims all within the
 * same second: the files of both speak of the same delivery, attempt and claim. */
static void pass_on(struct fixture *f, struct sender *first, struct sender *second)
{
	struct mark back[PEOPLE];
	begin(f, first);
	intend(first, 2);
	answer(first, 1, 421, -1, -1, "421 too busy");
	for (int i = 0; i < PEOPLE; i++)
		back[i] = (struct mark){ .id = first->dot[i].id,
					 .state = DELIVERY_PENDING,
					 .next_at = f->now,
					 .give_back = true };
	struct turn t = { .marks = back, .mark_count = PEOPLE, .now = f->now };
	assert_true(first->store->ops->turn(first->store, &t));
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	*second = (struct sender){ .fixture = f, .store = f->store };
	claim_all(second, 1);
	assert_memory_equal(&first->dot[0], &second->dot[0], sizeof(struct dot));
	keep_dots(second);
	intend(second, 2);
}

static void a_row_passed_on_is_not_taken_from_who_sends_it(void **state)
{
	struct fixture *f = *state;
	struct sender first, second;
	struct send_result counts = { 0 };
	pass_on(f, &first, &second);
	struct campaign c = { .store = f->store,
			      .world = &f->world,
			      .diags = f->diags,
			      .publication = &f->publication,
			      .options = &send_defaults,
			      .dots_beside = true,
			      .result = &counts };
	dots_leave(second.dots, 0);
	dots_close(first.dots, true);
	assert_true(dots_look_after(&c));
	assert_int_not_equal(access(first.path, F_OK), 0);
	assert_int_equal(fixture_sql(f, "SELECT count(*) FROM delivery WHERE state = 2"), 2);
	dots_close(second.dots, false);
	bury(&first);
}

static void a_row_passed_on_is_known_by_who_had_it_last(void **state)
{
	struct fixture *f = *state;
	struct sender first, second;
	pass_on(f, &first, &second);
	dots_leave(second.dots, 0);
	answer(&second, 1, 250, 2, 0, "250 ok");
	dots_close(first.dots, true);
	kill_it(&second);
	recover(f, false);
	assert_string_equal(rows(f), "ambiguous 1 " DIED "; sent 1 250 ok; pending 0; pending 0; "
				     "pending 0; pending 0; pending 0; pending 0; ");
	store_close(first.store);
	bury(&second);
}

static void files_of_others_keep_no_place(void **state)
{
	enum { OTHERS = 70 };
	struct fixture *f = *state;
	struct sender s;
	const char *other[OTHERS], *problem;
	begin(f, &s);
	intend(&s, 1);
	answer(&s, 0, 250, 2, 0, "250 ok");
	for (int i = 0; i < OTHERS; i++) {
		struct dots_place p = { .ledger = { 1 } };
		other[i] = p.path =
			str_format(f->arena, "%s/var/sender-0%02d.dots", f->folder, i).ptr;
		struct dots *d = dots_open(f->arena, &p, f->world.boot, 1, &problem);
		assert_non_null(d);
		dots_close(d, true);
	}
	/* One was killed while it made its own. */
	const char *unfinished = str_format(f->arena, "%s/var/sender-8.dots.new", f->folder).ptr;
	FILE *file = fopen(unfinished, "w");
	assert_non_null(file);
	fclose(file);
	kill_it(&s);
	recover(f, false);
	assert_string_equal(rows(f), "sent 1 250 ok; pending 0; pending 0; pending 0; pending 0; "
				     "pending 0; pending 0; pending 0; ");
	assert_int_not_equal(access(unfinished, F_OK), 0);
	for (int i = 0; i < OTHERS; i++)
		assert_int_equal(unlink(other[i]), 0);
	bury(&s);
}

static void a_copy_of_the_folder_parks_all(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	char command[512];
	begin(f, &s);
	intend(&s, 3);
	kill_it(&s);
	store_close(f->store);
	snprintf(command, sizeof command,
		 "cd %s && cp -r var copy && rm -r var && mkdir elsewhere && mv copy var &&"
		 " rmdir elsewhere",
		 f->folder);
	assert_int_equal(system(command), 0);
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	recover(f, false);
	nothing_was_known(f);
	assert_int_not_equal(access(s.path, F_OK), 0);
}

static bool put_state(void *context, const struct delivery *d)
{
	buf_format(context, "%.*s %d; ", STR_ARG(delivery_state_name(d->state)), d->attempts);
	return true;
}

/* And so it is in both. */
static void a_copy_of_the_store_is_of_what_is_known(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	struct delivery_filter all = { 0 };
	struct publication p = f->publication;
	struct buf out;
	int64_t copied, again;
	begin(f, &s);
	intend(&s, 4);
	answer(&s, 0, 250, 2, 0, "250 ok");
	answer(&s, 1, 451, 3, 0, "451 4.3.0 later");
	dots_leave(s.dots, 2);
	dots_close(s.dots, true);
	if (fixture_is_pg(f)) {
		fixture_sql(f, "UPDATE worker SET seen = seen - interval '1 day'");
	} else {
		store_close(f->store); /* with its lock */
		f->store = NULL;
	}
	struct store *from = store_open(&f->publication, STORE_READ, &f->world, f->diags);
	p.store = STR("sqlite:var/copy.db");
	struct store *to = store_open(&p, STORE_WRITE, &f->world, f->diags);
	assert_true(store_copy(from, to, &copied));
	assert_int_not_equal(access(s.path, F_OK), 0);
	buf_init(&out, 1 << 16);
	assert_true(delivery_each(from, &all, put_state, &out));
	buf_put_c(&out, "| ");
	assert_true(delivery_each(to, &all, put_state, &out));
#define KNOWN                                                                                      \
	"sent 1; pending 1; ambiguous 1; pending 0; pending 0; pending 0; pending 0; pending 0; "
	assert_string_equal(out.ptr, KNOWN "| " KNOWN);
	buf_release(&out);
	/* One that is refused settles nothing. */
	assert_false(store_copy(from, to, &again));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_SETTING);
	store_close(to);
	store_close(from);
	static const char *const ends[] = { "", "-wal", "-shm" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		unlink(str_format(f->arena, "%s/var/copy.db%s", f->folder, ends[i]).ptr);
	if (!fixture_is_pg(f))
		fixture_reopen(f);
	else
		rmdir(str_format(f->arena, "%s/var", f->folder).ptr);
}

/* Nothing is sent beside a file that the next recovery would believe. */
static void a_file_that_stays_stops_all(void **state)
{
	struct fixture *f = *state;
	struct sender s;
	begin(f, &s);
	intend(&s, 3);
	dots_close(s.dots, false);
	assert_int_equal(mkdir(s.path, 0700), 0);
	fixture_reopen(f);
	assert_true(f->store->ops->lock_sender(f->store));
	assert_false(ledger_recover(f->store, &send_defaults, false));
	assert_int_equal(diags_count(f->diags), 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_FAILED);
	assert_int_equal(rmdir(s.path), 0);
	recover(f, false);
	nothing_was_known(f);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		FIXTURE(each_becomes_what_is_known),
		FIXTURE(what_may_have_left_is_sent_again_by_choice),
		FIXTURE(another_boot_parks_all),
		FIXTURE(an_intent_without_a_slot_is_parked),
		FIXTURE(a_copy_of_the_store_is_of_what_is_known),
	};
	const struct CMUnitTest more[] = {
		FIXTURE_PG(a_sender_that_lives_is_left_alone),
		FIXTURE_PG(who_works_beside_the_dead_takes_over),
		FIXTURE_PG(a_row_passed_on_is_not_taken_from_who_sends_it),
		FIXTURE_PG(a_row_passed_on_is_known_by_who_had_it_last),
		FIXTURE_PG(files_of_others_keep_no_place),
		FIXTURE(a_copy_of_the_folder_parks_all),
		FIXTURE(a_file_that_stays_stops_all),
	};
	return FIXTURE_RUN(both, more);
}
