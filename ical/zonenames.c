/* See zonenames.h. There are three small tables: zones that were made, definitions that came with a calendar, and the
 * slots that events hold. */
#include "zonenames.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "civil.h"
#include "icslimits.h"
#include "scan.h"
#include "zoneguess.h"
#include "zoneinfo.h"
#include "limits.h"

enum { SLOT_TOO_MANY = ZONE_SLOT_OFFICE + 1, FIRST_FREE_SLOT };

/* A name that was looked up, and its zone; NULL when the name is unknown. */
struct made {
	char name[ZONE_NAME_MAX];
	struct zone *zone;
	zone_slot slot; /* the slot that every calendar may use for it; 0 none yet */
};

struct definition {
	uint32_t calendar;
	char name[ZONE_NAME_MAX];
	char *text;
	size_t length;
};

struct default_name {
	uint32_t calendar;
	char name[ZONE_NAME_MAX];
};

struct slot {
	uint32_t calendar;
	bool floating, resolved, known;
	char name[ZONE_NAME_MAX];
	const struct zone *zone;
};

struct zone_names {
	const struct zone *office;
	const struct zoneinfo *zoneinfo;
	struct zoneinfo *own_zoneinfo; /* NULL: it is borrowed, or there is none */
	struct zone *utc;
	uint32_t calendar;
	struct made made[ICS_ZONE_NAMES_MAX];
	struct definition definitions[ICS_ZONE_NAMES_MAX];
	struct default_name defaults[ICS_ZONE_NAMES_MAX];
	struct slot slots[ICS_ZONE_NAMES_MAX];
	struct zone *own[ICS_ZONE_NAMES_MAX]; /* made from definitions and aliases */
	size_t made_count, definition_count, default_count, slot_count, own_count;
	size_t definition_bytes;
};

struct zone_names *zone_names_create(const struct zone *office, const struct zoneinfo *zoneinfo)
{
	struct zone_names *names = calloc(1, sizeof(*names));

	if (!names) {
		return NULL;
	}
	names->office = office;
	names->own_zoneinfo = zoneinfo ? NULL : zoneinfo_create(ZONEINFO_FOLDER, NULL);
	names->zoneinfo = zoneinfo ? zoneinfo : names->own_zoneinfo;
	names->utc = zone_create_from(names->zoneinfo, "UTC", NULL);
	names->slots[ZONE_SLOT_UTC] = (struct slot){.resolved = true, .known = true, .zone = names->utc};
	names->slots[ZONE_SLOT_OFFICE] = (struct slot){.resolved = true, .known = true, .zone = office};
	names->slots[SLOT_TOO_MANY] = (struct slot){.resolved = true, .known = false, .zone = office};
	names->slot_count = FIRST_FREE_SLOT;
	if (!names->utc) {
		zone_names_destroy(names);
		return NULL;
	}
	return names;
}

void zone_names_destroy(struct zone_names *names)
{
	if (!names) {
		return;
	}
	for (size_t i = 0; i < names->made_count; i++) {
		zone_destroy(names->made[i].zone);
	}
	for (size_t i = 0; i < names->definition_count; i++) {
		free(names->definitions[i].text);
	}
	for (size_t i = 0; i < names->own_count; i++) {
		zone_destroy(names->own[i]);
	}
	zone_destroy(names->utc);
	zoneinfo_destroy(names->own_zoneinfo);
	free(names);
}

void zone_names_begin_calendar(struct zone_names *names)
{
	names->calendar++;
}

static bool copy_name(char *out, const char *name, size_t length)
{
	while (length > 0 && (*name == ' ' || *name == '"')) {
		name++;
		length--;
	}
	while (length > 0 && (name[length - 1] == ' ' || name[length - 1] == '"')) {
		length--;
	}
	if (length == 0 || length >= ZONE_NAME_MAX) {
		return false;
	}
	/* Commas in the name are escaped in a property's value, but not in a parameter. */
	for (size_t i = 0; i < length; i++) {
		if (name[i] != '\\') {
			*out++ = name[i];
		}
	}
	*out = '\0';
	return true;
}

/* A single word such as "EST", "IST" or "West" means what the file says; the system's tables know only one of its
 * meanings. */
static bool is_ambiguous(const char *name)
{
	static const char *const clear[] = {"UTC", "GMT", "CET", "EET", "WET", "MET"};

	for (size_t i = 0; i < sizeof(clear) / sizeof(clear[0]); i++) {
		if (strcmp(name, clear[i]) == 0) {
			return false;
		}
	}
	return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] == '\0';
}

