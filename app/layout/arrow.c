/* The arrows that turn pages. */
#include "parts_private.h"

void arrow_put(struct plan *plan, int parent, struct rect box, int step)
{
	struct model_button arrow = {.id = step < 0 ? "previous" : "next",
				     .text = "",
				     .spoken = step < 0 ? plan->model->previous_page : plan->model->next_page,
				     .style = BUTTON_SECONDARY,
				     .action = {.kind = ACTION_PAGE, .number = step}};
	int button = put_button(plan, parent, box, &arrow, font_make(plan, 26, WEIGHT_SEMIBOLD), plan->theme->card);
	widget_at(plan, button)->icon = step < 0 ? ICON_PREVIOUS : ICON_NEXT;
	widget_at(plan, button)->icon_px = min_int(box.h, box.w) * 6 / 10;
}
