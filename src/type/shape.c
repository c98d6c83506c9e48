/* Text to glyphs, through HarfBuzz, once for every word.
 *
 * A word is shaped in font units, where every number is an integer of the font's
 * maker; a size is applied when lines are made. So the cache needs no size in its
 * key, and the same word measures the same wherever it stands. Kerning across
 * spaces is given up for this; body fonts have next to none. */
#include "type/shape.h"

#include "base/utf8.h"
#include "type/margin.h"
#include "type/wordbook.h"

/* Bytes that are shaped at once: more than a word has. HarfBuzz takes time by the square of
 * the marks that stand on one another. */
enum { SHAPED_AT_ONCE = 2048 };

static hb_feature_t feature(const char *tag, unsigned value)
{
	hb_feature_t f = { hb_tag_from_string(tag, -1), value, HB_FEATURE_GLOBAL_START,
			   HB_FEATURE_GLOBAL_END };
	return f;
}

/* kern, liga, clig, calt, mark and locl are HarfBuzz's own defaults. */
static void choose_features(struct look *l)
{
	static const char *const figures[] = {
		[FIGURES_LINING] = "lnum", [FIGURES_OLD] = "onum", [FIGURES_TABULAR] = "tnum"
	};
	l->features[l->feature_count++] = feature(figures[l->figures], 1);
	if (l->small_caps)
		l->features[l->feature_count++] = feature("smcp", 1);
	if (l->spaced) { /* ligatures would be islands among spaced letters */
		l->features[l->feature_count++] = feature("liga", 0);
		l->features[l->feature_count++] = feature("clig", 0);
	}
}

static bool look_is(const struct look *l, const struct font *f, const struct style *s,
		    struct str language)
{
	return l->font == f && l->figures == s->figures && l->small_caps == s->small_caps &&
	       l->uppercase == s->uppercase && l->spaced == (s->tracking != 0) &&
	       str_equal(l->language, language);
}

/* font and style filled in: the rest, and its place among the handle's. */
static struct look *add_look(struct type *t, struct look filled)
{
	struct look *l = NEW(t->arena, struct look);
	*l = filled;
	l->owner = t;
	l->language = str_copy(t->arena, filled.language);
	l->hb_language = hb_language_from_string(l->language.ptr, (int)l->language.len);
	l->words = map_new(t->arena);
	l->page = t->book ? wordbook_page(t->book, l) : NULL;
	choose_features(l);
	l->next = t->looks;
	t->looks = l;
	return l;
}

struct look *look_find(struct type *t, struct font *f, const struct style *s, struct str language)
{
	for (struct look *l = t->looks; l; l = l->next)
		if (look_is(l, f, s, language))
			return l;
	return add_look(t, (struct look){ .font = f,
					  .language = language,
					  .figures = s->figures,
					  .small_caps = s->small_caps,
					  .uppercase = s->uppercase,
					  .spaced = s->tracking != 0 });
}

static bool looks_alike(const struct look *a, const struct look *b)
{
	return a->font->face == b->font->face && a->figures == b->figures &&
	       a->small_caps == b->small_caps && a->uppercase == b->uppercase &&
	       a->spaced == b->spaced && str_equal(a->language, b->language);
}

struct look *look_own(struct type *t, struct look *l)
{
	if (l->owner == t)
		return l;
	for (struct look *own = t->looks; own; own = own->next)
		if (looks_alike(own, l))
			return own;
	struct font *f = font_open(t, l->font->face);
	return add_look(t, (struct look){ .font = f ? f : l->font, /* the file is gone since */
					  .language = l->language,
					  .figures = l->figures,
					  .small_caps = l->small_caps,
					  .uppercase = l->uppercase,
					  .spaced = l->spaced });
}

/* What stands for a character that no font has. */
static uint32_t stand_in(struct font *f)
{
	return font_shown(f, UTF8_REPLACEMENT) ? UTF8_REPLACEMENT : '?';
}

static void fill_buffer(hb_buffer_t *b, struct look *l, struct str text, size_t at, size_t end)
{
	hb_buffer_clear_contents(b);
	while (at < end) {
		unsigned cluster = (unsigned)at;
		uint32_t shown = font_shown(l->font, utf8_next(text, &at));
		hb_buffer_add(b, shown ? shown : stand_in(l->font), cluster);
	}
	hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
	hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
	hb_buffer_set_flags(b, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT |
				       HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_set_language(b, l->hb_language);
	hb_buffer_guess_segment_properties(b);
}

static void measure_hang(struct word *w)
{
	if (w->glyph_count == 0 || w->leftwards)
		return;
	size_t start = 0, end = w->text.len;
	uint32_t first = utf8_next(w->text, &start), last = utf8_previous(w->text, &end);
	const struct word_glyph *glyph = w->glyphs;
	w->hang_left = unit_scale(glyph[0].advance, margin_left(first), 1000);
	w->hang_right = unit_scale(glyph[w->glyph_count - 1].advance, margin_right(last), 1000);
}

/* The glyphs of a word's text from start to end, behind those it has. */
static void shape_part(struct type *t, struct look *l, struct word *w, size_t *capacity,
		       size_t start, size_t end)
{
	fill_buffer(t->buffer, l, w->text, start, end);
	hb_shape(l->font->hb, t->buffer, l->features, l->feature_count);
	unsigned count;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(t->buffer, &count);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(t->buffer, &count);
	w->leftwards = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(t->buffer));
	for (unsigned i = 0; i < count; i++) {
		bool tied = hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
		struct word_glyph glyph = { (unsigned short)info[i].codepoint,
					    position[i].x_advance,
					    position[i].x_offset,
					    position[i].y_offset,
					    info[i].cluster,
					    tied };
		PUSH_FROM(count, t->arena, w->glyphs, w->glyph_count, *capacity, glyph);
		w->width += position[i].x_advance;
	}
}

static struct word *shape(struct type *t, struct look *l, struct str text)
{
	struct word *w = NEW(t->arena, struct word);
	size_t capacity = 0;
	w->text = str_copy(t->arena, text);
	for (size_t start = 0, end; start < text.len; start = end) {
		end = utf8_floor(text, start + SHAPED_AT_ONCE);
		shape_part(t, l, w, &capacity, start, end);
	}
	measure_hang(w);
	return w;
}

/* The book's word, shaped for it if nobody has. */
static struct word *share(struct type *t, struct look *l, struct str text)
{
	struct word *shared = wordbook_find(t->book, l->page, text);
	if (!shared)
		shared = wordbook_add(t->book, l->page, shape(t, l, text));
	struct word *w = NEW(t->arena, struct word);
	w->text = shared->text;
	w->glyphs = shared->glyphs;
	w->glyph_count = shared->glyph_count;
	w->width = shared->width;
	w->hang_left = shared->hang_left;
	w->hang_right = shared->hang_right;
	w->leftwards = shared->leftwards;
	w->shared = shared;
	return w;
}

struct word *look_word(struct type *t, struct look *l, struct str text)
{
	struct word *w = map_find(l->words, text);
	if (!w) {
		w = l->page ? share(t, l, text) : shape(t, l, text);
		map_put(l->words, w->text, w);
	}
	return w;
}
