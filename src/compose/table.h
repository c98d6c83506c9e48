/* Within the setting of tables: the widths of columns. */
#ifndef COMPOSE_TABLE_H
#define COMPOSE_TABLE_H

#include "compose/setting.h"

enum { TABLE_PAD = 5 * PT }; /* half the distance between the words of two columns */

struct table_column {
	int least; /* its longest word */
	int natural; /* its longest cell in one line */
	bool decimal; /* its numbers stand under one another */
	int tail; /* of them, the widest part behind the units digit */
};

/* What the words of a table want; measured once and kept with the block. Marks
 * the cells that are numbers. */
struct table_measure {
	struct table_column *columns;
	int least, natural; /* of the whole table, with the gaps */
	struct cell_words *words; /* of some rows, row by row */
	size_t samples, stride; /* so many rows, every stride-th from the first */
};
const struct table_measure *table_measure(struct composer *c, struct block *b);

/* How a table stands in a width. */
struct table_plan {
	int *widths; /* of the columns' words; with their gaps they fill the width */
	bool stacked; /* the first column, as wide as the table, above the others */
};
struct table_plan table_plan(struct composer *c, struct block *b, int width);

#endif
