/* The second half of making an office: computes the places from the bookings. Also finds a booking by the name that a
 * person gives. */
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"
#include "ical/sum.h"

const char *office_id(struct arena *arena, const char *uid, const char *recurrence_id)
{
	return recurrence_id[0] ? arena_print(arena, "%s@%s", uid, recurrence_id) : uid;
}

const char *office_row_id(struct arena *arena, const struct cache_row *row)
{
	return office_id(arena, row->uid, row->recurrence_id);
}

static int compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* What bookings are sorted by. It is small, because 20,000 keys are sorted faster than bookings are moved. Those of one
 * time stand by what is shown of them; an id follows the installation's key and is no order that anybody understands.
 */
struct sort_key {
	int64_t start_utc, end_utc;
	const char *label;
	unsigned place; /* as unsigned, "nowhere" (-1) comes last */
	unsigned index;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *left = a, *right = b;
	if (left->place != right->place) {
		return left->place > right->place ? 1 : -1;
	}
	int order = compare_int64(left->start_utc, right->start_utc);
	if (order == 0) {
		order = compare_int64(left->end_utc, right->end_utc);
	}
	if (order == 0) {
		order = strncmp(left->label, right->label, NAME_SORTED_LETTERS);
	}
	return order == 0 ? (left->index > right->index) - (left->index < right->index) : order;
}

/* Moves each booking to where its key stands, one cycle of the permutation after the other. */
static void apply_order(struct office_booking *bookings, struct sort_key *keys, size_t count)
{
	for (size_t start = 0; start < count; start++) {
		struct office_booking first = bookings[start];
		size_t at = start;
		while (keys[at].index != start) {
			size_t from = keys[at].index;
			bookings[at] = bookings[from];
			keys[at].index = (unsigned)at;
			at = from;
		}
		bookings[at] = first;
		keys[at].index = (unsigned)at;
	}
}

static void sort_bookings(struct office *office)
{
	size_t count = office->booking_count;
	struct sort_key *keys = arena_alloc(office->arena, (count + 1) * sizeof(*keys));
	if (!keys) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		keys[i] = (struct sort_key){.start_utc = booking->start_utc,
					    .end_utc = booking->end_utc,
					    .label = booking->label,
					    .place = (unsigned)booking->place,
					    .index = (unsigned)i};
	}
	qsort(keys, count, sizeof(*keys), compare_keys);
	apply_order(office->bookings, keys, count);
}

static int compare_by_id(const void *a, const void *b)
{
	const struct office_booking *left = *(const struct office_booking *const *)a;
	const struct office_booking *right = *(const struct office_booking *const *)b;
	int order = strcmp(left->id, right->id);
	return order == 0 ? strcmp(left->feed, right->feed) : order;
}

/* Returns whether two bookings have one id. Only a table is made for that, because nearly always there are none. */
static bool has_equal_ids(struct office *office)
{
	size_t size = 64;
	while (size < 2 * office->booking_count) {
		size *= 2;
	}
	unsigned *table = arena_alloc(office->arena, size * sizeof(*table)); /* index + 1; 0 empty */
	for (size_t i = 0; table && i < office->booking_count; i++) {
		const char *id = office->bookings[i].id;
		uint64_t hash = sum_bytes(sum_start(), id, strlen(id));
		size_t at = (size_t)(hash ^ (hash >> 32)) & (size - 1);
		for (; table[at]; at = (at + 1) & (size - 1)) {
			if (strcmp(office->bookings[table[at] - 1].id, id) == 0) {
				return true;
			}
		}
		table[at] = (unsigned)i + 1;
	}
	return false;
}

/* One UID may occur in two feeds, but an id must be unique. */
static void make_ids_unique(struct office *office)
{
	if (!has_equal_ids(office)) {
		return;
	}
	struct office_booking **sorted = arena_alloc(office->arena, (office->booking_count + 1) * sizeof(*sorted));
	if (!sorted) {
		return;
	}
	for (size_t i = 0; i < office->booking_count; i++) {
		sorted[i] = &office->bookings[i];
	}
	qsort(sorted, office->booking_count, sizeof(*sorted), compare_by_id);
	const char *last = NULL;
	for (size_t i = 0; i < office->booking_count; i++) {
		if (last && strcmp(last, sorted[i]->id) == 0) {
			sorted[i]->id = arena_print(office->arena, "%s:%s", sorted[i]->feed, sorted[i]->id);
		} else {
			last = sorted[i]->id;
		}
	}
}

