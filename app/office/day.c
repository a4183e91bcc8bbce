/* See office.h. One pass over the rows finds the day's bookings; the journal's stays say who came; what is left over
 * of the stays are drop-ins and bookings that have left their feed since. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/arena.h"
#include "app/base/limits.h"
#include "private.h"

/* What is known while an office is being made. */
struct builder {
	const struct office_input *input;
	struct office *office;
	struct stays stays;
	enum feed_age *ages;        /* by configured feed */
	const char **sorted_places; /* ids, for look-up */
	int *sorted_index;
	bool office_checks_in; /* any place does */
	int64_t also_undone;
	size_t capacity;
};

enum feed_age office_feed_age(const struct config_feed *feed, int64_t agreed_utc, int64_t now_utc)
{
	int64_t fresh_s = (int64_t)feed->refresh_s * FEED_FRESH_REFRESHES;
	fresh_s = fresh_s > FEED_FRESH_S ? fresh_s : FEED_FRESH_S;
	int64_t ageing_s = fresh_s > FEED_AGEING_S ? fresh_s : FEED_AGEING_S;
	int64_t age_s = now_utc - agreed_utc;
	if (agreed_utc == 0) {
		return AGE_UNKNOWN;
	}
	if (age_s < -FEED_AHEAD_S) {
		return AGE_OLD;
	}
	return age_s <= fresh_s ? AGE_FRESH : age_s <= ageing_s ? AGE_AGEING : AGE_OLD;
}

int64_t office_feed_age_changes(const struct config_feed *feed, int64_t agreed_utc, int64_t now_utc)
{
	int64_t fresh_s = (int64_t)feed->refresh_s * FEED_FRESH_REFRESHES;
	fresh_s = fresh_s > FEED_FRESH_S ? fresh_s : FEED_FRESH_S;
	int64_t ageing_s = fresh_s > FEED_AGEING_S ? fresh_s : FEED_AGEING_S;
	const int64_t steps[] = {agreed_utc - FEED_AHEAD_S, agreed_utc + fresh_s + 1, agreed_utc + ageing_s + 1};
	for (size_t i = 0; agreed_utc != 0 && i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i] > now_utc) {
			return steps[i];
		}
	}
	return INT64_MAX;
}

struct office_input office_input_from_snapshot(const struct config *config, const struct snapshot *snapshot,
					       int64_t now_utc, bool is_trusted)
{
	return (struct office_input){.config = config,
				     .rows = &snapshot->rows,
				     .entries = &snapshot->entries,
				     .feeds = snapshot->feeds,
				     .feed_count = snapshot->feed_count,
				     .now_utc = now_utc,
				     .is_trusted = is_trusted};
}

static int64_t agreed_utc(const struct office_input *input, const char *feed)
{
	for (size_t i = 0; i < input->feed_count; i++) {
		if (strcmp(input->feeds[i].name, feed) == 0) {
			return input->feeds[i].agreed_utc;
		}
	}
	return 0;
}

