/* Ambiguous deliveries are settled: by what the relay's log says of their Message-IDs, or by
 * a person's decision.
 *
 * A Message-ID in a log is not enough: Postfix writes it down when it has read the header,
 * long before the final dot. Only what went into the queue was taken. */
#include "delivery/campaign.h"

#include "base/arena.h"
#include "base/map.h"

#include <string.h>

/* What is kept of a line of the log, to be shown as the reason. */
enum { LINE_SHOWN = 160 };

struct relay_log {
	struct arena *arena;
	struct map *taken; /* Message-ID with brackets to the line that says so */
	struct map *reading; /* Postfix's queue id to the Message-ID of what it reads */
};

static void put_taken(struct relay_log *l, struct str id, struct str line)
{
	struct str *kept = NEW(l->arena, struct str);
	*kept = str_copy(l->arena, str_sub(line, 0, LINE_SHOWN));
	map_put(l->taken, id, kept);
}

/* The word that ends before `end` in line. */
static struct str word_before(struct str line, size_t end)
{
	size_t start = end;
	while (start > 0 && line.ptr[start - 1] != ' ')
		start--;
	return str_sub(line, start, end - start);
}

/* "… postfix/cleanup[7]: 4F1A2: message-id=<…>", then "… 4F1A2: from=<…>, size=… (queue
 * active)". */
static bool take_postfix(struct relay_log *l, struct str line)
{
	size_t id = str_find(line, STR(": message-id=<"), 0);
	if (id < line.len) {
		size_t start = id + strlen(": message-id="), end = str_find(line, STR(">"), start);
		struct str *kept = NEW(l->arena, struct str);
		if (end < line.len) {
			*kept = str_copy(l->arena, str_sub(line, start, end + 1 - start));
			map_put(l->reading, word_before(line, id), kept);
		}
		return true;
	}
	size_t from = str_find(line, STR(": from=<"), 0);
	if (from == line.len || str_find(line, STR("queue active"), from) == line.len)
		return false;
	const struct str *kept = map_find(l->reading, word_before(line, from));
	if (kept)
		put_taken(l, *kept, line);
	return true;
}

/* "… 1abcDE-000123-45 <= sender@… … id=ID …" (Exim) */
static bool take_exim(struct relay_log *l, struct str line)
{
	size_t arrow = str_find(line, STR(" <= "), 0), id = str_find(line, STR(" id="), arrow);
	if (arrow == line.len || id == line.len)
		return false;
	size_t start = id + 4, end = str_find(line, STR(" "), start);
	put_taken(l, str_format(l->arena, "<%.*s>", STR_ARG(str_sub(line, start, end - start))),
		  line);
	return true;
}

static void read_log(struct relay_log *l, struct str log)
{
	struct str line;
	while (str_cut(&log, '\n', &line)) {
		line = str_trim(line);
		if (take_postfix(l, line) || take_exim(l, line) || line.len == 0 ||
		    str_find(line, STR(" "), 0) < line.len)
			continue;
		/* A list of Message-IDs, with their brackets or without. */
		if (line.ptr[0] == '<')
			put_taken(l, line, line);
		else if (str_find(line, STR("@"), 0) < line.len)
			put_taken(l, str_format(l->arena, "<%.*s>", STR_ARG(line)), line);
	}
}

struct held {
	int64_t id;
	struct str message_id;
};

struct collecting {
	struct arena *arena;
	const struct resolve_options *options;
	struct held *held;
	size_t count, capacity;
	bool *met; /* by address of the options: it has one */
};

static bool collect(void *context, const struct delivery *d)
{
	struct collecting *c = context;
	bool wanted = c->options->address_count == 0;
	for (size_t i = 0; i < c->options->address_count; i++) {
		bool is_it = str_equal_nocase(d->address, c->options->addresses[i]);
		c->met[i] |= is_it;
		wanted |= is_it;
	}
	if (wanted)
		PUSH(c->arena, c->held, c->count, c->capacity,
		     ((struct held){ d->id, str_copy(c->arena, d->message_id) }));
	return true;
}

static bool settle(struct store *s, const struct held *h, const struct relay_log *l,
		   enum resolve_decision others, struct resolve_result *result)
{
	static const struct {
		enum delivery_state state;
		struct str words;
	} decisions[] = {
		[RESOLVE_SENT] = { DELIVERY_SENT, STR_INIT("a person decided: it arrived") },
		[RESOLVE_FAILED] = { DELIVERY_FAILED, STR_INIT("a person decided: it is lost") },
		[RESOLVE_AGAIN] = { DELIVERY_PENDING, STR_INIT("a person decided: again") },
	};
	const struct str *line = map_find(l->taken, h->message_id);
	if (line) {
		result->found++;
		return s->ops->settle(s, h->id, DELIVERY_SENT,
				      str_format(l->arena, "the relay's log: %.*s",
						 STR_ARG(*line)));
	}
	if (others == RESOLVE_HOLD) {
		result->held++;
		return true;
	}
	result->decided++;
	return s->ops->settle(s, h->id, decisions[others].state, decisions[others].words);
}

/* A misspelled address would look settled. */
static bool all_are_met(struct store *s, const struct collecting *c)
{
	bool all = true;
	for (size_t i = 0; i < c->options->address_count; i++) {
		if (!c->met[i])
			diag_report(s->diags, DIAG_NOT_AMBIGUOUS, (struct place){ 0 }, "%.*s",
				    STR_ARG(c->options->addresses[i]));
		all &= c->met[i];
	}
	return all;
}

bool delivery_resolve(struct store *s, struct str issue, const struct resolve_options *o,
		      struct resolve_result *result)
{
	struct arena *a = arena_open();
	struct relay_log log = { a, map_new(a), map_new(a) };
	struct collecting c = { .arena = a, .options = o };
	struct delivery_filter f = { .issue = issue, .states = 1 << DELIVERY_AMBIGUOUS };
	*result = (struct resolve_result){ 0 };
	read_log(&log, o->log);
	bool ok = s->ops->no_senders(s) && ledger_recover(s, &send_defaults, false);
	if (s->ops->retire)
		s->ops->retire(s);
	c.met = NEW_ARRAY(a, bool, o->address_count);
	ok = ok && delivery_each(s, &f, collect, &c) && all_are_met(s, &c);
	if (ok && s->ops->begin(s)) {
		for (size_t i = 0; ok && i < c.count; i++)
			ok = settle(s, &c.held[i], &log, o->others, result);
		if (ok)
			ok = s->ops->commit(s);
		else
			s->ops->rollback(s);
	} else {
		ok = false;
	}
	arena_close(a);
	return ok;
}
