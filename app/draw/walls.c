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

/* A drawing in grey is as good as one in black. */
static unsigned find_darkest(const struct walls *walls)
{
	unsigned darkest = 0;
	for (size_t i = 0; i < (size_t)walls->width * (size_t)walls->height; i++) {
		darkest = walls->tones[i].dark > darkest ? walls->tones[i].dark : darkest;
	}
	return darkest > 16 ? darkest : 255;
}

struct walls_painting {
	struct walls *walls;
	pid_t pid;
	int in; /* the child's answer */
};

static struct walls *walls_make(const struct floorplan *floorplan)
{
	struct walls *walls = calloc(1, sizeof(*walls));
	if (!walls) {
		return NULL;
	}
	walls->width = floorplan->picture_w;
	walls->height = floorplan->picture_h;
	walls->tones = calloc((size_t)walls->width * (size_t)walls->height, sizeof(*walls->tones));
	if (!walls->tones) {
		walls_destroy(walls);
		return NULL;
	}
	return walls;
}

struct walls_painting *walls_begin(const struct floorplan *floorplan, struct err *err)
{
	int ends[2];
	struct walls_painting *painting = calloc(1, sizeof(*painting));
	struct walls *walls = painting ? walls_make(floorplan) : NULL;
	if (!walls || pipe2(ends, O_CLOEXEC) != 0) {
		err_set(err, walls ? "pipe: %s" : "out of memory", strerror(errno));
		goto failed;
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		_exit(child_paint(floorplan, ends[1]));
	}
	close(ends[1]);
	if (pid < 0) {
		err_set(err, "fork: %s", strerror(errno));
		close(ends[0]);
		goto failed;
	}
	*painting = (struct walls_painting){walls, pid, ends[0]};
	return painting;
failed:
	walls_destroy(walls);
	free(painting);
	return NULL;
}

struct walls *walls_end(struct walls_painting *painting, struct err *err)
{
	struct walls *walls = painting->walls;
	size_t length = (size_t)walls->width * (size_t)walls->height * sizeof(*walls->tones);
	int timer = timer_start();
	size_t got = timer < 0 ? 0 : receive(painting->in, timer, walls->tones, length);
	bool ok = child_finish(painting->pid, got == length, err);
	close(painting->in);
	if (timer >= 0) {
		close(timer);
	}
	free(painting);
	if (!ok) {
		walls_destroy(walls);
		return NULL;
	}
	walls->darkest = find_darkest(walls);
	return walls;
}

void walls_abandon(struct walls_painting *painting)
{
	struct err err;
	if (painting) {
		child_finish(painting->pid, false, &err);
		close(painting->in);
		walls_destroy(painting->walls);
		free(painting);
	}
}

struct walls *walls_create(const struct floorplan *floorplan, struct err *err)
{
	struct walls_painting *painting = walls_begin(floorplan, err);
	return painting ? walls_end(painting, err) : NULL;
}

void walls_destroy(struct walls *walls)
{
	if (walls) {
		free(walls->tones);
		free(walls);
	}
}

/* Painting in another size: each pixel is the mean of those that it covers, the first and the last by their share. Rows
 * are added up first, which the compiler does for many columns at once. */

enum { WHOLE = 256, TONES = 3 /* the members of a tone, in their order */ };

struct sum {
	uint64_t dark, coloured, opaque, weight;
};

/* The pixels of one line of the drawing that a pixel of the picture covers, and how much of each. */
struct span {
	int first, last;
	uint32_t first_share, last_share; /* in 1/256; those between count whole */
};

static struct span span_of(int index, int size, int source)
{
	int64_t from = (int64_t)index * source * WHOLE / size, to = (int64_t)(index + 1) * source * WHOLE / size;
	to = to > from ? to : from + 1;
	struct span span = {(int)(from / WHOLE), (int)((to - 1) / WHOLE), 0, 0};
	int64_t end = (int64_t)(span.first + 1) * WHOLE;
	span.first_share = (uint32_t)((end < to ? end : to) - from);
	span.last_share = (uint32_t)(to - (int64_t)span.last * WHOLE);
	return span;
}

static uint32_t span_share(const struct span *span, int at)
{
	return at == span->first ? span->first_share : at == span->last ? span->last_share : WHOLE;
}

static uint32_t rows_add(const struct walls *walls, const struct span *rows, uint32_t *sums)
{
	size_t width = (size_t)walls->width * TONES;
	uint32_t weight = 0;
	memset(sums, 0, width * sizeof(*sums));
	for (int y = rows->first; y <= rows->last; y++) {
		const uint8_t *row = (const uint8_t *)(walls->tones + (ptrdiff_t)y * walls->width);
		uint32_t share = span_share(rows, y);
		for (size_t i = 0; i < width; i++) {
			sums[i] += row[i] * share;
		}
		weight += share;
	}
	return weight;
}

static struct sum columns_add(const uint32_t *sums, const struct span *columns, uint32_t weight)
{
	struct sum sum = {0, 0, 0, 0};
	for (int x = columns->first; x <= columns->last; x++) {
		const uint32_t *tone = sums + (ptrdiff_t)x * TONES;
		uint64_t share = span_share(columns, x);
		sum.dark += tone[0] * share;
		sum.coloured += tone[1] * share;
		sum.opaque += tone[2] * share;
		sum.weight += share * weight;
	}
	return sum;
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

/* Most of a plan is floor, or nothing at all, and needs no division. */
static uint32_t colour_of(const struct walls *walls, const struct sum *sum, const struct walls_look *look)
{
	bool is_whole = sum->opaque == sum->weight * 255;
	if (sum->opaque == 0) {
		return look->behind_rgb;
	}
	if (is_whole && sum->dark + sum->coloured == 0) {
		return look->floor_rgb;
	}
	unsigned dark = (unsigned)(sum->dark * 255 / sum->opaque);
	unsigned coloured = (unsigned)(sum->coloured * 255 / sum->opaque);
	unsigned line = dark * 255 / walls->darkest + coloured;
	unsigned hue = coloured < 32 ? 0 : (coloured - 32) * 4;
	line = line < 255 ? line : 255;
	hue = hue < 255 ? hue : 255;
	uint32_t drawn = mix(look->floor_rgb, mix(look->wall_rgb, look->glass_rgb, hue), line);
	return is_whole ? drawn : mix(look->behind_rgb, drawn, (unsigned)(sum->opaque / sum->weight));
}

bool walls_paint(const struct walls *walls, const struct walls_look *look, struct image *out_image)
{
	struct image image = {0};
	if (!image_init(&image, look->width_px, look->height_px)) {
		return false;
	}
	uint32_t *sums = calloc((size_t)walls->width * TONES, sizeof(*sums));
	struct span *columns = calloc((size_t)look->width_px, sizeof(*columns));
	bool ok = sums && columns;
	for (int x = 0; ok && x < look->width_px; x++) {
		columns[x] = span_of(x, look->width_px, walls->width);
	}
	for (int y = 0; ok && y < look->height_px; y++) {
		struct span rows = span_of(y, look->height_px, walls->height);
		uint32_t weight = rows_add(walls, &rows, sums);
		uint32_t *line = image.argb + (ptrdiff_t)y * look->width_px;
		for (int x = 0; x < look->width_px; x++) {
			struct sum sum = columns_add(sums, &columns[x], weight);
			line[x] = colour_of(walls, &sum, look);
		}
	}
	free(columns);
	free(sums);
	if (!ok) {
		image_finish(&image);
		return false;
	}
	image.is_opaque = true;
	*out_image = image;
	return true;
}
