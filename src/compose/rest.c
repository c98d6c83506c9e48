/* What is left of a block whose beginning stands elsewhere, for another width. */
#include "compose/setting.h"

#include "base/utf8.h"
#include "compose/ahead.h"

static bool is_ignorable(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0xAD || c == 0x200B || c == 0x2028;
}

/* A place in a block's spans. */
struct reader {
	const struct text *text;
	size_t span, at;
};

static bool read_on(struct reader *r, uint32_t *c)
{
	while (r->span < r->text->count && r->at >= r->text->spans[r->span].text.len) {
		r->span++;
		r->at = 0;
	}
	if (r->span == r->text->count)
		return false;
	*c = utf8_next(r->text->spans[r->span].text, &r->at);
	return true;
}

/* Reads as many letters of the block as the run says. Spaces do not count: those
 * at line ends come and go. A hyphen repeated at a line's start is the type's. */
static void read_run(struct reader *r, struct str run, bool line_start)
{
	for (size_t at = 0; at < run.len;) {
		uint32_t said = utf8_next(run, &at), c;
		if (is_ignorable(said))
			continue;
		struct reader before = *r;
		do {
			if (!read_on(r, &c))
				return;
		} while (is_ignorable(c));
		if (line_start && said == '-' && c != '-')
			*r = before;
		line_start = false;
	}
}

/* The spans from the next letter on: a line does not begin with what ended the
 * one before. */
static struct text text_from(struct composer *c, struct reader r)
{
	struct text t = { 0 };
	struct reader letter = r;
	uint32_t code;
	do {
		r = letter;
		if (!read_on(&letter, &code))
			return t;
	} while (is_ignorable(code));
	for (size_t i = letter.span; i < r.text->count; i++) {
		struct span s = r.text->spans[i];
		size_t from = i > letter.span ? 0 : r.span == i ? r.at : 0;
		s.text = str_sub(s.text, from, s.text.len);
		if (s.text.len)
			text_add(c->arena, &t, s);
	}
	return t;
}

/* The text as it was shown: letter for letter what its lines say. */
static struct text shown_text(struct composer *c, const struct text *t)
{
	struct text shown = { 0 };
	for (size_t i = 0; i < t->count; i++) {
		struct span s = t->spans[i];
		if (s.style->uppercase)
			s.text = type_capitals(c->arena, s.text);
		text_add(c->arena, &shown, s);
	}
	return shown;
}

static struct block *text_rest(struct composer *c, const struct block *b, const struct box *lines,
			       size_t count)
{
	struct text shown = shown_text(c, &b->text);
	struct reader r = { .text = &shown };
	if (b->drop_lines > 1 && shown.count)
		r.at = initial_length(shown.spans[0].text);
	for (size_t i = 0; i < count; i++) {
		struct text_line t = lines[i].line;
		struct line l = { 0 };
		if (t.text)
			l = broken_line(c->type, c->drafts, t.text, t.set, t.number);
		for (size_t k = 0; k < l.run_count; k++)
			read_run(&r, l.runs[k].glyphs.text, i > 0 && k == 0);
	}
	struct text t = text_from(c, r);
	if (!t.count)
		return NULL;
	struct block *rest = NEW(c->arena, struct block);
	*rest = *b;
	rest->text = t;
	rest->label = (struct text){ 0 };
	rest->indent = rest->drop_lines = rest->aside_lines = rest->before = 0;
	rest->ruled = false;
	rest->anchor = STR("");
	rest->settings = NULL;
	rest->remnants = NULL;
	return rest;
}

static struct block *gallery_rest(struct composer *c, const struct block *b, size_t plates)
{
	if (!plates || plates >= b->plate_count)
		return NULL;
	struct block *rest = NEW(c->arena, struct block);
	*rest = *b;
	rest->plates += plates;
	rest->plate_count -= plates;
	rest->settings = NULL;
	rest->remnants = NULL;
	return rest;
}

struct block *block_rest(struct composer *c, struct block *b, const struct setting *s, size_t count)
{
	for (const struct remnant *r = b->remnants; r; r = r->next)
		if (r->setting == s && r->box == count)
			return r->block;
	ahead_take(c, b); /* it is copied */
	struct remnant *r = NEW(c->arena, struct remnant);
	*r = (struct remnant){ .next = b->remnants, .setting = s, .box = count };
	b->remnants = r;
	if (b->kind == BLOCK_TEXT)
		r->block = text_rest(c, b, s->boxes.box, count);
	else if (b->kind == BLOCK_GALLERY)
		r->block = gallery_rest(c, b, s->boxes.box[count - 1].plates);
	return r->block;
}
