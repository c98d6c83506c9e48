/* structure: the tree of elements as PDF objects.
 *
 * HOW IT WORKS. While pages are painted, every piece of marked content and every
 * link is noted with its element, in reading order. Afterwards the tree is
 * walked: elements with anything in them get objects; a CONTENT gives its pieces
 * to its parent, at its place among the parent's children. The parent tree leads
 * the other way, from page and MCID to the element. */
#include "pdf/structure.h"

struct piece {
	size_t page;
	int mcid; /* -1: an annotation */
	int annotation; /* its object */
	struct piece *next;
};

/* What is known of an element besides the noun. */
struct tag {
	struct piece *first, *last;
	bool used; /* it or something below it has pieces */
	int object; /* 0 until the tree is written */
	char letter; /* first byte of what it says; 0: nothing yet */
	bool has_box;
	size_t box_page;
	struct rect box;
};

struct owners {
	const struct element **list; /* by MCID */
	size_t count, capacity;
};

struct structure {
	struct arena *arena;
	const struct pages *pages;
	struct tag *tags; /* by number of the element */
	struct owners *owners; /* by page */
	const struct element **annotated; /* by StructParent less the count of pages */
	size_t annotated_count, annotated_capacity;
};

struct structure *structure_new(struct arena *a, const struct pages *p)
{
	struct structure *s = NEW(a, struct structure);
	s->arena = a;
	s->pages = p;
	s->tags = NEW_ARRAY(a, struct tag, p->element_count + 1);
	s->owners = NEW_ARRAY(a, struct owners, p->count + 1);
	return s;
}

static struct tag *tag_of(const struct structure *s, const struct element *e)
{
	return &s->tags[e->number];
}

const struct element *structure_owner(const struct element *e)
{
	while (e->role == ELEMENT_CONTENT)
		e = e->parent;
	return e;
}

static void add_piece(struct structure *s, const struct element *e, struct piece piece)
{
	struct tag *t = tag_of(s, e);
	struct piece *kept = NEW(s->arena, struct piece);
	*kept = piece;
	if (t->last)
		t->last->next = kept;
	else
		t->first = kept;
	t->last = kept;
	for (; e && !tag_of(s, e)->used; e = e->parent)
		tag_of(s, e)->used = true;
}

int structure_mark(struct structure *s, size_t page, const struct element *e)
{
	struct owners *o = &s->owners[page];
	int mcid = (int)o->count;
	PUSH(s->arena, o->list, o->count, o->capacity, structure_owner(e));
	add_piece(s, e, (struct piece){ .page = page, .mcid = mcid });
	return mcid;
}

int structure_annotation(struct structure *s, size_t page, const struct element *e, int annotation)
{
	PUSH(s->arena, s->annotated, s->annotated_count, s->annotated_capacity, structure_owner(e));
	add_piece(s, e, (struct piece){ .page = page, .mcid = -1, .annotation = annotation });
	return (int)(s->pages->count + s->annotated_count - 1);
}

void structure_note_text(struct structure *s, const struct element *e, struct str text)
{
	struct tag *t = tag_of(s, structure_owner(e));
	if (!t->letter && text.len)
		t->letter = text.ptr[0];
}

void structure_note_box(struct structure *s, const struct element *e, size_t page, struct rect box)
{
	struct tag *t = tag_of(s, structure_owner(e));
	if (!t->has_box) {
		t->has_box = true;
		t->box_page = page;
		t->box = box;
	} else if (t->box_page == page) {
		int right = t->box.x + t->box.width, bottom = t->box.y + t->box.height;
		int other_right = box.x + box.width, other_bottom = box.y + box.height;
		t->box.x = box.x < t->box.x ? box.x : t->box.x;
		t->box.y = box.y < t->box.y ? box.y : t->box.y;
		t->box.width = (right > other_right ? right : other_right) - t->box.x;
		t->box.height = (bottom > other_bottom ? bottom : other_bottom) - t->box.y;
	}
}

