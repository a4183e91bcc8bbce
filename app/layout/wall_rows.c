/* The wall's dense form: one line for each meeting here, and a column for those elsewhere. It is used when the cards do
 * not fit, which on a screen that is read from far is often. Meetings that do not fit are counted. */
#include "wall_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

/* The type is tried in these sizes, in design units; none is smaller than the distance allows. */
static const int sizes[] = {52, 46, 40, 36};
enum { SIZE_COUNT = sizeof(sizes) / sizeof(*sizes) };

struct rows {
	struct font font, strong;
	int pitch;  /* of one line */
	int away_h; /* of a meeting elsewhere */
	int time_w, pad, gap;
	size_t here, away;             /* how many there are, */
	size_t here_shown, away_shown; /* and how many of them are shown */
	int left_w, right_w;           /* right_w 0: meetings elsewhere stand below the others */
	int more_lines;                /* below the list, for what is only counted */
	bool fits;
};

static const struct model_wall_meeting *meeting_at(const struct plan *plan, size_t index)
{
	return &plan->model->wall_meetings[index];
}

static bool is_lit(const struct model_wall_meeting *meeting)
{
	return meeting->phase == WALL_NOW && !meeting->is_elsewhere;
}

static int lit_height(const struct rows *rows)
{
	return rows->pitch * 6 / 5;
}

static int here_height(const struct rows *rows, const struct model_wall_meeting *meeting)
{
	int lines = meeting->part_count ? (int)meeting->part_count + 1 : 1;
	int first = is_lit(meeting) ? lit_height(rows) : rows->pitch;
	return first + (lines - 1) * rows->pitch + (is_lit(meeting) || lines > 1 ? rows->gap : 0);
}

static int here_sum(const struct plan *plan, const struct rows *rows, size_t count)
{
	int height = 0;
	for (size_t i = 0; i < count; i++) {
		height += here_height(rows, meeting_at(plan, i));
	}
	return height;
}

static size_t here_fitting(const struct plan *plan, const struct rows *rows, int height)
{
	size_t count = 0;
	for (; count < rows->here; count++) {
		height -= here_height(rows, meeting_at(plan, count));
		if (height < 0) {
			break;
		}
	}
	return count;
}

static int hidden(const struct plan *plan, size_t from, size_t to, size_t more)
{
	size_t count = more;
	for (size_t i = from; i < to; i++) {
		count += meeting_at(plan, i)->count;
	}
	return (int)count;
}

static int hidden_here(const struct plan *plan, const struct rows *rows)
{
	return hidden(plan, rows->here_shown, rows->here, plan->model->wall_more_here);
}

static int hidden_away(const struct plan *plan, const struct rows *rows)
{
	return hidden(plan, rows->here + rows->away_shown, rows->here + rows->away, plan->model->wall_more_elsewhere);
}

/* The words come from the translator, with their place for the number. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *away_more(const struct plan *plan, int count)
{
	return arena_print(plan->ui->arena, plan->model->wall_elsewhere_format, count);
}
#pragma GCC diagnostic pop

static const char *short_place(const struct model_wall_meeting *meeting)
{
	return meeting->where_short[0] ? meeting->where_short : meeting->where;
}

/* Returns how wide the column of those elsewhere is: a third at most, but every place fits. What is too far down to be
 * shown does not count. */
static int column_width(const struct plan *plan, const struct rows *rows, int width, int height)
{
	int place = 0, all = 0;
	size_t fitting = (size_t)max_int(height / rows->away_h, 0) + 1;
	size_t count = rows->away < fitting ? rows->away : fitting;
	for (size_t i = rows->here; i < rows->here + count; i++) {
		const struct model_wall_meeting *meeting = meeting_at(plan, i);
		int where = words_width(plan, rows->font, short_place(meeting));
		int when = words_width(plan, rows->font, meeting->start) + rows->font.px / 3;
		place = max_int(place, where);
		all = max_int(all, max_int(when + where, words_width(plan, rows->font, meeting->title)));
	}
	int most = max_int(width * 33 / 100, place + 2 * rows->pad);
	return clamp_int(all + 2 * rows->pad, width * 26 / 100, most);
}

