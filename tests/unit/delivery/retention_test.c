/* What is forgotten by age, and what never is. */
#include "fixture.h"

#include "delivery/reader.h"

#include <string.h>

enum { DAY = 24 * 3600 };

static const struct message first = { .issue = STR_INIT("2026-1"),
				      .language = STR_INIT("pl"),
				      .domain = STR_INIT("glos.example.org") };
static const struct message second = { .issue = STR_INIT("2026-2"),
				       .language = STR_INIT("pl"),
				       .domain = STR_INIT("glos.example.org") };

struct hand {
	struct arena *arena;
	int64_t id[8];
	struct str token[8];
	size_t count;
};

static void take(void *context, const struct claim *c)
{
	struct hand *h = context;
	h->token[h->count] = str_copy(h->arena, c->token);
	h->id[h->count++] = c->id;
}

static struct audience freeze(struct fixture *f, const struct message *m, bool include_new)
{
	const struct message *const list[] = { m };
	struct audience a = { .messages = list,
			      .message_count = 1,
			      .include_new = include_new,
			      .retry_failed = true,
			      .resume = true };
	assert_true(f->store->ops->freeze(f->store, &a));
	return a;
}

static struct hand claim(struct fixture *f, int64_t issue, size_t want)
{
	struct hand h = { .arena = f->arena };
	struct turn t = {
		.issue = issue, .want = want, .now = f->now, .claimed = take, .context = &h
	};
	assert_true(f->store->ops->turn(f->store, &t));
	assert_int_equal(h.count, want);
	return h;
}

static void mark(struct fixture *f, int64_t id, enum delivery_state state, const char *words)
{
	const struct mark m = { .id = id, .state = state, .code = 250, .words = str_from(words) };
	struct turn t = { .marks = &m, .mark_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &t));
}

static void add(struct fixture *f, const char *address)
{
	const struct subscriber s = { .address = str_from(address) };
	assert_int_equal(roster_add(f->store, &s, false), ROSTER_DONE);
}

static struct retention_result run(struct fixture *f)
{
	struct retention_result r;
	assert_true(retention_run(f->store, &r));
	return r;
}

static struct subscriber find(struct fixture *f, const char *address)
{
	struct subscriber found;
	assert_int_equal(roster_find(f->store, f->arena, str_from(address), &found), ROSTER_DONE);
	return found;
}

