/* Events change the visit, the visit and the snapshot change the tree, and only a tree that looks different is drawn.
 */
#include "loop_private.h"

#include <assert.h>
#include <pthread.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <SDL.h>

#include "devices.h"
#include "app/draw/draw.h"
#include "app/base/limits.h"
#include "quiet.h"
#include "rehearse.h"
#include "window.h"
#include "ical/small.h"

void loop_prepare(void)
{
	waker_block_signals();
	window_prepare();
}

void loop_wake(struct loop *loop)
{
	pthread_mutex_lock(&loop->wake_lock);
	SDL_Event event = {.type = atomic_load(&loop->wake_event)};
	/* The loop looks for a snapshot by itself when it starts, or the wake event is already under way. */
	bool is_needed = event.type != 0 && !atomic_exchange(&loop->is_woken, true);
	if (is_needed && SDL_PushEvent(&event) != 1) {
		atomic_store(&loop->is_woken, false);
	}
	eventfd_write(loop->wake_fd, 1);
	pthread_mutex_unlock(&loop->wake_lock);
}

void loop_stop(struct loop *loop)
{
	atomic_store(&loop->is_stopped, true);
	eventfd_write(loop->stop_fd, 1);
	loop_wake(loop);
}

uint64_t loop_frames(const struct loop *loop)
{
	return atomic_load(&loop->frames);
}

uint64_t loop_composed(const struct loop *loop)
{
	return atomic_load(&loop->composed);
}

static void on_clock_set(void *context)
{
	struct loop *loop = context;
	if (loop->setup.clock_set) {
		loop->setup.clock_set(loop->setup.context);
	}
	atomic_store(&loop->is_clock_set, true);
	loop_wake(loop);
}

static void on_display(void *context)
{
	struct loop *loop = context;
	atomic_store(&loop->is_replugged, true);
	loop_wake(loop);
}

static void on_headset(void *context, bool is_there, const char *device)
{
	struct loop *loop = context;
	narrator_headset(loop->setup.narrator, is_there, device);
	loop_wake(loop);
}

static void on_fonts(void *context)
{
	struct loop *loop = context;
	atomic_store(&loop->has_fonts, true);
	loop_wake(loop);
}

static void on_signal(void *context)
{
	struct loop *loop = context;
	if (loop->setup.ended) {
		loop->setup.ended(loop->setup.context);
	}
	loop_stop(loop);
}

static void on_reload(void *context)
{
	struct loop *loop = context;
	if (!loop->setup.reload || loop->setup.reload(loop->setup.context)) {
		atomic_store(&loop->is_reloaded, loop->setup.reload != NULL);
		loop_stop(loop);
	}
}

struct loop *loop_create(const struct loop_setup *setup, struct err *err)
{
	struct loop *loop = calloc(1, sizeof(*loop));
	if (!loop) {
		err_set(err, "loop: out of memory");
		return NULL;
	}
	pthread_mutex_init(&loop->wake_lock, NULL);
	loop->setup = *setup;
	loop->visit = setup->visit;
	loop->night.power = setup->power;
	loop->stop_fd = eventfd(0, EFD_CLOEXEC);
	loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (loop->stop_fd < 0 || loop->wake_fd < 0) {
		err_set(err, "loop: out of descriptors");
	} else {
		const struct waker_calls calls = {
			on_clock_set, on_signal, on_reload, on_display, setup->narrator ? on_headset : NULL, loop};
		loop->waker = waker_create(&calls, setup->config->speech.headset, err);
	}
	if (loop->waker) {
		return loop;
	}
	loop_destroy(loop);
	return NULL;
}

void loop_destroy(struct loop *loop)
{
	if (!loop) {
		return;
	}
	waker_destroy(loop->waker);
	const int fds[] = {loop->stop_fd, loop->wake_fd};
	for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
		if (fds[i] >= 0) {
			close(fds[i]);
		}
	}
	pthread_mutex_destroy(&loop->wake_lock);
	free(loop);
}

