/* Computes the widget tree from the model: the rules of the screens. Pure; the same input gives the same tree. */
#ifndef APP_LAYOUT_LAYOUT_H
#define APP_LAYOUT_LAYOUT_H

#include "app/model/model.h"
#include "hyphens.h"
#include "ui.h"

struct layout_screen {
	int width_px, height_px; /* as looked at, after rotation */
	double px_per_mm;
	double distance_m;
	int text_percent; /* 100, 130, 160 */
	bool high_contrast, low_reach;
	const struct hyphens *hyphens; /* borrowed; NULL: no word is parted */
};

/* Returns NULL only when memory ran out. The caller destroys the result, which borrows nothing from the model. */
struct ui *layout_create(const struct model *model, const struct layout_screen *screen, const struct measure *measure);
void layout_destroy(struct ui *ui);

#endif
