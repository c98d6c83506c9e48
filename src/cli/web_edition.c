#include "cli/web_edition.h"

#include "cli/renditions.h"

bool web_edition_write(struct cli *c, const struct document *doc, const struct layout *l,
		       const struct web_download *downloads, size_t download_count,
		       const char *folder, uint64_t *written)
{
	const struct web_options o = { downloads, download_count, renditions(c) };
	return web_write(doc, l, &o, folder, &c->world, c->diags, written);
}
