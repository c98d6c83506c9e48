/* text: a run of positioned glyphs as text-showing operators.
 *
 * THE MODEL. Two pens walk along the run: the composer's (pen, 1/1000 pt), which
 * knows kerning and justification, and the reader's (shown), which knows the
 * widths of the font alone. Before each glyph the difference is written as a
 * number into TJ's array; because it is measured from the start of the run and
 * not from the glyph before, rounding never adds up. What stands between all
 * letters of a run alike (tracking, the line's share of what is missing) is told to
 * the reader once, by Tc; else every glyph would need its number.
 *
 * Numbers of TJ are 1/1000 of the size, stretched; both pens are kept in
 * hundredths of that, shown exactly, pen by one division. */
#include "pdf/content.h"

#include "base/utf8.h"

struct showing {
	struct painter *p;
	struct font *font;
	const struct glyph_run *run;
	int64_t pen; /* 1/1000 pt from the run's start */
	int64_t shown; /* 1/100000 of the size, stretched; and */
	int64_t spaced; /* so many letter spaces */
	bool in_array, in_string;
};

static void leave_string(struct showing *s)
{
	if (s->in_string)
		buf_put_byte(s->p->out, ')');
	s->in_string = false;
}

static void leave_array(struct showing *s)
{
	leave_string(s);
	if (s->in_array)
		buf_put_c(s->p->out, "]TJ\n");
	s->in_array = false;
}

static void enter_string(struct showing *s)
{
	if (!s->in_array)
		buf_put_byte(s->p->out, '[');
	if (!s->in_string)
		buf_put_byte(s->p->out, '(');
	s->in_array = s->in_string = true;
}

static void put_code(struct buf *b, unsigned code)
{
	const unsigned char bytes[] = { (unsigned char)(code >> 8), (unsigned char)code };
	for (size_t i = 0; i < 2; i++) {
		if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
			buf_put_byte(b, '\\');
		if (bytes[i] == '\r')
			buf_put_c(b, "\\r"); /* a bare CR would be read as LF */
		else
			buf_put_byte(b, (char)bytes[i]);
	}
}

/* Whether the reader's pen is within slack of at, but for what divisions round off. Most
 * glyphs are: where they stand need not be divided out. */
static bool is_near(const struct showing *s, int64_t scaled, int64_t unit, int64_t slack)
{
	enum { ROUNDED_OFF = 2 };
	int64_t spaces = s->spaced * s->p->letter_space * s->p->stretch * 10000;
	int64_t off = scaled - s->shown * unit - spaces, most = (slack - ROUNDED_OFF) * unit;
	return off > -most && off < most;
}

/* Brings the reader's pen to at, 1/1000 pt from the run's start, unless it is
 * within slack, 1/100000 of the size. */
static void move_to(struct showing *s, int64_t at, int64_t slack)
{
	const struct glyph_run *r = s->run;
	int64_t unit = (int64_t)r->size * s->p->stretch;
	int64_t scaled = at * 100000000;
	if (is_near(s, scaled, unit, slack))
		return;
	int64_t wanted = (scaled + (scaled < 0 ? -unit : unit) / 2) / unit;
	int64_t off = wanted - s->shown - s->spaced * s->p->letter_space * 10000 / r->size;
	if (off > -slack && off < slack)
		return;
	int64_t adjustment = -(off + (off < 0 ? -50 : 50)) / 100;
	leave_string(s);
	if (!s->in_array)
		buf_put_byte(s->p->out, '[');
	s->in_array = true;
	put_int(s->p->out, adjustment);
	s->shown -= adjustment * 100;
}

static void raise_to(struct showing *s, int rise)
{
	if (rise == s->p->rise)
		return;
	leave_array(s);
	put_milli(s->p->out, rise);
	buf_put_c(s->p->out, " Ts\n");
	s->p->rise = rise;
}

static void choose_font(struct showing *s, unsigned variant)
{
	struct painter *p = s->p;
	if (s->font == p->font && variant == p->variant && s->run->size == p->size)
		return;
	leave_array(s);
	font_put_name(p->out, s->font, variant);
	put_milli(p->out, s->run->size);
	buf_put_c(p->out, " Tf\n");
	p->font = s->font;
	p->variant = variant;
	p->size = s->run->size;
}

static void show_glyph(struct showing *s, const struct glyph *g, struct str text)
{
	enum { SEEN = 100, UNSEEN = 5000 }; /* nobody sees where a space begins */
	bool space = text.len == 1 && text.ptr[0] == ' ';
	struct sign sign = font_sign(s->font, g->id, text);
	choose_font(s, sign.variant);
	raise_to(s, g->dy);
	move_to(s, s->pen + g->dx, space ? UNSEEN : SEEN);
	enter_string(s);
	put_code(s->p->out, sign.code);
	s->shown += font_width(s->font, g->id);
	s->spaced++;
	s->pen += g->advance;
}

/* Characters that only steer line breaking and joining say nothing. */
static bool is_silent(uint32_t c)
{
	return c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF ||
	       c == 0x2028 || c == 0x00AD;
}

