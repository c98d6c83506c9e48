/* Reports for machines: of delivery (RFC 3464) and of complaints (RFC 5965). Their
 * fields are groups of header lines within a part, which no MIME parser reads. */
#include "delivery/bounce.h"

#include "base/arena.h"

enum { FIELD_BYTES = 4096 };

/* One group: of the message (the first) or of a recipient. */
struct group {
	struct str action, status, diagnostic, original, final;
};

/* ---- fields ---- */

/* The next field of *rest: a line with those that continue it, unfolded in out. False
 * at the end. An empty name is an empty line. */
static bool next_field(struct str *rest, struct buf *out, struct str *name, struct str *value)
{
	struct str line;
	buf_clear(out);
	if (!str_cut(rest, '\n', &line))
		return false;
	*name = *value = STR("");
	if (str_trim(line).len == 0)
		return true;
	buf_put(out, str_sub(str_trim(line), 0, FIELD_BYTES));
	while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t')) {
		struct str before = *rest;
		str_cut(rest, '\n', &line);
		if (str_trim(line).len == 0) {
			*rest = before; /* blanks alone end a group, too */
			break;
		}
		buf_put_byte(out, ' ');
		buf_put(out, str_sub(str_trim(line), 0, FIELD_BYTES));
	}
	struct str whole = buf_str(out);
	size_t colon = str_find(whole, STR(":"), 0);
	*name = str_trim(str_sub(whole, 0, colon));
	*value = colon < whole.len ? str_trim(str_sub(whole, colon + 1, whole.len)) : STR("");
	return true;
}

/* "rfc822; a@b" and "smtp; 550 …" without the type before them. */
static struct str untyped(struct str value)
{
	size_t at = str_find(value, STR(";"), 0);
	for (size_t i = 0; i < at && at < value.len; i++)
		if (value.ptr[i] == ' ' || value.ptr[i] == '@')
			return value; /* no type: the semicolon is a later one */
	return str_trim(at < value.len ? str_sub(value, at + 1, value.len) : value);
}

static void take_field(struct arena *a, struct group *g, struct str name, struct str value)
{
	struct {
		struct str name;
		struct str *to;
	} fields[] = {
		{ STR("Action"), &g->action },
		{ STR("Status"), &g->status },
		{ STR("Diagnostic-Code"), &g->diagnostic },
		{ STR("Original-Recipient"), &g->original },
		{ STR("Final-Recipient"), &g->final },
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_equal_nocase(name, fields[i].name) && fields[i].to->len == 0)
			*fields[i].to = str_copy(a, i < 2 ? value : untyped(value));
}

/* Groups that tell of a recipient. */
static size_t read_groups(struct arena *a, struct str text, struct group groups[BOUNCE_GROUPS])
{
	size_t count = 0;
	struct group now = { 0 };
	struct str name, value;
	struct buf field;
	buf_init(&field, 16 * FIELD_BYTES);
	bool more = true;
	while (more && count < BOUNCE_GROUPS) {
		more = next_field(&text, &field, &name, &value);
		if (!more || name.len == 0) {
			if (now.action.len || now.status.len)
				groups[count++] = now;
			now = (struct group){ 0 };
			continue;
		}
		take_field(a, &now, name, value);
	}
	buf_release(&field);
	return count;
}

/* ---- delivery ---- */

static enum bounce_kind group_kind(struct arena *a, const struct group *g, struct code *meant)
{
	/* "failed (mailbox unknown)": comments are allowed. */
	struct str action = str_trim(str_sub(g->action, 0, str_find(g->action, STR("("), 0)));
	*meant = code_parse(g->status);
	if (str_equal_nocase(action, STR("delayed")))
		return BOUNCE_DELAYED;
	if (str_equal_nocase(action, STR("delivered")) ||
	    str_equal_nocase(action, STR("relayed")) || str_equal_nocase(action, STR("expanded")) ||
	    (action.len == 0 && meant->class == 2))
		return BOUNCE_DELIVERED;
	return code_kind(a, g->status, g->diagnostic, meant);
}

/* The least that is said of any: an address that passes mail on to several is not
 * dead because one of those is. */
