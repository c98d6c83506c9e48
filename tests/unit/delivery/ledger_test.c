/* Every arrow of the ledger's states, and the audience. */
#include "delivery/store_sqlite.h"
#include "fixture.h"

#include <string.h>

static const struct message everyone = { .issue = STR_INIT("2026-1"),
					 .language = STR_INIT("pl"),
					 .domain = STR_INIT("glos.example.org") };
static const struct message silesia = { .issue = STR_INIT("2026-1"),
					.language = STR_INIT("pl"),
					.region = STR_INIT("Śląskie"),
					.domain = STR_INIT("glos.example.org") };
static const struct message norwegian = { .issue = STR_INIT("2026-1"),
					  .language = STR_INIT("nb"),
					  .domain = STR_INIT("glos.example.org") };
static const struct message *const messages[] = { &everyone, &silesia, &norwegian };

static void import(struct fixture *f, const char *csv)
{
	struct import_options o = { 0 };
	struct import_result r;
	assert_true(roster_import(f->store, STR("list.csv"), str_from(csv), &o, &r));
}

static int64_t freeze(struct fixture *f, const char *region, bool include_new, int64_t *added)
{
	struct audience a = { .messages = messages,
			      .message_count = 3,
			      .region = str_from(region),
			      .include_new = include_new };
	assert_true(f->store->ops->freeze(f->store, &a));
	*added = a.added;
	return a.issue;
}

struct hand {
	struct fixture *fixture;
	int64_t id[16];
	int attempts[16];
	struct str address[16], region[16], language[16], token[16];
	size_t count;
};

static void take(void *context, const struct claim *c)
{
	struct hand *h = context;
	struct arena *a = h->fixture->arena;
	h->id[h->count] = c->id;
	h->attempts[h->count] = c->attempts;
	h->address[h->count] = str_copy(a, c->address);
	h->region[h->count] = str_copy(a, c->segment_region);
	h->language[h->count] = str_copy(a, c->segment_language);
	h->token[h->count++] = str_copy(a, c->token);
}

static struct hand claim(struct fixture *f, int64_t issue, size_t want, const char *region)
{
	struct hand h = { .fixture = f };
	struct turn t = { .issue = issue,
			  .want = want,
			  .now = f->now,
			  .region = str_from(region),
			  .claimed = take,
			  .context = &h };
	assert_true(f->store->ops->turn(f->store, &t));
	assert_int_equal(t.claimed_count, h.count);
	return h;
}

static void mark(struct fixture *f, struct mark m)
{
	struct turn t = { .marks = &m, .mark_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &t));
}

static void intend(struct fixture *f, int64_t id)
{
	struct turn t = { .intents = &id, .intent_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &t));
}

/* "pending 1 sent 2 " */
static const char *states(struct fixture *f)
{
	struct issue_status *list;
	size_t count;
	struct buf out;
	assert_true(delivery_status(f->store, f->arena, STR("2026-1"), &list, &count));
	buf_init(&out, 1024);
	for (int i = 0; i < DELIVERY_STATE_COUNT; i++)
		if (list[0].by_state[i])
			buf_format(&out, "%.*s %d ",
				   STR_ARG(delivery_state_name((enum delivery_state)i)),
				   (int)list[0].by_state[i]);
	struct str s = str_copy(f->arena, buf_str(&out));
	buf_release(&out);
	return s.ptr;
}

