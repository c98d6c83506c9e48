/* What reader.c, request.c and request_mail.c share: tokens, and the consent log. */
#ifndef DELIVERY_READER_H
#define DELIVERY_READER_H

#include "delivery/roster.h"

/* So many characters of a token an index is asked for. */
enum { TOKEN_SELECTS = 4 };

/* Whether it has the shape of what token_make makes. */
bool token_is_sound(struct str token);
/* All tokens that begin as this one; the range points into from and to. */
void token_range_make(struct str token, char from[TOKEN_CHARS], char to[TOKEN_CHARS],
		      struct token_range *range);
/* In constant time. */
bool token_equal(struct str a, struct str b);

/* One more line of the consent log. */
bool consent_note(struct store *s, int64_t subscriber, enum consent_state state, struct str channel,
		  struct str version, int64_t at);

/* The first request that is due, in a. One that waits for longer than any retry is put off
 * was told its time by a clock that was ahead, and is due. */
bool request_next(struct store *s, struct arena *a, struct request *r, bool *is_there);

/* Before a request's message is sent: *wanted is false, and the request withheld, when
 * its address is kept out by the editor or by a complaint; else its person is in the
 * roster, and the log tells that they asked. Changes r as the store's row. */
bool request_prepare(struct store *s, struct arena *a, struct request *r, bool *wanted);

#endif
