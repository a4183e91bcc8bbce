/* Files as the world serves them: what is broken in them costs no booking that is certain, and what could not be read
 * is counted. Each case is one kind of fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cases.h"

#define NOV "2026-11-01 2026-12-01"
#define NINE "DTSTART;TZID=Europe/Stockholm:20261102T090000\nDURATION:PT1H\n"
#define DAY "DTSTART;VALUE=DATE:"

/* Whatever the rule says that nobody can follow, the first occurrence is certain. */
static void a_rule_never_hides_the_first_occurrence(void **state)
{
	static const char *const rules[] = {
		"FREQ=DAILY;COUNT=-1",
		"FREQ=DAILY;COUNT=0",
		"FREQ=DAILY;COUNT=",
		"FREQ=DAILY;COUNT=1e3",
		"FREQ=DAILY;BYDAY=",
		"FREQ=MONTHLY;BYDAY=0MO",
		"FREQ=MONTHLY;BYDAY=MON",
		"FREQ=DAILY;BYMONTHDAY=99",
		"FREQ=DAILY;INTERVAL=-2",
		"FREQ=DAILY;UNTIL=31/12/2026",
		"FREQ=DAILY;UNTIL=",
		"FREQ=DAILY;WKST=XX",
		"FREQ=DAILY and so on",
		"every day",
		"FREQ=DAILY;stray",
		"FREQ=DAILY;BYEASTER=0",
		"FREQ=FORTNIGHTLY",
		"COUNT=3",
		"D1 #0",
		"FREQ=DAILY;COUNT=3;COUNT=4",
		"FREQ=MONTHLY;SKIP=FORWARD",
		"FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BOTH",
		"FREQ=YEARLY;RSCALE=CHINESE",
		"FREQ=YEARLY;RSCALE=HEBREW;BYMONTH=5L",
		"FREQ=YEARLY;RSCALE=ETHIOPIC;SKIP=FORWARD",
		"FREQ=DAILY;UNTIL=20261001T000000Z",
		"FREQ=DAILY;UNTIL=20261101",
	};
	struct ics_case one = {.window = NOV, .expected = "2026-11-02T09:00/2026-11-02T10:00"};

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		char events[200];

		snprintf(events, sizeof(events), NINE "RRULE:%s", rules[i]);
		one.name = rules[i];
		one.events = events;
		cases_run(&one, 1, "Europe/Stockholm");
		assert_string_equal(cases_tally(events, NOV), "bad-rule:1");
	}
}