static int weight(enum bounce_kind k)
{
	static const enum bounce_kind order[] = { BOUNCE_DELIVERED, BOUNCE_DELAYED, BOUNCE_POLICY,
						  BOUNCE_SOFT, BOUNCE_HARD };
	for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
		if (order[i] == k)
			return i;
	return -1;
}

static bool is_for(const struct group *g, struct str address)
{
	return address.len &&
	       (str_equal_nocase(g->original, address) || str_equal_nocase(g->final, address));
}

static void put_reading(struct arena *a, const struct group *g, enum bounce_kind kind,
			const struct code *meant, struct reading *r)
{
	r->kind = kind;
	r->words = words_clean(a, g->diagnostic);
	r->status = meant->class ? str_format(a, "%d.%d.%d", meant->class, meant->subject,
					      meant->detail)
				 : STR("");
}

static const struct mail_part *find_part(const struct mail *m, size_t from, size_t to,
					 const struct str *types)
{
	for (size_t i = from; i < to; i++)
		for (const struct str *t = types; t->len; t++)
			if (!m->parts[i].is_message && str_equal(m->parts[i].type, *t))
				return &m->parts[i];
	return NULL;
}

bool bounce_read_report(struct arena *a, const struct mail *m, size_t from, size_t to,
			struct str address, struct reading *r)
{
	static const struct str types[] = { STR_INIT("message/delivery-status"),
					    STR_INIT("message/global-delivery-status"),
					    STR_INIT("") };
	const struct mail_part *part = find_part(m, from, to, types);
	struct group *groups = NEW_ARRAY(a, struct group, BOUNCE_GROUPS);
	size_t count = part ? read_groups(a, part->text, groups) : 0;
	bool ours = false;
	for (size_t i = 0; i < count; i++)
		ours |= is_for(&groups[i], address);
	int least = 1000;
	for (size_t i = 0; i < count; i++) {
		if (ours && !is_for(&groups[i], address))
			continue;
		struct code meant;
		enum bounce_kind kind = group_kind(a, &groups[i], &meant);
		/* What a report for machines leaves out stands in the one for people. */
		struct reading told = { .kind = kind };
		if (groups[i].diagnostic.len == 0 && meant.class >= 4 && kind != BOUNCE_DELAYED &&
		    bounce_read_text(a, m, from, to, address, &told)) {
			groups[i].diagnostic = told.words;
			kind = group_kind(a, &groups[i], &meant);
		}
		if (weight(kind) >= least)
			continue;
		least = weight(kind);
		put_reading(a, &groups[i], kind, &meant, r);
	}
	return least < 1000;
}

/* ---- complaints ---- */

bool bounce_read_feedback(struct arena *a, const struct mail *m, size_t from, size_t to,
			  struct reading *r)
{
	static const struct str types[] = { STR_INIT("message/feedback-report"), STR_INIT("") };
	/* RFC 5965, 7.3; "not-spam" is praise, "auth-failure" (RFC 6591) is about our DNS. */
	static const struct str complaints[] = { STR_INIT("abuse"), STR_INIT("fraud"),
						 STR_INIT("other"), STR_INIT("opt-out"),
						 STR_INIT("opt-out-list") };
	const struct mail_part *part = find_part(m, from, to, types);
	if (!part)
		return false;
	struct str text = part->text, name, value, type = STR("abuse"), agent = STR("");
	struct buf field;
	buf_init(&field, 16 * FIELD_BYTES);
	while (next_field(&text, &field, &name, &value)) {
		if (str_equal_nocase(name, STR("Feedback-Type")))
			type = str_copy(a, value);
		if (str_equal_nocase(name, STR("User-Agent")))
			agent = str_copy(a, value);
	}
	buf_release(&field);
	*r = (struct reading){ .kind = BOUNCE_OTHER };
	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
		if (str_equal_nocase(type, complaints[i]))
			r->kind = BOUNCE_COMPLAINT;
	r->words =
		words_clean(a, str_format(a, "feedback: %.*s %.*s", STR_ARG(type), STR_ARG(agent)));
	return true;
}
