/* The publication: where it is, what glos.yaml says, which issues it has. */
#include "source/source.h"

#include "base/file.h"
#include "source/letters.h"
#include "source/link.h"
#include "source/nearest.h"
#include "source/settings.h"
#include "source/text.h"
#include "source/typograph.h"

#include <unistd.h>

static const struct str settings_file = STR_INIT("glos.yaml");

/* path from the root on, without "." and ".."; links are not followed. */
static struct str absolute(struct arena *a, const char *path)
{
	char here[4096];
	struct str from = STR("/");
	if (path[0] != '/' && getcwd(here, sizeof here))
		from = str_from(here);
	struct str rest = str_from(path_join(a, from, str_from(path))), part;
	char *out = arena_alloc(a, rest.len + 2);
	size_t len = 0;
	while (str_cut(&rest, '/', &part)) {
		if (part.len == 0 || str_equal(part, STR(".")))
			continue;
		if (str_equal(part, STR(".."))) {
			while (len > 0 && out[--len] != '/')
				;
			continue;
		}
		out[len++] = '/';
		memcpy(out + len, part.ptr, part.len);
		len += part.len;
	}
	if (len == 0)
		out[len++] = '/';
	out[len] = '\0';
	return (struct str){ out, len };
}

char *publication_find(struct arena *a, const char *from)
{
	struct str folder = absolute(a, from);
	for (;;) {
		if (!file_absent(path_join(a, folder, settings_file)))
			return str_c(a, folder);
		if (folder.len <= 1)
			return NULL;
		while (folder.ptr[folder.len - 1] != '/')
			folder.len--;
		if (folder.len > 1)
			folder.len--; /* the slash, but for the root's */
	}
}

static void site_read(struct reader *r, const struct yaml *root, struct str *site)
{
	struct str url;
	if (!keys_text(r, root, "site", &url))
		return;
	if (!link_is_web(url)) {
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, keys_place(root, "site"),
				 STR("write https://example.org/"), "site: %.*s", STR_ARG(url));
		return;
	}
	*site = str_ends(url, STR("/")) ? url : str_join(r->arena, url, STR("/"));
}

static void root_read(struct reader *r, const struct yaml *root, struct publication *p)
{
	static const struct str known[] = {
		STR_INIT("title"),  STR_INIT("publisher"), STR_INIT("language"),  STR_INIT("site"),
		STR_INIT("layout"), STR_INIT("mail"),      STR_INIT("smtp"),      STR_INIT("dkim"),
		STR_INIT("store"),  STR_INIT("serve"),     STR_INIT("retention"),
	};
	KEYS_KNOWN(r, root, known);
	keys_require(r, root, "title");
	keys_require(r, root, "language");
	struct str language;
	if (keys_text(r, root, "language", &language) &&
	    language_check(r, language, keys_place(root, "language")))
		p->language = language;
	keys_text(r, root, "title", &p->title);
	keys_text(r, root, "publisher", &p->publisher);
	p->title = typograph(r->arena, p->title, p->language, true);
	p->publisher = typograph(r->arena, p->publisher, p->language, true);
	site_read(r, root, &p->site);
	if (keys_text(r, root, "layout", &p->layout))
		p->layout_place = keys_place(root, "layout");
	settings_store(r, root, &p->store, &p->postgresql);
	settings_mail(r, keys_table(r, root, "mail"), &p->mail);
	settings_smtp(r, keys_table(r, root, "smtp"), &p->smtp);
	settings_dkim(r, keys_table(r, root, "dkim"), &p->dkim);
	settings_serve(r, keys_table(r, root, "serve"), &p->serve);
	const struct yaml *retention = keys_table(r, root, "retention");
	settings_retention(r, retention, &p->retention);
	p->retention.unsure |= !retention && yaml_find(root, STR("retention"));
}

struct publication *publication_read(struct arena *a, const char *root, struct diags *d)
{
	struct reader r = { a, d };
	struct place place = { settings_file, 0, 0 };
	struct str folder = absolute(a, root);
	const char *path = path_join(a, folder, settings_file);
	if (file_absent(path)) {
		diag_report_hint(d, DIAG_PUBLICATION_MISSING, place,
				 STR("glos init DIR makes a new publication"), "%s", root);
		return NULL;
	}
	struct str text;
	if (!file_named(&r, folder, settings_file, DIAG_PUBLICATION_MISSING, place) ||
	    !text_read(&r, path, settings_file, SETTINGS_MAX, place, &text))
		return NULL;
	const struct yaml *tree = yaml_read(&r, settings_file, text, 1);
	if (!tree)
		return NULL;
	struct publication *p = NEW(a, struct publication);
	p->root = folder;
	p->language = STR("pl");
	p->layout = STR("glos");
	p->layout_place = place;
	if (tree->kind == YAML_TABLE)
		root_read(&r, tree, p);
	else
		keys_wrong_type(&r, tree, "a table of keys");
	return p;
}

struct str *issue_list(struct arena *a, const struct publication *p, size_t *count)
{
	const char *issues = path_join(a, p->root, STR("issues"));
	size_t all, kept = 0;
	struct str *names = folder_list(a, issues, &all);
	for (size_t i = 0; i < all; i++) {
		struct str folder = str_from(path_join(a, str_from(issues), names[i]));
		/* What is there and cannot be read is told when it is. */
		if (!file_absent(path_join(a, folder, STR("issue.yaml"))))
			names[kept++] = issue_name(a, names[i]);
	}
	*count = kept;
	return names;
}

struct str issue_name(struct arena *a, struct str typed)
{
	return letters_composed(a, typed);
}

struct str issue_spelled(struct arena *a, const struct publication *p, struct str path)
{
	return file_spelled(a, str_from(path_join(a, p->root, STR("issues"))), path);
}

bool issue_name_check(struct arena *a, struct str id, struct diags *d)
{
	/* Files that stand in out/web/ or may come to. */
	static const struct str endings[] = { STR_INIT(".html"), STR_INIT(".xml"), STR_INIT(".txt"),
					      STR_INIT(".css") };
	bool taken = str_equal(id, STR("web"));
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		taken = taken || str_ends(id, endings[i]);
	if (taken)
		diag_report_hint(d, DIAG_ISSUE_NAME,
				 (struct place){
					 str_format(a, "issues/%.*s/issue.yaml", STR_ARG(id)), 1,
					 1 },
				 STR("rename the folder, to 2026-1 for example"), "%.*s",
				 STR_ARG(id));
	return !taken;
}

/* The day of an issue; long ago when its file does not tell. */
static int64_t issue_day(struct arena *a, const struct publication *p, struct str id)
{
	struct reader r = { a, diags_new(a) };
	struct str file = str_format(a, "issues/%.*s/issue.yaml", STR_ARG(issue_spelled(a, p, id)));
	struct str text, said;
	struct date date;
	if (!text_read(&r, path_join(a, p->root, file), file, SETTINGS_MAX, (struct place){ 0 },
		       &text))
		return INT64_MIN;
	const struct yaml *root = yaml_read(&r, file, text, 1);
	if (!root || root->kind != YAML_TABLE || !keys_text(&r, root, "date", &said) ||
	    !date_parse(said, &date))
		return INT64_MIN;
	return date_to_days(date);
}

struct str issue_newest(struct arena *a, const struct publication *p)
{
	size_t count;
	const struct str *names = issue_list(a, p, &count);
	struct str newest = STR("");
	int64_t latest = INT64_MIN;
	for (size_t i = 0; i < count; i++) {
		int64_t day = issue_day(a, p, names[i]);
		if (day >= latest) {
			latest = day;
			newest = names[i];
		}
	}
	return newest;
}
