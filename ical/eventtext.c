/* See eventtext.h. Every text is repaired and cut before it is kept. Data that the kiosk never shows (mail addresses,
 * telephone numbers) is not even read: only the display name of a person is taken. */
#include "eventtext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "foreign.h"
#include "nfc.h"
#include "utf8.h"

/* Puts the text as UTF-8 into `*out_copy`, which the caller frees; NULL when the text stays as it is. */
static bool read_foreign(const char **text, size_t *length, char **out_copy)
{
	char *copy = NULL;

	if (foreign_is(*text, *length)) {
		copy = malloc(FOREIGN_GROWTH * *length);
		if (!copy) {
			return false;
		}
		*length = foreign_read(*text, *length, copy);
		*text = copy;
	}
	*out_copy = copy;
	return true;
}

bool event_text_keep(struct pool *pool, const char *text, size_t length, size_t max, const char **out_text)
{
	char *foreign, *copy;
	size_t room;
	bool ok;

	while (length > 0 && strchr(" \t\r\n", text[0])) {
		text++;
		length--;
	}
	while (length > 0 && strchr(" \t\r\n", text[length - 1])) {
		length--;
	}
	if (!read_foreign(&text, &length, &foreign)) {
		return false;
	}
	room = length < max / 3 ? 3 * length : max; /* a byte that is not UTF-8 becomes three */
	copy = pool_alloc(pool, room + 1);
	ok = copy != NULL;
	if (ok) {
		utf8_clean(text, length, copy, room);
		ok = nfc_compose(copy, room);
		*out_text = copy;
	}
	free(foreign);
	return ok;
}

static bool keep_text(struct event_texts *texts, const char *text, size_t length, size_t max, const char **out_text)
{
	return event_text_keep(texts->pool, text, length, max, out_text);
}

static bool is_word(const char *text, size_t length, const char *word)
{
	size_t word_length = strlen(word);

	while (length > 0 && text[0] == ' ') {
		text++;
		length--;
	}
	while (length > word_length && text[length - 1] == ' ') {
		length--;
	}
	return length == word_length && strncasecmp(text, word, length) == 0;
}

/* Two UIDs that differ only after the cap must not become equal. */
static bool take_uid(struct event_texts *texts, const char *uid, size_t length)
{
	char shortened[ICS_UID_MAX + 1];

	if (length <= ICS_UID_MAX) {
		return keep_text(texts, uid, length, ICS_UID_MAX, &texts->event->uid);
	}
	snprintf(shortened, sizeof(shortened), "%.400s-%016llx", uid,
		 (unsigned long long)texts->event->screened.uid_hash);
	return keep_text(texts, shortened, strlen(shortened), ICS_UID_MAX, &texts->event->uid);
}

static void take_status(struct event_texts *texts, const char *value, size_t length)
{
	if (is_word(value, length, "TENTATIVE")) {
		texts->event->status = OCCURRENCE_TENTATIVE;
	} else if (is_word(value, length, "CANCELLED") || is_word(value, length, "CANCELED")) {
		texts->event->status = OCCURRENCE_CANCELLED;
	}
}

static void take_class(struct event_texts *texts, const char *value, size_t length)
{
	/* An unknown CLASS counts as PRIVATE (RFC 5545 section 3.8.1.3). */
	if (is_word(value, length, "CONFIDENTIAL")) {
		texts->event->class = OCCURRENCE_CONFIDENTIAL;
	} else if (length > 0 && !is_word(value, length, "PUBLIC")) {
		texts->event->class = OCCURRENCE_PRIVATE;
	}
}

static void take_busy(struct event_texts *texts, const char *value, size_t length)
{
	static const char *const names[] = {"FREE", "TENTATIVE", "BUSY", "OOF", "WORKINGELSEWHERE"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (is_word(value, length, names[i])) {
			texts->event->busy = (enum occurrence_busy)i;
			texts->has_busy = true;
		}
	}
}

static bool begins_with(const char *text, size_t length, const char *beginning)
{
	size_t beginning_length = strlen(beginning);
	return length >= beginning_length && strncasecmp(text, beginning, beginning_length) == 0;
}

/* Only an address that a browser can open may stand in a QR code; a cut address is useless. */
static bool take_url(struct event_texts *texts, const char *url, size_t length, int rank)
{
	if (rank <= texts->url_rank || length > ICS_URL_MAX) {
		return true;
	}
	if (!begins_with(url, length, "https://") && !begins_with(url, length, "http://")) {
		return true;
	}
	for (size_t i = 0; i < length; i++) {
		if (url[i] <= ' ' || url[i] > '~' || url[i] == '"' || url[i] == '<' || url[i] == '>') {
			return true;
		}
	}
	texts->url_rank = rank;
	return keep_text(texts, url, length, ICS_URL_MAX, &texts->event->url);
}

static bool add_room(struct event_texts *texts, const char *name, enum room_kind kind, bool has_declined)
{
	struct room room = {.kind = kind, .has_declined = has_declined};

	if (!keep_text(texts, name, strlen(name), ICS_NAME_MAX, &room.name)) {
		return false;
	}
	event_rooms_add(&texts->rooms, &room);
	return true;
}

/* RESOURCES is a comma list in which libical has already undone the escapes, so a comma inside a name looks like one
 * between two names. Rooms are named without commas. */
