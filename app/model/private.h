/* What the files of the model share while a model is being made. */
#ifndef APP_MODEL_PRIVATE_H
#define APP_MODEL_PRIVATE_H

#include "app/base/arena.h"
#include "app/base/i18n.h"
#include "model.h"
#include "app/office/office.h"
#include "words.h"

struct maker {
	struct model *model;
	struct arena *arena;
	struct office_input input;
	const struct config *config;     /* its texts are in the visitor's language */
	const struct config *as_written; /* the same with the texts that calendars use */
	const struct region *region;     /* NULL: no host card */
	const struct snapshot *snapshot;
	const struct visit *visit;
	const struct model_time *time;
	struct office *office;
	int32_t today;
	bool is_out_of_memory;    /* beside the arena */
	const char *block_format; /* "%s: %s, %s", looked up once and not for each of a thousand blocks */
	const char *state_words[SHOWN_UNKNOWN + 1];
	struct waiter *waiters; /* everybody who can check in, by name */
	size_t waiter_count;
};

extern const struct action no_action;
struct action action_open(struct maker *maker, enum view_kind view, const char *id);

/* Copies a text into the arena, because texts of a snapshot must not be borrowed. */
const char *keep(struct maker *maker, const char *text);

void button_choose(struct maker *maker, struct model_button *button); /* the one of several; it is read aloud, too */
struct model_button button_make(const char *id, const char *text, enum button_style style, struct action action);
struct model_button button_close(void);
const char *state_word(enum shown_state state);

/* How states of the office are shown. */
enum shown_state booking_shown(const struct office_booking *booking);
enum shown_state place_shown(const struct office_place *place);
const char *booking_name(struct maker *maker, const struct office_booking *booking);  /* "Nils S."; "Bokad" */
const char *booking_times(struct maker *maker, const struct office_booking *booking); /* "10:30–15:00"; "Hela dagen" */
const char *place_title(struct maker *maker, int place); /* "Kontorsplats 5"; "Utan plats" */
const char *place_name(struct maker *maker, int place);  /* "Plats 5"; "Utan plats" */

const char *skipped_words(struct maker *maker, uint32_t count); /* "" nothing was skipped */
const char *closed_words(struct maker *maker);                  /* of an office that is closed now */
const char *when_words(struct maker *maker, int64_t utc);       /* "23 november 10:42" */

/* Returns the seconds left of a time that ends at until_ms, rounded up. The model changes with every second. */
unsigned long seconds_left(struct maker *maker, int64_t until_ms);
bool may_undo(const struct maker *maker, const struct journal_entry *entry);

/* A sheet is built part by part; sheet_end sets the counts. */
struct sheet_maker {
	struct maker *maker;
	struct model_sheet *sheet;
	struct model_button buttons[4];
};
void sheet_begin(struct maker *maker, struct sheet_maker *out_sheet, const char *title);
void sheet_state(struct sheet_maker *sheet, enum shown_state state, const char *status);
void sheet_paragraph(struct sheet_maker *sheet, const char *text);
void sheet_button(struct sheet_maker *sheet, struct model_button button);
void sheet_end(struct sheet_maker *sheet); /* adds "Stäng" */
/* Adds the day of a place, its equipment and the code of its booking page. Where a desk offers choices, it also has its
 * code. */
void make_place_part(struct maker *maker, struct model_sheet *sheet, const struct office_place *place);
void offer_longer(struct maker *maker, struct model_sheet *sheet, const struct office_booking *booking);
struct model_button take_button(struct maker *maker, const struct office_place *place, int64_t until_utc);

enum { DAY_MIN = 24 * 60 };

/* What is open now. */
int minute_of(const struct maker *maker, int64_t utc);
const char *free_word(const struct config_place *place);                            /* "Ledig"; a room: "Ledigt" */
const char *free_until(struct maker *maker, const struct office_place *place);      /* "Ledig till 14:00" */
const char *taken_until(struct maker *maker, const struct office_booking *booking); /* "Upptagen till 18:00" */
const char *booked_from(struct maker *maker,
			const struct office_booking *next); /* "Hanna B. har platsen från 16:30." */
const char *yours_until(struct maker *maker, const struct config_place *place, const char *name,
			const char *until); /* "Plats 5 är din till 14:00" */
bool booking_is_absent(const struct maker *maker,
		       const struct office_booking *booking); /* and its place can be taken */
/* Returns the booking whose booker is absent; NULL none. */
const struct office_booking *absent_at(const struct maker *maker, const struct office_place *place);
enum shown_state place_now(const struct maker *maker, const struct office_place *place);
/* block.c */
bool is_of_today(const struct maker *maker, const struct office_booking *booking);
struct model_block make_block(struct maker *maker, const struct office_booking *booking);
/* Makes the blocks of a row, few enough to be seen: where too many bookings overlap or follow each other, one block
 * stands for them. It opens what the row opens. `is_open`: the place can be taken now, so such a block ends now. */
