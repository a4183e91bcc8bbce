/* What may be done now, and the journal entry that does it. One plan answers both questions: the screen asks it about
 * the newest snapshot, and the worker, while it holds the journal's write lock, about what is then in the journal. */
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"

/* The effect of a command. Strings are borrowed from the office, the configuration or the journal. */
struct plan {
	enum journal_action action;
	const char *place, *feed, *uid, *recurrence_id, *label;
	int64_t start_utc, end_utc;
	const char *target; /* NULL none */
	int64_t standing;   /* OFFICE_ALREADY: the entry that says so */
};

static int place_index(const struct office *office, const char *id)
{
	for (size_t i = 0; i < office->place_count; i++) {
		if (strcmp(office->places[i].config->id, id) == 0) {
			return (int)i;
		}
	}
	return -1;
}

/* Returns whether somebody else holds the place at some time in [from, to). */
static bool is_held(const struct office *office, int place, const struct office_booking *except, int64_t from,
		    int64_t to)
{
	const struct office_place *at = &office->places[place];
	for (size_t i = 0; i < at->seated_count; i++) {
		const struct office_booking *other = &office->bookings[at->seated[i]];
		if (other != except && office_claim_start(other) < to && other->until_utc > from) {
			return true;
		}
	}
	return false;
}

/* Judges the place for somebody who has no booking there. */
static enum office_verdict judge_free(const struct office_place *place, bool is_anyway)
{
	if (place->config->checkin == CHECKIN_NO) {
		return OFFICE_NO_CHECKIN;
	}
	if (place->state != PLACE_FREE && place->state != PLACE_UNKNOWN) {
		return OFFICE_TAKEN;
	}
	return place->state == PLACE_FREE || (is_anyway && place->current < 0) ? OFFICE_ALLOWED : OFFICE_UNSURE;
}

/* Judges a booking that is not over. */
static enum office_verdict judge_state(const struct office_booking *booking, bool is_move)
{
	if (booking->state == BOOKING_AHEAD) {
		return OFFICE_TOO_EARLY;
	}
	if (booking->state == BOOKING_ONGOING) {
		return OFFICE_NO_CHECKIN;
	}
	return booking->state == BOOKING_CHECKED_IN && !is_move ? OFFICE_ALREADY : OFFICE_ALLOWED;
}

/* Plans to seat a booking: at its own place until its end, at another one until the next booking there. */
static enum office_verdict plan_seat(const struct office *office, const struct office_input *input,
				     const struct office_booking *booking, int target, bool is_anyway,
				     struct plan *plan)
{
	if (target < 0) {
		return OFFICE_NO_PLACE;
	}
	const struct office_place *place = &office->places[target];
	if (!booking->has_checkin || place->config->checkin == CHECKIN_NO) {
		return OFFICE_NO_CHECKIN;
	}
	bool is_own = target == booking->own_place;
	int64_t end_utc =
		is_own || place->next < 0 ? booking->end_utc : small_min(booking->end_utc, place->free_until_utc);
	*plan = (struct plan){.action = JOURNAL_CHECK_IN,
			      .place = place->config->id,
			      .feed = booking->feed,
			      .uid = booking->uid,
			      .recurrence_id = booking->recurrence_id,
			      .label = booking->is_person ? booking->label : "",
			      .start_utc = booking->start_utc,
			      .end_utc = end_utc};
	if (!is_own) {
		return judge_free(place, is_anyway);
	}
	int64_t from_utc = small_max(input->now_utc, booking->start_utc);
	return is_held(office, target, booking, from_utc, end_utc) ? OFFICE_TAKEN : OFFICE_ALLOWED;
}

