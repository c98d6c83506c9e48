/* Pictures: cropped into frames, whole in columns, side by side in galleries. */
#include "compose/setting.h"

int picture_height(const struct picture *p, int width)
{
	int columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	if (columns <= 0 || rows <= 0)
		return width * 2 / 3;
	return unit_scale(width, rows, columns);
}

static int picture_width(const struct picture *p, int height)
{
	int columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	if (columns <= 0 || rows <= 0)
		return height * 3 / 2;
	return unit_scale(height, columns, rows);
}

/* Faces and horizons live above the middle: of what is cut off a tall picture,
 * two fifths go at the top. */
static struct rect cover_rect(const struct picture *p, struct rect frame)
{
	struct rect whole = frame;
	whole.height = picture_height(p, frame.width);
	if (whole.height < frame.height) {
		whole.height = frame.height;
		whole.width = picture_width(p, frame.height);
		if (whole.width < frame.width)
			whole.width = frame.width;
	}
	whole.x -= (whole.width - frame.width) / 2;
	whole.y -= (whole.height - frame.height) * 2 / 5;
	return whole;
}

void box_picture(struct composer *c, struct box *b, const struct plate *plate, struct rect frame)
{
	struct item *i = box_item(c->arena, b, ITEM_PICTURE);
	i->element = plate->element;
	i->artifact = ARTIFACT_LAYOUT;
	i->picture.picture = plate->picture;
	i->picture.frame = frame;
	i->picture.whole = cover_rect(plate->picture, frame);
}

static struct lines caption_lines(struct composer *c, const struct plate *plate, int x, int width)
{
	const struct style *s = plate->caption.spans[0].style;
	struct line_box measure = { x, width };
	struct paragraph p = { .spans = plate->caption.spans,
			       .span_count = plate->caption.count,
			       .boxes = &measure,
			       .box_count = 1,
			       .align = s->align == TEXT_JUSTIFIED ? TEXT_LEFT : s->align,
			       .balance = false };
	return paragraph_break(c->type, c->arena, &p, c->diags);
}

int box_caption(struct composer *c, struct box *b, const struct plate *plate, int x, int y,
		int width)
{
	enum { MILLIMETRE = 2835 };
	if (!plate->caption.count || width <= 0)
		return y;
	const struct style *s = plate->caption.spans[0].style;
	struct lines lines = caption_lines(c, plate, x, width);
	y += MILLIMETRE - cap_offset(c, s) + s->size / 6;
	for (size_t i = 0; i < lines.count; i++) {
		y += s->leading;
		box_line(c, b, &lines.line[i], 0, y);
	}
	return y;
}

static int caption_height(struct composer *c, const struct plate *plate, int width)
{
	struct box trial = { 0 };
	return box_caption(c, &trial, plate, 0, 0, width);
}

/* A caption too long to stay with its picture flows behind it, line by line. */
static void add_caption_lines(struct composer *c, const struct plate *plate, int width,
			      struct boxes *out)
{
	if (!plate->caption.count)
		return;
	struct lines lines = caption_lines(c, plate, 0, width);
	for (size_t i = 0; i < lines.count; i++) {
		struct box *box = boxes_add(c->arena, out);
		box->height = plate->caption.spans[0].style->leading;
		box->place = plate->picture->place;
		box_line(c, box, &lines.line[i], 0, box->height);
	}
}

/* A picture in a column: its top at the height of capitals beside it. */
void set_figure(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	const struct plate *plate = &b->plates[0];
	int top = cap_offset(c, composer_style(c, NULL, STYLE_BODY));
	int below = caption_height(c, plate, width);
	bool apart = below > max_height / 2;
	int room = max_height - top - (apart ? 0 : below);
	int w = width, h = picture_height(plate->picture, width);
	h += b->more * c->layout->grid.baseline;
	if (h > room * 9 / 10) { /* upright pictures leave room for words */
		h = room * 9 / 10 > PT ? room * 9 / 10 : PT;
		w = picture_width(plate->picture, h);
		if (w > width)
			w = width;
	}
	struct box *box = boxes_add(c->arena, out);
	box->place = b->place;
	box->floats = !apart;
	box_picture(c, box, plate, (struct rect){ 0, top, w, h });
	box->height = apart ? top + h : box_caption(c, box, plate, 0, top + h, width);
	if (apart)
		add_caption_lines(c, plate, width, out);
	b->before = c->layout->grid.baseline / 3;
	b->after = c->layout->grid.baseline / 2;
}

/* ---- galleries ---- */

struct row {
	size_t first, count;
	int height;
};

