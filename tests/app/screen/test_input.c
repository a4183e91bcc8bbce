/* SDL's events as they come from screens, mice and keyboards, and what they are taken to mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <SDL.h>

#include "app/screen/input.h"
#include "tests/app/layout/trees.h"

static struct widget three[3];
static struct input input;
static struct action action;

static struct ui three_make(void)
{
	three[0] = tree_widget("one", UI_BUTTON, (struct rect){0, 0, 100, 100});
	three[1] = tree_widget("two", UI_BUTTON, (struct rect){200, 0, 100, 100});
	three[2] = tree_widget("three", UI_BUTTON, (struct rect){0, 200, 100, 100});
	input = (struct input){.width_px = 400, .height_px = 300};
	return tree_of(three, 3);
}

static bool finger(const struct ui *ui, uint32_t type, int64_t id, int x, int y)
{
	SDL_Event event = {.tfinger = {.type = type,
				       .touchId = 1,
				       .fingerId = id,
				       .x = ((float)x + 0.5F) / (float)input.width_px,
				       .y = ((float)y + 0.5F) / (float)input.height_px}};
	return input_event(&input, ui, &event, &action);
}

static bool button(const struct ui *ui, uint32_t type, uint32_t which, uint8_t number, int x, int y)
{
	SDL_Event event = {.button = {.type = type, .which = which, .button = number, .x = x, .y = y}};
	return input_event(&input, ui, &event, &action);
}

static bool key(const struct ui *ui, SDL_Keycode sym, uint16_t mod, uint8_t repeat)
{
	SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = repeat, .keysym = {.sym = sym, .mod = mod}}};
	return input_event(&input, ui, &event, &action);
}

static void a_finger_taps(void **state)
{
	struct ui ui = three_make();
	(void)state;
	assert_false(finger(&ui, SDL_FINGERDOWN, 5, 250, 50));
	assert_int_equal(input_marks(&input, &ui).pressed, 1);
	assert_true(finger(&ui, SDL_FINGERUP, 5, 251, 50));
	assert_string_equal(action.id, "two");
	assert_int_equal(input_marks(&input, &ui).pressed, -1);
}

static void a_touch_beside_buttons_is_a_sign_of_life(void **state)
{
	struct ui ui = three_make();
	(void)state;
	finger(&ui, SDL_FINGERDOWN, 5, 350, 250);
	assert_true(finger(&ui, SDL_FINGERUP, 5, 350, 250));
	assert_int_equal(action.kind, ACTION_NONE);
	finger(&ui, SDL_FINGERDOWN, 5, 50, 50);
	finger(&ui, SDL_FINGERMOTION, 5, 350, 250);
	assert_true(finger(&ui, SDL_FINGERUP, 5, 350, 250));
	assert_int_equal(action.kind, ACTION_NONE);
}

static void the_mouse_is_one_more_finger(void **state)
{
	struct ui ui = three_make();
	(void)state;
	assert_false(button(&ui, SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_LEFT, 50, 50));
	assert_false(finger(&ui, SDL_FINGERDOWN, 5, 250, 50)); /* the finger comes second */
	assert_false(finger(&ui, SDL_FINGERUP, 5, 250, 50));
	assert_true(button(&ui, SDL_MOUSEBUTTONUP, 0, SDL_BUTTON_LEFT, 50, 50));
	assert_string_equal(action.id, "one");
	assert_false(button(&ui, SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_RIGHT, 50, 50));
	assert_false(button(&ui, SDL_MOUSEBUTTONUP, 0, SDL_BUTTON_RIGHT, 50, 50));
	/* A mouse that SDL makes up from touches is not heard, should it ever speak. */
	assert_false(button(&ui, SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID, SDL_BUTTON_LEFT, 50, 50));
	assert_false(button(&ui, SDL_MOUSEBUTTONUP, SDL_TOUCH_MOUSEID, SDL_BUTTON_LEFT, 50, 50));
}

static void a_lost_finger_keeps_nobody_out(void **state)
{
	struct ui ui = three_make();
	(void)state;
	finger(&ui, SDL_FINGERDOWN, 5, 250, 50); /* its device vanishes */
	finger(&ui, SDL_FINGERDOWN, 6, 50, 50);
	assert_true(finger(&ui, SDL_FINGERUP, 6, 50, 50));
	assert_string_equal(action.id, "one");
}

