/* Lists of collections as servers write them, and as nobody should. Each case has an answer and what is read from it: a
 * line for each object, and the token; or that it is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/multistatus.h"

#define REFUSED NULL

#define ONE(inside) "<multistatus xmlns=\"DAV:\"><response>" inside "</response></multistatus>"
#define OK_OF(properties)                                                                                              \
	ONE("<href>/a/b.ics</href><propstat><prop>" properties "</prop><status>HTTP/1.1 200 OK</status></propstat>")

static const struct {
	const char *name, *answer, *read;
} cases[] = {
	/* servers as they are */
	{"Radicale, nothing new",
	 "<?xml version='1.0' encoding='utf-8'?>\n<multistatus "
	 "xmlns=\"DAV:\"><sync-token>http://radicale.org/ns/sync/e3b0"
	 "</sync-token></multistatus>",
	 "token http://radicale.org/ns/sync/e3b0\n"},
	{"Radicale, news",
	 "<?xml version='1.0' encoding='utf-8'?>\n<multistatus "
	 "xmlns=\"DAV:\"><sync-token>t</sync-token><response><href>"
	 "/office/share/20261123-a-1.ics</href><propstat><prop><getetag>\"1\"</getetag></prop><status>HTTP/1.1 200 OK"
	 "</status></propstat></response><response><href>/office/share/20261123-a-2.ics</href><status>HTTP/1.1 404 Not "
	 "Found</status></response></multistatus>",
	 "200 20261123-a-1.ics \"1\"\n404 20261123-a-2.ics \ntoken t\n"},
	{"mod_dav",
	 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\" xmlns:ns0=\"DAV:\">\n<D:response "
	 "xmlns:lp1=\"DAV:\" xmlns:lp2=\"http://apache.org/dav/props/\">\n<D:href>/share/</D:href>\n<D:propstat>\n"
	 "<D:prop>\n<lp1:getetag>\"1000-66\"</lp1:getetag>\n<lp1:resourcetype><D:collection/></lp1:resourcetype>\n"
	 "</D:prop>\n<D:status>HTTP/1.1 200 OK</D:status>\n</D:propstat>\n</D:response>\n<D:response>\n"
	 "<D:href>/share/x.ics</D:href>\n<D:propstat>\n<D:prop>\n<ns0:getetag>\"2\"</ns0:getetag>\n"
	 "<ns0:resourcetype/>\n</D:prop>\n<D:status>HTTP/1.1 200 OK</D:status>\n</D:propstat>\n</D:response>\n"
	 "</D:multistatus>\n",
	 "collection  \"1000-66\"\n200 x.ics \"2\"\n"},
	{"sabre/dav",
	 "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\" "
	 "xmlns:cal=\"urn:ietf:"
	 "params:xml:ns:caldav\" xmlns:cs=\"http://calendarserver.org/ns/\"><d:response><d:href>/remote.php/dav/x/"
	 "</d:href><d:propstat><d:prop><cs:getctag>http://sabre.io/ns/sync/4</cs:getctag></d:prop><d:status>HTTP/1.1 "
	 "200 "
	 "OK</d:status></d:propstat><d:propstat><d:prop><d:getetag/></d:prop><d:status>HTTP/1.1 404 Not "
	 "Found</d:status>"
	 "</d:propstat></d:response></d:multistatus>",
	 "200   ctag http://sabre.io/ns/sync/4\n"},
	{"a list that is cut off",
	 "<multistatus xmlns=\"DAV:\"><response><href>/a/</href><status>HTTP/1.1 507 Insufficient Storage</status>"
	 "<error><number-of-matches-within-limits/></error></response><sync-token>t</sync-token></multistatus>",
	 "507  \ntoken t\n"},
	{"calendar data",
	 "<multistatus xmlns=\"DAV:\" "
	 "xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><response><href>/a/b.ics</href><propstat>"
	 "<prop><C:calendar-data>BEGIN:X&#13;\n &lt;&amp;&quot;</C:calendar-data></prop><status>HTTP/1.1 200 "
	 "OK</status>"
	 "</propstat></response></multistatus>",
	 "200 b.ics  data BEGIN:X\r\n <&\"\n"},
	{"CDATA and comments",
	 "<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><response><href>/a/<!-- x "
	 "-->b.ics</href>"
	 "<propstat><prop><C:calendar-data>A<![CDATA[<B>]]>&#xe5;</C:calendar-data></prop><status>HTTP/1.1 200 OK"
	 "</status></propstat></response></multistatus>",
	 "200 b.ics  data A<B>å\n"},
	{"a name that is encoded", OK_OF(""), "200 b.ics \n"},
	{"percent", ONE("<href>https://a.se/x/%62%2eics</href>"), "200 b.ics \n"},
	{"a byte order mark", "\xef\xbb\xbf" ONE("<href>/b</href>"), "200 b \n"},
	/* what must not be believed */
	{"properties that it does not have",
	 ONE("<href>/a/b.ics</href><propstat><prop><getetag>\"1\"</getetag></prop><status>HTTP/1.1 404 Not "
	     "Found</status>"
	     "</propstat>"),
	 "200 b.ics \n"},
	{"names of another namespace",
	 "<multistatus xmlns=\"DAV:\" xmlns:x=\"urn:x\"><x:response><href>/a</href></x:response><response><x:href>/a"
	 "</x:href><href>/b</href></response></multistatus>",
	 "200 b \n"},
	{"a prefix that is bound anew inside",
	 "<d:multistatus xmlns:d=\"DAV:\"><d:response xmlns:d=\"urn:x\"><d:href>/a</d:href></d:response><d:response>"
	 "<d:href>/b</d:href></d:response></d:multistatus>",
	 "200 b \n"},
	{"elements where they do not belong",
	 "<multistatus xmlns=\"DAV:\"><href>/a</href><other><response><href>/a</href></response></other></multistatus>",
	 ""},
	{"a status that is none", ONE("<href>/b</href><status>404</status>"), "200 b \n"},
	{"a token with blanks", "<multistatus xmlns=\"DAV:\"><sync-token>a b</sync-token></multistatus>", ""},
	{"a slash in a name", ONE("<href>/a/..%2f..%2fetc</href>"), "200  \n"},
	{"a NUL in a name", ONE("<href>/a/b%00.ics</href>"), "200  \n"},
	{"half a percent", ONE("<href>/a/b%4</href>"), "200 b%4 \n"},
	/* what is refused */
	{"nothing", "", REFUSED},
	{"no list", "<html xmlns=\"DAV:\"><response/></html>", REFUSED},
	{"no namespace", "<multistatus><response/></multistatus>", REFUSED},
	{"text", "hello", REFUSED},
	{"cut off", "<multistatus xmlns=\"DAV:\"><response><href>/a</href></response>", REFUSED},
	{"cut off in a tag", "<multistatus xmlns=\"DAV:\"><respon", REFUSED},
	{"cut off in a value", "<multistatus xmlns=\"DAV:", REFUSED},
	{"a document type", "<!DOCTYPE multistatus>" ONE(""), REFUSED},
	{"an entity of its own", ONE("<href>&x;</href>"), REFUSED},
	{"half an entity", ONE("<href>&amp</href>"), REFUSED},
	{"a character that is none", ONE("<href>&#0;</href>"), REFUSED},
	{"half a character", ONE("<href>&#xd800;</href>"), REFUSED},
	{"a character beyond all", ONE("<href>&#x110000;</href>"), REFUSED},
	{"tags that cross", "<multistatus xmlns=\"DAV:\"><response></multistatus></response>", REFUSED},
	{"two lists", ONE("") ONE(""), REFUSED},
	{"text behind it", ONE("") "x", REFUSED},
	{"an element in a name", ONE("<href>/a<b/></href>"), REFUSED},
	{"an attribute without quotes", "<multistatus xmlns=DAV:></multistatus>", REFUSED},
	{"attributes that touch", "<multistatus xmlns=\"DAV:\"a=\"b\"></multistatus>", REFUSED},
	{"CDATA without an end", ONE("<href><![CDATA[</href>"), REFUSED},
	{"a comment without an end", ONE("<!-- "), REFUSED},
};

