/* Inside serve/: what a form sends, and the token that says the form was ours. */
#ifndef SERVE_FORM_H
#define SERVE_FORM_H

#include "base/str.h"

struct arena;

enum { FIELDS_MOST = 200 };

struct field {
	struct str name, value;
};

struct form {
	struct field fields[FIELDS_MOST];
	size_t count;
};

/* Reads a body of the type application/x-www-form-urlencoded (URL Standard, 5.1) or
 * multipart/form-data (RFC 7578), which RFC 8058 allows too. False for other types, wrong
 * escapes, NUL, what is not UTF-8, and more fields than we would ever ask for. Strings live
 * in a or point into body. */
bool form_read(struct arena *a, struct str type, struct str body, struct form *f);
/* The first field of this name, or empty. */
struct str form_value(const struct form *f, const char *name);

/* Keyed hash of a text; false when it cannot be made. */
struct sealer {
	bool (*seal)(void *context, struct str text, unsigned char out[32]);
	void *context;
};

enum { FORM_LIVES_S = 2 * 3600 };

/* Appends the token of a form: when it was made, and a seal of that and of what the form
 * is for. There is no cookie to bind it to. */
void form_token_put(struct buf *out, const struct sealer *s, struct str purpose, int64_t now);
/* Whether a token is of this purpose, ours, and not too old; compared in constant time. */
bool form_token_is_good(struct str token, const struct sealer *s, struct str purpose, int64_t now);

#endif
