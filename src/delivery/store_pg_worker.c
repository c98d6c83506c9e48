/* Senders that share a PostgreSQL ledger.
 *
 * THE MODEL. Each sender has a row in `worker`, and is alive as long as that row says
 * so. It is heard of in every transaction and at least four times a lease. Whoever finds
 * one unheard of for longer than its lease sets `dead`, for good; from then on rows it
 * claimed are pending again and its intents ambiguous, exactly as after a crash.
 *
 * FENCING. Every transaction in which a sender says what became of an issue, its
 * deliveries or its relays begins with an update of its own row "WHERE NOT dead" that fails
 * when there is none to update. (To be given a number, itself or a relay, harms nobody.) It
 * also locks the row: while a sender's transaction is under way nobody declares it dead, and
 * one who was stopped, perhaps for hours, learns it before anything is changed. Who stops within
 * one has it for a lease at most, then the server ends it. Dots leave only after such a transaction;
 * those that were released by the last one before the stop are intents, hence ambiguous.
 *
 * LOST CONNECTIONS. When the answer to COMMIT is lost nobody knows whether the turn
 * happened. Turns are numbered, the number is kept in the worker's row and in the rows it
 * claimed. The sender connects anew and looks: either the turn happened, and what it
 * claimed is read, or it did not, and is sent again. Should the server still be at work
 * on the old connection, the second waits for its lock and then finds the number taken.
 *
 * Leases go by the server's clock. While it is down nobody can be heard of: who has just
 * connected declares nobody dead before its connection is older than the lease. */
#include "delivery/store_pg.h"

#include "base/arena.h"
#include "base/diag.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

static_assert(DELIVERY_PENDING == 0 && DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2 &&
		      DELIVERY_AMBIGUOUS == 5 && DELIVERY_SUPPRESSED == 6,
	      "the SQL of this file has these numbers in it");

enum { BEATS_A_LEASE = 4, ARRAY_BYTES = 16 << 20 };

bool pg_told_dead(struct store_pg *q)
{
	diag_report(q->base.diags, DIAG_STORE_FENCED, (struct place){ 0 },
		    "not heard of for more than %d s (%.*s)", q->lease_s,
		    STR_ARG(q->base.publication->store));
	return false;
}

/* ---- being one ---- */

static int64_t now_ms(const struct store_pg *q)
{
	return q->base.world->monotonic_ms(q->base.world->context);
}

static bool enlist_once(struct store_pg *q)
{
	static const char sql[] =
		"INSERT INTO worker(name, lease_s)"
		" VALUES(coalesce(host(inet_client_addr()), 'local') || ' ' || $1::text, $2)"
		" RETURNING id";
	static const char old[] = "DELETE FROM worker WHERE dead"
				  " AND seen < clock_timestamp() - interval '7 days'";
	return pg_run(q, NULL, old, "") &&
	       pg_number(q, &q->worker, sql, "ii", (int64_t)getpid(), (int64_t)q->lease_s);
}

bool pg_enlist(struct store_pg *q)
{
	if (q->refused)
		return pg_told_dead(q);
	if (q->worker == 0 && enlist_once(q)) {
		q->beat_ms = now_ms(q);
		return pg_bound_stops(q) || pg_failed(q, NULL);
	}
	return q->worker != 0;
}

bool pg_lock_sender(struct store *s)
{
	return pg_enlist(store_pg_of(s));
}

bool pg_no_senders(struct store *s)
{
	struct store_state state;
	if (!pg_state(s, &state))
		return false;
	if (state.senders)
		diag_report(s->diags, DIAG_STORE_LOCKED, (struct place){ 0 }, "%.*s",
			    STR_ARG(s->publication->store));
	return state.senders == 0;
}

static const char fence_sql[] = "WITH w AS (UPDATE worker SET seen = clock_timestamp()"
				" WHERE id = $1 AND NOT dead RETURNING 1)"
				" SELECT 1 / count(*) FROM w";

bool pg_fence(struct store_pg *q)
{
	int64_t alive;
	if (pg_number(q, &alive, fence_sql, "i", q->worker))
		return true;
	return q->refused ? pg_told_dead(q) : false;
}

/* ---- those who died ---- */

/* $1: a sender whose rows are taken back although it lives, or 0. */
#define OF_THE_DEAD                                                                                \
	" AND (worker IS NULL OR worker = $1::bigint"                                              \
	"  OR NOT EXISTS(SELECT 1 FROM worker w WHERE w.id = delivery.worker AND NOT w.dead))"

