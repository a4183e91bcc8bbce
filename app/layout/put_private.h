/* Puts widgets into the tree and records when a text does not fit. */
#ifndef APP_LAYOUT_PUT_PRIVATE_H
#define APP_LAYOUT_PUT_PRIVATE_H

#include "box_private.h"

/* Adds the widget and returns its index. NULL strings become ""; `spoken` becomes the text unless it is given;
 * `enabled` follows from role and action. */
/* Returns a copy that lives as long as the tree, for a text that a widget gets after it was put; the model's own do
 * not. */
const char *kept(struct plan *plan, const char *text);
int put(struct plan *plan, struct widget widget);
/* Puts a text in one font. '\n' breaks lines. */
int put_text(struct plan *plan, int parent, struct rect box, struct font font, uint32_t fg, uint32_t bg,
	     enum ui_align align, const char *text);
/* Puts an icon beside words that say the same. */
int put_icon(struct plan *plan, int parent, struct rect box, enum ui_icon icon, int icon_px, uint32_t fg, uint32_t bg);
int put_fill(struct plan *plan, int parent, struct rect box, uint32_t rgb, int radius_px);
int put_card(struct plan *plan, int parent, struct rect box);
/* Returns the icon that stands before the words of a button, by its id; and the width that it takes. */
enum ui_icon button_icon(const struct model_button *button);
int button_icon_width(const struct plan *plan, struct font font, const struct model_button *button);
/* Puts a button; its words are wrapped or set smaller so that they fit, and an icon gives way to them. */
int put_button(struct plan *plan, int parent, struct rect box, const struct model_button *button, struct font font,
	       uint32_t behind);
struct widget *widget_at(struct plan *plan, int index); /* valid until the next put */
/* Returns the role of a widget with this action: where `is_reading` is set, it is a text instead of a button. */
enum ui_role role_of(const struct plan *plan, const struct action *action);

#endif
