/* See visit.h. Time is taken from a monotonic clock, so that a clock that jumps neither hurries a visitor nor keeps
 * one. */
#include "visit.h"

#include <string.h>

#include "ical/civil.h"
#include "ical/zone.h"
#include "app/base/limits.h"
#include "ical/small.h"

static void reset_looks(struct visit *visit, const struct config *config)
{
	strncpy(visit->language, config->language, sizeof(visit->language) - 1);
	visit->language[sizeof(visit->language) - 1] = '\0';
	visit->text_percent = 100;
	visit->high_contrast = visit->low_reach = false;
	visit->page = 0;
	visit->shows_map = false;
	visit->speech = (struct visit_speech){.volume = SPEECH_VOLUME_DEFAULT};
}

static bool has_own_looks(const struct visit *visit, const struct config *config)
{
	return strncmp(visit->language, config->language, sizeof(visit->language) - 1) != 0 ||
	       visit->text_percent != 100 || visit->high_contrast || visit->low_reach || visit->speech.is_on;
}

static bool is_at_rest(const struct visit *visit)
{
	return visit->view == VIEW_HOME || visit->view == VIEW_SETUP || visit->view == VIEW_NIGHT;
}

/* Returns whether somebody was here who has to be asked before everything is reset. */
static bool must_ask(const struct visit *visit, const struct config *config)
{
	return !is_at_rest(visit) || has_own_looks(visit, config);
}

bool visit_has_pages(enum view_kind view)
{
	return view == VIEW_ALL || view == VIEW_MEETINGS || view == VIEW_INFO || view == VIEW_HOST;
}

int visit_first_choice(enum view_kind view)
{
	return view == VIEW_ALL || view == VIEW_INFO || view == VIEW_WEEK ? 0 : VISIT_CHOICE;
}

static void open_view(struct visit *visit, enum view_kind view, int64_t mono_ms)
{
	if (visit_has_pages(visit->view) != visit_has_pages(view)) {
		visit->page = 0;
	}
	visit->view = view;
	visit->view_ms = mono_ms;
}

static void go_home(struct visit *visit, const struct config *config, int64_t mono_ms)
{
	open_view(visit, config_is_first_run(config) ? VIEW_SETUP : VIEW_HOME, mono_ms);
	visit->id[0] = '\0';
}

void visit_init(struct visit *visit, const struct config *config, int64_t mono_ms)
{
	*visit = (struct visit){.choice = VISIT_CHOICE};
	reset_looks(visit, config);
	go_home(visit, config, mono_ms);
	/* Nobody has touched anything yet, so no double tap is guarded against, and night may fall at once. */
	visit->touched_ms = visit->acted_ms = mono_ms - VISIT_IDLE_MS;
}

static bool copy_id(char *to, const char *id)
{
	size_t length = strlen(id);
	if (length >= VISIT_ID_MAX) {
		return false;
	}
	memcpy(to, id, length + 1);
	return true;
}

static bool send(struct visit *visit, enum command_kind kind, const struct action *action, int64_t mono_ms,
		 struct command *out_command)
{
	struct command command = {.kind = kind,
				  .until_utc = action->until_utc,
				  .is_anyway = action->is_anyway,
				  .is_slow = visit->speech.is_on};
	if (visit->pending.kind != COMMAND_NONE || !copy_id(command.id, action->id) ||
	    !copy_id(command.place, action->place)) {
		return false;
	}
	if (kind == COMMAND_UNDO) {
		command.entry = visit->view == VIEW_DONE ? visit->result.entry : visit->undo.entry;
	}
	command.number = ++visit->commands;
	visit->pending = *out_command = command;
	visit->sent_ms = mono_ms;
	return true;
}

static void open_by_action(struct visit *visit, const struct action *action, int64_t mono_ms)
{
	char id[VISIT_ID_MAX];
	if (copy_id(id, action->id)) {
		memcpy(visit->id, id, sizeof(id));
		visit->choice = visit_first_choice(action->view);
		open_view(visit, action->view, mono_ms);
	}
}

void visit_end(struct visit *visit, const struct config *config, int64_t mono_ms)
{
	reset_looks(visit, config);
	go_home(visit, config, mono_ms);
}

