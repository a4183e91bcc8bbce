/* A day that is computed from the rows that touch it is the same as one that is computed from all rows: random rows of
 * any length around a day on which the clock is set back. The seed is printed; give one as the first argument to repeat
 * a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "world.h"

enum { ROUNDS = 40, ROWS = 120, DAYS = 12, DAY = 86400 };

static uint64_t seed;

/* xorshift64: the same on every machine. */
static uint32_t chance(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % below;
}

/* Minutes in which something begins or ends, most of them at the edge of a day. */
static int64_t random_utc(int64_t from_utc)
{
	int64_t day_utc = from_utc + (int64_t)chance(DAYS + 4) * DAY - 2 * DAY;
	return chance(2) ? day_utc + 60 * (int64_t)chance(24 * 60) : day_utc + 600 * ((int64_t)chance(13) - 6);
}

static struct snapshot_part *random_part(const struct world *world, size_t feed, int32_t from_day)
{
	static char none[] = "", place[] = "1";
	int64_t from_utc = zone_day_start(world->config.zone, from_day);
	struct snapshot_part *part = snapshot_part_create();
	for (int i = 0; i < ROWS; i++) {
		static const int64_t lengths[] = {0, 0, 1, 3600, 7200, DAY, 3 * DAY, -3600};
		char uid[16];
		struct cache_row row = {.feed = (char *)(uintptr_t)world->config.feeds[feed].name,
					.uid = uid,
					.recurrence_id = none,
					.place = chance(2) ? place : none,
					.title = none,
					.organizer = none,
					.location = none,
					.url = none,
					.busy = OCCURRENCE_BUSY};
		snprintf(uid, sizeof(uid), "%zu-%d", feed, i);
		row.span.start_utc = random_utc(from_utc);
		row.span.end_utc = row.span.start_utc + lengths[chance(sizeof(lengths) / sizeof(lengths[0]))];
		if (chance(5) == 0) {
			int32_t start_day = from_day - 2 + (int32_t)chance(DAYS + 4);
			row.span = (struct span){
				.all_day = true, .start_day = start_day, .end_day = start_day + (int32_t)chance(4)};
		}
		assert_true(cache_rows_copy(&part->rows, &row));
	}
	cache_rows_sort(&part->rows);
	return part;
}

static size_t count_walk(struct office_walk *walk)
{
	size_t count = 0;
	while (office_walk_next(walk)) {
		count++;
	}
	return count;
}

static void compare_days(const struct office_input *input, int32_t day)
{
	struct office_input slow = *input;
	struct office_walk walk;
	slow.spans = NULL;
	struct office *office = office_create_day(input, day), *expected = office_create_day(&slow, day);
	assert_int_equal(office->booking_count, expected->booking_count);
	for (size_t i = 0; i < office->booking_count; i++) {
		assert_ptr_equal(office->bookings[i].row, expected->bookings[i].row);
		assert_int_equal(office->bookings[i].start_utc, expected->bookings[i].start_utc);
		assert_int_equal(office->bookings[i].state, expected->bookings[i].state);
	}
	office_destroy(office);
	office_destroy(expected);
	for (enum feed_kind kind = FEED_BOOKINGS; kind <= FEED_CLOSURES; kind++) {
		office_walk(&walk, input, kind);
		size_t count = count_walk(&walk);
		office_walk(&walk, &slow, kind);
		assert_int_equal(count, count_walk(&walk));
	}
}

static void test_days_are_the_same(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct world *world = world_create();
		world_now(world, "2026-10-25T09:00");
		int32_t from_day = zone_day(world->config.zone, world->now_utc) - 5;
		struct snapshot_source sources[4];
		for (size_t i = 0; i < world->config.feed_count; i++) {
			sources[i] = (struct snapshot_source){random_part(world, i, from_day), i};
			if (i != WORLD_ROOM || chance(2)) { /* of another feed the days may be unknown */
				snapshot_part_find_days(sources[i].part, world->config.zone, from_day, from_day + DAYS,
							world->config.checkin_opens_s);
			}
		}
		struct snapshot_part *joined = snapshot_part_join(sources, world->config.feed_count);
		struct office_input input = world_input(world);
		input.rows = &joined->rows;
		input.spans = joined->spans;
		input.span_count = joined->span_count;
		for (int32_t day = from_day - 3; day < from_day + DAYS + 3; day++) {
			compare_days(&input, day);
		}
		struct office_walk walk;
		office_walk_day(&walk, &input, FEED_MEETINGS, from_day + 4);
		assert_true(count_walk(&walk) < ROWS / 2);
		for (size_t i = 0; i < world->config.feed_count; i++) {
			snapshot_part_unref(sources[i].part);
		}
		snapshot_part_unref(joined);
		world_destroy(world);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_days_are_the_same)};
	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL) | 1;
	printf("seed %llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
