/* Every kind of mistake in a configuration file. Each is reported with file, line and key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config/config.h"
#include "app/base/limits.h"

#define OFFICE "office \"Kontoret\" { address = \"Torget 5\" }\n"
#define TEXT_60 "sixty-bytes-of-a-text-that-nobody-would-ever-want-to-read..."
#define LONG_TEXT TEXT_60 TEXT_60 TEXT_60 TEXT_60
#define FEED "feed \"desks\" { path = \"desks.ics\" }\n"

static char folder[] = "/tmp/test_config.XXXXXX";
static char file[64];

static void write_file(const char *text, size_t length)
{
	FILE *stream = fopen(file, "w");
	assert_non_null(stream);
	assert_int_equal(fwrite(text, 1, length, stream), length);
	assert_int_equal(fclose(stream), 0);
}

static struct config *read_text(const char *text, struct err *err)
{
	write_file(text, strlen(text));
	return config_read(file, err);
}

static const struct {
	const char *text;
	int line;
	const char *key, *says; /* what the message holds */
} mistakes[] = {
	{"", 1, "office", "missing"},
	{OFFICE "screen {\n\trefesh = 1\n}\n", 3, "refesh", "no such key in screen"},
	{OFFICE "feed \"a\" {\n\trefesh = 1\n}\n", 3, "refesh", "did you mean refresh?"},
	{OFFICE "place \"1\" { booking_page = \"https://a.se\" }\n", 2, "booking_page", "booking-page"},
	{OFFICE "chekin { grace = 15 }\n", 2, "chekin", "did you mean checkin?"},
	{OFFICE "feeds \"a\" { }\n", 2, "feeds", "did you mean feed?"},
	{"offfice \"a\" { }\n", 1, "offfice", "did you mean office?"},
	{OFFICE OFFICE, 2, "Kontoret", "given before"},
	{OFFICE "office \"b\" { zone = \"UTC\" }\n", 2, "office", "given twice, first in line 1"},
	{OFFICE "screen { }\nscreen { mode = wall }\n", 3, "screen", "given twice"},
	{OFFICE "screen { mode = wall\nmode = kiosk }\n", 3, "mode", "given twice, first in line 2"},
	{OFFICE FEED FEED, 3, "desks", "given before"},
	{"office { }\n", 1, "", ""},
	{"office \"\" { }\n", 1, "office", "empty"},
	{OFFICE "screen { mode = \n", 4, "", "unexpected token"},
	{OFFICE "screen \n { mode = kiosk \n", 3, "screen", "not closed"},
	{OFFICE "screen { mode = \"kiosk }\n", 2, "", "quotation mark"},
	{"# one\n# two\n" OFFICE "screen {\n# three\n\n refesh = 1 }\n", 7, "refesh", ""},
	{OFFICE "// one\n/* two\n three */ screen { # four\n refesh = 1 }\n", 5, "refesh", ""},
	{OFFICE "feed \"a#b\" { path = '/a//b#c' ca-file = /a//b refesh = 1 }\n", 2, "refesh", "did you mean refresh?"},
	{OFFICE "feed \"a\\\"#\" { refesh = 1 }\n", 2, "refesh", ""},
	{OFFICE "/* screen { mode = kiosk }\n", 2, "", "not closed"},
	{OFFICE "screen { mode = { kiosk } }\n", 2, "", ""},
	{OFFICE "screen { mode += kiosk }\n", 2, "", ""},
	{OFFICE "include(\"other.conf\")\n", 2, "include", "no such section"},
	{OFFICE "screen { language = \"${HOME}\" }\n", 2, "", "is not replaced"},
	{OFFICE "screen { mode = kisk }\n", 2, "mode", "did you mean kiosk?"},
	{OFFICE "screen { mode = \"\" }\n", 2, "mode", "none of kiosk, wall"},
	{OFFICE "screen { language = Svenska }\n", 2, "language", "\"sv\""},
	{OFFICE "screen { diagonal = big }\n", 2, "diagonal", "not a number"},
	{OFFICE "screen { diagonal = \"24,5\" }\n", 2, "diagonal", "decimal point"},
	{OFFICE "screen { diagonal = nan }\n", 2, "diagonal", "not a number"},
	{OFFICE "speech { enabled = sometimes }\n", 2, "enabled", "none of auto, on, off"},
	{OFFICE "speech { loudspeaker = loud }\n", 2, "loudspeaker", "none of yes, no"},
	{OFFICE "speech { headset = bluetooth }\n", 2, "headset", "none of any, usb, jack"},
	{OFFICE "speech { rate = 20 }\n", 2, "rate", "80 to 400"},
	{OFFICE "speech { device = \"" TEXT_60 TEXT_60 "x\" }\n", 2, "device", "has 121 bytes"},
	{OFFICE "screen { diagonal = 1 }\n", 2, "diagonal", "out of range"},
	{OFFICE "screen { distance = 500 }\n", 2, "distance", "0.2 to 50"},
	{OFFICE "screen { rotation = 45 }\n", 2, "rotation", "0, 90, 180, 270"},
	{OFFICE "screen { night = black }\n", 2, "night", "none of dim, off"},
	{OFFICE "checkin {\ngrace = -1\n}\n", 3, "grace", "out of range"},
	{OFFICE "checkin { opens = 30min }\n", 2, "opens", "not a whole number"},
	{OFFICE "checkin { opens = 99999999999999999999 }\n", 2, "opens", "out of range"},
	{OFFICE "checkin { undo = 0 }\n", 2, "undo", "out of range"},
	{OFFICE "checkin { hold-all-day = 10 }\n", 2, "hold-all-day", "not a time of day"},
	{"office \"a\" {\n\n\tclosed = {sat, sön}\n}\n", 3, "closed", "none of mon, tue, wed, thu, fri, sat, sun"},
	{"office \"a\" {\n\tclosed = {sat}\n\tclosed = {sun}\n}\n", 3, "closed", "given twice, first in line 2"},
	{"office \"a\" {\n\tclosed = {sat\n}\n", 3, "", ""},
	{OFFICE "checkin { retention-days = 366 }\n", 2, "retention-days", "1 to 365"},
	{"office \"a\" {\n\n\topens = \"7\"\n}\n", 3, "opens", "not a time of day"},
	{"office \"a\" { opens = \"07:60\" }\n", 1, "opens", "not a time of day"},
	{"office \"a\" { closes = \"24:01\" }\n", 1, "closes", "not a time of day"},
	{"office \"a\" {\n\topens = \"09:00\"\n\tcloses = \"09:00\"\n}\n", 3, "closes", "not after opens"},
	{"office \"a\" { opens = \"19:00\" }\n", 1, "closes", "not after opens"},
	{"office \"a\" { zone = \"Europe/Umea\" }\n", 1, "zone", "Europe/Umea"},
	{"office \"a\" { address = \"\" }\n", 1, "address", "is empty"},
	{"office \"a\" { address = \"a\nb\" }\n", 2, "address", "several lines"},
	{OFFICE "feed \"a\" {\n\tkind = bookings\n}\n", 3, "url", "none of url, credential, path and caldav"},
	{OFFICE "feed \"a\" {\n\tpath = \"a\"\n\turl = \"https://a.se/x\"\n}\n", 4, "url", "more than one"},
	{OFFICE "feed \"a\" { path = \"a\" credential = \"b\" }\n", 2, "credential", "more than one"},
	{OFFICE "feed \"a\" { url = \"http://a.se/x\" }\n", 2, "url", "https"},
	{OFFICE "feed \"a\" { caldav = \"http://a.se/x\" }\n", 2, "caldav", "https"},
	{OFFICE "feed \"a\" { caldav = \"https://u:p@a.se/x\" }\n", 2, "caldav", "holds a user"},
	{OFFICE "feed \"a\" { caldav = \"https://a.se/x?y\" }\n", 2, "caldav", "a question mark"},
	{OFFICE "feed \"a\" { path = \"a\"\ncaldav = \"https://a.se/x\" }\n", 3, "caldav", "more than one"},
	{OFFICE "feed \"a\" { url = \"https:///x\" }\n", 2, "url", "names no server"},
	{OFFICE "feed \"a\" { url = \"https://a b\" }\n", 2, "url", "space"},
	{OFFICE "feed \"a\" { credential = \"../desks\" }\n", 2, "credential", "not a name"},
	{OFFICE "feed \"a\" { url = \"webcal:///x\" }\n", 2, "url", "names no server"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" user-agent = \"å\" }\n", 2, "user-agent", "not in ASCII"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" user-agent = \"\" }\n", 2, "user-agent", "is empty"},
	{OFFICE "feed \"a\" { url = \"https://a.se\"\nproxy = \"proxy.se:3128\" }\n", 3, "proxy",
	 "not a proxy's address"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" proxy = \"http://proxy.se\" }\n", 2, "proxy", "no port"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" proxy = \"http://x:y@proxy.se:1\" }\n", 2, "proxy",
	 "proxy-credential"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" proxy = none proxy-credential = \"p\" }\n", 2, "proxy-credential",
	 "proxy = none"},
	{OFFICE "feed \"a\" { url = \"https://a.se\" proxy-credential = \"../p\" }\n", 2, "proxy-credential",
	 "not a name"},
	{OFFICE "feed \"a\" { path = \"a\" user-agent = \"x\" }\n", 2, "user-agent", "not with a path"},
	{OFFICE "feed \"a\" { path = \"a\" proxy = none }\n", 2, "proxy", "not with a path"},
	{OFFICE "feed \"a\" { path = \"a\" proxy-credential = p }\n", 2, "proxy-credential", "not with a path"},
	{OFFICE "network { proxy = \"ftp://a.se:1\" }\n", 2, "proxy", "not a proxy's address"},
	{OFFICE "network { }\nnetwork { proxy = none }\n", 3, "network", "given twice"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" booking-page = \"webcal://a.se\" }\n", 3, "booking-page",
	 "https://"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" booking-page = \"https://x:y@a.se\" }\n", 3, "booking-page",
	 "everybody can read it"},
	{OFFICE "feed \"a\" { kind = calendar path = \"a\" }\n", 2, "kind", "bookings, meetings"},
	{OFFICE "feed \"a\" { path = \"a\" refresh = 0 }\n", 2, "refresh", "1 to 86400"},
	{OFFICE "feed \"a\" { path = \"a\" covers = 0 }\n", 2, "covers", "1 to 3650"},
	{OFFICE "feed \"a\" { path = \"a\" kind = closures body = \"KC\" }\n", 2, "body", "kind = meetings"},
	{OFFICE "feed \"a\" { path = \"a\" kind = notice }\n", 2, "kind", "did you mean notices?"},
	{OFFICE "feed \"a\" { path = \"a\" names = all }\n", 2, "names", "full, short, initials, none"},
	{OFFICE "feed \"a\" { path = \"a\" person = '^(.*' }\n", 2, "person", "is not a pattern"},
	{OFFICE "feed \"a\" { path = \"a\" person = '^.*' }\n", 2, "person", "has no group"},
	{OFFICE "feed \"a\" { path = \"a\" person-in = body }\n", 2, "person-in", "organizer"},
	{OFFICE "feed \"a\" { path = \"a\" body = \"KC\" }\n", 2, "body", "kind = meetings"},
	{OFFICE "feed \"a\" { path = \"a\" organizer = yes person = \"^(.*)\" }\n", 2, "organizer", "person"},
	{OFFICE "feed \"a\" { path = \"a\" organizer = full }\n", 2, "organizer", "yes"},
	{OFFICE "feed \"a\" { path = \"a\" agenda-by = \"KC\" }\n", 2, "agenda-by", "kind = meetings"},
	{OFFICE FEED "place \"5\" { name = \"Plats 5\" }\n", 3, "feed", "is not written"},
	{OFFICE FEED "place \"5\" { feed = \"desk\" }\n", 3, "feed", "there is no feed \"desk\""},
	{OFFICE "feed \"m\" { kind = meetings path = \"a\" }\nplace \"5\" { feed = \"m\" }\n", 3, "feed",
	 "holds no bookings"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" match = '[a' }\n", 3, "match", "is not a pattern"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" match = 'a|*b' }\n", 3, "match", "character 3: there is nothing"},
	{OFFICE "feed \"a\" { path = \"a\" person = '(((a{1,100}){1,100}){1,100})' }\n", 2, "person",
	 "with its repeats it has more than 2000 elements"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" kind = sofa }\n", 3, "kind", "desk, room"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" seats = twelve }\n", 3, "seats", "not a whole number"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" checkin = maybe }\n", 3, "checkin", "yes, no, optional"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" checkin = optionl }\n", 3, "checkin", "did you mean optional?"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" booking-page = \"outlook.com\" }\n", 3, "booking-page", "https"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" }\nplace \"5\" { feed = \"desks\" }\n", 4, "5", ""},
	{OFFICE FEED "place \"5\" { feed = \"desks\"\nat = \"412\" }\n", 4, "at", "no point of the plan"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" at = \"412,230,1\" }\n", 3, "at", "no point of the plan"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" at = \"vid fönstret\" }\n", 3, "at", "write \"412,230\""},
	{OFFICE FEED "place \"5\" { feed = \"desks\" at = \"1e999,0\" }\n", 3, "at", "no point of the plan"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" way = \"1,2 3\" }\n", 3, "way", "1 to 16 points"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" where = \"\" }\n", 3, "where", "is empty"},
	{"office \"a\" {\n\tyou-are-here = \"entrén\"\n}\n", 2, "you-are-here", "no point of the plan"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" name-en = \"\" }\n", 3, "name-en", "is empty"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" match-en = \"a\" }\n", 3, "match-en", "no such key in place"},
	{OFFICE "info \"Wi-Fi\" { icon = wifi }\n", 2, "text", "is not written"},
	{OFFICE "info \"Wi-Fi\" {\n\ttext = \"a\"\n\ticon = wfi\n}\n", 4, "icon", "did you mean wifi?"},
	{OFFICE "info \"Wi-Fi\" { text = \"a\" button = \"b\" }\n", 2, "button", "write qr, too"},
	{OFFICE "info \"Wi-Fi\" { qr = \"" LONG_TEXT "\" }\n", 2, "qr", "has 240 bytes"},
	{OFFICE FEED "place \"5\" { feed = \"desks\" booking-page = \"https://a.se/" LONG_TEXT "\" }\n", 3,
	 "booking-page", "has 253 bytes"},
	{OFFICE "info \"Wi-Fi\" { text = \"" LONG_TEXT LONG_TEXT "\" }\n", 2, "text", "has 480 bytes; a card has room"},
	{OFFICE "info \"Wi-Fi\" { text = a text-en = \"" LONG_TEXT LONG_TEXT "\" }\n", 2, "text-en", "has 480 bytes"},
	{OFFICE "info \"Wi-Fi\" { qr = a button = \"" TEXT_60 "\" }\n", 2, "button", "has 60 bytes"},
	{OFFICE "info \"" TEXT_60 "x\" { qr = a }\n", 2, "info", "write 1 to 60 bytes"},
	{OFFICE "info \"a\" { qr = a title-en = \"" TEXT_60 "x\" }\n", 2, "title-en", "has 61 bytes"},
	{OFFICE "info \"a\" { qr = a }\ninfo \"a\" { qr = b }\n", 3, "a", "given before"},
	{OFFICE "feed \"a\" { kind = meetings path = \"a\"\nagenda-by = \"ordförande {chiar}\" }\n", 3, "agenda-by",
	 "no such role"},
	{OFFICE "feed \"a\" { kind = meetings path = \"a\" agenda-by = \"x\"\nagenda-by-en = \"{\" }\n", 3,
	 "agenda-by-en", "no such role"},
	{OFFICE "share \"a\" { credential = \"a\" box = \"a\" }\n", 2, "url", "in common"},
	{OFFICE "share \"a\" { url = \"https://a.se/b\"\npath = \"a\" credential = \"a\" box = \"a\" }\n", 3, "path",
	 "beside url"},
	{OFFICE "share \"a\" { url = \"http://a.se/b\" credential = \"a\" box = \"a\" }\n", 2, "url", "https"},
	{OFFICE "share \"a\" { url = \"https://a.se/b?c\" credential = \"a\" box = \"a\" }\n", 2, "url",
	 "question mark"},
	{OFFICE "share \"a\" { path = \"a\" credential = \"a\" box = \"a\"\nca-file = \"b\" }\n", 3, "ca-file",
	 "not with path"},
	{OFFICE "share \"a\" { path = \"a\" credential = \"a\" box = \"a\"\nproxy = none }\n", 3, "proxy",
	 "not with a path"},
	{OFFICE "share \"a\" { path = \"a\" box = \"a\" }\n", 2, "credential", "all machines of the office have"},
	{OFFICE "share \"a\" { path = \"a\" credential = \"a\" }\n", 2, "box", "a name of its own"},
	{OFFICE "share \"a\" { path = \"a\" credential = \"a\" box = \"Entré\" }\n", 2, "box", "small letters"},
	{OFFICE "share \"a\" { path = \"a\" credential = \"a\" box = \"a--b\" }\n", 2, "box", "single hyphens"},
	{OFFICE "share \"a\" { }\nshare \"b\" { }\n", 3, "share", "given twice"},
	{OFFICE "# \xff\n", 2, "", "UTF-8"},
	{OFFICE "# \xed\xa0\x80\n", 2, "", "UTF-8"},
	{OFFICE "# \xf0\x80\x80\x80\n", 2, "", "UTF-8"},
	{OFFICE "# \xc3", 2, "", "UTF-8"},
	{OFFICE "# \x1b[2J\n", 2, "", "control character"},
};

