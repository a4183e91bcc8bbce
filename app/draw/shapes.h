/* Pictures that are computed pixel by pixel, with soft edges: rounded corners, hatched boxes, QR codes. Pure. */
#ifndef APP_DRAW_SHAPES_H
#define APP_DRAW_SHAPES_H

#include "image.h"

struct shape_box {
	int width, height;
	int radius_px, border_px;
	uint32_t fill_rgb, fill2_rgb, border_rgb; /* alpha 0: none */
};

/* Paints the four corners as one square with a side of 2 × radius: a box of that size. */
bool shape_corners(const struct shape_box *box, struct image *out_image);

/* The whole box, filled with diagonal stripes of both fills. */
bool shape_hatch(const struct shape_box *box, int stripe_px, struct image *out_image);

/* Paints a QR code of whole pixels within `side` pixels, including its quiet zone. Returns false when the text is too
 * long for a code, or the side is too small for one pixel per module. */
bool shape_code(const char *text, int side_px, uint32_t dark_rgb, uint32_t light_rgb, struct image *out_image);

#endif
