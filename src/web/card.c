/* Cards: what programs show of a page whose address is shared with them. One for each
 * article, with its picture or the cover's, and one for the issue; drawn by whoever was
 * handed in, named after all that is on it, so that one that is there is not drawn
 * again. */
#include "base/hash.h"
#include "base/pool.h"
#include "model/teaser.h"
#include "web/site.h"

enum { CARD_CEILING = 8 * 1024 * 1024, MAKER = 1 /* counts up when cards change */ };

struct order {
	struct card card;
	struct str key;
	const char *path;
	struct buf made;
	bool ok;
};

struct desk {
	struct site *site;
	struct order *orders;
	size_t count, capacity;
};

static struct card card_of(struct site *s, const struct article *a)
{
	const struct document *d = s->doc;
	struct card c = { .document = d,
			  .layout = s->layout,
			  .title = a ? (a->title.len ? a->title : a->slug) : d->title,
			  .kicker = a ? a->kicker : STR(""),
			  .language = a ? a->language : s->language,
			  .picture = a ? teaser_picture(a, EDITION_WEB, STR("")) : NULL };
	if (!c.picture || !c.picture->path.len || c.picture->decorative)
		c.picture = d->cover.image;
	return c;
}

/* All that is on the card and how it looks. */
static struct str key_of(struct site *s, const struct card *c)
{
	const struct layout *l = s->layout;
	const struct style *title = l->roles[STYLE_TITLE];
	struct palette palette;
	struct buf b;
	palette_light(&palette, l);
	buf_init(&b, PAGE_CEILING);
	buf_format(&b, "glos " GLOS_VERSION " card %d\n", MAKER);
	const struct str parts[] = { c->title,
				     c->kicker,
				     c->language,
				     s->doc->publication->title,
				     s->doc->number,
				     l->name,
				     title && title->family ? title->family->name : STR(""),
				     palette_css(&palette, SHADE_PLATE),
				     palette_css(&palette, SHADE_ON_PLATE) };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		buf_format(&b, "%zu %.*s\n", parts[i].len, STR_ARG(parts[i]));
	if (c->picture)
		picture_put_name(&b, c->picture);
	return site_keep(s, &b);
}

static struct str name_of(struct site *s, const struct article *a, struct str key)
{
	uint64_t hash = hash_of(key);
	struct str slug = a ? a->slug : STR("");
	return str_format(s->arena, "card%s%.*s-%08x.jpg", a ? "-" : "", STR_ARG(slug),
			  (unsigned)(hash ^ hash >> 32));
}

struct str site_card(struct site *s, const struct article *a)
{
	if (!s->options->maker || !s->options->maker->card)
		return STR("");
	struct card c = card_of(s, a);
	return name_of(s, a, key_of(s, &c));
}

static void note_order(struct desk *k, const struct article *a)
{
	struct site *s = k->site;
	struct order o = { .card = card_of(s, a) };
	o.key = key_of(s, &o.card);
	o.path = str_c(s->arena, str_join(s->arena, STR("img/"), name_of(s, a, o.key)));
	if (!site_has(s, o.path))
		PUSH(s->arena, k->orders, k->count, k->capacity, o);
}

static void draw(void *context, size_t i)
{
	struct desk *k = context;
	struct order *o = &k->orders[i];
	const struct rendition_maker *maker = k->site->options->maker;
	buf_init(&o->made, CARD_CEILING);
	o->ok = maker->card(maker->context, &o->card, o->key, &o->made, k->site->diags);
}

void site_write_cards(struct site *s)
{
	struct desk k = { .site = s };
	/* Without an address nobody is told of one. */
	if (!s->options->maker || !s->options->maker->card || !site_is_known(s->doc))
		return;
	note_order(&k, NULL);
	for (size_t i = 0; i < s->article_count; i++)
		note_order(&k, s->articles[i]);
	pool_run(s->threads, k.count, draw, &k);
	for (size_t i = 0; i < k.count; i++) {
		if (k.orders[i].ok)
			site_write(s, k.orders[i].path, buf_str(&k.orders[i].made));
		s->failed = s->failed || !k.orders[i].ok;
		buf_release(&k.orders[i].made);
	}
}