static bool is_full_screen(const struct loop *loop)
{
	return loop->setup.window_width_px <= 0;
}

/* Painted textures belong to a renderer, so a new renderer starts with none. */
static bool renew_renderer(struct loop *loop, struct err *err)
{
	draw_destroy(loop->draw);
	loop->draw =
		draw_create_for_window(loop->window, loop->setup.config->rotation, loop->text, loop->setup.share, err);
	loop->must_draw_all = true;
	loop->rehearsed = 0;
	if (loop->draw) {
		loop->walls = loop->setup.walls ? loop->setup.walls(loop->setup.context) : NULL;
		draw_use_walls(loop->draw, loop->walls);
	}
	return loop->draw != NULL;
}

static void follow_size(struct loop *loop)
{
	int width, height;
	draw_size(loop->draw, &width, &height);
	SDL_GetWindowSize(loop->window, &loop->input.width_px, &loop->input.height_px);
	if (width == loop->screen.width_px && height == loop->screen.height_px) {
		return;
	}
	loop->screen.width_px = width;
	loop->screen.height_px = height;
	loop->rehearsed = 0;
	loop->must_compose = true;
}

/* The loop before this one may have left its window, so that the picture stays while the configuration is read. */
static bool take_window(struct loop *loop, struct err *err)
{
	struct SDL_Window *none = NULL, **kept = loop->setup.window ? loop->setup.window : &none;
	loop->window = *kept ? *kept : window_open(loop->setup.window_width_px, loop->setup.window_height_px, err);
	*kept = NULL;
	return loop->window != NULL;
}

static void hear(struct loop *loop, bool is_heard)
{
	loop->visit.is_deaf = !is_heard;
	vitals_set(loop->setup.vitals, VITAL_IS_DEAF, !is_heard);
}

static void listen(struct loop *loop)
{
	window_watch(&loop->window);
	if (loop->event_type == 0) {
		loop->event_type = SDL_RegisterEvents(1); /* SDL has few such numbers, and never reuses one */
	}
	assert(loop->event_type != UINT32_MAX);
	atomic_store(&loop->wake_event, loop->event_type);
	hear(loop,
	     loop->setup.config->mode == MODE_WALL || !window_reads_devices() || devices_for_touch("").readable > 0);
	if (loop->setup.deaf && loop->visit.is_deaf) {
		loop->setup.deaf(loop->setup.context);
	}
}

static bool start(struct loop *loop, struct err *err)
{
	if (!(loop->is_open = take_window(loop, err))) {
		return false;
	}
	listen(loop);
	loop->text = text_create_waking(on_fonts, loop, err);
	if (!loop->text || !renew_renderer(loop, err)) {
		return false;
	}
	loop->screen = (struct screen){.config = loop->setup.config,
				       .region = loop->setup.region,
				       .measure = text_measure(loop->text),
				       .hyphens = loop->setup.hyphens};
	loop->input.rotation = loop->setup.config->rotation;
	follow_size(loop);
	return true;
}

/* The view that a visitor had open stays and is drawn on the next window. */
static void finish(struct loop *loop)
{
	bool is_kept = loop->setup.window && atomic_load(&loop->is_reloaded);
	night_leave(&loop->night, loop->window, !atomic_load(&loop->is_stopped));
	pthread_mutex_lock(&loop->wake_lock);
	atomic_store(&loop->wake_event, 0);
	pthread_mutex_unlock(&loop->wake_lock);
	scene_finish(&loop->scene);
	snapshot_unref(loop->snapshot);
	loop->snapshot = NULL;
	draw_destroy(loop->draw);
	loop->draw = NULL;
	text_destroy(loop->text);
	loop->text = NULL;
	window_unwatch(&loop->window);
	if (is_kept) {
		*loop->setup.window = loop->window;
	}
	if (loop->is_open && !(is_kept && loop->window)) {
		window_close(loop->window);
	}
	loop->window = NULL;
	loop->is_open = loop->is_shown = false;
	loop->input = (struct input){0};
	loop->screen = (struct screen){0};
	loop->marked = (struct rect){0, 0, 0, 0};
	loop->parts.count = 0;
}

