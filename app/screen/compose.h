/* Makes the widget tree from what is known: snapshot + visit + time → model → tree. The window, a screenshot and
 * --dump-ui all use this one function. UI thread only. */
#ifndef APP_SCREEN_COMPOSE_H
#define APP_SCREEN_COMPOSE_H

#include <stdint.h>

#include "app/config/config.h"
#include "app/model/model.h"
#include "app/config/region.h"
#include "app/office/snapshot.h"
#include "app/layout/hyphens.h"
#include "app/layout/ui.h"
#include "app/model/visit.h"

/* Everything that stays the same until the window changes. All pointers are borrowed. */
struct screen {
	const struct config *config;
	const struct region *region; /* NULL: no table */
	const struct measure *measure;
	const struct hyphens *hyphens; /* NULL: no word is parted */
	int width_px, height_px;       /* as looked at, after rotation */
};

/* A picture, and the times at which the next one would differ. */
struct scene {
	struct ui *ui;
	int64_t changes_utc;
	int64_t changes_ms; /* monotonic; INT64_MAX never */
};

/* Sets the language of all texts to the visitor's. Returns false when memory ran out. */
bool screen_compose(const struct screen *screen, const struct snapshot *snapshot, const struct visit *visit,
		    const struct model_time *time, struct scene *out_scene);
/* Returns how long the picture stays as it is, when the visit changes at visit_ms; never 0. */
int64_t scene_wait_ms(const struct scene *scene, int64_t visit_ms, int64_t utc_ms, int64_t mono_ms);
void scene_finish(struct scene *scene); /* zeroed is fine */

/* Returns the pixels per millimetre when the picture fills a screen of the configured diagonal. */
double screen_px_per_mm(const struct config *config, int width_px, int height_px);

#endif
