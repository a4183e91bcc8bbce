/* An office made up for a test: eight desks, a room, their feeds and a journal, all in memory. Times are written as
 * on the office's clock. */
#ifndef TESTS_APP_OFFICE_WORLD_H
#define TESTS_APP_OFFICE_WORLD_H

#include "app/office/office.h"

enum { WORLD_PLACES_MAX = 64 };

struct world {
	struct config config;
	struct config_feed feeds[4];
	struct config_place places[WORLD_PLACES_MAX];
	struct snapshot snapshot; /* rows, entries, feeds */
	struct snapshot_feed ages[4];
	int64_t now_utc;
	bool is_trusted;
	const char *box; /* of the machine on which something is done; NULL none */
	bool is_cut_off; /* the machine knows only of what was done on it */
};

enum { WORLD_DESKS, WORLD_ROOM, WORLD_COUNCIL, WORLD_SPARE };

struct world *world_create(void); /* places K (room, no check-in) and 1 to 8; no bookings; fresh feeds */
void world_destroy(struct world *world);

void world_now(struct world *world, const char *local); /* and every feed agreed two minutes ago */
int64_t world_utc(const struct world *world, const char *local);

/* place: "" none. The row can be changed until the next one is added; uid is "u1", "u2", … */
struct cache_row *world_book(struct world *world, const char *place, const char *from, const char *to,
			     const char *person);
struct cache_row *world_add(struct world *world, int feed, const char *uid, const char *from, const char *to,
			    const char *title, const char *location);
void world_all_day(struct world *world, struct cache_row *row, const char *first, const char *last);
void world_set(char **text, const char *value);

struct office_input world_input(const struct world *world);
struct office *world_office(const struct world *world);

/* Judges, and when it is allowed writes to the journal. Strings may be NULL. */
enum office_verdict world_check_in(struct world *world, const char *id, const char *place);
enum office_verdict world_drop_in(struct world *world, const char *place, const char *until);
enum office_verdict world_check_out(struct world *world, const char *place);
enum office_verdict world_undo(struct world *world); /* the newest entry that is no undo */
enum office_verdict world_do(struct world *world, const struct command *command);
int64_t world_last_entry(const struct world *world);

const char *world_state(const struct world *world, const char *id); /* "waiting", … of a booking; "none" */
const char *world_place(const struct world *world, const char *id); /* "free", … of a place */

#endif
