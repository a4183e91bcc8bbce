/* What the maps of all sizes share: where the drawing is, and what is covered already. */
#ifndef APP_LAYOUT_MAP_PRIVATE_H
#define APP_LAYOUT_MAP_PRIVATE_H

#include "parts_private.h"

struct map {
	const struct floorplan *floorplan;
	struct rect box; /* the drawing */
	double scale;    /* pixels per unit of the drawing */
	double share;    /* of the size that the drawing has on the design's home screen */
	int parent;
	struct rect *taken; /* what must not be covered */
	size_t taken_count, taken_max;
};

/* Makes the drawing as large as it can be in the box. The office has a floor plan. */
struct map map_make(const struct plan *plan, int parent, struct rect box);
struct ui_point map_point(const struct map *map, struct floorplan_point at);
/* Returns whether the box lies within the drawing and covers nothing. */
bool map_is_free(const struct map *map, struct rect box);
void map_take(struct map *map, struct rect box);
void map_walls_put(struct plan *plan, struct map *map, const char *spoken);
/* Puts words where they cover nothing; returns false when they are left out. */
bool map_words_put(struct plan *plan, struct map *map, struct rect box, struct font font, uint32_t fg,
		   const char *text);
/* A tile as on the wall; on a light screen the one that waits has an outline, because walls are near. */
int map_tile_put(struct plan *plan, int parent, struct rect box, struct font font, const struct model_row *row,
		 const struct action *action);
void map_labels_put(struct plan *plan, struct map *map, struct font font);
void map_here_put(struct plan *plan, struct map *map, struct font font, const char *words);

#endif
