/* The views that the screen can show. A visitor opens them by tapping, and --view opens them by name. */
#ifndef APP_CONFIG_VIEW_KIND_H
#define APP_CONFIG_VIEW_KIND_H

enum view_kind {
	VIEW_HOME,
	VIEW_MAP,   /* home with the floor plan; a visit is never in it, see visit.shows_map */
	VIEW_SHEET, /* id: a booking */
	VIEW_FREE,  /* id: a place */
	VIEW_DONE,  /* something was done and can be undone */
	VIEW_HOST,
	VIEW_MEETING,  /* id: a meeting */
	VIEW_MOVE,     /* id: a booking; the visitor chooses a free place for it */
	VIEW_MEETINGS, /* the coming ones, in a list */
	VIEW_ALL,      /* everybody who can check in, by name */
	VIEW_WEEK,     /* how much is booked on the next five open days */
	VIEW_INFO,     /* what visitors should know about the office */
	VIEW_ACCESS,   /* text size, contrast, reach */
	VIEW_STILL_THERE,
	VIEW_TROUBLE, /* the act was not saved, or somebody was faster */
	VIEW_NIGHT,
	VIEW_SETUP /* no feeds configured yet */
};

#endif