static void a_turned_picture_is_touched_where_it_is_seen(void **state)
{
	/* The window is 400 × 300. A picture turned clockwise has its upper left corner at the window's … */
	static const struct {
		int rotation, x, y;
		const char *id;
	} touches[] = {
		{0, 50, 50, "one"},     {0, 250, 50, "two"},    {90, 350, 50, "one"},  {90, 350, 250, "two"},
		{180, 350, 250, "one"}, {180, 150, 250, "two"}, {270, 50, 250, "one"}, {270, 50, 50, "two"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(touches) / sizeof(*touches); i++) {
		struct ui ui = three_make();
		input.rotation = touches[i].rotation;
		finger(&ui, SDL_FINGERDOWN, 1, touches[i].x, touches[i].y);
		assert_true(finger(&ui, SDL_FINGERUP, 1, touches[i].x, touches[i].y));
		assert_string_equal(action.id, touches[i].id);
		button(&ui, SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_LEFT, touches[i].x, touches[i].y);
		assert_true(button(&ui, SDL_MOUSEBUTTONUP, 0, SDL_BUTTON_LEFT, touches[i].x, touches[i].y));
		assert_string_equal(action.id, touches[i].id);
	}
}

static void keys_reach_everything(void **state)
{
	struct ui ui = three_make();
	(void)state;
	assert_true(key(&ui, SDLK_RETURN, 0, 0)); /* nothing has the focus yet */
	assert_int_equal(action.kind, ACTION_NONE);
	assert_true(key(&ui, SDLK_TAB, 0, 0));
	assert_int_equal(input_marks(&input, &ui).focused, 0);
	key(&ui, SDLK_TAB, 0, 0);
	assert_true(key(&ui, SDLK_RETURN, 0, 0));
	assert_string_equal(action.id, "two");
	key(&ui, SDLK_LEFT, 0, 0);
	key(&ui, SDLK_DOWN, 0, 0);
	assert_true(key(&ui, SDLK_SPACE, 0, 0));
	assert_string_equal(action.id, "three");
	key(&ui, SDLK_TAB, KMOD_LSHIFT, 0);
	assert_int_equal(input_marks(&input, &ui).focused, 1);
	assert_true(key(&ui, SDLK_ESCAPE, 0, 0));
	assert_int_equal(action.kind, ACTION_CLOSE);
}

static void a_key_held_down_is_pressed_once(void **state)
{
	struct ui ui = three_make();
	(void)state;
	key(&ui, SDLK_TAB, 0, 0);
	assert_true(key(&ui, SDLK_RETURN, 0, 0));
	assert_false(key(&ui, SDLK_RETURN, 0, 1));
	assert_false(key(&ui, SDLK_ESCAPE, 0, 1));
}

static void the_systems_keys_do_nothing(void **state)
{
	struct ui ui = three_make();
	(void)state;
	key(&ui, SDLK_TAB, 0, 0);
	assert_false(key(&ui, SDLK_F4, KMOD_LALT, 0));
	assert_false(key(&ui, SDLK_DELETE, KMOD_LCTRL | KMOD_LALT, 0));
	assert_false(key(&ui, SDLK_TAB, KMOD_LALT, 0));
	assert_false(key(&ui, SDLK_RETURN, KMOD_LALT, 0));
	assert_int_equal(input_marks(&input, &ui).focused, 0);
}

static void the_focus_follows_the_view(void **state)
{
	struct ui ui = three_make();
	(void)state;
	key(&ui, SDLK_TAB, 0, 0);
	key(&ui, SDLK_TAB, 0, 0);
	input_follow(&input, &ui);
	assert_int_equal(input_marks(&input, &ui).focused, 1);
	three[1].is_covered = true; /* a sheet opens */
	input_follow(&input, &ui);
	assert_int_equal(input_marks(&input, &ui).focused, 0);
	finger(&ui, SDL_FINGERDOWN, 1, 350, 250); /* a finger puts the ring out */
	assert_int_equal(input_marks(&input, &ui).focused, -1);
	input_follow(&input, &ui);
	assert_int_equal(input_marks(&input, &ui).focused, -1);
}

/* A home screen with a sheet's widgets on it: the tree of a sheet covers what is below. */
static struct widget stack[5];

static struct ui stack_make(bool has_sheet)
{
	stack[0] = tree_widget("one", UI_BUTTON, (struct rect){0, 0, 100, 100});
	stack[1] = tree_widget("two", UI_BUTTON, (struct rect){200, 0, 100, 100});
	stack[2] = tree_widget("sheet", UI_GROUP, (struct rect){0, 100, 400, 200});
	stack[3] = tree_widget("close", UI_BUTTON, (struct rect){0, 100, 100, 100});
	stack[4] = tree_widget("move", UI_BUTTON, (struct rect){200, 100, 100, 100});
	stack[0].is_covered = stack[1].is_covered = has_sheet;
	return tree_of(stack, has_sheet ? 5 : 2);
}

static const char *focus_after(const struct ui *ui)
{
	input_follow(&input, ui);
	int at = input_marks(&input, ui).focused;
	return at < 0 ? "none" : ui->widgets[at].id;
}

static void the_focus_returns_to_where_a_sheet_was_opened(void **state)
{
	struct ui home = stack_make(false);
	input = (struct input){.width_px = 400, .height_px = 300};
	(void)state;
	key(&home, SDLK_TAB, 0, 0);
	key(&home, SDLK_TAB, 0, 0);
	key(&home, SDLK_RETURN, 0, 0);
	struct ui sheet = stack_make(true);
	assert_string_equal(focus_after(&sheet), "close");
	key(&sheet, SDLK_TAB, 0, 0);
	key(&sheet, SDLK_RETURN, 0, 0); /* a sheet on the sheet */
	assert_string_equal(focus_after(&sheet), "move");
	key(&sheet, SDLK_ESCAPE, 0, 0);
	home = stack_make(false);
	assert_string_equal(focus_after(&home), "two");
	key(&home, SDLK_LEFT, 0, 0); /* from there on it moves as ever */
	assert_string_equal(focus_after(&home), "one");
}

static void the_focus_goes_to_the_first_when_the_opener_is_gone(void **state)
{
	struct ui home = stack_make(false);
	input = (struct input){.width_px = 400, .height_px = 300};
	(void)state;
	key(&home, SDLK_TAB, 0, 0);
	key(&home, SDLK_TAB, 0, 0);
	key(&home, SDLK_RETURN, 0, 0);
	struct ui sheet = stack_make(true);
	assert_string_equal(focus_after(&sheet), "close");
	key(&sheet, SDLK_ESCAPE, 0, 0);
	home = stack_make(false);
	home.count = 1;
	assert_string_equal(focus_after(&home), "one");
}

/* Whoever opens by touch and goes on by keyboard returns to what was touched; whoever only touches sees no ring. */
static void a_touched_opener_is_returned_to(void **state)
{
	(void)state;
	for (int has_tab = 0; has_tab < 2; has_tab++) {
		struct ui home = stack_make(false);
		input = (struct input){.width_px = 400, .height_px = 300};
		finger(&home, SDL_FINGERDOWN, 1, 250, 50);
		finger(&home, SDL_FINGERUP, 1, 250, 50);
		struct ui sheet = stack_make(true);
		assert_string_equal(focus_after(&sheet), "none");
		if (has_tab) {
			key(&sheet, SDLK_TAB, 0, 0);
		}
		key(&sheet, SDLK_ESCAPE, 0, 0);
		home = stack_make(false);
		assert_string_equal(focus_after(&home), has_tab ? "two" : "none");
	}
}

static int open_video(void **state)
{
	(void)state;
	SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
	return SDL_InitSubSystem(SDL_INIT_VIDEO);
}

static int close_video(void **state)
{
	(void)state;
	SDL_Quit();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finger_taps),
		cmocka_unit_test(a_touch_beside_buttons_is_a_sign_of_life),
		cmocka_unit_test(the_mouse_is_one_more_finger),
		cmocka_unit_test(a_lost_finger_keeps_nobody_out),
		cmocka_unit_test(a_turned_picture_is_touched_where_it_is_seen),
		cmocka_unit_test(keys_reach_everything),
		cmocka_unit_test(a_key_held_down_is_pressed_once),
		cmocka_unit_test(the_systems_keys_do_nothing),
		cmocka_unit_test(the_focus_follows_the_view),
		cmocka_unit_test(the_focus_returns_to_where_a_sheet_was_opened),
		cmocka_unit_test(the_focus_goes_to_the_first_when_the_opener_is_gone),
		cmocka_unit_test(a_touched_opener_is_returned_to),
	};
	return cmocka_run_group_tests(tests, open_video, close_video);
}
