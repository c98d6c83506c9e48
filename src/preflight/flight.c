#include "preflight/flight.h"

bool flight_first(struct flight *f, enum diag_code code, struct place place, struct str more)
{
	struct str key = str_format(f->arena, "%d %d %d %.*s %.*s", (int)code, place.line,
				    place.column, STR_ARG(place.file), STR_ARG(more));
	if (map_find(f->told, key))
		return false;
	map_put(f->told, key, f);
	return true;
}

static bool is_space(const struct glyph_run *r, size_t glyph)
{
	size_t at = r->glyphs[glyph].text, left = r->text.len - at;
	if (at >= r->text.len || r->text.ptr[at] == ' ')
		return true;
	return left >= 2 && memcmp(r->text.ptr + at, "\xc2\xa0", 2) == 0;
}

struct rect run_area(const struct glyph_run *r)
{
	/* Of an em: capitals and tails as those of most faces. */
	enum { CAPITALS = 72, TAILS = 22 };
	int x = r->x, left = 0, right = 0;
	bool any = false;
	for (size_t i = 0; i < r->glyph_count; i++) {
		int next = x + r->glyphs[i].advance;
		if (!is_space(r, i)) {
			left = any ? left : x;
			right = next > right || !any ? next : right;
			any = true;
		}
		x = next;
	}
	if (!any)
		return (struct rect){ 0 };
	int top = r->size * CAPITALS / 100;
	return (struct rect){ left, r->y - top, right - left, top + r->size * TAILS / 100 };
}

bool on_plate(const struct flight *f, const struct rect *r)
{
	const struct grid *g = &f->layout->grid;
	return r->x + r->width > -g->bleed && r->y + r->height > -g->bleed &&
	       r->x < g->width + g->bleed && r->y < g->height + g->bleed;
}

const struct frame *page_frame_at(const struct flight *f, const struct page *p, int x, int y)
{
	const struct frame *best = NULL;
	int64_t least = INT64_MAX;
	for (size_t i = 0; p->master && i < p->master->frame_count; i++) {
		const struct frame *frame = &p->master->frames[i];
		struct rect r = frame_rect(f->layout, frame, p->recto);
		int64_t area = (int64_t)r.width * r.height;
		if (x >= r.x && x <= r.x + r.width && y >= r.y && y <= r.y + r.height &&
		    area < least) {
			least = area;
			best = frame;
		}
	}
	return best;
}

int colour_ink(const struct colour *c)
{
	if (c->spot)
		return c->tint;
	return c->cmyk[0] + c->cmyk[1] + c->cmyk[2] + c->cmyk[3];
}

int colour_plates(const struct colour *c)
{
	int plates = 0;
	if (c->spot)
		return c->tint > 0;
	for (int i = 0; i < 4; i++)
		plates += c->cmyk[i] > 0;
	return plates;
}

struct place fill_place(const struct item *fill)
{
	if (fill->fill.design)
		return *fill->fill.design;
	return fill->element ? fill->element->place : fill->fill.colour->place;
}

struct place run_place(const struct item *glyphs)
{
	const struct glyph_run *r = &glyphs->glyphs;
	if (r->style)
		return r->style->place;
	return glyphs->element ? glyphs->element->place : r->colour->place;
}

struct place shape_place(const struct flight *f, const struct page *p, const struct item *shape)
{
	struct rect r = item_shape_bounds(shape);
	const struct frame *frame = page_frame_at(f, p, r.x + r.width / 2, r.y + r.height / 2);
	if (shape->element)
		return shape->element->place;
	return frame ? frame->place : shape->shape.colour->place;
}

struct str page_name(const struct flight *f, const struct page *p)
{
	return p->number ? str_format(f->arena, "page %d", p->number) : STR("the spine");
}