static const struct ics_case certain_cases[] = {
	{"a rule for hours on an all-day event", DAY "20261102\nRRULE:FREQ=HOURLY", NOV, "2026-11-02"},
	{"the other rule can be read", NINE "RRULE:FREQ=DAILY;COUNT=-1\nRRULE:FREQ=WEEKLY;COUNT=2", NOV,
	 "2026-11-02T09:00 2026-11-09T09:00"},
	{"dates beside a rule that cannot be read", NINE "RRULE:every day\nRDATE:20261105T110000Z", NOV,
	 "2026-11-02T09:00 2026-11-05T12:00"},
	{"the start beside a rule that cannot be read is excluded", NINE "RRULE:every day\nEXDATE:20261102T080000Z",
	 NOV, ""},
	{"the start beside a rule that cannot be read has moved",
	 NINE "RRULE:every day\n--\nRECURRENCE-ID:20261102T080000Z\nDTSTART:20261103T080000Z", NOV, "2026-11-03T09:00"},
	{"an EXRULE that cannot be read", NINE "RRULE:FREQ=DAILY;COUNT=2\nEXRULE:never", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00"},
	{"dates of which some cannot be read",
	 NINE
	 "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:never,20261103T080000Z\nRDATE:x,20261110T080000Z/PT2H,20261111T080000Z/x",
	 NOV, "2026-11-02T09:00 2026-11-04T09:00 2026-11-10T09:00"},
	{"an exception to nobody knows what", NINE "SUMMARY:x\nRECURRENCE-ID:x", NOV, "2026-11-02T09:00#x"},
	{"too many occurrences", NINE "RRULE:FREQ=SECONDLY", NOV, "2026-11-02T09:00"},
	{"too much work", "DTSTART:20261102T080000Z\nRRULE:FREQ=SECONDLY;COUNT=2000000000;BYMONTH=1,2;BYDAY=MO",
	 "2026-11-01 2040-12-01", "2026-11-02T09:00"},
	{"DTEND cannot be read, DURATION can", NINE "DTEND:later", NOV, "2026-11-02T09:00/2026-11-02T10:00"},
	{"DURATION cannot be read, DTEND can", "DTSTART:20261102T080000Z\nDTEND:20261102T090000Z\nDuration: 1 timme",
	 NOV, "2026-11-02T09:00/2026-11-02T10:00"},
};

static void what_is_certain_is_shown_and_the_rest_counted(void **state)
{
	static const struct {
		const char *events, *tally;
	} rows[] = {
		{DAY "20261102\nRRULE:FREQ=HOURLY", "bad-rule:1"},
		{NINE "RRULE:x\nRRULE:y\nEXDATE:z", "bad-rule:1"},
		{NINE "RRULE:x\nSTATUS:CANCELLED", ""},
		{NINE "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:never", "bad-date:1"},
		{NINE "RDATE:never", "bad-date:1"},
		{NINE "RECURRENCE-ID:x", "bad-recurrence-id:1"},
		{NINE "RRULE:FREQ=DAILY;UNTIL=20261002\nRRULE:FREQ=DAILY;UNTIL=20261001", "bad-rule:1"},
		{NINE "RRULE:FREQ=DAILY;UNTIL=20261102T080000Z", ""},
		{NINE "DTEND:later", ""},
		{NINE "DTEND:later\nDURATION:long", ""},
		{"DTSTART:20261102T080000Z\nDTEND:later\nDURATION:long", "bad-end:1"},
	};

	(void)state;
	cases_run(certain_cases, sizeof(certain_cases) / sizeof(certain_cases[0]), "Europe/Stockholm");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(cases_tally(rows[i].events, NOV), rows[i].tally);
	}
}

#define SKIP(kind) "\nRRULE:RSCALE=GREGORIAN;SKIP=" kind ";FREQ="

