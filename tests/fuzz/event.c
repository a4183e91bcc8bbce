/* The bytes are the lines of one event among others of its series, so that the fuzzer need not find the frame. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/answer.h"
#include "ical/calendar.h"
#include "ical/civil.h"
#include "fuzz.h"

static const char head[] = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261102T090000\nRRULE:FREQ=DAILY;COUNT=20\n"
			   "END:VEVENT\nBEGIN:VEVENT\nUID:a\n";
static const char tail[] = "\nEND:VEVENT\nEND:VCALENDAR\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *office;
	static FILE *nowhere;
	struct calendar_request request = {.want_description = true};
	struct calendar *calendar;
	const struct calendar_result *result;
	struct err err;

	if (!office) {
		office = zone_create("Europe/Stockholm", NULL);
		nowhere = fopen("/dev/null", "w");
	}
	request.office = office;
	request.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S;
	request.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S;
	calendar = calendar_create(&request);
	if (calendar_feed(calendar, head, sizeof(head) - 1, &err) &&
	    calendar_feed(calendar, (const char *)data, size, &err) &&
	    calendar_feed(calendar, tail, sizeof(tail) - 1, &err) && (result = calendar_finish(calendar, &err))) {
		answer_print_json(nowhere, result, true);
		answer_print_counts(nowhere, result);
	}
	calendar_destroy(calendar);
	return 0;
}
