/* See block_private.h. */
#include "block_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

int axis_x(const struct axis *axis, int minute)
{
	int64_t span = axis->end_min - axis->start_min;
	int64_t at = clamp_int(minute, axis->start_min, axis->end_min) - axis->start_min;
	return axis->x + (int)((at * axis->w + span / 2) / (span > 0 ? span : 1));
}

static const double room_padding = 8.5; /* design units, left and right */

/* The words and the icon of a block, and their sizes. */
struct words {
	const char *text;
	struct font font;
	bool has_icon;
	int padding, icon_gap, most_lines;
};

static int icon_size(struct font font, enum ui_icon icon)
{
	return icon == ICON_NONE ? 0 : font.px * (icon == ICON_CHECK || icon == ICON_CLOCK ? 28 : 24) / 24;
}

static int icon_gap(const struct plan *plan, double padding)
{
	return du(plan, padding < 12 ? 7 : 10);
}

static bool words_try(const struct plan *plan, struct words *words, const char *text, struct rect box, int icon_px,
		      double padding, bool may_end_early)
{
	int pad = du(plan, padding);
	int width = box.w - 2 * pad - (icon_px ? icon_px + icon_gap(plan, padding) : 0);
	int lines = clamp_int((box.h - du(plan, 2)) / words->font.line_px, 1, words->most_lines);
	if (!text[0] || width <= 0) {
		return false;
	}
	const char *fitted = may_end_early ? fit_wrap(plan, words->font, text, width, lines)
					   : fit_even(plan, words->font, text, width, lines);
	/* An ellipsis needs at least three letters before it to be of use. */
	if (!fitted[0] || fitted[0] == '\xE2') {
		return false;
	}
	words->text = fitted;
	words->padding = pad;
	words->has_icon = icon_px > 0;
	words->icon_gap = icon_gap(plan, padding);
	return true;
}

static const double room_sizes[] = {21, 19, 17.5};

static struct font room_font(const struct plan *plan, double units)
{
	struct font font = font_make(plan, units, WEIGHT_MEDIUM);
	font.line_px = font.px * 25 / 21;
	return font;
}

/* Tries the whole title in three sizes, with the icon, or without it when only that makes room. */
static bool room_words_whole(const struct plan *plan, struct words *words, const char *text, struct rect box,
			     enum ui_icon icon, bool may_lose_icon)
{
	for (size_t i = 0; i < sizeof(room_sizes) / sizeof(*room_sizes); i++) {
		words->font = room_font(plan, room_sizes[i]);
		if (words_try(plan, words, text, box, icon_size(words->font, icon), room_padding, false) ||
		    (may_lose_icon && words_try(plan, words, text, box, 0, room_padding, false))) {
			return true;
		}
	}
	return false;
}

/* Returns the title up to its first comma, colon, dash or bracket: "Visit Umeå" of "Visit Umeå, avstämning"; "" when
 * there is none, or when less than three letters stand before it. */
static const char *title_head(const struct plan *plan, const char *title)
{
	static const char *const marks[] = {", ", ": ", " – ", " - ", " ("};
	size_t length = strlen(title);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *mark = strstr(title, marks[i]);
		length = mark && (size_t)(mark - title) < length ? (size_t)(mark - title) : length;
	}
	return title[length] && length >= TEXT_LETTERS_MIN ? arena_copy(plan->ui->arena, title, length) : "";
}

/* Tries the part of the title that fits; smaller letters are used where they show much more of it. */
static bool room_words_early(const struct plan *plan, struct words *words, const struct model_block *block,
			     struct rect box, enum ui_icon icon, bool may_lose_icon)
{
	struct words best = {.text = ""};
	for (size_t i = 0; i < sizeof(room_sizes) / sizeof(*room_sizes); i++) {
		for (int without = 0; without <= (may_lose_icon ? 1 : 0); without++) {
			struct words tried = *words;
			tried.font = room_font(plan, room_sizes[i]);
			int icon_px = without ? 0 : icon_size(tried.font, icon);
			bool fits = words_try(plan, &tried, block->text, box, icon_px, room_padding, true);
			if (fits && strlen(tried.text) * 2 > strlen(best.text) * 3) {
				best = tried;
			}
		}
	}
	*words = best.text[0] ? best : *words;
	return best.text[0] != '\0';
}

/* A title wraps to several lines; else its head is shown, else its beginning with an ellipsis; when the block is too
 * narrow for three letters, the icon stands alone. The word for a state is shown whole or not at all, since its icon
 * says the same. */