/* Plans to seat somebody without a booking at another place. */
static enum office_verdict plan_drop_in_move(const struct office *office, const struct office_booking *booking,
					     int target, bool is_anyway, struct plan *plan)
{
	if (booking->state != BOOKING_CHECKED_IN || target < 0 || target == booking->place) {
		return OFFICE_UNKNOWN;
	}
	const struct office_place *place = &office->places[target];
	*plan = (struct plan){.action = JOURNAL_DROP_IN,
			      .place = place->config->id,
			      .feed = "",
			      .uid = "",
			      .recurrence_id = "",
			      .label = booking->label,
			      .start_utc = office->now_utc,
			      .end_utc = small_min(booking->until_utc, place->free_until_utc),
			      .target = booking->seated->token};
	return judge_free(place, is_anyway);
}

static enum office_verdict plan_booking(const struct office *office, const struct office_input *input,
					const struct office_booking *booking, int target, bool is_anyway,
					struct plan *plan)
{
	if (booking->is_drop_in) {
		return plan_drop_in_move(office, booking, target, is_anyway, plan);
	}
	if (input->now_utc >= booking->end_utc) {
		return OFFICE_TOO_LATE;
	}
	bool is_move = booking->state == BOOKING_CHECKED_IN && target >= 0 && target != booking->place;
	enum office_verdict verdict = judge_state(booking, is_move);
	if (verdict == OFFICE_ALREADY) {
		plan->standing = booking->entry->id;
	}
	return verdict == OFFICE_ALLOWED ? plan_seat(office, input, booking, target, is_anyway, plan) : verdict;
}

static enum office_verdict plan_check_in(const struct office *office, const struct office_input *input,
					 const struct command *command, struct plan *plan)
{
	const struct office_booking *booking = office_find_to_check_in(office, command->id);
	int target = command->place[0] ? place_index(office, command->place) : -1;
	if (!booking || (command->place[0] && target < 0)) {
		return OFFICE_UNKNOWN;
	}
	if (!command->place[0]) {
		/* Without a place the person stays at the current one. */
		target = booking->state == BOOKING_CHECKED_IN ? booking->place : booking->own_place;
	}
	return plan_booking(office, input, booking, target, command->is_anyway, plan);
}

enum office_verdict office_judge_booking(const struct office *office, const struct office_input *input,
					 const struct office_booking *booking, int place)
{
	struct plan plan = {0};
	return plan_booking(office, input, booking, place, false, &plan);
}

bool office_is_awaited(const struct office *office, const struct office_input *input,
		       const struct office_booking *booking)
{
	if (booking->state == BOOKING_WAITING || booking->state == BOOKING_UNSURE) {
		return true;
	}
	if (booking->state != BOOKING_NO_SHOW) {
		return false;
	}
	enum office_verdict verdict = office_judge_booking(office, input, booking, booking->own_place);
	return verdict == OFFICE_ALLOWED || verdict == OFFICE_NO_PLACE;
}

static enum office_verdict plan_drop_in(const struct office *office, const struct office_input *input,
					const struct command *command, struct plan *plan)
{
	int target = place_index(office, command->place);
	if (target < 0) {
		return OFFICE_UNKNOWN;
	}
	const struct office_place *place = &office->places[target];
	enum office_verdict verdict = judge_free(place, command->is_anyway);
	verdict = verdict == OFFICE_ALLOWED && office->is_closed_now ? OFFICE_CLOSED : verdict;
	if (verdict == OFFICE_ALLOWED && command->until_utc <= input->now_utc) {
		verdict = OFFICE_TOO_LATE;
	}
	*plan = (struct plan){.action = JOURNAL_DROP_IN,
			      .place = place->config->id,
			      .feed = "",
			      .uid = "",
			      .recurrence_id = "",
			      .label = "",
			      .start_utc = input->now_utc,
			      .end_utc = small_min(command->until_utc, place->free_until_utc)};
	return verdict;
}

/* Returns whether somebody sits there, or a meeting goes on that may be ended early. */
static bool may_be_ended(const struct office_place *place)
{
	return place->state == PLACE_CHECKED_IN || place->state == PLACE_TAKEN ||
	       (place->state == PLACE_ONGOING && place->config->checkin == CHECKIN_OPTIONAL);
}

