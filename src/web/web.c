/* The door: which files there are. */
#include "web/web.h"

#include "web/site.h"

bool web_write(const struct document *doc, const struct layout *l, const struct web_options *o,
	       const char *folder, const struct world *w, struct diags *d, uint64_t *written)
{
	static const struct web_options none = { 0 };
	struct arena *a = arena_open();
	struct site s = { .arena = a,
			  .doc = doc,
			  .layout = l,
			  .options = o ? o : &none,
			  .folder = str_from(folder),
			  .diags = d,
			  .threads = w->processors ? w->processors : 1,
			  .language = doc->publication->language };
	for (size_t i = 0; i < doc->entry_count; i++) {
		const struct article *article = doc->entries[i].article;
		if (article && article_shows(article, EDITION_WEB, STR("")))
			PUSH(a, s.articles, s.article_count, s.article_capacity, article);
	}
	s.holding = true; /* until the pictures are there that the pages name */
	site_write_index(&s);
	for (size_t i = 0; i < s.article_count; i++)
		site_write_article(&s, i);
	site_write_feed(&s);
	site_write_style(&s);
	site_write_record(&s);
	site_remember_mailed_pictures(&s);
	s.holding = false;
	site_write_pictures(&s);
	site_write_cards(&s);
	site_release(&s);
	if (!s.failed)
		site_remove_stale(&s);
	if (written)
		*written = s.bytes;
	arena_close(a);
	return !s.failed;
}