static void reserve(struct structure *s, struct making *m, const struct element *e)
{
	if (!tag_of(s, e)->used)
		return;
	if (e->role != ELEMENT_CONTENT)
		tag_of(s, e)->object = writer_reserve(m->writer);
	for (const struct element *child = e->first; child; child = child->next) {
		/* An empty cell holds its column's place (ISO 14289-1, 7.5). */
		if (e->role == ELEMENT_TABLE_ROW)
			tag_of(s, child)->used = true;
		reserve(s, m, child);
	}
}

/* The page of the first content that becomes e's own, which /Pg names. */
static const struct piece *first_content(const struct structure *s, const struct element *e)
{
	for (const struct piece *p = tag_of(s, e)->first; p; p = p->next)
		if (p->mcid >= 0)
			return p;
	for (const struct element *child = e->first; child; child = child->next) {
		const struct piece *p =
			child->role == ELEMENT_CONTENT ? first_content(s, child) : NULL;
		if (p)
			return p;
	}
	return NULL;
}

static void put_pieces(struct buf *b, const struct making *m, const struct piece *p,
		       const struct piece *home)
{
	for (; p; p = p->next) {
		int page = m->page_objects[p->page];
		if (p->mcid < 0)
			buf_format(b, "<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>", page, p->annotation);
		else if (p->page == home->page)
			buf_format(b, "%d ", p->mcid);
		else
			buf_format(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", page, p->mcid);
	}
}

static void put_kids(struct buf *b, const struct structure *s, const struct making *m,
		     const struct element *e, const struct piece *home)
{
	put_pieces(b, m, tag_of(s, e)->first, home);
	for (const struct element *child = e->first; child; child = child->next) {
		const struct tag *t = tag_of(s, child);
		if (!t->used)
			continue;
		if (child->role == ELEMENT_CONTENT) {
			put_kids(b, s, m, child, home);
		} else {
			put_reference(b, t->object);
			buf_put_byte(b, ' ');
		}
	}
}

static bool starts_row(const struct element *cell)
{
	return cell->parent && cell->parent->first == cell;
}

/* A header cell heads its row when it begins a row below the first that has other
 * cells than headers; else its column. */
static bool heads_row(const struct element *cell)
{
	const struct element *row = cell->parent;
	if (!starts_row(cell) || (row->parent && row->parent->first == row))
		return false;
	for (const struct element *other = cell->next; other; other = other->next)
		if (other->role == ELEMENT_TABLE_DATA)
			return true;
	return false;
}

static const char *numbering(const struct structure *s, const struct element *list)
{
	for (const struct element *item = list->first; item; item = item->next)
		for (const struct element *part = item->first; part; part = part->next)
			if (part->role == ELEMENT_LABEL) {
				char c = tag_of(s, part)->letter;
				return c >= '0' && c <= '9' ? "Decimal" : "Disc";
			}
	return "None";
}

/* Attributes that a role needs (ISO 32000-1, 14.8.5). */
static void put_attributes(struct buf *b, const struct structure *s, const struct making *m,
			   const struct element *e)
{
	const struct tag *t = tag_of(s, e);
	if (e->role == ELEMENT_TABLE_HEADER) {
		buf_format(b, "/A <</O /Table /Scope /%s>>\n", heads_row(e) ? "Row" : "Column");
	} else if (e->role == ELEMENT_LIST) {
		buf_format(b, "/A <</O /List /ListNumbering /%s>>\n", numbering(s, e));
	} else if (e->role == ELEMENT_FIGURE && t->has_box) {
		buf_put_c(b, "/A <</O /Layout /Placement /Block /BBox ");
		put_box(b, make_x(m, t->box.x), make_y(m, (int64_t)t->box.y + t->box.height),
			make_x(m, (int64_t)t->box.x + t->box.width), make_y(m, t->box.y));
		buf_put_c(b, ">>\n");
	} else if (e->role == ELEMENT_NOTE) {
		buf_format(b, "/ID (note-%d)\n", e->number);
	}
}

static void write_element(struct structure *s, struct making *m, const struct element *e,
			  int parent)
{
	const struct tag *t = tag_of(s, e);
	if (!t->used || e->role == ELEMENT_CONTENT)
		return;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	struct str role = element_role_name(e->role);
	buf_format(&b, "/Type /StructElem /S /%.*s /P %d 0 R\n", STR_ARG(role), parent);
	if (e->language.len) {
		buf_put_c(&b, "/Lang ");
		put_text(&b, e->language);
		buf_put_byte(&b, '\n');
	}
	if (e->alternative.len) {
		buf_put_c(&b, "/Alt ");
		put_text(&b, e->alternative);
		buf_put_byte(&b, '\n');
	}
	if (e->title.len) {
		buf_put_c(&b, "/T ");
		put_text(&b, e->title);
		buf_put_byte(&b, '\n');
	}
	put_attributes(&b, s, m, e);
	const struct piece *home = first_content(s, e);
	if (home)
		buf_format(&b, "/Pg %d 0 R ", m->page_objects[home->page]);
	buf_put_c(&b, "/K [");
	put_kids(&b, s, m, e, home);
	buf_put_byte(&b, ']');
	writer_fill(m->writer, t->object, put_settle(s->arena, &b));
	for (const struct element *child = e->first; child; child = child->next)
		write_element(s, m, child, t->object);
}

static int write_parent_tree(struct structure *s, struct making *m)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Nums [");
	for (size_t page = 0; page < s->pages->count; page++) {
		buf_format(&b, "%zu [", page);
		for (size_t i = 0; i < s->owners[page].count; i++) {
			put_reference(&b, tag_of(s, s->owners[page].list[i])->object);
			buf_put_byte(&b, ' ');
		}
		buf_put_c(&b, "]\n");
	}
	for (size_t i = 0; i < s->annotated_count; i++)
		buf_format(&b, "%zu %d 0 R\n", s->pages->count + i,
			   tag_of(s, s->annotated[i])->object);
	buf_put_byte(&b, ']');
	return writer_dictionary(m->writer, put_settle(s->arena, &b));
}

struct id {
	struct str key;
	int object;
};

static int compare_ids(const void *a, const void *b)
{
	return str_compare(((const struct id *)a)->key, ((const struct id *)b)->key);
}

/* The element after e in reading order, within root. */
static const struct element *following(const struct element *e, const struct element *root)
{
	if (e->first)
		return e->first;
	while (e != root && !e->next)
		e = e->parent;
	return e == root ? NULL : e->next;
}

/* Names of notes in the order of their bytes, as a name tree wants them. */
static void put_ids(struct buf *b, const struct structure *s)
{
	struct id *ids = NULL;
	size_t count = 0, capacity = 0;
	const struct element *root = s->pages->structure;
	for (const struct element *e = root; e; e = following(e, root)) {
		if (e->role != ELEMENT_NOTE || !tag_of(s, e)->used)
			continue;
		struct id id = { str_format(s->arena, "note-%d", e->number), tag_of(s, e)->object };
		PUSH(s->arena, ids, count, capacity, id);
	}
	if (!count)
		return;
	qsort(ids, count, sizeof *ids, compare_ids);
	buf_put_c(b, "/IDTree << /Names [");
	for (size_t i = 0; i < count; i++)
		buf_format(b, "(%.*s) %d 0 R ", STR_ARG(ids[i].key), ids[i].object);
	buf_put_c(b, "] >>\n");
}

int structure_write(struct structure *s, struct making *m)
{
	const struct element *root = s->pages->structure;
	int object = writer_reserve(m->writer);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Type /StructTreeRoot\n");
	if (root && tag_of(s, root)->used) {
		reserve(s, m, root);
		write_element(s, m, root, object);
		buf_format(&b, "/K [%d 0 R]\n", tag_of(s, root)->object);
		put_ids(&b, s);
	}
	buf_format(&b, "/ParentTree %d 0 R /ParentTreeNextKey %zu", write_parent_tree(s, m),
		   s->pages->count + s->annotated_count);
	writer_fill(m->writer, object, put_settle(s->arena, &b));
	return object;
}
