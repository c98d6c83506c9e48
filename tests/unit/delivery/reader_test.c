/* What readers do themselves: asking, confirming, leaving, pausing; and what stays. */
#include "between.h"
#include "test.h"

#include "delivery/reader.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct str words = STR_INIT("Zgadzam się na otrzymywanie czasopisma.");

static enum roster_answer ask(struct fixture *f, const char *address, const char *name)
{
	const struct subscriber wanted = { .address = str_from(address),
					   .name = str_from(name),
					   .language = STR("pl"),
					   .regions = STR("śląskie") };
	return roster_ask(f->store, &wanted, words);
}

/* The request that is due, prepared as before its message. */
static bool prepare(struct fixture *f, struct request *r, bool *wanted)
{
	bool is_there;
	assert_true(request_next(f->store, f->arena, r, &is_there));
	if (is_there)
		assert_true(request_prepare(f->store, f->arena, r, wanted));
	return is_there;
}

static void sent(struct fixture *f, struct request *r)
{
	bool moved;
	r->state = REQUEST_SENT;
	assert_true(f->store->ops->request_mark(f->store, r, REQUEST_WAITING, &moved));
	assert_true(moved);
}

static enum subscriber_state state_of(struct fixture *f, const char *address)
{
	struct subscriber who;
	assert_int_equal(roster_find(f->store, f->arena, str_from(address), &who), ROSTER_DONE);
	return who.state;
}

static bool put_consent(void *context, const struct consent *c)
{
	struct buf *out = context;
	buf_format(out, "%.*s/%.*s/%zu/%s ", STR_ARG(consent_state_name(c->state)),
		   STR_ARG(c->channel), c->version.len, c->words.len ? "words" : "");
	return true;
}

/* Asked and confirmed; the subscriber. */
static struct subscriber join(struct fixture *f, const char *address)
{
	struct request r;
	struct subscriber who;
	bool wanted;
	assert_int_equal(ask(f, address, "Anna"), ROSTER_DONE);
	assert_true(prepare(f, &r, &wanted));
	assert_true(wanted);
	sent(f, &r);
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_DONE);
	return who;
}

static void nobody_is_in_before_they_confirm(void **state)
{
	struct fixture *f = *state;
	struct request r;
	struct subscriber who;
	bool wanted;
	assert_int_equal(ask(f, "anna@example.org", "Anna"), ROSTER_DONE);
	assert_int_equal(roster_find(f->store, f->arena, STR("anna@example.org"), &who),
			 ROSTER_UNKNOWN);
	assert_true(prepare(f, &r, &wanted));
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_UNCONFIRMED);
	assert_int_equal(roster_asked(f->store, f->arena, r.token, &who), ROSTER_DONE);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_UNCONFIRMED);
	sent(f, &r);
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_DONE);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_ACTIVE);
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_UNCHANGED);
	struct buf log;
	buf_init(&log, 4096);
	assert_true(consent_each(f->store, who.id, put_consent, &log));
	assert_string_equal(log.ptr, "asked/form/16/words confirmed/mail/16/words ");
	buf_release(&log);
}

static void a_second_click_asks_once(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
	assert_int_equal(ask(f, "ANNA@example.org", ""), ROSTER_UNCHANGED);
	for (int i = 1; i < 4; i++) {
		f->now += 601;
		assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
	}
	f->now += 601;
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_KEPT_OUT);
	f->now += 24 * 3600;
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
}

/* Asked and deferred while the clock was a year ahead, and another that was never tried. */
static void a_clock_that_was_ahead_keeps_no_request_waiting(void **state)
{
	enum { YEAR_S = 365 * 24 * 3600, LONGEST_S = 5 * 3600 };
	struct fixture *f = *state;
	struct request r;
	bool wanted, moved;
	f->now += YEAR_S;
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
	assert_true(prepare(f, &r, &wanted));
	assert_int_equal(r.first_at, f->now);
	r.attempts = 1;
	r.next_at = f->now + 60;
	assert_true(f->store->ops->request_mark(f->store, &r, REQUEST_WAITING, &moved));
	assert_true(moved);
	assert_false(prepare(f, &r, &wanted));
	assert_int_equal(ask(f, "jan@example.org", ""), ROSTER_DONE);
	f->now -= YEAR_S;
	for (int i = 0; i < 2; i++) {
		assert_true(prepare(f, &r, &wanted));
		assert_true(wanted);
		assert_int_equal(r.first_at, f->now); /* from here on it is given up in time */
		r.next_at = f->now + LONGEST_S; /* as far as a retry is ever put off */
		r.attempts = 9;
		assert_true(f->store->ops->request_mark(f->store, &r, REQUEST_WAITING, &moved));
	}
	assert_false(prepare(f, &r, &wanted));
	f->now--;
	assert_true(prepare(f, &r, &wanted));
	f->now += 1 + LONGEST_S;
	assert_true(prepare(f, &r, &wanted));
	/* They may ask again, as if they had not. */
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_UNCHANGED);
}

