/* Where the folder of the databases is looked for, and that it is made for its owner alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config/paths.h"

static char folder[] = "/tmp/test_paths.XXXXXX";

static void assert_state(const char *given, const char *expected)
{
	struct err err = {""};
	char whole[128];
	struct stat found;
	snprintf(whole, sizeof(whole), "%s/%s", folder, expected);
	char *path = paths_state(given, &err);
	if (!path) {
		fail_msg("%s", err.text);
	}
	assert_string_equal(path, whole);
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0700);
	free(path);
	rmdir(whole);
}

static void set(const char *name, const char *inside)
{
	char whole[128];
	snprintf(whole, sizeof(whole), "%s/%s", folder, inside);
	setenv(name, whole, 1);
}

/* On a machine where the kiosk is installed root's commands are about that one. */
static bool has_service_state(void)
{
	return geteuid() == 0 && access("/var/lib/satellitkiosk", F_OK) == 0;
}

static void test_the_order(void **state)
{
	(void)state;
	char given[128];
	snprintf(given, sizeof(given), "%s/given/deep", folder);
	set("STATE_DIRECTORY", "systemd");
	set("XDG_STATE_HOME", "xdg");
	set("HOME", "home");
	assert_state(given, "given/deep");
	assert_state(NULL, "systemd");
	unsetenv("STATE_DIRECTORY");
	assert_state(NULL, "xdg/satellitkiosk");
	if (has_service_state()) {
		return;
	}
	setenv("XDG_STATE_HOME", "relative", 1);
	assert_state(NULL, "home/.local/state/satellitkiosk");
	unsetenv("XDG_STATE_HOME");
	assert_state(NULL, "home/.local/state/satellitkiosk");
}

/* systemd lists every folder of the unit; ours is the first. */
static void test_several_of_systemds(void **state)
{
	(void)state;
	char list[256];
	snprintf(list, sizeof(list), "%s/one:%s/two", folder, folder);
	setenv("STATE_DIRECTORY", list, 1);
	assert_state(NULL, "one");
	unsetenv("STATE_DIRECTORY");
}

static void test_what_is_in_the_way(void **state)
{
	(void)state;
	struct err err = {""};
	assert_null(paths_state("/dev/null", &err));
	assert_non_null(strstr(err.text, "/dev/null: is not a folder"));
	assert_null(paths_state("/dev/null/deeper", &err));
	assert_non_null(strstr(err.text, "--state"));
	if (has_service_state()) {
		return;
	}
	unsetenv("STATE_DIRECTORY");
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	assert_null(paths_state(NULL, &err));
	assert_non_null(strstr(err.text, "name one with --state"));
}

static void test_beside_the_program(void **state)
{
	(void)state;
	char *program = paths_program("icsread"), *share = paths_share("icons"), *config = paths_config("a.conf");
	assert_string_equal(program, KIOSK_BINARY_DIR "/tests/icsread");
	assert_string_equal(share, KIOSK_BINARY_DIR "/share/satellitkiosk/icons");
	assert_string_equal(config, "a.conf");
	free(program);
	free(share);
	free(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_order),
		cmocka_unit_test(test_several_of_systemds),
		cmocka_unit_test(test_what_is_in_the_way),
		cmocka_unit_test(test_beside_the_program),
	};
	char command[64];
	if (!mkdtemp(folder)) {
		return 1;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return failed + (system(command) != 0);
}
