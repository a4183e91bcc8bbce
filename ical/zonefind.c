/* From a name to a zone: as the system's tzdata has it, else as Windows calls it. UTC is known without any data. */
#include "zone.h"

#include <stdlib.h>
#include <string.h>

#include "tzif.h"
#include "zoneinfo.h"
#include "zonetable.h"
#include "zonewindows.h"

static bool is_utc(const char *name)
{
	return strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0;
}

static struct zone *read_zone(const struct zoneinfo *zoneinfo, const char *name, struct err *err)
{
	size_t length = 0;
	unsigned char *bytes = zoneinfo_read(zoneinfo, name, &length, err);
	struct zone *zone = bytes ? tzif_read(name, bytes, length, err) : NULL;

	if (bytes && !zone) {
		err_prefix(err, "time zone \"%s\" cannot be read (install the package tzdata again)", name);
	}
	free(bytes);
	return zone;
}

struct zone *zone_create_from(const struct zoneinfo *zoneinfo, const char *name, struct err *err)
{
	char iana[ZONE_NAME_MAX];
	struct zone *zone;

	if (is_utc(name)) {
		return zone_create_fixed(name, 0, err);
	}
	if (!zoneinfo) {
		err_set(err, "unknown time zone \"%s\"", name);
		return NULL;
	}
	zone = read_zone(zoneinfo, name, err);
	if (!zone && zonewindows_find(name, iana)) {
		zone = is_utc(iana) ? zone_create_fixed(iana, 0, err) : read_zone(zoneinfo, iana, err);
	}
	return zone;
}

struct zone *zone_create_alias(const struct zoneinfo *zoneinfo, const char *name, struct err *err)
{
	char iana[ZONE_NAME_MAX];

	if (!zonewindows_find_alias(name, iana)) {
		err_set(err, "unknown time zone \"%s\"", name);
		return NULL;
	}
	return zone_create_from(zoneinfo, iana, err);
}

struct zone *zone_create(const char *name, struct err *err)
{
	struct zoneinfo *zoneinfo = zoneinfo_create(ZONEINFO_FOLDER, err);
	/* Without a folder the sentence about the folder says more than that the name is unknown. */
	struct zone *zone = zoneinfo || is_utc(name) ? zone_create_from(zoneinfo, name, err) : NULL;

	zoneinfo_destroy(zoneinfo);
	return zone;
}
