/* What to show at one instant, in words and numbers: computed from a snapshot, the configuration, the visitor's state
 * and the time. Pure: the same input gives the same model. The model knows no pixels. All texts are in the visitor's
 * language, ready to be drawn, and live as long as the model. No pointer is NULL unless its comment says so. */
#ifndef APP_MODEL_MODEL_H
#define APP_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "action.h"
#include "app/config/config.h"
#include "app/config/region.h"
#include "app/office/snapshot.h"
#include "visit.h"

/* The state that a block, a place or a sheet shows: each has a word, an icon and a fill (see app/layout/theme.h). */
enum shown_state {
	SHOWN_FREE,
	SHOWN_BOOKED,
	SHOWN_WAITING,
	SHOWN_CHECKED_IN,
	SHOWN_NO_SHOW,
	SHOWN_ENDED,
	SHOWN_TAKEN,    /* drop-in */
	SHOWN_ABSENT,   /* the booker has not come, and the place may be taken */
	SHOWN_ONGOING,  /* a meeting that goes on; nobody checks in to it */
	SHOWN_CONFLICT, /* two sit on one place */
	SHOWN_UNKNOWN
};

struct model_block {
	const char *id; /* "booking:UID" or "booking:UID@RECURRENCE-ID"; "dropin:PLACE"; of many "crowd:PLACE:MINUTE" */
	enum shown_state state;
	const char *text;    /* "Nils S."; a room: the title; of many "12 bokningar" */
	const char *shorter; /* "N.S."; "" nothing shorter is of use */
	bool is_state_word;  /* the text is the word for the state, which is shown whole or left to the icon */
	const char *spoken;
	int start_min, end_min; /* of the day shown, within the axis; end > start */
	int lane, lanes;        /* bookings that overlap share the row: lane of lanes */
	bool is_conflict;
	struct action action; /* ACTION_NONE when there is nothing to open */
};

struct model_row {
	const char *id;     /* "place:3" */
	const char *name;   /* "Plats 3" */
	const char *number; /* "3": what fits on a small tile */
	const char *tile;   /* the same; of the only room "Rum" */
	const char *spoken;
	const char *now;       /* "Åsa L. till 12:00", "Ledig till 14:00" */
	const char *now_short; /* "Åsa L.", "Ledig" */
	enum place_kind kind;
	enum shown_state state; /* now */
	struct model_block *blocks;
	size_t block_count;
	bool is_crowded;                /* so many bookings that those that stand close together share a block */
	struct action action;           /* a tap on the free area of the row opens its sheet; ACTION_NONE none */
	const char *line;               /* under its tile on the map: "till 14:00", "Nils S."; "" nothing */
	const char *line_short;         /* "N.S.", "till 12:00"; "" nothing shorter is of use */
	const char *where;              /* "Vid fönstret"; "" not known */
	const struct config_spot *spot; /* NULL only for bookings without a place */
};

enum waiting_group { WAITING_NOW, WAITING_LATE, WAITING_NO_PLACE };

struct model_waiting {
	enum waiting_group group;
	const char *id;      /* "checkin:5"; without a place "checkin:UID" */
	const char *name;    /* "Nils S." */
	const char *shorter; /* "Anna-Karin M.E.J." where there is no room for the name; "" nothing shorter is of use */
	const char *where;   /* "Plats 5 · 10:30–15:00"; late: "Plats 7 · från 09:00" */
	const char *brief;   /* on a tile: "Plats 5 · 10:30"; late: "Sen · Plats 7" */
	const char *listed;  /* in the list: "Plats 5 · 10:30–15:00"; late: "Sen · Plats 7 från 09:00" */
	const char *button;  /* "Checka in"; without a place "Välj plats" */
	const char *spoken;
	struct action open;   /* a tap on the line opens the sheet */
	struct action action; /* a tap on the button checks in or, without a place, asks which */
};

