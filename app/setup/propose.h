/* Proposes what the configuration should say about a calendar, from the events that are in it: its kind, its places,
 * and where its persons are named. Expressions for persons are not derived; many are tried, with the code that the
 * kiosk matches them with, and the one that finds most is proposed. Pure. */
#ifndef APP_SETUP_PROPOSE_H
#define APP_SETUP_PROPOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"
#include "ical/occurrence.h"
#include "app/config/config.h"

/* Why the places of a calendar's bookings are unknown. */
enum proposal_trouble {
	PROPOSAL_FINE,
	PROPOSAL_EMPTY,   /* there is nothing to learn from */
	PROPOSAL_BUSY,    /* published with "availability only": neither places nor names */
	PROPOSAL_UNPLACED /* no event says which place it is for */
};

struct proposal_place {
	char *name;    /* as the calendar writes it: "Kontorsplats 3" */
	size_t number; /* where its number begins in the name; the name's length when it has none */
	char *match;   /* the expression that finds it */
	bool is_room;
	bool is_doubtful; /* it may be something else, such as a person */
	size_t events;
};

struct proposal {
	enum feed_kind kind;
	enum proposal_trouble trouble;
	bool overlaps; /* of two events at the same time, at least one has no place of its own */
	char *person;  /* the expression, or NULL: titles are no names, or nobody was found */
	enum feed_field person_in;
	struct proposal_place *places; /* in the order in which people count them */
	size_t place_count;
	size_t events, unplaced, unnamed; /* events without a place, and without a person */
};

/* Returns NULL and fills err when memory ran out. The caller owns the result. */
struct proposal *proposal_create(const struct occurrence_list *list, struct err *err);
void proposal_destroy(struct proposal *proposal);

/* Returns an expression that matches the text literally. The caller frees it; NULL: out of memory. */
char *proposal_literal(const char *text);

#endif
