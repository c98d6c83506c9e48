/* One article: front matter and text. */
#ifndef SOURCE_ARTICLE_H
#define SOURCE_ARTICLE_H

#include "model/document.h"
#include "source/keys.h"

/* Where an article stands and what it inherits. */
struct article_context {
	const struct publication *publication;
	struct str issue_folder; /* absolute */
	struct str issue_name; /* "issues/2026-1", for places */
	struct str section;
};

/* Reads name, a file in the issue's folder, which was named at from. NULL when
 * there is no such file (reported); otherwise as complete as mistakes allow. Typography is still to
 * be applied to its blocks. */
struct article *article_read(struct reader *r, const struct article_context *c, struct str name,
			     struct place from);

/* A picture from a table {src, alt, caption, credit}, or from a text, which is
 * its src, with alt and credit beside it in the table around. NULL when absent. */
struct picture *picture_from_keys(struct reader *r, const struct yaml *table, const char *key,
				  struct str folder, struct str language);

/* A plain text of a key, trimmed and after typography; empty when absent. */
struct str words_from_keys(struct reader *r, const struct yaml *table, const char *key,
			   struct str language, bool strict);

#endif
