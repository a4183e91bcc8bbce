/* The sheet of a meeting: the day, the title, where it is held, and what else is known. The place is most conspicuous
 * when the meeting is not here. */
#include "facts_private.h"

#include "fit_private.h"

static const struct model_detail *detail_of(const struct plan *plan)
{
	return &plan->model->detail;
}

/* The day as a tile. */

static int tile_side(const struct plan *plan)
{
	int words = font_make(plan, 66, WEIGHT_BOLD).line_px * 8 / 10 + font_make(plan, 36, WEIGHT_SEMIBOLD).line_px;
	return page_is_low(plan) ? 0 : max_int(du(plan, 150), words + du(plan, 8));
}

static void tile_put_box(struct plan *plan, int parent, struct rect box)
{
	const struct theme *theme = plan->theme;
	int tile = page_panel_put(plan, parent, box, theme->river_soft);
	struct font day = font_make(plan, 66, WEIGHT_BOLD), month = font_make(plan, 36, WEIGHT_SEMIBOLD);
	int day_h = day.line_px * 9 / 10;
	struct rect words = rect_centred(box, box.w, day_h + month.line_px);
	month = fit_font(plan, month, detail_of(plan)->month, box.w - du(plan, 8), 0.6);
	put_text(plan, tile, rect_cut_top(&words, day_h), day, theme->on_river_soft, theme->river_soft, ALIGN_CENTRE,
		 detail_of(plan)->day);
	put_text(plan, tile, words, month, theme->on_river_soft, theme->river_soft, ALIGN_CENTRE,
		 detail_of(plan)->month);
}

struct head_words {
	struct font title, when;
	const char *title_text, *when_text;
	int height;
};

static struct head_words head_words(const struct plan *plan, int width)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	bool is_low = page_is_low(plan);
	struct head_words words = {.title = font_make(plan, is_low ? 36 : 58, WEIGHT_BOLD),
				   .when = font_make(plan, is_low ? 28 : 32, WEIGHT_REGULAR)};
	words.title = fit_font(plan, words.title, sheet->title, width, 0.65);
	words.title_text = fit_break(plan, words.title, sheet->title, width, is_low ? 2 : 3);
	words.when_text = fit_break(plan, words.when, sheet->subtitle, width, 3);
	words.height = words_height(words.title, words.title_text) + words_height(words.when, words.when_text);
	return words;
}

static int head_width(const struct plan *plan, int width)
{
	int side = tile_side(plan);
	return side && detail_of(plan)->day[0] ? width - side - du(plan, 34) : width;
}

static int head_height(const struct plan *plan, int width)
{
	int words = head_words(plan, head_width(plan, width)).height;
	return detail_of(plan)->day[0] ? max_int(words, tile_side(plan)) : words;
}

static void head_put(struct plan *plan, int parent, struct rect box)
{
	const struct theme *theme = plan->theme;
	struct head_words words = head_words(plan, head_width(plan, box.w));
	int side = tile_side(plan);
	if (side && detail_of(plan)->day[0]) {
		struct rect tile = rect_cut_left(&box, side);
		tile.h = side;
		tile_put_box(plan, parent, tile);
		rect_cut_left(&box, du(plan, 34));
	}
	struct rect rest = rect_centred(box, box.w, min_int(words.height, box.h));
	int title = put_text(plan, parent, rect_cut_top(&rest, words_height(words.title, words.title_text)),
			     words.title, theme->ink, theme->card, ALIGN_START, words.title_text);
	widget_at(plan, title)->id = "title";
	put_text(plan, parent, rest, words.when, theme->muted, theme->card, ALIGN_START, words.when_text);
}

/* Where it is held. */

struct band_form {
	struct font title, text;
	int icon, pad;
	const char *title_text, *text_text;
	int height;
};