static struct rows rows_make(const struct plan *plan, int px, int width, int height)
{
	const struct model *model = plan->model;
	struct rows rows = {.font = font_sized(plan, px, WEIGHT_MEDIUM),
			    .strong = font_sized(plan, px, WEIGHT_SEMIBOLD)};
	rows.pitch = rows.font.px * 113 / 100;
	rows.gap = rows.font.px / 8;
	rows.away_h = 2 * rows.pitch;
	rows.pad = du(plan, 20);
	int widest = words_width(plan, rows.font, "00:00");
	while (rows.here + rows.away < model->wall_meeting_count) {
		const struct model_wall_meeting *meeting = meeting_at(plan, rows.here + rows.away);
		widest = max_int(widest, words_width(plan, rows.font, meeting->start));
		rows.here += !meeting->is_elsewhere;
		rows.away += meeting->is_elsewhere;
	}
	rows.time_w = min_int(widest, width / 3) + rows.pad;
	rows.left_w = width;
	int column = column_width(plan, &rows, width, height);
	if (!plan->is_portrait && rows.away > 0 && rows.here > 0 && column < width * 42 / 100) {
		rows.right_w = column;
		rows.left_w = width - rows.right_w - rows.pad;
	}
	return rows;
}

/* Each column shows what fits, with a line for what does not. */
static void arrange_beside(const struct plan *plan, struct rows *rows, int height)
{
	const struct model *model = plan->model;
	rows->here_shown = here_fitting(plan, rows, height - (model->wall_more_here ? rows->pitch : 0));
	if (rows->here_shown < rows->here) {
		rows->here_shown = here_fitting(plan, rows, height - rows->pitch);
	}
	int room = height - lit_height(rows);
	int most = room / rows->away_h;
	if ((size_t)most < rows->away || model->wall_more_elsewhere) {
		most = (room - rows->pitch) / rows->away_h;
	}
	rows->away_shown = (size_t)clamp_int(most, 0, (int)rows->away);
}

static int more_lines(const struct plan *plan, const struct rows *rows)
{
	int here = hidden_here(plan, rows), away = hidden_away(plan, rows);
	if (here == 0 || away == 0) {
		return here + away > 0;
	}
	int width = words_width(plan, rows->strong, words_more(plan, (size_t)here)) +
		    words_width(plan, rows->strong, away_more(plan, away)) + 2 * rows->pad;
	return width <= rows->left_w ? 1 : 2;
}

/* Those elsewhere give way first. */
static void arrange_below(const struct plan *plan, struct rows *rows, int height)
{
	int heading = rows->away ? rows->pitch : 0;
	rows->here_shown = rows->here;
	rows->away_shown = rows->away;
	rows->more_lines = more_lines(plan, rows);
	if (here_sum(plan, rows, rows->here) + heading + (int)rows->away * rows->away_h +
		    rows->more_lines * rows->pitch <=
	    height) {
		return;
	}
	int room = height - here_sum(plan, rows, rows->here) - heading - rows->pitch;
	rows->away_shown = (size_t)clamp_int(room / rows->away_h, 0, (int)rows->away);
	rows->more_lines = more_lines(plan, rows);
	while (rows->here_shown > 0 && rows->away_shown == 0 &&
	       here_sum(plan, rows, rows->here_shown) + rows->more_lines * rows->pitch > height) {
		rows->here_shown--;
		rows->more_lines = more_lines(plan, rows);
	}
}

static struct rows rows_arrange(const struct plan *plan, int px, int width, int height)
{
	struct rows rows = rows_make(plan, px, width, height);
	if (rows.right_w > 0) {
		arrange_beside(plan, &rows, height);
	} else {
		arrange_below(plan, &rows, height);
	}
	rows.fits = hidden_here(plan, &rows) == 0 && hidden_away(plan, &rows) == 0;
	return rows;
}

