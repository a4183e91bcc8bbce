/* A rule, expanded over a window: times ascend, lie in the window, and the work stays within its budget. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "ical/civil.h"
#include "fuzz.h"
#include "ical/rule.h"

enum { STEPS = 20000 };

struct check {
	const struct rule_query *query;
	int64_t last_s;
};

static bool take_time(void *context, int64_t local_s)
{
	struct check *check = context;

	if (local_s <= check->last_s || local_s < check->query->from_s || local_s >= check->query->to_s) {
		abort();
	}
	check->last_s = local_s;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rule rule;
	int64_t steps = STEPS;
	struct rule_query query = {.steps_left = &steps};
	struct check check = {&query, INT64_MIN};
	int64_t day = civil_day(2026, 11, 1);

	if (size < 3 || !rule_parse((const char *)data + 3, size - 3, &rule)) {
		return 0;
	}
	query.is_date = data[0] & 1 && rule.freq >= RULE_DAILY;
	query.start_s = (day - data[1] * 29) * DAY_S + (query.is_date ? 0 : data[2] * 337);
	query.from_s = day * DAY_S;
	query.to_s = (day + 30) * DAY_S;
	rule_expand(&rule, &query, take_time, &check);
	if (steps < -2 * DAY_S) {
		abort();
	}
	return 0;
}