static void test_each_mistake_is_reported(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct err err = {""};
		char place[128];
		struct config *config = read_text(mistakes[i].text, &err);
		snprintf(place, sizeof(place), "%s:%d: ", file, mistakes[i].line);
		if (config || strncmp(err.text, place, strlen(place)) != 0 || !strstr(err.text, mistakes[i].key) ||
		    !strstr(err.text, mistakes[i].says)) {
			fail_msg("%s\nwas reported as: %s", mistakes[i].text, config ? "nothing" : err.text);
		}
	}
}

/* Each feed takes what it does not set itself from the section for all feeds, wherever in the file that section is. */
static void test_network(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *user_agent, *proxy, *credential;
	} cases[] = {
		{"", "All/1", "http://all.se:1", "all"},
		{"user-agent = \"Own/2\"", "Own/2", "http://all.se:1", "all"},
		{"proxy = none", "All/1", NULL, NULL},
		{"proxy = \"https://own.se:2\"", "All/1", "https://own.se:2", NULL},
		{"proxy-credential = own", "All/1", NULL, "own"},
		{"proxy = \"http://own.se:2\" proxy-credential = own", "All/1", "http://own.se:2", "own"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = {""};
		char text[512];
		snprintf(text, sizeof(text),
			 OFFICE
			 "feed \"a\" { url = \"webcal://a.se/x\" %s }\n" FEED
			 "network { user-agent = \"All/1\" proxy = \"http://all.se:1\" proxy-credential = all }\n",
			 cases[i].keys);
		struct config *config = read_text(text, &err);
		if (!config) {
			fail_msg("%s", err.text);
		}
		const struct config_network *network = &config->feeds[0].network;
		assert_string_equal(network->user_agent, cases[i].user_agent);
		assert_string_equal(network->proxy ? network->proxy : "", cases[i].proxy ? cases[i].proxy : "");
		assert_string_equal(network->proxy_credential ? network->proxy_credential : "",
				    cases[i].credential ? cases[i].credential : "");
		assert_null(config->feeds[1].network.user_agent); /* a file */
		config_destroy(config);
	}
}

