/* Inside serve/: the message that asks somebody to confirm. */
#ifndef SERVE_LETTER_H
#define SERVE_LETTER_H

#include "model/palette.h"
#include "model/message.h"
#include "model/publication.h"
#include "serve/say.h"

/* In one language, with a hole for the token of the request; `link` is the address of
 * confirmations with {token} in it. Nothing that the asker typed stands in it: it must be
 * of no use to those who would send their own words through us. Lives in a. */
struct message *letter_make(struct arena *a, const struct publication *p, const struct palette *c,
			    struct str link, enum tongue t, int days);

#endif
