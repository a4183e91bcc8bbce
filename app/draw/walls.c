/* See walls.h. The child writes the picture to a pipe; it shares nothing else with the kiosk. A picture is kept as how
 * dark, how coloured and how opaque each pixel is, because the theme decides the colours. */
#include "walls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include <SDL.h>
#include <SDL_image.h>

#include "app/base/limits.h"

/* Each times its opacity, so that neighbours can simply be added up. */
struct tone {
	uint8_t dark, coloured, opaque;
};

struct walls {
	int width, height;
	unsigned darkest; /* what counts as entirely dark in this drawing */
	struct tone *tones;
};

/* The child. */

enum { CHILD_PAINTED, CHILD_UNREADABLE, CHILD_UNLIMITED };

static bool limit(int resource, rlim_t most)
{
	struct rlimit now;
	if (getrlimit((__rlimit_resource_t)resource, &now) != 0) {
		return false;
	}
	now.rlim_cur = now.rlim_max < most ? now.rlim_max : most;
	now.rlim_max = now.rlim_cur;
	return setrlimit((__rlimit_resource_t)resource, &now) == 0;
}

#ifdef KIOSK_SANITIZED /* a sanitizer reserves terabytes of addresses */
static bool limit_memory(void)
{
	return true;
}
#else
/* What the kiosk itself has mapped counts, too. */
static bool limit_memory(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	bool ok = file && fscanf(file, "%lu", &pages) == 1;
	if (file) {
		fclose(file);
	}
	rlim_t own = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
	return ok && limit(RLIMIT_AS, own + FLOORPLAN_DRAW_MEMORY_MAX);
}
#endif

static struct tone tone_of(uint32_t argb)
{
	unsigned alpha = argb >> 24, red = argb >> 16 & 255U, green = argb >> 8 & 255U, blue = argb & 255U;
	unsigned high = red > green ? red : green, low = red < green ? red : green;
	high = high > blue ? high : blue;
	low = low < blue ? low : blue;
	unsigned dark = 255 - (red * 299 + green * 587 + blue * 114) / 1000;
	return (struct tone){(uint8_t)(dark * alpha / 255), (uint8_t)((high - low) * alpha / 255), (uint8_t)alpha};
}

static bool write_all(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t done = write(fd, at, length);
		if (done < 0 && errno != EINTR) {
			return false;
		}
		at += done > 0 ? done : 0;
		length -= done > 0 ? (size_t)done : 0;
	}
	return true;
}

/* Sends the picture a row at a time, so that it exists only once. */
static bool send_rows(const SDL_Surface *picture, const struct floorplan *floorplan, int out)
{
	struct tone *row = malloc((size_t)floorplan->picture_w * sizeof(*row));
	bool ok = row && picture->w == floorplan->picture_w && picture->h == floorplan->picture_h;
	for (int y = 0; ok && y < picture->h; y++) {
		const uint32_t *pixels =
			(const uint32_t *)(const void *)((const char *)picture->pixels + (ptrdiff_t)y * picture->pitch);
		for (int x = 0; x < picture->w; x++) {
			row[x] = tone_of(pixels[x]);
		}
		ok = write_all(out, row, (size_t)picture->w * sizeof(*row));
	}
	free(row);
	return ok;
}

static int child_paint(const struct floorplan *floorplan, int out)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!limit_memory() || !limit(RLIMIT_CPU, FLOORPLAN_DRAW_CPU_S) || !limit(RLIMIT_FSIZE, 0)) {
		return CHILD_UNLIMITED;
	}
	SDL_RWops *stream = SDL_RWFromConstMem(floorplan->svg, (int)floorplan->svg_length);
	SDL_Surface *painted = stream ? IMG_LoadSizedSVG_RW(stream, floorplan->picture_w, floorplan->picture_h) : NULL;
	SDL_Surface *picture = painted ? SDL_ConvertSurfaceFormat(painted, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
	return picture && send_rows(picture, floorplan, out) ? CHILD_PAINTED : CHILD_UNREADABLE;
}

/* The parent. */

