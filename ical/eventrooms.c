/* See eventrooms.h. Names are compared as they appear in the answer: clean, composed, and ignoring the case of the
 * letters a to z. */
#include "eventrooms.h"

#include <string.h>
#include <strings.h>

void event_rooms_add(struct event_rooms *rooms, const struct room *room)
{
	if (rooms->count < ICS_RESOURCES_MAX) {
		rooms->items[rooms->count++] = *room;
	}
}

static bool is_equal(const char *text, size_t length, const char *name)
{
	return length == strlen(name) && strncasecmp(text, name, length) == 0;
}

static bool mentions(const char *text, size_t length, const char *name)
{
	size_t name_length = strlen(name);

	for (size_t i = 0; name_length > 0 && i + name_length <= length; i++) {
		if (strncasecmp(text + i, name, name_length) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_room(const struct room *room, const struct event *event)
{
	return room->kind != ROOM_BY_ROLE || mentions(event->location, strlen(event->location), room->name);
}

/* Returns whether the answer of this thing or room decides about the place: a projector that has declined leaves the
 * meeting where LOCATION says, unless LOCATION names the projector, or the other way round. */
static bool is_place(const struct room *room, const struct event *event)
{
	return is_room(room, event) &&
	       (room->kind != ROOM_THING || event->location[0] == '\0' || room->name[0] == '\0' ||
		mentions(event->location, strlen(event->location), room->name) ||
		mentions(room->name, strlen(room->name), event->location));
}

static bool has_declined_name(const struct event_rooms *rooms, const struct event *event, const char *text,
			      size_t length)
{
	for (size_t i = 0; i < rooms->count; i++) {
		const struct room *room = &rooms->items[i];

		if (room->has_declined && room->name[0] != '\0' && is_room(room, event) &&
		    is_equal(text, length, room->name)) {
			return true;
		}
	}
	return false;
}

/* Returns whether a part of LOCATION names a place that has declined. When no room is left, one name may contain the
 * other: "Rum 1 (plan 3)" is "Rum 1". */
static bool is_declined_place(const struct event_rooms *rooms, const struct event *event, const char *text,
			      size_t length, bool any_held)
{
	if (length == 0 || has_declined_name(rooms, event, text, length)) {
		return true;
	}
	for (size_t i = 0; i < rooms->count && !any_held; i++) {
		const struct room *room = &rooms->items[i];
		char part[ICS_NAME_MAX + 1];

		if (!room->has_declined || !is_room(room, event)) {
			continue;
		}
		if (mentions(text, length, room->name)) {
			return true;
		}
		if (length < sizeof(part)) {
			memcpy(part, text, length);
			part[length] = '\0';
			if (mentions(room->name, strlen(room->name), part)) {
				return true;
			}
		}
	}
	return false;
}

/* Writes the remaining parts of LOCATION to `out`, which has room for all of it. */
static void write_location(const struct event_rooms *rooms, const struct event *event, bool any_held, char *out)
{
	const char *text = event->location;
	char *start = out;

	if (has_declined_name(rooms, event, text, strlen(text))) { /* a name may hold a comma */
		*out = '\0';
		return;
	}
	while (*text != '\0') {
		size_t part = strcspn(text, ";,"), length;
		const char *first = text + strspn(text, " ");

		length = first < text + part ? (size_t)(text + part - first) : 0;
		while (length > 0 && first[length - 1] == ' ') {
			length--;
		}
		if (!is_declined_place(rooms, event, first, length, any_held)) {
			if (out > start) {
				*out++ = text[-1];
				*out++ = ' ';
			}
			out = mempcpy(out, first, length);
		}
		text += part;
		text += *text != '\0';
	}
	*out = '\0';
}

static bool release_location(const struct event_rooms *rooms, struct pool *pool, struct event *event, bool any_held)
{
	char *left = pool_alloc(pool, 2 * strlen(event->location) + 1);

	if (!left) {
		return false;
	}
	write_location(rooms, event, any_held, left);
	event->location = left;
	return true;
}

static bool may_be_named(const struct event_rooms *rooms, const struct event *event, size_t at)
{
	const struct room *room = &rooms->items[at];

	return room->kind != ROOM_BY_ROLE && !room->has_declined && room->name[0] != '\0' &&
	       !has_declined_name(rooms, event, room->name, strlen(room->name));
}

/* Returns whether the room has to be named and has not been named yet. */
static bool is_listed(const struct event_rooms *rooms, const struct event *event, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (may_be_named(rooms, event, i) && strcmp(rooms->items[i].name, rooms->items[at].name) == 0) {
			return false;
		}
	}
	return may_be_named(rooms, event, at);
}

static bool list_held(const struct event_rooms *rooms, struct pool *pool, struct event *event)
{
	size_t size = 1;
	char *joined, *end;

	for (size_t i = 0; i < rooms->count; i++) {
		size += strlen(rooms->items[i].name) + 2;
	}
	joined = end = pool_alloc(pool, size);
	if (!joined) {
		return false;
	}
	*joined = '\0';
	for (size_t i = 0; i < rooms->count; i++) {
		if (is_listed(rooms, event, i)) {
			end = stpcpy(end, end > joined ? ", " : "");
			end = stpcpy(end, rooms->items[i].name);
		}
	}
	event->resources = joined;
	return true;
}

bool event_rooms_finish(const struct event_rooms *rooms, struct pool *pool, struct event *event)
{
	bool any_held = false, any_declined = false;

	if (!list_held(rooms, pool, event)) {
		return false;
	}
	for (size_t i = 0; i < rooms->count; i++) {
		const struct room *room = &rooms->items[i];

		any_declined |= room->has_declined && is_place(room, event);
		any_held |= !room->has_declined && is_room(room, event) &&
			    !has_declined_name(rooms, event, room->name, strlen(room->name));
	}
	if (!any_declined) {
		return true;
	}
	if (!any_held) {
		event->busy = OCCURRENCE_FREE;
	}
	return release_location(rooms, pool, event, any_held);
}
