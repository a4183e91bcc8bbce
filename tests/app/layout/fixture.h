/* Models written by hand for the tests of the layout: the office of the design pictures, and that office under
 * stress. */
#ifndef TESTS_APP_LAYOUT_FIXTURE_H
#define TESTS_APP_LAYOUT_FIXTURE_H

#include "app/base/arena.h"
#include "app/layout/layout.h"
#include "app/model/model.h"

enum fixture_words { WORDS_SWEDISH, WORDS_LONG /* 60-letter names, other words 40 % longer */ };

/* Which sheet of a place VIEW_SHEET and VIEW_FREE show. */
enum fixture_place {
	FIXTURE_DESK,    /* somebody is awaited; VIEW_FREE: free */
	FIXTURE_MINE,    /* checked in */
	FIXTURE_ABSENT,  /* the booker has not come */
	FIXTURE_ROOM,    /* the room, which is free */
	FIXTURE_MEETING, /* a meeting goes on there */
	FIXTURE_TWO,     /* two people got it */
	FIXTURE_UNKNOWN  /* nothing is known about the desk */
};

struct fixture {
	enum view_kind view;
	enum config_mode mode;
	enum fixture_words words;
	size_t places;       /* 0: the nine of the pictures */
	size_t people;       /* who can check in, more than five; 0: those of the pictures */
	size_t meetings;     /* wall: today's, held here; 0: the four of the picture */
	size_t away, ended;  /* wall: today's, held elsewhere; those that are over */
	bool has_notice;     /* wall: an announcement */
	bool is_double;      /* wall: two meetings in one room at once */
	bool is_empty;       /* nobody, nothing */
	bool is_crowded;     /* many wait, bookings overlap, bookings last a quarter of an hour */
	bool is_closed;      /* all day */
	bool is_old;         /* notes about old data */
	bool is_cut_off;     /* sheet of a free place: the other screen cannot be reached */
	bool clock_is_wrong; /* a note about something else than the data, which is fresh */
	enum fixture_place place;
	bool has_undo;            /* home: what the last visitor did can be undone */
	size_t cards;             /* of "Bra att veta"; 0: the six of the picture */
	bool has_speech, is_dark; /* kiosk: the voice has a caption; nothing is shown */
	bool has_map;             /* there is a floor plan; VIEW_MAP has one, too */
	int page;
	int minute; /* of the day; 0: 10:42 */
};

/* Lives as long as the arena. */
struct model *fixture_model(struct arena *arena, const struct fixture *fixture);

/* Widths by a table: a letter is so much of the em. */
const struct measure *fixture_measure(void);

struct layout_screen fixture_screen(int width_px, int height_px);

extern const char *const fixture_view_names[VIEW_SETUP + 1];

#endif
