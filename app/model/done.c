/* The result of a tap: done, with an undo for a while; or not done, with what to do instead. */
#include <string.h>

#include "app/base/limits.h"
#include "ical/small.h"
#include "private.h"

unsigned long seconds_left(struct maker *maker, int64_t until_ms)
{
	int64_t left_ms = until_ms - maker->time->mono_ms;
	if (left_ms <= 0) {
		return 0;
	}
	int64_t seconds = (left_ms + 999) / 1000;
	changes_at_ms(maker, maker->time->mono_ms + left_ms - (seconds - 1) * 1000);
	return (unsigned long)seconds;
}

static const char *countdown(struct maker *maker, int64_t length_ms)
{
	int64_t from_ms = visit_limit_ms(maker->visit, maker->time->mono_ms);
	unsigned long seconds = seconds_left(maker, from_ms + length_ms);
	return arena_print(maker->arena, tr_n("Back to start in %lu second.", "Back to start in %lu seconds.", seconds),
			   seconds);
}

const char *yours_until(struct maker *maker, const struct config_place *place, const char *name, const char *until)
{
	const char *format = place && place->kind == PLACE_ROOM ? tr_in("room", "%s is yours until %s")
								: tr_in("desk", "%s is yours until %s");
	/* place, time */
	return arena_print(maker->arena, format, name, until);
}

static const struct config_place *entry_place(struct maker *maker, const struct journal_entry *entry)
{
	return entry ? config_place_by_id(maker->config, entry->place) : NULL;
}

/* "Plats 5"; a room has its full title. */
static const char *place_words(const struct config_place *place)
{
	return !place ? tr("The desk") : place->kind == PLACE_ROOM ? place->title : place->name;
}

static const char *kept_until(struct maker *maker, const struct journal_entry *entry)
{
	const struct config_place *place = entry_place(maker, entry);
	return entry ? yours_until(maker, place, place_words(place),
				   words_moment(maker->arena, maker->config->zone, entry->end_utc, maker->today))
		     : "";
}

/* Whoever has just come does not know yet where the place is. */
static void show_way(struct maker *maker, struct model_done *done, const struct config_place *place)
{
	done->place = place ? place->id : "";
	done->how = tr("How to find it");
	done->where =
		place && place->where ? words_sentence(maker->arena, words_capital(maker->arena, place->where)) : "";
}

static void done_in(struct maker *maker, struct model_done *done, const struct journal_entry *entry)
{
	const char *name = entry ? words_first_name(maker->arena, entry->label) : "";
	done->state = SHOWN_CHECKED_IN;
	done->title = name[0] ? arena_print(maker->arena, tr("Welcome, %s!"), name) : tr("Welcome!");
	done->subtitle = kept_until(maker, entry);
	show_way(maker, done, entry_place(maker, entry));
}

static const char *free_again(struct maker *maker, const struct config_place *place)
{
	const char *format = place && place->kind == PLACE_ROOM ? tr_in("room", "%s is free again")
								: tr_in("desk", "%s is free again");
	return arena_print(maker->arena, format, place_words(place));
}

static void done_out(struct maker *maker, struct model_done *done, const struct journal_entry *entry)
{
	const struct config_place *place = entry_place(maker, entry);
	done->state = SHOWN_FREE;
	done->title = place && place->kind == PLACE_ROOM ? tr("The meeting is over") : tr("You are checked out");
	done->subtitle = free_again(maker, place);
}

static void done_extended(struct maker *maker, struct model_done *done, const struct journal_entry *entry)
{
	done->state = SHOWN_CHECKED_IN;
	done->title = tr("You can stay longer");
	done->subtitle = kept_until(maker, entry);
}

static void done_undo(struct maker *maker, struct model_done *done)
{
	const struct journal_entry *undone =
		journal_entries_find(&maker->snapshot->entries, maker->visit->answered.entry);
	done->state = SHOWN_ENDED;
	done->title = tr("Undone");
	done->subtitle = undone && undone->action == JOURNAL_CHECK_OUT ? tr("You are still checked in.")
								       : tr("Everything is as it was before.");
}

/* Nothing was done, so the view shows what it would look like for the person who is awaited. */
static void done_preview(struct maker *maker, struct model_done *done)
{
	const struct office *office = maker->office;
	const struct office_booking *awaited = NULL;
	for (size_t i = 0; i < office->booking_count && !awaited; i++) {
		awaited = office->bookings[i].state == BOOKING_WAITING ? &office->bookings[i] : NULL;
	}
	const char *name = awaited && awaited->is_person ? words_first_name(maker->arena, awaited->label) : "";
	done->state = SHOWN_CHECKED_IN;
	done->title = name[0] ? arena_print(maker->arena, tr("Welcome, %s!"), name) : tr("Welcome!");
	if (awaited && awaited->place >= 0) {
		const struct config_place *place = &maker->config->places[awaited->place];
		done->subtitle =
			yours_until(maker, place, place_words(place),
				    words_moment(maker->arena, maker->config->zone, awaited->end_utc, maker->today));
		show_way(maker, done, place);
	}
}