/* A person who came instead of an absent one ends that booking. */
static void cut_no_shows(struct office_booking *bookings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct journal_entry *entry = bookings[i].entry;
		for (size_t j = 0; entry && j < count; j++) {
			struct office_booking *other = &bookings[j];
			bool is_unused = !other->entry && other->has_checkin && other->state != BOOKING_AHEAD;
			int64_t at = bookings[i].seated_utc;
			if (is_unused && at >= other->grace_utc && at < other->until_utc) {
				other->until_utc = at;
			}
		}
	}
}

static void finish_cluster(struct office_booking *bookings, size_t first, size_t end, int lanes, int64_t now_utc)
{
	for (size_t i = first; i < end; i++) {
		bookings[i].lanes = lanes;
		bookings[i].is_conflict = lanes > 1 && bookings[i].until_utc > now_utc;
	}
}

/* A cluster is a run of bookings in which each overlaps an earlier one; its members share the row's height. */
static void set_lanes(struct office_booking *bookings, size_t count, int64_t now_utc)
{
	int64_t lane_ends[OFFICE_LANES_MAX] = {0};
	int64_t cluster_end = INT64_MIN;
	size_t first = 0;
	int lanes = 0;
	for (size_t i = 0; i < count; i++) {
		struct office_booking *booking = &bookings[i];
		if (booking->until_utc <= booking->start_utc && booking->entry) {
			continue; /* the person left before it began, so it takes no room */
		}
		if (booking->start_utc >= cluster_end) {
			finish_cluster(bookings, first, i, lanes, now_utc);
			first = i;
			lanes = 0;
		}
		int lane = 0;
		while (lane < lanes && lane < OFFICE_LANES_MAX - 1 && lane_ends[lane] > booking->start_utc) {
			lane++;
		}
		lanes = lane == lanes ? lanes + 1 : lanes;
		lane_ends[lane] = booking->until_utc;
		booking->lane = lane;
		cluster_end = booking->until_utc > cluster_end ? booking->until_utc : cluster_end;
	}
	finish_cluster(bookings, first, count, lanes, now_utc);
}

/* Whoever sits at the place is asked about for each person who may come. */
static void find_seated(struct office *office, struct office_place *place)
{
	const struct office_booking *bookings = &office->bookings[place->first];
	size_t count = 0;
	for (size_t i = 0; i < place->count; i++) {
		count += bookings[i].state == BOOKING_CHECKED_IN;
	}
	place->seated = count > 0 ? arena_alloc(office->arena, count * sizeof(*place->seated)) : NULL;
	for (size_t i = 0; place->seated && i < place->count; i++) {
		if (bookings[i].state == BOOKING_CHECKED_IN) {
			place->seated[place->seated_count++] = place->first + i;
		}
	}
}

/* Ranks how much a booking says about the place now; 0 means nothing. */
static int presence(const struct office_booking *booking, int64_t now_utc)
{
	static const int weights[] = {
		[BOOKING_CHECKED_IN] = 4, [BOOKING_ONGOING] = 3, [BOOKING_WAITING] = 2,
		[BOOKING_UNSURE] = 1,     [BOOKING_ENDED] = 0,
	};
	bool has_turn = booking->state == BOOKING_CHECKED_IN && booking->start_utc <= now_utc;
	return weights[booking->state] + has_turn; /* a person who came early yields to the one whose turn it is */
}

static enum place_state place_state(const struct office_place *place, const struct office_booking *current)
{
	if (!current) {
		return place->doubt == DOUBT_NONE ? PLACE_FREE : PLACE_UNKNOWN;
	}
	switch (current->state) {
	case BOOKING_CHECKED_IN:
		return current->is_drop_in ? PLACE_TAKEN : PLACE_CHECKED_IN;
	case BOOKING_ONGOING:
		return PLACE_ONGOING;
	case BOOKING_WAITING:
		return PLACE_WAITING;
	default:
		return PLACE_UNKNOWN;
	}
}

