/* What a rule's BY parts let through: days, and places in a set. Private to rule_expand. */
#ifndef ICAL_RULEFILTER_H
#define ICAL_RULEFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule.h"

/* The week that a day lies in, and the year to which it counts: the one that holds the week's middle day. */
struct week {
	int year, number, total;
	int32_t first_day; /* of week 1 */
};

struct week rule_week_of(const struct rule *rule, int32_t day);

/* Every BY part that speaks of days; those of hours, minutes and seconds are not asked. */
bool rule_passes_day(const struct rule *rule, int32_t day);

/* Lists the days of [first, end) that pass, ascending; out_days has room for all of them. Returns their number. */
int rule_find_days(const struct rule *rule, int32_t first, int32_t end, int32_t *out_days);

/* Days of other names under which RFC 7529 keeps what the month or the year from `first` on does not have: in ascending
 * order, each once, those that the other parts let through. */
enum { RULE_SUBSTITUTES_MAX = 2 * 12 + 2 };
size_t rule_find_substitutes(const struct rule *rule, int32_t first, int32_t out_days[RULE_SUBSTITUTES_MAX]);

enum { RULE_POSITIONS_MAX = 2 * RULE_ORDINAL_MAX };

/* Where BYSETPOS points in a set of `total`: ascending, each index once. out_indices has RULE_POSITIONS_MAX places. */
size_t rule_find_positions(const struct rule_ordinals *positions, int64_t total, int64_t *out_indices);

#endif
