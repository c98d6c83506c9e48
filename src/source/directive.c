/* Our few extensions to Markdown, one row each: what a directive is called, what
 * it becomes, which attributes it takes, and what must hold once it is whole. */
#include "source/body.h"
#include "source/nearest.h"

struct directive {
	struct str name;
	enum node_kind kind;
	struct str keys[3]; /* attributes and words it takes, besides lang */
	void (*begin)(struct body *b, struct node *n, const struct attributes *attributes);
	void (*finish)(struct body *b, struct node *n);
};

static void wrong_content(struct body *b, const struct node *n, struct str hint)
{
	diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_CONTENT, n->place, hint, "%s",
			 node_kind_name(n->kind));
}

static void need_content(struct body *b, struct node *n)
{
	if (!n->first)
		wrong_content(b, n, STR("write text between the lines of colons"));
}

/* ---- box ---- */

static void begin_box(struct body *b, struct node *n, const struct attributes *attributes)
{
	(void)b;
	const struct str *title = attributes_find(attributes, STR("title"));
	n->title = title ? *title : STR("");
}

/* ---- only ---- */

/* Words between blanks, commas or semicolons. */
static bool next_word(struct str *rest, const char *separators, struct str *word)
{
	while (rest->len && strchr(separators, rest->ptr[0]))
		*rest = str_sub(*rest, 1, rest->len);
	size_t n = 0;
	while (n < rest->len && !strchr(separators, rest->ptr[n]))
		n++;
	*word = str_trim(str_sub(*rest, 0, n));
	*rest = str_sub(*rest, n, rest->len);
	return n > 0;
}

static void only_editions(struct body *b, struct node *n, const struct attributes *attributes)
{
	const struct str *value = attributes_find(attributes, STR("edition"));
	struct str rest = value ? *value : STR(""), word;
	unsigned set = 0;
	while (next_word(&rest, " ,;", &word)) {
		enum edition e = edition_from(word);
		if (!e)
			diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID,
					 attributes->place,
					 did_you_mean_or_list(b->reader->arena, edition_names,
							      EDITION_COUNT, word),
					 "edition %.*s", STR_ARG(word));
		set |= e;
	}
	n->only.editions = set ? (enum edition)set : EDITION_ALL;
}

static void begin_only(struct body *b, struct node *n, const struct attributes *attributes)
{
	const struct str *regions = attributes_find(attributes, STR("region"));
	only_editions(b, n, attributes);
	struct str rest = regions ? *regions : STR(""), word;
	size_t capacity = 0;
	while (next_word(&rest, ",;", &word))
		PUSH(b->reader->arena, n->only.regions, n->only.region_count, capacity, word);
	if (attributes->count == 0)
		diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, n->place,
				 STR("write ::: only {edition=\"web email\"} or "
				     "::: only {region=\"śląskie\"}"),
				 "only needs an edition or a region");
}

/* ---- break ---- */

static void begin_break(struct body *b, struct node *n, const struct attributes *attributes)
{
	n->page = attributes_have_word(attributes, STR("page"));
	if (!n->page && !attributes_have_word(attributes, STR("column")))
		diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, n->place,
				 STR("write ::: break {page} or ::: break {column}"),
				 "break needs page or column");
}

static void finish_break(struct body *b, struct node *n)
{
	if (n->first)
		wrong_content(b, n, STR("close it in the next line, before the text goes on"));
}

/* ---- gallery ---- */

static void finish_gallery(struct body *b, struct node *n)
{
	size_t figures = 0;
	for (const struct node *c = n->first; c; c = c->next) {
		figures += c->kind == NODE_FIGURE;
		if (c->kind != NODE_FIGURE)
			wrong_content(b, c,
				      STR("a gallery holds pictures alone; text goes before "
					  "or after it"));
	}
	if (figures == 0)
		wrong_content(b, n, STR("put pictures into it: ![what it shows](images/name.jpg)"));
}

/* ---- button ---- */

static bool is_blank_text(const struct node *n)
{
	return n->kind == NODE_TEXT && str_trim(n->text).len == 0;
}

static void begin_button(struct body *b, struct node *n, const struct attributes *attributes)
{
	(void)b;
	n->qr = attributes_have_word(attributes, STR("qr"));
}

static void finish_button(struct body *b, struct node *n)
{
	size_t links = 0;
	bool others = !n->first || n->first->next || n->first->kind != NODE_PARAGRAPH;
	for (const struct node *c = others ? NULL : n->first->first; c; c = c->next) {
		links += c->kind == NODE_LINK;
		if (c->kind == NODE_LINK && n->qr && str_starts(c->link.url, STR("#")))
			diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, n->place,
					 STR("a code leads out of the issue: write a web address, "
					     "or leave qr out"),
					 "qr");
		others |= c->kind != NODE_LINK && !is_blank_text(c);
	}
	if (links != 1 || others)
		wrong_content(b, n, STR("a button holds one link: [text](https://address)"));
}

/* ---- questions and answers ---- */