static int64_t mono_ms(const struct loop *loop)
{
	return clock_mono_ms(loop->setup.clock);
}

static struct model_time model_time(const struct loop *loop)
{
	struct clock *clock = loop->setup.clock;
	return (struct model_time){clock_utc_s(clock), clock_mono_ms(clock), clock_is_trusted(clock)};
}

static void take_snapshot(struct loop *loop)
{
	atomic_store(&loop->is_woken,
		     false); /* this comes first, so that a snapshot published from now on wakes the loop again */
	struct snapshot *latest = loop->setup.latest(loop->setup.context);
	bool differs = !model_shows_same(loop->setup.config, &loop->visit, loop->snapshot, latest,
					 clock_utc_s(loop->setup.clock));
	if (latest && latest != loop->snapshot) {
		visit_see(&loop->visit, loop->setup.config, latest, mono_ms(loop));
	}
	if (latest) {
		snapshot_unref(loop->snapshot);
		loop->snapshot = latest;
	}
	if (atomic_exchange(&loop->has_fonts, false) && text_take(loop->text)) {
		draw_forget(loop->draw);
		loop->must_draw_all = differs = true;
	}
	loop->must_compose = atomic_exchange(&loop->is_clock_set, false) || differs || loop->must_compose;
}

static void act(struct loop *loop, const struct action *action)
{
	struct command command;
	if (visit_act(&loop->visit, loop->setup.config, action, mono_ms(loop), &command)) {
		loop->setup.send(loop->setup.context, &command);
	}
	loop->must_compose = true;
}

/* When memory runs out, the old picture stays and the next instant tries again. */
static void compose(struct loop *loop)
{
	struct scene next;
	struct model_time time = model_time(loop);
	if (!loop->snapshot) {
		return;
	}
	visit_tick(&loop->visit, loop->setup.config, time.now_utc, time.mono_ms);
	loop->due_ms = visit_next_ms(&loop->visit, loop->setup.config, time.now_utc, time.mono_ms);
	atomic_fetch_add(&loop->composed, 1);
	if (!screen_compose(&loop->screen, loop->snapshot, &loop->visit, &time, &next)) {
		return;
	}
	struct ui_parts parts;
	if (!loop->scene.ui) {
		loop->must_draw_all = true;
	} else if (ui_differs(loop->scene.ui, next.ui, &parts)) {
		for (int i = 0; i < parts.count; i++) {
			ui_parts_add(&loop->parts, parts.items[i]);
		}
	}
	scene_finish(&loop->scene);
	loop->scene = next;
	loop->must_compose = false;
	input_follow(&loop->input, loop->scene.ui);
}

static struct narrated narrated(struct loop *loop)
{
	const struct ui *ui = loop->scene.ui;
	int focused = ui ? input_marks(&loop->input, ui).focused : -1;
	return (struct narrated){.visit = &loop->visit, .ui = ui, .focused = focused, .mono_ms = mono_ms(loop)};
}

static void speak(struct loop *loop)
{
	struct narrated now = narrated(loop);
	if (now.ui && narrator_follow(loop->setup.narrator, &now)) {
		compose(loop); /* once more, for the caption */
	}
}

static bool is_due(const struct loop *loop)
{
	if (loop->must_compose || !loop->scene.ui) {
		return true;
	}
	int64_t utc = clock_utc_s(loop->setup.clock), mono = mono_ms(loop);
	bool has_changed = utc >= loop->scene.changes_utc || mono >= loop->scene.changes_ms;
	return (has_changed && !loop->night.is_off) || mono >= loop->due_ms ||
	       mono >= visit_next_ms(&loop->visit, loop->setup.config, utc, mono);
}

