/* One issue: issue.yaml, the running order, and the articles it names. */
#include "source/source.h"

#include "base/file.h"
#include "base/pool.h"
#include "source/article.h"
#include "source/inbox.h"
#include "source/link.h"
#include "source/nearest.h"
#include "source/production.h"
#include "source/text.h"
#include "source/typograph.h"

#include <stdatomic.h>

struct issue {
	struct reader reader;
	const struct yaml *root; /* of issue.yaml */
	struct document *document;
	struct article_context context;
	size_t entry_capacity;
	struct map *slugs; /* slug -> struct article */
};

static struct entry *entry_add(struct issue *s, enum entry_kind kind)
{
	struct document *d = s->document;
	struct entry entry = { .kind = kind, .section = s->context.section };
	PUSH(s->reader.arena, d->entries, d->entry_count, s->entry_capacity, entry);
	return &d->entries[d->entry_count - 1];
}

/* Two files of one slug would overwrite each other's pages. */
static void slug_make_unique(struct issue *s, struct article *a)
{
	struct str stem = a->slug;
	for (int n = 2; map_find(s->slugs, a->slug); n++)
		a->slug = str_format(s->reader.arena, "%.*s-%d", STR_ARG(stem), n);
	map_put(s->slugs, a->slug, a);
}

static void article_add(struct issue *s, const struct yaml *item, struct map *named)
{
	struct reader *r = &s->reader;
	if (item->kind != YAML_TEXT) {
		keys_wrong_type(r, item, "an article's file name");
		return;
	}
	const struct yaml *twin = map_find(named, item->text);
	if (twin) {
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, item->place,
				 str_format(r->arena, "it stands in line %d already",
					    twin->place.line),
				 "%.*s is named twice", STR_ARG(item->text));
		return;
	}
	map_put(named, item->text, (void *)(uintptr_t)item); /* only read */
	struct article *a = article_read(r, &s->context, item->text, item->place);
	if (!a)
		return;
	slug_make_unique(s, a);
	entry_add(s, ENTRY_ARTICLE)->article = a;
}

/* The first bytes of a file; NULs where it has no more, or cannot be read. */
static void read_head(const char *path, char *head, size_t size)
{
	memset(head, 0, size);
	FILE *f = file_stream(path);
	if (!f)
		return;
	size_t n = fread(head, 1, size, f);
	(void)n; /* the NULs tell */
	fclose(f);
}

/* A ready page is passed on as it is; only its being one is checked here. */
static bool is_pdf(const char *path)
{
	char head[5];
	read_head(path, head, sizeof head);
	return memcmp(head, "%PDF-", sizeof head) == 0;
}

static void advertisement_add(struct issue *s, const struct yaml *table)
{
	static const struct str known[] = { STR_INIT("advertisement"), STR_INIT("page"),
					    STR_INIT("span"), STR_INIT("section"),
					    STR_INIT("alt") };
	static const struct str spans[] = { STR_INIT("full") };
	struct reader *r = &s->reader;
	struct advertisement *ad = NEW(r->arena, struct advertisement);
	KEYS_KNOWN(r, table, known);
	if (!keys_text(r, table, "advertisement", &ad->src))
		return;
	ad->page = 1;
	ad->place = keys_place(table, "advertisement");
	keys_int(r, table, "page", 1, 10000, &ad->page);
	int span = 0;
	keys_choice(r, table, "span", spans, 1, &span);
	bool has_alt = keys_text(r, table, "alt", &ad->alt);
	ad->alt = words_from_keys(r, table, "alt", s->document->publication->language, false);
	if (!has_alt)
		diag_report_hint(r->diags, DIAG_IMAGE_ALT, ad->place,
				 STR("add alt: what the advertisement shows and says; alt: \"\" "
				     "for mere decoration"),
				 "%.*s", STR_ARG(ad->src));
	if (!file_found(r, s->document->folder, &ad->src, DIAG_IMAGE_MISSING, ad->place))
		return;
	struct str path = str_from(path_join(r->arena, s->document->folder, ad->src));
	if (!is_pdf(path.ptr)) {
		diag_report_hint(r->diags, DIAG_IMAGE_FORMAT, ad->place,
				 STR("an advertisement is a ready page in PDF"), "%.*s",
				 STR_ARG(ad->src));
		return;
	}
	ad->path = path;
	entry_add(s, ENTRY_ADVERTISEMENT)->advertisement = ad;
}

