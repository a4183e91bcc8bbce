/* One meeting or booking at one time: the result after every series, exception and zone of a feed has been resolved.
 * Plain data; the layers above know nothing else of iCalendar. */
#ifndef ICAL_OCCURRENCE_H
#define ICAL_OCCURRENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum occurrence_status { OCCURRENCE_CONFIRMED, OCCURRENCE_TENTATIVE, OCCURRENCE_CANCELLED };
enum occurrence_class { OCCURRENCE_PUBLIC, OCCURRENCE_PRIVATE, OCCURRENCE_CONFIDENTIAL };
enum occurrence_busy { /* [MS-OXCICAL] X-MICROSOFT-CDO-BUSYSTATUS, else from TRANSP */
		       OCCURRENCE_FREE,
		       OCCURRENCE_BUSY_TENTATIVE,
		       OCCURRENCE_BUSY,
		       OCCURRENCE_OUT_OF_OFFICE,
		       OCCURRENCE_WORKING_ELSEWHERE
};

/* The time of an occurrence: two instants or two dates. all_day decides which pair is valid. */
struct span {
	bool all_day;
	int64_t start_utc, end_utc; /* !all_day: seconds; end >= start */
	int32_t start_day, end_day; /* all_day: days from 1970-01-01, end exclusive */
};

/* Strings are UTF-8, owned by the occurrence, never NULL unless said so; "" when the feed has none. */
struct occurrence {
	char *uid;
	char *recurrence_id; /* "2026-11-23T09:00:00Z" or "2026-11-23"; NULL for a single event */
	struct span span;
	char *summary;
	char *location;
	char *description; /* "" unless it was requested, because descriptions hold more about people than anyone needs
			    */
	char *organizer;
	char *resources; /* RESOURCES and attendees that are rooms, joined by ", " */
	char *url;       /* the address of the online meeting; "" none */
	enum occurrence_status status;
	enum occurrence_class class;
	enum occurrence_busy busy;
};

struct occurrence_list {
	struct occurrence *items;
	size_t count;
	size_t capacity;
};

/* Frees every string of one occurrence, which may be half filled. */
void occurrence_finish(struct occurrence *occurrence);

/* Frees every string and the array, and leaves an empty list that can be used again. */
void occurrence_list_finish(struct occurrence_list *list);

#endif
