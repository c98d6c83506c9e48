#include "pdf/link.h"

#include "base/map.h"
#include "pdf/structure.h"

#include <assert.h>

struct map *destinations_index(struct arena *a, const struct pages *p)
{
	struct map *names = map_new(a);
	for (size_t i = 0; i < p->destination_count; i++)
		map_put(names, p->destinations[i].name, &p->destinations[i]);
	return names;
}

int link_write(struct making *m, size_t page, const struct item *item)
{
	struct str url = item->link.url;
	if (!m->structure || (!url.len && !map_find(m->destinations, item->link.destination)))
		return 0;
	assert(item->element); /* a link without a Link is nothing one can follow by ear */
	int object = writer_reserve(m->writer);
	int key = structure_annotation(m->structure, page, item->element, object);
	struct rect r = item->link.rect;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	/* F 4: printed (PDF/A-2, 6.3.2); no border. */
	buf_format(&b,
		   "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /StructParent %d /P %d 0 R\n",
		   key, m->page_objects[page]);
	buf_put_c(&b, "/Rect ");
	put_box(&b, make_x(m, r.x), make_y(m, (int64_t)r.y + r.height),
		make_x(m, (int64_t)r.x + r.width), make_y(m, r.y));
	buf_put_c(&b, "\n/Contents ");
	put_text(&b, item->link.contents.len ? item->link.contents
		     : url.len               ? url
					     : item->link.destination);
	if (url.len) {
		buf_put_c(&b, "\n/A << /S /URI /URI ");
		put_literal(&b, url);
		buf_put_c(&b, " >>");
	} else {
		buf_put_c(&b, "\n/Dest ");
		put_literal(&b, item->link.destination);
	}
	writer_fill(m->writer, object, put_settle(m->arena, &b));
	return object;
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(((const struct destination *)a)->name,
			   ((const struct destination *)b)->name);
}

int destinations_write(struct making *m)
{
	size_t count = m->pages->destination_count;
	if (!count)
		return 0;
	struct destination *sorted = NEW_ARRAY(m->arena, struct destination, count);
	memcpy(sorted, m->pages->destinations, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_names);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Names [");
	for (size_t i = 0; i < count; i++) {
		if (i && str_equal(sorted[i].name, sorted[i - 1].name))
			continue;
		put_literal(&b, sorted[i].name);
		buf_format(&b, " [%d 0 R /XYZ null ", m->page_objects[sorted[i].page]);
		put_milli(&b, make_y(m, sorted[i].y));
		buf_put_c(&b, " null]\n");
	}
	buf_put_byte(&b, ']');
	return writer_dictionary(m->writer, put_settle(m->arena, &b));
}

struct entry_tree {
	int object, parent, previous, next, first, last; /* indices; -1: none */
	int children;
};

/* Who stands below whom: a bookmark's parent is the last one before it of a
 * lower level. */
static struct entry_tree *arrange(struct making *m, int *first, int *last)
{
	const struct bookmark *marks = m->pages->bookmarks;
	int count = (int)m->pages->bookmark_count;
	struct entry_tree *t = NEW_ARRAY(m->arena, struct entry_tree, count);
	*first = *last = -1;
	for (int i = 0; i < count; i++) {
		t[i] = (struct entry_tree){ writer_reserve(m->writer), i - 1, -1, -1, -1, -1, 0 };
		while (t[i].parent >= 0 && marks[t[i].parent].level >= marks[i].level)
			t[i].parent = t[t[i].parent].parent;
		int *head = t[i].parent < 0 ? first : &t[t[i].parent].first;
		int *tail = t[i].parent < 0 ? last : &t[t[i].parent].last;
		t[i].previous = *tail;
		if (*tail >= 0)
			t[*tail].next = i;
		else
			*head = i;
		*tail = i;
		if (t[i].parent >= 0)
			t[t[i].parent].children++;
	}
	return t;
}

static void put_relative(struct buf *b, const char *key, const struct entry_tree *t, int index)
{
	if (index >= 0)
		buf_format(b, " /%s %d 0 R", key, t[index].object);
}

int outline_write(struct making *m)
{
	if (!m->pages->bookmark_count)
		return 0;
	int first, last, top = 0;
	struct entry_tree *t = arrange(m, &first, &last);
	int root = writer_reserve(m->writer);
	for (size_t i = 0; i < m->pages->bookmark_count; i++) {
		struct buf b;
		buf_init(&b, PUT_CEILING);
		buf_put_c(&b, "/Title ");
		put_text(&b, m->pages->bookmarks[i].title);
		buf_format(&b, " /Parent %d 0 R", t[i].parent < 0 ? root : t[t[i].parent].object);
		put_relative(&b, "Prev", t, t[i].previous);
		put_relative(&b, "Next", t, t[i].next);
		put_relative(&b, "First", t, t[i].first);
		put_relative(&b, "Last", t, t[i].last);
		if (t[i].children)
			buf_format(&b, " /Count %d", -t[i].children); /* closed */
		if (map_find(m->destinations, m->pages->bookmarks[i].destination)) {
			buf_put_c(&b, " /Dest ");
			put_literal(&b, m->pages->bookmarks[i].destination);
		}
		writer_fill(m->writer, t[i].object, put_settle(m->arena, &b));
		top += t[i].parent < 0;
	}
	struct str entries =
		str_format(m->arena, "/Type /Outlines /First %d 0 R /Last %d 0 R /Count %d",
			   t[first].object, t[last].object, top);
	writer_fill(m->writer, root, entries);
	return root;
}
