/* See screenshot.h. Draws on a surface in memory with the same code as on the window. */
#include "screenshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <SDL.h>
#include <SDL_image.h>

#include "view.h"

static bool save(SDL_Surface *surface, const char *png, struct err *err)
{
	char part[4096];
	if (snprintf(part, sizeof(part), "%s.part", png) >= (int)sizeof(part)) {
		return err_set(err, "%s: the path is too long", png);
	}
	/* A picture of the screen names people, so nobody else may read it, whatever the umask is. */
	unlink(part);
	int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!file) {
		if (fd >= 0) {
			close(fd);
		}
		return err_set(err, "%s: cannot be written: %s", png, strerror(errno));
	}
	SDL_RWops *stream = SDL_RWFromFP(file, SDL_FALSE);
	bool is_saved = stream && IMG_SavePNG_RW(surface, stream, 1) == 0;
	is_saved = fclose(file) == 0 && is_saved;
	if (!is_saved) {
		unlink(part);
		return err_set(err, "%s: cannot be written: %s", png, IMG_GetError());
	}
	if (rename(part, png) != 0) {
		unlink(part);
		return err_set(err, "%s: cannot be written", png);
	}
	return true;
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
