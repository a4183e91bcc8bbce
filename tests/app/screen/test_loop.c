/* The loop on a real window of an X server, and on SDL's screen in memory, where it waits for events in its own way: it
 * sleeps when nothing happens, draws when something does, and ends on request. Each test is a list of steps; the loop
 * asks for the next one each time it has come to rest. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>
#include <SDL.h>

#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/screen/loop.h"

static const char config_text[] =
	"office \"Satellitkontoret\" { zone = \"Europe/Stockholm\" opens = \"07:00\" closes = "
	"\"18:00\" }\n"
	"screen { mode = kiosk language = en diagonal = 24 }\n"
	"feed \"desks\" { kind = bookings path = \"desks.ics\" }\n"
	"place \"5\" { name = \"Plats 5\" kind = desk feed = \"desks\" }\n";

/* 2026-11-23 in Stockholm: shortly before a minute turns, and long enough before it for all of a test's steps. */
static const int64_t monday_1042_58 = 1795426978, monday_1042_01 = 1795426921, monday_2200 = 1795467600;

struct bench {
	struct config *config;
	struct clock clock;
	struct loop *loop;
	struct snapshot *snapshot;
	int step;
	int turns;
	bool (*next)(struct bench *bench); /* false: the test is over */
	uint64_t frames;
	struct rusage usage;
	int64_t since_ms;
};

static struct snapshot *latest(void *context)
{
	struct bench *bench = context;
	return bench->snapshot ? snapshot_ref(bench->snapshot) : NULL;
}

static bool refuse(void *context, const struct command *command)
{
	(void)context;
	(void)command;
	return false;
}

static void alive(void *context)
{
	struct bench *bench = context;
	bench->turns++;
	if (!bench->next(bench)) {
		loop_stop(bench->loop);
	}
}

static struct config *read_config(void)
{
	char file[] = "/tmp/test_loop_XXXXXX";
	struct err err = {0};
	int fd = mkstemp(file);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, config_text, sizeof(config_text) - 1), sizeof(config_text) - 1);
	close(fd);
	struct config *config = config_read(file, &err);
	unlink(file);
	if (!config) {
		fail_msg("%s", err.text);
	}
	return config;
}

static bool is_lit;

static bool fake_power(struct SDL_Window *window, bool is_on, struct err *err)
{
	(void)err;
	assert_non_null(window);
	is_lit = is_on;
	return true;
}

static void run_steps(bool (*next)(struct bench *bench), int64_t start_utc, int width, int height, int watchdog_ms,
		      int rotation)
{
	struct bench bench = {.next = next, .config = read_config(), .snapshot = snapshot_create()};
	struct err err = {0};
	bench.config->rotation = rotation;
	if (start_utc == monday_2200) {
		clock_init_still(&bench.clock, start_utc); /* a minute is waited for */
	} else {
		clock_init_at(&bench.clock, start_utc);
	}
	struct loop_setup setup = {
		.config = bench.config,
		.clock = &bench.clock,
		.share = KIOSK_BINARY_DIR "/share/satellitkiosk",
		.window_width_px = width,
		.window_height_px = height,
		.power = fake_power,
		.watchdog_ms = watchdog_ms,
		.latest = latest,
		.send = refuse,
		.alive = alive,
		.context = &bench,
	};
	visit_init(&setup.visit, bench.config, clock_mono_ms(&bench.clock));
	bench.loop = loop_create(&setup, &err);
	assert_non_null(bench.loop);
	if (!loop_run(bench.loop, &err)) {
		fail_msg("%s", err.text);
	}
	loop_destroy(bench.loop);
	snapshot_unref(bench.snapshot);
	config_destroy(bench.config);
}

static void push(SDL_Event event)
{
	assert_int_equal(SDL_PushEvent(&event), 1);
}

static void push_button(uint32_t type, int x, int y)
{
	push((SDL_Event){.button = {.type = type, .button = SDL_BUTTON_LEFT, .x = x, .y = y, .windowID = 1}});
}

static void push_key(SDL_Keycode sym)
{
	push((SDL_Event){.key = {.type = SDL_KEYDOWN, .keysym = {.sym = sym}}});
}

