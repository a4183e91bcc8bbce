/* The line at the foot of every screen that shows what the voice says, for those who help or who hear badly; and the
 * dark screen of a visitor who wants nobody to read along. */
#include "parts_private.h"

#include "fit_private.h"

struct caption {
	struct font font, small;
	int lines, padding;
};

static struct caption caption_make(const struct plan *plan)
{
	struct caption caption = {.font = font_make(plan, 26, WEIGHT_MEDIUM),
				  .small = font_make(plan, 22, WEIGHT_REGULAR),
				  .padding = du(plan, 14)};
	int room = plan->screen->height_px / 7 - 2 * caption.padding;
	caption.lines = room >= 2 * caption.font.line_px ? 2 : 1;
	return caption;
}

int caption_height(const struct plan *plan)
{
	struct caption caption = caption_make(plan);
	return caption.lines * caption.font.line_px + 2 * caption.padding;
}

void caption_put(struct plan *plan, struct rect box)
{
	struct caption caption = caption_make(plan);
	const struct model_caption *words = &plan->model->caption;
	uint32_t bg = plan->theme->ink, fg = plan->theme->card;
	int bar = put_fill(plan, -1, box, bg, 0);
	widget_at(plan, bar)->stops_touch = true;
	struct rect rest = rect_inset(box, du(plan, 48), caption.padding);
	int width = words_width(plan, caption.small, words->volume);
	if (width < rest.w / 3) {
		int volume = put_text(plan, bar, rect_cut_right(&rest, width), caption.small, fg, bg, ALIGN_END,
				      words->volume);
		widget_at(plan, volume)->id = "caption-volume";
		rect_cut_right(&rest, du(plan, 32));
	}
	const char *text = fit_wrap(plan, caption.font, words->text, rest.w, caption.lines);
	int line = put_text(plan, bar, rest, caption.font, fg, bg, ALIGN_START, text);
	if (line >= 0) {
		widget_at(plan, line)->id = "caption";
	}
}

void dark_put(struct plan *plan)
{
	static const uint32_t black = 0xFF000000U;
	plan->ui->is_dark = true;
	int dark = put_fill(plan, -1, (struct rect){0, 0, plan->ui->width, plan->ui->height}, black, 0);
	widget_at(plan, dark)->id = "dark";
	widget_at(plan, dark)->stops_touch = true;
}
