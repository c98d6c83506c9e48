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

/* One that waits to be written. */
struct held_file {
	const char *name;
	struct str bytes;
};

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
	bool above; /* the folder of all issues, not that of one */
	size_t threads;
	/* Pictures that pages show, each once. */
	const struct picture **pictures;
	size_t picture_count, picture_capacity;
	/* Width to height of pictures in galleries, in thousandths, each once. */
	int *ratios;
	size_t ratio_count, ratio_capacity;
	/* While holding, what is written waits until site_release. */
	bool holding;
	struct held_file *held;
	size_t held_count, held_capacity;
	uint64_t bytes;
	bool failed; /* a file could not be written, and that was reported */
};

/* A page while it is made. */
struct page_writer {
	struct site *site;
	struct buf out;
	const char *root; /* from the page to its issue's folder: "" or "../" */
	const struct article *article;
	int heading; /* level that a heading of level 2 gets */
	const char *sizes; /* of pictures now, for HTML's sizes; NULL: their place's */
	bool *referenced; /* by note: its first reference was written */
};

/* ---- output.c ---- */

/* Writes a file below the site's folder, unless it holds just these bytes. */
void site_write(struct site *s, const char *name, struct str bytes);
/* Writes what was held; nothing of it when something failed before: a page never names a
 * picture that is not there. */
void site_release(struct site *s);
/* Whether a file of this name is there; counts its bytes. */
bool site_has(struct site *s, const char *name);
/* Lets a file below the site's folder be the same as another, which may be gone;
 * true when it is there then. */
bool site_share(struct site *s, const char *name, const char *file);
/* Whether a file is a page of ours. */
bool site_is_ours(struct site *s, const char *path);
/* Removes folders of articles that are gone: those that hold a page of ours and
 * nothing else. */
void site_remove_stale(struct site *s);

/* ---- picture.c, clean.c ---- */

enum place_of_picture {
	PLACE_COVER,
	PLACE_LEADING_CARD,
	PLACE_CARD,
	PLACE_OPENING,
	PLACE_OPENING_TALL,
	PLACE_COLUMN,
	PLACE_WIDE,
	PLACE_FULL,
	PLACE_GALLERY,
	PLACE_ORNAMENT,
};

/* Of a figure there; empty: none. */
const char *place_class(enum place_of_picture place);
/* Appends an img element and remembers the picture; nothing when its file was
 * not usable. eager: it is seen at once, load it at once. */
void page_put_image(struct page_writer *p, const struct picture *picture,
		    enum place_of_picture place, bool eager);
/* Appends the name in img/ of a picture's narrowest file, and tells its size. */
void picture_put_narrowest(struct buf *b, const struct site *s, const struct picture *p,
			   int *columns, int *rows);
/* An e-mail whose pictures stand on the site may show some that no page does. */
void site_remember_mailed_pictures(struct site *s);
/* Writes the pictures that are remembered into img/. */
void site_write_pictures(struct site *s);
/* Appends a JPEG or PNG file without what a camera or an editor noted in it:
 * place, time, owner, thumbnails. Turn and colour profile stay. A file of
 * unknown build is appended as it is. */
void picture_put_clean(struct buf *out, struct str file, int orientation);

/* ---- card.c ---- */

/* The name in img/ of the card of an article, or of the issue where a is NULL; empty when
 * nobody draws cards. */
struct str site_card(struct site *s, const struct article *a);
/* Draws those that are not there. */
void site_write_cards(struct site *s);

/* ---- page.c ---- */

enum page_kind { PAGE_ISSUE, PAGE_ARTICLE, PAGE_ARCHIVE };

struct page_facts {
	enum page_kind kind;
	struct str title; /* of the window */
	struct str language; /* of the title */
	struct str description;
	struct str canonical; /* absolute, or empty */
	struct str card; /* its name in img/; may be empty */
};

void page_begin(struct page_writer *p, const struct page_facts *facts);
void page_end(struct page_writer *p, enum page_kind kind);
/* Appends " lang=…", and the direction of writing where it is not clear; nothing for an
 * empty language. */
void page_put_language(struct page_writer *p, struct str language);
/* " lang=…" when language differs from the site's; else empty. */
struct str page_language(struct page_writer *p, struct str language);
/* "../slug/index.html"; empty when the article is not in the web edition. */
struct str page_link(struct page_writer *p, const struct article *a);
/* "nr 1/2026 · 17 marca 2026 · bezpłatny" */
void page_put_issue(struct page_writer *p);
/* The same text in the site's arena; b is released. */
struct str site_keep(struct site *s, struct buf *b);

/* ---- block.c, table.c, gallery.c ---- */

void page_put_blocks(struct page_writer *p, const struct node *first);
void page_put_block(struct page_writer *p, const struct node *n);
void page_put_inlines(struct page_writer *p, const struct node *parent);
void page_put_table(struct page_writer *p, const struct node *table);
void page_put_gallery(struct page_writer *p, const struct node *gallery);
/* Appends the rules of the galleries that were put. */
void gallery_put_style(struct buf *b, const struct site *s);
void page_put_notes(struct page_writer *p, const struct article *a);
void page_put_figure(struct page_writer *p, const struct picture *picture,
		     enum place_of_picture place, bool eager);
/* The same with another class than its place's. */
void page_put_figure_as(struct page_writer *p, const struct picture *picture,
			enum place_of_picture place, const char *class, bool eager);

/* ---- heading.c ---- */

/* Appends the class of a heading whose longest word has many letters. */
void page_put_long_word(struct page_writer *p, struct str heading);
/* Appends what those classes say. */
void headings_put_style(struct buf *b);

/* ---- feed.c ---- */

/* Where an entry's tag: id and words come from. */
struct feed_entry {
	struct str issue, slug; /* slug empty: the issue itself */
	struct date date; /* of the issue */
	struct str language, title, author, section, summary;
};

/* Appends the id of an issue's article, or of the issue: a tag: URI (RFC 4151). */
void feed_put_id(struct buf *b, const struct publication *p, const struct feed_entry *e);
void feed_put_updated(struct buf *b, struct date date);
void feed_put_entry(struct buf *b, const struct publication *p, const struct feed_entry *e,
		    struct str url);
/* What the article says of itself, in the site's arena. */
struct feed_entry feed_entry_of(struct site *s, const struct article *a);

/* ---- record.c ---- */

/* What the archive needs to know of an issue: what issue.txt in its folder says. */
struct record {
	struct str id, number, title, lead, language;
	struct date date;
	struct str cover, alt; /* name in img/; may be empty */
	int columns, rows; /* of the cover */
	struct feed_entry *entries; /* its articles, in running order */
	size_t entry_count, entry_capacity;
};

void site_write_record(struct site *s);
/* Of the issue in this folder; false when it has no record of ours. */
bool record_read(struct arena *a, const char *folder, struct record *r);

/* ---- index.c, article.c, feed.c, style.c ---- */

void site_write_index(struct site *s);
void site_write_article(struct site *s, size_t index);
void site_write_feed(struct site *s);
void site_write_style(struct site *s);

#endif
