#include "model/page.h"

#include "base/arena.h"

struct element *element_new(struct arena *a, struct pages *p, enum element_role role,
			    struct element *parent)
{
	struct element *e = NEW(a, struct element);
	e->role = role;
	e->number = ++p->element_count;
	if (parent)
		element_adopt(parent, e);
	return e;
}

void element_adopt(struct element *parent, struct element *e)
{
	e->parent = parent;
	if (parent->last)
		parent->last->next = e;
	else
		parent->first = e;
	parent->last = e;
}

void element_follow(struct element *before, struct element *e)
{
	e->parent = before->parent;
	e->next = before->next;
	before->next = e;
	if (e->parent->last == before)
		e->parent->last = e;
}

struct str element_role_name(enum element_role r)
{
	static const struct str names[] = {
#define ELEMENT_ROLE(name, text) STR_INIT(text),
		ELEMENT_ROLES(ELEMENT_ROLE)
#undef ELEMENT_ROLE
	};
	return names[r];
}

struct item *page_add(struct arena *a, struct page *p, enum item_kind kind)
{
	struct item item = { .kind = kind };
	PUSH(a, p->items, p->item_count, p->item_capacity, item);
	return &p->items[p->item_count - 1];
}

struct rect item_shape_bounds(const struct item *i)
{
	int left = INT32_MAX, top = INT32_MAX, right = INT32_MIN, bottom = INT32_MIN;
	for (size_t n = 0; n < i->shape.count; n++) {
		struct rect r = i->shape.parts[n].rect;
		left = r.x < left ? r.x : left;
		top = r.y < top ? r.y : top;
		right = r.x + r.width > right ? r.x + r.width : right;
		bottom = r.y + r.height > bottom ? r.y + r.height : bottom;
	}
	if (!i->shape.count)
		return (struct rect){ i->shape.x, i->shape.y, 0, 0 };
	return (struct rect){ i->shape.x + left, i->shape.y + top, right - left, bottom - top };
}
