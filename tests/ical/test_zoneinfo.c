/* The system's folder of time zones, and made-up ones: which names find a zone there, and which laws come with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ical/civil.h"
#include "ical/icslimits.h"
#include "ical/zone.h"
#include "ical/zoneinfo.h"
#include "tzfiles.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int64_t at(const char *text)
{
	int64_t local_s = 0;

	assert_true(civil_parse(text, &local_s));
	return local_s;
}

static void law_of_2025(void **state)
{
	/* Each was wrong or unknown to a library of 2022. */
	static const struct {
		const char *name, *utc;
		int32_t offset_s;
	} rows[] = {
		{"Asia/Almaty", "2026-07-01", 5 * 3600},
		{"America/Asuncion", "2026-07-01", -3 * 3600},
		{"America/Ciudad_Juarez", "2026-01-01", -7 * 3600},
		{"America/Ciudad_Juarez", "2026-07-01", -6 * 3600},
		{"America/Coyhaique", "2026-07-01", -3 * 3600},
		/* The zone that Windows means has kept its offset; the place that once stood for it has not. */
		{"Central Asia Standard Time", "2026-07-01", 6 * 3600},
		{"Mountain Standard Time (Mexico)", "2026-07-01", -7 * 3600},
		{"Qyzylorda Standard Time", "2026-07-01", 5 * 3600},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct zone *zone = zone_create(rows[i].name, NULL);

		if (!zone || zone_offset_s(zone, at(rows[i].utc)) != rows[i].offset_s) {
			fail_msg("%s: %d", rows[i].name, zone ? (int)zone_offset_s(zone, at(rows[i].utc)) : -1);
		}
		zone_destroy(zone);
	}
}

/* A folder as a later tzdata could bring it. */
static void fill(const char *folder)
{
	static const char list[] = "# version 2031c\n# This zic input file is in the public domain.\n"
				   "L Europe/Stockholm Europe/Umea\nL Europe/Umea Europe/Twice\n"
				   "L ../../etc/passwd Europe/Out\nL Europe/Stockholm\nL\nL Etc/No Etc/Where";
	char target[2 * TZFILES_PATH_MAX];

	tzfiles_put_rule(folder, "Europe/Stockholm", "CET-1");
	tzfiles_put_rule(folder, "Asia/Deep", "AAA-9");
	tzfiles_put(folder, "tzdata.zi", list, sizeof(list) - 1);
	tzfiles_put(folder, "Europe/Broken", "TZif2", 5);
	tzfiles_put_rule(folder, "lower", "AAA-9");
	tzfiles_put_rule(folder, "Dot.ted", "AAA-9");
	snprintf(target, sizeof(target), "%s/Etc", folder);
	assert_int_equal(mkdir(target, 0755), 0);
	snprintf(target, sizeof(target), "%s/Europe/Pipe", folder);
	assert_int_equal(mkfifo(target, 0600), 0);
	snprintf(target, sizeof(target), "%s/Europe/Link", folder);
	assert_int_equal(symlink("Stockholm", target), 0);
	snprintf(target, sizeof(target), "%s/Europe/Nowhere", folder);
	assert_int_equal(symlink("Atlantis", target), 0);
	snprintf(target, sizeof(target), "%s/Europe/Circle", folder);
	assert_int_equal(symlink("Circle", target), 0);
}

static const struct {
	const char *name;
	int32_t offset_s; /* -1: unknown; -2: broken */
} made_zones[] = {
	{"Europe/Stockholm", 3600},
	{"W. Europe Standard Time", 3600},
	{"Europe/Umea", 3600}, /* a link that is no file */
	{"Europe/Link", 3600},
	{"Asia/Deep", 9 * 3600},
	{"UTC", 0},
	{"Europe/Twice", -1},
	{"Europe/Out", -1},
	{"Europe/Broken", -2},
	{"Europe/Pipe", -1},
	{"Europe/Nowhere", -1},
	{"Europe/Circle", -1},
	{"Europe", -1},
	{"Etc", -1},
	{"Etc/Where", -1},
	{"Europe/London", -1}, /* this folder alone decides */
	{"GMT Standard Time", -1},
	{"lower", -1},
	{"Dot.ted", -1},
	{"tzdata.zi", -1},
	{"Europe/../Asia/Deep", -1},
	{"../zoneinfo/Europe/Stockholm", -1},
	{"/usr/share/zoneinfo/Europe/Stockholm", -1},
	{"Europe//Stockholm", -1},
	{"Europe/Stockholm/", -1},
	{"Europe/./Stockholm", -1},
	{"", -1},
};

