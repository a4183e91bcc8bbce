/* Two machines of one office that give one place away while they are cut off from each other, and what both show once
 * they know of each other's entries. The order in which the entries arrived makes no difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define DAY "2026-11-23T"

/* Booking u1 is at place 5 from 9 to 15; it is 9:20, after the grace. */
static struct world *parted_world(void)
{
	struct world *world = world_create();
	world_book(world, "5", DAY "09:00", DAY "15:00", "Sara H.");
	world->is_cut_off = true;
	world_now(world, DAY "09:20");
	return world;
}

static void on(struct world *world, const char *box, const char *now)
{
	world->box = box;
	world_now(world, now);
}

static int compare(const void *a, const void *b)
{
	return journal_entry_compare(a, b);
}

/* The others are reached again: every machine has all entries, in the common order. */
static void heal(struct world *world)
{
	struct journal_entries *entries = &world->snapshot.entries;
	world->is_cut_off = false;
	qsort(entries->items, entries->count, sizeof(*entries->items), compare);
}

/* "5: u1 and dropin:5" */
static void assert_at(struct world *world, const char *place, const char *holder, const char *rival)
{
	struct office *office = world_office(world);
	const struct office_place *found = NULL;
	for (size_t i = 0; i < office->place_count; i++) {
		found = strcmp(office->places[i].config->id, place) == 0 ? &office->places[i] : found;
	}
	assert_non_null(found);
	if (holder) {
		assert_true(found->current >= 0);
		assert_string_equal(office->bookings[found->current].id, holder);
	} else {
		assert_int_equal(found->current, -1);
	}
	assert_int_equal(found->rival >= 0, rival != NULL);
	if (rival) {
		assert_string_equal(office->bookings[found->rival].id, rival);
	}
	office_destroy(office);
}

static void owner_came_first(void **state)
{
	(void)state;
	struct world *world = parted_world();
	on(world, "pentry", DAY "09:30");
	assert_int_equal(world_drop_in(world, "5", DAY "14:00"), OFFICE_ALLOWED);
	on(world, "entre", DAY "09:21");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	heal(world);
	world_now(world, DAY "10:00");
	assert_at(world, "5", "u1", "dropin:5");
	assert_string_equal(world_place(world, "5"), "checked-in");
	world_destroy(world);
}

static void owner_came_last(void **state)
{
	(void)state;
	struct world *world = parted_world();
	on(world, "entre", DAY "09:30");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	on(world, "pentry", DAY "09:21");
	assert_int_equal(world_drop_in(world, "5", DAY "14:00"), OFFICE_ALLOWED);
	heal(world);
	world_now(world, DAY "10:00");
	assert_at(world, "5", "dropin:5", "u1");
	assert_int_equal(world_check_in(world, "u1", "4"), OFFICE_ALLOWED); /* the one-tap move */
	assert_at(world, "5", "dropin:5", NULL);
	assert_at(world, "4", "u1", NULL);
	world_destroy(world);
}

/* In the same second the box decides, on every machine alike. */
static void two_without_a_booking(void **state)
{
	(void)state;
	static const char *const seconds[] = {DAY "09:31", DAY "09:30"};
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		struct world *world = parted_world();
		on(world, "pentry", seconds[i]);
		assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
		on(world, "entre", DAY "09:30");
		assert_int_equal(world_drop_in(world, "4", DAY "14:00"), OFFICE_ALLOWED);
		heal(world);
		world_now(world, DAY "10:00");
		struct office *office = world_office(world);
		const struct office_booking *first = office_find(office, "dropin:4");
		assert_string_equal(first->entry->box, "entre");
		const struct office_place *place = &office->places[first->place];
		assert_true(place->rival >= 0);
		char rival[VISIT_ID_MAX];
		strcpy(rival, office->bookings[place->rival].id);
		assert_string_equal(office->bookings[place->rival].entry->box, "pentry");
		office_destroy(office);

		assert_int_equal(world_check_in(world, rival, "3"), OFFICE_ALLOWED);
		assert_at(world, "4", "dropin:4", NULL);
		assert_at(world, "3", "dropin:3", NULL);
		assert_int_equal(world_undo(world), OFFICE_ALLOWED); /* back to where they were */
		assert_at(world, "3", NULL, NULL);
		assert_at(world, "4", "dropin:4", rival);
		assert_int_equal(world_check_in(world, rival, "3"), OFFICE_ALLOWED);
		assert_int_equal(world_check_out(world, "4"), OFFICE_ALLOWED);
		assert_at(world, "4", NULL, NULL);
		world_destroy(world);
	}
}

