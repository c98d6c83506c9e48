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

static const struct node *first_paragraph(const struct article *a, enum edition e, struct str region)
{
	struct walk w;
	walk_start(&w, a->first, e, region);
	while (walk_next(&w))
		if (w.entering && w.node->kind == NODE_PARAGRAPH)
			return w.node;
	return NULL;
}

void teaser_put(struct buf *b, const struct article *a, enum edition e, struct str region)
{
	const struct node *paragraph;
	if (a->lead.len) {
		buf_put(b, a->lead);
		return;
	}
	if (!(paragraph = first_paragraph(a, e, region)))
		return;
	struct buf text;
	buf_init(&text, TEXT_CEILING);
	node_put_text(&text, paragraph, e, region);
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

size_t teaser_gallery(const struct article *a, enum edition e, struct str region, size_t max,
		      const struct picture **pictures)
{
	struct walk w;
	size_t count = 0;
	walk_start(&w, a->first, e, region);
	while (walk_next(&w)) {
		const struct node *n = w.node;
		if (n->kind == NODE_GALLERY && !w.entering)
			break;
		bool in_gallery = n->kind == NODE_FIGURE && n->parent &&
				  n->parent->kind == NODE_GALLERY;
		if (w.entering && in_gallery && is_shown(n->picture) && count < max)
			pictures[count++] = n->picture;
	}
	return count;
}
