/* Two calendars, divided by a byte 0xFF: where the second can be read by what has changed since the first, that gives
 * the same occurrences as reading all of it. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/answer.h"
#include "ical/calendar.h"
#include "ical/civil.h"
#include "ical/digest.h"
#include "ical/sum.h"
#include "fuzz.h"

static uint64_t sum_line(const char *line, size_t length)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++) {
		sum = (sum ^ (unsigned char)line[i]) * UINT64_C(0x100000001b3);
	}
	return sum;
}

static bool concerns_uid(const struct digest_change *change, const char *uid)
{
	bool is_concerned = false;
	for (size_t i = 0; i < change->uid_count; i++) {
		is_concerned = is_concerned || change->uids[i] == sum_uid(uid, strlen(uid));
	}
	return is_concerned;
}

/* The line's UID, as the answer writes it; what has to be escaped is in no UID that digests compare. */
static bool concerns(const struct digest_change *change, const char *line)
{
	const char *uid = line + strlen("{\"uid\":\""), *end = strchr(uid, '"');
	char *copy = strndup(uid, (size_t)(end - uid));
	bool yes = concerns_uid(change, copy);

	free(copy);
	return yes;
}

/* Adds a sum that does not depend on the order. False: not a calendar, or something of it was passed over. */
static bool add_answer(const char *body, size_t length, const struct digest_change *without, uint64_t *sum)
{
	struct err err;
	struct zone *office = zone_create("Europe/Stockholm", &err);
	struct calendar_request request = {.office = office};
	char *text = NULL;
	size_t text_length = 0;
	FILE *stream = open_memstream(&text, &text_length);
	const struct calendar_result *result = NULL;

	civil_parse("2026-11-01", &request.from_local_s);
	civil_parse("2027-02-01", &request.to_local_s);
	struct calendar *calendar = calendar_create(&request);
	if (calendar_feed(calendar, body, length, &err)) {
		result = calendar_finish(calendar, &err);
	}
	if (result) {
		answer_print_json(stream, result, false);
	}
	bool ok = result && result->skipped.count == 0 && result->assumed.count == 0;
	fclose(stream);
	for (char *line = text, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!without || !concerns(without, line)) {
			*sum += sum_line(line, (size_t)(end - line));
		}
	}
	calendar_destroy(calendar);
	zone_destroy(office);
	free(text);
	return ok;
}

static void compare(const char *before, size_t before_length, const char *now, size_t now_length)
{
	struct digest *old = digest_create(before, before_length, NULL), *fresh = digest_create(now, now_length, NULL);
	struct digest_change change;
	uint64_t nothing = 0, merged = 0, whole = 0;

	if (digest_compare(old, fresh, now, &change)) {
		if (add_answer(before, before_length, NULL, &nothing) &&
		    add_answer(before, before_length, &change, &merged) &&
		    add_answer(change.excerpt, change.excerpt_length, NULL, &merged) &&
		    (!add_answer(now, now_length, NULL, &whole) || whole != merged)) {
			abort();
		}
		digest_change_finish(&change);
	}
	digest_destroy(old);
	digest_destroy(fresh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *divider = size > 0 ? memchr(data, 0xFF, size) : NULL;

	if (divider) {
		size_t before = (size_t)(divider - data);
		compare((const char *)data, before, (const char *)divider + 1, size - before - 1);
	}
	return 0;
}
