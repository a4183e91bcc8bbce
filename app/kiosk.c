/* The loop has the UI thread, the worker its own; the worker wakes the loop, and the loop asks for the newest snapshot.
 * The loop is made before the worker's thread and destroyed after it, so that there is always somebody to wake. */
#include "kiosk.h"

#include <stdlib.h>

#include "log.h"
#include "loop.h"
#include "picture.h"
#include "watchdog.h"

struct kiosk {
	struct loop *loop;
	struct sync *sync;
};

static void on_publish(void *context)
{
	const struct kiosk *kiosk = context;
	if (kiosk->loop) /* not yet: the first publishing is within sync_create */
		loop_wake(kiosk->loop);
}

static struct snapshot *latest(void *context)
{
	const struct kiosk *kiosk = context;
	return sync_snapshot(kiosk->sync);
}

static bool send_command(void *context, const struct command *command)
{
	const struct kiosk *kiosk = context;
	return sync_send(kiosk->sync, command);
}

/* The loop is alive, or it would not ask. */
static void feed_watchdog(void *context)
{
	const struct kiosk *kiosk = context;
	if (sync_is_alive(kiosk->sync))
		watchdog_feed();
}

static void on_shown(void *context)
{
	(void)context;
	watchdog_ready();
}

static struct loop_setup make_setup(struct program *program, struct kiosk *kiosk)
{
	struct loop_setup setup = {
		.config = program->config,
		.region = program->region,
		.clock = &program->clock,
		.share = program->share,
		.window_width_px = program->options.window_width_px,
		.window_height_px = program->options.window_height_px,
		.watchdog_ms = watchdog_interval_ms(),
		.latest = latest,
		.send = send_command,
		.alive = feed_watchdog,
		.shown = on_shown,
		.context = kiosk,
	};
	visit_init(&setup.visit, program->config, clock_mono_ms(&program->clock));
	return setup;
}

static void open_view(const struct program *program, const struct kiosk *kiosk, struct visit *visit)
{
	struct snapshot *snapshot = sync_snapshot(kiosk->sync);
	picture_open_view(&program->options, snapshot, visit);
	snapshot_unref(snapshot);
}

static bool run(struct program *program, struct err *err)
{
	bool ok = false;
	struct kiosk kiosk = {NULL, NULL};
	struct loop_setup setup = make_setup(program, &kiosk);
	kiosk.sync = program_sync(program, on_publish, &kiosk, err);
	if (!kiosk.sync)
		goto out;
	open_view(program, &kiosk, &setup.visit);
	kiosk.loop = loop_create(&setup, err);
	if (!kiosk.loop || !sync_start(kiosk.sync, err))
		goto out;
	ok = loop_run(kiosk.loop, err);
	watchdog_stopping();
	sync_stop(kiosk.sync);
out:
	sync_destroy(kiosk.sync);
	loop_destroy(kiosk.loop);
	return ok;
}

int kiosk_run(struct program *program)
{
	struct err err = {""};
	loop_block_signals();
	program_read_region(program);
	if (run(program, &err))
		return EXIT_SUCCESS;
	log_line(LOG_LEVEL_ERROR, "%s", err.text);
	return EXIT_FAILURE;
}
