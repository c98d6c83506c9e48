/* Sheets: pages beside one another on paper that is folded or bound afterwards.
 * Made by impose/, written by pdf/, one side of a sheet as one page of the file.
 *
 * Positions are 1/1000 pt from the top left corner of the sheet as it would be
 * without creep, y down. */
#ifndef MODEL_SHEET_H
#define MODEL_SHEET_H

#include "model/page.h"

/* A page lies as it is read, or is turned by a quarter: to the right its words run
 * down the sheet, to the left up. */
enum quarter { TURN_NONE, TURN_RIGHT, TURN_LEFT };

struct placed {
	const struct page *page;
	int x, y; /* where the page's own top left corner comes to lie */
	enum quarter turn;
	struct rect clip; /* what of the sheet it may print on */
};

struct side {
	struct rect trim; /* what is left when the sheet has been cut */
	struct placed *placed; /* painted in this order; marks last */
	size_t placed_count, placed_capacity;
};

struct sheets {
	const struct pages *pages; /* that stand on them: their layout, their document */
	struct marks marks; /* around each, of its own */
	struct rect media; /* the same for all, so that they lie on one another */
	struct side *sides; /* front and back of the first sheet, of the second, … */
	size_t count, capacity;
};

#endif
