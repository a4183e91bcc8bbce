/* "Veckan": a line a day with the desks that are free and the hours at which the room is booked, and beside it the code
 * of the booking page. For a low hand each day is a column. */
#include "page_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

struct week_form {
	struct font heading, hour, name, date, count, when, legend, block;
	int name_w, desks_w; /* the columns; the room gets the rest */
	int gap, bar_h, square, square_gap;
	bool is_stacked; /* "hela dagen" stands below the number instead of squares */
	bool is_flat;    /* a day has one line: there are no squares, and the date stands beside the day */
};

static const struct model_week *week_of(const struct plan *plan)
{
	return &plan->model->days;
}

static uint32_t behind_of(const struct plan *plan, const struct model_week_day *day)
{
	return day->is_today ? plan->theme->paper : plan->theme->card;
}

static bool has_squares(const struct plan *plan, const struct week_form *form)
{
	int count = (int)week_of(plan)->desk_count;
	return !form->is_stacked && !form->is_flat &&
	       count * (form->square + form->square_gap) - form->square_gap <= form->desks_w;
}

static int count_width(const struct plan *plan, const struct week_form *form, const struct model_week_day *day)
{
	int count = words_width(plan, form->count, day->count) + 2, when = words_width(plan, form->when, day->when) + 2;
	return form->is_stacked ? max_int(count, when) : count + du(plan, 8) + when;
}

static void columns_make(const struct plan *plan, struct week_form *form)
{
	const struct model_week *week = week_of(plan);
	form->name_w = form->desks_w = 0;
	for (size_t i = 0; i < week->day_count; i++) {
		const struct model_week_day *day = &week->days[i];
		int name = words_width(plan, form->name, day->name), date = words_width(plan, form->date, day->date);
		name = form->is_flat ? name + du(plan, 10) + date : max_int(name, date);
		form->name_w = max_int(form->name_w, name + 2);
		form->desks_w = max_int(form->desks_w, count_width(plan, form, day));
	}
	int squares = (int)week->desk_count * (form->square + form->square_gap) - form->square_gap;
	if (!form->is_stacked && !form->is_flat && squares <= du(plan, 340)) {
		form->desks_w = max_int(form->desks_w, squares);
	}
	form->desks_w = week->desk_count > 0 ? form->desks_w : 0;
}

static struct week_form week_form(const struct plan *plan, int width)
{
	struct week_form form = {.heading = font_make(plan, 27, WEIGHT_SEMIBOLD),
				 .hour = font_make(plan, 22, WEIGHT_REGULAR),
				 .name = font_make(plan, 29, WEIGHT_BOLD),
				 .date = font_make(plan, 25, WEIGHT_REGULAR),
				 .count = font_make(plan, 32, WEIGHT_BOLD),
				 .when = font_make(plan, 24, WEIGHT_REGULAR),
				 .legend = font_make(plan, 24, WEIGHT_REGULAR),
				 .block = font_make(plan, 22, WEIGHT_SEMIBOLD),
				 .gap = du(plan, 28),
				 .bar_h = du(plan, 46),
				 .square = du(plan, 26),
				 .square_gap = du(plan, 8)};
	form.is_flat = plan->is_portrait && page_is_low(plan);
	form.bar_h = max_int(form.is_flat ? 0 : form.bar_h, form.block.line_px + du(plan, 4));
	columns_make(plan, &form);
	int room_w = width - form.name_w - form.desks_w - 2 * form.gap;
	if (week_of(plan)->room_heading[0] && room_w < du(plan, 420) && !form.is_flat) {
		form.is_stacked = true;
		columns_make(plan, &form);
	}
	return form;
}

static int minute_x(const struct plan *plan, struct rect bar, int minute)
{
	const struct model_week *week = week_of(plan);
	int length = max_int(week->axis_end_min - week->axis_start_min, 1);
	return bar.x + (int)((int64_t)bar.w * (minute - week->axis_start_min) / length);
}

static struct rect span_box(const struct plan *plan, struct rect bar, const struct model_span *span)
{
	int from = minute_x(plan, bar, span->start_min), to = minute_x(plan, bar, span->end_min);
	return (struct rect){from, bar.y, to - from, bar.h};
}

