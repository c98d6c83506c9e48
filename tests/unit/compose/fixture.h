/* A small layout and documents made by hand, and what must hold for any pages.
 * One binary a test file: everything here is static. */
#ifndef TESTS_UNIT_COMPOSE_FIXTURE_H
#define TESTS_UNIT_COMPOSE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "compose/compose.h"

#define UNUSED __attribute__((unused))

struct fixture {
	struct arena *arena;
	struct diags *diags;
	struct layout *layout;
	struct publication publication;
	struct document doc;
	size_t entry_capacity;
	uint32_t seed;
};

/* ---- the layout ---- */

static struct face *fixture_face(struct fixture *f, int n, const char *family, const char *path,
				 int weight, bool italic)
{
	struct face *face = &f->layout->faces[n];
	*face = (struct face){ .family = str_from(family),
			       .path = str_from(path),
			       .weight = weight,
			       .italic = italic,
			       .number = n };
	return face;
}

static void fixture_families(struct fixture *f)
{
	static const char *const files[] = {
		"/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
		"/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf",
		"/usr/share/fonts/truetype/noto/NotoSerif-Italic.ttf",
	};
	struct layout *l = f->layout;
	l->faces = NEW_ARRAY(f->arena, struct face, 3);
	l->face_count = 3;
	l->families = NEW_ARRAY(f->arena, struct family, 1);
	l->family_count = 1;
	l->families[0].name = STR("Noto Serif");
	l->families[0].faces = NEW_ARRAY(f->arena, struct face *, 3);
	l->families[0].face_count = 3;
	for (int i = 0; i < 3; i++)
		l->families[0].faces[i] =
			fixture_face(f, i, "Noto Serif", files[i], i == 1 ? 700 : 400, i == 2);
}

static void fixture_styles(struct fixture *f)
{
	struct layout *l = f->layout;
	l->styles = NEW_ARRAY(f->arena, struct style, STYLE_ROLE_COUNT);
	l->style_count = STYLE_ROLE_COUNT;
	for (int r = 0; r < STYLE_ROLE_COUNT; r++) {
		struct style *s = &l->styles[r];
		*s = (struct style){ .name = style_role_name((enum style_role)r),
				     .family = &l->families[0],
				     .weight = 400,
				     .size = 10 * PT,
				     .leading = 13500,
				     .colour = l->text };
		l->roles[r] = s;
	}
	struct style *s = l->styles;
	s[STYLE_BODY].align = s[STYLE_BODY_FIRST].align = TEXT_JUSTIFIED;
	s[STYLE_BODY].hyphenate = s[STYLE_BODY_FIRST].hyphenate = true;
	s[STYLE_BODY].indent = 10 * PT;
	s[STYLE_TITLE].size = 30 * PT;
	s[STYLE_TITLE].leading = 34 * PT;
	s[STYLE_HEADING2].before = 13500;
	s[STYLE_HEADING2].size = 12 * PT;
	s[STYLE_PULLQUOTE].size = 17 * PT;
	s[STYLE_PULLQUOTE].leading = 21 * PT;
	s[STYLE_PULLQUOTE].rule = l->warm;
	s[STYLE_PULLQUOTE].rule_weight = PT;
	s[STYLE_BOX].background = l->tint;
	s[STYLE_BOX].left = s[STYLE_BOX].right = 8 * PT;
	s[STYLE_BOX].before = s[STYLE_BOX].after = 13500;
	s[STYLE_NOTE].size = s[STYLE_CAPTION].size = s[STYLE_CREDIT].size = 7500;
	s[STYLE_NOTE].leading = s[STYLE_CAPTION].leading = s[STYLE_CREDIT].leading = 10 * PT;
	s[STYLE_DROP_CAP].weight = 700;
}

