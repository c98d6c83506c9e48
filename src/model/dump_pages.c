/* The pages as text: every item with its place and what it says, then the tree
 * of elements by number, then where links and bookmarks lead. */
#include "model/dump.h"

static void put_rect(struct buf *out, struct rect r)
{
	buf_format(out, "%d %d %d %d", r.x, r.y, r.width, r.height);
}

/* Text with what would break the line or the quotes written as in C. */
static void put_quoted(struct buf *out, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	buf_put_byte(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '"' || c == '\\') {
			buf_put_byte(out, '\\');
			buf_put_byte(out, s.ptr[i]);
		} else if (c < 0x20) {
			const char escape[] = { '\\', 'x', digits[c >> 4], digits[c & 15] };
			buf_put_bytes(out, escape, sizeof escape);
		} else {
			buf_put_byte(out, s.ptr[i]);
		}
	}
	buf_put_byte(out, '"');
}

static void put_colour(struct buf *out, const struct colour *c)
{
	if (c)
		buf_format(out, " colour %.*s", STR_ARG(c->name));
}

static void put_owner(struct buf *out, const struct item *item)
{
	static const char *const artifacts[] = {
		[ARTIFACT_LAYOUT] = "layout",
		[ARTIFACT_HEADER] = "header",
		[ARTIFACT_FOOTER] = "footer",
		[ARTIFACT_BACKGROUND] = "background",
	};
	if (item->element)
		buf_format(out, " in %d\n", item->element->number);
	else
		buf_format(out, " artifact %s\n", artifacts[item->artifact]);
}

static int64_t run_width(const struct glyph_run *r)
{
	int64_t width = 0;
	for (size_t i = 0; i < r->glyph_count; i++)
		width += r->glyphs[i].advance;
	return width;
}

static void put_glyphs(struct buf *out, const struct item *item)
{
	const struct glyph_run *r = &item->glyphs;
	buf_format(out, "    glyphs %d %d width %lld size %d", r->x, r->y, (long long)run_width(r),
		   r->size);
	if (r->stretch != 0 && r->stretch != 1000)
		buf_format(out, " stretch %d", r->stretch);
	buf_format(out, " face %.*s %d%s", STR_ARG(r->face->family), r->face->weight,
		   r->face->italic ? " italic" : "");
	put_colour(out, r->colour);
	put_owner(out, item);
	buf_put_c(out, "      ");
	put_quoted(out, r->text);
	buf_put_byte(out, '\n');
}

static void put_fill(struct buf *out, const struct item *item)
{
	buf_put_c(out, "    fill ");
	put_rect(out, item->fill.rect);
	put_colour(out, item->fill.colour);
	put_owner(out, item);
}

static void put_picture(struct buf *out, const struct item *item)
{
	buf_put_c(out, "    picture ");
	put_rect(out, item->picture.frame);
	buf_put_c(out, " whole ");
	put_rect(out, item->picture.whole);
	buf_put_byte(out, ' ');
	put_quoted(out, item->picture.picture->src);
	put_owner(out, item);
}

static void put_link(struct buf *out, const struct item *item)
{
	buf_put_c(out, "    link ");
	put_rect(out, item->link.rect);
	buf_put_c(out, item->link.url.len ? " url " : " to ");
	put_quoted(out, item->link.url.len ? item->link.url : item->link.destination);
	buf_put_c(out, " contents ");
	put_quoted(out, item->link.contents);
	put_owner(out, item);
}

static void put_shape(struct buf *out, const struct item *item)
{
	buf_put_c(out, "    shape ");
	put_rect(out, item_shape_bounds(item));
	buf_format(out, " parts %zu", item->shape.count);
	put_colour(out, item->shape.colour);
	put_owner(out, item);
}

static void put_items(struct buf *out, const struct page *p)
{
	static void (*const put[])(struct buf * out, const struct item *item) = {
		[ITEM_GLYPHS] = put_glyphs, [ITEM_FILL] = put_fill,   [ITEM_PICTURE] = put_picture,
		[ITEM_LINK] = put_link,     [ITEM_SHAPE] = put_shape,
	};
	for (size_t i = 0; i < p->item_count; i++)
		put[p->items[i].kind](out, &p->items[i]);
}

static void put_page(struct buf *out, const struct page *p)
{
	buf_format(out, "  page %d %s", p->number, p->recto ? "recto" : "verso");
	if (p->master)
		buf_format(out, " master %.*s", STR_ARG(p->master->name));
	if (p->article)
		buf_format(out, " article %.*s", STR_ARG(p->article->slug));
	if (p->advertisement)
		buf_format(out, " advertisement %.*s page %d", STR_ARG(p->advertisement->src),
			   p->advertisement->page);
	if (p->lines_left)
		buf_format(out, " left %d", p->lines_left);
	buf_put_byte(out, '\n');
	put_items(out, p);
}

static void put_spine(struct buf *out, const struct page *p)
{
	buf_put_c(out, "  spine\n");
	put_items(out, p);
}

static void put_words(struct buf *out, const char *name, struct str words)
{
	if (!words.len)
		return;
	buf_format(out, " %s ", name);
	put_quoted(out, words);
}

static void put_element(struct buf *out, const struct element *e, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_put_c(out, "  ");
	struct str name = e->role == ELEMENT_CONTENT ? STR("content") : element_role_name(e->role);
	buf_format(out, "%d %.*s", e->number, STR_ARG(name));
	if (e->language.len)
		buf_format(out, " language %.*s", STR_ARG(e->language));
	put_words(out, "title", e->title);
	put_words(out, "alternative", e->alternative);
	if (e->place.file.len)
		buf_format(out, " at %.*s:%d:%d", STR_ARG(e->place.file), e->place.line,
			   e->place.column);
	buf_put_byte(out, '\n');
	for (const struct element *child = e->first; child; child = child->next)
		put_element(out, child, depth + 1);
}

void dump_pages(struct buf *out, const struct pages *p)
{
	struct str edition = edition_name(p->layout->edition);
	buf_format(out, "pages %zu edition %.*s size %d %d bleed %d\n", p->count, STR_ARG(edition),
		   p->layout->grid.width, p->layout->grid.height, p->layout->grid.bleed);
	for (size_t i = 0; i < p->count; i++)
		put_page(out, &p->page[i]);
	if (p->spine)
		put_spine(out, p->spine);
	buf_put_c(out, "  structure\n");
	if (p->structure)
		put_element(out, p->structure, 2);
	buf_put_c(out, "  destinations\n");
	for (size_t i = 0; i < p->destination_count; i++) {
		const struct destination *d = &p->destinations[i];
		buf_format(out, "    %.*s page %d y %d\n", STR_ARG(d->name),
			   p->page[d->page].number, d->y);
	}
	buf_put_c(out, "  bookmarks\n");
	for (size_t i = 0; i < p->bookmark_count; i++) {
		const struct bookmark *b = &p->bookmarks[i];
		for (int level = 0; level < b->level + 2; level++)
			buf_put_c(out, "  ");
		put_quoted(out, b->title);
		buf_format(out, " to %.*s\n", STR_ARG(b->destination));
	}
}
