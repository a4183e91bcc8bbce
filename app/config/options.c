/* See options.h. One table lists the options and the commands that each belongs to. getopt_long splits the arguments.
 */
#include "options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "nearest.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ON_KIOSK = 1 << RUN_KIOSK, ON_ALL = ~0 };

static bool take_config(struct options *options, const char *value, struct err *err);
static bool take_state(struct options *options, const char *value, struct err *err);
static bool take_mode(struct options *options, const char *value, struct err *err);
static bool take_language(struct options *options, const char *value, struct err *err);
static bool take_window(struct options *options, const char *value, struct err *err);
static bool take_now(struct options *options, const char *value, struct err *err);
static bool take_view(struct options *options, const char *value, struct err *err);
static bool take_text_size(struct options *options, const char *value, struct err *err);
static bool take_contrast(struct options *options, const char *value, struct err *err);
static bool take_reach(struct options *options, const char *value, struct err *err);
static bool take_screenshot(struct options *options, const char *value, struct err *err);
static bool take_dump_ui(struct options *options, const char *value, struct err *err);
static bool take_speech_log(struct options *options, const char *value, struct err *err);
static bool take_from(struct options *options, const char *value, struct err *err);
static bool take_days(struct options *options, const char *value, struct err *err);
static bool take_json(struct options *options, const char *value, struct err *err);
static bool take_csv(struct options *options, const char *value, struct err *err);
static bool take_brief(struct options *options, const char *value, struct err *err);
static bool take_html(struct options *options, const char *value, struct err *err);
static bool take_canary(struct options *options, const char *value, struct err *err);
static bool take_file(struct options *options, const char *value, struct err *err);
static bool take_check_config(struct options *options, const char *value, struct err *err);
static bool take_answers(struct options *options, const char *value, struct err *err);
static bool take_preview(struct options *options, const char *value, struct err *err);
static bool take_root(struct options *options, const char *value, struct err *err);
static bool take_seal(struct options *options, const char *value, struct err *err);
static bool take_no_start(struct options *options, const char *value, struct err *err);

struct known_option {
	const char *name;
	bool has_value;
	int runs; /* bits of enum run */
	bool (*take)(struct options *options, const char *value, struct err *err);
};

static const struct known_option known_options[] = {
	{"config", true, ON_ALL, take_config},
	{"state", true, ON_ALL, take_state},
	{"now", true, ON_ALL, take_now},
	{"mode", true, ON_KIOSK, take_mode},
	{"lang", true, ON_KIOSK | 1 << RUN_SETUP | 1 << RUN_REPORT | 1 << RUN_PRIVACY_RECORD, take_language},
	{"window", true, ON_KIOSK, take_window},
	{"view", true, ON_KIOSK, take_view},
	{"text-size", true, ON_KIOSK, take_text_size},
	{"contrast", true, ON_KIOSK, take_contrast},
	{"reach", true, ON_KIOSK, take_reach},
	{"screenshot", true, ON_KIOSK, take_screenshot},
	{"dump-ui", false, ON_KIOSK, take_dump_ui},
	{"speech-log", true, ON_KIOSK, take_speech_log},
	{"check-config", false, ON_KIOSK, take_check_config},
	{"from", true, 1 << RUN_AGENDA | 1 << RUN_CHECKINS | 1 << RUN_REPORT, take_from},
	{"days", true, 1 << RUN_AGENDA, take_days},
	{"json", false, 1 << RUN_AGENDA | 1 << RUN_STATUS | 1 << RUN_CHECKINS | 1 << RUN_DOCTOR | 1 << RUN_REPORT,
	 take_json},
	{"brief", false, 1 << RUN_DOCTOR, take_brief},
	{"csv", false, 1 << RUN_CHECKINS | 1 << RUN_REPORT, take_csv},
	{"html", false, 1 << RUN_REPORT, take_html},
	{"output", true, 1 << RUN_METRICS, take_file},
	{"canary", true, 1 << RUN_PRIVACY_AUDIT, take_canary},
	{"answers", true, 1 << RUN_SETUP, take_answers},
	{"preview", true, 1 << RUN_SETUP, take_preview},
	{"root", true, 1 << RUN_SETUP, take_root},
	{"seal", false, 1 << RUN_SETUP, take_seal},
	{"no-start", false, 1 << RUN_SETUP, take_no_start},
	{"version", false, ON_ALL, NULL},
	{"help", false, ON_ALL, NULL},
};