/* Whoever undoes from the home screen is the visitor who acted, and reads the answer in the same language. */
static bool undo(struct visit *visit, const struct action *action, int64_t mono_ms, struct command *out_command)
{
	bool is_at_home = visit->view == VIEW_HOME && visit->undo.kind != COMMAND_NONE;
	bool is_offered = is_at_home || (visit->view == VIEW_DONE && visit->result.entry != 0);
	if (!is_offered || !send(visit, COMMAND_UNDO, action, mono_ms, out_command)) {
		return false;
	}
	if (is_at_home) {
		memcpy(visit->language, visit->undo.language, sizeof(visit->language));
	}
	return true;
}

static void stay(struct visit *visit, int64_t mono_ms)
{
	if (visit->view == VIEW_STILL_THERE) {
		open_view(visit, visit->behind, mono_ms);
	}
}

static void change_looks(struct visit *visit, const struct action *action)
{
	switch (action->kind) {
	case ACTION_LANGUAGE:
		if (strlen(action->id) < sizeof(visit->language)) {
			strcpy(visit->language, action->id);
		}
		break;
	case ACTION_TEXT_SIZE:
		visit->text_percent = action->number >= 160 ? 160 : action->number >= 130 ? 130 : 100;
		break;
	case ACTION_CONTRAST:
		visit->high_contrast = action->number != 0;
		break;
	case ACTION_REACH:
		visit->low_reach = action->number != 0;
		break;
	default:
		break;
	}
}

/* Another list begins with its first page: of the people by letter, and the accessibility statement among the cards. */
static void choose(struct visit *visit, int number)
{
	bool is_statement = number > INFOS_MAX || visit->choice > INFOS_MAX;
	if (visit->view == VIEW_ALL || (visit->view == VIEW_INFO && is_statement)) {
		visit->page = 0;
	}
	visit->choice = number;
}

static bool carry_out(struct visit *visit, const struct config *config, const struct action *action, int64_t mono_ms,
		      struct command *out_command)
{
	switch (action->kind) {
	case ACTION_OPEN:
		open_by_action(visit, action, mono_ms);
		break;
	case ACTION_CLOSE:
		if (visit->view == VIEW_DONE) {
			visit_end(visit, config, mono_ms);
		} else {
			go_home(visit, config, mono_ms);
		}
		break;
	case ACTION_CHECK_IN:
		return send(visit, COMMAND_CHECK_IN, action, mono_ms, out_command);
	case ACTION_DROP_IN:
		return send(visit, COMMAND_DROP_IN, action, mono_ms, out_command);
	case ACTION_CHECK_OUT:
		return send(visit, COMMAND_CHECK_OUT, action, mono_ms, out_command);
	case ACTION_EXTEND:
		return send(visit, COMMAND_EXTEND, action, mono_ms, out_command);
	case ACTION_UNDO:
		return undo(visit, action, mono_ms, out_command);
	case ACTION_CHOOSE:
		choose(visit, action->number);
		break;
	case ACTION_PAGE:
		visit->page += action->number;
		break;
	case ACTION_MAP:
		visit->shows_map = action->number != 0;
		visit->page = 0;
		break;
	case ACTION_STAY:
		stay(visit, mono_ms);
		break;
	default:
		change_looks(visit, action);
		break;
	}
	return false;
}

bool visit_act(struct visit *visit, const struct config *config, const struct action *action, int64_t mono_ms,
	       struct command *out_command)
{
	bool is_tremor = mono_ms - visit->acted_ms < VISIT_DOUBLE_TAP_MS ||
			 (visit->view == VIEW_DONE && mono_ms - visit->view_ms < VISIT_DOUBLE_TAP_MS);
	visit->touched_ms = mono_ms;
	if (visit->is_night || visit->view == VIEW_NIGHT) {
		visit->is_night = false;
		visit->acted_ms = mono_ms;
		if (visit->view == VIEW_NIGHT) {
			go_home(visit, config, mono_ms);
		}
		return false;
	}
	if (visit->speech.is_on && visit->view == VIEW_STILL_THERE && action->kind == ACTION_NONE) {
		stay(visit, mono_ms); /* any key is an answer */
		return false;
	}
	if (action->kind == ACTION_NONE || is_tremor) {
		return false;
	}
	visit->acted_ms = mono_ms;
	return carry_out(visit, config, action, mono_ms, out_command);
}

