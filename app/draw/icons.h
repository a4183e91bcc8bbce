/* The icons as drawn by the designer (SVG files), and any other small SVG, as pictures. */
#ifndef APP_DRAW_ICONS_H
#define APP_DRAW_ICONS_H

#include <stddef.h>

#include "ical/err.h"
#include "image.h"
#include "app/layout/ui.h"

struct icons;

/* Reads every <share>/icons/NAME.svg into memory; a missing one is an error. */
struct icons *icons_create(const char *share, struct err *err);
void icons_destroy(struct icons *icons);

/* The icon in one colour. */
bool icons_paint(const struct icons *icons, enum ui_icon icon, int size_px, uint32_t rgb, struct image *out_image);

/* The host municipality's ring, as large as `size_px`. */
bool icons_paint_ring(const struct ui_ring *ring, int size_px, struct image *out_image);

#endif
