/* The program as others see it: options, exit codes, the lines that it prints, and what it says about bad bodies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WINDOW "--from", "2026-11-01", "--to", "2026-12-01", "--zone", "Europe/Stockholm"
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define EVENT "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\nDTEND:20261102T090000Z\r\nEND:VEVENT\r\n"
#define TAIL "END:VCALENDAR\r\n"
#define COUNTS(events, occurrences)                                                                                    \
	"{\"events\":" #events ",\"occurrences\":" #occurrences ",\"skipped\":{},\"assumed\":{}}\n"

struct run {
	int code; /* -1: ended by a signal */
	char out[16384], report[4096];
};

static void read_back(int fd, char *text, size_t size)
{
	ssize_t got = pread(fd, text, size - 1, 0);

	assert_true(got >= 0);
	text[got] = '\0';
	close(fd);
}

/* stdin, stdout and stderr are files in memory: regular ones, as with a shell's redirections. */
static struct run run_icsread(const char *const *options, const char *body, size_t length)
{
	const char *arguments[24] = {"icsread"};
	int fds[3], status = -1;
	struct run run;
	pid_t child;

	for (size_t i = 0; options[i]; i++) {
		arguments[i + 1] = options[i];
	}
	for (int i = 0; i < 3; i++) {
		fds[i] = memfd_create("icsread", 0);
		assert_true(fds[i] >= 0);
	}
	for (size_t done = 0; done < length;) {
		ssize_t put = write(fds[0], body + done, length - done);

		assert_true(put > 0);
		done += (size_t)put;
	}
	lseek(fds[0], 0, SEEK_SET);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		for (int i = 0; i < 3; i++) {
			dup2(fds[i], i);
		}
		execv(KIOSK_BINARY_DIR "/bin/icsread", (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	close(fds[0]);
	read_back(fds[1], run.out, sizeof(run.out));
	read_back(fds[2], run.report, sizeof(run.report));
	return run;
}

static struct run run_text(const char *const *options, const char *body)
{
	return run_icsread(options, body, strlen(body));
}

static const char *const json_window[] = {WINDOW, "--json", NULL};

static void the_keys_and_their_order(void **state)
{
	struct run run = run_text(
		json_window, HEAD
		"BEGIN:VEVENT\r\nUID:x@y\r\nDTSTART;TZID=W. Europe Standard Time:20261102T090000\r\nDURATION:PT90M\r\n"
		"RRULE:FREQ=DAILY;COUNT=1\r\nSUMMARY:A \"b\" \\\\ c\\nd\r\nLOCATION:Plats 5\r\nSTATUS:TENTATIVE\r\n"
		"CLASS:CONFIDENTIAL\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nORGANIZER;CN=\"Berg, Anna\":mailto:a@b.c\r\n"
		"ATTENDEE;CUTYPE=ROOM;CN=Rum 1:mailto:r@b.c\r\nATTENDEE;CN=Nils:mailto:n@b.c\r\n"
		"RESOURCES:Projektor,Tavla\r\nURL:https://example.org/a\r\n"
		"X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/x\r\nDESCRIPTION:070-123 45 "
		"67\r\nEND:VEVENT\r\n" TAIL);

	(void)state;
	assert_int_equal(run.code, 0);
	assert_string_equal(
		run.out,
		"{\"uid\":\"x@y\",\"recurrence_id\":\"2026-11-02T08:00:00Z\",\"start\":\"2026-11-02T08:00:00Z\","
		"\"end\":\"2026-11-02T09:30:00Z\",\"all_day\":false,\"summary\":\"A \\\"b\\\" \\\\ c\\nd\","
		"\"location\":\"Plats 5\",\"status\":\"TENTATIVE\",\"class\":\"CONFIDENTIAL\",\"busy\":\"OOF\","
		"\"organizer\":\"Berg, Anna\",\"resources\":\"Rum 1, Projektor, "
		"Tavla\",\"url\":\"https://teams.example/x\"}\n");
	assert_string_equal(run.report, COUNTS(1, 1));
}

static void a_single_all_day_event(void **state)
{
	struct run run =
		run_text(json_window, HEAD "BEGIN:VEVENT\r\nUID:d\r\nDTSTART;VALUE=DATE:20261102\r\n"
					   "DTEND;VALUE=DATE:20261104\r\nTRANSP:TRANSPARENT\r\nCLASS:X-OTHER\r\n"
					   "URL:javascript:alert(1)\r\nEND:VEVENT\r\n" TAIL);

	(void)state;
	assert_string_equal(
		run.out,
		"{\"uid\":\"d\",\"recurrence_id\":null,\"start\":\"2026-11-02\",\"end\":\"2026-11-04\","
		"\"all_day\":true,\"summary\":\"\",\"location\":\"\",\"status\":\"CONFIRMED\","
		"\"class\":\"PRIVATE\",\"busy\":\"FREE\",\"organizer\":\"\",\"resources\":\"\",\"url\":\"\"}\n");
}

static void description_only_when_asked_for(void **state)
{
	static const char *const options[] = {WINDOW, "--json", "--description", NULL};
	struct run run = run_text(options, HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\n"
						"DESCRIPTION:Plats: 5\\nTel\r\nEND:VEVENT\r\n" TAIL);

	(void)state;
	assert_non_null(strstr(run.out, "\"url\":\"\",\"description\":\"Plats: 5\\nTel\"}\n"));
}

static void what_the_texts_of_an_event_say(void **state)
{
	static const char *const options[] = {WINDOW, "--json", "--cancelled", NULL};
	static const struct {
		const char *lines, *member;
	} rows[] = {
		{"STATUS:cancelled", "\"status\":\"CANCELLED\""},
		{"STATUS:CANCELED", "\"status\":\"CANCELLED\""},
		{"STATUS:X-OTHER", "\"status\":\"CONFIRMED\""},
		{"SUMMARY:Avbokad: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:CANCELED: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:Cancelled: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:INST\xC3\x84LLT: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:Avlyst: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:Peruutettu: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:Annul\xC3\xA9\xC2\xA0: a", "\"status\":\"CANCELLED\""},
		{"SUMMARY:Avbokade platser", "\"status\":\"CONFIRMED\""},
		{"SUMMARY:Canceled meetings: how to", "\"status\":\"CONFIRMED\""},
		{"CLASS:private", "\"class\":\"PRIVATE\""},
		{"CLASS:", "\"class\":\"PUBLIC\""},
		{"X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "\"busy\":\"TENTATIVE\""},
		{"X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "\"busy\":\"WORKINGELSEWHERE\""},
		{"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nTRANSP:TRANSPARENT", "\"busy\":\"BUSY\""},
		{"x-microsoft-cdo-busystatus:free", "\"busy\":\"FREE\""},
		{"X-MICROSOFT-CDO-BUSYSTATUS:9\r\nTRANSP:TRANSPARENT", "\"busy\":\"FREE\""},
		{"ORGANIZER;CN=\"A ^'B^' ^^ C\":mailto:a@b", "\"organizer\":\"A \\\"B\\\" ^ C\""},
		{"ORGANIZER;CN=\"Berg, A: x; y\":mailto:a@b", "\"organizer\":\"Berg, A: x; y\""},
		{"ATTENDEE;CUTYPE=room;CN=A:mailto:a\r\nATTENDEE;CUTYPE=RESOURCE;CN=B:mailto:b",
		 "\"resources\":\"A, B\""},
		{"ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED;CN=A:mailto:a\r\nRESOURCES:B,,C\r\nRESOURCES:B",
		 "\"resources\":\"B, C\""},
		{"x-microsoft-skypeteamsmeetingurl:https://t/\r\nCONFERENCE;VALUE=URI:https://c/",
		 "\"url\":\"https://t/\""},
		{"URL:https://u/\r\nCONFERENCE;VALUE=URI:tel:1\r\nCONFERENCE;VALUE=URI:https://c/",
		 "\"url\":\"https://c/\""},
		{"LOCATION;ALTREP=\"http://x:80/;a\":Sal\\, 1", "\"location\":\"Sal, 1\""},
		{"SUMMARY;X-A:a", "\"summary\":\"a\""},
		{"SUMMARY:C:\\temp\\,", "\"summary\":\"C:\\\\temp,\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char body[600];

		snprintf(body, sizeof(body),
			 HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\n%s\r\n"
			      "END:VEVENT\r\n" TAIL,
			 rows[i].lines);
		struct run run = run_text(options, body);
		if (!strstr(run.out, rows[i].member)) {
			print_error("%s\n%s", rows[i].lines, run.out);
		}
		assert_non_null(strstr(run.out, rows[i].member));
	}
}

static void cancelled_only_when_asked_for(void **state)
{
	static const char *const options[] = {WINDOW, "--json", "--cancelled", NULL};
	static const char body[] = HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\nSTATUS:CANCELLED\r\n"
					"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261103T080000Z\r\n"
					"SUMMARY:Canceled: Lunch\r\nEND:VEVENT\r\n" TAIL;
	struct run without = run_text(json_window, body), with = run_text(options, body);

	(void)state;
	assert_int_equal(without.code, 0);
	assert_string_equal(without.out, "");
	assert_non_null(strstr(with.out, "\"uid\":\"a\""));
	assert_non_null(strstr(with.out, "\"uid\":\"b\""));
	assert_non_null(strstr(with.out, "\"status\":\"CANCELLED\""));
	assert_null(strstr(with.out, "CONFIRMED"));
}

static void text_for_people(void **state)
{
	static const char *const options[] = {WINDOW, "--text", NULL};
	struct run run = run_text(options, HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\nDURATION:PT1H\r\n"
						"SUMMARY:Möte\r\nLOCATION:Rum 1\r\nEND:VEVENT\r\n" TAIL);

	(void)state;
	assert_int_equal(run.code, 0);
	assert_string_equal(run.out, "2026-11-02 09:00–10:00  Möte  (Rum 1)\n");
}

static void json_unless_told_otherwise(void **state)
{
	static const char *const options[] = {WINDOW, NULL};
	const char *body = HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT\r\n" TAIL;
	struct run run = run_text(options, body), asked = run_text(json_window, body);

	(void)state;
	assert_int_equal(run.code, 0);
	assert_true(run.out[0] == '{');
	assert_string_equal(run.out, asked.out);
}

static void wrong_usage_is_2(void **state)
{
	static const char *const wrong[][10] = {
		{NULL},
		{"--from", "2026-11-01", "--to", "2026-12-01", NULL},
		{"--from", "2026-11-01", "--to", "2026-11-01", "--zone", "UTC", NULL},
		{"--from", "1 nov", "--to", "2026-12-01", "--zone", "UTC", NULL},
		{"--from", "2026-02-30", "--to", "2026-12-01", "--zone", "UTC", NULL},
		{WINDOW, "--yaml", NULL},
		{WINDOW, "feed.ics", NULL},
		{"--from", "2026-11-01", "--to", "2026-12-01", "--zone", "Etc/Unknown", NULL},
		{"--from", "2026-11-01", "--to", "2026-12-01", "--zone", "Mars/Phobos", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct run run = run_text(wrong[i], HEAD EVENT TAIL);

		assert_int_equal(run.code, 2);
		assert_string_equal(run.out, "");
		assert_true(strlen(run.report) > 0);
	}
}

/* Whatever is quoted, of the calendar or of the command line, no terminal takes it for a command. */
static void complaints_hold_no_escapes(void **state)
{
	static const struct {
		const char *options[10], *body, *says;
	} cases[] = {
		{{WINDOW, NULL}, HEAD "BEGIN:\x1b[2J\r\n", ""},
		{{WINDOW, NULL}, "BEGIN:\x1b]0;x\x07\r\n", ""},
		{{WINDOW, NULL}, "\x1b[2J", ""},
		{{WINDOW, NULL},
		 "BEGIN:V\xc2\x9b"
		 "2J\r\n",
		 ""},
		{{WINDOW, NULL},
		 "BEGIN:V\x9b"
		 "2J\r\n",
		 ""},
		{{WINDOW, "--\x1b[2J", NULL}, "", "there is no option --\\x1b[2J"},
		{{WINDOW, "--text=\x1b[2J", NULL}, "", "\\x1b[2J"},
		{{"--from", "2026-11-01", "--to", "2026-12-01", "--zone", "\x1b[2J", NULL}, "", "\\x1b[2J"},
		{{"--from", "2026-11-01", "--to", "2026-12-01", "--zone", "Ume\xc3\xa5\xff", NULL}, "", "Umeå\\xff"},
		{{"--from", "2026-11-01", "--to", NULL}, "", "--to needs a value"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run run = run_text(cases[i].options, cases[i].body);

		assert_true(run.code == 1 || run.code == 2);
		assert_non_null(strstr(run.report, cases[i].says));
		for (const char *p = run.report; *p; p++) {
			assert_true((unsigned char)*p >= ' ' || *p == '\n');
		}
		assert_null(strchr(run.report, 0x7f));
		assert_null(strstr(run.report, "\xc2\x9b"));
		assert_null(strstr(run.report, "V\x9b"));
	}
}

static void help_and_version(void **state)
{
	static const char *const help[] = {"--help", NULL}, *const version[] = {"--version", NULL};
	struct run run = run_text(help, "");

	(void)state;
	assert_int_equal(run.code, 0);
	assert_non_null(strstr(run.out, "--cancelled"));
	run = run_text(version, "");
	assert_int_equal(run.code, 0);
	assert_string_equal(run.out, "icsread " KIOSK_VERSION "\n");
}

static const struct {
	const char *what, *body;
} refused[] = {
	{"empty", ""},
	{"blank lines", "\r\n\r\n"},
	{"HTML", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"},
	{"HTML behind a calendar", HEAD EVENT TAIL "<html></html>\n"},
	{"JSON", "{\"error\":\"gone\"}"},
	{"no END:VCALENDAR", HEAD EVENT},
	{"no END:VEVENT", HEAD "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\n" TAIL},
	{"cut in a line", HEAD EVENT "BEGIN:VEVENT\r\nUID:b\r\nDTSTA"},
	{"cut in the last line", HEAD EVENT "END:VCALEN"},
	{"only an END", TAIL},
	{"a calendar that ends within an alarm", HEAD "BEGIN:VEVENT\r\nUID:a\r\nBEGIN:VALARM\r\n" TAIL},
	{"an event that begins within another", HEAD "BEGIN:VEVENT\r\nUID:a\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n" TAIL},
	{"a zone and no calendar", "BEGIN:VTIMEZONE\r\nTZID:a\r\nEND:VTIMEZONE\r\n"},
	{"a fold outside that is not blank", " x\r\n" HEAD EVENT TAIL},
	{"a word outside", HEAD EVENT TAIL "x\r\n"},
	{"a control character outside", HEAD EVENT TAIL "\x07\r\n"},
	{"an event without a calendar", EVENT},
	{"an event behind the calendar", HEAD TAIL EVENT},
	{"a vCard", "BEGIN:VCARD\r\nEND:VCARD\r\n"},
	{"UTF-16", "\xFF\xFE"
		   "B\0E\0G\0"},
};

static void what_is_no_whole_calendar_is_1(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct run run = run_text(json_window, refused[i].body);

		if (run.code != 1 || run.out[0] != '\0' || !strstr(run.report, "calendar")) {
			print_error("%s: %d %s %s\n", refused[i].what, run.code, run.out, run.report);
			fail();
		}
	}
}

/* Every cut of a good calendar but the one that only takes the last line's end. */
static void every_truncation_is_refused(void **state)
{
	static const char body[] = HEAD EVENT TAIL;

	(void)state;
	for (size_t length = 0; length < sizeof(body) - 3; length += 3) {
		assert_int_equal(run_icsread(json_window, body, length).code, 1);
	}
	assert_int_equal(run_icsread(json_window, body, sizeof(body) - 3).code, 0);
}

static const struct {
	const char *what, *body;
	size_t length;
} odd[] = {
#define BODY(text) text, sizeof(text) - 1
	{"bare line feeds",
	 BODY("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261102T080000Z\nEND:VEVENT\nEND:VCALENDAR\n")},
	{"no end of the last line", BODY(HEAD EVENT "END:VCALENDAR")},
	{"a byte order mark", BODY("\xEF\xBB\xBF" HEAD EVENT TAIL)},
	{"two calendars", BODY(HEAD TAIL "\r\n" HEAD EVENT TAIL)},
	{"two calendars, two marks", BODY("\xEF\xBB\xBF" HEAD TAIL "\xEF\xBB\xBF" HEAD EVENT TAIL)},
	{"a NUL in a text",
	 BODY(HEAD "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:x\0y\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT\r\n" TAIL)},
	{"a NUL behind the end", BODY(HEAD EVENT TAIL "\0")},
	{"lower case",
	 BODY("begin:vcalendar\nbegin:vevent\nuid:a\ndtstart:20261102T080000Z\nend:vevent\nend:vcalendar\n")},
	{"lines without sense",
	 BODY(HEAD "nonsense\r\n;;;\r\nBEGIN:VEVENT\r\nwhat\r\nUID:a\r\nDTSTART:20261102T080000Z\r\n"
		   "::\r\nEND:VEVENT\r\n" TAIL)},
	{"an alarm with times of its own",
	 BODY(HEAD "BEGIN:VEVENT\r\nUID:a\r\nBEGIN:VALARM\r\nDTSTART:20270101T000000Z\r\n"
		   "DURATION:PT5M\r\nEND:VALARM\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT\r\n" TAIL)},
	{"tasks and journals",
	 BODY(HEAD "BEGIN:VTODO\r\nUID:t\r\nDTSTART:20261102T080000Z\r\nEND:VTODO\r\n" EVENT TAIL)},
	{"an END too many", BODY(HEAD EVENT TAIL TAIL)},
	{"an END of what was never begun",
	 BODY("END:VTODO\r\n" HEAD "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VALARM\r\nEND:\r\n"
	      "DTSTART:20261102T080000Z\r\nEND:X\r\nEND:VEVENT\r\nEND:VEVENT\r\n" TAIL)},
	{"a description that was not folded, with a time",
	 BODY(HEAD "BEGIN:VEVENT\r\nUID:a\r\nDESCRIPTION:Hej\r\nBegin: 10 o'clock\r\nBegin:\r\nEnd: 11\r\n"
		   "DTSTART:20261102T080000Z\r\nEND:VEVENT\r\n" TAIL)},
	{"an event that ends within its alarm, and another",
	 BODY(HEAD "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261102T090000Z\r\nBEGIN:VALARM\r\nBEGIN:X\r\n"
		   "LOCATION:b\r\nEND:VEVENT\r\n" EVENT TAIL)},
	{"blank lines outside", BODY("\r\n \r\n\t\r\n" HEAD EVENT TAIL " \t \r\n\t\r\n\0\0\r\n\x1a")},
	{"the end of a file from another age", BODY(HEAD EVENT TAIL "\x1a\r\n")},
	{"empty folds",
	 BODY(HEAD "BEGIN:VEVENT\r\nUID:a\r\n \r\n\tb\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT\r\n" TAIL)},
#undef BODY
};

static void what_is_odd_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct run run = run_icsread(json_window, odd[i].body, odd[i].length);

		if (run.code != 0 || !strstr(run.report, "\"occurrences\":1,")) {
			print_error("%s: %d %s %s\n", odd[i].what, run.code, run.out, run.report);
			fail();
		}
	}
}

static void an_empty_calendar_is_a_calendar(void **state)
{
	struct run run = run_text(json_window, HEAD TAIL);

	(void)state;
	assert_int_equal(run.code, 0);
	assert_string_equal(run.out, "");
	assert_string_equal(run.report, COUNTS(0, 0));
}

static void noise_never_ends_in_a_signal(void **state)
{
	uint32_t random = 12345;

	(void)state;
	for (int round = 0; round < 40; round++) {
		char body[3000];
		size_t length = sizeof(body);
		struct run run;

		for (size_t i = 0; i < length; i++) {
			random = random * 1664525 + 1013904223;
			body[i] = (char)(random >> 24);
			if (i % 40 == 39) {
				body[i] = '\n';
			}
		}
		memcpy(body, HEAD, sizeof(HEAD) - 1);
		memcpy(body + length - sizeof(TAIL) + 1, TAIL, sizeof(TAIL) - 1);
		body[length - sizeof(TAIL)] = '\n';
		run = run_icsread(json_window, body, length);
		assert_true(run.code == 0 || run.code == 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_and_their_order),
		cmocka_unit_test(a_single_all_day_event),
		cmocka_unit_test(description_only_when_asked_for),
		cmocka_unit_test(what_the_texts_of_an_event_say),
		cmocka_unit_test(cancelled_only_when_asked_for),
		cmocka_unit_test(text_for_people),
		cmocka_unit_test(json_unless_told_otherwise),
		cmocka_unit_test(wrong_usage_is_2),
		cmocka_unit_test(complaints_hold_no_escapes),
		cmocka_unit_test(help_and_version),
		cmocka_unit_test(what_is_no_whole_calendar_is_1),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(what_is_odd_is_read),
		cmocka_unit_test(an_empty_calendar_is_a_calendar),
		cmocka_unit_test(noise_never_ends_in_a_signal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