struct model_meeting {
	const char *id;          /* "meeting:UID[@…]" */
	const char *day;         /* "27" */
	const char *month;       /* "nov" */
	const char *title;       /* "Umeåregionrådet" */
	const char *when;        /* "fredag 09:00 · Folkets hus, Vännäs, inte här" */
	const char *when_short;  /* "fre 09:00 · Vännäs, inte här" */
	const char *wall_when;   /* "fre 09:00" */
	const char *where;       /* "Vännäs, inte här", "Teams"; "" not known */
	const char *where_short; /* "Vännäs" */
	const char *brief;       /* "27 nov · Vännäs, inte här" */
	const char *in;          /* "om 4 dagar" */
	const char *spoken;
	struct action action;
};

enum button_style {
	BUTTON_PRIMARY,
	BUTTON_SUCCESS,
	BUTTON_SECONDARY,
	BUTTON_CHOSEN,
	BUTTON_QUIET /* it closes the sheet */
};

struct model_button {
	const char *id;
	const char
		*text; /* on the sheet of a place, what follows '\n' is set smaller: "Använd rummet nu\ntill 12:38" */
	const char *spoken;
	enum button_style style;
	struct action action;
};

struct model_host {
	bool shown;
	const char *year;       /* "2026" */
	const char *label;      /* "Värdkommun" */
	const char *name;       /* "Bjurholm"; "Ej fastställd" */
	const char *next;       /* "Nordmaling tar över vid årsskiftet"; "" not known */
	const char *next_short; /* "2027\nNordmaling" */
	const char *spoken;
	int count;           /* arcs of the ring: the municipalities, this year's host first */
	int host, following; /* arcs that are lit; -1 none */
	struct action action;
	struct model_button button; /* "Värdkommun", where there is no room for the card */
};

enum note_level { NOTE_PLAIN, NOTE_AGEING, NOTE_OLD };

struct model_note {       /* the age of the data, the clock, the databases */
	const char *text; /* "Uppdaterad 10:40" */
	enum note_level level;
};

struct model_map {
	const struct floorplan *floorplan;   /* NULL: there is none, and none of the rest is used */
	struct config_spot here;             /* where this screen hangs */
	bool is_shown;                       /* home shows it instead of the schedule */
	const char *here_words, *here_short; /* "Du är här", "Här" */
	const char *spoken;                  /* "Karta" */
	struct model_button schedule, map;   /* the switch; the one that is shown is BUTTON_CHOSEN */
};

struct model_line {         /* a line of a table on a sheet, such as a year of the rotation */
	const char *key;    /* "2027" */
	const char *text;   /* "Nordmaling" */
	const char *detail; /* "Robertsfors"; "" none */
	const char *note;   /* "planerat"; "" none */
	bool is_current;
};

struct model_day_line { /* a booking, or the time between two of them */
	enum shown_state state;
	const char *times; /* "12:00–16:30" */
	const char *text;  /* "Åsa L."; "Ledig" */
	bool is_over;
};

/* What stands beside the acts on the sheet of a place. */
struct model_place {
	bool is_shown;
	const char *id;        /* "5"; the small map shows the way to it */
	const char *where;     /* "I raden närmast fönstret, till vänster"; "" not known */
	const char *equipment; /* "Skärm, tangentbord och mus finns på platsen."; "" not known */
	const char *day_title; /* "Plats 5 i dag" */
	struct model_day_line *day;
	size_t day_count;
	size_t day_more; /* bookings after these lines, which are only counted */
};

/* Every sheet has the same parts; a part that a sheet does not have is empty. */
struct model_sheet {
	bool has_state;
	enum shown_state state;
	const char *status; /* "Väntar på incheckning", "Ledig till 13:00"; "" none */
	const char *title;
	const char *subtitle;
	const char *paragraphs[6]; /* the first is ink, the others muted */
	size_t paragraph_count;
	bool has_card; /* whose booking it is, in the look of `state` */
	const char *card_name, *card_times;
	const char *second_name, *second_times; /* who sits at the same place; "" nobody */
	const char *longer_title;               /* "Förläng"; over the buttons that extend a stay */
	const char *longer_note;                /* "Hanna B. har platsen från 16:30."; "" none */
	struct model_button *longer;
	size_t longer_count;
	const char *question; /* above the choices: "Hur länge behöver ni rummet?"; "" none */
	const char *warning;  /* below the main button: why it may be in vain; "" none */
	const char *note;     /* below that, muted; "" none */
	struct model_line *lines;
	size_t line_count;
	struct model_button *choices; /* side by side; one is BUTTON_CHOSEN */
	size_t choice_count;
	struct model_button *buttons; /* the main one first, "Stäng" last */
	size_t button_count;
	const char *code; /* what the QR code holds; "" no code */
	const char *code_title, *code_text;
	const char *code_spoken; /* "QR-kod: Boka på webben"; "" the title is enough */
	struct model_place place;
	struct action outside; /* of a tap beside the sheet */
};

