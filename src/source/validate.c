/* The last gate: what only document and layout together can tell. */
#include "source/source.h"

#include "source/nearest.h"
#include "source/reader.h"

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
	diag_report_hint(g->reader.diags, DIAG_TEMPLATE_UNKNOWN, a->at.template,
			 did_you_mean_or_list(g->reader.arena, names, l->template_count,
					      a->template),
			 "layout: %.*s", STR_ARG(a->template));
}

static const struct frame *frame_of(const struct master *m, enum frame_role role)
{
	for (size_t i = 0; m && i < m->frame_count; i++)
		if (m->frames[i].role == role)
			return &m->frames[i];
	return NULL;
}

/* Words of the cover that a paged edition has no frame for would stand nowhere. */
static void lines_check(struct gate *g, const struct cover *cover)
{
	const struct layout *l = g->layout;
	const struct master *m = cover->image || !l->cover_plain ? l->cover : l->cover_plain;
	if (!cover->line_count || frame_of(m, FRAME_TEASERS) || l->edition == EDITION_WEB ||
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
	lines_check(&g, &doc->cover);
	for (size_t i = 0; i < doc->entry_count; i++)
		if (doc->entries[i].article)
			template_check(&g, doc->entries[i].article);
	if (doc->imprint)
		template_check(&g, doc->imprint);
	arena_close(g.reader.arena);
}
