/* HOW IT WORKS. Everything shared lies in the book's own arena, and is written under its
 * lock. A handle has a copy of each word that it uses, whose glyphs are the book's; it
 * asks the book only for words it has not met yet. */
#include "type/wordbook.h"

#include "type/division.h"

#include <pthread.h>

struct wordbook {
	struct arena *arena;
	pthread_mutex_t lock;
	struct map *pages; /* maps of struct word, by what makes looks alike */
};

struct wordbook *wordbook_open(void)
{
	struct arena *a = arena_open();
	struct wordbook *b = NEW(a, struct wordbook);
	b->arena = a;
	b->pages = map_new(a);
	pthread_mutex_init(&b->lock, NULL);
	return b;
}

void wordbook_close(struct wordbook *b)
{
	if (!b)
		return;
	pthread_mutex_destroy(&b->lock);
	arena_close(b->arena);
}

struct map *wordbook_page(struct wordbook *b, const struct look *l)
{
	pthread_mutex_lock(&b->lock);
	struct str key =
		str_format(b->arena, "%d %d %d %d %d %.*s", l->font->face->number, (int)l->figures,
			   l->small_caps, l->uppercase, l->spaced, STR_ARG(l->language));
	struct map *page = map_find(b->pages, key);
	if (!page) {
		page = map_new(b->arena);
		map_put(b->pages, key, page);
	}
	pthread_mutex_unlock(&b->lock);
	return page;
}

struct word *wordbook_find(struct wordbook *b, const struct map *page, struct str text)
{
	pthread_mutex_lock(&b->lock);
	struct word *w = map_find(page, text);
	pthread_mutex_unlock(&b->lock);
	return w;
}

/* An array of the handle's, now of the book's. */
#define OWN(b, items, count) arena_grow((b)->arena, (items), (count), (count), sizeof *(items))

struct word *wordbook_add(struct wordbook *b, struct map *page, const struct word *w)
{
	pthread_mutex_lock(&b->lock);
	struct word *s = map_find(page, w->text);
	if (!s) {
		s = NEW(b->arena, struct word);
		*s = *w;
		s->text = str_copy(b->arena, w->text);
		s->glyphs = OWN(b, w->glyphs, w->glyph_count);
		map_put(page, s->text, s);
	}
	pthread_mutex_unlock(&b->lock);
	return s;
}

bool wordbook_divided(struct wordbook *b, struct word *w)
{
	pthread_mutex_lock(&b->lock);
	const struct word *s = w->shared;
	w->divided = s->divided;
	w->divisions = s->divisions;
	w->division_count = s->division_count;
	pthread_mutex_unlock(&b->lock);
	return w->divided;
}

void wordbook_divide(struct wordbook *b, const struct word *w)
{
	pthread_mutex_lock(&b->lock);
	struct word *s = w->shared;
	if (!s->divided) {
		s->divisions = OWN(b, w->divisions, w->division_count);
		s->division_count = w->division_count;
		s->divided = true;
	}
	pthread_mutex_unlock(&b->lock);
}