/* Until the minute has turned, then five turns of the watchdog. */
static bool idle_step(struct bench *bench)
{
	enum { QUIET_TURNS = 5, WATCHDOG_MS = 1000 };
	struct rusage usage;
	if (bench->step == 0 && clock_utc_s(&bench->clock) < monday_1042_58 + 4) {
		return true;
	}
	assert_int_equal(getrusage(RUSAGE_THREAD, &usage), 0);
	if (bench->step == 0) {
		assert_true(loop_frames(bench->loop) >= 2); /* 10:42 and 10:43 */
		bench->frames = loop_frames(bench->loop);
		bench->usage = usage;
		bench->since_ms = clock_mono_ms(&bench->clock);
	}
	if (bench->step++ < QUIET_TURNS) {
		return true;
	}
	int64_t elapsed_ms = clock_mono_ms(&bench->clock) - bench->since_ms;
	int64_t used_us = (usage.ru_utime.tv_sec - bench->usage.ru_utime.tv_sec) * 1000000 +
			  (usage.ru_utime.tv_usec - bench->usage.ru_utime.tv_usec) +
			  (usage.ru_stime.tv_sec - bench->usage.ru_stime.tv_sec) * 1000000 +
			  (usage.ru_stime.tv_usec - bench->usage.ru_stime.tv_usec);
	printf("idle: %d turns in %ld ms, %ld wake-ups, %ld us of CPU\n", QUIET_TURNS, (long)elapsed_ms,
	       usage.ru_nvcsw - bench->usage.ru_nvcsw, (long)used_us);
	assert_int_equal(loop_frames(bench->loop), bench->frames);
	assert_true(elapsed_ms >= (QUIET_TURNS - 1) * WATCHDOG_MS);
	assert_true(usage.ru_nvcsw - bench->usage.ru_nvcsw <= 3 * QUIET_TURNS);
	assert_true(used_us * 100 < elapsed_ms * 1000); /* less than one part in a hundred, sanitizers included */
	return false;
}

static void it_sleeps_when_nothing_happens(void **state)
{
	(void)state;
	run_steps(idle_step, monday_1042_58, 1280, 720, 1000, 0);
}

static bool frames_are(struct bench *bench, uint64_t more)
{
	uint64_t drawn = loop_frames(bench->loop) - bench->frames;
	bench->frames += drawn;
	return drawn == more;
}

enum { SETTLED_MS = 300 };

static bool wake_step(struct bench *bench)
{
	int64_t last_ms = bench->since_ms;
	bench->since_ms = clock_mono_ms(&bench->clock);
	if (bench->step == 0 && (last_ms == 0 || bench->since_ms - last_ms < SETTLED_MS)) {
		return true; /* the window's own events go on */
	}
	switch (bench->step++) {
	case 0:
		bench->frames = loop_frames(bench->loop);
		loop_wake(bench->loop); /* with nothing new */
		loop_wake(bench->loop);
		return true;
	case 1:
		assert_true(frames_are(bench, 0));
		push_key(SDLK_TAB); /* the ring appears */
		return true;
	case 2:
		assert_true(frames_are(bench, 1));
		push_key(SDLK_TAB);
		return true;
	case 3:
		assert_true(frames_are(bench, 1));
		push_button(SDL_MOUSEBUTTONDOWN, 3, 3); /* on nothing: the ring goes out */
		return true;
	case 4:
		assert_true(frames_are(bench, 1));
		push_button(SDL_MOUSEBUTTONUP, 3, 3);
		return true;
	case 5:
		assert_true(frames_are(bench, 0));
		push((SDL_Event){.type = SDL_RENDER_DEVICE_RESET}); /* a new renderer draws the same */
		return true;
	case 6:
		assert_true(frames_are(bench, 1));
		push((SDL_Event){.type = SDL_RENDER_TARGETS_RESET});
		return true;
	case 7:
		assert_true(frames_are(bench, 1));
		snapshot_unref(bench->snapshot);
		bench->snapshot = snapshot_create(); /* something new that looks the same */
		loop_wake(bench->loop);
		return true;
	default:
		assert_true(frames_are(bench, 0));
		return false;
	}
}

/* A later look at the feeds, with the same bookings and check-ins. */
static struct snapshot *look_again(const struct snapshot *before, int64_t agreed_utc, struct snapshot_part *part)
{
	struct snapshot *snapshot = snapshot_create();
	snapshot->feeds = calloc(1, sizeof(*snapshot->feeds));
	snapshot->feed_count = 1;
	snapshot->feeds[0] = (struct snapshot_feed){
		.name = strdup("desks"), .notes = strdup(""), .message = strdup(""), .agreed_utc = agreed_utc};
	snapshot->rows_part = snapshot_part_ref(part);
	snapshot->entries_part = snapshot_part_ref(part);
	snapshot->serial = before->serial + 1;
	return snapshot;
}

