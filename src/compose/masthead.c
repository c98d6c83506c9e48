/* The publication's title on the cover.
 *
 * One whose last word stands below the others, both lines as large as the designer
 * wants them, is set so. Any other is set in one size: the words are parted into lines
 * as even as can be, which become smaller together. */
#include "compose/front.h"
#include "compose/sheet.h"

#include "base/utf8.h"

enum {
	SHORT_WORD = 3, /* letters; the words that lead to the next one are no longer */
	MOST_PARTS = 64,
	MOST_LINES = 4,
	STEPS = 64, /* between the narrowest and the widest lines that are tried */
};

struct masthead {
	struct composer *c;
	size_t page;
	struct element *element;
	struct str title;
	size_t part[MOST_PARTS + 1]; /* where words begin that may begin a line */
	size_t parts;
	size_t line[MOST_LINES + 1]; /* the part each line begins with */
	size_t lines;
};

static size_t letters_in(struct str s)
{
	size_t n = 0;
	for (size_t at = 0; at < s.len; n++)
		utf8_next(s, &at);
	return n;
}

/* A line may end behind any word, or behind the longer ones. */
static void find_parts(struct masthead *m, bool any)
{
	struct str t = m->title;
	size_t word = 0;
	m->parts = 1;
	m->part[0] = 0;
	for (size_t i = 0; i < t.len && m->parts < MOST_PARTS; i++) {
		if (t.ptr[i] != ' ')
			continue;
		if (any || letters_in(str_sub(t, word, i - word)) > SHORT_WORD)
			m->part[m->parts++] = i + 1;
		word = i + 1;
	}
	m->part[m->parts] = t.len;
}

static struct str words_of(const struct masthead *m, size_t from, size_t to)
{
	return str_sub(m->title, m->part[from], m->part[to] - m->part[from]);
}

static const struct style *style_of(const struct masthead *m, size_t line)
{
	return composer_style(m->c, NULL, line ? STYLE_MASTHEAD_SECOND : STYLE_MASTHEAD);
}

/* Some parts as a line of the title, in a size of its own. */
static struct text line_text(const struct masthead *m, size_t line, size_t from, size_t to,
			     int size)
{
	struct composer *c = m->c;
	struct text t = text_plain(c->arena, words_of(m, from, to), style_of(m, line),
				   c->doc->publication->language, m->element);
	if (t.count)
		t.spans[0].size = size;
	return t;
}

static int line_width(const struct masthead *m, size_t line, size_t from, size_t to, int size)
{
	struct composer *c = m->c;
	struct text t = line_text(m, line, from, to, size);
	return t.count ? line_set(c->type, c->arena, t.spans, 1, c->diags).width : 0;
}

/* As many parts a line as a width holds; false when that takes more lines. */
static bool fill_lines(struct masthead *m, size_t most, int width, int size)
{
	m->lines = 0;
	for (size_t i = 0; i < m->parts;) {
		if (m->lines == most)
			return false;
		size_t from = i++;
		while (i < m->parts && line_width(m, m->lines, from, i + 1, size) <= width)
			i++;
		m->line[m->lines++] = from;
		m->line[m->lines] = i;
	}
	return true;
}

static int widest_line(const struct masthead *m, int size)
{
	int widest = 0;
	for (size_t i = 0; i < m->lines; i++) {
		int w = line_width(m, i, m->line[i], m->line[i + 1], size);
		widest = w > widest ? w : widest;
	}
	return widest;
}

/* The title in no more lines, as narrow as it can be; how wide it is then. */
static int balance(struct masthead *m, size_t most, int size)
{
	int whole = line_width(m, 0, 0, m->parts, size);
	for (int i = 1; i <= STEPS; i++)
		if (fill_lines(m, most, unit_scale(whole, i, STEPS), size) &&
		    widest_line(m, size) <= unit_scale(whole, i, STEPS))
			return widest_line(m, size);
	fill_lines(m, 1, INT32_MAX, size);
	return widest_line(m, size);
}

/* The size in which so many even lines fill the frame. */
static int even_size(struct masthead *m, size_t most, struct rect r)
{
	const struct style *first = style_of(m, 0), *second = style_of(m, 1);
	int size = first->size, width = balance(m, most, size);
	if (width > r.width)
		size = unit_scale(size, r.width, width);
	int height = unit_scale(size, second->leading, second->size) * (int)m->lines;
	return height > r.height ? unit_scale(size, r.height, height) : size;
}

static void put_even(struct masthead *m, struct rect r)
{
	const struct style *first = style_of(m, 0), *second = style_of(m, 1);
	size_t most = (size_t)m->c->layout->details.masthead_lines;
	int size = even_size(m, most, r), least = composer_style(m->c, NULL, STYLE_BODY)->size;
	while (most > 1 && most < MOST_LINES && size < least) { /* than its articles' text */
		int next = even_size(m, most + 1, r);
		if (next <= size)
			break;
		size = next;
		most++;
	}
	size = even_size(m, most, r);
	int y = r.y + unit_scale(first->leading, size, first->size);
	for (size_t i = 0; i < m->lines; i++) {
		struct text t = line_text(m, i, m->line[i], m->line[i + 1], size);
		if (t.count)
			page_words(m->c, m->page, t, r.x, y);
		y += unit_scale(second->leading, size, second->size);
	}
}

/* The last part below the others; false when one of the lines is too wide. */
static bool put_as_drawn(struct masthead *m, struct rect r)
{
	m->lines = m->parts > 1 ? 2 : 1;
	m->line[0] = 0;
	m->line[1] = m->parts > 1 ? m->parts - 1 : 1;
	m->line[2] = m->parts;
	for (size_t i = 0; i < m->lines; i++)
		if (line_width(m, i, m->line[i], m->line[i + 1], style_of(m, i)->size) > r.width)
			return false;
	int y = r.y;
	for (size_t i = 0; i < m->lines; i++) {
		const struct style *s = style_of(m, i);
		struct text t = line_text(m, i, m->line[i], m->line[i + 1], s->size);
		y += s->leading;
		if (t.count)
			page_words(m->c, m->page, t, r.x, y);
	}
	return true;
}

void masthead_put(struct composer *c, size_t page, struct element *e, struct rect r)
{
	struct masthead m = {
		.c = c, .page = page, .element = e, .title = c->doc->publication->title
	};
	bool one = c->layout->details.masthead_lines < 2;
	find_parts(&m, false);
	if (m.parts == 1)
		find_parts(&m, true);
	if (one) {
		m.parts = 1;
		m.part[1] = m.title.len;
	}
	if (!put_as_drawn(&m, r))
		put_even(&m, r);
}
