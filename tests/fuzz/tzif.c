/* Files of time zones: whatever the bytes are, what is made of them can be asked for any instant, and a local time that
 * exists leads back to where it came from. */
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "ical/tzif.h"
#include "ical/tzrule.h"
#include "ical/zone.h"

static const int64_t YEAR_S = INT64_C(31556952);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tzrule rule;
	struct zone *zone = tzif_read("Fuzz", data, size, NULL);

	for (int64_t year = -200; zone && year < 300; year += 7) {
		int64_t utc_s = year * YEAR_S, local_s = zone_local(zone, utc_s);

		if (llabs(local_s - utc_s) > 26 * 3600 || llabs(zone_utc(zone, local_s) - local_s) > 26 * 3600) {
			abort();
		}
		zone_day_start(zone, zone_day(zone, utc_s));
	}
	zone_destroy(zone);
	if (tzrule_parse((const char *)data, size, &rule) && rule.has_summer &&
	    llabs(tzrule_begin_utc(&rule, 2026) - tzrule_end_utc(&rule, 2026)) > 2 * YEAR_S) {
		abort();
	}
	return 0;
}
