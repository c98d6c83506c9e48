/* What DKIM signs of a header, and what of that is the same for all messages of a form
 * (RFC 6376, 3.5 and 5.4).
 *
 *   names that no hole touches ─▶ fixed ───▶ hashed once
 *   names that have one        ─▶ open ────▶ made canonical for each message
 *   h=                         ─▶ named ───▶ in the signature's own field, as it is
 */
#ifndef DELIVERY_DKIM_HEADER_H
#define DELIVERY_DKIM_HEADER_H

#include "delivery/dkim.h"

/* A field that differs from message to message. */
struct open_field {
	struct str before; /* the fields between the one before and it, as they stand */
	struct str name; /* with its colon */
};

/* Const after it is made: several threads may read it. */
struct dkim_header {
	struct str fixed; /* canonical fields, each with CRLF */
	struct digest *begun; /* of fixed, when there are many messages; or NULL */
	struct open_field *open;
	size_t open_count;
	struct str end; /* the fields behind the last open one */
	size_t *order; /* which open ones are signed, the first to be signed first */
	size_t order_count;
	struct str named, named_relaxed; /* of the signature's field, from behind t= to bh= */
};

/* Bytes of a header. */
struct stretch {
	size_t from, to;
};

/* text is a message's header, with the CRLF of its last field; what holes made of it may be
 * otherwise in others. Lives in a and borrows text. NULL when a hole is all there is of a
 * field's name, or there are more fields than anybody writes. */
struct dkim_header *dkim_header_make(struct arena *a, struct str text, const struct stretch *holes,
				     size_t hole_count);
/* Before the first of many messages. The caller releases. */
void dkim_header_begin(struct dkim_header *h);
void dkim_header_release(struct dkim_header *h); /* NULL is allowed */

/* Appends the open fields that are signed, canonical, of another message's header. False when
 * that is not the same but for them: a hole's value brought or took a line's end. */
bool dkim_header_relax(const struct dkim_header *h, struct str text, struct buf *out)
	__attribute__((warn_unused_result));

#endif