/* RFC 7529. The first two are its own examples. */
static const struct ics_case skip_cases[] = {
	{"FORWARD: the first of the next month", DAY "20140131" SKIP("FORWARD") "MONTHLY;COUNT=4",
	 "2014-01-01 2015-01-01", "2014-01-31 2014-03-01 2014-03-31 2014-05-01"},
	{"FORWARD: a leap day", DAY "20120229" SKIP("FORWARD") "YEARLY", "2012-01-01 2017-01-01",
	 "2012-02-29 2013-03-01 2014-03-01 2015-03-01 2016-02-29"},
	{"BACKWARD: the last of the month", DAY "20140131" SKIP("BACKWARD") "MONTHLY;COUNT=4", "2014-01-01 2015-01-01",
	 "2014-01-31 2014-02-28 2014-03-31 2014-04-30"},
	{"BACKWARD: a leap day", DAY "20120229" SKIP("BACKWARD") "YEARLY;UNTIL=20150301", "2012-01-01 2017-01-01",
	 "2012-02-29 2013-02-28 2014-02-28 2015-02-28"},
	{"OMIT", DAY "20140131" SKIP("OMIT") "MONTHLY;COUNT=3", "2014-01-01 2015-01-01",
	 "2014-01-31 2014-03-31 2014-05-31"},
	{"RSCALE alone omits", DAY "20140131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3", "2014-01-01 2015-01-01",
	 "2014-01-31 2014-03-31 2014-05-31"},
	{"FORWARD onto a day that is wanted itself: once, also for COUNT",
	 DAY "20260101" SKIP("FORWARD") "MONTHLY;BYMONTHDAY=1,31;COUNT=6", "2026-01-01 2027-01-01",
	 "2026-01-01 2026-01-31 2026-02-01 2026-03-01 2026-03-31 2026-04-01"},
	{"FORWARD with an interval: only of the months that are counted",
	 DAY "20260228" SKIP("FORWARD") "MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2026-02-01 2026-10-01",
	 "2026-02-28 2026-03-01 2026-05-01 2026-07-01 2026-08-31"},
	{"FORWARD from a month before the window", DAY "20260131" SKIP("FORWARD") "MONTHLY", "2026-05-01 2026-05-20",
	 "2026-05-01"},
	{"BACKWARD, counted from the end: the day before the month",
	 DAY "20260131" SKIP("BACKWARD") "MONTHLY;BYMONTHDAY=-31", "2026-02-01 2026-06-01",
	 "2026-03-01 2026-03-31 2026-05-01 2026-05-31"},
	{"BACKWARD, counted from the end, on the window's last day",
	 DAY "20260101" SKIP("BACKWARD") "MONTHLY;BYMONTHDAY=-31", "2026-03-30 2026-04-01", "2026-03-31"},
	{"FORWARD, counted from the end: the month's first day",
	 DAY "20260101" SKIP("FORWARD") "MONTHLY;BYMONTHDAY=-31;COUNT=4", "2026-01-01 2027-01-01",
	 "2026-01-01 2026-02-01 2026-03-01 2026-04-01"},
	{"the 366th day", DAY "20241231" SKIP("BACKWARD") "YEARLY;BYYEARDAY=366;COUNT=3", "2024-01-01 2030-01-01",
	 "2024-12-31 2025-12-31 2026-12-31"},
	{"the 366th day, forward", DAY "20241231" SKIP("FORWARD") "YEARLY;BYYEARDAY=366;COUNT=3",
	 "2024-01-01 2030-01-01", "2024-12-31 2026-01-01 2027-01-01"},
	{"the weekday is asked of the day that stands in",
	 DAY "20260102" SKIP("BACKWARD") "MONTHLY;BYMONTHDAY=31;BYDAY=TH", "2026-01-03 2027-01-01",
	 "2026-04-30 2026-12-31"},
	{"times of day", "DTSTART:20260131T080000" SKIP("FORWARD") "MONTHLY;BYHOUR=8,17;COUNT=4",
	 "2026-01-01 2027-01-01", "2026-01-31T08:00 2026-01-31T17:00 2026-03-01T08:00 2026-03-01T17:00"},
};

static void dates_that_a_month_does_not_have(void **state)
{
	(void)state;
	cases_run(skip_cases, sizeof(skip_cases) / sizeof(skip_cases[0]), "Europe/Stockholm");
	cases_replay(skip_cases, sizeof(skip_cases) / sizeof(skip_cases[0]), "Europe/Stockholm");
}

#define ONE_UID "UID:2026-189\n"

