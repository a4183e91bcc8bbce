/* A sheet that fills most of the screen: title and buttons at its head, and what it is about below. For a low hand it
 * fills the lowest two fifths of the screen. */
#ifndef APP_LAYOUT_PAGE_PRIVATE_H
#define APP_LAYOUT_PAGE_PRIVATE_H

#include "parts_private.h"

struct page {
	int parent;       /* the sheet's widget */
	struct rect head; /* what the buttons leave of it */
	struct rect body;
};

/* Puts the sheet and its buttons. The head is as high as a button or, with has_tall_head, as its words need. */
struct page page_begin(struct plan *plan, bool has_tall_head);
void page_head_put(struct plan *plan, const struct page *page);
/* Puts the arrows with "Sida 1 av 3" between them, and takes their place from the end of `row`; nothing with one page.
 */
void page_turn_put(struct plan *plan, int parent, struct rect *row, size_t page, size_t pages);

bool page_is_low(const struct plan *plan);
int page_gap(const struct plan *plan); /* between the parts of the sheet */
int page_button_height(const struct plan *plan);
/* A box on the sheet, in the colour of the paper or another fill. */
int page_panel_put(struct plan *plan, int parent, struct rect box, uint32_t rgb);

void code_put(struct plan *plan, int parent, struct rect box, const char *id, const char *code, const char *spoken);
/* Puts the sheet's code, its words and a button that shows another one, and takes their place from `rest`; takes
 * nothing without a code. */
void code_panel_put(struct plan *plan, int parent, struct rect *rest, const struct model_button *swap);

#endif
