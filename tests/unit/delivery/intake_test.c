/* What follows from bounces: each mail counts once, who is suppressed and who is not,
 * and what happens to files and folders. */
#include "fixture.h"

#include "base/file.h"
#include "delivery/roster.h"
#include "delivery/store_sqlite.h"

#include <string.h>
#include <sys/stat.h>

static const struct message issues[] = {
	{ .issue = STR_INIT("1"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("2"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("3"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("4"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("5"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("6"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
	{ .issue = STR_INIT("7"), .language = STR_INIT("pl"), .domain = STR_INIT("x.org") },
};
enum { DAY = 86400 };

struct claimed {
	struct fixture *fixture;
	int64_t id;
	struct str token;
};

static void take(void *context, const struct claim *c)
{
	struct claimed *taken = context;
	taken->id = c->id;
	taken->token = str_copy(taken->fixture->arena, c->token);
}

static void subscribe(struct fixture *f, const char *address)
{
	struct subscriber wanted = { .address = str_from(address) };
	assert_int_equal(roster_add(f->store, &wanted, true), ROSTER_DONE);
}

/* Sends issue n to the one subscriber; its token. */
static struct str send_issue(struct fixture *f, int n)
{
	const struct message *messages[] = { &issues[n - 1] };
	struct audience a = { .messages = messages, .message_count = 1 };
	struct claimed taken = { .fixture = f };
	assert_true(f->store->ops->freeze(f->store, &a));
	assert_int_equal(a.added, 1);
	struct turn t = {
		.issue = a.issue, .want = 5, .now = f->now, .claimed = take, .context = &taken
	};
	assert_true(f->store->ops->turn(f->store, &t));
	struct mark sent = { .id = taken.id, .state = DELIVERY_SENT, .words = STR("250 ok") };
	struct turn done = { .intents = &taken.id, .intent_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &done));
	done = (struct turn){ .marks = &sent, .mark_count = 1, .now = f->now };
	assert_true(f->store->ops->turn(f->store, &done));
	f->now += DAY;
	return taken.token;
}

/* A notice as a server writes it. */
static struct str notice(struct fixture *f, struct str token, const char *id, const char *words)
{
	return str_format(f->arena,
			  "Message-ID: <%s>\nFrom: MAILER-DAEMON@y.org\nTo: o+%.*s@x.org\n"
			  "Subject: failure notice\nDate: Tue, 17 Mar 2026 09:00:00 +0100\n\n"
			  "<a@y.org>: %s\n",
			  id, STR_ARG(token), words);
}

static char *write_file(struct fixture *f, const char *name, struct str text)
{
	char *path = path_join(f->arena, str_from(f->folder), str_from(name));
	assert_true(folder_make_for(path));
	assert_true(file_replace(path, text, f->diags));
	return path;
}

static struct bounces_result read_path(struct fixture *f, const char *path,
				       struct bounces_options o)
{
	struct bounces_result r;
	struct str paths[] = { str_from(path) };
	assert_true(bounces_take(f->store, paths, 1, &o, &r));
	return r;
}

static struct bounces_result read_text(struct fixture *f, struct str text)
{
	char *path = write_file(f, "mail", text);
	struct bounces_result r = read_path(f, path, (struct bounces_options){ 0 });
	unlink(path);
	return r;
}

static enum subscriber_state state_of(struct fixture *f, const char *address)
{
	struct subscriber found;
	assert_int_equal(roster_find(f->store, f->arena, str_from(address), &found), ROSTER_DONE);
	return found.state;
}

static bool put_bounce(void *context, const struct bounce *b)
{
	buf_format(context, "%.*s %.*s %.*s; ", STR_ARG(b->issue),
		   STR_ARG(bounce_kind_name(b->kind)), STR_ARG(b->words));
	return true;
}

static struct str history(struct fixture *f, const char *address)
{
	struct subscriber who;
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_int_equal(roster_find(f->store, f->arena, str_from(address), &who), ROSTER_DONE);
	assert_true(bounce_each(f->store, who.id, put_bounce, &out));
	struct str s = str_copy(f->arena, buf_str(&out));
	buf_release(&out);
	return s;
}

/* ---- rules ---- */

static void a_hard_bounce_suppresses_once(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct str token = send_issue(f, 1);
	struct str mail = notice(f, token, "b1@y", "550 5.1.1 User unknown");
	struct bounces_result r = read_text(f, mail);
	assert_int_equal(r.read, 1);
	assert_int_equal(r.by_kind[BOUNCE_HARD], 1);
	assert_int_equal(r.suppressed, 1);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_SUPPRESSED);
	r = read_text(f, mail);
	assert_int_equal(r.repeated, 1);
	assert_int_equal(r.by_kind[BOUNCE_HARD], 0);
	assert_int_equal(r.suppressed, 0);
	assert_string_equal(history(f, "a@y.org").ptr, "1 hard 550 5.1.1 User unknown; ");
	/* An import does not bring it back; the person may. */
	struct import_options o = { 0 };
	struct import_result i;
	assert_true(roster_import(f->store, STR("l"), STR("email\nA@Y.org\n"), &o, &i));
	assert_int_equal(i.kept_out, 1);
	subscribe(f, "a@y.org");
	read_text(f, mail);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
}

static void nothing_counts_without_the_token(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	send_issue(f, 1);
	struct bounces_result r = read_text(f, notice(f, STR("aaaaaaaaaaaaaaaaaaaaaaaaaa"), "b@y",
						      "550 5.1.1 User unknown"));
	assert_int_equal(r.by_kind[BOUNCE_UNKNOWN], 1);
	r = read_text(f, STR("From: MAILER-DAEMON\nSubject: failure notice\n"
			     "X-Failed-Recipients: a@y.org\n\n<a@y.org>: 550 5.1.1 gone\n"));
	assert_int_equal(r.by_kind[BOUNCE_UNKNOWN], 1);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
	assert_string_equal(history(f, "a@y.org").ptr, "");
}

static struct bounces_result soft(struct fixture *f, struct str token, const char *id)
{
	return read_text(f, notice(f, token, id, "452 4.2.2 Mailbox full"));
}

static void soft_bounces_suppress_after_five_in_a_row(void **state)
{
	struct fixture *f = *state;
	static const char *const ids[] = { "1@y", "2@y", "3@y", "4@y", "5@y" };
	subscribe(f, "a@y.org");
	struct str tokens[5];
	for (int n = 0; n < 5; n++)
		tokens[n] = send_issue(f, n + 1);
	/* In any order, two of one issue are one. */
	static const int order[] = { 4, 0, 1, 3 };
	for (int i = 0; i < 4; i++)
		assert_int_equal(soft(f, tokens[order[i]], ids[order[i]]).suppressed, 0);
	assert_int_equal(soft(f, tokens[3], "again@y").suppressed, 0);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
	assert_int_equal(soft(f, tokens[2], ids[2]).suppressed, 1);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_SUPPRESSED);
	/* Who asks anew begins at none. */
	subscribe(f, "a@y.org");
	assert_int_equal(soft(f, send_issue(f, 6), "6@y").suppressed, 0);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
}

static void an_issue_that_gets_through_resets(void **state)
{
	struct fixture *f = *state;
	static const char *const ids[] = { "1@y", "2@y", "3@y", "4@y", "5@y", "6@y", "7@y" };
	subscribe(f, "a@y.org");
	for (int n = 0; n < 7; n++) {
		struct str token = send_issue(f, n + 1);
		if (n != 4) /* the fifth arrives */
			assert_int_equal(soft(f, token, ids[n]).suppressed, 0);
	}
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
}

static void a_late_notice_does_not_undo_recovery(void **state)
{
	struct fixture *f = *state;
	static const char *const ids[] = { "1@y", "2@y", "3@y", "4@y", "5@y" };
	struct str tokens[5];
	subscribe(f, "a@y.org");
	for (int n = 0; n < 5; n++) {
		tokens[n] = send_issue(f, n + 1);
		if (n < 4)
			soft(f, tokens[n], ids[n]);
	}
	send_issue(f, 6); /* and nothing comes back of it */
	f->now += 6 * DAY;
	assert_int_equal(soft(f, tokens[4], ids[4]).suppressed, 0);
}

static void policy_never_suppresses(void **state)
{
	struct fixture *f = *state;
	static const char *const ids[] = { "1@y", "2@y", "3@y", "4@y", "5@y", "6@y" };
	subscribe(f, "a@y.org");
	for (int n = 0; n < 6; n++)
		read_text(f, notice(f, send_issue(f, n + 1), ids[n], "550 5.7.1 blocked"));
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
}

static void delays_and_replies_change_nothing(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct str token = send_issue(f, 1);
	read_text(f, notice(f, token, "1@y",
			    "has been delayed. We will keep trying. 450 4.4.1 not now"));
	struct bounces_result r = read_text(
		f, str_format(f->arena,
			      "To: o+%.*s@x.org\nSubject: Nieobecność\n\nAdres nie istnieje. 550\n",
			      STR_ARG(token)));
	assert_int_equal(r.by_kind[BOUNCE_REPLY], 1);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
	assert_string_equal(history(f, "a@y.org").ptr, "1 delayed 450 4.4.1 not now; ");
}

static void who_is_erased_leaves_no_words(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct str token = send_issue(f, 1);
	read_text(f, notice(f, token, "1@y", "452 4.2.2 <a@y.org> full"));
	assert_int_equal(roster_erase(f->store, STR("a@y.org")), ROSTER_DONE);
	struct bounces_result r =
		read_text(f, notice(f, token, "2@y", "550 5.1.1 <a@y.org> unknown user"));
	assert_int_equal(r.by_kind[BOUNCE_HARD], 1);
	assert_int_equal(r.suppressed, 0);
	if (fixture_is_pg(f)) {
		assert_int_equal(fixture_sql(f, "SELECT (SELECT count(*) FROM subscriber) +"
						" (SELECT count(*) FROM delivery d"
						"  WHERE d::text ~ 'a@y') +"
						" (SELECT count(*) FROM bounce b"
						"  WHERE b::text ~ 'a@y')"),
				 0);
		return;
	}
	store_close(f->store);
	f->store = NULL;
	struct str bytes;
	assert_true(file_read(f->arena,
			      path_join(f->arena, str_from(f->folder), STR("var/glos.db")), 1 << 24,
			      f->diags, (struct place){ 0 }, &bytes));
	assert_int_equal(str_find(bytes, STR("a@y.org"), 0), bytes.len);
}

static void a_dry_run_changes_nothing(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	char *path =
		write_file(f, "mail", notice(f, send_issue(f, 1), "1@y", "550 5.1.1 User unknown"));
	struct bounces_result r = read_path(f, path, (struct bounces_options){ .dry_run = true });
	assert_int_equal(r.suppressed, 1);
	assert_int_equal(state_of(f, "a@y.org"), SUBSCRIBER_ACTIVE);
	assert_string_equal(history(f, "a@y.org").ptr, "");
	unlink(path);
}

/* ---- sources ---- */

static void an_mbox_is_read_mail_by_mail(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct str token = send_issue(f, 1);
	struct buf out;
	buf_init(&out, 16 << 20);
	for (int i = 0; i < 250; i++) {
		struct str mail = notice(f, token, str_format(f->arena, "%d@y", i).ptr,
					 "452 4.2.2 full\n\n>From here on\nFrom the text\n");
		buf_format(&out, "From MAILER-DAEMON Tue Mar 17 09:00:00 2026\n%.*s\n",
			   STR_ARG(mail));
	}
	/* Longer than what is looked at, without an end of line, and unfinished. */
	buf_format(&out, "From x\nSubject: large\n\n");
	for (int i = 0; i < 3 << 20; i++)
		buf_put_byte(&out, 'x');
	buf_put_c(&out, "\n\nFrom x\nSubject: last");
	struct bounces_result r = read_text(f, buf_str(&out));
	assert_int_equal(r.read, 252);
	assert_int_equal(r.by_kind[BOUNCE_SOFT], 250);
	assert_int_equal(r.by_kind[BOUNCE_OTHER], 2);
	assert_int_equal(r.suppressed, 0);
	r = read_text(f, buf_str(&out));
	assert_int_equal(r.repeated, 250);
	buf_release(&out);
}

static bool is_there(struct fixture *f, const char *name)
{
	return file_exists(path_join(f->arena, str_from(f->folder), str_from(name)));
}

static char *maildir(struct fixture *f)
{
	struct str token = send_issue(f, 1);
	static const char *const words[] = { "452 4.2.2 full", "452 4.2.2 full", "452 4.2.2 full" };
	write_file(f, "box/new/1.a", notice(f, token, "1@y", words[0]));
	write_file(f, "box/new/2.a:2,FT", notice(f, token, "2@y", words[1]));
	write_file(f, "box/cur/3.a:2,R", notice(f, token, "3@y", words[2]));
	write_file(f, "box/cur/4.a:2,S", notice(f, token, "4@y", "450 4.2.2 full"));
	write_file(f, "box/new/5.a", STR("Subject: a person\n\nGood day\n"));
	assert_true(folder_make(path_join(f->arena, str_from(f->folder), STR("box/tmp"))));
	return path_join(f->arena, str_from(f->folder), STR("box"));
}

static void remove_maildir(struct fixture *f)
{
	static const char *const folders[] = { "box/new", "box/cur", "box/tmp", "box" };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		size_t count;
		char *folder = path_join(f->arena, str_from(f->folder), str_from(folders[i]));
		struct str *names = folder_list(f->arena, folder, &count);
		for (size_t n = 0; n < count; n++)
			unlink(path_join(f->arena, str_from(folder), names[n]));
		rmdir(folder);
	}
}

static void a_maildir_is_marked(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	char *box = maildir(f);
	struct bounces_result r = read_path(f, box, (struct bounces_options){ .dry_run = true });
	assert_int_equal(r.read, 4);
	assert_true(is_there(f, "box/new/1.a"));
	r = read_path(f, box, (struct bounces_options){ .after = BOUNCES_KEEP });
	assert_int_equal(r.by_kind[BOUNCE_SOFT], 3);
	assert_true(is_there(f, "box/new/1.a"));
	r = read_path(f, box, (struct bounces_options){ 0 });
	assert_int_equal(r.read, 4);
	assert_int_equal(r.repeated, 3);
	assert_true(is_there(f, "box/cur/1.a:2,S"));
	assert_true(is_there(f, "box/cur/2.a:2,FST"));
	assert_true(is_there(f, "box/cur/3.a:2,RS"));
	assert_true(is_there(f, "box/cur/5.a:2,")); /* new to whoever looks */
	r = read_path(f, box, (struct bounces_options){ 0 });
	assert_int_equal(r.read, 1);
	r = read_path(f, box, (struct bounces_options){ .all = true });
	assert_int_equal(r.read, 5);
	assert_int_equal(r.by_kind[BOUNCE_SOFT], 1);
	r = read_path(f, box, (struct bounces_options){ .all = true, .after = BOUNCES_DELETE });
	assert_int_equal(r.repeated, 4);
	assert_false(is_there(f, "box/cur/1.a:2,S"));
	assert_true(is_there(f, "box/cur/5.a:2,"));
	remove_maildir(f);
}

static void no_mail_is_replaced(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	char *box = maildir(f);
	write_file(f, "box/cur/1.a:2,S", STR("Subject: another\n\n"));
	read_path(f, box, (struct bounces_options){ 0 });
	assert_true(is_there(f, "box/new/1.a"));
	remove_maildir(f);
}

static void what_cannot_be_read_is_told(void **state)
{
	struct fixture *f = *state;
	struct bounces_result r;
	struct bounces_options o = { 0 };
	struct str paths[] = { STR("/nonexistent/mail"), str_from(f->folder) };
	assert_false(bounces_take(f->store, paths, 2, &o, &r));
	assert_int_equal(diags_count(f->diags), 2);
	assert_int_equal(diags_at(f->diags, 0)->code, DIAG_FILE_READ);
	assert_int_equal(diags_exit_status(f->diags), 3);
}

/* ---- the store ---- */

static int64_t number(struct fixture *f, const char *sql)
{
	if (fixture_is_pg(f))
		return fixture_sql(f, sql);
	struct store_sqlite *q = store_sqlite_of(f->store);
	sqlite3_stmt *st = NULL;
	assert_int_equal(sqlite3_prepare_v2(q->db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* A database from before there were bounces gets them, and who only reads it does not
 * fail. */
static void an_older_store_is_brought_up_to_date(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct str token = send_issue(f, 1);
	fixture_reopen(f); /* no sender any more */
	assert_true(store_go_back(f->store, 1, true));
	store_close(f->store);
	f->store = store_open(&f->publication, STORE_READ, &f->world, f->diags);
	assert_non_null(f->store);
	assert_string_equal(history(f, "a@y.org").ptr, "");
	struct subscriber who;
	struct buf json;
	buf_init(&json, 1 << 16);
	assert_int_equal(roster_find(f->store, f->arena, STR("a@y.org"), &who), ROSTER_DONE);
	assert_true(roster_put_person(f->store, &who, &json));
	buf_release(&json);
	fixture_reopen(f);
	assert_int_equal(number(f, "SELECT max(version) FROM schema_version"), 5);
	assert_int_equal(soft(f, token, "1@y").by_kind[BOUNCE_SOFT], 1);
}

/* A token is looked up, however many deliveries there are, also one of an issue that was
 * sent since the last time. */
static void a_token_is_not_searched_for(void **state)
{
	struct fixture *f = *state;
	subscribe(f, "a@y.org");
	struct store_sqlite *q = store_sqlite_of(f->store);
	for (int n = 1; n <= 3; n++) {
		struct str token = send_issue(f, n);
		struct bounced found;
		bool is_there;
		assert_true(
			f->store->ops->bounced_find(f->store, f->arena, token, &found, &is_there));
		assert_true(is_there);
		assert_int_equal(number(f, "SELECT count(*) FROM token"), n);
		assert_int_equal(number(f, "SELECT delivery_id FROM token_until"), n);
	}
	int steps = 0;
	for (sqlite3_stmt *st = sqlite3_next_stmt(q->db, NULL); st;
	     st = sqlite3_next_stmt(q->db, st))
		if (strstr(sqlite3_sql(st), "JOIN token t"))
			steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
	/* Of the issues alone: 0 + 1, 1 + 2, 2 + 3 steps at most. */
	assert_in_range(steps, 0, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE(a_hard_bounce_suppresses_once),
		FIXTURE(nothing_counts_without_the_token),
		FIXTURE(soft_bounces_suppress_after_five_in_a_row),
		FIXTURE(an_issue_that_gets_through_resets),
		FIXTURE(a_late_notice_does_not_undo_recovery),
		FIXTURE(policy_never_suppresses),
		FIXTURE(delays_and_replies_change_nothing),
		FIXTURE(who_is_erased_leaves_no_words),
		FIXTURE(a_dry_run_changes_nothing),
		FIXTURE(an_mbox_is_read_mail_by_mail),
		FIXTURE(a_maildir_is_marked),
		FIXTURE(no_mail_is_replaced),
		FIXTURE(what_cannot_be_read_is_told),
		FIXTURE(an_older_store_is_brought_up_to_date),
	};
	const struct CMUnitTest of_sqlite[] = { FIXTURE(a_token_is_not_searched_for) };
	return FIXTURE_RUN(tests, of_sqlite);
}
