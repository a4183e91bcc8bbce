/* A tap is a touch and a release on one and the same button by one and the same finger; nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "app/screen/tap.h"
#include "tests/app/layout/trees.h"

static struct widget two[2];

static struct ui two_make(void)
{
	two[0] = tree_widget("left", UI_BUTTON, (struct rect){0, 0, 100, 100});
	two[1] = tree_widget("right", UI_BUTTON, (struct rect){200, 0, 100, 100});
	return tree_of(two, 2);
}

static void release_on_the_same_button_taps(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	(void)state;
	tap_down(&tap, &ui, 1, 50, 50);
	assert_int_equal(tap_pressed(&tap, &ui), 0);
	tap_move(&tap, &ui, 1, 60, 60);
	assert_ptr_equal(tap_up(&tap, &ui, 1, 61, 60), &two[0]);
	assert_int_equal(tap_pressed(&tap, &ui), -1);
	assert_null(tap_up(&tap, &ui, 1, 61, 60));
}

static void sliding_off_cancels_for_good(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	(void)state;
	tap_down(&tap, &ui, 1, 50, 50);
	tap_move(&tap, &ui, 1, 150, 50);
	assert_int_equal(tap_pressed(&tap, &ui), -1);
	tap_move(&tap, &ui, 1, 50, 50);
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
	tap_down(&tap, &ui, 1, 50, 50);
	assert_null(tap_up(&tap, &ui, 1, 250, 50));
}

static void only_the_first_finger_counts(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	(void)state;
	tap_down(&tap, &ui, 1, 50, 50);
	tap_down(&tap, &ui, 2, 250, 50);
	assert_null(tap_up(&tap, &ui, 2, 250, 50));
	tap_move(&tap, &ui, 2, 390, 290);
	assert_ptr_equal(tap_up(&tap, &ui, 1, 50, 50), &two[0]);
}

static void a_finger_that_never_came_down_taps_nothing(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	(void)state;
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
	tap_down(&tap, &ui, 1, 150, 50);
	tap_move(&tap, &ui, 1, 50, 50);
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
	tap_down(&tap, &ui, 1, 50, 50);
	tap_cancel(&tap);
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
}

static void a_button_that_changed_under_the_finger_is_not_tapped(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	(void)state;
	tap_down(&tap, &ui, 1, 50, 50);
	two[0].action.until_utc = 42; /* only its time moved on */
	assert_ptr_equal(tap_up(&tap, &ui, 1, 50, 50), &two[0]);
	tap_down(&tap, &ui, 1, 50, 50);
	two[0].action.id = "somebody else";
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
	tap_down(&tap, &ui, 1, 50, 50);
	two[0].is_covered = true;
	assert_int_equal(tap_pressed(&tap, &ui), -1);
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
}

static void an_id_that_is_too_long_taps_nothing(void **state)
{
	struct ui ui = two_make();
	struct tap tap = {0};
	char id[VISIT_ID_MAX + 1];
	(void)state;
	memset(id, 'x', sizeof(id));
	id[VISIT_ID_MAX] = '\0';
	two[0].action.id = id;
	tap_down(&tap, &ui, 1, 50, 50);
	assert_null(tap_up(&tap, &ui, 1, 50, 50));
	id[VISIT_ID_MAX - 1] = '\0';
	tap_down(&tap, &ui, 1, 50, 50);
	assert_ptr_equal(tap_up(&tap, &ui, 1, 50, 50), &two[0]);
}

/* Whatever comes in whatever order: a tap is reported only when its own bookkeeping of this test says that one finger
 * stayed on one button from touch to release. */
static void random_events_never_tap_without_a_full_tap(void **state)
{
	enum { EVENTS = 1000000, FINGERS = 4 };
	struct ui ui = two_make();
	struct tap tap = {0};
	const struct widget *began[FINGERS] = {NULL};
	int first = -1, taps = 0;
	uint32_t seed = 20261123;
	(void)state;
	for (int i = 0; i < EVENTS; i++) {
		seed = seed * 1664525U + 1013904223U;
		int finger = (int)(seed >> 30), kind = (int)(seed >> 24) % 3;
		int x = (int)(seed >> 8) % 420 - 10, y = (int)(seed >> 4) % 320 - 10;
		const struct widget *under = ui_hit(&ui, x, y);
		if (kind == 0) {
			tap_down(&tap, &ui, finger, x, y);
			if (first < 0 || first == finger) {
				first = finger;
				began[finger] = under;
			}
		} else if (kind == 1) {
			tap_move(&tap, &ui, finger, x, y);
			if (under != began[finger]) {
				began[finger] = NULL;
			}
		} else {
			const struct widget *tapped = tap_up(&tap, &ui, finger, x, y);
			const struct widget *right = finger == first && under == began[finger] ? under : NULL;
			assert_ptr_equal(tapped, right);
			taps += tapped != NULL;
			if (finger == first) {
				first = -1;
			}
			began[finger] = NULL;
		}
	}
	assert_true(taps > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(release_on_the_same_button_taps),
		cmocka_unit_test(sliding_off_cancels_for_good),
		cmocka_unit_test(only_the_first_finger_counts),
		cmocka_unit_test(a_finger_that_never_came_down_taps_nothing),
		cmocka_unit_test(a_button_that_changed_under_the_finger_is_not_tapped),
		cmocka_unit_test(an_id_that_is_too_long_taps_nothing),
		cmocka_unit_test(random_events_never_tap_without_a_full_tap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
