/* copy: objects of another's PDF, with everything they refer to, in ours. They stay as
 * they are, but for what a printer's file must not hold; what else he would mind is
 * noted on the way. */
#ifndef PDF_COPY_H
#define PDF_COPY_H

#include "pdf/make.h"

#include "pdf/qpdf.h"

struct copying {
	struct making *m;
	const struct qpdf *q;
	int *copies; /* by number of the object there: its number here, or 0 */
	size_t count, capacity;
	size_t values; /* written so far */
	bool damaged;
	struct foreign foreign;
	bool lit; /* colours of screens by a profile */
	bool measured; /* colours as the eye measures them: Lab, grey by a profile */
	bool separated; /* inks by a profile that is not this press's */
	int profile; /* the last one of four inks that was looked at, and */
	bool ours; /* whether it is this press's */
	bool alternate; /* within an ink's own space: what stands for it elsewhere */
	bool glyphs; /* within the procedures of a font's glyphs */
	bool lzw; /* a stream that cannot be packed anew */
	struct str spot; /* an ink of its own; empty: none */
};

/* "key value" and a new line. key begins with its slash. */
void copy_entry(struct copying *c, struct buf *b, const char *key, qpdf_oh value);

/* A content stream as it may stand in our file; see rewrite. Notes what is wrong with it.
 * What is given may live as long as the content. */
struct str copy_content(struct copying *c, struct str content, bool uncoloured, bool *changed);

/* Whether the value of a key is that name. */
bool entry_is_name(const struct qpdf *q, qpdf_oh o, const char *key, const char *name);

#endif
