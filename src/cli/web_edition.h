/* The web edition of an issue, as `glos build` writes it and `glos preview` shows it. */
#ifndef CLI_WEB_EDITION_H
#define CLI_WEB_EDITION_H

#include "cli/cli.h"
#include "web/web.h"

/* Writes it below folder, with PDFs to offer; its pictures and cards are made by pdf/
 * and kept for the next time. written: bytes of all files, or NULL. */
bool web_edition_write(struct cli *c, const struct document *doc, const struct layout *l,
		       const struct web_download *downloads, size_t download_count,
		       const char *folder, uint64_t *written) __attribute__((warn_unused_result));

#endif
