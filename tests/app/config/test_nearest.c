/* Mistyped names and what was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/config/nearest.h"

static const char *const keys[] = {"refresh", "path", "url", "person", "person-in", "agenda-by"};

static const struct {
	const char *typed, *meant;
} cases[] = {
	{"refesh", "refresh"},     {"referhs", "refresh"},     {"paht", "path"},    {"uri", "url"},
	{"personin", "person-in"}, {"person_in", "person-in"}, {"persn", "person"}, {"", "url"},
	{"agenda", "agenda-by"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_string_equal(nearest_name(cases[i].typed, keys, sizeof(keys) / sizeof(*keys)), cases[i].meant);
	}
}

static void test_nothing_near(void **state)
{
	(void)state;
	assert_null(nearest_name("url", keys, 0));
	assert_null(nearest_name("0123456789012345678901234567890123456789012345678901234567890123", keys, 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_nothing_near)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
