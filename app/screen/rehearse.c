/* See rehearse.h. */
#include "rehearse.h"

#include <stdio.h>

#include "app/draw/view.h"

static void look_at(const struct screen *screen, const struct snapshot *snapshot, const struct model_time *time,
		    const struct visit *visit, struct draw *draw)
{
	struct scene scene = {0};
	if (screen_compose(screen, snapshot, visit, time, &scene)) {
		view_prepare(draw, scene.ui);
	}
	scene_finish(&scene);
}

void rehearse_maps(const struct screen *screen, const struct snapshot *snapshot, const struct visit *now,
		   const struct model_time *time, struct draw *draw)
{
	static const enum view_kind views[] = {VIEW_HOME, VIEW_FREE, VIEW_DONE};
	const struct config *config = screen->config;
	struct visit visit;
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]) && config->place_count > 0; i++) {
		visit_init(&visit, config, time->mono_ms);
		visit.text_percent = now->text_percent;
		visit.high_contrast = now->high_contrast;
		visit.low_reach = now->low_reach;
		visit.view = views[i];
		visit.shows_map = true;
		snprintf(visit.id, sizeof(visit.id), "%s", config->places[config->place_count - 1].id);
		look_at(screen, snapshot, time, &visit, draw);
	}
}

int rehearse_look(const struct visit *visit)
{
	return visit->text_percent * 4 + visit->high_contrast * 2 + visit->low_reach;
}
