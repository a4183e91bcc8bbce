/* Decides when a feed is asked again. Pure: chance is given as a number. */
#ifndef APP_SYNC_PACE_H
#define APP_SYNC_PACE_H

#include <stdint.h>

enum {
	PACE_FIRST_RETRY_MS = 15 * 1000,        /* after the first failure; doubles with each further one, … */
	PACE_LONGEST_RETRY_MS = 30 * 60 * 1000, /* … up to this */
	PACE_RETRY_AFTER_MAX_S = 60 * 60,       /* a server's own wish is followed up to this */
	PACE_JITTER_PERCENT = 10,               /* more or less, so that offices do not ask in step */
	PACE_NETWORK_BACK_MS = 2 * 1000,        /* after the network has changed, for feeds that could not be reached */
	PACE_NETWORK_AGAIN_MS = 10 * 1000       /* … but not sooner than this after their last try */
};

/* `failures` is 0 after a success. `chance` is any number, evenly distributed. */
int64_t pace_wait_ms(int refresh_s, uint32_t failures, int64_t retry_after_s, uint32_t chance);

#endif
