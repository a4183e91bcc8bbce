/* What real calendars do beyond the RFC's examples: zones, changes of offset, exceptions, duplicates, odd dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "cases.h"

#define SE "DTSTART;TZID=Europe/Stockholm:"
#define NOV "2026-11-01 2026-12-01"
#define NINE SE "20261102T090000\nDURATION:PT1H\n"

/* A zone that nobody else knows: Moscow's winter all year round but for a summer time of its own. */
#define CUSTOM(tzid)                                                                                                   \
	"BEGIN:VTIMEZONE\nTZID:" tzid "\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0400\n"                \
	"TZOFFSETTO:+0300\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n"                    \
	"DTSTART:16010101T020000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0400\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n"      \
	"END:DAYLIGHT\nEND:VTIMEZONE\n==\n"

static const struct ics_case change_cases[] = {
	{"a daily meeting keeps its local hour in spring", SE "20260327T090000\nRRULE:FREQ=DAILY;COUNT=4",
	 "2026-03-01 2026-05-01", "2026-03-27T08:00Z 2026-03-28T08:00Z 2026-03-29T07:00Z 2026-03-30T07:00Z"},
	{"a daily meeting keeps its local hour in autumn", SE "20261024T090000\nRRULE:FREQ=DAILY;COUNT=3",
	 "2026-10-01 2026-11-01", "2026-10-24T07:00Z 2026-10-25T08:00Z 2026-10-26T08:00Z"},
	{"a time in the gap is read with the offset before it", SE "20260329T023000\nDURATION:PT1H",
	 "2026-03-01 2026-05-01", "2026-03-29T01:30Z/2026-03-29T02:30Z"},
	{"a series through the gap", SE "20260328T023000\nRRULE:FREQ=DAILY;COUNT=3", "2026-03-01 2026-05-01",
	 "2026-03-28T01:30Z 2026-03-29T01:30Z 2026-03-30T00:30Z"},
	{"a time in the overlap is the first of the two", SE "20261025T023000\nDURATION:PT1H", "2026-10-01 2026-11-01",
	 "2026-10-25T00:30Z/2026-10-25T01:30Z"},
	{"every hour through the gap: no instant twice", SE "20260329T003000\nRRULE:FREQ=HOURLY;COUNT=5",
	 "2026-03-01 2026-05-01", "2026-03-28T23:30Z 2026-03-29T00:30Z 2026-03-29T01:30Z 2026-03-29T02:30Z"},
	{"a DTEND gives the same exact length on the day of 23 hours",
	 SE "20260327T220000\nDTEND;TZID=Europe/Stockholm:20260328T060000\nRRULE:FREQ=DAILY;COUNT=3",
	 "2026-03-01 2026-05-01",
	 "2026-03-27T22:00/2026-03-28T06:00 2026-03-28T22:00/2026-03-29T07:00 2026-03-29T22:00/2026-03-30T06:00"},
	{"a DURATION of a day is a day, of 24 hours is 24 hours",
	 SE "20260328T120000\nDURATION:P1D\n--\nUID:b\n" SE "20260328T120000\nDURATION:PT24H", "2026-03-01 2026-05-01",
	 "2026-03-28T12:00/2026-03-29T12:00 2026-03-28T12:00/2026-03-29T13:00"},
	{"floating times are the office's", "DTSTART:20261025T090000\nDURATION:PT1H", "2026-10-01 2026-11-01",
	 "2026-10-25T08:00Z"},
	{"UTC stays UTC", "DTSTART:20261025T090000Z\nRRULE:FREQ=DAILY;COUNT=2", "2026-10-01 2026-11-01",
	 "2026-10-25T09:00Z 2026-10-26T09:00Z"},
	{"a start in the gap: the length is what the writer saw",
	 SE "20260329T023000\nDTEND;TZID=Europe/Stockholm:20260329T030000", "2026-03-01 2026-05-01",
	 "2026-03-29T01:30Z/2026-03-29T02:00Z"},
	{"half an hour of gap", "DTSTART;TZID=Australia/Lord_Howe:20261004T021500\nDURATION:PT1H",
	 "2026-10-01 2026-11-01", "2026-10-03T15:45Z/2026-10-03T16:45Z"},
	{"a midnight that was left out",
	 "DTSTART;TZID=America/Sao_Paulo:20181104T000000\nDTEND;TZID=America/Sao_Paulo:20181104T010000",
	 "2018-11-01 2018-12-01", "2018-11-04T03:00Z/2018-11-04T04:00Z"},
	{"a day that was left out", "DTSTART;TZID=Pacific/Apia:20111229T090000\nRRULE:FREQ=DAILY;UNTIL=20120101T000000",
	 "2011-12-01 2012-02-01", "2011-12-29T19:00Z 2011-12-30T19:00Z"},
	{"start and end in two zones",
	 "DTSTART;TZID=America/New_York:20261102T090000\nDTEND;TZID=Europe/Stockholm:20261102T160000", NOV,
	 "2026-11-02T15:00/2026-11-02T16:00"},
};