/* The STRONG that a paragraph consists of, or NULL. */
static struct node *wholly_bold(const struct node *paragraph)
{
	struct node *strong = NULL;
	for (struct node *c = paragraph->first; c; c = c->next) {
		if (c->kind == NODE_STRONG && !strong)
			strong = c;
		else if (!is_blank_text(c))
			return NULL;
	}
	return strong;
}

static struct node *copy_below(struct body *b, enum node_kind kind, const struct node *like,
			       struct node *parent)
{
	return node_new(b->reader->arena, kind, like->place, parent);
}

/* Bold paragraphs become questions, everything else their answers. The bold
 * itself goes: how a question looks is the layout's affair. */
static void finish_qa(struct body *b, struct node *n)
{
	struct node *child = n->first, *group = NULL;
	n->first = n->last = NULL;
	bool asked = false;
	while (child) {
		struct node *next = child->next;
		struct node *strong = child->kind == NODE_PARAGRAPH ? wholly_bold(child) : NULL;
		enum node_kind kind = strong ? NODE_QUESTION : NODE_ANSWER;
		if (!group || group->kind != kind)
			group = copy_below(b, kind, child, n);
		if (strong) {
			asked = true;
			child->first = strong->first;
			child->last = strong->last;
			for (struct node *i = child->first; i; i = i->next)
				i->parent = child;
		}
		node_append(group, child);
		child = next;
	}
	if (!asked)
		wrong_content(b, n,
			      STR("make each question a paragraph of its own, wholly **bold**"));
}

/* ---- the table ---- */

static const struct directive directives[] = {
	{ STR_INIT("pullquote"), NODE_PULLQUOTE, { { 0 } }, NULL, need_content },
	{ STR_INIT("box"), NODE_BOX, { STR_INIT("title") }, begin_box, need_content },
	{ STR_INIT("gallery"), NODE_GALLERY, { { 0 } }, NULL, finish_gallery },
	{ STR_INIT("contact"), NODE_CONTACT, { { 0 } }, NULL, need_content },
	{ STR_INIT("button"), NODE_BUTTON, { STR_INIT("qr") }, begin_button, finish_button },
	{ STR_INIT("qa"), NODE_QA, { { 0 } }, NULL, finish_qa },
	{ STR_INIT("only"),
	  NODE_ONLY,
	  { STR_INIT("edition"), STR_INIT("region") },
	  begin_only,
	  need_content },
	{ STR_INIT("break"),
	  NODE_BREAK,
	  { STR_INIT("page"), STR_INIT("column") },
	  begin_break,
	  finish_break },
};

enum { DIRECTIVES = sizeof directives / sizeof *directives };

static const struct directive *directive_named(struct str name)
{
	for (size_t i = 0; i < DIRECTIVES; i++)
		if (str_equal(directives[i].name, name))
			return &directives[i];
	return NULL;
}

bool directive_is_known(struct str name)
{
	return directive_named(name) != NULL;
}

/* A box stands in for what is not known: its text is still read. */
static const struct directive *directive_or_box(struct body *b, const struct directive_line *line)
{
	const struct directive *found = directive_named(line->name);
	if (found)
		return found;
	struct str names[DIRECTIVES];
	for (size_t i = 0; i < DIRECTIVES; i++)
		names[i] = directives[i].name;
	diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_UNKNOWN, line->place,
			 did_you_mean_or_list(b->reader->arena, names, DIRECTIVES, line->name),
			 "%.*s", STR_ARG(line->name));
	return NULL;
}

static void attributes_begin_node(struct body *b, const struct directive *row,
				  const struct directive_line *line, struct node *n)
{
	struct str keys[4] = { STR_INIT("lang") };
	size_t count = 1;
	for (size_t i = 0; i < 3 && row->keys[i].len; i++)
		keys[count++] = row->keys[i];
	struct attributes attributes = { .place = line->place };
	bool braced = line->attributes.len == 0 || str_ends(line->attributes, STR("}"));
	if (!braced)
		diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, line->place,
				 STR("write attributes in braces: ::: box {title=\"…\"}"), "%.*s",
				 STR_ARG(line->attributes));
	else
		attributes_read(b->reader, line->attributes, line->place, &attributes);
	attributes_known(b->reader, &attributes, keys, count);
	attributes_language(b->reader, &attributes, &n->language);
	if (row->begin && (braced || row->kind == NODE_ONLY))
		row->begin(b, n, &attributes);
}

struct node *directive_open(struct body *b, const struct directive_line *line, struct node *parent)
{
	const struct directive *row = directive_or_box(b, line);
	enum node_kind kind = row ? row->kind : NODE_BOX;
	struct node *n = node_new(b->reader->arena, kind, line->place, parent);
	if (row)
		attributes_begin_node(b, row, line, n);
	return n;
}

void directive_finish(struct body *b, struct node *n)
{
	for (size_t i = 0; i < DIRECTIVES; i++)
		if (directives[i].kind == n->kind && directives[i].finish)
			directives[i].finish(b, n);
}
