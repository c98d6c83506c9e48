/* Shapes: registration marks, codes. One path, so that neighbours leave no seam. */
#include "pdf/content.h"

static void put_point(struct painter *p, int64_t x, int64_t y)
{
	put_milli(p->out, make_x(p->m, x));
	buf_put_byte(p->out, ' ');
	put_milli(p->out, make_y(p->m, y));
	buf_put_byte(p->out, ' ');
}

/* Four Bézier curves: their handles are this part of the radius, in 1/10000. */
static void put_ellipse(struct painter *p, struct rect r)
{
	enum { KAPPA = 5523 };
	int64_t rx = r.width / 2, ry = r.height / 2, x = r.x + rx, y = r.y + ry;
	int64_t hx = rx * KAPPA / 10000, hy = ry * KAPPA / 10000;
	put_point(p, x + rx, y);
	buf_put_c(p->out, "m ");
	const int64_t curves[4][6] = {
		{ x + rx, y + hy, x + hx, y + ry, x, y + ry },
		{ x - hx, y + ry, x - rx, y + hy, x - rx, y },
		{ x - rx, y - hy, x - hx, y - ry, x, y - ry },
		{ x + hx, y - ry, x + rx, y - hy, x + rx, y },
	};
	for (size_t i = 0; i < 4; i++) {
		for (size_t n = 0; n < 6; n += 2)
			put_point(p, curves[i][n], curves[i][n + 1]);
		buf_put_c(p->out, "c ");
	}
	buf_put_c(p->out, "h ");
}

void shape_paint(struct painter *p, const struct item *item)
{
	for (size_t i = 0; i < item->shape.count; i++) {
		struct rect r = item->shape.parts[i].rect;
		r.x += item->shape.x;
		r.y += item->shape.y;
		if (r.width <= 0 || r.height <= 0)
			continue;
		if (item->shape.parts[i].round) {
			put_ellipse(p, r);
			continue;
		}
		put_point(p, r.x, (int64_t)r.y + r.height);
		put_milli(p->out, r.width);
		buf_put_byte(p->out, ' ');
		put_milli(p->out, r.height);
		buf_put_c(p->out, " re ");
	}
	buf_put_c(p->out, "f*\n");
}
