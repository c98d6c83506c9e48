/* All that is kept about one person, as one JSON object: what they may ask for
 * (GDPR, articles 15 and 20), and what `glos subscribers show --json` prints. */
#include "delivery/delivery.h"

#include "base/arena.h"
#include "base/json.h"

struct listing {
	struct buf *out;
	const struct attempt *attempts; /* that settled nothing, of all deliveries */
	size_t attempt_count;
};

/* A comma, but before the first of an object or a list. */
static void separate(struct buf *out)
{
	char last = out->len ? out->ptr[out->len - 1] : '[';
	if (last != '{' && last != '[')
		buf_put_byte(out, ',');
}

static void put_name(struct buf *out, const char *name)
{
	separate(out);
	buf_format(out, "\"%s\":", name);
}

static void put_text(struct buf *out, const char *name, struct str value)
{
	put_name(out, name);
	json_put(out, value);
}

static void put_number(struct buf *out, const char *name, int value)
{
	put_name(out, name);
	buf_format(out, "%d", value);
}

static void put_time(struct buf *out, const char *name, int64_t at)
{
	put_name(out, name);
	buf_put_byte(out, '"');
	time_put_rfc3339(out, at);
	buf_put_byte(out, '"');
}

static void open_list(struct buf *out, const char *name)
{
	put_name(out, name);
	buf_put_byte(out, '[');
}

static void open_item(struct buf *out)
{
	separate(out);
	buf_put_byte(out, '{');
}

static void put_attempts(const struct listing *l, const struct delivery *d)
{
	open_list(l->out, "history");
	for (size_t i = 0; i < l->attempt_count; i++) {
		const struct attempt *t = &l->attempts[i];
		if (t->delivery != d->id)
			continue;
		open_item(l->out);
		put_time(l->out, "at", t->at);
		put_number(l->out, "code", t->code);
		put_text(l->out, "words", t->words);
		put_text(l->out, "relay", t->relay);
		buf_put_byte(l->out, '}');
	}
	buf_put_byte(l->out, ']');
}

static bool put_delivery(void *context, const struct delivery *d)
{
	const struct listing *l = context;
	open_item(l->out);
	put_text(l->out, "issue", d->issue);
	put_text(l->out, "state", delivery_state_name(d->state));
	put_number(l->out, "attempts", d->attempts);
	put_time(l->out, "at", d->at);
	put_text(l->out, "message_id", d->message_id);
	put_text(l->out, "words", d->words);
	put_text(l->out, "relay", d->relay);
	put_attempts(l, d);
	buf_put_byte(l->out, '}');
	return true;
}

static bool put_bounce(void *context, const struct bounce *b)
{
	struct buf *out = context;
	open_item(out);
	put_text(out, "issue", b->issue);
	put_text(out, "kind", bounce_kind_name(b->kind));
	put_time(out, "at", b->at);
	put_text(out, "status", b->status);
	put_text(out, "words", b->words);
	buf_put_byte(out, '}');
	return true;
}

static bool put_consent(void *context, const struct consent *c)
{
	struct buf *out = context;
	open_item(out);
	put_text(out, "state", consent_state_name(c->state));
	put_time(out, "at", c->at);
	put_text(out, "channel", c->channel);
	put_text(out, "version", c->version);
	put_text(out, "words", c->words);
	buf_put_byte(out, '}');
	return true;
}

static bool put_deliveries(struct store *s, int64_t subscriber, struct buf *json)
{
	const struct delivery_filter f = { .subscriber_id = subscriber };
	struct listing l = { .out = json };
	struct attempt *attempts = NULL;
	struct arena *a = arena_open();
	open_list(json, "deliveries");
	bool ok = delivery_attempts(s, a, subscriber, &attempts, &l.attempt_count);
	l.attempts = attempts;
	ok = ok && delivery_each(s, &f, put_delivery, &l);
	buf_put_byte(json, ']');
	arena_close(a);
	return ok;
}

/* All but the closing brace. */
static void put_subscriber(const struct subscriber *who, struct buf *json)
{
	buf_put_byte(json, '{');
	put_text(json, "address", who->address);
	put_text(json, "name", who->name);
	put_text(json, "language", who->language);
	put_text(json, "region", who->regions);
	put_text(json, "consent_at", who->consent_at);
	put_text(json, "consent_source", who->consent_source);
	put_text(json, "state", subscriber_state_name(who->state));
	put_time(json, "since", who->created_at);
}

void roster_put_subscriber(const struct subscriber *who, struct buf *json)
{
	put_subscriber(who, json);
	buf_put_byte(json, '}');
}

bool roster_put_person(struct store *s, const struct subscriber *who, struct buf *json)
{
	put_subscriber(who, json);
	bool ok = put_deliveries(s, who->id, json);
	open_list(json, "bounces");
	ok = ok && bounce_each(s, who->id, put_bounce, json);
	buf_put_byte(json, ']');
	open_list(json, "consents");
	ok = ok && consent_each(s, who->id, put_consent, json);
	buf_put_c(json, "]}");
	return ok && !json->overflowed;
}
