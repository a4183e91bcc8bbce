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
#include "ical/record.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_sentences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
