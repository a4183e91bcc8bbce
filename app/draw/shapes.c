/* See shapes.h. Edges are softened by the distance of a pixel's centre from the outline, which is exact for straight
 * edges and looks the same for arcs. */
#include "shapes.h"

#include <math.h>
#include <string.h>
#include <qrencode.h>

enum { QUIET_MODULES = 4 }; /* ISO/IEC 18004 */

/* Returns how far the point lies inside the rounded box that is inset by `inset`; negative outside. */
static double depth(const struct shape_box *box, double x, double y, double inset)
{
	double radius = fmax(box->radius_px - inset, 0);
	double from_x = fmin(x, box->width - x) - inset, from_y = fmin(y, box->height - y) - inset;
	if (from_x >= radius || from_y >= radius) {
		return fmin(from_x, from_y);
	}
	return radius - hypot(radius - from_x, radius - from_y);
}

static unsigned coverage(double inside)
{
	return (unsigned)(fmin(fmax(inside + 0.5, 0), 1) * 255 + 0.5);
}

/* Paints the border outside and the fill inside; where they meet, they are mixed by their shares. */
static uint32_t box_pixel(const struct shape_box *box, int x, int y, uint32_t fill)
{
	unsigned outer = coverage(depth(box, x + 0.5, y + 0.5, 0));
	if (box->border_px == 0) {
		return image_fade(fill, outer);
	}
	unsigned inner = coverage(depth(box, x + 0.5, y + 0.5, box->border_px));
	if (fill >> 24 == 0) {
		return image_fade(box->border_rgb, outer * (255 - inner) / 255);
	}
	return image_fade(image_blend(box->border_rgb, image_fade(fill, inner)), outer);
}

bool shape_corners(const struct shape_box *box, struct image *out_image)
{
	struct shape_box square = *box;
	square.width = square.height = 2 * box->radius_px;
	struct image image;
	if (!image_init(&image, square.width, square.height)) {
		return false;
	}
	for (int y = 0; y < image.height; y++) {
		for (int x = 0; x < image.width; x++) {
			image.argb[y * image.width + x] = box_pixel(&square, x, y, box->fill_rgb);
		}
	}
	*out_image = image;
	return true;
}

bool shape_hatch(const struct shape_box *box, int stripe_px, struct image *out_image)
{
	struct image image;
	if (!image_init(&image, box->width, box->height)) {
		return false;
	}
	double period = 2.0 * stripe_px;
	for (int y = 0; y < image.height; y++) {
		for (int x = 0; x < image.width; x++) {
			double along =
				fmod((x + y + 1) * M_SQRT1_2, period); /* down the gradient, from the upper left */
			double inside = fmin(along - stripe_px, period - along);
			if (along < stripe_px / 2.0) {
				inside = -along;
			}
			uint32_t fill = image_blend(box->fill_rgb, image_fade(box->fill2_rgb, coverage(inside)));
			image.argb[y * image.width + x] = box_pixel(box, x, y, fill);
		}
	}
	*out_image = image;
	return true;
}

bool shape_code(const char *text, int side_px, uint32_t dark_rgb, uint32_t light_rgb, struct image *out_image)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	struct image image;
	bool ok = false;
	if (!code) {
		return false;
	}
	int modules = code->width + 2 * QUIET_MODULES, module_px = side_px / modules;
	if (module_px < 1 || !image_init(&image, modules * module_px, modules * module_px)) {
		goto out;
	}
	for (int y = 0; y < image.height; y++) {
		for (int x = 0; x < image.width; x++) {
			int column = x / module_px - QUIET_MODULES, row = y / module_px - QUIET_MODULES;
			bool is_inside = column >= 0 && row >= 0 && column < code->width && row < code->width;
			bool is_dark = is_inside && code->data[row * code->width + column] & 1;
			image.argb[y * image.width + x] = 0xFF000000U | (is_dark ? dark_rgb : light_rgb);
		}
	}
	*out_image = image;
	ok = true;
out:
	QRcode_free(code);
	return ok;
}
