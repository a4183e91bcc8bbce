/* See work.h. The program that counts is linked with --wrap=keep, through which the model copies what calendars hold.
 */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/draw/text.h"
#include "app/model/private.h"
#include "fixture.h"

static struct text *text;
static struct work counted;

const char *__real_keep(struct maker *maker, const char *words);
const char *__wrap_keep(struct maker *maker, const char *words);

const char *__wrap_keep(struct maker *maker, const char *words)
{
	counted.words++;
	return __real_keep(maker, words);
}

static int count_width(void *context, enum ui_weight weight, int font_px, bool is_tabular, const char *line,
		       size_t length)
{
	const struct measure *measure = context;
	counted.texts++;
	counted.bytes += length;
	return measure->width_px(measure->context, weight, font_px, is_tabular, line, length);
}

static int count_line(void *context, enum ui_weight weight, int font_px)
{
	const struct measure *measure = context;
	return measure->line_px(measure->context, weight, font_px);
}

const struct work_view work_views[] = {
	{"home", VIEW_HOME, MODE_KIOSK, 1920, 1080, 100, false},
	{"160 %", VIEW_HOME, MODE_KIOSK, 1920, 1080, 160, false},
	{"low", VIEW_HOME, MODE_KIOSK, 1920, 1080, 100, true},
	{"portrait", VIEW_HOME, MODE_KIOSK, 1080, 1920, 100, false},
	{"small", VIEW_HOME, MODE_KIOSK, 1024, 600, 130, false},
	{"all", VIEW_ALL, MODE_KIOSK, 1920, 1080, 100, false},
	{"sheet", VIEW_SHEET, MODE_KIOSK, 1920, 1080, 100, false},
	{"meeting", VIEW_MEETING, MODE_KIOSK, 1080, 1920, 160, false},
	{"move", VIEW_MOVE, MODE_KIOSK, 1920, 1080, 160, true},
	{"wall", VIEW_HOME, MODE_WALL, 1920, 1080, 100, false},
	{"tall wall", VIEW_HOME, MODE_WALL, 1080, 1920, 100, false},
};
const size_t work_view_count = sizeof(work_views) / sizeof(work_views[0]);

bool work_begin(void)
{
	struct err err = {""};
	text = text_create(&err);
	if (!text) {
		printf("%s\n", err.text);
	}
	return text;
}

void work_end(void)
{
	text_destroy(text);
	text = NULL;
}

static struct layout_screen screen_of(const struct work_view *view)
{
	struct layout_screen screen = fixture_screen(view->width_px, view->height_px);
	screen.text_percent = view->text_percent;
	screen.low_reach = view->low_reach;
	if (view->mode == MODE_WALL) { /* 55 inches, at three metres */
		screen.px_per_mm = 1.58;
		screen.distance_m = 3;
	}
	return screen;
}

struct work work_measure(struct scene *scene, const struct work_view *view)
{
	struct measure measure = {count_width, count_line, (void *)(uintptr_t)text_measure(text)};
	struct layout_screen screen = screen_of(view);
	size_t shaped = text_shaped(text);
	counted = (struct work){0};
	scene->world->config.mode = view->mode;
	scene->visit.text_percent = view->text_percent;
	struct ui *ui = layout_create(scene_look_at(scene, view->view, "crowd7"), &screen, &measure);
	if (!ui) {
		abort();
	}
	counted.widgets = ui->count;
	counted.shaped = text_shaped(text) - shaped;
	layout_destroy(ui);
	return counted;
}

const char *work_excess(const struct work *work)
{
	return work->texts > WORK_TEXTS_MAX       ? "texts"
	       : work->bytes > WORK_BYTES_MAX     ? "bytes"
	       : work->shaped > WORK_SHAPED_MAX   ? "shaped runs"
	       : work->words > WORK_WORDS_MAX     ? "words"
	       : work->widgets > WORK_WIDGETS_MAX ? "widgets"
						  : NULL;
}
