/* import: a page of somebody else's PDF, as advertisers send them, on one of ours.
 *
 * The page becomes a Form XObject with everything it refers to, unchanged but for what
 * rewrite takes out. Its
 * trim box is laid on ours, with as much of its bleed as we have. */
#ifndef PDF_IMPORT_H
#define PDF_IMPORT_H

#include "pdf/make.h"

/* The form's object, and the matrix to paint it with ("a b c d e f"); 0 when the
 * page cannot be used, which is reported. Adds to m->foreign. */
int import_page(struct making *m, const struct advertisement *ad, struct str *matrix);

#endif
