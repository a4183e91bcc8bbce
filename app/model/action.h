/* The meaning of a tap, a key or a time-out. Widgets carry actions; visit.h carries them out. */
#ifndef APP_MODEL_ACTION_H
#define APP_MODEL_ACTION_H

#include <stdbool.h>
#include <stdint.h>

#include "app/config/view_kind.h"

enum action_kind {
	ACTION_NONE,
	ACTION_OPEN,      /* view, id */
	ACTION_CLOSE,     /* back to home */
	ACTION_CHECK_IN,  /* id: booking; place: "" its own, else the place it moves to */
	ACTION_DROP_IN,   /* place, until_utc */
	ACTION_CHECK_OUT, /* id: booking; place */
	ACTION_EXTEND,    /* id: booking or drop-in, until_utc */
	ACTION_UNDO,
	ACTION_CHOOSE,    /* number: which of the sheet's choices */
	ACTION_PAGE,      /* number: +1 or -1 */
	ACTION_MAP,       /* number: 1 shows the map, 0 the schedule */
	ACTION_LANGUAGE,  /* id: "sv", "en" */
	ACTION_TEXT_SIZE, /* number: 100, 130, 160 (percent) */
	ACTION_CONTRAST,  /* number: 0, 1 */
	ACTION_REACH,     /* number: 0, 1 */
	ACTION_STAY       /* "I am still here"; also wakes from night */
};

/* Strings are borrowed from the model or layout that made the action. */
struct action {
	enum action_kind kind;
	enum view_kind view;
	const char *id;    /* never NULL; "" none */
	const char *place; /* never NULL; "" none */
	int64_t until_utc;
	int number;
	bool is_anyway; /* check in, drop in, extend: see struct command */
};

#endif
