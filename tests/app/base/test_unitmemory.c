/* The limit of the unit: the least of its control group and those above, whatever the files hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/base/unitmemory.h"

#define SLICE "system.slice"
#define UNIT SLICE "/satellitkiosk.service"

static void put(const char *root, const char *name, const char *text)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", root, name);
	unlink(path);
	FILE *file = text ? fopen(path, "w") : NULL;
	if (file) {
		fputs(text, file);
		fclose(file);
	}
}

static const struct {
	const char *list, *unit_max, *unit_high, *slice_max; /* NULL: there is no such file */
	int64_t limit;
} cases[] = {
	{"0::/" UNIT "\n", "1073741824\n", "max\n", NULL, 1073741824},
	{"0::/" UNIT "\n", "1073741824\n", "536870912\n", NULL, 536870912},
	{"0::/" UNIT "\n", "max\n", "max\n", "268435456\n", 268435456},
	{"0::/" UNIT "\n", "max\n", "max\n", "max\n", INT64_MAX},
	{"0::/" UNIT "\n", NULL, NULL, NULL, INT64_MAX},
	{"0::/" UNIT "\n", "", "nonsense\n", "-1\n", INT64_MAX},
	{"0::/" UNIT "\n", "99999999999999999999\n", NULL, NULL, INT64_MAX},
	{"4:memory:/x\n0::/" SLICE "\n", "1\n", NULL, "4096\n", 4096}, /* not below */
	{"4:memory:/" UNIT "\n", "1\n", NULL, NULL, INT64_MAX},
	{"0::/../" UNIT "\n", "1\n", NULL, NULL, INT64_MAX},
	{"0::" UNIT "\n", "1\n", NULL, NULL, INT64_MAX},
	{"", "1\n", NULL, NULL, INT64_MAX},
	{NULL, "1\n", NULL, NULL, INT64_MAX},
};

static void test_limits(void **state)
{
	(void)state;
	char root[] = "/tmp/unitmemory-XXXXXX", path[512], list[512], command[600];
	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/" SLICE, root);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/" UNIT, root);
	mkdir(path, 0700);
	snprintf(list, sizeof(list), "%s/list", root);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put(root, "list", cases[i].list);
		put(root, UNIT "/memory.max", cases[i].unit_max);
		put(root, UNIT "/memory.high", cases[i].unit_high);
		put(root, SLICE "/memory.max", cases[i].slice_max);
		if (unitmemory_limit(list, root) != cases[i].limit) {
			fail_msg("case %zu: %lld", i, (long long)unitmemory_limit(list, root));
		}
	}
	snprintf(command, sizeof(command), "rm -rf %s", root);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
