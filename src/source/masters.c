/* layout.yaml becomes a layout: where the file is, what the edition changes, and
 * the order in which its parts are read, so that every name is known before it
 * is called. */
#include "source/source.h"

#include "base/file.h"
#include "source/layout_reader.h"
#include "source/nearest.h"
#include "source/production.h"
#include "source/text.h"

/* A file of the publication, else of the program's data folder. The name it is
 * called by in messages: below the root as the editor types it, or absolute. */
static const char *file_find(struct layout_reader *lr, struct str name, struct str *called)
{
	struct arena *a = lr->reader->arena;
	*called = file_spelled(a, lr->publication->root, name);
	const char *own = path_join(a, lr->publication->root, *called);
	if (!file_absent(own))
		return own;
	if (lr->data_folder.len == 0)
		return NULL;
	const char *ours = path_join(a, lr->data_folder, name);
	*called = str_from(ours);
	return file_absent(ours) ? NULL : ours;
}

static void report_missing(struct layout_reader *lr)
{
	struct arena *a = lr->reader->arena;
	struct str folders[] = { lr->publication->root, lr->data_folder };
	struct str *names = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < 2; i++) {
		size_t n;
		const char *path = path_join(a, folders[i], STR("layouts"));
		const struct str *list = folders[i].len ? folder_list(a, path, &n) : NULL;
		for (size_t k = 0; list && k < n; k++)
			PUSH(a, names, count, capacity, list[k]);
	}
	diag_report_hint(lr->reader->diags, DIAG_LAYOUT_MISSING, lr->place,
			 count ? did_you_mean_or_list(a, names, count, lr->name)
			       : STR("there is no folder layouts/"),
			 "layouts/%.*s/layout.yaml", STR_ARG(lr->name));
}

static const struct yaml *tree_read(struct layout_reader *lr, struct str name)
{
	struct str called, text;
	const char *path = file_find(lr, name, &called);
	if (!path ||
	    !file_named(lr->reader, lr->publication->root, called, DIAG_LAYOUT_MISSING,
			lr->place) ||
	    !text_read(lr->reader, path, called, SETTINGS_MAX, (struct place){ called, 0, 0 },
		       &text))
		return NULL;
	return yaml_read(lr->reader, called, text, 1);
}

/* The publication's fonts.yaml laid over the program's. */
static void fonts_tree_read(struct layout_reader *lr)
{
	static const struct str name = STR_INIT("fonts/fonts.yaml");
	struct arena *a = lr->reader->arena;
	const struct yaml *own = NULL, *ours = NULL;
	struct str text, file = str_from(path_join(a, lr->data_folder, name));
	if (file_exists(path_join(a, lr->publication->root, name)))
		own = tree_read(lr, name);
	bool apart = lr->data_folder.len && !str_equal(lr->data_folder, lr->publication->root);
	if (apart && file_exists(file.ptr) &&
	    text_read(lr->reader, file.ptr, file, SETTINGS_MAX, (struct place){ file, 0, 0 },
		      &text))
		ours = yaml_read(lr->reader, file, text, 1);
	lr->fonts = ours ? yaml_merge(a, ours, own) : own;
}

static void edition_lay_over(struct layout_reader *lr, enum edition e)
{
	const struct yaml *editions = keys_table(lr->reader, lr->root, "editions");
	KEYS_KNOWN(lr->reader, editions, edition_names);
	struct str name = edition_name(e);
	const struct yaml *changes =
		keys_table(lr->reader, editions, str_c(lr->reader->arena, name));
	if (!changes)
		return;
	const struct yaml *nested = yaml_find(changes, STR("editions"));
	if (nested)
		diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, nested->key_place,
				 STR("an edition has no editions of its own"), "editions");
	overlay_check(lr, lr->root, changes);
	lr->root = yaml_merge(lr->reader->arena, lr->root, changes);
}

static void root_check(struct layout_reader *lr)
{
	static const struct str known[] = {
		STR_INIT("grid"),      STR_INIT("colours"),   STR_INIT("details"),
		STR_INIT("emphasis"),  STR_INIT("fallbacks"), STR_INIT("hyphens_in_row"),
		STR_INIT("press"),     STR_INIT("styles"),    STR_INIT("masters"),
		STR_INIT("templates"), STR_INIT("pages"),     STR_INIT("default_template"),
		STR_INIT("editions"),  STR_INIT("web"),
	};
	KEYS_KNOWN(lr->reader, lr->root, known);
}

