/* What icsread prints: occurrences as JSON Lines or as text for people, and the counts as one line of JSON. */
#ifndef ICAL_ANSWER_H
#define ICAL_ANSWER_H

#include <stdbool.h>
#include <stdio.h>

#include "calendar.h"

/* One object a line, keys in the order uid, recurrence_id, start, end, all_day, summary, location, status, class,
 * busy, organizer, resources, url, and last description when it was asked for. All but recurrence_id (null for a
 * single event) and all_day are strings; resources are joined by ", "; what the feed does not have is "". */
void answer_print_json(FILE *out, const struct calendar_result *result, bool with_description);

/* "2026-11-23 09:00–10:00  Summary  (Location)" in the office's zone. */
void answer_print_text(FILE *out, const struct calendar_result *result, const struct zone *office);

/* {"events":N,"occurrences":N,"skipped":{"reason":N,…},"assumed":{"reason":N,…}} - assumed counts events that were
 * read, with a guess where the feed left something open. */
void answer_print_counts(FILE *out, const struct calendar_result *result);

#endif
