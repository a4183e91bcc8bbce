/* See kiosk.h. The loop runs in the UI thread, and the worker has a thread of its own. The worker wakes the loop, and
 * the loop asks for the newest snapshot. The loop is made before the worker's thread and destroyed after it, so that
 * the worker can always wake it. */
#include "kiosk.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "app/sync/changes.h"
#include "devices.h"
#include "app/base/log.h"
#include "loop.h"
#include "picture.h"
#include "power.h"
#include "vitals.h"
#include "watchdog.h"
#include "window.h"

struct kiosk {
	struct program *program;
	struct loop *loop;
	struct sync *sync; /* NULL while the configuration is wrong; the databases are then left alone */
	struct changes *changes;
	struct vitals *vitals;         /* may be NULL */
	struct narrator *narrator;     /* NULL: the screen does not speak */
	_Atomic(struct config *) next; /* a configuration that was read again and is good; the kiosk restarts with it */
	_Atomic bool is_ended;         /* a signal ended the program, whatever configuration was read again */
};

static void on_publish(void *context)
{
	const struct kiosk *kiosk = context;
	vitals_measure(kiosk->vitals);
	if (!kiosk->loop) { /* NULL at first, because sync_create publishes the first snapshot */
		return;
	}
	loop_wake(kiosk->loop);
	struct snapshot *snapshot = sync_snapshot(kiosk->sync);
	changes_tell(kiosk->changes, snapshot);
	snapshot_unref(snapshot);
}

static struct snapshot *latest(void *context)
{
	const struct kiosk *kiosk = context;
	return kiosk->sync ? sync_snapshot(kiosk->sync) : snapshot_create();
}

static bool send_command(void *context, const struct command *command)
{
	const struct kiosk *kiosk = context;
	return kiosk->sync && sync_send(kiosk->sync, command);
}

/* The loop calls this function, so the loop is alive. */
static void feed_watchdog(void *context)
{
	const struct kiosk *kiosk = context;
	if (!kiosk->sync || sync_is_alive(kiosk->sync)) {
		watchdog_feed();
	}
}

static void on_shown(void *context)
{
	const struct kiosk *kiosk = context;
	vitals_set(kiosk->vitals, VITAL_IS_SHOWN, 1);
	watchdog_ready("The screen is on.");
}

/* A service whose monitor is off goes on working: it fetches, and others may check in elsewhere. */
static void on_waiting(void *context, const struct err *why)
{
	const struct kiosk *kiosk = context;
	vitals_set(kiosk->vitals, VITAL_IS_SHOWN, 0);
	log_line(LOG_LEVEL_WARNING, "%s; waiting for a display", why->text);
	watchdog_ready("Waiting for a display.");
}

static void on_unable(void *context, const struct err *why)
{
	(void)context;
	log_line(LOG_LEVEL_WARNING, "night = off: %s; the screen shows its dark clock instead", why->text);
}

static void on_deaf(void *context)
{
	struct devices devices = devices_for_touch("");
	(void)context;
	if (devices.present > 0) {
		log_line(LOG_LEVEL_ERROR,
			 "%s is there, but the kiosk has no right to read it: is its user in the group input?",
			 devices.name);
	} else {
		log_line(LOG_LEVEL_ERROR, "no touch panel is there: is its cable plugged in?");
	}
}

/* Feeds that failed because the clock was wrong (no certificate is valid in 1970) are tried again at once. */
static void on_clock_set(void *context)
{
	const struct kiosk *kiosk = context;
	log_line(LOG_LEVEL_INFO, "the system's clock was set");
	if (kiosk->sync) {
		sync_nudge(kiosk->sync);
	}
}

/* Handles SIGHUP. The screen stays as it is until the new configuration has been read, and keeps the old one when the
 * new one is wrong. */
static bool on_reload(void *context)
{
	struct kiosk *kiosk = context;
	struct err err = {""};
	watchdog_reloading();
	struct config *config = config_read(kiosk->program->config_file, &err);
	if (config && !program_override(&kiosk->program->options, config)) {
		err_set(&err, "out of memory");
		config_destroy(config);
		config = NULL;
	}
	if (!config) {
		log_line(LOG_LEVEL_ERROR, "%s; going on with the configuration as it was", err.text);
		watchdog_ready("The configuration is wrong; the one before is in force.");
		return false;
	}
	config_destroy(atomic_exchange(&kiosk->next, config));
	return true;
}

static void on_ended(void *context)
{
	struct kiosk *kiosk = context;
	atomic_store(&kiosk->is_ended, true);
}

/* The window is open by now, and the drawing was painted meanwhile. */
static const struct walls *ended_walls(void *context)
{
	struct kiosk *kiosk = context;
	if (kiosk->program->painting) {
		program_read_plan(kiosk->program);
	}
	return kiosk->program->walls;
}