static void each_gets_the_segment_that_suits(void **state)
{
	struct fixture *f = *state;
	int64_t added;
	import(f, "email,language,region\n"
		  "1@x.org,,\n2@x.org,pl,śląskie\n3@x.org,nb-NO,\n4@x.org,nb,ŚLĄSKIE\n"
		  "5@x.org,pl,mazowieckie\n6@x.org,pl,\"opolskie;śląskie\"\n7@x.org,uk,śląskie\n");
	int64_t issue = freeze(f, "", false, &added);
	assert_int_equal(added, 7);
	struct hand h = claim(f, issue, 16, "");
	assert_int_equal(h.count, 7);
	static const char *const region[] = { "", "śląskie", "", "", "", "śląskie", "śląskie" };
	static const char *const language[] = { "pl", "pl", "nb", "nb", "pl", "pl", "pl" };
	for (size_t i = 0; i < 7; i++) {
		assert_string_equal(h.region[i].ptr, region[i]);
		assert_string_equal(h.language[i].ptr, language[i]);
		assert_int_equal(h.token[i].len, TOKEN_CHARS);
		assert_int_equal(strspn(h.token[i].ptr, "abcdefghijklmnopqrstuvwxyz234567"),
				 TOKEN_CHARS);
		for (size_t j = 0; j < i; j++)
			assert_false(str_equal(h.token[i], h.token[j]));
	}
}

/* A database that was mended by hand, say. Who is handed out without being claimed would be sent
 * to without an intent. */
static void who_is_handed_out_is_claimed(void **state)
{
	struct fixture *f = *state;
	int64_t added;
	import(f, "email,language\n1@x.org,nb\n2@x.org,pl\n3@x.org,nb\n4@x.org,pl\n5@x.org,pl\n");
	int64_t issue = freeze(f, "", false, &added);
	assert_true(
		sql_script(store_sqlite_of(f->store),
			   "PRAGMA foreign_keys = OFF; DELETE FROM segment WHERE language = 'nb'"));
	struct hand h = claim(f, issue, 3, "");
	assert_int_equal(h.count, 3);
	for (size_t i = 0; i < h.count; i++)
		intend(f, h.id[i]);
	int64_t intended;
	assert_true(f->store->ops->plain(f->store, "SELECT count(*) FROM delivery WHERE state = 2",
					 &intended));
	assert_int_equal(intended, 3);
}

static void the_audience_is_frozen(void **state)
{
	struct fixture *f = *state;
	int64_t added;
	import(f, "email,region\na@x.org,śląskie\nb@x.org,\n");
	freeze(f, "śląskie", false, &added);
	assert_int_equal(added, 1);
	freeze(f, "", false, &added);
	assert_int_equal(added, 1);
	import(f, "email,region\nc@x.org,śląskie\n");
	freeze(f, "", false, &added);
	assert_int_equal(added, 0);
	freeze(f, "Śląskie", false, &added);
	assert_int_equal(added, 0);
	freeze(f, "", true, &added);
	assert_int_equal(added, 1);
	assert_string_equal(states(f), "pending 3 ");
}

static void an_audience_of_none_is_not_frozen(void **state)
{
	struct fixture *f = *state;
	int64_t added;
	freeze(f, "", false, &added);
	assert_int_equal(added, 0);
	import(f, "email\na@x.org\n");
	freeze(f, "", false, &added);
	assert_int_equal(added, 1);
}

static void claims_follow_region_and_time(void **state)
{
	struct fixture *f = *state;
	int64_t added, issue;
	import(f, "email,region\na@x.org,śląskie\nb@x.org,\nc@x.org,śląskie\n");
	issue = freeze(f, "", false, &added);
	assert_int_equal(claim(f, issue, 1, "śląskie").count, 1);
	struct hand h = claim(f, issue, 16, "śląskie");
	assert_int_equal(h.count, 1);
	assert_string_equal(h.address[0].ptr, "c@x.org");
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_PENDING, .next_at = f->now + 60 });
	assert_int_equal(claim(f, issue, 16, "").count, 1);
	assert_int_equal(claim(f, issue, 16, "").count, 0);
	f->now += 60;
	h = claim(f, issue, 16, "");
	assert_int_equal(h.count, 1);
	assert_int_equal(h.attempts[0], 2);
	mark(f, (struct mark){ .id = h.id[0],
			       .state = DELIVERY_PENDING,
			       .next_at = f->now,
			       .give_back = true });
	h = claim(f, issue, 16, "");
	assert_int_equal(h.attempts[0], 2);
}

