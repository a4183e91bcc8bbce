/* What a tap, a key or a time-out means. Widgets carry actions; visit.h carries them out. */
#ifndef APP_MODEL_ACTION_H
#define APP_MODEL_ACTION_H

#include <stdint.h>

enum view_kind {
	VIEW_HOME,
	VIEW_SHEET, /* id: a booking */
	VIEW_FREE,  /* id: a place */
	VIEW_DONE,  /* something was done and can be undone */
	VIEW_HOST,
	VIEW_MEETING, /* id: a meeting */
	VIEW_MOVE,    /* id: a booking; which free place? */
	VIEW_ACCESS,  /* text size, contrast, reach */
	VIEW_STILL_THERE,
	VIEW_TROUBLE, /* it was not saved, or somebody was faster */
	VIEW_NIGHT,
	VIEW_SETUP /* no feeds configured yet */
};

enum action_kind {
	ACTION_NONE,
	ACTION_OPEN,      /* view, id */
	ACTION_CLOSE,     /* back to home */
	ACTION_CHECK_IN,  /* id: booking; place: "" its own, else the place it moves to */
	ACTION_DROP_IN,   /* place, until_utc */
	ACTION_CHECK_OUT, /* place */
	ACTION_UNDO,
	ACTION_CHOOSE,    /* number: which of the sheet's choices */
	ACTION_PAGE,      /* number: +1 or -1 */
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
};

#endif
