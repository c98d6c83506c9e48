/* A store as a whole: what it holds, and a copy of it in another, of either kind.
 *
 * A copy is one transaction. Before it is committed all rows are read back, and a
 * digest over every cell of both sides has to be the same. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"

#include <assert.h>
#include <openssl/evp.h>
#include <string.h>

static_assert(DELIVERY_CLAIMED == 1 && DELIVERY_INTENT == 2,
	      "the SQL of this file has these numbers in it");

enum { DIGEST_BYTES = 32 }; /* SHA-256 */

const struct store_table store_tables[] = {
	{ "secret", "name, value", "sb", 1, 1, NULL },
	{ "subscriber",
	  "id, key, domain, address, name, language, regions, consent_at, consent_source, token,"
	  " state, created_at, updated_at",
	  "isssssssssiii", 1, 1, "subscribers" },
	{ "subscriber_region", "subscriber_id, fold", "is", 2, 1, NULL },
	{ "suppression", "hash, reason, at", "bii", 1, 1, "suppressions" },
	{ "issue", "id, name, first_at, paused, words", "isiis", 1, 1, "issues" },
	{ "audience", "issue_id, region, frozen_at", "isi", 2, 1, NULL },
	{ "segment", "id, issue_id, language, region, domain", "iisss", 1, 1, NULL },
	{ "delivery",
	  "id, issue_id, subscriber_id, segment_id, token, state, attempts, next_at, first_at, at,"
	  " code, words, relay_id",
	  "iiiisiiiiiisi", 1, 1, "deliveries" },
	{ "token", "issue_id, token, delivery_id", "isi", 2, 2, NULL },
	{ "token_until", "delivery_id", "i", 1, 2, NULL },
	{ "bounce", "delivery_id, digest, kind, status, words, at, settled", "ibissii", 2, 2,
	  "bounces" },
	{ "folder", "name, validity, uid", "sii", 1, 2, NULL },
	{ "attempt", "rowid, delivery_id, at, code, words, relay_id", "iiiisi", 1, 3, NULL },
	{ "request",
	  "id, token, key, address, name, language, regions, version, asked_at, state, attempts,"
	  " next_at, first_at",
	  "isssssssiiiii", 1, 4, "requests" },
	{ "consent_text", "version, words", "ss", 1, 4, NULL },
	{ "relay", "id, name, issue_id, words", "isis", 1, 5, NULL },
	{ "consent", "id, subscriber_id, state, at, channel, version", "iiiiss", 1, 4, "consents" },
	{ 0 },
};

bool store_facts(struct store *s, struct arena *a, struct store_facts *facts)
{
	struct store_state state;
	size_t capacity = 0;
	*facts = (struct store_facts){ 0 };
	if (!s->ops->state(s, &state))
		return false;
	facts->version = state.version;
	facts->newest = state.newest;
	facts->bytes = state.bytes;
	facts->senders = state.senders;
	for (const struct store_table *t = store_tables; t->name; t++) {
		struct tally line = { str_from(t->meaning), 0 };
		if (!t->meaning || t->since > state.version)
			continue;
		if (!s->ops->table_count(s, t, &line.count))
			return false;
		PUSH(a, facts->tables, facts->table_count, capacity, line);
	}
	return true;
}

/* ---- copying ---- */

struct copy {
	struct store *from, *to;
	const struct store_table *table;
	EVP_MD_CTX *digest; /* of the rows so far */
	int64_t rows;
	bool failed;
	struct buf clean[STORE_COLUMNS];
};

static void count_row(struct copy *c, const struct str *cells)
{
	for (size_t i = 0; c->table->kinds[i]; i++) {
		char head[32];
		snprintf(head, sizeof head, "%s%zu:", cells[i].ptr ? "" : "-", cells[i].len);
		EVP_DigestUpdate(c->digest, head, strlen(head));
		EVP_DigestUpdate(c->digest, cells[i].ptr, cells[i].len);
	}
	c->rows++;
}

/* PostgreSQL keeps no bytes that are not UTF-8, as a server's words may have them. */
static struct str cleaned(struct buf *b, struct str text)
{
	if (!text.ptr ||
	    (utf8_invalid_at(text) == text.len && (!text.len || !memchr(text.ptr, 0, text.len))))
		return text;
	buf_clear(b);
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (c)
			utf8_put(b, c);
	}
	return buf_str(b);
}

