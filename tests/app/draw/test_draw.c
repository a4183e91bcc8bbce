/* Single pixels of what is drawn: no golden pictures, but what must hold for any font and any SDL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <SDL.h>
#include <SDL_image.h>

#include "app/draw/draw.h"
#include "app/draw/screenshot.h"
#include "app/draw/shapes.h"
#include "app/draw/view.h"
#include "tests/app/layout/trees.h"

static const char share[] = KIOSK_BINARY_DIR "/share/satellitkiosk";
static const uint32_t paper = 0xFFF3F0E8U, river = 0xFF134B66U, amber = 0xFF9A4F00U;

static struct text *text;
static SDL_Surface *surface;
static struct draw *draw;

static int open_all(void **state)
{
	(void)state;
	text = text_create(NULL);
	surface = SDL_CreateRGBSurfaceWithFormat(0, 400, 300, 32, SDL_PIXELFORMAT_XRGB8888);
	draw = text && surface ? draw_create_for_surface(surface, text, share, NULL) : NULL;
	return draw ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	draw_destroy(draw);
	SDL_FreeSurface(surface);
	text_destroy(text);
	return 0;
}

static uint32_t pixel(int x, int y)
{
	return *(uint32_t *)(void *)((char *)surface->pixels + y * surface->pitch + 4 * x) | 0xFF000000U;
}

static int channel(uint32_t argb, int shift)
{
	return (int)((argb >> shift) & 255U);
}

/* Lies strictly between two colours, nearer to neither end than a mixture. */
static bool is_between(uint32_t argb, uint32_t a, uint32_t b)
{
	return argb != a && argb != b &&
	       channel(argb, 0) >= (channel(a, 0) < channel(b, 0) ? channel(a, 0) : channel(b, 0)) &&
	       channel(argb, 0) <= (channel(a, 0) > channel(b, 0) ? channel(a, 0) : channel(b, 0));
}

static void draw_one(const struct draw_box *box)
{
	assert_true(draw_begin(draw, paper, NULL));
	draw_box(draw, box);
	assert_true(draw_end(draw));
}

static void a_box_fills_exactly_its_rectangle(void **state)
{
	(void)state;
	draw_one(&(struct draw_box){.rect = {20, 30, 100, 50}, .fill = FILL_SOLID, .fill_rgb = river});
	for (int y = 25; y < 90; y++) {
		for (int x = 15; x < 130; x++) {
			assert_int_equal(pixel(x, y), x >= 20 && x < 120 && y >= 30 && y < 80 ? river : paper);
		}
	}
}

static void corners_are_round_and_soft(void **state)
{
	(void)state;
	draw_one(&(struct draw_box){.rect = {20, 30, 100, 50}, .fill = FILL_SOLID, .fill_rgb = river, .radius_px = 16});
	static const int corners[4][2] = {{20, 30}, {119, 30}, {20, 79}, {119, 79}};
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pixel(corners[i][0], corners[i][1]), paper);
	}
	int soft = 0;
	for (int x = 20; x < 36; x++) {
		for (int y = 30; y < 46; y++) {
			soft += is_between(pixel(x, y), paper, river);
			assert_int_equal(pixel(x, y), pixel(139 - x, y));               /* left as right */
			assert_int_equal(pixel(x, y), pixel(x, 109 - y));               /* above as below */
			assert_int_equal(pixel(x, y), pixel(20 + y - 30, 30 + x - 20)); /* across the diagonal */
		}
	}
	assert_in_range(soft, 10, 60);
	assert_int_equal(pixel(70, 30), river);
	assert_int_equal(pixel(20, 55), river);
	assert_int_equal(pixel(70, 55), river);
}

static void borders_lie_inside(void **state)
{
	(void)state;
	draw_one(&(struct draw_box){.rect = {20, 30, 100, 50},
				    .fill = FILL_SOLID,
				    .fill_rgb = 0xFFFFFFFFU,
				    .border_rgb = amber,
				    .border_px = 3,
				    .radius_px = 12});
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pixel(70, 30 + i), amber);
		assert_int_equal(pixel(70, 79 - i), amber);
		assert_int_equal(pixel(20 + i, 55), amber);
		assert_int_equal(pixel(119 - i, 55), amber);
	}
	assert_int_equal(pixel(70, 29), paper);
	assert_int_equal(pixel(70, 33), 0xFFFFFFFFU);
	assert_int_equal(pixel(23, 55), 0xFFFFFFFFU);
	draw_one(&(struct draw_box){.rect = {20, 30, 100, 50}, .border_rgb = amber, .border_px = 3, .radius_px = 12});
	assert_int_equal(pixel(70, 55), paper); /* no fill: what lies behind is seen */
	assert_int_equal(pixel(20, 55), amber);
}