/* "Bokat" with its mark, as much of it as there is room for. */
static void booked_put(struct plan *plan, int parent, const struct week_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	const char *word = week_of(plan)->booked_room;
	int icon = form->block.px, gap = du(plan, 6), pad = du(plan, 8);
	bool has_word = icon + gap + words_width(plan, form->block, word) + 2 * pad <= box.w;
	bool has_icon = icon + 2 * pad / 2 <= box.w;
	put(plan, (struct widget){.role = UI_GROUP,
				  .parent = parent,
				  .box = box,
				  .fill = FILL_SOLID,
				  .fill_rgb = theme->river,
				  .fill2_rgb = theme->river,
				  .radius_px = du(plan, 6),
				  .text = has_word ? word : "",
				  .spoken = has_word ? word : "",
				  .fg = theme->on_river,
				  .bg = theme->river,
				  .font_px = form->block.px,
				  .line_px = form->block.line_px,
				  .weight = form->block.weight,
				  .align_x = ALIGN_CENTRE,
				  .align_y = ALIGN_CENTRE,
				  .icon = has_icon ? ICON_SQUARE : ICON_NONE,
				  .icon_px = icon,
				  .icon_gap_px = gap});
}

static void room_text_put(struct plan *plan, int parent, const struct week_form *form, struct rect bar,
			  const struct model_week_day *day, uint32_t fg, uint32_t bg)
{
	int past = day->gone_count > 0 && day->is_today ? minute_x(plan, bar, day->gone[0].end_min) - bar.x : 0;
	rect_cut_left(&bar, past);
	bar = rect_inset(bar, du(plan, 8), 0);
	struct font font = fit_font(plan, form->block, day->room, bar.w, 0.8);
	put_text(plan, parent, bar, font, fg, bg, ALIGN_CENTRE, fit_whole(plan, font, day->room, bar.w, 1));
}

static void bar_put(struct plan *plan, int parent, const struct week_form *form, struct rect bar,
		    const struct model_week_day *day)
{
	const struct theme *theme = plan->theme;
	struct state_look look = theme_state(theme, SHOWN_FREE), gone = theme_state(theme, SHOWN_ENDED);
	struct widget widget = {.role = UI_GROUP, .parent = parent, .box = bar, .radius_px = du(plan, 12)};
	widget.border_px = du(plan, 3);
	if (!day->room_is_known) {
		look = theme_state(theme, SHOWN_UNKNOWN);
		widget.is_dashed = true;
		widget.border_rgb = look.border_rgb;
		put(plan, widget);
		room_text_put(plan, parent, form, bar, day, theme->muted, behind_of(plan, day));
		return;
	}
	widget.fill = FILL_SOLID;
	widget.fill_rgb = widget.fill2_rgb = look.fill_rgb;
	widget.border_rgb = look.border_rgb;
	put(plan, widget);
	for (size_t i = 0; i < day->gone_count; i++) {
		put_fill(plan, parent, span_box(plan, bar, &day->gone[i]), gone.fill_rgb, du(plan, 12));
	}
	for (size_t i = 0; i < day->booked_count; i++) {
		booked_put(plan, parent, form, span_box(plan, bar, &day->booked[i]));
	}
	room_text_put(plan, parent, form, bar, day, look.fg, look.fill_rgb);
}

static void square_put(struct plan *plan, int parent, struct rect box, bool is_free)
{
	struct state_look look = theme_state(plan->theme, SHOWN_FREE);
	uint32_t river = plan->theme->river;
	put(plan, (struct widget){.role = UI_GROUP,
				  .parent = parent,
				  .box = box,
				  .fill = FILL_SOLID,
				  .fill_rgb = is_free ? look.fill_rgb : river,
				  .fill2_rgb = is_free ? look.fill_rgb : river,
				  .border_rgb = is_free ? look.border_rgb : 0,
				  .border_px = is_free ? du(plan, 3) : 0,
				  .radius_px = box.w * 8 / 26});
}

