/* How long it takes to draw and to answer a finger, beside what a bare SDL program needs for an empty picture on the
 * same window; and how long it takes to think, with many places and occurrences. Prints a table; fails past its limits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <SDL.h>

#include "../../app/arena.h"
#include "../../app/draw.h"
#include "../../app/i18n.h"
#include "../../app/input.h"
#include "../../app/layout.h"
#include "../../app/view.h"
#include "../../app/window.h"
#include "../app/fixture.h"

enum { ROUNDS = 301, TAPS = 500 };

static const double frame_us = 1e6 / 60;

static double now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double percentile(double *times, size_t count, double share)
{
	qsort(times, count, sizeof *times, by_size);
	size_t at = (size_t)((double)count * share);
	return times[at < count ? at : count - 1];
}

struct stage {
	SDL_Window *window;
	struct text *text;
	struct draw *draw;
	struct arena *arena;
	struct ui *ui;
};

static bool stage_open(struct stage *stage, enum view_kind view)
{
	struct err err = {0};
	struct fixture fixture = {.view = view};
	struct layout_screen screen = fixture_screen(1920, 1080);
	stage->window = window_open(1920, 1080, &err);
	stage->text = text_create(&err);
	stage->arena = arena_create();
	stage->draw = stage->window && stage->text
			      ? draw_create_for_window(stage->window, 0, stage->text,
						       KIOSK_BINARY_DIR "/share/satellitkiosk", &err)
			      : NULL;
	stage->ui = stage->draw
			    ? layout_create(fixture_model(stage->arena, &fixture), &screen, text_measure(stage->text))
			    : NULL;
	if (!stage->ui)
		fprintf(stderr, "bench_draw: %s %s\n", err.text, SDL_GetError());
	return stage->ui != NULL;
}

static void stage_close(struct stage *stage)
{
	layout_destroy(stage->ui);
	arena_destroy(stage->arena);
	draw_destroy(stage->draw);
	text_destroy(stage->text);
	window_close(stage->window);
}

static void draw_all(struct stage *stage, const struct view_marks *marks)
{
	draw_begin(stage->draw, stage->ui->paper, NULL);
	view_draw(stage->draw, stage->ui, marks);
	draw_end(stage->draw);
}

static bool is_within(const char *what, double value, const char *unit, double limit)
{
	bool ok = value <= limit;
	printf("%-62s %8.2f %-3s limit %8.2f %s\n", what, value, unit, limit, ok ? "" : "EXCEEDED");
	return ok;
}

/* Alternating, so that both see the same machine. */
static bool measure_redraw(enum view_kind view, const char *name, double limit)
{
	static double bare[ROUNDS], full[ROUNDS];
	struct view_marks none = {-1, -1};
	struct stage stage = {0};
	if (!stage_open(&stage, view))
		return false;
	draw_all(&stage, &none);
	for (int i = 0; i < ROUNDS; i++) {
		double start = now_us();
		draw_begin(stage.draw, stage.ui->paper, NULL);
		draw_end(stage.draw);
		bare[i] = now_us() - start;
		start = now_us();
		draw_all(&stage, &none);
		full[i] = now_us() - start;
	}
	/* The quieter moments of a machine that may have other things to do. */
	double empty = percentile(bare, ROUNDS, 0.1), whole = percentile(full, ROUNDS, 0.1);
	printf("%s: clear and present %.0f us, full redraw %.0f us\n", name, empty, whole);
	stage_close(&stage);
	return limit <= 0 ||
	       is_within("full redraw / clear and present, home 1920x1080, software", whole / empty, "x", limit);
}

/* From SDL's event to the picture that the X server has taken, pressed and released in turn. */
static bool measure_touch(void)
{
	static double times[TAPS];
	struct stage stage = {0};
	struct input input = {.width_px = 1920, .height_px = 1080};
	struct action action;
	if (!stage_open(&stage, VIEW_HOME))
		return false;
	const struct widget *button = ui_by_id(stage.ui, "lang");
	if (!button)
		return false;
	draw_all(&stage, &(struct view_marks){-1, -1});
	for (int i = 0; i < TAPS; i++) {
		SDL_Event event = {.button = {.type = i % 2 ? SDL_MOUSEBUTTONUP : SDL_MOUSEBUTTONDOWN,
					      .button = SDL_BUTTON_LEFT,
					      .x = button->box.x + button->box.w / 2,
					      .y = button->box.y + button->box.h / 2}};
		double start = now_us();
		input_event(&input, stage.ui, &event, &action);
		struct view_marks marks = input_marks(&input, stage.ui);
		struct rect part = ui_extent(button);
		draw_begin(stage.draw, stage.ui->paper, &part); /* as the loop does it */
		view_draw(stage.draw, stage.ui, &marks);
		draw_end(stage.draw);
		times[i] = now_us() - start;
	}
	double late = percentile(times, TAPS, 0.99);
	printf("touch to changed pixels: median %.0f us, 99th percentile %.0f us\n", percentile(times, TAPS, 0.5),
	       late);
	stage_close(&stage);
	return is_within("touch to changed pixels, 99th percentile / one 60 Hz frame", late / frame_us, "x", 1);
}

/* Layout alone, 60 places. */
static bool measure_layout(void)
{
	static double times[ROUNDS];
	struct stage stage = {0};
	struct fixture fixture = {.places = 60, .is_crowded = true};
	struct layout_screen screen = fixture_screen(1920, 1080);
	if (!stage_open(&stage, VIEW_HOME))
		return false;
	struct model *model = fixture_model(stage.arena, &fixture);
	for (int i = 0; i < ROUNDS; i++) {
		double start = now_us();
		struct ui *ui = layout_create(model, &screen, text_measure(stage.text));
		times[i] = now_us() - start;
		layout_destroy(ui);
	}
	printf("layout, 60 places: median %.0f us\n", percentile(times, ROUNDS, 0.5));
	stage_close(&stage);
	return true;
}

int main(void)
{
	bool ok = measure_redraw(VIEW_HOME, "home", 3);
	ok = ok && measure_redraw(VIEW_SHEET, "sheet", 0);
	ok = ok && measure_touch();
	ok = ok && measure_layout();
	SDL_Quit();
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