static void contents_read(struct issue *s, const struct yaml *contents)
{
	static const struct str known[] = { STR_INIT("section"), STR_INIT("articles"),
					    STR_INIT("advertisement") };
	struct reader *r = &s->reader;
	struct map *named = map_new(r->arena);
	for (const struct yaml *step = contents ? contents->first : NULL; step; step = step->next) {
		if (step->kind != YAML_TABLE) {
			keys_wrong_type(r, step, "{section, articles} or {advertisement}");
			continue;
		}
		if (yaml_find(step, STR("advertisement"))) {
			advertisement_add(s, step);
			continue;
		}
		KEYS_KNOWN(r, step, known);
		s->context.section = words_from_keys(r, step, "section",
						     s->document->publication->language, true);
		keys_require(r, step, "articles");
		const struct yaml *list = keys_list(r, step, "articles");
		for (const struct yaml *item = list ? list->first : NULL; item; item = item->next)
			article_add(s, item, named);
	}
	s->context.section = STR("");
}

/* ---- cover ---- */

static void cover_line_read(struct issue *s, const struct yaml *item, struct cover_line *line)
{
	static const struct str known[] = { STR_INIT("text"), STR_INIT("article") };
	struct reader *r = &s->reader;
	struct str language = s->document->publication->language, name;
	line->place = item->place;
	if (item->kind == YAML_TEXT) {
		struct yaml around = { .kind = YAML_TABLE };
		struct yaml text = *item;
		text.key = STR("text");
		text.next = NULL;
		around.first = around.last = &text;
		line->text = words_from_keys(r, &around, "text", language, true);
		return;
	}
	KEYS_KNOWN(r, item, known);
	keys_require(r, item, "text");
	line->text = words_from_keys(r, item, "text", language, true);
	if (!keys_text(r, item, "article", &name))
		return;
	line->article = map_find(s->slugs, slug_of(r->arena, name));
	if (!line->article)
		diag_report_hint(r->diags, DIAG_ARTICLE_MISSING, keys_place(item, "article"),
				 STR("name an article of contents:"), "%.*s", STR_ARG(name));
}

static void cover_read(struct issue *s, const struct yaml *root)
{
	static const struct str known[] = { STR_INIT("image"), STR_INIT("alt"), STR_INIT("credit"),
					    STR_INIT("lines") };
	struct reader *r = &s->reader;
	struct cover *cover = &s->document->cover;
	const struct yaml *table = keys_table(r, root, "cover");
	KEYS_KNOWN(r, table, known);
	cover->image = picture_from_keys(r, table, "image", s->document->folder,
					 s->document->publication->language);
	const struct yaml *lines = keys_list(r, table, "lines");
	if (!lines)
		return;
	cover->lines = NEW_ARRAY(r->arena, struct cover_line, lines->count + 1);
	for (const struct yaml *item = lines->first; item; item = item->next) {
		if (item->kind == YAML_TEXT || item->kind == YAML_TABLE)
			cover_line_read(s, item, &cover->lines[cover->line_count++]);
		else
			keys_wrong_type(r, item, "a text or {text, article}");
	}
}

/* ---- references between articles ---- */

static void links_check(struct issue *s, const struct node *n)
{
	for (; n; n = n->next) {
		links_check(s, n->first);
		if (n->kind != NODE_LINK || !str_starts(n->link.url, STR("#")))
			continue;
		struct str slug = str_sub(n->link.url, 1, n->link.url.len);
		if (map_find(s->slugs, slug))
			continue;
		size_t count = map_count(s->slugs);
		struct str *slugs = NEW_ARRAY(s->reader.arena, struct str, count + 1);
		for (size_t i = 0; i < count; i++)
			slugs[i] = map_at(s->slugs, i)->key;
		struct str near = nearest(slugs, count, slug);
		diag_report_hint(s->reader.diags, DIAG_LINK_INVALID, n->place,
				 near.len ? str_format(s->reader.arena, "did you mean %.*s.md?",
						       STR_ARG(near))
					  : STR("only articles of this issue can be linked so"),
				 "%.*s.md is no article of this issue", STR_ARG(slug));
	}
}

static void article_links_check(struct issue *s, const struct article *a)
{
	links_check(s, a->first);
	for (size_t i = 0; i < a->note_count; i++)
		links_check(s, a->notes[i]->first);
}

/* ---- the whole ---- */

static void imprint_read(struct issue *s, const struct yaml *root)
{
	struct str name;
	if (!keys_text(&s->reader, root, "imprint", &name))
		return;
	s->document->imprint =
		article_read(&s->reader, &s->context, name, keys_place(root, "imprint"));
	if (s->document->imprint)
		slug_make_unique(s, s->document->imprint);
}

