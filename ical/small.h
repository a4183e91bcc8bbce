/* Functions of one or two lines that many files need. */
#ifndef ICAL_SMALL_H
#define ICAL_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

static inline int64_t small_min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t small_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The quotient, rounded down; the divisor is positive. */
static inline int64_t small_floor_div(int64_t dividend, int64_t divisor)
{
	int64_t quotient = dividend / divisor;
	return quotient * divisor > dividend ? quotient - 1 : quotient;
}

static inline bool small_has_bit(uint64_t bits, int n)
{
	return bits >> n & 1;
}

/* For qsort, of int64_t. */
static inline int small_compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

/* Letters of ASCII are the same in both cases. */
static inline bool small_begins_with(const char *text, const char *beginning)
{
	return strncasecmp(text, beginning, strlen(beginning)) == 0;
}

/* True for a line of iCalendar whose property has the name. */
static inline bool small_is_named(const char *line, size_t length, const char *name)
{
	size_t name_length = strlen(name);
	return length > name_length && small_begins_with(line, name) &&
	       (line[name_length] == ':' || line[name_length] == ';');
}

#endif