/* All that is kept of a person. */
static const char *person(struct fixture *f, const char *address)
{
	struct subscriber who = find(f, address);
	struct buf out;
	buf_init(&out, 1 << 20);
	assert_true(roster_put_person(f->store, &who, &out));
	const char *text = str_c(f->arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct issue_status status(struct fixture *f, const char *issue)
{
	struct issue_status *list;
	size_t count;
	assert_true(delivery_status(f->store, f->arena, str_from(issue), &list, &count));
	assert_int_equal(count, 1);
	return list[0];
}

/* Anna got it after a second try and it came back; Jan was refused; Ewa still waits. */
static struct hand send_first(struct fixture *f)
{
	add(f, "anna@x.org");
	add(f, "jan@x.org");
	add(f, "ewa@x.org");
	int64_t issue = freeze(f, &first, false).issue;
	struct hand h = claim(f, issue, 2), again;
	mark(f, h.id[0], DELIVERY_PENDING, "450 not now, anna");
	again = claim(f, issue, 2);
	mark(f, h.id[0], DELIVERY_SENT, "250 taken for anna");
	mark(f, h.id[1], DELIVERY_FAILED, "550 no jan");
	for (size_t i = 0; i < again.count; i++)
		if (again.id[i] != h.id[0])
			mark(f, again.id[i], DELIVERY_PENDING, "");
	static const unsigned char digest[SUPPRESSION_BYTES] = { 7 };
	const struct bounce_row row = { .delivery = h.id[0],
					.digest = digest,
					.kind = BOUNCE_SOFT,
					.status = STR("4.2.2"),
					.words = STR("anna is full"),
					.at = f->now };
	bool fresh;
	struct bounced named;
	assert_true(f->store->ops->bounced_find(f->store, f->arena, h.token[0], &named, &fresh));
	assert_true(fresh);
	assert_true(f->store->ops->bounce_put(f->store, &row, &fresh));
	return h;
}

static void words_go_and_what_happened_stays(void **state)
{
	struct fixture *f = *state;
	f->publication.retention = (struct retention){ .words_days = 100 };
	send_first(f);
	f->now += 99 * DAY;
	assert_int_equal(run(f).words, 0);
	assert_non_null(strstr(person(f, "anna@x.org"), "450 not now"));
	f->now += 2 * DAY;
	/* Three of deliveries and bounces, an attempt. */
	assert_int_equal(run(f).words, 4);
	assert_int_equal(run(f).words, 0);
	const char *anna = person(f, "anna@x.org");
	assert_null(strstr(anna, "not now"));
	assert_null(strstr(anna, "taken"));
	assert_null(strstr(anna, "full"));
	assert_non_null(strstr(anna, "\"sent\""));
	assert_non_null(strstr(anna, "\"soft\""));
	assert_null(strstr(person(f, "jan@x.org"), "no jan"));
	assert_int_equal(status(f, "2026-1").by_state[DELIVERY_SENT], 1);
	assert_int_equal(status(f, "2026-1").by_state[DELIVERY_PENDING], 1);
}

static void an_old_issue_becomes_counts_and_is_never_sent_again(void **state)
{
	struct fixture *f = *state;
	struct bounced named;
	bool is_there;
	int64_t rows;
	f->publication.retention = (struct retention){ .deliveries_days = 1000 };
	struct hand h = send_first(f);
	f->now += 900 * DAY;
	int64_t later = freeze(f, &second, false).issue;
	struct hand second_hand = claim(f, later, 3);
	f->now += 101 * DAY;
	struct retention_result r = run(f);
	assert_int_equal(r.issues, 1);
	assert_int_equal(run(f).issues, 0);
	struct issue_status old = status(f, "2026-1");
	assert_int_equal(old.control, ISSUE_FORGOTTEN);
	assert_int_equal(old.total, 3);
	assert_int_equal(old.by_state[DELIVERY_SENT], 1);
	assert_int_equal(old.by_state[DELIVERY_FAILED], 1);
	assert_int_equal(old.by_state[DELIVERY_CANCELLED], 1);
	assert_null(strstr(person(f, "anna@x.org"), "2026-1"));
	assert_non_null(strstr(person(f, "anna@x.org"), "2026-2"));
	assert_true(f->store->ops->bounced_find(f->store, f->arena, h.token[0], &named, &is_there));
	assert_false(is_there);
	/* Neither newcomers nor a second try nor a person's word bring it back. */
	add(f, "ola@x.org");
	assert_int_equal(freeze(f, &first, true).added, 0);
	assert_true(issue_set_control(f->store, STR("2026-1"), ISSUE_OPEN, &rows));
	assert_int_equal(rows, 0);
	old = status(f, "2026-1");
	assert_int_equal(old.control, ISSUE_FORGOTTEN);
	assert_int_equal(old.total, 3);
	assert_int_equal(old.by_state[DELIVERY_PENDING], 0);
	/* What somebody is sending is not old, however long ago it began. */
	f->now += 2000 * DAY;
	assert_int_equal(run(f).issues, 0);
	for (size_t i = 0; i < 3; i++)
		mark(f, second_hand.id[i], DELIVERY_SENT, "250");
	assert_int_equal(run(f).issues, 0);
	f->now += 1001 * DAY;
	assert_int_equal(run(f).issues, 1);
}

static int64_t number(struct fixture *f, const char *sql)
{
	int64_t n = -1;
	assert_true(f->store->ops->plain(f->store, sql, &n));
	return n;
}

/* Also of an issue of which nothing came back before. */
static void the_tokens_of_an_old_issue_are_gone(void **state)
{
	struct fixture *f = *state;
	static const char left[] = "SELECT count(*) FROM delivery WHERE token <> ''";
	struct bounced named;
	bool is_there;
	f->publication.retention = (struct retention){ .deliveries_days = 1000 };
	add(f, "anna@x.org");
	add(f, "jan@x.org");
	struct hand h = claim(f, freeze(f, &first, false).issue, 2);
	for (size_t i = 0; i < h.count; i++)
		mark(f, h.id[i], DELIVERY_SENT, "250");
	f->now += 900 * DAY;
	struct hand second_hand = claim(f, freeze(f, &second, false).issue, 2);
	assert_int_equal(number(f, left), 4);
	f->now += 101 * DAY;
	assert_int_equal(run(f).issues, 1);
	assert_int_equal(number(f, left), 2);
	/* A bounce makes tokens be looked for. */
	assert_true(f->store->ops->bounced_find(f->store, f->arena, h.token[0], &named, &is_there));
	assert_false(is_there);
	assert_int_equal(number(f, "SELECT count(*) FROM token"), 2);
	assert_true(f->store->ops->bounced_find(f->store, f->arena, second_hand.token[0], &named,
						&is_there));
	assert_true(is_there);
}

static void what_proves_something_has_no_age(void **state)
{
	struct fixture *f = *state;
	f->publication.retention =
		(struct retention){ .words_days = 1, .deliveries_days = 1, .requests_days = 1 };
	send_first(f);
	struct subscriber anna = find(f, "anna@x.org");
	assert_true(f->store->ops->consent_words(f->store, STR("v1"), STR("I agree")));
	assert_true(
		consent_note(f->store, anna.id, CONSENT_CONFIRMED, STR("mail"), STR("v1"), f->now));
	assert_int_equal(roster_unsubscribe(f->store, anna.token, STR("one-click")), ROSTER_DONE);
	assert_int_equal(roster_suppress(f->store, STR("zla@x.org")), ROSTER_DONE);
	assert_int_equal(roster_erase(f->store, STR("jan@x.org")), ROSTER_DONE);
	f->now += 10000 * (int64_t)DAY;
	assert_int_equal(run(f).issues, 1);
	const char *text = person(f, "anna@x.org");
	assert_non_null(strstr(text, "\"unsubscribed\""));
	assert_non_null(strstr(text, "I agree"));
	assert_non_null(strstr(text, "one-click"));
	const struct subscriber zla = { .address = STR("zla@x.org") },
				jan = { .address = STR("jan@x.org") };
	assert_int_equal(roster_add(f->store, &zla, false), ROSTER_KEPT_OUT);
	assert_int_equal(roster_add(f->store, &jan, false), ROSTER_KEPT_OUT);
	/* Erasing after it finds all that is left. */
	assert_int_equal(roster_erase(f->store, STR("anna@x.org")), ROSTER_DONE);
	assert_int_equal(status(f, "2026-1").total, 3);
}

static void for_ever_is_for_ever(void **state)
{
	struct fixture *f = *state;
	send_first(f);
	f->now += 10000 * (int64_t)DAY;
	struct retention_result r = run(f);
	assert_int_equal(r.words + r.issues, 0);
	assert_non_null(strstr(person(f, "anna@x.org"), "450 not now"));
}

static void requests_live_as_long_as_is_said(void **state)
{
	struct fixture *f = *state;
	f->publication.retention = (struct retention){ .requests_days = 3 };
	const struct subscriber ola = { .address = STR("ola@x.org"), .language = STR("pl") };
	assert_int_equal(roster_ask(f->store, &ola, STR("I agree")), ROSTER_DONE);
	f->now += 2 * DAY;
	assert_int_equal(run(f).requests, 0);
	f->now += 2 * DAY;
	assert_int_equal(run(f).requests, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(words_go_and_what_happened_stays),
		FIXTURE(an_old_issue_becomes_counts_and_is_never_sent_again),
		FIXTURE(the_tokens_of_an_old_issue_are_gone),
		FIXTURE(what_proves_something_has_no_age),
		FIXTURE(for_ever_is_for_ever),
		FIXTURE(requests_live_as_long_as_is_said),
	};
	return fixture_run(tests, sizeof tests / sizeof *tests, NULL, 0);
}