static const struct known_command {
	const char *name;
	enum run run;
	const char *argument; /* what has to follow; NULL nothing */
} known_commands[] = {
	{"sync", RUN_SYNC, NULL},
	{"agenda", RUN_AGENDA, NULL},
	{"status", RUN_STATUS, NULL},
	{"checkins", RUN_CHECKINS, NULL},
	{"checkin", RUN_CHECK_IN, "place"},
	{"checkout", RUN_CHECK_OUT, "place"},
	{"doctor", RUN_DOCTOR, NULL},
	{"metrics", RUN_METRICS, NULL},
	{"privacy-audit", RUN_PRIVACY_AUDIT, NULL},
	{"backup", RUN_BACKUP, "file"},
	{"setup", RUN_SETUP, NULL},
	{"report", RUN_REPORT, NULL},
	{"privacy-record", RUN_PRIVACY_RECORD, NULL},
	{"privacy-extract", RUN_PRIVACY_EXTRACT, "name"},
	{"privacy-log", RUN_PRIVACY_LOG, NULL},
};

static const struct {
	const char *name;
	enum view_kind view;
	bool has_id;
} known_views[] = {
	{"home", VIEW_HOME, false},         {"sheet", VIEW_SHEET, true},
	{"free", VIEW_FREE, true},          {"done", VIEW_DONE, false},
	{"host", VIEW_HOST, false},         {"meeting", VIEW_MEETING, true},
	{"meetings", VIEW_MEETINGS, false}, {"map", VIEW_MAP, false},
	{"move", VIEW_MOVE, true},          {"all", VIEW_ALL, false},
	{"week", VIEW_WEEK, false},         {"info", VIEW_INFO, false},
	{"access", VIEW_ACCESS, false},     {"still-there", VIEW_STILL_THERE, false},
	{"trouble", VIEW_TROUBLE, false},   {"night", VIEW_NIGHT, false},
	{"setup", VIEW_SETUP, false},
};

static bool take_config(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->config = value;
	return true;
}

static bool take_state(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->state = value;
	return true;
}

static bool take_answers(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->answers = value;
	return true;
}

static bool take_preview(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->preview = value;
	return true;
}

static bool take_root(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->root = value;
	return true;
}

static bool take_seal(struct options *options, const char *value, struct err *err)
{
	(void)value;
	(void)err;
	options->seal = true;
	return true;
}

static bool take_no_start(struct options *options, const char *value, struct err *err)
{
	(void)value;
	(void)err;
	options->no_start = true;
	return true;
}

static bool take_canary(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->canary = value;
	return true;
}

static bool take_file(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->metrics_file = value;
	return true;
}

static bool take_screenshot(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->screenshot = value;
	return true;
}

static bool take_speech_log(struct options *options, const char *value, struct err *err)
{
	(void)err;
	options->speech_log = value;
	return true;
}

static bool take_dump_ui(struct options *options, const char *value, struct err *err)
{
	(void)value;
	(void)err;
	options->dump_ui = true;
	return true;
}

static bool take_check_config(struct options *options, const char *value, struct err *err)
{
	(void)value;
	(void)err;
	options->run = RUN_CHECK_CONFIG;
	return true;
}

static bool take_output(struct options *options, enum output output, struct err *err)
{
	if (options->output != OUTPUT_TEXT && options->output != output) {
		return err_set(err, "--json, --csv, --html and --brief: choose one");
	}
	options->output = output;
	return true;
}

static bool take_json(struct options *options, const char *value, struct err *err)
{
	(void)value;
	return take_output(options, OUTPUT_JSON, err);
}

static bool take_csv(struct options *options, const char *value, struct err *err)
{
	(void)value;
	return take_output(options, OUTPUT_CSV, err);
}

static bool take_html(struct options *options, const char *value, struct err *err)
{
	(void)value;
	return take_output(options, OUTPUT_HTML, err);
}

static bool take_brief(struct options *options, const char *value, struct err *err)
{
	(void)value;
	return take_output(options, OUTPUT_BRIEF, err);
}

static bool take_mode(struct options *options, const char *value, struct err *err)
{
	bool is_wall = strcmp(value, "wall") == 0;
	if (!is_wall && strcmp(value, "kiosk") != 0) {
		return err_set(err, "--mode: \"%s\" is neither kiosk nor wall", value);
	}
	options->has_mode = true;
	options->mode = is_wall ? MODE_WALL : MODE_KIOSK;
	return true;
}

static bool take_language(struct options *options, const char *value, struct err *err)
{
	size_t letters = strspn(value, "abcdefghijklmnopqrstuvwxyz");
	if (letters < 2 || letters > 3 || value[letters]) {
		return err_set(err, "--lang: \"%s\" is no language code; write sv or en", value);
	}
	options->language = value;
	return true;
}

