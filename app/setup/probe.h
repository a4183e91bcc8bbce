/* Fetches and reads one calendar as the kiosk would: with its code, its reader and, when root asks, its user. What
 * works here works afterwards. */
#ifndef APP_SETUP_PROBE_H
#define APP_SETUP_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/reader.h"
#include "app/config/config.h"

struct probe_request {
	struct config_feed feed;     /* with url, caldav or path, and how it is reached; borrowed */
	const char *credentials_dir; /* of a proxy's credential; NULL: none */
	const char *reader;          /* icsread */
	const char *zone;
	int32_t today;
};

struct probe {
	bool is_fetched, is_read;
	struct err err; /* why not, in the kiosk's words, which are English */
	char *body;     /* what was fetched */
	size_t body_length;
	bool has_objects;            /* it is a row of calendars, each ended by a NUL */
	struct reader_result events; /* from SETUP_LEARN_DAYS / 4 days ago until SETUP_LEARN_DAYS ahead */
	char *name;                  /* the calendar's own name (X-WR-CALNAME); NULL: none */
};

/* Always fills *out, which the caller finishes. Returns whether the calendar was read. */
bool probe_run(const struct probe_request *request, struct probe *out);
void probe_finish(struct probe *probe);

/* Gives up root's rights for good, and is the kiosk's user from then on; anybody else stays who they are. */
bool probe_become_service(struct err *err);
/* Makes an open file or folder one of the kiosk's user; anybody else's stays as it is. */
bool probe_give_to_service(int fd);

#endif
