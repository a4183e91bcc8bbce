/* What the sheets of the host and of a meeting have in common: lines of what and who, and notes. */
#ifndef APP_LAYOUT_FACTS_PRIVATE_H
#define APP_LAYOUT_FACTS_PRIVATE_H

#include "page_private.h"

int facts_height(const struct plan *plan, int width);
void facts_put(struct plan *plan, int parent, struct rect box, uint32_t behind);
int detail_notes_height(const struct plan *plan, int width);
void detail_notes_put(struct plan *plan, int parent, struct rect box);

#endif
