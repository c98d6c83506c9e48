/* How many messages a mail server that is new to the world may take today.
 *
 * Receiving servers distrust an address they have not seen before: who begins with a
 * hundred thousand messages is refused, who begins with some hundreds and sends more every
 * day is let in. */
#ifndef DELIVERY_WARM_UP_H
#define DELIVERY_WARM_UP_H

#include "delivery/store.h"

/* Messages allowed still on the day `today` (days since 1970, UTC); -1: any number.
 * schedule: the most of the first, second, … day of sending. Days on which nothing was
 * sent do not count, nor do those that had less than half of what they were allowed: they
 * made nobody used to more. sent: counts by day, in order. */
int64_t warm_up_allows(const int64_t *schedule, size_t days, const struct day_count *sent,
		       size_t count, int64_t today);

#endif
