/* Writes the output of icsread: occurrences as JSON Lines or as text for people, and the counts as one line of JSON. */
#ifndef ICAL_ANSWER_H
#define ICAL_ANSWER_H

#include <stdbool.h>
#include <stdio.h>

#include "calendar.h"

/* Writes one object per line, with the keys uid, recurrence_id, start, end, all_day, summary, location, status, class,
 * busy, organizer, resources, url, and last description when it was requested. Every value is a string except
 * recurrence_id (null for a single event) and all_day. Resources are joined by ", ". A field that the feed lacks is "".
 */
void answer_print_json(FILE *out, const struct calendar_result *result, bool with_description);

/* "2026-11-23 09:00–10:00  Summary  (Location)" in the office's zone. */
void answer_print_text(FILE *out, const struct calendar_result *result, const struct zone *office);

/* {"events":N,"occurrences":N,"skipped":{"reason":N,…},"assumed":{"reason":N,…},"unreadable":[N,…]} - assumed
 * counts events that were read, with a guess where the feed left something open; unreadable names the objects that were
 * left out, as far as there are any. */
void answer_print_counts(FILE *out, const struct calendar_result *result);

#endif
