/* A layout made by hand, and ways of setting text in it. */
#ifndef TESTS_UNIT_TYPE_SAMPLE_H
#define TESTS_UNIT_TYPE_SAMPLE_H

#include "../test.h"

#include "type/inside.h"

#define NOTO "/usr/share/fonts/truetype/noto/"
#define LATO "/usr/share/fonts/truetype/lato/"

enum { SERIF, SERIF_ITALIC, SERIF_BOLD, SANS, LATO_REGULAR, LATO_BOLD, SAMPLE_FACES };

struct sample {
	struct arena *arena;
	struct diags *diags;
	struct face faces[SAMPLE_FACES];
	struct face *serif_faces[3], *sans_faces[1], *lato_faces[2];
	struct family families[3]; /* Noto Serif, Noto Sans, Lato */
	const struct family *fallbacks[2];
	struct colour black;
	struct layout layout;
	struct style body; /* Noto Serif 10 pt */
	struct type *type;
};

static inline struct sample *sample_open(void)
{
	static const struct face faces[SAMPLE_FACES] = {
		{ .family = STR_INIT("Noto Serif"),
		  .path = STR_INIT(NOTO "NotoSerif-Regular.ttf"),
		  .weight = 400,
		  .italic = false,
		  .number = 0 },
		{ .family = STR_INIT("Noto Serif"),
		  .path = STR_INIT(NOTO "NotoSerif-Italic.ttf"),
		  .weight = 400,
		  .italic = true,
		  .number = 1 },
		{ .family = STR_INIT("Noto Serif"),
		  .path = STR_INIT(NOTO "NotoSerif-Bold.ttf"),
		  .weight = 700,
		  .italic = false,
		  .number = 2 },
		{ .family = STR_INIT("Noto Sans"),
		  .path = STR_INIT(NOTO "NotoSans-Regular.ttf"),
		  .weight = 400,
		  .italic = false,
		  .number = 3 },
		{ .family = STR_INIT("Lato"),
		  .path = STR_INIT(LATO "Lato-Regular.ttf"),
		  .weight = 400,
		  .italic = false,
		  .number = 4 },
		{ .family = STR_INIT("Lato"),
		  .path = STR_INIT(LATO "Lato-Bold.ttf"),
		  .weight = 700,
		  .italic = false,
		  .number = 5 },
	};
	struct arena *a = arena_open();
	struct sample *s = NEW(a, struct sample);
	s->arena = a;
	s->diags = diags_new(a);
	memcpy(s->faces, faces, sizeof faces);
	for (int i = 0; i < 3; i++)
		s->serif_faces[i] = &s->faces[SERIF + i];
	s->sans_faces[0] = &s->faces[SANS];
	s->lato_faces[0] = &s->faces[LATO_REGULAR];
	s->lato_faces[1] = &s->faces[LATO_BOLD];
	s->families[0] = (struct family){ STR("Noto Serif"), s->serif_faces, 3 };
	s->families[1] = (struct family){ STR("Noto Sans"), s->sans_faces, 1 };
	s->families[2] = (struct family){ STR("Lato"), s->lato_faces, 2 };
	s->fallbacks[0] = &s->families[0];
	s->fallbacks[1] = &s->families[1];
	s->layout = (struct layout){ .faces = s->faces,
				     .face_count = SAMPLE_FACES,
				     .families = s->families,
				     .family_count = 3,
				     .fallbacks = s->fallbacks,
				     .fallback_count = 2 };
	s->body = (struct style){ .name = STR("body"),
				  .family = &s->families[0],
				  .weight = 400,
				  .size = 10000,
				  .leading = 13500,
				  .colour = &s->black };
	s->type = type_open(&s->layout, s->diags);
	return s;
}

static inline void sample_close(struct sample *s)
{
	type_close(s->type);
	arena_close(s->arena);
}

static inline struct span sample_span(const struct sample *s, struct str text, const char *language)
{
	return (struct span){ .text = text,
			      .style = &s->body,
			      .language = str_from(language),
			      .place = { STR("a.md"), 3, 1 } };
}

/* One span in one box, hyphenated when justified. */
static inline struct lines sample_set(struct sample *s, struct str text, const char *language,
				      int width, enum text_align align)
{
	struct span span = sample_span(s, text, language);
	struct line_box box = { 0, width };
	struct paragraph p = { .spans = &span,
			       .span_count = 1,
			       .boxes = &box,
			       .box_count = 1,
			       .align = align,
			       .hyphenate = align == TEXT_JUSTIFIED,
			       .hyphens_in_row = 2 };
	return paragraph_break(s->type, s->arena, &p, s->diags);
}

/* All lines of the best set and of a line fewer and more, none where there are none;
 * what is told of a line before it is made is true of it. */
static inline void sample_sets(struct sample *s, const struct paragraph *p,
			       struct lines out[LINE_SETS])
{
	struct broken *b = paragraph_choose(s->type, s->arena, p, true, s->diags);
	for (int set = 0; set < LINE_SETS; set++) {
		enum line_set of = (enum line_set)set;
		out[set] = (struct lines){ NULL, broken_count(b, of), broken_demerits(b, of) };
		out[set].line = NEW_ARRAY(s->arena, struct line, out[set].count);
		for (size_t i = 0; i < out[set].count; i++) {
			const struct span *first, *end;
			struct line *l = &out[set].line[i];
			*l = broken_line(s->type, s->arena, b, of, i);
			broken_spans(b, of, i, &first, &end);
			assert_int_equal(broken_hyphenated(b, of, i), l->hyphenated);
			assert_true(l->run_count > 0 && first == l->runs[0].span);
			assert_true(end == l->runs[l->run_count - 1].span + 1);
		}
	}
}

/* The text behind a line's runs. */
static inline struct str sample_line(struct sample *s, const struct line *l)
{
	struct str text = STR("");
	for (size_t i = 0; i < l->run_count; i++)
		text = str_join(s->arena, text, l->runs[i].glyphs.text);
	return text;
}

#endif
