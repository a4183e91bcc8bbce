/* The floor plan: the office's SVG file, how large it is, the words in it, and where in it the places are. Everything
 * that is read from the file has a cap. app/draw/floor.h turns the drawing into pixels. Immutable after it was read;
 * any thread. */
#ifndef APP_CONFIG_FLOORPLAN_H
#define APP_CONFIG_FLOORPLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

/* In the units of the drawing, from its upper left corner. */
struct floorplan_point {
	double x, y;
};

struct floorplan_label {
	struct floorplan_point at; /* on the base line: its middle or its start */
	bool is_centred;
	char *text; /* "Pentry" */
};

struct floorplan {
	double left, top; /* the file's coordinates of the upper left corner */
	double width, height;
	int picture_w, picture_h; /* pixels that `svg` is drawn with */
	char *svg;                /* the file with a root element of our own; a NUL follows */
	size_t svg_length;
	struct floorplan_label *labels;
	size_t label_count;
};

/* Where an element stands whose id was asked for. */
struct floorplan_spot {
	const char *id; /* given by the caller */
	bool is_known;
	struct floorplan_point at;
};

/* Reads the file, and looks for an element of each spot's id ("5") or, because XML's names begin with a letter,
 * "place-5". Returns NULL and fills err when it cannot be used as a plan. The caller owns the result. */
struct floorplan *floorplan_read(const char *path, struct floorplan_spot *spots, size_t spot_count, struct err *err);
void floorplan_destroy(struct floorplan *floorplan);

/* Converts a point from the file's coordinates. Returns false when it lies outside the plan. */
bool floorplan_place(const struct floorplan *floorplan, struct floorplan_point point, struct floorplan_point *out);

#endif