static void fixture_frame(struct fixture *f, struct master *m, enum frame_role role, int line,
			  int columns, bool below_head)
{
	const struct grid *g = &f->layout->grid;
	struct frame frame = { .role = role,
			       .columns = columns,
			       .gutter = g->gutter,
			       .below_head = below_head,
			       .balance = true,
			       .fixed = true };
	frame.rect.x = g->inner;
	frame.rect.width = g->width - g->inner - g->outer;
	frame.rect.y = g->top + (line - 1) * g->baseline;
	frame.rect.height = g->height - g->bottom - frame.rect.y;
	if (role == FRAME_HEAD)
		frame.rect.height = 10 * g->baseline;
	size_t capacity = m->frame_count;
	PUSH(f->arena, m->frames, m->frame_count, capacity, frame);
}

static void fixture_masters(struct fixture *f, bool single)
{
	struct layout *l = f->layout;
	l->masters = NEW_ARRAY(f->arena, struct master, 2);
	l->master_count = 2;
	l->masters[0].name = STR("opening");
	l->masters[1].name = STR("next");
	l->masters[0].folio = l->masters[1].folio = true;
	fixture_frame(f, &l->masters[0], FRAME_HEAD, 1, 1, false);
	fixture_frame(f, &l->masters[0], FRAME_TEXT, 10, single ? 1 : 2, true);
	fixture_frame(f, &l->masters[1], FRAME_TEXT, 1, single ? 1 : 3, false);
	l->templates = NEW_ARRAY(f->arena, struct template, 1);
	l->template_count = 1;
	struct template *t = l->templates;
	t->name = STR("story");
	t->opening = &l->masters[0];
	t->next = &l->masters[1];
	t->drop_cap_lines = 3;
	t->in_contents = t->pages = true;
	l->fallback_template = t;
}

UNUSED static void fixture_open(struct fixture *f, bool single_column)
{
	static const char *const names[] = { "text", "accent", "warm", "tint", "paper" };
	*f = (struct fixture){ .arena = arena_open(), .seed = 1 };
	f->diags = diags_new(f->arena);
	struct layout *l = f->layout = NEW(f->arena, struct layout);
	l->edition = EDITION_SCREEN;
	l->linked = true;
	l->grid = (struct grid){ 595276, 841890, 0, 51024, 39685, 51024, 56693, 12, 11339, 13500 };
	l->details = details_usual(&l->grid);
	l->colours = NEW_ARRAY(f->arena, struct colour, 5);
	l->colour_count = 5;
	for (int i = 0; i < 5; i++)
		l->colours[i].name = str_from(names[i]);
	l->text = &l->colours[0];
	l->accent = &l->colours[1];
	l->warm = &l->colours[2];
	l->tint = &l->colours[3];
	l->paper = &l->colours[4];
	l->hyphens_in_row = 2;
	fixture_families(f);
	fixture_styles(f);
	fixture_masters(f, single_column);
	f->publication.title = STR("Głos");
	f->publication.language = STR("pl");
	f->doc.publication = &f->publication;
	f->doc.number = STR("1/2026");
}

UNUSED static void fixture_close(struct fixture *f)
{
	arena_close(f->arena);
}

/* ---- documents ---- */

UNUSED static struct article *fixture_article(struct fixture *f, const char *slug,
					      const char *title)
{
	struct article *a = NEW(f->arena, struct article);
	a->slug = str_from(slug);
	a->file = str_from(slug);
	a->title = str_from(title);
	a->section = STR("Dział");
	a->template = STR("story");
	a->language = STR("pl");
	a->editions = EDITION_ALL;
	a->place = (struct place){ a->file, 1, 1 };
	struct entry e = { .kind = ENTRY_ARTICLE, .section = a->section, .article = a };
	PUSH(f->arena, f->doc.entries, f->doc.entry_count, f->entry_capacity, e);
	return a;
}

UNUSED static struct node *fixture_block(struct fixture *f, struct article *a, struct node *parent,
					 enum node_kind kind)
{
	static int line;
	struct node *n = node_new(f->arena, kind, (struct place){ a->file, ++line, 1 }, parent);
	if (parent)
		return n;
	if (a->last)
		a->last->next = n;
	else
		a->first = n;
	a->last = n;
	return n;
}

