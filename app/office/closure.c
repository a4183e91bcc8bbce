/* Computes when the office is closed within its hours, when it opens again, and which notices are in force: from the
 * feeds of closures and notices, and from the weekdays on which the office is always closed. */
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"

struct piece {
	int64_t from_utc, to_utc;
	const struct cache_row *row;
};

struct pieces {
	struct piece *items;
	size_t count;
};

static struct piece make_piece(const struct config *config, const struct cache_row *row)
{
	const struct span *span = &row->span;
	if (!span->all_day) {
		return (struct piece){span->start_utc, span->end_utc, row};
	}
	int32_t end_day = span->end_day > span->start_day ? span->end_day : span->start_day + 1;
	return (struct piece){zone_day_start(config->zone, span->start_day), zone_day_start(config->zone, end_day),
			      row};
}

/* Returns how many rows the feeds of a kind hold, and copies them to `items` unless that is NULL. It does not matter
 * whether a row blocks time, because public holidays in most calendars do not. */
static size_t pick(const struct office_input *input, enum feed_kind kind, struct piece *items)
{
	struct office_walk walk;
	size_t count = 0;
	office_walk(&walk, input, kind);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		if (row->status != OCCURRENCE_CANCELLED) {
			if (items) {
				items[count] = make_piece(input->config, row);
			}
			count++;
		}
	}
	return count;
}

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *left = a, *right = b;
	return (left->from_utc > right->from_utc) - (left->from_utc < right->from_utc);
}

/* Sorts the rows by their beginning. Returns false when memory ran out. */
static bool collect(struct arena *arena, const struct office_input *input, enum feed_kind kind, struct pieces *out)
{
	*out = (struct pieces){.count = pick(input, kind, NULL)};
	out->items = arena_alloc(arena, (out->count + 1) * sizeof(*out->items));
	if (!out->items) {
		return false;
	}
	pick(input, kind, out->items);
	qsort(out->items, out->count, sizeof(*out->items), compare_pieces);
	return true;
}

/* Joins pieces that touch. */
static struct pieces join(struct arena *arena, const struct pieces *pieces)
{
	struct pieces joined = {.items = arena_alloc(arena, (pieces->count + 1) * sizeof(*joined.items))};
	for (size_t i = 0; joined.items && i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];
		struct piece *last = joined.count > 0 ? &joined.items[joined.count - 1] : NULL;
		if (!last || piece->from_utc > last->to_utc) {
			joined.items[joined.count++] = *piece;
		} else if (piece->to_utc > last->to_utc) {
			last->to_utc = piece->to_utc;
		}
	}
	return joined;
}

/* Returns the first piece that is not over at the time; NULL none. */
static const struct piece *next_piece(const struct pieces *pieces, int64_t utc)
{
	for (size_t i = 0; i < pieces->count; i++) {
		if (pieces->items[i].to_utc > utc) {
			return &pieces->items[i];
		}
	}
	return NULL;
}

static bool is_closed_weekday(const struct config *config, int32_t day)
{
	return config->closed_weekdays & 1U << civil_weekday(day);
}

/* Returns the name of the closure that lies in [from, to); "" when it is private or a weekday. */
static const char *reason(const struct pieces *pieces, int64_t from_utc, int64_t to_utc)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];
		if (piece->from_utc < to_utc && piece->to_utc > from_utc) {
			return piece->row->is_private ? "" : piece->row->title;
		}
	}
	return "";
}

static void settle_closure(struct office *office, const struct office_input *input, const struct pieces *pieces,
			   const struct pieces *joined)
{
	const struct piece *day = next_piece(joined, office->opens_utc);
	const struct piece *next = next_piece(joined, small_max(office->now_utc, office->day_start_utc));
	office->is_closed = is_closed_weekday(input->config, office->day) ||
			    (day && day->from_utc <= office->opens_utc && day->to_utc >= office->closes_utc);
	if (office->is_closed) {
		office->closed_from_utc = office->day_start_utc;
		office->closed_until_utc = office->day_end_utc;
		office->closed_why = reason(pieces, office->opens_utc, office->closes_utc);
	} else if (next && next->from_utc < office->day_end_utc) {
		office->closed_from_utc = next->from_utc;
		office->closed_until_utc = next->to_utc;
		office->closed_why = reason(pieces, next->from_utc, next->to_utc);
	}
}

static int64_t find_opening(const struct office_input *input, const struct pieces *joined)
{
	const struct config *config = input->config;
	int32_t today = zone_day(config->zone, input->now_utc);
	for (int32_t day = today; day < today + OFFICE_CLOSED_DAYS_MAX; day++) {
		int64_t utc = small_max(office_at_minute(config, day, config->opens_min), input->now_utc);
		const struct piece *closure = next_piece(joined, utc);
		utc = closure && closure->from_utc <= utc ? closure->to_utc : utc;
		if (!is_closed_weekday(config, day) && utc < office_at_minute(config, day, config->closes_min)) {
			return utc;
		}
	}
	return 0;
}

static bool settle_notices(struct office *office, const struct office_input *input)
{
	struct pieces pieces;
	if (!collect(office->arena, input, FEED_NOTICES, &pieces)) {
		return false;
	}
	office->notices = arena_alloc(office->arena, (pieces.count + 1) * sizeof(*office->notices));
	for (size_t i = 0; office->notices && i < pieces.count; i++) {
		const struct piece *piece = &pieces.items[i];
		bool is_on = piece->from_utc <= input->now_utc && input->now_utc < piece->to_utc;
		if (is_on && piece->row->title[0]) {
			office->notices[office->notice_count++] = piece->row;
		}
		office_changes_at(office, piece->from_utc);
		office_changes_at(office, piece->to_utc);
	}
	return office->notices;
}

bool closure_settle(struct office *office, const struct office_input *input)
{
	struct pieces pieces;
	if (!collect(office->arena, input, FEED_CLOSURES, &pieces)) {
		return false;
	}
	struct pieces joined = join(office->arena, &pieces);
	office->closed_from_utc = office->closed_until_utc = INT64_MAX;
	office->closed_why = "";
	settle_closure(office, input, &pieces, &joined);
	office_changes_at(office, office->closed_from_utc);
	office_changes_at(office, office->closed_until_utc);
	office->is_closed_now = office->closed_from_utc <= input->now_utc && input->now_utc < office->closed_until_utc;
	int64_t opening_utc = find_opening(input, &joined);
	office->reopens_utc = opening_utc > input->now_utc ? opening_utc : 0;
	return settle_notices(office, input);
}
