/* The configuration file (libconfuse): what the office decided. Immutable after it was read; any thread. Every message
 * names the file, line and key, and says what is wrong and what to do. */
#ifndef APP_CONFIG_CONFIG_H
#define APP_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/zone.h"
#include "floorplan.h"

enum config_mode { MODE_KIOSK, MODE_WALL };
enum config_night { NIGHT_DIM, NIGHT_OFF };
enum feed_kind { FEED_BOOKINGS, FEED_MEETINGS, FEED_NOTICES, FEED_CLOSURES };
enum name_form { NAMES_FULL, NAMES_SHORT, NAMES_INITIALS, NAMES_NONE };
enum place_kind { PLACE_DESK, PLACE_ROOM };
enum place_checkin {
	CHECKIN_NO,
	CHECKIN_YES,
	CHECKIN_OPTIONAL /* can be used without a booking and ended early; absence never frees it */
};
enum feed_field { FIELD_SUMMARY, FIELD_LOCATION, FIELD_DESCRIPTION, FIELD_RESOURCES, FIELD_ORGANIZER };

/* How an address is reached. */
struct config_network {
	char *user_agent;       /* NULL means the program's own */
	char *proxy;            /* http://host:port; NULL when there is none or the credential names it */
	char *proxy_credential; /* a file like `credential` below, with the proxy's user and password; NULL none */
	bool has_no_proxy;      /* the file says "none", so the proxy of all feeds is not used */
};

struct config_feed {
	char *name;
	enum feed_kind kind;
	char *url; /* exactly one of url, credential, path and caldav is not NULL; caldav may have a credential */
	char *credential; /* a file name under $CREDENTIALS_DIRECTORY that holds the address, see credential.h; beside
			     caldav it holds the user and the password */
	char *caldav;     /* a calendar on a CalDAV server; ends with a slash */
	char *path;       /* absolute, or relative to the configuration file's folder; stored absolute */
	char *ca_file;    /* NULL: the system's certificates */
	struct config_network network; /* includes what is configured for all feeds */
	int refresh_s;
	int covers_days; /* how many days ahead the source publishes; 0 when not set, see source_covers_days */
	char *body; /* meetings: whose meetings these are ("Umeåregionrådet"); NULL when the title of each event says it
		     */
	char *agenda_by; /* meetings: who prepares the agenda, with {chair} for that person's name (see region.h); NULL
			    when not set */
	enum name_form names;
	char *person; /* POSIX extended expression whose first group is the person; NULL when titles are no names */
	enum feed_field person_in;
	bool keeps_organizer; /* who booked a meeting is shown beside its title */
};

/* Where something stands on the floor plan. Points are those of the drawing, from its upper left corner. */
struct config_spot {
	bool is_known; /* only with a plan */
	struct floorplan_point at;
	struct floorplan_point *way; /* where the way from the screen turns; NULL none */
	size_t way_count;
};

/* Where the machines of one office exchange their check-ins. */
struct config_share {
	char *name;       /* NULL: this machine shares with no other */
	char *url;        /* a collection on a CalDAV or WebDAV server; ends with a slash */
	char *path;       /* or a folder that the machines have in common; absolute. Exactly one is not NULL */
	char *credential; /* holds the user, and the password, which is the secret of the office */
	char *box;        /* this machine's name among the others */
	char *ca_file;    /* NULL: the system's certificates */
	struct config_network network;
};

enum speech_enabled { SPEECH_AUTO, SPEECH_ON, SPEECH_OFF };
enum speech_headset { HEADSET_ANY, HEADSET_USB, HEADSET_JACK };

/* Speech for those who do not see the screen. */
struct config_speech {
	enum speech_enabled enabled;
	enum speech_headset headset; /* what counts as one */
	int loudspeaker;             /* 1: it may speak without a headset; 0: it may not */
	char *device; /* a part of the sound device's name; NULL: found by the headset, else the default */
	int rate;     /* words per minute */
};

