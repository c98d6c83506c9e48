/* The spine of a separate cover: title and issue from one end, number at the other.
 *
 * It is composed lying, as its words are read; the sheet turns it. It is no page
 * of the issue and has no folio: it is opened as one to be painted, and then kept
 * beside the pages. */
#include "compose/sheet.h"

#include "model/words.h"

/* Words stand this far from the folds, which are never quite where they should
 * be; a spine below 6 mm has none (printers' usual limits). */
enum { EDGE_UM = 1500, WORDS_UM = 6000 };

struct spine_job {
	struct composer *c;
	const struct style *style;
	size_t page;
	int width; /* of the spine */
	int size; /* of its letters */
};

static struct text words_of(struct spine_job *j, struct str words, int weight)
{
	struct composer *c = j->c;
	struct text t = text_plain(c->arena, words, j->style, c->doc->publication->language, NULL);
	for (size_t i = 0; i < t.count; i++) {
		t.spans[i].size = j->size;
		if (weight)
			t.spans[i].weight = weight;
	}
	return t;
}

static int width_of(struct composer *c, struct text t)
{
	return t.count ? line_set(c->type, c->arena, t.spans, t.count, c->diags).width : 0;
}

/* Words between left and right: the title, the issue's title when it has room, the
 * number at the end. */
static void put_words(struct spine_job *j, int left, int right)
{
	struct composer *c = j->c;
	struct str language = c->doc->publication->language;
	struct str number = c->doc->number;
	if (number.len)
		number = str_format(c->arena, "%.*s\xc2\xa0%.*s",
				    STR_ARG(word(WORD_ISSUE_SHORT, language)), STR_ARG(number));
	int strong = c->layout->details.strong_weight;
	struct text title = words_of(j, c->doc->publication->title, strong);
	struct text issue = words_of(j, c->doc->title, 0), end = words_of(j, number, 0);
	int gap = 2 * j->size, measure = right - left;
	int used = width_of(c, title) + gap + width_of(c, end);
	if (used > measure) { /* smaller, so that all of it stands there */
		j->size = unit_scale(j->size, measure, used);
		title = words_of(j, c->doc->publication->title, strong);
		end = words_of(j, number, 0);
	}
	/* Capitals are about seven tenths high: in the middle. */
	int y = j->width / 2 + unit_scale(j->size, 35, 100);
	int x = left + page_words(c, j->page, title, left, y) + j->size;
	int end_x = right - width_of(c, end);
	page_words(c, j->page, end, end_x, y);
	if (issue.count && x + width_of(c, issue) + gap <= end_x)
		page_words(c, j->page, issue, x, y);
}

void spine_put(struct composer *c)
{
	const struct layout *l = c->layout;
	const struct grid *g = &l->grid;
	const struct production *made = &l->production;
	struct spine_job j = { .c = c, .style = l->roles[STYLE_SPINE] };
	if (!made->cover_apart || !j.style || c->pages->count <= COVER_PAGES)
		return;
	j.width = production_spine(made, c->pages->count - COVER_PAGES);
	if (j.width == 0)
		return;
	j.page = page_open(c, NULL, NULL);
	if (j.style->background)
		page_fill(c, j.page,
			  (struct rect){ -g->bleed, 0, g->height + 2 * g->bleed, j.width },
			  j.style->background, ARTIFACT_BACKGROUND, &j.style->place);
	int room = j.width - 2 * unit_from_um(EDGE_UM);
	j.size = j.style->size < room ? j.style->size : room;
	if (j.width >= unit_from_um(WORDS_UM))
		put_words(&j, g->top, g->height - g->bottom);
	struct page *spine = NEW(c->arena, struct page);
	*spine = c->pages->page[--c->pages->count];
	spine->number = 0;
	c->pages->spine = spine;
}