static void test_share_address(void **state)
{
	(void)state;
	static const char *const urls[] = {"https://a.se/b", "https://a.se/b/"};
	for (size_t i = 0; i < 2; i++) {
		struct err err = {""};
		char text[512];
		snprintf(text, sizeof(text),
			 OFFICE
			 "network { proxy = \"http://all.se:1\" }\n"
			 "share \"a\" { url = \"%s\" credential = \"a\" box = \"a\" ca-file = \"/ca.pem\" }\n" FEED,
			 urls[i]);
		struct config *config = read_text(text, &err);
		if (!config) {
			fail_msg("%s", err.text);
		}
		assert_string_equal(config->share.url, "https://a.se/b/");
		assert_string_equal(config->share.ca_file, "/ca.pem");
		assert_string_equal(config->share.network.proxy, "http://all.se:1");
		config_destroy(config);
	}
}

static void test_longest_user_agent(void **state)
{
	(void)state;
	for (int length = USER_AGENT_MAX; length <= USER_AGENT_MAX + 1; length++) {
		struct err err = {""};
		char text[1024];
		snprintf(text, sizeof(text), OFFICE "network { user-agent = \"%0*d\" }\n", length, 1);
		struct config *config = read_text(text, &err);
		assert_int_equal(config != NULL, length == USER_AGENT_MAX);
		assert_true(config || strstr(err.text, "longer than 256 bytes"));
		config_destroy(config);
	}
}