static void squares_put(struct plan *plan, int parent, const struct week_form *form, struct rect row,
			const struct model_week_day *day)
{
	for (size_t i = 0; i < week_of(plan)->desk_count; i++) {
		struct rect box = rect_cut_left(&row, form->square);
		box = rect_centred(box, form->square, form->square);
		square_put(plan, parent, box, i < day->desks_free);
		rect_cut_left(&row, form->square_gap);
	}
}

/* "6 av 8 hela dagen" with a square for each desk below it. */
static void desks_put(struct plan *plan, int parent, const struct week_form *form, struct rect box,
		      const struct model_week_day *day)
{
	const struct theme *theme = plan->theme;
	uint32_t behind = behind_of(plan, day);
	bool squares = has_squares(plan, form) && day->desks_are_known;
	int below = form->is_stacked ? form->when.line_px : squares ? form->square + du(plan, 6) : 0;
	bool is_alone = !day->count[0];
	struct rect rest = rect_centred(box, box.w, form->count.line_px + (is_alone ? 0 : below));
	struct rect line = rect_cut_top(&rest, form->count.line_px);
	if (is_alone) {
		put_text(plan, parent, line, form->when, theme->muted, behind, ALIGN_START,
			 fit_line(plan, form->when, day->when, line.w));
		return;
	}
	int width = words_width(plan, form->count, day->count) + 2;
	uint32_t ink = day->desks_free > 0 ? theme->leaf_text : theme->ink;
	put_text(plan, parent, rect_cut_left(&line, width), form->count, ink, behind, ALIGN_START, day->count);
	if (form->is_stacked) {
		put_text(plan, parent, rest, form->when, theme->muted, behind, ALIGN_START, day->when);
		return;
	}
	rect_cut_left(&line, du(plan, 8));
	put_text(plan, parent, line, form->when, theme->muted, behind, ALIGN_START, day->when);
	if (squares) {
		squares_put(plan, parent, form, rect_cut_bottom(&rest, form->square), day);
	}
}

static void name_put(struct plan *plan, int parent, const struct week_form *form, struct rect box,
		     const struct model_week_day *day)
{
	const struct theme *theme = plan->theme;
	uint32_t behind = behind_of(plan, day);
	if (form->is_flat) {
		int width = words_width(plan, form->name, day->name) + 2;
		put_text(plan, parent, rect_cut_left(&box, width), form->name, theme->ink, behind, ALIGN_START,
			 day->name);
		rect_cut_left(&box, du(plan, 10));
		put_text(plan, parent, box, form->date, theme->muted, behind, ALIGN_START, day->date);
		return;
	}
	struct rect rest = rect_centred(box, box.w, form->name.line_px + form->date.line_px);
	put_text(plan, parent, rect_cut_top(&rest, form->name.line_px), form->name, theme->ink, behind, ALIGN_START,
		 fit_line(plan, form->name, day->name, box.w));
	put_text(plan, parent, rest, form->date, theme->muted, behind, ALIGN_START,
		 fit_line(plan, form->date, day->date, box.w));
}

static int day_put(struct plan *plan, int parent, struct rect box, const struct model_week_day *day)
{
	int group = put(plan, (struct widget){.id = day->id,
					      .role = UI_GROUP,
					      .parent = parent,
					      .box = box,
					      .spoken = day->spoken,
					      .radius_px = du(plan, 18)});
	if (day->is_today) {
		struct widget *widget = widget_at(plan, group);
		widget->fill = FILL_SOLID;
		widget->fill_rgb = widget->fill2_rgb = plan->theme->paper;
		widget->border_rgb = plan->theme->card_border;
		widget->border_px = plan->theme->card_border ? du(plan, 2) : 0;
	}
	return group;
}

