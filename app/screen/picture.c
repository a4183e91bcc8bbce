/* See picture.h. A picture takes the same way from snapshot to widget tree as the window does, once. */
#include "picture.h"

#include <stdio.h>
#include <stdlib.h>

#include "dump.h"
#include "app/base/log.h"
#include "compose.h"
#include "app/draw/screenshot.h"
#include "app/draw/text.h"

enum { PICTURE_WIDTH_PX = 1920, PICTURE_HEIGHT_PX = 1080 }; /* the size without --window */

/* The view "done" shows the last known check-in. */
static void open_done(const struct snapshot *snapshot, struct visit *visit)
{
	for (size_t i = snapshot->entries.count; i > 0; i--) {
		const struct journal_entry *entry = &snapshot->entries.items[i - 1];
		if (entry->action != JOURNAL_CHECK_IN) {
			continue;
		}
		visit->answered.kind = COMMAND_CHECK_IN;
		snprintf(visit->answered.id, sizeof(visit->answered.id), "%s", entry->uid);
		snprintf(visit->answered.place, sizeof(visit->answered.place), "%s", entry->place);
		visit->result = (struct snapshot_result){.outcome = JOURNAL_APPENDED, .entry = entry->id};
		return;
	}
}

void picture_open_view(const struct options *options, const struct snapshot *snapshot, struct visit *visit)
{
	visit->text_percent = options->text_percent;
	visit->high_contrast = options->high_contrast;
	visit->low_reach = options->low_reach;
	if (options->view == VIEW_HOME) {
		return;
	}
	if (options->view == VIEW_MAP) {
		visit->shows_map = true;
		return;
	}
	visit->view = options->view;
	visit->choice = visit_first_choice(options->view);
	visit->is_night = options->view == VIEW_NIGHT;
	snprintf(visit->id, sizeof(visit->id), "%s", options->view_id);
	if (options->view == VIEW_DONE) {
		open_done(snapshot, visit);
	}
}

static void set_size(const struct program *program, struct screen *screen)
{
	bool is_turned = program->config->rotation == 90 || program->config->rotation == 270;
	int width = program->options.window_width_px, height = program->options.window_height_px;
	if (width == 0) {
		width = PICTURE_WIDTH_PX;
		height = PICTURE_HEIGHT_PX;
	}
	screen->width_px = is_turned ? height : width;
	screen->height_px = is_turned ? width : height;
}

static bool compose(struct program *program, struct sync *sync, struct text *text, struct scene *out_scene)
{
	struct screen screen = {.config = program->config,
				.region = program->region,
				.measure = text_measure(text),
				.hyphens = program->hyphens};
	struct model_time time = {.now_utc = clock_utc_s(&program->clock),
				  .mono_ms = clock_mono_ms(&program->clock),
				  .is_trusted = clock_is_trusted(&program->clock)};
	struct visit visit;
	struct snapshot *snapshot = sync_snapshot(sync);
	set_size(program, &screen);
	visit_init(&visit, program->config, time.mono_ms);
	if (!program->options.has_view) {
		visit_tick(&visit, program->config, time.now_utc, time.mono_ms);
	}
	picture_open_view(&program->options, snapshot, &visit);
	sync_name_booking(sync, visit.id, sizeof(visit.id));
	bool ok = screen_compose(&screen, snapshot, &visit, &time, out_scene);
	snapshot_unref(snapshot);
	return ok;
}

static bool write_picture(struct program *program, const struct ui *ui, struct err *err)
{
	const char *file = program->options.screenshot;
	if (file && !screenshot_write(ui, program->walls, program->share, file, err)) {
		return false;
	}
	return !program->options.dump_ui || dump_write(ui, stdout, err);
}

static bool run(struct program *program, struct err *err)
{
	bool ok = false;
	struct scene scene = {0};
	struct text *text = text_create(err);
	struct sync *sync = text ? program_sync(program, NULL, NULL, err) : NULL;
	if (!sync) {
		goto out;
	}
	/* Feeds that are files are read first, so that the picture has content at once. Nothing is fetched from the
	 * network. */
	sync_run_files(sync);
	if (!compose(program, sync, text, &scene)) {
		err_set(err, "out of memory");
		goto out;
	}
	ok = write_picture(program, scene.ui, err);
out:
	scene_finish(&scene);
	sync_destroy(sync);
	text_destroy(text);
	return ok;
}

int picture_run(struct program *program)
{
	struct err err = {""};
	program_read_region(program);
	program_read_hyphens(program);
	program_read_plan(program);
	if (run(program, &err)) {
		return EXIT_SUCCESS;
	}
	log_line(LOG_LEVEL_ERROR, "%s", err.text);
	return EXIT_FAILURE;
}
