/* The column beside the wall's list of today: the coming meetings and the host municipality. */
#include "wall_private.h"

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
	struct font when = fit_font(plan, form->when, meeting->when_short, words.w, 0.8);
	put_text(plan, group, words, when, theme->muted, theme->paper, ALIGN_START,
		 fit_parts(plan, when, meeting->when_short, words.w));
}

/* Puts the meetings and takes what it uses from the top of `rest`. */
void coming_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	struct coming_form form = coming_form(plan);
	size_t count = model->meeting_count;
	int heading_h = form.heading.line_px + du(plan, 20);
	const char *empty = count ? "" : fit_wrap(plan, form.when, model->meetings_empty, rest->w, 2);
	int least =
		count ? coming_one_height(plan, &form, &model->meetings[0], rest->w) : words_height(form.when, empty);
	if (!model->meetings_heading[0] || rest->h < heading_h + least) {
		return;
	}
	struct rect row = rect_cut_top(rest, form.heading.line_px);
	struct font heading = fit_font(plan, form.heading, model->meetings_heading, row.w, 0.7);
	put_text(plan, -1, row, heading, plan->theme->ink, plan->theme->paper, ALIGN_START,
		 fit_line(plan, heading, model->meetings_heading, row.w));
	rect_cut_top(rest, du(plan, 20));
	if (count == 0) {
		put_text(plan, -1, rect_cut_top(rest, words_height(form.when, empty)), form.when, plan->theme->muted,
			 plan->theme->paper, ALIGN_START, empty);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		int height = coming_one_height(plan, &form, &model->meetings[i], rest->w);
		if (rest->h < height) {
			break;
		}
		coming_one_put(plan, &form, rect_cut_top(rest, height), &model->meetings[i]);
		rect_cut_top(rest, form.gap);
	}
}

int coming_height(const struct plan *plan, int width, size_t shown)
{
	struct coming_form form = coming_form(plan);
	int height = form.heading.line_px + du(plan, 20);
	for (size_t i = 0; i < shown && i < plan->model->meeting_count; i++) {
		height += coming_one_height(plan, &form, &plan->model->meetings[i], width) + form.gap;
	}
	return height;
}

/* The host municipality. */

struct wall_host {
	struct font label, name, small, year;
	int ring, text_h;
};

static struct wall_host wall_host(const struct plan *plan, bool has_ring)
{
	struct wall_host form = {
		.label = font_make(plan, 36, WEIGHT_REGULAR),
		.name = font_make(plan, 52, WEIGHT_BOLD),
		.small = font_make(plan, 36, WEIGHT_REGULAR),
		.year = font_make(plan, 44, WEIGHT_BOLD),
	};
	form.text_h = form.label.line_px + form.name.line_px;
	if (has_ring) {
		form.ring = max_int(du(plan, 222), words_width(plan, form.year, "0000") * 2);
		form.text_h += du(plan, 10) + words_height(form.small, plan->model->host.next_short);
	}
	return form;
}

int host_wall_height(const struct plan *plan, bool has_ring)
{
	struct wall_host form = wall_host(plan, has_ring);
	return plan->model->host.shown ? max_int(form.ring, form.text_h) : 0;
}

void host_wall_put(struct plan *plan, struct rect box, bool has_ring)
{
	const struct model_host *host = &plan->model->host;
	const struct theme *theme = plan->theme;
	struct wall_host form = wall_host(plan, has_ring);
	int group = put(plan, (struct widget){.id = "host",
					      .role = UI_GROUP,
					      .parent = -1,
					      .box = box,
					      .spoken = host->spoken,
					      .fg = theme->ink,
					      .bg = theme->paper});
	if (has_ring && host->count > 0 && box.w - form.ring > du(plan, 200)) {
		struct rect ring = rect_cut_left(&box, form.ring);
		ring_put(plan, group, rect_centred(ring, form.ring, form.ring), form.ring * 30 / 222, theme->paper,
			 theme->ring_other, form.year);
		rect_cut_left(&box, du(plan, 38));
	}
	struct rect rest = rect_centred(box, box.w, form.text_h);
	struct font label = fit_font(plan, form.label, host->label, rest.w, 0.8);
	put_text(plan, group, rect_cut_top(&rest, form.label.line_px), label, theme->muted, theme->paper, ALIGN_START,
		 fit_line(plan, label, host->label, rest.w));
	struct font name = fit_font(plan, form.name, host->name, rest.w, 0.6);
	put_text(plan, group, rect_cut_top(&rest, form.name.line_px), name, theme->ink, theme->paper, ALIGN_START,
		 fit_line(plan, name, host->name, rest.w));
	rect_cut_top(&rest, du(plan, 10));
	const char *next = has_ring ? fit_whole(plan, form.small, host->next_short, rest.w, 3) : "";
	rest.h = min_int(rest.h, words_height(form.small, next));
	if (words_height(form.small, next) <= rest.h) {
		put_text(plan, group, rest, form.small, theme->muted, theme->paper, ALIGN_START, next);
	}
}
