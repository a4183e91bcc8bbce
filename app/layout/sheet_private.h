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
	PART_LINES,
	PART_SIDE,
	PART_CHOICES,
	PART_BUTTONS,
	PART_COUNT
};

struct sheet_form {
	struct font status, title, subtitle, body, key, choice, main, second, code_title, code_text;
	int body_line;
	int pad_x, pad_top, pad_bottom;
	int main_h, second_h, choice_h, gap, line_h, lines_title_h;
	int width, side_w;                         /* inside; side_w 0: nothing beside */
	int heights[PART_COUNT], gaps[PART_COUNT]; /* gap before */
	int height;                                /* all, with padding */
	const char *title_text, *subtitle_text;
	const char *paragraphs[6];
	int choice_columns;
	size_t choice_count; /* shown */
};
/* As narrow as the design's, wider when that makes it fit. */
struct sheet_form sheet_form_fitting(struct plan *plan, int *out_width);

bool sheet_has_main(const struct model_sheet *sheet); /* its first button is the big one */
int sheet_main_gap(const struct plan *plan);          /* beneath the main button */
int sheet_foot(const struct plan *plan);              /* beneath a sheet that does not stand in the middle */
int sheet_picture_gap(const struct plan *plan);
int sheet_picture_size(const struct plan *plan);
int sheet_side_height(const struct plan *plan, const struct sheet_form *form);

#endif