static void root_read(struct layout_reader *lr)
{
	static const struct str emphasis[] = { STR_INIT("italic"), STR_INIT("bold") };
	static const struct str fixed[] = { STR_INIT("cover"),   STR_INIT("contents"),
					    STR_INIT("imprint"), STR_INIT("filler"),
					    STR_INIT("back"),    STR_INIT("cover_plain") };
	struct reader *r = lr->reader;
	struct layout *l = lr->layout;
	colours_read(lr);
	details_read(lr);
	press_read(lr);
	int choice = 0;
	keys_choice(r, lr->root, "emphasis", emphasis, 2, &choice);
	l->emphasis_bold = choice == 1;
	l->hyphens_in_row = 2;
	keys_int(r, lr->root, "hyphens_in_row", 0, 100, &l->hyphens_in_row);
	families_open(lr);
	fallbacks_read(lr);
	web_families_read(lr);
	styles_read(lr);
	masters_read(lr);
	const struct yaml *pages = keys_table(r, lr->root, "pages");
	KEYS_KNOWN(r, pages, fixed);
	l->cover = master_from_keys(lr, pages, "cover");
	l->cover_plain = master_from_keys(lr, pages, "cover_plain");
	l->contents = master_from_keys(lr, pages, "contents");
	l->imprint_page = master_from_keys(lr, pages, "imprint");
	l->filler = master_from_keys(lr, pages, "filler");
	l->back = master_from_keys(lr, pages, "back");
	templates_read(lr);
	if (l->edition == EDITION_WEB || l->edition == EDITION_EMAIL)
		screen_colours_judge(lr);
}

/* What an edition is for, so that composing need not know its name. */
static void purpose_set(struct layout *l, enum edition e)
{
	l->edition = e;
	l->stitched = e == EDITION_PRINT;
	l->linked = e != EDITION_PRINT;
	l->on_paper = e == EDITION_PRINT || e == EDITION_LARGE; /* printed at home, too */
}

static struct layout *read_named(struct layout_reader *lr, enum edition e)
{
	struct reader *r = lr->reader;
	struct str called,
		name = str_format(r->arena, "layouts/%.*s/layout.yaml", STR_ARG(lr->name));
	bool plain = lr->name.len && lr->name.ptr[0] != '.' &&
		     str_find(lr->name, STR("/"), 0) == lr->name.len;
	const char *path = plain ? file_find(lr, name, &called) : NULL;
	if (!path) {
		report_missing(lr);
		return NULL;
	}
	/* Mistakes told already, by another edition, count again. */
	size_t before = diags_trouble(r->diags);
	struct str file = str_from(path);
	lr->folder = str_sub(file, 0, file.len - sizeof "/layout.yaml" + 1);
	lr->root = tree_read(lr, name);
	if (!lr->root)
		return NULL;
	if (lr->root->kind != YAML_TABLE) {
		keys_wrong_type(r, lr->root, "a table of keys");
		return NULL;
	}
	fonts_tree_read(lr);
	names_check(lr);
	edition_lay_over(lr, e);
	root_check(lr);
	struct layout *l = lr->layout = NEW(r->arena, struct layout);
	l->name = lr->name;
	purpose_set(l, e);
	if (!grid_read(lr))
		return NULL;
	root_read(lr);
	if (e == EDITION_PRINT)
		production_check(r, &l->production);
	else
		l->production = production_usual();
	l->stitched = l->stitched && l->production.binding != BINDING_FLAT;
	/* With mistakes in it pages would stand on guesses, or on nothing. */
	return diags_trouble(r->diags) == before ? l : NULL;
}

struct layout *layout_read(struct arena *a, const struct publication *p, struct str data_folder,
			   enum edition e, struct diags *d)
{
	struct reader r = { a, d };
	struct layout_reader lr = { .reader = &r,
				    .publication = p,
				    .name = p->layout,
				    .place = p->layout_place,
				    .data_folder = data_folder };
	return read_named(&lr, e);
}

struct layout *issue_layout_read(struct arena *a, const struct document *doc,
				 struct str data_folder, enum edition e, struct diags *d)
{
	struct reader r = { a, d };
	struct layout_reader lr = { .reader = &r,
				    .publication = doc->publication,
				    .name = doc->layout,
				    .place = doc->layout_place,
				    .press = &doc->press,
				    .data_folder = data_folder };
	return read_named(&lr, e);
}