struct model_fact {         /* a line of a sheet about the host or a meeting */
	const char *key;    /* "Ordförande i KC-gruppen" */
	const char *text;   /* "Jonas W." */
	const char *detail; /* "Nordmaling"; "" none */
};

/* Where a meeting is held, as its sheet marks it. */
enum model_where { WHERE_NONE, WHERE_HERE, WHERE_AWAY, WHERE_ONLINE };

/* VIEW_HOST and VIEW_MEETING show more than other sheets. Title, subtitle, lines and buttons stand in the sheet. */
struct model_detail {
	struct model_fact *facts;
	size_t fact_count;
	const char *notes[3]; /* "Kalendern täcker tiden till och med 28 februari." */
	size_t note_count;

	bool has_meeting; /* host: the hand-over meeting */
	struct model_meeting meeting;
	const char *region, *municipalities;                    /* host: "Umeåregionen", "Bjurholm, …" */
	const char *host_now, *host_next;                       /* host, of the ring: "Värd i år" */
	const char *year_heading, *host_heading, *vice_heading; /* host, of the lines */

	const char *day, *month; /* meeting: "11", "dec" */
	enum model_where where;
	const char *where_title, *where_text, *where_spoken; /* meeting: "Bjurholm, inte här", "Kommunhuset, …" */
};

struct model_span { /* minutes of the day, within the axis */
	int start_min, end_min;
};

struct model_week_day {
	const char *id;   /* "day:2026-11-30" */
	const char *name; /* "I dag", "Tisdag" */
	const char *date; /* "1 dec" */
	const char *spoken;
	bool is_today;
	bool desks_are_known, room_is_known;
	size_t desks_free;
	const char *count;         /* "6 av 8"; when nothing is known: "" */
	const char *when;          /* "hela dagen", "just nu"; when nothing is known: "inte känt än" */
	struct model_span *booked; /* the room */
	size_t booked_count;
	struct model_span gone[2]; /* what is over today, and when the office is closed */
	size_t gone_count;
	const char *room; /* "Ledigt hela dagen", "inte känt än"; "" it is booked at times */
};

struct model_week {
	struct model_week_day days[WEEK_DAYS];
	size_t day_count;
	size_t desk_count;                       /* 0: the office has none */
	const char *desks_heading;               /* "Lediga platser" */
	const char *room_heading;                /* "Konferensrummet"; "" the office has none */
	int axis_start_min, axis_end_min;        /* whole hours */
	const char *free, *booked, *booked_room; /* "Ledig", "Bokad", "Bokat" */
	const char *hint;                        /* "Visar bara hur mycket som är bokat, inga namn." */
	struct model_button swap;                /* shows the other QR code; id "" none */
};

struct model_card {     /* of "Bra att veta" */
	const char *id; /* "info:2" */
	const char *title;
	const char *text; /* may have several lines; "" none */
	const char *hint; /* beside a code that stands on the card; "" none */
	const char *code; /* "" none stands on the card */
	const char *code_spoken;
	enum info_icon icon;
	struct model_button more; /* shows the code alone; id "" none */
};

struct model_done {
	enum shown_state state; /* SHOWN_CHECKED_IN, SHOWN_FREE after a check-out, … */
	const char *title;      /* "Välkommen, Nils!" */
	const char *subtitle;   /* "Plats 5 är din till 15:00" */
	const char *place;      /* "5"; the map shows the way to it; "" no way is needed */
	const char *where;      /* "I raden närmast fönstret, till vänster."; "" not known */
	const char *how;        /* "Så hittar du", over it beside the map */
	const char *next;       /* "Nästa i kön? Tryck var som helst." */
	const char *countdown;  /* "Startsidan visas igen om 8 sekunder." */
	struct model_button close, undo;
	bool can_undo;
};

