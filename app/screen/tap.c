/* See tap.h. The pressed button is remembered by its id and its action: when a new snapshot gives the same spot on the
 * screen another meaning, the finger that is already down must not carry that out. */
#include "tap.h"

#include <stdio.h>
#include <string.h>

static bool is_meant(const struct tap *tap, const struct widget *widget)
{
	const struct action *action = &widget->action;
	/* until_utc moves on with the clock, which does not make it another button. */
	return ui_is_reachable(widget) && strcmp(widget->id, tap->widget) == 0 && action->kind == tap->kind &&
	       action->view == tap->view && action->number == tap->number && strcmp(action->id, tap->id) == 0 &&
	       strcmp(action->place, tap->place) == 0;
}

static bool keep(char *to, const char *from)
{
	size_t size = strlen(from) + 1;
	if (size > VISIT_ID_MAX) {
		return false;
	}
	memcpy(to, from, size);
	return true;
}

void tap_down(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y)
{
	if (tap->is_down && tap->finger != finger) {
		return;
	}
	*tap = (struct tap){.is_down = true, .finger = finger};
	const struct widget *hit = ui_hit(ui, x, y);
	if (!hit) {
		return;
	}
	tap->kind = hit->action.kind;
	tap->view = hit->action.view;
	tap->number = hit->action.number;
	tap->is_pressing =
		keep(tap->widget, hit->id) && keep(tap->id, hit->action.id) && keep(tap->place, hit->action.place);
}

void tap_move(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y)
{
	if (!tap->is_down || tap->finger != finger || !tap->is_pressing) {
		return;
	}
	const struct widget *hit = ui_hit(ui, x, y);
	tap->is_pressing = hit && is_meant(tap, hit);
}

const struct widget *tap_up(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y)
{
	if (!tap->is_down || tap->finger != finger) {
		return NULL;
	}
	const struct widget *hit = tap->is_pressing ? ui_hit(ui, x, y) : NULL;
	bool is_tap = hit && is_meant(tap, hit);
	tap->is_down = tap->is_pressing = false;
	return is_tap ? hit : NULL;
}

void tap_cancel(struct tap *tap)
{
	tap->is_down = tap->is_pressing = false;
}

int tap_pressed(const struct tap *tap, const struct ui *ui)
{
	for (size_t i = 0; tap->is_pressing && i < ui->count; i++) {
		if (is_meant(tap, &ui->widgets[i])) {
			return ui->widgets[i].is_backdrop ? -1 : (int)i; /* the whole screen would flash */
		}
	}
	return -1;
}