/* The hours above the room's column, as many as have room. */
static void hours_put(struct plan *plan, int parent, const struct week_form *form, struct rect row)
{
	const struct model_week *week = week_of(plan);
	int width = words_width(plan, form->hour, "00") + 2, hours = (week->axis_end_min - week->axis_start_min) / 60;
	int step = 1;
	while (step < hours && row.w * step / max_int(hours, 1) < width * 3) {
		step++;
	}
	for (int hour = (week->axis_start_min / 60 + step - 1) / step * step; hour * 60 <= week->axis_end_min;
	     hour += step) {
		int x = minute_x(plan, row, hour * 60);
		struct rect box = {x - width / 2, row.y, width, row.h};
		put_text(plan, parent, box, form->hour, plan->theme->muted, plan->theme->card, ALIGN_CENTRE,
			 arena_print(plan->ui->arena, "%02d", hour));
	}
}

struct columns {
	struct rect name, desks, room;
};

static struct columns columns_of(const struct week_form *form, struct rect row)
{
	struct columns columns = {.name = rect_cut_left(&row, form->name_w)};
	rect_cut_left(&row, form->gap);
	columns.desks = rect_cut_left(&row, form->desks_w);
	rect_cut_left(&row, form->desks_w > 0 ? form->gap : 0);
	columns.room = row;
	return columns;
}

static void headings_put(struct plan *plan, int parent, const struct week_form *form, struct rect row)
{
	const struct model_week *week = week_of(plan);
	const struct theme *theme = plan->theme;
	struct columns columns = columns_of(form, row);
	struct rect desks = rect_cut_top(&columns.desks, form->heading.line_px);
	struct rect room = rect_cut_top(&columns.room, form->heading.line_px);
	if (week->desk_count > 0) {
		struct font font = fit_font(plan, form->heading, week->desks_heading, desks.w, 0.7);
		put_text(plan, parent, desks, font, theme->ink, theme->card, ALIGN_START,
			 fit_line(plan, font, week->desks_heading, desks.w));
	}
	if (week->room_heading[0]) {
		struct font font = fit_font(plan, form->heading, week->room_heading, room.w, 0.7);
		put_text(plan, parent, room, font, theme->ink, theme->card, ALIGN_START,
			 fit_line(plan, font, week->room_heading, room.w));
		hours_put(plan, parent, form, columns.room);
	}
}

static void row_put(struct plan *plan, int parent, const struct week_form *form, struct rect row,
		    const struct model_week_day *day)
{
	struct columns columns = columns_of(form, row);
	struct rect band = {row.x - du(plan, 14), row.y + du(plan, 4), row.w + du(plan, 28), row.h - du(plan, 8)};
	int group = day_put(plan, parent, band, day);
	name_put(plan, group, form, columns.name, day);
	if (week_of(plan)->desk_count > 0) {
		desks_put(plan, group, form, columns.desks, day);
	}
	if (week_of(plan)->room_heading[0]) {
		bar_put(plan, group, form, rect_centred(columns.room, columns.room.w, form->bar_h), day);
	}
}

static void legend_item_put(struct plan *plan, int parent, const struct week_form *form, struct rect *row, bool is_free,
			    const char *text)
{
	struct rect square = rect_cut_left(row, form->square);
	square_put(plan, parent, rect_centred(square, form->square, form->square), is_free);
	rect_cut_left(row, du(plan, 10));
	put_text(plan, parent, rect_cut_left(row, words_width(plan, form->legend, text) + 2), form->legend,
		 plan->theme->ink, plan->theme->card, ALIGN_START, text);
	rect_cut_left(row, du(plan, 30));
}

static int legend_width(const struct plan *plan, const struct week_form *form)
{
	const struct model_week *week = week_of(plan);
	return 2 * (form->square + du(plan, 40)) + words_width(plan, form->legend, week->free) +
	       words_width(plan, form->legend, week->booked) + 4;
}

static const char *hint_words(const struct plan *plan, const struct week_form *form, int width)
{
	return fit_wrap(plan, form->legend, week_of(plan)->hint, width, 3);
}

static int legend_height(const struct plan *plan, const struct week_form *form, int width)
{
	const char *hint = hint_words(plan, form, width - legend_width(plan, form));
	return max_int(words_height(form->legend, hint), form->square) + du(plan, 14);
}

