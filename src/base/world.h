/* The outside, passed in as an argument: clock, randomness, progress, cancel.
 * Doorsteps make one; tests make their own, so that results repeat. */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include "base/str.h"

struct world {
	/* Seconds since 1970 UTC: what editions are dated with. SOURCE_DATE_EPOCH
	 * fixes it. */
	int64_t now;
	/* Seconds since 1970 UTC, moving: when a delivery happened. */
	int64_t (*clock)(void *context);
	/* Milliseconds of a clock that never jumps: durations and time limits. */
	int64_t (*monotonic_ms)(void *context);
	/* len unpredictable bytes; false when the system has none. */
	bool (*random)(void *context, void *ptr, size_t len);
	/* The value of an environment variable, or NULL. */
	const char *(*environment)(void *context, const char *name);
	/* Long work tells how far it is; total 0 when unknown. Called from several
	 * threads. May be NULL. */
	void (*progress)(void *context, struct str what, int64_t done, int64_t total);
	/* 0: go on. 1: finish what was begun, then stop. 2: stop at once. Called from
	 * several threads. May be NULL. */
	int (*cancelled)(void *context);
	void *context;
	/* How many threads one piece of long work may use; 0 is 1. */
	size_t processors;
	/* A word of the machine that is another one each time it starts; NULL: not known. */
	const char *boot;
	/* The environment of programs that are started; NULL: empty. */
	char *const *variables;
};

/* A calendar date; month and day count from 1. */
struct date {
	int year, month, day;
};

/* Days of a date since 1970-01-01 (proleptic Gregorian) and back. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);
/* 0 Monday to 6 Sunday. */
int date_weekday(struct date d);
/* "2026-03-17"; false when s is no date of the calendar. */
bool date_parse(struct str s, struct date *d);

/* The moment as RFC 3339 "2026-03-17T08:00:00Z". */
void time_put_rfc3339(struct buf *b, int64_t seconds);
/* The moment as RFC 5322 "Tue, 17 Mar 2026 08:00:00 +0000". */
void time_put_rfc5322(struct buf *b, int64_t seconds);

#endif
