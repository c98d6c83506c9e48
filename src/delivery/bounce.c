/* What kind of mail came back. */
#include "delivery/bounce.h"

#include "base/arena.h"
#include "delivery/address.h"
#include "model/mailbox.h"

enum { FORWARDED_MOST = 3 }; /* mails within mails that are looked at */

struct str bounce_kind_name(enum bounce_kind kind)
{
	static const struct str names[] = {
		[BOUNCE_HARD] = STR_INIT("hard"),
		[BOUNCE_SOFT] = STR_INIT("soft"),
		[BOUNCE_POLICY] = STR_INIT("policy"),
		[BOUNCE_DELAYED] = STR_INIT("delayed"),
		[BOUNCE_DELIVERED] = STR_INIT("delivered"),
		[BOUNCE_COMPLAINT] = STR_INIT("complaint"),
		[BOUNCE_REPLY] = STR_INIT("reply"),
		[BOUNCE_UNKNOWN] = STR_INIT("unknown"),
		[BOUNCE_OTHER] = STR_INIT("other"),
	};
	return names[kind];
}

/* Subjects of answers by machines in people's place, in lower case. */
static const struct str away[] = {
	STR_INIT("out of office"),
	STR_INIT("out of the office"),
	STR_INIT("automatic reply"),
	STR_INIT("auto reply"),
	STR_INIT("autoreply"),
	STR_INIT("auto-reply"),
	STR_INIT("auto response"),
	STR_INIT("vacation"),
	STR_INIT("away from my mail"),
	STR_INIT("nieobecno"),
	STR_INIT("odpowiedź automatyczna"),
	STR_INIT("automatyczna odpowiedź"),
	STR_INIT("autoodpowiedź"),
	STR_INIT("poza biurem"),
	STR_INIT("na urlopie"),
	STR_INIT("urlop"),
	STR_INIT("autosvar"),
	STR_INIT("automatisk svar"),
	STR_INIT("fravær"),
	STR_INIT("автоматична відповідь"),
	STR_INIT("автовідповід"),
	STR_INIT("abwesenheit"),
	STR_INIT(""),
};

/* Subjects of notices that a message did not arrive, in lower case. */
static const struct str failures[] = {
	STR_INIT("undeliver"),
	STR_INIT("undelivered"),
	STR_INIT("returned mail"),
	STR_INIT("returned to sender"),
	STR_INIT("delivery fail"),
	STR_INIT("delivery has failed"),
	STR_INIT("mail delivery"),
	STR_INIT("delivery status"),
	STR_INIT("delivery notification"),
	STR_INIT("failure notice"),
	STR_INIT("failure delivery"),
	STR_INIT("could not send message"),
	STR_INIT("nondeliverable"),
	STR_INIT("non-deliver"),
	STR_INIT("niedostarcz"),
	STR_INIT("nie dostarczon"),
	STR_INIT("nie została dostarczona"),
	STR_INIT("nie można dostarczyć"),
	STR_INIT("zwrot wiadomości"),
	STR_INIT("zwrot poczty"),
	STR_INIT("ikke levert"),
	STR_INIT("kunne ikke leveres"),
	STR_INIT("не доставлено"),
	STR_INIT("unzustellbar"),
	STR_INIT(""),
};

/* Names that mail systems write under. */
static bool is_postmaster(struct arena *a, const struct mail_part *message)
{
	static const struct str names[] = { STR_INIT("mailer-daemon"),   STR_INIT("mailerdaemon"),
					    STR_INIT("postmaster"),      STR_INIT("mail-daemon"),
					    STR_INIT("mail delivery s"), STR_INIT("") };
	return words_have(fold(a, mail_field(message, "From")), names);
}

static bool is_automatic(const struct mail_part *message)
{
	struct str submitted = mail_field(message, "Auto-Submitted");
	struct str precedence = mail_field(message, "Precedence");
	return str_equal_nocase(str_sub(submitted, 0, 5), STR("auto-")) ||
	       str_equal_nocase(precedence, STR("auto_reply")) ||
	       mail_field(message, "X-Autoreply").len || mail_field(message, "X-Autorespond").len ||
	       mail_field(message, "X-Auto-Response-Suppress").len;
}

/* Microsoft's feedback loop before it spoke ARF: the message itself, attached. */
static bool is_old_feedback(struct arena *a, const struct mail_part *message)
{
	struct str subject = fold(a, mail_field(message, "Subject"));
	return str_starts(subject, STR("complaint about message from"));
}

static bool has_type(const struct mail *m, size_t from, size_t to, struct str type)
{
	for (size_t i = from; i < to; i++)
		if (str_equal(m->parts[i].type, type))
			return true;
	return false;
}

/* What the message at parts[at] says by itself; its parts end before the first message
 * within it. False: it is no report of any kind. */
static bool read_message(struct arena *a, const struct mail *m, size_t at, struct str address,
			 struct reading *r)
{
	const struct mail_part *message = &m->parts[at];
	size_t from = at + 1, all = mail_end(m, at), to = from;
	while (to < all && !m->parts[to].is_message)
		to++;
	struct str subject = fold(a, mail_field(message, "Subject"));
	bool failure = words_have(subject, failures);
	*r = (struct reading){ .kind = BOUNCE_OTHER };
	if (bounce_read_feedback(a, m, from, to, r) ||
	    bounce_read_report(a, m, from, to, address, r))
		return true;
	if (is_old_feedback(a, message) && to < all) {
		*r = (struct reading){ BOUNCE_COMPLAINT, STR(""),
				       words_clean(a, mail_field(message, "Subject")) };
		return true;
	}
	if (has_type(m, from, to, STR("message/disposition-notification")) ||
	    (!failure && words_have(subject, away))) {
		r->kind = BOUNCE_REPLY;
		return true;
	}
	bool notice = failure || is_postmaster(a, message) ||
		      mail_field(message, "X-Failed-Recipients").len;
	if (notice && bounce_read_text(a, m, from, to, address, r))
		return true;
	*r = (struct reading){ .kind = is_automatic(message) ? BOUNCE_REPLY : BOUNCE_OTHER };
	return r->kind == BOUNCE_REPLY;
}

void bounce_read(struct arena *a, const struct mail *m, struct str address, struct reading *r)
{
	if (read_message(a, m, 0, address, r))
		return;
	/* A bounce that a person or a rule passed on as an attachment. */
	int looked = 0;
	for (size_t i = 1; i < m->count && looked < FORWARDED_MOST; i++) {
		if (!m->parts[i].is_message)
			continue;
		looked++;
		if (read_message(a, m, i, address, r) && r->kind != BOUNCE_REPLY)
			return;
	}
	*r = (struct reading){ .kind = BOUNCE_OTHER };
}