static void head_read(struct issue *s, const struct yaml *root)
{
	struct reader *r = &s->reader;
	struct document *d = s->document;
	struct str language = d->publication->language, date;
	keys_require(r, root, "number");
	keys_require(r, root, "date");
	keys_require(r, root, "title");
	d->number = words_from_keys(r, root, "number", language, true);
	d->title = words_from_keys(r, root, "title", language, true);
	d->number_place = keys_place(root, "number");
	d->title_place = keys_place(root, "title");
	d->subject = words_from_keys(r, root, "subject", language, false);
	d->preheader = words_from_keys(r, root, "preheader", language, false);
	d->lead = words_from_keys(r, root, "lead", language, false);
	d->summary = d->lead.len ? d->lead : d->preheader;
	d->at = inbox_places(root);
	inbox_words_finish(r, root, d->title, &d->subject, &d->preheader);
	if (keys_text(r, root, "date", &date) && !date_parse(date, &d->date))
		diag_report_hint(r->diags, DIAG_VALUE_INVALID, keys_place(root, "date"),
				 STR("write the date as 2026-03-17"), "date: %.*s", STR_ARG(date));
	if (d->date.year == 0)
		d->date = (struct date){ 1970, 1, 1 };
}

/* How it is bound this time; what the layout says besides stays. */
static void issue_press_read(struct issue *s, const struct yaml *root)
{
	static const struct str known[] = { PRODUCTION_KEYS };
	const struct yaml *press = keys_table(&s->reader, root, "press");
	KEYS_KNOWN(&s->reader, press, known);
	production_read(&s->reader, press, &s->document->press);
}

/* What issue.yaml says of itself. */
static void root_begin(struct issue *s)
{
	static const struct str known[] = {
		STR_INIT("number"),    STR_INIT("date"),   STR_INIT("title"), STR_INIT("subject"),
		STR_INIT("preheader"), STR_INIT("lead"),   STR_INIT("cover"), STR_INIT("contents"),
		STR_INIT("imprint"),   STR_INIT("layout"), STR_INIT("press"), STR_INIT("languages"),
	};
	struct reader *r = &s->reader;
	const struct yaml *root = s->root;
	KEYS_KNOWN(r, root, known);
	head_read(s, root);
	if (keys_text(r, root, "layout", &s->document->layout))
		s->document->layout_place = keys_place(root, "layout");
	issue_press_read(s, root);
}

/* ---- what is not named ---- */

/* By their last part: paths can be spelled in several ways, like ./01-start.md. */
static bool is_named(const struct document *d, struct str name)
{
	for (size_t i = 0; i < d->entry_count; i++)
		if (d->entries[i].article && str_ends(d->entries[i].article->file, name))
			return true;
	return d->imprint && str_ends(d->imprint->file, name);
}

/* A README has no front matter. */
static bool is_article(const char *path)
{
	char head[4];
	read_head(path, head, sizeof head);
	return memcmp(head, "---", 3) == 0 && head[3] && strchr(" \r\n", head[3]);
}

static void unlisted_tell(struct issue *s)
{
	struct reader *r = &s->reader;
	struct str folder = s->document->folder;
	size_t count;
	const struct str *names = folder_list(r->arena, str_c(r->arena, folder), &count);
	for (size_t i = 0; i < count; i++) {
		struct str name = str_format(r->arena, "/%.*s", STR_ARG(names[i]));
		struct str file = str_format(r->arena, "%.*s%.*s", STR_ARG(s->context.issue_name),
					     STR_ARG(name));
		if (str_ends(names[i], STR(".md")) && !is_named(s->document, name) &&
		    is_article(path_join(r->arena, folder, names[i])))
			diag_report_hint(r->diags, DIAG_ARTICLE_UNLISTED,
					 (struct place){ file, 1, 1 },
					 STR("name it in contents: of issue.yaml, or take it out "
					     "of the folder"),
					 "%.*s", STR_ARG(names[i]));
	}
}

/* What it names. */
static void root_finish(struct issue *s)
{
	struct reader *r = &s->reader;
	const struct yaml *root = s->root;
	keys_require(r, root, "contents");
	contents_read(s, keys_list(r, root, "contents"));
	imprint_read(s, root);
	cover_read(s, root);
	translations_read(r, s->document, keys_table(r, root, "languages"));
	for (size_t i = 0; i < s->document->entry_count; i++)
		if (s->document->entries[i].article)
			article_links_check(s, s->document->entries[i].article);
	if (s->document->imprint)
		article_links_check(s, s->document->imprint);
	unlisted_tell(s);
}

