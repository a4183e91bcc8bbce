/* The sheet of the host municipality: who chairs what this year, the hand-over meeting, and the rotation of the years.
 */
#include "facts_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

static const struct model_detail *detail_of(const struct plan *plan)
{
	return &plan->model->detail;
}

/* The people. */

static int people_pad(const struct plan *plan)
{
	return du(plan, page_is_low(plan) ? 12 : 16);
}

static int people_height(const struct plan *plan, int width)
{
	int inner = width - 2 * du(plan, 28);
	return detail_of(plan)->fact_count > 0 ? facts_height(plan, inner) + 2 * people_pad(plan) : 0;
}

static void people_put_box(struct plan *plan, int parent, struct rect box)
{
	int panel = page_panel_put(plan, parent, box, plan->theme->paper);
	facts_put(plan, panel, rect_inset(box, du(plan, 28), people_pad(plan)), plan->theme->paper);
}

/* The hand-over meeting: a button that opens its sheet. */

static struct font day_font(const struct plan *plan)
{
	return font_make(plan, 31, WEIGHT_BOLD);
}

static struct font month_font(const struct plan *plan)
{
	return font_make(plan, 22, WEIGHT_SEMIBOLD);
}

static int handover_height(const struct plan *plan, int width)
{
	(void)width;
	int words = font_make(plan, 29, WEIGHT_BOLD).line_px + font_make(plan, 25, WEIGHT_REGULAR).line_px;
	int tile = day_font(plan).line_px + month_font(plan).line_px + du(plan, 4);
	int height = max_int(max_int(words, tile) + 2 * du(plan, 16), plan->main_px);
	return detail_of(plan)->has_meeting ? height : 0;
}

static void handover_words_put(struct plan *plan, int parent, struct rect box, uint32_t behind)
{
	const struct model_meeting *meeting = &detail_of(plan)->meeting;
	struct font title = font_make(plan, 29, WEIGHT_BOLD), when = font_make(plan, 25, WEIGHT_REGULAR);
	uint32_t ink = plan->theme->on_river_soft;
	title = fit_font(plan, title, meeting->title, box.w, 0.75);
	when = fit_font(plan, when, meeting->when, box.w, 0.75);
	struct rect words = rect_centred(box, box.w, title.line_px + when.line_px);
	put_text(plan, parent, rect_cut_top(&words, title.line_px), title, ink, behind, ALIGN_START,
		 fit_line(plan, title, meeting->title, box.w));
	put_text(plan, parent, words, when, ink, behind, ALIGN_START, fit_parts(plan, when, meeting->when, box.w));
}

static void handover_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_meeting *meeting = &detail_of(plan)->meeting;
	const struct theme *theme = plan->theme;
	int button = put(plan, (struct widget){.id = meeting->id,
					       .role = UI_BUTTON,
					       .parent = parent,
					       .box = box,
					       .fill = FILL_SOLID,
					       .fill_rgb = theme->river_soft,
					       .fill2_rgb = theme->river_soft,
					       .border_rgb = theme->card_border,
					       .border_px = theme->card_border ? du(plan, 2) : 0,
					       .radius_px = du(plan, 24),
					       .spoken = meeting->spoken,
					       .fg = theme->on_river_soft,
					       .bg = theme->river_soft,
					       .action = meeting->action});
	struct rect rest = rect_inset(box, du(plan, 24), du(plan, 16));
	int arrow = du(plan, 36);
	put_icon(plan, button, rect_cut_right(&rest, arrow), ICON_NEXT, arrow, theme->on_river_soft, theme->river_soft);
	rect_cut_right(&rest, du(plan, 12));
	struct font day = day_font(plan), month = month_font(plan);
	int width = max_int(words_width(plan, month, meeting->month), words_width(plan, day, meeting->day));
	struct rect tile = rect_cut_left(&rest, max_int(width + du(plan, 20), du(plan, 76)));
	put_fill(plan, button, tile, theme->card, du(plan, 16));
	struct rect words = rect_centred(tile, tile.w, day.line_px + month.line_px);
	put_text(plan, button, rect_cut_top(&words, day.line_px), day, theme->outline, theme->card, ALIGN_CENTRE,
		 meeting->day);
	put_text(plan, button, words, month, theme->outline, theme->card, ALIGN_CENTRE, meeting->month);
	rect_cut_left(&rest, du(plan, 24));
	handover_words_put(plan, button, rest, theme->river_soft);
}

