/* The work of a frame is bounded by what can be seen, whatever the calendars hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/app/model/crowd.h"
#include "work.h"

/* The sanitizers make this twenty-five times as dear, and each of them sees the same code in a fifth of the offices. */
#ifdef KIOSK_SANITIZED
enum { OFFICE_STEP = 5 };
#else
enum { OFFICE_STEP = 1 };
#endif

static void print_work(const char *office, const char *view, const struct work *work)
{
	printf("%-40s %-9s %6zu texts %7zu bytes %5zu shaped %5zu words %4zu widgets\n", office, view, work->texts,
	       work->bytes, work->shaped, work->words, work->widgets);
}

static void test_no_calendar_makes_a_frame_dear(void **state)
{
	(void)state;
	int faults = 0;
	assert_true(work_begin());
	for (size_t i = 0; i < crowd_count; i += OFFICE_STEP) {
		struct scene scene = scene_begin("sv");
		crowd_fill(scene.world, &crowds[i]);
		for (size_t view = 0; view < work_view_count; view++) {
			struct work work = work_measure(&scene, &work_views[view]);
			const char *excess = work_excess(&work);
			if (excess || getenv("KIOSK_WORK")) {
				print_work(crowds[i].name, work_views[view].name, &work);
			}
			faults += excess != NULL;
		}
		scene_end(&scene);
	}
	work_end();
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_calendar_makes_a_frame_dear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