static const struct ics_case zone_cases[] = {
	{"Windows' name without a definition", "DTSTART;TZID=W. Europe Standard Time:20261102T090000", NOV,
	 "2026-11-02T09:00"},
	{"quoted", "DTSTART;TZID=\"W. Europe Standard Time\":20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T09:00"},
	{"with a number behind it", "DTSTART;TZID=GMT Standard Time 1:20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T10:00"},
	{"behind a vendor's path", "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Helsinki:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T08:00"},
	{"as Windows shows it where it names no city",
	 "DTSTART;TZID=\"(UTC-05:00) Eastern Time (US & Canada)\":20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T15:00"},
	{"the same without the quotes that its colon needs",
	 "DTSTART;TZID=(UTC-05:00) Eastern Time (US & Canada):20260702T090000\n"
	 "DTEND;TZID=(UTC-05:00) Eastern Time (US & Canada);X-A=b:20260702T100000",
	 "2026-07-01 2026-08-01", "2026-07-02T15:00/2026-07-02T16:00"},
	{"as an older Windows shows it", "DTSTART;TZID=\"(GMT+02.00) Helsinki / Riga / Tallinn\":20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T08:00"},
	{"a city alone", "DTSTART;TZID=Helsinki:20260702T090000", "2026-07-01 2026-08-01", "2026-07-02T08:00"},
	{"a definition whose changes are written in UTC",
	 "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:20200101T000000Z\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0200\n"
	 "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20261110T010000Z\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0500\n"
	 "RDATE:20261110T010000Z\nEND:DAYLIGHT\nEND:VTIMEZONE\n==\nDTSTART;TZID=Odd:20261110T023000\n"
	 "RRULE:FREQ=DAILY;COUNT=2",
	 NOV, "2026-11-10T00:30Z 2026-11-10T21:30Z"},
	{"as Windows shows it in a language that nobody here knows",
	 "DTSTART;TZID=\"(UTC-05:00) Osttid\":20261102T090000", NOV, "2026-11-02T14:00Z"},
	{"the same for where the office is", "DTSTART;TZID=\"(GMT+01.00) Belgrad\":20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T07:00Z"},
	{"CET is no such word, whatever the file says", CUSTOM("CET") "DTSTART;TZID=CET:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T07:00Z"},
	{"as Windows shows UTC", "DTSTART;TZID=\"(UTC) Coordinated Universal Time\":20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T11:00"},
	{"one word means what the file says it means", CUSTOM("Helsinki") "DTSTART;TZID=Helsinki:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T07:00"},
	{"letters mean what the file says they mean", CUSTOM("IST") "DTSTART;TZID=IST:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T07:00"},
	{"letters that the file does not explain", "DTSTART;TZID=IST:20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T05:30"},
	{"a name with a comma, which a property escapes and a parameter does not",
	 CUSTOM("Kansliet\\, plan 3") "DTSTART;TZID=\"Kansliet, plan 3\":20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T07:00"},
	{"X-WR-TIMEZONE that only the file can explain",
	 "X-WR-TIMEZONE:Here\n" CUSTOM("Here") "DTSTART:20260702T090000", "2026-07-01 2026-08-01", "2026-07-02T07:00"},
	{"beside a start with a zone, a time without one is on the start's clock",
	 "DTSTART;TZID=America/New_York:20261102T090000\nDTEND:20261102T100000\nRRULE:FREQ=DAILY;COUNT=4\n"
	 "EXDATE:20261103T090000\n--\nRECURRENCE-ID:20261104T090000\nDTSTART;TZID=America/New_York:20261104T120000",
	 NOV,
	 "2026-11-02T14:00Z/2026-11-02T15:00Z 2026-11-04T17:00Z/2026-11-04T17:00Z "
	 "2026-11-05T14:00Z/2026-11-05T15:00Z"},
	{"as Windows shows it", "DTSTART;TZID=\"(UTC-05:00) Eastern Time, New York\":20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T15:00"},
	{"Microsoft's UTC", "DTSTART;TZID=tzone://Microsoft/Utc:20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T11:00"},
	{"an offset for a name", "DTSTART;TZID=\"UTC+05:30\":20260702T090000", "2026-07-01 2026-08-01",
	 "2026-07-02T05:30"},
	{"an old IANA name", "DTSTART;TZID=Asia/Calcutta:20260702T090000", "2026-07-01 2026-08-01", "2026-07-02T05:30"},
	{"lower case", "DTSTART;TZID=europe/london:20260702T090000", "2026-07-01 2026-08-01", "2026-07-02T10:00"},
	{"a custom zone in summer", CUSTOM("Customized Time Zone") "DTSTART;TZID=Customized Time Zone:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T07:00"},
	{"a custom zone in winter",
	 CUSTOM("tzone://Microsoft/Custom") "DTSTART;TZID=\"tzone://Microsoft/Custom\":20261102T090000", NOV,
	 "2026-11-02T07:00"},
	{"a known name wins over what the file says of it",
	 CUSTOM("W. Europe Standard Time") "DTSTART;TZID=W. Europe Standard Time:20260702T090000",
	 "2026-07-01 2026-08-01", "2026-07-02T09:00"},
	{"an unknown name is read in the office's zone", "DTSTART;TZID=Nowhere:20261102T090000", NOV,
	 "2026-11-02T09:00"},
	{"X-WR-TIMEZONE is the zone of floating times", "X-WR-TIMEZONE:Europe/Helsinki\n==\nDTSTART:20261102T090000",
	 NOV, "2026-11-02T08:00"},
	{"a definition with RDATEs",
	 "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0200\n"
	 "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20261110T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0500\n"
	 "RDATE:20261110T000000\nEND:DAYLIGHT\nEND:VTIMEZONE\n==\n"
	 "DTSTART;TZID=Odd:20261109T120000\nRRULE:FREQ=DAILY;COUNT=2",
	 NOV, "2026-11-09T10:00Z 2026-11-10T07:00Z"},
};

