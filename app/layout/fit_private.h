/* Makes words fit: wrapped, in their shorter form, or ended with an ellipsis, but never cut at an edge. All results
 * live as long as the tree. */
#ifndef APP_LAYOUT_FIT_PRIVATE_H
#define APP_LAYOUT_FIT_PRIVATE_H

#include "box_private.h"

int words_width(const struct plan *plan, struct font font, const char *text); /* one line */
/* Returns whether one line is not wider than `width`. Of a long text only a part is measured for that. */
bool words_fit(const struct plan *plan, struct font font, const char *text, int width);
int words_width_most(const struct plan *plan, struct font font, const char *text, int most); /* `most` when wider */
int words_lines(const char *text);
const char *words_more(const struct plan *plan, size_t hidden);             /* "+3 till" */
const char *words_page(const struct plan *plan, size_t page, size_t pages); /* "Sida 2 av 5" */
int words_height(struct font font, const char *text);

/* Returns the text, or as much of it as fits with an ellipsis; "" when not even three letters fit. */
const char *fit_line(const struct plan *plan, struct font font, const char *text, int width);
/* Drops the last parts ("fre 09:00 · Vännäs" → "fre 09:00") when they do not fit, then works like fit_line. */
const char *fit_parts(const struct plan *plan, struct font font, const char *text, int width);
/* Breaks the text into at most max_lines; when more follows, the last line ends with an ellipsis. Words that are wider
 * than the line are hyphenated. */
const char *fit_wrap(const struct plan *plan, struct font font, const char *text, int width, int max_lines);
/* Returns the whole text when it takes at most max_lines, breaking inside words where nothing else helps; else works
 * like fit_wrap. */
const char *fit_break(const struct plan *plan, struct font font, const char *text, int width, int max_lines);
/* Like fit_wrap, but "" when an ellipsis would be needed. */
const char *fit_whole(const struct plan *plan, struct font font, const char *text, int width, int max_lines);
/* Like fit_whole, with lines of about the same length. */
const char *fit_even(const struct plan *plan, struct font font, const char *text, int width, int max_lines);
/* Makes the font smaller until the text fits on one line, but not below share × its size, nor below the smallest size.
 */
struct font fit_font(const struct plan *plan, struct font font, const char *text, int width, double share);

#endif