bool may_undo(const struct maker *maker, const struct journal_entry *entry)
{
	int64_t undo_s =
		maker->visit->speech.is_on ? small_max(maker->config->undo_s, SPEECH_UNDO_S) : maker->config->undo_s;
	return entry && entry->action != JOURNAL_UNDO && maker->time->now_utc - entry->at_utc <= undo_s + UNDO_SLACK_S;
}

/* Nothing was done in this run, nor by another program just before it. */
static bool is_staged(const struct maker *maker, const struct journal_entry *entry)
{
	return maker->visit->commands == 0 && !may_undo(maker, entry);
}

static void make_words(struct maker *maker, struct model_done *done, const struct journal_entry *entry)
{
	switch (maker->visit->answered.kind) {
	case COMMAND_CHECK_IN:
	case COMMAND_DROP_IN:
		done_in(maker, done, entry);
		break;
	case COMMAND_CHECK_OUT:
		done_out(maker, done, entry);
		break;
	case COMMAND_EXTEND:
		done_extended(maker, done, entry);
		break;
	case COMMAND_UNDO:
		done_undo(maker, done);
		break;
	case COMMAND_NONE:
		break;
	}
}

void make_done(struct maker *maker)
{
	struct model_done *done = &maker->model->done;
	const struct journal_entry *entry = journal_entries_find(&maker->snapshot->entries, maker->visit->result.entry);
	struct action undo = {.kind = ACTION_UNDO, .id = "", .place = ""};
	if (is_staged(maker, entry)) {
		done->can_undo = true;
		done_preview(maker, done);
	} else {
		done->can_undo = maker->visit->answered.kind != COMMAND_UNDO && may_undo(maker, entry);
		make_words(maker, done, entry);
	}
	done->undo = button_make("undo", tr("Undo"), BUTTON_SECONDARY, undo);
	done->close = button_close();
	done->close.text = done->close.spoken = tr("Done");
	done->next = tr("Next in line? Tap anywhere.");
	done->countdown = countdown(maker, visit_done_ms(maker->visit, maker->config));
}

/* What was done, in one sentence; "" when that is not known any more. Without a name it is about the place. */
static const char *done_words(struct maker *maker, const struct journal_entry *entry, enum command_kind kind)
{
	const struct config_place *place = entry_place(maker, entry);
	const char *name = entry->label, *where = place_words(place);
	const char *until = words_moment(maker->arena, maker->config->zone, entry->end_utc, maker->today);
	if (kind == COMMAND_CHECK_OUT) {
		/* who, place */
		return name[0] ? arena_print(maker->arena, tr("%s is checked out from %s"), name, where)
			       : free_again(maker, place);
	}
	if (!name[0]) {
		const char *format = place && place->kind == PLACE_ROOM ? tr_in("room", "%s is taken until %s")
									: tr_in("desk", "%s is taken until %s");
		/* place, time */
		return arena_print(maker->arena, format, where, until);
	}
	/* who, place, time */
	const char *format = kind == COMMAND_EXTEND ? tr("%s has %s until %s") : tr("%s is checked in at %s until %s");
	return arena_print(maker->arena, format, name, where, until);
}

static void make_strip(struct maker *maker, const struct journal_entry *entry, unsigned long seconds)
{
	struct model_undo *strip = &maker->model->undo;
	const struct action undo = {.kind = ACTION_UNDO, .id = "", .place = ""};
	strip->text = done_words(maker, entry, maker->visit->undo.kind);
	strip->shorter = entry->label[0] ? keep(maker, entry->label) : place_words(entry_place(maker, entry));
	strip->button =
		button_make("undo", arena_print(maker->arena, tr_n("Undo · %lu s", "Undo · %lu s", seconds), seconds),
			    BUTTON_SECONDARY, undo);
	/* what, what was done */
	strip->button.spoken = arena_print(maker->arena, tr("%s: %s"), tr("Undo"), strip->text);
}

