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
	{"home", VIEW_HOME, MODE_KIOSK, 1920, 1080, 100, false, "crowd7"},
	{"160 %", VIEW_HOME, MODE_KIOSK, 1920, 1080, 160, false, "crowd7"},
	{"low", VIEW_HOME, MODE_KIOSK, 1920, 1080, 100, true, "crowd7"},
	{"portrait", VIEW_HOME, MODE_KIOSK, 1080, 1920, 100, false, "crowd7"},
	{"small", VIEW_HOME, MODE_KIOSK, 1024, 600, 130, false, "crowd7"},
	{"all", VIEW_ALL, MODE_KIOSK, 1920, 1080, 100, false, "crowd7"},
	{"sheet", VIEW_SHEET, MODE_KIOSK, 1920, 1080, 100, false, "crowd7"},
	{"meeting", VIEW_MEETING, MODE_KIOSK, 1080, 1920, 160, false, "crowd7"},
	{"move", VIEW_MOVE, MODE_KIOSK, 1920, 1080, 160, true, "crowd7"},
	{"wall", VIEW_HOME, MODE_WALL, 1920, 1080, 100, false, "crowd7"},
	{"tall wall", VIEW_HOME, MODE_WALL, 1080, 1920, 100, false, "crowd7"},
	{"week", VIEW_WEEK, MODE_KIOSK, 1920, 1080, 100, false, "crowd7"},
	{"low week", VIEW_WEEK, MODE_KIOSK, 1080, 1920, 160, true, "crowd7"},
	{"map", VIEW_MAP, MODE_KIOSK, 1920, 1080, 100, false, "crowd7"},
	{"small map", VIEW_MAP, MODE_KIOSK, 1024, 600, 160, false, "crowd7"},
	{"meetings", VIEW_MEETINGS, MODE_KIOSK, 1080, 1920, 130, false, "crowd7"},
	{"place", VIEW_FREE, MODE_KIOSK, 1920, 1080, 100, false, "5"},
	{"room", VIEW_FREE, MODE_KIOSK, 1080, 1920, 160, true, "K"},
};
const size_t work_view_count = sizeof(work_views) / sizeof(work_views[0]);

/* As many words as a plan may have, each as long as it may be. */
static struct floorplan hostile = {.width = 1180, .height = 630, .label_count = FLOORPLAN_LABELS_MAX};
static struct floorplan_label labels[FLOORPLAN_LABELS_MAX];
static char words[FLOORPLAN_LABELS_MAX][FLOORPLAN_LABEL_MAX];

static void put_on_plan(struct config *config)
{
	for (size_t i = 0; i < FLOORPLAN_LABELS_MAX; i++) {
		struct floorplan_point at = {20 + 60 * (double)(i % 20), 20 + 60 * (double)(i / 20)};
		snprintf(words[i], sizeof(words[i]), "%zu samhällsbyggnadsförvaltningens م日aகжשä한กω lokalfrågor", i);
		labels[i] = (struct floorplan_label){at, i % 2 == 0, words[i]};
	}
	hostile.labels = labels;
	config->floorplan = &hostile;
	config->here = (struct config_spot){.is_known = true, .at = {760, 565}};
	for (size_t i = 0; i < config->place_count; i++) {
		config->places[i].spot.is_known = true;
		config->places[i].spot.at =
			(struct floorplan_point){60 + 90 * (double)(i % 12), 60 + 90 * (double)(i / 12)};
	}
}

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
	scene->visit.shows_map = view->view == VIEW_MAP;
	if (scene->visit.shows_map) {
		put_on_plan(&scene->world->config);
	}
	enum view_kind kind = scene->visit.shows_map ? VIEW_HOME : view->view;
	struct ui *ui = layout_create(scene_look_at(scene, kind, view->id), &screen, &measure);
	if (!ui) {
		abort();
	}
	scene->world->config.floorplan = NULL;
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
