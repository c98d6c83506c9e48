/* rewrite: a content stream of another's page as it may stand in a file of ours.
 *
 * Taken out: the marks of the other file's structure, which mean nothing here and would
 * contradict the tags that the page gets. Packed anew: pictures within the stream that
 * are coded by LZW. All else stays byte by byte. Noted: colours of screens. */
#ifndef PDF_REWRITE_H
#define PDF_REWRITE_H

#include "base/str.h"

#include "pdf/qpdf.h"

struct arena;

struct rewritten {
	struct str content; /* in the arena, or what was given when nothing changed */
	bool changed;
	bool rgb; /* sets a colour of screens */
	bool lzw; /* a picture in LZW that cannot be packed anew */
};

/* uncoloured: a pattern whose colour comes from where it is used: its own count for
 * nothing (ISO 32000-1, 8.7.3.3), as in a glyph that begins with d1 (9.6.5). */
struct rewritten rewrite_content(struct arena *a, const struct qpdf *q, struct str content,
				 bool uncoloured);

#endif
