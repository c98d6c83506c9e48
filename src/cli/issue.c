#include "cli/issue.h"

#include "base/arena.h"
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
		if (*count == 0)
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
	}
	return ids;
}

struct document *issue_read(struct cli *c, struct arena *a, struct str id, enum edition editions,
			    struct layout *layouts[EDITION_COUNT])
{
	struct document *doc = document_read(a, c->publication, id, c->diags);
	for (size_t i = 0; i < EDITION_COUNT; i++) {
		layouts[i] = NULL;
		if (!doc || !(editions & edition_at(i)))
			continue;
		layouts[i] = issue_layout_read(a, doc, c->data_folder, edition_at(i), c->diags);
		if (layouts[i])
			document_validate(doc, layouts[i], c->diags);
	}
	return doc;
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
