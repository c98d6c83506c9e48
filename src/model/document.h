/* The document: one issue as its editors meant it, before any edition.
 *
 * A tree of nodes (blocks, and inlines within them), each with its place in the
 * editor's files. Text is UTF-8 in NFC as typed, after typography: quotes,
 * dashes and no-break spaces (U+00A0) already stand where the language wants
 * them, line ends within paragraphs are spaces. Made by source/, const after. */
#ifndef MODEL_DOCUMENT_H
#define MODEL_DOCUMENT_H

#include "base/world.h"
#include "model/production.h"
#include "model/publication.h"

enum edition {
	EDITION_PRINT = 1,
	EDITION_SCREEN = 2,
	EDITION_LARGE = 4,
	EDITION_WEB = 8,
	EDITION_EMAIL = 16,
	EDITION_ALL = 31,
};
enum { EDITION_COUNT = 5 };

/* "print", "screen", …, in order of their bits. */
extern const struct str edition_names[EDITION_COUNT];
/* The name of one; the empty slice for sets of several. */
struct str edition_name(enum edition e);
/* 0 when name is no edition. */
enum edition edition_from(struct str name);

/* How wide a picture wants to stand. */
enum picture_width {
	PICTURE_COLUMN, /* as wide as the column of text */
	PICTURE_INSET, /* between two columns, whose text runs round it */
	PICTURE_WIDE, /* across two columns */
	PICTURE_FULL, /* across all columns of the page */
	PICTURE_BLEED, /* to the edges of the sheet */
};

enum picture_format { PICTURE_JPEG, PICTURE_PNG };

struct picture {
	struct str src; /* as the editor wrote it: "images/x.jpg" */
	struct str path; /* absolute; empty when the file was not usable */
	struct str alt; /* empty only when decorative */
	struct str caption, credit;
	bool decorative;
	enum picture_width width;
	enum picture_format format;
	int columns, rows; /* pixels, as stored */
	int components; /* 1 grey, 3 RGB, 4 CMYK */
	bool line_art; /* of two tones alone: one bit a pixel */
	int orientation; /* EXIF 1 to 8; 1 is upright */
	uint64_t bytes; /* size of the file */
	uint64_t hash; /* hash_of (base/hash.h) the file's bytes; 0: not known */
	struct place place;
};

/* Pixel size after the EXIF turn. */
int picture_upright_columns(const struct picture *p);
int picture_upright_rows(const struct picture *p);
/* Higher than wide. */
bool picture_is_tall(const struct picture *p);
/* A PNG that packs well: its edges must stay, and its alpha. Any other picture is a
 * photograph, whatever its format. */
bool picture_is_drawing(const struct picture *p);

enum node_kind {
	/* blocks */
	NODE_PARAGRAPH,
	NODE_HEADING, /* level 2 to 4 */
	NODE_LIST, /* of NODE_ITEM */
	NODE_ITEM,
	NODE_QUOTE,
	NODE_CODE_BLOCK, /* text */
	NODE_RULE, /* section break */
	NODE_TABLE, /* of NODE_ROW, the first being the header */
	NODE_ROW, /* of NODE_CELL */
	NODE_CELL, /* inlines */
	NODE_FIGURE, /* picture */
	NODE_NOTE, /* a footnote's blocks; hangs in article->notes */
	/* directives */
	NODE_PULLQUOTE,
	NODE_BOX, /* title */
	NODE_GALLERY, /* of NODE_FIGURE */
	NODE_CONTACT,
	NODE_BUTTON, /* one paragraph with one link */
	NODE_QA, /* of NODE_QUESTION and NODE_ANSWER, in turn */
	NODE_QUESTION, /* blocks */
	NODE_ANSWER, /* blocks */
	NODE_ONLY, /* blocks for some editions or regions */
	NODE_BREAK, /* to the next page or column */
	/* inlines */
	NODE_TEXT, /* text */
	NODE_EMPHASIS,
	NODE_STRONG,
	NODE_STRIKE,
	NODE_CODE, /* text */
	NODE_LINK, /* url, of inlines */
	NODE_LINE_BREAK,
	NODE_NOTE_REFERENCE, /* note */
	NODE_SPAN, /* inlines in another language */
	NODE_KIND_COUNT
};

