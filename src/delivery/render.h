/* A message and a subscriber become the bytes on the wire. */
#ifndef DELIVERY_RENDER_H
#define DELIVERY_RENDER_H

#include "delivery/dkim.h"
#include "model/message.h"

struct renderer {
	struct dkim *dkim; /* NULL: not signed */
	struct buf plain; /* scratch */
};

void renderer_init(struct renderer *r, struct dkim *dkim);
void renderer_release(struct renderer *r);

/* Replaces wire by the message with its holes filled, signed, dot-stuffed
 * (RFC 5321, 4.5.2), all lines ending in CRLF; without the final dot. *eight_bit
 * tells whether it holds bytes above 127. On false *problem says what no server
 * would take. */
bool render(struct renderer *r, const struct message *m, const struct hole_values *v, int64_t now,
	    struct buf *wire, bool *eight_bit, const char **problem)
	__attribute__((warn_unused_result));

/* Appends text dot-stuffed. False when a line ends other than in CRLF, is longer
 * than 998 bytes, or holds NUL: such bytes would let a message pretend to end
 * early and smuggle another one. */
bool dot_stuff(struct buf *out, struct str text, const char **problem)
	__attribute__((warn_unused_result));

#endif
