/* A clock that was started elsewhere, one that stands, and the system's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "app/base/clock.h"

static void test_still(void **state)
{
	(void)state;
	struct clock clock;
	clock_init_still(&clock, 1795427000);
	assert_int_equal(clock_utc_s(&clock), 1795427000);
	assert_int_equal(clock_mono_ms(&clock), 0);
	clock_advance(&clock, 1999);
	assert_int_equal(clock_utc_s(&clock), 1795427001);
	assert_int_equal(clock_utc_ms(&clock), 1795427001999);
	assert_int_equal(clock_mono_ms(&clock), 1999);
	assert_true(clock_is_trusted(&clock));
}

static void test_before_1970(void **state)
{
	(void)state;
	struct clock clock;
	clock_init_still(&clock, -10);
	clock_advance(&clock, 1);
	assert_int_equal(clock_utc_s(&clock), -10);
}

static void test_started_elsewhere(void **state)
{
	(void)state;
	struct clock clock;
	clock_init_at(&clock, 0);
	int64_t first_ms = clock_utc_ms(&clock), mono_ms = clock_mono_ms(&clock);
	assert_in_range(first_ms, 0, 3600 * 1000);
	while (clock_mono_ms(&clock) == mono_ms)
		;
	assert_true(clock_utc_ms(&clock) > first_ms);
	assert_true(clock_is_trusted(&clock)); /* 1970 was asked for */
}

static void test_the_systems(void **state)
{
	(void)state;
	struct clock clock;
	clock_init(&clock);
	int64_t before = time(NULL);
	int64_t now = clock_utc_s(&clock);
	assert_in_range(now, before, time(NULL));
}

/* What a clock that was set forward by an hour looks like: its lead over the monotonic clock grew. */
static void test_a_jump_is_distrusted(void **state)
{
	(void)state;
	struct clock clock;
	clock_init(&clock);
	atomic_store(&clock.was_trusted, true);
	atomic_fetch_sub(&clock.lead_ms, 3600 * 1000);
	assert_false(clock_is_trusted(&clock));
	assert_int_not_equal(atomic_load(&clock.jumped_ms), INT64_MIN);
}

static void test_a_clock_put_right_has_not_jumped(void **state)
{
	(void)state;
	struct clock clock;
	clock_init(&clock);
	atomic_fetch_sub(&clock.lead_ms, (int64_t)50 * 365 * 86400 * 1000);
	clock_is_trusted(&clock);
	assert_int_equal(atomic_load(&clock.jumped_ms), INT64_MIN);
}

static void test_small_steps_are_no_jump(void **state)
{
	(void)state;
	struct clock clock;
	clock_init(&clock);
	atomic_store(&clock.was_trusted, true);
	atomic_fetch_add(&clock.lead_ms, 2000);
	clock_is_trusted(&clock);
	assert_int_equal(atomic_load(&clock.jumped_ms), INT64_MIN);
}

static void test_the_watch_is_quiet(void **state)
{
	(void)state;
	int fd = clock_watch_open();
	assert_true(fd >= 0);
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	clock_watch_drain(fd); /* must not block */
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_still),
		cmocka_unit_test(test_before_1970),
		cmocka_unit_test(test_started_elsewhere),
		cmocka_unit_test(test_the_systems),
		cmocka_unit_test(test_a_jump_is_distrusted),
		cmocka_unit_test(test_a_clock_put_right_has_not_jumped),
		cmocka_unit_test(test_small_steps_are_no_jump),
		cmocka_unit_test(test_the_watch_is_quiet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
