/* The stay of a visitor who listens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/limits.h"
#include "app/model/visit.h"
#include "tests/app/office/world.h"

struct stay {
	struct world *world;
	struct visit visit;
	int64_t mono_ms;
};

static void tap(struct stay *stay, struct action action)
{
	struct command command;
	action.id = action.place = "";
	visit_act(&stay->visit, &stay->world->config, &action, stay->mono_ms, &command);
}

static void pass(struct stay *stay, int64_t ms)
{
	stay->mono_ms += ms;
	visit_tick(&stay->visit, &stay->world->config, stay->world->now_utc, stay->mono_ms);
}

/* A visitor who listens is not hurried: nothing runs out while the voice speaks, and the times are longer. */
static void test_speech_has_more_time(void **state)
{
	(void)state;
	struct stay stay = {.world = world_create(), .mono_ms = 1000 * 1000};
	visit_init(&stay.visit, &stay.world->config, stay.mono_ms);
	visit_speak(&stay.visit, true, stay.mono_ms);
	tap(&stay, (struct action){.kind = ACTION_OPEN, .view = VIEW_WEEK});
	stay.visit.speech.is_talking = true;
	pass(&stay, 2 * SPEECH_IDLE_MS);
	assert_int_equal(stay.visit.view, VIEW_WEEK);
	stay.visit.speech.is_talking = false;
	stay.visit.speech.quiet_ms = stay.mono_ms;
	pass(&stay, SPEECH_IDLE_MS - 1);
	assert_int_equal(stay.visit.view, VIEW_WEEK);
	pass(&stay, 1);
	assert_int_equal(stay.visit.view, VIEW_STILL_THERE);
	assert_int_equal(visit_left_ms(&stay.visit, &stay.world->config, stay.mono_ms), SPEECH_ANSWER_MS);
	pass(&stay, SPEECH_ANSWER_MS - SPEECH_WARN_MS - 1);
	int64_t next_ms = visit_next_ms(&stay.visit, &stay.world->config, stay.world->now_utc, stay.mono_ms);
	assert_int_equal(next_ms - stay.mono_ms, 1); /* the warning */
	for (int i = 0; i < 10; i++) {               /* any key is an answer, as often as it takes */
		tap(&stay, (struct action){.kind = ACTION_NONE});
		assert_int_equal(stay.visit.view, VIEW_WEEK);
		pass(&stay, SPEECH_IDLE_MS);
		assert_int_equal(stay.visit.view, VIEW_STILL_THERE);
	}
	stay.visit.speech.volume = SPEECH_VOLUMES;
	stay.visit.speech.is_dark = true;
	pass(&stay, SPEECH_ANSWER_MS);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	assert_false(stay.visit.speech.is_on || stay.visit.speech.is_dark);
	assert_int_equal(stay.visit.speech.volume, SPEECH_VOLUME_DEFAULT);
	world_destroy(stay.world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_speech_has_more_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