/* What was done can be undone for a while; an undo, whatever came of it, ends that. */
static void offer_undo(struct visit *visit, const struct config *config, bool is_done, int64_t mono_ms)
{
	if (visit->pending.kind == COMMAND_UNDO) {
		visit->undo.kind = COMMAND_NONE;
	} else if (is_done) {
		int64_t undo_s = visit->speech.is_on ? small_max(config->undo_s, SPEECH_UNDO_S) : config->undo_s;
		visit->undo = (struct visit_undo){
			.kind = visit->pending.kind, .entry = visit->result.entry, .until_ms = mono_ms + undo_s * 1000};
		memcpy(visit->undo.language, visit->language, sizeof(visit->undo.language));
	}
}

static void take_result(struct visit *visit, const struct config *config, const struct snapshot_result *result,
			int64_t mono_ms)
{
	bool is_done = result->outcome == JOURNAL_APPENDED || result->outcome == JOURNAL_REPEATED;
	visit->result = *result;
	offer_undo(visit, config, is_done, mono_ms);
	visit->answered = visit->pending;
	visit->pending.kind = COMMAND_NONE;
	visit->is_night = false;
	visit->touched_ms = mono_ms;
	open_view(visit, is_done ? VIEW_DONE : VIEW_TROUBLE, mono_ms);
}

void visit_see(struct visit *visit, const struct config *config, const struct snapshot *snapshot, int64_t mono_ms)
{
	for (size_t i = 0; i < snapshot->result_count && visit->pending.kind != COMMAND_NONE; i++) {
		if (snapshot->results[i].command == visit->pending.number) {
			take_result(visit, config, &snapshot->results[i], mono_ms);
		}
	}
}

static int minute_of_day(const struct config *config, int64_t now_utc)
{
	int64_t local_s = zone_local(config->zone, now_utc);
	return (int)((local_s % DAY_S + DAY_S) % DAY_S / 60);
}

static bool is_outside_hours(const struct config *config, int64_t now_utc)
{
	int minute = minute_of_day(config, now_utc);
	int bright = config->opens_min - WAKE_BEFORE_OPENING_MIN;
	return minute < bright || minute >= config->closes_min;
}

static void tick_night(struct visit *visit, const struct config *config, int64_t now_utc, int64_t mono_ms)
{
	bool is_idle = visit->view == VIEW_HOME && !has_own_looks(visit, config) &&
		       visit->pending.kind == COMMAND_NONE && mono_ms - visit->touched_ms >= VISIT_IDLE_MS;
	if (!is_outside_hours(config, now_utc)) {
		visit->is_night = false;
	} else if (is_idle) {
		visit->is_night = true;
	}
}

int64_t visit_done_ms(const struct visit *visit, const struct config *config)
{
	if (visit->speech.is_on) {
		return SPEECH_DONE_MS;
	}
	int64_t undo_ms = small_max((int64_t)config->undo_s * 1000, VISIT_DONE_MIN_MS);
	return small_min(undo_ms, VISIT_DONE_MAX_MS);
}

int64_t visit_answer_ms(const struct visit *visit)
{
	return visit->speech.is_on ? SPEECH_ANSWER_MS : VISIT_ANSWER_MS;
}

static int64_t idle_ms(const struct visit *visit)
{
	return visit->speech.is_on ? SPEECH_IDLE_MS : VISIT_IDLE_MS;
}

/* Returns the last sign of life: a touch or key, and with speech the last word. */
static int64_t alive_ms(const struct visit *visit, int64_t mono_ms)
{
	const struct visit_speech *speech = &visit->speech;
	return speech->is_talking ? mono_ms
	       : speech->is_on    ? small_max(visit->touched_ms, speech->quiet_ms)
				  : visit->touched_ms;
}

int64_t visit_limit_ms(const struct visit *visit, int64_t mono_ms)
{
	return visit->speech.is_on ? small_max(visit->view_ms, alive_ms(visit, mono_ms)) : visit->view_ms;
}

