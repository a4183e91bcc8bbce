/* The notes: how old the data is and what else a visitor should know, the worst first. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

enum { OWN_NOTES = 5 }; /* the touch panel, the clock, the journal, other screens, what could not be read */

static void add_note(struct maker *maker, enum note_level level, const char *text)
{
	struct model *model = maker->model;
	size_t at = model->note_count++;
	while (at > 0 && model->notes[at - 1].level < level) {
		model->notes[at] = model->notes[at - 1];
		at--;
	}
	model->notes[at] = (struct model_note){.text = text, .level = level};
}

/* Returns the everyday word for what the feed contains. */
static const char *subject(struct maker *maker, const struct config_feed *feed)
{
	const char *name = NULL;
	size_t desks = 0;
	if (feed->kind == FEED_MEETINGS) {
		return feed->body ? feed->body : tr("Meetings");
	}
	if (feed->kind != FEED_BOOKINGS) {
		return feed->kind == FEED_CLOSURES ? tr("Closed days") : tr("Notices");
	}
	for (size_t i = 0; i < maker->config->place_count; i++) {
		const struct config_place *place = &maker->config->places[i];
		if (place->feed && strcmp(place->feed, feed->name) == 0) {
			name = name ? name : place->name;
			desks += place->kind == PLACE_DESK;
		}
	}
	return desks > 1 ? tr("Desks") : name ? name : tr("Bookings");
}

static const struct snapshot_feed *state_of(const struct maker *maker, const struct config_feed *feed)
{
	for (size_t i = 0; i < maker->snapshot->feed_count; i++) {
		if (strcmp(maker->snapshot->feeds[i].name, feed->name) == 0) {
			return &maker->snapshot->feeds[i];
		}
	}
	return NULL;
}

/* Bookings of all feeds that could not be read. */
static uint32_t skipped_bookings(const struct maker *maker)
{
	uint32_t skipped = 0;
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct snapshot_feed *state = state_of(maker, &maker->config->feeds[i]);
		bool counts = state && maker->config->feeds[i].kind == FEED_BOOKINGS;
		skipped += counts ? state->skipped : 0;
	}
	return skipped;
}

const char *skipped_words(struct maker *maker, uint32_t count)
{
	unsigned long skipped = count;
	return skipped == 0 ? ""
			    : arena_print(maker->arena,
					  tr_n("%lu booking in the calendar could not be read",
					       "%lu bookings in the calendar could not be read", skipped),
					  skipped);
}

const char *closed_words(struct maker *maker)
{
	const struct office *office = maker->office;
	const char *why = office->closed_why;
	if (!office->is_closed) {
		const char *until = words_clock(maker->arena, maker->config->zone, office->closed_until_utc);
		/* time, why */
		return why[0] ? arena_print(maker->arena, tr("Closed until %s – %s"), until, why)
			      : arena_print(maker->arena, tr("Closed until %s"), until);
	}
	return why[0] ? arena_print(maker->arena, tr("Closed today – %s"), why) : tr("Closed today");
}

/* "23 november 10:42"; today only the time. */
const char *when_words(struct maker *maker, int64_t utc)
{
	const struct zone *zone = maker->config->zone;
	int32_t day = zone_day(zone, utc);
	const char *clock = words_clock(maker->arena, zone, utc);
	/* date, time */
	return day == maker->today ? clock
				   : arena_print(maker->arena, tr("%s %s"), words_date_short(maker->arena, day), clock);
}

/* What the age means to a visitor: which bookings or meetings the screen may lack. Why a feed cannot be read is for the
 * administrator, who has `status`. */
static const char *age_words(struct maker *maker, enum feed_kind kind, int64_t agreed_utc, enum feed_age age)
{
	if (age == AGE_UNKNOWN) {
		return kind == FEED_BOOKINGS ? tr("The bookings have not been fetched yet") : tr("Not fetched yet");
	}
	const char *format = age == AGE_FRESH        ? tr("Updated %s")
			     : kind != FEED_BOOKINGS ? tr("Updated %s – may have changed since then")
			     : age == AGE_AGEING     ? tr("Updated %s – newer bookings may be missing")
						     : tr("Bookings last updated %s – newer ones may be missing.");
	return arena_print(maker->arena, format, when_words(maker, agreed_utc));
}

struct ages {
	size_t count, stale, never;
	int64_t oldest_utc; /* of those that are stale, when there are any */
	enum feed_age worst;
};

static enum feed_age age_of(const struct maker *maker, const struct config_feed *feed,
			    const struct snapshot_feed *state)
{
	return office_feed_age(feed, state ? state->agreed_utc : 0, maker->time->now_utc);
}

/* All feeds of bookings, or all others. */
static struct ages survey(const struct maker *maker, bool of_bookings)
{
	struct ages ages = {.oldest_utc = INT64_MAX, .worst = AGE_FRESH};
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *state = state_of(maker, feed);
		enum feed_age age = age_of(maker, feed, state);
		int64_t agreed_utc = state ? state->agreed_utc : 0;
		if ((feed->kind == FEED_BOOKINGS) != of_bookings) {
			continue;
		}
		ages.count++;
		ages.stale += age != AGE_FRESH;
		ages.never += age == AGE_UNKNOWN;
		if (age > ages.worst || (age == ages.worst && agreed_utc < ages.oldest_utc)) {
			ages.worst = age;
			ages.oldest_utc = agreed_utc;
		}
	}
	return ages;
}

