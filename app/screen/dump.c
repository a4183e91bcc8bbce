/* See dump.h. Widgets under a sheet can be neither read nor reached, and decoration says nothing: both are left out. */
#include "dump.h"

#include <jansson.h>

static const char *const roles[] = {
	[UI_GROUP] = "group",
	[UI_TEXT] = "text",
	[UI_BUTTON] = "button",
	[UI_IMAGE] = "image",
};

static json_t *colour(uint32_t rgb)
{
	return json_sprintf("#%06X", (unsigned)(rgb & 0xFFFFFFU));
}

static json_t *describe(const struct widget *widget)
{
	const struct rect *box = &widget->box;
	return json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:s, s:o, s:o, s:i, s:b, s:b}", "id", widget->id, "role",
			 roles[widget->role], "x", box->x, "y", box->y, "w", box->w, "h", box->h, "text", widget->text,
			 "spoken", widget->spoken, "fg", colour(widget->fg), "bg", colour(widget->bg), "font_px",
			 widget->font_px, "enabled", (int)widget->enabled, "clipped", (int)widget->clipped);
}

static bool says_something(const struct widget *widget)
{
	return !widget->is_covered && (widget->id[0] != '\0' || widget->text[0] != '\0' || widget->spoken[0] != '\0' ||
				       widget->code[0] != '\0');
}

bool dump_write(const struct ui *ui, FILE *file, struct err *err)
{
	json_t *all = json_array();
	bool ok = all != NULL;
	for (size_t i = 0; ok && i < ui->count; i++) {
		if (says_something(&ui->widgets[i])) {
			ok = json_array_append_new(all, describe(&ui->widgets[i])) == 0;
		}
	}
	if (!ok) {
		err_set(err, "the widgets cannot be described: out of memory, or a text that is not UTF-8");
	} else if (json_dumpf(all, file, JSON_INDENT(1)) != 0 || fputc('\n', file) == EOF || fflush(file) != 0) {
		ok = err_set(err, "the widgets cannot be written");
	}
	json_decref(all);
	return ok;
}
