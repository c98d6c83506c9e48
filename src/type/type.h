/* type/: words become lines.
 *
 * In: spans of styled text and the widths of the lines they may fill. Out: lines
 * of positioned glyph runs. Shaping by HarfBuzz, places for line ends by UAX #14
 * (libunibreak) and hyphenation (libhyphen's dictionaries), the choice among them by total fit
 * (Knuth and Plass). The room knows no articles and no pages. */
#ifndef TYPE_TYPE_H
#define TYPE_TYPE_H

#include "model/page.h"

struct arena;
struct type;

/* Sets with the faces of a layout. A face is opened when its first character is
 * asked for; damaged ones are reported to d and stood in for by their family's
 * others, then by the fallbacks. l and d must live as long. One for each thread;
 * the caller closes it. */
struct type *type_open(const struct layout *l, struct diags *d);
void type_close(struct type *t);
/* Another handle, for another thread, that shares its words with the first. The first is
 * in nobody's use meanwhile, and is closed last. */
struct type *type_open_beside(struct type *first, struct diags *d);

/* What is told once, where it is met first, is told once more: missing characters, and
 * languages without a dictionary. */
void type_forget_told(struct type *t);

/* A piece of text set alike. Borrowed by the lines made from it. */
struct span {
	struct str text;
	const struct style *style;
	struct str language;
	int weight; /* 0: the style's */
	bool italic; /* turns the style's slant on */
	int size; /* 0: the style's */
	int rise; /* of the baseline, upwards */
	const struct colour *colour; /* NULL: the style's */
	struct element *element; /* carried through to the runs */
	int tag; /* carried through to the runs: the caller's own */
	struct place place; /* for messages about missing characters */
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
	int indent; /* of the first line; may be negative (hanging) */
	bool hyphenate;
	int hyphens_in_row; /* at most; 0: as if hyphenate were false */
	bool verbatim; /* not even a word too wide gets a hyphen that is not in the text */
	bool balance; /* headings: lines of like length, no one-word last line */
};

struct line_run {
	struct glyph_run glyphs; /* x from the left of the measure; y: 0 is the
				    line's baseline, negative is raised */
	const struct span *span;
};

struct line {
	struct line_run *runs; /* in reading order */
	size_t run_count;
	/* Of the ink: leading and trailing spaces left out. In justified text small
	 * marks (hyphens, stops, quotes) hang out of the box at both ends, by less
	 * than half an em. */
	int x, width;
	int measure; /* width of its box */
	bool hyphenated; /* ends with a hyphen that is not in the text; the run's
			     text ends with U+00AD for it */
	bool last; /* of the paragraph, or before a forced break */
	bool overfull; /* wider than its box: nothing fitted */
};

struct lines {
	struct line *line;
	size_t count;
	/* What is wrong with the set, summed over its lines: a line that is filled well
	 * costs a hundred, one whose spaces are wider by a third half a million, by a
	 * half several millions; a line too wide, or a hyphen too many in a row, more
	 * than all else together. Compares sets of one paragraph in the same boxes. */
	int64_t demerits;
};

/* Breaks a paragraph into the best set of lines.
 *
 * U+2028 and line feeds force a line end; U+00A0 never breaks and stretches like a
 * space; U+00AD and U+200B are places where a line may end. What is wider than its
 * line is divided rather than lost: at U+00A0, with a hyphen, or else anywhere in a
 * word (reported). A paragraph of nothing but spaces has no lines.
 *
 * Every character of the spans stands in one run's text, in order (in capitals
 * where the style wants them), but those that only speak about line ends: U+00AD,
 * U+200B, U+2060, U+FEFF, carriage returns. A forced line end is a space there.
 * Spaces at line ends have glyphs of advance 0. A line divided within a word ends
 * with U+00AD, whose glyph is a hyphen. Where Polish repeats the hyphen of a
 * compound, that hyphen at the line's end is U+00AD and the next line begins with
 * the text's own. Text behind a character that no font has stays; its glyph is
 * U+FFFD's or a question mark.
 *
 * Justified lines may have letters up to 2 % wider or narrower (stretch) and set a
 * little apart or closer. Scripts that run from right to left are shaped, but words stand
 * from left to right. Lines live in a; never fails.
 * Knuth & Plass, "Breaking Paragraphs into Lines", SP&E 11 (1981). */
struct lines paragraph_break(struct type *t, struct arena *a, const struct paragraph *p,
			     struct diags *d);

/* A paragraph whose line ends are chosen and whose lines are made when asked for: of all
 * the ways in which a page may be filled one is taken. Borrows its paragraph's spans
 * and boxes, and what the handle that chose knows of its words; its lines may be made with
 * another one of the same layout, while the first is at work for another thread. */
struct broken;

enum line_set { LINES_FEWER, LINES_BEST, LINES_MORE, LINE_SETS };

/* Chooses the best set of lines, and with others those of a line fewer and of a line
 * more where that is tolerable. Lives in a; never NULL.
 *
 * Tolerable is a set whose lines are none looser than .4 em between words (ragged
 * ones: that lack a third), but for as many as the best one has; with no more
 * ladders; with no last line shorter than a paragraph may end with unless the best
 * one's is; and that costs no more than the best one and a million for each line up
 * to twelve. Balanced paragraphs, and those that cannot do without a line too wide,
 * a word cut anywhere or hyphenated unasked, have no other lengths. Letters may be set a little
 * farther apart than in the best set. */
struct broken *paragraph_choose(struct type *t, struct arena *a, const struct paragraph *p,
				bool others, struct diags *d);
/* Lines of a set; 0: there is none such, or no text. */
size_t broken_count(const struct broken *b, enum line_set set);
/* As of struct lines. */
int64_t broken_demerits(const struct broken *b, enum line_set set);
/* Whether line i of a set ends with a hyphen that is not in the text. */
bool broken_hyphenated(const struct broken *b, enum line_set set, size_t i);
/* The spans that line i of a set shows something of: from *first up to, not including,
 * *end. */
void broken_spans(const struct broken *b, enum line_set set, size_t i, const struct span **first,
		  const struct span **end);
/* Makes line i of a set, in a. */
struct line broken_line(struct type *t, struct arena *a, const struct broken *b, enum line_set set,
			size_t i);

/* One line as wide as it comes: folios, labels, drop caps. */
struct line line_set(struct type *t, struct arena *a, const struct span *spans, size_t count,
		     struct diags *d);

/* A text as a style in capitals shows it; longer where a letter becomes two. */
struct str type_capitals(struct arena *a, struct str text);

/* How far right of x 0 the ink of a line reaches between two heights above its
 * baseline; 0 where there is none. */
int line_ink_right(struct type *t, const struct line *l, int bottom, int top);

/* Vertical extents at the style's size; all positive. */
struct type_metrics {
	int ascender, descender, cap_height, x_height;
};
struct type_metrics type_metrics(struct type *t, const struct style *s);

#endif
