/* See input.h. SDL's own translation of touch to mouse is off (window.c), so that one tap is one tap. The mouse counts
 * as one more finger. */
#include "input.h"

#include <string.h>
#include <SDL.h>

static const int64_t mouse_finger = -1;
static const struct action sign_of_life = {.kind = ACTION_NONE, .id = "", .place = ""};

struct point {
	int x, y;
};

/* Converts a position on the window to one in the picture, which may be rotated. */
static struct point to_picture(const struct input *input, int x, int y)
{
	switch (input->rotation) {
	case 90:
		return (struct point){y, input->width_px - 1 - x};
	case 180:
		return (struct point){input->width_px - 1 - x, input->height_px - 1 - y};
	case 270:
		return (struct point){input->height_px - 1 - y, x};
	default:
		return (struct point){x, y};
	}
}

static int on_axis(float share, int size_px)
{
	int at = (int)(share * (float)size_px);
	return at < 0 ? 0 : at >= size_px ? size_px - 1 : at;
}

static struct point of_finger(const struct input *input, const SDL_TouchFingerEvent *finger)
{
	return to_picture(input, on_axis(finger->x, input->width_px), on_axis(finger->y, input->height_px));
}

/* A finger whose lifting SDL never reported, because its device vanished, must not keep all others out. */
static void drop_lost_finger(struct input *input, const SDL_TouchFingerEvent *event)
{
	if (!input->tap.is_down || input->tap.finger == event->fingerId) {
		return;
	}
	for (int i = 0; i < SDL_GetNumTouchFingers(event->touchId); i++) {
		const SDL_Finger *finger = SDL_GetTouchFinger(event->touchId, i);
		if (finger && finger->id == input->tap.finger) {
			return;
		}
	}
	if (input->tap.finger != mouse_finger) {
		tap_cancel(&input->tap);
	}
}

static void copy_id(char *to, const char *id)
{
	size_t size = strlen(id) + 1;
	to[0] = '\0';
	if (size <= VISIT_ID_MAX) {
		memcpy(to, id, size);
	}
}

static bool has_sheet(const struct ui *ui)
{
	return ui_by_id(ui, "sheet") != NULL;
}

/* A sheet may open another, but the way back from both leads to what lies under them. */
static void note_opener(struct input *input, const struct ui *ui, const struct widget *widget)
{
	if (widget && widget->action.kind == ACTION_OPEN && !has_sheet(ui)) {
		copy_id(input->opener, widget->id);
	}
}

static bool lift(struct input *input, const struct ui *ui, int64_t finger, struct point at, struct action *out_action)
{
	if (!input->tap.is_down || input->tap.finger != finger) {
		return false;
	}
	const struct widget *tapped = tap_up(&input->tap, ui, finger, at.x, at.y);
	note_opener(input, ui, tapped);
	*out_action = tapped ? tapped->action : sign_of_life;
	return true;
}

static void press(struct input *input, const struct ui *ui, int64_t finger, struct point at)
{
	input->by_keyboard = false;
	input->focus[0] = '\0';
	tap_down(&input->tap, ui, finger, at.x, at.y);
}

static void focus_on(struct input *input, const struct ui *ui, int index)
{
	copy_id(input->focus, index >= 0 ? ui->widgets[index].id : "");
}

static int focused(const struct input *input, const struct ui *ui)
{
	for (size_t i = 0; input->focus[0] != '\0' && i < ui->count; i++) {
		if (ui_is_reachable(&ui->widgets[i]) && strcmp(ui->widgets[i].id, input->focus) == 0) {
			return (int)i;
		}
	}
	return -1;
}

/* Moves the focus as a key asks for; returns false when the key does not move it. */
static bool move_focus(struct input *input, const struct ui *ui, const SDL_Keysym *key)
{
	int from = focused(input, ui), to;
	switch (key->sym) {
	case SDLK_TAB:
		to = ui_focus_step(ui, from, key->mod & KMOD_SHIFT ? -1 : 1);
		break;
	case SDLK_LEFT:
		to = ui_focus_towards(ui, from, -1, 0);
		break;
	case SDLK_RIGHT:
		to = ui_focus_towards(ui, from, 1, 0);
		break;
	case SDLK_UP:
		to = ui_focus_towards(ui, from, 0, -1);
		break;
	case SDLK_DOWN:
		to = ui_focus_towards(ui, from, 0, 1);
		break;
	default:
		return false;
	}
	input->by_keyboard = true;
	focus_on(input, ui, to);
	return true;
}