static bool copy_row(void *context, const struct str *cells)
{
	struct copy *c = context;
	struct str row[STORE_COLUMNS];
	for (size_t i = 0; c->table->kinds[i]; i++)
		row[i] = c->table->kinds[i] == 's' ? cleaned(&c->clean[i], cells[i]) : cells[i];
	count_row(c, row);
	c->failed = !c->to->ops->table_put(c->to, c->table, row);
	return !c->failed;
}

static bool read_back(void *context, const struct str *cells)
{
	count_row(context, cells);
	return true;
}

static bool unlike(struct copy *c)
{
	diag_report(c->to->diags, DIAG_STORE_FAILED, (struct place){ 0 },
		    "the copy of %s is not like the original", c->table->name);
	return false;
}

static bool copy_table(struct copy *c)
{
	struct store *from = c->from, *to = c->to;
	unsigned char before[DIGEST_BYTES], after[DIGEST_BYTES];
	c->rows = 0;
	EVP_DigestInit_ex(c->digest, EVP_sha256(), NULL);
	if (!to->ops->table_clear(to, c->table) ||
	    !from->ops->table_each(from, c->table, copy_row, c) ||
	    !to->ops->table_end(to, c->table))
		return false;
	EVP_DigestFinal_ex(c->digest, before, NULL);
	int64_t rows = c->rows;
	c->rows = 0;
	EVP_DigestInit_ex(c->digest, EVP_sha256(), NULL);
	if (!to->ops->table_each(to, c->table, read_back, c))
		return false;
	EVP_DigestFinal_ex(c->digest, after, NULL);
	return (rows == c->rows && memcmp(before, after, sizeof before) == 0) || unlike(c);
}

/* Whether `to` may be filled, and `from` can be read. */
static bool may_copy(struct store *from, struct store *to, struct arena *a)
{
	struct store_facts old, new;
	const char *problem = NULL;
	if (!store_facts(from, a, &old) || !store_facts(to, a, &new))
		return false;
	int64_t there = 0;
	for (size_t i = 0; i < new.table_count; i++)
		there += new.tables[i].count;
	if (old.version == 0)
		problem = "nothing is there to be copied";
	else if (old.version != new.version)
		problem = "is of an older version: glos store migrate";
	struct str which = from->publication->store;
	if (!problem && there) {
		problem = "is not empty";
		which = to->publication->store;
	}
	if (problem)
		diag_report(from->diags, DIAG_STORE_SETTING, (struct place){ 0 }, "%.*s %s",
			    STR_ARG(which), problem);
	else if (old.senders)
		diag_report(from->diags, DIAG_STORE_LOCKED, (struct place){ 0 }, "%.*s",
			    STR_ARG(which));
	return !problem && !old.senders;
}

/* The file of dots of a sender that was killed is of this ledger alone and would say nothing of
 * the copy, so it is asked before, as the next sender would. Where nothing was in
 * anybody's hands the original is not written to. */
static bool settle_left(struct store *from)
{
	int64_t rows;
	if (!from->ops->plain(from, "SELECT count(*) FROM delivery WHERE state IN (1, 2)", &rows))
		return false;
	if (rows == 0)
		return true;
	struct store *s = store_open(from->publication, STORE_WRITE, from->world, from->diags);
	bool ok = s && s->ops->no_senders(s) && ledger_recover(s, &send_defaults, false);
	if (s && s->ops->retire)
		s->ops->retire(s);
	store_close(s);
	return ok;
}

static bool copy_tables(struct copy *c, int64_t *rows)
{
	for (c->table = store_tables; c->table->name; c->table++) {
		if (!copy_table(c))
			return false;
		*rows += c->rows;
	}
	return true;
}

bool store_copy(struct store *from, struct store *to, int64_t *rows)
{
	struct copy c = { .from = from, .to = to, .digest = EVP_MD_CTX_new() };
	struct arena *a = arena_open();
	*rows = 0;
	for (size_t i = 0; i < STORE_COLUMNS; i++)
		buf_init(&c.clean[i], 64 << 20);
	bool ok = may_copy(from, to, a) && settle_left(from) && from->ops->snapshot(from) &&
		  to->ops->begin(to);
	/* Again, as of the instant that is copied, and when nobody else can write any more: a
	 * sender may have begun, somebody been put where it is to go. */
	if (ok && !(may_copy(from, to, a) && copy_tables(&c, rows))) {
		to->ops->rollback(to);
		ok = false;
	}
	ok = ok && to->ops->commit(to);
	from->ops->rollback(from);
	for (size_t i = 0; i < STORE_COLUMNS; i++)
		buf_release(&c.clean[i]);
	EVP_MD_CTX_free(c.digest);
	arena_close(a);
	return ok;
}
