/* See icons.h. SDL_image turns SVG into pixels. Icons are white in their files and get their colour here. The ring is
 * written as an SVG text first, which gives its arcs clean edges. */
#include "icons.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <SDL.h>
#include <SDL_image.h>

#include "app/base/limits.h"
#include "app/base/regular.h"

enum { RING_SVG_MAX = 512 + RING_ARCS_MAX * 256 };

static const double ring_gap_degrees = 6;

static const char *const names[ICON_COUNT] = {
	[ICON_RING] = "ring",
	[ICON_SQUARE] = "square",
	[ICON_CLOCK] = "clock",
	[ICON_CHECK] = "check",
	[ICON_SLASH] = "slash",
	[ICON_QUESTION] = "question",
	[ICON_WARNING] = "warning",
	[ICON_DONE] = "done",
	[ICON_PREVIOUS] = "previous",
	[ICON_NEXT] = "next",
	[ICON_PEOPLE] = "people",
	[ICON_VIDEO] = "video",
	[ICON_OFFLINE] = "offline",
	[ICON_PLAY] = "play",
	[ICON_NOTICE] = "notice",
	[ICON_CALENDAR] = "calendar",
	[ICON_INFO] = "info",
	[ICON_PIN] = "pin",
	[ICON_WIFI] = "wifi",
	[ICON_PRINTER] = "printer",
	[ICON_PHONE] = "phone",
	[ICON_EXIT] = "exit",
	[ICON_ACCESS] = "access",
	[ICON_LOCK] = "lock",
	[ICON_UNDO] = "undo",
	[ICON_REACH] = "reach",
	[ICON_BIRCHES] = "birches",
	[ICON_BARK] = "bark",
	[ICON_HEADPHONES] = "headphones",
	[ICON_VOLUME] = "volume",
};

struct icons {
	char *svg[ICON_COUNT];
	size_t size[ICON_COUNT];
};

static bool read_icon(struct icons *icons, const char *share, enum ui_icon icon, struct err *err)
{
	char path[4096];
	bool ok = false;
	FILE *file = NULL;
	if (snprintf(path, sizeof(path), "%s/icons/%s.svg", share, names[icon]) >= (int)sizeof(path)) {
		return err_set(err, "%s: the path is too long", share);
	}
	file = regular_stream(path);
	icons->svg[icon] = malloc(ICON_FILE_MAX);
	if (!file) {
		err_set(err, "%s: cannot be read; install the program's files again", path);
		goto out;
	}
	if (!icons->svg[icon]) {
		err_set(err, "%s: out of memory", path);
		goto out;
	}
	icons->size[icon] = fread(icons->svg[icon], 1, ICON_FILE_MAX, file);
	if (icons->size[icon] == 0 || icons->size[icon] == ICON_FILE_MAX) {
		err_set(err, "%s: empty or larger than %d bytes", path, ICON_FILE_MAX - 1);
		goto out;
	}
	char *fitting = realloc(icons->svg[icon], icons->size[icon]);
	icons->svg[icon] = fitting ? fitting : icons->svg[icon];
	ok = true;
out:
	if (file) {
		fclose(file);
	}
	return ok;
}

struct icons *icons_create(const char *share, struct err *err)
{
	struct icons *icons = calloc(1, sizeof(*icons));
	if (!icons) {
		err_set(err, "icons: out of memory");
		return NULL;
	}
	for (int icon = ICON_NONE + 1; icon < ICON_COUNT; icon++) {
		if (!read_icon(icons, share, (enum ui_icon)icon, err)) {
			icons_destroy(icons);
			return NULL;
		}
	}
	return icons;
}

void icons_destroy(struct icons *icons)
{
	if (!icons) {
		return;
	}
	for (size_t i = 0; i < ICON_COUNT; i++) {
		free(icons->svg[i]);
	}
	free(icons);
}

/* Paints the picture with SDL_image, `size_px` wide and high. */
static bool paint_svg(const char *svg, size_t length, int size_px, struct image *out_image)
{
	struct image image = {0};
	SDL_Surface *painted = NULL, *same = NULL;
	bool ok = false;
	SDL_RWops *stream = SDL_RWFromConstMem(svg, (int)length);
	if (stream && size_px > 0 && size_px <= IMAGE_SIDE_MAX) {
		painted = IMG_LoadSizedSVG_RW(stream, size_px, size_px);
	}
	if (painted) {
		same = SDL_ConvertSurfaceFormat(painted, SDL_PIXELFORMAT_ARGB8888, 0);
	}
	if (!same || !image_init(&image, same->w, same->h)) {
		goto out;
	}
	for (int y = 0; y < same->h; y++) {
		memcpy(image.argb + (ptrdiff_t)y * same->w, (const char *)same->pixels + (ptrdiff_t)y * same->pitch,
		       (size_t)same->w * sizeof(*image.argb));
	}
	*out_image = image;
	ok = true;
out:
	SDL_FreeSurface(same);
	SDL_FreeSurface(painted);
	if (stream) {
		SDL_RWclose(stream);
	}
	return ok;
}

bool icons_paint(const struct icons *icons, enum ui_icon icon, int size_px, uint32_t rgb, struct image *out_image)
{
	struct image image;
	if (icon <= ICON_NONE || icon >= ICON_COUNT ||
	    !paint_svg(icons->svg[icon], icons->size[icon], size_px, &image)) {
		return false;
	}
	for (int i = 0; i < image.width * image.height; i++) {
		image.argb[i] = (image.argb[i] & 0xFF000000U) | (rgb & 0xFFFFFFU);
	}
	*out_image = image;
	return true;
}

static uint32_t arc_rgb(const struct ui_ring *ring, int arc)
{
	if (arc == ring->host) {
		return ring->host_rgb;
	}
	return arc == ring->following ? ring->following_rgb : ring->other_rgb;
}

bool icons_paint_ring(const struct ui_ring *ring, int size_px, struct image *out_image)
{
	char svg[RING_SVG_MAX];
	int length = snprintf(svg, sizeof(svg), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">",
			      size_px, size_px);
	int count = ring->count < RING_ARCS_MAX ? ring->count : RING_ARCS_MAX;
	double middle = size_px / 2.0, radius = (size_px - ring->stroke_px) / 2.0;
	double step = 2 * M_PI / (count > 0 ? count : 1);
	double gap = fmin(ring_gap_degrees * M_PI / 180, step / 4);
	for (int arc = 0; arc < count; arc++) {
		int from_top = ring->host >= 0 ? arc - ring->host : arc;
		double from = -M_PI / 2 + from_top * step - (step - gap) / 2, to = from + step - gap;
		length += snprintf(svg + length, sizeof(svg) - (size_t)length,
				   "<path d=\"M%.2f %.2fA%.2f %.2f 0 %d 1 %.2f %.2f\" stroke=\"#%06X\" "
				   "stroke-width=\"%d\" fill=\"none\"/>",
				   middle + radius * cos(from), middle + radius * sin(from), radius, radius,
				   step - gap > M_PI, middle + radius * cos(to), middle + radius * sin(to),
				   arc_rgb(ring, arc) & 0xFFFFFFU, ring->stroke_px);
	}
	length += snprintf(svg + length, sizeof(svg) - (size_t)length, "</svg>");
	return paint_svg(svg, (size_t)length, size_px, out_image);
}