static void marks_move_rows_along(void **state)
{
	struct fixture *f = *state;
	int64_t added, issue;
	import(f, "email\na@x.org\nb@x.org\nc@x.org\nd@x.org\n");
	issue = freeze(f, "", false, &added);
	struct hand h = claim(f, issue, 16, "");
	assert_string_equal(states(f), "claimed 4 ");
	for (size_t i = 0; i < 3; i++)
		intend(f, h.id[i]);
	assert_string_equal(states(f), "claimed 1 sending 3 ");
	mark(f,
	     (struct mark){
		     .id = h.id[0], .state = DELIVERY_SENT, .code = 250, .words = STR("250 ok") });
	mark(f, (struct mark){ .id = h.id[1],
			       .state = DELIVERY_FAILED,
			       .code = 554,
			       .words = STR("554 no") });
	mark(f, (struct mark){ .id = h.id[2], .state = DELIVERY_AMBIGUOUS });
	mark(f, (struct mark){ .id = h.id[3], .state = DELIVERY_FAILED });
	assert_string_equal(states(f), "sent 1 failed 2 ambiguous 1 ");
	/* What is settled stays so, whatever comes late. */
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_PENDING });
	mark(f, (struct mark){ .id = h.id[0], .give_back = true });
	intend(f, h.id[0]);
	assert_string_equal(states(f), "sent 1 failed 2 ambiguous 1 ");
}

/* (id, seconds from now until it is due) in order of id. */
static void expect_waits(struct fixture *f, const int64_t *ids, const int64_t *waits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char sql[128];
		int64_t next;
		snprintf(sql, sizeof sql, "SELECT next_at FROM delivery WHERE id = %lld",
			 (long long)ids[i]);
		assert_true(f->store->ops->plain(f->store, sql, &next));
		assert_int_equal(next - f->now, waits[i]);
	}
}

/* Rows were put off by a clock a day ahead, and it was put right. */
static void no_row_waits_for_a_wrong_clock(void **state)
{
	struct fixture *f = *state;
	enum { DAY_S = 86400 };
	int64_t added;
	import(f, "email\n1@x.org\n2@x.org\n3@x.org\n4@x.org\n5@x.org\n");
	int64_t issue = freeze(f, "", false, &added);
	struct hand h = claim(f, issue, 16, "");
	assert_int_equal(h.count, 5);
	/* never answered; held up by what was said; deferred once; and once more, far and near */
	mark(f, (struct mark){ .id = h.id[0], .next_at = f->now + DAY_S, .give_back = true });
	mark(f, (struct mark){ .id = h.id[1],
			       .code = 450,
			       .words = STR("450 4.7.1"),
			       .next_at = f->now + DAY_S,
			       .give_back = true });
	mark(f, (struct mark){ .id = h.id[2],
			       .code = 450,
			       .words = STR("450 4.2.1"),
			       .next_at = f->now + DAY_S });
	for (int i = 3; i < 5; i++) {
		mark(f, (struct mark){ .id = h.id[i],
				       .code = 450,
				       .words = STR("450 4.2.1"),
				       .next_at = f->now });
		struct hand again = claim(f, issue, 1, "");
		assert_int_equal(again.id[0], h.id[i]);
		mark(f, (struct mark){ .id = h.id[i],
				       .code = 450,
				       .words = STR("450 4.2.1"),
				       .next_at = f->now + (i == 3 ? DAY_S : 250) });
	}
	const struct wait_bounds w = { .now = f->now, .once_s = 75, .often_s = 18000 };
	assert_true(f->store->ops->bound_waits(f->store, issue, &w));
	expect_waits(f, h.id, (const int64_t[]){ 0, 75, 75, 18000, 250 }, 5);
	f->now += 10;
	const struct wait_bounds later = { .now = f->now, .once_s = 75, .often_s = 18000 };
	assert_true(f->store->ops->bound_waits(f->store, issue, &later));
	expect_waits(f, h.id, (const int64_t[]){ -10, 65, 65, 17990, 240 }, 5);
}

