/* Floor plans, good and hostile: what is found in a drawing, and what is refused in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/config/config.h"
#include "app/config/floorplan.h"

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1180 630\">"

static char folder[] = "/tmp/test_floorplan.XXXXXX";
static char file[64], config_file[64];

static void write_to(const char *path, const char *text, size_t length)
{
	FILE *stream = fopen(path, "w");
	assert_non_null(stream);
	assert_int_equal(fwrite(text, 1, length, stream), length);
	assert_int_equal(fclose(stream), 0);
}

static struct floorplan *read_text(const char *text, struct floorplan_spot *spots, size_t count, struct err *err)
{
	write_to(file, text, strlen(text));
	return floorplan_read(file, spots, count, err);
}

static const struct {
	const char *text, *says;
} refused[] = {
	{"", "not an SVG drawing"},
	{"%PDF-1.7 and so on", "not an SVG drawing"},
	{"<html><body>Sign in</body></html>", "not an SVG drawing"},
	{"<svg/><svg/>", "has no size"},
	{"<svg viewBox=\"0 0 10 10\"/><svg viewBox=\"0 0 10 10\"/>", "not an SVG drawing"},
	{"<svg width=\"100%\" height=\"100%\"></svg>", "give it a viewBox"},
	{"<svg width=\"1000000000\" height=\"1000000000\"></svg>", "at most 1000000 units"},
	{"<svg viewBox=\"0 0 1e9 1e9\"></svg>", "at most 1000000 units"},
	{"<svg viewBox=\"0 0 1e999 1\"></svg>", "has no size"},
	{"<svg viewBox=\"0 0 nan nan\"></svg>", "has no size"},
	{"<svg viewBox=\"1e300 0 10 10\"></svg>", "at most 1000000 units"},
	{"<svg viewBox=\"0 0 0 0\"></svg>", "at least 1"},
	{"<svg viewBox=\"0 0 -10 10\"></svg>", "at least 1"},
	{"<svg viewBox=\"0 0 1000 10\"></svg>", "more than 8 times"},
	{SVG "<rect x=\"1", "ends inside a tag"},
	{SVG "<!-- never ends", "ends inside a tag"},
	{SVG "<![CDATA[ never ends", "ends inside a tag"},
	{"<!DOCTYPE svg [<!ENTITY a \"b\">", "ends inside a tag"},
	{"\x1f\x8b\x08 compressed", "save it as plain SVG"},
	{SVG "<text>\xff</text></svg>", "save it as plain SVG"},
};

static void test_what_is_no_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct err err = {""};
		struct floorplan *floorplan = read_text(refused[i].text, NULL, 0, &err);
		if (floorplan || !strstr(err.text, refused[i].says) || strncmp(err.text, file, strlen(file)) != 0) {
			fail_msg("%s\nwas reported as: %s", refused[i].text, floorplan ? "nothing" : err.text);
		}
	}
}

/* Repeats a piece between a beginning and an end. */
static char *repeated(const char *begin, const char *piece, size_t times, const char *end)
{
	size_t length = strlen(piece);
	char *text = malloc(strlen(begin) + times * length + strlen(end) + 1), *at = text;
	assert_non_null(text);
	at = stpcpy(at, begin);
	for (size_t i = 0; i < times; i++) {
		at = stpcpy(at, piece);
	}
	strcpy(at, end);
	return text;
}