static void check_made_zones(const struct zoneinfo *zoneinfo)
{
	for (size_t i = 0; i < COUNT(made_zones); i++) {
		const char *name = made_zones[i].name;
		struct err err = {""};
		struct zone *zone = zone_create_from(zoneinfo, name, &err);

		if (made_zones[i].offset_s >= 0) {
			if (!zone || zone_offset_s(zone, at("2031-07-01")) != made_zones[i].offset_s) {
				fail_msg("%s: %s", name, zone ? "another offset" : err.text);
			}
		} else if (zone || !strstr(err.text, made_zones[i].offset_s == -1 ? "unknown time zone"
										  : "install the package tzdata")) {
			fail_msg("%s: %s", name, zone ? "known" : err.text);
		}
		zone_destroy(zone);
	}
}

static void a_change_of_law(void **state)
{
	char folder[TZFILES_PATH_MAX];
	struct zoneinfo *zoneinfo;

	(void)state;
	tzfiles_create(folder);
	fill(folder);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_non_null(zoneinfo);
	assert_string_equal(zoneinfo_version(zoneinfo), "2031c");
	assert_true(zoneinfo_folder_fd(zoneinfo) >= 0);
	check_made_zones(zoneinfo);
	assert_true(zoneinfo_load(zoneinfo, NULL));
	assert_int_equal(zoneinfo_folder_fd(zoneinfo), -1);
	tzfiles_remove(folder);
	/* Without the folder, all the same. */
	check_made_zones(zoneinfo);
	zoneinfo_destroy(zoneinfo);
	zoneinfo_destroy(NULL);
}

static void names_that_only_old_programs_use(void **state)
{
	char folder[TZFILES_PATH_MAX];
	struct zoneinfo *zoneinfo;
	struct zone *zone;
	struct err err;

	(void)state;
	tzfiles_create(folder);
	tzfiles_put_rule(folder, "Asia/Kolkata", "IST-5:30");
	tzfiles_put(folder, "tzdata.zi", "L Asia/Kolkata Asia/Calcutta\n", 29);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_non_null(zoneinfo);
	assert_string_equal(zoneinfo_version(zoneinfo), "");
	/* CLDR still says Calcutta, which Debian 13 has no file for. */
	zone = zone_create_from(zoneinfo, "India Standard Time", &err);
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, 0), 19800);
	zone_destroy(zone);
	assert_null(zone_create_from(zoneinfo, "IST", &err));
	zone = zone_create_alias(zoneinfo, "IST", &err);
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, 0), 19800);
	zone_destroy(zone);
	assert_null(zone_create_alias(zoneinfo, "PST", &err)); /* Los Angeles is not in this folder */
	assert_null(zone_create_alias(zoneinfo, "Nonsense", &err));
	zoneinfo_destroy(zoneinfo);
	tzfiles_remove(folder);
}

static void without_tzdata(void **state)
{
	char folder[TZFILES_PATH_MAX];
	struct zoneinfo *zoneinfo;
	struct err err;

	(void)state;
	tzfiles_create(folder);
	zoneinfo = zoneinfo_create(folder, &err);
	assert_non_null(zoneinfo);
	assert_null(zone_create_from(zoneinfo, "Europe/Stockholm", &err));
	assert_non_null(strstr(err.text, "is the package tzdata installed?"));
	zoneinfo_destroy(zoneinfo);
	tzfiles_remove(folder);
	assert_null(zoneinfo_create(folder, &err));
	assert_non_null(strstr(err.text, folder));
	assert_non_null(strstr(err.text, "install the package tzdata"));
}

static void too_many_zones(void **state)
{
	char folder[TZFILES_PATH_MAX], name[64];
	struct zoneinfo *zoneinfo;
	struct err err = {""};
	char *big = calloc(1, TZIF_FILE_MAX + 1);

	(void)state;
	tzfiles_create(folder);
	/* As many bytes as may be, and a file that is too long for a zone. */
	for (int i = 0; i < ZONEINFO_BYTES_MAX / TZIF_FILE_MAX; i++) {
		snprintf(name, sizeof(name), "Big/Z%d", i);
		tzfiles_put(folder, name, big, TZIF_FILE_MAX);
	}
	tzfiles_put(folder, "Big/Longer", big, TZIF_FILE_MAX + 1);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_true(zoneinfo_load(zoneinfo, &err));
	zoneinfo_destroy(zoneinfo);
	tzfiles_put(folder, "Big/More", big, 1);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_false(zoneinfo_load(zoneinfo, &err));
	assert_non_null(strstr(err.text, "more than 8 MiB"));
	zoneinfo_destroy(zoneinfo);
	tzfiles_remove(folder);

	tzfiles_create(folder);
	for (int i = 0; i <= ZONEINFO_ZONES_MAX; i++) {
		snprintf(name, sizeof(name), "Many/Z%d", i);
		tzfiles_put(folder, name, big, 1);
	}
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_false(zoneinfo_load(zoneinfo, &err));
	assert_non_null(strstr(err.text, "more than 4000 time zones"));
	zoneinfo_destroy(zoneinfo);
	tzfiles_remove(folder);
	free(big);
}

