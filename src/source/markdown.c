/* Markdown: cmark-gfm's blocks become ours.
 *
 * HOW IT WORKS. mask.c hides what cmark does not know and keeps every byte's
 * place; cmark parses the whole body at once, so that footnotes and link
 * definitions reach everywhere; blocks_read walks cmark's tree, and where a
 * masked line of colons stands, opens or closes a directive among the siblings.
 * The road not taken: cutting the text at the colons and parsing the pieces,
 * which tears references from their definitions.
 *
 * Typography comes last, on our tree, block by block. */
#include "source/markdown.h"

#include "source/body.h"
#include "source/typograph.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

static int start_line(cmark_node *n)
{
	return cmark_node_get_start_line(n);
}

/* Where a block begins; cmark does not know it of a paragraph above a table. */
static size_t block_offset(struct body *b, cmark_node *n)
{
	size_t offset = b->at;
	if (start_line(n) > 0)
		offset = body_offset(b, start_line(n), cmark_node_get_start_column(n));
	if (start_line(n) <= 0 || offset < b->at) {
		offset = b->at;
		while (offset < b->source.len && strchr(" \t\n", b->source.ptr[offset]))
			offset++;
	}
	if (offset > b->at)
		b->at = offset;
	return offset;
}

static struct node *block_add(struct body *b, cmark_node *n, enum node_kind kind,
			      struct node *parent)
{
	return node_new(b->reader->arena, kind, body_place(b, block_offset(b, n)), parent);
}

/* ---- kinds of blocks ---- */

static void read_paragraph(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	if (figures_read(b, n, parent))
		return;
	struct node *p = block_add(b, n, NODE_PARAGRAPH, parent);
	inlines_read(b, n, p, depth);
	slips_in_paragraph(b, n);
	if (p->first && p->first->kind == NODE_TEXT && str_starts(p->first->text, STR(":::")))
		diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_STRAY, p->place,
				 STR("a line of colons begins at the start of its line"), "%s", "");
}

/* The level a heading is set in: below its parent's by one, whatever was typed. */
static int heading_level(struct body *b, int typed, struct place place)
{
	if (typed == 1) {
		diag_report_hint(b->reader->diags, DIAG_HEADING_TITLE, place, STR("write ##"), "%s",
				 "");
		typed = 2;
	}
	while (b->heading_count && b->headings[b->heading_count - 1].typed >= typed)
		b->heading_count--;
	int above = b->heading_count ? b->headings[b->heading_count - 1].typed : 1;
	int set = b->heading_count ? b->headings[b->heading_count - 1].set + 1 : 2;
	if (typed > above + 1 || set > 4)
		diag_report_hint(b->reader->diags, DIAG_HEADING_SKIPPED, place,
				 set > 4 ? STR("levels go from ## to ####")
					 : str_format(b->reader->arena, "write %.*s", above + 1,
						      "######"),
				 "level %d", typed);
	b->headings[b->heading_count].typed = typed;
	b->headings[b->heading_count++].set = set;
	return set > 4 ? 4 : set;
}

static void read_heading(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	struct node *h = block_add(b, n, NODE_HEADING, parent);
	h->level = heading_level(b, cmark_node_get_heading_level(n), h->place);
	inlines_read(b, n, h, depth);
	slips_in_heading(b, n);
}

static void read_list(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	struct node *list = block_add(b, n, NODE_LIST, parent);
	list->list.ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	list->list.tight = cmark_node_get_list_tight(n) != 0;
	list->list.start = cmark_node_get_list_start(n);
	blocks_read(b, cmark_node_first_child(n), list, depth + 1);
}

static void read_item(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	struct node *item = block_add(b, n, NODE_ITEM, parent);
	blocks_read(b, cmark_node_first_child(n), item, depth + 1);
}

static void read_quote(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	struct node *quote = block_add(b, n, NODE_QUOTE, parent);
	blocks_read(b, cmark_node_first_child(n), quote, depth + 1);
}

static void read_rule(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	(void)depth;
	block_add(b, n, NODE_RULE, parent);
}

/* Lines of colons in code were masked like all others: their own text back. A
 * line of code is the end of its line in the file, less the indentation. The
 * result is the line behind. */
static int code_restore(struct body *b, char *code, size_t len, int line)
{
	size_t start = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && code[i] != '\n')
			continue;
		struct directive_line *d = directive_line_find(b, line);
		struct note_definition *note = note_definition_find(b, line);
		if (note)
			note->in_code = true;
		size_t at = start;
		while (d && at < i && code[at] != '<')
			at++;
		if (d && at < i) {
			memcpy(code + at, b->source.ptr + d->offset, i - at);
			d->seen = true;
		}
		line++;
		start = i + 1;
	}
	return line;
}

