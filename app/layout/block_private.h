/* One row of the time grid: its blocks, their words, and what a finger can reach. */
#ifndef APP_LAYOUT_BLOCK_PRIVATE_H
#define APP_LAYOUT_BLOCK_PRIVATE_H

#include "put_private.h"

struct axis {
	int x, w; /* pixels */
	int start_min, end_min;
};

int axis_x(const struct axis *axis, int minute);

/* Puts the blocks into `row`, which has the height of a block that has the row to itself. */
void blocks_put(struct plan *plan, int parent, const struct axis *axis, struct rect row, const struct model_row *place);

int blocks_lanes(const struct model_row *place); /* how many bookings stand side by side */
/* Returns the height that the row needs so that overlapping blocks can be touched. */
int blocks_height(const struct plan *plan, const struct model_row *place);

#endif