UNUSED static void fixture_text(struct fixture *f, struct node *parent, const char *words)
{
	struct node *t = node_new(f->arena, NODE_TEXT, parent->place, parent);
	t->text = str_copy(f->arena, str_from(words));
}

UNUSED static struct node *fixture_paragraph(struct fixture *f, struct article *a,
					     struct node *parent, const char *words)
{
	struct node *n = fixture_block(f, a, parent, NODE_PARAGRAPH);
	fixture_text(f, n, words);
	return n;
}

UNUSED static struct picture *fixture_picture(struct fixture *f, int columns, int rows)
{
	struct picture *p = NEW(f->arena, struct picture);
	p->src = STR("images/x.jpg");
	p->path = STR("/nowhere/x.jpg");
	p->alt = STR("Obraz");
	p->columns = columns;
	p->rows = rows;
	p->components = 3;
	p->orientation = 1;
	return p;
}

UNUSED static struct pages *fixture_compose(struct fixture *f)
{
	struct world world = { .processors = f->seed % 2 ? 2 : 1 };
	return compose_issue(f->arena, &f->doc, f->layout, &world, f->diags);
}

/* Numbers that repeat in every run: a linear congruential generator. */
UNUSED static int fixture_random(struct fixture *f, int below)
{
	f->seed = f->seed * 1664525u + 1013904223u;
	return (int)((f->seed >> 8) % (uint32_t)below);
}

UNUSED static size_t count_diags(const struct fixture *f, enum diag_code code)
{
	size_t n = 0;
	for (size_t i = 0; i < diags_count(f->diags); i++)
		n += diags_at(f->diags, i)->code == code;
	return n;
}

/* ---- checks ---- */

static void put_solid(struct buf *b, struct str s)
{
	for (size_t at = 0; at < s.len;) {
		uint32_t c = utf8_next(s, &at);
		if (c > ' ' && c != 0xA0 && c != 0xAD && c != 0x2028 && c != 0x200B)
			utf8_put(b, c);
	}
}

/* Words of an element and what is below it, labels left out, without spaces. */
static void put_element(struct buf *b, const struct pages *p, const struct element *e)
{
	if (e->role == ELEMENT_LABEL)
		return;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->element == e && item->kind == ITEM_GLYPHS)
				put_solid(b, item->glyphs.text);
		}
	for (const struct element *c = e->first; c; c = c->next)
		put_element(b, p, c);
}

static const struct element *find_article(const struct element *e, struct str title)
{
	if (e->role == ELEMENT_ARTICLE && str_equal(e->title, title))
		return e;
	for (const struct element *c = e->first; c; c = c->next) {
		const struct element *found = find_article(c, title);
		if (found)
			return found;
	}
	return NULL;
}

/* Document text in the order the structure has it. */
static void put_expected(struct buf *b, const struct article *a, enum edition e)
{
	put_solid(b, a->kicker);
	put_solid(b, a->title);
	put_solid(b, a->number);
	put_solid(b, a->lead);
	put_solid(b, a->author);
	if (a->image && a->image->path.len) {
		put_solid(b, a->image->caption);
		put_solid(b, a->image->credit);
	}
	struct walk w;
	walk_start(&w, a->first, e, STR(""));
	while (walk_next(&w)) {
		const struct node *n = w.node;
		if (!w.entering)
			continue;
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_CODE_BLOCK)
			put_solid(b, n->text);
		else if (n->kind == NODE_BOX)
			put_solid(b, n->title);
		else if (n->kind == NODE_FIGURE) {
			put_solid(b, n->picture->caption);
			put_solid(b, n->picture->credit);
		} else if (n->kind == NODE_NOTE_REFERENCE) {
			buf_put_int(b, n->reference->note.number);
		}
	}
	for (size_t i = 0; i < a->note_count; i++) {
		struct buf plain;
		buf_init(&plain, 1 << 24);
		node_put_text(&plain, a->notes[i], e, STR(""));
		put_solid(b, buf_str(&plain));
		buf_release(&plain);
	}
}

