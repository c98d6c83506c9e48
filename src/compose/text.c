/* Inlines become spans, and get their elements.
 *
 * HOW IT WORKS. An element has either items or children (model/page.h). A
 * paragraph of plain words owns its spans; one with links, notes, code or words
 * of another language is mixed, and its plain words go into CONTENT children
 * between the others. */
#include "compose/galley.h"

#include "model/words.h"

struct inline_state {
	struct galley *galley;
	const struct style *style;
	struct element *parent; /* of the mixed text */
	struct element *leaf; /* what the next words belong to; NULL: make one */
	bool mixed, strong_plain;
	bool strong, emphasis, strike;
	int tag;
	struct str language;
	struct text *out;
};

void text_add(struct arena *a, struct text *t, struct span s)
{
	PUSH_FROM(1, a, t->spans, t->count, t->capacity, s);
}

struct text text_plain(struct arena *a, struct str s, const struct style *style,
		       struct str language, struct element *e)
{
	struct text t = { 0 };
	if (s.len)
		text_add(a, &t,
			 (struct span){
				 .text = s, .style = style, .language = language, .element = e });
	return t;
}

static bool makes_element(const struct node *n)
{
	return n->kind == NODE_LINK || n->kind == NODE_NOTE_REFERENCE || n->kind == NODE_CODE ||
	       (n->kind == NODE_SPAN && n->language.len);
}

static bool is_mixed(const struct composer *c, const struct node *first)
{
	struct walk w;
	walk_start(&w, first, c->layout->edition, STR(""));
	while (walk_next(&w))
		if (makes_element(w.node))
			return true;
	return false;
}

static struct element *leaf_of(struct inline_state *s)
{
	struct composer *c = s->galley->composer;
	if (!s->leaf && s->parent)
		s->leaf = s->mixed ? element_new(c->arena, c->pages, ELEMENT_CONTENT, s->parent)
				   : s->parent;
	return s->leaf;
}

static int strong_weight(const struct inline_state *s)
{
	if (!s->strong || s->strong_plain)
		return 0;
	int weight = s->galley->composer->layout->details.strong_weight;
	return s->style->weight >= weight ? 900 : weight;
}

static struct span span_of(struct inline_state *s, struct str words, struct place place)
{
	const struct layout *l = s->galley->composer->layout;
	bool bold_emphasis = s->emphasis && l->emphasis_bold;
	int weight = strong_weight(s), bold = l->details.strong_weight;
	if (bold_emphasis && weight < bold && s->style->weight < bold)
		weight = bold;
	return (struct span){ .text = words,
			      .style = s->style,
			      .language = s->language,
			      .weight = weight,
			      .italic = s->emphasis && !bold_emphasis,
			      .element = leaf_of(s),
			      .tag = s->tag + (s->strike ? TAG_STRIKE : 0),
			      .place = place };
}

static void put_words(struct inline_state *s, struct str words, struct place place)
{
	if (words.len)
		text_add(s->galley->composer->arena, s->out, span_of(s, words, place));
}

static void put_inlines(struct inline_state *s, const struct node *first);

/* Children in an element of their own. */
static void put_within(struct inline_state *s, const struct node *n, struct element *e, int tag)
{
	struct inline_state inner = *s;
	if (e)
		inner.leaf = e;
	inner.tag = tag;
	if (n->language.len)
		inner.language = n->language;
	put_inlines(&inner, n->first);
	s->leaf = NULL;
}

static struct element *child(struct inline_state *s, enum element_role r)
{
	struct composer *c = s->galley->composer;
	return s->parent ? element_new(c->arena, c->pages, r, s->parent) : NULL;
}

static void put_link(struct inline_state *s, const struct node *n)
{
	struct galley *g = s->galley;
	struct composer *c = g->composer;
	struct buf words;
	buf_init(&words, 1 << 16);
	node_put_text(&words, n, c->layout->edition, STR(""));
	struct target t = { .contents = str_copy(c->arena, buf_str(&words)) };
	buf_release(&words);
	if (n->link.url.len && n->link.url.ptr[0] == '#')
		t.destination = str_sub(n->link.url, 1, n->link.url.len);
	else
		t.url = n->link.url;
	struct element *e = child(s, ELEMENT_LINK);
	if (e && !str_equal(s->language, g->article->language))
		e->language = s->language;
	put_within(s, n, e, composer_target(c, t));
}

/* In print, letters too small for several inks (GWG 2022 R0017) have the colour of the
 * text, if theirs is one for light grounds and the text's is one ink; else NULL. */
