/* Many screens on one picture, for assets/doc/testing.md: contact_sheet OUT.png COLUMNS CELL_WIDTH CELL_HEIGHT IN.png…
 * Each is made smaller by the mean of the pixels that become one. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <SDL.h>
#include <SDL_image.h>

enum { GAP_PX = 16 };

static Uint32 mean(const SDL_Surface *from, int x0, int y0, int x1, int y1)
{
	unsigned long sum[3] = {0}, count = 0;
	for (int y = y0; y < y1; y++) {
		const Uint8 *pixel = (const Uint8 *)from->pixels + y * from->pitch + x0 * 4;
		for (int x = x0; x < x1; x++, pixel += 4, count++) {
			sum[0] += pixel[0];
			sum[1] += pixel[1];
			sum[2] += pixel[2];
		}
	}
	count = count ? count : 1;
	return 0xFF000000u | (Uint32)(sum[2] / count) << 16 | (Uint32)(sum[1] / count) << 8 | (Uint32)(sum[0] / count);
}

static void shrink(const SDL_Surface *from, SDL_Surface *to, SDL_Rect cell)
{
	double share = SDL_min((double)cell.w / from->w, (double)cell.h / from->h);
	int w = (int)(from->w * share), h = (int)(from->h * share);
	int left = cell.x + (cell.w - w) / 2, top = cell.y + (cell.h - h) / 2;
	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			Uint32 *pixel = (Uint32 *)(void *)((Uint8 *)to->pixels + (top + y) * to->pitch) + left + x;
			int x0 = x * from->w / w, y0 = y * from->h / h;
			*pixel = mean(from, x0, y0, SDL_max((x + 1) * from->w / w, x0 + 1),
				      SDL_max((y + 1) * from->h / h, y0 + 1));
		}
	}
}

static bool place(const char *path, SDL_Surface *sheet, SDL_Rect cell)
{
	SDL_Surface *loaded = IMG_Load(path);
	SDL_Surface *screen = loaded ? SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
	bool done = screen != NULL;
	if (done) {
		shrink(screen, sheet, cell);
	} else {
		fprintf(stderr, "contact_sheet: %s: %s\n", path, SDL_GetError());
	}
	SDL_FreeSurface(screen);
	SDL_FreeSurface(loaded);
	return done;
}

int main(int argc, char **argv)
{
	int columns = argc > 5 ? atoi(argv[2]) : 0, w = argc > 5 ? atoi(argv[3]) : 0, h = argc > 5 ? atoi(argv[4]) : 0;
	if (columns < 1 || w < 1 || h < 1) {
		fprintf(stderr, "usage: contact_sheet OUT.png COLUMNS CELL_WIDTH CELL_HEIGHT IN.png…\n");
		return 2;
	}
	int count = argc - 5, rows = (count + columns - 1) / columns;
	SDL_Surface *sheet = SDL_CreateRGBSurfaceWithFormat(0, columns * (w + GAP_PX) + GAP_PX,
							    rows * (h + GAP_PX) + GAP_PX, 32, SDL_PIXELFORMAT_ARGB8888);
	bool done = sheet && SDL_FillRect(sheet, NULL, 0xFFD8D4CA) == 0;
	for (int i = 0; done && i < count; i++) {
		SDL_Rect cell = {GAP_PX + i % columns * (w + GAP_PX), GAP_PX + i / columns * (h + GAP_PX), w, h};
		done = place(argv[5 + i], sheet, cell);
	}
	done = done && IMG_SavePNG(sheet, argv[1]) == 0;
	if (!done) {
		fprintf(stderr, "contact_sheet: %s\n", SDL_GetError());
	}
	SDL_FreeSurface(sheet);
	return done ? 0 : 1;
}