/* Returns the booking that holds the place, else the one that left it last; NULL when nobody has been there. */
static const struct office_booking *last_at(const struct office *office, const char *id)
{
	int index = place_index(office, id);
	const struct office_place *place = index < 0 ? NULL : &office->places[index];
	const struct office_booking *last = NULL;
	if (place && may_be_ended(place)) {
		return &office->bookings[place->current];
	}
	for (size_t i = 0; place && i < place->count; i++) {
		const struct office_booking *booking = &office->bookings[place->first + i];
		bool has_left = booking->state == BOOKING_CHECKED_OUT;
		if (has_left && (!last || booking->until_utc >= last->until_utc)) {
			last = booking;
		}
	}
	return last;
}

/* Returns what an entry about the stay names it by; NULL when the booking does. */
static const char *stay_token(const struct office_booking *booking)
{
	return booking->is_drop_in && booking->seated ? booking->seated->token : NULL;
}

static enum office_verdict plan_check_out(const struct office *office, const struct command *command, struct plan *plan)
{
	const struct office_booking *booking =
		command->id[0] ? office_find(office, command->id) : last_at(office, command->place);
	bool is_optional = booking && booking->state == BOOKING_ONGOING && booking->place >= 0 &&
			   office->places[booking->place].config->checkin == CHECKIN_OPTIONAL;
	if (!booking || (!booking->entry && !is_optional)) {
		return OFFICE_UNKNOWN;
	}
	if (booking->state != BOOKING_CHECKED_IN && !is_optional) {
		plan->standing = booking->entry->id;
		return booking->state == BOOKING_CHECKED_OUT ? OFFICE_ALREADY : OFFICE_TOO_LATE;
	}
	*plan = (struct plan){.action = JOURNAL_CHECK_OUT,
			      .place = is_optional ? office->places[booking->place].config->id : booking->entry->place,
			      .feed = booking->feed,
			      .uid = booking->uid,
			      .recurrence_id = booking->recurrence_id,
			      .label = booking->is_person ? booking->label : "",
			      .start_utc = booking->start_utc,
			      .end_utc = booking->end_utc,
			      .target = stay_token(booking)};
	return OFFICE_ALLOWED;
}

/* Returns whether the booking follows the stay at its place. A person who did not come in time has no claim any more.
 */
static bool is_next(const struct office_booking *other, const struct office_booking *booking)
{
	static const bool will_come[] = {
		[BOOKING_AHEAD] = true,      [BOOKING_WAITING] = true, [BOOKING_UNSURE] = true,
		[BOOKING_CHECKED_IN] = true, [BOOKING_ONGOING] = true, [BOOKING_ENDED] = false,
	};
	bool is_later = other->until_utc > booking->until_utc || other->start_utc >= booking->until_utc;
	return other != booking && will_come[other->state] && is_later;
}

int64_t office_extends_until(const struct office *office, const struct office_booking *booking)
{
	int64_t limit = office->now_utc < office->closes_utc ? office->closes_utc : office->day_end_utc;
	if (booking->place < 0) {
		return booking->until_utc;
	}
	const struct office_place *place = &office->places[booking->place];
	for (size_t i = place->first; i < place->first + place->count; i++) {
		const struct office_booking *other = &office->bookings[i];
		limit = is_next(other, booking) ? small_min(limit, other->start_utc) : limit;
	}
	return small_max(limit, booking->until_utc);
}

