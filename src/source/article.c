/* Articles: the table between the two lines of hyphens, then Markdown. */
#include "source/article.h"

#include "base/file.h"
#include "source/image.h"
#include "source/link.h"
#include "source/markdown.h"
#include "source/nearest.h"
#include "source/settings.h"
#include "source/text.h"
#include "source/typograph.h"

struct str words_from_keys(struct reader *r, const struct yaml *table, const char *key,
			   struct str language, bool strict)
{
	struct str text = { "", 0 };
	keys_text(r, table, key, &text);
	char *copy = str_c(r->arena, text);
	for (size_t i = 0; i < text.len; i++)
		if (copy[i] == '\n' || copy[i] == '\t')
			copy[i] = ' ';
	return typograph(r->arena, str_trim((struct str){ copy, text.len }), language, strict);
}

struct picture *picture_from_keys(struct reader *r, const struct yaml *table, const char *key,
				  struct str folder, struct str language)
{
	static const struct str known[] = { STR_INIT("src"), STR_INIT("alt"), STR_INIT("caption"),
					    STR_INIT("credit") };
	const struct yaml *v = yaml_find(table, str_from(key));
	if (!v || v->kind == YAML_EMPTY)
		return NULL;
	if (v->kind == YAML_LIST) {
		keys_wrong_type(r, v, "a picture {src, alt, caption, credit}");
		return NULL;
	}
	struct picture *p = NEW(r->arena, struct picture);
	const struct yaml *parts = v->kind == YAML_TABLE ? v : table;
	p->src = v->text;
	if (v->kind == YAML_TABLE) {
		KEYS_KNOWN(r, v, known);
		if (!keys_require(r, v, "src"))
			return NULL;
		keys_text(r, v, "src", &p->src);
	}
	p->place = v->kind == YAML_TABLE ? keys_place(v, "src") : v->place;
	bool has_alt = keys_text(r, parts, "alt", &p->alt);
	p->alt = words_from_keys(r, parts, "alt", language, false);
	p->decorative = has_alt && p->alt.len == 0;
	p->caption = v->kind == YAML_TABLE ? words_from_keys(r, parts, "caption", language, true)
					   : STR("");
	p->credit = words_from_keys(r, parts, "credit", language, true);
	if (!has_alt)
		diag_report_hint(r->diags, DIAG_IMAGE_ALT, p->place,
				 STR("add alt: \"what the picture shows\"; alt: \"\" for a mere "
				     "ornament"),
				 "%.*s", STR_ARG(p->src));
	image_read(r, folder, p);
	return p;
}

/* ---- front matter ---- */

static bool is_hyphens(struct str line)
{
	while (line.len && strchr(" \t", line.ptr[line.len - 1]))
		line.len--;
	return str_equal(line, STR("---"));
}

struct parts {
	struct str settings, body;
	int body_line; /* from 1 */
	bool has_settings;
};

/* Cuts a text at its lines of hyphens. */
static void parts_cut(struct reader *r, struct str file, struct str text, struct parts *p)
{
	*p = (struct parts){ .body = text, .body_line = 1 };
	struct str rest = text, line;
	if (!str_cut(&rest, '\n', &line) || !is_hyphens(line)) {
		diag_report_hint(r->diags, DIAG_FRONT_MATTER_MISSING, (struct place){ file, 1, 1 },
				 STR("begin with a line ---, then title: …, then a line ---"), "%s",
				 "");
		return;
	}
	const char *start = rest.ptr;
	for (int n = 2; str_cut(&rest, '\n', &line); n++) {
		if (!is_hyphens(line))
			continue;
		p->settings = (struct str){ start, (size_t)(line.ptr - start) };
		p->has_settings = true;
		p->body = rest.ptr ? rest : STR("");
		p->body_line = n + 1;
		return;
	}
	diag_report_hint(r->diags, DIAG_FRONT_MATTER_OPEN, (struct place){ file, 1, 1 },
			 STR("write a line --- behind the last setting"), "%s", "");
	p->body = STR("");
}

static void editions_read(struct reader *r, const struct yaml *table, struct article *a)
{
	size_t count;
	const struct str *list = keys_texts(r, table, "editions", &count);
	unsigned set = 0;
	for (size_t i = 0; i < count; i++) {
		enum edition e = edition_from(list[i]);
		if (!e)
			diag_report_hint(r->diags, DIAG_VALUE_INVALID,
					 keys_place(table, "editions"),
					 did_you_mean_or_list(r->arena, edition_names,
							      EDITION_COUNT, list[i]),
					 "editions: %.*s", STR_ARG(list[i]));
		set |= e;
	}
	a->editions = set ? (enum edition)set : EDITION_ALL;
}

