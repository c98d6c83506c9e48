/* A mail that came back, taken apart: the header and the texts of its parts, flat, in
 * the order in which they stand. What is no text is left out. */
#ifndef DELIVERY_MAIL_H
#define DELIVERY_MAIL_H

#include "base/str.h"

struct arena;
struct gmime_calls;

enum {
	MAIL_BYTES = 2 << 20, /* of a mail; what is behind stays unread */
	MAIL_PARTS = 64, /* of a mail; further ones stay unread */
	MAIL_DEPTH = 24, /* of parts within parts */
	MAIL_FIELDS = 512, /* of a header */
	MAIL_TEXT_BYTES = 256 << 10, /* of a part */
};

struct mail_field {
	struct str name, value; /* unfolded, encoded words decoded to UTF-8 */
};

struct mail_part {
	int depth; /* the mail itself 0; what is in a part is one deeper */
	bool is_message; /* has a header of its own; its body is the next part */
	struct str type; /* "multipart/report", lower case */
	const struct mail_field *fields; /* of messages */
	size_t field_count;
	struct str text; /* of text and reports, decoded; any bytes */
};

struct mail {
	const struct mail_part *parts; /* the first is the mail itself */
	size_t count;
	int64_t date; /* of the header, seconds since 1970; 0: none */
};

/* Takes bytes apart, in a. Any bytes will do: at the worst there is a header without
 * fields. */
void mail_parse(struct arena *a, const struct gmime_calls *g, struct str bytes, struct mail *m);

/* The first value of a header field of a message, trimmed; empty when there is none. */
struct str mail_field(const struct mail_part *message, const char *name);

/* The index behind the last part within parts[at]. */
size_t mail_end(const struct mail *m, size_t at);

/* The words of a text part; of HTML, what shows. */
struct str part_words(struct arena *a, const struct mail_part *part);

#endif
