/* Numbers within words that are more than words: telephones, which can be dialled, and
 * figures that hyphens join, which no line may part. Web edition and e-mail mark them. */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include "model/document.h"

struct number {
	size_t start, end; /* bytes of the node's text */
	bool telephone; /* else joined: "85-001", "2026-03-17" */
};

/* The first of them in a TEXT node that begins at or after from; false when there is none.
 * A telephone number stands behind its word ("tel.", "tlf.", "тел.", or another number
 * behind it), or in a contact at the head of a line or behind a plus. It has seven to
 * fifteen digits (ITU-T E.164), behind its word five. None is found within a link. */
bool number_find(const struct node *text, enum edition e, struct str region, size_t from,
		 struct number *n);

/* Appends "tel:" and what is to be dialled (RFC 3966, without its visual separators). */
void number_put_url(struct buf *b, struct str telephone);

#endif
