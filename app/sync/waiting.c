/* The clocks as the worker reads them, and its promise about when it will report again. */
#include "private.h"

int64_t sync_mono_ms(const struct sync *sync)
{
	return clock_mono_ms(sync->options.clock);
}

/* Time in suspend does not count as time that the worker has used. */
int64_t sync_awake_ms(const struct sync *sync)
{
	return clock_awake_ms(sync->options.clock);
}

int32_t sync_today(const struct sync *sync)
{
	return zone_day(sync->config->zone, clock_utc_s(sync->options.clock));
}

void sync_promise(struct sync *sync, int64_t within_ms)
{
	atomic_store(&sync->promised_ms, within_ms < 0 ? INT64_MAX : sync_awake_ms(sync) + within_ms);
}

bool sync_use_cache(struct sync *sync, bool is_busy)
{
	bool was_busy = sync->cache_is_busy;
	sync->cache_is_busy = is_busy;
	return was_busy;
}
