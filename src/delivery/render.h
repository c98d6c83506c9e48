/* A form letter and a subscriber become the bytes on the wire. */
#ifndef DELIVERY_RENDER_H
#define DELIVERY_RENDER_H

#include "delivery/form.h"
#include "delivery/text.h"

/* A message on the wire: signed, dot-stuffed, all lines ending in CRLF, without the final dot.
 * Lines that it shares with others are the form's, which outlives it. */
struct wire {
	struct buf own; /* its other lines */
	struct str *parts;
	size_t count, capacity;
};

void wire_init(struct wire *w);
void wire_release(struct wire *w);
struct text wire_text(const struct wire *w); /* borrows */

/* A message to be. */
struct rendering {
	const struct form *form;
	struct hole_values values;
	struct wire *wire; /* replaced by the message with its holes filled */
	bool eight_bit; /* it holds bytes above 127 */
	const char *problem; /* what no server would take in it; NULL: one will */
};

enum { RENDERINGS_AT_ONCE = SIGNED_AT_ONCE };

/* What one message needs while it is written. */
struct draft {
	struct buf lines; /* those with holes, filled, one piece after the other */
	size_t *ends; /* where each piece ends in lines */
	struct buf open; /* those of the header, as the signature has them */
	struct buf relaxed; /* those of the body, as the signature has them */
	struct str *parts; /* what of the body has to be hashed */
	size_t part_count, capacity; /* of ends and parts */
};

/* One for each thread. */
struct renderer {
	struct signer *signer; /* NULL: not signed */
	/* scratch */
	struct draft draft[RENDERINGS_AT_ONCE];
	struct buf fields;
};

void renderer_init(struct renderer *r, const struct dkim *dkim); /* NULL: not signed */
void renderer_release(struct renderer *r);

/* RENDERINGS_AT_ONCE of them at most. Signing several costs less than one by one, and gives
 * the same bytes. */
void render_many(struct renderer *r, struct rendering *of, size_t count, int64_t now);

/* One, as a whole. False when no server would take it: *problem says why. */
bool render(struct renderer *r, const struct form *f, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
	__attribute__((warn_unused_result));

#endif
