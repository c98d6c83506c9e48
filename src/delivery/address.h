/* E-mail addresses: what is one, and when two are the same. */
#ifndef DELIVERY_ADDRESS_H
#define DELIVERY_ADDRESS_H

#include "base/str.h"

struct arena;

enum { ADDRESS_BYTES = 254, LOCAL_PART_BYTES = 64 }; /* RFC 5321, 4.5.3.1 */

/* An address taken apart. */
struct address {
	struct str wire; /* local part as given, "@", domain in ASCII: for RCPT */
	struct str key; /* the same for all spellings of one mailbox */
	struct str domain; /* ASCII, lower case; the tail of key */
	bool needs_smtputf8; /* the local part is not ASCII (RFC 6531) */
};

/* Takes s apart; false and the reason in *problem when it is no address. No
 * control character, space, or angle bracket passes, so that what is valid can
 * stand in a command. Quoted local parts and address literals are refused. */
bool address_parse(struct arena *a, struct str s, struct address *result, const char **problem);

/* Appends s in lower case: Latin, Greek and Cyrillic letters, enough for names of
 * regions and for local parts as people type them. */
void fold_put(struct buf *out, struct str s);
struct str fold(struct arena *a, struct str s);

#endif
