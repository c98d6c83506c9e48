/* What the commands that work on issues share: which ones, and reading them. */
#ifndef CLI_ISSUE_H
#define CLI_ISSUE_H

#include "cli/cli.h"
#include "model/layout.h"

/* The issues named on the command line from the first-th argument on, or all of
 * the publication. None at all is a mistake, told. */
struct str *issues_named(struct cli *c, size_t first, size_t *count);

/* Reads an issue and, for every edition of the set, its layout, validates one
 * against the other, and decodes the pictures: those that are damaged have no path. layouts is indexed as edition_at. NULL when the issue
 * cannot be read; layouts may be NULL each. */
struct document *issue_read(struct cli *c, struct arena *a, struct str id, enum edition editions,
			    struct layout *layouts[EDITION_COUNT]);

/* The pages of a paged edition, composed in a and judged as reader and printer would.
 * world: with the processors that it may use. *binds: whether they can be bound as the
 * layout wants; may be NULL. */
struct pages *issue_pages(struct cli *c, struct arena *a, const struct document *doc,
			  const struct layout *l, const struct world *world, bool *binds);

/* print, screen, large, web, email. */
enum edition edition_at(size_t i);

/* "print,web" as a set; false (and told) when a name is none. NULL is all. */
bool editions_parse(struct cli *c, const char *names, enum edition *set);

#endif
