/* Draws a fixture to a PNG file, for the eye:
 * render_fixture OUT.png [view=sheet] [size=1920x1080] [text=160] [places=30] [page=1] [long] [wall] [empty] [crowded]
 * [old] [high] [low] [meetings=200] [diagonal=55] [distance=5] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/draw/screenshot.h"
#include "app/draw/text.h"
#include "tests/app/layout/fixture.h"

static void view_from(struct fixture *fixture, const char *name)
{
	for (int i = 0; i <= VIEW_SETUP; i++) {
		if (strcmp(fixture_view_names[i], name) == 0) {
			fixture->view = (enum view_kind)i;
		}
	}
}

static void option_read(const char *option, struct fixture *fixture, struct layout_screen *screen, double *diagonal)
{
	const char *value = strchr(option, '=');
	value = value ? value + 1 : "";
	if (strncmp(option, "view=", 5) == 0) {
		view_from(fixture, value);
	} else if (strncmp(option, "size=", 5) == 0) {
		char *end = NULL;
		screen->width_px = (int)strtol(value, &end, 10);
		screen->height_px = (int)strtol(*end ? end + 1 : end, NULL, 10);
	} else if (strncmp(option, "text=", 5) == 0) {
		screen->text_percent = atoi(value);
	} else if (strncmp(option, "places=", 7) == 0) {
		fixture->places = (size_t)atoi(value);
	} else if (strncmp(option, "meetings=", 9) == 0) {
		fixture->meetings = (size_t)atoi(value);
	} else if (strncmp(option, "page=", 5) == 0) {
		fixture->page = atoi(value);
	} else if (strncmp(option, "minute=", 7) == 0) {
		fixture->minute = atoi(value);
	} else if (strncmp(option, "diagonal=", 9) == 0) {
		*diagonal = atof(value);
	} else if (strncmp(option, "distance=", 9) == 0) {
		screen->distance_m = atof(value);
	}
	fixture->words = strcmp(option, "long") == 0 ? WORDS_LONG : fixture->words;
	fixture->mode = strcmp(option, "wall") == 0 ? MODE_WALL : fixture->mode;
	fixture->is_empty |= strcmp(option, "empty") == 0;
	fixture->is_crowded |= strcmp(option, "crowded") == 0;
	fixture->is_old |= strcmp(option, "old") == 0;
	screen->high_contrast |= strcmp(option, "high") == 0;
	screen->low_reach |= strcmp(option, "low") == 0;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct fixture fixture = {0};
	struct layout_screen screen = fixture_screen(1920, 1080);
	double diagonal = 24;
	for (int i = 2; i < argc; i++) {
		option_read(argv[i], &fixture, &screen, &diagonal);
	}
	screen.px_per_mm = hypot(screen.width_px, screen.height_px) / (diagonal * 25.4);
	struct arena *arena = arena_create();
	struct text *text = text_create(&err);
	struct ui *ui = text ? layout_create(fixture_model(arena, &fixture), &screen, text_measure(text)) : NULL;
	bool done =
		ui && argc > 1 && screenshot_write(ui, NULL, KIOSK_BINARY_DIR "/share/satellitkiosk", argv[1], &err);
	for (size_t i = 0; ui && i < ui->count; i++) {
		if (ui->widgets[i].clipped) {
			printf("clipped: %s \"%s\"\n", ui->widgets[i].id, ui->widgets[i].text);
		}
	}
	if (!done) {
		fprintf(stderr, "render_fixture: %s\n", err.text);
	}
	layout_destroy(ui);
	text_destroy(text);
	arena_destroy(arena);
	return done ? 0 : 1;
}