static void on_silent(void *context)
{
	const struct kiosk *kiosk = context;
	loop_wake(kiosk->loop);
}

static void on_mute(void *context, const struct err *why)
{
	(void)context;
	log_line(LOG_LEVEL_WARNING, "%s; the screen does not speak", why->text);
}

/* Without a voice the kiosk goes on. */
static void make_narrator(struct program *program, struct kiosk *kiosk)
{
	struct err err = {""};
	const struct narrator_setup setup = {.config = program->config,
					     .log = program->options.speech_log,
					     .silent = on_silent,
					     .failed = on_mute,
					     .context = kiosk};
	kiosk->narrator = narrator_create(&setup, &err);
	if (err.text[0]) {
		on_mute(kiosk, &err);
	}
}

static struct loop_setup make_setup(struct program *program, struct kiosk *kiosk, struct SDL_Window **window)
{
	/* A window on somebody's desktop does not darken the desktop. */
	bool is_switched = program->config->night == NIGHT_OFF && program->options.window_width_px <= 0;
	struct loop_setup setup = {
		.config = program->config,
		.region = program->region,
		.hyphens = program->hyphens,
		.clock = &program->clock,
		.share = program->share,
		.window_width_px = program->options.window_width_px,
		.window_height_px = program->options.window_height_px,
		.window = window,
		.vitals = kiosk->vitals,
		.narrator = kiosk->narrator,
		.power = is_switched ? power_switch : NULL,
		.watchdog_ms = watchdog_interval_ms(),
		.latest = latest,
		.send = send_command,
		.alive = feed_watchdog,
		.shown = on_shown,
		.waiting = watchdog_is_there() ? on_waiting : NULL,
		.unable = on_unable,
		.deaf = on_deaf,
		.reload = on_reload,
		.ended = on_ended,
		.clock_set = on_clock_set,
		.walls = ended_walls,
		.context = kiosk,
	};
	visit_init(&setup.visit, program->config, clock_mono_ms(&program->clock));
	return setup;
}

/* Opens the databases, because the requested view may concern what they hold. Nothing is fetched yet. */
static bool open_worker(struct program *program, struct kiosk *kiosk, struct visit *visit, struct err *err)
{
	kiosk->sync = program_sync(program, on_publish, kiosk, err);
	if (!kiosk->sync) {
		return false;
	}
	struct snapshot *snapshot = sync_snapshot(kiosk->sync);
	picture_open_view(&program->options, snapshot, visit);
	snapshot_unref(snapshot);
	return true;
}

/* Runs until a signal; *out_next is then the configuration to go on with, or NULL. */
static bool run(struct program *program, struct vitals *vitals, struct SDL_Window **window, struct config **out_next,
		struct err *err)
{
	bool ok = false;
	struct kiosk kiosk = {.program = program, .changes = changes_create(), .vitals = vitals};
	make_narrator(program, &kiosk);
	struct loop_setup setup = make_setup(program, &kiosk, window);
	if (!kiosk.changes) {
		err_set(err, "out of memory");
		goto out;
	}
	if (!program->config->mistake && !open_worker(program, &kiosk, &setup.visit, err)) {
		goto out;
	}
	kiosk.loop = loop_create(&setup, err);
	if (!kiosk.loop || (kiosk.sync && !sync_start(kiosk.sync, err))) {
		goto out;
	}
	ok = loop_run(kiosk.loop, err);
	if (kiosk.sync) {
		sync_stop(kiosk.sync);
	}
out:
	narrator_hush(kiosk.narrator); /* its threads use the loop, whose waker uses the narrator */
	/* The waker's thread, which the loop owns, still uses the worker, although the worker's thread has ended. */
	loop_destroy(kiosk.loop);
	kiosk.loop = NULL;
	narrator_destroy(kiosk.narrator);
	sync_destroy(kiosk.sync);
	changes_destroy(kiosk.changes);
	if (atomic_load(&kiosk.is_ended)) {
		config_destroy(atomic_exchange(&kiosk.next, NULL));
	}
	*out_next = atomic_load(&kiosk.next);
	return ok;
}

int kiosk_run(struct program *program)
{
	struct err err = {""};
	bool ok = true;
	loop_prepare();
	struct config *next = program->config;
	struct SDL_Window *window = NULL;
	struct vitals *vitals = vitals_create(getenv("RUNTIME_DIRECTORY"), clock_utc_s(&program->clock));
	program_read_hyphens(program);
	while (next && ok) {
		program_use_config(program, next);
		program_read_region(program);
		program_begin_plan(program);
		if (!program->painting) {
			program_read_plan(program); /* logs why there is no map */
		}
		ok = run(program, vitals, &window, &next, &err);
	}
	if (window) {
		window_close(window);
	}
	vitals_destroy(vitals);
	config_destroy(next);
	watchdog_stopping();
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	return program->config->mistake ? EXIT_CONFIG : EXIT_SUCCESS;
}
