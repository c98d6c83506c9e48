/* type/: words become lines.
 *
 * In: spans of styled text and the widths of the lines they may fill. Out: lines
 * of positioned glyph runs. Shaping by HarfBuzz, places for line ends by UAX #14
 * (libunibreak) and hyphenation (libhyphen), the choice among them by total fit
 * (Knuth and Plass). The room knows no articles and no pages. */
#ifndef TYPE_TYPE_H
#define TYPE_TYPE_H

#include "model/page.h"

struct arena;
struct type;

/* Opens the faces of a layout; reports those that are damaged and goes on with
 * the others. One for each thread; the caller closes it. */
struct type *type_open(const struct layout *l, struct diags *d);
void type_close(struct type *t);

/* A piece of text set alike. Borrowed by the lines made from it. */
struct span {
	struct str text;
	const struct style *style;
	struct str language;
	int weight;  /* 0: the style's */
	bool italic; /* turns the style's slant on */
	int size;    /* 0: the style's */
	int rise;    /* of the baseline, upwards */
	const struct colour *colour; /* NULL: the style's */
	struct element *element; /* carried through to the runs */
	int tag;                 /* carried through to the runs: the caller's own */
	struct place place;      /* for messages about missing characters */
};

/* Where one line may stand: its distance from the left of the measure, its width. */
struct line_box {
	int x, width;
};

struct paragraph {
	const struct span *spans;
	size_t span_count;
	/* By line number; the last one repeats. At least one. */
	const struct line_box *boxes;
	size_t box_count;
	enum text_align align;
	int indent;         /* of the first line; may be negative (hanging) */
	bool hyphenate;
	int hyphens_in_row; /* at most; 0: as if hyphenate were false */
	bool balance;       /* headings: lines of like length, no one-word last line */
	int looseness;      /* lines more or fewer than best, if that is tolerable */
};

struct line_run {
	struct glyph_run glyphs; /* x from the left of the measure; y: 0 is the
				    line's baseline, negative is raised */
	const struct span *span;
};

struct line {
	struct line_run *runs; /* in reading order */
	size_t run_count;
	int x, width;     /* of the ink: leading and trailing spaces left out */
	int measure;      /* width of its box */
	bool hyphenated;  /* ends with a hyphen that is not in the text; the run's
			     text ends with U+00AD for it */
	bool last;        /* of the paragraph, or before a forced break */
	bool overfull;    /* wider than its box: nothing fitted */
};

struct lines {
	struct line *line;
	size_t count;
};

/* Breaks a paragraph into the best set of lines.
 *
 * U+2028 in the text forces a line end; U+00A0 never breaks and stretches like a
 * space; U+00AD and U+200B are places where a line may end. A word wider than its line is
 * divided anywhere rather than lost. An empty paragraph has no lines. Every
 * character of the spans but spaces at line ends stands in one run's text; a
 * space at a line's end is in the text of the last run of the line, with no
 * glyph of its own or one of advance 0. Lines live in a; never fails.
 * Knuth & Plass, "Breaking Paragraphs into Lines", SP&E 11 (1981). */
struct lines paragraph_break(struct type *t, struct arena *a, const struct paragraph *p,
			     struct diags *d);

/* One line as wide as it comes: folios, labels, drop caps. */
struct line line_set(struct type *t, struct arena *a, const struct span *spans, size_t count,
		     struct diags *d);

/* Vertical extents at the style's size; all positive. */
struct type_metrics {
	int ascender, descender, cap_height, x_height;
};
struct type_metrics type_metrics(struct type *t, const struct style *s);

#endif