/* Marks the widgets that a finger or the keyboard focus has left or reached. */
static void follow_marks(struct loop *loop)
{
	struct view_marks marks = input_marks(&loop->input, loop->scene.ui);
	struct rect marked = input_marked(&marks, loop->scene.ui);
	if (marks.pressed != loop->marks.pressed || marks.focused != loop->marks.focused) {
		ui_parts_add(&loop->parts, marked);
		ui_parts_add(&loop->parts, loop->marked);
	}
	loop->marks = marks;
	loop->marked = marked;
}

static bool draw_frame(struct loop *loop)
{
	int64_t begun_us = clock_mono_us(loop->setup.clock);
	if (!view_show(loop->draw, loop->scene.ui, loop->must_draw_all ? NULL : &loop->parts, &loop->marks)) {
		return false;
	}
	atomic_fetch_add(&loop->frames, 1);
	vitals_frame(loop->setup.vitals, clock_mono_us(loop->setup.clock) - begun_us);
	loop->must_draw_all = false;
	loop->parts.count = 0;
	return true;
}

/* Draws what differs between the window and the tree. Returns false when the window cannot be drawn on any more, not
 * even with a new renderer. */
static bool draw_if_needed(struct loop *loop, struct err *err)
{
	if (loop->night.is_off) {
		return true; /* everything is drawn when it is switched on */
	}
	if (loop->scene.ui) {
		follow_marks(loop);
	}
	if (!loop->must_draw_all && loop->parts.count == 0) {
		return true;
	}
	if (!draw_frame(loop) && (!renew_renderer(loop, err) || !draw_frame(loop))) {
		return err_set(err, "the display cannot be drawn on: %s", SDL_GetError());
	}
	if (loop->scene.ui && !loop->is_shown) {
		loop->is_shown = true;
		loop->is_waiting = false;
		loop->retries = 0;
		if (loop->setup.shown) {
			loop->setup.shown(loop->setup.context);
		}
	}
	return true;
}

static void on_window_event(struct loop *loop, const SDL_WindowEvent *event)
{
	if (event->event == SDL_WINDOWEVENT_CLOSE && !is_full_screen(loop)) {
		atomic_store(&loop->is_stopped, true);
	} else if (window_must_be_drawn(event->event)) {
		follow_size(loop);
		loop->must_draw_all = true;
	}
}

static const struct action sign_of_life = {.kind = ACTION_NONE, .id = "", .place = ""};

static void on_input(struct loop *loop, SDL_Event *event)
{
	struct action action = sign_of_life;
	struct narrated now = narrated(loop);
	bool is_voice = now.ui && narrator_key(loop->setup.narrator, &now, event);
	if (!now.ui || (!is_voice && !input_event(&loop->input, now.ui, event, &action))) {
		return;
	}
	if (event->type != SDL_KEYDOWN) {
		narrator_touch(loop->setup.narrator, &now);
	}
	hear(loop, true); /* the panel was plugged in later */
	act(loop, night_is_blind(&loop->night, mono_ms(loop)) ? &sign_of_life : &action);
}

static bool on_event(struct loop *loop, SDL_Event *event, struct err *err)
{
	if (event->type == atomic_load(&loop->wake_event)) {
		take_snapshot(loop);
	} else if (event->type == SDL_RENDER_DEVICE_RESET) {
		if (!renew_renderer(loop, err)) {
			return false;
		}
	} else if (event->type == SDL_RENDER_TARGETS_RESET || event->type == SDL_DISPLAYEVENT) {
		follow_size(loop);
		loop->must_draw_all = true;
	} else if (event->type == SDL_QUIT) {
		if (is_full_screen(loop) && window_quits_when_gone()) {
			return err_set(err, "the display is gone: its compositor has ended");
		}
		if (!is_full_screen(loop)) {
			atomic_store(&loop->is_stopped, true);
		}
	} else if (event->type == SDL_WINDOWEVENT) {
		on_window_event(loop, &event->window);
	}
	on_input(loop, event);
	return true;
}