void make_undo_strip(struct maker *maker)
{
	const struct visit_undo *undo = &maker->visit->undo;
	const struct journal_entry *entry =
		undo->kind == COMMAND_NONE ? NULL : journal_entries_find(&maker->snapshot->entries, undo->entry);
	unsigned long seconds = may_undo(maker, entry) ? seconds_left(maker, undo->until_ms) : 0;
	if (seconds == 0 || maker->config->mode == MODE_WALL) {
		return;
	}
	const struct config *before = maker->config;
	const struct config spoken = config_in_language(maker->as_written, undo->language);
	const char *language = i18n_language();
	i18n_set_language(undo->language);
	maker->config = &spoken;
	make_strip(maker, entry, seconds);
	maker->config = before;
	i18n_set_language(language);
}

/* Offers the same tap again. */
static struct action again(struct maker *maker)
{
	const struct command *command = &maker->visit->answered;
	struct action action = {.kind = ACTION_NONE,
				.id = keep(maker, command->id),
				.place = keep(maker, command->place),
				.until_utc = command->until_utc,
				.is_anyway = command->is_anyway};
	switch (command->kind) {
	case COMMAND_CHECK_IN:
		action.kind = ACTION_CHECK_IN;
		break;
	case COMMAND_DROP_IN:
		action.kind = ACTION_DROP_IN;
		break;
	case COMMAND_CHECK_OUT:
		action.kind = ACTION_CHECK_OUT;
		break;
	case COMMAND_EXTEND:
		action.kind = ACTION_EXTEND;
		break;
	case COMMAND_UNDO:
	case COMMAND_NONE:
		break;
	}
	return action;
}

static void tell_not_saved(struct maker *maker, struct sheet_maker *sheet)
{
	struct action action = again(maker);
	sheet_begin(maker, sheet, tr("It could not be saved"));
	sheet_paragraph(sheet, tr("Nothing has been changed. Please try again in a moment."));
	sheet_paragraph(sheet, tr("If it does not help: sit down anyway and tell somebody at the office."));
	if (action.kind != ACTION_NONE) {
		sheet_button(sheet, button_make("retry", tr("Try again"), BUTTON_PRIMARY, action));
	}
}

static const char *refused_title(enum office_verdict verdict)
{
	switch (verdict) {
	case OFFICE_TOO_EARLY:
		return tr("Check-in is not open yet");
	case OFFICE_TOO_LATE:
		return tr("Too late");
	case OFFICE_UNKNOWN:
		return tr("The booking is not there any more");
	case OFFICE_UNSURE:
		return tr("The desk cannot be taken right now");
	case OFFICE_CLOSED:
		return tr("The office is closed");
	case OFFICE_ALLOWED:
	case OFFICE_ALREADY:
	case OFFICE_TAKEN:
	case OFFICE_NO_PLACE:
	case OFFICE_NO_CHECKIN:
	case OFFICE_NO_MEMORY:
		break;
	}
	return tr("Someone got there first");
}

static void tell_refused(struct maker *maker, struct sheet_maker *sheet)
{
	const struct command *command = &maker->visit->answered;
	enum office_verdict verdict = office_judge(&maker->input, command, NULL);
	if (command->kind == COMMAND_UNDO && verdict == OFFICE_UNKNOWN) {
		verdict = OFFICE_TOO_LATE;
	}
	bool was_taken = verdict == OFFICE_TAKEN || verdict == OFFICE_ALLOWED || verdict == OFFICE_NO_PLACE;
	sheet_begin(maker, sheet, refused_title(verdict));
	sheet_paragraph(sheet, tr("Nothing has been changed."));
	if (was_taken && command->kind == COMMAND_CHECK_IN) {
		sheet_paragraph(sheet, tr("Choose another desk and you are checked in there."));
		sheet_button(sheet, button_make("move", tr("Choose another desk"), BUTTON_PRIMARY,
						action_open(maker, VIEW_MOVE, command->id)));
	} else if (was_taken && command->kind == COMMAND_DROP_IN) {
		sheet_paragraph(sheet, tr("Tap another free desk in the schedule."));
	}
}

void make_trouble_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	if (maker->visit->result.outcome == JOURNAL_REFUSED) {
		tell_refused(maker, &sheet);
	} else {
		tell_not_saved(maker, &sheet);
	}
	sheet_end(&sheet);
}

void make_still_there_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	struct action stay = {.kind = ACTION_STAY, .id = "", .place = ""};
	sheet_begin(maker, &sheet, tr("Are you still there?"));
	sheet.sheet->subtitle = countdown(maker, visit_answer_ms(maker->visit));
	sheet.sheet->outside = stay;
	sheet_button(&sheet, button_make("stay", tr("Yes, I am still here"), BUTTON_PRIMARY, stay));
	sheet_end(&sheet);
}
