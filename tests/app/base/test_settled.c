/* The certain time, by which check-ins are erased: each row is a story of clocks and servers, and how late it certainly
 * is at its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/limits.h"
#include "app/base/settled.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
#define T0 INT64_C(1795420860)

enum { STEPS_MAX = 6 };

enum what { END, RUNS, SERVER, TRUSTED };

static const struct {
	const char *name;
	struct {
		enum what what;
		int64_t clock; /* relative to T0; of RUNS, how long */
		int64_t server;
	} steps[STEPS_MAX];
	int64_t clock, until; /* at the end, relative to T0 */
} stories[] = {
	{"nothing happens", {{END, 0, 0}}, 0, 0},
	{"a clock that starts 35 days ahead", {{END, 0, 0}}, 35 * DAY, 0},
	{"and runs for a day", {{RUNS, DAY, 0}}, 36 * DAY, DAY},
	{"wrong NTP: clock ahead, server right", {{SERVER, 35 * DAY, 0}, {SERVER, 36 * DAY, DAY}}, 36 * DAY, 0},
	{"the machine runs for weeks without a network",
	 {{RUNS, 20 * DAY, 0}, {RUNS, 20 * DAY, 0}},
	 40 * DAY,
	 40 * DAY},
	{"it was off for weeks and has no network", {{RUNS, HOUR, 0}}, 40 * DAY, HOUR},
	{"a usual day", {{SERVER, 20 * HOUR, 20 * HOUR}}, 20 * HOUR, 20 * HOUR},
	{"a weekend off: one server, one day", {{SERVER, 3 * DAY, 3 * DAY}}, 3 * DAY, 0},
	{"a weekend off: asked twice on one day",
	 {{SERVER, 3 * DAY, 3 * DAY}, {SERVER, 3 * DAY + 20 * HOUR, 3 * DAY + 20 * HOUR}},
	 3 * DAY + 20 * HOUR,
	 0},
	{"a weekend off: the next day agrees",
	 {{SERVER, 3 * DAY, 3 * DAY}, {SERVER, 4 * DAY, 4 * DAY}},
	 4 * DAY,
	 4 * DAY},
	{"35 days off: two days agree",
	 {{SERVER, 35 * DAY, 35 * DAY}, {RUNS, DAY, 0}, {SERVER, 36 * DAY, 36 * DAY}},
	 36 * DAY,
	 36 * DAY},
	{"a wrong server in between starts it again",
	 {{SERVER, 35 * DAY, 35 * DAY}, {SERVER, 35 * DAY, 0}, {SERVER, 36 * DAY, 36 * DAY}},
	 36 * DAY,
	 0},
	{"clock and server a little apart: the earlier counts",
	 {{SERVER, HOUR, HOUR - SETTLED_AGREE_S}},
	 HOUR,
	 HOUR - SETTLED_AGREE_S},
	{"too far apart", {{SERVER, HOUR, HOUR - SETTLED_AGREE_S - 1}}, HOUR, 0},
	{"a server behind a clock that is right", {{SERVER, 2 * DAY, -DAY}}, 2 * DAY, 0},
	{"it was settled too late, and a trusted clock shows it",
	 {{RUNS, 40 * DAY, 0}, {TRUSTED, DAY, 0}},
	 35 * DAY,
	 DAY},
	{"the clock goes back to 1970", {{RUNS, DAY, 0}}, -T0, -T0},
	{"both say so once, then the clock goes back and forward again",
	 {{SERVER, 35 * DAY, 35 * DAY}, {SERVER, DAY, DAY}, {SERVER, 35 * DAY, 35 * DAY}, {SERVER, 35 * DAY, 35 * DAY}},
	 35 * DAY,
	 DAY},
};

static void test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(stories) / sizeof(stories[0]); i++) {
		struct settled settled = {.utc_s = T0};
		for (size_t at = 0; at < STEPS_MAX && stories[i].steps[at].what != END; at++) {
			int64_t clock = stories[i].steps[at].clock, server = stories[i].steps[at].server;
			switch (stories[i].steps[at].what) {
			case RUNS:
				settled_pass(&settled, clock);
				break;
			case SERVER:
				settled_witness(&settled, T0 + clock, T0 + server);
				break;
			case TRUSTED:
				settled_go_back(&settled, T0 + clock);
				break;
			case END:
				break;
			}
		}
		int64_t until = settled_until(&settled, T0 + stories[i].clock) - T0;
		if (until != stories[i].until) {
			fail_msg("%s: %lld", stories[i].name, (long long)until);
		}
	}
}

/* Nothing is certain at first, however long the machine runs. */
static void test_unknown(void **state)
{
	(void)state;
	struct settled settled = {0};
	settled_pass(&settled, 100 * DAY);
	assert_int_equal(settled_until(&settled, T0), 0);
	assert_true(settled_witness(&settled, T0, T0));
	assert_int_equal(settled_until(&settled, T0), 0);
	assert_true(settled_witness(&settled, T0 + DAY, T0 + DAY));
	assert_int_equal(settled_until(&settled, T0 + DAY), T0 + DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stories),
		cmocka_unit_test(test_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
