/* ICU is asked once for every change of offset from 1900 to 2200; afterwards a look-up is a binary search.
 * Beyond 2200 the last offset holds. */
#include "zone.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "civil.h"
#include "zonetable.h"

enum { NAME_MAX_LENGTH = 127, FIRST_YEAR = 1900, LAST_YEAR = 2200 };

struct change {
	int64_t utc_s;
	int64_t local_s;  /* local times from here on are read with offset_s: see zone_utc */
	int32_t offset_s; /* from utc_s on */
};

struct zone {
	char *name;
	int32_t first_offset_s; /* before the first change */
	struct change *changes; /* ascending */
	size_t count;
	size_t capacity;
};

struct zone *zone_create_fixed(const char *name, int32_t offset_s, struct err *err)
{
	struct zone *zone = calloc(1, sizeof(*zone));

	if (!zone || !(zone->name = strdup(name))) {
		zone_destroy(zone);
		err_set(err, "out of memory");
		return NULL;
	}
	zone->first_offset_s = offset_s;
	return zone;
}

bool zone_add_change(struct zone *zone, int64_t utc_s, int32_t offset_s, struct err *err)
{
	int32_t before_s = zone->count > 0 ? zone->changes[zone->count - 1].offset_s : zone->first_offset_s;

	if (before_s == offset_s) {
		return true;
	}
	if (zone->count == zone->capacity) {
		size_t capacity = zone->capacity ? 2 * zone->capacity : 64;
		struct change *grown = realloc(zone->changes, capacity * sizeof(*grown));

		if (!grown) {
			return err_set(err, "out of memory");
		}
		zone->changes = grown;
		zone->capacity = capacity;
	}
	/* In a gap the offset before it counts, in an overlap the first of the two times: both mean that the
	 * new offset begins at the later of the two local readings of the change. */
	zone->changes[zone->count++] = (struct change){
		.utc_s = utc_s,
		.local_s = utc_s + (before_s > offset_s ? before_s : offset_s),
		.offset_s = offset_s,
	};
	return true;
}

void zone_destroy(struct zone *zone)
{
	if (!zone) {
		return;
	}
	free(zone->changes);
	free(zone->name);
	free(zone);
}

/* ICU reads any unknown name as GMT without saying so; only names in its own table are taken. */
static bool is_system_name(const UChar *name)
{
	UChar canonical[NAME_MAX_LENGTH + 1];
	UBool is_system = false;
	UErrorCode status = U_ZERO_ERROR;

	ucal_getCanonicalTimeZoneID(name, -1, canonical, NAME_MAX_LENGTH, &is_system, &status);
	return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && is_system &&
	       u_strcmp(canonical, u"Etc/Unknown") != 0;
}

/* Turns the caller's name into an IANA name, in both encodings. */
static bool find_name(const char *name, UChar *out_wide, char *out_name)
{
	UChar wide[NAME_MAX_LENGTH + 1];
	UErrorCode status = U_ZERO_ERROR;
	size_t length = strlen(name);

	if (length == 0 || length > NAME_MAX_LENGTH) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (name[i] < ' ' || name[i] > '~') {
			return false;
		}
	}
	u_charsToUChars(name, wide, (int32_t)length + 1);
	if (is_system_name(wide)) {
		u_strcpy(out_wide, wide);
	} else {
		int32_t found = ucal_getTimeZoneIDForWindowsID(wide, -1, "SE", out_wide, NAME_MAX_LENGTH, &status);
		if (U_FAILURE(status) || found <= 0 || found >= NAME_MAX_LENGTH) {
			return false;
		}
	}
	u_UCharsToChars(out_wide, out_name, u_strlen(out_wide) + 1);
	return true;
}

static int32_t calendar_offset_s(UCalendar *calendar, UErrorCode *status)
{
	int32_t zone_ms = ucal_get(calendar, UCAL_ZONE_OFFSET, status);
	int32_t summer_ms = ucal_get(calendar, UCAL_DST_OFFSET, status);
	return (zone_ms + summer_ms) / 1000;
}

static bool read_changes(struct zone *zone, UCalendar *calendar, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UDate end_ms = (UDate)civil_day(LAST_YEAR, 1, 1) * DAY_S * 1000.0;
	UDate at_ms;

	ucal_setMillis(calendar, (UDate)civil_day(FIRST_YEAR, 1, 1) * DAY_S * 1000.0, &status);
	zone->first_offset_s = calendar_offset_s(calendar, &status);
	while (U_SUCCESS(status) &&
	       ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &at_ms, &status) && at_ms < end_ms) {
		ucal_setMillis(calendar, at_ms, &status);
		if (!zone_add_change(zone, (int64_t)at_ms / 1000, calendar_offset_s(calendar, &status), err)) {
			return false;
		}
	}
	return U_SUCCESS(status) || err_set(err, "time zone %s: %s", zone->name, u_errorName(status));
}

struct zone *zone_create(const char *name, struct err *err)
{
	UChar wide[NAME_MAX_LENGTH + 1];
	char iana[NAME_MAX_LENGTH + 1];
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = NULL;
	struct zone *zone = NULL;
	bool ok = false;

	if (!find_name(name, wide, iana)) {
		err_set(err, "unknown time zone \"%s\"", name);
		return NULL;
	}
	calendar = ucal_open(wide, -1, "en_US", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status)) {
		err_set(err, "time zone %s: %s", iana, u_errorName(status));
		goto out;
	}
	zone = zone_create_fixed(iana, 0, err);
	ok = zone && read_changes(zone, calendar, err);
out:
	if (calendar) {
		ucal_close(calendar);
	}
	if (!ok) {
		zone_destroy(zone);
		zone = NULL;
	}
	return zone;
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

int32_t zone_offset_s(const struct zone *zone, int64_t utc_s)
{
	size_t low = 0, high = zone->count; /* the answer is the change before `low` */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].utc_s <= utc_s) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low > 0 ? zone->changes[low - 1].offset_s : zone->first_offset_s;
}

int64_t zone_local(const struct zone *zone, int64_t utc_s)
{
	return utc_s + zone_offset_s(zone, utc_s);
}

int32_t zone_day(const struct zone *zone, int64_t utc_s)
{
	int64_t local_s = zone_local(zone, utc_s);
	return (int32_t)(local_s >= 0 ? local_s / DAY_S : -((-local_s + DAY_S - 1) / DAY_S));
}

int64_t zone_utc(const struct zone *zone, int64_t local_s)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].local_s <= local_s) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return local_s - (low > 0 ? zone->changes[low - 1].offset_s : zone->first_offset_s);
}

int64_t zone_day_start(const struct zone *zone, int32_t day)
{
	int64_t midnight_s = (int64_t)day * DAY_S;
	int64_t utc_s = zone_utc(zone, midnight_s);
	int64_t past_s = zone_local(zone, utc_s) - midnight_s;

	/* Where midnight is left out the day begins at the change itself: both readings of it are at hand. */
	if (past_s > 0) {
		for (size_t i = zone->count; i > 0; i--) {
			if (zone->changes[i - 1].utc_s <= utc_s) {
				return zone->changes[i - 1].utc_s;
			}
		}
	}
	return utc_s;
}
