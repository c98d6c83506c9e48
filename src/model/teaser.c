#include "model/teaser.h"

#include "base/utf8.h"

enum { SHORT_ENOUGH = 240, LONG_ENOUGH = 90, TEXT_CEILING = 64 * 1024 };

/* Where text of more than SHORT_ENOUGH characters is best cut: behind the last
 * sentence that ends within, else before a word. whole is set for a sentence. */
static size_t cut_at(struct str text, bool *whole)
{
	size_t at = 0, count = 0, sentence = 0, word = 0;
	while (at < text.len && count <= SHORT_ENOUGH) {
		size_t before = at;
		uint32_t c = utf8_next(text, &at);
		count++;
		if (c != ' ')
			continue;
		word = before;
		char last = before ? text.ptr[before - 1] : ' ';
		/* "…" and closing quotes end in bytes that are no ASCII; such
		 * sentences are passed over, which only makes the teaser longer. */
		if ((last == '.' || last == '?' || last == '!') && count > LONG_ENOUGH)
			sentence = before;
	}
	*whole = sentence > 0;
	return sentence ? sentence : word;
}

/* Paragraphs from the first on, until there is enough: a salutation alone says
 * nothing. Items of a list are parted by semicolons. The lines of an address would run
 * into one another. */
static void collect(struct buf *text, const struct article *a, enum edition e, struct str region)
{
	struct walk w;
	walk_start(&w, a->first, e, region);
	while (walk_next(&w) && utf8_count(buf_str(text)) < LONG_ENOUGH) {
		const struct node *n = w.node;
		if (!w.entering || n->kind != NODE_PARAGRAPH || node_is_within(n, NODE_CONTACT))
			continue;
		if (text->len)
			buf_put_c(text, n->parent && n->parent->kind == NODE_ITEM ? "; " : " ");
		node_put_text(text, n, e, region);
	}
}

void teaser_put(struct buf *b, const struct article *a, enum edition e, struct str region)
{
	if (a->lead.len) {
		buf_put(b, a->lead);
		return;
	}
	struct buf text;
	buf_init(&text, TEXT_CEILING);
	collect(&text, a, e, region);
	struct str s = str_trim(buf_str(&text));
	bool whole = true;
	size_t end = utf8_count(s) > SHORT_ENOUGH ? cut_at(s, &whole) : s.len;
	buf_put(b, str_sub(s, 0, end));
	if (!whole)
		buf_put_c(b, "…");
	buf_release(&text);
}

static bool is_shown(const struct picture *p)
{
	return p && p->path.len && !p->decorative;
}

const struct picture *teaser_picture(const struct article *a, enum edition e, struct str region)
{
	if (is_shown(a->image))
		return a->image;
	struct walk w;
	walk_start(&w, a->first, e, region);
	while (walk_next(&w))
		if (w.entering && w.node->kind == NODE_FIGURE && is_shown(w.node->picture))
			return w.node->picture;
	return NULL;
}

static size_t gallery_pictures(const struct article *a, enum edition e, struct str region,
			       size_t max, bool wide, const struct picture **pictures)
{
	struct walk w;
	size_t count = 0;
	walk_start(&w, a->first, e, region);
	while (walk_next(&w)) {
		const struct node *n = w.node;
		bool in_gallery =
			n->kind == NODE_FIGURE && n->parent && n->parent->kind == NODE_GALLERY;
		if (!w.entering || !in_gallery || !is_shown(n->picture) || count == max)
			continue;
		if (!wide || picture_upright_columns(n->picture) > picture_upright_rows(n->picture))
			pictures[count++] = n->picture;
	}
	return count;
}

size_t teaser_gallery(const struct article *a, enum edition e, struct str region, size_t max,
		      const struct picture **pictures)
{
	size_t count = gallery_pictures(a, e, region, max, true, pictures);
	return count == max ? count : gallery_pictures(a, e, region, max, false, pictures);
}
