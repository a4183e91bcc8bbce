/* The parts of the wall that do not concern today. */
#ifndef APP_LAYOUT_WALL_PRIVATE_H
#define APP_LAYOUT_WALL_PRIVATE_H

#include "parts_private.h"

/* Puts the coming meetings and takes what it uses from the top of `rest`; takes nothing when there is no room for one.
 */
void coming_put(struct plan *plan, struct rect *rest);
int coming_height(const struct plan *plan, int width, size_t shown);

int host_wall_height(const struct plan *plan, bool has_ring); /* 0: no host is to be shown */
void host_wall_put(struct plan *plan, struct rect box, bool has_ring);

#endif
