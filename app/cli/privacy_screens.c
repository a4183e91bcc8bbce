/* See privacy_screens.h. Screens are found as a visitor finds them, by following the buttons. */
#include "privacy_screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/screen/picture.h"
#include "app/screen/compose.h"
#include "app/draw/text.h"
#include "app/base/limits.h"

enum { SIDE_X_PX = 1920, SIDE_Y_PX = 1080 };

struct stop { /* a screen to look at */
	enum view_kind view;
	int page;
	char *id;
};

struct tour {
	struct audit *audit;
	struct program *program;
	struct screen screen;
	struct snapshot *snapshot;
	struct model_time time;
	const char *language;
	struct stop stops[AUDIT_SCREENS_MAX];
	size_t count;
};

static bool add_stop(struct tour *tour, enum view_kind view, int page, const char *id)
{
	for (size_t i = 0; i < tour->count; i++) {
		const struct stop *stop = &tour->stops[i];
		if (stop->view == view && stop->page == page && strcmp(stop->id, id) == 0) {
			return true;
		}
	}
	if (tour->count == AUDIT_SCREENS_MAX) {
		return true;
	}
	char *copy = strdup(id);
	if (!copy) {
		return false;
	}
	tour->stops[tour->count++] = (struct stop){view, page, copy};
	return true;
}

static bool follow(struct tour *tour, const struct stop *from, const struct action *action)
{
	if (action->kind == ACTION_OPEN) {
		return add_stop(tour, action->view, 0, action->id);
	}
	if (action->kind == ACTION_PAGE && from->page + action->number >= 0 && from->page < 100) {
		return add_stop(tour, from->view, from->page + action->number, from->id);
	}
	return true;
}

static void audit_widget(struct tour *tour, const char *place, const struct widget *widget)
{
	const char *const texts[] = {widget->id, widget->text, widget->spoken, widget->code};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		audit_text(tour->audit, place, texts[i]);
	}
}

static bool look_at(struct tour *tour, size_t number)
{
	const struct stop stop = tour->stops[number];
	struct scene scene = {0};
	struct visit visit;
	char place[64];
	visit_init(&visit, tour->program->config, tour->time.mono_ms);
	snprintf(visit.language, sizeof(visit.language), "%s", tour->language);
	const struct options options = {.has_view = true, .view = stop.view, .view_id = stop.id, .text_percent = 100};
	picture_open_view(&options, tour->snapshot, &visit);
	visit.page = stop.page;
	if (!screen_compose(&tour->screen, tour->snapshot, &visit, &tour->time, &scene)) {
		return false;
	}
	bool ok = true;
	snprintf(place, sizeof(place), "screen %zu (%s)", number + 1, tour->language);
	for (size_t i = 0; ok && i < scene.ui->count; i++) {
		audit_widget(tour, place, &scene.ui->widgets[i]);
		ok = follow(tour, &stop, &scene.ui->widgets[i].action);
	}
	scene_finish(&scene);
	return ok;
}

static void finish_tour(struct tour *tour)
{
	for (size_t i = 0; i < tour->count; i++) {
		free(tour->stops[i].id);
	}
	tour->count = 0;
}

static bool walk(struct tour *tour, size_t *screens)
{
	static const enum view_kind beginnings[] = {VIEW_HOME,        VIEW_MAP,    VIEW_DONE,     VIEW_TROUBLE,
						    VIEW_STILL_THERE, VIEW_ACCESS, VIEW_MEETINGS, VIEW_NIGHT,
						    VIEW_SETUP,       VIEW_HOST};
	bool ok = true;
	for (size_t i = 0; ok && i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
		ok = add_stop(tour, beginnings[i], 0, "");
	}
	for (size_t i = 0; ok && i < tour->count; i++) {
		ok = look_at(tour, i);
	}
	*screens += tour->count;
	finish_tour(tour);
	return ok;
}

bool audit_screens(struct audit *audit, struct program *program, size_t *out_screens, struct err *err)
{
	static const char *const languages[] = {"sv", "en"};
	static const enum config_mode modes[] = {MODE_KIOSK, MODE_WALL};
	const enum config_mode own_mode = program->config->mode;
	bool ok = false;
	struct text *text = text_create(err);
	struct sync *sync = text ? program_sync(program, NULL, NULL, err) : NULL;
	struct tour *tour = sync ? calloc(1, sizeof(*tour)) : NULL;
	if (!tour) {
		goto out;
	}
	program_read_region(program);
	program_read_hyphens(program);
	tour->audit = audit;
	tour->program = program;
	tour->screen = (struct screen){.config = program->config,
				       .region = program->region,
				       .measure = text_measure(text),
				       .hyphens = program->hyphens,
				       .width_px = SIDE_X_PX,
				       .height_px = SIDE_Y_PX};
	tour->snapshot = sync_snapshot(sync);
	tour->time = (struct model_time){clock_utc_s(&program->clock), clock_mono_ms(&program->clock),
					 clock_is_trusted(&program->clock)};
	ok = true;
	for (size_t i = 0; ok && i < 4; i++) {
		program->config->mode = modes[i / 2];
		tour->language = languages[i % 2];
		ok = walk(tour, out_screens);
	}
	program->config->mode = own_mode;
	snapshot_unref(tour->snapshot);
	if (!ok) {
		err_set(err, "out of memory");
	}
out:
	free(tour);
	sync_destroy(sync);
	text_destroy(text);
	return ok;
}
