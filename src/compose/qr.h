/* QR codes (ISO/IEC 18004): the address of a button, for who reads on paper. */
#ifndef COMPOSE_QR_H
#define COMPOSE_QR_H

#include "compose/galley.h"

enum { QR_SPACE = 6 * PT }; /* above and below a code, for its quiet zone */

struct qr {
	int side; /* modules across, without the quiet zone */
	const unsigned char *dark; /* side * side, row by row: 1 or 0 */
};

/* NULL when text is too long for any code, or empty. */
const struct qr *qr_encode(struct arena *a, struct str text);

/* Code and words of a BLOCK_QR beside one another, or below where there is no room.
 * A code that even with the smallest modules is wider than the column is reported
 * and left out; its words stay. */
void set_qr(struct composer *c, struct block *b, int width, int max_height, struct boxes *out);

#endif
