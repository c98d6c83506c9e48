/* Within the making of galleys: where a node stands, and the helpers of the kinds. */
#ifndef COMPOSE_CONTEXT_H
#define COMPOSE_CONTEXT_H

#include "compose/galley.h"

struct context {
	enum style_role role;
	struct element *parent;
	int left;
	bool fresh; /* the next paragraph is the first after a head */
	bool boxed; /* within a panel: its decoration is not repeated */
	struct text *label; /* for the next paragraph, or NULL */
	struct block *panel; /* blocks go here instead of the galley */
};

/* One node, or a list of siblings, as blocks. */
void node_put(struct galley *g, struct context *x, const struct node *n);
void nodes_put(struct galley *g, struct context *x, const struct node *first);
/* To the panel, else to the galley. */
void context_put(struct galley *g, struct context *x, struct block *b);
/* A new element below the context's, at n's place and in its language. */
struct element *context_element(struct galley *g, const struct context *x, enum element_role r,
				const struct node *n);
const struct style *galley_style(struct galley *g, enum style_role r);
/* Children that the edition shows. */
const struct node *galley_first(struct galley *g, const struct node *n);
const struct node *galley_next(struct galley *g, const struct node *n);
int galley_count(struct galley *g, const struct node *n);
/* The element of a heading; closes gaps between levels. */
enum element_role galley_heading(struct galley *g, int level);

void display_table(struct galley *g, struct context *x, const struct node *n);
void display_figure(struct galley *g, struct context *x, const struct node *n);
void display_gallery(struct galley *g, struct context *x, const struct node *n);
void display_pullquote(struct galley *g, struct context *x, const struct node *n);
void display_box(struct galley *g, struct context *x, const struct node *n);
void display_contact(struct galley *g, struct context *x, const struct node *n);

#endif
