/* Production: how the print edition is bound, and on what paper.
 *
 * What a printer asks for and the publication knows. The layout tells what is
 * usual, an issue what is different this time. Each setting has the place where
 * it was told; line 0: nobody did. Lengths are 1/1000 pt. */
#ifndef MODEL_PRODUCTION_H
#define MODEL_PRODUCTION_H

#include "base/diag.h"
#include "base/unit.h"

/* Folded sheets stitched through the back; leaves glued to a spine; a leaflet or
 * poster that nothing binds. */
enum binding { BINDING_SADDLE, BINDING_PERFECT, BINDING_FLAT };

struct paper {
	int weight; /* g/m²; 0: not told */
	int caliper; /* thickness of a leaf in nanometres; 0: not told */
	struct place place;
};

struct production {
	enum binding binding;
	bool cover_apart; /* the cover is a sheet, and a file, of its own */
	bool imposed; /* the pages as sheets, too */
	struct paper paper, cover_paper;
	int glue; /* what glue and cover add to the spine of the inner pages */
	int spine; /* its width as the printer told it; counts when spine_place does */
	int creep; /* of the innermost sheet, the same */
	struct place binding_place, cover_place, imposed_place, glue_place, spine_place,
		creep_place;
};

/* A separate cover: its two leaves, printed on both sides. */
enum { COVER_PAGES = 4 };

/* Stitched, and nothing told. */
struct production production_usual(void);
/* Puts what above tells in the place of what is below. */
void production_lay_over(struct production *below, const struct production *above);

/* Width of the spine around so many inner pages: their leaves and glue; 0 when
 * stitched, or as the printer told it. */
int production_spine(const struct production *p, size_t inner_pages);

/* How far the leaves of a stitched sheet are pushed out, at the fore-edge, by the
 * backs of the sheets around it and of a separate cover.
 *
 * sheet: from 0, the outermost, to sheets - 1. When the printer told the creep it
 * is that of the innermost, and grows evenly. */
int production_push_out(const struct production *p, size_t sheet, size_t sheets);

struct str binding_name(enum binding b);

#endif
