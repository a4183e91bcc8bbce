/* Tries the name as it stands, then with one decoration after the other taken off. */
#include "zoneguess.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "zonetable.h"

enum { NAME_MAX_BYTES = 128 };

/* "UTC+02:00", "GMT-0330", "UTC": a fixed offset. */
static struct zone *guess_offset(const char *name)
{
	int hours, minutes = 0, used = 0;
	const char *rest = name + 3;
	struct err err;

	if (strcasecmp(name, "Z") == 0)
		return zone_create("UTC", &err);
	if (strncasecmp(name, "UTC", 3) != 0 && strncasecmp(name, "GMT", 3) != 0)
		return NULL;
	if (*rest == '\0')
		return zone_create("UTC", &err);
	if ((*rest != '+' && *rest != '-') ||
	    (sscanf(rest + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 &&
	     sscanf(rest + 1, "%2d%2d%n", &hours, &minutes, &used) != 2 &&
	     sscanf(rest + 1, "%2d%n", &hours, &used) != 1) ||
	    rest[1 + used] != '\0' || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return NULL;
	return zone_create_fixed(name, (hours * 3600 + minutes * 60) * (*rest == '-' ? -1 : 1), &err);
}

/* What Windows shows its users: an offset and some of the zone's cities. */
static struct zone *guess_cities(const char *name)
{
	static const char *const continents[] = {"Europe",    "America", "Asia",     "Africa",
						 "Australia", "Pacific", "Atlantic", "Indian"};
	const char *city = name[0] == '(' ? strchr(name, ')') : NULL;
	struct err err;

	while (city && *city != '\0') {
		size_t length;

		city += strspn(city, ") ,");
		length = strcspn(city, ",");
		for (size_t i = 0; length > 0 && length < 40 && i < sizeof(continents) / sizeof(continents[0]); i++) {
			char iana[NAME_MAX_BYTES];
			struct zone *zone;

			snprintf(iana, sizeof(iana), "%s/%.*s", continents[i], (int)length, city);
			for (char *space = iana; (space = strchr(space, ' '));)
				*space = '_';
			if ((zone = zone_create(iana, &err)))
				return zone;
		}
		city += length;
	}
	return NULL;
}

/* "/vendor.example/20050126_1/Europe/Stockholm", "tzone://Microsoft/Utc" */
static struct zone *guess_path(const char *name)
{
	struct err err;

	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		struct zone *zone = zone_create(slash + 1, &err);

		if (!zone)
			zone = guess_offset(slash + 1);
		if (zone)
			return zone;
	}
	return NULL;
}

/* "GMT Standard Time 1", "Europe/Stockholm-2" */
static struct zone *guess_without_number(const char *name)
{
	char shorter[NAME_MAX_BYTES];
	size_t length = strlen(name), digits = 0;
	struct err err;

	while (digits < length && isdigit((unsigned char)name[length - 1 - digits]))
		digits++;
	if (digits == 0 || digits + 1 >= length || !strchr(" -_", name[length - 1 - digits]) ||
	    length >= sizeof(shorter))
		return NULL;
	length -= digits + 1;
	memcpy(shorter, name, length);
	shorter[length] = '\0';
	return zone_create(shorter, &err);
}

/* "europe/stockholm", "EUROPE/STOCKHOLM" */
static struct zone *guess_capitals(const char *name)
{
	char iana[NAME_MAX_BYTES];
	bool first = true;
	size_t length = strlen(name);
	struct err err;

	if (!strchr(name, '/') || length >= sizeof(iana))
		return NULL;
	for (size_t i = 0; i <= length; i++) {
		unsigned char byte = (unsigned char)name[i];

		iana[i] = (char)(first ? toupper(byte) : tolower(byte));
		first = !isalpha(byte);
	}
	return zone_create(iana, &err);
}

struct zone *zone_guess(const char *name)
{
	struct zone *(*const guesses[])(const char *) = {guess_offset, guess_without_number, guess_path, guess_cities,
							 guess_capitals};
	struct err err;
	struct zone *zone = zone_create(name, &err);

	for (size_t i = 0; !zone && i < sizeof(guesses) / sizeof(guesses[0]); i++)
		zone = guesses[i](name);
	return zone;
}
