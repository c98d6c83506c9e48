#include "model/document.h"

#include "base/arena.h"

const struct str edition_names[EDITION_COUNT] = {
	STR_INIT("print"), STR_INIT("screen"), STR_INIT("large"),
	STR_INIT("web"),   STR_INIT("email"),
};

struct str edition_name(enum edition e)
{
	for (size_t i = 0; i < EDITION_COUNT; i++)
		if (e == (enum edition)(1U << i))
			return edition_names[i];
	return STR("");
}

enum edition edition_from(struct str name)
{
	for (size_t i = 0; i < EDITION_COUNT; i++)
		if (str_equal(edition_names[i], name))
			return (enum edition)(1U << i);
	return (enum edition)0;
}

int picture_upright_columns(const struct picture *p)
{
	return p->orientation >= 5 ? p->rows : p->columns;
}

int picture_upright_rows(const struct picture *p)
{
	return p->orientation >= 5 ? p->columns : p->rows;
}

bool picture_is_tall(const struct picture *p)
{
	return picture_upright_rows(p) > picture_upright_columns(p);
}

bool picture_is_drawing(const struct picture *p)
{
	enum { SMALL = 64 * 1024, PACKED = 4 };
	uint64_t samples = (uint64_t)p->columns * (uint64_t)p->rows *
			   (uint64_t)(p->components > 0 ? p->components : 1);
	return p->format == PICTURE_PNG && (p->bytes <= SMALL || p->bytes <= samples / PACKED);
}

const struct article *document_article(const struct document *d, struct str slug)
{
	for (size_t i = 0; i < d->entry_count; i++) {
		const struct article *a = d->entries[i].article;
		if (a && str_equal(a->slug, slug))
			return a;
	}
	return NULL;
}

struct gathering {
	struct arena *arena;
	struct picture **list;
	size_t count, capacity;
};

static void gather(struct gathering *g, struct picture *p)
{
	if (p)
		PUSH(g->arena, g->list, g->count, g->capacity, p);
}

static void gather_figures(struct gathering *g, const struct node *first)
{
	for (const struct node *n = first; n; n = n->next) {
		if (n->kind == NODE_FIGURE)
			gather(g, n->picture);
		gather_figures(g, n->first);
	}
}

static void gather_article(struct gathering *g, const struct article *a)
{
	if (!a)
		return;
	gather(g, a->image);
	gather_figures(g, a->first);
	for (size_t i = 0; i < a->note_count; i++)
		gather_figures(g, a->notes[i]->first);
}

struct picture **document_pictures(struct arena *a, const struct document *d, size_t *count)
{
	struct gathering g = { .arena = a };
	gather(&g, d->cover.image);
	for (size_t i = 0; i < d->translation_count; i++)
		gather(&g, d->translations[i].cover);
	for (size_t i = 0; i < d->entry_count; i++)
		gather_article(&g, d->entries[i].article);
	gather_article(&g, d->imprint);
	*count = g.count;
	return g.list;
}

static bool region_shows(const struct str *regions, size_t count, enum edition e, struct str region)
{
	if (count == 0 || (region.len == 0 && e != EDITION_EMAIL))
		return true;
	for (size_t i = 0; i < count; i++)
		if (str_equal(regions[i], region))
			return true;
	return false;
}

bool node_shows(const struct node *n, enum edition e, struct str region)
{
	if (n->kind != NODE_ONLY)
		return true;
	return (n->only.editions & e) &&
	       region_shows(n->only.regions, n->only.region_count, e, region);
}

bool article_shows(const struct article *a, enum edition e, struct str region)
{
	return (a->editions & e) && region_shows(a->regions, a->region_count, e, region);
}

bool node_is_inline(const struct node *n)
{
	return n->kind >= NODE_TEXT;
}

bool node_is_within(const struct node *n, enum node_kind kind)
{
	while (n && n->kind != kind)
		n = n->parent;
	return n != NULL;
}

void walk_start(struct walk *w, const struct node *first, enum edition e, struct str region)
{
	*w = (struct walk){ .edition = e,
			    .region = region,
			    .next = first,
			    .next_entering = true,
			    .top_parent = first ? first->parent : NULL };
}

