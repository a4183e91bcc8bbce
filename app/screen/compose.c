/* See compose.h. This file decides nothing: the model and the layout do. */
#include "compose.h"

#include <math.h>

#include "ical/small.h"
#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/layout/layout.h"

double screen_px_per_mm(const struct config *config, int width_px, int height_px)
{
	static const double mm_per_inch = 25.4;
	return hypot(width_px, height_px) / (config->diagonal_in * mm_per_inch);
}

bool screen_compose(const struct screen *screen, const struct snapshot *snapshot, const struct visit *visit,
		    const struct model_time *time, struct scene *out_scene)
{
	i18n_set_language(visit->language);
	struct model *model = model_create(screen->config, screen->region, snapshot, visit, time);
	if (!model) {
		return false;
	}
	struct layout_screen look = {
		.width_px = screen->width_px,
		.height_px = screen->height_px,
		.px_per_mm = screen_px_per_mm(screen->config, screen->width_px, screen->height_px),
		.distance_m = screen->config->distance_m,
		.text_percent = visit->text_percent,
		.high_contrast = visit->high_contrast,
		.low_reach = visit->low_reach,
		.hyphens = screen->hyphens,
	};
	struct ui *ui = layout_create(model, &look, screen->measure);
	if (ui) {
		*out_scene = (struct scene){ui, model->changes_utc, model->changes_ms};
	}
	model_destroy(model);
	return ui != NULL;
}

int64_t scene_wait_ms(const struct scene *scene, int64_t visit_ms, int64_t utc_ms, int64_t mono_ms)
{
	int64_t next_ms = small_min(visit_ms, scene->changes_ms);
	int64_t wait = next_ms == INT64_MAX ? LOOP_SLEEP_MAX_MS : small_min(next_ms - mono_ms, LOOP_SLEEP_MAX_MS);
	if (scene->changes_utc < utc_ms / 1000 + LOOP_SLEEP_MAX_MS / 1000) {
		wait = small_min(wait, scene->changes_utc * 1000 - utc_ms);
	}
	return wait > 0 ? wait : LOOP_SLEEP_AGAIN_MS;
}

void scene_finish(struct scene *scene)
{
	layout_destroy(scene->ui);
	*scene = (struct scene){0};
}
