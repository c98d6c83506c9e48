/* Inside preview/: what is shown, and who looks at it. One lock guards it all; what
 * is held is text, so that nobody outside keeps a reference into it. */
#ifndef PREVIEW_DESK_H
#define PREVIEW_DESK_H

#include "preview/preview.h"

struct desk;
struct listener;

/* variables as in preview_options. */
struct desk *desk_open(const struct preview_options *o);
/* No listener may be left. */
void desk_close(struct desk *d);
/* Lets all listeners come to an end. */
void desk_end(struct desk *d);

void desk_show_messages(struct desk *d, const struct preview_message *messages, size_t count);
void desk_show_web(struct desk *d, struct str address);
void desk_show_pages(struct desk *d, enum edition e, unsigned build, struct str files);
void desk_tell(struct desk *d, const struct preview_state *s);
enum edition desk_looked_at(struct desk *d, unsigned set);
int desk_descriptor(const struct desk *d);

/* All that is known, as one JSON object without a line feed. */
void desk_put_state(struct desk *d, struct buf *out);
/* A message's HTML or text; false when there is none of this name. */
bool desk_put_message(struct desk *d, struct str name, bool html, struct buf *out);
/* The newest build of a paged edition; 0: none yet. */
unsigned desk_build(struct desk *d, enum edition e);
/* Whether a build is there still, as the last two of an edition are, and a file of it
 * ("print", "cover") has this page, from 1. */
bool desk_has_page(struct desk *d, enum edition e, unsigned build, struct str file, unsigned page);

/* Somebody looks at an edition. */
struct listener *listener_open(struct desk *d, enum edition e);
void listener_close(struct listener *l);
/* Waits for something to say and gives up to max bytes of it: the state at once, then
 * again after each change, and a comment every few seconds, so that a reader who is
 * gone is noticed. 0: the desk ends. */
size_t listener_read(struct listener *l, char *ptr, size_t max);

/* Appends one server-sent event (HTML Living Standard, 9.2): an id, a name, data of
 * any number of lines. */
void event_put(struct buf *out, uint64_t id, struct str name, struct str data);

#endif