/* One line. */

static int row_base_put(struct plan *plan, struct rect box, size_t index, uint32_t ink, uint32_t behind, bool is_filled)
{
	const struct model_wall_meeting *meeting = meeting_at(plan, index);
	return put(plan, (struct widget){.id = arena_print(plan->ui->arena, "today:%zu", index),
					 .role = UI_GROUP,
					 .parent = -1,
					 .box = box,
					 .fill = is_filled ? FILL_SOLID : FILL_NONE,
					 .fill_rgb = behind,
					 .fill2_rgb = behind,
					 .border_rgb = meeting->part_count ? plan->theme->sun : 0,
					 .border_px = meeting->part_count ? du(plan, 4) : 0,
					 .radius_px = du(plan, 20),
					 .spoken = meeting->spoken,
					 .fg = ink,
					 .bg = behind});
}

static void line_put(struct plan *plan, int parent, struct font font, struct rect box, uint32_t fg, uint32_t bg,
		     const char *text)
{
	font = fit_font(plan, font, text, box.w, 0.85);
	put_text(plan, parent, box, font, fg, bg, ALIGN_START, fit_line(plan, font, text, box.w));
}

/* The titles of a room that is booked twice stand below the line that says so. */
static void double_put(struct plan *plan, int parent, const struct rows *rows, struct rect *line, struct rect rest,
		       const struct model_wall_meeting *meeting, uint32_t ink, uint32_t behind)
{
	uint32_t alarm = is_lit(meeting) ? ink : plan->theme->sun;
	int icon = rows->font.px * 9 / 10;
	put_icon(plan, parent, rect_cut_left(line, icon), ICON_WARNING, icon, alarm, behind);
	rect_cut_left(line, rows->font.px / 4);
	bool is_whole = words_width(plan, rows->strong, meeting->warning) <= line->w;
	line_put(plan, parent, rows->strong, *line, alarm, behind,
		 is_whole ? meeting->warning : plan->model->wall_double);
	int indent = rows->time_w + rows->pad;
	for (size_t i = 0; i < meeting->part_count; i++) {
		struct rect part = rect_cut_top(&rest, rows->pitch);
		rect_cut_left(&part, indent);
		rect_cut_right(&part, rows->pad);
		bool has_room = words_fit(plan, rows->font, meeting->parts[i], part.w);
		line_put(plan, parent, rows->font, part, ink, behind,
			 has_room ? meeting->parts[i] : meeting->part_titles[i]);
	}
}

static void here_put(struct plan *plan, const struct rows *rows, int row, size_t index)
{
	const struct theme *theme = plan->theme;
	const struct model_wall_meeting *meeting = meeting_at(plan, index);
	bool lit = is_lit(meeting);
	uint32_t ink = widget_at(plan, row)->fg, behind = widget_at(plan, row)->bg;
	struct rect rest = widget_at(plan, row)->box, line = rect_cut_top(&rest, lit ? lit_height(rows) : rows->pitch);
	if (lit && meeting->badge[0]) {
		int width = badge_width(plan, rows->strong, meeting->badge);
		int height = min_int(line.h - du(plan, 8), rows->pitch * 21 / 20);
		bool has_word = width < line.w / 2;
		width = has_word ? width : height;
		struct rect badge = {line.x + rows->pad / 2, line.y + (line.h - height) / 2, width, height};
		if (has_word) {
			badge_put(plan, row, rows->strong, badge, meeting->badge);
		} else {
			int fill = put_fill(plan, row, badge, theme->now, du(plan, 18));
			put_icon(plan, fill, badge, ICON_PLAY, height * 2 / 3, theme->on_now, theme->now);
		}
		rect_cut_left(&line, rows->pad / 2 + width + rows->pad);
	} else {
		rect_cut_left(&line, rows->pad);
		struct font thin = rows->font;
		thin.weight = WEIGHT_REGULAR;
		struct rect time = rect_cut_left(&line, rows->time_w);
		time.w -= min_int(rows->pad / 2, time.w);
		line_put(plan, row, thin, time, theme->muted, behind, meeting->start);
	}
	rect_cut_right(&line, rows->pad);
	if (meeting->part_count) {
		double_put(plan, row, rows, &line, rest, meeting, ink, behind);
		return;
	}
	line_put(plan, row, lit ? rows->strong : rows->font, line, ink, behind, meeting->title);
}