/* Two machines have one name by mistake: nobody is taken for gone because of that. */
static void two_on_machines_of_one_name(void **state)
{
	(void)state;
	struct world *world = parted_world();
	on(world, "pentry", DAY "09:31");
	assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
	on(world, "entre", DAY "09:30");
	assert_int_equal(world_drop_in(world, "4", DAY "14:00"), OFFICE_ALLOWED);
	world_set(&world->snapshot.entries.items[0].box, "entre");
	heal(world);
	world_now(world, DAY "10:00");
	struct office *office = world_office(world);
	const struct office_place *place = &office->places[office_find(office, "dropin:4")->place];
	assert_int_equal(place->seated_count, 2);
	assert_true(place->rival >= 0);
	assert_true(office->bookings[place->rival].until_utc == world_utc(world, DAY "12:00"));
	office_destroy(office);
	world_destroy(world);
}

/* Whoever leaves solves it, and the other one has the place. */
static void either_may_leave(void **state)
{
	(void)state;
	for (int leaves_first = 0; leaves_first < 2; leaves_first++) {
		struct world *world = parted_world();
		on(world, "pentry", DAY "09:31");
		assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
		on(world, "entre", DAY "09:30");
		assert_int_equal(world_drop_in(world, "4", DAY "14:00"), OFFICE_ALLOWED);
		heal(world);
		world_now(world, DAY "10:00");
		struct office *office = world_office(world);
		const struct office_place *place = &office->places[office_find(office, "dropin:4")->place];
		int leaves = leaves_first ? place->current : place->rival;
		int64_t stays_until = office->bookings[leaves_first ? place->rival : place->current].until_utc;
		struct command command = {.kind = COMMAND_CHECK_OUT};
		strcpy(command.id, office->bookings[leaves].id);
		office_destroy(office);
		assert_int_equal(world_do(world, &command), OFFICE_ALLOWED);
		assert_at(world, "4", "dropin:4", NULL);
		office = world_office(world);
		assert_true(office_find(office, "dropin:4")->until_utc == stays_until);
		office_destroy(office);
		world_destroy(world);
	}
}

/* A stay that began on one machine is extended and undone on another. */
static void acts_on_either_machine(void **state)
{
	(void)state;
	struct world *world = parted_world();
	on(world, "entre", DAY "09:30");
	assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
	heal(world);
	on(world, "pentry", DAY "09:40");
	struct command command = {.kind = COMMAND_EXTEND, .id = "dropin:4", .until_utc = world_utc(world, DAY "13:00")};
	assert_int_equal(world_do(world, &command), OFFICE_ALLOWED);
	assert_at(world, "4", "dropin:4", NULL);
	assert_int_equal(world_drop_in(world, "3", DAY "12:00"), OFFICE_ALLOWED);
	on(world, "entre", DAY "09:40");
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	assert_at(world, "3", NULL, NULL);
	assert_at(world, "4", "dropin:4", NULL);
	world_destroy(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(owner_came_first),       cmocka_unit_test(owner_came_last),
		cmocka_unit_test(two_without_a_booking),  cmocka_unit_test(either_may_leave),
		cmocka_unit_test(acts_on_either_machine), cmocka_unit_test(two_on_machines_of_one_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
