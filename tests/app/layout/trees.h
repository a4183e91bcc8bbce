/* Small widget trees for tests of what finds, taps and draws. */
#ifndef TESTS_APP_LAYOUT_TREES_H
#define TESTS_APP_LAYOUT_TREES_H

#include "app/layout/ui.h"

/* Plain: nothing drawn, nothing said. */
static inline struct widget tree_widget(const char *id, enum ui_role role, struct rect box)
{
	return (struct widget){
		.id = id,
		.role = role,
		.parent = -1,
		.box = box,
		.text = "",
		.spoken = "",
		.code = "",
		.fg = 0xFF16242EU,
		.bg = 0xFFFFFFFFU,
		.font_px = 24,
		.enabled = true,
		.action = {.kind = role == UI_BUTTON ? ACTION_OPEN : ACTION_NONE, .id = id, .place = ""},
	};
}

static inline struct ui tree_of(struct widget *widgets, size_t count)
{
	return (struct ui){.widgets = widgets,
			   .count = count,
			   .capacity = count,
			   .width = 400,
			   .height = 300,
			   .paper = 0xFFF3F0E8U,
			   .first = ""};
}

#endif