static void dashes_leave_gaps(void **state)
{
	int turns = 0;
	(void)state;
	draw_one(&(struct draw_box){
		.rect = {20, 30, 200, 50}, .border_rgb = amber, .border_px = 3, .radius_px = 12, .is_dashed = true});
	for (int x = 33; x < 207; x++) {
		turns += pixel(x, 31) != pixel(x - 1, 31);
	}
	assert_in_range(turns, 12, 40);
	assert_int_equal(pixel(120, 55), paper);
}

static void a_hatch_has_both_fills_within_the_outline(void **state)
{
	const uint32_t one = 0xFFEFEBE1U, other = 0xFFE2DDD0U;
	int ones = 0, others = 0;
	(void)state;
	draw_one(&(struct draw_box){.rect = {20, 30, 200, 100},
				    .fill = FILL_HATCH,
				    .fill_rgb = one,
				    .fill2_rgb = other,
				    .radius_px = 12,
				    .stripe_px = 10});
	for (int y = 42; y < 118; y++) {
		for (int x = 32; x < 208; x++) {
			ones += pixel(x, y) == one;
			others += pixel(x, y) == other;
			assert_int_equal(pixel(x, y), pixel(x + 1, y - 1)); /* stripes rise to the right */
		}
	}
	assert_in_range(ones, 4000, 8000);
	assert_in_range(others, 4000, 8000);
	assert_int_equal(pixel(20, 30), paper);
	assert_int_equal(pixel(219, 129), paper);
}

static void boxes_larger_than_their_radius_and_empty_ones(void **state)
{
	(void)state;
	draw_one(&(struct draw_box){.rect = {20, 30, 40, 40}, .fill = FILL_SOLID, .fill_rgb = river, .radius_px = 500});
	assert_int_equal(pixel(40, 50), river);
	assert_int_equal(pixel(21, 31), paper);
	draw_one(&(struct draw_box){.rect = {20, 30, 0, 40}, .fill = FILL_SOLID, .fill_rgb = river, .radius_px = 5});
	draw_one(&(struct draw_box){.rect = {20, 30, -7, -9}, .fill = FILL_HATCH, .fill_rgb = river, .border_px = 9});
	draw_one(&(struct draw_box){.rect = {20, 30, 3, 3},
				    .fill = FILL_SOLID,
				    .fill_rgb = river,
				    .border_rgb = amber,
				    .border_px = 40,
				    .radius_px = -3});
	assert_int_equal(pixel(200, 200), paper);
}

static void every_icon_has_ink_in_its_colour(void **state)
{
	(void)state;
	for (int icon = ICON_NONE + 1; icon < ICON_COUNT; icon++) {
		int ink = 0, side = icon == ICON_BIRCHES || icon == ICON_BARK ? 190 : 48;
		assert_true(draw_begin(draw, 0xFFFFFFFFU, NULL));
		draw_icon(draw, (enum ui_icon)icon, 100, 100, side, river);
		assert_true(draw_end(draw));
		for (int y = 0; y < 300; y++) {
			for (int x = 0; x < 400; x++) {
				bool is_inside = x >= 100 && x < 100 + side && y >= 100 && y < 100 + side;
				assert_true(is_inside || pixel(x, y) == 0xFFFFFFFFU);
				ink += pixel(x, y) == river;
			}
		}
		assert_in_range(ink, side == 48 ? 40 : 4, side * side);
	}
}

static void the_rings_host_is_at_the_top(void **state)
{
	const uint32_t sun = 0xFFFFD27AU, next = 0xFF8FB9CCU, other = 0xFF2C647FU;
	struct ui_ring ring = {7, 2, 3, 20, sun, next, other};
	struct rect box = {100, 50, 200, 200};
	(void)state;
	assert_true(draw_begin(draw, river, NULL));
	draw_ring(draw, &box, &ring);
	assert_true(draw_end(draw));
	assert_int_equal(pixel(200, 60), sun);
	assert_int_equal(pixel(200 + 70, 150 - 56), next); /* 51° to the right of the top */
	assert_int_equal(pixel(200 - 70, 150 - 56), other);
	assert_int_equal(pixel(200, 150), river);
	assert_int_equal(pixel(200, 248), river); /* between two arcs: seven leave a gap below */
}