static bool describe(void *context, const struct multistatus_item *item)
{
	FILE *out = context;
	char name[64];
	multistatus_name(item->href, name, sizeof(name));
	if (item->is_collection) {
		fputs("collection", out);
	} else {
		fprintf(out, "%d", item->status);
	}
	fprintf(out, " %s %s", name, item->etag);
	if (*item->ctag) {
		fprintf(out, " ctag %s", item->ctag);
	}
	if (item->data_length > 0) {
		fprintf(out, " data %s", item->data);
		assert_int_equal(strlen(item->data), item->data_length);
	}
	fputc('\n', out);
	return true;
}

/* The bytes have exactly the room that they need, so that a sanitizer sees what reads past them. */
static bool read_answer(const char *answer, size_t length, char **out)
{
	char *bytes = malloc(length ? length : 1), token[DAV_TOKEN_MAX];
	size_t size = 0;
	struct err err = {""};
	FILE *file = open_memstream(out, &size);
	memcpy(bytes, answer, length);
	bool ok = multistatus_read(bytes, length, describe, file, token, &err);
	if (token[0]) {
		fprintf(file, "token %s\n", token);
	}
	fclose(file);
	free(bytes);
	assert_true(ok || err.text[0]);
	return ok;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *read = NULL;
		bool ok = read_answer(cases[i].answer, strlen(cases[i].answer), &read);
		if (ok != (cases[i].read != NULL) || (ok && strcmp(read, cases[i].read) != 0)) {
			fail_msg("%s: %s", cases[i].name, ok ? read : "refused");
		}
		free(read);
	}
}

