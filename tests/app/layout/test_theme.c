/* Every pair of colours that the screens put on top of each other, in all four themes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>

#include "app/layout/theme.h"
#include "tree_check.h"

struct pair {
	const char *name;
	uint32_t fg, bg;
	bool is_text; /* else an icon, a border or a line that means something */
};

static int pairs_check(const struct pair *pairs, size_t count, double text, const char *theme)
{
	int faults = 0;
	for (size_t i = 0; i < count; i++) {
		double least = pairs[i].is_text ? text : 3;
		double got = contrast(pairs[i].fg, pairs[i].bg);
		if (got < least) {
			printf("%s: %s: %.2f < %.1f\n", theme, pairs[i].name, got, least);
			faults++;
		}
	}
	return faults;
}

/* Only the light screens have a now line. */
static bool theme_is_light(const struct theme *theme)
{
	return theme->card == 0xFFFFFFFF;
}

static int tokens_check(const struct theme *t, double text, const char *name)
{
	const struct pair pairs[] = {
		{"ink on paper", t->ink, t->paper, true},
		{"ink on card", t->ink, t->card, true},
		{"muted on paper", t->muted, t->paper, true},
		{"muted on card", t->muted, t->card, true},
		{"on river", t->on_river, t->river, true},
		{"on river, muted", t->on_river_muted, t->river, true},
		{"on river soft", t->on_river_soft, t->river_soft, true},
		{"outline on paper", t->outline, t->paper, true},
		{"outline on card", t->outline, t->card, true},
		{"on leaf", t->on_leaf, t->leaf, true},
		{"leaf on paper", t->leaf_text, t->paper, true},
		{"leaf on card", t->leaf_text, t->card, true},
		{"amber", t->amber, t->amber_soft, true},
		{"on amber", t->on_amber_soft, t->amber_soft, true},
		{"on now", t->on_now, t->now, true},
		{"late, first line", t->ink, t->late, true},
		{"late, second line", t->muted, t->late, true},
		{"ink on the map", t->ink, t->floor, true},
		{"muted on the map", t->muted, t->floor, true},
		{"walls", t->wall, t->floor, false},
		{"windows", t->glass, t->floor, false},
		{"late on card", t->late_border, t->card, false},
		{"notice", t->on_notice, t->notice, true},
		{"on lit", t->on_lit, t->lit, true},
		{"on lit, muted", t->on_lit_muted, t->lit, true},
		{"bar on its track", t->track_done, t->track, false},
		{"now line on card", t->now, theme_is_light(t) ? t->card : t->on_now, false},
		{"host's arc", t->sun, t->river, false},
		{"focus on card", t->focus, t->card, false},
		{"focus on paper", t->focus, t->paper, false},
	};
	return pairs_check(pairs, sizeof(pairs) / sizeof(*pairs), text, name);
}

static int states_check(const struct theme *theme, double text, const char *name)
{
	int faults = 0;
	for (int state = 0; state <= SHOWN_UNKNOWN; state++) {
		struct state_look look = theme_state(theme, (enum shown_state)state);
		const struct pair pairs[] = {
			{"state on its fill", look.fg, look.fill_rgb, true},
			{"state on its stripes", look.fg, look.fill2_rgb, true},
			{"mark on the map", look.mark, theme->floor, true},
			{"mark on card", look.mark, theme->card, true},
			{"mark on paper", look.mark, theme->paper, true},
			{"block on card", look.border_rgb ? look.border_rgb : look.fill_rgb, theme->card, false},
		};
		size_t count = 5;
		char full[80];
		snprintf(full, sizeof(full), "%s state %d", name, state);
		faults += pairs_check(pairs, count, text, full);
	}
	return faults;
}

static void test_contrast(void **state)
{
	(void)state;
	int faults = 0;
	for (int i = 0; i < 4; i++) {
		bool is_dark = i & 1, is_high = i & 2;
		const struct theme *theme = theme_get(is_dark, is_high);
		char name[40];
		snprintf(name, sizeof(name), "%s%s", is_dark ? "dark" : "light", is_high ? " high" : "");
		faults += tokens_check(theme, is_high ? 7 : 4.5, name);
		faults += states_check(theme, is_high ? 7 : 4.5, name);
	}
	assert_int_equal(faults, 0);
}

/* What has not been claimed lies before the now line as a no-show, and from it on as a place that may be taken: the
 * line separates the two. */
static bool now_line_separates(int a, int b)
{
	return a == SHOWN_ABSENT && b == SHOWN_NO_SHOW;
}

/* Take the colours away: every two states still differ in icon, kind of fill or border, or in how dark they are. */
static void test_states_differ_without_colour(void **state)
{
	(void)state;
	for (int theme = 0; theme < 4; theme++) {
		for (int a = 0; a <= SHOWN_UNKNOWN; a++) {
			for (int b = 0; b < a; b++) {
				struct state_look x = theme_state(theme_get(theme & 1, theme & 2), (enum shown_state)a);
				struct state_look y = theme_state(theme_get(theme & 1, theme & 2), (enum shown_state)b);
				assert_true(x.icon != y.icon || x.fill != y.fill || !x.border_rgb != !y.border_rgb ||
					    x.is_dashed != y.is_dashed || contrast(x.fill_rgb, y.fill_rgb) >= 1.7 ||
					    now_line_separates(a, b));
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_states_differ_without_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
