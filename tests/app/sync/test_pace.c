/* When a feed is asked again, by table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/sync/pace.h"

struct pace_case {
	int refresh_s;
	uint32_t failures;
	int64_t retry_after_s;
	int64_t least_ms, most_ms; /* over all chances */
};

static const struct pace_case cases[] = {
	{120, 0, 0, 108000, 132000},
	{1, 0, 0, 900, 1100},
	{86400, 0, 0, 77760000, 95040000},
	{120, 0, 600, 108000, 132000}, /* it went well: the wish is old */
	{120, 1, 0, 13500, 16500},
	{120, 2, 0, 27000, 33000},
	{120, 3, 0, 54000, 66000},
	{120, 7, 0, 864000, 1056000},
	{120, 8, 0, 1620000, 1980000}, /* 30 minutes … */
	{120, 9, 0, 1620000, 1980000}, /* … and no more */
	{120, UINT32_MAX, 0, 1620000, 1980000},
	{120, 1, 600, 600000, 600000},
	{120, 1, 1, 13500, 16500},
	{120, 1, 1000000, 3600000, 3600000},
	{120, 1, INT64_MAX, 3600000, 3600000},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct pace_case *c = &cases[i];
		int64_t least_ms = INT64_MAX, most_ms = 0;
		for (uint32_t chance = 0; chance < 400000; chance++) {
			int64_t wait_ms = pace_wait_ms(c->refresh_s, c->failures, c->retry_after_s, chance);
			least_ms = wait_ms < least_ms ? wait_ms : least_ms;
			most_ms = wait_ms > most_ms ? wait_ms : most_ms;
		}
		assert_in_range(least_ms, c->least_ms, c->most_ms);
		assert_in_range(most_ms, c->least_ms, c->most_ms);
	}
}

static void test_jitter_spreads(void **state)
{
	(void)state;
	assert_int_equal(pace_wait_ms(120, 0, 0, 0), 108000);
	assert_int_equal(pace_wait_ms(120, 0, 0, 24000), 132000);
	assert_int_equal(pace_wait_ms(120, 0, 0, 12000), 120000);
	assert_in_range(pace_wait_ms(120, 0, 0, UINT32_MAX), 108000, 132000);
}

/* Twenty machines have started within a second, and soon ask in every part of the refresh. */
static void test_machines_that_start_together_part(void **state)
{
	enum { MACHINES = 20, REFRESH_S = 300, PARTS = 5 };
	const int64_t least_ms = REFRESH_S * 100, room_ms = REFRESH_S * 900;
	int in_part[PARTS] = {0};
	(void)state;
	for (uint32_t i = 0; i < MACHINES; i++) { /* chances that are as even as chance can be */
		int64_t wait_ms = pace_first_ms(REFRESH_S, i * (UINT32_MAX / MACHINES));
		assert_in_range(wait_ms, least_ms, least_ms + room_ms - 1);
		in_part[(wait_ms - least_ms) * PARTS / room_ms]++;
	}
	for (int i = 0; i < PARTS; i++) {
		assert_in_range(in_part[i], MACHINES / PARTS - 1, MACHINES / PARTS + 1);
	}
	assert_in_range(pace_first_ms(86400, UINT32_MAX), 86399 * 1000, 86400 * 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_jitter_spreads),
		cmocka_unit_test(test_machines_that_start_together_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
