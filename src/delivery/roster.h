/* Rules of the roster that single changes and imports share. */
#ifndef DELIVERY_ROSTER_H
#define DELIVERY_ROSTER_H

#include "delivery/address.h"
#include "delivery/store.h"

/* What is wrong with the fields beside the address, or NULL. */
const char *subscriber_problem(const struct subscriber *s);

/* Takes what is given over what is kept; empty fields leave things as they are.
 * True when something changed. */
bool subscriber_merge(struct subscriber *kept, const struct subscriber *given);

/* Ends the transaction of a change: nothing is kept of one that failed. */
enum roster_answer roster_settle(struct store *s, enum roster_answer answer);

/* Whether the address is on the suppression list. */
bool roster_is_kept_out(struct store *s, struct str key, bool *kept_out)
	__attribute__((warn_unused_result));

/* Nobody at the address of this key gets anything any more; with SUPPRESSED_ERASED the
 * person is forgotten, too. Within the caller's transaction. */
enum roster_answer roster_keep_out(struct store *s, struct arena *a, struct str key,
				   enum suppression_reason reason);

#endif
