/* See icstime.h. The functions are strict about digits and ranges, because the scanner decides from these values which
 * events can matter. */
#include "icstime.h"

#include "civil.h"

/* Without a branch for each digit: nearly all are ones. */
static inline bool read_digits(const char *text, int digits, int *out_value)
{
	unsigned value = 0, bad = 0;

	for (int i = 0; i < digits; i++) {
		unsigned digit = (unsigned char)text[i] - (unsigned)'0';

		bad |= digit > 9;
		value = value * 10 + digit;
	}
	*out_value = (int)value;
	return bad == 0;
}

bool ics_time_parse(const char *text, size_t length, struct ics_time *out_time)
{
	struct civil civil = {0};
	bool is_date = length == 8, is_utc = length == 16;

	while (length > 0 && text[length - 1] == ' ') {
		is_date = --length == 8, is_utc = length == 16;
	}
	if ((!is_date && !is_utc && length != 15) || !read_digits(text, 4, &civil.year) ||
	    !read_digits(text + 4, 2, &civil.month) || !read_digits(text + 6, 2, &civil.day)) {
		return false;
	}
	if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
	    civil.day > civil_days_in_month(civil.year, civil.month)) {
		return false;
	}
	if (!is_date) {
		if ((text[8] != 'T' && text[8] != 't') || (is_utc && text[15] != 'Z' && text[15] != 'z') ||
		    !read_digits(text + 9, 2, &civil.hour) || !read_digits(text + 11, 2, &civil.minute) ||
		    !read_digits(text + 13, 2, &civil.second)) {
			return false;
		}
		/* Some end a day at 24:00. */
		if (civil.hour > (civil.minute == 0 && civil.second == 0 ? 24 : 23) || civil.minute > 59 ||
		    civil.second > 60) {
			return false;
		}
		if (civil.second == 60) { /* a leap second, which neither ICU nor POSIX counts */
			civil.second = 59;
		}
	}
	*out_time = (struct ics_time){.local_s = civil_to_local(&civil), .is_date = is_date, .is_utc = is_utc};
	return true;
}

uint32_t ics_stamp(const char *text, size_t length)
{
	struct ics_time time;

	if (!ics_time_parse(text, length, &time) || time.local_s <= 0) {
		return 0;
	}
	return time.local_s > UINT32_MAX ? UINT32_MAX : (uint32_t)time.local_s;
}

/* Adds "<number><unit>" to the duration; the time units only count behind the T. */
static bool add_unit(struct ics_duration *duration, int64_t number, char unit, bool in_time)
{
	switch (unit & ~0x20) {
	case 'W':
		duration->days += number * 7;
		return !in_time;
	case 'D':
		duration->days += number;
		return !in_time;
	case 'H':
		duration->seconds += number * 3600;
		return in_time;
	case 'M':
		duration->seconds += number * 60;
		return in_time;
	case 'S':
		duration->seconds += number;
		return in_time;
	default:
		return false;
	}
}

bool ics_duration_parse(const char *text, size_t length, struct ics_duration *out_duration)
{
	enum { DIGITS_MAX = 8 };
	struct ics_duration duration = {0};
	bool in_time = false, any = false;
	size_t i = 0;

	if (i < length && (text[i] == '+' || text[i] == '-')) {
		duration.negative = text[i++] == '-';
	}
	if (i == length || (text[i++] | 0x20) != 'p') {
		return false;
	}
	while (i < length && text[i] != ' ') {
		int64_t number = 0;
		size_t start;

		if ((text[i] | 0x20) == 't') {
			in_time = true;
			i++;
		}
		start = i;
		while (i < length && text[i] >= '0' && text[i] <= '9' && i - start < DIGITS_MAX) {
			number = number * 10 + (text[i++] - '0');
		}
		if (i == start || i == length || !add_unit(&duration, number, text[i++], in_time)) {
			return false;
		}
		any = true;
	}
	if (!any) {
		return false;
	}
	*out_duration = duration;
	return true;
}

int64_t ics_duration_seconds(const struct ics_duration *duration)
{
	int64_t seconds = duration->days * DAY_S + duration->seconds;
	return duration->negative ? -seconds : seconds;
}
