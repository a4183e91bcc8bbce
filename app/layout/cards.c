/* The cards beside the grid: who may check in, the coming meetings, the host municipality. */
#include "people_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

/* Puts "+3 till" at the end of the line when the card does not show everything. */
static void heading_put(struct plan *plan, int parent, struct rect card, const char *text, size_t hidden)
{
	if (plan->is_tight) {
		return;
	}
	struct font font = font_make(plan, 30, WEIGHT_SEMIBOLD);
	struct rect box = rect_inset(card, du(plan, 28), 0);
	box.y += du(plan, 24);
	box.h = font.line_px;
	if (hidden > 0) {
		struct font more_font = font_make(plan, 24, WEIGHT_REGULAR);
		const char *more = words_more(plan, hidden);
		struct rect end = rect_cut_right(&box, words_width(plan, more_font, more));
		put_text(plan, parent, end, more_font, plan->theme->muted, plan->theme->card, ALIGN_END, more);
		rect_cut_right(&box, du(plan, 16));
	}
	font = fit_font(plan, font, text, box.w, 0.75);
	put_text(plan, parent, box, font, plan->theme->ink, plan->theme->card, ALIGN_START,
		 fit_line(plan, font, text, box.w));
}

static int heading_height(const struct plan *plan)
{
	if (plan->is_tight) {
		return du(plan, 20);
	}
	int line = font_make(plan, 30, WEIGHT_SEMIBOLD).line_px;
	return max_int(du(plan, 78), du(plan, 24) + line + du(plan, 8));
}

static struct font more_font(const struct plan *plan)
{
	return font_make(plan, 24, WEIGHT_MEDIUM);
}

/* Puts "+3 till" at the foot of a card. */
static void more_put(struct plan *plan, int parent, struct rect box, size_t hidden)
{
	put_text(plan, parent, box, more_font(plan), plan->theme->muted, plan->theme->card, ALIGN_START,
		 words_more(plan, hidden));
}

/* Who may check in. */

struct waiting_form {
	struct font name, where, button;
	int button_w, button_h, pad_x, pad_y, gap;
	bool is_stacked; /* whether the button stands below the words */
	int words_w, height;
};

/* Without a heading the words say who is late. */
static const char *waiting_where(const struct plan *plan, const struct model_waiting *waiting)
{
	return plan->is_list ? waiting->brief : plan->is_tight ? waiting->listed : waiting->where;
}

static struct waiting_form waiting_form(const struct plan *plan, int width)
{
	struct waiting_form form = {
		.name = font_make(plan, 28, WEIGHT_SEMIBOLD),
		.where = font_make(plan, 24, WEIGHT_MEDIUM),
		.button = font_make(plan, 26, WEIGHT_SEMIBOLD),
		.button_h = max_int(du(plan, 74), plan->main_px),
		.pad_x = du(plan, 22),
		.pad_y = du(plan, plan->is_tight || plan->type > 1.2 ? 12 : 8),
		.gap = max_int(du(plan, 12), plan->gap_px),
	};
	int widest = 0;
	for (size_t i = 0; i < plan->model->waiting_count; i++) {
		widest = max_int(widest, words_width(plan, form.button, plan->model->waiting[i].button));
	}
	form.button_w = max_int(du(plan, 172), widest + 2 * du(plan, 20));
	form.button_h = max_int(form.button_h, form.button.line_px + du(plan, 24));
	form.words_w = width - form.pad_x - du(plan, 16) - form.button_w - du(plan, 20);
	int words_h = form.name.line_px + form.where.line_px + du(plan, 4);
	for (size_t i = 0; i < plan->model->waiting_count; i++) {
		const struct model_waiting *waiting = &plan->model->waiting[i];
		if (words_fit(plan, form.where, waiting_where(plan, waiting), form.words_w)) {
			continue;
		}
		if (fit_whole(plan, form.where, waiting_where(plan, waiting), form.words_w, 2)[0]) {
			words_h = form.name.line_px + 2 * form.where.line_px + du(plan, 4);
		} else {
			form.is_stacked = true;
		}
	}
	form.height = max_int(form.button_h, words_h) + 2 * form.pad_y;
	if (form.is_stacked) {
		form.words_w = width - 2 * form.pad_x;
		form.height = form.name.line_px + 2 * form.where.line_px + du(plan, 14) + form.button_h + du(plan, 32);
	}
	return form;
}

