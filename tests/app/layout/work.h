/* Counts what a frame costs: the texts that the layout asks to be measured, and what the fonts shape for that. The
 * bounds hold for every office, whatever its calendars hold; they are counted, so no slow machine exceeds them. */
#ifndef TESTS_APP_LAYOUT_WORK_H
#define TESTS_APP_LAYOUT_WORK_H

#include "app/layout/layout.h"
#include "tests/app/model/scene.h"

struct work {
	size_t texts, bytes; /* that were measured */
	size_t shaped;       /* runs that the fonts shaped for that */
	size_t words;        /* texts of the calendars that the model copied */
	size_t widgets;
};

/* What an ordinary office takes is a tenth of it. */
enum {
	WORK_TEXTS_MAX = 10000,
	WORK_BYTES_MAX = 256 * 1024,
	WORK_SHAPED_MAX = 1000,
	WORK_WORDS_MAX = 400,
	WORK_WIDGETS_MAX = 600
};

struct work_view {
	const char *name;
	enum view_kind view;
	enum config_mode mode;
	int width_px, height_px, text_percent;
	bool low_reach;
	const char *id; /* of what the view shows */
};

extern const struct work_view work_views[];
extern const size_t work_view_count;

bool work_begin(void); /* false: no font is installed */
void work_end(void);
/* Makes the model and the tree of one frame. */
struct work work_measure(struct scene *scene, const struct work_view *view);
/* Returns NULL, or what exceeds its bound. */
const char *work_excess(const struct work *work);

#endif
