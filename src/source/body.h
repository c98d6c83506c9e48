/* An article's body while it is being read. Private to mask.c, markdown.c,
 * inline.c, slips.c, slips_block.c, directive.c, figure.c. */
#ifndef SOURCE_BODY_H
#define SOURCE_BODY_H

#include "model/document.h"
#include "source/attribute.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm.h>

struct directive;

/* A line of colons. */
struct directive_line {
	size_t offset; /* of its first colon, in the body */
	int line; /* in the body, from 1 */
	struct place place;
	int colons;
	bool closes; /* no name: ends what is open */
	bool closes_itself; /* "::: break {page} :::" */
	struct str name;
	struct str attributes; /* "{…}" or empty */
	bool seen; /* was a block of its own for the Markdown parser */
};

/* "{…}" behind a bracket. */
struct attribute_block {
	struct str text;
	struct place place;
};

/* "[^label]:" at the start of a line. */
struct note_definition {
	struct str label;
	struct place place;
	int line; /* in the body */
	bool used;
	bool in_code; /* of a code block: no definition at all */
};

enum { HEADINGS_OPEN = 8 };

struct body {
	struct reader *reader;
	struct article *article;
	struct str folder; /* pictures are relative to it; absolute */
	struct str file; /* for places */
	struct str source; /* as the editor typed it */
	int first_line; /* of the body in the file, from 1 */
	/* The same bytes as the Markdown parser sees them: lines of colons are
	 * `<?>` blocks, attributes and the brackets of spans are inert. */
	char *masked;
	uint32_t *lines; /* offset of each line */
	size_t line_count;
	struct directive_line *directives;
	size_t directive_count, directive_capacity;
	struct attribute_block *attributes;
	size_t attribute_count, attribute_capacity;
	struct note_definition *definitions;
	size_t definition_count, definition_capacity;
	bool refused; /* reported: too deep, too wide */

	struct node **notes; /* by number, from 1 */
	size_t note_count;
	/* Open heading levels: as typed, and as set. */
	struct {
		int typed, set;
	} headings[HEADINGS_OPEN];
	size_t heading_count;
	bool raw_html_told;
	bool star_notes; /* "price**" stood in the text: lines may begin with stars */

	size_t at; /* how far the text is used up: places are looked for from here */
	/* The last place worked out: the next is usually near. */
	size_t near_offset;
	struct place near;
};

/* Bytes that stand for masked characters. Control characters never come from
 * an editor's file: source/text.c has replaced them. */
enum mask {
	MASK_ATTRIBUTES = 0x01, /* { */
	MASK_ATTRIBUTES_END = 0x02, /* } */
	MASK_SPAN = 0x1C, /* [ */
	MASK_SPAN_END = 0x1D, /* ] */
};

/* mask.c: fills lines, masked, directives, attributes, definitions. */
void body_mask(struct body *b);
/* What the editor typed for masked text. */
struct str unmasked(struct arena *a, struct str masked);
/* Attributes that stand at or after a place and read so; NULL if none. */
const struct attribute_block *attribute_block_find(const struct body *b, struct place from,
						   struct str text);
struct directive_line *directive_line_find(struct body *b, int line);
struct note_definition *note_definition_find(struct body *b, int line);

/* Where a byte of the body stands. */
struct place body_place(struct body *b, size_t offset);
/* Byte of a line (of the body, from 1) and byte column (from 1), clamped. */
size_t body_offset(const struct body *b, int line, int column);

/* inline.c: the inlines below a cmark node become children of into. */
void inlines_read(struct body *b, cmark_node *parent, struct node *into, int depth);
/* Where an inline of cmark's begins: with its literal (may be empty), or with
 * one of the characters in starts. Moves b->at behind it. */
size_t inline_offset(struct body *b, cmark_node *n, struct str literal, const char *starts);
struct str literal_of(cmark_node *n);

/* figure.c: whether a paragraph holds pictures and nothing else, and if so its
 * figures, appended to parent. */
bool figures_read(struct body *b, cmark_node *paragraph, struct node *parent);

/* slips.c: reports what was meant as markup in a text that the Markdown parser
 * gave, and that was typed from start to end. */
void slips_in_text(struct body *b, struct str text, size_t start, size_t end);
/* slips_block.c: the same of the lines of a paragraph, of headings, and of code that
 * four spaces make. */
void slips_in_paragraph(struct body *b, cmark_node *n);
void slips_in_heading(struct body *b, cmark_node *n);
void slips_in_code(struct body *b, cmark_node *n);

/* html.c */
void raw_html_report(struct body *b, struct str html, struct place place);
/* Whether a line begins with a tag, also one that the Markdown parser does not know
 * as such. */
bool raw_html_begins(struct str line);

/* markdown.c */
void blocks_read(struct body *b, cmark_node *first, struct node *parent, int depth);
void nesting_report(struct body *b, struct place place);
/* Cells that a row of a table has as it was typed. */
int cells_typed(struct str line);

/* directive.c: a node for a line that opens; and its content brought in order
 * once it is whole. */
struct node *directive_open(struct body *b, const struct directive_line *line, struct node *parent);
void directive_finish(struct body *b, struct node *n);
bool directive_is_known(struct str name);

#endif
