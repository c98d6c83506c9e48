/* The paragraphs of the sample issue's articles, and the gaps of set lines. */
#ifndef TESTS_UNIT_TYPE_ARTICLES_H
#define TESTS_UNIT_TYPE_ARTICLES_H

#include "sample.h"

#include "base/file.h"
#include "base/utf8.h"

static const char *const sample_articles[] = {
	"issues/2026-1/02-list.md",
	"issues/2026-1/03-koordynator.md",
	"issues/2026-1/04-rozmowa.md",
	"issues/2026-1/05-psychoonkologia.md",
	"issues/2026-1/08-opieka-dlugoterminowa.md",
};

/* Drops emphasis, notes and addresses of links; binds words of one letter. */
static inline struct str sample_strip(struct sample *s, struct str line)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	bool starts = true;
	for (size_t i = 0; i < line.len; i++) {
		struct str rest = str_sub(line, i, line.len);
		if (str_starts(rest, STR("[^")) || str_starts(rest, STR("](")) ||
		    str_starts(rest, STR("]{"))) {
			size_t end = i + 1;
			while (end < line.len && !strchr(")]}", line.ptr[end]))
				end++;
			i = end;
		} else if (str_starts(rest, STR(" -- "))) {
			buf_put(&b, STR("\u00a0– "));
			i += 3;
		} else if (starts && i + 1 < line.len && strchr("aiouwzAIOUWZ", line.ptr[i]) &&
			   line.ptr[i + 1] == ' ') {
			buf_put_byte(&b, line.ptr[i++]);
			buf_put(&b, STR("\u00a0"));
		} else if (!strchr("*_[", line.ptr[i])) {
			starts = line.ptr[i] == ' ';
			buf_put_byte(&b, line.ptr[i]);
		}
	}
	struct str text = str_copy(s->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static inline size_t sample_paragraphs(struct sample *s, struct str *paragraphs, size_t room)
{
	size_t count = 0;
	for (size_t i = 0; i < sizeof sample_articles / sizeof *sample_articles; i++) {
		struct str text, line;
		int fences = 0;
		assert_true(file_read(s->arena, sample_articles[i], 1 << 20, s->diags,
				      (struct place){ 0 }, &text));
		while (str_cut(&text, '\n', &line)) {
			fences += str_equal(line, STR("---"));
			if (fences >= 2 && line.len >= 120 &&
			    !strchr("#!|:>-<[ 0123456789", line.ptr[0]) && count < room)
				paragraphs[count++] = sample_strip(s, line);
		}
	}
	return count;
}

/* Mean gap between the words of a line, 1/1000 em of 10 pt; -1 when it has none. */
static inline int sample_gap(const struct line *l)
{
	int sum = 0, count = 0;
	for (size_t r = 0; r < l->run_count; r++) {
		const struct glyph_run *g = &l->runs[r].glyphs;
		for (size_t i = 0; i < g->glyph_count; i++) {
			size_t at = g->glyphs[i].text;
			uint32_t c = utf8_next(g->text, &at);
			if ((c == ' ' || c == 0xA0) && g->glyphs[i].advance) {
				sum += g->glyphs[i].advance;
				count++;
			}
		}
	}
	return count ? sum / count / 10 : -1;
}

#endif