static int feed_index(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->feed_count; i++) {
		if (strcmp(config->feeds[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static void sooner(struct office *office, int64_t now_utc, int64_t utc)
{
	if (utc > now_utc && utc < office->changes_utc) {
		office->changes_utc = utc;
	}
}

static int64_t at_minute(const struct config *config, int32_t day, int minute)
{
	return zone_utc(config->zone, (int64_t)day * DAY_S + (int64_t)minute * 60);
}

static bool read_ages(struct builder *builder)
{
	const struct office_input *input = builder->input;
	const struct config *config = input->config;
	builder->ages = arena_alloc(builder->office->arena, (config->feed_count + 1) * sizeof(*builder->ages));
	for (size_t i = 0; builder->ages && i < config->feed_count; i++) {
		int64_t agreed = agreed_utc(input, config->feeds[i].name);
		builder->ages[i] = office_feed_age(&config->feeds[i], agreed, input->now_utc);
		sooner(builder->office, input->now_utc,
		       office_feed_age_changes(&config->feeds[i], agreed, input->now_utc));
	}
	return builder->ages;
}

static int compare_place_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool prepare_places(struct builder *builder)
{
	struct office *office = builder->office;
	const struct config *config = builder->input->config;
	office->place_count = config->place_count;
	office->places = arena_alloc(office->arena, (config->place_count + 1) * sizeof(*office->places));
	builder->sorted_places =
		arena_alloc(office->arena, (config->place_count + 1) * sizeof(*builder->sorted_places));
	builder->sorted_index = arena_alloc(office->arena, (config->place_count + 1) * sizeof(*builder->sorted_index));
	if (arena_failed(office->arena)) {
		return false;
	}
	for (size_t i = 0; i < config->place_count; i++) {
		const struct config_place *place = &config->places[i];
		int feed = place->feed ? feed_index(config, place->feed) : -1;
		office->places[i] = (struct office_place){.config = place,
							  .age = feed >= 0 ? builder->ages[feed] : AGE_UNKNOWN,
							  .current = -1,
							  .next = -1};
		builder->office_checks_in |= place->checkin;
		builder->sorted_places[i] = place->id;
	}
	qsort(builder->sorted_places, config->place_count, sizeof(*builder->sorted_places), compare_place_ids);
	for (size_t i = 0; i < config->place_count; i++) {
		const char **found = bsearch(&config->places[i].id, builder->sorted_places, config->place_count,
					     sizeof(*builder->sorted_places), compare_place_ids);
		builder->sorted_index[found - builder->sorted_places] = (int)i;
	}
	return true;
}

static int place_index(const struct builder *builder, const char *id)
{
	const char **found = bsearch(&id, builder->sorted_places, builder->office->place_count,
				     sizeof(*builder->sorted_places), compare_place_ids);
	return found ? builder->sorted_index[found - builder->sorted_places] : -1;
}

/* The part of a row that belongs to the day. All days but a booking's own are told day by day: somebody who booked
 * a week checks in every morning. */
static bool row_part(const struct builder *builder, const struct cache_row *row, int64_t *out_start, int64_t *out_end)
{
	const struct office *office = builder->office;
	const struct span *span = &row->span;
	if (span->all_day) {
		int32_t end_day = span->end_day > span->start_day ? span->end_day : span->start_day + 1;
		*out_start = office->opens_utc;
		*out_end = office->closes_utc;
		return span->start_day <= office->day && office->day < end_day;
	}
	int64_t horizon = office->day_end_utc + builder->input->config->checkin_opens_s;
	bool is_empty = span->end_utc <= span->start_utc;
	if (span->start_utc >= horizon || span->end_utc + is_empty <= office->day_start_utc) {
		return false;
	}
	*out_start = span->start_utc;
	*out_end = span->end_utc;
	if (span->end_utc - span->start_utc <= DAY_S) {
		return true;
	}
	bool has_hours = span->start_utc < office->closes_utc && span->end_utc > office->opens_utc;
	int64_t from = has_hours ? office->opens_utc : office->day_start_utc;
	int64_t to = has_hours ? office->closes_utc : office->day_end_utc;
	*out_start = span->start_utc > from ? span->start_utc : from;
	*out_end = span->end_utc < to ? span->end_utc : to;
	return span->start_utc < office->day_end_utc;
}

static struct office_booking *add_booking(struct builder *builder)
{
	struct office *office = builder->office;
	if (office->booking_count == builder->capacity) {
		size_t capacity = builder->capacity ? builder->capacity * 2 : 64;
		struct office_booking *grown = arena_alloc(office->arena, capacity * sizeof(*grown));
		if (!grown) {
			return NULL;
		}
		if (office->booking_count > 0) {
			memcpy(grown, office->bookings, office->booking_count * sizeof(*grown));
		}
		office->bookings = grown;
		builder->capacity = capacity;
	}
	return &office->bookings[office->booking_count++];
}

/* A stay belongs to the part of the booking that it was made for: during its check-in, or at least on its day. Of
 * somebody who went and came back the last one counts. */
static struct stay *stay_of_part(const struct builder *builder, const struct office_booking *booking)
{
	size_t count = 0;
	struct stay *stays =
		stays_of_booking(&builder->stays, booking->feed, booking->uid, booking->recurrence_id, &count);
	const struct zone *zone = builder->input->config->zone;
	struct stay *last = NULL;
	for (size_t i = 0; i < count; i++) {
		int64_t at = stays[i].entry->at_utc;
		bool is_in_time = at >= booking->opens_utc && at < booking->end_utc;
		if (is_in_time || zone_day(zone, at) == zone_day(zone, booking->start_utc)) {
			stays[i].is_used = true;
			last = &stays[i];
		}
	}
	return last;
}

static void apply_stay(const struct builder *builder, struct office_booking *booking, const struct stay *stay)
{
	int64_t now_utc = builder->input->now_utc;
	booking->entry = stay->entry;
	booking->place = place_index(builder, stay->entry->place);
	bool follows_row = booking->row && booking->place == booking->own_place && !stay->left;
	booking->until_utc = follows_row || stay->until_utc > booking->end_utc ? booking->end_utc : stay->until_utc;
	booking->state = now_utc >= booking->end_utc     ? BOOKING_ENDED
			 : stay->left                    ? BOOKING_CHECKED_OUT
			 : now_utc >= booking->until_utc ? BOOKING_CHECKED_OUT
							 : BOOKING_CHECKED_IN;
}

static enum booking_state state_without_stay(const struct office_booking *booking, int64_t now_utc, bool is_sure)
{
	if (!booking->has_checkin) {
		return now_utc < booking->start_utc ? BOOKING_AHEAD
		       : now_utc < booking->end_utc ? BOOKING_ONGOING
						    : BOOKING_ENDED;
	}
	if (now_utc >= booking->end_utc) {
		bool could_come = booking->end_utc > booking->start_utc;
		return is_sure && could_come ? BOOKING_NO_SHOW : BOOKING_ENDED;
	}
	if (now_utc < booking->opens_utc) {
		return BOOKING_AHEAD;
	}
	if (now_utc < booking->grace_utc) {
		return BOOKING_WAITING;
	}
	return is_sure ? BOOKING_NO_SHOW : BOOKING_UNSURE;
}

static void set_times(const struct builder *builder, struct office_booking *booking, int64_t start, int64_t end)
{
	const struct config *config = builder->input->config;
	booking->start_utc = start;
	booking->end_utc = booking->until_utc = end;
	booking->opens_utc = start - config->checkin_opens_s;
	int64_t grace = start + config->checkin_grace_s;
	booking->grace_utc = grace < end ? grace : end;
}

static bool add_row(struct builder *builder, const struct cache_row *row, int feed, int64_t start, int64_t end)
{
	struct office_booking *booking = add_booking(builder);
	if (!booking) {
		return false;
	}
	int place = row->place[0] ? place_index(builder, row->place) : -1;
	*booking = (struct office_booking){.row = row,
					   .feed = row->feed,
					   .uid = row->uid,
					   .recurrence_id = row->recurrence_id,
					   .label = row->is_private ? "" : row->title,
					   .is_person = row->is_person,
					   .is_all_day = row->span.all_day,
					   .place = place,
					   .own_place = place,
					   .lanes = 1};
	booking->has_checkin = place >= 0 ? builder->input->config->places[place].checkin : builder->office_checks_in;
	set_times(builder, booking, start, end);
	const struct stay *stay = stay_of_part(builder, booking);
	if (stay) {
		apply_stay(builder, booking, stay);
	} else {
		bool is_sure = builder->input->is_trusted && builder->ages[feed] <= AGE_AGEING;
		booking->state = state_without_stay(booking, builder->input->now_utc, is_sure);
	}
	booking->id = office_row_id(builder->office->arena, row);
	return true;
}

static bool add_rows(struct builder *builder)
{
	const struct office_input *input = builder->input;
	const char *feed_name = "";
	int feed = -1;
	for (size_t i = 0; i < input->rows->count; i++) {
		const struct cache_row *row = &input->rows->items[i];
		int64_t start = 0, end = 0;
		if (!row_part(builder, row, &start, &end)) {
			continue;
		}
		if (strcmp(feed_name, row->feed) != 0) {
			feed_name = row->feed;
			feed = feed_index(input->config, feed_name);
		}
		bool is_booking = feed >= 0 && input->config->feeds[feed].kind == FEED_BOOKINGS &&
				  row->busy != OCCURRENCE_FREE && row->status != OCCURRENCE_CANCELLED;
		if (is_booking && !add_row(builder, row, feed, start, end)) {
			return false;
		}
	}
	return true;
}

/* Somebody sits there, whether or not a feed knows of it. */
static bool add_stay(struct builder *builder, const struct stay *stay)
{
	const struct journal_entry *entry = stay->entry;
	struct office *office = builder->office;
	struct office_booking *booking = add_booking(builder);
	if (!booking) {
		return false;
	}
	bool is_drop_in = entry->action == JOURNAL_DROP_IN;
	*booking = (struct office_booking){.feed = entry->feed,
					   .uid = entry->uid,
					   .recurrence_id = entry->recurrence_id,
					   .label = entry->label,
					   .is_drop_in = is_drop_in,
					   .is_person = !is_drop_in,
					   .own_place = -1,
					   .has_checkin = true,
					   .lanes = 1};
	set_times(builder, booking, entry->start_utc, entry->end_utc);
	apply_stay(builder, booking, stay);
	booking->own_place = booking->place;
	bool is_over = booking->state != BOOKING_CHECKED_IN;
	booking->id = !is_drop_in ? office_id(office->arena, entry->uid, entry->recurrence_id)
		      : is_over   ? arena_print(office->arena, "dropin:%s:%lld", entry->place, (long long)entry->id)
				  : arena_print(office->arena, "dropin:%s", entry->place);
	return true;
}

static bool add_stays(struct builder *builder)
{
	const struct office *office = builder->office;
	for (size_t i = 0; i < builder->stays.count; i++) {
		const struct stay *stay = &builder->stays.items[i];
		bool is_of_day = stay->until_utc > office->day_start_utc && stay->first_utc < office->day_end_utc &&
				 stay->entry->start_utc < office->day_end_utc;
		bool has_come_back = i + 1 < builder->stays.count && stays_are_of_one(stay, stay + 1);
		if (!stay->is_used && !has_come_back && is_of_day && !add_stay(builder, stay)) {
			return false;
		}
	}
	return true;
}

static bool build(struct builder *builder)
{
	struct office *office = builder->office;
	const struct office_input *input = builder->input;
	if (!read_ages(builder) || !prepare_places(builder) ||
	    !stays_from_entries(office->arena, input->entries, builder->also_undone, &builder->stays) ||
	    !add_rows(builder) || !add_stays(builder)) {
		return false;
	}
	office_settle(office, input);
	sooner(office, input->now_utc, office->opens_utc);
	sooner(office, input->now_utc, office->closes_utc);
	sooner(office, input->now_utc, office->day_end_utc);
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		const int64_t steps[] = {booking->opens_utc, booking->start_utc, booking->grace_utc, booking->until_utc,
					 booking->end_utc};
		for (size_t step = 0; step < sizeof(steps) / sizeof(steps[0]); step++) {
			sooner(office, input->now_utc, steps[step]);
		}
	}
	return !arena_failed(office->arena);
}

struct office *office_create_trial(const struct office_input *input, int32_t day, int64_t also_undone)
{
	const struct config *config = input->config;
	struct arena *arena = arena_create();
	struct office *office = arena ? arena_alloc(arena, sizeof(*office)) : NULL;
	if (!office) {
		arena_destroy(arena);
		return NULL;
	}
	*office = (struct office){.now_utc = input->now_utc,
				  .day = day,
				  .day_start_utc = zone_day_start(config->zone, day),
				  .day_end_utc = zone_day_start(config->zone, day + 1),
				  .opens_utc = at_minute(config, day, config->opens_min),
				  .closes_utc = at_minute(config, day, config->closes_min),
				  .changes_utc = INT64_MAX,
				  .arena = arena};
	struct builder builder = {.input = input, .office = office, .also_undone = also_undone};
	if (!build(&builder)) {
		office_destroy(office);
		return NULL;
	}
	return office;
}

struct office *office_create_day(const struct office_input *input, int32_t day)
{
	return office_create_trial(input, day, 0);
}

struct office *office_create(const struct office_input *input)
{
	return office_create_day(input, zone_day(input->config->zone, input->now_utc));
}

void office_destroy(struct office *office)
{
	if (office) {
		arena_destroy(office->arena);
	}
}
