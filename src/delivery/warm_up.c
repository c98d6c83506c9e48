#include "delivery/warm_up.h"

int64_t warm_up_allows(const int64_t *schedule, size_t days, const struct day_count *sent,
		       size_t count, int64_t today)
{
	size_t step = 0;
	int64_t of_today = 0;
	for (size_t i = 0; i < count; i++) {
		if (sent[i].day >= today)
			of_today += sent[i].count;
		else if (step < days && sent[i].count >= (schedule[step] + 1) / 2)
			step++;
	}
	if (step >= days)
		return -1;
	return of_today < schedule[step] ? schedule[step] - of_today : 0;
}
