/* The sheet of a place: on the left its state and the acts, on the right its day. Where the screen is narrow, the right
 * half stands below the acts; for a low hand all acts stand in one row at the bottom. */
#ifndef APP_LAYOUT_SHEET_PLACE_PRIVATE_H
#define APP_LAYOUT_SHEET_PLACE_PRIVATE_H

#include "parts_private.h"

/* What stands beside the acts. What has no room is shed, the last part first. */
struct side {
	struct font text, strong, title;
	int width, height; /* the height is 0 when there is nothing to show, or no room for it */
	int times_w;       /* of the column of times in the list of the day */
	int pad, map_h;    /* map_h is 0 when there is no small map */
	const char *where, *equipment;
	const char **lines;      /* who, in each line of the day, as it fits */
	size_t from, to, hidden; /* the lines of the day that are shown; how many follow them */
	bool has_code;
	int code_px;
};
struct side place_side_make(const struct plan *plan, int width, int room);
void place_side_put(struct plan *plan, int parent, const struct side *side, struct rect box);

enum place_part {
	PLACE_STATUS,
	PLACE_TITLE,
	PLACE_SUBTITLE,
	PLACE_CARD,
	PLACE_RULES,
	PLACE_LONGER,
	PLACE_QUESTION,
	PLACE_CHOICES,
	PLACE_MAIN,
	PLACE_WARNING,
	PLACE_NOTE,
	PLACE_BUTTONS,
	PLACE_PARTS
};

struct place_form {
	struct font status, title, subtitle, name, times, body, choice, detail, main, second, warning;
	int pad_x, pad_top, pad_bottom, gap, column_gap;
	int width, side_w;                           /* of the acts; of what stands beside them, 0 none */
	int heights[PLACE_PARTS], gaps[PLACE_PARTS]; /* the gap before the part */
	const char *texts[PLACE_PARTS];              /* status, title, subtitle, question, warning, note */
	const char *rules[6], *longer_note, *second_name;
	int card_h, choice_h, longer_h, button_h, button_columns;
	bool is_squeezed; /* there is less room than in the design, so gaps are half as high */
	struct side side;
	struct rect box; /* the sheet */
};
struct place_form place_form_fitting(struct plan *plan);
int place_pile_height(const struct place_form *form, const enum place_part *parts, size_t count);
struct rect place_warning_words(const struct plan *plan, const struct place_form *form, struct rect box);
bool place_has_main(const struct plan *plan); /* the first button is the big one */

extern const enum place_part place_words[], place_acts[], place_low_words[], place_low_acts[];
extern const size_t place_words_count, place_acts_count, place_low_words_count, place_low_acts_count;

void place_sheet_put(struct plan *plan);

#endif