/* The feeds are looked at again and again: neither is the picture drawn nor what it shows computed. */
static bool unchanged_step(struct bench *bench)
{
	enum { LOOKS = 20 };
	static struct snapshot_part *part;
	static uint64_t composed;
	if (bench->step == 0) {
		part = snapshot_part_create();
	}
	if (bench->step == 2) {
		composed = loop_composed(bench->loop);
		bench->frames = loop_frames(bench->loop);
	}
	if (bench->step > 2) {
		assert_int_equal(loop_composed(bench->loop), composed);
		assert_true(frames_are(bench, 0));
	}
	if (bench->step++ == LOOKS) {
		snapshot_part_unref(part);
		return false;
	}
	struct snapshot *fresh = look_again(bench->snapshot, monday_1042_01 - 60 + bench->step, part);
	snapshot_unref(bench->snapshot);
	bench->snapshot = fresh;
	loop_wake(bench->loop);
	return true;
}

static void an_unchanged_feed_costs_no_picture(void **state)
{
	(void)state;
	run_steps(unchanged_step, monday_1042_01, 1280, 720, SETTLED_MS, 0);
}

static void it_draws_only_what_differs(void **state)
{
	(void)state;
	run_steps(wake_step, monday_1042_01, 1280, 720, SETTLED_MS, 0);
	run_steps(wake_step, monday_1042_01, 1280, 720, SETTLED_MS, 90);
}

static bool resize_step(struct bench *bench)
{
	SDL_Window *window = SDL_GetWindowFromID(1);
	int width, height;
	SDL_GetWindowSize(window, &width, &height);
	if (bench->step == 0) {
		SDL_SetWindowSize(window, 1024, 600);
		bench->step = 1;
		push_key(SDLK_F1);
		return true;
	}
	const SDL_Surface *surface = SDL_GetWindowSurface(window);
	if (!surface || surface->w != 1024) {
		push_key(SDLK_F1); /* it is not there yet */
		return bench->turns < 10000;
	}
	/* Drawn to the last corner, not only where the old window was. */
	const unsigned char *last =
		(const unsigned char *)surface->pixels + (surface->h - 1) * surface->pitch + 4 * (surface->w - 1);
	assert_int_equal(last[0], 0xE8);
	assert_int_equal(surface->h, 600);
	bench->step = 2;
	return false;
}

static void it_follows_the_windows_size(void **state)
{
	(void)state;
	run_steps(resize_step, monday_1042_01, 1280, 720, 0, 0);
}

static bool closing_step(struct bench *bench)
{
	switch (bench->step++) {
	case 0:
		push((SDL_Event){.window = {.type = SDL_WINDOWEVENT, .windowID = 1, .event = SDL_WINDOWEVENT_CLOSE}});
		push((SDL_Event){.type = SDL_QUIT});
		return true;
	case 1:
		push((SDL_Event){.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_F4, .mod = KMOD_LALT}}});
		return true;
	default:
		kill(getpid(), SIGTERM);
		return true; /* if the signal were not heard, the test would not end */
	}
}

static void only_a_signal_ends_the_full_screen(void **state)
{
	(void)state;
	run_steps(closing_step, monday_1042_01, 0, 0, 0, 0);
}

static bool window_closing_step(struct bench *bench)
{
	if (bench->step++ == 0) {
		push((SDL_Event){.window = {.type = SDL_WINDOWEVENT, .windowID = 1, .event = SDL_WINDOWEVENT_CLOSE}});
	}
	return true;
}

static void a_window_can_be_closed(void **state)
{
	(void)state;
	run_steps(window_closing_step, monday_1042_01, 1280, 720, 0, 0);
}