static const struct ics_case day_cases[] = {
	{"all day", "DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261104", NOV, "2026-11-02/2026-11-04@-"},
	{"dates beyond what 32 bits of seconds hold", "DTSTART;VALUE=DATE:20370406\nRDATE;VALUE=DATE:20380426,20500411",
	 "2038-01-01 2051-01-01", "2038-04-26/2038-04-27 2050-04-11/2050-04-12"},
	{"a date of a series with times, as far ahead", "DTSTART:20261102T090000\nRDATE;VALUE=DATE:20400402",
	 "2040-01-01 2041-01-01", "2040-04-02T09:00"},
	{"all day without an end is one day", "DTSTART;VALUE=DATE:20261102", NOV, "2026-11-02/2026-11-03"},
	{"all day with its own start for an end", "DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261102", NOV,
	 "2026-11-02/2026-11-03"},
	{"all day with a duration", "DTSTART;VALUE=DATE:20261102\nDURATION:P2D", NOV, "2026-11-02/2026-11-04"},
	{"a date without VALUE=DATE", "DTSTART:20261102", NOV, "2026-11-02/2026-11-03"},
	{"a date that goes on with a time", "DTSTART;VALUE=DATE:20261102T090000\nDTEND;VALUE=DATE:20261104T000000", NOV,
	 "2026-11-02/2026-11-04"},
	{"an end at 24:00", SE "20261102T090000\nDTEND;TZID=Europe/Stockholm:20261102T240000", NOV,
	 "2026-11-02T09:00/2026-11-03T00:00"},
	{"Microsoft's all day with a duration, and without an end",
	 SE "20261102T000000\nDURATION:P2D\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n--\nUID:b\n" SE
	    "20261109T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
	 NOV, "2026-11-02/2026-11-04 2026-11-09/2026-11-10"},
	{"an end with a time takes the whole day", "DTSTART;VALUE=DATE:20261102\nDTEND:20261103T120000", NOV,
	 "2026-11-02/2026-11-04"},
	{"Microsoft's all day",
	 SE "20261102T000000\nDTEND;TZID=Europe/Stockholm:20261103T000000\n"
	    "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
	 NOV, "2026-11-02/2026-11-03"},
	{"Microsoft's all day in UTC",
	 "DTSTART:20261101T230000Z\nDTEND:20261102T230000Z\n"
	 "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
	 NOV, "2026-11-02/2026-11-03"},
	{"the flag on what is not all day", NINE "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", NOV,
	 "2026-11-02T09:00/2026-11-02T10:00"},
	{"EXDATE as DATE-TIME on an all-day series",
	 "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=W. Europe Standard Time:20261103T000000",
	 NOV, "2026-11-02@2026-11-02 2026-11-04@2026-11-04"},
	{"EXDATE in UTC on an all-day series",
	 "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261102T230000Z", NOV,
	 "2026-11-02 2026-11-04"},
	{"EXDATE as DATE on a series with times", NINE "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261103", NOV,
	 "2026-11-02T09:00 2026-11-04T09:00"},
	{"EXDATE in another zone", NINE "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261103T080000Z", NOV,
	 "2026-11-02T09:00 2026-11-04T09:00"},
	{"RECURRENCE-ID as DATE-TIME on an all-day series",
	 "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=3\n--\n"
	 "RECURRENCE-ID;TZID=W. Europe Standard Time:20261103T000000\nDTSTART;VALUE=DATE:20261110",
	 NOV, "2026-11-02@2026-11-02 2026-11-04@2026-11-04 2026-11-10@2026-11-03"},
	{"RECURRENCE-ID as DATE on a series with times",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID;VALUE=DATE:20261103\n" SE "20261110T120000", NOV,
	 "2026-11-02T08:00Z@2026-11-02T08:00Z 2026-11-04T08:00Z@2026-11-04T08:00Z 2026-11-10T11:00Z@2026-11-03T08:00Z"},
	{"UNTIL as DATE on a series with times: that day too", NINE "RRULE:FREQ=DAILY;UNTIL=20261104", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00 2026-11-04T09:00"},
	{"UNTIL without a zone", NINE "RRULE:FREQ=DAILY;UNTIL=20261104T090000", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00 2026-11-04T09:00"},
	{"UNTIL in UTC, to the second", NINE "RRULE:FREQ=DAILY;UNTIL=20261104T075959Z", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00"},
	{"UNTIL in UTC on an all-day series", "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;UNTIL=20261103T230000Z",
	 NOV, "2026-11-02 2026-11-03 2026-11-04"},
	{"UNTIL before DTSTART: the start alone", NINE "RRULE:FREQ=DAILY;UNTIL=20261001T000000Z", NOV,
	 "2026-11-02T09:00"},
};

static const struct ics_case series_cases[] = {
	{"moved",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID;TZID=Europe/Stockholm:20261103T090000\n" SE
	      "20261103T140000\nDURATION:PT2H\nSUMMARY:later",
	 NOV,
	 "2026-11-02T08:00Z/2026-11-02T09:00Z@2026-11-02T08:00Z# "
	 "2026-11-03T13:00Z/2026-11-03T15:00Z@2026-11-03T08:00Z#later "
	 "2026-11-04T08:00Z/2026-11-04T09:00Z@2026-11-04T08:00Z#"},
	{"moved, named in UTC",
	 NINE "RRULE:FREQ=DAILY;COUNT=2\n--\nRECURRENCE-ID:20261103T080000Z\n" SE "20261103T140000", NOV,
	 "2026-11-02T09:00 2026-11-03T14:00"},
	{"moved out of the window",
	 NINE "RRULE:FREQ=DAILY;COUNT=2\n--\nRECURRENCE-ID:20261103T080000Z\n" SE "20261203T140000", NOV,
	 "2026-11-02T09:00"},
	{"moved into the window",
	 SE "20260801T090000\nRRULE:FREQ=MONTHLY;UNTIL=20261015\n--\nRECURRENCE-ID:20260901T070000Z\n" SE
	    "20261103T140000",
	 NOV, "2026-11-03T13:00Z@2026-09-01T07:00Z"},
	{"cancelled alone",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID:20261103T080000Z\nSTATUS:CANCELLED\n" SE "20261103T090000",
	 NOV, "2026-11-02T09:00 2026-11-04T09:00"},
	{"cancelled by its subject",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID:20261103T080000Z\n"
	      "SUMMARY:Avbokad: Möte\n" SE "20261103T090000",
	 NOV, "2026-11-02T09:00 2026-11-04T09:00"},
	{"this and future",
	 NINE "SUMMARY:old\nRRULE:FREQ=DAILY;COUNT=4\n--\n"
	      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261104T080000Z\nSUMMARY:new\n" SE "20261104T110000\nDURATION:PT30M",
	 NOV,
	 "2026-11-02T09:00/2026-11-02T10:00#old 2026-11-03T09:00/2026-11-03T10:00#old "
	 "2026-11-04T11:00/2026-11-04T11:30#new 2026-11-05T11:00/2026-11-05T11:30#new"},
	{"this and future began before the window",
	 SE "20260105T090000\nRRULE:FREQ=WEEKLY\n--\n"
	    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Stockholm:20260601T090000\nSUMMARY:new\n" SE
	    "20260602T100000",
	 NOV, "2026-11-03T10:00#new 2026-11-10T10:00#new 2026-11-17T10:00#new 2026-11-24T10:00#new"},
	{"this and future, twice, and one that speaks for itself",
	 NINE "SUMMARY:a\nRRULE:FREQ=DAILY;COUNT=5\n--\n"
	      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T080000Z\nSUMMARY:b\n" SE "20261103T100000\n--\n"
	      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261105T080000Z\nSUMMARY:c\n" SE "20261105T110000\n--\n"
	      "RECURRENCE-ID:20261106T080000Z\nSUMMARY:d\n" SE "20261106T150000",
	 NOV, "2026-11-02T09:00#a 2026-11-03T10:00#b 2026-11-04T10:00#b 2026-11-05T11:00#c 2026-11-06T15:00#d"},
	{"this and future moves an ended series into the window",
	 SE "20260901T090000\nRRULE:FREQ=WEEKLY;UNTIL=20261020T235959Z\n--\n"
	    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261013T070000Z\n" SE "20261102T090000",
	 NOV, "2026-11-02T08:00Z@2026-10-13T07:00Z 2026-11-09T08:00Z@2026-10-20T07:00Z"},
	{"all-day series as Microsoft writes it: midnights, with an exception and an EXDATE of the same kind",
	 SE "20261105T000000\nDTEND;TZID=Europe/Stockholm:20261106T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n"
	    "RRULE:FREQ=WEEKLY;UNTIL=20261125T230000Z\nEXDATE;TZID=W. Europe Standard Time:20261112T000000\n--\n"
	    "RECURRENCE-ID;TZID=W. Europe Standard Time:20261119T000000\n" SE "20261120T000000\n"
	    "DTEND;TZID=Europe/Stockholm:20261121T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
	 NOV, "2026-11-05@2026-11-05 2026-11-20@2026-11-19 2026-11-26@2026-11-26"},
	{"this and future, named by its date on a series with times",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261103\n" SE
	      "20261103T110000",
	 NOV, "2026-11-02T09:00 2026-11-03T11:00 2026-11-04T11:00"},
	{"an exception without a start is at the time that it names",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\n--\nRECURRENCE-ID;TZID=Europe/Stockholm:20261103T090000\nSTATUS:CANCELLED\n"
	      "--\nRECURRENCE-ID;TZID=Europe/Stockholm:20261104T090000\nSUMMARY:x",
	 NOV, "2026-11-02T09:00# 2026-11-04T09:00#x"},
	{"who cancels the series cancels its exceptions, unless they are newer",
	 NINE "RRULE:FREQ=DAILY;COUNT=3\nSTATUS:CANCELLED\nSEQUENCE:1\n--\nRECURRENCE-ID:20261103T080000Z\n" SE
	      "20261103T140000\nSEQUENCE:1\n--\nRECURRENCE-ID:20261104T080000Z\n" SE "20261104T150000\nSEQUENCE:2",
	 NOV, "2026-11-04T15:00"},
	{"the only occurrence is excluded", NINE "EXDATE;TZID=Europe/Stockholm:20261102T090000", NOV, ""},
	{"lists and rules that are empty", NINE "EXDATE:\nRDATE;VALUE=DATE:\nRRULE:", NOV, "2026-11-02T09:00"},
	{"this and future, cancelled",
	 NINE "RRULE:FREQ=DAILY;COUNT=5\n--\n"
	      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261104T080000Z\nSTATUS:CANCELLED\n" SE "20261104T090000",
	 NOV, "2026-11-02T09:00 2026-11-03T09:00"},
	{"an exception without its series", "RECURRENCE-ID:20261103T080000Z\n" SE "20261103T140000\nSUMMARY:alone", NOV,
	 "2026-11-03T13:00Z@2026-11-03T08:00Z#alone"},
	{"two versions: the greater SEQUENCE counts",
	 NINE "SUMMARY:new\nSEQUENCE:2\n--\n" NINE "SUMMARY:old\nSEQUENCE:1", NOV, "2026-11-02T09:00#new"},
	{"two versions: then the later DTSTAMP",
	 NINE "SUMMARY:new\nDTSTAMP:20261002T000000Z\n--\n" NINE "SUMMARY:old\nDTSTAMP:20261001T000000Z", NOV,
	 "2026-11-02T09:00#new"},
	{"two versions: then the later in the file", NINE "SUMMARY:old\n--\n" NINE "SUMMARY:new", NOV,
	 "2026-11-02T09:00#new"},
	{"a newer version lies outside the window", NINE "SUMMARY:old\n--\n" SE "20270102T090000\nSEQUENCE:1", NOV, ""},
	{"an older version lies outside the window", NINE "SEQUENCE:1\n--\n" SE "20270102T090000", NOV,
	 "2026-11-02T09:00"},
	{"two versions of an exception",
	 NINE "RRULE:FREQ=DAILY;COUNT=2\n--\n"
	      "RECURRENCE-ID:20261103T080000Z\nSEQUENCE:2\nSUMMARY:new\n" SE "20261103T140000\n--\n"
	      "RECURRENCE-ID:20261103T080000Z\nSEQUENCE:1\nSUMMARY:old\n" SE "20261103T150000",
	 NOV, "2026-11-02T09:00# 2026-11-03T14:00#new"},
	{"same title, same hour, two bookings", "UID:a\n" NINE "SUMMARY:x\n--\nUID:b\n" NINE "SUMMARY:x", NOV,
	 "2026-11-02T09:00#x 2026-11-02T09:00#x"},
	{"no UID: two events, unless they are equal",
	 "UID:\n" NINE "SUMMARY:x\n--\nUID:\n" NINE "SUMMARY:y\n--\nUID:\n" NINE "SUMMARY:y", NOV, "2: …"},
	{"RDATE", NINE "RDATE;TZID=Europe/Stockholm:20261105T120000,20261107T120000", NOV,
	 "2026-11-02T09:00/2026-11-02T10:00 2026-11-05T12:00/2026-11-05T13:00 2026-11-07T12:00/2026-11-07T13:00"},
	{"RDATE that a rule gives too", NINE "RRULE:FREQ=DAILY;COUNT=2\nRDATE:20261103T080000Z", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00"},
	{"RDATE with a PERIOD", NINE "RDATE;VALUE=PERIOD:20261105T110000Z/PT3H,20261106T110000Z/20261106T113000Z", NOV,
	 "2026-11-02T09:00/2026-11-02T10:00 2026-11-05T12:00/2026-11-05T15:00 2026-11-06T12:00/2026-11-06T12:30"},
	{"RDATE as DATE on an all-day series", "DTSTART;VALUE=DATE:20261102\nRDATE;VALUE=DATE:20261109", NOV,
	 "2026-11-02 2026-11-09"},
	{"EXRULE", NINE "RRULE:FREQ=DAILY;COUNT=6\nEXRULE:FREQ=DAILY;INTERVAL=2", NOV,
	 "2026-11-03T09:00 2026-11-05T09:00 2026-11-07T09:00"},
	{"EXRULE excludes only what it gives, not the start that it is counted from",
	 NINE "RRULE:FREQ=DAILY;COUNT=8\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2", NOV,
	 "2026-11-03T09:00 2026-11-05T09:00 2026-11-06T09:00 2026-11-09T09:00"},
	{"two rules", NINE "RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=2", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00 2026-11-09T09:00"},
	{"a DTSTART that the rule does not give counts as the first",
	 SE "20261103T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3", NOV,
	 "2026-11-03T09:00 2026-11-09T09:00 2026-11-16T09:00"},
	{"BYSETPOS on DAILY", NINE "RRULE:FREQ=DAILY;COUNT=3;BYHOUR=9,11,13;BYSETPOS=1", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00 2026-11-04T09:00"},
	{"29 February", "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", "2024-01-01 2033-01-01",
	 "2024-02-29 2028-02-29 2032-02-29"},
	{"31st of each month", "DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY", "2026-01-01 2026-09-01",
	 "2026-01-31 2026-03-31 2026-05-31 2026-07-31 2026-08-31"},
	{"week 53", "DTSTART;VALUE=DATE:20201228\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2020-01-01 2033-01-01",
	 "2020-12-28 2026-12-28 2032-12-27"},
	{"BYWEEKNO alone keeps DTSTART's weekday", "DTSTART;VALUE=DATE:20260513\nRRULE:FREQ=YEARLY;BYWEEKNO=20",
	 "2026-01-01 2028-01-01", "2026-05-13 2027-05-19"},
	{"COUNT as large as they come", NINE "RRULE:FREQ=DAILY;COUNT=4294967297", "2026-11-01 2026-11-05",
	 "2026-11-02T09:00 2026-11-03T09:00 2026-11-04T09:00"},
	{"a rule of a hundred years ago", "DTSTART:19000101T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO",
	 "2026-11-01 2026-11-15", "2026-11-02T09:00 2026-11-09T09:00"},
	{"the year 1601", "DTSTART:16010101T090000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=5", NOV,
	 "2026-11-05T09:00"},
	{"30 February never comes", NINE "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", NOV, "2026-11-02T09:00"},
	{"seconds that matter", SE "20261102T090000\nRRULE:FREQ=SECONDLY;INTERVAL=30;COUNT=3", NOV,
	 "2026-11-02T09:00 2026-11-02T09:00:30 2026-11-02T09:01"},
};

static const struct ics_case edge_cases[] = {
	{"touches the start of the window", SE "20261031T230000\nDURATION:PT2H", NOV,
	 "2026-10-31T23:00/2026-11-01T01:00"},
	{"ends as the window begins", SE "20261031T230000\nDURATION:PT1H", NOV, ""},
	{"begins as the window ends", SE "20261201T000000\nDURATION:PT1H", NOV, ""},
	{"no length, at the window's start", SE "20261101T000000", NOV, "2026-11-01T00:00/2026-11-01T00:00"},
	{"no length, before it", SE "20261031T235959", NOV, ""},
	{"all day, the day before", "DTSTART;VALUE=DATE:20261031", NOV, ""},
	{"a year long", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101", NOV, "2026-01-01/2027-01-01"},
	{"long occurrences of a series", SE "20260901T000000\nDURATION:P40D\nRRULE:FREQ=MONTHLY", NOV,
	 "2026-10-01T00:00/2026-11-10T00:00 2026-11-01T00:00/2026-12-11T00:00"},
	{"UID and texts with escapes", NINE "SUMMARY:a\\, b\\; c\\\\ d\\ne", NOV, "2026-11-02T09:00#a,_b;_c\\_d_e"},
	{"bidi overrides and control characters go",
	 NINE "SUMMARY:a\xE2\x80\xAE"
	      "b\x07"
	      "c",
	 NOV, "2026-11-02T09:00#abc"},
	{"broken UTF-8 is repaired", NINE "SUMMARY:å\xC3(b\xFF", NOV, "2026-11-02T09:00#å\xEF\xBF\xBD(b\xEF\xBF\xBD"},
	{"folded in the middle of a letter", NINE "SUMMARY:M\xC3\n \xB6te", NOV, "2026-11-02T09:00#M\xC3\xB6te"},
	{"names, values and Microsoft's own in lower case",
	 "dtstart:20261102t080000z\nduration:pt1h\nrrule:freq=daily;count=1\nsummary:x\n"
	 "x-microsoft-cdo-alldayevent:true",
	 NOV, "2026-11-02T09:00/2026-11-02T10:00#x"},
	{"Microsoft's own in lower case", SE "20261102T000000\nx-microsoft-cdo-alldayevent:true", NOV, "2026-11-02"},
	{"white space around values",
	 "DTSTART;TZID=Europe/Stockholm: 20261102T090000 \nDURATION: PT1H\t\nRRULE: FREQ=DAILY;COUNT=3\n"
	 "EXDATE;TZID=Europe/Stockholm:20261103T090000, 20261104T090000\nSUMMARY: x ",
	 NOV, "2026-11-02T09:00/2026-11-02T10:00#x"},
	{"a backslash that escapes nothing", NINE "SUMMARY:C:\\temp\\x\\,y\\\\n", NOV,
	 "2026-11-02T09:00#C:\\temp\\x,y\\n"},
	{"names in lower case", "dtstart;tzid=Europe/Stockholm:20261102T090000\nsummary:x", NOV, "2026-11-02T09:00#x"},
};

#define RUN(cases) cases_run(cases, sizeof(cases) / sizeof((cases)[0]), "Europe/Stockholm")
#define REPLAY(cases) cases_replay(cases, sizeof(cases) / sizeof((cases)[0]), "Europe/Stockholm")

static void run_all(void)
{
	RUN(change_cases);
	RUN(zone_cases);
	RUN(day_cases);
	RUN(series_cases);
	RUN(edge_cases);
}

static void every_case(void **state)
{
	(void)state;
	run_all();
}

static void every_case_in_two_windows(void **state)
{
	(void)state;
	REPLAY(change_cases);
	REPLAY(zone_cases);
	REPLAY(day_cases);
	REPLAY(series_cases);
	REPLAY(edge_cases);
}

static void the_machines_zone_never_matters(void **state)
{
	static const char *const zones[] = {"UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati",
					    "Nonsense/Nowhere"};

	(void)state;
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		assert_int_equal(setenv("TZ", zones[i], 1), 0);
		tzset();
		run_all();
	}
	unsetenv("TZ");
	tzset();
}

static void what_is_nonsense_is_counted(void **state)
{
	static const struct {
		const char *events, *tally;
	} rows[] = {
		{SE "20261102T090000\nDTEND;TZID=Europe/Stockholm:20261102T080000", "negative-duration:1"},
		{SE "20261102T090000\nDURATION:-PT1H", "negative-duration:1"},
		{"SUMMARY:no start", "bad-start:1"},
		{SE "20261102T090000\nDESCRIPTION:Hej\nBEGIN:VALARM\nLocation: see below", "not-closed:1"},
		{"DTSTART:20261302T090000", "bad-start:1"},
		{"DTSTART:soon", "bad-start:1"},
		{SE "20261102T090000\nDTEND:later", "bad-end:1"},
		{SE "20261102T090000\nRRULE:FREQ=SOMETIMES", "bad-rule:1"},
		{SE "20261102T090000\nRRULE:FREQ=DAILY;INTERVAL=0", "bad-rule:1"},
		{SE "20261102T090000\nRRULE:FREQ=DAILY;RSCALE=HEBREW", "bad-rule:1"},
		{"DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=HOURLY", "bad-rule:1"},
		{SE "20261102T090000\nRRULE:FREQ=DAILY\nEXDATE:never", "bad-date:1"},
		{SE "20261102T090000\nRECURRENCE-ID:x", "bad-recurrence-id:1"},
		{SE "20261102T090000\nRRULE:FREQ=SECONDLY", "too-many-occurrences:1"},
		{SE "20261102T090000\nRRULE:FREQ=MINUTELY;COUNT=1000000000", "too-many-occurrences:1"},
		{"DTSTART:19010101T090000\nRRULE:FREQ=SECONDLY;COUNT=2000000000;BYSECOND=1,2,3", "too-much-work:1"},
		{"DTSTART;TZID=Nowhere:20261102T090000", "unknown-zone:1"},
		{"DTSTART;TZID=\"(UTC-05:00) Osttid\":20261102T090000", "unknown-zone:1"},
		{SE "20261102T090000", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(cases_tally(rows[i].events, NOV), rows[i].tally);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case),
		cmocka_unit_test(every_case_in_two_windows),
		cmocka_unit_test(the_machines_zone_never_matters),
		cmocka_unit_test(what_is_nonsense_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