void make_blocks(struct maker *maker, struct model_row *row, size_t first, size_t count, bool is_open); /* crowd.c */
void add_open_block(struct maker *maker, struct model_row *row, const struct office_place *place);
void make_free_line(struct maker *maker);
void make_now_words(struct maker *maker, struct model_row *row, const struct office_place *place); /* now.c */

/* The parts of the model, each in a file of its own. */
void make_rows(struct maker *maker); /* grid.c */
void make_map(struct maker *maker);  /* map.c */
/* Returns the button that shows the map, or the schedule. */
struct model_button map_button(struct maker *maker, bool is_map);
/* Returns what the map says under a place. */
const char *map_line(struct maker *maker, const struct office_place *place, enum shown_state state);
const char *map_line_short(struct maker *maker, const struct office_place *place, enum shown_state state);
void make_waiting(struct maker *maker); /* waiting.c */
const char *waiter_name(struct maker *maker, size_t index);
/* Lists these people; only those who may stand on the page have lines. */
void list_waiters(struct maker *maker, size_t from, size_t count, int page);
void make_meetings(struct maker *maker); /* meeting.c */
void make_meeting_sheet(struct maker *maker);
void make_meetings_sheet(struct maker *maker);
void make_host(struct maker *maker);          /* host.c */
void make_host_sheet(struct maker *maker);    /* host_sheet.c */
void make_closed(struct maker *maker);        /* closed.c; after the rows */
void make_notes(struct maker *maker);         /* note.c */
void make_wall(struct maker *maker);          /* wall.c */
void make_wall_free(struct maker *maker);     /* wall_free.c */
bool make_booking_sheet(struct maker *maker); /* booking.c; false: the id is that of a place without a booking */
void make_sheet_of_booking(struct maker *maker, const struct office_booking *booking);
void make_move_sheet(struct maker *maker);
/* conflict.c; false: the booking does not share its place with another one. */
bool make_conflict_sheet(struct maker *maker, const struct office_booking *booking);
const char *conflict_title(struct maker *maker, const struct office_place *place); /* "Två på Plats 5" */
void make_free_sheet(struct maker *maker);                                         /* free.c */
void make_done(struct maker *maker);                                               /* done.c */
void make_undo_strip(struct maker *maker);
void make_caption(struct maker *maker);
void make_trouble_sheet(struct maker *maker);
void make_all_sheet(struct maker *maker);    /* all.c */
void make_access_sheet(struct maker *maker); /* page.c */
void make_week_sheet(struct maker *maker);   /* week.c */
bool week_is_offered(const struct maker *maker);
void make_info_sheet(struct maker *maker); /* info.c */
struct model_button reach_button(struct maker *maker, enum button_style style);
void make_still_there_sheet(struct maker *maker);
void make_setup_sheet(struct maker *maker);

/* A line of a sheet about the host or a meeting; none when the text is "". */
void detail_fact(struct maker *maker, const char *key, const char *text, const char *detail);
void detail_note(struct maker *maker, const char *text);

/* Meetings, for the list, the wall and the sheets. */
const char *meeting_title(struct maker *maker, const struct cache_row *row, const struct config_feed *feed);
const char *meeting_place(struct maker *maker, const struct cache_row *row); /* "Vännäs", "Teams"; "" unknown */
bool meeting_is_online(struct maker *maker, const struct cache_row *row);
const char *meeting_where_words(struct maker *maker, const struct cache_row *row); /* "Vännäs, inte här", "Teams" */
const char *meeting_where_short(struct maker *maker,
				const struct cache_row *row); /* "Vännäs"; of "Folkets hus, Vännäs" */
int32_t meeting_last_day(const struct maker *maker, const struct cache_row *row);
/* "fredag 09:00" */
const char *meeting_start_words(struct maker *maker, const struct cache_row *row, bool is_short);
const char *meeting_with_place(struct maker *maker, const char *when, const char *place); /* "fredag 09:00 · Vännäs" */
const char *meeting_edge_date(struct maker *maker, int32_t to_day); /* "28 februari", the day before to_day */
/* Finds the next hand-over meeting of this year. */
bool meeting_find_handover(struct maker *maker, struct model_meeting *out_meeting);
/* Returns the name of who has the role that year; "" not known. */
const char *host_person(const struct maker *maker, int year, enum region_role role);
int host_year(const struct maker *maker);         /* the year that it is */
const char *host_next_words(struct maker *maker); /* "Nordmaling tar över vid årsskiftet" */
enum meeting_where { MEETING_HERE, MEETING_ELSEWHERE, MEETING_ONLINE, MEETING_ANYWHERE /* unknown */ };
enum meeting_where meeting_where(struct maker *maker, const struct cache_row *row);

/* Record an instant at which the model changes by time alone. */
void changes_at(struct maker *maker, int64_t utc);
void changes_at_ms(struct maker *maker, int64_t mono_ms);

#endif