static void a_dead_sender_is_recovered(void **state)
{
	struct fixture *f = *state;
	int64_t added, issue;
	import(f, "email\na@x.org\nb@x.org\nc@x.org\n");
	issue = freeze(f, "", false, &added);
	struct hand h = claim(f, issue, 2, "");
	intend(f, h.id[0]);
	fixture_reopen(f);
	assert_true(f->store->ops->recover(f->store, false));
	assert_string_equal(states(f), "pending 2 ambiguous 1 ");
	h = claim(f, issue, 16, "");
	assert_int_equal(h.count, 2);
	assert_int_equal(h.attempts[0], 1);
	intend(f, h.id[0]);
	assert_true(f->store->ops->recover(f->store, true));
	assert_string_equal(states(f), "pending 2 ambiguous 1 ");
}

static void those_who_leave_in_time_are_spared(void **state)
{
	struct fixture *f = *state;
	int64_t added, issue;
	import(f, "email\na@x.org\nb@x.org\nc@x.org\n");
	issue = freeze(f, "", false, &added);
	assert_int_equal(roster_suppress(f->store, STR("a@x.org")), ROSTER_DONE);
	assert_int_equal(roster_erase(f->store, STR("b@x.org")), ROSTER_DONE);
	struct hand h = claim(f, issue, 16, "");
	assert_int_equal(h.count, 1);
	assert_string_equal(h.address[0].ptr, "c@x.org");
	assert_string_equal(states(f), "claimed 1 suppressed 2 ");
}

static bool keep_delivery(void *context, const struct delivery *d)
{
	struct fixture *f = context;
	struct str line = str_format(f->arena, "%.*s %.*s %.*s", STR_ARG(d->address),
				     STR_ARG(delivery_state_name(d->state)), STR_ARG(d->words));
	diag_report(f->diags, DIAG_ROW_INVALID, (struct place){ 0 }, "%.*s", STR_ARG(line));
	return true;
}

/* The one reader, a@x.org, in a sender's hands. */
static struct hand claim_only(struct fixture *f)
{
	int64_t added;
	import(f, "email\na@x.org\n");
	return claim(f, freeze(f, "", false, &added), 16, "");
}

static void nobody_at_the_address(void **state)
{
	struct fixture *f = *state;
	struct subscriber who;
	struct hand h = claim_only(f);
	mark(f, (struct mark){ .id = h.id[0],
			       .state = DELIVERY_FAILED,
			       .code = 550,
			       .words = STR("550 5.1.1 a@x.org unknown"),
			       .suppress = true });
	assert_int_equal(roster_find(f->store, f->arena, STR("a@x.org"), &who), ROSTER_DONE);
	assert_int_equal(who.state, SUBSCRIBER_SUPPRESSED);
	struct subscriber again = { .address = STR("A@X.org") };
	assert_int_equal(roster_add(f->store, &again, false), ROSTER_KEPT_OUT);
	/* Erasing takes the address out of the server's words as well. */
	assert_int_equal(roster_erase(f->store, STR("a@x.org")), ROSTER_DONE);
	struct delivery_filter all = { 0 };
	assert_true(delivery_each(f->store, &all, keep_delivery, f));
	assert_string_equal(diags_at(f->diags, 0)->detail.ptr, " failed ");
}

/* Who paused meanwhile would be active again after the next issue. */
static void nobody_at_the_address_of_who_paused(void **state)
{
	struct fixture *f = *state;
	struct subscriber who;
	struct hand h = claim_only(f);
	assert_int_equal(roster_find(f->store, f->arena, STR("a@x.org"), &who), ROSTER_DONE);
	assert_int_equal(roster_pause(f->store, who.token, true), ROSTER_DONE);
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_FAILED, .suppress = true });
	assert_int_equal(roster_find(f->store, f->arena, STR("a@x.org"), &who), ROSTER_DONE);
	assert_int_equal(who.state, SUBSCRIBER_SUPPRESSED);
}

