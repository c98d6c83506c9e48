#include "cli/moment.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Takes "8:00", "08:00:30" off the front. */
static bool take_time(struct str *s, int64_t *seconds)
{
	int64_t parts[3] = { 0, 0, 0 };
	size_t at = 0;
	for (int i = 0; i < 3; i++) {
		size_t digits = 0;
		if (i > 0 && (at >= s->len || s->ptr[at] != ':')) {
			if (i < 2)
				return false;
			break;
		}
		at += i > 0;
		for (; at < s->len && digits < 2 && s->ptr[at] >= '0' && s->ptr[at] <= '9';
		     digits++)
			parts[i] = 10 * parts[i] + s->ptr[at++] - '0';
		if (digits == 0 || (i > 0 && digits < 2) || parts[i] > (i ? 59 : 23))
			return false;
	}
	*seconds = parts[0] * HOUR + parts[1] * MINUTE + parts[2];
	*s = str_sub(*s, at, s->len);
	return true;
}

/* Seconds since 1970 of a day and time on the clocks of this place. */
static bool local(struct date d, int64_t seconds, int64_t *moment)
{
	struct tm t = { .tm_year = d.year - 1900,
			.tm_mon = d.month - 1,
			.tm_mday = d.day,
			.tm_hour = (int)(seconds / HOUR),
			.tm_min = (int)(seconds / MINUTE % 60),
			.tm_sec = (int)(seconds % 60),
			.tm_isdst = -1 };
	*moment = mktime(&t);
	return *moment != -1;
}

bool moment_parse(struct str s, int64_t now, int64_t *moment)
{
	struct date d;
	int64_t seconds, offset;
	s = str_trim(s);
	if (take_time(&s, &seconds)) {
		time_t t = (time_t)now;
		struct tm today;
		if (s.len || !localtime_r(&t, &today))
			return false;
		d = (struct date){ today.tm_year + 1900, today.tm_mon + 1, today.tm_mday };
		if (local(d, seconds, moment) && *moment > now)
			return true;
		return local(date_from_days(date_to_days(d) + 1), seconds, moment);
	}
	if (s.len < 11 || !date_parse(str_sub(s, 0, 10), &d) ||
	    (s.ptr[10] != 'T' && s.ptr[10] != ' '))
		return false;
	s = str_sub(s, 11, s.len);
	if (!take_time(&s, &seconds))
		return false;
	if (s.len == 0)
		return local(d, seconds, moment);
	*moment = date_to_days(d) * DAY + seconds;
	if (str_equal(s, STR("Z")))
		return true;
	char sign = s.ptr[0];
	s = str_sub(s, 1, s.len);
	if ((sign != '+' && sign != '-') || !take_time(&s, &offset) || s.len)
		return false;
	*moment -= sign == '+' ? offset : -offset;
	return true;
}