static bool take_back(struct store_pg *q, int64_t living)
{
	static const char claimed[] =
		"UPDATE delivery SET state = 0, attempts = attempts - 1, worker = NULL"
		" WHERE state IN (1, 2) AND state = 1" OF_THE_DEAD;
	static const char held[] = "UPDATE delivery SET state = 5, at = $2, worker = NULL,"
				   " words = 'the sender died after the message was on its way'"
				   " WHERE state IN (1, 2) AND state = 2" OF_THE_DEAD;
	static const char resent[] = "UPDATE delivery SET state = 0, next_at = $2, worker = NULL"
				     " WHERE state IN (1, 2) AND state = 2" OF_THE_DEAD;
	static const char told[] =
		"INSERT INTO attempt(delivery_id, at, code, words, relay_id) SELECT id, $2::bigint,"
		" 0, 'the sender died after the message was on its way', relay_id FROM delivery"
		" WHERE state IN (1, 2) AND state = 2" OF_THE_DEAD;
	int64_t now = q->base.world->clock(q->base.world->context);
	return pg_run(q, NULL, claimed, "i", living) &&
	       (!q->resend || pg_run(q, NULL, told, "ii", living, now)) &&
	       pg_run(q, NULL, q->resend ? resent : held, "ii", living, now);
}

static bool declare_dead(struct store_pg *q)
{
	static const char sql[] =
		"UPDATE worker SET dead = true WHERE id IN (SELECT id FROM worker WHERE NOT dead"
		" AND id <> $1 AND seen < clock_timestamp() - make_interval(secs => lease_s)"
		" AND clock_timestamp() - make_interval(secs => lease_s) >"
		"  (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())"
		" FOR UPDATE SKIP LOCKED)";
	return pg_run(q, NULL, sql, "i", q->worker);
}

static bool recover_once(struct store_pg *q, int64_t living)
{
	/* Not under the writers' lock: an import must not keep a sender from living. */
	if (!pg_script(q, "BEGIN"))
		return false;
	if ((q->worker && !pg_fence(q)) || !declare_dead(q) || !take_back(q, living)) {
		pg_rollback(&q->base);
		return false;
	}
	q->depth = 1;
	return pg_commit(&q->base);
}

bool pg_recover(struct store *s, bool resend)
{
	struct store_pg *q = store_pg_of(s);
	bool ok;
	q->resend = resend;
	do
		ok = recover_once(q, q->worker);
	while (!ok && pg_persist(q));
	return ok;
}

static bool beat(struct store_pg *q)
{
	bool ok;
	q->beat_ms = now_ms(q);
	do
		ok = recover_once(q, 0);
	while (!ok && pg_persist(q));
	return ok;
}

bool pg_beat(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	if (q->worker == 0 || now_ms(q) - q->beat_ms < q->lease_s * 1000 / BEATS_A_LEASE)
		return true;
	return beat(q);
}

void pg_retire(struct store *s)
{
	struct store_pg *q = store_pg_of(s);
	if (q->worker && !q->refused && q->conn && q->pq.status(q->conn) == CONNECTION_OK &&
	    pg_script(q, "BEGIN")) {
		bool ok = pg_run(q, NULL, "UPDATE worker SET dead = true WHERE id = $1", "i",
				 q->worker) &&
			  take_back(q, 0);
		pg_clear(q, pg_exec(q, ok ? "COMMIT" : "ROLLBACK"));
	}
	/* Should it fail its lease will be over. */
	q->worker = 0;
	q->lost = q->gone = false;
}

/* ---- a turn ---- */

/* A turn as PostgreSQL takes it: a few arrays. */
struct arrays {
	struct buf intents, intent_relays;
	struct buf ids, states, codes, words, next, backs, mutes, relays;
	bool attempts; /* some of the marks settle nothing */
	struct buf hashes, people; /* of those who are to be suppressed */
};

static void arrays_init(struct arrays *x)
{
	x->attempts = false;
	struct buf *all[] = { &x->intents, &x->intent_relays, &x->relays, &x->ids,
			      &x->states,  &x->codes,         &x->words,  &x->next,
			      &x->backs,   &x->mutes,         &x->hashes, &x->people };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		buf_init(all[i], ARRAY_BYTES);
		buf_put_byte(all[i], '{');
	}
}

static void arrays_close(struct arrays *x)
{
	buf_release(&x->intents);
	buf_release(&x->ids);
	buf_release(&x->states);
	buf_release(&x->codes);
	buf_release(&x->words);
	buf_release(&x->next);
	buf_release(&x->backs);
	buf_release(&x->mutes);
	buf_release(&x->relays);
	buf_release(&x->intent_relays);
	buf_release(&x->hashes);
	buf_release(&x->people);
}

