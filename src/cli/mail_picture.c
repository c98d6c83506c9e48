#include "cli/mail_picture.h"

#include "base/arena.h"
#include "pdf/pdf.h"

/* context: the publication's root, as char *. */
static bool make(void *context, const struct picture *p, int columns, size_t bytes_at_most,
		 struct buf *out, struct diags *d)
{
	int64_t width = picture_upright_columns(p), height = picture_upright_rows(p);
	if (width < 1 || height < 1)
		return false;
	int across = columns < width ? columns : (int)width;
	int64_t rows = (height * across + width / 2) / width;
	struct rendition wanted = { across, rows < 1 ? 1 : (int)rows, bytes_at_most };
	return pdf_renditions(context, p, &wanted, 1, out, d);
}

const struct picture_maker *mail_pictures(struct cli *c)
{
	if (!c->publication->mail.pictures_inside)
		return NULL;
	struct picture_maker *m = NEW(c->arena, struct picture_maker);
	*m = (struct picture_maker){ make, str_c(c->arena, c->publication->root) };
	return m;
}
