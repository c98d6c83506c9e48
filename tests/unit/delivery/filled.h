/* A store with rows in every table, in all the states that its newest schema knows. */
#ifndef TESTS_DELIVERY_FILLED_H
#define TESTS_DELIVERY_FILLED_H

#include "fixture.h"

#include "delivery/reader.h"

struct filled_hand {
	int64_t ids[4];
	size_t count;
};

static inline void filled_take(void *context, const struct claim *c)
{
	struct filled_hand *h = context;
	h->ids[h->count++] = c->id;
}

/* Asked and confirmed by the reader; then paused. */
static inline void filled_reader(struct fixture *f)
{
	struct store *s = f->store;
	const struct subscriber wanted = { .address = STR("reader@x.org"), .language = STR("nb") };
	struct subscriber who;
	struct request r;
	bool is_there, good;
	assert_int_equal(roster_ask(s, &wanted, STR("Zgadzam się na „Głos”.")), ROSTER_DONE);
	assert_true(request_next(s, f->arena, &r, &is_there));
	assert_true(is_there && request_prepare(s, f->arena, &r, &good) && good);
	r.state = REQUEST_SENT;
	assert_true(s->ops->request_mark(s, &r, REQUEST_WAITING, &good) && good);
	assert_int_equal(roster_confirm(s, f->arena, r.token, &who), ROSTER_DONE);
	assert_int_equal(roster_pause(s, who.token, true), ROSTER_DONE);
}

/* One delivery failed after an attempt that settled nothing, and came back; one is held; the
 * others were cancelled. Words are no UTF-8 where they can be kept. */
static inline void filled_issue(struct fixture *f)
{
	static const struct message everyone = { .issue = STR_INIT("2026-1"),
						 .language = STR_INIT("pl"),
						 .domain = STR_INIT("glos.example.org") };
	static const struct message *const messages[] = { &everyone };
	struct store *s = f->store;
	struct audience a = { .messages = messages, .message_count = 1 };
	struct filled_hand h = { .count = 0 };
	struct bounced found;
	unsigned char digest[SUPPRESSION_BYTES] = { 0, '\\', '\n', '\t', 255 };
	int64_t rows, relay;
	bool fresh;
	assert_true(s->ops->freeze(s, &a));
	assert_true(s->ops->relay_number(s, STR("smtp.x.org"), &relay));
	assert_true(s->ops->relay_say(s, relay, a.issue, STR("550 no more")));
	struct turn claims = {
		.issue = a.issue, .want = 2, .now = f->now, .claimed = filled_take, .context = &h
	};
	assert_true(s->ops->turn(s, &claims));
	struct mark marks[] = {
		{ .id = h.ids[0],
		  .state = DELIVERY_PENDING,
		  .code = 451,
		  .words = STR("451 \"\xff\"\t\r\n;"),
		  .next_at = f->now,
		  .relay = relay },
		{ .id = h.ids[1],
		  .state = DELIVERY_AMBIGUOUS,
		  .words = STR("lost after the dot"),
		  .relay = relay },
	};
	struct turn t = { .marks = marks, .mark_count = 2, .now = f->now };
	assert_true(s->ops->turn(s, &t));
	h.count = 0;
	claims.want = 1;
	assert_true(s->ops->turn(s, &claims));
	struct mark last = { .id = h.ids[0], .state = DELIVERY_FAILED, .words = STR("550 \\N") };
	t = (struct turn){ .marks = &last, .mark_count = 1, .now = f->now };
	assert_true(s->ops->turn(s, &t));
	assert_true(s->ops->bounced_find(s, f->arena, STR("unknown"), &found, &fresh));
	struct bounce_row row = {
		h.ids[0], digest, BOUNCE_SOFT, STR("4.2.2"), STR("full"), f->now
	};
	assert_true(s->ops->bounce_put(s, &row, &fresh));
	assert_true(issue_set_control(s, STR("2026-1"), ISSUE_CANCELLED, &rows));
	assert_true(rows > 0);
}

static inline void filled(struct fixture *f)
{
	struct import_options o = { 0 };
	struct import_result r;
	struct folder_place place = { 7, 8 };
	assert_true(roster_import(f->store, STR("list.csv"),
				  STR("email,name,region\na@x.org,A \\ B,\"ś;o\"\nb@x.org,,\n"
				      "c@x.org,\\N,\nd@x.org,,\ne@x.org,,\n"),
				  &o, &r));
	assert_int_equal(roster_suppress(f->store, STR("b@x.org")), ROSTER_DONE);
	filled_issue(f);
	filled_reader(f);
	assert_true(f->store->ops->folder_put(f->store, STR("imap://x/y"), &place));
	assert_int_equal(roster_erase(f->store, STR("c@x.org")), ROSTER_DONE);
	fixture_reopen(f); /* no sender any more */
	for (const struct store_table *t = store_tables; t->name; t++) {
		int64_t n;
		assert_true(f->store->ops->table_count(f->store, t, &n));
		if (n == 0)
			fail_msg("nothing in %s", t->name);
	}
}

#endif
