/* See clock.h. The monotonic side is CLOCK_BOOTTIME, so that a night of suspend is no jump: both clocks go on. */
#include "clock.h"

#include <assert.h>
#include <errno.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "ical/civil.h"
#include "limits.h"

static int64_t read_us(clockid_t id)
{
	struct timespec now = {0};
	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t read_ms(clockid_t id)
{
	return read_us(id) / 1000;
}

static void init_own(struct clock *clock, int64_t utc_s, bool is_still)
{
	clock->is_own = true;
	clock->is_still = is_still;
	clock->start_utc_ms = utc_s * 1000;
	clock->start_mono_ms = is_still ? 0 : read_ms(CLOCK_BOOTTIME);
	atomic_init(&clock->mono_ms, 0);
	atomic_init(&clock->lead_ms, 0);
	atomic_init(&clock->jumped_ms, INT64_MIN);
	atomic_init(&clock->was_confirmed, false);
	atomic_init(&clock->was_trusted, false);
}

void clock_init(struct clock *clock)
{
	clock->is_own = false;
	clock->is_still = false;
	clock->start_utc_ms = 0;
	clock->start_mono_ms = 0;
	atomic_init(&clock->mono_ms, 0);
	atomic_init(&clock->lead_ms, read_ms(CLOCK_REALTIME) - read_ms(CLOCK_BOOTTIME));
	atomic_init(&clock->jumped_ms, INT64_MIN);
	atomic_init(&clock->was_confirmed, false);
	atomic_init(&clock->was_trusted, false);
}

void clock_init_at(struct clock *clock, int64_t utc_s)
{
	init_own(clock, utc_s, false);
}

void clock_init_still(struct clock *clock, int64_t utc_s)
{
	init_own(clock, utc_s, true);
}

void clock_advance(struct clock *clock, int64_t ms)
{
	assert(clock->is_still && ms >= 0);
	atomic_fetch_add(&clock->mono_ms, ms);
}

int64_t clock_mono_ms(const struct clock *clock)
{
	return clock->is_still ? atomic_load(&clock->mono_ms) : read_ms(CLOCK_BOOTTIME);
}

int64_t clock_awake_ms(const struct clock *clock)
{
	return clock->is_still ? atomic_load(&clock->mono_ms) : read_ms(CLOCK_MONOTONIC);
}

int64_t clock_mono_us(const struct clock *clock)
{
	return clock->is_still ? atomic_load(&clock->mono_ms) * 1000 : read_us(CLOCK_BOOTTIME);
}

int64_t clock_utc_ms(const struct clock *clock)
{
	if (!clock->is_own) {
		return read_ms(CLOCK_REALTIME);
	}
	return clock->start_utc_ms + clock_mono_ms(clock) - clock->start_mono_ms;
}

int64_t clock_utc_s(const struct clock *clock)
{
	int64_t ms = clock_utc_ms(clock);
	return ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
}

static void look_for_jump(struct clock *clock)
{
	int64_t mono_ms = read_ms(CLOCK_BOOTTIME);
	int64_t lead_ms = read_ms(CLOCK_REALTIME) - mono_ms;
	int64_t moved_ms = lead_ms - atomic_exchange(&clock->lead_ms, lead_ms);
	bool is_jump = moved_ms > CLOCK_JUMP_S * 1000 || moved_ms < -CLOCK_JUMP_S * 1000;
	if (is_jump) {
		atomic_store(&clock->was_confirmed, false);
	}
	if (is_jump && atomic_load(&clock->was_trusted)) {
		atomic_store(&clock->jumped_ms, mono_ms);
	}
}

/* Some sandboxes forbid this question. */
static bool is_synchronised(const struct clock *clock)
{
	struct timex state = {.modes = 0};
	int result = adjtimex(&state);
	if (result < 0) {
		return atomic_load(&clock->was_confirmed);
	}
	return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}

void clock_confirm(struct clock *clock)
{
	atomic_store(&clock->was_confirmed, true);
}

static bool system_is_trusted(struct clock *clock)
{
	int64_t jumped_ms = atomic_load(&clock->jumped_ms);
	if (jumped_ms != INT64_MIN && clock_mono_ms(clock) - jumped_ms < CLOCK_SETTLE_S * 1000) {
		return false;
	}
	if (civil_from_local(clock_utc_s(clock)).year < CLOCK_FIRST_YEAR) {
		return false;
	}
	return is_synchronised(clock);
}

bool clock_is_trusted(struct clock *clock)
{
	if (clock->is_own) {
		return true;
	}
	look_for_jump(clock);
	bool is_trusted = system_is_trusted(clock);
	atomic_store(&clock->was_trusted, is_trusted);
	return is_trusted;
}

/* The timer is set so far ahead that only its cancellation matters. */
static void arm(int fd)
{
	struct itimerspec never = {.it_value.tv_sec = read_ms(CLOCK_REALTIME) / 1000 + (time_t)36500 * DAY_S};
	timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

int clock_watch_open(void)
{
	int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	if (fd >= 0) {
		arm(fd);
	}
	return fd;
}

void clock_watch_drain(int fd)
{
	uint64_t count = 0;
	ssize_t got = read(fd, &count, sizeof(count));
	(void)got; /* ECANCELED is the signal that the clock was set */
	arm(fd);
}
