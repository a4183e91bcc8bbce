/* One visitor's stay at the screen: which view is open and how it should look, from the first touch until the
 * screen is reset. Pure: actions and time go in, commands come out. UI thread only. */
#ifndef APP_MODEL_VISIT_H
#define APP_MODEL_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "action.h"
#include "app/config/config.h"
#include "app/base/limits.h"
#include "app/office/command.h"
#include "app/office/snapshot.h"

enum { VISIT_CHOICE = 1 }; /* the choice that a free place's sheet starts with: an hour */

bool visit_has_pages(enum view_kind view);   /* of its own, beside those of the schedule */
int visit_first_choice(enum view_kind view); /* what is chosen when the view opens */

/* The last act, as long as it can be undone from the home screen. */
struct visit_undo {
	enum command_kind kind; /* COMMAND_NONE: there is nothing to undo */
	int64_t entry;
	int64_t until_ms;  /* monotonic */
	char language[16]; /* of the visitor who acted */
};

/* For a visitor who listens instead of looking. */
struct visit_speech {
	bool is_on;
	bool is_dark;                     /* nothing is shown, so that nobody else reads along */
	bool is_talking;                  /* no time limit runs meanwhile */
	int volume;                       /* 1 to SPEECH_VOLUMES */
	int64_t quiet_ms;                 /* when the voice last fell silent */
	char caption[SPEECH_CAPTION_MAX]; /* what it says, or said last */
};

struct visit {
	enum view_kind view;
	char id[VISIT_ID_MAX];
	char language[16];
	int text_percent; /* 100, 130, 160 */
	bool high_contrast, low_reach;
	bool shows_map; /* home shows the floor plan instead of the schedule */
	bool is_deaf;   /* no touch panel can be read, so nobody can use the screen */
	int page, choice;
	bool is_night;           /* it is outside opening hours and nobody has touched */
	int64_t touched_ms;      /* last touch */
	int64_t acted_ms;        /* last touch that did something */
	int64_t sent_ms;         /* when `pending` was sent */
	int64_t view_ms;         /* when this view was opened */
	enum view_kind behind;   /* VIEW_STILL_THERE: the view that it covers; the id is kept */
	struct command pending;  /* sent and not answered yet; the kind is COMMAND_NONE when there is none */
	struct command answered; /* the command that VIEW_DONE and VIEW_TROUBLE report on */
	struct snapshot_result result;
	struct visit_undo undo;
	struct visit_speech speech;
	uint64_t commands; /* how many were sent in this run */
};

void visit_init(struct visit *visit, const struct config *config, int64_t mono_ms);

/* Carries an action out; ACTION_NONE is a touch that meant nothing. Returns true when *out_command must be sent to the
 * worker. At night a touch only wakes the screen. Leaving VIEW_DONE ends the visit: the next visitor finds the screen
 * as it always is. */
bool visit_act(struct visit *visit, const struct config *config, const struct action *action, int64_t mono_ms,
	       struct command *out_command);

/* Takes note of a new snapshot: an awaited result opens VIEW_DONE or VIEW_TROUBLE. */
void visit_see(struct visit *visit, const struct config *config, const struct snapshot *snapshot, int64_t mono_ms);

/* Does whatever is due by time: asks whether somebody is there, resets the visit, ends VIEW_DONE, falls asleep. now_utc
 * decides about night. */
void visit_tick(struct visit *visit, const struct config *config, int64_t now_utc, int64_t mono_ms);

/* How long VIEW_DONE stays, and how long there is to answer VIEW_STILL_THERE; both from visit_limit_ms on. */
int64_t visit_done_ms(const struct visit *visit, const struct config *config);
int64_t visit_answer_ms(const struct visit *visit);
/* Returns the instant from which the limit of the view counts: its opening, and with speech the last key or word. */
int64_t visit_limit_ms(const struct visit *visit, int64_t mono_ms);
/* Returns how long the view stays without a sign of life; INT64_MAX when it has no limit of its own. */
int64_t visit_left_ms(const struct visit *visit, const struct config *config, int64_t mono_ms);
/* Ends the visit: everything is as the next visitor expects it. */
void visit_end(struct visit *visit, const struct config *config, int64_t mono_ms);
/* Begins or ends speech. */
void visit_speak(struct visit *visit, bool is_on, int64_t mono_ms);

/* Returns the monotonic ms at which visit_tick would next do something; INT64_MAX never. */
int64_t visit_next_ms(const struct visit *visit, const struct config *config, int64_t now_utc, int64_t mono_ms);

#endif