static void test_what_is_too_much(void **state)
{
	(void)state;
	static const struct {
		const char *piece;
		size_t times;
		const char *says; /* NULL: still a plan */
	} cases[] = {
		{"<rect/>", FLOORPLAN_ELEMENTS_MAX - 1, NULL},
		{"<rect/>", FLOORPLAN_ELEMENTS_MAX, "more than 20000 elements"},
		{"<g>", FLOORPLAN_DEPTH_MAX - 1, NULL},
		{"<g>", FLOORPLAN_DEPTH_MAX, "more than 64 deep"},
		{"<text x=\"1\" y=\"1\">Rum</text>", FLOORPLAN_LABELS_MAX + 5, NULL},
		{"</g>", 100000, NULL},
		{"<!-- -->", 200000, NULL},
		{"0123456789abcdef", FLOORPLAN_FILE_MAX / 16, "more than 2048 KiB"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {""};
		char *text = repeated(SVG, cases[i].piece, cases[i].times, "</svg>");
		struct floorplan *floorplan = read_text(text, NULL, 0, &err);
		if ((floorplan != NULL) != (cases[i].says == NULL) ||
		    (!floorplan && !strstr(err.text, cases[i].says))) {
			fail_msg("%s, %zu times: %s", cases[i].piece, cases[i].times, err.text);
		}
		assert_true(!floorplan || floorplan->label_count <= FLOORPLAN_LABELS_MAX);
		floorplan_destroy(floorplan);
		free(text);
	}
}

/* A million million rectangles for whoever follows every <use>, and a million million letters for whoever expands
 * every entity: nothing is followed and nothing is expanded. */
static void test_nothing_is_multiplied(void **state)
{
	(void)state;
	char text[8192] = "<!DOCTYPE svg [<!ENTITY a0 \"ha\">";
	size_t at = strlen(text);
	for (int i = 1; i < 12; i++) {
		at += (size_t)snprintf(text + at, sizeof(text) - at, "<!ENTITY a%d \"&a%d;&a%d;\">", i, i - 1, i - 1);
	}
	at += (size_t)snprintf(text + at, sizeof(text) - at, "]>" SVG "<rect id=\"u0\" width=\"9\" height=\"9\"/>");
	for (int i = 1; i < 40; i++) {
		at += (size_t)snprintf(text + at, sizeof(text) - at,
				       "<g id=\"u%d\"><use href=\"#u%d\"/><use href=\"#u%d\"/></g>", i, i - 1, i - 1);
	}
	snprintf(text + at, sizeof(text) - at,
		 "<text x=\"9\" y=\"9\">&a11;</text><image href=\"file:///etc/passwd\"/>"
		 "<image href=\"https://example.org/x.png\"/></svg>");
	struct err err = {""};
	struct floorplan *floorplan = read_text(text, NULL, 0, &err);
	assert_non_null(floorplan);
	assert_int_equal(floorplan->label_count, 1);
	assert_string_equal(floorplan->labels[0].text, "&a11;");
	assert_true(floorplan->svg_length < strlen(text) + 256);
	floorplan_destroy(floorplan);
}

static void test_what_cannot_be_opened(void **state)
{
	(void)state;
	struct err err = {""};
	char path[96];
	snprintf(path, sizeof(path), "%s/fifo", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(floorplan_read(path, NULL, 0, &err));
	assert_non_null(strstr(err.text, "not a regular file"));
	unlink(path);
	assert_null(floorplan_read(folder, NULL, 0, &err));
	assert_non_null(strstr(err.text, "directory"));
	assert_null(floorplan_read(path, NULL, 0, &err));
	assert_non_null(strstr(err.text, "No such file"));
	assert_null(floorplan_read("/dev/zero", NULL, 0, &err));
	assert_non_null(strstr(err.text, "not a regular file"));
	write_to(file, SVG "</svg>", strlen(SVG "</svg>"));
	if (geteuid() != 0) { /* root may read everything */
		assert_int_equal(chmod(file, 0), 0);
		assert_null(floorplan_read(file, NULL, 0, &err));
		assert_non_null(strstr(err.text, "may not read it"));
		assert_int_equal(chmod(file, 0600), 0);
	}
}

static void test_sizes(void **state)
{
	(void)state;
	static const struct {
		const char *root;
		double width, height;
	} cases[] = {
		{"<svg viewBox='0 0 1180 630'>", 1180, 630},
		{"<svg viewBox='0,0,1180,630' width='40mm' height='20mm'>", 1180, 630},
		{"<svg width='800' height='600'>", 800, 600},
		{"<svg width='800px' height='600px'>", 800, 600},
		{"<svg width='25.4mm' height='1in'>", 96, 96},
		{"<?xml version='1.0'?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\" [<!ENTITY a "
		 "'>'>]>"
		 "<svg viewBox = \"-10 -20 100 50\" >",
		 100, 50},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {""};
		struct floorplan *floorplan = read_text(cases[i].root, NULL, 0, &err);
		if (!floorplan) {
			fail_msg("%s: %s", cases[i].root, err.text);
		}
		assert_true(fabs(floorplan->width - cases[i].width) < 0.01);
		assert_true(fabs(floorplan->height - cases[i].height) < 0.01);
		assert_true(floorplan->picture_w <= FLOORPLAN_SIDE_PX && floorplan->picture_h <= FLOORPLAN_SIDE_PX);
		floorplan_destroy(floorplan);
	}
}

static void test_where_places_are(void **state)
{
	(void)state;
	static const struct {
		const char *svg;
		double x, y; /* -1: not on the plan */
	} cases[] = {
		{"<rect id='5' x='10' y='20' width='40' height='20'/>", 30, 30},
		{"<rect id='place-5' x='10' y='20' width='40' height='20'/>", 30, 30},
		{"<rect id='place-55' x='10' y='20' width='40' height='20'/>", -1, -1},
		{"<circle id='5' cx='7' cy='8' r='3'/>", 7, 8},
		{"<polygon id='5' points='0,0 10,0 10,20 0,20'/>", 5, 10},
		{"<path id='5' d='M 12 13 L 50 60'/>", 12, 13},
		{"<text id='5' x='12' y='13'>5</text>", 12, 13},
		{"<g transform='translate(100,50)'><rect id='5' x='10' y='20' width='40' height='20'/></g>", 130, 80},
		{"<g transform='translate(100 50) scale(2)'><circle id='5' cx='10' cy='20' r='1'/></g>", 120, 90},
		{"<g transform='rotate(90 50 50)'><circle id='5' cx='60' cy='50' r='1'/></g>", 50, 60},
		{"<g transform='matrix(1,0,0,1,5,6)'><circle id='5' cx='1' cy='1' r='1'/></g>", 6, 7},
		{"<g id='5'><g><circle cx='9' cy='9' r='1'/></g><circle cx='1' cy='1' r='1'/></g>", 9, 9},
		{"<g id='5'></g><circle cx='9' cy='9' r='1'/>", -1, -1},
		{"<circle id='5' cx='9999' cy='9' r='1'/>", -1, -1},
		{"<circle id='5' style='display:none' cx='9' cy='10' r='1'/>", 9, 10},
		{"<g transform='scale(1e300) scale(1e300)'><circle id='5' cx='9' cy='9' r='1'/></g>", -1, -1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {""};
		char text[512];
		struct floorplan_spot spots[] = {{.id = "4"}, {.id = "5"}};
		snprintf(text, sizeof(text), SVG "%s</svg>", cases[i].svg);
		struct floorplan *floorplan = read_text(text, spots, 2, &err);
		assert_non_null(floorplan);
		bool is_known = cases[i].x >= 0;
		if (spots[0].is_known || spots[1].is_known != is_known ||
		    (is_known && hypot(spots[1].at.x - cases[i].x, spots[1].at.y - cases[i].y) > 0.01)) {
			fail_msg("%s: %d at %g,%g", cases[i].svg, spots[1].is_known, spots[1].at.x, spots[1].at.y);
		}
		floorplan_destroy(floorplan);
	}
}

static void test_words(void **state)
{
	(void)state;
	struct err err = {""};
	struct floorplan *floorplan =
		read_text(SVG "<title>Plan</title><defs><text x='1' y='1'>Mall</text></defs>"
			      "<text x='10' y='20' text-anchor='middle'>\n  Kök &amp; <tspan>pentry</tspan>  </text>"
			      "<g transform='translate(5,5)'><text style='text-anchor:middle'><tspan x='1' "
			      "y='2'>RWC</tspan></text></g>"
			      "<text x='1' y='1' display='none'>dold</text><text x='1' y='1'> \n </text>"
			      "<text x='3' y='4'>a&#x202e;b&#229;&#0;</text><text x='-5' y='1'>ute</text></svg>",
			  NULL, 0, &err);
	assert_non_null(floorplan);
	assert_int_equal(floorplan->label_count, 3);
	assert_string_equal(floorplan->labels[0].text, "Kök & pentry");
	assert_true(floorplan->labels[0].is_centred);
	assert_true(floorplan->labels[0].at.x == 10 && floorplan->labels[0].at.y == 20);
	assert_string_equal(floorplan->labels[1].text, "RWC");
	assert_true(floorplan->labels[1].is_centred);
	assert_true(floorplan->labels[1].at.x == 6 && floorplan->labels[1].at.y == 7);
	assert_non_null(strstr(floorplan->labels[2].text, "bå")); /* nothing turns the text around */
	floorplan_destroy(floorplan);
}

static struct config *read_config(const char *office, const char *place, struct err *err)
{
	char text[1024];
	int length = snprintf(text, sizeof(text),
			      "office \"Kontoret\" {\n plan = \"plan.svg\"\n %s\n}\n"
			      "feed \"desks\" { path = \"desks.ics\" }\n"
			      "place \"4\" { feed = \"desks\" }\n"
			      "place \"5\" {\n feed = \"desks\"\n %s\n}\n",
			      office, place);
	write_to(config_file, text, (size_t)length);
	return config_read(config_file, err);
}

/* What the configuration says has priority over what the drawing holds, in both languages. */
static void test_at_comes_before_the_drawing(void **state)
{
	(void)state;
	static const char svg[] = "<svg viewBox='100 100 1000 500'><circle id='4' cx='300' cy='200' r='1'/>"
				  "<circle id='5' cx='300' cy='300' r='1'/></svg>";
	struct err err = {""};
	write_to(file, svg, strlen(svg));
	struct config *config = read_config("you-are-here = \"600,550\"",
					    "at = \"412,230\" way = \"600,400 412,400\" where = \"vid fönstret\" "
					    "where-en = \"by the window\"",
					    &err);
	if (!config || !config->floorplan || config->plan_mistake) {
		fail_msg("%s %s", err.text, config && config->plan_mistake ? config->plan_mistake : "");
	}
	assert_true(config->here.is_known && config->here.at.x == 500 && config->here.at.y == 450);
	struct config english = config_in_language(config, "en");
	for (int i = 0; i < 2; i++) {
		const struct config *each = i == 0 ? config : &english;
		const struct config_place *place = config_place_by_id(each, "5");
		assert_true(config_place_by_id(each, "4")->spot.at.x == 200);
		assert_true(place->spot.is_known && place->spot.at.x == 312 && place->spot.at.y == 130);
		assert_int_equal(place->spot.way_count, 2);
		assert_true(place->spot.way[1].x == 312 && place->spot.way[1].y == 300);
		assert_string_equal(place->where, i == 0 ? "vid fönstret" : "by the window");
	}
	config_destroy(config);
}

/* The kiosk goes on without its plan, and says which line of the configuration is to be looked at. */
static void test_a_bad_plan_stops_nothing(void **state)
{
	(void)state;
	struct err err = {""};
	write_to(file, "no plan", 7);
	struct config *config = read_config("", "at = \"1,1\"", &err);
	assert_non_null(config);
	assert_null(config->floorplan);
	assert_false(config_place_by_id(config, "5")->spot.is_known);
	assert_non_null(strstr(config->plan_mistake, "test.conf:2: plan: "));
	assert_non_null(strstr(config->plan_mistake, "not an SVG drawing"));
	config_destroy(config);

	write_to(file, SVG "</svg>", strlen(SVG "</svg>"));
	config = read_config("", "at = \"2000,1\"", &err);
	assert_non_null(config);
	assert_non_null(config->floorplan);
	assert_false(config_place_by_id(config, "5")->spot.is_known);
	assert_non_null(strstr(config->plan_mistake, "test.conf:9: at: the point lies outside the plan"));
	config_destroy(config);
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(folder)) {
		return -1;
	}
	snprintf(file, sizeof(file), "%s/plan.svg", folder);
	snprintf(config_file, sizeof(config_file), "%s/test.conf", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(file);
	unlink(config_file);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_no_plan),
		cmocka_unit_test(test_what_is_too_much),
		cmocka_unit_test(test_nothing_is_multiplied),
		cmocka_unit_test(test_what_cannot_be_opened),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_where_places_are),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_at_comes_before_the_drawing),
		cmocka_unit_test(test_a_bad_plan_stops_nothing),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
