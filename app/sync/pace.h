/* Decides when a feed is asked again. Pure: chance is given as a number. */
#ifndef APP_SYNC_PACE_H
#define APP_SYNC_PACE_H

#include <stdint.h>

/* Returns how long after its first success a feed is asked again: anything from a tenth of its refresh up to all of it,
 * so that machines that were started together, as after a power cut, do not go on asking together. */
int64_t pace_first_ms(int refresh_s, uint32_t chance);

/* `failures` is 0 after a success. `chance` is any number, evenly distributed. */
int64_t pace_wait_ms(int refresh_s, uint32_t failures, int64_t retry_after_s, uint32_t chance);

#endif