/* Returns whether this line begins the group of those who are late. */
static bool begins_late(const struct plan *plan, size_t index)
{
	const struct model_waiting *waiting = plan->model->waiting;
	return !plan->is_tight && waiting[index].group == WAITING_LATE &&
	       (index == 0 || waiting[index - 1].group != WAITING_LATE);
}

static int late_space(const struct plan *plan)
{
	return font_make(plan, 24, WEIGHT_SEMIBOLD).line_px + du(plan, 12);
}

int waiting_height(const struct plan *plan, int width, size_t shown)
{
	const struct model *model = plan->model;
	int foot = du(plan, 20);
	if (model->waiting_count == 0) {
		struct font font = font_make(plan, 24, WEIGHT_REGULAR);
		const char *text = fit_wrap(plan, font, model->waiting_empty, width - 2 * du(plan, 28), 4);
		return heading_height(plan) + words_height(font, text) + foot;
	}
	struct waiting_form form = waiting_form(plan, width - 2 * du(plan, 28));
	int late = 0;
	for (size_t i = 0; i < shown; i++) {
		late += begins_late(plan, i) ? late_space(plan) : 0;
	}
	return heading_height(plan) + (int)shown * (form.height + form.gap) - form.gap + late + foot;
}

static void waiting_words(struct plan *plan, int line, const struct waiting_form *form, struct rect box,
			  const struct model_waiting *waiting)
{
	struct person_look look = person_look_of(plan, waiting);
	const char *words = waiting_where(plan, waiting);
	const char *where = fit_wrap(plan, form->where, words, form->words_w, 2);
	int where_h = words_height(form->where, where), gap = du(plan, 4);
	struct font name_font = fit_font(plan, form->name, waiting->name, form->words_w, 0.8);
	int lines = clamp_int((box.h - where_h - 3 * gap) / name_font.line_px, 1, 2);
	const char *name = fit_whole(plan, name_font, waiting->name, form->words_w, lines);
	if (!name[0]) {
		const char *shorter = waiting->shorter[0] ? waiting->shorter : waiting->name;
		name_font = fit_font(plan, form->name, shorter, form->words_w, 0.8);
		name = fit_wrap(plan, name_font, shorter, form->words_w, lines);
	}
	int name_h = max_int(words_height(name_font, name), form->name.line_px);
	struct rect rest = {box.x + form->pad_x, box.y + (box.h - name_h - gap - where_h) / 2, form->words_w,
			    name_h + gap + where_h};
	put_text(plan, line, rect_cut_top(&rest, name_h), name_font, look.name, look.fill, ALIGN_START, name);
	rect_cut_top(&rest, gap);
	put_text(plan, line, rest, form->where, look.where, look.fill, ALIGN_START, where);
}

static void waiting_line_put(struct plan *plan, int parent, const struct waiting_form *form, struct rect box,
			     const struct model_waiting *waiting)
{
	const char *suffix = strchr(waiting->id, ':');
	struct person_look look = person_look_of(plan, waiting);
	int line = put(plan, (struct widget){
				     .id = arena_print(plan->ui->arena, "waiting%s", suffix ? suffix : ""),
				     .role = role_of(plan, &waiting->open),
				     .parent = parent,
				     .box = box,
				     .fill = FILL_SOLID,
				     .fill_rgb = look.fill,
				     .is_dashed = look.is_dashed,
				     .radius_px = du(plan, 18),
				     .spoken = arena_print(plan->ui->arena, "%s, %s", waiting->name, waiting->where),
				     .fg = look.name,
				     .bg = look.fill,
				     .action = waiting->open,
			     });
	if (plan->theme->card_border || look.is_dashed || plan->is_tight) {
		widget_at(plan, line)->border_rgb = look.border;
		widget_at(plan, line)->border_px = du(plan, plan->is_tight ? 3 : 2);
	}
	struct rect words = box, button = box;
	if (form->is_stacked) {
		button = rect_cut_bottom(&words, form->button_h + du(plan, 16));
		button = (struct rect){box.x + form->pad_x, button.y, box.w - 2 * form->pad_x, form->button_h};
	} else {
		button = (struct rect){box.x + box.w - du(plan, 20) - form->button_w,
				       box.y + (box.h - form->button_h) / 2, form->button_w, form->button_h};
	}
	waiting_words(plan, line, form, words, waiting);
	struct model_button check_in = {.id = waiting->id,
					.text = waiting->button,
					.style = waiting->group == WAITING_NOW ? BUTTON_PRIMARY : BUTTON_SECONDARY,
					.action = waiting->action};
	check_in.spoken = waiting->spoken;
	put_button(plan, line, button, &check_in, form->button, look.fill);
}

