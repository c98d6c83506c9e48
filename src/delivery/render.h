/* A form letter and a subscriber become the bytes on the wire. */
#ifndef DELIVERY_RENDER_H
#define DELIVERY_RENDER_H

#include "delivery/form.h"

/* A message to be. */
struct rendering {
	const struct form *form;
	struct hole_values values;
	struct buf *wire; /* replaced by the message with its holes filled, signed, dot-stuffed,
			   * all lines ending in CRLF; without the final dot */
	bool eight_bit; /* it holds bytes above 127 */
	const char *problem; /* what no server would take in it; NULL: one will */
};

enum { RENDERINGS_AT_ONCE = BODIES_AT_ONCE };

/* What one message needs while it is written. */
struct draft {
	struct buf lines; /* those with holes, filled, one piece after the other */
	size_t *ends; /* where each piece ends in lines */
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

/* One. False when no server would take it: *problem says why. */
bool render(struct renderer *r, const struct form *f, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
	__attribute__((warn_unused_result));

#endif