int64_t office_claim_start(const struct office_booking *booking)
{
	return booking->is_drop_in || booking->place != booking->own_place
		       ? booking->seated_utc
		       : small_max(booking->seated_utc, booking->start_utc);
}

static bool sits_there(const struct office_booking *booking, int64_t now_utc)
{
	return booking->state == BOOKING_CHECKED_IN && booking->seated && office_claim_start(booking) <= now_utc;
}

/* Finds the two who came first among those who sit there. More than one can sit there only after two machines that
 * were cut off from each other gave the place away: the first one keeps it. */
static void settle_rivals(struct office *office, struct office_place *place, int64_t now_utc)
{
	int first = -1, second = -1;
	for (int i = (int)place->first; i < (int)(place->first + place->count); i++) {
		const struct office_booking *booking = &office->bookings[i];
		if (!sits_there(booking, now_utc)) {
			continue;
		}
		if (first < 0 || journal_entry_compare(booking->seated, office->bookings[first].seated) < 0) {
			second = first;
			first = i;
		} else if (second < 0 || journal_entry_compare(booking->seated, office->bookings[second].seated) < 0) {
			second = i;
		}
	}
	if (second >= 0) {
		place->current = first;
		place->rival = second;
	}
}

static void settle_place(struct office *office, struct office_place *place, int64_t now_utc)
{
	struct office_booking *bookings = &office->bookings[place->first];
	cut_no_shows(bookings, place->count);
	set_lanes(bookings, place->count, now_utc);
	find_seated(office, place);
	int best = 0;
	for (size_t i = 0; i < place->count; i++) {
		int weight = presence(&bookings[i], now_utc);
		if (weight > best) {
			best = weight;
			place->current = (int)(place->first + i);
		}
	}
	settle_rivals(office, place, now_utc);
	for (size_t i = 0; i < place->count && place->next < 0; i++) {
		bool will_come = bookings[i].state == BOOKING_AHEAD || presence(&bookings[i], now_utc) > 0;
		if (will_come && bookings[i].start_utc > now_utc && (int)(place->first + i) != place->current) {
			place->next = (int)(place->first + i);
		}
	}
	place->state = place_state(place, place->current < 0 ? NULL : &office->bookings[place->current]);
	place->free_until_utc = place->next >= 0               ? office->bookings[place->next].start_utc
				: now_utc < office->closes_utc ? office->closes_utc
							       : office->day_end_utc;
	if (office->closed_from_utc > now_utc) {
		place->free_until_utc = small_min(place->free_until_utc, office->closed_from_utc);
	}
	bool is_offered = place->config->checkin != CHECKIN_NO && place->current < 0 && !office->is_closed_now &&
			  place->free_until_utc > now_utc;
	place->may_be_taken = is_offered && place->state == PLACE_FREE;
	place->may_be_taken_anyway = is_offered && place->state == PLACE_UNKNOWN;
	if (place->config->kind == PLACE_DESK) {
		office->desk_count++;
		office->free_desks += place->state == PLACE_FREE && !office->is_closed_now;
		office->unknown_desks += place->state == PLACE_UNKNOWN;
	}
}

void office_settle(struct office *office, const struct office_input *input)
{
	make_ids_unique(office);
	sort_bookings(office);
	size_t next = 0;
	for (size_t i = 0; i < office->place_count; i++) {
		struct office_place *place = &office->places[i];
		place->first = next;
		while (next < office->booking_count && office->bookings[next].place == (int)i) {
			next++;
		}
		place->count = next - place->first;
		settle_place(office, place, input->now_utc);
	}
	office->unplaced_first = next;
	if (next < office->booking_count) {
		set_lanes(&office->bookings[next], office->booking_count - next, input->now_utc);
	}
	for (size_t i = next; i < office->booking_count; i++) {
		office->bookings[i].is_conflict = false; /* bookings without a place do not conflict */
	}
}