/* The time is dropped before the place. */
static const char *away_words(const struct plan *plan, struct font font, const struct model_wall_meeting *meeting,
			      int width)
{
	const char *place = short_place(meeting);
	const char *both = arena_print(plan->ui->arena, place[0] ? "%s %s" : "%s%s", meeting->start, place);
	bool fits = words_fit(plan, font, both, width);
	return fits || !place[0] ? fit_line(plan, font, both, width) : fit_line(plan, font, place, width);
}

static void away_put(struct plan *plan, const struct rows *rows, struct rect box, size_t index)
{
	const struct theme *theme = plan->theme;
	const struct model_wall_meeting *meeting = meeting_at(plan, index);
	int row = row_base_put(plan, box, index, theme->ink, theme->paper, false);
	struct rect bar = {box.x, box.y + rows->font.px / 10, max_int(du(plan, 6), 1), box.h - rows->font.px / 5};
	put_fill(plan, row, bar, theme->river, bar.w / 2);
	rect_cut_left(&box, rows->pad);
	struct font thin = rows->font;
	thin.weight = WEIGHT_REGULAR;
	const char *where = away_words(plan, thin, meeting, box.w);
	put_text(plan, row, rect_cut_top(&box, rows->pitch), thin, theme->muted, theme->paper, ALIGN_START, where);
	line_put(plan, row, rows->font, box, theme->ink, theme->paper, meeting->title);
}

static void more_put(struct plan *plan, const struct rows *rows, struct rect box, const char *id, const char *text)
{
	int index = put_text(plan, -1, box, rows->strong, plan->theme->muted, plan->theme->paper, ALIGN_START, text);
	if (index >= 0) {
		widget_at(plan, index)->id = id;
	}
}

static void more_here_put(struct plan *plan, const struct rows *rows, struct rect box)
{
	rect_cut_left(&box, rows->pad);
	more_put(plan, rows, box, "more", words_more(plan, (size_t)hidden_here(plan, rows)));
}

static void more_away_put(struct plan *plan, const struct rows *rows, struct rect box)
{
	rect_cut_left(&box, rows->pad);
	const char *text = away_more(plan, hidden_away(plan, rows));
	more_put(plan, rows, box, "more-elsewhere",
		 words_width(plan, rows->strong, text) <= box.w ? text : fit_parts(plan, rows->strong, text, box.w));
}

static int here_base_put(struct plan *plan, const struct rows *rows, struct rect box, size_t index)
{
	const struct theme *theme = plan->theme;
	const struct model_wall_meeting *meeting = meeting_at(plan, index);
	bool lit = is_lit(meeting), is_striped = index % 2 == 1 || meeting->part_count;
	uint32_t behind = lit ? theme->lit : is_striped ? theme->card : theme->paper;
	box.h -= lit || meeting->part_count ? rows->gap : 0;
	return row_base_put(plan, box, index, lit ? theme->on_lit : theme->ink, behind, lit || is_striped);
}

/* The stripes come first, because letters such as "g" reach into the next one. */
static void here_list_put(struct plan *plan, const struct rows *rows, struct rect *box)
{
	int *bases = arena_alloc(plan->ui->arena, (rows->here_shown + 1) * sizeof(*bases));
	for (size_t i = 0; bases && i < rows->here_shown; i++) {
		bases[i] = here_base_put(plan, rows, rect_cut_top(box, here_height(rows, meeting_at(plan, i))), i);
	}
	for (size_t i = 0; bases && i < rows->here_shown; i++) {
		here_put(plan, rows, bases[i], i);
	}
}

