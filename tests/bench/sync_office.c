/* See sync_office.h. */
#include "sync_office.h"

#include <stdio.h>
#include <stdlib.h>

#include "ical/civil.h"

enum { DAYS = 40, HOURS = 9 };

static void put_event(FILE *out, const struct office_size *size, int feed, int number, int stamp, const char *name)
{
	struct civil day = civil_from_local((civil_day(2026, 11, 23) + number % DAYS) * (int64_t)DAY_S);
	fprintf(out,
		"BEGIN:VEVENT\r\nUID:%d-%d@example.org\r\nDTSTAMP:20261123T%02d%02d00Z\r\n"
		"DTSTART:%04d%02d%02dT%02d0000Z\r\nDURATION:PT1H\r\nSUMMARY:%s %d – Kontorsplats %d\r\n"
		"DESCRIPTION:Tid och plats står ovan. Frågor besvaras av kansliet på Renmarkstorget\\, tredje "
		"våningen.\r\n"
		"CLASS:PUBLIC\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:0\r\nLOCATION:Satellitkontoret\r\n"
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT\r\n",
		feed, number, stamp / 60 % 24, stamp % 60, day.year, day.month, day.day, 7 + number / DAYS % HOURS,
		name, number, number % size->places + 1);
}

char *bench_calendar(const struct office_size *size, int feed, int from, int to, int stamp, int changed)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	fprintf(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
	for (int i = from; i < to; i++) {
		put_event(out, size, feed, i, stamp, i == changed || changed == BENCH_ALL ? "Sara" : "Nils");
	}
	fprintf(out, "END:VCALENDAR\r\n");
	fclose(out);
	return text;
}

void bench_write_feed(const struct worker *worker, const struct office_size *size, int feed, int stamp, int changed)
{
	char name[32];
	char *text = bench_calendar(size, feed, 0, size->events, stamp, changed);
	snprintf(name, sizeof(name), "f%d.ics", feed);
	worker_write(worker, name, text);
	free(text);
}

char *bench_office(const struct office_size *size)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	for (int i = 0; i < size->feeds; i++) {
		fprintf(out, "feed \"f%d\" { kind = bookings path = \"f%d.ics\" person = '^(.*) [–-] ' }\n", i, i);
	}
	for (int i = 0; i < size->places; i++) {
		fprintf(out,
			"place \"%d\" { name = \"Plats %d\" kind = desk feed = \"f%d\" match = \"Kontorsplats %d\" }\n",
			i + 1, i + 1, i % size->feeds, i + 1);
	}
	fclose(out);
	return text;
}