static bool key_down(struct input *input, const struct ui *ui, const SDL_KeyboardEvent *event,
		     struct action *out_action)
{
	const SDL_Keysym *key = &event->keysym;
	*out_action = sign_of_life;
	if (key->mod & (KMOD_ALT | KMOD_CTRL | KMOD_GUI)) {
		return false; /* these keys belong to the system */
	}
	if (move_focus(input, ui, key)) {
		return true;
	}
	if (event->repeat) {
		return false; /* a key held down is one press */
	}
	if (key->sym == SDLK_ESCAPE) {
		*out_action = (struct action){.kind = ACTION_CLOSE, .id = "", .place = ""};
		return true;
	}
	int at = focused(input, ui);
	bool is_enter = key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER || key->sym == SDLK_SPACE;
	if (is_enter && input->by_keyboard && at >= 0) {
		*out_action = ui->widgets[at].action;
		note_opener(input, ui, &ui->widgets[at]);
	}
	return true;
}

bool input_event(struct input *input, const struct ui *ui, const SDL_Event *event, struct action *out_action)
{
	switch (event->type) {
	case SDL_FINGERDOWN:
		drop_lost_finger(input, &event->tfinger);
		press(input, ui, event->tfinger.fingerId, of_finger(input, &event->tfinger));
		return false;
	case SDL_FINGERMOTION: {
		struct point at = of_finger(input, &event->tfinger);
		tap_move(&input->tap, ui, event->tfinger.fingerId, at.x, at.y);
		return false;
	}
	case SDL_FINGERUP:
		return lift(input, ui, event->tfinger.fingerId, of_finger(input, &event->tfinger), out_action);
	case SDL_MOUSEBUTTONDOWN:
		if (event->button.button == SDL_BUTTON_LEFT && event->button.which != SDL_TOUCH_MOUSEID) {
			press(input, ui, mouse_finger, to_picture(input, event->button.x, event->button.y));
		}
		return false;
	case SDL_MOUSEMOTION: {
		struct point at = to_picture(input, event->motion.x, event->motion.y);
		if (event->motion.which != SDL_TOUCH_MOUSEID) {
			tap_move(&input->tap, ui, mouse_finger, at.x, at.y);
		}
		return false;
	}
	case SDL_MOUSEBUTTONUP:
		if (event->button.button != SDL_BUTTON_LEFT || event->button.which == SDL_TOUCH_MOUSEID) {
			return false;
		}
		return lift(input, ui, mouse_finger, to_picture(input, event->button.x, event->button.y), out_action);
	case SDL_KEYDOWN:
		return key_down(input, ui, &event->key, out_action);
	case SDL_WINDOWEVENT:
		if (event->window.event == SDL_WINDOWEVENT_FOCUS_LOST) {
			tap_cancel(&input->tap);
		}
		return false;
	default:
		return false;
	}
}

void input_follow(struct input *input, const struct ui *ui)
{
	if (input->opener[0] != '\0' && !has_sheet(ui)) {
		if (input->by_keyboard) {
			copy_id(input->focus, input->opener);
		}
		input->opener[0] = '\0';
	}
	if (input->by_keyboard && focused(input, ui) < 0) {
		focus_on(input, ui, ui_focus_step(ui, -1, 1));
	}
}

struct view_marks input_marks(const struct input *input, const struct ui *ui)
{
	return (struct view_marks){
		.pressed = tap_pressed(&input->tap, ui),
		.focused = input->by_keyboard ? focused(input, ui) : -1,
	};
}

static struct rect extent_of(const struct ui *ui, int index)
{
	return index >= 0 ? ui_extent(&ui->widgets[index]) : (struct rect){0, 0, 0, 0};
}

struct rect input_marked(const struct view_marks *marks, const struct ui *ui)
{
	return ui_unite(extent_of(ui, marks->pressed), extent_of(ui, marks->focused));
}
