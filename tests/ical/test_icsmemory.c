/* Memory runs out at the first allocation of the reader, the second, the third …, once and for good: it says so, or
 * what it answers is whole. Never a part of a calendar that looks like all of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical/calendar.h"
#include "ical/civil.h"
#include "tests/db/memory.h"

enum { ALLOCATIONS_MAX = 100000, CHUNK_BYTES = 4096 };

static char *read_demo(const char *name, size_t *out_length)
{
	char path[512];
	snprintf(path, sizeof(path), KIOSK_SOURCE_DIR "/assets/demo/%s", name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *body = malloc(1 << 20);
	assert_non_null(body);
	*out_length = fread(body, 1, 1 << 20, file);
	fclose(file);
	assert_true(*out_length > 0 && *out_length < 1 << 20);
	return body;
}

/* How many occurrences were answered; -1: it was said that there is no answer. */
static long read_body(const struct zone *office, const char *body, size_t length)
{
	struct calendar_request request = {.office = office,
					   .from_local_s = (int64_t)civil_day(2026, 11, 1) * DAY_S,
					   .to_local_s = (int64_t)civil_day(2026, 12, 1) * DAY_S};
	struct err err = {""};
	struct calendar *calendar = calendar_create(&request);
	bool ok = calendar;
	for (size_t at = 0; ok && at < length; at += CHUNK_BYTES) {
		ok = calendar_feed(calendar, body + at, length - at < CHUNK_BYTES ? length - at : CHUNK_BYTES, &err);
	}
	const struct calendar_result *result = ok ? calendar_finish(calendar, &err) : NULL;
	memory_clear();
	long count = result ? (long)result->hits.count : -1;
	if (calendar && !result) {
		assert_true(err.text[0] != '\0');
	}
	calendar_destroy(calendar);
	return count;
}

static void each_allocation_fails(const char *name)
{
	struct err err;
	struct zone *office = zone_create("Europe/Stockholm", &err);
	assert_non_null(office);
	size_t length = 0;
	char *body = read_demo(name, &length);
	long whole = read_body(office, body, length), refused = 0, tried = 0;
	assert_true(whole > 0);
	for (int mode = 0; mode < 2; mode++) {
		bool is_struck = true;
		for (long n = 1; is_struck; n++) {
			assert_true(n < ALLOCATIONS_MAX);
			memory_set(n, mode == 1);
			long count = read_body(office, body, length);
			if (count != whole && count != -1) {
				fail_msg("%s: allocation %ld%s: %ld of %ld", name, n, mode ? " for good" : "", count,
					 whole);
			}
			is_struck = memory_struck() > 0;
			refused += count == -1;
			tried++;
		}
	}
	print_message("%s: %ld tried, %ld refused\n", name, tried, refused);
	assert_true(refused > 0 && refused < tried);
	free(body);
	zone_destroy(office);
}

static void series_and_exceptions(void **state)
{
	(void)state;
	each_allocation_fails("desks.ics");
}

static void meetings(void **state)
{
	(void)state;
	each_allocation_fails("council.ics");
}

static void a_room(void **state)
{
	(void)state;
	each_allocation_fails("room.ics");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(series_and_exceptions),
		cmocka_unit_test(meetings),
		cmocka_unit_test(a_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
