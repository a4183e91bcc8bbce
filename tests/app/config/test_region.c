/* The rotation: the table that is shipped, and every mistake that an office could make in its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/config/region.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct {
	int year;
	const char *host, *vice;
	bool is_planned;
} shipped[] = {
	{2023, "Vindeln", "Umeå", false},
	{2024, "Vännäs", "Örnsköldsvik", false},
	{2025, "Örnsköldsvik", "Bjurholm", false},
	{2026, "Bjurholm", "Nordmaling", false},
	{2027, "Nordmaling", "Robertsfors", false},
	{2028, "Robertsfors", "Umeå", true},
	{2029, "Umeå", "Vindeln", true},
	{2030, "Vindeln", "Vännäs", true},
};

static void test_shipped_table(void **state)
{
	(void)state;
	struct err err = {""};
	struct region *region = region_read(KIOSK_SOURCE_DIR "/assets/region.conf", &err);
	assert_non_null(region);
	assert_string_equal(region->name, "Umeåregionen");
	assert_true(region->source[0] && region->dated[0]);
	assert_int_equal(region->municipality_count, 7);
	assert_int_equal(region->year_count, COUNT(shipped));
	for (size_t i = 0; i < COUNT(shipped); i++) {
		const struct region_year *year = region_host(region, shipped[i].year);
		assert_non_null(year);
		assert_string_equal(year->host, shipped[i].host);
		assert_string_equal(year->kc_vice_chair, shipped[i].vice);
		assert_int_equal(year->is_planned, shipped[i].is_planned);
	}
	assert_null(region_host(region, 2022));
	assert_null(region_host(region, 2031));
	region_destroy(region);
}

static struct region *read_text(const char *text, struct err *err)
{
	char path[] = "/tmp/region-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	struct region *region = region_read(path, err);
	unlink(path);
	return region;
}

#define TEXT_81 "a name of eighty-one bytes, which is one more than anybody in the region ever had"
#define HEAD "region \"X\" { source = \"s\" dated = \"d\" }\nmunicipality A { }\nmunicipality B { }\n"

static const struct {
	const char *text, *message;
} mistakes[] = {
	{"", "one region section"},
	{"region \"X\" { source = \"s\" dated = \"d\" }\n", "municipalities"},
	{"region \"X\" { dated = \"d\" }\nmunicipality A { }\n", ":1: region: source is missing"},
	{"region \"X\" { source = \"s\" }\nmunicipality A { }\n", ":1: region: dated is missing"},
	{HEAD "year 2026 { host = C }\n", ":4: host: \"C\""},
	{HEAD "year 2026 { host = A\n kc-vice-chair = C }\n", ":5: kc-vice-chair: \"C\""},
	{HEAD "year 2026 { kc-vice-chair = A }\n", ":4: year: host is missing"},
	{HEAD "year 26 { host = A }\n", ":4: year \"26\""},
	{HEAD "year next { host = A }\n", ":4: year \"next\""},
	{HEAD "year 2026 { host = A planned = maybe }\n", ":4: planned"},
	{HEAD "year 2026 { host = A }\nyear 2026 { host = B }\n", "2026"},
	{HEAD "year 2026 { host = A }\nyear 02026 { host = B }\n", "year 2026 stands there twice"},
	{HEAD "year 2026 { hst = A }\n", "did you mean host"},
	{HEAD "year 2026 {\nhost = A\nchair = \"" TEXT_81 "\" }\n", ":6: chair: longer than 80 bytes"},
	{HEAD "year 2026 { host = A\n", ":"},
	{"\xff\xfe", "UTF-8"},
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct err err = {""};
		struct region *region = read_text(mistakes[i].text, &err);
		print_message("%zu: %s\n", i, err.text);
		assert_null(region);
		assert_non_null(strstr(err.text, mistakes[i].message));
	}
	struct err err = {""};
	assert_null(region_read("/nowhere/region.conf", &err));
	assert_non_null(strstr(err.text, "/nowhere/region.conf"));
	assert_null(region_read("/", &err));
}

static void test_people(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum region_role role;
		size_t length;
	} cases[] = {
		{"{chair}", REGION_CHAIR, 7},        {"{vice-chair} x", REGION_VICE_CHAIR, 12},
		{"{kc-chair}", REGION_KC_CHAIR, 10}, {"{kc-vice-chair-name}", REGION_KC_VICE_CHAIR, 20},
		{"{chairs}", REGION_NO_ROLE, 0},     {"chair}", REGION_NO_ROLE, 0},
		{"{chair", REGION_NO_ROLE, 0},       {"", REGION_NO_ROLE, 0},
	};
	struct err err = {""};
	struct region *region = read_text("region \"X\" { source = s source-en = t dated = d }\nmunicipality A { }\n"
					  "year 2026 { host = A chair = \"Åsa L.\" kc-vice-chair-name = B }\n",
					  &err);
	assert_non_null(region);
	assert_string_equal(region->source_english, "t");
	assert_string_equal(region->years[0].people[REGION_CHAIR], "Åsa L.");
	assert_string_equal(region->years[0].people[REGION_VICE_CHAIR], "");
	assert_string_equal(region->years[0].people[REGION_KC_VICE_CHAIR], "B");
	region_destroy(region);
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t length = 0;
		assert_int_equal(region_role_of(cases[i].text, &length), cases[i].role);
		assert_int_equal(length, cases[i].length);
	}
}

static void test_smallest_table(void **state)
{
	(void)state;
	struct err err = {""};
	struct region *region = read_text(HEAD "year 2027 { host = B planned = true }\nyear 2026 { host = A }\n", &err);
	assert_non_null(region);
	assert_int_equal(region->years[0].year, 2026); /* in order, whatever the file's is */
	assert_string_equal(region_host(region, 2027)->kc_vice_chair, "");
	region_destroy(region);
	region = read_text(HEAD, &err);
	assert_non_null(region);
	assert_null(region_host(region, 2026));
	region_destroy(region);
	region_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_table),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_smallest_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
