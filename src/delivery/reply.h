/* What a mail server says, and what it means for the recipient and the run. */
#ifndef DELIVERY_REPLY_H
#define DELIVERY_REPLY_H

#include "base/str.h"

/* Where in the dialogue a reply came, or did not come. */
enum phase {
	PHASE_CONNECT, /* TCP, TLS, greeting, EHLO, login */
	PHASE_RSET,
	PHASE_MAIL,
	PHASE_RCPT,
	PHASE_DATA,
	PHASE_BODY, /* between 354 and the final dot */
	PHASE_DOT,
	PHASE_COUNT
};

/* "RCPT", … as people would name it. */
const char *phase_name(enum phase p);

enum { REPLY_LINE_BYTES = 4096, REPLY_BYTES = 16 * 1024, WORDS_BYTES = 400 };

struct reply {
	int code; /* 200 to 599 */
	int subject, detail; /* of the enhanced code X.subject.detail, or -1 */
	char words[WORDS_BYTES + 1]; /* "550 5.1.1 User unknown", lines joined */
};

/* Takes a whole reply off the front of *in: its lines, each with CRLF or LF.
 * 1: taken; 0: not whole yet; -1: no reply of SMTP, or too long. */
int reply_take(struct str *in, struct reply *r);

/* What follows from a reply. */
enum verdict {
	VERDICT_GO_ON, /* the dialogue continues */
	VERDICT_SENT, /* the server took the message */
	VERDICT_DEFERRED, /* this recipient: later */
	VERDICT_FAILED, /* this recipient: never */
	VERDICT_ROUTE, /* the way there is shut: nobody loses an attempt */
	VERDICT_STOP, /* the server refuses the issue or us */
	VERDICT_LOST, /* the connection went before the dot */
	VERDICT_AMBIGUOUS, /* the connection went after the dot */
	VERDICT_UNTRIED, /* the connection went with the message before this one */
};

enum verdict reply_verdict(enum phase p, const struct reply *r);

/* Whether a refusal says that nobody lives at the address (RFC 3463, 3.2), so
 * that it should never be tried again; complaints about the sender are not. */
bool reply_says_nobody(const struct reply *r);
/* Whether a refusal is about us or the message rather than the recipient, so
 * that a row of them means the issue is refused. */
bool reply_blames_us(enum phase p, const struct reply *r);

#endif
