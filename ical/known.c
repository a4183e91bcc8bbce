/* See known.h. The properties are ordered by their first letter, so that a line is compared with a few names only. */
#include "known.h"

#include <string.h>
#include <strings.h>

/* Bits of the properties that are there only once. */
enum once {
	ONCE_CLASS = 1U << 0,
	ONCE_DESCRIPTION = 1U << 1,
	ONCE_DTEND = 1U << 2,
	ONCE_DTSTAMP = 1U << 3,
	ONCE_DTSTART = 1U << 4,
	ONCE_DURATION = 1U << 5,
	ONCE_LAST_MODIFIED = 1U << 6,
	ONCE_LOCATION = 1U << 7,
	ONCE_ORGANIZER = 1U << 8,
	ONCE_RECURRENCE_ID = 1U << 9,
	ONCE_SEQUENCE = 1U << 10,
	ONCE_STATUS = 1U << 11,
	ONCE_SUMMARY = 1U << 12,
	ONCE_TRANSP = 1U << 13,
	ONCE_UID = 1U << 14,
	ONCE_URL = 1U << 15,
	ONCE_GOOGLE_CONFERENCE = 1U << 16,
	ONCE_ALL_DAY = 1U << 17,
	ONCE_BUSY_STATUS = 1U << 18,
	ONCE_EXTERNAL_LINK = 1U << 19,
	ONCE_TEAMS_URL = 1U << 20
};

#define KNOWN(name, property, use, once) {name, sizeof(name) - 1, property, use, once}

static const struct known known_properties[] = {
	KNOWN("ATTENDEE", SCAN_ATTENDEE, KNOWN_ATTENDEE, 0),
	KNOWN("CLASS", SCAN_CLASS, KNOWN_ANY, ONCE_CLASS),
	KNOWN("CONFERENCE", SCAN_CONFERENCE, KNOWN_ANY, 0),
	KNOWN("DESCRIPTION", SCAN_DESCRIPTION, KNOWN_DESCRIPTION, ONCE_DESCRIPTION),
	KNOWN("DTEND", SCAN_DTEND, KNOWN_ANY, ONCE_DTEND),
	KNOWN("DTSTAMP", SCAN_DTSTAMP, KNOWN_ANY, ONCE_DTSTAMP),
	KNOWN("DTSTART", SCAN_DTSTART, KNOWN_ANY, ONCE_DTSTART),
	KNOWN("DURATION", SCAN_DURATION, KNOWN_ANY, ONCE_DURATION),
	KNOWN("EXDATE", SCAN_EXDATE, KNOWN_ANY, 0),
	KNOWN("EXRULE", SCAN_EXRULE, KNOWN_ANY, 0),
	KNOWN("FREEBUSY", SCAN_FREEBUSY, KNOWN_FREEBUSY, 0),
	KNOWN("LAST-MODIFIED", SCAN_LAST_MODIFIED, KNOWN_ANY, ONCE_LAST_MODIFIED),
	KNOWN("LOCATION", SCAN_LOCATION, KNOWN_ANY, ONCE_LOCATION),
	KNOWN("ORGANIZER", SCAN_ORGANIZER, KNOWN_ANY, ONCE_ORGANIZER),
	KNOWN("RDATE", SCAN_RDATE, KNOWN_ANY, 0),
	KNOWN("RECURRENCE-ID", SCAN_RECURRENCE_ID, KNOWN_ANY, ONCE_RECURRENCE_ID),
	KNOWN("RESOURCES", SCAN_RESOURCES, KNOWN_ANY, 0),
	KNOWN("RRULE", SCAN_RRULE, KNOWN_ANY, 0),
	KNOWN("SEQUENCE", SCAN_SEQUENCE, KNOWN_ANY, ONCE_SEQUENCE),
	KNOWN("STATUS", SCAN_STATUS, KNOWN_ANY, ONCE_STATUS),
	KNOWN("SUMMARY", SCAN_SUMMARY, KNOWN_ANY, ONCE_SUMMARY),
	KNOWN("TRANSP", SCAN_TRANSP, KNOWN_ANY, ONCE_TRANSP),
	KNOWN("UID", SCAN_UID, KNOWN_ANY, ONCE_UID),
	KNOWN("URL", SCAN_URL, KNOWN_ANY, ONCE_URL),
	KNOWN("X-GOOGLE-CONFERENCE", SCAN_GOOGLE_CONFERENCE, KNOWN_ANY, ONCE_GOOGLE_CONFERENCE),
	KNOWN("X-MICROSOFT-CDO-ALLDAYEVENT", SCAN_MICROSOFT_ALL_DAY, KNOWN_ANY, ONCE_ALL_DAY),
	KNOWN("X-MICROSOFT-CDO-BUSYSTATUS", SCAN_MICROSOFT_BUSY, KNOWN_ANY, ONCE_BUSY_STATUS),
	KNOWN("X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", SCAN_MICROSOFT_LINK, KNOWN_ANY, ONCE_EXTERNAL_LINK),
	KNOWN("X-MICROSOFT-SKYPETEAMSMEETINGURL", SCAN_MICROSOFT_TEAMS, KNOWN_ANY, ONCE_TEAMS_URL),
};

