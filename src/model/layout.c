#include "model/layout.h"

#include <math.h>
#include <stdlib.h>

struct details details_usual(const struct grid *g)
{
	enum { MILLIMETRE = 2835 };
	return (struct details){ .bullet = STR("•"),
				 .bullet_hang = 1100,
				 .number_gap = 450,
				 .strong_weight = 700,
				 .note_size = 620,
				 .note_rise = 340,
				 .initial_gap = 350,
				 .caption_gap = MILLIMETRE,
				 .head_gap = g->baseline * 3 / 5,
				 .picture_least = 700,
				 .masthead_lines = 2,
				 .folio = FOLIO_NUMBER | FOLIO_TITLE | FOLIO_ISSUE };
}

#define FIND(list, count, wanted)                                                                  \
	do {                                                                                       \
		for (size_t i = 0; i < (count); i++)                                               \
			if (str_equal((list)[i].name, (wanted)))                                   \
				return &(list)[i];                                                 \
		return NULL;                                                                       \
	} while (0)

const struct template *layout_template(const struct layout *l, struct str name)
{
	FIND(l->templates, l->template_count, name);
}

const struct master *layout_master(const struct layout *l, struct str name)
{
	FIND(l->masters, l->master_count, name);
}

const struct style *layout_style(const struct layout *l, struct str name)
{
	FIND(l->styles, l->style_count, name);
}

const struct colour *layout_colour(const struct layout *l, struct str name)
{
	FIND(l->colours, l->colour_count, name);
}

const struct face *family_face(const struct family *f, int weight, bool italic)
{
	const struct face *best = NULL;
	for (size_t i = 0; i < f->face_count; i++) {
		const struct face *face = f->faces[i];
		if (!best) {
			best = face;
			continue;
		}
		bool right = face->italic == italic, best_right = best->italic == italic;
		int off = abs(face->weight - weight), best_off = abs(best->weight - weight);
		if (right != best_right
			    ? right
			    : off < best_off || (off == best_off && face->weight > best->weight))
			best = face;
	}
	return best;
}

struct str style_role_name(enum style_role r)
{
	static const struct str names[] = {
#define STYLE_ROLE(name, text) STR_INIT(text),
		STYLE_ROLES(STYLE_ROLE)
#undef STYLE_ROLE
	};
	return names[r];
}

struct str frame_role_name(enum frame_role r)
{
	static const struct str names[] = {
#define FRAME_ROLE(name, text) STR_INIT(text),
		FRAME_ROLES(FRAME_ROLE)
#undef FRAME_ROLE
	};
	return names[r];
}

/* Text area without gutters, times a position in units: edges are rounded once,
 * so that neighbours meet exactly. */
static int unit_edge(const struct grid *g, int units_before)
{
	int area = g->width - g->inner - g->outer - (g->units - 1) * g->gutter;
	return unit_scale(area, units_before, g->units) + units_before * g->gutter;
}

struct rect frame_rect(const struct layout *l, const struct frame *f, bool recto)
{
	struct rect r = f->rect;
	if (!recto && !f->fixed)
		r.x = l->grid.width - r.x - r.width;
	else if (!recto && !(f->bleed & (EDGE_INNER | EDGE_OUTER)))
		r.x += l->grid.outer - l->grid.inner; /* stays within the margins */
	return r;
}

int grid_unit_x(const struct grid *g, int first)
{
	return g->inner + unit_edge(g, first - 1);
}

int grid_units_width(const struct grid *g, int first, int last)
{
	return unit_edge(g, last) - g->gutter - unit_edge(g, first - 1);
}

int grid_baseline(const struct grid *g, int n)
{
	return g->top + n * g->baseline;
}

/* Of all inks alike (ISO 32000-1, 8.6.6.4). */
static const struct ink all_plates = { STR_INIT("All"), { 1000, 1000, 1000, 1000 } };
const struct colour colour_registration = { .name = STR_INIT("registration"),
					    .cmyk = { 1000, 1000, 1000, 1000 },
					    .spot = &all_plates,
					    .tint = 1000 };

int marks_reach(const struct marks *m, int bleed)
{
	enum { CLEAR = 4252 }; /* 1.5 mm of paper beyond the marks */
	if (!m->crop && !m->registration && !m->bar)
		return bleed;
	return m->offset + m->length + CLEAR;
}

int layout_reach(const struct layout *l)
{
	return marks_reach(&l->marks, l->grid.bleed);
}

/* WCAG 2.2, "relative luminance". Only compared and reported, never placed, so
 * floating point does no harm here. */
static double luminance(const struct colour *c)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double v = c->rgb[i] / 255.0;
		sum += weights[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

int colour_contrast(const struct colour *a, const struct colour *b)
{
	double la = luminance(a), lb = luminance(b);
	double ratio = la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
	return (int)(ratio * 100);
}
