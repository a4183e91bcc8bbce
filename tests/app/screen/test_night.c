/* When the display is switched off and on: each row is an instant, and what is to have happened by then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "app/base/limits.h"
#include "app/screen/night.h"

enum { S = 1000, OFF_S = NIGHT_OFF_MS / S };

/* What the monitor is like. */
static bool is_lit, refuses_off, refuses_on;
static int orders;

static bool fake_power(struct SDL_Window *window, bool is_on, struct err *err)
{
	assert_non_null(window);
	orders++;
	if (is_on ? refuses_on : refuses_off) {
		return err_set(err, "no");
	}
	is_lit = is_on;
	return true;
}

static char a_window;

static struct SDL_Window *window(void)
{
	return (struct SDL_Window *)(void *)&a_window;
}

enum step {
	SAME,
	LOSE,   /* the window is lost; another one is there at the next row */
	RELOAD, /* the window is left and taken again */
	NO_OFF, /* from now on the display cannot be switched off, … */
	NO_ON,  /* … or not on */
	MEND
};

struct row {
	int at_s;
	enum step before;
	bool is_dark;
	bool is_lit;
	enum night_news news;
};

#define NEVER NIGHT_NO_NEWS

static const struct row evening_and_morning[] = {
	{0, SAME, false, true, NIGHT_SWITCHED}, /* whatever was before */
	{10, SAME, false, true, NEVER},
	{100, SAME, true, true, NEVER},
	{100 + OFF_S - 1, SAME, true, true, NEVER},
	{100 + OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{5000, SAME, true, false, NEVER},
	{9000, SAME, false, true, NIGHT_SWITCHED},
	{9001, SAME, false, true, NEVER},
	{0},
};
static const struct row a_touch_at_night[] = {
	{0, SAME, true, true, NIGHT_SWITCHED},
	{OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{500, SAME, false, true, NIGHT_SWITCHED},
	{550, SAME, true, true, NEVER},
	{550 + OFF_S - 1, SAME, true, true, NEVER},
	{550 + OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{0},
};
static const struct row left_off_by_another[] = {
	{0, SAME, true, true, NIGHT_SWITCHED}, /* started anew at night */
	{OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{0},
};
static const struct row a_reload_at_night[] = {
	{0, SAME, true, true, NIGHT_SWITCHED},
	{OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{200, RELOAD, true, true, NIGHT_SWITCHED},
	{201, SAME, true, false, NIGHT_SWITCHED},
	{0},
};
/* It would come and go all night. */
static const struct row a_monitor_that_vanishes_when_it_is_off[] = {
	{0, SAME, true, true, NIGHT_SWITCHED},
	{OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{OFF_S + 1, LOSE, true, true, NIGHT_SWITCHED},
	{OFF_S + 1000, SAME, true, true, NEVER},
	{9000, SAME, false, true, NIGHT_SWITCHED},
	{20000, SAME, true, true, NEVER},
	{20000 + OFF_S, SAME, true, false, NIGHT_SWITCHED}, /* the next night */
	{0},
};
static const struct row another_monitor_by_day[] = {
	{0, SAME, false, true, NIGHT_SWITCHED},
	{1, LOSE, false, true, NIGHT_SWITCHED},
	{100, SAME, true, true, NEVER},
	{100 + OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{0},
};
static const struct row it_cannot_be_switched_off[] = {
	{0, NO_OFF, true, true, NIGHT_SWITCHED},
	{OFF_S, SAME, true, true, NIGHT_UNABLE},
	{OFF_S + 1, SAME, true, true, NEVER},
	{0},
};
/* What nothing can switch at all is reported once, night after night. */
static const struct row it_cannot_be_switched[] = {
	{0, NO_ON, true, true, NIGHT_UNABLE}, {1, NO_OFF, true, true, NEVER},
	{OFF_S + 1, SAME, true, true, NEVER}, {5000, SAME, false, true, NEVER},
	{8000, SAME, true, true, NEVER},      {8000 + OFF_S, SAME, true, true, NEVER},
	{9000, LOSE, true, true, NEVER},      {0},
};
static const struct row it_stays_off[] = {
	{0, SAME, true, true, NIGHT_SWITCHED},
	{OFF_S, SAME, true, false, NIGHT_SWITCHED},
	{500, NO_ON, false, false, NIGHT_STUCK},
	{501, LOSE, false, false, NIGHT_UNABLE},
	{502, MEND, false, false, NEVER},
	{503, LOSE, false, true, NIGHT_SWITCHED},
	{0},
};

static void follow(const char *name, const struct row *rows)
{
	struct night night = {.power = fake_power};
	is_lit = true;
	refuses_off = refuses_on = false;
	for (const struct row *row = rows; row == rows || row->at_s > 0; row++) {
		struct err err = {""};
		if (row->before == LOSE || row->before == RELOAD) {
			night_leave(&night, row->before == LOSE ? NULL : window(), row->before == LOSE);
			assert_true(is_lit || row->before == LOSE);
		}
		refuses_off = row->before == NO_OFF || (refuses_off && row->before != MEND);
		refuses_on = row->before == NO_ON || (refuses_on && row->before != MEND);
		enum night_news news = night_follow(&night, window(), row->is_dark, (int64_t)row->at_s * S, &err);
		if (news != row->news || is_lit != row->is_lit) {
			fail_msg("%s, %d s: news %d, lit %d", name, row->at_s, (int)news, is_lit);
		}
		assert_true((news == NIGHT_UNABLE || news == NIGHT_STUCK) <= (err.text[0] != '\0'));
	}
}

static void the_display_follows_the_night(void **state)
{
	(void)state;
	follow("evening and morning", evening_and_morning);
	follow("a touch at night", a_touch_at_night);
	follow("left off by another", left_off_by_another);
	follow("a reload at night", a_reload_at_night);
	follow("a monitor that vanishes", a_monitor_that_vanishes_when_it_is_off);
	follow("another monitor by day", another_monitor_by_day);
	follow("it cannot be switched off", it_cannot_be_switched_off);
	follow("it cannot be switched", it_cannot_be_switched);
	follow("it stays off", it_stays_off);
}

static void nothing_is_ordered_without_a_power(void **state)
{
	struct night night = {.power = NULL};
	(void)state;
	orders = 0;
	for (int64_t s = 0; s < 500; s += 50) {
		assert_int_equal(night_follow(&night, window(), s % 100 == 0, s * S, NULL), NIGHT_NO_NEWS);
		assert_true(night_next_ms(&night) == INT64_MAX);
	}
	night_leave(&night, window(), false);
	assert_int_equal(orders, 0);
}

static void taps_wait_for_the_picture(void **state)
{
	struct night night = {.power = fake_power};
	(void)state;
	refuses_off = refuses_on = false;
	night_follow(&night, window(), true, 0, NULL);
	assert_false(night_is_blind(&night, 1)); /* it was on before */
	assert_true(night_next_ms(&night) == NIGHT_OFF_MS);
	night_follow(&night, window(), true, NIGHT_OFF_MS, NULL);
	assert_true(night_next_ms(&night) == INT64_MAX);
	night_follow(&night, window(), false, 100 * S, NULL);
	assert_true(night_is_blind(&night, 100 * S + NIGHT_WAKE_MS - 1));
	assert_false(night_is_blind(&night, 100 * S + NIGHT_WAKE_MS));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_display_follows_the_night),
		cmocka_unit_test(nothing_is_ordered_without_a_power),
		cmocka_unit_test(taps_wait_for_the_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