static void read_code(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	(void)depth;
	struct node *code = block_add(b, n, NODE_CODE_BLOCK, parent);
	struct str text = unmasked(b->reader->arena, literal_of(n));
	if (str_ends(text, STR("\n")))
		text.len--;
	int length, offset;
	char character;
	bool fenced = cmark_node_get_fenced(n, &length, &offset, &character) != 0;
	char *copy = str_c(b->reader->arena, text);
	if (!fenced)
		slips_in_code(b, n);
	int behind = code_restore(b, copy, text.len, start_line(n) + fenced);
	code->text = (struct str){ copy, text.len };
	size_t end = body_offset(b, behind, 1);
	if (end > b->at)
		b->at = end;
}

static void read_html(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	(void)parent;
	(void)depth;
	struct str html = unmasked(b->reader->arena, literal_of(n));
	raw_html_report(b, html, body_place(b, block_offset(b, n)));
	b->at += str_trim(html).len;
	if (b->at > b->source.len)
		b->at = b->source.len;
}

/* ---- tables ---- */

static enum alignment alignment_of(uint8_t letter)
{
	return letter == 'l'   ? ALIGN_LEFT
	       : letter == 'c' ? ALIGN_CENTRE
	       : letter == 'r' ? ALIGN_RIGHT
			       : ALIGN_DEFAULT;
}

int cells_typed(struct str line)
{
	int cells = 1;
	line = str_trim(line);
	if (str_starts(line, STR("|")))
		line = str_sub(line, 1, line.len);
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\\')
			i++;
		else if (line.ptr[i] == '|' && i + 1 < line.len)
			cells++;
	}
	return cells;
}

/* cmark drops cells beyond the header's without a word. */
static void row_check(struct body *b, cmark_node *n, const struct node *row,
		      const struct node *table)
{
	size_t start = body_offset(b, start_line(n), cmark_node_get_start_column(n));
	struct str rest = str_sub((struct str){ b->masked, b->source.len }, start, b->source.len);
	struct str line = str_sub(rest, 0, str_find(rest, STR("\n"), 0));
	int cells = cells_typed(line);
	if (row != table->first && cells > table->table.columns)
		diag_report_hint(b->reader->diags, DIAG_TABLE_ROW, row->place,
				 STR("write \\| for a bar within a cell, also in code"),
				 "%d cells, the header has %d", cells, table->table.columns);
}

static void read_row(struct body *b, cmark_node *n, struct node *table, int depth)
{
	struct node *row = block_add(b, n, NODE_ROW, table);
	row_check(b, n, row, table);
	for (cmark_node *c = cmark_node_first_child(n); c; c = cmark_node_next(c)) {
		struct node *cell = block_add(b, c, NODE_CELL, row);
		inlines_read(b, c, cell, depth);
	}
}

static void read_table(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	struct node *table = block_add(b, n, NODE_TABLE, parent);
	const uint8_t *letters = cmark_gfm_extensions_get_table_alignments(n);
	table->table.columns = cmark_gfm_extensions_get_table_columns(n);
	table->table.alignments = NEW_ARRAY(b->reader->arena, enum alignment, table->table.columns);
	for (int i = 0; i < table->table.columns; i++)
		table->table.alignments[i] = alignment_of(letters[i]);
	for (cmark_node *row = cmark_node_first_child(n); row; row = cmark_node_next(row))
		read_row(b, row, table, depth);
	bool named = false;
	for (struct node *cell = table->first ? table->first->first : NULL; cell; cell = cell->next)
		named |= cell->first != NULL;
	if (!named)
		diag_report(b->reader->diags, DIAG_TABLE_HEADER, table->place, "%s", "");
}

/* ---- all blocks ---- */

static const struct {
	const char *type; /* cmark's name */
	void (*read)(struct body *b, cmark_node *n, struct node *parent, int depth);
} kinds[] = {
	{ "paragraph", read_paragraph }, { "heading", read_heading },   { "list", read_list },
	{ "item", read_item },           { "block_quote", read_quote }, { "code_block", read_code },
	{ "thematic_break", read_rule }, { "html_block", read_html },   { "table", read_table },
};

static void block_read(struct body *b, cmark_node *n, struct node *parent, int depth)
{
	const char *type = cmark_node_get_type_string(n);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].type, type) == 0) {
			kinds[i].read(b, n, parent, depth);
			return;
		}
	}
}

/* Directives open among one list of siblings. */
struct open_directives {
	struct {
		struct node *node;
		int colons;
	} list[NESTING_MAX];
	size_t count;
};

static void left_open(struct body *b, struct node *n, int colons)
{
	diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_OPEN, n->place,
			 str_format(b->reader->arena, "write a line of %d colons where it ends",
				    colons),
			 "%s", node_kind_name(n->kind));
	if (n->first)
		directive_finish(b, n);
}

/* The innermost with as many colons closes, and those within it were left open;
 * when there is none, the innermost closes. */
static void close_one(struct body *b, struct open_directives *open,
		      const struct directive_line *line)
{
	if (open->count == 0) {
		diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_STRAY, line->place,
				 STR("delete the line, or indent it like the line that opens"),
				 "%s", "");
		return;
	}
	size_t match = open->count;
	while (match > 0 && open->list[match - 1].colons != line->colons)
		match--;
	if (match == 0)
		match = open->count;
	while (open->count > match) {
		open->count--;
		left_open(b, open->list[open->count].node, open->list[open->count].colons);
	}
	directive_finish(b, open->list[--open->count].node);
}

