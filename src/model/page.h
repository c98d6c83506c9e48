/* Pages: what stands where. The end of composing and the start of every PDF.
 *
 * Positions are 1/1000 pt from the top left corner of the trimmed page, y down;
 * items of the bleed have negative coordinates. Items are in painting order,
 * which is also reading order. Behind every glyph stands its text; every item
 * belongs to an element of the structure or is an artifact. */
#ifndef MODEL_PAGE_H
#define MODEL_PAGE_H

#include "model/layout.h"

/* ---- structure: what things are (ISO 32000-1, 14.8.4) ---- */

/* clang-format off */
#define ELEMENT_ROLES(X) \
	X(CONTENT, "")        /* text of the parent that stands between its children */ \
	X(DOCUMENT, "Document") \
	X(PART, "Part") \
	X(ARTICLE, "Art") \
	X(SECTION, "Sect") \
	X(DIVISION, "Div") \
	X(HEADING1, "H1") \
	X(HEADING2, "H2") \
	X(HEADING3, "H3") \
	X(HEADING4, "H4") \
	X(PARAGRAPH, "P") \
	X(BLOCK_QUOTE, "BlockQuote") \
	X(LIST, "L") \
	X(LIST_ITEM, "LI") \
	X(LABEL, "Lbl") \
	X(LIST_BODY, "LBody") \
	X(TABLE, "Table") \
	X(TABLE_ROW, "TR") \
	X(TABLE_HEADER, "TH") \
	X(TABLE_DATA, "TD") \
	X(FIGURE, "Figure") \
	X(CAPTION, "Caption") \
	X(LINK, "Link") \
	X(SPAN, "Span") \
	X(NOTE, "Note") \
	X(REFERENCE, "Reference") \
	X(TOC, "TOC") \
	X(TOC_ITEM, "TOCI") \
	X(CODE, "Code")
/* clang-format on */

enum element_role {
#define ELEMENT_ROLE(name, text) ELEMENT_##name,
	ELEMENT_ROLES(ELEMENT_ROLE)
#undef ELEMENT_ROLE
		ELEMENT_ROLE_COUNT
};

/* One node of the structure tree, in reading order. An element without items or
 * children is not written. A paragraph with a link in it has three children:
 * CONTENT, LINK, CONTENT. */
struct element {
	enum element_role role;
	struct element *parent, *next, *first, *last;
	struct str language; /* when it differs from the parent's */
	struct str alternative; /* FIGURE */
	struct str title; /* ARTICLE, SECTION */
	int number; /* order of making, from 1: names NOTE ids */
	struct place place; /* in the editor's files */
};

/* ---- items ---- */

/* A glyph and its pen: advances already hold kerning, justification, tracking. */
struct glyph {
	unsigned short id; /* in the face */
	unsigned short text; /* first byte of its cluster in the run's text */
	int advance; /* 1/1000 pt */
	int dx, dy; /* offset of the drawing, dy up */
};

enum { RUN_LONGEST = 60000 }; /* bytes of a run's text, about */

struct glyph_run {
	const struct face *face;
	int size;
	int stretch; /* how much wider glyphs are drawn, 1/1000: 1000 is none;
			  advances and offsets hold it already */
	int letter_space; /* what most advances hold besides the letter, 1/1000 of
			     1/1000 pt: tracking and the like. It tells the writer of
			     a file what repeats; it moves nothing */
	int x, y; /* of the first glyph's origin: on the baseline */
	const struct colour *colour;
	struct glyph *glyphs;
	size_t glyph_count;
	const struct style *style; /* the layout's, that sets it; NULL in pages made by hand */
	struct str text; /* what it says; "" for a line-end hyphen is never right: it says U+00AD */
};

enum item_kind {
	ITEM_GLYPHS,
	ITEM_FILL, /* a rectangle of one colour: tints, rules, bars */
	ITEM_PICTURE, /* clipped to frame */
	ITEM_LINK, /* an area that leads somewhere; paints nothing */
	ITEM_SHAPE, /* rectangles and circles of one colour */
};

/* Why an artifact is one (ISO 32000-1, 14.8.2.2). */
enum artifact { ARTIFACT_LAYOUT, ARTIFACT_HEADER, ARTIFACT_FOOTER, ARTIFACT_BACKGROUND };

/* Part of a shape; where two lie upon one another is a hole. */
struct shape_part {
	struct rect rect; /* from the shape's origin */
	bool round; /* the ellipse within */
};

struct item {
	enum item_kind kind;
	struct element *element; /* NULL: an artifact */
	enum artifact artifact;
	union {
		struct glyph_run glyphs;
		struct {
			struct rect rect;
			const struct colour *colour;
			/* Where the layout wants it (a style, a frame, a master);
			 * NULL: nowhere, it is the program's own. */
			const struct place *design;
		} fill;
		struct {
			const struct picture *picture;
			struct rect frame; /* what is seen */
			struct rect whole; /* where the whole picture lies; covers frame */
		} picture;
		struct {
			struct rect rect;
			struct str url; /* or */
			struct str destination; /* name of a destination */
			struct str contents; /* what the link says */
		} link;
		struct {
			int x, y; /* its origin */
			const struct shape_part *parts;
			size_t count;
			const struct colour *colour;
		} shape;
	};
};

struct page {
	int number; /* folio, from 1 */
	bool recto;
	const struct master *master;
	const struct article *article; /* the one it begins with; may be NULL */
	/* The page is this ready-made one and has no items; else NULL. */
	const struct advertisement *advertisement;
	struct element *ready_made; /* the figure that it is; NULL: an artifact */
	struct item *items;
	size_t item_count, item_capacity;
	/* The last items are marks around the page, which a sheet has of its own. */
	size_t mark_count;
	/* Grid lines left empty at the foot of the page's text; for reports. */
	int lines_left;
};

struct destination {
	struct str name; /* an article's slug, or slug#n for its n-th heading */
	int page; /* index in pages */
	int y;
};

struct bookmark {
	struct str title;
	int level; /* from 0 */
	struct str destination;
};

struct pages {
	const struct document *document;
	const struct layout *layout;
	struct page *page;
	size_t count, capacity;
	struct element *structure; /* the DOCUMENT element */
	struct destination *destinations;
	size_t destination_count, destination_capacity;
	struct bookmark *bookmarks;
	size_t bookmark_count, bookmark_capacity;
	int element_count;
	/* The spine of a separate cover, as it is read: from its head (or foot, when
	 * words run up) along x, as high as the spine is wide. NULL: none. */
	struct page *spine;
	/* A line of words for the printer, from 0, 0 on, for the outside and the inside of a
	 * separate cover with marks, and for each side of the sheets. NULL: none. */
	struct page *cover_slugs, *sheet_slugs;
};

struct arena;
/* A child of parent at its end; of nobody yet when parent is NULL. */
struct element *element_new(struct arena *a, struct pages *p, enum element_role role,
			    struct element *parent);
/* Makes an element of nobody the last child of parent. */
void element_adopt(struct element *parent, struct element *e);
/* Makes an element of nobody the next sibling of one that has a parent. */
void element_follow(struct element *before, struct element *e);
struct str element_role_name(enum element_role r);
/* What a shape covers. */
struct rect item_shape_bounds(const struct item *i);
/* Appends a zeroed item to a page; borrowed until the next is appended. */
struct item *page_add(struct arena *a, struct page *p, enum item_kind kind);

#endif
