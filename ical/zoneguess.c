/* See zoneguess.h. Tries the name as it is, then without one decoration after the other. */
#include "zoneguess.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "zonetable.h"
#include "limits.h"

/* "UTC+02:00", "GMT-0330", "UTC": a fixed offset. */
static struct zone *guess_offset(const struct zoneinfo *zoneinfo, const char *name)
{
	int hours, minutes = 0, used = 0;
	const char *rest = name + 3;
	struct err err;

	if (strcasecmp(name, "Z") == 0) {
		return zone_create_from(zoneinfo, "UTC", &err);
	}
	if (strncasecmp(name, "UTC", 3) != 0 && strncasecmp(name, "GMT", 3) != 0) {
		return NULL;
	}
	if (*rest == '\0') {
		return zone_create_from(zoneinfo, "UTC", &err);
	}
	if ((*rest != '+' && *rest != '-') ||
	    (sscanf(rest + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 &&
	     sscanf(rest + 1, "%2d%2d%n", &hours, &minutes, &used) != 2 &&
	     sscanf(rest + 1, "%2d%n", &hours, &used) != 1) ||
	    rest[1 + used] != '\0' || hours < 0 || hours > 14 || minutes < 0 || minutes > 59) {
		return NULL;
	}
	return zone_create_fixed(name, (hours * 3600 + minutes * 60) * (*rest == '-' ? -1 : 1), &err);
}

/* Handles "Eastern Time (US & Canada)", which Windows shows where it names no city, with or without the offset before
 * it. */
static struct zone *guess_region(const struct zoneinfo *zoneinfo, const char *name)
{
	static const struct {
		const char *start, *iana;
	} regions[] = {
		{"Eastern Time", "America/New_York"},
		{"Eastern Daylight Time", "America/New_York"},
		{"Central Time", "America/Chicago"},
		{"Central Daylight Time", "America/Chicago"},
		{"Mountain Time", "America/Denver"},
		{"Mountain Daylight Time", "America/Denver"},
		{"Pacific Time", "America/Los_Angeles"},
		{"Pacific Daylight Time", "America/Los_Angeles"},
		{"Atlantic Time", "America/Halifax"},
		{"Alaska", "America/Anchorage"},
		{"Arizona", "America/Phoenix"},
		{"Hawaii", "Pacific/Honolulu"},
		{"Newfoundland", "America/St_Johns"},
		{"Indiana (East)", "America/Indiana/Indianapolis"},
		{"Saskatchewan", "America/Regina"},
		{"Coordinated Universal Time", "UTC"},
		{"Greenwich Mean Time", "Europe/London"},
		{"Western European", "Europe/Lisbon"},
		{"Central European", "Europe/Stockholm"},
		{"Eastern European", "Europe/Helsinki"},
		{"CEST", "Europe/Stockholm"},
		{"EEST", "Europe/Helsinki"},
	};
	const char *behind = name[0] == '(' ? strchr(name, ')') : NULL;
	struct err err;

	if (behind) {
		name = behind + 1 + strspn(behind + 1, " ");
	}
	for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
		if (strncasecmp(name, regions[i].start, strlen(regions[i].start)) == 0) {
			return zone_create_from(zoneinfo, regions[i].iana, &err);
		}
	}
	return NULL;
}

/* Handles what Windows shows its users, an offset and some cities of the zone, or a city alone ("Zurich"). */
static struct zone *guess_cities(const struct zoneinfo *zoneinfo, const char *name)
{
	/* Australia has zones named West and South, which alone could belong to any country. */
	static const char *const continents[] = {"Europe",  "America",  "Asia",   "Africa",
						 "Pacific", "Atlantic", "Indian", "Australia"};
	const size_t all = sizeof(continents) / sizeof(continents[0]);
	bool is_shown = name[0] == '(';
	const char *city = is_shown ? strchr(name, ')') : strchr(name, '/') ? NULL : name;
	struct err err;

	while (city && *city != '\0') {
		size_t length;

		city += strspn(city, ") ,/");
		length = strcspn(city, ",/");
		while (length > 0 && city[length - 1] == ' ') {
			length--;
		}
		for (size_t i = 0; length > 0 && length < 40 && i < (is_shown ? all : all - 1); i++) {
			char iana[ZONE_NAME_MAX];
			struct zone *zone;

			snprintf(iana, sizeof(iana), "%s/%.*s", continents[i], (int)length, city);
			for (char *space = iana; (space = strchr(space, ' '));) {
				*space = '_';
			}
			if ((zone = zone_create_from(zoneinfo, iana, &err))) {
				return zone;
			}
		}
		city += length + strspn(city + length, " ");
	}
	return NULL;
}

/* "/vendor.example/20050126_1/Europe/Stockholm", "tzone://Microsoft/Utc" */
static struct zone *guess_path(const struct zoneinfo *zoneinfo, const char *name)
{
	struct err err;

	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		struct zone *zone = zone_create_from(zoneinfo, slash + 1, &err);

		if (!zone) {
			zone = guess_offset(zoneinfo, slash + 1);
		}
		if (zone) {
			return zone;
		}
	}
	return NULL;
}

/* "GMT Standard Time 1", "Europe/Stockholm-2" */
static struct zone *guess_without_number(const struct zoneinfo *zoneinfo, const char *name)
{
	char shorter[ZONE_NAME_MAX];
	size_t length = strlen(name), digits = 0;
	struct err err;

	while (digits < length && isdigit((unsigned char)name[length - 1 - digits])) {
		digits++;
	}
	if (digits == 0 || digits + 1 >= length || !strchr(" -_", name[length - 1 - digits]) ||
	    length >= sizeof(shorter)) {
		return NULL;
	}
	length -= digits + 1;
	memcpy(shorter, name, length);
	shorter[length] = '\0';
	return zone_create_from(zoneinfo, shorter, &err);
}

/* "europe/stockholm", "EUROPE/STOCKHOLM" */
static struct zone *guess_capitals(const struct zoneinfo *zoneinfo, const char *name)
{
	char iana[ZONE_NAME_MAX];
	bool first = true;
	size_t length = strlen(name);
	struct err err;

	if (!strchr(name, '/') || length >= sizeof(iana)) {
		return NULL;
	}
	for (size_t i = 0; i <= length; i++) {
		unsigned char byte = (unsigned char)name[i];

		iana[i] = (char)(first ? toupper(byte) : tolower(byte));
		first = !isalpha(byte);
	}
	return zone_create_from(zoneinfo, iana, &err);
}

struct zone *zone_guess_shown(const struct zoneinfo *zoneinfo, const char *name)
{
	char offset[16];
	size_t length = name[0] == '(' ? strcspn(name + 1, ")") : 0;

	if (length < 3 || length >= sizeof(offset)) {
		return NULL;
	}
	memcpy(offset, name + 1, length);
	offset[length] = '\0';
	for (char *dot = offset; (dot = strchr(dot, '.'));) {
		*dot = ':';
	}
	return guess_offset(zoneinfo, offset);
}

struct zone *zone_guess(const struct zoneinfo *zoneinfo, const char *name)
{
	struct zone *(*const guesses[])(const struct zoneinfo *, const char *) = {
		guess_offset, guess_without_number, guess_path, guess_region, guess_cities, guess_capitals};
	struct err err;
	struct zone *zone = zone_create_from(zoneinfo, name, &err);

	for (size_t i = 0; !zone && i < sizeof(guesses) / sizeof(guesses[0]); i++) {
		zone = guesses[i](zoneinfo, name);
	}
	return zone;
}
