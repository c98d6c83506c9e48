/* Pages built by hand to be judged, and what must be said of them. */
#ifndef TESTS_PREFLIGHT_PAGES_H
#define TESTS_PREFLIGHT_PAGES_H

#include "pdf/drawing.h"

#include "preflight/preflight.h"

enum { MM = 2835 };

HELPER struct place at(int line)
{
	return (struct place){ STR("layouts/x/layout.yaml"), line, 3 };
}

/* A colour whose place is line. */
HELPER struct colour *ink(struct sample *s, int line, int c, int m, int y, int k)
{
	struct colour *colour = NEW(s->arena, struct colour);
	*colour = (struct colour){ .name = str_format(s->arena, "colour%d", line),
				   .cmyk = { c * 10, m * 10, y * 10, k * 10 },
				   .place = at(line) };
	return colour;
}

HELPER struct colour *light(struct sample *s, int line, int grey)
{
	struct colour *colour = ink(s, line, 0, 0, 0, 100);
	memset(colour->rgb, grey, 3);
	return colour;
}

/* A style whose place is line. */
HELPER struct style *style_at(struct sample *s, int line, const struct colour *c)
{
	struct style *style = NEW(s->arena, struct style);
	*style = (struct style){ .name = str_format(s->arena, "style%d", line),
				 .size = 10 * PT,
				 .colour = c,
				 .place = at(line),
				 .colour_place = at(line) };
	return style;
}

HELPER struct item *words_at(struct sample *s, struct page *p, const struct style *style, int size,
			     int x, int y, const char *text)
{
	struct item *i = sample_text(s, p, NULL, LATO, size, x, y, text);
	i->glyphs.style = style;
	i->glyphs.colour = style->colour;
	return i;
}

/* Sample pages of an edition, with the limits that a layout has unless it says. */
HELPER struct sample *pages_open(enum edition e)
{
	struct sample *s = sample_open(e);
	s->layout.ink_limit = 3000;
	s->layout.safety = 5 * MM;
	s->document.place = (struct place){ STR("issues/1/issue.yaml"), 1, 1 };
	return s;
}

/* All that was said: "LINE code detail" a line, sorted by place; forgets it. */
HELPER struct str judged_with(struct sample *s, const struct inks *inks)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	preflight(&s->pages, inks, s->diags);
	diags_sort(s->diags);
	for (size_t i = 0; i < diags_count(s->diags); i++) {
		const struct diag *d = diags_at(s->diags, i);
		buf_format(&b, "%d %s %.*s\n", d->place.line, diag_name(d->code),
			   STR_ARG(d->detail));
	}
	s->diags = diags_new(s->arena);
	struct str said = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return said;
}

HELPER struct str judged(struct sample *s)
{
	return judged_with(s, pdf_foresee(s->arena, &s->pages, &s->world, s->diags));
}

HELPER void assert_judged(struct sample *s, const char *wanted)
{
	struct str said = judged(s);
	if (!str_equal(said, str_from(wanted)))
		fail_msg("said:\n%.*swanted:\n%s", STR_ARG(said), wanted);
}

/* The lines that mistakes of a kind were told at: "3 7 ". */
HELPER struct str lines_of(struct sample *s, enum diag_code code)
{
	struct buf b;
	buf_init(&b, 4096);
	preflight(&s->pages, pdf_foresee(s->arena, &s->pages, &s->world, s->diags), s->diags);
	diags_sort(s->diags);
	for (size_t i = 0; i < diags_count(s->diags); i++)
		if (diags_at(s->diags, i)->code == code)
			buf_format(&b, "%d ", diags_at(s->diags, i)->place.line);
	s->diags = diags_new(s->arena);
	struct str lines = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return lines;
}

HELPER void assert_lines(struct sample *s, enum diag_code code, const char *wanted)
{
	struct str said = lines_of(s, code);
	if (!str_equal(said, str_from(wanted)))
		fail_msg("%s at lines %.*s, not %s", diag_name(code), STR_ARG(said), wanted);
}

#endif