static struct band_form band_form(const struct plan *plan, int width)
{
	const struct model_detail *detail = detail_of(plan);
	struct band_form form = {.title = font_make(plan, page_is_low(plan) ? 32 : 38, WEIGHT_BOLD),
				 .text = font_make(plan, 28, WEIGHT_MEDIUM),
				 .icon = du(plan, page_is_low(plan) ? 44 : 58),
				 .pad = du(plan, page_is_low(plan) ? 16 : 24)};
	int inner = width - 2 * du(plan, 32) - form.icon - du(plan, 24);
	form.title_text = fit_break(plan, form.title, detail->where_title, inner, 3);
	form.text_text = detail->where_text[0] ? fit_break(plan, form.text, detail->where_text, inner, 4) : "";
	int words = words_height(form.title, form.title_text) + words_height(form.text, form.text_text);
	form.height = max_int(words, form.icon) + 2 * form.pad;
	return form;
}

static int band_height(const struct plan *plan, int width)
{
	return detail_of(plan)->where_title[0] ? band_form(plan, width).height : 0;
}

static void band_colours(const struct plan *plan, uint32_t *out_fill, uint32_t *out_ink)
{
	const struct theme *theme = plan->theme;
	switch (detail_of(plan)->where) {
	case WHERE_AWAY:
		*out_fill = theme->river;
		*out_ink = theme->on_river;
		return;
	case WHERE_HERE:
		*out_fill = theme_state(theme, SHOWN_FREE).fill_rgb;
		*out_ink = theme->ink;
		return;
	case WHERE_ONLINE:
		*out_fill = theme->river_soft;
		*out_ink = theme->on_river_soft;
		return;
	case WHERE_NONE:
		break;
	}
	*out_fill = theme->paper;
	*out_ink = theme->ink;
}

static void band_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_detail *detail = detail_of(plan);
	struct band_form form = band_form(plan, box.w);
	uint32_t fill = 0, ink = 0;
	band_colours(plan, &fill, &ink);
	int band = page_panel_put(plan, parent, box, fill);
	widget_at(plan, band)->id = "where";
	widget_at(plan, band)->spoken = kept(plan, detail->where_spoken);
	struct rect rest = rect_inset(box, du(plan, 32), 0);
	enum ui_icon icon = detail->where == WHERE_ONLINE ? ICON_VIDEO : ICON_PIN;
	put_icon(plan, band, rect_cut_left(&rest, form.icon), icon, form.icon, ink, fill);
	rect_cut_left(&rest, du(plan, 24));
	int title_h = words_height(form.title, form.title_text), text_h = words_height(form.text, form.text_text);
	rest = rect_centred(rest, rest.w, title_h + text_h);
	put_text(plan, band, rect_cut_top(&rest, title_h), form.title, ink, fill, ALIGN_START, form.title_text);
	put_text(plan, band, rest, form.text, ink, fill, ALIGN_START, form.text_text);
}

/* The buttons: one row when it has room for their words, else two. */

static struct font button_font(const struct plan *plan)
{
	return font_make(plan, 30, WEIGHT_SEMIBOLD);
}

static int button_height(const struct plan *plan)
{
	int least = max_int(button_font(plan).line_px + du(plan, 24), plan->main_px);
	return max_int(du(plan, page_is_low(plan) ? 76 : 96), least);
}

static int button_columns(const struct plan *plan, int width)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int widest = 0, gap = max_int(du(plan, 24), plan->gap_px);
	for (size_t i = 0; i < sheet->button_count; i++) {
		widest = max_int(widest, words_width(plan, button_font(plan), sheet->buttons[i].text));
	}
	int fitting = (width + gap) / (widest + du(plan, 80) + gap);
	return clamp_int(fitting, 1, max_int((int)sheet->button_count, 1));
}

static int buttons_height(const struct plan *plan, int width)
{
	int columns = button_columns(plan, width), gap = max_int(du(plan, 20), plan->gap_px);
	int rows = ((int)plan->model->sheet.button_count + columns - 1) / columns;
	return rows * (button_height(plan) + gap) - gap;
}

static void buttons_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int columns = button_columns(plan, box.w), gap = max_int(du(plan, 20), plan->gap_px);
	int count = (int)sheet->button_count;
	for (int i = 0; i < count; i++) {
		int in_row = min_int(count - i / columns * columns, columns);
		struct rect row = {box.x, box.y + i / columns * (button_height(plan) + gap), box.w,
				   button_height(plan)};
		struct rect cell = rect_column(row, i % columns, in_row, max_int(du(plan, 24), plan->gap_px));
		put_button(plan, parent, cell, &sheet->buttons[i], button_font(plan), plan->theme->card);
	}
}