/* Each row: what happens, after how many seconds, and how the display is at the next turn. */
static const struct night_row {
	int after_s;
	enum { NOTHING, TAP, KEY, FINGER } input;
	bool is_lit;
} night_rows[] = {
	{NIGHT_OFF_MS / 1000 - 1, NOTHING, true},
	{1, NOTHING, false},
	{600, NOTHING, false},
	{600, TAP, true},
	{VISIT_IDLE_MS / 1000, NOTHING, true},
	{NIGHT_OFF_MS / 1000, NOTHING, false},
	{600, KEY, true},
	{VISIT_IDLE_MS / 1000, NOTHING, true},
	{NIGHT_OFF_MS / 1000, NOTHING, false},
	{600, FINGER, true},
	{VISIT_IDLE_MS / 1000, NOTHING, true},
	{NIGHT_OFF_MS / 1000, NOTHING, false},
	{8 * 60 * 60, NOTHING, true}, /* nearly seven */
};

static void push_night_input(const struct night_row *row)
{
	if (row->input == TAP) {
		push_button(SDL_MOUSEBUTTONDOWN, 100, 100);
		push_button(SDL_MOUSEBUTTONUP, 100, 100);
	} else if (row->input == KEY) {
		push_key(SDLK_x);
	} else if (row->input == FINGER) {
		push((SDL_Event){.tfinger = {.type = SDL_FINGERDOWN, .x = 0.5F, .y = 0.5F}});
		push((SDL_Event){.tfinger = {.type = SDL_FINGERUP, .x = 0.5F, .y = 0.5F}});
	}
}

/* Every row takes some turns: an event is handled in one, and what follows from it in the next. */
static bool night_step(struct bench *bench)
{
	enum { TURNS = 4 };
	const size_t count = sizeof(night_rows) / sizeof(night_rows[0]);
	size_t index = (size_t)(bench->turns - 1) / TURNS;
	int turn = (bench->turns - 1) % TURNS;
	if (turn == 0 && index > 0) {
		const struct night_row *row = &night_rows[index - 1];
		uint64_t frames = loop_frames(bench->loop);
		if (is_lit != row->is_lit) {
			fail_msg("row %zu: lit %d", index - 1, is_lit);
		}
		if (!row->is_lit && bench->frames) {
			assert_int_equal(frames, bench->frames); /* nothing is drawn in the dark */
		}
		if (row->input != NOTHING) {
			assert_true(frames > bench->frames);
		}
	}
	if (index == count) {
		return false;
	}
	if (turn == 1) {
		bool was_lit = is_lit;
		clock_advance(&bench->clock, (int64_t)night_rows[index].after_s * 1000);
		push_night_input(&night_rows[index]);
		bench->frames = was_lit ? 0 : loop_frames(bench->loop);
	}
	return true;
}

static void the_display_is_off_at_night(void **state)
{
	(void)state;
	run_steps(night_step, monday_2200, 640, 480, 5, 0);
	assert_true(is_lit);
}

static bool never(struct bench *bench)
{
	return bench->turns < 1;
}

static void no_display_is_reported(void **state)
{
	struct bench bench = {.next = never, .config = read_config()};
	struct loop_setup setup = {.config = bench.config,
				   .clock = &bench.clock,
				   .share = "",
				   .latest = latest,
				   .send = refuse,
				   .alive = alive,
				   .context = &bench};
	char display[64];
	struct err err = {0};
	(void)state;
	const char *driver = getenv("SDL_VIDEODRIVER");
	if (driver && strcmp(driver, "dummy") == 0) {
		config_destroy(bench.config);
		skip(); /* SDL's screen in memory is always there */
	}
	snprintf(display, sizeof(display), "%s", getenv("DISPLAY"));
	setenv("DISPLAY", ":nowhere", 1);
	clock_init(&bench.clock);
	visit_init(&setup.visit, bench.config, clock_mono_ms(&bench.clock));
	bench.loop = loop_create(&setup, &err);
	assert_false(loop_run(bench.loop, &err));
	assert_non_null(strstr(err.text, "display"));
	loop_destroy(bench.loop);
	config_destroy(bench.config);
	setenv("DISPLAY", display, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_sleeps_when_nothing_happens),     cmocka_unit_test(it_draws_only_what_differs),
		cmocka_unit_test(an_unchanged_feed_costs_no_picture), cmocka_unit_test(it_follows_the_windows_size),
		cmocka_unit_test(only_a_signal_ends_the_full_screen), cmocka_unit_test(a_window_can_be_closed),
		cmocka_unit_test(the_display_is_off_at_night),        cmocka_unit_test(no_display_is_reported),
	};
	loop_prepare();
	i18n_init(KIOSK_BINARY_DIR "/share/satellitkiosk/locale", &(struct err){""});
	return cmocka_run_group_tests(tests, NULL, NULL);
}