static struct node *innermost(const struct open_directives *open, struct node *parent)
{
	return open->count ? open->list[open->count - 1].node : parent;
}

static void directive_line_act(struct body *b, struct open_directives *open,
			       struct directive_line *line, struct node *parent)
{
	line->seen = true;
	if (line->closes) {
		close_one(b, open, line);
		return;
	}
	if (open->count == NESTING_MAX) {
		nesting_report(b, line->place);
		return;
	}
	struct node *n = directive_open(b, line, innermost(open, parent));
	if (line->closes_itself) {
		directive_finish(b, n);
		return;
	}
	open->list[open->count].node = n;
	open->list[open->count++].colons = line->colons;
}

void blocks_read(struct body *b, cmark_node *first, struct node *parent, int depth)
{
	struct open_directives open = { .count = 0 };
	if (depth > NESTING_MAX) {
		nesting_report(b, parent->place);
		return;
	}
	for (cmark_node *n = first; n; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		struct directive_line *line = NULL;
		if (cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK)
			line = directive_line_find(b, start_line(n));
		if (line)
			directive_line_act(b, &open, line, parent);
		else
			block_read(b, n, innermost(&open, parent), depth + (int)open.count);
	}
	while (open.count > 0) {
		open.count--;
		left_open(b, open.list[open.count].node, open.list[open.count].colons);
	}
}

/* ---- footnotes ---- */

/* cmark gathers the definitions that are referred to at the end, in order of
 * first reference. Their nodes must exist before the references are read. */
static void notes_prepare(struct body *b, cmark_node *root)
{
	size_t capacity = 0;
	for (cmark_node *n = cmark_node_first_child(root); n; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) != CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		struct node *note = NEW(b->reader->arena, struct node);
		note->kind = NODE_NOTE;
		note->note.number = (int)b->note_count + 1;
		struct note_definition *d = note_definition_find(b, start_line(n));
		if (d) {
			d->used = true;
			note->note.label = d->label;
			note->place = d->place;
		} else {
			note->place = body_place(b, body_offset(b, start_line(n), 1));
		}
		PUSH(b->reader->arena, b->notes, b->note_count, capacity, note);
	}
}

static void notes_read(struct body *b, cmark_node *root)
{
	size_t number = 0;
	for (cmark_node *n = cmark_node_first_child(root); n; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) != CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		b->at = body_offset(b, start_line(n), cmark_node_get_start_column(n));
		blocks_read(b, cmark_node_first_child(n), b->notes[number++], 1);
	}
}

static void notes_check(struct body *b)
{
	struct map *seen = map_new(b->reader->arena);
	for (size_t i = 0; i < b->definition_count; i++) {
		struct note_definition *d = &b->definitions[i];
		if (d->in_code)
			continue;
		const struct note_definition *twin = map_find(seen, d->label);
		if (twin)
			diag_report_hint(b->reader->diags, DIAG_NOTE_DUPLICATE, d->place,
					 str_format(b->reader->arena,
						    "it is defined in line %d already",
						    twin->place.line),
					 "%.*s", STR_ARG(d->label));
		else if (!d->used)
			diag_report_hint(b->reader->diags, DIAG_NOTE_UNUSED, d->place,
					 str_format(b->reader->arena,
						    "write [^%.*s] where it belongs",
						    STR_ARG(d->label)),
					 "%.*s", STR_ARG(d->label));
		if (!twin)
			map_put(seen, d->label, d);
	}
}

/* Lines of colons that cmark took for something else. */
static void directives_check(struct body *b)
{
	for (size_t i = 0; i < b->directive_count; i++)
		if (!b->directives[i].seen)
			diag_report_hint(b->reader->diags, DIAG_DIRECTIVE_STRAY,
					 b->directives[i].place,
					 STR("leave a line empty before it, and begin it at the "
					     "margin"),
					 "%s", "it is part of the text above it");
}

/* ---- the whole ---- */

static cmark_node *parse(const struct body *b)
{
	static const char *const extensions[] = { "table", "strikethrough", "autolink" };
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		cmark_parser_attach_syntax_extension(parser,
						     cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, b->masked, b->source.len);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

void markdown_read(struct reader *r, struct article *article, struct str folder, struct str text,
		   int first_line)
{
	struct body b = { .reader = r,
			  .article = article,
			  .folder = folder,
			  .file = article->file,
			  .source = text,
			  .first_line = first_line };
	body_mask(&b);
	if (b.refused)
		return;
	cmark_node *root = parse(&b);
	struct node top = { .kind = NODE_BOX, .place = { b.file, first_line, 1 } };
	notes_prepare(&b, root);
	blocks_read(&b, cmark_node_first_child(root), &top, 1);
	notes_read(&b, root);
	cmark_node_free(root);
	notes_check(&b);
	directives_check(&b);
	for (struct node *n = top.first; n; n = n->next)
		n->parent = NULL;
	article->first = top.first;
	article->last = top.last;
	article->notes = b.notes;
	article->note_count = b.note_count;
}