static enum note_level note_level(enum feed_age age)
{
	return age == AGE_FRESH ? NOTE_PLAIN : age == AGE_AGEING ? NOTE_AGEING : NOTE_OLD;
}

static bool has_note(const struct model *model, const char *text)
{
	for (size_t i = 0; i < model->note_count; i++) {
		if (strcmp(model->notes[i].text, text) == 0) {
			return true;
		}
	}
	return false;
}

/* Two feeds of desks that are equally old would say the same, and the second note would push out another one. */
static void add_stale_feeds(struct maker *maker, bool of_bookings)
{
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *state = state_of(maker, feed);
		enum feed_age age = age_of(maker, feed, state);
		if (age != AGE_FRESH && (feed->kind == FEED_BOOKINGS) == of_bookings) {
			const char *words = age_words(maker, feed->kind, state ? state->agreed_utc : 0, age);
			const char *text = arena_print(maker->arena, tr("%s: %s"), subject(maker, feed), words);
			if (!has_note(maker->model, text)) {
				add_note(maker, note_level(age), text);
			}
		}
	}
}

/* One note for one cause: when no calendar can be reached, that of the bookings says it all. */
static void add_feed_notes(struct maker *maker)
{
	struct ages bookings = survey(maker, true), others = survey(maker, false);
	bool has_bookings = bookings.count > 0;
	const struct ages *main = has_bookings ? &bookings : &others;
	enum feed_kind kind = has_bookings ? FEED_BOOKINGS : FEED_MEETINGS;
	if (main->count == 0) {
		return;
	}
	bool is_alike = main->never == 0 || main->never == main->count;
	bool all_stale = is_alike && main->stale == main->count,
	     is_one_cause = all_stale && others.stale == others.count;
	if (all_stale) {
		add_note(maker, note_level(main->worst), age_words(maker, kind, main->oldest_utc, main->worst));
	} else if (bookings.stale + others.stale == 0) {
		add_note(maker, NOTE_PLAIN, age_words(maker, kind, main->oldest_utc, AGE_FRESH));
	} else {
		add_stale_feeds(maker, has_bookings);
	}
	if (has_bookings && !is_one_cause) {
		add_stale_feeds(maker, false);
	}
}

/* A booking that could not be read may be one of today's. */
static void add_skipped_note(struct maker *maker)
{
	const char *text = skipped_words(maker, skipped_bookings(maker));
	if (text[0]) {
		add_note(maker, NOTE_AGEING, text);
	}
}

/* Part of a day without offers is announced; a closed day says it by itself. */
static void make_notices(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office *office = maker->office;
	model->notices = arena_alloc(maker->arena, (NOTICES_MAX + 1) * sizeof(*model->notices));
	if (!model->notices || maker->config->mode == MODE_WALL) {
		return;
	}
	if (office->is_closed_now && !model->closed.is_shown) {
		model->notices[model->notice_count++] = closed_words(maker);
	}
	for (size_t i = 0; i < office->notice_count && model->notice_count < NOTICES_MAX; i++) {
		if (!office->notices[i]->is_private) {
			model->notices[model->notice_count++] = keep(maker, office->notices[i]->title);
		}
	}
}

/* Whoever looks at a wall cannot tap it. */
static void add_conflict_notes(struct maker *maker)
{
	for (size_t i = 0; i < maker->office->place_count; i++) {
		const struct office_place *place = &maker->office->places[i];
		if (place->rival >= 0) {
			const char *text = conflict_title(maker, place);
			bool is_wall = maker->config->mode == MODE_WALL;
			const char *hint = tr("%s – tap the row and we will find one of you a new desk.");
			add_note(maker, NOTE_OLD, is_wall ? text : arena_print(maker->arena, hint, text));
		}
	}
}

void make_notes(struct maker *maker)
{
	struct model *model = maker->model;
	size_t count = maker->config->feed_count + maker->config->place_count + OWN_NOTES + 1;
	model->notes = arena_alloc(maker->arena, count * sizeof(*model->notes));
	if (!model->notes) {
		return;
	}
	if (maker->visit->is_deaf) {
		add_note(maker, NOTE_OLD, tr("The touchscreen is not working right now"));
	}
	if (!maker->time->is_trusted) {
		add_note(maker, NOTE_OLD, tr("The clock may be wrong – no desk is released meanwhile"));
	}
	if (!maker->snapshot->journal_ok) {
		add_note(maker, NOTE_OLD, tr("Check-ins cannot be saved right now"));
	}
	if (maker->snapshot->share.is_lost) {
		add_note(maker, NOTE_AGEING, tr("The other screen cannot be reached – check-ins there may be missing"));
	}
	add_conflict_notes(maker);
	make_notices(maker);
	add_feed_notes(maker);
	add_skipped_note(maker);
	if (model->note_count == 0) {
		add_note(maker, NOTE_PLAIN, tr("No calendars yet"));
	}
}
