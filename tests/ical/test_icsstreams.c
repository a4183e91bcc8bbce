/* What icsread's three streams may be: a folder, a full disk, a file that holds something already, nothing at all; and
 * the parent's side in a program that was started without any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ical/reader.h"

#define EVENT "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\nDTEND:20261102T090000Z\r\nEND:VEVENT\r\n"

enum { FIRST_DAY = 20758 /* 2026-11-01 */, LAST_DAY = 20788 };

static const char calendar[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" EVENT "END:VCALENDAR\r\n";
static char program[] = KIOSK_BINARY_DIR "/bin/icsread";

static int memory_file(const char *text)
{
	int fd = memfd_create("icsread", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	return fd;
}

/* -1 for a stream: closed. Returns the exit code; -1: ended by a signal. */
static int run(int in, int out, int report)
{
	char *const argv[] = {program,
			      (char[]){"--from"},
			      (char[]){"2026-11-01"},
			      (char[]){"--to"},
			      (char[]){"2026-12-01"},
			      (char[]){"--zone"},
			      (char[]){"UTC"},
			      NULL};
	const int streams[] = {in, out, report};
	int status = -1;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		for (int i = 0; i < 3; i++) {
			close(i);
		}
		for (int i = 0; i < 3; i++) {
			if (streams[i] >= 0 && dup2(streams[i], i) != i) {
				_exit(127);
			}
		}
		execv(program, argv);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_folder_as_input(void **state)
{
	(void)state;
	char text[256] = "";
	int in = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), out = memory_file(""), report = memory_file("");
	assert_int_equal(run(in, out, report), 1);
	assert_true(pread(report, text, sizeof(text) - 1, 0) > 0);
	assert_string_equal(text, "icsread: stdin: Is a directory\n");
	assert_int_equal(pread(out, text, 1, 0), 0);
	close(in);
	close(out);
	close(report);
}

static void test_no_input(void **state)
{
	(void)state;
	int out = memory_file(""), report = memory_file("");
	char byte;
	assert_int_equal(run(-1, out, report), 1);
	assert_int_equal(pread(out, &byte, 1, 0), 0);
	close(out);
	close(report);
}

/* An answer that is not whole is no success, whatever could be written of it. */
static void test_full_disk(void **state)
{
	(void)state;
	int in = memory_file(calendar), out = open("/dev/full", O_WRONLY | O_CLOEXEC), report = memory_file("");
	assert_true(out >= 0);
	lseek(in, 0, SEEK_SET);
	assert_int_equal(run(in, out, report), 1);
	close(in);
	close(out);
	close(report);
}

/* As `>>` does. A file may grow by the answer, and by that only from where it ends. */
static void test_files_that_hold_something(void **state)
{
	(void)state;
	enum { BEFORE = 1 << 20 };
	struct stat about;
	char text[512] = "";
	int in = memory_file(calendar), out = memory_file(""), report = memory_file("");
	assert_int_equal(ftruncate(out, BEFORE), 0);
	assert_int_equal(ftruncate(report, 2 * BEFORE), 0);
	lseek(in, 0, SEEK_SET);
	lseek(out, 0, SEEK_END);
	lseek(report, 0, SEEK_END);
	assert_int_equal(run(in, out, report), 0);
	assert_true(pread(out, text, sizeof(text) - 1, BEFORE) > 0);
	assert_non_null(strstr(text, "\"uid\":\"a\""));
	assert_int_equal(fstat(report, &about), 0);
	assert_true(about.st_size > 2 * BEFORE);
	close(in);
	close(out);
	close(report);
}

static void test_parent_without_streams(void **state)
{
	(void)state;
	int status = -1;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct reader_request request = {.program = program,
						 .body = calendar,
						 .body_length = sizeof(calendar) - 1,
						 .from_day = FIRST_DAY,
						 .to_day = LAST_DAY,
						 .zone = "UTC"};
		struct reader_result result;
		struct err err = {""};
		for (int i = 0; i < 3; i++) {
			close(i);
		}
		enum reader_outcome outcome = reader_run(&request, NULL, &result, &err);
		bool ok = outcome == READER_OK && result.occurrences.count == 1;
		bool are_closed = true; /* nothing of ours stays where somebody's stdout may be */
		for (int i = 0; i < 3; i++) {
			are_closed = are_closed && fcntl(i, F_GETFD) < 0;
		}
		reader_result_finish(&result);
		exit(ok && are_closed ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder_as_input),
		cmocka_unit_test(test_no_input),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_files_that_hold_something),
		cmocka_unit_test(test_parent_without_streams),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
