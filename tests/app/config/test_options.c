/* Command lines that are understood, and the sentence for each that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/config/options.h"

enum { WORDS_MAX = 20 };

/* Splits at spaces; the program's own name comes first. */
static bool parse(const char *line, struct options *options, struct err *err)
{
	static char text[256]; /* the options point into it */
	char *words[WORDS_MAX + 1] = {"satellitkiosk"};
	int count = 1;
	snprintf(text, sizeof(text), "%s", line);
	for (char *word = strtok(text, " "); word && count < WORDS_MAX; word = strtok(NULL, " ")) {
		words[count++] = word;
	}
	words[count] = NULL;
	return options_parse(count, words, options, err);
}

static const struct {
	const char *line, *says;
} mistakes[] = {
	{"--confg x", "--confg: there is no such option; did you mean --config?"},
	{"--confg=x", "did you mean --config?"},
	{"-x", "-x: there is no such option"},
	{"--config", "--config: needs a value"},
	{"--dump-ui=1", "--dump-ui: takes no value"},
	{"--mode tv", "neither kiosk nor wall"},
	{"--text-size 120", "write 100, 130 or 160"},
	{"--text-size 100%", "write 100, 130 or 160"},
	{"--contrast low", "neither normal nor high"},
	{"--reach high", "neither normal nor low"},
	{"status --reach low", "--reach"},
	{"--lang Svenska", "no language code"},
	{"--lang ../sv", "no language code"},
	{"--window 1280", "not a size"},
	{"--window 1280x", "not a size"},
	{"--window 1280x720x3", "not a size"},
	{"--window -1x720", "not a size"},
	{"--window 10x10", "out of range"},
	{"--window 99999x720", "out of range"},
	{"--window 8192x8192", "67.1 million pixels; a picture has at most 33.2 million"},
	{"--now 10:42", "--now: \"10:42\" is not a time"},
	{"--now 2026-02-30T10:00", "is not a time"},
	{"--now 2026-11-23T24:00", "is not a time"},
	{"--view sheet", "sheet needs an id"},
	{"--view sheet:", "sheet needs an id"},
	{"--view home:1", "takes no id"},
	{"--view hoem", "did you mean home?"},
	{"agenda --from 2026-13-01", "is not a date"},
	{"agenda --from 2026-11-23T10:00", "is not a date"},
	{"agenda --days 0", "not a number of days"},
	{"agenda --days 1e3", "not a number of days"},
	{"agenda --days 367", "1 to 366"},
	{"agenda --csv", "--csv: does not belong"},
	{"--days 3", "--days: does not belong"},
	{"sync --view home", "--view: does not belong"},
	{"checkins --json --csv", "--brief: choose one"},
	{"agneda", "agneda: there is no such command; did you mean agenda?"},
	{"checkin", "which place?"},
	{"checkout", "which place?"},
	{"backup", "which file?"},
	{"checkin 5 6", "6: one argument too many"},
	{"sync desks", "desks: one argument too many"},
	{"sync --check-config", "does not go together"},
};

static void test_each_mistake_is_reported(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct options options;
		struct err err = {""};
		bool ok = parse(mistakes[i].line, &options, &err);
		if (ok || !strstr(err.text, mistakes[i].says)) {
			fail_msg("%s was reported as: %s", mistakes[i].line, ok ? "nothing" : err.text);
		}
	}
}

static struct options parse_ok(const char *line)
{
	struct options options;
	struct err err = {""};
	if (!parse(line, &options, &err)) {
		fail_msg("%s: %s", line, err.text);
	}
	return options;
}

static void test_defaults(void **state)
{
	(void)state;
	struct options options = parse_ok("");
	assert_int_equal(options.run, RUN_KIOSK);
	assert_int_equal(options.view, VIEW_HOME);
	assert_string_equal(options.view_id, "");
	assert_int_equal(options.days, 7);
	assert_null(options.config);
	assert_false(options.has_now || options.has_mode || options.has_view || options.dump_ui);
}

static void test_the_kiosks_options(void **state)
{
	(void)state;
	struct options options =
		parse_ok("--config a.conf --state=/s --mode wall --lang en --window 1280x720 --now 2026-11-23T10:42 "
			 "--view sheet:a:b");
	assert_string_equal(options.config, "a.conf");
	assert_string_equal(options.state, "/s");
	assert_true(options.has_mode && options.mode == MODE_WALL);
	assert_string_equal(options.language, "en");
	assert_int_equal(options.window_width_px, 1280);
	assert_int_equal(options.window_height_px, 720);
	assert_int_equal(options.now_local_s, 1795430520);
	assert_int_equal(options.view, VIEW_SHEET);
	assert_string_equal(options.view_id, "a:b");
	options = parse_ok("--text-size 160 --contrast high --reach=low");
	assert_int_equal(options.text_percent, 160);
	assert_true(options.high_contrast && options.low_reach);
	options = parse_ok("--contrast normal --reach normal");
	assert_int_equal(options.text_percent, 100);
	assert_false(options.high_contrast || options.low_reach);
	options = parse_ok("--screenshot a.png --dump-ui");
	assert_string_equal(options.screenshot, "a.png");
	assert_true(options.dump_ui);
	assert_int_equal(parse_ok("--check-config").run, RUN_CHECK_CONFIG);
}

static void test_commands(void **state)
{
	(void)state;
	struct options options = parse_ok("agenda --from 2026-11-23 --days 3 --json");
	assert_int_equal(options.run, RUN_AGENDA);
	assert_int_equal(options.from_day, 20780);
	assert_int_equal(options.days, 3);
	assert_int_equal(options.output, OUTPUT_JSON);
	options = parse_ok("--now 2026-11-23T10:42 checkin 5 --state x"); /* options before and after */
	assert_int_equal(options.run, RUN_CHECK_IN);
	assert_string_equal(options.argument, "5");
	assert_string_equal(options.state, "x");
	assert_string_equal(parse_ok("checkout -- -5").argument, "-5");
	assert_int_equal(parse_ok("checkins --csv").output, OUTPUT_CSV);
	assert_int_equal(parse_ok("status").run, RUN_STATUS);
	assert_int_equal(parse_ok("sync").run, RUN_SYNC);
}

static void test_help_comes_first(void **state)
{
	(void)state;
	assert_int_equal(parse_ok("--help").run, RUN_HELP);
	assert_int_equal(parse_ok("-h").run, RUN_HELP);
	assert_int_equal(parse_ok("--version").run, RUN_VERSION);
	assert_int_equal(parse_ok("--window 640x480 --help --nonsense").run, RUN_HELP);
	assert_int_equal(parse_ok("checkin --help").run, RUN_HELP);
}

/* Every option that can be given is in the text of --help. */
static void test_help_names_everything(void **state)
{
	(void)state;
	static const char *const names[] = {"--config",       "--state",     "--mode",   "--lang",
					    "--window",       "--now",       "--view",   "--screenshot",
					    "--dump-ui",      "--version",   "--help",   "sync",
					    "agenda",         "status",      "checkins", "checkin PLACE|UID",
					    "--check-config", "--from DATE", "--days N", "--json",
					    "checkout PLACE", "--csv",       "doctor",   "metrics",
					    "--text-size",    "--contrast",  "--reach"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!strstr(options_help(), names[i])) {
			fail_msg("--help does not mention %s", names[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_mistake_is_reported), cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_the_kiosks_options),       cmocka_unit_test(test_commands),
		cmocka_unit_test(test_help_comes_first),         cmocka_unit_test(test_help_names_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
