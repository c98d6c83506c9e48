/* make: one PDF while it is being made; what the files of the room share. */
#ifndef PDF_MAKE_H
#define PDF_MAKE_H

#include "base/arena.h"
#include "base/world.h"
#include "model/sheet.h"
#include "pdf/put.h"
#include "pdf/writer.h"

struct colours;
struct fonts;
struct map;
struct pictures;
struct structure;

/* What ready-made pages brought along that the file may then not claim. */
struct foreign {
	bool any;
	bool rgb; /* colours of screens */
	bool loose_fonts; /* not embedded */
	bool mute_fonts; /* without Unicode */
	bool mixed; /* transparent: colours are mixed with those below */
	bool profiled; /* colours by ICC profiles and other measures of the eye */
	bool lzw; /* data packed as PDF/X and PDF/A do not know */
};

struct making {
	struct arena *arena; /* lives until the file is written */
	const struct pages *pages;
	const struct sheets *sheets; /* that the pages stand on; NULL: each on its own */
	size_t count; /* pages of the file: pages, or sides of sheets */
	const struct layout *layout;
	const struct world *world;
	struct diags *diags;
	struct writer *writer;
	struct colours *colours;
	struct fonts *fonts;
	struct pictures *pictures;
	struct structure *structure; /* NULL: the print edition has none */
	struct map *destinations; /* by name */
	bool press; /* the print edition */
	/* The media box begins this far outside the trim on all sides. */
	int margin;
	int width, height; /* of a page's media box; sheets have their own */
	struct foreign foreign;
	bool failed; /* a page cannot be made; reported */
	int *page_objects; /* by index in pages */
};

/* A position of the page as PDF counts: from the media's lower left corner. */
static inline int64_t make_x(const struct making *m, int64_t x)
{
	return x + m->margin;
}

static inline int64_t make_y(const struct making *m, int64_t y)
{
	return m->height - m->margin - y;
}

#endif