enum { KNOWN_COUNT = sizeof(known_properties) / sizeof(known_properties[0]) };

void known_index_init(struct known_index *index)
{
	for (size_t letter = 0, known = 0; letter <= KNOWN_LETTERS; letter++) {
		while (known < KNOWN_COUNT && (size_t)known_properties[known].name[0] < 'A' + letter) {
			known++;
		}
		index->from[letter] = known;
	}
}

static bool is_named(const struct known *known, const char *line, size_t length)
{
	return length > known->length && (line[known->length] == ':' || line[known->length] == ';') &&
	       (memcmp(known->name, line, known->length) == 0 || strncasecmp(known->name, line, known->length) == 0);
}

static const struct known *look_up(const struct known_index *index, const char *line, size_t length)
{
	unsigned letter = (unsigned char)(line[0] & ~0x20) - 'A';

	if (letter >= KNOWN_LETTERS) {
		return NULL;
	}
	for (size_t i = index->from[letter]; i < index->from[letter + 1]; i++) {
		if (is_named(&known_properties[i], line, length)) {
			return &known_properties[i];
		}
	}
	return NULL;
}

/* Remembers the line as the one that comes next; the others come after it. A line that ends in "=" may go on in the
 * next one, whatever that begins with. */
static void add_hint(struct known_index *index, const char *line, size_t length, const char *next,
		     const struct known *known)
{
	struct known_hint *hint = &index->hints[index->next];
	size_t whole_length = next ? (size_t)(next - line) : 0, name_length = 0;

	while (name_length < length && name_length < KNOWN_HINT_BYTES && line[name_length] != ':' &&
	       line[name_length] != ';') {
		name_length++;
	}
	if (name_length == length || name_length == KNOWN_HINT_BYTES || index->next == KNOWN_HINTS) {
		return;
	}
	if (index->hint_count < KNOWN_HINTS) {
		index->hint_count++;
	}
	memmove(hint + 1, hint, (index->hint_count - 1 - index->next) * sizeof(*hint));
	hint->known = known;
	hint->name_length = name_length + 1;
	hint->line_length = 0;
	hint->trust = KNOWN_TRUST;
	if (next && whole_length <= KNOWN_HINT_BYTES && line[length - 1] != '=') {
		hint->line_length = length;
		hint->whole_length = whole_length;
		memcpy(hint->line, line, whole_length);
	} else {
		memcpy(hint->line, line, hint->name_length);
	}
	index->next++;
}

/* A line that differs each time is soon compared by its name only. */
static void distrust(struct known_hint *hint)
{
	if (hint->line_length > 0 && --hint->trust == 0) {
		hint->line_length = 0;
	}
}

/* One property that other components have may be missing here. */
const struct known *known_find(struct known_index *index, const char *line, size_t length, const char *next)
{
	const struct known *known;

	for (size_t i = index->next; i < index->hint_count && i < index->next + 2; i++) {
		struct known_hint *hint = &index->hints[i];

		if (hint->name_length <= length && memcmp(hint->line, line, hint->name_length) == 0) {
			distrust(hint);
			index->next = i + 1;
			return hint->known;
		}
	}
	known = look_up(index, line, length);
	add_hint(index, line, length, next, known);
	return known;
}
