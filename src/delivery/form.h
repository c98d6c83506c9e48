/* A form letter: what of a message is the same for everyone, ready for the wire and hashed
 * for its signature once. Whole lines without holes are such; what is left for each recipient
 * is a line here and there. */
#ifndef DELIVERY_FORM_H
#define DELIVERY_FORM_H

#include "delivery/dkim_header.h"
#include "model/message.h"

/* Some lines of a message. */
struct piece {
	bool fixed;
	struct str plain, wire; /* fixed: as they are; dot-stuffed */
	struct str relaxed; /* fixed, of the body: as the signature has them */
	struct message holes; /* not fixed: its chunks alone */
};

/* Const after it is made: several threads may read it. */
struct form {
	struct piece *pieces;
	size_t count;
	size_t body; /* the first piece of the body; count when there is none */
	struct digest *begun; /* of the fixed pieces with which the body begins; or NULL */
	size_t hashed; /* the first piece that is not in it */
	struct dkim_header *header; /* what is signed of the header; NULL: that differs */
	bool steady; /* the body's last line is fixed and not empty: what is before it counts whole */
	bool eight_bit; /* bytes above 127 in fixed lines */
	const char *
		problem; /* why no server would take it; NULL: as far as fixed lines go, one would */
};

/* Lives in a and borrows m's text; the caller releases it. */
struct form *form_make(struct arena *a, const struct message *m);
void form_release(struct form *f);

/* Appends text dot-stuffed (RFC 5321, 4.5.2). False when a line ends other than in CRLF, is
 * longer than 998 bytes, or holds NUL: such bytes would let a message pretend to end
 * early and smuggle another one. */
bool dot_stuff(struct buf *out, struct str text, const char **problem)
	__attribute__((warn_unused_result));

bool has_eight_bit(struct str s);

#endif
