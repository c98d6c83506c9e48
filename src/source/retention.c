/* How long is kept what nobody needs for ever: retention: of glos.yaml. */
#include "source/settings.h"

enum { WORDS_DAYS = 365, DELIVERIES_DAYS = 3 * 365, DAYS_MOST = 100 * 365, REQUESTS_MOST = 90 };

/* "14 days", "6 months", "3 years"; "forever" is 0. */
static bool days_parse(struct str text, int *days)
{
	static const struct {
		struct str one, many;
		int days;
	} units[] = {
		{ STR_INIT("day"), STR_INIT("days"), 1 },
		{ STR_INIT("month"), STR_INIT("months"), 30 },
		{ STR_INIT("year"), STR_INIT("years"), 365 },
	};
	size_t space = str_find(text, STR(" "), 0);
	struct str unit = str_trim(str_sub(text, space, text.len));
	int64_t count;
	if (str_equal(text, STR("forever"))) {
		*days = 0;
		return true;
	}
	if (!str_to_int(str_sub(text, 0, space), &count) || count < 1 || count > DAYS_MOST)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_equal(unit, units[i].one) && !str_equal(unit, units[i].many))
			continue;
		*days = (int)count * units[i].days;
		return *days <= DAYS_MOST;
	}
	return false;
}

static void days_read(struct reader *r, const struct yaml *table, const char *key, int most,
		      int *days)
{
	struct str text;
	int read;
	if (!keys_text(r, table, key, &text))
		return;
	if (days_parse(str_trim(text), &read) && (most == 0 || (read > 0 && read <= most))) {
		*days = read;
		return;
	}
	diag_report_hint(r->diags, DIAG_VALUE_INVALID, keys_place(table, key),
			 most ? STR("write 14 days; 90 days at most")
			      : STR("write 90 days, 6 months, 3 years or forever"),
			 "%s: %.*s", key, STR_ARG(text));
}

void settings_retention(struct reader *r, const struct yaml *retention, struct retention *t)
{
	static const struct str known[] = { STR_INIT("words"), STR_INIT("deliveries"),
					    STR_INIT("requests") };
	*t = (struct retention){ .words_days = WORDS_DAYS, .deliveries_days = DELIVERIES_DAYS };
	if (!retention)
		return;
	size_t mistakes = diags_count(r->diags);
	KEYS_KNOWN(r, retention, known);
	days_read(r, retention, "words", 0, &t->words_days);
	days_read(r, retention, "deliveries", 0, &t->deliveries_days);
	days_read(r, retention, "requests", REQUESTS_MOST, &t->requests_days);
	t->unsure = diags_count(r->diags) > mistakes;
}
