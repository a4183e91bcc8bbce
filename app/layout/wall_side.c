/* The column beside the wall's list of today: the coming meetings and the host municipality. */
#include "wall_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

struct coming_form {
	struct font heading, day, month, title, when;
	int tile, gap, indent;
};

static struct coming_form coming_form(const struct plan *plan)
{
	struct coming_form form = {
		.heading = font_make(plan, 40, WEIGHT_SEMIBOLD),
		.day = font_make(plan, 46, WEIGHT_BOLD),
		.month = font_make(plan, 32, WEIGHT_MEDIUM),
		.title = font_make(plan, 44, WEIGHT_SEMIBOLD),
		.when = font_make(plan, 36, WEIGHT_REGULAR),
		.gap = du(plan, 20),
	};
	form.tile = max_int(du(plan, 104), form.day.px + form.month.line_px + du(plan, 14));
	form.indent = form.tile + du(plan, 28);
	return form;
}

/* A title that is too long even in smaller letters wraps to two lines. */
static const char *coming_title(const struct plan *plan, const struct coming_form *form,
				const struct model_meeting *meeting, int width, struct font *out_font)
{
	*out_font = fit_font(plan, form->title, meeting->title, width - form->indent, 0.7);
	return fit_wrap(plan, *out_font, meeting->title, width - form->indent, 2);
}

/* Returns when and where it is held. The time is dropped before the place, and the place is never cut. */
static const char *coming_words(const struct plan *plan, struct font font, const struct model_meeting *meeting,
				int width)
{
	if (!meeting->where[0]) {
		return fit_parts(plan, font, meeting->wall_when, width);
	}
	const char *forms[] = {arena_print(plan->ui->arena, "%s · %s", meeting->wall_when, meeting->where),
			       meeting->where, meeting->where_short};
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i][0] && words_fit(plan, font, forms[i], width)) {
			return forms[i];
		}
	}
	return fit_line(plan, font, meeting->where_short[0] ? meeting->where_short : meeting->where, width);
}

static int coming_one_height(const struct plan *plan, const struct coming_form *form,
			     const struct model_meeting *meeting, int width)
{
	struct font font;
	const char *title = coming_title(plan, form, meeting, width, &font);
	int title_h = max_int(form->title.line_px, words_height(font, title));
	return max_int(form->tile, title_h + form->when.line_px);
}

static void coming_one_put(struct plan *plan, const struct coming_form *form, struct rect box,
			   const struct model_meeting *meeting)
{
	const struct theme *theme = plan->theme;
	int group = put(plan, (struct widget){.id = meeting->id,
					      .role = UI_GROUP,
					      .parent = -1,
					      .box = box,
					      .spoken = meeting->spoken,
					      .fg = theme->ink,
					      .bg = theme->paper});
	struct font title_font;
	const char *title = coming_title(plan, form, meeting, box.w, &title_font);
	int title_h = max_int(form->title.line_px, words_height(title_font, title));
	struct rect tile = rect_cut_left(&box, form->tile);
	tile = rect_centred(tile, form->tile, form->tile);
	int tile_group = put_fill(plan, group, tile, theme->card, du(plan, 20));
	struct rect inner = rect_centred(tile, tile.w, form->day.px + form->month.line_px);
	put_text(plan, tile_group, rect_cut_top(&inner, form->day.px), form->day, theme->ink, theme->card, ALIGN_CENTRE,
		 meeting->day);
	struct font month = fit_font(plan, form->month, meeting->month, inner.w, 0.8);
	put_text(plan, tile_group, inner, month, theme->muted, theme->card, ALIGN_CENTRE, meeting->month);
	rect_cut_left(&box, form->indent - form->tile);
	struct rect words = rect_centred(box, box.w, title_h + form->when.line_px);
	put_text(plan, group, rect_cut_top(&words, title_h), title_font, theme->ink, theme->paper, ALIGN_START, title);
	struct font when = form->when;
	put_text(plan, group, words, when, theme->muted, theme->paper, ALIGN_START,
		 coming_words(plan, when, meeting, words.w));
}

/* A heading that is too wide even in smaller letters wraps. */
static const char *coming_heading(const struct plan *plan, const struct coming_form *form, int width,
				  struct font *out_font)
{
	*out_font = fit_font(plan, form->heading, plan->model->meetings_heading, width, 0.7);
	return fit_wrap(plan, *out_font, plan->model->meetings_heading, width, 2);
}

static int heading_height(const struct plan *plan, const struct coming_form *form, int width)
{
	struct font font;
	const char *heading = coming_heading(plan, form, width, &font);
	return heading[0] ? max_int(form->heading.line_px, words_height(font, heading)) + du(plan, 20) : 0;
}

static void heading_put(struct plan *plan, const struct coming_form *form, struct rect row)
{
	struct font font;
	const char *heading = coming_heading(plan, form, row.w, &font);
	rect_cut_bottom(&row, du(plan, 20));
	put_text(plan, -1, row, font, plan->theme->ink, plan->theme->paper, ALIGN_START, heading);
}