enum alignment { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct node {
	enum node_kind kind;
	struct place place;
	struct node *parent, *next, *first, *last;
	/* BCP 47 when it differs from the parent's (SPAN, or {lang=} on a block). */
	struct str language;
	union {
		struct str text; /* TEXT, CODE, CODE_BLOCK */
		int level; /* HEADING */
		struct {
			bool ordered, tight;
			int start; /* first number */
		} list;
		struct {
			enum alignment *alignments; /* one a column */
			int columns;
		} table;
		struct picture *picture; /* FIGURE */
		struct {
			int number; /* from 1 in the article */
			struct str label; /* as the editor named it */
		} note; /* NOTE */
		struct node *reference; /* NOTE_REFERENCE: its NOTE */
		struct str title; /* BOX; may be empty */
		struct {
			struct str url; /* http, https, mailto, tel; or "#slug" of an article */
		} link;
		struct {
			enum edition editions; /* a set; EDITION_ALL when any */
			struct str *regions; /* none: everyone */
			size_t region_count;
		} only;
		bool page; /* BREAK: to the next page, else column */
		bool qr; /* BUTTON: with a code in print */
	};
};

/* Where words of an article's head stand; where the file begins when it has none. */
struct article_places {
	struct place lead, kicker, author, template;
};

struct article {
	struct str slug; /* file name without ".md", unique in the issue, ASCII */
	struct str file; /* relative to the root, as in places */
	struct str section; /* title of its section; may be empty */
	struct str title, kicker, lead, author;
	struct str number; /* the big figure of a `number` article; else empty */
	struct str template; /* name of a template of the layout; empty: its default */
	struct str language; /* never empty */
	struct picture *image; /* the opening picture, or NULL */
	struct str *regions; /* none: everyone */
	size_t region_count;
	enum edition editions; /* a set */
	struct node *first, *last; /* blocks */
	struct node **notes; /* footnotes in order of first reference */
	size_t note_count;
	struct place place;
	struct article_places at;
};

struct advertisement {
	struct str src, path; /* a ready PDF */
	int page; /* of that file, from 1 */
	struct str alt; /* what it shows; empty: mere decoration */
	struct place place;
};

enum entry_kind { ENTRY_ARTICLE, ENTRY_ADVERTISEMENT };

/* One step of the running order. */
struct entry {
	enum entry_kind kind;
	struct str section;
	struct article *article;
	struct advertisement *advertisement;
};

struct cover_line {
	struct str text;
	const struct article *article; /* where it leads; may be NULL */
	struct place place;
};

struct cover {
	struct picture *image; /* NULL: a cover of type alone */
	struct cover_line *lines;
	size_t line_count;
};

/* Where words of an issue's head stand, or those that are taken for them. */
struct head_places {
	struct place title, subject, preheader, lead;
};

/* What the e-mail says in a language that has a message of its own: its readers get
 * the articles that are in it. */
struct translation {
	struct str language; /* BCP 47; not the publication's */
	struct str title, subject, preheader, lead;
	struct picture *cover; /* described in that language; NULL: none is shown */
	struct place place;
	struct head_places at;
};

struct document {
	const struct publication *publication;
	struct str id; /* "2026-1" */
	struct str folder; /* absolute */
	struct str number, title, subject, preheader, lead;
	struct str summary; /* the lead, else the preheader; set as a page's words are */
	struct place number_place, title_place; /* line 0: nobody wrote one */
	struct date date;
	struct cover cover;
	struct translation *translations; /* in the order of issue.yaml */
	size_t translation_count;
	struct entry *entries; /* the running order */
	size_t entry_count;
	struct article *imprint; /* may be NULL */
	struct str layout; /* of this issue: its own, else the publication's */
	struct place layout_place;
	struct production press; /* how this issue is bound, where it differs */
	struct place place;
	struct head_places at;
};

/* Whether the first cells of a table's rows name them: the corner above is empty and
 * the columns beside it have names. */
bool table_heads_rows(const struct node *table);

/* The article with this slug, or NULL. */
const struct article *document_article(const struct document *d, struct str slug);

/* All pictures that the issue shows, in all editions and languages, in a; a file may be
 * among them more than once. */
struct arena;
struct picture **document_pictures(struct arena *a, const struct document *d, size_t *count);

/* Whether a node or article is for this edition and region. An empty region
 * stands for a reader whose regions are unknown: such a reader gets nothing
 * that is meant for some regions alone, except in editions made for everyone
 * (all but e-mail), which carry every region's passages. */
bool node_shows(const struct node *n, enum edition e, struct str region);
bool article_shows(const struct article *a, enum edition e, struct str region);

bool node_is_inline(const struct node *n);
/* Whether it or what holds it is of the kind. */
bool node_is_within(const struct node *n, enum node_kind kind);

/* Walks the blocks and inlines below a list of siblings in reading order, with
 * ENTER and EXIT for nodes that may have children, ENTER alone for leaves.
 * ONLY nodes that do not show are skipped; ONLY nodes that show are walked
 * through silently, as if their children stood in their place. */
struct walk {
	enum edition edition;
	struct str region;
	const struct node *node; /* of the last event */
	bool entering; /* of the last event */
	const struct node *next; /* private from here on */
	bool next_entering;
	const struct node *top_parent;
};

void walk_start(struct walk *w, const struct node *first, enum edition e, struct str region);
/* false at the end. */
bool walk_next(struct walk *w);
/* After an ENTER: goes on behind the node, without its children and EXIT. */
void walk_skip(struct walk *w);

/* Children that show, ONLY seen through: first and next of a list. */
const struct node *node_first_shown(const struct node *first, enum edition e, struct str region);
const struct node *node_next_shown(const struct node *n, enum edition e, struct str region);

/* Appends the plain text of a node and what is below it: notes' references and
 * pictures left out, line breaks as spaces. */
void node_put_text(struct buf *b, const struct node *n, enum edition e, struct str region);

/* Language of a node: its own, its parents', the article's. */
struct str node_language(const struct node *n, const struct article *a);

/* Makes a node below parent (may be NULL), as its last child. */
struct node *node_new(struct arena *a, enum node_kind kind, struct place place,
		      struct node *parent);
void node_append(struct node *parent, struct node *child);

/* "paragraph", "heading", … for dumps and messages. */
const char *node_kind_name(enum node_kind kind);

#endif