static struct words room_words(const struct plan *plan, const struct model_block *block, struct rect box,
			       enum ui_icon icon)
{
	struct words words = {.text = "", .has_icon = icon != ICON_NONE, .most_lines = 4};
	bool may_lose_icon = block->state == SHOWN_BOOKED || block->state == SHOWN_CHECKED_IN;
	if (room_words_whole(plan, &words, block->text, box, icon, may_lose_icon)) {
		return words;
	}
	words.font = room_font(plan, room_sizes[0]);
	if (words_try(plan, &words, block->shorter, box, icon_size(words.font, icon), room_padding, false) ||
	    room_words_whole(plan, &words, title_head(plan, block->text), box, icon, may_lose_icon) ||
	    (!block->is_state_word && room_words_early(plan, &words, block, box, icon, may_lose_icon))) {
		return words;
	}
	words.has_icon = icon != ICON_NONE;
	return words;
}

/* A name is shortened to initials, and then to the icon alone. A text without initials is treated as a title. */
static struct words desk_words(const struct plan *plan, const struct model_block *block, struct rect box,
			       enum ui_icon icon)
{
	struct words words = {
		.text = "", .font = font_make(plan, 24, WEIGHT_MEDIUM), .has_icon = icon != ICON_NONE, .most_lines = 1};
	int room = box.h - (plan->is_reading ? du(plan, 2) : 2 * du(plan, 3));
	if (words.font.line_px > room) {
		words.font = font_sized(plan, room * 4 / 5, WEIGHT_MEDIUM);
	}
	int icon_px = icon_size(words.font, icon);
	if (words_try(plan, &words, block->text, box, icon_px, 16, false) ||
	    words_try(plan, &words, block->text, box, icon_px, 11, false) ||
	    words_try(plan, &words, block->shorter, box, icon_px, 11, false) ||
	    words_try(plan, &words, block->shorter, box, icon_px, 6, false)) {
		return words;
	}
	if (!block->shorter[0]) {
		return room_words(plan, block, box, icon);
	}
	words.has_icon = icon != ICON_NONE;
	return words;
}

static struct widget block_widget(const struct plan *plan, const struct model_block *block, struct rect box,
				  struct rect words_box, enum place_kind kind)
{
	struct state_look look = theme_state(plan->theme, block->state);
	struct words words = kind == PLACE_ROOM ? room_words(plan, block, words_box, look.icon)
						: desk_words(plan, block, words_box, look.icon);
	int icon_px = words.has_icon ? icon_size(words.font, look.icon) : 0;
	if (!words.text[0]) {
		icon_px = clamp_int(min_int(icon_px, words_box.w - du(plan, 4)), 0, words_box.h - du(plan, 4));
	}
	return (struct widget){
		.id = block->id,
		.box = box,
		.fill = look.fill,
		.fill_rgb = look.fill_rgb,
		.fill2_rgb = look.fill2_rgb,
		.border_rgb = look.border_rgb,
		.border_px = look.border_rgb ? du(plan, 3) : 0,
		.is_dashed = look.is_dashed,
		.radius_px = min_int(du(plan, 12), min_int(box.w, box.h) / 2),
		.text = words.text,
		.spoken = block->spoken,
		.fg = look.fg,
		.bg = look.fill2_rgb,
		.font_px = words.font.px,
		.line_px = words.font.line_px,
		.weight = WEIGHT_MEDIUM,
		.align_x = words.text[0] ? ALIGN_START : ALIGN_CENTRE,
		.align_y = ALIGN_CENTRE,
		.padding_px = words.text[0] ? words.padding : 0,
		.icon = words.has_icon ? look.icon : ICON_NONE,
		.icon_px = icon_px,
		.icon_gap_px = words.text[0] ? words.icon_gap : 0,
		.action = block->action,
	};
}

/* Draws the block in `box`. The target may be wider, because a short time is too narrow for a finger. */
static void block_put(struct plan *plan, int parent, const struct model_block *block, struct rect box,
		      struct rect target, enum place_kind kind)
{
	struct rect words_box = box;
	int mark = block->is_conflict ? min_int(du(plan, 28), box.h - du(plan, 6)) : 0;
	bool has_mark = mark > 0 && box.w > mark * 2 + du(plan, 40);
	if (has_mark) {
		words_box.w -= mark + du(plan, 6);
	}
	struct widget widget = block_widget(plan, block, box, words_box, kind);
	if (block->is_conflict && !has_mark) {
		widget.icon = ICON_WARNING;
		widget.icon_px = clamp_int(mark, 0, box.w - du(plan, 4));
		widget.text = "";
		widget.align_x = ALIGN_CENTRE;
		widget.padding_px = 0;
	}
	bool is_button = role_of(plan, &block->action) == UI_BUTTON && target.w >= plan->target_px &&
			 target.h >= plan->target_px;
	if (is_button && target.w > box.w) {
		parent = put(plan, (struct widget){.id = block->id,
						   .role = UI_BUTTON,
						   .parent = parent,
						   .box = target,
						   .spoken = block->spoken,
						   .fg = widget.fg,
						   .bg = widget.bg,
						   .radius_px = widget.radius_px,
						   .action = block->action});
		widget.id = "";
		widget.spoken = widget.text;
		widget.role = UI_GROUP;
	} else {
		widget.role = is_button ? UI_BUTTON : widget.text[0] ? UI_TEXT : UI_IMAGE;
	}
	widget.parent = parent;
	int index = put(plan, widget);
	if (has_mark) {
		struct rect icon = {box.x + box.w - mark - du(plan, 10), box.y + (box.h - mark) / 2, mark, mark};
		put_icon(plan, index, icon, ICON_WARNING, mark, widget.fg, widget.bg);
	}
}

