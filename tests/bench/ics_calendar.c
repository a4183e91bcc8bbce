/* Drawn from a fixed seed, so that two runs measure the same bytes. */
#include "ics_calendar.h"

#include <stdio.h>
#include <string.h>

#include "ical/civil.h"

enum { FIRST_YEAR = 2022, DAYS = 5 * 365, FOLD = 75, RULE_DAYS_MAX = 320 };

struct writer {
	FILE *out;
	uint64_t random;
	int inside_percent; /* -1: the days are drawn from all years */
};

static uint32_t draw(struct writer *writer, uint32_t below)
{
	writer->random = writer->random * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(writer->random >> 33) % below;
}

/* One content line, folded as RFC 5545 section 3.1 wants it. */
static void put_line(struct writer *writer, const char *line)
{
	size_t length = strlen(line), at = 0;

	while (at < length) {
		size_t room = at == 0 ? FOLD : FOLD - 1, part = length - at < room ? length - at : room;

		if (at > 0) {
			putc(' ', writer->out);
		}
		fwrite(line + at, 1, part, writer->out);
		fputs("\r\n", writer->out);
		at += part;
	}
}

static void put_time(struct writer *writer, const char *name, int32_t day, int hour, int minute)
{
	struct civil date = civil_from_local(day * (int64_t)DAY_S);
	char line[120];

	snprintf(line, sizeof(line), "%s;TZID=W. Europe Standard Time:%04d%02d%02dT%02d%02d00", name, date.year,
		 date.month, date.day, hour, minute);
	put_line(writer, line);
}

static void put_zone(struct writer *writer, const char *name)
{
	static const char *const lines[] = {
		"BEGIN:STANDARD",
		"DTSTART:16010101T030000",
		"TZOFFSETFROM:+0200",
		"TZOFFSETTO:+0100",
		"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
		"END:STANDARD",
		"BEGIN:DAYLIGHT",
		"DTSTART:16010101T020000",
		"TZOFFSETFROM:+0100",
		"TZOFFSETTO:+0200",
		"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
		"END:DAYLIGHT",
		"END:VTIMEZONE",
	};
	char line[100];

	put_line(writer, "BEGIN:VTIMEZONE");
	snprintf(line, sizeof(line), "TZID:%s", name);
	put_line(writer, line);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		put_line(writer, lines[i]);
	}
}

static void put_texts(struct writer *writer, uint32_t number)
{
	char line[600];

	snprintf(
		line, sizeof(line),
		"DESCRIPTION;LANGUAGE=sv-SE:Bokning %u av kontorsplats. Tid och plats står ovan\\; avboka senast dagen "
		"före. Frågor besvaras av kansliet på Renmarkstorget\\, tredje våningen.\\n\\nDeltagare kan ansluta på "
		"distans. Mötes-ID: %u %u. Med vänlig hälsning\\, Umeåregionen\\n",
		number, draw(writer, 1000), draw(writer, 1000));
	put_line(writer, line);
	snprintf(line, sizeof(line), "SUMMARY;LANGUAGE=sv-SE:Kontorsplats %u – Person %u", draw(writer, 8) + 1,
		 draw(writer, 400));
	put_line(writer, line);
}

static void put_tail(struct writer *writer)
{
	static const char *const lines[] = {
		"CLASS:PUBLIC",
		"PRIORITY:5",
		"DTSTAMP:20261101T050000Z",
		"TRANSP:OPAQUE",
		"STATUS:CONFIRMED",
		"SEQUENCE:0",
		"LOCATION;LANGUAGE=sv-SE:Satellitkontoret",
		"X-MICROSOFT-CDO-APPT-SEQUENCE:0",
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
		"X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
		"X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
		"X-MICROSOFT-CDO-IMPORTANCE:1",
		"X-MICROSOFT-CDO-INSTTYPE:0",
		"X-MICROSOFT-DONOTFORWARDMEETING:FALSE",
		"X-MICROSOFT-DISALLOW-COUNTER:FALSE",
		"END:VEVENT",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		put_line(writer, lines[i]);
	}
}

/* Writes a rule, and moves the day to the next one that it gives: engines disagree about a start that its own rule does
 * not give. */