/* "{…" as the literal it becomes. */
static struct str literal(struct buf *b)
{
	if (!str_ends(buf_str(b), STR("}")))
		buf_put_byte(b, '}');
	return buf_str(b);
}

static void put_marks(struct arrays *x, const struct turn *t)
{
	for (size_t i = 0; i < t->intent_count; i++) {
		pg_put_item_int(&x->intents, t->intents[i]);
		pg_put_item_int(&x->intent_relays, t->intent_relays ? t->intent_relays[i] : 0);
	}
	for (size_t i = 0; i < t->mark_count; i++) {
		const struct mark *m = &t->marks[i];
		pg_put_item_int(&x->ids, m->id);
		pg_put_item_int(&x->states, m->state);
		pg_put_item_int(&x->codes, m->code);
		pg_put_item(&x->words, m->words);
		pg_put_item_int(&x->next, m->next_at);
		pg_put_item(&x->backs, m->give_back ? STR("t") : STR("f"));
		pg_put_item(&x->mutes, m->give_back && !m->words.len ? STR("t") : STR("f"));
		pg_put_item_int(&x->relays, m->relay);
		x->attempts |= m->state == DELIVERY_PENDING && m->words.len;
	}
}

/* The hashes of those who do not live at their address; rare. */
static bool put_suppressions(struct store_pg *q, struct arrays *x, const struct turn *t)
{
	static const char whose[] = "SELECT s.id, s.key FROM delivery d"
				    " JOIN subscriber s ON s.id = d.subscriber_id WHERE d.id = $1";
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[SUPPRESSION_BYTES];
	char hex[2 * SUPPRESSION_BYTES + 3] = "\\x";
	x->hashes.len = x->people.len = 1; /* those found before a loss are found again */
	for (size_t i = 0; i < t->mark_count; i++) {
		if (!t->marks[i].suppress)
			continue;
		PGresult *r = pg_query(q, whose, "i", t->marks[i].id);
		if (!r)
			return false;
		/* else erased meanwhile */
		if (pg_rows(q, r) && suppression_hash(&q->base, pg_text(q, r, 0, 1), hash)) {
			for (size_t j = 0; j < SUPPRESSION_BYTES; j++) {
				hex[2 + 2 * j] = digits[hash[j] >> 4];
				hex[3 + 2 * j] = digits[hash[j] & 15];
			}
			pg_put_item(&x->hashes, str_from(hex));
			pg_put_item_int(&x->people, pg_int(q, r, 0, 0));
		}
		pg_clear(q, r);
	}
	return true;
}

static const char turn_begin[] = "BEGIN", turn_commit[] = "COMMIT";
static const char turn_fence[] =
	"WITH w AS (UPDATE worker SET seen = clock_timestamp(), turn = $2"
	" WHERE id = $1 AND NOT dead AND turn < $2 RETURNING 1) SELECT 1 / count(*) FROM w";
/* What is given back without a word leaves the words of the attempt before. Of who was erased
 * meanwhile no words are kept: they often repeat the address. */
static const char turn_marks[] =
	"UPDATE delivery d SET state = m.state, next_at = m.next_at,"
	" attempts = d.attempts - m.back::int, code = CASE WHEN m.mute THEN d.code ELSE m.code END,"
	" words = CASE WHEN m.mute THEN d.words WHEN d.subscriber_id IS NULL THEN ''"
	"  ELSE m.words END,"
	" at = CASE WHEN m.mute THEN d.at ELSE $10 END,"
	" relay_id = CASE WHEN m.mute THEN d.relay_id"
	"  ELSE coalesce(nullif(m.relay, 0), d.relay_id) END"
	" FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],"
	"  $7::boolean[], $8::boolean[], $9::bigint[])"
	"  AS m(id, state, code, words, next_at, back, mute, relay)"
	" WHERE d.id = m.id AND d.worker = $1 AND d.state IN (1, 2)";
/* Before the marks: what settled nothing is kept. Locked, so that whom others erase just now
 * are waited for. */
static const char turn_attempts[] =
	"INSERT INTO attempt(delivery_id, at, code, words, relay_id)"
	" SELECT d.id, $7::bigint, m.code,"
	"  CASE WHEN d.subscriber_id IS NULL THEN '' ELSE m.words END, nullif(m.relay, 0)"
	" FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])"
	"  AS m(id, state, code, words, relay) JOIN delivery d ON d.id = m.id"
	" WHERE d.worker = $1 AND d.state IN (1, 2) AND m.state = 0 AND m.words <> ''"
	" FOR NO KEY UPDATE OF d";
