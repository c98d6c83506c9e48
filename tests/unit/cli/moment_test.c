/* Moments as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/moment.h"

static void moments_are_read(void **state)
{
	enum { NOON = 1773748800 }; /* 2026-03-17T12:00:00Z, 13:00 in Warsaw */
	static const struct {
		const char *text;
		int64_t moment; /* -1: none */
	} cases[] = {
		{ "2026-03-17T12:00Z", NOON },
		{ "2026-03-17T12:00:30Z", NOON + 30 },
		{ "2026-03-17T13:00", NOON },
		{ "2026-03-17 13:00:05", NOON + 5 },
		{ "2026-03-17T14:30+02:30", NOON },
		{ "2026-03-17T10:00-02:00", NOON },
		{ "2026-07-17T14:00", NOON + 122 * 86400 }, /* summer time */
		{ "13:30", NOON + 1800 },
		{ "8:00", NOON + 19 * 3600 }, /* tomorrow */
		{ "13:00", NOON + 24 * 3600 }, /* now is not after now */
		{ "", -1 },
		{ "8", -1 },
		{ "24:00", -1 },
		{ "8:60", -1 },
		{ "8:0", -1 },
		{ "2026-02-30T08:00", -1 },
		{ "2026-03-17", -1 },
		{ "2026-03-17T08:00X", -1 },
		{ "2026-03-17T08:00+1", -1 },
		{ "2026-03-17x08:00", -1 },
		{ "tomorrow", -1 },
	};
	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t moment = -1;
		bool read = moment_parse(str_from(cases[i].text), NOON, &moment);
		if (read != (cases[i].moment >= 0) || (read && moment != cases[i].moment))
			fail_msg("%s: %d %lld", cases[i].text, read, (long long)moment);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(moments_are_read) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
