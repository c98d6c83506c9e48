/* Lines of a text part: text/plain; format=flowed (RFC 3676), 72 columns. */
#ifndef EMAIL_FLOW_H
#define EMAIL_FLOW_H

#include "base/str.h"

struct flow {
	struct buf *out;
	int quote; /* depth: ">" at the start of each line */
	bool gap; /* a blank line is owed before the next words */
};

/* A paragraph, flowed: lines end with a blank where readers may join them. Words
 * are divided at spaces only; a line break in it (U+000A) ends the line. first
 * stands before it: "- " of a list, or "". */
void flow_paragraph(struct flow *f, struct str first, struct str text);
/* One line that is neither divided nor joined: an address, an underline. */
void flow_line(struct flow *f, struct str text);
/* A blank line before what follows, but never two. */
void flow_gap(struct flow *f);

#endif