void waiting_put(struct plan *plan, struct rect card, size_t shown)
{
	const struct model *model = plan->model;
	int parent = put_card(plan, -1, card);
	heading_put(plan, parent, card, model->waiting_heading, 0);
	struct rect rest = rect_inset(card, du(plan, 28), 0);
	rect_cut_top(&rest, heading_height(plan));
	if (model->waiting_count == 0) {
		struct font font = font_make(plan, 24, WEIGHT_REGULAR);
		const char *text = fit_wrap(plan, font, model->waiting_empty, rest.w, 4);
		put_text(plan, parent, rect_cut_top(&rest, words_height(font, text)), font, plan->theme->muted,
			 plan->theme->card, ALIGN_START, text);
		return;
	}
	struct waiting_form form = waiting_form(plan, rest.w);
	for (size_t i = 0; i < shown; i++) {
		if (begins_late(plan, i)) {
			struct rect head = rect_cut_top(&rest, late_space(plan));
			head.h -= du(plan, 12);
			late_heading_put(plan, parent, head);
		}
		waiting_line_put(plan, parent, &form, rect_cut_top(&rest, form.height), &model->waiting[i]);
		rect_cut_top(&rest, i + 1 < shown ? form.gap : du(plan, 4));
	}
}

static struct rect line_column(const struct plan *plan, struct rect box, size_t index, size_t columns)
{
	return rect_column(box, (int)(index % columns), (int)columns, max_int(du(plan, 18), plan->gap_px));
}

int waiting_lines_height(const struct plan *plan, int width, size_t columns)
{
	struct rect box = {0, 0, width, 0};
	struct waiting_form form = waiting_form(plan, line_column(plan, box, 0, columns).w);
	int rows = (int)((plan->model->waiting_count + columns - 1) / columns);
	return rows * (form.height + form.gap) - form.gap;
}

void waiting_lines_put(struct plan *plan, struct rect box, size_t columns)
{
	struct waiting_form form = waiting_form(plan, line_column(plan, box, 0, columns).w);
	for (size_t i = 0; i < plan->model->waiting_count; i++) {
		struct rect line = line_column(plan, box, i, columns);
		line.y += (int)(i / columns) * (form.height + form.gap);
		line.h = form.height;
		waiting_line_put(plan, -1, &form, line, &plan->model->waiting[i]);
	}
}

/* The coming meetings. */

struct meeting_form {
	struct font day, month, title, when;
	int tile_w, tile_h, gap, words_x, height;
};

static struct meeting_form meeting_form(const struct plan *plan)
{
	struct meeting_form form = {
		.day = font_make(plan, 28, WEIGHT_BOLD),
		.month = font_make(plan, 20, WEIGHT_SEMIBOLD),
		.title = font_make(plan, 27, WEIGHT_SEMIBOLD),
		.when = font_make(plan, 23, WEIGHT_REGULAR),
	};
	form.tile_h = max_int(du(plan, 66), form.day.px + form.month.line_px + du(plan, 12));
	form.tile_w = max_int(du(plan, 68), form.tile_h);
	form.words_x = form.tile_w + du(plan, 18);
	form.height = max_int(form.tile_h, form.title.line_px + form.when.line_px + du(plan, 3));
	form.height = max_int(form.height, plan->target_px);
	form.gap = max_int(du(plan, 10), plan->gap_px);
	return form;
}