/* Where the walk goes after leaving n. */
static void leave(struct walk *w, const struct node *n)
{
	if (n->next) {
		w->next = n->next;
		w->next_entering = true;
	} else {
		w->next = n->parent == w->top_parent ? NULL : n->parent;
		w->next_entering = false;
	}
}

bool walk_next(struct walk *w)
{
	while (w->next) {
		const struct node *n = w->next;
		bool entering = w->next_entering;
		bool shows = node_shows(n, w->edition, w->region);
		if (entering && n->first && shows) {
			w->next = n->first;
		} else if (entering && !n->first && n->kind < NODE_TEXT && shows) {
			w->next_entering = false; /* an empty block still has its EXIT */
		} else {
			leave(w, n);
		}
		if (n->kind == NODE_ONLY)
			continue;
		w->node = n;
		w->entering = entering;
		return true;
	}
	return false;
}

void walk_skip(struct walk *w)
{
	leave(w, w->node);
}

const struct node *node_first_shown(const struct node *first, enum edition e, struct str region)
{
	for (const struct node *n = first; n; n = n->next) {
		if (n->kind != NODE_ONLY)
			return n;
		if (!node_shows(n, e, region))
			continue;
		const struct node *inner = node_first_shown(n->first, e, region);
		if (inner)
			return inner;
	}
	return NULL;
}

const struct node *node_next_shown(const struct node *n, enum edition e, struct str region)
{
	for (;;) {
		const struct node *next = node_first_shown(n->next, e, region);
		if (next || !n->parent || n->parent->kind != NODE_ONLY)
			return next;
		n = n->parent;
	}
}

void node_put_text(struct buf *b, const struct node *n, enum edition e, struct str region)
{
	if (!node_shows(n, e, region))
		return;
	if (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_CODE_BLOCK)
		buf_put(b, n->text);
	if (n->kind == NODE_LINE_BREAK)
		buf_put_byte(b, ' ');
	for (const struct node *child = n->first; child; child = child->next) {
		if (!node_is_inline(child) && child != n->first)
			buf_put_byte(b, ' ');
		node_put_text(b, child, e, region);
	}
}

struct str node_language(const struct node *n, const struct article *a)
{
	for (; n; n = n->parent)
		if (n->language.len)
			return n->language;
	return a->language;
}

struct node *node_new(struct arena *a, enum node_kind kind, struct place place, struct node *parent)
{
	struct node *n = NEW(a, struct node);
	n->kind = kind;
	n->place = place;
	if (parent)
		node_append(parent, n);
	return n;
}

void node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

const char *node_kind_name(enum node_kind kind)
{
	static const char *const names[NODE_KIND_COUNT] = {
		[NODE_PARAGRAPH] = "paragraph",
		[NODE_HEADING] = "heading",
		[NODE_LIST] = "list",
		[NODE_ITEM] = "item",
		[NODE_QUOTE] = "quote",
		[NODE_CODE_BLOCK] = "code-block",
		[NODE_RULE] = "rule",
		[NODE_TABLE] = "table",
		[NODE_ROW] = "row",
		[NODE_CELL] = "cell",
		[NODE_FIGURE] = "figure",
		[NODE_NOTE] = "note",
		[NODE_PULLQUOTE] = "pullquote",
		[NODE_BOX] = "box",
		[NODE_GALLERY] = "gallery",
		[NODE_CONTACT] = "contact",
		[NODE_BUTTON] = "button",
		[NODE_QA] = "qa",
		[NODE_QUESTION] = "question",
		[NODE_ANSWER] = "answer",
		[NODE_ONLY] = "only",
		[NODE_BREAK] = "break",
		[NODE_TEXT] = "text",
		[NODE_EMPHASIS] = "emphasis",
		[NODE_STRONG] = "strong",
		[NODE_STRIKE] = "strike",
		[NODE_CODE] = "code",
		[NODE_LINK] = "link",
		[NODE_LINE_BREAK] = "line-break",
		[NODE_NOTE_REFERENCE] = "note-reference",
		[NODE_SPAN] = "span",
	};
	return names[kind];
}

bool table_heads_rows(const struct node *table)
{
	const struct node *corner = table->first ? table->first->first : NULL;
	if (!corner || corner->first)
		return false;
	for (const struct node *cell = corner->next; cell; cell = cell->next)
		if (cell->first)
			return true;
	return false;
}