static void away_list_put(struct plan *plan, const struct rows *rows, struct rect *box, int heading_h)
{
	struct rect heading = rect_cut_top(box, heading_h);
	rect_cut_left(&heading, rows->pad);
	struct font font = rows->font;
	font.weight = WEIGHT_BOLD;
	put_text(plan, -1, heading, font, plan->theme->outline, plan->theme->paper, ALIGN_START,
		 fit_line(plan, font, plan->model->wall_elsewhere, heading.w));
	for (size_t i = 0; i < rows->away_shown; i++) {
		away_put(plan, rows, rect_cut_top(box, rows->away_h), rows->here + i);
	}
}

static void list_beside_put(struct plan *plan, const struct rows *rows, struct rect box)
{
	struct rect right = rect_cut_right(&box, rows->right_w);
	rect_cut_right(&box, rows->pad);
	here_list_put(plan, rows, &box);
	if (hidden_here(plan, rows)) {
		more_here_put(plan, rows, rect_cut_top(&box, rows->pitch));
	}
	away_list_put(plan, rows, &right, lit_height(rows));
	if (hidden_away(plan, rows)) {
		more_away_put(plan, rows, rect_cut_top(&right, rows->pitch));
	}
}

static void list_below_put(struct plan *plan, const struct rows *rows, struct rect box)
{
	here_list_put(plan, rows, &box);
	if (rows->away_shown > 0) {
		away_list_put(plan, rows, &box, rows->pitch);
	}
	int here = hidden_here(plan, rows), away = hidden_away(plan, rows);
	struct rect line = rect_cut_top(&box, rows->pitch);
	if (here) {
		int width = rows->more_lines == 1 && away
				    ? words_width(plan, rows->strong, words_more(plan, (size_t)here)) + rows->pad
				    : line.w;
		more_here_put(plan, rows, rect_cut_left(&line, width));
		line = rows->more_lines == 2 ? rect_cut_top(&box, rows->pitch) : line;
	}
	if (away) {
		more_away_put(plan, rows, line);
	}
}

/* The lines share what is left of the height, so that no empty space stands beside a count. */
static void stretch(const struct plan *plan, struct rows *rows, int height)
{
	struct rows wider = *rows;
	while (wider.pitch < rows->font.px * 3 / 2) {
		wider.pitch++;
		wider.away_h = 2 * wider.pitch;
		int left = here_sum(plan, &wider, wider.here_shown) + (hidden_here(plan, rows) ? wider.pitch : 0);
		int right = lit_height(&wider) + (int)wider.away_shown * wider.away_h +
			    (hidden_away(plan, rows) ? wider.pitch : 0);
		if (wider.right_w == 0) {
			left = here_sum(plan, &wider, wider.here_shown) + wider.more_lines * wider.pitch;
			right = 0;
			left += wider.away_shown ? wider.pitch + (int)wider.away_shown * wider.away_h : 0;
		}
		if (left > height || right > height) {
			return;
		}
		*rows = wider;
	}
}

static void list_put(struct plan *plan, struct rows *rows, struct rect box)
{
	stretch(plan, rows, box.h);
	if (plan->model->wall_meeting_count == 0) {
		line_put(plan, -1, rows->strong, rect_cut_top(&box, min_int(rows->pitch, box.h)), plan->theme->ink,
			 plan->theme->paper, plan->model->wall_empty);
	} else if (rows->right_w > 0) {
		list_beside_put(plan, rows, box);
	} else {
		list_below_put(plan, rows, box);
	}
}

/* The foot: the free desks in one line, with what has ended. */

struct base {
	struct font font;
	const char *desks;
	int ended_w, line_h, height;
	bool is_stacked;
};

