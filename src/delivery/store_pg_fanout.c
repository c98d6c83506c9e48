/* The audience of an issue becomes rows of the PostgreSQL ledger.
 *
 * A million rows by INSERT … SELECT take the server 12 s of its processor: a third is for tokens,
 * which SQL makes slowly, a third for putting rows one by one. So who gets what is read by
 * a cursor, tokens and numbers are made here, and the rows go back by COPY, which puts
 * many at once. All of it is within the one transaction that freezes the audience. */
#include "delivery/store_pg.h"

enum { PORTION_BYTES = 8 << 20 };

/* The segment for each subscriber who is not in yet: the language first, then a region of
 * theirs, in order of the messages. $1 the issue, $2 a region or NULL. */
#define TAG "lower(split_part(language, '-', 1)) AS tag"
static const char who[] =
	/* The best segment for everyone is chosen once for each language, those of a region
	 * only for who is of one; a million people are then joined, not asked one by one. */
	"DECLARE fan_out CURSOR FOR"
	" WITH g AS (SELECT id, region, " TAG " FROM segment WHERE issue_id = $1::bigint),"
	" l AS (SELECT language, " TAG "  FROM (SELECT DISTINCT language FROM subscriber) d),"
	" usual AS (SELECT DISTINCT ON (l.language) l.language, g.id,"
	"   g.tag <> l.tag AS misses FROM l, g WHERE g.region = ''"
	"  ORDER BY l.language, g.tag <> l.tag, g.id),"
	" regional AS (SELECT DISTINCT ON (r.subscriber_id) r.subscriber_id, g.id,"
	"   g.tag <> l.tag AS misses FROM g JOIN subscriber_region r ON r.fold = g.region"
	"   JOIN subscriber s ON s.id = r.subscriber_id JOIN l ON l.language = s.language"
	"  WHERE g.region <> '' ORDER BY r.subscriber_id, g.tag <> l.tag, g.id)"
	" SELECT s.id, CASE WHEN n.id IS NULL OR n.misses > u.misses"
	"   THEN u.id ELSE n.id END FROM subscriber s"
	"  LEFT JOIN usual u ON u.language = s.language"
	"  LEFT JOIN regional n ON n.subscriber_id = s.id WHERE s.state = 0"
	"  AND ($2::text IS NULL OR EXISTS(SELECT 1 FROM subscriber_region r"
	"   WHERE r.subscriber_id = s.id AND r.fold = $2))"
	"  AND NOT EXISTS(SELECT 1 FROM delivery d"
	"   WHERE d.issue_id = $1 AND d.subscriber_id = s.id)"
	" ORDER BY s.id";
#undef TAG

struct fan_out {
	struct store_pg *store;
	int64_t issue, now, next; /* number of the next row */
	struct token_source tokens;
	struct buf rows;
};

static bool put_row(struct fan_out *f, struct str subscriber, struct str segment)
{
	char token[TOKEN_CHARS + 1];
	if (!token_take(&f->tokens, token)) {
		pg_tell(f->store, STR("the system has no randomness"));
		return false;
	}
	buf_put_int(&f->rows, f->next++);
	buf_put_byte(&f->rows, '\t');
	buf_put_int(&f->rows, f->issue);
	buf_put_byte(&f->rows, '\t');
	buf_put(&f->rows, subscriber);
	buf_put_byte(&f->rows, '\t');
	buf_put(&f->rows, segment);
	buf_put_byte(&f->rows, '\t');
	buf_put_c(&f->rows, token);
	buf_put_c(&f->rows, "\t0\t");
	buf_put_int(&f->rows, f->now);
	buf_put_byte(&f->rows, '\n');
	return true;
}

/* The rows of a portion of subscribers. */
static bool put_portion(struct fan_out *f, const PGresult *people)
{
	static const char copy[] = "COPY delivery(id, issue_id, subscriber_id, segment_id, token,"
				   " state, at) FROM STDIN";
	struct store_pg *q = f->store;
	int rows = pg_rows(q, people);
	buf_clear(&f->rows);
	for (int i = 0; i < rows; i++)
		if (!put_row(f, pg_text(q, people, i, 0), pg_text(q, people, i, 1)))
			return false;
	if (!pg_script(q, copy))
		return false;
	bool ok = (pg_copy_put(q, buf_str(&f->rows)) && pg_copy_end(q)) || pg_failed(q, NULL);
	PGresult *r;
	while ((r = pg_next_result(q))) {
		ok = ok && pg_succeeded(q, r);
		pg_clear(q, r);
	}
	return ok && q->conn;
}

static bool put_all(struct fan_out *f, struct str region)
{
	struct store_pg *q = f->store;
	bool ok = pg_script_bound(q, who, "it", f->issue, region), more = ok;
	while (ok && more) {
		PGresult *people = pg_exec(q, "FETCH 20000 FROM fan_out");
		ok = pg_succeeded(q, people);
		more = ok && pg_rows(q, people) > 0;
		ok = ok && (!more || put_portion(f, people));
		pg_clear(q, people);
	}
	return ok && pg_script(q, "CLOSE fan_out");
}

bool pg_fan_out(struct store_pg *q, int64_t issue, struct str region, int64_t now, int64_t *added)
{
	/* Numbers are taken in one piece: all this is under the writers' lock. */
	static const char first[] = "SELECT nextval(pg_get_serial_sequence('delivery', 'id'))";
	static const char last[] = "SELECT setval(pg_get_serial_sequence('delivery', 'id'), $1)";
	struct fan_out f = { .store = q, .issue = issue, .now = now };
	int64_t begun, ended;
	f.tokens.world = q->base.world;
	/* Statistics of tables just filled may be missing: a plan that walks one of them for
	 * each row of another would take hours. To compile it costs more than it saves. */
	if (!pg_script(q, "SET LOCAL enable_nestloop = off; SET LOCAL jit = off;"
			  "SET LOCAL work_mem = '64MB'; SET LOCAL cursor_tuple_fraction = 1") ||
	    !pg_number(q, &begun, first, ""))
		return false;
	f.next = begun;
	buf_init(&f.rows, PORTION_BYTES);
	bool ok = put_all(&f, region);
	buf_release(&f.rows);
	*added = f.next - begun;
	return ok && pg_number(q, &ended, last, "i", f.next) &&
	       pg_script(q, "SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL jit TO DEFAULT;"
			    "SET LOCAL work_mem TO DEFAULT;"
			    "SET LOCAL cursor_tuple_fraction TO DEFAULT");
}