/* All spaces read as one, all hyphens that look alike as one: else every other
 * word of a Polish text, bound by U+00A0, would need a second code. */
static uint32_t spoken(uint32_t c)
{
	if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
	    c == 0x3000)
		return ' ';
	return c == 0x2011 ? '-' : c;
}

enum { SAID_AT_MOST = 64 };
#define SOFT_HYPHEN "\xC2\xAD" /* U+00AD: a word divided at the line's end */

/* What a reader shall hear for a cluster: ASCII as it is, the rest through
 * spoken(). Written to room; longer ones are cut, which no script needs. */
static struct str said(struct str text, bool soft_hyphens, char room[SAID_AT_MOST])
{
	if (text.len == 1 && (unsigned char)text.ptr[0] < 0x80)
		return text;
	if (str_equal(text, STR(SOFT_HYPHEN)))
		return soft_hyphens ? text : STR("-");
	size_t len = 0;
	for (size_t at = 0; at < text.len && len + 4 <= SAID_AT_MOST;) {
		uint32_t c = utf8_next(text, &at);
		if (!is_silent(c))
			len += utf8_encode(spoken(c), room + len);
	}
	return (struct str){ room, len };
}

/* The n-th character of s, or its last. */
static struct str character(struct str s, size_t n)
{
	size_t from = 0, to = 0;
	for (size_t i = 0; i <= n && to < s.len; i++) {
		from = to;
		utf8_next(s, &to);
	}
	return str_sub(s, from, to - from);
}

/* Glyphs i to end, which stand for text together. One glyph says all of it; as
 * many glyphs as characters say one each; only where they differ (½ drawn as
 * three glyphs) must a span of ActualText tell. */
static void show_cluster(struct showing *s, size_t i, size_t end, struct str text)
{
	char room[SAID_AT_MOST];
	struct str words = said(text, s->p->m->structure != NULL, room);
	size_t glyphs = end - i;
	bool spanned = glyphs > 1 && words.len && utf8_count(words) != glyphs;
	if (spanned) {
		leave_array(s);
		buf_put_c(s->p->out, "/Span<</ActualText <FEFF");
		put_utf16_digits(s->p->out, words);
		buf_put_c(s->p->out, ">>>BDC\n");
	}
	for (size_t j = i; j < end; j++) {
		const struct glyph *g = &s->run->glyphs[j];
		/* A place where a word was not divided has a glyph without width;
		 * .notdef is a mistake to every standard, and already reported. */
		bool place = g->advance == 0 && str_equal(text, STR(SOFT_HYPHEN));
		if (words.len && g->id && !place)
			show_glyph(s, g, glyphs == 1 ? words : character(words, j - i));
		else
			s->pen += g->advance;
	}
	if (spanned) {
		leave_array(s);
		buf_put_c(s->p->out, "EMC\n");
	}
}

/* A space at the line's end has no glyph of its own; words of two lines would
 * run together for who listens, so it is shown behind the margin. */
static void show_last_space(struct showing *s)
{
	unsigned glyph = font_glyph(s->font, ' ');
	if (glyph)
		show_glyph(s, &(struct glyph){ .id = (unsigned short)glyph }, STR(" "));
}

static void start_line(struct painter *p, const struct glyph_run *r)
{
	int stretch = r->stretch ? r->stretch : 1000;
	if (stretch != p->stretch) {
		put_milli(p->out, (int64_t)stretch * 100);
		buf_put_c(p->out, " Tz\n");
		p->stretch = stretch;
	}
	/* Tc is stretched with the letters (9.3.2). */
	int space = unit_scale(r->letter_space, 10, stretch);
	if (space != p->letter_space) {
		put_tenth_milli(p->out, space);
		buf_put_c(p->out, " Tc\n");
		p->letter_space = space;
	}
	int64_t x = make_x(p->m, r->x), y = make_y(p->m, r->y);
	put_milli(p->out, x - p->line_x);
	buf_put_byte(p->out, ' ');
	put_milli(p->out, y - p->line_y);
	buf_put_c(p->out, " Td\n");
	p->line_x = x;
	p->line_y = y;
}

void text_show(struct painter *p, const struct glyph_run *r)
{
	struct font *f = fonts_use(p->m->fonts, p->m, r->face);
	struct showing s = { .p = p, .font = f, .run = r };
	start_line(p, r);
	bool space = false;
	for (size_t i = 0; i < r->glyph_count;) {
		size_t end = i + 1;
		while (end < r->glyph_count && r->glyphs[end].text == r->glyphs[i].text)
			end++;
		size_t from = r->glyphs[i].text;
		size_t to = end < r->glyph_count ? r->glyphs[end].text : r->text.len;
		struct str text = str_sub(r->text, from, to > from ? to - from : 0);
		if (end == r->glyph_count)
			while (text.len > 1 && text.ptr[text.len - 1] == ' ') {
				text.len--;
				space = true;
			}
		show_cluster(&s, i, end, text);
		i = end;
	}
	if (space)
		show_last_space(&s);
	leave_array(&s);
}