static void test_a_whole_file(void **state)
{
	(void)state;
	struct err err = {""};
	struct config *config = read_text(
		"\xef\xbb\xbf# as in the manual\n"
		"office \"Satellitkontoret\" { closed = {sat, sun} address = \"Renmarkstorget 5D, 3 tr\"  zone = "
		"\"Europe/Stockholm\"  "
		"opens = "
		"\"07:00\"  closes = \"18:00\" rotation-table = \"my.conf\" }\n"
		"screen  { mode = kiosk  language = sv  diagonal = 24  distance = 0.6 }\n"
		"checkin { opens = 30  grace = 15  hold-all-day = \"09:30\" undo = 10  retention-days = 30 }\n"
		"feed \"desks\"   { kind = bookings  credential = \"desks-url\"  refresh = 120  names = short  person "
		"= "
		"\"^(.*) [–-] \" }\n"
		"feed \"room\"    { kind = bookings  url = \"https://example.org/…\"  refresh = 120 }\n"
		"feed \"council\" { kind = meetings  covers = 90  body = \"Umeåregionrådet\"  path = \"council.ics\" "
		"}\n"
		"place \"5\" { name = \"Plats 5\"  kind = desk  feed = \"desks\"  match = \"Kontorsplats 5\"  "
		"booking-page = "
		"\"https://…\" }\n"
		"place \"6\" { name = \"Plats 6\"  feed = \"desks\" checkin = optional title = \"Kontorsplats 6\" }\n"
		"place \"K\" { name = \"Konferensrum\"  kind = room  feed = \"room\"  seats = 12  checkin = no }\n",
		&err);
	if (!config) {
		fail_msg("%s", err.text);
	}
	assert_string_equal(config->office, "Satellitkontoret");
	assert_string_equal(zone_name(config->zone), "Europe/Stockholm");
	assert_int_equal(config->opens_min, 420);
	assert_int_equal(config->checkin_grace_s, 900);
	assert_int_equal(config->feed_count, 3);
	assert_string_equal(config->feeds[0].credential, "desks-url");
	assert_string_equal(config->feeds[0].person, "^(.*) [–-] ");
	assert_string_equal(config->feeds[2].body, "Umeåregionrådet");
	char path[128];
	snprintf(path, sizeof(path), "%s/council.ics", folder);
	assert_string_equal(config->feeds[2].path, path);
	snprintf(path, sizeof(path), "%s/my.conf", folder);
	assert_string_equal(config->region_file, path);
	assert_string_equal(config->places[0].id, "K"); /* rooms first */
	assert_string_equal(config->places[1].id, "5");
	assert_string_equal(config->places[1].title, "Plats 5");
	assert_string_equal(config->places[2].title, "Kontorsplats 6");
	assert_int_equal(config->places[0].checkin, CHECKIN_NO);
	assert_int_equal(config->places[1].checkin, CHECKIN_YES);
	assert_int_equal(config->places[2].checkin, CHECKIN_OPTIONAL);
	assert_int_equal(config->closed_weekdays, 1 << 5 | 1 << 6);
	assert_int_equal(config->hold_all_day_min, 9 * 60 + 30);
	assert_int_equal(config->feeds[2].covers_days, 90);
	assert_int_equal(config->feeds[0].covers_days, 0);
	assert_true(config->places[1].checkin);
	assert_ptr_equal(config_place_by_id(config, "6"), &config->places[2]);
	assert_null(config_place_by_id(config, "7"));
	assert_ptr_equal(config_feed_by_name(config, "room"), &config->feeds[1]);
	assert_false(config_is_first_run(config));
	config_destroy(config);
}

