/* Galleries: pictures side by side in rows that fill the width exactly.
 *
 * THE MODEL. The pictures of a row are equally tall, none is cropped, and their
 * order is kept; so a row's height follows from which pictures stand in it. The
 * rows are chosen together, as lines of a paragraph are: their heights shall be
 * like the wished one, neither half nor twice of it. A row that would be too tall
 * (for the page, or for the pixels of a picture in it) stays lower and does not
 * fill the width, at a high price; as high is that of a caption that finds no room
 * below its picture, so that all of the row follow it. */
#include "compose/setting.h"

enum {
	MOST_IN_ROW = 6,
	CAPTION_EMS = 13, /* some twenty-five letters: the least a caption's line wants */
	LEAST_WISH = 100 * PT,
	COST_FOLLOW = 60000, /* a caption without room below its picture */
	COST_UNFILLED = 10, /* a hundredth of the width left empty; squared */
};

struct gallery {
	struct composer *composer;
	const struct block *block;
	int width, max_height;
	int gutter;
	int wish; /* of a row's height */
};

struct row {
	size_t first, count;
	int height; /* of its pictures */
	bool filled; /* the width */
	int homeless; /* captions without room below their picture: then all stand below
			 the row, in the order of the pictures */
	int captions; /* how far they reach below */
	bool apart; /* they are too long for that and flow behind it */
};

static const struct picture *picture_at(const struct gallery *g, size_t i)
{
	return g->block->plates[i].picture;
}

/* How tall a row of pictures is when it fills the width exactly. */
static int filling_height(const struct gallery *g, size_t first, size_t count)
{
	enum { UNITS = 100000 }; /* of height, at which widths are compared */
	int64_t sum = 0;
	for (size_t i = first; i < first + count; i++)
		sum += picture_width(picture_at(g, i), UNITS);
	int64_t room = g->width - (int64_t)(count - 1) * g->gutter;
	if (room <= 0 || sum <= 0)
		return PT;
	int64_t h = room * UNITS / sum;
	return h > INT32_MAX / 4 ? INT32_MAX / 4 : h > PT ? (int)h : PT;
}

static int caption_width(const struct gallery *g, const struct row *r, size_t i)
{
	int w = picture_width(picture_at(g, i), r->height);
	return r->count > 1 && w < g->width ? w : g->width;
}

/* Between captions below one another. */
static int caption_gap(const struct gallery *g)
{
	return g->composer->layout->grid.baseline / 4;
}

/* Height of a caption under its picture; 0 when there is no room for its words. */
static int height_under(const struct gallery *g, const struct row *r, size_t i)
{
	const struct plate *plate = &g->block->plates[i];
	int w = caption_width(g, r, i);
	if (r->count > 1 && w < CAPTION_EMS * plate->caption.spans[0].style->size)
		return 0; /* not even to be measured: words would be cut */
	int h = caption_height(g->composer, plate, w);
	return h <= g->max_height / 3 ? h : 0;
}

/* Captions stand under their pictures when there is room for words. */
static void measure_captions(const struct gallery *g, struct row *r)
{
	int below = 0, under = 0;
	r->homeless = 0;
	for (size_t i = r->first; i < r->first + r->count; i++) {
		const struct plate *plate = &g->block->plates[i];
		if (!plate->caption.count)
			continue;
		int h = height_under(g, r, i);
		under = h > under ? h : under;
		below += caption_height(g->composer, plate, g->width) + caption_gap(g);
		r->homeless += h == 0;
	}
	r->apart = r->homeless && below > g->max_height / 3;
	r->captions = r->apart ? 0 : r->homeless ? below : under;
}

/* Half a page for a picture alone, more for several, and no more than their
 * pixels are good for. */
static int highest(const struct gallery *g, const struct row *r)
{
	int gap = 2 * g->composer->layout->grid.baseline + picture_space(g->composer, 0) / 2;
	int most = (g->max_height - r->captions - gap) * 3 / 5;
	if (r->count == 1)
		most = g->max_height / 2 - r->captions - gap;
	for (size_t i = r->first; i < r->first + r->count; i++) {
		const struct picture *p = picture_at(g, i);
		int h = picture_height(p, picture_widest(p));
		most = h < most ? h : most;
	}
	return most > PT ? most : PT;
}

static struct row row_of(const struct gallery *g, size_t first, size_t count)
{
	struct row r = { .first = first,
			 .count = count,
			 .height = filling_height(g, first, count),
			 .filled = true };
	measure_captions(g, &r);
	int most = highest(g, &r);
	if (r.height <= most)
		return r;
	r.height = most;
	r.filled = false;
	measure_captions(g, &r);
	return r;
}

static int filled_width(const struct gallery *g, const struct row *r)
{
	int w = (int)(r->count - 1) * g->gutter;
	for (size_t i = r->first; i < r->first + r->count; i++)
		w += picture_width(picture_at(g, i), r->height);
	return w;
}

