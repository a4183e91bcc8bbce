/* The line at the foot of every screen that shows what the voice says, for those who help or who hear badly; and the
 * dark screen of a visitor who wants nobody to read along. */
#include "parts_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "app/base/limits.h"
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

static int widest_line(const struct plan *plan, struct font font, const char *text)
{
	size_t length = strcspn(text, "\n");
	int first = words_width(plan, font, arena_copy(plan->ui->arena, text, length));
	return text[length] ? max_int(first, words_width(plan, font, text + length + 1)) : first;
}

/* The steps of the volume as bars, the reached ones lit. */
static void bars_put(struct plan *plan, int parent, struct rect box, int step)
{
	int width = box.w / SPEECH_VOLUMES;
	for (int i = 0; i < SPEECH_VOLUMES; i++) {
		int height = box.h * (i + 3) / (SPEECH_VOLUMES + 2);
		struct rect bar = {box.x + i * width, box.y + box.h - height, width * 7 / 10, height};
		put_fill(plan, parent, bar, i < step ? plan->theme->sun : plan->theme->muted, width / 5);
	}
}

/* Puts the volume, and what the keys do, as far as two thirds of the line stay for the words. */
static void end_put(struct plan *plan, int bar, const struct caption *caption, struct rect *rest, uint32_t fg,
		    uint32_t bg)
{
	const struct model_caption *words = &plan->model->caption;
	int keys = widest_line(plan, caption->small, words->keys) + 1, gap = du(plan, 24);
	int volume = words_width(plan, caption->small, words->volume) + 1;
	int icon = caption->small.px * 3 / 2, bars = icon * 5 / 2;
	int least = rest->w * 11 / 20;
	bool has_keys = caption->lines == 2 && rest->w - keys - volume - icon - bars - 3 * gap >= least;
	if (has_keys) {
		struct rect column = rect_cut_right(rest, keys);
		int text = put_text(plan, bar, rect_centred(column, keys, 2 * caption->small.line_px), caption->small,
				    fg, bg, ALIGN_START, words->keys);
		widget_at(plan, text)->id = "caption-keys";
		rect_cut_right(rest, gap);
	}
	if (rest->w - volume - gap < rest->w * 6 / 10) {
		return;
	}
	int text = put_text(plan, bar, rect_cut_right(rest, volume), caption->small, fg, bg, ALIGN_END, words->volume);
	widget_at(plan, text)->id = "caption-volume";
	rect_cut_right(rest, du(plan, 12));
	if (rest->w - icon - bars - gap >= least) {
		struct rect column = rect_cut_right(rest, bars);
		bars_put(plan, bar, rect_centred(column, bars, min_int(icon, rest->h)), words->step);
		rect_cut_right(rest, du(plan, 10));
		put_icon(plan, bar, rect_cut_right(rest, icon), ICON_VOLUME, icon, plan->theme->sun, bg);
	}
	rect_cut_right(rest, gap);
}

void caption_put(struct plan *plan, struct rect box)
{
	struct caption caption = caption_make(plan);
	const struct model_caption *words = &plan->model->caption;
	uint32_t bg = plan->theme->ink, fg = plan->theme->card;
	int bar = put_fill(plan, -1, box, bg, 0);
	widget_at(plan, bar)->stops_touch = true;
	struct rect rest = rect_inset(box, du(plan, 48), caption.padding);
	end_put(plan, bar, &caption, &rest, fg, bg);
	int icon = min_int(caption.font.px * 3 / 2, rest.h);
	put_icon(plan, bar, rect_cut_left(&rest, icon), ICON_HEADPHONES, icon, fg, bg);
	rect_cut_left(&rest, du(plan, 20));
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