static void test_defaults(void **state)
{
	(void)state;
	struct err err = {""};
	struct config *config = read_text("office 'Kontoret' { rotation-table = none }\n", &err);
	if (!config) {
		fail_msg("%s", err.text);
	}
	assert_true(config_is_first_run(config));
	assert_string_equal(config->language, "sv");
	assert_string_equal(config->region, "");
	assert_int_equal(config->closes_min, 18 * 60);
	assert_int_equal(config->undo_s, 10);
	assert_int_equal(config->mode, MODE_KIOSK);
	assert_null(config->region_file);
	config_destroy(config);
}

/* A feed's address must not reach a log, not even when it is wrong. */
static void test_an_address_is_never_repeated(void **state)
{
	(void)state;
	static const char *const texts[] = {
		OFFICE "feed \"a\" { url = \"http://canary.se/canary\" }\n",
		OFFICE "feed \"a\" { url = \"https://canary.se/can ary\" }\n",
		OFFICE "feed \"a\" { url = \"https://canary.se/x\" path = \"a\" }\n",
		OFFICE "feed \"a\" { url = \"https://canary.se/x\" url = \"https://canary.se/y\" }\n",
		OFFICE "feed \"a\" { credential = \"https://canary.se/x\" }\n",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct err err = {""};
		assert_null(read_text(texts[i], &err));
		assert_true(err.text[0]);
		assert_null(strstr(err.text, "canary"));
	}
}

