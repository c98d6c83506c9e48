/* Galleries: whole pictures side by side in rows that fill the width, as in print.
 *
 * All pictures of a row shall be equally tall, so each is as wide as it is in proportion
 * to the others: it grows by its ratio, which the style sheet knows by a class, for pages
 * carry no styles of their own. Which pictures share a row is chosen for the whole gallery,
 * so that rows are about as tall as one another. On telephones each has its own. */
#include "web/site.h"

enum {
	UNITS = 1000, /* width to height of a square */
	UNKNOWN = 1500, /* of a file that tells no size */
	NARROWEST = 100,
	WIDEST = 10000,
	WISH = 2500, /* of a row */
	LEAST_ALONE = 1200, /* a taller one would fill the screen and more */
	MOST_IN_ROW = 5,
	ROW = 790, /* pixels: of 970 there are, for a page's first screen shall stay light */
};

struct gallery {
	const struct picture **pictures;
	size_t count, capacity;
	size_t *last_begins; /* by number of pictures: where the last of their rows begins */
};

static int ratio_of(const struct picture *p)
{
	int64_t columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	int64_t ratio = columns > 0 && rows > 0 ? (columns * UNITS + rows / 2) / rows : UNKNOWN;
	return ratio < NARROWEST ? NARROWEST : ratio > WIDEST ? WIDEST : (int)ratio;
}

/* How far a row's ratio is from what is wished, squared. */
static int64_t cost_of(int64_t ratio)
{
	int64_t times = ratio > WISH ? ratio * UNITS / WISH : (int64_t)WISH * UNITS / ratio;
	return (times - UNITS) * (times - UNITS);
}

static void choose_rows(struct arena *a, struct gallery *g)
{
	int64_t *costs = NEW_ARRAY(a, int64_t, g->count + 1);
	g->last_begins = NEW_ARRAY(a, size_t, g->count + 1);
	for (size_t end = 1; end <= g->count; end++) {
		int64_t ratio = 0;
		costs[end] = INT64_MAX;
		for (size_t n = 1; n <= end && n <= MOST_IN_ROW; n++) {
			ratio += ratio_of(g->pictures[end - n]);
			int64_t cost = costs[end - n] + cost_of(ratio);
			if (cost >= costs[end])
				continue;
			costs[end] = cost;
			g->last_begins[end] = end - n;
		}
	}
}

static const char *class_of(struct site *s, int ratio)
{
	bool known = false;
	for (size_t i = 0; i < s->ratio_count; i++)
		known = known || s->ratios[i] == ratio;
	if (!known)
		PUSH(s->arena, s->ratios, s->ratio_count, s->ratio_capacity, ratio);
	return str_c(s->arena, str_format(s->arena, "r%d", ratio));
}

static void put_row(struct page_writer *p, const struct gallery *g, size_t first, size_t end)
{
	bool alone = end - first == 1 && ratio_of(g->pictures[first]) < LEAST_ALONE;
	int64_t sum = 0;
	for (size_t i = first; i < end; i++)
		sum += ratio_of(g->pictures[i]);
	buf_put_c(&p->out, alone ? "<div class=\"row alone\">\n" : "<div class=\"row\">\n");
	for (size_t i = first; i < end; i++) {
		int ratio = ratio_of(g->pictures[i]);
		/* its share of the row */
		p->sizes = str_c(p->site->arena,
				 str_format(p->site->arena,
					    "(min-width:64em) %dpx,(min-width:40em) %dvw,92vw",
					    (int)(ROW * ratio / sum), (int)(92 * ratio / sum)));
		page_put_figure_as(p, g->pictures[i], PLACE_GALLERY, class_of(p->site, ratio),
				   false);
	}
	p->sizes = NULL;
	buf_put_c(&p->out, "</div>\n");
}

/* Rows are known from the last one backwards. */
static void put_rows_until(struct page_writer *p, const struct gallery *g, size_t end)
{
	size_t *ends = NEW_ARRAY(p->site->arena, size_t, end + 1), rows = 0;
	for (; end; end = g->last_begins[end])
		ends[rows++] = end;
	while (rows--)
		put_row(p, g, g->last_begins[ends[rows]], ends[rows]);
}

static void put_rows(struct page_writer *p, struct gallery *g)
{
	if (!g->count)
		return;
	choose_rows(p->site->arena, g);
	put_rows_until(p, g, g->count);
	*g = (struct gallery){ 0 };
}

void page_put_gallery(struct page_writer *p, const struct node *gallery)
{
	struct gallery g = { 0 };
	buf_put_c(&p->out, "<div class=\"gallery wide\">\n");
	const struct node *n = node_first_shown(gallery->first, EDITION_WEB, STR(""));
	for (; n; n = node_next_shown(n, EDITION_WEB, STR(""))) {
		if (n->kind == NODE_FIGURE && n->picture && !n->picture->decorative) {
			if (n->picture->path.len || n->picture->caption.len)
				PUSH(p->site->arena, g.pictures, g.count, g.capacity, n->picture);
			continue;
		}
		put_rows(p, &g);
		page_put_block(p, n);
	}
	put_rows(p, &g);
	buf_put_c(&p->out, "</div>\n");
}

void gallery_put_style(struct buf *b, const struct site *s)
{
	for (size_t i = 0; i < s->ratio_count; i++)
		buf_format(b, ".gallery .r%d{flex-grow:%d}\n", s->ratios[i], s->ratios[i]);
}
