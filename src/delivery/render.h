/* A form letter and a subscriber become the bytes on the wire. */
#ifndef DELIVERY_RENDER_H
#define DELIVERY_RENDER_H

#include "delivery/form.h"

/* One for each thread. */
struct renderer {
	struct signer *signer; /* NULL: not signed */
	/* scratch */
	struct buf lines; /* those with holes, filled, one piece after the other */
	size_t *ends; /* where each piece ends in lines */
	size_t ends_capacity;
	struct buf fields, relaxed;
};

void renderer_init(struct renderer *r, const struct dkim *dkim); /* NULL: not signed */
void renderer_release(struct renderer *r);

/* Replaces wire by the message with its holes filled, signed, dot-stuffed, all lines ending
 * in CRLF; without the final dot. *eight_bit tells whether it holds bytes above 127. On false
 * *problem says what no server would take. */
bool render(struct renderer *r, const struct form *f, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
	__attribute__((warn_unused_result));

#endif
