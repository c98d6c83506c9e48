/* What is no longer kept, by age. People, their consents and the list of those who are kept
 * out have no age: they prove what was allowed and what was not. */
#include "delivery/store.h"

enum { DAY_S = 24 * 3600 };

int request_days(const struct publication *p)
{
	int days = p->retention.requests_days;
	return days ? days : REQUEST_DAYS;
}

bool retention_run(struct store *s, struct retention_result *r)
{
	const struct retention *t = &s->publication->retention;
	int64_t now = s->world->clock(s->world->context);
	*r = (struct retention_result){ 0 };
	if (t->unsure) { /* what is forgotten is gone */
		diag_report(s->diags, DIAG_RETENTION_UNSURE,
			    (struct place){ STR("glos.yaml"), 0, 0 }, "%s", "");
		return false;
	}
	return s->ops->requests_forget(s, now - (int64_t)request_days(s->publication) * DAY_S,
				       &r->requests) &&
	       (t->words_days == 0 ||
		s->ops->words_forget(s, now - (int64_t)t->words_days * DAY_S, &r->words)) &&
	       (t->deliveries_days == 0 ||
		s->ops->issues_forget(s, now - (int64_t)t->deliveries_days * DAY_S, &r->issues));
}