static int meetings_top(const struct plan *plan)
{
	return heading_height(plan) - du(plan, plan->is_tight ? 0 : 6);
}

/* Counts only meetings that begin soon, because a list that covers a year is never complete. */
static size_t meetings_hidden(const struct model *model, size_t shown)
{
	return model->meetings_soon > shown ? model->meetings_soon - shown : 0;
}

int meetings_height(const struct plan *plan, size_t shown)
{
	const struct model *model = plan->model;
	if (model->meeting_count == 0) {
		return meetings_top(plan) + 2 * font_make(plan, 24, WEIGHT_REGULAR).line_px + du(plan, 22);
	}
	struct meeting_form form = meeting_form(plan);
	if (shown == 0) {
		return form.height + 2 * du(plan, 16);
	}
	int more = plan->is_tight && meetings_hidden(model, shown) > 0 ? more_font(plan).line_px + du(plan, 8) : 0;
	return meetings_top(plan) + (int)shown * (form.height + form.gap) - form.gap + more + du(plan, 22);
}

static void date_tile_put(struct plan *plan, int parent, const struct meeting_form *form, struct rect tile,
			  const struct model_meeting *meeting)
{
	const struct theme *theme = plan->theme;
	int group = put_fill(plan, parent, tile, theme->river_soft, du(plan, 14));
	struct rect inner = rect_centred(tile, tile.w, form->day.px + form->month.line_px + du(plan, 2));
	struct rect day = rect_cut_top(&inner, form->day.px + du(plan, 2));
	put_text(plan, group, day, form->day, theme->on_river_soft, theme->river_soft, ALIGN_CENTRE, meeting->day);
	put_text(plan, group, inner, form->month, theme->on_river_soft, theme->river_soft, ALIGN_CENTRE,
		 meeting->month);
}

/* Returns the shortest form that still says where: "fre 10:00 · Bjurholm". */
static const char *with_town(const struct plan *plan, const char *when, const struct model_meeting *meeting)
{
	const char *town = meeting->where_short;
	return town[0] ? arena_print(plan->ui->arena, "%s · %s", when, town) : when;
}

/* Returns the longest form that fits, or NULL. */
static const char *when_fitting(const struct plan *plan, const struct meeting_form *form,
				const struct model_meeting *meeting, int width)
{
	const char *forms[] = {meeting->when, meeting->when_short, with_town(plan, meeting->wall_when, meeting)};
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (words_fit(plan, form->when, forms[i], width)) {
			return forms[i];
		}
	}
	return NULL;
}

/* Where "om 4 dagar" stands: beside the title, else beside the time, as long as both of these are whole. */
enum in_place { IN_NOWHERE, IN_TITLE, IN_WHEN };

static enum in_place in_place_of(const struct plan *plan, const struct meeting_form *form,
				 const struct model_meeting *meeting, int width, int in_w)
{
	int left = width - in_w - du(plan, 16);
	if (!meeting->in[0] || left <= 0) {
		return IN_NOWHERE;
	}
	if (words_fit(plan, form->title, meeting->title, left)) {
		return IN_TITLE;
	}
	return words_fit(plan, form->when, meeting->when, left) ? IN_WHEN : IN_NOWHERE;
}

static void meeting_words_put(struct plan *plan, int parent, const struct meeting_form *form, struct rect words,
			      const struct model_meeting *meeting)
{
	const struct theme *theme = plan->theme;
	int in_w = words_width_most(plan, form->when, meeting->in, words.w);
	enum in_place place = in_place_of(plan, form, meeting, words.w, in_w);
	struct rect top = rect_cut_top(&words, form->title.line_px);
	rect_cut_top(&words, du(plan, 2));
	words.h = form->when.line_px;
	struct rect in = place == IN_TITLE ? rect_cut_right(&top, in_w + 1) : words;
	in = place == IN_WHEN ? rect_cut_right(&words, in_w + 1) : in;
	struct font title = fit_font(plan, form->title, meeting->title, top.w, 0.85);
	put_text(plan, parent, top, title, theme->ink, theme->card, ALIGN_START,
		 fit_line(plan, title, meeting->title, top.w));
	const char *when = when_fitting(plan, form, meeting, words.w);
	when = when ? when : with_town(plan, meeting->wall_when, meeting);
	put_text(plan, parent, words, form->when, theme->muted, theme->card, ALIGN_START,
		 fit_parts(plan, form->when, when, words.w));
	if (place != IN_NOWHERE) {
		put_text(plan, parent, in, form->when, theme->muted, theme->card, ALIGN_END, meeting->in);
	}
}