/* The region, and where the table comes from. */

static struct font region_font(const struct plan *plan)
{
	struct font font = font_make(plan, 26, WEIGHT_REGULAR);
	font.line_px = font.px * 38 / 26;
	return font;
}

static const char *region_words(const struct plan *plan, int width)
{
	const struct model_detail *detail = detail_of(plan);
	const char *text = arena_print(plan->ui->arena, "%s: %s.", detail->region, detail->municipalities);
	return fit_wrap(plan, region_font(plan), text, width, 8);
}

static int region_height(const struct plan *plan, int width)
{
	return detail_of(plan)->region[0] ? words_height(region_font(plan), region_words(plan, width)) : 0;
}

static void region_put(struct plan *plan, int parent, struct rect box)
{
	put_text(plan, parent, box, region_font(plan), plan->theme->ink, plan->theme->card, ALIGN_START,
		 region_words(plan, box.w));
}

/* The ring, and what its colours mean. */

static int ring_size(const struct plan *plan)
{
	return du(plan, 230);
}

static int ring_height(const struct plan *plan, int width)
{
	bool has_room = !page_is_low(plan) && plan->type <= 1.2 && width >= 2 * ring_size(plan);
	return has_room && plan->model->host.count > 0 ? ring_size(plan) : 0;
}

static void key_put(struct plan *plan, int parent, struct rect *rest, uint32_t rgb, const char *text)
{
	struct font font = font_make(plan, 26, WEIGHT_REGULAR);
	if (!text[0]) {
		return;
	}
	struct rect row = rect_cut_top(rest, font.line_px + du(plan, 14));
	int size = du(plan, 26);
	struct rect square = rect_cut_left(&row, size);
	int index = put_fill(plan, parent, rect_centred(square, size, size), rgb, du(plan, 8));
	widget_at(plan, index)->border_rgb = plan->theme->outline;
	widget_at(plan, index)->border_px = du(plan, 2);
	rect_cut_left(&row, du(plan, 12));
	put_text(plan, parent, row, font, plan->theme->ink, plan->theme->card, ALIGN_START,
		 fit_line(plan, font, text, row.w));
}

static void ring_part_put(struct plan *plan, int parent, struct rect box)
{
	struct rect tile = rect_cut_left(&box, box.h);
	int panel = put_fill(plan, parent, tile, plan->theme->river, du(plan, 28));
	int size = tile.w * 8 / 10;
	ring_put(plan, panel, rect_centred(tile, size, size), size * 20 / 128, plan->theme->river,
		 plan->theme->ring_other, font_sized(plan, size * 28 / 128, WEIGHT_BOLD));
	rect_cut_left(&box, du(plan, 34));
	int line = font_make(plan, 26, WEIGHT_REGULAR).line_px + du(plan, 14);
	struct rect rest = rect_centred(box, box.w, 2 * line);
	key_put(plan, parent, &rest, plan->theme->sun, detail_of(plan)->host_now);
	key_put(plan, parent, &rest, plan->theme->ring_next, detail_of(plan)->host_next);
}

/* The rotation. */

struct rotation_form {
	struct font heading, key, text, detail, note;
	int head_h, row_h, key_w, text_w, note_w, gap;
};