static void test_sizes(void **state)
{
	(void)state;
	struct err err = {""};
	char text[CONFIG_VALUE_MAX + 200];
	int used = snprintf(text, sizeof(text), "office \"a\" {\n address = \"%0*d\" }", CONFIG_VALUE_MAX + 1, 0);
	assert_true(used > 0 && (size_t)used < sizeof(text));
	assert_null(read_text(text, &err));
	assert_non_null(strstr(err.text, ":2: address: longer than"));

	write_file(OFFICE "#\0\n", sizeof(OFFICE) + 2);
	assert_null(config_read(file, &err));
	assert_non_null(strstr(err.text, ":2: "));

	char *large = malloc(CONFIG_FILE_MAX + 1);
	assert_non_null(large);
	memset(large, '\n', CONFIG_FILE_MAX + 1);
	write_file(large, CONFIG_FILE_MAX + 1);
	free(large);
	assert_null(config_read(file, &err));
	assert_non_null(strstr(err.text, "is larger than"));
}

static void test_too_many(void **state)
{
	(void)state;
	struct err err = {""};
	char text[8192] = OFFICE;
	for (int i = 0; i <= FEEDS_MAX; i++) {
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "feed \"%d\" { path = \"a\" }\n", i);
	}
	assert_null(read_text(text, &err));
	assert_non_null(strstr(err.text, "at most 64"));
}

