/* Boxes: what no column may divide. Lines, figures, rows of tables.
 *
 * THE MODEL. A column is filled from its top by boxes, each with space before
 * and after (of two spaces that meet the larger counts, none at the column's
 * top). A box that snaps ends on a grid line: what is missing goes above it, so
 * that headings stand close to what they head. All others stand where they come
 * to stand; the next line of text returns to the grid by itself.
 * A line of type has its baseline on the lower edge of its box. */
#ifndef COMPOSE_BOX_H
#define COMPOSE_BOX_H

#include "compose/composer.h"

/* The prices of faults, by which ways of filling columns are compared. */
enum {
	/* of ending a column behind a box */
	COST_FREE = 0,
	COST_LINE = 4, /* a grid line left empty; squared */
	COST_DIVIDED = 10, /* a word divided where the page ends */
	COST_CUT = 12, /* a box within a sentence, a heading beside a picture */
	COST_ITEM = 150, /* an item of a list alone on one side: as bad as six lines left empty */
	COST_LATE = 100, /* a box put off once more, or between the items of a list */
	COST_WIDOW = 100000,
	COST_KEEP = 200000,
	/* of a whole page */
	COST_UNEVEN = 30, /* a line, beyond the first, by which columns end unlike; squared */
	COST_PAGE = 3000, /* a page begun */
	COST_BARE = 600, /* an opening without a line of its text */
	COST_FOOT = 3, /* a line left empty below a nearly full last page */
	COST_GOOD = 8, /* with so few faults nothing need be varied */
	COST_BAD = 20000, /* with as many, nothing that may help is left untried */
	/* of varying what is set */
	COST_CROP = 2, /* a picture cropped by a line */
	COST_VARIANT = 3, /* a paragraph longer or shorter than best, at least */
	COST_SPACE = 5, /* a line of space above a box, a picture, a table */
	COST_HEADING = 20, /* above a heading: space tells its rank */
	COST_DEFER = 12, /* a box that waits although it would fit */
};

/* A line of a text, made when its box is painted: most boxes never are. */
struct text_line {
	const struct broken *text; /* NULL: none */
	enum line_set set;
	unsigned number;
};

struct box {
	struct item *items; /* from the box's top left corner */
	size_t item_count, item_capacity;
	int width; /* of what is painted */
	int before, height, after;
	int break_cost;
	bool snap;
	bool vanishes; /* at a column's top it is not needed: section breaks */
	bool floats; /* may move on to the top of the next column */
	bool bar; /* dresses the boxes behind it: repeated above them */
	const struct box *repeat; /* painted above when it begins a column */
	struct str anchor; /* name of a destination at its top */
	int *notes; /* referred to in it for the first time: numbers */
	size_t note_count, note_capacity;
	struct text_line line;
	bool divided; /* the line ends within a word */
	size_t plates; /* of a gallery: pictures set so far; 0: within a row */
	struct place place;
};

struct boxes {
	struct box *box;
	size_t count, capacity;
};

/* A zeroed box at the end; borrowed until the next is added. */
struct box *boxes_add(struct arena *a, struct boxes *b);

/* A zeroed item at the end; borrowed until the next is added. */
struct item *box_item(struct arena *a, struct box *b, enum item_kind kind);
/* A plain area, an artifact. style: what wants it, or NULL. */
void box_fill(struct arena *a, struct box *b, struct rect r, const struct colour *colour,
	      const struct style *style);
/* Makes the box a line of a text: its glyphs will have their baseline at its foot. */
void box_line_later(struct composer *c, struct box *b, struct text_line line);
/* The glyphs of a line with its baseline at y, with strokes and links. */
void box_line(struct composer *c, struct box *b, const struct line *line, int x, int y);
/* Paints all that another box shows into this one at x, y. */
void box_put(struct composer *c, struct box *b, const struct box *inner, int x, int y);
/* Stacks boxes below one another from y on and returns where the last one ends. */
int box_stack(struct composer *c, struct box *b, const struct box *inner, size_t count, int x,
	      int y);
/* Height of boxes when stacked. */
int boxes_height(const struct box *inner, size_t count);

/* Moves all that an item shows. */
void item_move(struct item *i, int dx, int dy);

/* Puts a box on a page of the edition. An artifact box paints without meaning:
 * repeated bars and heads. */
void box_paint(struct composer *c, size_t page, const struct box *b, int x, int y, bool artifact);

#endif