static const char turn_intents[] = "UPDATE delivery d SET state = 2, relay_id = nullif(i.relay, 0)"
				   " FROM unnest($2::bigint[], $3::bigint[]) AS i(id, relay)"
				   " WHERE d.id = i.id AND d.worker = $1 AND d.state = 1";
static const char turn_hashes[] =
	"INSERT INTO suppression(hash, reason, at)"
	" SELECT h, $2::bigint, $3::bigint FROM unnest($1::bytea[]) h ON CONFLICT DO NOTHING";
static const char turn_people[] =
	"UPDATE subscriber SET state = 3, updated_at = $2"
	" WHERE id = ANY($1::bigint[]) AND state IN (0, 4)"; /* also who paused */
/* Who is no longer active is suppressed instead of claimed. */
static const char turn_claims[] =
	"WITH due AS (SELECT d.id, d.subscriber_id FROM delivery d"
	"  WHERE d.issue_id = $2 AND d.state = 0 AND d.next_at <= $3"
	"  AND ($5::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
	"   WHERE r.subscriber_id = d.subscriber_id AND r.fold = $5))"
	"  ORDER BY d.next_at, d.id LIMIT $4 FOR UPDATE OF d SKIP LOCKED),"
	" taken AS (UPDATE delivery d SET state = CASE WHEN s.state = 0 THEN 1 ELSE 6 END,"
	"  attempts = d.attempts + 1, at = $3, worker = $1, turn = $6,"
	"  first_at = CASE d.first_at WHEN 0 THEN $3 ELSE d.first_at END"
	"  FROM due LEFT JOIN subscriber s ON s.id = due.subscriber_id WHERE d.id = due.id"
	"  RETURNING d.id, d.token, d.segment_id, d.attempts, d.first_at, d.state, d.next_at,"
	"   s.address, s.key, s.name, s.regions, s.token AS subscriber_token)"
	" SELECT t.id, t.token, g.language, g.region, t.address, t.key, t.name, t.regions,"
	" t.subscriber_token, t.attempts, t.first_at, t.state"
	" FROM taken t JOIN segment g ON g.id = t.segment_id ORDER BY t.next_at, t.id";
/* The same rows of a turn that happened, whose answer was lost. */
static const char turn_claimed[] =
	"SELECT d.id, d.token, g.language, g.region, s.address, s.key, s.name, s.regions,"
	" s.token, d.attempts, d.first_at, 1 FROM delivery d"
	" JOIN segment g ON g.id = d.segment_id JOIN subscriber s ON s.id = d.subscriber_id"
	" WHERE d.state IN (1, 2) AND d.state = 1 AND d.worker = $1 AND d.turn = $2 ORDER BY d.id";

static bool prepare_turn(struct store_pg *q)
{
	static const char *const all[] = { turn_begin,   turn_fence,  turn_attempts,
					   turn_marks,   turn_hashes, turn_people,
					   turn_intents, turn_claims, turn_commit };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!pg_prepare(q, all[i]))
			return false;
	return true;
}

/* Reads the answers to count statements; the one before the last, which is COMMIT, is
 * handed out when claims is not NULL. */
static bool read_answers(struct store_pg *q, int count, PGresult **claims)
{
	bool ok = q->pq.pipelineSync(q->conn) == 1 || pg_failed(q, NULL);
	for (int i = 0; i < count; i++) {
		PGresult *r = pg_next_result(q);
		ok = ok && pg_succeeded(q, r);
		if (ok && i == count - 1 && strcmp(q->pq.cmdStatus(r), "COMMIT") != 0)
			ok = pg_failed(q, r);
		if (claims && i == count - 2)
			*claims = r;
		else
			pg_clear(q, r);
		if (r)
			pg_clear(q, pg_next_result(q)); /* NULL: the end of this one */
	}
	pg_clear(q, pg_next_result(q)); /* the sync */
	q->pq.exitPipelineMode(q->conn);
	return ok;
}

