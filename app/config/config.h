/* The configuration file (libconfuse): what the office decided. Immutable after it was read; any thread.
 * Every mistake is told with file, line, key, what is wrong and what to do. */
#ifndef APP_CONFIG_CONFIG_H
#define APP_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/zone.h"

enum config_mode { MODE_KIOSK, MODE_WALL };
enum feed_kind { FEED_BOOKINGS, FEED_MEETINGS, FEED_NOTICES, FEED_CLOSURES };
enum name_form { NAMES_FULL, NAMES_SHORT, NAMES_INITIALS, NAMES_NONE };
enum place_kind { PLACE_DESK, PLACE_ROOM };
enum place_checkin {
	CHECKIN_NO,
	CHECKIN_YES,
	CHECKIN_OPTIONAL /* used without a booking, ended early; absence never frees it */
};
enum feed_field { FIELD_SUMMARY, FIELD_LOCATION, FIELD_DESCRIPTION, FIELD_RESOURCES, FIELD_ORGANIZER };

/* How an address is reached. */
struct config_network {
	char *user_agent;       /* NULL: the program's own */
	char *proxy;            /* http://host:port; NULL: none, or the credential names it */
	char *proxy_credential; /* a file as below, with the proxy's user and password; NULL: none */
	bool has_no_proxy;      /* none is written, so that the one for all feeds is not taken */
};

struct config_feed {
	char *name;
	enum feed_kind kind;
	char *url;        /* exactly one of url, credential and path is not NULL */
	char *credential; /* a file name under $CREDENTIALS_DIRECTORY that holds the address, see credential.h */
	char *path;       /* absolute, or relative to the configuration file's folder; stored absolute */
	char *ca_file;    /* NULL: the system's certificates */
	struct config_network network; /* with what is said for all feeds */
	int refresh_s;
	int covers_days; /* the source publishes so many days ahead; 0: not written, see source_covers_days */
	char *body;      /* meetings: whose meetings these are ("Umeåregionrådet"); NULL: each event's title tells */
	char *agenda_by; /* meetings: who prepares the agenda; NULL: not told */
	enum name_form names;
	char *person; /* POSIX extended expression; its first group is the person. NULL: the title is no name */
	enum feed_field person_in;
	bool keeps_organizer; /* who booked a meeting is shown beside its title */
};

struct config_place {
	char *id;
	char *name;  /* "Plats 5": in the grid */
	char *title; /* "Kontorsplats 5": on the sheets; the same as name when not given */
	enum place_kind kind;
	char *feed;         /* the name of its feed */
	char *match;        /* POSIX extended expression, whole words, any case; NULL: every booking of the feed */
	char *booking_page; /* NULL: no code is shown */
	int seats;          /* 0: not told */
	enum place_checkin checkin;
	char *equipment; /* a sentence, or NULL */
};

struct config {
	char *file;    /* where it was read from */
	char *mistake; /* NULL, or: `file` is wrong in this way, and this is a stand-in without feeds */
	char *office;
	char *region; /* "Umeåregionen"; "" none */
	char *address;
	struct zone *zone;
	int opens_min, closes_min; /* minutes of the civil day */
	unsigned closed_weekdays;  /* bit civil_weekday(): the office is closed on that day of every week */
	enum config_mode mode;
	char *language;     /* "sv" */
	double diagonal_in; /* screen, inches */
	double distance_m;  /* of the eye */
	int rotation;       /* degrees clockwise: 0, 90, 180, 270 */
	int checkin_opens_s, checkin_grace_s, undo_s;
	int hold_all_day_min; /* minute of the civil day until which a booking of the whole day is held */
	int retention_days;
	char *region_file;             /* the rotation table; absolute; NULL: no host card */
	struct config_network network; /* for all feeds */
	struct config_feed *feeds;
	size_t feed_count;
	struct config_place *places; /* rooms first, then desks, each in the file's order */
	size_t place_count;
};

/* NULL and a filled err on the first mistake. The caller owns the result. */
struct config *config_read(const char *file, struct err *err);
/* What to go on with when `file` cannot be read: `stand_in` is read instead, without its feeds. */
struct config *config_read_stand_in(const char *stand_in, const char *file, const struct err *mistake);
void config_destroy(struct config *config);

const struct config_feed *config_feed_by_name(const struct config *config, const char *name); /* NULL: none */
const struct config_place *config_place_by_id(const struct config *config, const char *id);   /* NULL: none */

/* A feed has no address and is worth telling so: no feeds at all is the first-run screen. */
bool config_is_first_run(const struct config *config);

#endif