/* Read back from pixels: finder patterns, quiet zone, whole pixels a module. */
static void a_code_is_crisp(void **state)
{
	struct image code = {0};
	(void)state;
	assert_true(shape_code("https://example.org/bookings/", 300, 0xFF16242EU, 0xFFFFFFFFU, &code));
	assert_int_equal(code.width, code.height);
	assert_in_range(code.width, 200, 300);
	int first = 0;
	while (code.argb[first * code.width + first] == 0xFFFFFFFFU) {
		first++;
	}
	int module = first / 4;
	assert_int_equal(first, 4 * module);
	for (int i = 0; i < 7 * module; i++) {
		assert_int_equal(code.argb[first * code.width + first + i], 0xFF16242EU); /* the finder's upper edge */
	}
	assert_int_equal(code.argb[first * code.width + first + 7 * module], 0xFFFFFFFFU);
	image_finish(&code);
	char long_text[4000];
	memset(long_text, 'x', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	assert_false(shape_code(long_text, 300, 0, 0, &code));
	assert_false(shape_code("https://example.org/", 10, 0, 0, &code));
}

static void a_picture_is_the_same_each_time(void **state)
{
	struct widget widgets[] = {tree_widget("x", UI_BUTTON, (struct rect){20, 20, 300, 80})};
	struct ui ui = tree_of(widgets, 1);
	struct view_marks none = {-1, -1}, pressed = {0, -1}, focused = {-1, 0};
	const size_t size = (size_t)surface->pitch * (size_t)surface->h;
	char *first = malloc(size);
	(void)state;
	assert_non_null(first);
	widgets[0].text = "Checka in\nKontorsplats 5";
	widgets[0].icon = ICON_CLOCK;
	widgets[0].icon_px = 24;
	const struct view_marks *const marks[] = {&none, &pressed, &none, &focused, &none};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		assert_true(draw_begin(draw, paper, NULL));
		view_draw(draw, &ui, marks[i]);
		assert_true(draw_end(draw));
		if (i == 0) {
			memcpy(first, surface->pixels, size);
		}
		assert_int_equal(memcmp(first, surface->pixels, size) == 0, marks[i] == &none);
	}
	free(first);
}

/* The ring of the keyboard is 4 pixels thick and contrasts with paper and with the button. */
static void the_focus_is_seen(void **state)
{
	struct widget widgets[] = {tree_widget("x", UI_BUTTON, (struct rect){100, 100, 200, 80})};
	struct ui ui = tree_of(widgets, 1);
	(void)state;
	widgets[0].fill = FILL_SOLID;
	widgets[0].fill_rgb = river;
	assert_true(draw_begin(draw, paper, NULL));
	view_draw(draw, &ui, &(struct view_marks){-1, 0});
	assert_true(draw_end(draw));
	for (int i = 1; i <= 4; i++) {
		assert_int_equal(pixel(200, 100 - i), 0xFF16242EU);
	}
	assert_int_equal(pixel(200, 95), 0xFFFFFFFFU);
	assert_int_equal(pixel(200, 94), 0xFFFFFFFFU);
	assert_int_equal(pixel(200, 93), paper);
}

static void a_screenshot_is_a_png_of_the_trees_size(void **state)
{
	struct widget widgets[] = {tree_widget("x", UI_TEXT, (struct rect){20, 20, 300, 80})};
	struct ui ui = tree_of(widgets, 1);
	struct err err = {0};
	(void)state;
	widgets[0].text = "Välkommen";
	assert_true(screenshot_write(&ui, NULL, share, "test_draw.png", &err));
	SDL_Surface *read = IMG_Load("test_draw.png");
	assert_non_null(read);
	assert_int_equal(read->w, 400);
	assert_int_equal(read->h, 300);
	SDL_FreeSurface(read);
	unlink("test_draw.png");
	assert_false(screenshot_write(&ui, NULL, share, "/nonexistent/folder/x.png", &err));
	assert_non_null(strstr(err.text, "/nonexistent/folder/x.png"));
	assert_false(screenshot_write(&ui, NULL, "/nonexistent", "test_draw.png", &err));
	assert_non_null(strstr(err.text, "/nonexistent/icons/"));
	assert_int_equal(access("test_draw.png", F_OK), -1);
}

/* A part drawn anew over an older picture gives the same pixels as drawing everything. */
static void a_part_is_as_good_as_the_whole(void **state)
{
	struct widget before[3], after[3];
	struct ui a = tree_of(before, 3), b = tree_of(after, 3);
	struct view_marks none = {-1, -1};
	struct ui_parts parts;
	const size_t size = (size_t)surface->pitch * (size_t)surface->h;
	char *whole = malloc(size);
	(void)state;
	assert_non_null(whole);
	before[0] = tree_widget("card", UI_GROUP, (struct rect){10, 10, 380, 200});
	before[0].fill = FILL_SOLID;
	before[0].fill_rgb = 0xFFFFFFFFU;
	before[0].radius_px = 24;
	before[1] = tree_widget("clock", UI_TEXT, (struct rect){200, 20, 150, 60});
	before[1].text = "10:42";
	before[1].font_px = 50;
	before[2] = tree_widget("scrim", UI_GROUP, (struct rect){0, 0, 400, 300});
	before[2].fill = FILL_SOLID;
	before[2].fill_rgb = 0x9E101C24U;
	memcpy(after, before, sizeof(after));
	after[1].text = "10:43";
	draw_begin(draw, paper, NULL);
	view_draw(draw, &b, &none);
	draw_end(draw);
	memcpy(whole, surface->pixels, size);
	draw_begin(draw, paper, NULL);
	view_draw(draw, &a, &none);
	draw_end(draw);
	assert_memory_not_equal(whole, surface->pixels, size);
	assert_true(ui_differs(&a, &b, &parts));
	assert_int_equal(parts.count, 1);
	assert_true(parts.items[0].w < 400 && parts.items[0].h < 200);
	draw_begin(draw, paper, &parts.items[0]);
	view_draw(draw, &b, &none);
	draw_end(draw);
	assert_memory_equal(whole, surface->pixels, size);
	free(whole);
}

