/* One run over mail that came back. A source (a file, a Maildir, a folder of a mail
 * server) hands over mails; intake.c reads them, settles what follows from them in one
 * transaction a batch, and then tells the source, which may mark them as done. Who dies
 * between the two reads some again, and they count once all the same. */
#ifndef DELIVERY_INTAKE_H
#define DELIVERY_INTAKE_H

#include "delivery/bounce.h"
#include "delivery/gmime.h"
#include "delivery/store.h"

enum { BATCH = 100, BATCH_DRY = 10000 };

/* What was made of one mail. */
struct verdict {
	struct str place; /* for people */
	struct str name; /* the source's: a file */
	int64_t uid; /* the source's: a number */
	bool known; /* a token of the ledger; bounced is filled then */
	struct bounced bounced;
	struct reading reading;
	unsigned char digest[BOUNCE_DIGEST_BYTES];
	int64_t at;
	bool repeated, suppressed, cut;
};

struct intake {
	struct store *store;
	const struct bounces_options *options;
	struct bounces_result *result;
	struct gmime_calls gmime;
	struct arena *mail; /* as long as one mail is read */
	struct arena *batch; /* as long as the batch is open */
	struct verdict *verdicts;
	size_t count, capacity;
	/* Told of a batch that is settled; false when the world failed (told). NULL: the
	 * source has nothing to mark. */
	bool (*settled)(void *source, const struct verdict *v, size_t count);
	void *source;
};

/* Whether a mail was understood, so that nobody need look at it. */
bool verdict_is_done(const struct verdict *v);

/* Reads a mail. name and uid come back with its verdict. False when the world failed. */
bool intake_mail(struct intake *in, struct str bytes, bool cut, struct str place, struct str name,
		 int64_t uid) __attribute__((warn_unused_result));
/* Settles what was read so far. */
bool intake_flush(struct intake *in) __attribute__((warn_unused_result));

/* The sources; each flushes at its end. False when the world failed (told). */
bool intake_file(struct intake *in, struct str path) __attribute__((warn_unused_result));
bool intake_maildir(struct intake *in, struct str path) __attribute__((warn_unused_result));
bool intake_imap(struct intake *in, struct str url) __attribute__((warn_unused_result));

#endif