/* Returns a descriptor that becomes readable when the time is over; -1 on failure. */
static int timer_start(void)
{
	struct itimerspec when = {.it_value = {FLOORPLAN_DRAW_MS / 1000, FLOORPLAN_DRAW_MS % 1000 * 1000000L}};
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (timer >= 0 && timerfd_settime(timer, 0, &when, NULL) != 0) {
		close(timer);
		timer = -1;
	}
	return timer;
}

/* Reads until the child has sent all, has ended, or its time is over. Returns how many bytes came. */
static size_t receive(int in, int timer, void *bytes, size_t length)
{
	size_t done = 0;
	while (done < length) {
		struct pollfd ready[] = {{.fd = in, .events = POLLIN}, {.fd = timer, .events = POLLIN}};
		int found = poll(ready, 2, -1);
		if ((found < 0 && errno != EINTR) || (found > 0 && ready[1].revents)) {
			break;
		}
		ssize_t got = found > 0 && ready[0].revents ? read(in, (char *)bytes + done, length - done) : -1;
		if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
			break;
		}
		done += got > 0 ? (size_t)got : 0;
	}
	return done;
}

/* Ends the child and says what became of it. */
static bool child_finish(pid_t pid, bool is_whole, struct err *err)
{
	int status = 0;
	if (!is_whole) {
		kill(pid, SIGKILL);
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return err_set(err, "waitpid: %s", strerror(errno));
		}
	}
	if (is_whole) {
		return true;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_UNLIMITED) {
		return err_set(err, "the limits for painting it cannot be set: %s", strerror(errno));
	}
	return err_set(err,
		       "cannot be painted within %d s and %d MiB; export it as plain SVG, with the walls, the windows "
		       "and the desks only",
		       FLOORPLAN_DRAW_MS / 1000, FLOORPLAN_DRAW_MEMORY_MAX / 1024 / 1024);
}

static bool paint(struct walls *walls, const struct floorplan *floorplan, struct err *err)
{
	int ends[2];
	size_t length = (size_t)walls->width * (size_t)walls->height * sizeof(*walls->tones);
	int timer = timer_start();
	if (timer < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		err_set(err, "%s: %s", timer < 0 ? "timerfd" : "pipe", strerror(errno));
		if (timer >= 0) {
			close(timer);
		}
		return false;
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		_exit(child_paint(floorplan, ends[1]));
	}
	close(ends[1]);
	bool ok = false;
	if (pid < 0) {
		err_set(err, "fork: %s", strerror(errno));
	} else {
		size_t got = receive(ends[0], timer, walls->tones, length);
		ok = child_finish(pid, got == length, err);
	}
	close(ends[0]);
	close(timer);
	return ok;
}

/* A drawing in grey is as good as one in black. */
static unsigned find_darkest(const struct walls *walls)
{
	unsigned darkest = 0;
	for (size_t i = 0; i < (size_t)walls->width * (size_t)walls->height; i++) {
		darkest = walls->tones[i].dark > darkest ? walls->tones[i].dark : darkest;
	}
	return darkest > 16 ? darkest : 255;
}

struct walls *walls_create(const struct floorplan *floorplan, struct err *err)
{
	struct walls *walls = calloc(1, sizeof(*walls));
	if (!walls) {
		err_set(err, "out of memory");
		return NULL;
	}
	walls->width = floorplan->picture_w;
	walls->height = floorplan->picture_h;
	walls->tones = calloc((size_t)walls->width * (size_t)walls->height, sizeof(*walls->tones));
	if (!walls->tones) {
		err_set(err, "out of memory");
	}
	if (!walls->tones || !paint(walls, floorplan, err)) {
		walls_destroy(walls);
		return NULL;
	}
	walls->darkest = find_darkest(walls);
	return walls;
}

void walls_destroy(struct walls *walls)
{
	if (walls) {
		free(walls->tones);
		free(walls);
	}
}

/* Painting in another size: each pixel is the mean of those that it covers, the first and the last by their share. */

enum { WHOLE = 256 };