/* At home: what the last visitor did, as long as it can be undone. In the language of that visitor. */
struct model_undo {
	const char *text;    /* "Per-Erik D. är incheckad på Plats 5 till 14:00"; "" there is nothing to undo */
	const char *shorter; /* "Per-Erik D." */
	struct model_button button;
};

enum wall_phase { WALL_NOW, WALL_LATER };

struct model_wall_meeting {
	const char *start, *end; /* "10:00", "12:00"; an all-day meeting: "Hela dagen", "" */
	const char *title;
	const char *where;        /* "Konferensrummet"; elsewhere "Vännäs, inte här", "Teams"; "" not known */
	const char *where_short;  /* elsewhere "Vännäs"; "" nothing shorter is of use */
	const char *who;          /* "Therese B."; "" not known */
	const char *badge;        /* "Pågår"; "" it has not begun */
	const char *warning;      /* "Dubbelbokat i konferensrummet"; "" none */
	const char **parts;       /* of a room that is booked twice: each title, with its times when they differ */
	const char **part_titles; /* the same without times */
	size_t part_count;        /* 0 unless there is a warning */
	size_t count;             /* how many meetings this stands for */
	enum wall_phase phase;
	bool is_elsewhere;
	int permille; /* how much of it has passed; -1: no bar */
	const char *spoken;
};

struct model_closed { /* a closed day */
	bool is_shown;
	const char *title;      /* "Stängt i dag – juldagen" */
	const char *text;       /* "Vi öppnar igen måndag 28 december 07:00."; "" not known */
	const char *code;       /* what the QR code holds; "" no code */
	const char *code_title; /* "Boka en annan dag" */
};

struct model_caption { /* of the voice */
	bool is_shown, is_dark;
	const char *text;   /* what it says, as it is said */
	const char *volume; /* "Volym 3 av 6" */
	const char *keys;   /* what the keypad does, in two lines */
	int step;           /* of the volume, from 1 to SPEECH_VOLUMES */
};

struct model_legend {
	enum shown_state state;
	const char *text;
};

struct model {
	enum view_kind view;
	enum config_mode mode;
	const char *office;              /* "Satellitkontoret" */
	const char *subtitle;            /* "Umeåregionen · Renmarkstorget 5D, 3 tr" */
	const char *date, *week, *clock; /* "måndag 23 november", "vecka 48", "10:42" */
	const char *date_short;          /* "mån 23 nov" */
	int minute_of_day;

	const char *heading;              /* "I dag på kontoret"; outside hours still today */
	const char *free;                 /* "Lediga nu: 3, 4 och 6 · 7 får tas" */
	enum shown_state free_state;      /* of that line: SHOWN_FREE only when a desk is free */
	const char *empty;                /* "Inga bokningar i dag"; "" when there are any */
	int axis_start_min, axis_end_min; /* whole hours */
	int now_min;                      /* -1: not on the axis */
	struct model_row *rows;
	size_t row_count;                         /* all places; the layout cuts pages with `page` */
	struct model_row unplaced;                /* bookings that match no place; block_count 0: none */
	const char *places_heading, *places_hint; /* "Platser", "– tryck för att ta, förlänga eller byta" */
	struct model_map map;
	int page; /* 0-based; the layout wraps it into what exists */

	const char *waiting_heading, *waiting_empty;   /* "Checka in", "Ingen väntar på incheckning just nu." */
	const char *waiting_hint;                      /* "Tryck på ditt namn" */
	const char *late_heading, *late_heading_short; /* "Sen? Du kan fortfarande checka in" */
	struct model_waiting *waiting; /* by group, then by name: as many as a screen may have room for */
	size_t waiting_count;          /* of them */
	size_t waiting_total;          /* of everybody who can check in */
	struct model_button show_all;  /* "Visa alla 11" */
	/* VIEW_ALL: everybody by name, or those of the chosen letters. Whoever cannot stand on the page is NULL. */
	const struct model_waiting **listed;
	size_t listed_count;
	int listed_page;                               /* as `page` */
	const char *meetings_heading, *meetings_empty; /* heading "": there is no calendar of meetings */
	struct model_button meetings_button;           /* "Möten": opens the list of them */
	const char *meetings_end;                      /* "Inga fler möten till och med 28 februari."; "" not known */
	struct model_meeting *meetings;
	size_t meeting_count;
	size_t meetings_soon; /* how many begin soon; those of them that are not shown are counted */
	struct model_host host;
	const char *hint;            /* "Ingen bokning? Tryck på en grön plats."; "" none */
	struct model_legend *legend; /* the states that blocks show */
	size_t legend_count;
	struct model_note *notes; /* worst first; at least one */
	size_t note_count;
	struct model_button *footer; /* language, accessibility */
	size_t footer_count;
	const char *previous_page, *next_page;   /* spoken words for the arrows */
	const char *previous_short, *next_short; /* "Förra", "Nästa" */
	const char *more_format;                 /* "+%d till" */
	const char *page_format;                 /* "Sida %d av %d" */

