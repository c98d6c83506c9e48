/* The last gate: what only document and layout together can tell. */
#include "source/source.h"

#include "source/nearest.h"
#include "source/reader.h"

/* GWG 2022, R0031: effective resolution of pictures in print. */
enum { PPI_SOFT = 225, PPI_COARSE = 150 };

struct gate {
	struct reader reader;
	const struct layout *layout;
};

/* ---- templates ---- */

static void template_check(struct gate *g, const struct article *a)
{
	const struct layout *l = g->layout;
	if (a->template.len == 0 || layout_template(l, a->template))
		return;
	struct str *names = NEW_ARRAY(g->reader.arena, struct str, l->template_count + 1);
	for (size_t i = 0; i < l->template_count; i++)
		names[i] = l->templates[i].name;
	diag_report_hint(g->reader.diags, DIAG_TEMPLATE_UNKNOWN, a->place,
			 did_you_mean_or_list(g->reader.arena, names, l->template_count,
					      a->template),
			 "layout: %.*s", STR_ARG(a->template));
}

/* ---- resolution ---- */

/* width and height are the area it covers, 1/1000 pt; height 0: as it comes. coarse
 * is what becomes of it where it would look so. */
static void resolution_check(struct gate *g, const struct picture *p, int width, int height,
			     const char *coarse)
{
	int columns = picture_upright_columns(p), rows = picture_upright_rows(p);
	if (p->path.len == 0 || columns == 0 || rows == 0 || width <= 0)
		return;
	/* Covering an area is enlarging to its more demanding side. */
	int64_t ppi = (int64_t)columns * INCH / width;
	if (height > 0 && (int64_t)rows * INCH / height < ppi)
		ppi = (int64_t)rows * INCH / height;
	if (ppi >= PPI_SOFT)
		return;
	diag_report_hint(g->reader.diags, DIAG_IMAGE_RESOLUTION, p->place,
			 str_format(g->reader.arena, "it should be %lld pixels wide%s",
				    (long long)((int64_t)columns * PPI_SOFT / (ppi > 0 ? ppi : 1)),
				    ppi < PPI_COARSE ? coarse : ""),
			 "%.*s: %lld ppi", STR_ARG(p->src), (long long)ppi);
}

static const struct frame *frame_of(const struct master *m, enum frame_role role)
{
	for (size_t i = 0; m && i < m->frame_count; i++)
		if (m->frames[i].role == role)
			return &m->frames[i];
	return NULL;
}

static void frame_check(struct gate *g, const struct picture *p, const struct master *m)
{
	const struct frame *f = frame_of(m, FRAME_PICTURE);
	if (p && f)
		resolution_check(g, p, f->rect.width, f->rect.height, "; it will look coarse");
}

/* How wide a picture stands in the text of an article's pages. */
static int width_in(const struct layout *l, const struct template *t, enum picture_width width)
{
	const struct frame *f = frame_of(t->next, FRAME_TEXT);
	if (width == PICTURE_BLEED)
		return l->grid.width + l->grid.bleed;
	if (!f)
		return l->grid.width - l->grid.inner - l->grid.outer;
	int inside = f->rect.width - 2 * f->inset;
	int column = (inside - (f->columns - 1) * f->gutter) / f->columns;
	if (width == PICTURE_FULL || f->columns == 1)
		return inside;
	return width == PICTURE_WIDE ? 2 * column + f->gutter : column;
}

static void figures_check(struct gate *g, const struct article *a, const struct template *t)
{
	struct walk w;
	walk_start(&w, a->first, EDITION_PRINT, STR(""));
	while (walk_next(&w)) {
		if (!w.entering || w.node->kind != NODE_FIGURE)
			continue;
		const struct picture *p = w.node->picture;
		resolution_check(g, p, width_in(g->layout, t, p->width), 0,
				 p->width == PICTURE_COLUMN ? "; it will stand smaller"
							    : "; it will look coarse");
	}
}

static void article_check(struct gate *g, const struct article *a)
{
	const struct template *t = layout_template(g->layout, a->template);
	template_check(g, a);
	if (!t)
		t = g->layout->fallback_template;
	if (!t || g->layout->edition != EDITION_PRINT || !(a->editions & EDITION_PRINT))
		return;
	if (t->pages && t->slot.len == 0)
		frame_check(g, a->image, t->opening);
	figures_check(g, a, t);
}

/* Words of the cover that a paged edition has no frame for would stand nowhere. */
static void lines_check(struct gate *g, const struct cover *cover)
{
	const struct layout *l = g->layout;
	if (!cover->line_count || frame_of(l->cover, FRAME_TEASERS) || l->edition == EDITION_WEB ||
	    l->edition == EDITION_EMAIL)
		return;
	diag_report_hint(
		g->reader.diags, DIAG_COVER_LINES, cover->lines[0].place,
		STR("add a frame {role: teasers} to the cover's master, or leave lines out"),
		"%.*s", STR_ARG(l->name));
}

void document_validate(const struct document *doc, const struct layout *l, struct diags *d)
{
	struct gate g = { { arena_open(), d }, l };
	if (l->edition == EDITION_PRINT)
		frame_check(&g, doc->cover.image, l->cover);
	lines_check(&g, &doc->cover);
	for (size_t i = 0; i < doc->entry_count; i++)
		if (doc->entries[i].article)
			article_check(&g, doc->entries[i].article);
	if (doc->imprint)
		article_check(&g, doc->imprint);
	arena_close(g.reader.arena);
}