static bool take_resources(struct event_texts *texts, const char *list)
{
	char name[ICS_NAME_MAX + 1];

	for (;;) {
		size_t length = strcspn(list, ",");

		snprintf(name, sizeof(name), "%.*s", (int)(length < ICS_NAME_MAX ? length : ICS_NAME_MAX), list);
		if (name[strspn(name, " ")] != '\0' && !add_room(texts, name, ROOM_CERTAIN, false)) {
			return false;
		}
		if (list[length] == '\0') {
			return true;
		}
		list += length + 1;
	}
}

static const char *common_name(icalproperty *property)
{
	icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
	const char *name = parameter ? icalparameter_get_cn(parameter) : NULL;

	return name ? name : "";
}

/* The scanner has kept rooms and things only. */
static bool take_attendee(struct event_texts *texts, icalproperty *property)
{
	icalparameter *answer = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
	icalparameter *cutype = icalproperty_get_first_parameter(property, ICAL_CUTYPE_PARAMETER);
	enum room_kind kind = !cutype                                                    ? ROOM_BY_ROLE
			      : icalparameter_get_cutype(cutype) == ICAL_CUTYPE_RESOURCE ? ROOM_THING
											 : ROOM_CERTAIN;

	return add_room(texts, common_name(property), kind,
			answer && icalparameter_get_partstat(answer) == ICAL_PARTSTAT_DECLINED);
}

bool event_texts_take(struct event_texts *texts, enum scan_property property, const char *value, size_t length)
{
	struct event *event = texts->event;

	switch (property) {
	case SCAN_UID:
		return take_uid(texts, value, length);
	case SCAN_SUMMARY:
		return keep_text(texts, value, length, ICS_SUMMARY_MAX, &event->summary);
	case SCAN_LOCATION:
		return keep_text(texts, value, length, ICS_LOCATION_MAX, &event->location);
	case SCAN_DESCRIPTION:
		return keep_text(texts, value, length, ICS_DESCRIPTION_MAX, &event->description);
	case SCAN_URL:
		return take_url(texts, value, length, 1);
	case SCAN_CONFERENCE:
		return take_url(texts, value, length, 2);
	case SCAN_GOOGLE_CONFERENCE:
	case SCAN_MICROSOFT_LINK:
		return take_url(texts, value, length, 3);
	case SCAN_MICROSOFT_TEAMS:
		return take_url(texts, value, length, 4);
	case SCAN_STATUS:
		take_status(texts, value, length);
		return true;
	case SCAN_CLASS:
		take_class(texts, value, length);
		return true;
	case SCAN_TRANSP:
		texts->is_transparent = is_word(value, length, "TRANSPARENT");
		return true;
	case SCAN_MICROSOFT_BUSY:
		take_busy(texts, value, length);
		return true;
	case SCAN_MICROSOFT_ALL_DAY:
		event->all_day_flag = is_word(value, length, "TRUE");
		return true;
	default:
		return true;
	}
}

bool event_texts_take_parsed(struct event_texts *texts, icalproperty *property)
{
	icalvalue *value = icalproperty_get_value(property);
	const char *name;

	switch (icalproperty_isa(property)) {
	case ICAL_ORGANIZER_PROPERTY:
		name = common_name(property);
		return keep_text(texts, name, strlen(name), ICS_NAME_MAX, &texts->event->organizer);
	case ICAL_RESOURCES_PROPERTY:
		return !value || icalvalue_isa(value) != ICAL_TEXT_VALUE ||
		       take_resources(texts, icalvalue_get_text(value));
	case ICAL_ATTENDEE_PROPERTY:
		return take_attendee(texts, property);
	default:
		return true;
	}
}

/* strncasecmp knows only the letters a to z, so other letters are listed in both cases. */
static const char *const cancelled_words[] = {
	"Avbokad",    "Avbokat",   "Inställt",  "INSTÄLLT",
	"Inställd",   "INSTÄLLD",  "Inställda", "INSTÄLLDA", /* Swedish */
	"Canceled",   "Cancelled", "Avlyst",    "Aflyst",
	"Peruutettu", "Abgesagt",  "Annulé",    "ANNULÉ", /* its neighbours */
};

/* Exchange leaves a cancelled meeting in place and only changes its subject, in the sender's language. */
static bool has_cancelled_subject(const char *summary)
{
	for (size_t i = 0; i < sizeof(cancelled_words) / sizeof(cancelled_words[0]); i++) {
		size_t length = strlen(cancelled_words[i]);

		if (strncasecmp(summary, cancelled_words[i], length) == 0 &&
		    summary[length + strspn(summary + length, " ")] == ':') {
			return true;
		}
	}
	return false;
}

bool event_texts_finish(struct event_texts *texts)
{
	struct event *event = texts->event;
	const char **all[] = {&event->uid,         &event->summary,   &event->location,
			      &event->description, &event->organizer, &event->url};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!*all[i]) {
			*all[i] = "";
		}
	}
	if (event->uid[0] == '\0') {
		char made[32];

		snprintf(made, sizeof(made), "no-uid-%016llx", (unsigned long long)event->screened.key);
		if (!(event->uid = pool_copy(texts->pool, made, strlen(made)))) {
			return false;
		}
	}
	if (!texts->has_busy) {
		event->busy = texts->is_transparent ? OCCURRENCE_FREE : OCCURRENCE_BUSY;
	}
	if (!event_rooms_finish(&texts->rooms, texts->pool, event)) {
		return false;
	}
	if (has_cancelled_subject(event->summary)) {
		event->status = OCCURRENCE_CANCELLED;
	}
	return true;
}