static struct rotation_form rotation_form(const struct plan *plan, int width)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct rotation_form form = {.heading = font_make(plan, 23, WEIGHT_REGULAR),
				     .key = font_make(plan, 28, WEIGHT_BOLD),
				     .text = font_make(plan, 28, WEIGHT_MEDIUM),
				     .detail = font_make(plan, 26, WEIGHT_REGULAR),
				     .note = font_make(plan, 22, WEIGHT_REGULAR),
				     .gap = du(plan, 20)};
	for (size_t i = 0; i < sheet->line_count; i++) {
		const struct model_line *line = &sheet->lines[i];
		form.key_w = max_int(form.key_w, words_width(plan, form.key, line->key) + 2);
		form.text_w = max_int(form.text_w, words_width(plan, form.key, line->text) + 2);
		form.note_w = max_int(form.note_w, words_width(plan, form.note, line->note) + 2);
	}
	form.text_w = max_int(form.text_w, words_width(plan, form.heading, detail_of(plan)->host_heading) + 2);
	form.text_w = min_int(form.text_w, (width - form.key_w - form.note_w - 3 * form.gap) * 55 / 100);
	form.row_h = form.key.line_px + du(plan, page_is_low(plan) ? 4 : 18);
	form.head_h = 2 * form.heading.line_px + du(plan, 6);
	return form;
}

static int rotation_height(const struct plan *plan, int width)
{
	struct rotation_form form = rotation_form(plan, width);
	return form.head_h + (int)plan->model->sheet.line_count * form.row_h;
}

struct rotation_cells {
	struct rect key, text, detail, note;
};

static struct rotation_cells rotation_cells(const struct rotation_form *form, struct rect row)
{
	struct rotation_cells cells = {.key = rect_cut_left(&row, form->key_w)};
	rect_cut_left(&row, form->gap);
	cells.text = rect_cut_left(&row, form->text_w);
	rect_cut_left(&row, form->gap);
	cells.note = rect_cut_right(&row, form->note_w);
	cells.detail = row;
	return cells;
}

static void heading_put(struct plan *plan, int parent, struct font font, struct rect box, const char *text)
{
	const char *words = fit_whole(plan, font, text, box.w, 2);
	if (!words[0]) {
		font = fit_font(plan, font, text, box.w, 0.7);
		words = fit_line(plan, font, text, box.w);
	}
	struct rect line = rect_cut_bottom(&box, words_height(font, words) + 2);
	put_text(plan, parent, line, font, plan->theme->muted, plan->theme->card, ALIGN_START, words);
}

static void line_put(struct plan *plan, int parent, const struct rotation_form *form, struct rect row,
		     const struct model_line *line)
{
	const struct theme *theme = plan->theme;
	uint32_t behind = line->is_current ? theme->river : theme->card;
	uint32_t ink = line->is_current ? theme->on_river : theme->ink;
	uint32_t muted = line->is_current ? theme->on_river : theme->muted;
	struct rotation_cells cells = rotation_cells(form, row);
	if (line->is_current) {
		struct rect band = {row.x - du(plan, 14), row.y, row.w + du(plan, 28), row.h};
		parent = put_fill(plan, parent, band, behind, du(plan, 14));
	}
	struct font text = line->is_current ? form->key : form->text;
	text = fit_font(plan, text, line->text, cells.text.w, 0.7);
	put_text(plan, parent, cells.key, form->key, ink, behind, ALIGN_START, line->key);
	put_text(plan, parent, cells.text, text, ink, behind, ALIGN_START,
		 fit_line(plan, text, line->text, cells.text.w));
	struct font detail = fit_font(plan, form->detail, line->detail, cells.detail.w, 0.7);
	put_text(plan, parent, cells.detail, detail, muted, behind, ALIGN_START,
		 fit_line(plan, detail, line->detail, cells.detail.w));
	put_text(plan, parent, cells.note, form->note, muted, behind, ALIGN_END, line->note);
}