/* What a server says of somebody who was erased meanwhile may repeat the address. */
static void of_the_erased_no_words_are_kept(void **state)
{
	static const char attempts[] = "SELECT count(*) FROM attempt WHERE words <> ''";
	static const char words[] = "SELECT count(*) FROM delivery WHERE words <> ''";
	static const enum delivery_state ends[] = { DELIVERY_PENDING, DELIVERY_FAILED,
						    DELIVERY_AMBIGUOUS };
	struct fixture *f = *state;
	int64_t added, issue, n;
	import(f, "email\na@x.org\nb@x.org\nc@x.org\nd@x.org\n");
	issue = freeze(f, "", false, &added);
	struct hand h = claim(f, issue, 4, "");
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(roster_erase(f->store, h.address[i]), ROSTER_DONE);
	for (size_t i = 0; i < 4; i++)
		mark(f, (struct mark){ .id = h.id[i],
				       .state = ends[i % 3],
				       .give_back = i == 3,
				       .code = 450,
				       .words = h.address[i] });
	assert_true(f->store->ops->settle(f->store, h.id[2], DELIVERY_SENT, h.address[2]));
	assert_true(f->store->ops->plain(f->store, words, &n));
	assert_int_equal(n, 0);
	assert_true(f->store->ops->plain(f->store, attempts, &n));
	assert_int_equal(n, 0);
}

static bool keep_message_id(void *context, const struct delivery *d)
{
	struct fixture *f = context;
	diag_report(f->diags, DIAG_ROW_INVALID, (struct place){ 0 }, "%.*s",
		    STR_ARG(d->message_id));
	return true;
}

static void message_ids_are_told(void **state)
{
	struct fixture *f = *state;
	struct hand h = claim_only(f);
	struct delivery_filter filter = { .issue = STR("2026-1"), .states = 1 << DELIVERY_CLAIMED };
	assert_true(delivery_each(f->store, &filter, keep_message_id, f));
	struct str expected =
		str_format(f->arena, "<2026-1.pl.%.*s@glos.example.org>", STR_ARG(h.token[0]));
	assert_int_equal(diags_count(f->diags), 1);
	assert_string_equal(diags_at(f->diags, 0)->detail.ptr, expected.ptr);
}

static void a_stopped_issue_says_why(void **state)
{
	struct fixture *f = *state;
	struct issue_status *list;
	size_t count;
	int64_t added, issue;
	import(f, "email\na@x.org\n");
	issue = freeze(f, "", false, &added);
	assert_true(f->store->ops->pause(f->store, issue, true, STR("550 no")));
	assert_true(delivery_status(f->store, f->arena, STR(""), &list, &count));
	assert_int_equal(count, 1);
	assert_true(list[0].paused);
	assert_string_equal(list[0].words.ptr, "550 no");
	freeze(f, "", false, &added); /* the next run begins anew */
	assert_true(delivery_status(f->store, f->arena, STR("2026-1"), &list, &count));
	assert_false(list[0].paused);
}

/* What a relay says of an issue is less than what a person said of it meanwhile. */
static void a_relay_does_not_overrule_a_person(void **state)
{
	static const enum issue_control said[] = { ISSUE_PAUSED, ISSUE_CANCELLED };
	struct fixture *f = *state;
	enum issue_control control;
	int64_t added, rows, issue;
	import(f, "email\na@x.org\n");
	issue = freeze(f, "", false, &added);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		assert_true(f->store->ops->control(f->store, STR("2026-1"), said[i], &rows));
		assert_true(f->store->ops->pause(f->store, issue, true, STR("550 no")));
		freeze(f, "", false, &added);
		assert_true(f->store->ops->controlled(f->store, issue, &control));
		assert_int_equal(control, said[i]);
	}
}