	struct model_sheet sheet;   /* VIEW_SHEET … VIEW_TROUBLE, VIEW_SETUP */
	struct model_done done;     /* VIEW_DONE */
	struct model_undo undo;     /* VIEW_HOME */
	struct model_detail detail; /* VIEW_HOST, VIEW_MEETING */
	struct model_week days;     /* VIEW_WEEK */
	struct model_card *cards;   /* VIEW_INFO; one alone when its code is shown */
	size_t card_count;
	int sheet_page; /* VIEW_INFO, VIEW_HOST; as `page` */
	struct model_closed closed;
	struct model_caption caption;
	const char **notices; /* what the office announces on the home screen: "Hissen är ur funktion" */
	size_t notice_count;

	const char *wall_heading;                 /* "Dagens möten", "Inga möten här i dag" */
	const char *wall_heading_short;           /* "Möten i dag" */
	const char *wall_empty;                   /* "Inga fler möten här i dag" */
	bool wall_is_quiet;                       /* no meeting has been or will be held here today */
	struct model_wall_meeting *wall_meetings; /* here: going on, then to come; then elsewhere */
	size_t wall_meeting_count;
	size_t wall_more_here, wall_more_elsewhere; /* meetings beyond those of the list */
	size_t wall_ended;
	const char *wall_ended_text;       /* "3 avslutade"; "" none */
	const char *wall_elsewhere;        /* "Inte här" */
	const char *wall_double;           /* "Dubbelbokat" */
	const char *wall_elsewhere_format; /* "+%d på annan plats" */
	const char *room_free;             /* "Konferensrummet är ledigt 12:00–13:00"; "" no room */
	bool room_is_free;                 /* it is, or will be today */
	const char *desks;                 /* "Lediga nu", "Inga lediga nu", "12 lediga nu"; "" there are no desks */
	const char *desks_free;            /* "3, 4 och 6"; "" none, or too many to be named */
	const char *desks_also;            /* "7 får tas"; "" none */
	const char *desks_short;           /* "Lediga platser: 3, 4 och 6" */
	const char *desks_count;           /* "4 lediga nu", for where the numbers do not fit */
	const char *desks_take;            /* "Slå dig ner – ta en plats på skärmen vid entrén."; "" none */
	bool desks_are_free;
	const char **wall_notices; /* "Hissen är ur funktion"; a closed office comes first */
	size_t wall_notice_count;

	int64_t changes_utc; /* the next instant at which this model would differ by time alone */
	int64_t changes_ms;  /* the same on the monotonic clock, for countdowns; INT64_MAX: none */
};

struct model_time {
	int64_t now_utc;
	int64_t mono_ms; /* monotonic; the same clock as visit.h uses */
	bool is_trusted; /* false: unset, unsynchronised or jumped */
};

/* `region` may be NULL. NULL only when memory ran out. The caller destroys the result. */
struct model *model_create(const struct config *config, const struct region *region, const struct snapshot *snapshot,
			   const struct visit *visit, const struct model_time *time);
void model_destroy(struct model *model);

/* Returns whether the screen certainly looks the same with the later snapshot, so that no model has to be made: the
 * feeds were looked at again, and none has changed. False may also mean that it is not known. Either may be NULL. */
bool model_shows_same(const struct config *config, const struct visit *visit, const struct snapshot *before,
		      const struct snapshot *after, int64_t now_utc);

#endif