static struct base base_make(const struct plan *plan, int px, int width, bool has_desks)
{
	const struct model *model = plan->model;
	struct base base = {.font = font_sized(plan, px, WEIGHT_SEMIBOLD), .desks = ""};
	base.line_h = base.font.px * 5 / 4;
	base.ended_w = model->wall_ended_text[0] ? words_width(plan, base.font, model->wall_ended_text) : 0;
	int icon = base.font.px * 6 / 5;
	int beside = width - icon - (base.ended_w ? base.ended_w + base.font.px / 2 : 0);
	const char *forms[] = {model->desks_short, model->desks_count};
	for (size_t i = 0; has_desks && i < 4 && !base.desks[0]; i++) {
		base.is_stacked = i >= 2 && base.ended_w > 0;
		int room = base.is_stacked ? width - icon : beside;
		base.desks = words_width(plan, base.font, forms[i % 2]) <= room ? forms[i % 2] : "";
	}
	base.is_stacked = base.is_stacked && base.desks[0];
	base.height = base.desks[0] || base.ended_w ? base.line_h * (base.is_stacked ? 2 : 1) : 0;
	return base;
}

static void base_put(struct plan *plan, const struct base *base, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	uint32_t fg = model->desks_are_free ? theme->leaf_text : theme->muted;
	if (base->ended_w) {
		struct font thin = base->font;
		thin.weight = WEIGHT_REGULAR;
		struct rect line =
			base->is_stacked ? rect_cut_bottom(&box, base->line_h) : rect_cut_right(&box, base->ended_w);
		int index = put_text(plan, -1, line, thin, theme->muted, theme->paper,
				     base->is_stacked ? ALIGN_START : ALIGN_END, model->wall_ended_text);
		widget_at(plan, index)->id = "ended";
	}
	if (!base->desks[0]) {
		return;
	}
	if (model->desks_are_free) {
		int icon = base->font.px * 9 / 10;
		put_icon(plan, -1, rect_cut_left(&box, icon), ICON_RING, icon, fg, theme->paper);
		rect_cut_left(&box, base->font.px * 3 / 10);
	}
	int index = put_text(plan, -1, box, base->font, fg, theme->paper, ALIGN_START, base->desks);
	widget_at(plan, index)->id = "desks";
}

/* The whole. */

static int size_px(const struct plan *plan, size_t size)
{
	return max_int(du(plan, sizes[size]), plan->smallest_px);
}

static bool with_tiles_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	int strip = strip_height(plan, body.w), foot = foot_height(plan, form, body.w);
	int height = body.h - strip - foot - 2 * du(plan, 16);
	if (strip == 0 || wall_is_large(plan)) {
		return false;
	}
	for (size_t size = 0; size < SIZE_COUNT; size++) {
		struct rows rows = rows_arrange(plan, size_px(plan, size), body.w, height);
		if (rows.fits) {
			strip_put(plan, rect_cut_bottom(&body, strip));
			rect_cut_bottom(&body, du(plan, 16));
			foot_put(plan, form, rect_cut_bottom(&body, foot));
			list_put(plan, &rows, body);
			return true;
		}
	}
	return false;
}

void rows_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	if (with_tiles_put(plan, form, body)) {
		return;
	}
	for (size_t size = 0; size < SIZE_COUNT; size++) {
		int px = size_px(plan, size);
		struct base base = base_make(plan, px, body.w, true);
		struct rows rows = rows_arrange(plan, px, body.w, body.h - base.height);
		if (rows.here > 0 && rows.here_shown == 0) {
			base = base_make(plan, px, body.w, false);
			rows = rows_arrange(plan, px, body.w, body.h - base.height);
		}
		if (rows.fits || size + 1 == SIZE_COUNT) {
			base_put(plan, &base, rect_cut_bottom(&body, base.height));
			list_put(plan, &rows, body);
			return;
		}
	}
}
