/* An office of any size, and its feeds: bookings of an hour on 40 days, each at one of the places. */
#ifndef TESTS_BENCH_SYNC_OFFICE_H
#define TESTS_BENCH_SYNC_OFFICE_H

#include "tests/app/sync/worker.h"

struct office_size {
	int feeds, events, places;
};

enum { BENCH_NONE = -1, BENCH_ALL = -2 };

/* The events `from` to `to` of a feed, stamped with that minute. `changed` is the number of the event that has another
 * title, BENCH_NONE or BENCH_ALL. The caller frees it. */
char *bench_calendar(const struct office_size *size, int feed, int from, int to, int stamp, int changed);
void bench_write_feed(const struct worker *worker, const struct office_size *size, int feed, int stamp, int changed);

char *bench_office(const struct office_size *size); /* for worker_set_up; the caller frees it */

#endif