static enum office_verdict plan_extend(const struct office *office, const struct command *command, struct plan *plan)
{
	const struct office_booking *booking = office_find(office, command->id[0] ? command->id : command->place);
	if (!booking || booking->state != BOOKING_CHECKED_IN) {
		return OFFICE_UNKNOWN;
	}
	int64_t limit_utc = office_extends_until(office, booking);
	if (limit_utc <= booking->until_utc) {
		return OFFICE_TAKEN;
	}
	if (command->until_utc <= booking->until_utc) {
		plan->standing = booking->entry->id;
		return OFFICE_ALREADY;
	}
	*plan = (struct plan){.action = booking->entry->action,
			      .place = booking->entry->place,
			      .feed = booking->feed,
			      .uid = booking->uid,
			      .recurrence_id = booking->recurrence_id,
			      .label = booking->entry->label,
			      .start_utc = booking->start_utc,
			      .end_utc = small_min(command->until_utc, limit_utc),
			      .target = stay_token(booking)};
	bool is_known = office->places[booking->place].doubt == DOUBT_NONE;
	return is_known || command->is_anyway ? OFFICE_ALLOWED : OFFICE_UNSURE;
}

/* A person without a booking who left cannot return to a place that somebody else has taken since. */
static bool has_taken_over(const struct office_booking *booking, const struct journal_entry *entry)
{
	return entry->action == JOURNAL_CHECK_OUT && booking->is_drop_in && booking->state == BOOKING_CHECKED_IN &&
	       journal_entry_compare(booking->entry, entry) > 0 && strcmp(booking->entry->place, entry->place) == 0;
}

/* Returns whether somebody sits there, or a meeting without check-in goes on. */
static bool is_on(const struct office_booking *booking)
{
	return booking->state == BOOKING_CHECKED_IN || (booking->state == BOOKING_ONGOING && booking->uid[0]);
}

/* Returns whether two people would sit at one place if the entry did not exist. */
static bool undo_collides(const struct office_input *input, const struct office *office,
			  const struct journal_entry *entry, enum office_verdict *out_failed)
{
	struct office *trial = office_create_trial(input, office->day, entry->token);
	if (!trial) {
		*out_failed = OFFICE_NO_MEMORY;
		return true;
	}
	bool collides = false;
	for (size_t i = 0; i < trial->booking_count && !collides; i++) {
		const struct office_booking *booking = &trial->bookings[i];
		bool is_back = is_on(booking) && booking->place >= 0 && strcmp(booking->uid, entry->uid) == 0 &&
			       strcmp(booking->recurrence_id, entry->recurrence_id) == 0 &&
			       (entry->uid[0] || strcmp(booking->entry->place, entry->place) == 0);
		collides = has_taken_over(booking, entry) ||
			   (is_back &&
			    is_held(trial, booking->place, booking,
				    small_max(input->now_utc, office_claim_start(booking)), booking->until_utc));
	}
	office_destroy(trial);
	return collides;
}

static enum office_verdict plan_undo(const struct office *office, const struct office_input *input,
				     const struct command *command, struct plan *plan)
{
	const struct journal_entry *entry = journal_entries_find(input->entries, command->entry);
	if (!entry || entry->action == JOURNAL_UNDO) {
		return OFFICE_UNKNOWN;
	}
	plan->standing = entry->id;
	if (journal_entries_undone(input->entries, entry)) {
		return OFFICE_ALREADY;
	}
	int64_t undo_s = command->is_slow ? small_max(input->config->undo_s, SPEECH_UNDO_S) : input->config->undo_s;
	if (input->now_utc - entry->at_utc > undo_s + UNDO_SLACK_S) {
		return OFFICE_TOO_LATE;
	}
	*plan = (struct plan){.action = JOURNAL_UNDO,
			      .place = entry->place,
			      .feed = entry->feed,
			      .uid = entry->uid,
			      .recurrence_id = entry->recurrence_id,
			      .label = entry->label,
			      .start_utc = entry->start_utc,
			      .end_utc = entry->end_utc,
			      .target = entry->token};
	enum office_verdict failed = OFFICE_TAKEN;
	return undo_collides(input, office, entry, &failed) ? failed : OFFICE_ALLOWED;
}

