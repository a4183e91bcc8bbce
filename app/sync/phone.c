/* See phone.h. A candidate is split into groups of digits, and is a number when its lengths fit the Swedish numbering
 * plan: an area code of two digits (08 only), three or four, and a number of five to eight, eight to ten digits in all.
 */
#include "phone.h"

#include <stdbool.h>
#include <string.h>

#include "app/base/limits.h"

enum {
	NATIONAL_MIN = 8,
	NATIONAL_MAX = 10,
	GLUED_MIN = 9, /* where the area code is written together with a part of the number */
	SWEDEN = 46,
	AFTER_SWEDEN_MIN = 7,
	AFTER_SWEDEN_MAX = 9,
	PLUS_MIN = 8,
	PLUS_MAX = 15,
	ZEROS_MIN = 9 /* behind the two zeros that stand for a plus */
};

/* The separator before a group. */
struct gap {
	bool slash, point, spaced_dash, dash;
};

struct group {
	const char *digits;
	int length;
	size_t end; /* in the text */
	struct gap gap;
	bool is_trunk_zero; /* "(0)" behind a country's code */
};

struct number {
	struct group groups[PHONE_GROUPS_MAX];
	int count;
	bool has_plus;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The dashes from U+2010 to U+2013 separate groups, too. */
static size_t dash_length(const char *text)
{
	bool is_wide =
		strncmp(text, "\xE2\x80", 2) == 0 && (unsigned char)text[2] >= 0x90 && (unsigned char)text[2] <= 0x93;

	return *text == '-' ? 1 : is_wide ? 3 : 0;
}

/* Reads the separator between two groups; returns its length, 0 when no digit follows it. */
static size_t read_gap(const char *text, struct gap *out_gap)
{
	struct gap gap = {0};
	size_t at = 0, dash;
	bool is_spaced = false;

	while (text[at] == ')') {
		at++;
	}
	if (text[at] == ' ') {
		is_spaced = true;
		at++;
	}
	if ((dash = dash_length(text + at)) > 0) {
		gap.dash = true;
		at += dash;
	} else if (text[at] == '/' || (text[at] == '.' && !is_spaced)) {
		gap.slash = text[at] == '/';
		gap.point = text[at] == '.';
		at++;
	}
	if (text[at] == ' ' && !gap.point && at > 0 && text[at - 1] != ' ') {
		gap.spaced_dash = gap.dash && is_spaced;
		at++;
	}
	*out_gap = gap;
	return is_digit(text[at]) ? at : 0;
}

static void add_group(struct number *number, const char *text, size_t *at)
{
	struct group *group = &number->groups[number->count++];

	group->digits = text + *at;
	while (is_digit(text[*at])) {
		group->length++;
		++*at;
	}
	group->end = *at;
}

/* "(0)", in which some write the zero that is dialled at home only. */
static size_t trunk_zero_length(const char *text)
{
	size_t space = *text == ' ';

	return strncmp(text + space, "(0)", 3) == 0 ? space + 3 : 0;
}

/* The parenthesis that opens an area code, as in "+1 (555) 123-4567". */
static size_t area_length(const char *text)
{
	size_t space = *text == ' ';

	return text[space] == '(' && is_digit(text[space + 1]) ? space + 1 : 0;
}

static void read_number(const char *text, struct number *number)
{
	size_t at = text[0] == '(';

	*number = (struct number){0};
	number->has_plus = text[at] == '+';
	at += number->has_plus;
	if (!is_digit(text[at])) {
		return;
	}
	add_group(number, text, &at);
	while (number->count < PHONE_GROUPS_MAX) {
		struct gap gap = {0};
		size_t zero = number->count == 1 ? trunk_zero_length(text + at) : 0;
		size_t area = zero == 0 && number->has_plus && number->count == 1 ? area_length(text + at) : 0;
		size_t length = area > 0 ? area : read_gap(text + at + zero, &gap);

		if (zero > 0 && length == 0 && is_digit(text[at + zero])) {
			gap = (struct gap){0};
		} else if (length == 0) {
			return;
		}
		at += zero + length;
		number->groups[number->count].gap = gap;
		number->groups[number->count].is_trunk_zero = zero > 0;
		add_group(number, text, &at);
	}
}

static int value_of(const char *digits, int length)
{
	int value = 0;

	for (int i = 0; i < length; i++) {
		value = value * 10 + (digits[i] - '0');
	}
	return value;
}

static bool is_between(const char *digits, int length, int low, int high)
{
	int value = value_of(digits, length);
	return value >= low && value <= high;
}

static bool is_year(const struct group *group)
{
	return group->length == 4 && is_between(group->digits, 4, 1900, 2099);
}

static bool is_time_of_day(const struct group *group)
{
	return group->length == 4 && is_between(group->digits, 2, 0, 24) && is_between(group->digits + 2, 2, 0, 59);
}

/* "05/12/2026", "05122026" */
static bool is_date(const struct number *number)
{
	const struct group *groups = number->groups;

	if (number->count >= 3 && groups[0].length == 2 && groups[1].length == 2 && is_year(&groups[2])) {
		return is_between(groups[0].digits, 2, 1, 31) && is_between(groups[1].digits, 2, 1, 31);
	}
	return groups[0].length == 8 && is_between(groups[0].digits, 2, 1, 31) &&
	       is_between(groups[0].digits + 2, 2, 1, 12) && is_between(groups[0].digits + 4, 4, 1900, 2099);
}

/* "0800-1700" */
static bool is_time_range(const struct number *number)
{
	return number->count >= 2 && number->groups[1].gap.dash && is_time_of_day(&number->groups[0]) &&
	       is_time_of_day(&number->groups[1]);
}

/* Returns whether the group at `at`, which is not the first, may belong to a number. The groups after the first one
 * behind the codes have two digits or more, the longest first, give or take one. */
static bool goes_on(const struct number *number, int codes, int at)
{
	const struct group *group = &number->groups[at], *before = group - 1;

	if (group->gap.slash && at > 1) {
		return false;
	}
	if (group->gap.spaced_dash && at > 1) {
		return false;
	}
	if (group->gap.point && number->groups[0].length < 3 && !number->has_plus) {
		return false;
	}
	return at <= codes || (group->length >= 2 && group->length <= before->length + 1);
}

/* "07 01 23 45 67": only spaces between pairs, or it may be a date and a time. */
static bool is_in_pairs(const struct number *number)
{
	for (int i = 1; i < NATIONAL_MAX / 2; i++) {
		const struct gap *gap = &number->groups[i].gap;

		if (number->groups[i].length != 2 || gap->dash || gap->slash || gap->point) {
			return false;
		}
	}
	return value_of(number->groups[0].digits, 2) == 7;
}

/* Returns the least number of digits of area code and number together; 0 when the first group begins no number. */
static int national_min(const struct number *number)
{
	const struct group *first = &number->groups[0];

	if (first->length == 2) {
		return value_of(first->digits, 2) == 8 ? NATIONAL_MIN : is_in_pairs(number) ? NATIONAL_MAX : 0;
	}
	if (first->length == 3 || first->length >= NATIONAL_MIN) {
		return NATIONAL_MIN;
	}
	if (first->length > 4 && number->count > 1 && is_year(&number->groups[1])) { /* the number of a file */
		return 0;
	}
	return GLUED_MIN;
}

/* Returns the end of the longest part that has so many groups for codes and between `min` and `max` digits; 0 none. */
static size_t longest(const struct number *number, int codes, int min, int max)
{
	int digits = number->groups[0].length;
	size_t end = digits >= min && digits <= max ? number->groups[0].end : 0;

	for (int i = 1; i < number->count && goes_on(number, codes, i); i++) {
		digits += number->groups[i].length;
		if (digits > max) {
			break;
		}
		end = digits >= min ? number->groups[i].end : end;
	}
	return end;
}

static size_t national_end(const struct number *number)
{
	int min = national_min(number);

	return min > 0 && !is_date(number) && !is_time_range(number) ? longest(number, 1, min, NATIONAL_MAX) : 0;
}

/* `zeros` is how many zeros stand for the plus. */
static size_t international_end(const struct number *number, int zeros)
{
	const struct group *first = &number->groups[0];
	bool is_swedish = first->length >= zeros + 2 && value_of(first->digits + zeros, 2) == SWEDEN;
	bool is_alone = first->length == zeros + 2; /* otherwise the trunk zero is not separated from the rest */
	int trunk = number->count > 1 && is_alone && !number->groups[1].is_trunk_zero && number->groups[1].length > 1 &&
		    number->groups[1].digits[0] == '0';

	if (zeros > 0 && (is_time_range(number) || (number->count > 1 && is_year(&number->groups[1])))) {
		return 0;
	}
	if (is_swedish) {
		return longest(number, 2, zeros + 2 + AFTER_SWEDEN_MIN + trunk, zeros + 2 + AFTER_SWEDEN_MAX + trunk);
	}
	return longest(number, 2, zeros > 0 ? zeros + ZEROS_MIN : PLUS_MIN, zeros + PLUS_MAX);
}

size_t phone_length(const char *text)
{
	struct number number;
	size_t end;

	if (text[0] != '(' && text[0] != '+' && text[0] != '0') {
		return 0;
	}
	read_number(text, &number);
	if (number.count == 0 || (!number.has_plus && number.groups[0].digits[0] != '0')) {
		return 0;
	}
	if (number.has_plus) {
		end = international_end(&number, 0);
	} else {
		end = number.groups[0].digits[1] == '0' ? international_end(&number, 2) : national_end(&number);
	}
	/* A parenthesis that was opened in the number is closed with it. */
	return end > 0 && text[0] == '(' && text[end] == ')' && !memchr(text, ')', end) ? end + 1 : end;
}
