/* web/: the document becomes a static site.
 *
 * In: an issue and the layout's colours. Out: a folder of pages without script,
 * cookie or third party; an Atom feed. No library. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/world.h"
#include "model/layout.h"

struct arena;

/* A PDF edition beside the site, for the download links. */
struct web_download {
	enum edition edition;
	struct str file; /* relative to the site's index: "../screen.pdf" */
	uint64_t bytes;
};

struct web_options {
	const struct web_download *downloads;
	size_t download_count;
};

/* Writes index.html, ARTICLE/index.html, feed.xml, img/ and style.css below
 * folder. Files whose bytes would not change are left alone; files of articles
 * that are gone are removed. written may be NULL: bytes of all files. */
bool web_write(const struct document *doc, const struct layout *l, const struct web_options *o,
	       const char *folder, const struct world *w, struct diags *d, uint64_t *written)
	__attribute__((warn_unused_result));

#endif
