#include "cli/issue.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/pool.h"
#include "compose/compose.h"
#include "impose/impose.h"
#include "pdf/pdf.h"
#include "preflight/preflight.h"
#include "source/source.h"

enum edition edition_at(size_t i)
{
	return (enum edition)(1U << i);
}

struct str *issues_named(struct cli *c, size_t first, size_t *count)
{
	struct str *ids;
	if (c->arguments.positional_count <= first) {
		ids = issue_list(c->arena, c->publication, count);
		const char *fault =
			folder_fault(path_join(c->arena, c->publication->root, STR("issues")));
		if (fault)
			diag_report(c->diags, DIAG_FILE_READ, (struct place){ 0 }, "issues: %s",
				    fault);
		else if (*count == 0)
			diag_report_hint(c->diags, DIAG_ISSUE_MISSING, (struct place){ 0 },
					 STR("glos new issue 2026-1 makes one"),
					 "the publication has no issues");
		return ids;
	}
	*count = c->arguments.positional_count - first;
	ids = NEW_ARRAY(c->arena, struct str, *count);
	for (size_t i = 0; i < *count; i++) {
		ids[i] = cli_argument(c, first + i);
		/* issues/2026-1/ is what shells complete. */
		while (str_ends(ids[i], STR("/")))
			ids[i].len--;
		if (str_starts(ids[i], STR("issues/")))
			ids[i] = str_sub(ids[i], 7, ids[i].len);
		ids[i] = issue_name(c->arena, ids[i]);
	}
	return ids;
}

/* An issue's articles and its layouts, which need not know of each other to be read. */
struct reading {
	struct issue *issue;
	struct document *document;
	struct str data_folder;
	struct {
		enum edition edition;
		struct arena *arena;
		struct diags *diags;
		struct layout *layout;
	} layout[EDITION_COUNT];
	size_t layout_count;
};

static void read_one(void *context, size_t i)
{
	struct reading *r = context;
	if (i == 0) {
		document_finish(r->issue);
		return;
	}
	r->layout[i - 1].layout =
		issue_layout_read(r->layout[i - 1].arena, r->document, r->data_folder,
				  r->layout[i - 1].edition, r->layout[i - 1].diags);
}

struct document *issue_read(struct cli *c, struct arena *a, struct str id, enum edition editions,
			    struct layout *layouts[EDITION_COUNT])
{
	struct reading r = { .data_folder = c->data_folder };
	r.issue = document_begin(a, c->publication, id, c->diags);
	r.document = r.issue ? issue_document(r.issue) : NULL;
	for (size_t i = 0; i < EDITION_COUNT; i++) {
		layouts[i] = NULL;
		if (!r.issue || !(editions & edition_at(i)))
			continue;
		struct arena *own = arena_open();
		r.layout[r.layout_count].edition = edition_at(i);
		r.layout[r.layout_count].arena = own;
		r.layout[r.layout_count++].diags = diags_new(own);
	}
	if (!r.issue)
		return NULL;
	size_t processors = c->world.processors ? c->world.processors : 1;
	pool_run(processors, r.layout_count + 1, read_one, &r);
	for (size_t i = 0, k = 0; i < EDITION_COUNT; i++) {
		if (!(editions & edition_at(i)))
			continue;
		layouts[i] = r.layout[k].layout;
		diags_join(c->diags, r.layout[k].diags);
		arena_join(a, r.layout[k++].arena);
		if (layouts[i])
			document_validate(r.document, layouts[i], c->diags);
	}
	size_t count;
	struct picture **pictures = document_pictures(a, r.document, &count);
	pdf_prove_pictures(c->publication->root, pictures, count, &c->world, c->diags);
	return r.document;
}

struct pages *issue_pages(struct cli *c, struct arena *a, const struct document *doc,
			  const struct layout *l, const struct world *world, bool *binds)
{
	struct pages *pages = compose_issue(a, doc, l, world, c->diags);
	bool fits = impose_check(pages, c->diags);
	preflight(pages, pdf_foresee(a, pages, world, c->diags), c->diags);
	if (binds)
		*binds = fits;
	return pages;
}

bool editions_parse(struct cli *c, const char *names, enum edition *set)
{
	*set = EDITION_ALL;
	if (!names)
		return true;
	unsigned chosen = 0;
	struct str rest = str_from(names), name;
	while (str_cut(&rest, ',', &name)) {
		enum edition e = edition_from(str_trim(name));
		if (!e) {
			cli_usage(c, "no edition %.*s; there are print, screen, large, web, email",
				  STR_ARG(name));
			return false;
		}
		chosen |= e;
	}
	*set = (enum edition)chosen;
	return true;
}
