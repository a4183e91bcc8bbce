/* The small parts of the parent's side: what one line of the reader may say, and the sentences for what went wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical/fetchtext.h"
#include "ical/netlimits.h"
#include "ical/record.h"
#include "ical/refusal.h"

#define INSTANTS "\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\",\"all_day\":false"
#define DATES "\"start\":\"2026-11-23\",\"end\":\"2026-11-24\",\"all_day\":true"

static const struct {
	const char *line;
	bool is_good;
} lines[] = {
	{"{\"uid\":\"a\"," INSTANTS "}", true},
	{"{\"uid\":\"a\"," DATES "}", true},
	{"{\"uid\":\"a\"," INSTANTS ",\"recurrence_id\":\"2026-11-23\",\"summary\":null}", true},
	{"{\"uid\":\"a\"," INSTANTS ",\"status\":\"NEW\",\"class\":1,\"busy\":[]}", true}, /* then the safest */
	{"{" INSTANTS "}", false},
	{"{\"uid\":null," INSTANTS "}", false},
	{"{\"uid\":1," INSTANTS "}", false},
	{"{\"uid\":\"a\",\"uid\":\"b\"," INSTANTS "}", false},
	{"{\"uid\":\"a\"," INSTANTS ",\"summary\":1}", false},
	{"{\"uid\":\"a\"," INSTANTS ",\"url\":{}}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\"}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\",\"all_day\":1}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00:00+\",\"end\":\"2026-11-23T10:00:00Z\",\"all_day\":false}",
	 false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00Z\",\"end\":\"2026-11-23T10:00:00Z\",\"all_day\":false}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T25:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\",\"all_day\":false}",
	 false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00:00Z\",\"end\":null,\"all_day\":false}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T08:00:00Z\",\"all_day\":false}",
	 false},
	{"{\"uid\":\"a\",\"start\":\"2026-13-23\",\"end\":\"2026-11-24\",\"all_day\":true}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23\",\"end\":\"2026-11-22\",\"all_day\":true}", false},
	{"{\"uid\":\"a\",\"start\":\"2026-11-23\",\"end\":24,\"all_day\":true}", false},
	{"[\"uid\"]", false},
	{"\"uid\"", false},
	{"", false},
	{"{\"uid\":\"\\u0000\"," INSTANTS "}", false},
	{"{\"uid\":\"\xff\"," INSTANTS "}", false},
};

static void test_lines(void **state)
{
	(void)state;
	struct occurrence_list list = {0};
	size_t good = 0;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct err err = {""};
		print_message("%s\n", lines[i].line);
		assert_int_equal(record_read(lines[i].line, strlen(lines[i].line), &list, &err), lines[i].is_good);
		good += lines[i].is_good;
		assert_int_equal(list.count, good); /* a line that is refused leaves nothing behind */
		assert_int_equal(err.text[0] == '\0', lines[i].is_good);
	}
	assert_int_equal(list.items[3].status, OCCURRENCE_CONFIRMED);
	assert_int_equal(list.items[3].class, OCCURRENCE_PRIVATE);
	assert_int_equal(list.items[3].busy, OCCURRENCE_BUSY);
	occurrence_list_finish(&list);
}

static void test_reports(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t occurrences, skips;
	} cases[] = {
		{"", SIZE_MAX, 0},
		{"\r\n\n", SIZE_MAX, 0},
		{"{\"occurrences\":3,\"skipped\":{\"a\":1,\"b\":0,\"c\":-1,\"d\":\"x\",\"e\":99999999999}}\n", 3, 2},
		{"{\"occurrences\":3,\"skipped\":{\"\\u001b[2J\":1,\"\":1,\"a b\":1,\"too-large\":1}}\n", 3, 1},
		{"chatter\n{\"occurrences\":0}\n", 0, 0},
		{"{\"occurrences\":3}\nchatter", SIZE_MAX, 0},
		{"{\"occurrences\":-3}", SIZE_MAX, 0},
		{"{\"occurrences\":\"3\"}", SIZE_MAX, 0},
		{"[3]", SIZE_MAX, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reader_result result = {0};
		size_t occurrences = 0;
		print_message("%s\n", cases[i].text);
		record_read_report(cases[i].text, strlen(cases[i].text), &result, &occurrences);
		assert_true(occurrences == cases[i].occurrences);
		assert_int_equal(result.skip_count, cases[i].skips);
	}
}