static const struct ics_case uid_cases[] = {
	{"one UID, three days",
	 ONE_UID "DTSTART:20261102T080000Z\n--\n" ONE_UID "DTSTART:20261103T080000Z\n--\n" ONE_UID
		 "DTSTART:20261104T080000Z",
	 NOV,
	 "2026-11-02T08:00Z@2026-11-02T08:00Z 2026-11-03T08:00Z@2026-11-03T08:00Z 2026-11-04T08:00Z@2026-11-04T08:00Z"},
	{"one UID, of which the window holds one: it is named as it was before",
	 ONE_UID "DTSTART:20260102T080000Z\n--\n" ONE_UID "DTSTART:20261103T080000Z\n--\n" ONE_UID
		 "DTSTART:20270104T080000Z",
	 NOV, "2026-11-03T08:00Z@2026-11-03T08:00Z"},
	{"one UID, all day", ONE_UID DAY "20261102\n--\n" ONE_UID DAY "20261103", NOV,
	 "2026-11-02@2026-11-02 2026-11-03@2026-11-03"},
	{"one UID, a SEQUENCE that is the same for all",
	 ONE_UID "SEQUENCE:3\nDTSTART:20261102T080000Z\n--\n" ONE_UID "SEQUENCE:3\nDTSTART:20261103T080000Z", NOV,
	 "2026-11-02T09:00 2026-11-03T09:00"},
	{"a greater SEQUENCE is a newer version",
	 ONE_UID "DTSTART:20261102T080000Z\n--\n" ONE_UID "SEQUENCE:1\nDTSTART:20261103T080000Z", NOV,
	 "2026-11-03T08:00Z@-"},
	{"a greater SEQUENCE outside the window",
	 ONE_UID "DTSTART:20261102T080000Z\n--\n" ONE_UID "SEQUENCE:1\nDTSTART:20270103T080000Z", NOV, ""},
	{"the same start is the same booking, in any zone",
	 ONE_UID "SUMMARY:old\nDTSTART:20261102T080000Z\n--\n" ONE_UID
		 "SUMMARY:new\nDTSTART;TZID=Europe/Stockholm:20261102T090000",
	 NOV, "2026-11-02T08:00Z@-#new"},
	{"the same start outside the window is the same booking",
	 ONE_UID "DTSTART:20200102T080000Z\nRRULE:FREQ=DAILY\n--\n" ONE_UID
		 "DTSTART:20200102T080000Z\nRRULE:FREQ=DAILY;COUNT=2",
	 NOV, ""},
	{"one of them is cancelled",
	 ONE_UID "DTSTART:20261102T080000Z\nSTATUS:CANCELLED\n--\n" ONE_UID "DTSTART:20261103T080000Z", NOV,
	 "2026-11-03T09:00"},
	{"a series and a booking with its UID",
	 ONE_UID "DTSTART:20261110T120000Z\n--\n" ONE_UID
		 "DTSTART:20261102T080000Z\nRRULE:FREQ=DAILY;COUNT=3\n--\n" ONE_UID
		 "RECURRENCE-ID:20261103T080000Z\nDTSTART:20261103T140000Z\n--\n" ONE_UID
		 "RECURRENCE-ID:20261110T120000Z\nDTSTART:20261110T150000Z",
	 NOV, "2026-11-02T08:00Z 2026-11-03T14:00Z 2026-11-04T08:00Z 2026-11-10T15:00Z"},
	{"two series",
	 ONE_UID "DTSTART:20261102T080000Z\nRRULE:FREQ=DAILY;COUNT=2\n--\n" ONE_UID
		 "DTSTART:20261102T120000Z\nRRULE:FREQ=DAILY;COUNT=2",
	 NOV, "2026-11-02T08:00Z 2026-11-02T12:00Z 2026-11-03T08:00Z 2026-11-03T12:00Z"},
	{"an answer to an invitation is no booking, nor a version of one",
	 "METHOD:COUNTER\n==\nDTSTART:20261102T080000Z", NOV, ""},
	{"what is published is", "METHOD:PUBLISH\n==\nDTSTART:20261102T080000Z", NOV, "2026-11-02T09:00"},
};

static void bookings_that_share_a_uid(void **state)
{
	(void)state;
	cases_run(uid_cases, sizeof(uid_cases) / sizeof(uid_cases[0]), "Europe/Stockholm");
	cases_replay(uid_cases, sizeof(uid_cases) / sizeof(uid_cases[0]), "Europe/Stockholm");
	assert_string_equal(cases_tally("METHOD:REPLY\n==\nDTSTART:20261102T080000Z", NOV), "only-an-answer:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_never_hides_the_first_occurrence),
		cmocka_unit_test(what_is_certain_is_shown_and_the_rest_counted),
		cmocka_unit_test(dates_that_a_month_does_not_have),
		cmocka_unit_test(bookings_that_share_a_uid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