/* Tells which texts are nowhere on the pages. */
static void name_missing(const struct article *a, struct str have)
{
	struct walk w;
	walk_start(&w, a->first, EDITION_SCREEN, STR(""));
	while (walk_next(&w)) {
		if (w.node->kind != NODE_TEXT)
			continue;
		struct buf text;
		buf_init(&text, 1 << 20);
		put_solid(&text, w.node->text);
		if (str_find(have, buf_str(&text), 0) == have.len) {
			print_error("missing:");
			for (const struct node *n = w.node; n; n = n->parent)
				print_error(" %s", node_kind_name(n->kind));
			print_error("\n");
		}
		buf_release(&text);
	}
}

/* Each word of the article stands on the pages once, in order. */
UNUSED static void check_words(struct fixture *f, const struct pages *p, const struct article *a)
{
	struct buf want, have;
	buf_init(&want, 1 << 24);
	buf_init(&have, 1 << 24);
	put_expected(&want, a, f->layout->edition);
	const struct element *e = find_article(p->structure, a->title);
	assert_non_null(e);
	put_element(&have, p, e);
	if (!str_equal(buf_str(&want), buf_str(&have))) {
		size_t i = 0;
		while (i < want.len && i < have.len && want.ptr[i] == have.ptr[i])
			i++;
		print_error("lengths %zu %zu, differ at %zu; the wanted words stand at %zu\n",
			    want.len, have.len, i,
			    str_find(buf_str(&have), str_sub(buf_str(&want), i, 40), 0));
		name_missing(a, buf_str(&have));
		print_error("words differ: want \"%.*s\"\nhave \"%.*s\"\n",
			    STR_ARG(str_sub(buf_str(&want), i > 100 ? i - 100 : 0, 300)),
			    STR_ARG(str_sub(buf_str(&have), i > 100 ? i - 100 : 0, 300)));
		fail();
	}
	buf_release(&want);
	buf_release(&have);
}

static int glyphs_width(const struct glyph_run *g)
{
	int w = 0;
	for (size_t i = 0; i < g->glyph_count; i++)
		w += g->glyphs[i].advance;
	return w;
}

static struct rect item_rect(const struct item *i)
{
	if (i->kind == ITEM_FILL)
		return i->fill.rect;
	if (i->kind == ITEM_PICTURE)
		return i->picture.frame;
	if (i->kind == ITEM_LINK)
		return i->link.rect;
	if (i->kind == ITEM_SHAPE)
		return item_shape_bounds(i);
	const struct glyph_run *g = &i->glyphs;
	/* the height of small letters: what no other line may cover */
	return (struct rect){ g->x, g->y - g->size * 45 / 100, glyphs_width(g),
			      g->size * 45 / 100 };
}

/* Nothing outside the sheet with its bleed; a hanging hyphen may lean out of
 * its column but never out of the paper. */
UNUSED static void check_sheet(const struct fixture *f, const struct pages *p)
{
	const struct grid *g = &f->layout->grid;
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			struct rect r = item_rect(item);
			if (r.x >= -g->bleed && r.y >= -g->bleed &&
			    r.x + r.width <= g->width + g->bleed &&
			    r.y + r.height <= g->height + g->bleed)
				continue;
			print_error("page %d: kind %d at %d %d, %d by %d: %.*s\n",
				    p->page[i].number, (int)item->kind, r.x, r.y, r.width, r.height,
				    STR_ARG(item->kind == ITEM_GLYPHS ? item->glyphs.text
								      : STR("-")));
			for (const struct element *e = item->element; e; e = e->parent)
				print_error("  in %.*s (line %d)\n",
					    STR_ARG(element_role_name(e->role)), e->place.line);
			fail();
		}
}

static bool rects_meet(struct rect a, struct rect b, int slack)
{
	return a.x + slack < b.x + b.width && b.x + slack < a.x + a.width &&
	       a.y + slack < b.y + b.height && b.y + slack < a.y + a.height;
}

/* Words may stand on the shoulder of an initial, by no more than their size: what is
 * measured here is the letter's box, not its ink. */