struct sum {
	uint32_t dark, coloured, opaque, weight;
};

/* The share of source pixel `at` between two edges, both in 1/256 of a pixel. */
static uint32_t share_of(int64_t from, int64_t to, int at)
{
	int64_t left = (int64_t)at * WHOLE, right = left + WHOLE;
	left = left > from ? left : from;
	right = right < to ? right : to;
	return right > left ? (uint32_t)(right - left) : 0;
}

static void edges(int64_t index, int size, int source, int64_t *out_from, int64_t *out_to)
{
	*out_from = index * source * WHOLE / size;
	*out_to = (index + 1) * source * WHOLE / size;
	*out_to = *out_to > *out_from ? *out_to : *out_from + 1;
}

/* Adds a row of the source, which counts `weight` in 1/256, to the sums of a row of the picture. */
static void add_row(const struct walls *walls, int y, uint32_t weight, int width, struct sum *sums)
{
	const struct tone *row = walls->tones + (ptrdiff_t)y * walls->width;
	for (int x = 0; x < width; x++) {
		int64_t from, to;
		edges(x, width, walls->width, &from, &to);
		struct sum mine = {0, 0, 0, 0};
		for (int at = (int)(from / WHOLE); at < walls->width && (int64_t)at * WHOLE < to; at++) {
			uint32_t part = share_of(from, to, at);
			mine.dark += row[at].dark * part;
			mine.coloured += row[at].coloured * part;
			mine.opaque += row[at].opaque * part;
			mine.weight += part;
		}
		if (mine.weight > 0) {
			sums[x].dark += mine.dark / mine.weight * weight;
			sums[x].coloured += mine.coloured / mine.weight * weight;
			sums[x].opaque += mine.opaque / mine.weight * weight;
			sums[x].weight += weight;
		}
	}
}

static uint32_t mix(uint32_t from, uint32_t to, unsigned share)
{
	uint32_t mixed = 0xFF000000U;
	for (unsigned shift = 0; shift <= 16; shift += 8) {
		unsigned a = from >> shift & 255U, b = to >> shift & 255U;
		mixed |= (a * (255 - share) + b * share + 127) / 255 << shift;
	}
	return mixed;
}

static uint32_t colour_of(const struct walls *walls, const struct sum *sum, const struct walls_look *look)
{
	if (sum->weight == 0 || sum->opaque / sum->weight == 0) {
		return 0;
	}
	unsigned alpha = sum->opaque / sum->weight;
	unsigned dark = sum->dark / sum->weight * 255 / alpha, coloured = sum->coloured / sum->weight * 255 / alpha;
	unsigned line = dark * 255 / walls->darkest;
	line = line + coloured < 255 ? line + coloured : 255;
	unsigned hue = coloured < 32 ? 0 : coloured < 96 ? (coloured - 32) * 4 : 255;
	uint32_t rgb = mix(look->floor_rgb, mix(look->wall_rgb, look->glass_rgb, hue < 255 ? hue : 255), line);
	return image_fade(rgb, alpha < 255 ? alpha : 255);
}

bool walls_paint(const struct walls *walls, const struct walls_look *look, struct image *out_image)
{
	struct image image = {0};
	if (!image_init(&image, look->width_px, look->height_px)) {
		return false;
	}
	struct sum *sums = calloc((size_t)look->width_px, sizeof(*sums));
	for (int y = 0; sums && y < look->height_px; y++) {
		int64_t from, to;
		edges(y, look->height_px, walls->height, &from, &to);
		memset(sums, 0, (size_t)look->width_px * sizeof(*sums));
		for (int at = (int)(from / WHOLE); at < walls->height && (int64_t)at * WHOLE < to; at++) {
			add_row(walls, at, share_of(from, to, at), look->width_px, sums);
		}
		for (int x = 0; x < look->width_px; x++) {
			image.argb[(ptrdiff_t)y * look->width_px + x] = colour_of(walls, &sums[x], look);
		}
	}
	if (!sums) {
		image_finish(&image);
		return false;
	}
	free(sums);
	*out_image = image;
	return true;
}
