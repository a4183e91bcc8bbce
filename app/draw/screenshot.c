/* See screenshot.h. Draws on a surface in memory with the same code as on the window. */
#include "screenshot.h"

#include <stdio.h>
#include <string.h>
#include <SDL.h>
#include <SDL_image.h>

#include "app/base/whole.h"
#include "view.h"

static bool save(SDL_Surface *surface, const char *png, struct err *err)
{
	struct whole whole; /* a picture of the screen names people, so nobody else may read it */
	if (!whole_begin(&whole, png, err)) {
		return false;
	}
	SDL_RWops *stream = SDL_RWFromFP(whole.out, SDL_FALSE);
	bool is_saved = (stream && IMG_SavePNG_RW(surface, stream, 1) == 0) ||
			err_set(err, "%s: cannot be written: %s", png, IMG_GetError());
	return whole_end(&whole, is_saved, WHOLE_QUICK, err);
}

bool screenshot_write(const struct ui *ui, const struct walls *walls, const char *share, const char *png,
		      struct err *err)
{
	static const struct view_marks no_marks = {-1, -1};
	bool ok = false;
	struct draw *draw = NULL;
	struct text *text = text_create(err);
	SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, ui->width, ui->height, 32, SDL_PIXELFORMAT_XRGB8888);
	if (!text) {
		goto out;
	}
	if (!surface) {
		err_set(err, "%s: no picture of %d×%d: %s", png, ui->width, ui->height, SDL_GetError());
		goto out;
	}
	draw = draw_create_for_surface(surface, text, share, err);
	if (!draw) {
		goto out;
	}
	draw_use_walls(draw, walls);
	if (!draw_begin(draw, ui->paper, NULL)) {
		err_set(err, "%s: cannot be drawn: %s", png, SDL_GetError());
		goto out;
	}
	view_draw(draw, ui, &no_marks);
	ok = draw_end(draw) && save(surface, png, err);
out:
	draw_destroy(draw);
	SDL_FreeSurface(surface);
	text_destroy(text);
	return ok;
}
