/* See program.h. Nothing in this file opens a database or a window. */
#include "program.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/config/paths.h"
#include "watchdog.h"

bool program_override(const struct options *options, struct config *config)
{
	if (options->has_mode) {
		config->mode = options->mode;
	}
	char *language = options->language ? strdup(options->language) : NULL;
	if (language) {
		free(config->language);
		config->language = language;
	}
	return language || !options->language;
}

static bool find_paths(struct program *program, struct err *err)
{
	program->config_file = paths_config(program->options.config);
	program->reader = paths_program("icsread");
	program->share = paths_share("");
	if (!program->config_file || !program->reader || !program->share) {
		return err_set(err, "out of memory");
	}
	program->share[strlen(program->share) - 1] = '\0'; /* without the last slash */
	return true;
}

static bool start_languages(const struct program *program, struct err *err)
{
	char *catalogues = paths_join(program->share, "locale");
	if (!catalogues) {
		return err_set(err, "out of memory");
	}
	struct err mistake = {""};
	i18n_init(catalogues, &mistake);
	if (mistake.text[0]) {
		log_line(LOG_LEVEL_WARNING, "%s", mistake.text);
	}
	free(catalogues);
	const char *language = program->options.language;
	if (language && !i18n_has(language)) {
		return err_set(err, "--lang: there is no translation for \"%s\"", language);
	}
	return true;
}

static void start_clock(struct program *program)
{
	if (program->options.has_now) {
		clock_init_at(&program->clock, zone_utc(program->config->zone, program->options.now_local_s));
	} else {
		clock_init(&program->clock);
	}
}

/* Nobody reads the log of a service that hangs on a wall. The screen therefore shows the mistake, and waits for a
 * corrected file. Metrics and doctor report it. */
static void stand_in(struct program *program, const struct err *mistake)
{
	const struct options *options = &program->options;
	bool is_screen = options->run == RUN_KIOSK && !options->screenshot && !options->dump_ui && watchdog_is_there();
	if (!is_screen && options->run != RUN_METRICS && options->run != RUN_DOCTOR) {
		return;
	}
	char *file = paths_share("kiosk.conf");
	if (file) {
		program->config = config_read_stand_in(file, program->config_file, mistake);
	}
	if (program->config) {
		log_line(LOG_LEVEL_ERROR, "%s", mistake->text);
	}
	free(file);
}

bool program_init(struct program *program, const struct options *options, int *out_exit, struct err *err)
{
	*program = (struct program){.options = *options};
	*out_exit = EXIT_FAILURE;
	if (!find_paths(program, err)) {
		return false;
	}
	if (!start_languages(program, err)) {
		*out_exit = EXIT_USAGE;
		return false;
	}
	program->config = config_read(program->config_file, err);
	if (!program->config) {
		stand_in(program, err);
	}
	if (!program->config) {
		*out_exit = EXIT_CONFIG;
		return false;
	}
	if (!program_override(options, program->config)) {
		return err_set(err, "out of memory");
	}
	start_clock(program);
	return true;
}

void program_finish(struct program *program)
{
	hyphens_destroy(program->hyphens);
	walls_abandon(program->painting);
	program->painting = NULL;
	walls_destroy(program->walls);
	region_destroy(program->region);
	config_destroy(program->config);
	free(program->config_file);
	free(program->state);
	free(program->reader);
	free(program->share);
}

/* An administrator's command must leave no file in the kiosk's folder that the kiosk cannot open. */
static bool become_owner(const char *folder, struct err *err)
{
	struct stat found;
	if (geteuid() != 0 || stat(folder, &found) != 0 || found.st_uid == 0) {
		return true;
	}
	if (setgroups(0, NULL) == 0 && setgid(found.st_gid) == 0 && setuid(found.st_uid) == 0) {
		return true;
	}
	return err_set(err, "%s: belongs to another user, and continuing as that user failed: %s", folder,
		       strerror(errno));
}

bool program_need_state(struct program *program, struct err *err)
{
	if (program->state) {
		return true;
	}
	program->state = paths_state(program->options.state, err);
	return program->state && (program->options.run == RUN_KIOSK || become_owner(program->state, err));
}

void program_read_region(struct program *program)
{
	struct err err = {""};
	if (!program->config->region_file) {
		return;
	}
	program->region = region_read(program->config->region_file, &err);
	if (!program->region) {
		log_line(LOG_LEVEL_WARNING, "%s; the host card is not shown", err.text);
	}
}

static void drop_plan(struct program *program, const struct err *err)
{
	struct err mistake;
	err_set(&mistake, "%s: %s", program->config->plan_file, err->text);
	config_drop_plan(program->config, &mistake);
}

void program_begin_plan(struct program *program)
{
	struct err err = {""};
	if (program->config->floorplan && !program->walls && !program->painting) {
		program->painting = walls_begin(program->config->floorplan, &err);
		if (!program->painting) {
			drop_plan(program, &err);
		}
	}
}

void program_read_plan(struct program *program)
{
	struct config *config = program->config;
	struct err err = {""};
	program_begin_plan(program);
	if (program->painting) {
		program->walls = walls_end(program->painting, &err);
		program->painting = NULL;
		if (!program->walls) {
			drop_plan(program, &err);
		}
	}
	if (config->plan_mistake) {
		log_line(LOG_LEVEL_WARNING, "%s%s", config->plan_mistake,
			 config->floorplan ? "" : "; the map is not shown");
	}
}

void program_read_hyphens(struct program *program)
{
	struct err err = {""};
	char *joints = paths_join(program->share, "joints");
	program->hyphens = joints ? hyphens_create(joints, HYPHENS_PATTERNS, &err) : NULL;
	if (!program->hyphens) {
		log_line(LOG_LEVEL_WARNING, "%s; long words are not parted", joints ? err.text : "out of memory");
	}
	free(joints);
}

void program_use_config(struct program *program, struct config *config)
{
	if (program->config != config) {
		config_destroy(program->config);
	}
	program->config = config;
	region_destroy(program->region);
	program->region = NULL;
	walls_abandon(program->painting);
	program->painting = NULL;
	walls_destroy(program->walls);
	program->walls = NULL;
}

struct sync *program_sync(struct program *program, void (*on_publish)(void *context), void *context, struct err *err)
{
	if (!program_need_state(program, err)) {
		return NULL;
	}
	const struct sync_options options = {.config = program->config,
					     .clock = &program->clock,
					     .state_dir = program->state,
					     .reader = program->reader,
					     .on_publish = on_publish,
					     .shown_days_only = on_publish != NULL, /* for the screens alone */
					     .context = context};
	return sync_create(&options, err);
}
