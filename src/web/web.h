/* web/: the document becomes a static site.
 *
 * In: an issue and the layout's colours; then, for what stands above the issues, the
 * folders of those that were written. Out: a folder of pages without script,
 * cookie or third party; an Atom feed; an archive and a sitemap. No library: who
 * makes pictures smaller is handed in. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/world.h"
#include "model/layout.h"
#include "model/rendition.h"

struct arena;

/* A PDF edition to be offered. */
struct web_download {
	enum edition edition;
	const char *path;
	uint64_t bytes;
};

struct web_options {
	const struct web_download *downloads;
	size_t download_count;
	const struct rendition_maker *maker; /* NULL: pictures stay as they are */
};

/* Writes index.html, ARTICLE/index.html, feed.xml, img/, style.css, the offered PDFs,
 * and issue.txt, from which the archive is made, below folder. Files whose bytes would
 * not change are left alone; files of articles that are gone are removed. written may
 * be NULL: bytes of all files. */
bool web_write(const struct document *doc, const struct layout *l, const struct web_options *o,
	       const char *folder, const struct world *w, struct diags *d, uint64_t *written)
	__attribute__((warn_unused_result));

/* Writes what stands above the issues into output/web/: index.html, the archive of all
 * issues of which output/ISSUE/web/ is there; index.LANGUAGE.html, the same of articles
 * in another language than the publication's; feed.xml of the newest issues;
 * with a known site, sitemap.xml and robots.txt; and for each issue a link to its folder,
 * so that output/web/ is the whole site. Files whose bytes would not change are left
 * alone; what is left of issues that are gone is removed. */
bool web_write_archive(const struct publication *p, const struct layout *l, const char *output,
		       const struct world *w, struct diags *d, uint64_t *written)
	__attribute__((warn_unused_result));

#endif