/* ---- typography ---- */

enum { HANDS = 4 };

struct typographing {
	const struct document *document;
	struct arena *arenas[HANDS];
	atomic_size_t next; /* entry */
};

static void typograph_some(void *context, size_t hand)
{
	struct typographing *t = context;
	size_t count = t->document->entry_count;
	for (size_t i = atomic_fetch_add(&t->next, 1); i <= count;
	     i = atomic_fetch_add(&t->next, 1)) {
		struct article *a =
			i < count ? t->document->entries[i].article : t->document->imprint;
		if (a)
			article_typograph(t->arenas[hand], a);
	}
}

/* A third of the reading, and it has nothing to report. */
static void articles_typograph(struct arena *a, const struct document *d)
{
	struct typographing t = { .document = d };
	size_t hands = d->entry_count + 1 < HANDS ? d->entry_count + 1 : HANDS;
	for (size_t i = 0; i < hands; i++)
		t.arenas[i] = arena_open();
	pool_run(hands, hands, typograph_some, &t);
	for (size_t i = 0; i < hands; i++)
		arena_join(a, t.arenas[i]);
}

/* The file issue.yaml of an issue; NULL (reported) when there is none, or it may not be
 * called so. */
static const char *issue_file(struct reader *r, const struct publication *p, struct str id)
{
	struct str folder = str_from(path_join(r->arena, p->root, STR("issues")));
	bool plain = id.len && id.ptr[0] != '.' && str_find(id, STR("/"), 0) == id.len;
	const char *path =
		str_format(r->arena, "%.*s/%.*s/issue.yaml", STR_ARG(folder), STR_ARG(id)).ptr;
	if (plain && !file_absent(path)) {
		struct str file = str_format(r->arena, "issues/%.*s/issue.yaml", STR_ARG(id));
		bool there = file_named(r, p->root, file, DIAG_ISSUE_MISSING,
					(struct place){ file, 0, 0 });
		return there && issue_name_check(r->arena, id, r->diags) ? path : NULL;
	}
	size_t count;
	const struct str *names = issue_list(r->arena, p, &count);
	diag_report_hint(r->diags, DIAG_ISSUE_MISSING, (struct place){ 0 },
			 did_you_mean_or_list(r->arena, names, count, id), "%.*s", STR_ARG(id));
	return NULL;
}

struct issue *document_begin(struct arena *a, const struct publication *p, struct str id,
			     struct diags *diags)
{
	struct issue *s = NEW(a, struct issue);
	s->reader = (struct reader){ a, diags };
	struct str spelled = issue_spelled(a, p, id);
	const char *path = issue_file(&s->reader, p, spelled);
	if (!path)
		return NULL;
	struct str name = str_format(a, "issues/%.*s", STR_ARG(spelled));
	struct str file = str_join(a, name, STR("/issue.yaml")), text;
	if (!text_read(&s->reader, path, file, SETTINGS_MAX, (struct place){ file, 0, 0 }, &text))
		return NULL;
	s->root = yaml_read(&s->reader, file, text, 1);
	if (!s->root)
		return NULL;
	struct document *d = NEW(a, struct document);
	d->publication = p;
	d->id = str_copy(a, issue_name(a, id));
	d->folder = str_from(path_join(a, p->root, name));
	d->layout = p->layout;
	d->layout_place = p->layout_place;
	d->place = (struct place){ file, 1, 1 };
	d->at = (struct head_places){ d->place, d->place, d->place, d->place };
	s->document = d;
	s->slugs = map_new(a);
	s->context = (struct article_context){ p, d->folder, name, { "", 0 } };
	if (s->root->kind == YAML_TABLE)
		root_begin(s);
	else
		keys_wrong_type(&s->reader, s->root, "a table of keys");
	return s;
}

struct document *issue_document(struct issue *s)
{
	return s->document;
}

void document_finish(struct issue *s)
{
	if (s->root->kind == YAML_TABLE)
		root_finish(s);
	articles_typograph(s->reader.arena, s->document);
}

struct document *document_read(struct arena *a, const struct publication *p, struct str id,
			       struct diags *d)
{
	struct issue *s = document_begin(a, p, id, d);
	if (!s)
		return NULL;
	document_finish(s);
	return s->document;
}
