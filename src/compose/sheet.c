#include "compose/sheet.h"

void page_fill(struct composer *c, size_t page, struct rect r, const struct colour *colour,
	       enum artifact kind, const struct place *design)
{
	struct item *i = page_add(c->arena, &c->pages->page[page], ITEM_FILL);
	i->artifact = kind;
	i->fill.rect = r;
	i->fill.colour = colour;
	i->fill.design = design;
}

/* Pictures cover theirs; boxes, editorial and imprint paint it with their words;
 * lines have it as their own. */
static bool has_ground(const struct frame *f)
{
	return f->fill && f->role != FRAME_PICTURE && f->role != FRAME_SIDE &&
	       f->role != FRAME_EDITORIAL && f->role != FRAME_IMPRINT && f->role != FRAME_LINES;
}

static void paint_ground(struct composer *c, size_t page, const struct master *m)
{
	const struct grid *g = &c->layout->grid;
	bool recto = page_is_recto(c, page);
	if (m->background)
		page_fill(c, page,
			  (struct rect){ -g->bleed, -g->bleed, g->width + 2 * g->bleed,
					 g->height + 2 * g->bleed },
			  m->background, ARTIFACT_BACKGROUND, &m->place);
	for (size_t i = 0; i < m->frame_count; i++)
		if (has_ground(&m->frames[i]))
			page_fill(c, page, frame_rect(c->layout, &m->frames[i], recto),
				  m->frames[i].fill, ARTIFACT_BACKGROUND, &m->frames[i].place);
}

bool page_is_recto(const struct composer *c, size_t page)
{
	return c->pages->page[page].recto;
}

bool next_is_recto(const struct composer *c)
{
	return c->pages->count % 2 == 0;
}

size_t page_open(struct composer *c, const struct master *m, const struct article *article)
{
	struct page p = { .number = (int)c->pages->count + 1,
			  .recto = next_is_recto(c),
			  .master = m,
			  .article = article };
	PUSH(c->arena, c->pages->page, c->pages->count, c->pages->capacity, p);
	size_t page = c->pages->count - 1;
	if (m)
		paint_ground(c, page, m);
	return page;
}

/* How far down words below a picture may reach: to the next frame that has any, which
 * moves as the picture's foot has moved, and within the margins. clear: so far from
 * what is below. */
static int lowest_below(const struct composer *c, const struct master *m, bool recto,
			const struct frame *f, struct rect r, int clear)
{
	struct rect page = margins_rect(c->layout, recto), own = frame_rect(c->layout, f, recto);
	int foot = own.y + own.height, moved = r.y + r.height - foot;
	int lowest = page.y + page.height + 2 * PT;
	for (size_t i = 0; m && i < m->frame_count; i++) {
		const struct frame *other = &m->frames[i];
		struct rect o = frame_rect(c->layout, other, recto);
		bool beside = o.x + o.width <= own.x || o.x >= own.x + own.width;
		if (other != f && other->role != FRAME_FILL && !beside && o.y >= foot &&
		    o.y + moved - clear < lowest)
			lowest = o.y + moved - clear;
	}
	return lowest;
}

struct box framed_picture(struct composer *c, const struct master *m, bool recto,
			  const struct frame *f, struct rect r, const struct plate *plate,
			  bool *placed)
{
	struct box b = { 0 };
	struct rect inside = margins_rect(c->layout, recto);
	int left = r.x > inside.x ? r.x : inside.x;
	int right =
		r.x + r.width < inside.x + inside.width ? r.x + r.width : inside.x + inside.width;
	box_picture(c, &b, plate, r);
	size_t picture_only = b.item_count;
	b.height = box_caption(c, &b, plate, left, r.y + r.height, right - left);
	/* else the head below would read as its next line */
	int clear = plate->caption.count ? plate->caption.spans[0].style->leading / 2 : 0;
	*placed = !plate->caption.count ||
		  (!(f->bleed & EDGE_BOTTOM) &&
		   b.height <= lowest_below(c, m, recto, f, r, clear) && right > left);
	if (!*placed) {
		b.item_count = picture_only;
		b.height = r.y + r.height;
	}
	return b;
}

int page_stack(struct composer *c, size_t page, struct block **blocks, size_t count, struct rect r)
{
	struct boxes boxes = blocks_set(c, blocks, count, r.width, r.height > PT ? r.height : PT);
	int y = 0;
	for (size_t i = 0; i < boxes.count; i++) {
		if (i)
			y += boxes.box[i].before > boxes.box[i - 1].after ? boxes.box[i].before
									  : boxes.box[i - 1].after;
		box_paint(c, page, &boxes.box[i], r.x, r.y + y, false);
		y += boxes.box[i].height;
	}
	return r.y + y;
}

/* The number of the issue is the editor's, the frame the designer's: it is the frame that is
 * too small when it does not hold a line. */
static void report_overset(struct composer *c, const struct frame *f, int leading, int over)
{
	int lines = (over + leading - 1) / leading;
	struct place number = c->doc->number_place;
	if (f->role == FRAME_ISSUE && number.line && f->rect.height >= leading)
		diag_report_hint(c->diags, DIAG_OVERSET, number,
				 STR("write a short one, as 2/2026"),
				 "the number has %d %s too many where the cover names it", lines,
				 lines == 1 ? "line" : "lines");
	else
		diag_report_hint(c->diags, DIAG_OVERSET, f->place,
				 STR("make the frame higher, or the letters smaller"),
				 "%.*s: %d %s", STR_ARG(frame_role_name(f->role)), lines,
				 lines == 1 ? "line" : "lines");
}

int page_stack_at(struct composer *c, size_t page, struct block **blocks, size_t count,
		  const struct frame *f, struct rect r)
{
	if (!count)
		return r.y;
	struct boxes made = blocks_set(c, blocks, count, r.width, c->layout->grid.height);
	int left = r.height - boxes_height(made.box, made.count);
	int leading = blocks[count - 1]->style->leading;
	if (left < -leading / 4) /* a hair more is the last line's own space */
		report_overset(c, f, leading, -left);
	int down = left <= 0 || f->stand == STAND_TOP ? 0
		   : f->stand == STAND_FOOT           ? left
						      : left / 2;
	r.y += down;
	r.height -= down;
	return page_stack(c, page, blocks, count, r);
}

/* Thick enough for a colour that is printed as a screen. */
void page_lines(struct composer *c, size_t page, const struct frame *f)
{
	const struct layout *l = c->layout;
	const struct colour *colour = f->fill ? f->fill : l->accent;
	struct rect r = frame_rect(l, f, page_is_recto(c, page));
	int pitch = 2 * l->grid.baseline, bottom = r.y + r.height;
	for (int y = grid_line_down(l, r.y) + pitch; y <= bottom; y += pitch)
		page_fill(c, page, (struct rect){ r.x, y, r.width, PT / 2 }, colour,
			  ARTIFACT_LAYOUT, &f->place);
}

int page_words(struct composer *c, size_t page, struct text t, int x, int y)
{
	struct line l = line_set(c->type, c->arena, t.spans, t.count, c->diags);
	struct box b = { 0 };
	box_line(c, &b, &l, 0, 0);
	box_paint(c, page, &b, x, y, t.count && !t.spans[0].element);
	return l.width;
}
