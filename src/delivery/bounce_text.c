/* Notices for people, as qmail, Exim, older servers and many portals send them: nearly
 * half of what comes back. The reason stands near the address, before the copy of the
 * message returned. */
#include "delivery/bounce.h"

#include "base/arena.h"
#include "delivery/address.h"

enum {
	NEAR_LINES = 8, /* the reason follows the address within so many lines */
	TRIES = 6, /* places of the address that are looked at */
	NOTICE_BYTES = 32 << 10, /* what is further down is the message returned */
};

/* What stands between the notice and the message returned, in lower case. */
static const struct str cuts[] = {
	STR_INIT("--- below this line is a copy"), /* qmail */
	STR_INIT("this is a copy of"), /* Exim */
	STR_INIT("--- the header of the original"),
	STR_INIT("original message headers"),
	STR_INIT("original message header:"),
	STR_INIT("--- original message"),
	STR_INIT("--- message header follows"),
	STR_INIT("--- returned message"),
	STR_INIT("--- unsent message"),
	STR_INIT("nagłówki oryginalnej wiadomości"),
	STR_INIT("--- oryginalna wiadomość"),
	STR_INIT("treść oryginalnej wiadomości"),
	STR_INIT("\nreturn-path: <"),
	STR_INIT("\nreceived: from "),
};

static const struct str going_on[] = {
	STR_INIT("could not send message for past"),
	STR_INIT("will continue to try"),
	STR_INIT("will keep trying"),
	STR_INIT("will be retried"),
	STR_INIT("delivery attempts will continue"),
	STR_INIT("you do not need to resend"),
	STR_INIT("no action is required on your part"),
	STR_INIT("has been delayed"),
	STR_INIT("has not yet been delivered"),
	STR_INIT("próby dostarczenia będą"),
	STR_INIT("nie musisz wysyłać ponownie"),
	STR_INIT(""),
};

/* The notice alone. */
static struct str before_copy(struct str text, struct str folded)
{
	size_t end = folded.len;
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		size_t at = str_find(folded, cuts[i], 0);
		if (at < end)
			end = at;
	}
	return str_sub(text, 0, end);
}

/* Lines from the one that begins at `at`, up to `lines` of them or an empty one after
 * the reason's code. */
static struct str near(struct str text, size_t at, int lines)
{
	size_t end = at;
	for (int n = 0; n < lines && end < text.len; n++) {
		end = str_find(text, STR("\n"), end);
		end += end < text.len;
	}
	return str_sub(text, at, end - at);
}

/* The paragraph that a place is in, or begins. */
static struct str paragraph(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, text.len), line;
	size_t len = 0;
	while (str_cut(&rest, '\n', &line) && str_trim(line).len)
		len += line.len + 1;
	return str_sub(text, at, len);
}

static size_t line_start(struct str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	return at;
}

/* The reason within a piece of text: from its code to the end of the paragraph. False
 * when there is neither a code nor words that are known. */
static bool reason_in(struct arena *a, struct str piece, struct str *reason)
{
	struct code c = code_find(piece);
	if (c.smtp || c.class) {
		*reason = words_clean(a, paragraph(piece, c.at));
		/* "Remote host said: 550" and "(#5.1.1)": what is meant stands before it. */
		if (reason->len < 12)
			*reason = words_clean(a, paragraph(piece, line_start(piece, c.at)));
		else if (c.class && !c.smtp)
			*reason = words_clean(a, paragraph(piece, line_start(piece, c.at)));
		return true;
	}
	if (!words_say_nobody(fold(a, piece)))
		return false;
	*reason = words_clean(a, piece); /* unless a line says it alone */
	struct str line;
	while (str_cut(&piece, '\n', &line))
		if (words_say_nobody(fold(a, line))) {
			*reason = words_clean(a, line);
			break;
		}
	return true;
}

static bool find_reason(struct arena *a, struct str text, struct str folded, struct str address,
			struct str *reason)
{
	struct str key = fold(a, address);
	size_t at = 0;
	for (int n = 0; key.len && n < TRIES; n++) {
		at = str_find(folded, key, at);
		if (at >= folded.len)
			break;
		if (reason_in(a, near(text, line_start(text, at), NEAR_LINES), reason))
			return true;
		at += key.len;
	}
	/* Not named, as when it was passed on to another: all that the notice has. */
	struct code c = code_find(text);
	if (c.smtp || c.class)
		return reason_in(a, near(text, line_start(text, c.at), NEAR_LINES), reason);
	return reason_in(a, text, reason);
}

bool bounce_read_text(struct arena *a, const struct mail *m, size_t from, size_t to,
		      struct str address, struct reading *r)
{
	struct str text = STR("");
	for (size_t i = from; i < to && text.len == 0; i++)
		if (str_starts(m->parts[i].type, STR("text/")) &&
		    !str_equal(m->parts[i].type, STR("text/rfc822-headers")))
			text = part_words(a, &m->parts[i]);
	text = str_sub(text, 0, NOTICE_BYTES);
	/* fold() keeps the length of all letters it knows; where it does not, places in
	 * the two would not be the same. */
	struct str folded = fold(a, text);
	if (folded.len != text.len)
		text = folded;
	text = before_copy(text, folded);
	folded = str_sub(folded, 0, text.len);
	struct str subject = fold(a, mail_field(&m->parts[from - 1], "Subject"));
	bool delayed = words_have(folded, going_on) || words_have(subject, going_on);
	struct str reason = STR("");
	bool found = find_reason(a, text, folded, address, &reason);
	if (!found && !delayed)
		return false;
	struct code meant;
	r->kind = code_kind(a, STR(""), reason, &meant);
	if (delayed)
		r->kind = BOUNCE_DELAYED;
	r->words = reason;
	r->status =
		meant.class ? str_format(a, "%d.%d.%d", meant.class, meant.subject, meant.detail)
			    : STR("");
	return true;
}
