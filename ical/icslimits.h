/* Every cap of the calendar reader. assets/doc/limits.md lists them; tests/ical/test_limits.c tries each one,
 * test_tzif.c and test_zoneinfo.c those of time zones. */
#ifndef ICAL_ICSLIMITS_H
#define ICAL_ICSLIMITS_H

/*
 * what                                          cap          beyond it
 * ------------------------------------------------------------------------------------------------------------
 * body                                          128 MiB      refused (exit 1)
 * component depth                               8            refused
 * open line (as it stands in the file)          64 KiB       cut when it is a text or nobody needs it; else the event
 * is skipped: line-too-long what is kept of an event's times, unfolded    256 KiB      skipped: too-large what is kept
 * of its texts and rooms           128 KiB      cut one text of an event, as it is written        48 KiB       cut
 * RDATE values of one event                     1,000        the rest is left out, counted: too-many-dates
 * EXDATE values of one event                    10,000       the rest is left out, counted: too-many-dates
 * rules (RRULE, EXRULE) of one event            8            the rest is left out, counted: too-many-rules
 * periods of one VFREEBUSY in the window        4,000        the rest is left out, counted: too-many-occurrences
 * occurrences of one event in the window        4,000        only the first is shown, counted: too-many-occurrences
 * occurrences of the whole calendar             200,000      skipped: output-full
 * text of the whole answer                      64 MiB       skipped: output-full
 * steps of recurrence, one event                1,000,000    only the first is shown, counted: too-much-work
 * steps of recurrence, whole calendar           60,000,000   the same
 * memory for events that may matter             96 MiB       refused
 * zone names                                    500          read in the office's zone, counted: unknown-zone
 * one VTIMEZONE / all that are kept             64 KiB/1 MiB ignored: its name decides
 * file of a time zone                           64 KiB       its name is unknown
 * changes / offsets in it                       2,000 / 256  likewise
 * name of a zone                                127 bytes    it is unknown
 * list of zones / links taken from it           1 MiB/2,000  ignored / the others are ignored
 * all zones, where there is no Landlock         4,000, 8 MiB refused
 * versions outside the window that are known    500,000      later ones no longer replace an older version
 * what a RANGE=THISANDFUTURE moves a series by  31 days      the moved part of an ended series may be missing
 * numbers of objects that could not be read      16           the others are only counted
 * length of an occurrence that has an exception  31 days      it may be shown beside its exception
 */
enum {
	ICS_BODY_MAX = 128 << 20,
	ICS_DEPTH_MAX = 8,
	ICS_LINE_MAX = 64 << 10,
	ICS_EVENT_TEXT_MAX = 256 << 10,
	ICS_EVENT_OTHER_MAX = 128 << 10,
	ICS_TEXT_LINE_MAX = 48 << 10,
	ICS_RDATES_MAX = 1000,
	ICS_EXDATES_MAX = 10000,
	ICS_RULES_MAX = 8,
	ICS_EVENT_OCCURRENCES_MAX = 4000,
	ICS_OCCURRENCES_MAX = 200000,
	ICS_OUTPUT_MAX = 64 << 20,
	ICS_EVENT_STEPS_MAX = 1000000,
	ICS_STEPS_MAX = 60000000,
	ICS_HELD_MAX = 96 << 20,
	ICS_ZONE_NAMES_MAX = 500,
	ICS_ZONE_TEXT_MAX = 64 << 10,
	ICS_ZONE_TEXTS_MAX = 1 << 20,
	ICS_ZONE_CHANGES_MAX = 4000,
	TZIF_FILE_MAX = 64 << 10,
	TZIF_CHANGES_MAX = 2000,
	TZIF_TYPES_MAX = 256,
	ZONEINFO_NAME_MAX = 128,
	ZONEINFO_LIST_MAX = 1 << 20,
	ZONEINFO_LINKS_MAX = 2000,
	ZONEINFO_ZONES_MAX = 4000,
	ZONEINFO_BYTES_MAX = 8 << 20,
	ZONEINFO_DEPTH_MAX = 3,
	ICS_DROPPED_MAX = 500000,
	ICS_MOVED_DAYS_MAX = 31,
	ICS_UNREADABLE_MAX = 16,

	/* Bytes of UTF-8; what is longer is cut at a character, a longer address is dropped. */
	ICS_UID_MAX = 512,
	ICS_SUMMARY_MAX = 1024,
	ICS_LOCATION_MAX = 1024,
	ICS_NAME_MAX = 256,
	ICS_RESOURCES_MAX = 32, /* rooms and things of one event */
	ICS_URL_MAX = 2048,
	ICS_DESCRIPTION_MAX = 16 << 10,

	/* The process. */
	ICS_CPU_S = 5,
	ICS_MEMORY_MAX = 384 << 20, /* address space; ICU's tables alone are 30 MiB of it */
	ICS_FILES_MAX = 3,          /* the time zones need two more */

	/* Years that an event may lie in; what lies outside is skipped: bad-start. */
	ICS_FIRST_YEAR = 1,
	ICS_LAST_YEAR = 9999,

	ICS_PROPERTY_NAME_MAX =
		48, /* bytes of a property's name with the final NUL; properties of longer names are ignored */
	ICS_RULE_TEXT_MAX = 8192,   /* bytes of one RRULE; a longer one cannot be read */
	ICS_ZONE_STEPS_MAX = 400000 /* steps of recurrence for one VTIMEZONE; when it needs more, its name decides */
};

#endif
