/* Bookmarks: sections, articles, and the headings of level 2 within them. */
#include "compose/front.h"
#include "compose/sheet.h"

#include "model/words.h"

static bool known(const struct composer *c, struct str name)
{
	for (size_t i = 0; i < c->pages->destination_count; i++)
		if (str_equal(c->pages->destinations[i].name, name))
			return true;
	return false;
}

static void add(struct composer *c, struct str title, int level, struct str destination)
{
	if (!title.len || !known(c, destination))
		return;
	struct bookmark b = { title, level, destination };
	PUSH(c->arena, c->pages->bookmarks, c->pages->bookmark_count, c->pages->bookmark_capacity,
	     b);
}

static struct str plain_text(struct composer *c, const struct node *n)
{
	struct buf b;
	buf_init(&b, 1 << 12);
	node_put_text(&b, n, c->layout->edition, STR(""));
	struct str s = str_copy(c->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static void add_headings(struct composer *c, const struct article *a, int level)
{
	int n = 0;
	struct walk w;
	walk_start(&w, a->first, c->layout->edition, STR(""));
	while (walk_next(&w)) {
		if (w.node->kind != NODE_HEADING || !w.entering)
			continue;
		n++;
		if (w.node->level <= 2)
			add(c, plain_text(c, w.node), level,
			    str_format(c->arena, "%.*s#%d", STR_ARG(a->slug), n));
	}
}

void bookmarks_put(struct composer *c)
{
	struct str language = c->doc->publication->language, section = { 0 };
	add(c, word(WORD_COVER, language), 0, STR("#cover"));
	add(c, word(WORD_CONTENTS, language), 0, STR("#contents"));
	for (size_t i = 0; i < c->doc->entry_count; i++) {
		const struct entry *e = &c->doc->entries[i];
		if (!e->article || !opening_number(c, e->article))
			continue;
		if (e->section.len && !str_equal(e->section, section))
			add(c, e->section, 0, e->article->slug);
		section = e->section;
		add(c, e->article->title, section.len ? 1 : 0, e->article->slug);
		add_headings(c, e->article, section.len ? 2 : 1);
	}
	const struct article *imprint = c->doc->imprint;
	if (imprint && opening_number(c, imprint))
		add(c, imprint->title, 0, imprint->slug);
}