/* Says that there is no other meeting, where there is room for it. */
static void last_put(struct plan *plan, const struct coming_form *form, struct rect *rest, const char *text)
{
	const char *words = fit_whole(plan, form->when, text, rest->w, 3);
	int height = words_height(form->when, words);
	if (height == 0 || height > rest->h) {
		return;
	}
	int index = put_text(plan, -1, rect_cut_top(rest, height), form->when, plan->theme->muted, plan->theme->paper,
			     ALIGN_START, words);
	widget_at(plan, index)->id = "meetings-end";
}

void coming_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	struct coming_form form = coming_form(plan);
	size_t count = model->meeting_count, shown = 0;
	int heading_h = heading_height(plan, &form, rest->w);
	int least = count ? coming_one_height(plan, &form, &model->meetings[0], rest->w)
			  : words_height(form.when, fit_whole(plan, form.when, model->meetings_empty, rest->w, 3));
	if (!model->meetings_heading[0] || least == 0 || rest->h < heading_h + least) {
		return;
	}
	heading_put(plan, &form, rect_cut_top(rest, heading_h));
	for (; shown < count; shown++) {
		int height = coming_one_height(plan, &form, &model->meetings[shown], rest->w);
		if (rest->h < height) {
			break;
		}
		coming_one_put(plan, &form, rect_cut_top(rest, height), &model->meetings[shown]);
		rect_cut_top(rest, form.gap);
	}
	if (count == 0) {
		last_put(plan, &form, rest, model->meetings_empty);
	} else if (shown == count) {
		last_put(plan, &form, rest, model->meetings_end);
	}
}

int coming_height(const struct plan *plan, int width, size_t shown)
{
	struct coming_form form = coming_form(plan);
	if (!plan->model->meetings_heading[0]) {
		return 0;
	}
	int height = heading_height(plan, &form, width);
	if (plan->model->meeting_count == 0) {
		const char *empty = fit_whole(plan, form.when, plan->model->meetings_empty, width, 3);
		return empty[0] ? height + words_height(form.when, empty) : 0;
	}
	for (size_t i = 0; i < shown && i < plan->model->meeting_count; i++) {
		height += coming_one_height(plan, &form, &plan->model->meetings[i], width) + form.gap;
	}
	return height;
}

/* The host municipality: with the ring when the words fit beside it, else without; never cut. */

struct wall_host {
	struct font label, name, small, year;
	const char *next; /* who takes over; "" there is no room to say it */
	int ring, text_w, height;
	bool fits;
};

static struct wall_host host_form(const struct plan *plan, int width, bool has_ring)
{
	const struct model_host *host = &plan->model->host;
	struct wall_host form = {
		.label = font_make(plan, 36, WEIGHT_REGULAR),
		.name = font_make(plan, 52, WEIGHT_BOLD),
		.small = font_make(plan, 36, WEIGHT_REGULAR),
		.year = font_make(plan, 44, WEIGHT_BOLD),
		.text_w = width,
	};
	if (has_ring) {
		form.ring = max_int(du(plan, 222), words_width(plan, form.year, "0000") * 2);
		form.text_w = width - form.ring - du(plan, 30);
	}
	form.label = fit_font(plan, form.label, host->label, form.text_w, 0.8);
	form.name = fit_font(plan, form.name, host->name, form.text_w, 0.6);
	form.fits = words_width(plan, form.label, host->label) <= form.text_w &&
		    words_width(plan, form.name, host->name) <= form.text_w;
	form.next = form.fits ? fit_even(plan, form.small, host->next, form.text_w, 3) : "";
	if (words_lines(form.next) > 3 || strstr(form.next, "…") || strstr(form.next, "-\n")) {
		form.next = "";
	}
	form.height = max_int(form.ring, form.label.line_px + form.name.line_px + words_height(form.small, form.next));
	return form;
}

static struct wall_host wall_host(const struct plan *plan, int width)
{
	struct wall_host form = host_form(plan, width, plan->model->host.count > 0);
	return form.fits ? form : host_form(plan, width, false);
}

int host_wall_height(const struct plan *plan, int width)
{
	struct wall_host form = wall_host(plan, width);
	return plan->model->host.shown && form.fits ? form.height : 0;
}

void host_wall_put(struct plan *plan, struct rect box)
{
	const struct model_host *host = &plan->model->host;
	const struct theme *theme = plan->theme;
	struct wall_host form = wall_host(plan, box.w);
	int group = put(plan, (struct widget){.id = "host",
					      .role = UI_GROUP,
					      .parent = -1,
					      .box = box,
					      .spoken = host->spoken,
					      .fg = theme->ink,
					      .bg = theme->paper});
	if (form.ring > 0) {
		struct rect ring = rect_cut_left(&box, form.ring);
		ring_put(plan, group, rect_centred(ring, form.ring, form.ring), form.ring * 30 / 222, theme->paper,
			 theme->ring_other, form.year);
	}
	box = rect_cut_right(&box, form.text_w);
	int words_h = form.label.line_px + form.name.line_px + words_height(form.small, form.next);
	struct rect rest = rect_centred(box, box.w, words_h);
	put_text(plan, group, rect_cut_top(&rest, form.label.line_px), form.label, theme->muted, theme->paper,
		 ALIGN_START, host->label);
	put_text(plan, group, rect_cut_top(&rest, form.name.line_px), form.name, theme->ink, theme->paper, ALIGN_START,
		 host->name);
	put_text(plan, group, rest, form.small, theme->muted, theme->paper, ALIGN_START, form.next);
}
