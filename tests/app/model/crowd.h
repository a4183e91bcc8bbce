/* Offices whose calendars are attacks on the screen: as many bookings on one day as a feed may hold, with texts that
 * are as dear as possible to set. */
#ifndef TESTS_APP_MODEL_CROWD_H
#define TESTS_APP_MODEL_CROWD_H

#include "scene.h"

enum crowd_text {
	CROWD_NAMES,   /* "Person 17 N." */
	CROWD_SWEDISH, /* 240 bytes of words of any length */
	CROWD_SCRIPTS, /* 240 bytes, another script with each letter */
	CROWD_WORD     /* 240 bytes without a blank */
};

enum crowd_where {
	CROWD_ONE_DESK,
	CROWD_ONE_ROOM,
	CROWD_SPREAD, /* over the room and all desks */
	CROWD_UNPLACED,
	CROWD_MEETINGS, /* in the calendar of meetings, each at another address */
	CROWD_NOTICES,
	CROWD_WHERES
};

enum crowd_when {
	CROWD_SAME,     /* 09:00–17:00 */
	CROWD_CHAIN,    /* a minute after each other, each an hour long */
	CROWD_QUARTERS, /* a quarter of an hour each, one after the other, as often as the day has room, and again */
	CROWD_MINUTES,  /* the same with a minute each */
	CROWD_ALL_DAY,
	CROWD_WEEK, /* a minute each with none between them, over the days of the week and on */
	CROWD_WHENS
};

struct crowd {
	const char *name;
	size_t count;
	enum crowd_text text;
	enum crowd_where where;
	enum crowd_when when;
};

enum { CROWDS_MAX = 64 };
extern const struct crowd crowds[];
extern const size_t crowd_count;

/* Adds the bookings to the office. */
void crowd_fill(struct world *world, const struct crowd *crowd);
/* Adds the one with that number, with texts of the caller's. */
void crowd_add(struct world *world, const struct crowd *crowd, size_t number, const char *text, const char *address);

#endif
