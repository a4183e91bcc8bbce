/* See pace.h. */
#include "pace.h"
#include "app/base/limits.h"
#include "ical/netlimits.h"

static int64_t back_off_ms(uint32_t failures)
{
	int64_t wait_ms = PACE_FIRST_RETRY_MS;
	for (uint32_t i = 1; i < failures && wait_ms < PACE_LONGEST_RETRY_MS; i++) {
		wait_ms *= 2;
	}
	return wait_ms < PACE_LONGEST_RETRY_MS ? wait_ms : PACE_LONGEST_RETRY_MS;
}

/* Returns wait_ms, up to PACE_JITTER_PERCENT more or less. */
static int64_t jittered(int64_t wait_ms, uint32_t chance)
{
	int64_t spread = wait_ms * PACE_JITTER_PERCENT / 100;
	return wait_ms - spread + (int64_t)((uint64_t)chance % (uint64_t)(2 * spread + 1));
}

int64_t pace_first_ms(int refresh_s, uint32_t chance)
{
	uint64_t least_ms = (uint64_t)refresh_s * 1000 * PACE_FIRST_PERCENT / 100;
	return (int64_t)(least_ms + (((uint64_t)chance * ((uint64_t)refresh_s * 1000 - least_ms)) >> 32));
}

int64_t pace_wait_ms(int refresh_s, uint32_t failures, int64_t retry_after_s, uint32_t chance)
{
	if (failures == 0) {
		return jittered((int64_t)refresh_s * 1000, chance);
	}
	int64_t wait_ms = jittered(back_off_ms(failures), chance);
	int64_t asked_s = retry_after_s < FETCH_RETRY_AFTER_MAX_S ? retry_after_s : FETCH_RETRY_AFTER_MAX_S;
	return wait_ms > asked_s * 1000 ? wait_ms : asked_s * 1000;
}
