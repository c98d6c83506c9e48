/* Pages that no article asked for. */
#ifndef COMPOSE_FILLER_H
#define COMPOSE_FILLER_H

#include "compose/composer.h"

/* A page of the layout's filler master, else an empty one. The first is headed. */
void filler_put(struct composer *c);
/* A back cover of what the publication says of itself: its name, who publishes it, and
 * how to reach them. */
void back_put(struct composer *c);

#endif
