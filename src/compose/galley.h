/* The galley: one article's text as blocks, in order, before any page.
 *
 * A block is what an editor would call a paragraph, a picture, a table. It knows
 * its spans and elements but no width; block_set (setting.h) gives it one. */
#ifndef COMPOSE_GALLEY_H
#define COMPOSE_GALLEY_H

#include "compose/box.h"

enum block_kind {
	BLOCK_TEXT,
	BLOCK_FIGURE,
	BLOCK_GALLERY, /* pictures in justified rows */
	BLOCK_TABLE,
	BLOCK_PANEL, /* blocks that stay together: tinted box, quote, contact */
	BLOCK_QR, /* a code, with what it leads to in words */
	BLOCK_ORNAMENT, /* section break */
	BLOCK_BREAK, /* to the next column or page */
};

struct text {
	struct span *spans;
	size_t count, capacity;
};

/* A picture with its caption. */
struct plate {
	const struct picture *picture;
	struct element *element; /* of the picture; NULL when decorative */
	struct text caption;
};

struct cell {
	struct text text;
	const struct style *style;
	enum alignment align;
	struct place place;
	const struct line *number; /* set as one line where the column's numbers stand
				      under one another; else NULL */
	int lead; /* its width up to behind the units digit */
};

/* Lines of a text that keep away from the edges, beside what stands in their way. */
struct beside {
	int first, count; /* lines */
	int left, right;
};

/* A block set at one width. */
struct prose;
struct setting {
	struct setting *next;
	int width;
	int more; /* lines that it is longer than at its best */
	struct beside beside;
	int price; /* what that costs */
	struct boxes boxes; /* none: it cannot be set so */
	const struct prose *prose; /* of a text at its best */
};

/* What is left of a block behind some boxes of a setting. */
struct remnant {
	struct remnant *next;
	const struct setting *setting;
	size_t box;
	struct block *block;
};

struct block {
	enum block_kind kind;
	const struct style *style;
	struct place place;
	int before, after;
	bool keep_next;
	bool introduces; /* the list behind it: it ends with a colon */
	bool spans_columns; /* stands across all columns of its frame */
	struct str anchor;
	/* TEXT */
	struct text text;
	struct text label; /* bullet or number, hanging to the left */
	bool label_at_edge; /* the label at the left edge of the frame */
	int left, right; /* further in than the frame */
	int indent; /* of the first line */
	bool balance; /* a heading's lines */
	bool verbatim; /* code: no hyphen that is not in it */
	bool bar; /* on its style's background */
	bool ruled; /* its style's rule above */
	bool opener; /* hyphens and justification left out: labels, titles */
	int drop_lines; /* lines the initial stands in, 0: none */
	const struct style *drop_style;
	bool drop_shape; /* lines beside it follow its shape */
	int aside_lines, aside_width; /* first lines begin this far to the right */
	struct beside beside;
	struct block *apart; /* behind a table: how it is set where the table floats; or NULL */
	/* FIGURE, GALLERY */
	struct plate *plates;
	size_t plate_count;
	/* TABLE */
	struct cell *cells; /* row by row */
	size_t rows;
	int columns;
	struct table_measure *measure; /* table_columns.c; NULL: not measured yet */
	/* QR */
	const struct qr *qr; /* NULL: its address is too long for one */
	/* PANEL, QR */
	struct block **inner;
	size_t inner_count, inner_capacity;
	const struct colour *fill;
	int inset;
	bool contact;
	bool rule_below; /* hairline under a contact */
	bool floats;
	/* BREAK */
	bool page;
	struct block *bar_block; /* the region's bar that stands over it, or NULL */
	struct str bar_text; /* of a bar: for "… (cd.)" */
	int more; /* lines by which a picture shall be taller: variants */
	struct setting *settings;
	/* ahead.h */
	size_t job; /* given to the hands: its number there, from 1; else 0 */
	bool waits; /* there is something to report: no hand sets it */
	struct remnant *remnants;
};

/* A note, to stand at the foot of the column that refers to it. */
struct note {
	struct block **blocks;
	size_t count;
	struct note_setting *settings; /* notes.c */
};

struct galley {
	struct composer *composer;
	const struct article *article;
	const struct template *template;
	struct element *element;
	struct block **blocks;
	size_t count, capacity;
	struct block **side; /* blocks for the side frame, in order */
	size_t side_count, side_capacity;
	size_t side_index; /* where the block last taken stood in blocks */
	int heading_level; /* of the last heading */
	int headings; /* seen so far */
	bool *note_shown; /* by note: the edition shows a reference to it */
	int note_width; /* of the columns at whose foot notes may stand; 0: they follow the text */
	struct note *notes; /* by note, when they stand there; else NULL */
	int max_height; /* no box may be taller: the tallest column it may meet */
	struct block *bar; /* over what follows */
};

/* Reads the article's blocks. The head is not among them, nor are notes that may have room
 * at the columns' feet. */
void galley_fill(struct galley *g, bool drop_cap);
/* Finds out whether they have, by setting what refers to them; else they follow the text. */
void galley_settle_notes(struct galley *g);
/* Kicker, title, lead and byline as blocks; element gets their elements. */
void galley_head(struct galley *g, struct block ***blocks, size_t *count);
/* Blocks of a list of nodes, in a role's style; for notes and inner texts. */
void galley_nodes(struct galley *g, const struct node *first);
/* Takes the first boxes, else the first contact, out of the blocks into side. */
void galley_take_side(struct galley *g);
/* Puts the block last taken back where it was. */
void galley_give_back(struct galley *g);

struct block *block_new(struct galley *g, enum block_kind kind, const struct style *style,
			struct place place);
void galley_push(struct galley *g, struct block *b);
/* One span of plain text. */
struct text text_plain(struct arena *a, struct str s, const struct style *style,
		       struct str language, struct element *e);
void text_add(struct arena *a, struct text *t, struct span s);
/* Inlines as spans below parent, which gets CONTENT, LINK, … children when the
 * text is mixed. strong_plain: bold within bold would shout. */
void text_inlines(struct galley *g, const struct node *first, const struct style *style,
		  struct element *parent, bool strong_plain, struct text *out);
struct plate plate_of(struct galley *g, const struct picture *p, struct element *parent);

#endif