static void a_stranger_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct request r;
	struct subscriber who = join(f, "anna@example.org");
	bool wanted;
	f->now += 3600;
	assert_int_equal(ask(f, "anna@example.org", "Intruz"), ROSTER_DONE);
	assert_true(prepare(f, &r, &wanted));
	assert_int_equal(roster_find(f->store, f->arena, STR("anna@example.org"), &who),
			 ROSTER_DONE);
	assert_str(who.name, "Anna");
	assert_int_equal(who.state, SUBSCRIBER_ACTIVE);
}

static void who_left_comes_back_by_confirming(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org");
	struct str token = who.token;
	assert_int_equal(roster_unsubscribe(f->store, token, STR("page")), ROSTER_DONE);
	assert_int_equal(roster_unsubscribe(f->store, token, STR("page")), ROSTER_UNCHANGED);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_UNSUBSCRIBED);
	f->now += 3600;
	join(f, "anna@example.org");
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_ACTIVE);
}

static void an_old_link_revives_nobody(void **state)
{
	struct fixture *f = *state;
	struct request r;
	struct subscriber who;
	bool wanted;
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE);
	assert_true(prepare(f, &r, &wanted));
	sent(f, &r);
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_DONE);
	assert_int_equal(roster_unsubscribe(f->store, who.token, STR("one-click")), ROSTER_DONE);
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_UNCHANGED);
	assert_int_equal(who.state, SUBSCRIBER_UNSUBSCRIBED);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_UNSUBSCRIBED);
	assert_int_equal(ask(f, "jan@example.org", ""), ROSTER_DONE);
	assert_true(prepare(f, &r, &wanted));
	f->now += (REQUEST_DAYS * 24 + 1) * 3600;
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_UNKNOWN);
	struct retention_result forgotten;
	assert_true(retention_run(f->store, &forgotten));
	assert_int_equal(roster_find(f->store, f->arena, STR("jan@example.org"), &who),
			 ROSTER_UNKNOWN);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_UNSUBSCRIBED);
}

struct postman {
	struct store *store;
	struct request *request;
};

/* The mail server has answered. Not waited for: the reader is before him. */
static void note_sent(void *context)
{
	const struct postman *p = context;
	bool moved;
	p->request->state = REQUEST_SENT;
	(void)p->store->ops->request_mark(p->store, p->request, REQUEST_SENDING, &moved);
}

/* Whenever it becomes known that the message was taken, its link counts once. */
static void a_link_counts_once_beside_the_postman(void **state)
{
	struct fixture *f = *state;
	struct store *other = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	int k = 0;
	assert_true(other->ops->plain(other, "SET lock_timeout = 50", NULL));
	do {
		struct request r;
		struct subscriber who;
		bool wanted, moved;
		const char *address = str_format(f->arena, "anna%d@example.org", ++k).ptr;
		assert_int_equal(ask(f, address, ""), ROSTER_DONE);
		assert_true(prepare(f, &r, &wanted));
		r.state = REQUEST_SENDING;
		assert_true(other->ops->request_mark(other, &r, REQUEST_WAITING, &moved));
		act_before(f->store, k, note_sent, &(struct postman){ other, &r });
		assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_DONE);
		f->now++;
		assert_int_equal(roster_unsubscribe(f->store, who.token, STR("page")), ROSTER_DONE);
		assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who),
				 ROSTER_UNCHANGED);
		assert_int_equal(state_of(f, address), SUBSCRIBER_UNSUBSCRIBED);
	} while (was_done(f->store));
	store_close(other);
}

static void kept_out_gets_no_message(void **state)
{
	struct fixture *f = *state;
	struct request r;
	struct subscriber who;
	bool wanted;
	assert_int_equal(roster_suppress(f->store, STR("nie@example.org")), ROSTER_DONE);
	assert_int_equal(ask(f, "nie@example.org", ""), ROSTER_DONE); /* the same answer */
	assert_true(prepare(f, &r, &wanted));
	assert_false(wanted);
	assert_false(prepare(f, &r, &wanted));
	assert_int_equal(roster_confirm(f->store, f->arena, r.token, &who), ROSTER_UNKNOWN);
}

static void erased_may_ask_anew(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org");
	assert_int_equal(roster_erase_by_token(f->store, who.token), ROSTER_DONE);
	assert_int_equal(roster_by_token(f->store, f->arena, who.token, &who), ROSTER_UNKNOWN);
	assert_int_equal(ask(f, "anna@example.org", ""), ROSTER_DONE); /* its request went, too */
	f->now += 3600;
	join(f, "anna@example.org");
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_ACTIVE);
}

