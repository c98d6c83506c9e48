/* Where the reader must not lose the thread. */
#include "compose/flow.h"

static bool is_set_in(const struct block *b)
{
	return b->kind == BLOCK_TEXT && (b->label.count > 0 || b->left > 0);
}

bool flow_joins(const struct flow *f, const struct progress *p)
{
	if (p->block == 0 || p->block >= f->count)
		return false;
	const struct block *above = f->blocks[p->block - 1];
	return above->keep_next || above->introduces ||
	       (is_set_in(above) && is_set_in(f->blocks[p->block]));
}

static bool is_item(const struct flow *f, size_t block)
{
	return block < f->count && f->blocks[block]->label.count > 0;
}

bool flow_parts_list(const struct flow *f, const struct progress *p)
{
	size_t next = p->block;
	if (p->box > 0 || next < 2 || !is_item(f, next - 1) || !is_item(f, next))
		return false;
	return !is_item(f, next - 2) || !is_item(f, next + 1);
}
