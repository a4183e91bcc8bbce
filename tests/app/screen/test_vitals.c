/* What a kiosk writes, another reads as long as it lives; without a folder nothing is kept and nothing breaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/screen/vitals.h"

static void test_read_while_it_lives(void **state)
{
	(void)state;
	char folder[] = "/tmp/test_vitals_XXXXXX", file[64];
	int64_t values[VITAL_COUNT] = {0};
	assert_non_null(mkdtemp(folder));
	assert_false(vitals_read(folder, values));
	struct vitals *vitals = vitals_create(folder, 1795427000);
	assert_non_null(vitals);
	vitals_frame(vitals, 4000);
	vitals_frame(vitals, 5000);
	vitals_frame(vitals, 2000000);
	vitals_set(vitals, VITAL_IS_SHOWN, 1);
	vitals_measure(vitals);
	assert_true(vitals_read(folder, values));
	assert_int_equal(values[VITAL_STARTED_UTC], 1795427000);
	assert_int_equal(values[VITAL_IS_SHOWN], 1);
	assert_int_equal(values[VITAL_FRAMES], 3);
	assert_int_equal(values[VITAL_FRAMES_US], 2009000);
	assert_int_equal(values[VITAL_FRAMES_WITHIN], 1);
	assert_int_equal(values[VITAL_FRAMES_WITHIN + VITAL_BUCKETS - 1], 2);
	assert_true(values[VITAL_MEMORY_BYTES] > 100000);

	/* One that starts anew begins anew, while the old one still writes where nobody looks. */
	struct vitals *second = vitals_create(folder, 1795428000);
	assert_non_null(second);
	vitals_frame(vitals, 1);
	assert_true(vitals_read(folder, values));
	assert_int_equal(values[VITAL_FRAMES], 0);
	vitals_destroy(vitals);
	vitals_destroy(second);
	assert_false(vitals_read(folder, values)); /* the file is there, its writer is not */
	snprintf(file, sizeof(file), "%s/vitals", folder);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void test_a_killed_kiosk_is_not_alive(void **state)
{
	(void)state;
	char folder[] = "/tmp/test_vitals_XXXXXX", file[64];
	int64_t values[VITAL_COUNT] = {0};
	assert_non_null(mkdtemp(folder));
	pid_t child = fork();
	if (child == 0) {
		_exit(vitals_create(folder, 1) ? 0 : 1); /* without any tidying, as when it is killed */
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	snprintf(file, sizeof(file), "%s/vitals", folder);
	assert_int_equal(access(file, F_OK), 0);
	assert_false(vitals_read(folder, values));
	unlink(file);
	rmdir(folder);
}

static void test_nobody_asks(void **state)
{
	(void)state;
	assert_null(vitals_create(NULL, 0));
	assert_null(vitals_create("", 0));
	assert_null(vitals_create("/nonexistent/folder", 0));
	vitals_frame(NULL, 1);
	vitals_set(NULL, VITAL_IS_SHOWN, 1);
	vitals_measure(NULL);
	vitals_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_read_while_it_lives),
					   cmocka_unit_test(test_a_killed_kiosk_is_not_alive),
					   cmocka_unit_test(test_nobody_asks)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
