/* Days of random bookings and random taps: whatever happens, nobody is seated on another, nothing that was allowed
 * is lost, and every screen can be made. The seed is printed; give one as the first argument to repeat a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/base/i18n.h"
#include "app/model/model.h"
#include "world.h"

enum { ROUNDS = 60, STEPS = 120, DAY_START_MIN = 6 * 60 };

static uint64_t seed;

/* xorshift64: the same on every machine. */
static uint32_t chance(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % below;
}

static void random_booking(struct world *world)
{
	static const char *const names[] = {"Nils S.", "", "Åsa L.", "Örjan Ö.", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
					    "N"};
	char place[8] = "", from[32], to[32];
	if (chance(8) > 0) {
		snprintf(place, sizeof(place), "%u", 1 + chance(4)); /* few places, many conflicts */
	}
	uint32_t start = chance(23 * 60), length = chance(4) == 0 ? chance(3) * 5 : chance(300);
	uint32_t end = start + length < 24 * 60 ? start + length : 24 * 60 - 1;
	snprintf(from, sizeof(from), "2026-11-23T%02u:%02u", start / 60, start % 60);
	snprintf(to, sizeof(to), "2026-11-23T%02u:%02u", end / 60, end % 60);
	struct cache_row *row = world_book(world, place, from, to, names[chance(6)]);
	row->is_private = chance(10) == 0;
	row->busy = (enum occurrence_busy)chance(5);
	if (chance(10) == 0) {
		world_all_day(world, row, "2026-11-22", chance(2) ? "2026-11-23" : "2026-11-25");
	} else if (chance(15) == 0) {
		row->span.end_utc += 86400 * 2;
	}
}

static struct command random_command(const struct world *world)
{
	struct command command = {.kind = (enum command_kind)(1 + chance(COMMAND_UNDO)), .is_anyway = chance(2) == 0};
	if (command.kind == COMMAND_CHECK_IN || chance(3) == 0) {
		snprintf(command.id, sizeof(command.id), "u%u", 1 + chance((uint32_t)world->snapshot.rows.count + 1));
	}
	if (command.kind != COMMAND_CHECK_IN || chance(3) == 0) {
		snprintf(command.place, sizeof(command.place), "%u", 1 + chance(5));
	}
	command.until_utc = world->now_utc + (int64_t)chance(5 * 3600) - 600;
	command.entry = (int64_t)chance((uint32_t)world->snapshot.entries.count + 2);
	return command;
}

static bool sits_now(const struct world *world, const struct office_booking *booking)
{
	bool has_begun =
		booking->is_drop_in || booking->place != booking->own_place || booking->start_utc <= world->now_utc;
	return booking->state == BOOKING_CHECKED_IN && has_begun;
}

/* What must hold at every instant. */
static void check_office(const struct world *world)
{
	struct office *office = world_office(world);
	size_t free_desks = 0;
	for (size_t i = 0; i < office->place_count; i++) {
		const struct office_place *place = &office->places[i];
		size_t sitting = 0;
		for (size_t j = place->first; j < place->first + place->count; j++) {
			const struct office_booking *booking = &office->bookings[j];
			sitting += sits_now(world, booking);
			assert_int_equal(booking->place, i);
			assert_in_range(booking->lane, 0, booking->lanes - 1);
			assert_ptr_equal(office_find(office, booking->id), booking);
			assert_true(booking->until_utc <= booking->end_utc || booking->entry); /* extended */
		}
		assert_in_range(sitting, 0, 1);
		assert_true(!place->may_be_taken || (sitting == 0 && place->state == PLACE_FREE));
		assert_true(!place->may_be_taken_anyway || (sitting == 0 && place->state == PLACE_UNKNOWN));
		assert_true(!place->may_be_taken || place->free_until_utc > world->now_utc);
		free_desks += place->config->kind == PLACE_DESK && place->state == PLACE_FREE;
	}
	assert_int_equal(office->free_desks, free_desks);
	assert_true(office->changes_utc > world->now_utc);
	office_destroy(office);
}

static void check_model(const struct world *world)
{
	struct visit visit;
	visit_init(&visit, &world->config, 0);
	visit.view = (enum view_kind)chance(VIEW_SETUP + 1);
	visit.choice = (int)chance(5) - 1;
	snprintf(visit.id, sizeof(visit.id), "%s%u", chance(2) ? "u" : "", chance(30));
	struct model_time time = {world->now_utc, 0, world->is_trusted};
	struct model *model = model_create(&world->config, NULL, &world->snapshot, &visit, &time);
	assert_non_null(model);
	assert_non_null(model->sheet.title);
	assert_true(model->changes_utc > world->now_utc);
	for (size_t i = 0; i < model->row_count; i++) {
		for (size_t j = 0; j < model->rows[i].block_count; j++) {
			const struct model_block *block = &model->rows[i].blocks[j];
			assert_true(block->start_min >= model->axis_start_min && block->start_min < block->end_min);
			assert_true(block->id[0] && block->text[0] && block->spoken[0] && block->shorter);
		}
	}
	model_destroy(model);
}

static void one_day(void)
{
	struct world *world = world_create();
	world->places[4].checkin = (enum place_checkin)chance(3);
	size_t bookings = 5 + chance(25);
	for (size_t i = 0; i < bookings; i++) {
		random_booking(world);
	}
	int64_t start_utc = world_utc(world, "2026-11-23") + (int64_t)DAY_START_MIN * 60;
	world->now_utc = start_utc;
	for (size_t step = 0; step < STEPS; step++) {
		world->now_utc += chance(4) == 0 ? chance(8) : chance(900);
		world->is_trusted = chance(12) > 0;
		world->ages[WORLD_DESKS].agreed_utc = chance(10) > 0 ? world->now_utc - 60 : world->now_utc - 7200;
		struct command command = random_command(world);
		size_t before = world->snapshot.entries.count;
		enum office_verdict verdict = world_do(world, &command);
		assert_int_equal(world->snapshot.entries.count, before + (verdict == OFFICE_ALLOWED));
		check_office(world);
		/* At once again it is the same action, or no longer possible; but two may sit at a place, one of them
		 * early. */
		bool is_one = command.kind != COMMAND_CHECK_OUT || command.id[0];
		if (verdict == OFFICE_ALLOWED && is_one) {
			assert_int_not_equal(world_do(world, &command), OFFICE_ALLOWED);
		}
		if (chance(4) == 0) {
			check_model(world);
		}
	}
	world_destroy(world);
}

static void test_random_days(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t here = seed;
		print_message("seed %llu\n", (unsigned long long)here);
		one_day();
	}
}

int main(int argc, char **argv)
{
	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL) * 2654435761u + 1;
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_days)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