static enum office_verdict make_plan(const struct office *office, const struct office_input *input,
				     const struct command *command, struct plan *plan)
{
	switch (command->kind) {
	case COMMAND_CHECK_IN:
		return plan_check_in(office, input, command, plan);
	case COMMAND_DROP_IN:
		return plan_drop_in(office, input, command, plan);
	case COMMAND_CHECK_OUT:
		return plan_check_out(office, command, plan);
	case COMMAND_EXTEND:
		return plan_extend(office, command, plan);
	case COMMAND_UNDO:
		return plan_undo(office, input, command, plan);
	default: /* COMMAND_NONE */
		return OFFICE_UNKNOWN;
	}
}

enum office_verdict office_judge(const struct office_input *input, const struct command *command, int64_t *out_entry)
{
	struct office *office = office_create(input);
	if (!office) {
		return OFFICE_NO_MEMORY;
	}
	struct plan plan = {0};
	enum office_verdict verdict = make_plan(office, input, command, &plan);
	if (verdict == OFFICE_ALREADY && out_entry) {
		*out_entry = plan.standing;
	}
	office_destroy(office);
	return verdict;
}

const char *office_verdict_text(enum office_verdict verdict)
{
	static const char *const texts[] = {
		[OFFICE_ALLOWED] = "allowed",
		[OFFICE_ALREADY] = "this has been done already",
		[OFFICE_TAKEN] = "somebody else has the place; choose another one",
		[OFFICE_TOO_EARLY] = "check-in is not open yet",
		[OFFICE_TOO_LATE] = "it is too late: the time for this has passed",
		[OFFICE_UNKNOWN] = "there is no such booking, place or check-in today",
		[OFFICE_NO_PLACE] = "the booking has no place of its own; say which free place",
		[OFFICE_NO_CHECKIN] = "this place is used without check-in",
		[OFFICE_CLOSED] = "the office is closed now; only who has booked may check in",
		[OFFICE_UNSURE] = "the bookings are not known well enough to give this place away",
		[OFFICE_NO_MEMORY] = "out of memory",
	};
	return texts[verdict];
}

static bool copy_plan(const struct plan *plan, int64_t at_utc, const char *token, struct journal_entry *out_entry)
{
	const char *texts[] = {token,
			       plan->place,
			       plan->feed,
			       plan->uid,
			       plan->recurrence_id,
			       plan->label,
			       "",
			       plan->target ? plan->target : ""};
	enum { TEXT_COUNT = sizeof(texts) / sizeof(texts[0]) };
	char *copies[TEXT_COUNT] = {NULL};
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		copies[i] = strdup(texts[i]);
		if (!copies[i]) {
			for (size_t made = 0; made < i; made++) {
				free(copies[made]);
			}
			return false;
		}
	}
	*out_entry = (struct journal_entry){.token = copies[0],
					    .at_utc = at_utc,
					    .action = plan->action,
					    .place = copies[1],
					    .feed = copies[2],
					    .uid = copies[3],
					    .recurrence_id = copies[4],
					    .label = copies[5],
					    .start_utc = plan->start_utc,
					    .end_utc = plan->end_utc,
					    .box = copies[6],
					    .target = copies[7]};
	return true;
}

enum office_verdict office_plan(const struct office_input *input, const struct command *command, const char *token,
				int64_t *out_standing, struct journal_entry *out_entry)
{
	struct office *office = office_create(input);
	if (!office) {
		return OFFICE_NO_MEMORY;
	}
	struct plan plan = {0};
	enum office_verdict verdict = make_plan(office, input, command, &plan);
	if (verdict == OFFICE_ALREADY) {
		*out_standing = plan.standing;
	}
	if (verdict == OFFICE_ALLOWED && !copy_plan(&plan, input->now_utc, token, out_entry)) {
		verdict = OFFICE_NO_MEMORY;
	}
	office_destroy(office);
	return verdict;
}
