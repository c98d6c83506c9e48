/* Marks outside the bleed: which, and how far out, how long, how thick. */
#include "source/layout_reader.h"

/* A hair outside the bleed, so that the bleed stays whole when the sheet is cut
 * roughly, and never within 3 mm of the trim. */
static int usual_offset(const struct grid *g)
{
	enum { HALF_MM = 1417, LEAST = 8504 };
	return g->bleed + HALF_MM > LEAST ? g->bleed + HALF_MM : LEAST;
}

static void settings_read(struct layout_reader *lr, const struct yaml *press, struct marks *m)
{
	static const struct str known[] = { STR_INIT("crop"),       STR_INIT("registration"),
					    STR_INIT("colour_bar"), STR_INIT("offset"),
					    STR_INIT("length"),     STR_INIT("weight") };
	enum {
		OFFSET_MOST = 216 * PT,
		LENGTH_LEAST = 5669, /* 2 mm */
		LENGTH_MOST = 56693, /* 20 mm */
		LENGTH_USUAL = 14173, /* 5 mm */
		WEIGHT_LEAST = 100,
		WEIGHT_MOST = 2 * PT,
		WEIGHT_USUAL = 250,
	};
	struct reader *r = lr->reader;
	const struct grid *g = &lr->layout->grid;
	const struct yaml *marks = yaml_find(press, STR("marks"));
	*m = (struct marks){ .offset = usual_offset(g),
			     .length = LENGTH_USUAL,
			     .weight = WEIGHT_USUAL };
	if (!marks || marks->kind == YAML_EMPTY)
		return;
	if (marks->kind != YAML_TABLE) {
		keys_bool(r, press, "marks", &m->crop);
		return;
	}
	KEYS_KNOWN(r, marks, known);
	m->crop = true;
	keys_bool(r, marks, "crop", &m->crop);
	keys_bool(r, marks, "registration", &m->registration);
	keys_bool(r, marks, "colour_bar", &m->bar);
	keys_length_in(r, marks, "offset", g->bleed, OFFSET_MOST, &m->offset);
	keys_length_in(r, marks, "length", LENGTH_LEAST, LENGTH_MOST, &m->length);
	keys_length_in(r, marks, "weight", WEIGHT_LEAST, WEIGHT_MOST, &m->weight);
}

void marks_read(struct layout_reader *lr, const struct yaml *press)
{
	struct marks m;
	settings_read(lr, press, &m);
	/* Elsewhere there is no paper around the page. */
	if (lr->layout->edition == EDITION_PRINT)
		lr->layout->marks = m;
}