bool zone_names_set_default(struct zone_names *names, const char *name, size_t length)
{
	/* When the table is full, the last entry is replaced: the slots of its calendar have most likely found their
	 * zone already. */
	size_t last = names->default_count < ICS_ZONE_NAMES_MAX ? names->default_count : ICS_ZONE_NAMES_MAX - 1;
	struct default_name entry = {.calendar = names->calendar};

	if (!copy_name(entry.name, name, length)) {
		return false;
	}
	names->defaults[last] = entry;
	names->default_count = last + 1;
	return true;
}

/* NULL: the table is full. */
static struct made *look_up(struct zone_names *names, const char *name)
{
	struct made *made;

	for (size_t i = 0; i < names->made_count; i++) {
		if (strcmp(names->made[i].name, name) == 0) {
			return &names->made[i];
		}
	}
	if (names->made_count == ICS_ZONE_NAMES_MAX) {
		return NULL;
	}
	made = &names->made[names->made_count++];
	memmove(made->name, name, strlen(name) + 1); /* no name in any table is longer */
	made->zone = zone_guess(names->zoneinfo, name);
	return made;
}

static const struct zone *find_known(struct zone_names *names, const char *name)
{
	const struct made *made = look_up(names, name);
	return made ? made->zone : NULL;
}

/* Returns the value of the first line with that name outside STANDARD and DAYLIGHT. */
static bool find_line(const char *text, size_t length, const char *name, char *out_value)
{
	const char *end = text + length;
	size_t name_length = strlen(name);

	for (const char *line = text; line < end;) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		size_t line_length = (size_t)((feed ? feed - 1 : end) - line);
		const char *value;
		size_t value_length;

		if (line_length > name_length && strncasecmp(line, name, name_length) == 0 &&
		    (line[name_length] == ':' || line[name_length] == ';') &&
		    scan_value(line, line_length, &value, &value_length)) {
			return copy_name(out_value, value, value_length);
		}
		if (!feed) {
			break;
		}
		line = feed + 1;
	}
	return false;
}

bool zone_names_define(struct zone_names *names, const char *text, size_t length)
{
	struct definition *definition = &names->definitions[names->definition_count];
	char *copy;

	if (names->definition_count == ICS_ZONE_NAMES_MAX || length > ICS_ZONE_TEXTS_MAX - names->definition_bytes ||
	    !find_line(text, length, "TZID", definition->name) ||
	    (!is_ambiguous(definition->name) && find_known(names, definition->name))) {
		return true; /* not needed, or useless */
	}
	copy = malloc(length);
	if (!copy) {
		return false;
	}
	memcpy(copy, text, length);
	definition->text = copy;
	definition->length = length;
	definition->calendar = names->calendar;
	names->definition_count++;
	names->definition_bytes += length;
	return true;
}

/* Returns the X-WR-TIMEZONE of the open calendar; NULL when there is none so far, or more than one. */
static const char *open_default(const struct zone_names *names)
{
	const struct default_name *last;

	if (names->default_count == 0) {
		return NULL;
	}
	last = &names->defaults[names->default_count - 1];
	if (last->calendar != names->calendar || (names->default_count > 1 && last[-1].calendar == names->calendar)) {
		return NULL;
	}
	return last->name;
}

/* A name that means the same in every calendar has one slot, which hundreds of calendars in one body share. */
static struct made *find_shared(struct zone_names *names, const char *name)
{
	struct made *made = is_ambiguous(name) ? NULL : look_up(names, name);
	return made && made->zone ? made : NULL;
}

