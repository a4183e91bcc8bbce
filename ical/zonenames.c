/* Three small tables: zones that were made, definitions that came with a calendar, and the slots that events hold. */
#include "zonenames.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "icslimits.h"
#include "scan.h"
#include "zoneguess.h"

enum { NAME_MAX_BYTES = 128, SLOT_TOO_MANY = ZONE_SLOT_OFFICE + 1, FIRST_FREE_SLOT };

/* A name that was looked up once, and what came of it: NULL when nobody knows it. */
struct made {
	char name[NAME_MAX_BYTES];
	struct zone *zone;
};

struct definition {
	uint32_t calendar;
	char name[NAME_MAX_BYTES];
	char *text;
	size_t length;
};

struct default_name {
	uint32_t calendar;
	char name[NAME_MAX_BYTES];
};

struct slot {
	uint32_t calendar;
	bool floating, resolved, known;
	char name[NAME_MAX_BYTES];
	const struct zone *zone;
};

struct zone_names {
	const struct zone *office;
	struct zone *utc;
	uint32_t calendar;
	struct made made[ICS_ZONE_NAMES_MAX];
	struct definition definitions[ICS_ZONE_NAMES_MAX];
	struct default_name defaults[ICS_ZONE_NAMES_MAX];
	struct slot slots[ICS_ZONE_NAMES_MAX];
	struct zone *own[ICS_ZONE_NAMES_MAX]; /* made from definitions */
	size_t made_count, definition_count, default_count, slot_count, own_count;
	size_t definition_bytes;
};

struct zone_names *zone_names_create(const struct zone *office)
{
	struct zone_names *names = calloc(1, sizeof(*names));

	if (!names)
		return NULL;
	names->office = office;
	names->utc = zone_create("UTC", NULL);
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
	if (!names)
		return;
	for (size_t i = 0; i < names->made_count; i++)
		zone_destroy(names->made[i].zone);
	for (size_t i = 0; i < names->definition_count; i++)
		free(names->definitions[i].text);
	for (size_t i = 0; i < names->own_count; i++)
		zone_destroy(names->own[i]);
	zone_destroy(names->utc);
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
	while (length > 0 && (name[length - 1] == ' ' || name[length - 1] == '"'))
		length--;
	if (length == 0 || length >= NAME_MAX_BYTES)
		return false;
	memcpy(out, name, length);
	out[length] = '\0';
	return true;
}

bool zone_names_set_default(struct zone_names *names, const char *name, size_t length)
{
	struct default_name *entry = &names->defaults[names->default_count];

	if (names->default_count == ICS_ZONE_NAMES_MAX || !copy_name(entry->name, name, length))
		return false;
	entry->calendar = names->calendar;
	names->default_count++;
	return true;
}

static const struct zone *find_known(struct zone_names *names, const char *name)
{
	struct made *made;

	for (size_t i = 0; i < names->made_count; i++)
		if (strcmp(names->made[i].name, name) == 0)
			return names->made[i].zone;
	if (names->made_count == ICS_ZONE_NAMES_MAX)
		return NULL;
	made = &names->made[names->made_count++];
	memmove(made->name, name, strlen(name) + 1); /* no name in any table is longer */
	made->zone = zone_guess(name);
	return made->zone;
}

/* The value of the first line with that name, before any STANDARD or DAYLIGHT or behind them. */
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
		    scan_value(line, line_length, &value, &value_length))
			return copy_name(out_value, value, value_length);
		if (!feed)
			break;
		line = feed + 1;
	}
	return false;
}

bool zone_names_define(struct zone_names *names, const char *text, size_t length)
{
	struct definition *definition = &names->definitions[names->definition_count];
	char *copy;

	if (names->definition_count == ICS_ZONE_NAMES_MAX || length > ICS_ZONE_TEXTS_MAX - names->definition_bytes ||
	    !find_line(text, length, "TZID", definition->name) || find_known(names, definition->name))
		return true; /* not needed, or no use */
	copy = malloc(length);
	if (!copy)
		return false;
	memcpy(copy, text, length);
	definition->text = copy;
	definition->length = length;
	definition->calendar = names->calendar;
	names->definition_count++;
	names->definition_bytes += length;
	return true;
}

zone_slot zone_names_slot(struct zone_names *names, const char *name, size_t length)
{
	char clean[NAME_MAX_BYTES] = "";
	bool floating = length == 0;
	struct slot *slot;

	if (!floating && !copy_name(clean, name, length))
		floating = true;
	for (size_t i = names->slot_count; i > FIRST_FREE_SLOT; i--) {
		slot = &names->slots[i - 1];
		if (slot->calendar != names->calendar)
			break;
		if (slot->floating == floating && strcmp(slot->name, clean) == 0)
			return (zone_slot)(i - 1);
	}
	if (names->slot_count == ICS_ZONE_NAMES_MAX)
		return floating ? ZONE_SLOT_OFFICE : SLOT_TOO_MANY;
	slot = &names->slots[names->slot_count];
	*slot = (struct slot){.calendar = names->calendar, .floating = floating};
	memcpy(slot->name, clean, sizeof(clean));
	return (zone_slot)names->slot_count++;
}

static const struct zone *find_default(struct zone_names *names, uint32_t calendar)
{
	for (size_t i = 0; i < names->default_count; i++) {
		const struct zone *zone;

		if (names->defaults[i].calendar == calendar && (zone = find_known(names, names->defaults[i].name)))
			return zone;
	}
	return names->office;
}

/* X-LIC-LOCATION in a definition is a name that the world knows; else the definition itself is read. */
static const struct zone *find_defined(struct zone_names *names, const struct slot *slot)
{
	for (size_t i = 0; i < names->definition_count; i++) {
		const struct definition *definition = &names->definitions[i];
		char location[NAME_MAX_BYTES];
		const struct zone *known;
		struct zone *zone;

		if (definition->calendar != slot->calendar || strcmp(definition->name, slot->name) != 0)
			continue;
		if (find_line(definition->text, definition->length, "X-LIC-LOCATION", location) &&
		    (known = find_known(names, location)))
			return known;
		if (names->own_count == ICS_ZONE_NAMES_MAX)
			return NULL;
		zone = zone_define(definition->text, definition->length);
		if (zone)
			names->own[names->own_count++] = zone;
		return zone;
	}
	return NULL;
}

const struct zone *zone_names_get(struct zone_names *names, zone_slot number, bool *out_known)
{
	struct slot *slot = &names->slots[number];

	if (!slot->resolved) {
		slot->resolved = true;
		slot->known = true;
		if (!slot->floating) {
			slot->zone = find_known(names, slot->name);
			if (!slot->zone)
				slot->zone = find_defined(names, slot);
			slot->known = slot->zone != NULL;
		}
		if (!slot->zone)
			slot->zone = find_default(names, slot->calendar);
	}
	*out_known = slot->known;
	return slot->zone;
}
