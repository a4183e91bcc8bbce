/* The arrows that turn pages. */
#include "fit_private.h"
#include "parts_private.h"

int arrow_put(struct plan *plan, int parent, struct rect box, int step)
{
	struct model_button arrow = {.id = step < 0 ? "previous" : "next",
				     .text = "",
				     .spoken = step < 0 ? plan->model->previous_page : plan->model->next_page,
				     .style = BUTTON_SECONDARY,
				     .action = {.kind = ACTION_PAGE, .number = step}};
	int button = put_button(plan, parent, box, &arrow, font_make(plan, 26, WEIGHT_SEMIBOLD), plan->theme->card);
	widget_at(plan, button)->icon = step < 0 ? ICON_PREVIOUS : ICON_NEXT;
	widget_at(plan, button)->icon_px = min_int(box.h, box.w) * 6 / 10;
	return button;
}

void turn_put(struct plan *plan, int parent, struct rect box, int step, const char *words)
{
	struct font font = font_make(plan, 25, WEIGHT_SEMIBOLD);
	int icon = font.px * 11 / 10, gap = du(plan, 12), width = words_width(plan, font, words);
	int button = arrow_put(plan, parent, box, step);
	struct rect inner = rect_centred(box, icon + gap + width + 1, box.h);
	if (!words[0] || inner.w + du(plan, 24) > box.w) {
		return;
	}
	widget_at(plan, button)->icon = ICON_NONE;
	struct rect mark = step < 0 ? rect_cut_left(&inner, icon) : rect_cut_right(&inner, icon);
	put_icon(plan, button, mark, step < 0 ? ICON_PREVIOUS : ICON_NEXT, icon, plan->theme->outline,
		 plan->theme->card);
	rect_cut_left(&inner, step < 0 ? gap : 0);
	rect_cut_right(&inner, step < 0 ? 0 : gap);
	put_text(plan, button, inner, font, plan->theme->outline, plan->theme->card, ALIGN_CENTRE, words);
}
