/* The measures of a sheet: a pile of parts, each as high as its words need. */
#ifndef APP_LAYOUT_SHEET_PRIVATE_H
#define APP_LAYOUT_SHEET_PRIVATE_H

#include "parts_private.h"

enum part {
	PART_STATUS,
	PART_TITLE,
	PART_SUBTITLE,
	PART_RULE,
	PART_PARAGRAPHS,
	PART_CHOICES,
	PART_BUTTONS,
	PART_COUNT
};

struct sheet_form {
	struct font status, title, subtitle, body, choice, main, second;
	int body_line;
	int pad_x, pad_top, pad_bottom;
	int main_h, second_h, choice_h, gap;
	int width;                                 /* without padding */
	int heights[PART_COUNT], gaps[PART_COUNT]; /* the gap before the part */
	int height;                                /* everything, with padding */
	const char *title_text, *subtitle_text;
	const char *paragraphs[6];
	int choice_columns;
	size_t choice_count; /* shown */
};
/* As narrow as in the design, and wider when that makes it fit. */
struct sheet_form sheet_form_fitting(struct plan *plan, int *out_width);

bool sheet_has_main(const struct model_sheet *sheet); /* the first button is the big one */
int sheet_main_gap(const struct plan *plan);          /* the gap below the main button */
int sheet_foot(const struct plan *plan);              /* the gap below a sheet that does not stand in the middle */

#endif