static void meeting_put(struct plan *plan, int parent, const struct meeting_form *form, struct rect box,
			const struct model_meeting *meeting)
{
	int line = put(plan, (struct widget){
				     .id = meeting->id,
				     .role = role_of(plan, &meeting->action),
				     .parent = parent,
				     .box = box,
				     .radius_px = du(plan, 14),
				     .spoken = meeting->spoken,
				     .fg = plan->theme->ink,
				     .bg = plan->theme->card,
				     .action = meeting->action,
			     });
	struct rect tile = {box.x, box.y + (box.h - form->tile_h) / 2, form->tile_w, form->tile_h};
	date_tile_put(plan, line, form, tile, meeting);
	int words_h = form->title.line_px + du(plan, 2) + form->when.line_px;
	struct rect words = {box.x + form->words_x, box.y + (box.h - words_h) / 2, box.w - form->words_x, words_h};
	meeting_words_put(plan, line, form, words, meeting);
}

int meeting_line_height(const struct plan *plan)
{
	return meeting_form(plan).height;
}

void meeting_line_put(struct plan *plan, int parent, struct rect box, const struct model_meeting *meeting)
{
	struct meeting_form form = meeting_form(plan);
	meeting_put(plan, parent, &form, box, meeting);
}

/* When there is room for the next meeting only, the heading goes and the others are counted at the end of its line. */
static void meetings_brief_put(struct plan *plan, struct rect card)
{
	const struct model *model = plan->model;
	struct meeting_form form = meeting_form(plan);
	int parent = put_card(plan, -1, card);
	struct rect box = rect_centred(card, card.w - 2 * du(plan, 28), form.height);
	if (meetings_hidden(model, 1) > 0) {
		const char *more = words_more(plan, meetings_hidden(model, 1));
		struct rect end = rect_cut_right(&box, words_width(plan, more_font(plan), more));
		put_text(plan, parent, end, more_font(plan), plan->theme->muted, plan->theme->card, ALIGN_END, more);
		rect_cut_right(&box, du(plan, 16));
	}
	meeting_put(plan, parent, &form, box, &model->meetings[0]);
}

void meetings_put(struct plan *plan, struct rect card, size_t shown)
{
	const struct model *model = plan->model;
	if (shown == 0 && model->meeting_count > 0) {
		meetings_brief_put(plan, card);
		return;
	}
	int parent = put_card(plan, -1, card);
	struct rect head = card;
	head.y -= du(plan, 4);
	heading_put(plan, parent, head, model->meetings_heading, meetings_hidden(model, shown));
	struct rect rest = rect_inset(card, du(plan, 28), 0);
	rect_cut_top(&rest, meetings_top(plan));
	if (model->meeting_count == 0) {
		struct font font = font_make(plan, 24, WEIGHT_REGULAR);
		const char *text = fit_wrap(plan, font, model->meetings_empty, rest.w, 2);
		put_text(plan, parent, rect_cut_top(&rest, words_height(font, text)), font, plan->theme->muted,
			 plan->theme->card, ALIGN_START, text);
		return;
	}
	struct meeting_form form = meeting_form(plan);
	for (size_t i = 0; i < shown; i++) {
		meeting_put(plan, parent, &form, rect_cut_top(&rest, form.height), &model->meetings[i]);
		rect_cut_top(&rest, form.gap);
	}
	if (plan->is_tight && meetings_hidden(model, shown) > 0) {
		rest.y -= shown ? form.gap - du(plan, 8) : 0;
		more_put(plan, parent, rect_cut_top(&rest, more_font(plan).line_px), meetings_hidden(model, shown));
	}
}

/* The buttons that open what has no card. */

