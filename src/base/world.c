/* Dates without the C library's: its calendar functions read the environment.
 * The day count is Howard Hinnant's days_from_civil, "chrono-Compatible
 * Low-Level Date Algorithms": years begin in March, eras last 400 years. */
#include "base/world.h"

int64_t date_to_days(struct date d)
{
	int64_t year = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

struct date date_from_days(int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t m = (5 * day_of_year + 2) / 153;
	int month = (int)(m < 10 ? m + 3 : m - 9);
	int64_t year = year_of_era + era * 400 + (month <= 2);
	return (struct date){ (int)year, month, (int)(day_of_year - (153 * m + 2) / 5 + 1) };
}

int date_weekday(struct date d)
{
	int64_t weekday = (date_to_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(weekday < 0 ? weekday + 7 : weekday);
}

bool date_parse(struct str s, struct date *d)
{
	int64_t year, month, day;
	if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' ||
	    !str_to_int(str_sub(s, 0, 4), &year) || !str_to_int(str_sub(s, 5, 2), &month) ||
	    !str_to_int(str_sub(s, 8, 2), &day) || year < 1 || month < 1 || month > 12 || day < 1)
		return false;
	*d = (struct date){ (int)year, (int)month, (int)day };
	struct date same = date_from_days(date_to_days(*d));
	return same.month == d->month && same.day == d->day;
}

struct moment {
	struct date date;
	int hour, minute, second;
};

static struct moment moment_of(int64_t seconds)
{
	int64_t days = seconds / 86400 - (seconds % 86400 < 0);
	int64_t rest = seconds - days * 86400;
	return (struct moment){ date_from_days(days), (int)(rest / 3600), (int)(rest / 60 % 60),
				(int)(rest % 60) };
}

void time_put_rfc3339(struct buf *b, int64_t seconds)
{
	struct moment m = moment_of(seconds);
	buf_format(b, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.date.year, m.date.month, m.date.day,
		   m.hour, m.minute, m.second);
}

void time_put_rfc5322(struct buf *b, int64_t seconds)
{
	static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct moment m = moment_of(seconds);
	buf_format(b, "%s, %02d %s %04d %02d:%02d:%02d +0000", weekdays[date_weekday(m.date)],
		   m.date.day, months[m.date.month - 1], m.date.year, m.hour, m.minute, m.second);
}