/* Who comes back from a sender's hands is cancelled as the others are, but only as long as
 * the issue is. */
static void who_comes_back_is_cancelled(void **state)
{
	struct fixture *f = *state;
	int64_t added, rows, issue;
	import(f, "email\na@x.org\nb@x.org\n");
	issue = freeze(f, "", false, &added);
	struct hand h = claim(f, issue, 1, "");
	assert_true(f->store->ops->control(f->store, STR("2026-1"), ISSUE_CANCELLED, &rows));
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_PENDING, .give_back = true });
	assert_string_equal(states(f), "pending 1 cancelled 1 ");
	assert_true(f->store->ops->cancel_left(f->store, issue));
	assert_string_equal(states(f), "cancelled 2 ");
	assert_true(f->store->ops->control(f->store, STR("2026-1"), ISSUE_OPEN, &rows));
	assert_true(f->store->ops->cancel_left(f->store, issue));
	assert_string_equal(states(f), "pending 2 ");
}

static void one_sender_at_a_time(void **state)
{
	struct fixture *f = *state;
	struct store *other = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(f->store->ops->lock_sender(f->store));
	assert_false(other->ops->lock_sender(other));
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_LOCKED);
	store_close(other);
}

/* What nobody can know is settled when nobody sends. */
static void nothing_is_settled_beside_a_sender(void **state)
{
	struct fixture *f = *state;
	const struct resolve_options again = { .others = RESOLVE_AGAIN };
	struct resolve_result r;
	struct store *other = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_true(delivery_resolve(f->store, STR("2026-1"), &again, &r));
	fixture_reopen(f);
	assert_true(other->ops->lock_sender(other));
	assert_false(delivery_resolve(f->store, STR("2026-1"), &again, &r));
	assert_int_equal(diags_count(f->diags), 1);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_STORE_LOCKED);
	store_close(other);
	fixture_reopen(f);
	assert_true(delivery_resolve(f->store, STR("2026-1"), &again, &r));
	/* Who settles is no sender: the store opened beside it is not kept out by it. */
	assert_int_equal(diags_count(f->diags), 1);
}

/* Random turns, with deaths among them, never lose or invent a row. */
static void counts_always_add_up(void **state)
{
	enum { PEOPLE = 40, TURNS = 3000 };
	struct fixture *f = *state;
	struct buf csv;
	int64_t added, issue, claimed[PEOPLE] = { 0 };
	size_t held = 0;
	buf_init(&csv, 1 << 16);
	buf_put_c(&csv, "email\n");
	for (int i = 0; i < PEOPLE; i++)
		buf_format(&csv, "p%d@x.org\n", i);
	import(f, csv.ptr);
	buf_release(&csv);
	issue = freeze(f, "", false, &added);
	for (int n = 0; n < TURNS; n++) {
		unsigned char dice[2];
		fixture_random(f, dice, sizeof dice);
		f->now += dice[0] % 3;
		if (dice[0] % 50 == 0) {
			assert_true(f->store->ops->recover(f->store, dice[1] & 1));
			held = 0;
		} else if (held == 0 || (dice[0] % 3 == 0 && held < PEOPLE - 16)) {
			struct hand h = claim(f, issue, 1 + dice[1] % 5, "");
			for (size_t i = 0; i < h.count; i++)
				claimed[held++] = h.id[i];
		} else {
			size_t i = dice[1] % held;
			static const enum delivery_state next[] = { DELIVERY_SENT, DELIVERY_PENDING,
								    DELIVERY_PENDING,
								    DELIVERY_PENDING };
			if (dice[0] & 1)
				intend(f, claimed[i]);
			mark(f, (struct mark){ .id = claimed[i],
					       .state = next[dice[0] % 4],
					       .next_at = f->now + dice[1] % 4,
					       .give_back = dice[1] % 7 == 0 });
			claimed[i] = claimed[--held];
		}
		struct issue_status *list;
		size_t count;
		struct arena *a = arena_open();
		assert_true(delivery_status(f->store, a, STR("2026-1"), &list, &count));
		int64_t sum = 0;
		for (int s = 0; s < DELIVERY_STATE_COUNT; s++)
			sum += list[0].by_state[s];
		assert_int_equal(sum, PEOPLE);
		assert_int_equal(list[0].by_state[DELIVERY_CLAIMED], held);
		arena_close(a);
	}
}