static void tokens_are_whole_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org"), found;
	char other[TOKEN_CHARS];
	for (size_t i = 0; i < TOKEN_CHARS; i++) {
		memcpy(other, who.token.ptr, TOKEN_CHARS);
		other[i] = other[i] == 'a' ? 'b' : 'a';
		assert_int_equal(roster_by_token(f->store, f->arena,
						 (struct str){ other, TOKEN_CHARS }, &found),
				 ROSTER_UNKNOWN);
	}
	const char *wrong[] = { "", "a", "' OR 1=1 --", "%", "AAAAAAAAAAAAAAAAAAAAAAAAAA" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(roster_by_token(f->store, f->arena, str_from(wrong[i]), &found),
				 ROSTER_UNKNOWN);
	assert_int_equal(roster_by_token(f->store, f->arena, who.token, &found), ROSTER_DONE);
	assert_str(found.address, "anna@example.org");
}

static void settings_change_and_pauses_end(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org");
	struct subscriber wanted = { .name = STR(""), .language = STR("nb"), .regions = STR("") };
	assert_int_equal(roster_change(f->store, who.token, &wanted), ROSTER_DONE);
	assert_int_equal(roster_change(f->store, who.token, &wanted), ROSTER_UNCHANGED);
	assert_int_equal(roster_pause(f->store, who.token, true), ROSTER_DONE);
	assert_int_equal(roster_pause(f->store, who.token, true), ROSTER_UNCHANGED);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_PAUSED);
	assert_int_equal(roster_pause(f->store, who.token, false), ROSTER_DONE);
	assert_int_equal(state_of(f, "anna@example.org"), SUBSCRIBER_ACTIVE);
	assert_int_equal(roster_unsubscribe(f->store, who.token, STR("page")), ROSTER_DONE);
	assert_int_equal(roster_pause(f->store, who.token, true), ROSTER_KEPT_OUT);
	assert_int_equal(roster_by_token(f->store, f->arena, who.token, &who), ROSTER_DONE);
	assert_str(who.name, "");
	assert_str(who.language, "nb");
	assert_str(who.regions, "");
}

static void all_about_one_person(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org");
	struct buf json;
	buf_init(&json, 1 << 20);
	assert_true(roster_put_person(f->store, &who, &json));
	assert_non_null(strstr(json.ptr, "\"address\":\"anna@example.org\""));
	assert_non_null(strstr(json.ptr, "\"deliveries\":[],\"bounces\":[],\"consents\":[{"));
	assert_non_null(strstr(json.ptr, "Zgadzam się"));
	assert_null(strstr(json.ptr, who.token.ptr));
	buf_release(&json);
}

static void seals_depend_on_all_of_the_text(void **state)
{
	struct fixture *f = *state;
	unsigned char a[SEAL_BYTES], b[SEAL_BYTES];
	assert_true(store_seal(f->store, STR("one"), a));
	assert_true(store_seal(f->store, STR("one"), b));
	assert_memory_equal(a, b, SEAL_BYTES);
	assert_true(store_seal(f->store, STR("onf"), b));
	assert_memory_not_equal(a, b, SEAL_BYTES);
}

/* Locks of files belong to the process: opening a store again must not free those that
 * the first holds, or another program would take itself for the last one and remove the
 * log from under it. */
static void a_second_store_leaves_the_first_its_locks(void **state)
{
	struct fixture *f = *state;
	struct subscriber who = join(f, "anna@example.org");
	store_close(store_open(&f->publication, STORE_WRITE, &f->world, f->diags));
	pid_t child = fork();
	if (child == 0) /* another program comes and goes */
		_exit(execlp("sqlite3", "sqlite3",
			     str_format(f->arena, "%s/var/glos.db", f->folder).ptr,
			     "SELECT count(*) FROM subscriber", (char *)NULL));
	int status = 1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(roster_pause(f->store, who.token, true), ROSTER_DONE);
	struct store *second = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_non_null(second);
	assert_int_equal(roster_pause(second, who.token, true), ROSTER_UNCHANGED);
	store_close(second);
	assert_int_equal(diags_count(f->diags), 0);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		FIXTURE(nobody_is_in_before_they_confirm),
		FIXTURE(a_second_click_asks_once),
		FIXTURE(a_clock_that_was_ahead_keeps_no_request_waiting),
		FIXTURE(a_stranger_changes_nothing),
		FIXTURE(who_left_comes_back_by_confirming),
		FIXTURE(an_old_link_revives_nobody),
		FIXTURE(kept_out_gets_no_message),
		FIXTURE(erased_may_ask_anew),
		FIXTURE(tokens_are_whole_or_nothing),
		FIXTURE(settings_change_and_pauses_end),
		FIXTURE(all_about_one_person),
		FIXTURE(seals_depend_on_all_of_the_text),
	};
	const struct CMUnitTest of_one[] = {
		FIXTURE(a_second_store_leaves_the_first_its_locks),
		FIXTURE_PG(a_link_counts_once_beside_the_postman),
	};
	return FIXTURE_RUN(both, of_one);
}