/* libcurl's and OpenSSL's numbers, as they are documented. */
static void test_sentences(void **state)
{
	(void)state;
	enum { PEER_FAILED_VERIFICATION = 60, NOBODY_KNOWS = 99 };
	static const struct {
		int code;
		long verify_result;
		enum fetch_failure failure;
		const char *text;
	} cases[] = {
		{PEER_FAILED_VERIFICATION, 9, FETCH_FAILURE_NO_CONTACT,
		 "the server's certificate is not valid yet (is the clock right?)"},
		{PEER_FAILED_VERIFICATION, 10, FETCH_FAILURE_NO_CONTACT,
		 "the server's certificate has expired (is the clock right?)"},
		{PEER_FAILED_VERIFICATION, 20, FETCH_FAILURE_NO_CONTACT, "the server's certificate is not trusted"},
		{PEER_FAILED_VERIFICATION, 0, FETCH_FAILURE_NO_CONTACT, "the server's certificate is for another name"},
		{NOBODY_KNOWS, 0, FETCH_FAILURE_NO_CONTACT, "the transfer failed (code 99 of the network library)"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = {""};
		struct fetchtext_broken broken = {.code = cases[i].code, .verify_result = cases[i].verify_result};
		assert_int_equal(fetchtext_broken(&broken, &err), cases[i].failure);
		assert_string_equal(err.text, cases[i].text);
	}
}

static void test_redirects(void **state)
{
	(void)state;
	static const struct {
		const char *location;
		unsigned int signs;
	} cases[] = {
		{"/mail/", REFUSAL_SIGN_IN},
		{"/mail", REFUSAL_SIGN_IN},
		{"/mail/inbox?x=1", REFUSAL_SIGN_IN},
		{"https://outlook.office365.com/mail/", REFUSAL_SIGN_IN},
		{"//outlook.office.com/owa/", REFUSAL_SIGN_IN},
		{"https://login.microsoftonline.com/common/oauth2/authorize?client_id=x", REFUSAL_SIGN_IN},
		{"HTTPS://LOGIN.LIVE.COM", REFUSAL_SIGN_IN},
		{"https://sts.kommun.se/adfs/ls/?wa=wsignin1.0&wtrealm=x", REFUSAL_SIGN_IN},
		{"/owa/auth/logon.aspx?url=x&reason=0", REFUSAL_SIGN_IN},
		{"/accounts/login/?next=/calendar.ics", REFUSAL_SIGN_IN},
		{"/owa/auth/errorfe.aspx?httpCode=404", REFUSAL_ERROR_PAGE},
		{"/owa/auth/"
		 "errorfe.aspx?owaError=Microsoft.Exchange.Clients.Owa2.Server.Core.OwaBasicUnsupportedException",
		 REFUSAL_ERROR_PAGE | REFUSAL_AGENT},
		{"/owa/auth/errorfe.aspx?owaerror=a.b.folderNOTpublishedexception",
		 REFUSAL_ERROR_PAGE | REFUSAL_UNPUBLISHED},
		/* a calendar that has moved, and nothing else */
		{"/owa/calendar/x@a.se/y/calendar.ics", 0},
		{"https://mail.kommun.se/owa/calendar/x/y/calendar.ics", 0},
		{"/mailbox/calendar.ics", 0},
		{"/calendar/desks.ics", 0},
		{"https://moved.example.org", 0},
		{"", 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned int signs = 0;
		print_message("%s\n", cases[i].location);
		refusal_see_redirect(&signs, cases[i].location);
		assert_int_equal(signs, cases[i].signs);
	}
}

/* A page is searched up to its bound, whatever bytes are in it. */
static void test_pages(void **state)
{
	(void)state;
	static const char name[] = "OwaBasicUnsupportedException";
	size_t size = FETCH_PAGE_MAX + sizeof(name);
	char *page = calloc(1, size + 1);
	assert_non_null(page);
	for (size_t at = FETCH_PAGE_MAX - strlen(name); at <= FETCH_PAGE_MAX - strlen(name) + 1; at++) {
		unsigned int signs = 0;
		memset(page, 0, size);
		memcpy(page, " \n<html>", 8);
		memcpy(page + at, name, strlen(name));
		refusal_see_page(&signs, page, size);
		assert_int_equal(signs, REFUSAL_PAGE | (at + strlen(name) <= FETCH_PAGE_MAX ? REFUSAL_AGENT : 0));
	}
	free(page);
	unsigned int signs = 0;
	static const char calm[] = "<html><title>Kalender</title><script>maintenance; throttled(); 'UserNotFound'; "
				   "BrowserNotSupported: ByPolicy; x = ObjectNotFound</script>"; /* as scripts are */
	refusal_see_page(&signs, calm, strlen(calm));
	assert_int_equal(signs, REFUSAL_PAGE);
	assert_false(refusal_is_page("BEGIN:VCALENDAR\r\n<", 18));
	assert_true(refusal_is_page("\xef\xbb\xbf\r\n<html>", 11));
	assert_false(refusal_is_page("", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),     cmocka_unit_test(test_reports), cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_redirects), cmocka_unit_test(test_pages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
