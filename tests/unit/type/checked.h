/* What must hold of every paragraph. */
#ifndef TESTS_UNIT_TYPE_CHECKED_H
#define TESTS_UNIT_TYPE_CHECKED_H

#include "sample.h"

#include "base/utf8.h"

/* Text as lines ought to say it: hints about line ends left out, forced line
 * ends as spaces, hyphens at line ends taken away. */
static inline struct str expected_text(struct sample *s, struct str text)
{
	struct buf b;
	buf_init(&b, 1 << 24);
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (c == 0x2028 || c == '\n')
			buf_put_byte(&b, ' ');
		else if (c != 0x00AD && c != 0x200B && c != 0x2060)
			utf8_put(&b, c);
	}
	struct str result = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return result;
}

static inline struct str said_text(struct sample *s, const struct lines *l)
{
	struct buf b;
	buf_init(&b, 1 << 24);
	for (size_t i = 0; i < l->count; i++)
		for (size_t r = 0; r < l->line[i].run_count; r++) {
			struct str text = l->line[i].runs[r].glyphs.text;
			bool last = r + 1 == l->line[i].run_count;
			if (last && l->line[i].hyphenated) {
				assert_true(str_ends(text, STR("\u00ad")));
				text.len -= 2;
			}
			assert_int_equal(str_find(text, STR("\u00ad"), 0), text.len);
			buf_put(&b, text);
		}
	struct str result = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return result;
}

static inline void check_run(const struct line *l, const struct line_run *r, int *pen)
{
	const struct glyph_run *g = &r->glyphs;
	assert_non_null(g->face);
	assert_non_null(r->span);
	assert_int_equal(g->x, l->x + *pen);
	assert_true(g->stretch >= 980 && g->stretch <= 1020);
	unsigned before = 0;
	for (size_t i = 0; i < g->glyph_count; i++) {
		assert_int_not_equal(g->glyphs[i].id, 0);
		assert_true(g->glyphs[i].text >= before && g->glyphs[i].text < g->text.len);
		before = g->glyphs[i].text;
		*pen += g->glyphs[i].advance;
	}
	if (g->glyph_count)
		assert_int_equal(g->glyphs[0].text, 0);
}

static inline bool is_space(const struct glyph_run *g, const struct glyph *glyph)
{
	return g->text.ptr[glyph->text] == ' ';
}

/* Width of the line's last word, or of its first one; *whole: there is no other. */
static inline int word_width(const struct line *l, bool last, bool *whole)
{
	int width = 0;
	*whole = true;
	for (size_t r = 0; r < l->run_count; r++)
		for (size_t i = 0; i < l->runs[r].glyphs.glyph_count; i++) {
			const struct glyph *g = &l->runs[r].glyphs.glyphs[i];
			if (!is_space(&l->runs[r].glyphs, g)) {
				width += g->advance;
				continue;
			}
			*whole = false;
			if (!last)
				return width;
			width = 0;
		}
	return width;
}

/* The word that line i divides is wider than a line. */
static inline void check_too_wide(const struct lines *l, size_t i, const struct paragraph *p)
{
	bool whole;
	int width = word_width(&l->line[i], true, &whole), narrowest = INT32_MAX;
	for (size_t k = i; k > 0 && whole && l->line[k - 1].hyphenated; k--)
		width += word_width(&l->line[k - 1], true, &whole);
	for (size_t k = i + 1; k < l->count; k++) {
		width += word_width(&l->line[k], false, &whole);
		if (!whole)
			break;
	}
	for (size_t k = 0; k < p->box_count; k++)
		narrowest = p->boxes[k].width < narrowest ? p->boxes[k].width : narrowest;
	assert_true(width > narrowest - (p->indent > 0 ? p->indent : 0));
}

/* Boxes, justification, pens, ladders. */
static inline void check_lines(const struct lines *l, const struct paragraph *p)
{
	int ladder = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct line *line = &l->line[i];
		const struct line_box *box = &p->boxes[i < p->box_count ? i : p->box_count - 1];
		int left = box->x + (i == 0 ? p->indent : 0), right = box->x + box->width;
		int hang = p->align == TEXT_JUSTIFIED ? 5000 : 0, pen = 0;
		for (size_t r = 0; r < line->run_count; r++)
			check_run(line, &line->runs[r], &pen);
		assert_int_equal(pen, line->width);
		assert_int_equal(line->measure, box->width);
		if (!line->overfull) {
			assert_true(line->x >= left - hang);
			assert_true(line->x + line->width <= right + hang);
		}
		ladder = line->hyphenated ? ladder + 1 : 0;
		assert_true(!p->hyphenate ||
			    ladder <= (p->hyphens_in_row > 0 ? p->hyphens_in_row : 1));
		if (!p->hyphenate && line->hyphenated)
			check_too_wide(l, i, p);
		if (i + 1 == l->count)
			assert_true(line->last);
	}
}

/* All of it, and every word. */
static inline void check_paragraph(struct sample *s, const struct lines *l,
				   const struct paragraph *p, struct str text)
{
	check_lines(l, p);
	assert_str(said_text(s, l), str_c(s->arena, expected_text(s, text)));
}

static inline struct lines set_checked(struct sample *s, const struct paragraph *p, struct str text)
{
	struct lines l = paragraph_break(s->type, s->arena, p, s->diags);
	check_paragraph(s, &l, p, text);
	return l;
}

#endif