/* Returns how long to sleep: until the next instant at which the picture would differ. */
static int sleep_ms(const struct loop *loop)
{
	int64_t utc_ms = clock_utc_ms(loop->setup.clock), mono = mono_ms(loop), wait = LOOP_SLEEP_MAX_MS;
	if (loop->scene.ui) {
		static const struct scene unseen = {.changes_utc = INT64_MAX, .changes_ms = INT64_MAX};
		int64_t visit_ms = visit_next_ms(&loop->visit, loop->setup.config, utc_ms / 1000, mono);
		wait = scene_wait_ms(loop->night.is_off ? &unseen : &loop->scene,
				     small_min(visit_ms, night_next_ms(&loop->night)), utc_ms, mono);
	}
	if (loop->setup.watchdog_ms > 0) {
		wait = small_min(wait, loop->setup.watchdog_ms);
	}
	return (int)wait;
}

/* Handling an event may have destroyed the window. Without a compositor SDL does not notice monitors that come and go.
 */
static bool is_display_right(struct loop *loop, struct err *err)
{
	if (!loop->window) {
		return err_set(err, "no monitor is attached");
	}
	if (atomic_exchange(&loop->is_replugged, false) && window_reads_devices() && is_full_screen(loop)) {
		return err_set(err, "a monitor was plugged in or unplugged");
	}
	return true;
}

/* Handles every pending event, each against the tree as it is by then. */
static bool wait_and_handle(struct loop *loop, struct err *err)
{
	SDL_Event event;
	bool is_more = quiet_next_event(loop->wake_fd, sleep_ms(loop), &event);
	for (; is_more; is_more = SDL_PollEvent(&event)) {
		if (!is_display_right(loop, err) || !on_event(loop, &event, err)) {
			return false;
		}
		if (loop->must_compose) {
			compose(loop);
		}
		speak(loop);
	}
	return is_display_right(loop, err);
}

/* The picture is on the window by now, so nobody waits for this. */
static void rehearse(struct loop *loop)
{
	struct model_time time = model_time(loop);
	if (!loop->walls || !loop->snapshot || !loop->draw || loop->rehearsed == rehearse_look(&loop->visit)) {
		return;
	}
	loop->rehearsed = rehearse_look(&loop->visit);
	rehearse_maps(&loop->screen, loop->snapshot, &loop->visit, &time, loop->draw);
	loop->must_compose = true; /* in the language of the visitor who is here */
}

/* Runs from the opening of a window to its end. Returns false when there is no window or it is gone. */
static bool run_on_window(struct loop *loop, struct err *err)
{
	bool ok = start(loop, err);
	if (ok) {
		take_snapshot(loop);
	}
	while (ok && !atomic_load(&loop->is_stopped)) {
		if (is_due(loop)) {
			compose(loop);
		}
		speak(loop);
		ok = loop_follow_night(loop, err) && draw_if_needed(loop, err);
		rehearse(loop);
		if (loop->setup.alive) {
			loop->setup.alive(loop->setup.context);
		}
		ok = ok && wait_and_handle(loop, err);
	}
	finish(loop);
	return ok;
}

/* SDL 2.26 leaks a hundred bytes each time it finds no monitor, so the service starts anew once an hour. */
static bool wait_for_display(struct loop *loop, const struct err *why)
{
	struct pollfd stop = {.fd = loop->stop_fd, .events = POLLIN};
	bool is_asleep = loop_sleeps_unplugged(loop);
	if (!loop->is_waiting && !is_asleep) {
		loop->setup.waiting(loop->setup.context, why);
		loop->is_waiting = true;
	}
	if (!is_asleep && ++loop->retries > DISPLAY_RETRIES_MAX) {
		return false;
	}
	if (loop->setup.alive) {
		loop->setup.alive(loop->setup.context);
	}
	poll(&stop, 1, is_asleep ? DISPLAY_NIGHT_RETRY_MS : DISPLAY_RETRY_MS);
	return true;
}

bool loop_run(struct loop *loop, struct err *err)
{
	while (!run_on_window(loop, err)) {
		if (atomic_load(&loop->is_stopped)) {
			return true;
		}
		if (!loop->setup.waiting || !wait_for_display(loop, err)) {
			return false;
		}
	}
	return true;
}
