/* Inks with plates of their own, as Separation colour spaces (ISO 32000-1, 8.6.6.4).
 * Who has no such ink mixes it from the four, in proportion to the tint. */
#include "base/arena.h"
#include "pdf/content.h"

size_t spot_use(struct content *c, struct arena *a, const struct ink *spot)
{
	for (size_t i = 0; i < c->spot_count; i++)
		if (c->spots[i] == spot)
			return i;
	PUSH(a, c->spots, c->spot_count, c->spot_capacity, spot);
	return c->spot_count - 1;
}

void spot_put_resources(struct buf *b, const struct content *c)
{
	if (!c->spot_count)
		return;
	buf_put_c(b, "/ColorSpace <<");
	for (size_t i = 0; i < c->spot_count; i++) {
		buf_format(b, "/S%zu [/Separation ", i);
		put_name(b, c->spots[i]->name);
		buf_put_c(b, " /DeviceCMYK <</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
		for (size_t n = 0; n < 4; n++) {
			buf_put_byte(b, ' ');
			put_milli(b, c->spots[i]->cmyk[n]);
		}
		buf_put_c(b, "]>>]\n");
	}
	buf_put_c(b, ">>");
}
