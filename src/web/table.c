/* Tables. Where a telephone has no room for the columns of one, the style sheet sets each
 * row as a block of its own: its first cell above, the others below with the name of their
 * column before them, as large print does. To those who listen it stays a table: browsers of
 * today keep that whatever its parts are displayed as, and HTML forbids to say it twice. */
#include "model/pixels.h"
#include "web/site.h"

enum {
	/* CSS pixels; as style.c has them. */
	TELEPHONE = 320 - 2 * 23, /* the narrowest screen without its edges */
	BOX_INSET = 29,
	GAP = 15,
	COMFORT = 96, /* words in a narrower column are a tower */
};

static const struct node *first_of(const struct node *parent)
{
	return node_first_shown(parent->first, EDITION_WEB, STR(""));
}

static const struct node *after(const struct node *n)
{
	return node_next_shown(n, EDITION_WEB, STR(""));
}

/* About as wide as its longest word, or as it is comfortable. */
static int least_width(const struct node *cell)
{
	struct buf text;
	buf_init(&text, PAGE_CEILING);
	node_put_text(&text, cell, EDITION_WEB, STR(""));
	int whole = pixels_of(buf_str(&text)), longest = pixels_of_longest(buf_str(&text));
	int comfort = whole < COMFORT ? whole : COMFORT;
	buf_release(&text);
	return longest > comfort ? longest : comfort;
}

static int room_for(const struct node *n)
{
	int room = TELEPHONE;
	for (; n; n = n->parent)
		room -= n->kind == NODE_BOX ? 2 * BOX_INSET : 0;
	return room;
}

/* Whether the columns would not stand side by side on a telephone. */
static bool is_wide(struct site *s, const struct node *table)
{
	int columns = table->table.columns, together = 0;
	if (columns < 2)
		return false;
	int *widths = NEW_ARRAY(s->arena, int, columns);
	for (const struct node *row = first_of(table); row; row = after(row)) {
		int column = 0;
		for (const struct node *c = first_of(row); c && column < columns;
		     c = after(c), column++) {
			int width = least_width(c);
			widths[column] = width > widths[column] ? width : widths[column];
		}
	}
	for (int i = 0; i < columns; i++)
		together += widths[i] + (i ? GAP : 0);
	return together > room_for(table);
}

/* The name of a column, for the cells below; none of the first: it leads its row. */
static void put_label(struct page_writer *p, const struct node *table, int column)
{
	const struct node *name = first_of(first_of(table));
	struct buf words;
	if (column == 0)
		return;
	for (int i = 0; name && i < column; i++)
		name = after(name);
	if (!name || !first_of(name))
		return;
	buf_init(&words, PAGE_CEILING);
	node_put_text(&words, name, EDITION_WEB, STR(""));
	static const struct str ends[] = { STR_INIT("…"), STR_INIT(":"), STR_INIT("?"),
					   STR_INIT("!") };
	bool ended = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		ended = ended || str_ends(buf_str(&words), ends[i]);
	HTML(&p->out, " data-label=\"$@\"", buf_str(&words), ended ? STR("") : STR(":"));
	buf_release(&words);
}

struct row {
	const struct node *table, *node;
	bool head, stacks;
};

static void put_cell(struct page_writer *p, const struct row *row, const struct node *cell,
		     int column, bool header)
{
	static const char *const classes[] = {
		[ALIGN_DEFAULT] = "",
		[ALIGN_LEFT] = "",
		[ALIGN_CENTRE] = " class=\"centre\"",
		[ALIGN_RIGHT] = " class=\"right\"",
	};
	struct buf *b = &p->out;
	const struct node *table = row->table;
	bool aligned = column < table->table.columns && table->table.alignments;
	buf_put_c(b, !header ? "<td" : row->head ? "<th scope=\"col\"" : "<th scope=\"row\"");
	buf_put_c(b, classes[aligned ? table->table.alignments[column] : ALIGN_DEFAULT]);
	if (row->stacks && !row->head)
		put_label(p, table, column);
	buf_put_byte(b, '>');
	page_put_inlines(p, cell);
	buf_put_c(b, header ? "</th>" : "</td>");
}

static void put_row(struct page_writer *p, const struct row *row)
{
	const bool heads_rows = !row->head && table_heads_rows(row->table);
	int column = 0;
	buf_put_c(&p->out, "<tr>");
	for (const struct node *c = first_of(row->node); c; c = after(c), column++) {
		/* A header without words would be read out as one. */
		bool header = (row->head || (heads_rows && column == 0)) && first_of(c);
		put_cell(p, row, c, column, header);
	}
	buf_put_c(&p->out, "</tr>\n");
}

/* A table that is wider than its frame scrolls in it, also by keyboard. */
void page_put_table(struct page_writer *p, const struct node *table)
{
	struct buf *b = &p->out;
	struct row row = { .table = table, .node = first_of(table), .head = true };
	if (!row.node)
		return;
	row.stacks = is_wide(p->site, table);
	HTML(b, "<div class=\"table@\" role=\"group\" tabindex=\"0\" aria-label=\"$\">\n<table",
	     row.stacks ? STR(" stacks") : STR(""), word(WORD_TABLE, p->site->language));
	page_put_language(p, table->language);
	buf_put_c(b, ">\n<thead>\n");
	put_row(p, &row);
	const struct node *rows = after(row.node);
	row.head = false;
	buf_put_c(b, rows ? "</thead>\n<tbody>\n" : "</thead>\n");
	for (row.node = rows; row.node; row.node = after(row.node))
		put_row(p, &row);
	buf_put_c(b, rows ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n");
}