static void test_a_stand_in(void **state)
{
	(void)state;
	const struct err mistake = {"kiosk.conf:1: wrong"};
	write_file(OFFICE, strlen(OFFICE));
	struct config *config = config_read_stand_in(file, "/etc/kiosk.conf", &mistake);
	assert_non_null(config);
	assert_string_equal(config->file, "/etc/kiosk.conf");
	assert_string_equal(config->mistake, mistake.text);
	assert_true(config_is_first_run(config));
	config_destroy(config);
	write_file(OFFICE FEED, strlen(OFFICE FEED)); /* what has feeds is no stand-in: its feeds would be read */
	assert_null(config_read_stand_in(file, "/etc/kiosk.conf", &mistake));
	assert_null(config_read_stand_in("/nonexistent", "/etc/kiosk.conf", &mistake));
}

/* In English each text is the one that is written in English, else the one that stands there. Nothing else differs. */
static void test_english_texts(void **state)
{
	(void)state;
	struct err err = {""};
	struct config *config = read_text(
		"office \"Kontoret\" { title-en = \"The Office\" region = \"Regionen\" region-en = \"Region\" "
		"address = \"Torget 5\" }\n"
		"feed \"d\" { path = \"d.ics\" }\n"
		"feed \"m\" { path = \"m.ics\" kind = meetings body = \"Rådet\" body-en = \"Council\" "
		"agenda-by = \"ordförande\" agenda-by-en = \"the chair\" }\n"
		"place \"1\" { feed = \"d\" name = \"Plats 1\" name-en = \"Desk 1\" title = \"Platsen\" "
		"title-en = \"The desk\" equipment = \"Mus\" equipment-en = \"Mouse\" match = 'Plats 1' }\n"
		"place \"2\" { feed = \"d\" name = \"Plats 2\" name-en = \"Desk 2\" match = 'Plats 2' }\n"
		"place \"3\" { feed = \"d\" name = \"Plats 3\" }\n",
		&err);
	if (!config) {
		fail_msg("%s", err.text);
	}
	config->mode = MODE_WALL; /* an option may decide after the file was read */
	struct config swedish = config_in_language(config, "sv"), english = config_in_language(config, "en");
	const char *const texts[][3] = {
		{"Kontoret", swedish.office, config->office},
		{"The Office", english.office, english.office},
		{"Region", english.region, english.region},
		{"Torget 5", english.address, english.address},
		{"Rådet", swedish.feeds[1].body, config->feeds[1].body},
		{"Council", english.feeds[1].body, english.feeds[1].body},
		{"the chair", english.feeds[1].agenda_by, english.feeds[1].agenda_by},
		{"Plats 1", swedish.places[0].name, config->places[0].name},
		{"Desk 1", english.places[0].name, english.places[0].name},
		{"The desk", english.places[0].title, english.places[0].title},
		{"Mouse", english.places[0].equipment, english.places[0].equipment},
		{"Plats 1", english.places[0].match, english.places[0].match},
		{"Desk 2", english.places[1].title, english.places[1].title},
		{"Plats 2", swedish.places[1].title, config->places[1].title},
		{"Plats 3", english.places[2].title, english.places[2].name},
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		assert_string_equal(texts[i][1], texts[i][0]);
		assert_string_equal(texts[i][2], texts[i][0]);
	}
	assert_int_equal(english.mode, MODE_WALL);
	config_destroy(config);
}

