#include "delivery/store.h"

#include "base/arena.h"
#include "base/file.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { TOKEN_BYTES = 16 };

struct store *store_open(const struct publication *p, enum store_access access,
			 const struct world *w, struct diags *d)
{
	return store_open_within(p, access, 0, w, d);
}

struct store *store_open_within(const struct publication *p, enum store_access access,
				int patience_ms, const struct world *w, struct diags *d)
{
	struct str scheme = STR("sqlite:");
	if (!p->store.len) /* told when glos.yaml was read */
		return NULL;
	if (str_starts(p->store, STR("postgresql://")) || str_starts(p->store, STR("postgres://")))
		return store_pg_open(p, access, patience_ms, w, d);
	if (!str_starts(p->store, scheme)) {
		diag_report_hint(d, DIAG_STORE_UNKNOWN, (struct place){ STR("glos.yaml"), 0, 0 },
				 STR("store: sqlite:var/glos.db"), "%.*s", STR_ARG(p->store));
		return NULL;
	}
	struct arena *a = arena_open();
	char *path = path_join(a, p->root, str_sub(p->store, scheme.len, p->store.len));
	struct store *s = store_sqlite_open(p, path, access, patience_ms, w, d);
	arena_close(a);
	return s;
}

void store_close(struct store *s)
{
	if (s)
		s->ops->close(s);
}

static void spell_token(const unsigned char random[TOKEN_BYTES], char token[TOKEN_CHARS + 1])
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567"; /* RFC 4648, 6 */
	unsigned bits = 0, held = 0;
	size_t at = 0;
	for (size_t i = 0; i < TOKEN_BYTES; i++) {
		bits = bits << 8 | random[i];
		for (held += 8; held >= 5; held -= 5)
			token[at++] = digits[bits >> (held - 5) & 31];
		bits &= (1U << held) - 1;
	}
	token[at++] = digits[bits << (5 - held) & 31];
	token[at] = '\0';
}

bool token_make(const struct world *w, char token[TOKEN_CHARS + 1])
{
	unsigned char random[TOKEN_BYTES];
	if (!w->random(w->context, random, sizeof random))
		return false;
	spell_token(random, token);
	return true;
}

bool token_take(struct token_source *t, char token[TOKEN_CHARS + 1])
{
	if (t->left < TOKEN_BYTES) {
		if (!t->world->random(t->world->context, t->bytes, sizeof t->bytes))
			return false;
		t->left = sizeof t->bytes;
	}
	t->left -= TOKEN_BYTES;
	spell_token(t->bytes + t->left, token);
	memset(t->bytes + t->left, 0, TOKEN_BYTES); /* nobody finds it here later */
	return true;
}

struct subscriber subscriber_copy(struct arena *a, struct subscriber s)
{
	s.address = str_copy(a, s.address);
	s.name = str_copy(a, s.name);
	s.language = str_copy(a, s.language);
	s.regions = str_copy(a, s.regions);
	s.consent_at = str_copy(a, s.consent_at);
	s.consent_source = str_copy(a, s.consent_source);
	s.token = str_copy(a, s.token);
	return s;
}

bool suppression_hash(const struct store *s, struct str key, unsigned char hash[SUPPRESSION_BYTES])
{
	unsigned len = 0;
	return HMAC(EVP_sha256(), s->secret, SECRET_BYTES, (const unsigned char *)key.ptr, key.len,
		    hash, &len) &&
	       len == SUPPRESSION_BYTES;
}

bool store_seal(const struct store *s, struct str text, unsigned char seal[SEAL_BYTES])
{
	/* Keys of addresses hold no NUL: no seal is ever a suppression hash. */
	struct buf sealed;
	buf_init(&sealed, 1 << 20);
	buf_put_byte(&sealed, '\0');
	buf_put(&sealed, text);
	bool ok = !sealed.overflowed && suppression_hash(s, buf_str(&sealed), seal);
	buf_release(&sealed);
	return ok;
}

/* ---- names of states ---- */

struct str subscriber_state_name(enum subscriber_state state)
{
	static const struct str names[] = {
		[SUBSCRIBER_ACTIVE] = STR_INIT("active"),
		[SUBSCRIBER_UNCONFIRMED] = STR_INIT("unconfirmed"),
		[SUBSCRIBER_UNSUBSCRIBED] = STR_INIT("unsubscribed"),
		[SUBSCRIBER_SUPPRESSED] = STR_INIT("suppressed"),
		[SUBSCRIBER_PAUSED] = STR_INIT("paused"),
	};
	return names[state];
}

struct str delivery_state_name(enum delivery_state state)
{
	static const struct str names[] = {
		[DELIVERY_PENDING] = STR_INIT("pending"),
		[DELIVERY_CLAIMED] = STR_INIT("claimed"),
		[DELIVERY_INTENT] = STR_INIT("sending"),
		[DELIVERY_SENT] = STR_INIT("sent"),
		[DELIVERY_FAILED] = STR_INIT("failed"),
		[DELIVERY_AMBIGUOUS] = STR_INIT("ambiguous"),
		[DELIVERY_SUPPRESSED] = STR_INIT("suppressed"),
		[DELIVERY_CANCELLED] = STR_INIT("cancelled"),
	};
	return names[state];
}

/* ---- readers of the ledger ---- */

bool delivery_each(struct store *s, const struct delivery_filter *f,
		   bool (*each)(void *context, const struct delivery *d), void *context)
{
	return s->ops->deliveries(s, f, each, context);
}

bool bounce_each(struct store *s, int64_t subscriber,
		 bool (*each)(void *context, const struct bounce *b), void *context)
{
	return s->ops->bounces(s, subscriber, each, context);
}

bool delivery_details(struct store *s, struct arena *a, struct str issue,
		      struct issue_details *details)
{
	return s->ops->details(s, a, issue, details) &&
	       s->ops->relays(s, a, issue, &details->relays, &details->relay_count);
}

bool delivery_attempts(struct store *s, struct arena *a, int64_t subscriber, struct attempt **list,
		       size_t *count)
{
	return s->ops->attempts(s, a, subscriber, list, count);
}

bool issue_set_control(struct store *s, struct str issue, enum issue_control control, int64_t *rows)
{
	return s->ops->control(s, issue, control, rows);
}

bool delivery_status(struct store *s, struct arena *a, struct str issue, struct issue_status **list,
		     size_t *count)
{
	return s->ops->status(s, a, issue, list, count);
}
