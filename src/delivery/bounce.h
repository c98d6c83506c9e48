/* What a mail that came back says: whose it is, and why. Pure reading; nothing here
 * knows the store.
 *
 * bounce.c decides what kind of mail it is, bounce_key.c finds the tokens that may
 * name a delivery, bounce_report.c reads reports for machines (RFC 3464, RFC 5965),
 * bounce_text.c those for people, bounce_code.c says what codes and words mean. */
#ifndef DELIVERY_BOUNCE_H
#define DELIVERY_BOUNCE_H

#include "delivery/delivery.h"
#include "delivery/mail.h"

enum { BOUNCE_TOKENS = 8, BOUNCE_WORDS_BYTES = 400, BOUNCE_GROUPS = 64 };

struct reading {
	enum bounce_kind kind;
	struct str status; /* "5.1.1" (RFC 3463); empty: none was told */
	struct str words; /* the server's, one line, UTF-8 without control characters */
};

/* ---- bounce_key.c ---- */

/* All of the mail that has the form of a delivery's token: in the addresses it came
 * to (VERP) first, then wherever else, as the Message-ID of the mail returned. In
 * small letters. How many; BOUNCE_TOKENS at most. */
size_t bounce_tokens(struct arena *a, const struct mail *m, struct str tokens[BOUNCE_TOKENS]);

/* What tells this mail from others: SHA-256 of its Message-ID, or, as some servers give
 * none, of what else stands in its header and its first text. */
enum { BOUNCE_DIGEST_BYTES = 32 };
void bounce_digest(struct arena *a, const struct mail *m,
		   unsigned char digest[BOUNCE_DIGEST_BYTES]);

/* ---- bounce.c ---- */

/* What the mail says of the delivery to address; empty when it is not known. */
void bounce_read(struct arena *a, const struct mail *m, struct str address, struct reading *r);

/* ---- bounce_report.c: of parts[from..to) of one message ---- */

/* A delivery report. False when there is none, or it tells nothing. */
bool bounce_read_report(struct arena *a, const struct mail *m, size_t from, size_t to,
			struct str address, struct reading *r);
/* A complaint by way of a feedback loop; kind OTHER when it is a report of another
 * kind. False when there is none. */
bool bounce_read_feedback(struct arena *a, const struct mail *m, size_t from, size_t to,
			  struct reading *r);

/* ---- bounce_text.c ---- */

/* Of a notice for people, which is known to be one. False when it tells nothing of a
 * failure. */
bool bounce_read_text(struct arena *a, const struct mail *m, size_t from, size_t to,
		      struct str address, struct reading *r);

/* ---- bounce_code.c ---- */

/* Numbers found in words. Absent ones are 0; an enhanced code has class 2, 4 or 5. */
struct code {
	int smtp; /* 421 to 599 */
	int class, subject, detail;
	size_t at; /* where the first of them stands; the length of the words: nowhere */
};
struct code code_find(struct str words);
/* "5.1.1" alone, or with words behind it; class 0 when it is none. */
struct code code_parse(struct str s);

/* What a failure means. status is what a report calls it, and may be empty; what the
 * words have is more exact. *meant: the enhanced code that decided. */
enum bounce_kind code_kind(struct arena *a, struct str status, struct str words,
			   struct code *meant);

/* Whether words in lower case say that nobody lives at an address. */
bool words_say_nobody(struct str folded);
/* Whether one of a list, ended by an empty slice, occurs in s. */
bool words_have(struct str s, const struct str *list);

/* As reading.words wants them: at most BOUNCE_WORDS_BYTES, one line. */
struct str words_clean(struct arena *a, struct str s);

#endif
