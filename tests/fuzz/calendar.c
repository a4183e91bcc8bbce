/* The whole reader in one process: any bytes, fed in two pieces, end in an answer or in a refusal, within bounds. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "ical/answer.h"
#include "ical/calendar.h"
#include "ical/civil.h"
#include "fuzz.h"
#include "ical/icslimits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *office;
	static FILE *nowhere;
	struct calendar_request request = {.with_cancelled = size % 2 == 0, .want_description = size % 3 == 0};
	struct calendar *calendar;
	const struct calendar_result *result;
	const char *bytes = (const char *)data;
	size_t cut = size > 0 ? data[size / 2] * size / 256 : 0;
	struct err err;

	if (!office) {
		office = zone_create("Europe/Stockholm", NULL);
		nowhere = fopen("/dev/null", "w");
	}
	request.office = office;
	request.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S;
	request.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S;
	calendar = calendar_create(&request);
	if (calendar_feed(calendar, bytes, cut, &err) && calendar_feed(calendar, bytes + cut, size - cut, &err) &&
	    (result = calendar_finish(calendar, &err))) {
		if (result->hits.count > ICS_OCCURRENCES_MAX) {
			abort();
		}
		for (size_t i = 1; i < result->hits.count; i++) {
			if (result->hits.items[i - 1].sort_utc > result->hits.items[i].sort_utc) {
				abort();
			}
		}
		answer_print_json(nowhere, result, request.want_description);
		answer_print_text(nowhere, result, office);
		answer_print_counts(nowhere, result);
	}
	calendar_destroy(calendar);
	return 0;
}
