/* Files that are either as they were or whole. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/base/regular.h"
#include "app/base/whole.h"

static char dir[] = "/tmp/satellitkiosk-whole-XXXXXX";
static char path[64], fresh[72];

static int make_dir(void **state)
{
	(void)state;
	bool is_made = mkdtemp(dir) != NULL;
	snprintf(path, sizeof(path), "%s/file", dir);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	return is_made ? 0 : -1;
}

static int remove_dir(void **state)
{
	(void)state;
	unlink(path);
	unlink(fresh);
	return rmdir(dir);
}

static void assert_holds(const char *text)
{
	char found[256];
	assert_true(regular_slurp(path, found, sizeof(found)));
	assert_string_equal(found, text);
	assert_int_equal(access(fresh, F_OK), -1);
}

static void test_replaces(void **state)
{
	struct err err;
	struct stat about;
	(void)state;
	umask(0);
	assert_true(whole_write(path, "one", WHOLE_DURABLE, &err));
	assert_holds("one");
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_true(whole_write(path, "two", WHOLE_QUICK, &err));
	assert_holds("two");
}

static void test_a_caller_changes_its_mind(void **state)
{
	struct whole whole;
	struct err err = {"the caller's reason"};
	(void)state;
	assert_true(whole_write(path, "one", WHOLE_QUICK, NULL));
	assert_true(whole_begin(&whole, path, &err));
	fputs("half", whole.out);
	assert_false(whole_end(&whole, false, WHOLE_QUICK, &err));
	assert_string_equal(err.text, "the caller's reason");
	assert_holds("one");
}

/* As on a full disk. */
static void test_no_room(void **state)
{
	struct rlimit before, little = {2, 2};
	struct err err = {""};
	(void)state;
	assert_true(whole_write(path, "one", WHOLE_QUICK, NULL));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	bool is_written = whole_write(path, "three", WHOLE_QUICK, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(is_written);
	assert_non_null(strstr(err.text, "/file: cannot be written: File too large"));
	assert_holds("one");
}

static void test_no_folder(void **state)
{
	struct err err = {""};
	(void)state;
	assert_false(whole_write("/no/such/folder/file", "one", WHOLE_QUICK, &err));
	assert_string_equal(err.text, "/no/such/folder/file: cannot be written: No such file or directory");
}

/* Somebody else's link under the other name leads nowhere. */
static void test_a_trap(void **state)
{
	char target[72];
	(void)state;
	snprintf(target, sizeof(target), "%s/target", dir);
	assert_int_equal(symlink(target, fresh), 0);
	assert_true(whole_write(path, "one", WHOLE_QUICK, NULL));
	assert_holds("one");
	assert_int_equal(access(target, F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replaces), cmocka_unit_test(test_a_caller_changes_its_mind),
		cmocka_unit_test(test_no_room),  cmocka_unit_test(test_no_folder),
		cmocka_unit_test(test_a_trap),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
