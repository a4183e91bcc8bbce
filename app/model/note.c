/* The notes: how old the data is and what else a visitor should know, the worst first. */
#include <string.h>

#include "private.h"

enum { OWN_NOTES = 3 }; /* the touch panel, the clock, the journal */

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

bool is_any_feed_read(const struct maker *maker, enum feed_kind kind)
{
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct snapshot_feed *state = state_of(maker, &maker->config->feeds[i]);
		if (maker->config->feeds[i].kind == kind && state && state->agreed_utc != 0) {
			return true;
		}
	}
	return false;
}

static const char *age_words(struct maker *maker, int64_t agreed_utc, enum feed_trouble trouble)
{
	bool has_answer = trouble == FEED_TROUBLE_NOT_CALENDAR || trouble == FEED_TROUBLE_SHRUNK ||
			  trouble == FEED_TROUBLE_TOO_LARGE || trouble == FEED_TROUBLE_SETUP;
	if (agreed_utc == 0) {
		return has_answer ? tr("Cannot be read right now") : tr("No contact yet");
	}
	const char *when = words_moment(maker->arena, maker->config->zone, agreed_utc, maker->today);
	const char *format = trouble == FEED_TROUBLE_NONE ? tr("Updated %s")
			     : has_answer                 ? tr("Updated %s – cannot be read right now")
							  : tr("Updated %s – no contact right now");
	return arena_print(maker->arena, format, when);
}

struct ages {
	size_t count, fresh, alike; /* whether all are like the first one, in level and trouble */
	int64_t oldest_utc, oldest_bookings_utc;
	enum feed_age level;
	enum feed_trouble trouble;
};

static enum feed_trouble trouble_of(const struct snapshot_feed *state, enum feed_age age)
{
	enum feed_trouble trouble = state ? state->trouble : FEED_TROUBLE_NONE;
	/* The data is old for no known reason: nobody has tried, so there is no contact. */
	return age >= AGE_OLD && trouble == FEED_TROUBLE_NONE ? FEED_TROUBLE_NO_CONTACT : trouble;
}

static enum feed_age age_of(const struct maker *maker, const struct config_feed *feed,
			    const struct snapshot_feed *state)
{
	return office_feed_age(feed, state ? state->agreed_utc : 0, maker->time->now_utc);
}

static struct ages survey(struct maker *maker)
{
	struct ages ages = {.oldest_utc = INT64_MAX, .oldest_bookings_utc = INT64_MAX};
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *state = state_of(maker, feed);
		enum feed_age age = age_of(maker, feed, state);
		enum feed_trouble trouble = trouble_of(state, age);
		int64_t agreed = state ? state->agreed_utc : 0;
		if (ages.count++ == 0) {
			ages.level = age;
			ages.trouble = trouble;
		}
		ages.alike += age == ages.level && trouble == ages.trouble;
		ages.fresh += age == AGE_FRESH;
		ages.oldest_utc = agreed < ages.oldest_utc ? agreed : ages.oldest_utc;
		if (feed->kind == FEED_BOOKINGS && agreed < ages.oldest_bookings_utc) {
			ages.oldest_bookings_utc = agreed;
		}
	}
	return ages;
}

static enum note_level note_level(enum feed_age age)
{
	return age == AGE_FRESH ? NOTE_PLAIN : age == AGE_AGEING ? NOTE_AGEING : NOTE_OLD;
}

static void add_feed_notes(struct maker *maker)
{
	struct ages ages = survey(maker);
	if (ages.count == 0) {
		return;
	}
	if (ages.fresh == ages.count) {
		/* Meetings may be fetched only once an hour; the age that visitors read is that of the bookings. */
		int64_t told_utc = ages.oldest_bookings_utc < INT64_MAX ? ages.oldest_bookings_utc : ages.oldest_utc;
		add_note(maker, NOTE_PLAIN, age_words(maker, told_utc, FEED_TROUBLE_NONE));
		return;
	}
	if (ages.alike == ages.count) {
		add_note(maker, note_level(ages.level), age_words(maker, ages.oldest_utc, ages.trouble));
		return;
	}
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *state = state_of(maker, feed);
		enum feed_age age = age_of(maker, feed, state);
		if (age != AGE_FRESH) {
			const char *words = age_words(maker, state ? state->agreed_utc : 0, trouble_of(state, age));
			add_note(maker, note_level(age),
				 arena_print(maker->arena, tr("%s: %s"), subject(maker, feed), words));
		}
	}
}

void make_notes(struct maker *maker)
{
	struct model *model = maker->model;
	model->notes = arena_alloc(maker->arena, (maker->config->feed_count + OWN_NOTES + 1) * sizeof(*model->notes));
	if (!model->notes) {
		return;
	}
	if (maker->visit->is_deaf) {
		add_note(maker, NOTE_OLD, tr("The screen does not feel any touch right now"));
	}
	if (!maker->time->is_trusted) {
		add_note(maker, NOTE_OLD, tr("The clock may be wrong – nothing is given away meanwhile"));
	}
	if (!maker->snapshot->journal_ok) {
		add_note(maker, NOTE_OLD, tr("Check-ins cannot be saved right now"));
	}
	add_feed_notes(maker);
	if (model->note_count == 0) {
		add_note(maker, NOTE_PLAIN, tr("No calendars yet"));
	}
}
