/* Inside serve/: the pages. No script, no cookie, nothing of others; one style within the
 * page, which the policy names by its digest. */
#ifndef SERVE_LEAF_H
#define SERVE_LEAF_H

#include "model/palette.h"
#include "model/publication.h"
#include "serve/route.h"
#include "serve/say.h"

struct arena;

/* Pages of a heading and a sentence, of which nothing depends on the reader: they are written
 * once, as most answers to who means no good are one of them.
 * PLAIN(ENUM, heading, sentence, methods allowed or NULL); one of a heading alone has it twice. */
#define PLAINS(X)                                                                                  \
	X(MISSING, MISSING, MISSING, NULL)                                                         \
	X(READ_ONLY, REFUSED, REFUSED, "GET, HEAD")                                                \
	X(NO_METHOD, REFUSED, REFUSED, "GET, HEAD, POST")                                          \
	X(REFUSED, REFUSED, REFUSED_TEXT, NULL)                                                    \
	X(LOST, LOST, LOST_TEXT, NULL)                                                             \
	X(BUSY, BUSY, BUSY_TEXT, NULL)                                                             \
	X(FAILED, FAILED, FAILED_TEXT, NULL)                                                       \
	X(ASKED, ASKED, ASKED_TEXT, NULL)                                                          \
	X(ERASED, ERASED, ERASED_TEXT, NULL)

enum plain {
#define PLAIN(name, heading, sentence, allow) PLAIN_##name,
	PLAINS(PLAIN)
#undef PLAIN
		PLAIN_COUNT
};

/* What all pages share; made once. */
struct look {
	const struct publication *publication;
	const struct routes *routes;
	struct str style; /* what stands between <style> and </style> */
	struct str policy; /* the Content-Security-Policy that allows it */
	struct str plain[PLAIN_COUNT][TONGUE_COUNT]; /* pages that are always the same */
};

struct look *look_make(struct arena *a, const struct publication *p, const struct routes *r,
		       const struct layout *l);

/* The heading comes first on the page, and in its title.
 * switches: the page may be looked at in another language (?lang=…). */
void leaf_begin(struct buf *out, const struct look *l, enum tongue t, enum say heading,
		bool switches);
void leaf_end(struct buf *out, const struct look *l, enum tongue t);

/* Writes the plain pages of a look, its last step. */
void leaf_make_plain(struct arena *a, struct look *l);

void leaf_paragraph(struct buf *out, enum tongue t, enum say what);
/* An address on a line of its own. */
void leaf_address(struct buf *out, struct str address);

/* What somebody typed into the form, or what is kept of them. */
struct answers {
	struct str address, name, language, regions; /* regions joined with ";" */
	bool address_wrong, name_wrong, expired;
};

/* The words that somebody agrees to, as they are shown and logged. */
struct str leaf_consent(struct arena *a, const struct publication *p, enum tongue t);

/* A form that sends to `action` with its token; content between begin and end. */
void form_begin(struct buf *out, struct str action, struct str token);
void form_end(struct buf *out, struct str button);

void leaf_put_subscribe(struct buf *out, struct arena *a, const struct look *l, enum tongue t,
			const struct answers *given, struct str token);
/* Fields of the settings: name, languages, regions. */
void leaf_put_fields(struct buf *out, const struct look *l, enum tongue t,
		     const struct answers *given);
/* A list of what is wrong, with links to the fields; nothing when nothing is. */
void leaf_put_errors(struct buf *out, enum tongue t, const struct answers *given);

/* Whether a list joined with ";" has this item. */
bool list_has(struct str list, struct str item);

#endif