int64_t visit_left_ms(const struct visit *visit, const struct config *config, int64_t mono_ms)
{
	if (visit->view != VIEW_DONE && visit->view != VIEW_STILL_THERE) {
		return INT64_MAX;
	}
	int64_t length_ms = visit->view == VIEW_DONE ? visit_done_ms(visit, config) : visit_answer_ms(visit);
	return visit_limit_ms(visit, mono_ms) + length_ms - mono_ms;
}

void visit_speak(struct visit *visit, bool is_on, int64_t mono_ms)
{
	visit->speech = (struct visit_speech){.is_on = is_on, .volume = SPEECH_VOLUME_DEFAULT, .quiet_ms = mono_ms};
	visit->touched_ms = mono_ms;
}

static void tick_idle(struct visit *visit, const struct config *config, int64_t mono_ms)
{
	switch (visit->view) {
	case VIEW_DONE:
	case VIEW_STILL_THERE:
		if (visit_left_ms(visit, config, mono_ms) <= 0) {
			visit_end(visit, config, mono_ms);
		}
		break;
	default:
		if (mono_ms - alive_ms(visit, mono_ms) < idle_ms(visit)) {
			break;
		}
		visit->page = 0;
		visit->shows_map = false;
		if (must_ask(visit, config)) {
			visit->behind = visit->view;
			open_view(visit, VIEW_STILL_THERE, mono_ms);
		}
		break;
	}
}

void visit_tick(struct visit *visit, const struct config *config, int64_t now_utc, int64_t mono_ms)
{
	if (visit->pending.kind != COMMAND_NONE && mono_ms - visit->sent_ms >= VISIT_SAVE_MS) {
		const struct snapshot_result silence = {.command = visit->pending.number, .outcome = JOURNAL_NOT_SAVED};
		take_result(visit, config, &silence, mono_ms);
	}
	if (mono_ms >= visit->undo.until_ms && visit->pending.kind != COMMAND_UNDO) {
		visit->undo.kind = COMMAND_NONE;
	}
	tick_idle(visit, config, mono_ms);
	tick_night(visit, config, now_utc, mono_ms);
}

/* Returns when opening hours next begin or end, on the monotonic clock. The length of the civil day does not matter:
 * waking too early only means looking once more. */
static int64_t next_hours_ms(const struct config *config, int64_t now_utc, int64_t mono_ms)
{
	int minute = minute_of_day(config, now_utc);
	const int edges[] = {config->opens_min - WAKE_BEFORE_OPENING_MIN, config->closes_min};
	int64_t best = INT64_MAX;
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		int wait_min = ((edges[i] - minute) % (24 * 60) + 24 * 60) % (24 * 60);
		wait_min = wait_min == 0 ? 24 * 60 : wait_min;
		int64_t wait_s = (int64_t)wait_min * 60 - (now_utc % 60 + 60) % 60;
		best = wait_s < best ? wait_s : best;
	}
	return mono_ms + best * 1000;
}

int64_t visit_next_ms(const struct visit *visit, const struct config *config, int64_t now_utc, int64_t mono_ms)
{
	int64_t next = next_hours_ms(config, now_utc, mono_ms);
	if (visit->pending.kind != COMMAND_NONE) {
		next = small_min(next, visit->sent_ms + VISIT_SAVE_MS);
	}
	if (visit->undo.kind != COMMAND_NONE && visit->pending.kind != COMMAND_UNDO) {
		next = small_min(next, visit->undo.until_ms);
	}
	if (visit->speech.is_talking) {
		return next; /* its end is an event */
	}
	int64_t left_ms = visit_left_ms(visit, config, mono_ms);
	if (left_ms != INT64_MAX) {
		bool is_warned = visit->speech.is_on && left_ms > SPEECH_WARN_MS;
		return small_min(next, mono_ms + left_ms - (is_warned ? SPEECH_WARN_MS : 0));
	}
	bool may_darken = visit->view == VIEW_HOME && !visit->is_night && visit->pending.kind == COMMAND_NONE &&
			  is_outside_hours(config, now_utc);
	if (must_ask(visit, config) || visit->page != 0 || visit->shows_map || may_darken) {
		next = small_min(next, alive_ms(visit, mono_ms) + idle_ms(visit));
	}
	return next;
}