static int64_t cost_of(const struct gallery *g, const struct row *r)
{
	int64_t ratio = r->height > g->wish ? (int64_t)r->height * 100 / g->wish
					    : (int64_t)g->wish * 100 / r->height;
	ratio = ratio < 1000 ? ratio : 1000;
	int64_t cost = (ratio - 100) * (ratio - 100);
	cost += COST_FOLLOW * r->homeless;
	if (!r->filled) {
		int64_t empty = 100 - (int64_t)filled_width(g, r) * 100 / g->width;
		cost += COST_UNFILLED * empty * empty;
	}
	return cost;
}

/* How many pictures stand in the row that begins with each. */
static size_t *row_counts(const struct gallery *g)
{
	size_t n = g->block->plate_count;
	struct arena *a = g->composer->arena;
	size_t *counts = NEW_ARRAY(a, size_t, n + 1);
	int64_t *costs = NEW_ARRAY(a, int64_t, n + 1);
	for (size_t i = n; i-- > 0;) {
		costs[i] = INT64_MAX;
		for (size_t k = 1; k <= MOST_IN_ROW && i + k <= n; k++) {
			struct row r = row_of(g, i, k);
			int64_t cost = cost_of(g, &r) + costs[i + k];
			if (cost < costs[i]) {
				costs[i] = cost;
				counts[i] = k;
			}
		}
	}
	return counts;
}

/* A picture that leaves room beside it has its caption there, ending at its foot. */
static bool caption_beside(const struct gallery *g, const struct row *r, struct box *box, int top,
			   int width)
{
	const struct plate *plate = &g->block->plates[r->first];
	int room = g->width - width - g->gutter;
	if (r->count > 1 || r->filled || !plate->caption.count ||
	    room < CAPTION_EMS * plate->caption.spans[0].style->size)
		return false;
	int height = caption_height(g->composer, plate, room);
	if (height > r->height)
		return false;
	box_caption(g->composer, box, plate, width + g->gutter, top + r->height - height, room);
	return true;
}

/* The captions below the row, or behind it. */
static void add_captions(const struct gallery *g, const struct row *r, struct boxes *out)
{
	struct composer *c = g->composer;
	size_t row = out->count - 1;
	for (size_t i = r->first; i < r->first + r->count; i++) {
		const struct plate *plate = &g->block->plates[i];
		if (!r->apart) {
			struct box *box = &out->box[row];
			int y = box->height + (i > r->first ? caption_gap(g) : 0);
			box->height = box_caption(c, box, plate, 0, y, g->width);
			continue;
		}
		size_t first = out->count;
		caption_boxes(c, plate, g->width, out);
		if (first < out->count && i > r->first)
			out->box[first].before = caption_gap(g);
	}
	out->box[out->count - 1].after = c->layout->grid.baseline / 2;
	if (out->count > row + 1)
		out->box[row].break_cost = COST_KEEP;
}

static void add_row(const struct gallery *g, const struct row *r, struct boxes *out)
{
	struct composer *c = g->composer;
	const struct block *b = g->block;
	int top = cap_offset(c, composer_style(c, NULL, STYLE_BODY)), x = 0;
	struct box *box = boxes_add(c->drafts, out);
	box->place = b->place;
	box->height = top + r->height;
	box->before = picture_space(c, g->gutter > top ? g->gutter - top : 0);
	for (size_t i = r->first; i < r->first + r->count; i++) {
		int w = picture_width(b->plates[i].picture, r->height);
		if (r->filled && i + 1 == r->first + r->count)
			w = g->width - x; /* takes up what rounding left */
		if (w > g->width - x)
			w = g->width - x;
		box_picture(c, box, &b->plates[i], (struct rect){ x, top, w, r->height });
		if (!r->homeless && !caption_beside(g, r, box, top, w)) {
			int end = box_caption(c, box, &b->plates[i], x, top + r->height,
					      r->count > 1 ? w : g->width);
			box->height = end > box->height ? end : box->height;
		}
		x += w + g->gutter;
	}
	if (r->homeless)
		add_captions(g, r, out);
}

void set_gallery(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	struct gallery g = { .composer = c,
			     .block = b,
			     .width = width,
			     .max_height = max_height,
			     .gutter = c->layout->grid.gutter,
			     .wish = width / 3 };
	if (g.wish < LEAST_WISH)
		g.wish = LEAST_WISH;
	if (g.wish > max_height / 3)
		g.wish = max_height / 3 > PT ? max_height / 3 : PT;
	const size_t *counts = row_counts(&g);
	for (size_t i = 0; i < b->plate_count; i += counts[i]) {
		struct row r = row_of(&g, i, counts[i]);
		add_row(&g, &r, out);
		out->box[out->count - 1].plates = i + r.count;
	}
	b->after = c->layout->grid.baseline / 2;
	b->before = picture_space(c, b->after);
}