struct config_place {
	char *id;
	char *name;  /* "Plats 5": in the grid */
	char *title; /* "Kontorsplats 5": on the sheets; the same as name when not given */
	enum place_kind kind;
	char *feed;  /* the name of its feed */
	char *match; /* POSIX extended expression for whole words in any case; NULL matches every booking of the feed */
	char *booking_page; /* NULL when no code is shown */
	int seats;          /* 0 when not set */
	enum place_checkin checkin;
	char *equipment; /* a sentence, or NULL */
	char *where;     /* "vid fönstret"; NULL when not set */
	struct config_spot spot;
};

enum info_icon {
	INFO_PLAIN,
	INFO_WIFI,
	INFO_PRINTER,
	INFO_PHONE,
	INFO_EXIT, /* an emergency: its card stands out */
	INFO_ACCESS,
	INFO_PRIVACY,
	INFO_PLACE,
	INFO_PEOPLE
};

/* A card of "Bra att veta". */
struct config_info {
	char *title;
	char *text;   /* may have several lines; NULL none */
	char *code;   /* what its QR code holds: "WIFI:…", an address; NULL none */
	char *button; /* the words on the button that shows the code; NULL the usual ones */
	enum info_icon icon;
	bool is_statement; /* it is a part of the accessibility statement, which has a page of its own */
};

struct config {
	char *file;    /* where it was read from */
	char *mistake; /* NULL, or the mistake in `file`; this is then a stand-in without feeds */
	char *office;
	char *region; /* "Umeåregionen"; "" none */
	char *address;
	struct zone *zone;
	int opens_min, closes_min; /* minutes of the civil day */
	unsigned closed_weekdays;  /* a bit for each civil_weekday() on which the office is always closed */
	enum config_mode mode;
	char *language;          /* "sv" */
	double diagonal_in;      /* screen, inches */
	double distance_m;       /* of the eye */
	int rotation;            /* degrees clockwise: 0, 90, 180, 270 */
	enum config_night night; /* what the screen does outside opening hours */
	int checkin_opens_s, checkin_grace_s, undo_s;
	int hold_all_day_min; /* the minute of the civil day until which a booking of the whole day is held */
	int retention_days;
	char *plan_file;               /* the floor plan, an absolute path; NULL none */
	struct floorplan *floorplan;   /* NULL: there is none, or it cannot be used */
	char *plan_mistake;            /* what is wrong with it; NULL nothing */
	struct config_spot here;       /* where the screen hangs */
	char *region_file;             /* the rotation table, an absolute path; NULL when there is no host card */
	struct config_network network; /* for all feeds */
	struct config_share share;
	struct config_speech speech;
	struct config_feed *feeds;
	size_t feed_count;
	struct config_place *places; /* rooms first, then desks, each in the file's order */
	size_t place_count;
	struct config_info *infos; /* in the file's order */
	size_t info_count;
	/* The same file with the English form of each text that has one; only config_in_language reads it. NULL: none
	 */
	struct config *english;
};

/* Returns NULL and fills err at the first mistake. The caller owns the result. */
struct config *config_read(const char *file, struct err *err);
/* Makes a configuration to go on with when `file` cannot be read: reads `stand_in` instead, without its feeds. */
struct config *config_read_stand_in(const char *stand_in, const char *file, const struct err *mistake);
void config_destroy(struct config *config);

/* Returns the configuration with the texts for visitors in the language ("sv", "en"), as far as they are written in it.
 * Everything in it is borrowed from `config`, so it is not destroyed. */
struct config config_in_language(const struct config *config, const char *language);

/* Goes on without the floor plan, because of `mistake`; NULL: there is none. */
void config_drop_plan(struct config *config, const struct err *mistake);

const struct config_feed *config_feed_by_name(const struct config *config, const char *name); /* NULL: none */
const struct config_place *config_place_by_id(const struct config *config, const char *id);   /* NULL: none */

/* Returns whether the configuration has no feeds at all, which shows the first-run screen. */
bool config_is_first_run(const struct config *config);

#endif
