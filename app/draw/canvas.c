/* See canvas_private.h. SDL's window surface keeps its pixels from frame to frame, so that only changed parts need to
 * be drawn and sent. SDL's renderer would send everything each time. */
#include "canvas_private.h"

#include <stdlib.h>

static bool is_sideways(const struct canvas *canvas)
{
	return canvas->rotation == 90 || canvas->rotation == 270;
}

void canvas_finish(struct canvas *canvas)
{
	SDL_FreeSurface(canvas->turned);
	canvas->turned = NULL;
}

void canvas_size(const struct canvas *canvas, int *out_width, int *out_height)
{
	int width = 0, height = 0;
	if (canvas->window) {
		SDL_GetWindowSize(canvas->window, &width, &height);
	} else {
		width = canvas->given->w;
		height = canvas->given->h;
	}
	*out_width = is_sideways(canvas) ? height : width;
	*out_height = is_sideways(canvas) ? width : height;
}

/* Returns whether the picture needs a surface of its own, because it is rotated or the window's pixels do not have 32
 * bits. */
static bool is_apart(const struct canvas *canvas, const SDL_Surface *shown)
{
	Uint32 format = shown->format->format;
	return canvas->rotation != 0 || SDL_MUSTLOCK(shown) ||
	       (format != SDL_PIXELFORMAT_XRGB8888 && format != SDL_PIXELFORMAT_ARGB8888);
}

SDL_Surface *canvas_surface(struct canvas *canvas)
{
	int width, height;
	SDL_Surface *shown = canvas->window ? SDL_GetWindowSurface(canvas->window) : canvas->given;
	if (!shown || !is_apart(canvas, shown)) {
		return shown;
	}
	canvas_size(canvas, &width, &height);
	if (canvas->turned && canvas->turned->w == width && canvas->turned->h == height) {
		return canvas->turned;
	}
	SDL_FreeSurface(canvas->turned);
	canvas->turned = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_XRGB8888);
	return canvas->turned;
}

/* Converts a part of the picture to its place on a window of this size. */
static SDL_Rect on_window(const struct canvas *canvas, const SDL_Surface *shown, const SDL_Rect *part)
{
	switch (canvas->rotation) {
	case 90:
		return (SDL_Rect){shown->w - part->y - part->h, part->x, part->h, part->w};
	case 180:
		return (SDL_Rect){shown->w - part->x - part->w, shown->h - part->y - part->h, part->w, part->h};
	case 270:
		return (SDL_Rect){part->y, shown->h - part->x - part->w, part->h, part->w};
	default:
		return *part;
	}
}

/* Copies the pixels of the picture that lie in one row of the window. */
static void read_row(const struct canvas *canvas, const SDL_Surface *shown, int x, int y, int count, Uint32 *row)
{
	const SDL_Surface *picture = canvas->turned;
	const Uint32 *pixels = picture->pixels;
	ptrdiff_t pitch = picture->pitch / 4, at, step;
	if (canvas->rotation == 90) {
		at = (ptrdiff_t)(shown->w - 1 - x) * pitch + y;
		step = -pitch;
	} else if (canvas->rotation == 180) {
		at = (ptrdiff_t)(shown->h - 1 - y) * pitch + shown->w - 1 - x;
		step = -1;
	} else if (canvas->rotation == 270) {
		at = (ptrdiff_t)x * pitch + shown->h - 1 - y;
		step = pitch;
	} else {
		at = (ptrdiff_t)y * pitch + x;
		step = 1;
	}
	for (int i = 0; i < count; i++, at += step) {
		row[i] = pixels[at];
	}
}

static bool turn(const struct canvas *canvas, SDL_Surface *shown, const SDL_Rect *to)
{
	Uint32 *row = malloc((size_t)to->w * sizeof(*row));
	bool ok = row && (!SDL_MUSTLOCK(shown) || SDL_LockSurface(shown) == 0);
	for (int y = to->y; ok && y < to->y + to->h; y++) {
		unsigned char *pixels = (unsigned char *)shown->pixels + (ptrdiff_t)y * shown->pitch +
					(ptrdiff_t)to->x * shown->format->BytesPerPixel;
		read_row(canvas, shown, to->x, y, to->w, row);
		ok = SDL_ConvertPixels(to->w, 1, SDL_PIXELFORMAT_XRGB8888, row, to->w * 4, shown->format->format,
				       pixels, shown->pitch) == 0;
	}
	if (row && SDL_MUSTLOCK(shown)) {
		SDL_UnlockSurface(shown);
	}
	free(row);
	return ok;
}

bool canvas_show(const struct canvas *canvas, const struct ui_parts *parts)
{
	SDL_Surface *shown = canvas->window ? SDL_GetWindowSurface(canvas->window) : canvas->given;
	SDL_Rect changed[UI_PARTS_MAX];
	int count = 0;
	if (!shown) {
		return false;
	}
	SDL_Rect whole = {0, 0, shown->w, shown->h};
	for (int i = 0; i < parts->count; i++) {
		const struct rect *part = &parts->items[i];
		SDL_Rect to = on_window(canvas, shown, &(SDL_Rect){part->x, part->y, part->w, part->h});
		if (!SDL_IntersectRect(&to, &whole, &changed[count])) {
			continue;
		}
		if (is_apart(canvas, shown) && !turn(canvas, shown, &changed[count])) {
			return false;
		}
		count++;
	}
	return !canvas->window || count == 0 || SDL_UpdateWindowSurfaceRects(canvas->window, changed, count) == 0;
}