static void put_rule(struct writer *writer, int32_t *day)
{
	static const struct {
		const char *before_until, *behind_until;
		int weekday; /* -1: any */
	} rules[] = {{"FREQ=WEEKLY;UNTIL=", ";INTERVAL=1;BYDAY=MO,WE;WKST=MO", 0},
		     {"FREQ=WEEKLY;UNTIL=", ";INTERVAL=2;BYDAY=TU;WKST=MO", 1},
		     {"FREQ=MONTHLY;UNTIL=", ";INTERVAL=1;BYDAY=2TH", 3},
		     {"FREQ=DAILY;UNTIL=", ";INTERVAL=1", -1}};
	uint32_t kind = draw(writer, 4);
	struct civil until;
	char line[160];

	while (rules[kind].weekday >= 0 &&
	       (civil_weekday(*day) != rules[kind].weekday ||
		(kind == 2 && (civil_from_local(*day * (int64_t)DAY_S).day - 1) / 7 != 1))) {
		++*day;
	}
	until = civil_from_local((*day + 20 + (int32_t)draw(writer, RULE_DAYS_MAX - 20)) * (int64_t)DAY_S);
	snprintf(line, sizeof(line), "RRULE:%s%04d%02d%02dT220000Z%s", rules[kind].before_until, until.year % 10000,
		 until.month, until.day, rules[kind].behind_until);
	put_line(writer, line);
}

/* In April 2026, or so long before it that no series reaches it. */
static int32_t draw_day(struct writer *writer)
{
	int32_t first = civil_day(FIRST_YEAR, 1, 1), window = civil_day(2026, 4, 1);

	if (writer->inside_percent < 0) {
		return first + (int32_t)draw(writer, DAYS);
	}
	if ((int)draw(writer, 100) < writer->inside_percent) {
		return window + (int32_t)draw(writer, 30);
	}
	return first + (int32_t)draw(writer, (uint32_t)(window - RULE_DAYS_MAX - 80 - first));
}

static void put_event(struct writer *writer, uint32_t number)
{
	int32_t day = draw_day(writer);
	int hour = 7 + (int)draw(writer, 10), minute = 15 * (int)draw(writer, 4);
	char uid[160];

	put_line(writer, "BEGIN:VEVENT");
	put_texts(writer, number);
	snprintf(uid, sizeof(uid), "UID:040000008200E00074C5B7101A82E00800000000%016llX000000000000000010000000%08X",
		 (unsigned long long)writer->random, number);
	put_line(writer, uid);
	if (draw(writer, 100) < 12) {
		put_rule(writer, &day);
	}
	put_time(writer, "DTSTART", day, hour, minute);
	put_time(writer, "DTEND", day, hour + 1, minute);
	put_tail(writer);
}

static void put_head(struct writer *writer)
{
	put_line(writer, "BEGIN:VCALENDAR");
	put_line(writer, "METHOD:PUBLISH");
	put_line(writer, "PRODID:Microsoft Exchange Server 2010");
	put_line(writer, "VERSION:2.0");
}

static bool write_events(const char *path, uint32_t events, int inside_percent)
{
	struct writer writer = {fopen(path, "w"), 42, inside_percent};

	if (!writer.out) {
		return false;
	}
	put_head(&writer);
	put_zone(&writer, "W. Europe Standard Time");
	for (uint32_t i = 0; i < events; i++) {
		put_event(&writer, i);
	}
	put_line(&writer, "END:VCALENDAR");
	return fclose(writer.out) == 0;
}

bool ics_calendar_write(const char *path, uint32_t events)
{
	return write_events(path, events, -1);
}

bool ics_calendar_write_share(const char *path, uint32_t events, int inside_percent)
{
	return write_events(path, events, inside_percent);
}

bool ics_calendar_write_zones(const char *path, uint32_t zones)
{
	struct writer writer = {fopen(path, "w"), 42, 100};

	if (!writer.out) {
		return false;
	}
	put_head(&writer);
	for (uint32_t i = 0; i < zones; i++) {
		char name[40], line[100];

		snprintf(name, sizeof(name), "Office %u", i);
		put_zone(&writer, name);
		put_line(&writer, "BEGIN:VEVENT");
		snprintf(line, sizeof(line), "UID:%u", i);
		put_line(&writer, line);
		snprintf(line, sizeof(line), "DTSTART;TZID=%s:20260415T%02u0000", name, i % 24);
		put_line(&writer, line);
		put_line(&writer, "END:VEVENT");
	}
	put_line(&writer, "END:VCALENDAR");
	return fclose(writer.out) == 0;
}