/* "a: sent 1 failed 1, b: …" */
static const char *by_relay(struct fixture *f)
{
	struct issue_details d;
	struct buf out;
	assert_true(delivery_details(f->store, f->arena, STR("2026-1"), &d));
	buf_init(&out, 1024);
	for (size_t i = 0; i < d.relay_count; i++) {
		buf_format(&out, "%s%.*s:", i ? ", " : "", STR_ARG(d.relays[i].name));
		for (int s = 0; s < DELIVERY_STATE_COUNT; s++)
			if (d.relays[i].by_state[s])
				buf_format(&out, " %.*s %d",
					   STR_ARG(delivery_state_name((enum delivery_state)s)),
					   (int)d.relays[i].by_state[s]);
	}
	struct str s = str_copy(f->arena, buf_str(&out));
	buf_release(&out);
	return s.ptr;
}

static bool keep_relay(void *context, const struct delivery *d)
{
	struct buf *out = context;
	buf_format(out, "%.*s ", STR_ARG(d->relay.len ? d->relay : STR("-")));
	return true;
}

static void it_is_known_which_relay_took_what(void **state)
{
	struct fixture *f = *state;
	const struct store_ops *ops = f->store->ops;
	int64_t added, a, b, again;
	import(f, "email\n1@x.org\n2@x.org\n3@x.org\n4@x.org\n5@x.org\n");
	struct hand h = claim(f, freeze(f, "", false, &added), 4, "");
	assert_true(ops->relay_number(f->store, STR("a"), &a));
	assert_true(ops->relay_number(f->store, STR("b"), &b));
	assert_true(ops->relay_number(f->store, STR("a"), &again));
	assert_int_equal(a, again);
	assert_int_not_equal(a, b);
	/* One each: sent, refused before the dot, put off, on its way when the sender dies. */
	const int64_t relays[] = { a, b }, intents[] = { h.id[0], h.id[3] };
	struct turn t = {
		.intents = intents, .intent_relays = relays, .intent_count = 2, .now = f->now
	};
	assert_true(ops->turn(f->store, &t));
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_SENT, .words = STR("250") });
	mark(f, (struct mark){ .id = h.id[1], .state = DELIVERY_FAILED, .code = 550, .relay = b });
	mark(f, (struct mark){ .id = h.id[2],
			       .state = DELIVERY_PENDING,
			       .words = STR("450 later"),
			       .relay = a });
	assert_true(ops->recover(f->store, false));
	assert_string_equal(by_relay(f), "a: pending 1 sent 1, b: failed 1 ambiguous 1");
	/* One that took nothing shows only with its words, and only of this issue. */
	int64_t refusing;
	struct issue_details d;
	assert_true(ops->relay_number(f->store, STR("c"), &refusing));
	assert_string_equal(by_relay(f), "a: pending 1 sent 1, b: failed 1 ambiguous 1");
	assert_true(ops->relay_say(f->store, refusing, 2, STR("535 no")));
	assert_string_equal(by_relay(f), "a: pending 1 sent 1, b: failed 1 ambiguous 1");
	assert_true(ops->relay_say(f->store, refusing, 1, STR("535 no")));
	assert_true(delivery_details(f->store, f->arena, STR("2026-1"), &d));
	assert_int_equal(d.relay_count, 3);
	assert_true(str_equal(d.relays[2].words, STR("535 no")));
	assert_true(ops->relay_say(f->store, refusing, 1, STR("")));
	assert_string_equal(by_relay(f), "a: pending 1 sent 1, b: failed 1 ambiguous 1");
	struct delivery_filter all = { 0 };
	struct buf out;
	buf_init(&out, 1024);
	assert_true(delivery_each(f->store, &all, keep_relay, &out));
	assert_true(str_equal(buf_str(&out), STR("a b a b - ")));
	buf_release(&out);
	struct attempt *attempts;
	size_t count;
	assert_true(delivery_attempts(f->store, f->arena, 3, &attempts, &count));
	assert_int_equal(count, 1);
	assert_true(str_equal(attempts[0].relay, STR("a")));
}