static void test_nul(void **state)
{
	(void)state;
	char *read = NULL;
	assert_false(read_answer("<multistatus xmlns=\"DAV:\">\0</multistatus>", 40, &read));
	free(read);
}

/* `count` times `open`, in `before` and `after`. */
static bool is_read(const char *before, const char *open, size_t count, const char *after)
{
	char *text = NULL, *read = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	fputs(before, file);
	for (size_t i = 0; i < count; i++) {
		fputs(open, file);
	}
	fputs(after, file);
	fclose(file);
	bool ok = read_answer(text, size, &read);
	free(text);
	free(read);
	return ok;
}

static void test_caps(void **state)
{
	(void)state;
	assert_false(is_read("<multistatus xmlns=\"DAV:\">", "<a>", 1000 * 1000, "</multistatus>"));
	assert_true(is_read("<multistatus xmlns=\"DAV:\"", " xmlns:a=\"b\"", XML_BINDINGS_MAX - 1, "/>"));
	assert_false(is_read("<multistatus xmlns=\"DAV:\"", " xmlns:a=\"b\"", XML_BINDINGS_MAX, "/>"));
	assert_true(is_read("<multistatus xmlns=\"DAV:\">", "<a xmlns:b=\"c\"/>", 1000, "</multistatus>"));
	assert_true(is_read("<multistatus xmlns=\"DAV:\"><response><href>/", "x", DAV_HREF_MAX,
			    "</href></response></multistatus>"));
	assert_true(
		is_read("<multistatus xmlns=\"DAV:\"><sync-token>", "x", DAV_TOKEN_MAX, "</sync-token></multistatus>"));
	assert_true(is_read("<multistatus xmlns=\"DAV:\"><sync-token>", "&amp;", 500, "</sync-token></multistatus>"));
}

static void test_depth(void **state)
{
	(void)state;
	for (size_t depth = XML_DEPTH_MAX - 1; depth <= XML_DEPTH_MAX; depth++) {
		char text[512] = "<multistatus xmlns=\"DAV:\">";
		for (size_t i = 0; i < depth; i++) {
			strcat(text, "<a>");
		}
		for (size_t i = 0; i < depth; i++) {
			strcat(text, "</a>");
		}
		strcat(text, "</multistatus>");
		char *read = NULL;
		assert_int_equal(read_answer(text, strlen(text), &read), depth < XML_DEPTH_MAX);
		free(read);
	}
}

/* Each case with a byte changed, left out or cut off after: whatever comes out, nothing is read past the end. */
static void test_damage(void **state)
{
	(void)state;
	static const char bytes[] = "<>&;/\"'!-[]: x\xc3";
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t length = strlen(cases[i].answer);
		for (size_t at = 0; at < length; at++) {
			char *copy = strdup(cases[i].answer), *read = NULL;
			copy[at] = bytes[(at + i) % (sizeof(bytes) - 1)];
			read_answer(copy, length, &read);
			free(read);
			read_answer(cases[i].answer, at, &read);
			free(read);
			free(copy);
		}
	}
}

static void test_escape(void **state)
{
	(void)state;
	char out[17];
	assert_true(multistatus_escape("a&b<c>", out, sizeof(out)));
	assert_string_equal(out, "a&amp;b&lt;c&gt;");
	assert_false(multistatus_escape("a&b<c>d", out, sizeof(out)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases), cmocka_unit_test(test_nul),    cmocka_unit_test(test_caps),
		cmocka_unit_test(test_depth), cmocka_unit_test(test_damage), cmocka_unit_test(test_escape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
