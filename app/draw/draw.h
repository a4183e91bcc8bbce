/* Draws pixels on a window or a surface: boxes, texts, icons, rings, codes. It keeps what it has painted. UI thread
 * only. */
#ifndef APP_DRAW_DRAW_H
#define APP_DRAW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "app/base/limits.h"
#include "text.h"
#include "app/layout/ui.h"

struct SDL_Window;
struct SDL_Surface;

struct draw;
struct walls;

/* The window or surface, `text` and the strings belong to the caller and must outlive the drawing. `rotation` is 0, 90,
 * 180 or 270 degrees clockwise. `share` is the folder that holds icons/. */
struct draw *draw_create_for_window(struct SDL_Window *window, int rotation, struct text *text, const char *share,
				    struct err *err);
struct draw *draw_create_for_surface(struct SDL_Surface *surface, struct text *text, const char *share,
				     struct err *err);
void draw_destroy(struct draw *draw);

/* The floor plan that draw_map draws; NULL: none, and nothing is drawn. It must outlive the drawing. */
void draw_use_walls(struct draw *draw, const struct walls *walls);
/* Paints a map in advance, so that it is there when a visitor asks for it. */
void draw_prepare_map(struct draw *draw, const struct rect *rect, const struct ui_map *map);

/* Forgets everything that was painted, because the fonts have changed. */
void draw_forget(struct draw *draw);

/* The size of the picture after rotation. */
void draw_size(const struct draw *draw, int *out_width_px, int *out_height_px);

/* A frame is drawn between these two calls. Only `part` is drawn and shown, and the rest stays as it is; NULL means
 * everything. A frame may have several parts, each begun and drawn by itself before draw_end shows them all. After the
 * window has changed everything is drawn, whatever was requested. Returns false when the window is lost. */
bool draw_begin(struct draw *draw, uint32_t paper, const struct rect *part);
bool draw_end(struct draw *draw);

/* Returns whether something there would be visible in this frame. */
bool draw_reaches(const struct draw *draw, const struct rect *rect);

struct draw_box {
	struct rect rect;
	enum ui_fill fill;
	uint32_t fill_rgb, fill2_rgb, border_rgb; /* 0xAARRGGBB */
	int border_px, radius_px;
	bool is_dashed;
	int stripe_px; /* width of the hatch's stripes */
};

void draw_box(struct draw *draw, const struct draw_box *box);
void draw_text(struct draw *draw, const struct text_style *style, const char *line, size_t length, int x_px,
	       int baseline_px, uint32_t rgb);
void draw_icon(struct draw *draw, enum ui_icon icon, int x_px, int y_px, int size_px, uint32_t rgb);
/* The ring touches the sides of the largest square in the middle of the rectangle. */
void draw_ring(struct draw *draw, const struct rect *rect, const struct ui_ring *ring);
/* Draws the code in the middle of the rectangle, with its quiet zone. */
void draw_code(struct draw *draw, const struct rect *rect, const char *code, uint32_t dark_rgb, uint32_t light_rgb);

void draw_map(struct draw *draw, const struct rect *rect, const struct ui_map *map);
void draw_dots(struct draw *draw, const struct ui_dots *dots);

struct text *draw_text_of(struct draw *draw);

#endif