zone_slot zone_names_slot(struct zone_names *names, const char *name, size_t length)
{
	char clean[ZONE_NAME_MAX] = "";
	bool floating = length == 0 || !copy_name(clean, name, length);
	const char *floating_name = floating ? open_default(names) : NULL;
	struct made *shared;
	struct slot *slot;

	for (size_t i = names->slot_count; i > FIRST_FREE_SLOT; i--) {
		slot = &names->slots[i - 1];
		if (slot->calendar != names->calendar) {
			break;
		}
		if (slot->floating == floating && strcmp(slot->name, clean) == 0) {
			return (zone_slot)(i - 1);
		}
	}
	shared = floating && !floating_name ? NULL : find_shared(names, floating ? floating_name : clean);
	if (shared && shared->slot) {
		return shared->slot;
	}
	/* Calendars without a zone of their own use at most half of the table, which leaves the rest to names. */
	if (floating && !shared && names->slot_count >= ICS_ZONE_NAMES_MAX / 2) {
		return ZONE_SLOT_OFFICE;
	}
	if (names->slot_count == ICS_ZONE_NAMES_MAX) {
		return floating ? ZONE_SLOT_OFFICE : SLOT_TOO_MANY;
	}
	slot = &names->slots[names->slot_count];
	*slot = (struct slot){.calendar = names->calendar, .floating = floating && !shared};
	memcpy(slot->name, shared ? shared->name : clean, sizeof(clean));
	if (shared) {
		shared->slot = (zone_slot)names->slot_count;
	}
	return (zone_slot)names->slot_count++;
}

/* X-LIC-LOCATION in a definition is a known name; without it the definition itself is read. */
static const struct zone *find_defined(struct zone_names *names, uint32_t calendar, const char *name)
{
	for (size_t i = 0; i < names->definition_count; i++) {
		const struct definition *definition = &names->definitions[i];
		char location[ZONE_NAME_MAX];
		const struct zone *known;
		struct zone *zone;

		if (definition->calendar != calendar || strcmp(definition->name, name) != 0) {
			continue;
		}
		if (find_line(definition->text, definition->length, "X-LIC-LOCATION", location) &&
		    (known = find_known(names, location))) {
			return known;
		}
		if (names->own_count == ICS_ZONE_NAMES_MAX) {
			return NULL;
		}
		zone = zone_define(definition->text, definition->length);
		if (zone) {
			names->own[names->own_count++] = zone;
		}
		return zone;
	}
	return NULL;
}

/* The name is known from old programs only, so a definition in the file is more likely right. */
static const struct zone *find_alias(struct zone_names *names, const char *name)
{
	struct zone *zone =
		names->own_count < ICS_ZONE_NAMES_MAX ? zone_create_alias(names->zoneinfo, name, NULL) : NULL;

	if (zone) {
		names->own[names->own_count++] = zone;
	}
	return zone;
}

static const struct zone *find_default(struct zone_names *names, uint32_t calendar)
{
	for (size_t i = 0; i < names->default_count; i++) {
		const char *name = names->defaults[i].name;
		const struct zone *zone;

		if (names->defaults[i].calendar == calendar &&
		    ((zone = find_known(names, name)) || (zone = find_defined(names, calendar, name)) ||
		     (zone = find_alias(names, name)))) {
			return zone;
		}
	}
	return names->office;
}

static const struct zone *find_named(struct zone_names *names, const struct slot *slot)
{
	bool file_first = is_ambiguous(slot->name);
	const struct zone *zone = NULL;

	if (file_first) {
		zone = find_defined(names, slot->calendar, slot->name);
	}
	if (!zone) {
		zone = find_known(names, slot->name);
	}
	if (!zone && !file_first) {
		zone = find_defined(names, slot->calendar, slot->name);
	}
	return zone ? zone : find_alias(names, slot->name);
}

/* An unknown name may at least contain its offset. When that is the winter offset of the calendar's own zone, that zone
 * is most likely meant. */
static const struct zone *find_shown(struct zone_names *names, const struct slot *slot)
{
	const int64_t winter_utc = civil_day(2026, 1, 1) * (int64_t)DAY_S;
	struct zone *zone =
		names->own_count < ICS_ZONE_NAMES_MAX ? zone_guess_shown(names->zoneinfo, slot->name) : NULL;

	if (zone && zone_offset_s(zone, winter_utc) == zone_offset_s(find_default(names, slot->calendar), winter_utc)) {
		zone_destroy(zone);
		zone = NULL;
	}
	if (zone) {
		names->own[names->own_count++] = zone;
	}
	return zone;
}

const struct zone *zone_names_get(struct zone_names *names, zone_slot number, bool *out_known)
{
	struct slot *slot = &names->slots[number];

	if (!slot->resolved) {
		slot->resolved = true;
		slot->zone = slot->floating ? NULL : find_named(names, slot);
		slot->known = slot->floating || slot->zone;
		if (!slot->known) {
			slot->zone = find_shown(names, slot);
		}
		if (!slot->zone) {
			slot->zone = find_default(names, slot->calendar);
		}
	}
	*out_known = slot->known;
	return slot->zone;
}
