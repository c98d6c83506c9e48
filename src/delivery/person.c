/* All that is kept about one person, as one JSON object: what they may ask for
 * (GDPR, articles 15 and 20), and what `glos subscribers show --json` prints. */
#include "delivery/delivery.h"

#include "base/arena.h"
#include "base/json.h"

struct listing {
	struct buf *out;
	const char *separator; /* before the next item */
	const struct attempt *attempts; /* that settled nothing, of all deliveries */
	size_t attempt_count;
};

static void put_text(struct buf *out, const char *name, struct str value)
{
	buf_format(out, "\"%s\":", name);
	json_put(out, value);
}

static void put_time(struct buf *out, const char *name, int64_t at)
{
	buf_format(out, "\"%s\":\"", name);
	time_put_rfc3339(out, at);
	buf_put_byte(out, '"');
}

static void begin_item(struct listing *l)
{
	buf_put_c(l->out, l->separator);
	l->separator = ",";
}

static void put_attempts(struct listing *l, const struct delivery *d)
{
	size_t put = 0;
	buf_put_c(l->out, ",\"history\":[");
	for (size_t i = 0; i < l->attempt_count; i++) {
		const struct attempt *t = &l->attempts[i];
		if (t->delivery != d->id)
			continue;
		buf_put_c(l->out, put++ ? ",{" : "{");
		put_time(l->out, "at", t->at);
		buf_format(l->out, ",\"code\":%d,", t->code);
		put_text(l->out, "words", t->words);
		buf_put_byte(l->out, '}');
	}
	buf_put_byte(l->out, ']');
}

static bool put_delivery(void *context, const struct delivery *d)
{
	struct listing *l = context;
	begin_item(l);
	buf_put_byte(l->out, '{');
	put_text(l->out, "issue", d->issue);
	buf_put_byte(l->out, ',');
	put_text(l->out, "state", delivery_state_name(d->state));
	buf_format(l->out, ",\"attempts\":%d,", d->attempts);
	put_time(l->out, "at", d->at);
	buf_put_byte(l->out, ',');
	put_text(l->out, "message_id", d->message_id);
	buf_put_byte(l->out, ',');
	put_text(l->out, "words", d->words);
	put_attempts(l, d);
	buf_put_byte(l->out, '}');
	return true;
}

static bool put_bounce(void *context, const struct bounce *b)
{
	struct listing *l = context;
	begin_item(l);
	buf_put_byte(l->out, '{');
	put_text(l->out, "issue", b->issue);
	buf_put_byte(l->out, ',');
	put_text(l->out, "kind", bounce_kind_name(b->kind));
	buf_put_byte(l->out, ',');
	put_time(l->out, "at", b->at);
	buf_put_byte(l->out, ',');
	put_text(l->out, "status", b->status);
	buf_put_byte(l->out, ',');
	put_text(l->out, "words", b->words);
	buf_put_byte(l->out, '}');
	return true;
}

static bool put_consent(void *context, const struct consent *c)
{
	struct listing *l = context;
	begin_item(l);
	buf_put_byte(l->out, '{');
	put_text(l->out, "state", consent_state_name(c->state));
	buf_put_byte(l->out, ',');
	put_time(l->out, "at", c->at);
	buf_put_byte(l->out, ',');
	put_text(l->out, "channel", c->channel);
	buf_put_byte(l->out, ',');
	put_text(l->out, "version", c->version);
	buf_put_byte(l->out, ',');
	put_text(l->out, "words", c->words);
	buf_put_byte(l->out, '}');
	return true;
}

bool roster_put_person(struct store *s, const struct subscriber *who, struct buf *json)
{
	const struct {
		const char *name;
		struct str value;
	} fields[] = {
		{ "address", who->address },
		{ "name", who->name },
		{ "language", who->language },
		{ "region", who->regions },
		{ "consent_at", who->consent_at },
		{ "consent_source", who->consent_source },
		{ "state", subscriber_state_name(who->state) },
	};
	buf_put_byte(json, '{');
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		put_text(json, fields[i].name, fields[i].value);
		buf_put_byte(json, ',');
	}
	put_time(json, "since", who->created_at);
	const struct delivery_filter f = { .subscriber_id = who->id };
	struct listing l = { .out = json, .separator = ",\"deliveries\":[" };
	struct arena *a = arena_open();
	struct attempt *attempts;
	bool ok = delivery_attempts(s, a, who->id, &attempts, &l.attempt_count);
	l.attempts = ok ? attempts : NULL;
	ok = ok && delivery_each(s, &f, put_delivery, &l);
	buf_put_c(json, l.separator[1] ? ",\"deliveries\":[]" : "]");
	l.separator = ",\"bounces\":[";
	ok = ok && bounce_each(s, who->id, put_bounce, &l);
	buf_put_c(json, l.separator[1] ? ",\"bounces\":[]" : "]");
	l.separator = ",\"consents\":[";
	ok = ok && consent_each(s, who->id, put_consent, &l);
	buf_put_c(json, l.separator[1] ? ",\"consents\":[]" : "]");
	buf_put_byte(json, '}');
	arena_close(a);
	return ok && !json->overflowed;
}