static void settings_read(struct reader *r, const struct article_context *c,
			  const struct yaml *table, struct article *a)
{
	static const struct str known[] = {
		STR_INIT("title"),    STR_INIT("kicker"),   STR_INIT("lead"),  STR_INIT("author"),
		STR_INIT("layout"),   STR_INIT("language"), STR_INIT("image"), STR_INIT("region"),
		STR_INIT("editions"), STR_INIT("number"),
	};
	if (table->kind != YAML_TABLE) {
		keys_wrong_type(r, table, "a table of keys");
		return;
	}
	KEYS_KNOWN(r, table, known);
	keys_require(r, table, "title");
	struct str language;
	if (keys_text(r, table, "language", &language) &&
	    language_check(r, language, keys_place(table, "language")))
		a->language = language;
	a->title = words_from_keys(r, table, "title", a->language, true);
	if (a->title.len == 0)
		a->title = a->slug; /* reported; headings must not be empty */
	a->kicker = words_from_keys(r, table, "kicker", a->language, true);
	a->lead = words_from_keys(r, table, "lead", a->language, false);
	a->author = words_from_keys(r, table, "author", a->language, true);
	a->number = words_from_keys(r, table, "number", a->language, true);
	keys_text(r, table, "layout", &a->template);
	a->at = (struct article_places){ keys_place(table, "lead"), keys_place(table, "kicker"),
					 keys_place(table, "author"), keys_place(table, "layout") };
	a->regions = keys_texts(r, table, "region", &a->region_count);
	/* Each region's message is a file named after it. */
	for (size_t i = 0; i < a->region_count; i++)
		if (str_find(a->regions[i], STR("/"), 0) < a->regions[i].len)
			diag_report_hint(r->diags, DIAG_VALUE_INVALID, keys_place(table, "region"),
					 STR("write the region's name without /"), "region: %.*s",
					 STR_ARG(a->regions[i]));
	editions_read(r, table, a);
	a->image = picture_from_keys(r, table, "image", c->issue_folder, a->language);
	const struct yaml *title = yaml_find(table, STR("title"));
	if (title)
		a->place = title->key_place;
}

/* A line may be a block, and blocks cost far more than their letters. */
static bool too_many_lines(struct reader *r, const struct article *a, struct str text)
{
	enum { LINES_MAX = 20000 };
	size_t at = 0;
	for (int lines = 0; at < text.len; lines++) {
		at = str_find(text, STR("\n"), at) + 1;
		if (lines < LINES_MAX)
			continue;
		diag_report_hint(r->diags, DIAG_FILE_TOO_LARGE,
				 (struct place){ a->file, LINES_MAX + 1, 1 },
				 STR("divide the article"), "more than %d lines", LINES_MAX);
		return true;
	}
	return false;
}

struct article *article_read(struct reader *r, const struct article_context *c, struct str name,
			     struct place from)
{
	struct str spelled = name;
	if (!file_found(r, c->issue_folder, &spelled, DIAG_ARTICLE_MISSING, from))
		return NULL;
	const char *path = path_join(r->arena, c->issue_folder, spelled);
	struct article *a = NEW(r->arena, struct article);
	a->slug = slug_of(r->arena, name);
	a->file = str_format(r->arena, "%.*s/%.*s", STR_ARG(c->issue_name), STR_ARG(spelled));
	a->section = c->section;
	a->title = a->slug;
	a->language = c->publication->language;
	a->editions = EDITION_ALL;
	a->place = (struct place){ a->file, 1, 1 };
	struct str text;
	if (!text_read(r, path, a->file, ARTICLE_MAX, from, &text) || too_many_lines(r, a, text))
		return a;
	if (str_trim(text).len == 0) {
		diag_report(r->diags, DIAG_ARTICLE_EMPTY, a->place, "%s", "");
		return a;
	}
	struct parts parts;
	parts_cut(r, a->file, text, &parts);
	const struct yaml *table =
		parts.has_settings ? yaml_read(r, a->file, parts.settings, 2) : NULL;
	if (table)
		settings_read(r, c, table, a);
	size_t mistakes = diags_level_count(r->diags, DIAG_LEVEL_ERROR);
	markdown_read(r, a, c->issue_folder, parts.body, parts.body_line);
	if (!a->first && parts.has_settings &&
	    mistakes == diags_level_count(r->diags, DIAG_LEVEL_ERROR))
		diag_report_hint(r->diags, DIAG_ARTICLE_EMPTY,
				 (struct place){ a->file, parts.body_line, 1 },
				 STR("write at least one paragraph behind the settings"), "%s", "");
	return a;
}
