/* The program's clock: the system's, or one that --now started at another time. It is made before the threads start,
 * and all of them may use it. Nothing else reads the time, except that the loop sleeps. */
#ifndef APP_BASE_CLOCK_H
#define APP_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The fields belong to clock.c. */
struct clock {
	bool is_own;   /* for --now and tests: it does not follow the system's clock */
	bool is_still; /* for tests: it moves only by clock_advance */
	int64_t start_utc_ms, start_mono_ms;
	_Atomic int64_t mono_ms;    /* the time of a still clock */
	_Atomic int64_t lead_ms;    /* how far the system's clock was ahead of the monotonic one at the last call */
	_Atomic int64_t jumped_ms;  /* monotonic time of the last jump; INT64_MIN never */
	_Atomic bool was_confirmed; /* by a server, since the last jump */
	_Atomic bool was_trusted; /* the last answer; a clock that was wrong before does not jump when it is set, it is
				     corrected */
};

void clock_init(struct clock *clock);                      /* follows the system's clock */
void clock_init_at(struct clock *clock, int64_t utc_s);    /* starts at that time and runs; it is always trusted */
void clock_init_still(struct clock *clock, int64_t utc_s); /* stands still until clock_advance; it is always trusted */
void clock_advance(struct clock *clock, int64_t ms);       /* a still clock only */

int64_t clock_utc_s(const struct clock *clock);
int64_t clock_utc_ms(const struct clock *clock);
/* Never goes back, and goes on while the machine is suspended. */
int64_t clock_mono_ms(const struct clock *clock);
int64_t clock_mono_us(const struct clock *clock); /* the same, finer */
/* The same without the time during which the machine was suspended; it measures how long an activity has been running.
 */
int64_t clock_awake_ms(const struct clock *clock);

/* Returns false when the clock was never set, when the kernel knows it as not synchronised, or when a clock that was
 * trusted has just been set by more than CLOCK_JUMP_S. Where a sandbox forbids to ask the kernel, the clock is trusted
 * once clock_confirm was called, until it jumps. The call looks for a jump since the last call; the first thread
 * that asks notices it for all. */
bool clock_is_trusted(struct clock *clock);

/* Call it when a server has just said the same time. Any thread. */
void clock_confirm(struct clock *clock);

/* Returns a descriptor that becomes readable when somebody sets the system's clock, or -1 when the system offers none.
 * The caller closes it, and calls clock_watch_drain each time it was readable. */
int clock_watch_open(void);
void clock_watch_drain(int fd);

#endif