/* How tall a row of pictures is when it fills the width exactly. */
static int row_height(const struct block *b, size_t first, size_t count, int width, int gutter)
{
	/* widths at a height of 1000 units */
	int64_t sum = 0;
	for (size_t i = first; i < first + count; i++)
		sum += picture_width(b->plates[i].picture, 1000);
	int64_t room = width - (int64_t)(count - 1) * gutter;
	if (room <= 0 || sum <= 0)
		return PT;
	int64_t h = room * 1000 / sum;
	return h > INT32_MAX / 4 ? INT32_MAX / 4 : (int)h;
}

enum { MOST_IN_ROW = 6 };

/* Captions under pictures side by side want some twenty-five letters a line. */
static bool row_is_narrow(const struct block *b, size_t first, size_t count, int height)
{
	enum { EMS = 13 };
	for (size_t i = first; i < first + count && count > 1; i++) {
		const struct text *t = &b->plates[i].caption;
		if (t->count &&
		    picture_width(b->plates[i].picture, height) < EMS * t->spans[0].style->size)
			return true;
	}
	return false;
}

/* How many pictures stand in the row that begins with each: the rows whose heights
 * differ least from the wished one, in squares, over the whole gallery. */
static size_t *row_counts(struct composer *c, const struct block *b, int width, int gutter,
			  int wish)
{
	size_t n = b->plate_count;
	size_t *counts = NEW_ARRAY(c->arena, size_t, n + 1);
	int64_t *costs = NEW_ARRAY(c->arena, int64_t, n + 1);
	for (size_t i = n; i-- > 0;) {
		costs[i] = INT64_MAX;
		for (size_t k = 1; k <= MOST_IN_ROW && i + k <= n; k++) {
			int height = row_height(b, i, k, width, gutter);
			if (row_is_narrow(b, i, k, height))
				continue;
			int64_t off = (height - wish) / 1000;
			off = off > 100000 ? 100000 : off;
			int64_t cost = off * off + costs[i + k];
			if (cost < costs[i]) {
				costs[i] = cost;
				counts[i] = k;
			}
		}
	}
	return counts;
}

/* Captions that stand under their pictures must have room for words. */
static bool captions_fit(struct composer *c, const struct block *b, struct row r, int width,
			 int max_height)
{
	enum { LEAST = 60 * PT };
	for (size_t i = r.first; i < r.first + r.count; i++) {
		int w = picture_width(b->plates[i].picture, r.height);
		w = w < width ? w : width;
		if (b->plates[i].caption.count &&
		    (w < LEAST || caption_height(c, &b->plates[i], w) > max_height / 3))
			return false;
	}
	return true;
}

static void add_row(struct composer *c, const struct block *b, struct row r, int width, int gutter,
		    bool captions, struct boxes *out)
{
	int top = cap_offset(c, composer_style(c, NULL, STYLE_BODY)), x = 0, bottom = 0;
	struct box *box = boxes_add(c->arena, out);
	box->place = b->place;
	for (size_t i = r.first; i < r.first + r.count; i++) {
		bool last = i + 1 == r.first + r.count;
		int w = picture_width(b->plates[i].picture, r.height);
		if (last && r.count > 1)
			w = width - x; /* takes up what rounding left */
		if (w > width - x)
			w = width - x;
		box_picture(c, box, &b->plates[i], (struct rect){ x, top, w, r.height });
		int end = top + r.height;
		if (captions)
			end = box_caption(c, box, &b->plates[i], x, end, r.count > 1 ? w : width);
		bottom = end > bottom ? end : bottom;
		x += w + gutter;
	}
	box->height = bottom;
	box->before = box->after = c->layout->grid.baseline / 2;
}

void set_gallery(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	int gutter = c->layout->grid.gutter;
	int wish = width * 2 / 5;
	if (wish > max_height / 3)
		wish = max_height / 3;
	const size_t *counts = row_counts(c, b, width, gutter, wish);
	for (size_t i = 0, n; i < b->plate_count; i += n) {
		n = counts[i];
		struct row r = { i, n, row_height(b, i, n, width, gutter) };
		int below = 0, gap = 2 * c->layout->grid.baseline;
		bool captions = captions_fit(c, b, r, width, max_height);
		for (size_t k = i; k < i + n && captions; k++) {
			int w = picture_width(b->plates[k].picture, r.height);
			int h = caption_height(c, &b->plates[k], n > 1 && w < width ? w : width);
			below = h > below ? h : below;
		}
		int room = (max_height - below - gap) * 4 / 5;
		if (n == 1) /* two of them fill a page */
			room = max_height / 2 - below - gap;
		if (r.height > room)
			r.height = room > PT ? room : PT;
		add_row(c, b, r, width, gutter, captions, out);
		for (size_t k = i; k < i + n && !captions; k++)
			add_caption_lines(c, &b->plates[k], width, out);
		out->box[out->count - 1].plates = i + n;
	}
	b->before = b->after = c->layout->grid.baseline / 2;
}
