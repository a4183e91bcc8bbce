/* See masters.h. A newer version may move an event, but only with a greater SEQUENCE; the same SEQUENCE at another
 * start is another booking. */
#include "masters.h"

#include <stdlib.h>

#include "when.h"

/* By start; of equal ones the greatest version first. */
static int compare_masters(const void *left, const void *right)
{
	const struct master *a = left, *b = right;

	if (a->start != b->start) {
		return a->start < b->start ? -1 : 1;
	}
	if (a->event->start.is_date != b->event->start.is_date) {
		return a->event->start.is_date ? -1 : 1;
	}
	return version_compare(&b->event->screened.version, &a->event->screened.version);
}

static bool is_same_booking(const struct master *left, const struct master *right)
{
	return left->start == right->start && left->event->start.is_date == right->event->start.is_date;
}

/* Exceptions belong to a series, if there is one. */
static void put_series_first(struct master *masters, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct event *event = masters[i].event;

		if (event->rule_count > 0 || event->rdate_count > 0 || event->missing) {
			struct master series = masters[i];

			masters[i] = masters[0];
			masters[0] = series;
			return;
		}
	}
}

size_t masters_list(struct zone_names *names, struct event **events, size_t count, struct master *out)
{
	uint32_t sequence = 0;
	size_t found = 0, distinct = 0;

	for (size_t i = 0; i < count; i++) {
		const struct version *version = &events[i]->screened.version;

		if (events[i]->has_recurrence_id || (found > 0 && version->sequence < sequence)) {
			continue;
		}
		if (version->sequence > sequence) {
			found = 0;
		}
		sequence = version->sequence;
		out[found++] = (struct master){events[i], when_start_value(events[i], names)};
	}
	qsort(out, found, sizeof(*out), compare_masters);
	for (size_t i = 0; i < found; i++) {
		if (i == 0 || !is_same_booking(&out[i], &out[distinct - 1])) {
			out[distinct++] = out[i];
		}
	}
	put_series_first(out, distinct);
	return distinct;
}
