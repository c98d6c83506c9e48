/* Passwords for mail servers: from the environment or a file of their own, never from
 * a command line or a settings file, which others can read. */
#ifndef DELIVERY_PASSWORD_H
#define DELIVERY_PASSWORD_H

#include "base/diag.h"
#include "base/world.h"
#include "model/publication.h"

/* The value of the variable `environment`, or else the file's, without the end of its
 * line; in a. file is relative to root. False, reported as code at place, when there is
 * none. */
bool password_read(struct arena *a, struct str root, struct str environment, struct str file,
		   const struct world *w, struct diags *d, enum diag_code code, struct place place,
		   const char **password) __attribute__((warn_unused_result));

/* What has to be done, several times a second, while a program is waited for. */
struct meanwhile {
	bool (*act)(void *context); /* false: it is waited for no longer */
	void *context;
};

/* A relay's token (OAuth 2.0): what its program prints, or else as a password; in a.
 * The program may take half a minute, its end included. meanwhile may be NULL. False,
 * reported, when there is none. */
bool token_read(struct arena *a, struct str root, const struct relay_settings *relay,
		const struct world *w, const struct meanwhile *meanwhile, struct diags *d,
		const char **token) __attribute__((warn_unused_result));

#endif