static void other_limits_of_the_folder(void **state)
{
	char folder[TZFILES_PATH_MAX], path[4 * TZFILES_PATH_MAX], name[ZONEINFO_NAME_MAX + 1];
	char *list = malloc(ZONEINFO_LIST_MAX + 1);
	size_t length = 0;
	struct zoneinfo *zoneinfo;

	(void)state;
	tzfiles_create(folder);
	tzfiles_put_rule(folder, "Europe/Stockholm", "CET-1");
	/* The longest name, and one that is longer. */
	memset(name, 'A', sizeof(name));
	name[ZONEINFO_NAME_MAX] = '\0';
	tzfiles_put_rule(folder, name, "AAA-1");
	name[ZONEINFO_NAME_MAX - 1] = '\0';
	tzfiles_put_rule(folder, name, "AAA-1");
	/* As deep as zones are, and deeper. */
	snprintf(path, sizeof(path), "%s/A", folder);
	for (int depth = 1; depth <= ZONEINFO_DEPTH_MAX; depth++) {
		assert_int_equal(mkdir(path, 0755), 0);
		strcat(path, "/A");
	}
	path[strlen(path) - 2] = '\0';
	tzfiles_put_rule(path, "Zone", "AAA-1");
	path[strlen(path) - 2] = '\0';
	tzfiles_put_rule(path, "Zone", "AAA-1");
	for (int i = 0; i <= ZONEINFO_LINKS_MAX; i++) {
		length += (size_t)sprintf(list + length, "L Europe/Stockholm Link/L%d\n", i);
	}
	tzfiles_put(folder, "tzdata.zi", list, length);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_true(zoneinfo_load(zoneinfo, NULL));
	static const struct {
		const char *name;
		bool is_known;
	} rows[] = {{"A/A/Zone", true}, {"A/A/A/Zone", false}, {"Link/L1999", true}, {"Link/L2000", false}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct zone *zone = zone_create_from(zoneinfo, rows[i].name, NULL);

		if ((zone != NULL) != rows[i].is_known) {
			fail_msg("%s", rows[i].name);
		}
		zone_destroy(zone);
	}
	struct zone *zone = zone_create_from(zoneinfo, name, NULL);
	assert_non_null(zone);
	zone_destroy(zone);
	name[ZONEINFO_NAME_MAX - 1] = 'A';
	assert_null(zone_create_from(zoneinfo, name, NULL));
	zoneinfo_destroy(zoneinfo);

	/* A list that is too long is as good as none. */
	memset(list, '\n', ZONEINFO_LIST_MAX + 1);
	memcpy(list, "# version 9\n", 12);
	tzfiles_put(folder, "tzdata.zi", list, ZONEINFO_LIST_MAX);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_string_equal(zoneinfo_version(zoneinfo), "9");
	zoneinfo_destroy(zoneinfo);
	tzfiles_put(folder, "tzdata.zi", list, ZONEINFO_LIST_MAX + 1);
	zoneinfo = zoneinfo_create(folder, NULL);
	assert_string_equal(zoneinfo_version(zoneinfo), "");
	zoneinfo_destroy(zoneinfo);
	free(list);
	tzfiles_remove(folder);
}

/* The environment is no way to other zones. */
static void tzdir_is_ignored(void **state)
{
	char folder[TZFILES_PATH_MAX];
	struct zone *zone;

	(void)state;
	tzfiles_create(folder);
	tzfiles_put_rule(folder, "Europe/Stockholm", "AAA-9");
	setenv("TZDIR", folder, 1);
	zone = zone_create("Europe/Stockholm", NULL);
	unsetenv("TZDIR");
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, at("2026-01-01")), 3600);
	zone_destroy(zone);
	tzfiles_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(law_of_2025),
		cmocka_unit_test(a_change_of_law),
		cmocka_unit_test(names_that_only_old_programs_use),
		cmocka_unit_test(without_tzdata),
		cmocka_unit_test(too_many_zones),
		cmocka_unit_test(other_limits_of_the_folder),
		cmocka_unit_test(tzdir_is_ignored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