static void legend_put(struct plan *plan, int parent, const struct week_form *form, struct rect row)
{
	const struct model_week *week = week_of(plan);
	rect_cut_top(&row, du(plan, 14));
	legend_item_put(plan, parent, form, &row, true, week->free);
	legend_item_put(plan, parent, form, &row, false, week->booked);
	put_text(plan, parent, row, form->legend, plan->theme->muted, plan->theme->card, ALIGN_START,
		 hint_words(plan, form, row.w));
}

static void table_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_week *week = week_of(plan);
	struct week_form form = week_form(plan, box.w);
	struct rect legend = rect_cut_bottom(&box, legend_height(plan, &form, box.w));
	int head_h = form.heading.line_px + (week->room_heading[0] ? form.hour.line_px + du(plan, 4) : 0);
	headings_put(plan, parent, &form, rect_cut_top(&box, head_h));
	int below = form.is_stacked ? form.when.line_px : has_squares(plan, &form) ? form.square + du(plan, 6) : 0;
	int names_h = form.is_flat ? form.name.line_px : form.name.line_px + form.date.line_px;
	int least = max_int(names_h, form.count.line_px + below);
	int row_h = min_int(box.h / WEEK_DAYS, du(plan, plan->is_portrait ? 200 : 150));
	plan->overflows |= row_h < max_int(least, form.bar_h) + du(plan, form.is_flat ? 4 : 12) ||
			   form.name_w + form.desks_w > box.w * 3 / 4;
	for (size_t i = 0; i < week->day_count; i++) {
		struct rect row = rect_cut_top(&box, row_h);
		if (i > 0) {
			put_fill(plan, parent, (struct rect){row.x, row.y, row.w, du(plan, 2)}, plan->theme->line, 0);
		}
		row_put(plan, parent, &form, row, &week->days[i]);
	}
	legend_put(plan, parent, &form, legend);
}

/* For a low hand: a column a day. */
static void day_column_put(struct plan *plan, int parent, const struct week_form *form, struct rect box,
			   const struct model_week_day *day)
{
	const struct model_week *week = week_of(plan);
	int group = day_put(plan, parent, box, day);
	struct rect rest = rect_inset(box, du(plan, 12), du(plan, 6));
	name_put(plan, group, form, rect_cut_top(&rest, form->name.line_px + form->date.line_px), day);
	if (week->room_heading[0]) {
		struct rect hours = rect_cut_bottom(&rest, form->hour.line_px);
		hours = rect_inset(hours, words_width(plan, form->hour, "00") / 2, 0);
		hours_put(plan, group, form, hours);
		struct rect bar = rect_cut_bottom(&rest, form->bar_h);
		bar_put(plan, group, form, (struct rect){hours.x, bar.y, hours.w, bar.h}, day);
	}
	if (week->desk_count > 0) {
		desks_put(plan, group, form, rest, day);
	}
}

static void columns_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_week *week = week_of(plan);
	struct week_form form = week_form(plan, 0);
	struct rect legend = rect_cut_bottom(&box, legend_height(plan, &form, box.w));
	int least = form.name.line_px + form.date.line_px + du(plan, 12) +
		    (week->desk_count > 0 ? form.count.line_px + form.when.line_px : 0) +
		    (week->room_heading[0] ? form.bar_h + form.hour.line_px : 0);
	int gap = du(plan, 12);
	plan->overflows |= least > box.h;
	plan->overflows |= form.desks_w + du(plan, 24) > rect_column(box, 0, WEEK_DAYS, gap).w;
	for (size_t i = 0; i < week->day_count; i++) {
		day_column_put(plan, parent, &form, rect_column(box, (int)i, WEEK_DAYS, gap), &week->days[i]);
	}
	legend_put(plan, parent, &form, legend);
}

void week_put(struct plan *plan)
{
	struct page page = page_begin(plan, true);
	struct rect body = page.body;
	page_head_put(plan, &page);
	code_panel_put(plan, page.parent, &body, &week_of(plan)->swap);
	if (page_is_low(plan) && !plan->is_portrait) {
		columns_put(plan, page.parent, body);
	} else {
		table_put(plan, page.parent, body);
	}
}
