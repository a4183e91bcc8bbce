/* Instants of the day that an office is made for. */
#include "ical/civil.h"
#include "private.h"

int64_t office_at_minute(const struct config *config, int32_t day, int minute)
{
	return zone_utc(config->zone, (int64_t)day * DAY_S + (int64_t)minute * 60);
}

void office_changes_at(struct office *office, int64_t utc)
{
	if (utc > office->now_utc && utc < office->changes_utc) {
		office->changes_utc = utc;
	}
}
