#include "cli/renditions.h"

#include "base/arena.h"
#include "base/cache.h"
#include "base/file.h"
#include "compose/compose.h"
#include "pdf/pdf.h"

/* A rendition_maker's card: composed and drawn, and kept for the next build. What its
 * words lack is told by the editions that are read. */
static bool draw_card(void *root, const struct card *card, struct str key, struct buf *out,
		      struct diags *d)
{
	struct arena *a = arena_open();
	const char *folder = path_join(a, str_from(root), STR("out/.cache/pictures"));
	struct cache *cache = cache_open(a, str_from(folder));
	struct str bytes;
	size_t start = out->len;
	bool ok = true;
	if (cache_get(cache, a, key, &bytes)) {
		buf_put(out, bytes);
	} else {
		const struct pages *pages = compose_card(a, card, diags_new(a));
		ok = pdf_draw(pages, 0, CARD_COLUMNS, CARD_ROWS, out, d);
		if (ok)
			cache_put(cache, key, str_sub(buf_str(out), start, out->len));
	}
	arena_close(a);
	return ok;
}

const struct rendition_maker *renditions(struct cli *c)
{
	struct rendition_maker *m = NEW(c->arena, struct rendition_maker);
	*m = (struct rendition_maker){ pdf_renditions, draw_card,
				       str_c(c->arena, c->publication->root) };
	return m;
}

const struct rendition_maker *mail_renditions(struct cli *c)
{
	return c->publication->mail.pictures_inside ? renditions(c) : NULL;
}
