/* structure: which marked content belongs to which element, and the tree that
 * says so (ISO 32000-1, 14.7 and 14.8). */
#ifndef PDF_STRUCTURE_H
#define PDF_STRUCTURE_H

#include "pdf/make.h"

struct structure;

struct structure *structure_new(struct arena *a, const struct pages *p);

/* Marks that element begins content on a page; the result is the MCID to write
 * into the content stream. Content that is painted first is read first. */
int structure_mark(struct structure *s, size_t page, const struct element *e);

/* The element that is written for e: itself, or what a CONTENT stands in. */
const struct element *structure_owner(const struct element *e);

/* Notes what a label says and where a figure stands. */
void structure_note_text(struct structure *s, const struct element *e, struct str text);
void structure_note_box(struct structure *s, const struct element *e, size_t page, struct rect box);

/* Marks that a link annotation on a page belongs to an element; the result is
 * its StructParent. */
int structure_annotation(struct structure *s, size_t page, const struct element *e, int annotation);

/* Writes the tree; the result is the object of its root. */
int structure_write(struct structure *s, struct making *m);

#endif
