/* Inside web/: the site being written, one page of it, and what its files share.
 *
 * Links between pages name index.html, so that the folder can be opened from a
 * disk as well as from a server; the canonical address does not. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "base/arena.h"
#include "base/html.h"
#include "model/palette.h"
#include "model/site.h"
#include "model/words.h"
#include "web/web.h"

enum { PAGE_CEILING = 64 * 1024 * 1024 };

struct site {
	struct arena *arena;
	const struct document *doc;
	const struct layout *layout;
	const struct web_options *options;
	struct str folder;
	struct diags *diags;
	struct str language;
	/* Articles of the web edition in running order. */
	const struct article **articles;
	size_t article_count, article_capacity;
	/* Pictures that pages show, each once. */
	const struct picture **pictures;
	size_t picture_count, picture_capacity;
	uint64_t bytes;
	bool failed; /* a file could not be written, and that was reported */
};

/* A page while it is made. */
struct page_writer {
	struct site *site;
	struct buf out;
	const char *root; /* from the page to the site's folder: "" or "../" */
	const struct article *article;
	int heading; /* level that a heading of level 2 gets */
	bool *referenced; /* by note: its first reference was written */
};

/* ---- output.c ---- */

/* Writes a file below the site's folder, unless it holds just these bytes. */
void site_write(struct site *s, const char *name, struct str bytes);
/* Removes folders of articles that are gone: those that hold a page of ours and
 * nothing else. */
void site_remove_stale(struct site *s);

/* ---- picture.c ---- */

/* Appends an img element and remembers the picture; nothing when its file was
 * not usable. eager: it is seen at once, load it at once. */
void page_put_image(struct page_writer *p, const struct picture *picture, bool eager);
/* Writes the pictures that pages show into img/. */
void site_write_pictures(struct site *s);
/* Appends a JPEG or PNG file without what a camera or an editor noted in it:
 * place, time, owner, thumbnails. Turn and colour profile stay. A file of
 * unknown build is appended as it is. */
void picture_put_clean(struct buf *out, struct str file, int orientation);

/* ---- page.c ---- */

struct page_facts {
	struct str title; /* of the window */
	struct str language; /* of the title */
	struct str description;
	struct str canonical; /* absolute, or empty */
	const struct picture *image; /* for those who share; may be NULL */
	bool is_article;
};

void page_begin(struct page_writer *p, const struct page_facts *facts);
void page_end(struct page_writer *p);
/* " lang=…" when language differs from the site's; else empty. */
struct str page_language(struct page_writer *p, struct str language);
/* "../slug/index.html"; empty when the article is not in the web edition. */
struct str page_link(struct page_writer *p, const struct article *a);
/* "nr 1/2026 · 17 marca 2026 · bezpłatny" */
void page_put_issue(struct page_writer *p);
/* The same text in the site's arena; b is released. */
struct str site_keep(struct site *s, struct buf *b);

/* ---- block.c ---- */

void page_put_blocks(struct page_writer *p, const struct node *first);
void page_put_notes(struct page_writer *p, const struct article *a);
void page_put_figure(struct page_writer *p, const struct picture *picture, const char *class,
		     bool eager);

/* ---- index.c, article.c, feed.c, style.c ---- */

void site_write_index(struct site *s);
void site_write_article(struct site *s, size_t index);
void site_write_feed(struct site *s);
void site_write_style(struct site *s);

#endif
