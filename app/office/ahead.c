/* The days ahead. */
#include "office.h"

bool office_opens(const struct office *office)
{
	return !office->is_closed && office->now_utc < office->closes_utc;
}

int32_t office_open_day(const struct office_input *input, int which, int32_t look_days)
{
	int32_t today = zone_day(input->config->zone, input->now_utc), last = today + look_days - 1;
	for (int32_t day = today; day < last && which > 0; day++) {
		struct office *office = office_create_day(input, day);
		if (!office) {
			return last;
		}
		which -= office_opens(office);
		office_destroy(office);
		if (which == 0) {
			return day;
		}
	}
	return last;
}
