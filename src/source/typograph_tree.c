/* Typography of a whole article. */
#include "source/typograph.h"

static void figure_typograph(struct arena *a, struct node *n, struct str language)
{
	n->picture->alt = typograph(a, n->picture->alt, language, false);
	n->picture->caption = typograph(a, n->picture->caption, language, true);
	n->picture->credit = typograph(a, n->picture->credit, language, true);
}

static void tree_typograph(struct arena *a, struct node *first, struct str language)
{
	for (struct node *n = first; n; n = n->next) {
		struct str own = n->language.len ? n->language : language;
		if (n->kind == NODE_FIGURE)
			figure_typograph(a, n, own);
		else if (n->kind == NODE_BOX)
			n->title = typograph(a, n->title, own, true);
		if (n->first && node_is_inline(n->first))
			typograph_block(a, n, own, n->kind == NODE_HEADING);
		else
			tree_typograph(a, n->first, own);
	}
}

void article_typograph(struct arena *a, struct article *article)
{
	tree_typograph(a, article->first, article->language);
	for (size_t i = 0; i < article->note_count; i++)
		tree_typograph(a, article->notes[i]->first, article->language);
}
