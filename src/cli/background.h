/* The slow part of `glos preview`: paged editions, and everything `glos check` finds.
 *
 * Each is made by another process of this program, so that a save can end it at once,
 * its memory is given back, and what goes wrong in it does not end the preview. One
 * runs at a time; what somebody looks at is made first, and even instead of what
 * nobody looks at. */
#ifndef CLI_BACKGROUND_H
#define CLI_BACKGROUND_H

#include "preview/preview.h"

struct background;

struct background_options {
	struct preview *preview; /* what is told and shown what is ready */
	struct str root, issue; /* of the publication; "2026-1" */
	struct str folder; /* as in preview_options: results lie below it */
	char *const *variables;
};

struct background *background_open(const struct background_options *o);
void background_close(struct background *b);

/* A source was saved: ends what is being made. One of the two that follow comes next. */
void background_interrupt(struct background *b);
/* Everything is made anew. told: what reading the issue, its messages and its web
 * edition found, one JSON object a line. */
void background_begin(struct background *b, struct str told);
/* More was found since it was begun: all of it, as above. */
void background_tell(struct background *b, struct str told);
/* The issue cannot be made, for these reasons. */
void background_refuse(struct background *b, struct str told);

/* Can be read when background_go_on has something to do; -1 when nothing runs. */
int background_descriptor(const struct background *b);
void background_go_on(struct background *b);
/* Looks anew at what is looked at. */
void background_reorder(struct background *b);

/* The newest PDF of an edition, or NULL. */
const char *background_pdf(const struct background *b, struct arena *a, enum edition e);

#endif
