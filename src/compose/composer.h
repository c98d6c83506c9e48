/* What every file of compose/ is handed: one edition being composed. */
#ifndef COMPOSE_COMPOSER_H
#define COMPOSE_COMPOSER_H

#include "base/arena.h"
#include "base/world.h"
#include "model/page.h"
#include "type/type.h"

/* Where a piece of text leads; spans name it by their tag. */
struct target {
	struct str url; /* or */
	struct str destination; /* of this edition */
	struct str contents; /* what the link says */
	int note; /* the note that is referred to for the first time here, or 0 */
};

/* The page an article begins on, by slug; for contents and cover. */
struct opening {
	const struct article *article;
	int number; /* folio */
};

struct composer {
	struct arena *arena;
	struct arena *drafts; /* boxes and what they are made from, until they are painted */
	struct arena *drafts_next; /* the same of the article behind */
	struct arena *scratch; /* what one flow tries; forgotten with the next */
	struct hands *hands; /* ahead.c; NULL: none but this */
	const struct document *doc;
	const struct layout *layout;
	const struct world *world;
	struct diags *diags;
	struct type *type;
	struct pages *pages;
	struct target *targets;
	size_t target_count, target_capacity;
	struct opening *openings;
	size_t opening_count, opening_capacity;
};

/* Nothing that was set will be painted any more, but for what was set of the article
 * behind: its turn has come. */
void composer_forget_drafts(struct composer *c);
/* What is set from now on is the article's behind; or this one's again. */
void composer_turn_drafts(struct composer *c);

/* A span's tag: what to do with its runs once they have a place. */
enum { TAG_STRIKE = 1, TAG_TARGET = 2 };

/* Adds a target and returns the tag that names it. */
int composer_target(struct composer *c, struct target t);
/* NULL when the tag names none. */
const struct target *composer_target_of(const struct composer *c, int tag);

/* The style of a role: the template's, else the layout's, else body. t may be NULL. */
const struct style *composer_style(const struct composer *c, const struct template *t,
				   enum style_role r);
/* The article's template, else the fallback. */
const struct template *composer_template(const struct composer *c, const struct article *a);
bool composer_shows(const struct composer *c, const struct article *a);

/* Rounds a height up to whole grid lines. */
int grid_up(const struct layout *l, int height);

#endif