/* The parts above the buttons, with the gap before each. */

struct part {
	int (*height)(const struct plan *plan, int width);
	void (*put)(struct plan *plan, int parent, struct rect box);
	int gap;
	bool is_optional; /* shown as far as there is room for it */
};

static void card_facts_put(struct plan *plan, int parent, struct rect box)
{
	facts_put(plan, parent, box, plan->theme->card);
}

static const struct part tall_parts[] = {{head_height, head_put, 0, false},
					 {band_height, band_put, 34, false},
					 {facts_height, card_facts_put, 20, true},
					 {detail_notes_height, detail_notes_put, 16, true}};

static int pile_height(const struct plan *plan, int width, const struct part *parts, size_t count)
{
	int height = 0;
	for (size_t i = 0; i < count; i++) {
		int part = parts[i].height(plan, width);
		height += part ? part + du(plan, parts[i].gap) : 0;
	}
	return height;
}

static void pile_put(struct plan *plan, int parent, struct rect box, const struct part *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int height = parts[i].height(plan, box.w);
		if (height > 0) {
			rect_cut_top(&box, du(plan, parts[i].gap));
			plan->overflows |= height > box.h && !parts[i].is_optional;
			parts[i].put(plan, parent, rect_cut_top(&box, height));
		}
	}
}

enum { TALL_COUNT = sizeof(tall_parts) / sizeof(tall_parts[0]) };

static struct rect sheet_begin(struct plan *plan, struct rect box, int *out_parent)
{
	*out_parent = put_card(plan, -1, box);
	widget_at(plan, *out_parent)->radius_px = du(plan, 32);
	widget_at(plan, *out_parent)->id = "sheet";
	widget_at(plan, *out_parent)->stops_touch = true;
	return box;
}

/* For a low hand: the title and the place on the left, the facts on the right, the buttons in a row below. */
static void low_put(struct plan *plan)
{
	static const struct part left[] = {{head_height, head_put, 0, false}, {band_height, band_put, 14, false}};
	static const struct part right[] = {{facts_height, card_facts_put, 0, true},
					    {detail_notes_height, detail_notes_put, 8, true}};
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	int parent = -1;
	struct rect low = rect_cut_bottom(&screen, screen.h * 4 / 10);
	struct rect rest =
		rect_inset(sheet_begin(plan, rect_inset(low, du(plan, 16), 0), &parent), du(plan, 32), du(plan, 18));
	buttons_put(plan, parent, rect_cut_bottom(&rest, buttons_height(plan, rest.w)));
	rect_cut_bottom(&rest, du(plan, 14));
	pile_put(plan, parent, rect_column(rest, 0, 2, du(plan, 48)), left, 2);
	pile_put(plan, parent, rect_column(rest, 1, 2, du(plan, 48)), right, 2);
}

void meeting_sheet_put(struct plan *plan)
{
	if (page_is_low(plan)) {
		low_put(plan);
		return;
	}
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	int margin = du(plan, 40), pad = du(plan, plan->is_portrait ? 48 : 56);
	int widest = screen.w - 2 * margin, most = screen.h - 2 * du(plan, 24);
	int width = plan->is_portrait ? widest : min_int(du(plan, 1200 * (1 + (plan->type - 1) / 2)), widest);
	int inner = width - 2 * pad, buttons_h = buttons_height(plan, inner), above = du(plan, 36);
	int height = pile_height(plan, inner, tall_parts, TALL_COUNT) + above + buttons_h + 2 * pad;
	struct rect box = rect_centred(screen, width, min_int(max_int(height, du(plan, 640)), most));
	if (plan->is_portrait) {
		box.y = screen.h - box.h - margin;
	}
	int parent = -1;
	struct rect rest = rect_inset(sheet_begin(plan, box, &parent), pad, pad);
	buttons_put(plan, parent, rect_cut_bottom(&rest, buttons_h));
	rect_cut_bottom(&rest, above);
	pile_put(plan, parent, rest, tall_parts, TALL_COUNT);
}
