/* Finds the expression for the persons of a calendar. For propose.c. */
#ifndef APP_SETUP_PERSON_PRIVATE_H
#define APP_SETUP_PERSON_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"
#include "app/config/config.h"

/* The cleaned texts of an event. */
struct setup_event {
	char *fields[FIELD_ORGANIZER + 1]; /* by enum feed_field; the description is not read */
	bool is_anonymous;                 /* "Busy" */
	bool all_day;
	int64_t start_utc, end_utc;
	size_t place; /* its place's position, or the number of places: none */
	bool is_desk; /* at a place that has a number and is no room */
};

/* Fills the best expression and its field; *out_person is NULL when none finds a person in most events. Returns false
 * when memory ran out. */
bool person_propose(const struct setup_event *events, size_t count, char **out_person, enum feed_field *out_field,
		    size_t *out_found, struct err *err);

#endif