static bool share_height(const struct model_block *a, const struct model_block *b)
{
	return a->lanes != b->lanes || a->lanes <= 1 || a->lane == b->lane;
}

static struct rect lane_box(const struct plan *plan, const struct axis *axis, struct rect row,
			    const struct model_block *block)
{
	int lanes = max_int(block->lanes, 1);
	int gap = lanes > 1 ? min_int(plan->gap_px, row.h / (4 * lanes)) : 0;
	int height = (row.h - gap * (lanes - 1)) / lanes;
	int left = axis_x(axis, block->start_min) + du(plan, 2), right = axis_x(axis, block->end_min) - du(plan, 2);
	return (struct rect){left, row.y + clamp_int(block->lane, 0, lanes - 1) * (height + gap),
			     max_int(right - left, du(plan, 6)), height};
}

/* Neighbours share the space between them, so that a finger hits the intended one. */
static void part_neighbours(const struct plan *plan, const struct model_row *place, struct rect *boxes)
{
	for (size_t i = 0; i < place->block_count; i++) {
		for (size_t j = 0; j < place->block_count; j++) {
			const struct model_block *a = &place->blocks[i], *b = &place->blocks[j];
			int missing = plan->gap_px - (boxes[j].x - boxes[i].x - boxes[i].w);
			if (i == j || b->start_min < a->end_min || missing <= 0 || !share_height(a, b)) {
				continue;
			}
			int half = (missing + 1) / 2, least = plan->target_px / 2;
			boxes[i].w -= clamp_int(half, 0, max_int(boxes[i].w - least, 0));
			int give = min_int(half, max_int(boxes[j].w - least, 0));
			boxes[j].x += give;
			boxes[j].w -= give;
		}
	}
}

/* Widens the box to the width of a finger where the neighbours leave room for that. */
static struct rect target_of(const struct plan *plan, const struct axis *axis, const struct model_row *place,
			     const struct rect *boxes, const struct rect *targets, size_t index)
{
	struct rect box = boxes[index];
	int left = axis->x, right = axis->x + axis->w;
	for (size_t i = 0; i < place->block_count; i++) {
		if (i == index || !share_height(&place->blocks[i], &place->blocks[index])) {
			continue;
		}
		struct rect other = i < index ? targets[i] : boxes[i];
		if (boxes[i].x < box.x) {
			left = max_int(left, other.x + other.w + plan->gap_px);
		} else {
			right = min_int(right, other.x - plan->gap_px);
		}
	}
	if (box.w >= plan->target_px || right - left < plan->target_px) {
		return box;
	}
	int x = clamp_int(box.x + box.w / 2 - plan->target_px / 2, left, right - plan->target_px);
	return (struct rect){x, box.y, plan->target_px, box.h};
}

void blocks_put(struct plan *plan, int parent, const struct axis *axis, struct rect row, const struct model_row *place)
{
	if (place->block_count == 0) {
		return;
	}
	struct rect *boxes = arena_alloc(plan->ui->arena, 2 * place->block_count * sizeof(*boxes));
	if (!boxes) {
		return;
	}
	struct rect *targets = boxes + place->block_count;
	for (size_t i = 0; i < place->block_count; i++) {
		boxes[i] = lane_box(plan, axis, row, &place->blocks[i]);
	}
	part_neighbours(plan, place, boxes);
	for (size_t i = 0; i < place->block_count; i++) {
		targets[i] = target_of(plan, axis, place, boxes, targets, i);
		block_put(plan, parent, &place->blocks[i], boxes[i], targets[i], place->kind);
	}
}

int blocks_lanes(const struct model_row *place)
{
	int lanes = 1;
	for (size_t i = 0; i < place->block_count; i++) {
		lanes = max_int(lanes, place->blocks[i].lanes);
	}
	return lanes;
}

int blocks_height(const struct plan *plan, const struct model_row *place)
{
	int lanes = blocks_lanes(place);
	return lanes * plan->target_px + (lanes - 1) * plan->gap_px;
}
