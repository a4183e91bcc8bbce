/* Decides when a feed is asked again. Pure: chance is given as a number. */
#ifndef APP_SYNC_PACE_H
#define APP_SYNC_PACE_H

#include <stdint.h>

/* `failures` is 0 after a success. `chance` is any number, evenly distributed. */
int64_t pace_wait_ms(int refresh_s, uint32_t failures, int64_t retry_after_s, uint32_t chance);

#endif