static const struct colour *small_colour(const struct composer *c, const struct colour *own,
					 int size)
{
	enum { LEAST = 8 * PT, DARK = 450 };
	static const struct colour white = { .rgb = { 255, 255, 255 } };
	const struct style *body = c->layout->roles[STYLE_BODY];
	int plates[2] = { 0 };
	for (int k = 0; k < 4; k++) {
		plates[0] += own->cmyk[k] > 0;
		plates[1] += body->colour->cmyk[k] > 0;
	}
	bool several = !own->spot && plates[0] > 1, one = body->colour->spot || plates[1] == 1;
	return c->layout->cmyk && size < LEAST && several && one &&
			       colour_contrast(own, &white) >= DARK
		       ? body->colour
		       : NULL;
}

static void put_reference(struct inline_state *s, const struct node *n)
{
	struct galley *g = s->galley;
	struct composer *c = g->composer;
	int number = n->reference ? n->reference->note.number : 0;
	bool known = number >= 1 && (size_t)number <= g->article->note_count && g->note_shown;
	bool first = known && !g->note_shown[number - 1];
	if (known)
		g->note_shown[number - 1] = true;
	struct element *e = child(s, ELEMENT_REFERENCE);
	if (e)
		e = element_new(c->arena, c->pages, ELEMENT_LINK, e);
	struct str digits = str_format(c->arena, "%d", number);
	struct target t = { .destination = str_format(c->arena, "%.*s#note-%d",
						      STR_ARG(g->article->slug), number),
			    .contents = str_format(c->arena, "%.*s %d",
						   STR_ARG(word(WORD_NOTE, g->article->language)),
						   number),
			    .note = first ? number : 0 };
	struct inline_state inner = *s;
	inner.leaf = e;
	inner.tag = composer_target(c, t);
	struct span span = span_of(&inner, digits, n->place);
	span.size = unit_scale(s->style->size, c->layout->details.note_size, 1000);
	span.rise = unit_scale(s->style->size, c->layout->details.note_rise, 1000);
	if (!span.colour)
		span.colour = small_colour(c, s->style->colour, span.size);
	text_add(c->arena, s->out, span);
	s->leaf = NULL;
}

/* One inline; what it changes for its children only is put back behind it. */
static void put_inline(struct inline_state *s, const struct node *n)
{
	struct inline_state inner = *s;
	if (n->kind == NODE_TEXT) {
		put_words(s, n->text, n->place);
	} else if (n->kind == NODE_LINE_BREAK) {
		put_words(s, STR("\xe2\x80\xa8"), n->place);
	} else if (n->kind == NODE_LINK) {
		put_link(s, n);
	} else if (n->kind == NODE_NOTE_REFERENCE) {
		put_reference(s, n);
	} else if (n->kind == NODE_CODE) {
		inner.leaf = child(s, ELEMENT_CODE);
		inner.style = composer_style(s->galley->composer, s->galley->template, STYLE_CODE);
		struct span span = span_of(&inner, n->text, n->place);
		span.size = s->style->size;
		span.colour = s->style->colour;
		text_add(s->galley->composer->arena, s->out, span);
		s->leaf = NULL;
	} else if (makes_element(n)) {
		struct element *e = child(s, ELEMENT_SPAN);
		if (e)
			e->language = n->language;
		put_within(s, n, e, s->tag);
	} else {
		inner.strong = s->strong || n->kind == NODE_STRONG;
		inner.emphasis = s->emphasis || n->kind == NODE_EMPHASIS;
		inner.strike = s->strike || n->kind == NODE_STRIKE;
		put_inlines(&inner, n->first);
		s->leaf = inner.leaf;
	}
}

static void put_inlines(struct inline_state *s, const struct node *first)
{
	enum edition e = s->galley->composer->layout->edition;
	for (const struct node *n = node_first_shown(first, e, STR("")); n;
	     n = node_next_shown(n, e, STR("")))
		put_inline(s, n);
}

void text_inlines(struct galley *g, const struct node *first, const struct style *style,
		  struct element *parent, bool strong_plain, struct text *out)
{
	struct inline_state s = { .galley = g,
				  .style = style,
				  .parent = parent,
				  .mixed = is_mixed(g->composer, first),
				  .strong_plain = strong_plain,
				  .language = first ? node_language(first, g->article)
						    : g->article->language,
				  .out = out };
	put_inlines(&s, first);
}
