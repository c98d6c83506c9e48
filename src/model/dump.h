/* Every noun as canonical text: the oracle of golden tests, and `glos dump`.
 * One fact a line, two spaces a level, nothing that differs between machines:
 * lengths in 1/1000 pt, paths relative to the publication's root. */
#ifndef MODEL_DUMP_H
#define MODEL_DUMP_H

#include "model/message.h"
#include "model/page.h"

void dump_document(struct buf *out, const struct document *d);
void dump_layout(struct buf *out, const struct layout *l);
void dump_pages(struct buf *out, const struct pages *p);
void dump_message(struct buf *out, const struct message *m);

#endif
