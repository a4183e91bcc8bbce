/* The program's clock: the system's, or one that was started elsewhere with --now. Made before the threads start and
 * usable by all of them. Besides the loop's sleeping, nothing else reads the time. */
#ifndef APP_BASE_CLOCK_H
#define APP_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Fields are clock.c's own. */
struct clock {
	bool is_own;   /* --now and tests: does not follow the system's */
	bool is_still; /* tests: moves only by clock_advance */
	int64_t start_utc_ms, start_mono_ms;
	_Atomic int64_t mono_ms;   /* of a still clock */
	_Atomic int64_t lead_ms;   /* how far the system's clock was ahead of the monotonic one when last looked at */
	_Atomic int64_t jumped_ms; /* monotonic; INT64_MIN never */
	_Atomic bool was_trusted;  /* at the last question: a clock that was wrong does not jump, it is put right */
};

void clock_init(struct clock *clock);                      /* the system's */
void clock_init_at(struct clock *clock, int64_t utc_s);    /* starts there and runs; always trusted */
void clock_init_still(struct clock *clock, int64_t utc_s); /* stands until clock_advance; always trusted */
void clock_advance(struct clock *clock, int64_t ms);       /* a still clock only */

int64_t clock_utc_s(const struct clock *clock);
int64_t clock_utc_ms(const struct clock *clock);
/* Never set back, and goes on while the machine is suspended. */
int64_t clock_mono_ms(const struct clock *clock);
int64_t clock_mono_us(const struct clock *clock); /* the same, finer */
/* The same without the time that the machine was suspended: for how long somebody has been at something. */
int64_t clock_awake_ms(const struct clock *clock);

/* False: unset, not synchronised as the kernel knows it, or set by more than CLOCK_JUMP_S a moment ago although it
 * was trusted before. Looks for a jump since the last call; whichever thread asks first notices it for all. */
bool clock_is_trusted(struct clock *clock);

/* A descriptor that becomes readable when somebody sets the system's clock; -1 when there is none to be had. The
 * caller closes it, and calls clock_watch_drain each time it was readable. */
int clock_watch_open(void);
void clock_watch_drain(int fd);

#endif