static struct rect initial_rect(const struct item *i, const struct item *beside)
{
	struct rect r = item_rect(i);
	if (beside->kind == ITEM_GLYPHS && i->glyphs.glyph_count == 1 &&
	    i->glyphs.size > 2 * beside->glyphs.size)
		r.width -= beside->glyphs.size;
	return r;
}

static void check_page_overlaps(const struct page *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		if (p->items[i].kind != ITEM_GLYPHS || !str_trim(p->items[i].glyphs.text).len)
			continue;
		struct rect a;
		for (size_t k = i + 1; k < p->item_count; k++) {
			enum item_kind kind = p->items[k].kind;
			if (kind != ITEM_GLYPHS && kind != ITEM_PICTURE)
				continue;
			if (kind == ITEM_GLYPHS && !str_trim(p->items[k].glyphs.text).len)
				continue;
			struct rect b = kind == ITEM_GLYPHS
						? initial_rect(&p->items[k], &p->items[i])
						: item_rect(&p->items[k]);
			a = initial_rect(&p->items[i], &p->items[k]);
			if (!rects_meet(a, b, 700))
				continue;
			print_error("page %d: \"%.*s\" overlaps \"%.*s\"\n", p->number,
				    STR_ARG(p->items[i].glyphs.text),
				    STR_ARG(kind == ITEM_GLYPHS ? p->items[k].glyphs.text
								: STR("picture")));
			for (int n = 0; n < 2; n++)
				for (const struct element *e = p->items[n ? k : i].element; e;
				     e = e->parent)
					print_error("  %d in %.*s (line %d)\n", n,
						    STR_ARG(element_role_name(e->role)),
						    e->place.line);
			fail();
		}
	}
}

UNUSED static void check_overlaps(const struct pages *p)
{
	for (size_t i = 0; i < p->count; i++)
		check_page_overlaps(&p->page[i]);
}

/* Lines of one paragraph in one column. */
struct lonely {
	int groups, lines; /* groups so far; lines in the last one */
	int first; /* lines in the first one */
	int page, y;
};

static void meet_line(struct lonely *l, int page, int y)
{
	if (l->lines && l->page == page && y == l->y)
		return; /* another run of the same line */
	if (!l->lines || l->page != page || y < l->y) {
		if (l->groups == 1)
			l->first = l->lines;
		l->groups++;
		l->lines = 0;
	}
	l->lines++;
	l->page = page;
	l->y = y;
}

static bool belongs(const struct element *e, const struct element *to)
{
	while (e && e != to)
		e = e->parent;
	return e != NULL;
}

static void check_lonely(const struct pages *p, const struct element *e)
{
	struct lonely l = { 0 };
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->page[i].item_count; k++) {
			const struct item *item = &p->page[i].items[k];
			if (item->kind == ITEM_GLYPHS && belongs(item->element, e) &&
			    item->glyphs.size == 10 * PT)
				meet_line(&l, (int)i, item->glyphs.y);
		}
	if (l.groups > 1 && (l.lines < 2 || l.first < 2)) {
		struct buf words;
		buf_init(&words, 1 << 20);
		put_element(&words, p, e);
		print_error("a lonely line on page %d at %d, %d columns, first %d last %d: %.*s\n",
			    l.page + 1, l.y, l.groups, l.first, l.lines, STR_ARG(buf_str(&words)));
		buf_release(&words);
		fail();
	}
}

/* No paragraph of the running text leaves one line alone in a column. */
UNUSED static void check_lonely_lines(const struct pages *p, const struct element *e)
{
	if (e->role == ELEMENT_PARAGRAPH && e->parent && e->parent->role == ELEMENT_ARTICLE)
		check_lonely(p, e);
	for (const struct element *c = e->first; c; c = c->next)
		check_lonely_lines(p, c);
}

UNUSED static void check_all(struct fixture *f, const struct pages *p)
{
	for (size_t i = 0; i < f->doc.entry_count; i++)
		check_words(f, p, f->doc.entries[i].article);
	check_sheet(f, p);
	check_overlaps(p);
	check_lonely_lines(p, p->structure);
}

#endif