static bool take_window(struct options *options, const char *value, struct err *err)
{
	int width = 0, height = 0, length = 0;
	bool is_size = strspn(value, "0123456789x") == strlen(value) &&
		       sscanf(value, "%5dx%5d%n", &width, &height, &length) == 2 && !value[length];
	if (!is_size) {
		return err_set(err, "--window: \"%s\" is not a size; write it as 1280x720", value);
	}
	if (width < WINDOW_SIDE_MIN || height < WINDOW_SIDE_MIN || width > WINDOW_SIDE_MAX ||
	    height > WINDOW_SIDE_MAX) {
		return err_set(err, "--window: %s is out of range; each side is %d to %d pixels", value,
			       (int)WINDOW_SIDE_MIN, (int)WINDOW_SIDE_MAX);
	}
	if ((int64_t)width * height > WINDOW_PIXELS_MAX) {
		return err_set(err,
			       "--window: %s has %.1f million pixels; a picture has at most %.1f million, as many as "
			       "7680x4320",
			       value, (double)width * height / 1e6, WINDOW_PIXELS_MAX / 1e6);
	}
	options->window_width_px = width;
	options->window_height_px = height;
	return true;
}

static bool take_now(struct options *options, const char *value, struct err *err)
{
	if (!civil_parse(value, &options->now_local_s)) {
		return err_set(err, "--now: \"%s\" is not a time; write it as 2026-11-23T10:42", value);
	}
	options->has_now = true;
	return true;
}

static bool take_view(struct options *options, const char *value, struct err *err)
{
	const char *names[COUNT(known_views)];
	size_t length = strcspn(value, ":");
	for (size_t i = 0; i < COUNT(known_views); i++) {
		names[i] = known_views[i].name;
		if (strlen(names[i]) != length || strncmp(names[i], value, length) != 0) {
			continue;
		}
		const char *id = value[length] ? value + length + 1 : "";
		if (known_views[i].has_id && !id[0]) {
			return err_set(err, "--view: %s needs an id; write %s:ID", names[i], names[i]);
		}
		if (!known_views[i].has_id && value[length]) {
			return err_set(err, "--view: %s takes no id", names[i]);
		}
		options->has_view = true;
		options->view = known_views[i].view;
		options->view_id = id;
		return true;
	}
	return err_set(err, "--view: there is no view \"%s\"; did you mean %s?", value,
		       nearest_name(value, names, COUNT(known_views)));
}

static bool take_text_size(struct options *options, const char *value, struct err *err)
{
	static const int sizes[] = {100, 130, 160};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		char name[8];
		snprintf(name, sizeof(name), "%d", sizes[i]);
		if (strcmp(value, name) == 0) {
			options->text_percent = sizes[i];
			return true;
		}
	}
	return err_set(err, "--text-size: \"%s\" is no size; write 100, 130 or 160", value);
}

/* normal → false, `other` → true */
static bool take_switch(const char *option, const char *other, const char *value, bool *out, struct err *err)
{
	bool is_other = strcmp(value, other) == 0;
	if (!is_other && strcmp(value, "normal") != 0) {
		return err_set(err, "--%s: \"%s\" is neither normal nor %s", option, value, other);
	}
	*out = is_other;
	return true;
}

static bool take_contrast(struct options *options, const char *value, struct err *err)
{
	return take_switch("contrast", "high", value, &options->high_contrast, err);
}

static bool take_reach(struct options *options, const char *value, struct err *err)
{
	return take_switch("reach", "low", value, &options->low_reach, err);
}

static bool take_from(struct options *options, const char *value, struct err *err)
{
	int64_t local_s = 0;
	if (strlen(value) != strlen("2026-11-23") || !civil_parse(value, &local_s)) {
		return err_set(err, "--from: \"%s\" is not a date; write it as 2026-11-23", value);
	}
	options->has_from = true;
	options->from_day = (int32_t)(local_s / DAY_S - (local_s % DAY_S < 0));
	return true;
}

static bool take_days(struct options *options, const char *value, struct err *err)
{
	char *end = NULL;
	long days = strtol(value, &end, 10);
	if (end == value || *end || days < 1 || days > AGENDA_DAYS_MAX) {
		return err_set(err, "--days: \"%s\" is not a number of days; write 1 to %d", value,
			       (int)AGENDA_DAYS_MAX);
	}
	options->days = (int)days;
	return true;
}

static bool tell_unknown(const char *typed, struct err *err)
{
	const char *names[COUNT(known_options)];
	for (size_t i = 0; i < COUNT(known_options); i++) {
		names[i] = known_options[i].name;
	}
	if (strncmp(typed, "--", 2) != 0) {
		return err_set(err, "%s: there is no such option; see --help", typed);
	}
	char name[NEAREST_NAME_MAX + 1];
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(typed + 2, "="), typed + 2);
	return err_set(err, "--%s: there is no such option; did you mean --%s?", name,
		       nearest_name(name, names, COUNT(names)));
}

