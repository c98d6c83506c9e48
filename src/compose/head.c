/* The head of an article as blocks, and the boxes that stand beside its flow. */
#include "compose/galley.h"

#include "model/words.h"

struct head {
	struct galley *galley;
	struct block **blocks;
	size_t count, capacity;
};

static void head_add(struct head *h, struct str s, enum style_role role, enum element_role element)
{
	struct galley *g = h->galley;
	struct composer *c = g->composer;
	if (!s.len)
		return;
	struct element *e = element_new(c->arena, c->pages, element, g->element);
	e->place = g->article->place;
	const struct style *style = composer_style(c, g->template, role);
	struct block *b = block_new(g, BLOCK_TEXT, style, g->article->place);
	b->text = text_plain(c->arena, s, style, g->article->language, e);
	b->left = style->left;
	b->right = style->right;
	b->opener = b->keep_next = true;
	b->balance = role == STYLE_TITLE || role == STYLE_NUMBER || role == STYLE_LEAD;
	b->ruled = style->rule != NULL;
	PUSH(c->arena, h->blocks, h->count, h->capacity, b);
}

void galley_head(struct galley *g, struct block ***blocks, size_t *count)
{
	struct head h = { .galley = g };
	const struct article *a = g->article;
	if (!str_equal(a->kicker, a->title))
		head_add(&h, a->kicker, STYLE_KICKER, ELEMENT_PARAGRAPH);
	head_add(&h, a->title, STYLE_TITLE, ELEMENT_HEADING1);
	head_add(&h, a->number, STYLE_NUMBER, ELEMENT_PARAGRAPH);
	head_add(&h, a->lead, STYLE_LEAD, ELEMENT_PARAGRAPH);
	head_add(&h, a->author, STYLE_BYLINE, ELEMENT_PARAGRAPH);
	if (h.count)
		h.blocks[0]->anchor = a->slug;
	*blocks = h.blocks;
	*count = h.count;
}

static bool is_contact(const struct block *b)
{
	return b->kind == BLOCK_PANEL && b->contact;
}

static bool is_box(const struct block *b)
{
	return b->kind == BLOCK_PANEL && b->fill;
}

/* Moves the first block that fits the claim from the flow to the side. */
static bool take_first(struct galley *g, bool (*claim)(const struct block *))
{
	for (size_t i = 0; i < g->count; i++) {
		if (!claim(g->blocks[i]))
			continue;
		PUSH(g->composer->arena, g->side, g->side_count, g->side_capacity, g->blocks[i]);
		for (size_t k = i + 1; k < g->count; k++)
			g->blocks[k - 1] = g->blocks[k];
		g->count--;
		g->side_index = i;
		return true;
	}
	return false;
}

void galley_take_side(struct galley *g)
{
	if (!take_first(g, is_box))
		take_first(g, is_contact);
}

void galley_give_back(struct galley *g)
{
	struct composer *c = g->composer;
	struct block *b = g->side[--g->side_count];
	const struct style *box = composer_style(c, g->template, STYLE_BOX);
	if (!b->contact) {
		b->fill = box->background;
		b->inset = b->fill ? box->left : 0;
	}
	b->settings = NULL;
	galley_push(g, b);
	for (size_t i = g->count - 1; i > g->side_index; i--)
		g->blocks[i] = g->blocks[i - 1];
	g->blocks[g->side_index] = b;
}