/* Names are for a headset, unless the office decides otherwise. */
static void test_who_hears_names(void **state)
{
	(void)state;
	static const char named[] = "feed \"a\" { path = 'a.ics' person = '^(.*) -' }\n";
	static const struct {
		const char *feed, *speech;
		int loudspeaker;
	} rows[] = {{named, "", 0},
		    {named, "speech { loudspeaker = yes }\n", 1},
		    {"feed \"a\" { path = 'a.ics' person = '^(.*) -' names = none }\n", "", 1},
		    {"feed \"a\" { path = 'a.ics' }\n", "", 1},
		    {"feed \"a\" { path = 'a.ics' organizer = yes }\n", "", 0},
		    {"feed \"a\" { path = 'a.ics' }\n", "speech { loudspeaker = no }\n", 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[512];
		struct err err = {""};
		snprintf(text, sizeof(text), OFFICE "%s%s", rows[i].feed, rows[i].speech);
		struct config *config = read_text(text, &err);
		if (!config) {
			fail_msg("%s", err.text);
		}
		assert_int_equal(config->speech.loudspeaker, rows[i].loudspeaker);
		config_destroy(config);
	}
}

/* Cards keep the order of the file, and a text may have several lines. */
static void test_cards(void **state)
{
	(void)state;
	struct err err = {""};
	struct config *config =
		read_text(OFFICE "info \"Wi-Fi\" { title-en = \"Guest Wi-Fi\" icon = wifi qr = 'WIFI:S:a;;' "
				 "text = \"Nät: a\\nLösen: b\" text-en = \"Net: a\" }\n"
				 "info \"Alarm\" { icon = exit text = 'Gå ut' }\n",
			  &err);
	if (!config) {
		fail_msg("%s", err.text);
	}
	struct config english = config_in_language(config, "en");
	assert_int_equal(config->info_count, 2);
	assert_string_equal(config->infos[0].title, "Wi-Fi");
	assert_string_equal(config->infos[0].text, "Nät: a\nLösen: b");
	assert_string_equal(config->infos[0].code, "WIFI:S:a;;");
	assert_null(config->infos[0].button);
	assert_int_equal(config->infos[0].icon, INFO_WIFI);
	assert_int_equal(config->infos[1].icon, INFO_EXIT);
	assert_null(config->infos[1].code);
	assert_string_equal(english.infos[0].title, "Guest Wi-Fi");
	assert_string_equal(english.infos[0].text, "Net: a");
	assert_string_equal(english.infos[1].text, "Gå ut");
	config_destroy(config);
}

static void test_no_file(void **state)
{
	(void)state;
	struct err err = {""};
	assert_null(config_read("/nonexistent/kiosk.conf", &err));
	assert_non_null(strstr(err.text, "/nonexistent/kiosk.conf: cannot be opened: "));
	assert_null(config_read(folder, &err));
	assert_non_null(strstr(err.text, folder));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_mistake_is_reported),
		cmocka_unit_test(test_a_whole_file),
		cmocka_unit_test(test_network),
		cmocka_unit_test(test_share_address),
		cmocka_unit_test(test_longest_user_agent),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_an_address_is_never_repeated),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_a_stand_in),
		cmocka_unit_test(test_english_texts),
		cmocka_unit_test(test_who_hears_names),
		cmocka_unit_test(test_cards),
		cmocka_unit_test(test_no_file),
	};
	if (!mkdtemp(folder)) {
		return 1;
	}
	snprintf(file, sizeof(file), "%s/kiosk.conf", folder);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(file);
	rmdir(folder);
	return failed;
}
