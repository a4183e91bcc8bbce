/* See office.h. One pass over the rows finds the bookings of the day, and the stays of the journal show who came. Stays
 * that remain are drop-ins, and bookings that have left their feed since. */
#include "office.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/arena.h"
#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"

/* The state while an office is being made. */
struct builder {
	const struct office_input *input;
	struct office *office;
	struct stays stays;
	enum feed_age *ages;        /* by configured feed */
	const char **sorted_places; /* ids, for look-up */
	int *sorted_index;
	bool office_checks_in; /* any place does */
	const char *also_undone;
	size_t capacity;
};

struct office_input office_input_from_snapshot(const struct config *config, const struct snapshot *snapshot,
					       int64_t now_utc, bool is_trusted)
{
	return (struct office_input){.config = config,
				     .rows = &snapshot->rows,
				     .spans = snapshot->rows_part ? snapshot->rows_part->spans : NULL,
				     .span_count = snapshot->rows_part ? snapshot->rows_part->span_count : 0,
				     .entries = &snapshot->entries,
				     .feeds = snapshot->feeds,
				     .feed_count = snapshot->feed_count,
				     .now_utc = now_utc,
				     .is_trusted = is_trusted};
}

bool office_is_blind(const struct office_input *input)
{
	return input->config->mode == MODE_WALL && !input->config->share.name && input->entries->count == 0;
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

static bool read_ages(struct builder *builder)
{
	const struct office_input *input = builder->input;
	const struct config *config = input->config;
	builder->ages = arena_alloc(builder->office->arena, (config->feed_count + 1) * sizeof(*builder->ages));
	for (size_t i = 0; builder->ages && i < config->feed_count; i++) {
		const struct snapshot_feed *seen = office_feed_seen(input, config->feeds[i].name);
		int64_t agreed = seen ? seen->agreed_utc : 0;
		builder->ages[i] = office_feed_age(&config->feeds[i], agreed, input->now_utc);
		office_changes_at(builder->office, office_feed_age_changes(&config->feeds[i], agreed, input->now_utc));
	}
	return builder->ages;
}

static int compare_place_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What is known about the place's feed. */
static void read_edge(const struct builder *builder, struct office_place *place)
{
	const struct office_input *input = builder->input;
	int feed = place->config->feed ? feed_index(input->config, place->config->feed) : -1;
	const struct snapshot_feed *seen = feed < 0 ? NULL : office_feed_seen(input, place->config->feed);
	if (seen) {
		place->age = builder->ages[feed];
		place->doubt =
			office_feed_doubt(&input->config->feeds[feed], seen, builder->office->day, input->now_utc);
		place->agreed_utc = seen->agreed_utc;
		place->skipped = seen->skipped;
	}
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
		office->places[i] = (struct office_place){.config = place,
							  .age = AGE_UNKNOWN,
							  .doubt = DOUBT_NEVER_READ,
							  .current = -1,
							  .rival = -1,
							  .next = -1};
		read_edge(builder, &office->places[i]);
		builder->office_checks_in |= place->checkin == CHECKIN_YES;
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

/* Computes the part of a row that belongs to the day. A booking of several days has a part for each day: somebody who
 * booked a week checks in every morning. */
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

/* There is room for every row of the day and every stay. */
static struct office_booking *add_booking(struct builder *builder)
{
	assert(builder->office->booking_count < builder->capacity);
	return &builder->office->bookings[builder->office->booking_count++];
}

static bool is_optional(const struct builder *builder, const struct office_booking *booking)
{
	return booking->own_place >= 0 &&
	       builder->input->config->places[booking->own_place].checkin == CHECKIN_OPTIONAL;
}

/* A stay belongs to the part of the booking for which it was made: during its check-in, or at least on its day. When
 * somebody left and came back, the last stay counts. */
static struct stay *stay_of_part(const struct builder *builder, const struct office_booking *booking)
{
	size_t count = 0;
	struct stay *stays =
		stays_of_booking(&builder->stays, booking->feed, booking->uid, booking->recurrence_id, &count);
	const struct zone *zone = builder->input->config->zone;
	struct stay *last = NULL;
	for (size_t i = 0; i < count; i++) {
		int64_t at = stays[i].first_utc;
		bool is_in_time = at >= booking->opens_utc && at < booking->end_utc;
		bool counts = !stays[i].is_end_only || is_optional(builder, booking);
		if (counts && (is_in_time || zone_day(zone, at) == zone_day(zone, booking->start_utc))) {
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
	booking->seated = stay->is_end_only ? NULL : stay->seated;
	booking->place = place_index(builder, stay->entry->place);
	bool follows_row = booking->row && booking->place == booking->own_place && !stay->left;
	booking->since_utc = stay->is_end_only ? 0 : stay->first_utc;
	booking->seated_utc = stay->is_end_only ? 0 : stay->seated_utc;
	booking->until_utc = small_min(stay->until_utc, booking->end_utc);
	if (stay->is_extended) {
		booking->until_utc = follows_row ? small_max(stay->until_utc, booking->end_utc) : stay->until_utc;
	} else if (follows_row) {
		booking->until_utc = booking->end_utc;
	}
	booking->state = now_utc >= small_max(booking->end_utc, booking->until_utc) ? BOOKING_ENDED
			 : stay->left || now_utc >= booking->until_utc              ? BOOKING_CHECKED_OUT
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

/* Returns until when the place is held for somebody who has not come. Nobody is late before the office has opened, and
 * whoever booked the whole day, as a date or as its hours, need not come at once. */
static int64_t grace_end(const struct config *config, int64_t start, int64_t end)
{
	int32_t day = zone_day(config->zone, start);
	int64_t opens = office_at_minute(config, day, config->opens_min);
	int64_t grace = small_max(start, opens) + config->checkin_grace_s;
	/* Where a booking ends at 23:59, the last minute of the day does not count as missing. */
	if (start <= opens && end + 60 >= office_at_minute(config, day, config->closes_min)) {
		grace = small_max(grace, office_at_minute(config, day, config->hold_all_day_min));
	}
	return small_min(grace, end);
}

static void set_times(const struct builder *builder, struct office_booking *booking, int64_t start, int64_t end)
{
	const struct config *config = builder->input->config;
	booking->start_utc = start;
	booking->end_utc = booking->until_utc = end;
	booking->opens_utc = start - config->checkin_opens_s;
	booking->grace_utc = grace_end(config, start, end);
}

static void add_row(struct builder *builder, const struct cache_row *row, int feed, int64_t start, int64_t end)
{
	struct office_booking *booking = add_booking(builder);
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
	bool is_blind = office_is_blind(builder->input);
	bool has_checkin =
		place >= 0 ? builder->input->config->places[place].checkin == CHECKIN_YES : builder->office_checks_in;
	booking->has_checkin = has_checkin && !is_blind;
	booking->is_unseen = has_checkin && is_blind;
	set_times(builder, booking, start, end);
	const struct stay *stay = stay_of_part(builder, booking);
	if (stay) {
		apply_stay(builder, booking, stay);
	} else {
		bool is_sure = builder->input->is_trusted && builder->ages[feed] <= AGE_AGEING;
		booking->state = state_without_stay(booking, builder->input->now_utc, is_sure);
	}
	booking->id = office_row_id(builder->office->arena, row);
}

/* The rows of the day are counted first, so that the list of bookings does not grow by being copied. */
static size_t count_rows(const struct builder *builder)
{
	struct office_walk walk;
	size_t count = 0;
	office_walk_day(&walk, builder->input, FEED_BOOKINGS, builder->office->day);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		int64_t start = 0, end = 0;
		count += row_part(builder, row, &start, &end);
	}
	return count;
}

static bool make_room(struct builder *builder)
{
	struct office *office = builder->office;
	builder->capacity = count_rows(builder) + builder->stays.count;
	office->bookings = arena_alloc(office->arena, (builder->capacity + 1) * sizeof(*office->bookings));
	return office->bookings;
}

static void add_rows(struct builder *builder)
{
	struct office_walk walk;
	office_walk_day(&walk, builder->input, FEED_BOOKINGS, builder->office->day);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		int64_t start = 0, end = 0;
		bool is_booking = row->busy != OCCURRENCE_FREE && row->status != OCCURRENCE_CANCELLED;
		if (is_booking && row_part(builder, row, &start, &end)) {
			add_row(builder, row, walk.feed, start, end);
		}
	}
}

/* Returns whether somebody else without a booking, who is earlier in the list, sits at the same place now. */
static bool is_second_at_place(const struct builder *builder, const struct stay *stay)
{
	for (size_t i = 0; i < builder->office->booking_count; i++) {
		const struct office_booking *other = &builder->office->bookings[i];
		if (other->is_drop_in && other->state == BOOKING_CHECKED_IN &&
		    strcmp(other->entry->place, stay->entry->place) == 0) {
			return true;
		}
	}
	return false;
}

/* Adds a booking for somebody who sits there, whether or not a feed knows of it. */
static void add_stay(struct builder *builder, const struct stay *stay)
{
	const struct journal_entry *entry = stay->entry;
	struct office *office = builder->office;
	bool is_second = is_second_at_place(builder, stay);
	struct office_booking *booking = add_booking(builder);
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
		      : is_over || is_second
			      ? arena_print(office->arena, "dropin:%s:%lld", entry->place, (long long)entry->id)
			      : arena_print(office->arena, "dropin:%s", entry->place);
}

static void add_stays(struct builder *builder)
{
	const struct office *office = builder->office;
	for (size_t i = 0; i < builder->stays.count; i++) {
		const struct stay *stay = &builder->stays.items[i];
		bool is_of_day = stay->until_utc > office->day_start_utc && stay->first_utc < office->day_end_utc &&
				 stay->entry->start_utc < office->day_end_utc;
		bool has_come_back = i + 1 < builder->stays.count && stays_are_of_one(stay, stay + 1);
		bool is_there = !stay->is_used && !stay->is_end_only && !has_come_back;
		if (is_there && is_of_day) {
			add_stay(builder, stay);
		}
	}
}

static bool build(struct builder *builder)
{
	struct office *office = builder->office;
	const struct office_input *input = builder->input;
	if (!read_ages(builder) || !prepare_places(builder) ||
	    !stays_from_entries(office->arena, input->entries, builder->also_undone, &builder->stays) ||
	    !make_room(builder) || !closure_settle(office, input)) {
		return false;
	}
	add_rows(builder);
	add_stays(builder);
	office_settle(office, input);
	office_changes_at(office, office->opens_utc);
	office_changes_at(office, office->closes_utc);
	office_changes_at(office, office->day_end_utc);
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		const int64_t steps[] = {booking->opens_utc, booking->start_utc, booking->grace_utc, booking->until_utc,
					 booking->end_utc};
		for (size_t step = 0; step < sizeof(steps) / sizeof(steps[0]); step++) {
			office_changes_at(office, steps[step]);
		}
	}
	return !arena_failed(office->arena);
}

struct office *office_create_trial(const struct office_input *input, int32_t day, const char *also_undone)
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
				  .opens_utc = office_at_minute(config, day, config->opens_min),
				  .closes_utc = office_at_minute(config, day, config->closes_min),
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
	return office_create_trial(input, day, "");
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
