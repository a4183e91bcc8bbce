/* The blocks of a row. A feed may hold 20,000 bookings of one place on one day; what no eye could tell apart is not
 * made. Bookings that overlap form a cluster. A cluster with more lanes than a row has room for becomes one block with
 * the number of its bookings, and in a row with very many bookings so does everything that begins within the same half
 * hour. */
#include "private.h"

/* Bookings of one place that share a block, or a cluster of a few that stand side by side. */
struct group {
	size_t first, count; /* of the bookings of today; those between that take no room are skipped */
	int64_t start_utc, end_utc;
	int lanes;
	bool is_conflict;
};

/* What is being gone through: the bookings of a place by start. */
struct walk {
	struct maker *maker;
	struct model_row *row;
	size_t next, end;
	bool is_open;
};

static const struct office_booking *booking_at(const struct walk *walk, size_t index)
{
	return &walk->maker->office->bookings[index];
}

static void skip_others(struct walk *walk)
{
	while (walk->next < walk->end && !is_of_today(walk->maker, booking_at(walk, walk->next))) {
		walk->next++;
	}
}

static void group_add(struct walk *walk, struct group *group)
{
	const struct office_booking *booking = booking_at(walk, walk->next++);
	group->count++;
	group->end_utc = booking->until_utc > group->end_utc ? booking->until_utc : group->end_utc;
	group->lanes = booking->lanes > group->lanes ? booking->lanes : group->lanes;
	group->is_conflict |= booking->is_conflict;
	skip_others(walk);
}

/* Takes the next cluster; in a crowded row, the clusters that begin within a half hour. */
static struct group group_next(struct walk *walk)
{
	struct group group = {.first = walk->next, .start_utc = booking_at(walk, walk->next)->start_utc};
	int64_t day_start_utc = walk->maker->office->day_start_utc;
	int64_t from_utc = group.start_utc > day_start_utc ? group.start_utc : day_start_utc;
	int64_t until_utc = walk->row->is_crowded ? from_utc + ROW_CROWD_S : INT64_MIN;
	group.end_utc = group.start_utc;
	do {
		group_add(walk, &group);
	} while (walk->next < walk->end && (booking_at(walk, walk->next)->start_utc < group.end_utc ||
					    booking_at(walk, walk->next)->start_utc < until_utc));
	return group;
}

/* Returns the state of whoever has the place now; else whether all are over. */
static enum shown_state group_state(const struct walk *walk, size_t first, size_t end)
{
	int64_t now_utc = walk->maker->time->now_utc;
	enum shown_state state = SHOWN_ENDED;
	for (size_t i = first; i < end; i++) {
		const struct office_booking *booking = booking_at(walk, i);
		if (!is_of_today(walk->maker, booking)) {
			continue;
		}
		bool is_here = booking->place >= 0 && walk->maker->office->places[booking->place].current == (int)i;
		if (is_here) {
			return booking_shown(booking);
		}
		state = booking->until_utc > now_utc ? SHOWN_BOOKED : state;
	}
	return state;
}

static size_t count_of_today(const struct walk *walk, size_t first, size_t end)
{
	size_t count = 0;
	for (size_t i = first; i < end; i++) {
		count += is_of_today(walk->maker, booking_at(walk, i));
	}
	return count;
}

/* What is left of a group may be a single booking. */
static void add_alone(struct walk *walk, size_t first)
{
	while (!is_of_today(walk->maker, booking_at(walk, first))) {
		first++;
	}
	struct model_block block = make_block(walk->maker, booking_at(walk, first));
	block.lane = 0;
	block.lanes = 1;
	walk->row->blocks[walk->row->block_count++] = block;
}

/* Adds one block for the bookings of [first, end), from one minute to another. */
static void add_crowd(struct walk *walk, const struct group *group, size_t first, size_t end, int start_min,
		      int end_min)
{
	struct maker *maker = walk->maker;
	struct model_row *row = walk->row;
	unsigned long count = (unsigned long)count_of_today(walk, first, end);
	if (count == 1) {
		add_alone(walk, first);
		return;
	}
	struct model_block block = {.state = group_state(walk, first, end),
				    .lanes = 1,
				    .is_conflict = group->is_conflict,
				    .start_min = start_min,
				    .end_min = end_min > start_min ? end_min : start_min + 1,
				    .action = row->action};
	block.text = arena_print(maker->arena, tr_n("%lu booking", "%lu bookings", count), count);
	block.shorter = arena_print(maker->arena, "%lu", count);
	block.id = arena_print(maker->arena, "crowd:%s:%d", row->id, start_min);
	block.spoken = arena_print(maker->arena, "%s, %02d:%02d–%02d:%02d", block.text, start_min / 60, start_min % 60,
				   end_min / 60, end_min % 60);
	if (group->is_conflict) {
		block.spoken = arena_print(maker->arena, tr("%s. Double booking."), block.spoken);
	}
	row->blocks[row->block_count++] = block;
}

/* A place that can be taken now is shown as open from now on, up to the next booking. */
static void add_group(struct walk *walk, const struct group *group)
{
	struct maker *maker = walk->maker;
	int64_t now_utc = maker->time->now_utc;
	size_t end = walk->next, ahead = end;
	int start_min = minute_of(maker, group->start_utc), end_min = minute_of(maker, group->end_utc);
	int now_min = maker->model->now_min;
	bool is_cut = walk->is_open && now_min >= 0 && group->start_utc <= now_utc && group->end_utc > now_utc;
	while (is_cut && ahead > group->first && booking_at(walk, ahead - 1)->start_utc > now_utc) {
		ahead--;
	}
	add_crowd(walk, group, group->first, ahead, start_min, is_cut ? now_min : end_min);
	if (ahead < end) {
		add_crowd(walk, group, ahead, end, minute_of(maker, booking_at(walk, ahead)->start_utc), end_min);
	}
}

void make_blocks(struct maker *maker, struct model_row *row, size_t first, size_t count, bool is_open)
{
	struct walk walk = {.maker = maker, .row = row, .next = first, .end = first + count, .is_open = is_open};
	enum { LONGEST_DAY = 26 * 3600, GROUPS_MAX = LONGEST_DAY / ROW_CROWD_S };
	enum { OTHERS = 3 }; /* for what is open, what is not known, and a group that is cut */
	row->is_crowded = count_of_today(&walk, first, first + count) > ROW_BLOCKS_MAX;
	size_t capacity = row->is_crowded ? GROUPS_MAX : count < ROW_BLOCKS_MAX ? count : ROW_BLOCKS_MAX;
	row->blocks = arena_alloc(maker->arena, (capacity + OTHERS) * sizeof(*row->blocks));
	skip_others(&walk);
	while (row->blocks && walk.next < walk.end) {
		struct group group = group_next(&walk);
		bool is_crowd = group.lanes > ROW_LANES_MAX || (row->is_crowded && group.count > 1);
		if (is_crowd) {
			add_group(&walk, &group);
		}
		for (size_t i = group.first; !is_crowd && i < walk.next; i++) {
			if (is_of_today(maker, booking_at(&walk, i))) {
				row->blocks[row->block_count++] = make_block(maker, booking_at(&walk, i));
			}
		}
	}
}
