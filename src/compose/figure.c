/* Pictures: cropped into frames, whole in columns. */
#include "compose/setting.h"

/* A length by the picture's sides, as they are or, where they are not known, as
 * those of most photographs; ribbons of a pixel are cut short. */
static int by_sides(int length, int a, int b)
{
	enum { LONGEST = INT32_MAX / 8 };
	if (a <= 0 || b <= 0)
		return 0;
	int64_t scaled = (int64_t)length * a / b;
	return scaled > LONGEST ? LONGEST : scaled < 1 ? 1 : unit_scale(length, a, b);
}

int picture_height(const struct picture *p, int width)
{
	int height = by_sides(width, picture_upright_rows(p), picture_upright_columns(p));
	return height ? height : width * 2 / 3;
}

int picture_width(const struct picture *p, int height)
{
	int width = by_sides(height, picture_upright_columns(p), picture_upright_rows(p));
	return width ? width : height * 3 / 2;
}

int picture_widest(const struct picture *p)
{
	enum { LEAST_PPI = 150 }; /* GWG 2022, R0031: below, a picture looks coarse */
	int columns = picture_upright_columns(p);
	return columns > 0 ? unit_scale(columns, INCH, LEAST_PPI) : INT32_MAX / 4;
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
	struct item *i = box_item(c->drafts, b, ITEM_PICTURE);
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
	if (!plate->caption.count || width <= 0)
		return y;
	const struct style *s = plate->caption.spans[0].style;
	struct lines lines = caption_lines(c, plate, x, width);
	y += c->layout->details.caption_gap - cap_offset(c, s) + s->size / 6;
	for (size_t i = 0; i < lines.count; i++) {
		y += s->leading;
		box_line(c, b, &lines.line[i], 0, y);
	}
	return y;
}

int caption_height(struct composer *c, const struct plate *plate, int width)
{
	struct box trial = { 0 };
	return box_caption(c, &trial, plate, 0, 0, width);
}

void caption_boxes(struct composer *c, const struct plate *plate, int width, struct boxes *out)
{
	if (!plate->caption.count)
		return;
	struct lines lines = caption_lines(c, plate, 0, width);
	for (size_t i = 0; i < lines.count; i++) {
		struct box *box = boxes_add(c->drafts, out);
		box->height = plate->caption.spans[0].style->leading;
		box->place = plate->picture->place;
		box_line(c, box, &lines.line[i], 0, box->height);
	}
}

int picture_space(struct composer *c, int least)
{
	int before = composer_style(c, NULL, STYLE_BODY)->before;
	return before > least ? before : least;
}

/* A picture in a column: its top at the height of capitals beside it. */
void set_figure(struct composer *c, struct block *b, int width, int max_height, struct boxes *out)
{
	const struct plate *plate = &b->plates[0];
	int top = cap_offset(c, composer_style(c, NULL, STYLE_BODY));
	int below = caption_height(c, plate, width);
	bool apart = below > max_height / 2;
	int room = max_height - top - (apart ? 0 : below);
	int w = width, h;
	if (plate->picture->width == PICTURE_COLUMN && picture_widest(plate->picture) < width)
		w = picture_widest(plate->picture); /* nobody asked for it to be larger */
	h = picture_height(plate->picture, w);
	h += b->more * c->layout->grid.baseline;
	if (h > room * 9 / 10) { /* upright pictures leave room for words */
		h = room * 9 / 10 > PT ? room * 9 / 10 : PT;
		w = picture_width(plate->picture, h);
		if (w > width)
			w = width;
	}
	struct box *box = boxes_add(c->drafts, out);
	box->place = b->place;
	box->floats = !apart;
	box_picture(c, box, plate, (struct rect){ 0, top, w, h });
	box->height = apart ? top + h : box_caption(c, box, plate, 0, top + h, width);
	if (apart)
		caption_boxes(c, plate, width, out);
	b->before = picture_space(c, c->layout->grid.baseline / 3);
	b->after = c->layout->grid.baseline / 2;
}
