/* Typography, the whole: a block's texts are laid out as one running text, its
 * signs are set, its spaces bound, and each text gets its part back.
 *
 * THE MODEL. Rules look at neighbours, and neighbours do not care for the
 * borders of nodes: in `"*tak*"` both quotation marks stand beside a letter. So
 * rules see one array of characters; emphasis is transparent, code and
 * addresses are letters that never change, a forced line break is a gap.
 *
 * HOW IT WORKS. Every rule shrinks or keeps the text, so one array is enough and
 * is rewritten in place: typograph_signs moves what it keeps to the left,
 * typograph_bonds turns spaces into no-break spaces. A very long block is done
 * in parts, which carry the open quotations on. */
#include "source/typograph.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "source/typograph_text.h"

enum { PART = 64 * 1024 };

uint32_t running_at(const struct running *t, size_t i)
{
	return i < t->count ? t->letters[i].code : 0;
}

uint32_t running_before(const struct running *t, size_t i)
{
	return i > 0 ? t->letters[i - 1].code : t->before;
}

const struct typograph_rules *running_rules(const struct running *t, size_t i)
{
	return t->segments[t->letters[i].segment].rules;
}

bool code_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

bool code_is_gap(uint32_t c)
{
	return c == 0 || c == ' ' || c == '\n' || c == '\t' || c == NBSP || c == 0x202F ||
	       c == 0x2009;
}

/* Good enough for the scripts of Europe: no table of Unicode is at hand, and a
 * mistake costs a curly apostrophe, not a word. */
bool code_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return c == 0xAA || c == 0xB5 || c == 0xBA ||
	       (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || (c >= 0x2C00 && c < 0xD800);
}

bool code_is_upper(uint32_t c)
{
	return code_lower(c) != c;
}

uint32_t code_lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 32;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c & 1 ? c + 1 : c;
	if (c == 0x178)
		return 0xFF;
	if ((c >= 0x100 && c <= 0x177) || (c >= 0x490 && c <= 0x4BF))
		return c & 1 ? c : c + 1;
	if (c >= 0x410 && c <= 0x42F)
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if (c >= 0x391 && c <= 0x3A9)
		return c + 32;
	return c;
}

static uint32_t segment_add(struct running *t, struct node *node, struct str language)
{
	if (t->segment_count == t->segment_capacity) {
		t->segment_capacity = t->segment_capacity ? 2 * t->segment_capacity : 16;
		t->segments = heap_resize(t->segments, t->segment_capacity * sizeof *t->segments);
	}
	t->segments[t->segment_count] = (struct segment){ node, typograph_rules(language) };
	return (uint32_t)t->segment_count++;
}

static void letter_add(struct running *t, uint32_t code, uint32_t segment, bool fixed)
{
	/* A run of spaces is one space. */
	if (code == ' ' && !fixed && t->count && t->letters[t->count - 1].code == ' ' &&
	    !t->letters[t->count - 1].fixed)
		return;
	if (t->count == t->capacity) {
		t->capacity = t->capacity ? 2 * t->capacity : 1024;
		t->letters = heap_resize(t->letters, t->capacity * sizeof *t->letters);
	}
	t->letters[t->count++] = (struct letter){ code, segment & 0x7FFFFFFF, fixed };
}

/* Addresses that nobody marked as such. */
static bool is_address(struct str word)
{
	return str_find(word, STR("://"), 0) < word.len || str_starts(word, STR("www.")) ||
	       (str_find(word, STR("@"), 1) < word.len && word.len > 2);
}

static void text_add(struct running *t, struct str text, uint32_t segment, bool fixed)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = str_find(text, STR(" "), at);
		bool still = fixed || is_address(str_sub(text, at, end - at));
		while (at < end)
			letter_add(t, utf8_next(text, &at), segment, still);
		if (at < text.len) {
			letter_add(t, ' ', segment, fixed);
			at++;
		}
	}
}

/* Gives each text its part of the running text, and forgets it. */
static void part_finish(struct arena *a, struct running *t)
{
	if (t->count == 0)
		return;
	typograph_signs(t);
	typograph_bonds(t);
	struct buf b;
	buf_init(&b, 8 * t->count + 64);
	size_t i = 0;
	for (size_t s = 0; s < t->segment_count; s++) {
		buf_clear(&b);
		for (; i < t->count && t->letters[i].segment == s; i++)
			utf8_put(&b, t->letters[i].code);
		if (t->segments[s].node)
			t->segments[s].node->text = str_copy(a, buf_str(&b));
	}
	buf_release(&b);
	t->before = running_before(t, t->count);
	t->count = t->segment_count = 0;
}

/* A link that spells out where it leads. */
static bool says_address(const struct node *link)
{
	const struct node *text = link->first;
	if (!text || text->next || text->kind != NODE_TEXT)
		return false;
	return str_find(link->link.url, text->text, 0) < link->link.url.len;
}

struct walker {
	struct arena *arena;
	struct running *text;
};

static void inlines_add(struct walker *w, struct node *first, struct str language, bool fixed)
{
	for (struct node *n = first; n; n = n->next) {
		struct str own = n->language.len ? n->language : language;
		if (w->text->count >= PART)
			part_finish(w->arena, w->text);
		if (n->kind == NODE_TEXT)
			text_add(w->text, n->text, segment_add(w->text, n, own), fixed);
		else if (n->kind == NODE_CODE)
			text_add(w->text, n->text, segment_add(w->text, NULL, own), true);
		else if (n->kind == NODE_LINE_BREAK)
			letter_add(w->text, '\n', segment_add(w->text, NULL, own), true);
		else if (n->kind == NODE_LINK)
			inlines_add(w, n->first, own, fixed || says_address(n));
		else
			inlines_add(w, n->first, own, fixed);
	}
}

static void running_release(struct running *t)
{
	heap_free(t->letters);
	heap_free(t->segments);
}

void typograph_block(struct arena *a, struct node *block, struct str language, bool strict)
{
	struct running t = { .strict = strict };
	struct walker w = { a, &t };
	inlines_add(&w, block->first, language, false);
	part_finish(a, &t);
	running_release(&t);
}

struct str typograph(struct arena *a, struct str text, struct str language, bool strict)
{
	struct node node = { .kind = NODE_TEXT, .text = text };
	struct node block = { .kind = NODE_PARAGRAPH, .first = &node, .last = &node };
	typograph_block(a, &block, language, strict);
	return node.text;
}