enum { DISTANCE_OVER = 5 };

/* Ranks how likely somebody means this booking; smaller is likelier. */
static int distance(const struct office *office, const struct office_booking *booking, bool to_check_in)
{
	static const int distances[] = {
		[BOOKING_CHECKED_IN] = 0, [BOOKING_ONGOING] = 0,           [BOOKING_WAITING] = 1,
		[BOOKING_UNSURE] = 1,     [BOOKING_NO_SHOW] = 3,           [BOOKING_CHECKED_OUT] = 3,
		[BOOKING_AHEAD] = 4,      [BOOKING_ENDED] = DISTANCE_OVER,
	};
	if (small_max(booking->end_utc, booking->until_utc) <= office->now_utc) {
		return DISTANCE_OVER;
	}
	return to_check_in && distances[booking->state] == 0 ? 2 : distances[booking->state];
}

static const struct office_booking *likelier(const struct office *office, const struct office_booking *a,
					     const struct office_booking *b, bool to_check_in)
{
	if (!a) {
		return b;
	}
	int near_a = distance(office, a, to_check_in), near_b = distance(office, b, to_check_in);
	/* Among bookings that are over the last one wins, among all others the first one. */
	bool is_b = near_b != near_a ? near_b < near_a : near_a == DISTANCE_OVER && b->start_utc >= a->start_utc;
	return is_b ? b : a;
}

static const struct office_booking *find(const struct office *office, const char *id, bool to_check_in)
{
	const struct office_booking *by_uid = NULL, *by_place = NULL;
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		if (strcmp(booking->id, id) == 0) {
			return booking;
		}
		if (booking->uid[0] && strcmp(booking->uid, id) == 0) {
			by_uid = likelier(office, by_uid, booking, to_check_in);
		}
		if (booking->place >= 0 && strcmp(office->places[booking->place].config->id, id) == 0) {
			by_place = likelier(office, by_place, booking, to_check_in);
		}
	}
	return by_uid ? by_uid : by_place;
}

const struct office_booking *office_find(const struct office *office, const char *id)
{
	return find(office, id, false);
}

const struct office_booking *office_find_to_check_in(const struct office *office, const char *id)
{
	return find(office, id, true);
}

void office_row_times(const struct config *config, const struct cache_row *row, int64_t *out_start_utc,
		      int64_t *out_end_utc)
{
	const struct span *span = &row->span;
	if (!span->all_day) {
		*out_start_utc = span->start_utc;
		*out_end_utc = span->end_utc;
		return;
	}
	int32_t last = span->end_day > span->start_day ? span->end_day - 1 : span->start_day;
	*out_start_utc = zone_utc(config->zone, (int64_t)span->start_day * DAY_S + (int64_t)config->opens_min * 60);
	*out_end_utc = zone_utc(config->zone, (int64_t)last * DAY_S + (int64_t)config->closes_min * 60);
}

int32_t office_row_day(const struct office_input *input, const struct cache_row *row)
{
	return row->span.all_day ? row->span.start_day : zone_day(input->config->zone, row->span.start_utc);
}

static bool row_is_called(const struct cache_row *row, const char *id)
{
	size_t length = strlen(row->uid);
	if (length == 0 || strncmp(row->uid, id, length) != 0) {
		return false;
	}
	return id[length] == '\0' || (id[length] == '@' && strcmp(id + length + 1, row->recurrence_id) == 0);
}

const struct cache_row *office_find_row(const struct office_input *input, enum feed_kind kind, const char *id)
{
	const struct cache_row *best = NULL;
	int64_t best_start = 0;
	bool best_is_over = true;
	struct office_walk walk;
	office_walk(&walk, input, kind);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		if (!row_is_called(row, id)) {
			continue;
		}
		int64_t start = 0, end = 0;
		office_row_times(input->config, row, &start, &end);
		bool is_over = end <= input->now_utc;
		bool is_better = !best || (is_over != best_is_over ? !is_over : is_over == (start > best_start));
		if (is_better) {
			best = row;
			best_start = start;
			best_is_over = is_over;
		}
	}
	return best;
}