static void rotation_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct model_detail *detail = detail_of(plan);
	struct rotation_form form = rotation_form(plan, box.w);
	struct rotation_cells heads = rotation_cells(&form, rect_cut_top(&box, form.head_h));
	heads.detail.w += form.note_w;
	heading_put(plan, parent, form.heading, heads.key, detail->year_heading);
	heading_put(plan, parent, form.heading, heads.text, detail->host_heading);
	heading_put(plan, parent, form.heading, heads.detail, detail->vice_heading);
	for (size_t i = 0; i < sheet->line_count; i++) {
		struct rect row = rect_cut_top(&box, form.row_h);
		bool is_ruled = i > 0 && !sheet->lines[i].is_current && !sheet->lines[i - 1].is_current;
		if (is_ruled) {
			put_fill(plan, parent, (struct rect){row.x, row.y, row.w, du(plan, 2)}, plan->theme->line, 0);
		}
		line_put(plan, parent, &form, row, &sheet->lines[i]);
	}
}

/* The parts are piled up in columns. */

struct part {
	int (*height)(const struct plan *plan, int width); /* 0: left out */
	void (*put)(struct plan *plan, int parent, struct rect box);
	bool is_optional; /* left out when there is no room for it */
};

static const struct part people = {people_height, people_put_box, false},
			 handover = {handover_height, handover_put, false}, region = {region_height, region_put, true},
			 notes = {detail_notes_height, detail_notes_put, true},
			 ring = {ring_height, ring_part_put, true}, rotation = {rotation_height, rotation_put, false};

enum { SIDE_COLUMNS = 3, SIDE_PARTS = 6 };

/* What a page of the sheet shows, column by column. */
struct side {
	int columns;
	const struct part *parts[SIDE_COLUMNS][SIDE_PARTS];
};

static void pile_put(struct plan *plan, int parent, struct rect column, const struct part *const *parts)
{
	int gap = page_gap(plan) + du(plan, page_is_low(plan) ? 0 : 6);
	for (size_t i = 0; i < SIDE_PARTS && parts[i]; i++) {
		int height = parts[i]->height(plan, column.w);
		if (height == 0 || (height > column.h && parts[i]->is_optional)) {
			continue;
		}
		plan->overflows |= height > column.h;
		parts[i]->put(plan, parent, rect_cut_top(&column, height));
		rect_cut_top(&column, gap);
	}
}

/* Larger letters and a low hand's strip of the screen divide the sheet into two pages. */
static size_t sides_of(const struct plan *plan, struct side out_sides[2])
{
	static const struct side tall = {1, {{&people, &handover, &rotation, &region, &notes}}},
				 wide = {2, {{&people, &handover, &region, &notes}, {&ring, &rotation}}},
				 low = {3, {{&people}, {&handover, &region, &notes}, {&rotation}}},
				 first = {2, {{&people}, {&handover, &region, &notes}}},
				 narrow = {1, {{&handover, &people, &region, &notes}}}, second = {1, {{&rotation}}};
	bool is_large = plan->screen->text_percent > 130;
	bool is_tall = plan->is_portrait && !page_is_low(plan);
	if (is_tall || !(is_large || plan->is_portrait)) {
		out_sides[0] = is_tall ? tall : page_is_low(plan) ? low : wide;
		return 1;
	}
	out_sides[0] = plan->is_portrait ? narrow : first;
	out_sides[1] = second;
	return 2;
}

void host_sheet_put(struct plan *plan)
{
	struct side sides[2];
	size_t count = sides_of(plan, sides);
	struct page page = page_begin(plan, true);
	int number = (plan->model->sheet_page % (int)count + (int)count) % (int)count;
	page_turn_put(plan, page.parent, &page.head, (size_t)number, count);
	page_head_put(plan, &page);
	const struct side *side = &sides[number];
	for (int i = 0; i < side->columns; i++) {
		struct rect column = rect_column(page.body, i, side->columns, du(plan, 60));
		pile_put(plan, page.parent, column, side->parts[i]);
	}
}