/* A mark near the picture's upper left corner, and where it must come to lie on a window of 400 × 300. */
static void a_turned_picture_lies_right_on_the_window(void **state)
{
	static const struct {
		int rotation, width, height, x, y; /* of the picture; of the mark's middle on the window */
	} turns[] = {
		{0, 400, 300, 20, 15}, {90, 300, 400, 384, 20}, {180, 400, 300, 379, 284}, {270, 300, 400, 15, 279}};
	(void)state;
	SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
	assert_int_equal(SDL_InitSubSystem(SDL_INIT_VIDEO), 0);
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
		SDL_Window *window = SDL_CreateWindow("test", 0, 0, 400, 300, 0);
		struct draw *turned = draw_create_for_window(window, turns[i].rotation, text, share, NULL);
		struct draw_box mark = {.rect = {10, 10, 20, 10}, .fill = FILL_SOLID, .fill_rgb = river};
		struct rect part = {10, 10, 20, 10};
		int width, height;
		draw_size(turned, &width, &height);
		assert_int_equal(width, turns[i].width);
		assert_int_equal(height, turns[i].height);
		for (int round = 0; round < 2; round++) { /* the whole, then the part alone in another colour */
			assert_true(draw_begin(turned, paper, round == 0 ? NULL : &part));
			mark.fill_rgb = round == 0 ? river : amber;
			draw_box(turned, &mark);
			assert_true(draw_end(turned));
			const SDL_Surface *shown = SDL_GetWindowSurface(window);
			int marked = 0;
			for (int y = 0; y < 300; y++) {
				for (int x = 0; x < 400; x++) {
					uint32_t seen =
						*(uint32_t *)(void *)((char *)shown->pixels + y * shown->pitch + 4 * x);
					bool is_marked = (seen & 0xFFFFFFU) == (mark.fill_rgb & 0xFFFFFFU);
					assert_true(is_marked || (seen & 0xFFFFFFU) == (paper & 0xFFFFFFU));
					assert_true(!is_marked ||
						    (abs(x - turns[i].x) <= 10 && abs(y - turns[i].y) <= 10));
					marked += is_marked;
				}
			}
			assert_int_equal(marked, 200);
		}
		draw_destroy(turned);
		SDL_DestroyWindow(window);
	}
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

/* Far more different texts than are kept: the cache stays within its limit, nothing is drawn wrong. */
static void more_texts_than_are_kept(void **state)
{
	struct text_style style = {.font_px = 60};
	(void)state;
	for (int i = 0; i < 2000; i++) {
		char line[32];
		int length = snprintf(line, sizeof(line), "Kontorsplats %d", i);
		draw_begin(draw, paper, NULL);
		draw_text(draw, &style, line, (size_t)length, 10, 100, amber);
		draw_end(draw);
	}
	int ink = 0;
	for (int x = 0; x < 400; x++) {
		ink += pixel(x, 90) == amber;
	}
	assert_in_range(ink, 20, 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_box_fills_exactly_its_rectangle),
		cmocka_unit_test(corners_are_round_and_soft),
		cmocka_unit_test(borders_lie_inside),
		cmocka_unit_test(dashes_leave_gaps),
		cmocka_unit_test(a_hatch_has_both_fills_within_the_outline),
		cmocka_unit_test(boxes_larger_than_their_radius_and_empty_ones),
		cmocka_unit_test(every_icon_has_ink_in_its_colour),
		cmocka_unit_test(the_rings_host_is_at_the_top),
		cmocka_unit_test(a_code_is_crisp),
		cmocka_unit_test(a_picture_is_the_same_each_time),
		cmocka_unit_test(the_focus_is_seen),
		cmocka_unit_test(a_screenshot_is_a_png_of_the_trees_size),
		cmocka_unit_test(a_part_is_as_good_as_the_whole),
		cmocka_unit_test(a_turned_picture_lies_right_on_the_window),
		cmocka_unit_test(more_texts_than_are_kept),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
