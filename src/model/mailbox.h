/* Mailboxes of the settings: "Name <local@domain>", or an address alone (RFC 5322,
 * 3.4). Taken apart, not judged: delivery/ says what an address may be. */
#ifndef MODEL_MAILBOX_H
#define MODEL_MAILBOX_H

#include "base/str.h"

struct mailbox {
	struct str name; /* without quotes around it; may be empty */
	struct str address;
};

/* Slices of s. Without angle brackets all of it is address. */
struct mailbox mailbox_of(struct str s);
/* What stands behind the @ of an address; empty without one. */
struct str mailbox_domain(struct str address);

#endif
