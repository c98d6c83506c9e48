/* A desk with the smallest whole layout, and the fonts it calls. */
#ifndef TESTS_UNIT_SOURCE_LAYOUT_DESK_H
#define TESTS_UNIT_SOURCE_LAYOUT_DESK_H

#include "desk.h"

static const char layout_text[] =
	"grid: {page: [200mm, 300mm], bleed: 3mm, units: 4, gutter: 4mm, baseline: 12pt,\n"
	"       margins: {inner: 20mm, outer: 10mm, top: 20mm, bottom: 20mm}}\n"
	"colours:\n"
	"  text: {cmyk: [0, 0, 0, 100], rgb: \"#1a1B1c\"}\n"
	"  accent: {cmyk: [85.5, 30, 45, 20], rgb: \"#0f6b70\"}\n"
	"  warm: {cmyk: [0, 0, 0, 1], rgb: \"#000000\"}\n"
	"  tint: {cmyk: [0, 0, 0, 1], rgb: \"#f4f4f4\"}\n"
	"  paper: {cmyk: [0, 0, 0, 0], rgb: \"#ffffff\"}\n"
	"fallbacks: [Serif]\n"
	"styles:\n"
	"  base: {family: Serif, size: 10pt, leading: 12pt}\n"
	"  body: {based_on: base, align: justified, hyphenate: true}\n"
	"  heading2: {based_on: base, family: Sans, weight: 700, colour: accent}\n"
	"  big: {based_on: heading2, size: 20pt}\n"
	"masters:\n"
	"  one:\n"
	"    folio: false\n"
	"    background: accent\n"
	"    frames:\n"
	"      - {role: picture, top: 0, height: 100mm, bleed: [top, inner, outer]}\n"
	"      - {role: head, units: [1, 2], line: 3, lines: 2}\n"
	"      - {role: text, units: [2, 4], top: 120mm, columns: 2, below_head: true}\n"
	"      - {role: fill, fill: tint, x: 0, width: 10mm, top: 0, height: 10mm, fixed: true}\n"
	"      - {role: slot, slot: rail, bleed: [bottom]}\n"
	"templates:\n"
	"  story: {opening: one}\n"
	"  letter: {opening: one, start: recto, drop_cap: 3, styles: {title: big, body: base}}\n"
	"  rail: {slot: rail, page: one, contents: false, email: whole}\n"
	"pages: {cover: one}\n"
	"editions:\n"
	"  large:\n"
	"    emphasis: bold\n"
	"    styles: {base: {size: 18pt}, big: null}\n"
	"    templates: {letter: {styles: {title: null}}}\n"
	"    pages: {cover: null}\n";

/* The shortest bytes that pass for a font: a directory of one empty table. */
static inline struct str tiny_font(void)
{
	return STR("\0\1\0\0\0\1\0\0\0\0\0\0name\0\0\0\0\0\0\0\x1C\0\0\0\0");
}

static inline struct desk layout_desk(const char *text)
{
	struct desk d = desk_open();
	desk_write(&d, "glos.yaml", "title: T\nlanguage: pl\nlayout: own\n");
	desk_write(&d, "layouts/own/layout.yaml", text);
	desk_write(&d, "fonts/fonts.yaml",
		   "Serif: [{file: serif.ttf}, {file: deep/italic.ttf, style: italic}]\n"
		   "Sans: [{file: sans.ttf, weight: 700}]\n"
		   "Unused: [{file: not-here.ttf, package: fonts-none}]\n");
	desk_put(&d, "fonts/serif.ttf", tiny_font());
	desk_put(&d, "fonts/deep/italic.ttf", tiny_font());
	desk_put(&d, "fonts/sans.ttf", tiny_font());
	return d;
}

static inline struct layout *read_layout(struct desk *d, struct str data, enum edition e)
{
	struct publication *p = publication_read(d->arena, d->folder, d->diags);
	return layout_read(d->arena, p, data, e, d->diags);
}

/* The layout's text with a piece replaced. */
static inline char *layout_with(struct arena *a, const char *old, const char *new)
{
	struct str text = str_from(layout_text);
	size_t at = str_find(text, str_from(old), 0);
	assert_true(at < text.len);
	return str_c(a, str_format(a, "%.*s%s%s", (int)at, layout_text, new,
				   layout_text + at + strlen(old)));
}

#endif
