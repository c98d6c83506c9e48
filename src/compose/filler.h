/* Pages that no article asked for. */
#ifndef COMPOSE_FILLER_H
#define COMPOSE_FILLER_H

#include "compose/composer.h"

/* A page of the layout's filler master, else an empty one. */
void filler_put(struct composer *c);

#endif