static struct font shortcut_font(const struct plan *plan)
{
	return font_make(plan, 26, WEIGHT_SEMIBOLD);
}

int shortcuts_height(const struct plan *plan)
{
	const struct model *model = plan->model;
	int height = max_int(max_int(shortcut_font(plan).line_px + du(plan, 28), plan->target_px), du(plan, 76));
	return model->meetings_heading[0] || model->host.shown ? height : 0;
}

void shortcuts_put(struct plan *plan, struct rect box, bool has_meetings)
{
	const struct model *model = plan->model;
	const struct model_button *meetings =
		has_meetings && model->meetings_heading[0] ? &model->meetings_button : NULL;
	const struct model_button *host = model->host.shown ? &model->host.button : NULL;
	int gap = max_int(du(plan, 14), plan->gap_px), count = (meetings != NULL) + (host != NULL);
	if (meetings) {
		put_button(plan, -1, rect_column(box, 0, count, gap), meetings, shortcut_font(plan),
			   plan->theme->paper);
	}
	if (host) {
		put_button(plan, -1, rect_column(box, count - 1, count, gap), host, shortcut_font(plan),
			   plan->theme->paper);
	}
}

/* The next meeting and the host, when people need the room: one button each, which says what it opens. */

static struct font brief_label_font(const struct plan *plan)
{
	return font_make(plan, 22, WEIGHT_REGULAR);
}

static struct font brief_font(const struct plan *plan)
{
	return font_make(plan, 26, WEIGHT_SEMIBOLD);
}

int brief_height(const struct plan *plan)
{
	int words = brief_label_font(plan).line_px + brief_font(plan).line_px + du(plan, 20);
	return max_int(words, plan->target_px);
}

struct brief {
	const char *id, *label, *text, *spoken;
	const char *label_short; /* when the label does not fit */
	struct action action;
	uint32_t fill, label_rgb, fg;
};

static void brief_one_put(struct plan *plan, struct rect box, const struct brief *brief)
{
	int button = put(plan, (struct widget){
				       .id = brief->id,
				       .role = role_of(plan, &brief->action),
				       .parent = -1,
				       .box = box,
				       .fill = FILL_SOLID,
				       .fill_rgb = brief->fill,
				       .fill2_rgb = brief->fill,
				       .border_rgb = plan->theme->card_border,
				       .border_px = plan->theme->card_border ? du(plan, 2) : 0,
				       .radius_px = du(plan, 20),
				       .spoken = brief->spoken,
				       .fg = brief->fg,
				       .bg = brief->fill,
				       .action = brief->action,
			       });
	struct font label = brief_label_font(plan), font = brief_font(plan);
	struct rect words = rect_centred(box, box.w - 2 * du(plan, 16), label.line_px + font.line_px);
	const char *top = words_fit(plan, label, brief->label, words.w) ? brief->label : brief->label_short;
	put_text(plan, button, rect_cut_top(&words, label.line_px), label, brief->label_rgb, brief->fill, ALIGN_START,
		 fit_parts(plan, label, top, words.w));
	font = fit_font(plan, font, brief->text, words.w, 0.7);
	put_text(plan, button, words, font, brief->fg, brief->fill, ALIGN_START,
		 fit_line(plan, font, brief->text, words.w));
}

void brief_put(struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	if (model->host.shown) {
		int width = model->meeting_count > 0 ? box.w * 2 / 5 : box.w;
		struct brief host = {"host",
				     model->host.label,
				     model->host.name,
				     model->host.spoken,
				     model->host.label,
				     model->host.action,
				     theme->river,
				     theme->on_river_muted,
				     theme->on_river};
		brief_one_put(plan, rect_cut_right(&box, width), &host);
		rect_cut_right(&box, max_int(du(plan, 16), plan->gap_px));
	}
	if (model->meeting_count > 0) {
		const struct model_meeting *next = &model->meetings[0];
		const char *day = arena_print(plan->ui->arena, "%s %s", next->day, next->month);
		struct brief meeting = {
			next->id,     next->brief, next->title,  next->spoken, with_town(plan, day, next),
			next->action, theme->card, theme->muted, theme->ink};
		brief_one_put(plan, box, &meeting);
	}
}