/* Explains what getopt found wrong: it returns '?' for an unknown option and for a value that must not be there. */
static bool tell_option(int found, const char *typed, struct err *err)
{
	char name[NEAREST_NAME_MAX + 1];
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(typed, "="), typed);
	if (found == ':') {
		return err_set(err, "%s: needs a value; see --help", name);
	}
	for (size_t i = 0; i < COUNT(known_options) && strncmp(name, "--", 2) == 0; i++) {
		if (strcmp(known_options[i].name, name + 2) == 0) {
			return err_set(err, "%s: takes no value", name);
		}
	}
	return tell_unknown(typed, err);
}

static bool take_command(struct options *options, const char *name, const char **out_argument, struct err *err)
{
	const char *names[COUNT(known_commands)];
	for (size_t i = 0; i < COUNT(known_commands); i++) {
		names[i] = known_commands[i].name;
		if (strcmp(names[i], name) != 0) {
			continue;
		}
		if (options->run == RUN_CHECK_CONFIG) {
			return err_set(err, "--check-config: does not go together with %s", name);
		}
		options->run = known_commands[i].run;
		*out_argument = known_commands[i].argument;
		return true;
	}
	return err_set(err, "%s: there is no such command; did you mean %s?", name,
		       nearest_name(name, names, COUNT(names)));
}

static bool take_arguments(struct options *options, int count, char **arguments, struct err *err)
{
	if (count == 0) {
		return true;
	}
	const char *wanted = NULL;
	if (!take_command(options, arguments[0], &wanted, err)) {
		return false;
	}
	int expected = wanted ? 2 : 1;
	if (count < expected) {
		return err_set(err, "%s: which %s? See --help", arguments[0], wanted);
	}
	options->argument = wanted ? arguments[1] : NULL;
	if (count > expected) {
		return err_set(err, "%s: one argument too many", arguments[expected]);
	}
	return true;
}

/* Whether an option belongs to the command can be checked only when the command is known, and that may come last. */
static bool check_options(const struct options *options, unsigned used, struct err *err)
{
	int run = 1 << (options->run == RUN_CHECK_CONFIG ? RUN_KIOSK : options->run);
	for (size_t i = 0; i < COUNT(known_options); i++) {
		if ((used & 1U << i) && !(known_options[i].runs & run)) {
			return err_set(err, "--%s: does not belong to this command; see --help", known_options[i].name);
		}
	}
	return true;
}

static void make_long_options(struct option *out)
{
	for (size_t i = 0; i < COUNT(known_options); i++) {
		out[i] = (struct option){known_options[i].name,
					 known_options[i].has_value ? required_argument : no_argument, NULL, (int)i};
	}
	out[COUNT(known_options)] = (struct option){0};
}

static bool take_all(struct options *options, int argc, char **argv, unsigned *out_used, struct err *err)
{
	struct option long_options[COUNT(known_options) + 1];
	int found = 0;
	make_long_options(long_options);
	opterr = 0;
	optind = 0; /* glibc starts again from the beginning */
	for (;;) {
		const char *typed = optind < argc ? argv[optind ? optind : 1] : "";
		found = getopt_long(argc, argv, ":h", long_options, NULL);
		if (found < 0) {
			return true;
		}
		if (found == 'h') {
			options->run = RUN_HELP;
		} else if (found == '?' || found == ':') {
			return tell_option(found, optind > 0 ? argv[optind - 1] : typed, err);
		} else if (strcmp(known_options[found].name, "help") == 0) {
			options->run = RUN_HELP;
		} else if (strcmp(known_options[found].name, "version") == 0) {
			options->run = RUN_VERSION;
		} else if (!known_options[found].take(options, optarg, err)) {
			return false;
		} else {
			*out_used |= 1U << found;
		}
		if (options->run == RUN_HELP || options->run == RUN_VERSION) {
			return true;
		}
	}
}

bool options_parse(int argc, char **argv, struct options *out_options, struct err *err)
{
	struct options options = {.view_id = "", .text_percent = 100, .days = AGENDA_DAYS_DEFAULT};
	unsigned used = 0;
	if (!take_all(&options, argc, argv, &used, err)) {
		return false;
	}
	if (options.run != RUN_HELP && options.run != RUN_VERSION &&
	    (!take_arguments(&options, argc - optind, argv + optind, err) || !check_options(&options, used, err))) {
		return false;
	}
	*out_options = options;
	return true;
}