static void days_of_relays_are_counted(void **state)
{
	struct fixture *f = *state;
	const struct store_ops *ops = f->store->ops;
	int64_t added, a, b;
	struct day_count *days;
	size_t count;
	import(f, "email\n1@x.org\n2@x.org\n3@x.org\n4@x.org\n");
	struct hand h = claim(f, freeze(f, "", false, &added), 4, "");
	assert_true(ops->relay_number(f->store, STR("a"), &a));
	assert_true(ops->relay_number(f->store, STR("b"), &b));
	assert_true(ops->relay_days(f->store, f->arena, a, &days, &count));
	assert_int_equal(count, 0);
	mark(f, (struct mark){ .id = h.id[0], .state = DELIVERY_SENT, .relay = a });
	mark(f, (struct mark){ .id = h.id[1], .state = DELIVERY_AMBIGUOUS, .relay = a });
	mark(f, (struct mark){ .id = h.id[2], .state = DELIVERY_FAILED, .relay = a });
	f->now += 2 * 86400;
	mark(f, (struct mark){ .id = h.id[3], .state = DELIVERY_SENT, .relay = a });
	assert_true(ops->relay_days(f->store, f->arena, a, &days, &count));
	assert_int_equal(count, 2);
	assert_int_equal(days[0].count, 2);
	assert_int_equal(days[1].count, 1);
	assert_int_equal(days[1].day, f->now / 86400);
	assert_int_equal(days[0].day, days[1].day - 2);
	assert_true(ops->relay_days(f->store, f->arena, b, &days, &count));
	assert_int_equal(count, 0);
	/* Whoever was erased was sent to all the same. */
	struct subscriber who;
	bool is_there;
	assert_true(ops->find(f->store, f->arena, STR("1@x.org"), &who, &is_there) && is_there);
	assert_true(ops->forget(f->store, who.id));
	assert_true(ops->relay_days(f->store, f->arena, a, &days, &count));
	assert_int_equal(days[0].count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(each_gets_the_segment_that_suits),
		FIXTURE(the_audience_is_frozen),
		FIXTURE(an_audience_of_none_is_not_frozen),
		FIXTURE(claims_follow_region_and_time),
		FIXTURE(marks_move_rows_along),
		FIXTURE(a_dead_sender_is_recovered),
		FIXTURE(those_who_leave_in_time_are_spared),
		FIXTURE(nobody_at_the_address),
		FIXTURE(nobody_at_the_address_of_who_paused),
		FIXTURE(of_the_erased_no_words_are_kept),
		FIXTURE(message_ids_are_told),
		FIXTURE(a_stopped_issue_says_why),
		FIXTURE(a_relay_does_not_overrule_a_person),
		FIXTURE(who_comes_back_is_cancelled),
		FIXTURE(nothing_is_settled_beside_a_sender),
		FIXTURE(no_row_waits_for_a_wrong_clock),
		FIXTURE(counts_always_add_up),
		FIXTURE(it_is_known_which_relay_took_what),
		FIXTURE(days_of_relays_are_counted),
	};
	const struct CMUnitTest of_sqlite[] = { FIXTURE(one_sender_at_a_time),
						FIXTURE(who_is_handed_out_is_claimed) };
	return FIXTURE_RUN(tests, of_sqlite);
}
