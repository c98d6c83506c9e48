/* compose/: document and layout become pages.
 *
 * In: an issue and the layout of one edition. Out: every page with every glyph,
 * picture, rule and link in its place, the structure behind them, destinations
 * and bookmarks. Every word that the edition shows stands on a page; what cannot
 * fit is a diagnostic with the article's place. No files, no library. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "base/world.h"
#include "model/page.h"
#include "model/rendition.h"

struct arena;

/* Never fails: mistakes are reported and composing goes on. Pages live in a. */
struct pages *compose_issue(struct arena *a, const struct document *doc, const struct layout *l,
			    const struct world *w, struct diags *d);

/* The one page of a card, of CARD_COLUMNS by CARD_ROWS points. Never fails. */
struct pages *compose_card(struct arena *a, const struct card *card, struct diags *d);

#endif