static bool send_turn(struct store_pg *q, struct turn *t, struct arrays *x, PGresult **claims)
{
	int n = 2;
	if (!prepare_turn(q))
		return false;
	if (!q->pq.enterPipelineMode(q->conn))
		return pg_failed(q, NULL);
	bool ok = pg_send(q, turn_begin, "") && pg_send(q, turn_fence, "ii", q->worker, q->turn);
	if (ok && x->attempts)
		ok = ++n && pg_send(q, turn_attempts, "isssssi", q->worker, literal(&x->ids),
				    literal(&x->states), literal(&x->codes), literal(&x->words),
				    literal(&x->relays), t->now);
	if (ok && t->mark_count)
		ok = ++n && pg_send(q, turn_marks, "issssssssi", q->worker, literal(&x->ids),
				    literal(&x->states), literal(&x->codes), literal(&x->words),
				    literal(&x->next), literal(&x->backs), literal(&x->mutes),
				    literal(&x->relays), t->now);
	if (ok && x->people.len > 1)
		ok = (n += 2) &&
		     pg_send(q, turn_hashes, "sii", literal(&x->hashes),
			     (int64_t)SUPPRESSED_BY_SERVER, t->now) &&
		     pg_send(q, turn_people, "si", literal(&x->people), t->now);
	if (ok && t->intent_count)
		ok = ++n && pg_send(q, turn_intents, "iss", q->worker, literal(&x->intents),
				    literal(&x->intent_relays));
	if (ok && t->want)
		ok = ++n && pg_send(q, turn_claims, "iiiiti", q->worker, t->issue, t->now,
				    (int64_t)t->want, t->region, q->turn);
	ok = ok && ++n && pg_send(q, turn_commit, "");
	if (!ok)
		pg_failed(q, NULL);
	return read_answers(q, n, ok && t->want ? claims : NULL) && ok;
}

/* Whether the turn happened: 1 or 0; -1 when that cannot be told (marked as lost) or
 * this sender is dead (told). */
static int turn_happened(struct store_pg *q)
{
	static const char sql[] = "SELECT turn FROM worker WHERE id = $1 AND NOT dead";
	PGresult *r = pg_query(q, sql, "i", q->worker);
	if (!r)
		return -1;
	int happened = pg_rows(q, r) == 0 ? -1 : pg_int(q, r, 0, 0) >= q->turn;
	pg_clear(q, r);
	if (happened < 0) {
		q->refused = true;
		pg_told_dead(q);
	}
	return happened;
}

static bool claims_of_turn(struct store_pg *q, PGresult **claims)
{
	*claims = pg_query(q, turn_claimed, "ii", q->worker, q->turn);
	return *claims != NULL;
}

/* Sends the turn until it is known to have happened, once. */
static bool turn_once(struct store_pg *q, struct turn *t, struct arrays *x, PGresult **claims)
{
	int happened = 0;
	q->turn++;
	while (happened ? !claims_of_turn(q, claims)
			: !put_suppressions(q, x, t) || !send_turn(q, t, x, claims)) {
		pg_clear(q, *claims);
		*claims = NULL;
		pg_rollback(&q->base);
		/* A fence that refused means one of two things; who looks knows which. */
		if (!q->refused && !pg_persist(q))
			return false;
		q->refused = false;
		while ((happened = turn_happened(q)) < 0)
			if (q->refused || !pg_persist(q))
				return false;
	}
	return true;
}

static void hand_out(struct store_pg *q, struct turn *t, const PGresult *r)
{
	for (int i = 0; i < pg_rows(q, r); i++) {
		if (pg_int(q, r, i, 11) != DELIVERY_CLAIMED) {
			t->suppressed_count++;
			continue;
		}
		struct claim c = {
			.id = pg_int(q, r, i, 0),
			.token = pg_text(q, r, i, 1),
			.segment_language = pg_text(q, r, i, 2),
			.segment_region = pg_text(q, r, i, 3),
			.address = pg_text(q, r, i, 4),
			.key = pg_text(q, r, i, 5),
			.name = pg_text(q, r, i, 6),
			.regions = pg_text(q, r, i, 7),
			.subscriber_token = pg_text(q, r, i, 8),
			.attempts = (int)pg_int(q, r, i, 9),
			.first_at = pg_int(q, r, i, 10),
		};
		t->claimed_count++;
		t->claimed(t->context, &c);
	}
}

bool pg_turn(struct store *s, struct turn *t)
{
	struct store_pg *q = store_pg_of(s);
	PGresult *claims = NULL;
	t->claimed_count = t->suppressed_count = 0;
	assert(q->depth == 0);
	int64_t begun_ms = now_ms(q);
	if (!pg_enlist(q))
		return false;
	struct arrays x;
	arrays_init(&x);
	put_marks(&x, t);
	bool ok = turn_once(q, t, &x, &claims);
	arrays_close(&x);
	if (!ok)
		return false;
	q->losses = 0;
	if (claims)
		hand_out(q, t, claims);
	pg_clear(q, claims);
	/* Stopped between the commit and here: dots may leave only if this one still lives. */
	return now_ms(q) - begun_ms < q->lease_s * 1000 / 2 || beat(q);
}
