/* From inside the sandbox, the things that a broken-into reader would want are tried, and each must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ical/icslimits.h"
#include "ical/sandbox.h"
#include "ical/zone.h"
#include "ical/zoneinfo.h"
#include "tzfiles.h"

/* Each returns whether it was refused with EPERM. Raw system calls, so that no library is in between. */
static bool refused(long result)
{
	return result == -1 && errno == EPERM;
}

static bool try_socket(void)
{
	return refused(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0)) &&
	       refused(syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0));
}

static bool try_open(void)
{
	return refused(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)) &&
	       refused(syscall(SYS_open, "/etc/passwd", O_RDONLY));
}

static bool try_create(void)
{
	return refused(syscall(SYS_openat, AT_FDCWD, "/tmp/icsread-was-here", O_CREAT | O_WRONLY, 0600)) &&
	       refused(syscall(SYS_mkdir, "/tmp/icsread-was-here", 0700)) &&
	       refused(syscall(SYS_unlink, "/tmp/icsread-was-here"));
}

static bool try_fork(void)
{
	return refused(syscall(SYS_fork)) && refused(syscall(SYS_vfork)) &&
	       refused(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0));
}

static bool try_exec(void)
{
	char *const arguments[] = {"/bin/true", NULL};
	return refused(syscall(SYS_execve, "/bin/true", arguments, arguments));
}

static bool try_kill(void)
{
	return refused(syscall(SYS_kill, getppid(), 0)) && refused(syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), 0, 0));
}

static bool try_code(void)
{
	return syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
		       -1 &&
	       errno == EPERM;
}

static bool try_ioctl(void)
{
	return refused(syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI: types on the terminal */, "x"));
}

static bool try_limits(void)
{
	struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
	return syscall(SYS_setrlimit, RLIMIT_CPU, &more) == -1;
}

static bool try_landlock(void)
{
	return refused(syscall(SYS_landlock_create_ruleset, NULL, 0, 1));
}

static const struct {
	const char *what;
	bool (*try)(void);
} attempts[] = {
	{"a socket", try_socket},       {"a file", try_open},        {"a new file", try_create},
	{"a process", try_fork},        {"a program", try_exec},     {"another process", try_kill},
	{"memory with code", try_code}, {"the terminal", try_ioctl}, {"more CPU", try_limits},
	{"other rules", try_landlock},
};

/* Exit code: 0 when all were refused, else 1 + the number of the attempt that was not; 100: no sandbox. */
static int attempt_all(void)
{
	struct err err;

	if (!sandbox_enter(NULL, &err)) {
		return 100;
	}
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		if (!attempts[i].try()) {
			return 1 + (int)i;
		}
	}
	return 0;
}

static void nothing_is_left_to_do(void **state)
{
	pid_t child;
	int status = -1;

	(void)state;
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		_exit(attempt_all());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) > 0 && WEXITSTATUS(status) < 100) {
		print_error("allowed: %s\n", attempts[WEXITSTATUS(status) - 1].what);
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* The same attempts succeed, or fail for another reason, when no sandbox was entered: they do test something. */
static void outside_they_are_allowed(void **state)
{
	(void)state;
	assert_false(try_socket());
	assert_false(try_open());
	assert_false(try_code());
}

static void endless_work_ends_with_exit_code_1(void **state)
{
	struct rlimit soon = {1, 2};
	pid_t child;
	int status = -1, quiet;
	struct err err;

	(void)state;
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		quiet = open("/dev/null", O_WRONLY);
		dup2(quiet, STDERR_FILENO);
		setrlimit(RLIMIT_CPU, &soon); /* the sandbox never raises a limit */
		if (!sandbox_enter(NULL, &err)) {
			_exit(100);
		}
		for (volatile uint64_t i = 0;; i = i + 1) {
			continue;
		}
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

/* Of all processes of the unit it is the one that can best be spared. */
static void it_is_the_first_to_go(void **state)
{
	int score = 0;
	int done[2], held[2];
	char path[64], byte = 0;
	struct err err;

	(void)state;
	fflush(NULL);
	assert_int_equal(pipe(done), 0);
	assert_int_equal(pipe(held), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(held[1]);
		byte = sandbox_enter(NULL, &err);
		_exit(write(done[1], &byte, 1) == 1 && read(held[0], &byte, 1) == 0 ? 0 : 1);
	}
	assert_int_equal(read(done[0], &byte, 1), 1);
	snprintf(path, sizeof(path), "/proc/%d/oom_score_adj", (int)child);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &score), 1);
	assert_int_equal(score, 1000);
	fclose(file);
	close(held[1]);
	waitpid(child, NULL, 0);
	close(done[0]);
	close(done[1]);
	close(held[0]);
}

/* Lets the kernel look like one that has no Landlock. */
static bool hide_landlock(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = filter &&
		  seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) == 0 &&
		  seccomp_load(filter) == 0;

	if (filter) {
		seccomp_release(filter);
	}
	return ok;
}

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* asks for the version */) >= 1;
}

/* What can still be reached by the folder of the zones. 0: zones, and nothing else. */
static int reach_by_folder(const struct zoneinfo *zoneinfo)
{
	int folder_fd = zoneinfo_folder_fd(zoneinfo), fd;
	const int flags = ZONEINFO_OPEN_FLAGS;

	fd = (int)syscall(SYS_openat, folder_fd, "tzdata.zi", flags);
	if (fd < 0 || close(fd) != 0) {
		return 1;
	}
	if (syscall(SYS_openat, folder_fd, "/etc/passwd", flags) >= 0 || errno != EACCES) {
		return 2;
	}
	if (syscall(SYS_openat, folder_fd, "../../../etc/passwd", flags) >= 0 || errno != EACCES) {
		return 3;
	}
	if (syscall(SYS_openat, folder_fd, "/proc/self/maps", flags) >= 0 || errno != EACCES) {
		return 4;
	}
	if (syscall(SYS_openat, folder_fd, ".", flags) >= 0 || errno != EACCES) {
		return 5; /* not even its list */
	}
	if (!refused(syscall(SYS_openat, folder_fd, "tzdata.zi", flags | O_WRONLY)) ||
	    !refused(syscall(SYS_openat, folder_fd, "New", flags | O_CREAT | O_WRONLY, 0600)) ||
	    !refused(syscall(SYS_openat, folder_fd, "tzdata.zi", flags | O_PATH)) ||
	    !refused(syscall(SYS_openat, AT_FDCWD, ZONEINFO_FOLDER "/tzdata.zi", flags))) {
		return 6;
	}
	fd = (int)syscall(SYS_openat, folder_fd, "tzdata.zi", flags);
	if (fd < 0 || syscall(SYS_openat, folder_fd, "tzdata.zi", flags) >= 0 || errno != EMFILE) {
		return 7; /* one file at a time */
	}
	return 0;
}

static int enter_with_zones(bool hides_landlock)
{
	struct zoneinfo *zoneinfo = zoneinfo_create(ZONEINFO_FOLDER, NULL);
	struct zone *zone;
	struct err err;

	if (!zoneinfo || (hides_landlock && !hide_landlock()) || !sandbox_enter(zoneinfo, &err)) {
		return 100;
	}
	zone = zone_create_from(zoneinfo, "America/Ciudad_Juarez", &err);
	if (!zone || zone_offset_s(zone, 1767225600) != -7 * 3600 ||
	    zone_create_from(zoneinfo, "America/Atlantis", &err)) {
		return 101;
	}
	if ((zoneinfo_folder_fd(zoneinfo) < 0) != hides_landlock) {
		return 102;
	}
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		if (!attempts[i].try()) {
			return 110 + (int)i;
		}
	}
	return hides_landlock ? 0 : reach_by_folder(zoneinfo);
}

static void zones_are_all_that_can_be_reached(void **state)
{
	(void)state;
	for (int hides_landlock = has_landlock() ? 0 : 1; hides_landlock < 2; hides_landlock++) {
		pid_t child;
		int status = -1;

		fflush(NULL);
		child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			_exit(enter_with_zones(hides_landlock != 0));
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

/* The program with a folder of its own, on both kinds of kernel. */
static void run_with_zones(const char *folder, bool hides_landlock, char *out, size_t size)
{
	static const char body[] =
		"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-TIMEZONE:Europe/Stockholm\n"
		"BEGIN:VEVENT\nUID:a\nDTSTART;TZID=W. Europe Standard Time:20310702T090000\nEND:VEVENT\n"
		"BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Asia/Umea:20310703T090000\nEND:VEVENT\n"
		"BEGIN:VEVENT\nUID:c\nDTSTART;TZID=America/Chicago:20310704T090000\nEND:VEVENT\n"
		"END:VCALENDAR\n";
	const char *arguments[] = {"icsread", "--from",           "2031-07-01", "--to", "2031-07-10",
				   "--zone",  "Europe/Stockholm", "--zoneinfo", folder, NULL};
	int in[2], answer[2], status = -1;
	size_t length = 0;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(answer), 0);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(answer[1], STDOUT_FILENO);
		close(in[1]);
		close(answer[0]);
		if (!hides_landlock || hide_landlock()) {
			execv(KIOSK_BINARY_DIR "/bin/icsread", (char *const *)(uintptr_t)arguments);
		}
		_exit(127);
	}
	close(in[0]);
	close(answer[1]);
	assert_int_equal(write(in[1], body, sizeof(body) - 1), sizeof(body) - 1);
	close(in[1]);
	while (length < size - 1 && (got = read(answer[0], out + length, size - 1 - length)) > 0) {
		length += (size_t)got;
	}
	out[length] = '\0';
	close(answer[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_change_of_law_takes_effect(void **state)
{
	char folder[TZFILES_PATH_MAX], before[4096], after[4096];

	(void)state;
	tzfiles_create(folder);
	tzfiles_put_rule(folder, "Asia/Umea", "AAA-9");
	for (int hides_landlock = has_landlock() ? 0 : 1; hides_landlock < 2; hides_landlock++) {
		tzfiles_put_rule(folder, "Europe/Stockholm", "CET-1CEST,M3.5.0,M10.5.0/3");
		run_with_zones(folder, hides_landlock != 0, before, sizeof(before));
		tzfiles_put_rule(folder, "Europe/Stockholm", "CET-1");
		run_with_zones(folder, hides_landlock != 0, after, sizeof(after));
		/* Windows' name follows, a zone of this folder alone is found, and one that it lacks is the office's.
		 */
		assert_non_null(strstr(before, "\"start\":\"2031-07-02T07:00:00Z\""));
		assert_non_null(strstr(after, "\"start\":\"2031-07-02T08:00:00Z\""));
		assert_non_null(strstr(before, "\"start\":\"2031-07-03T00:00:00Z\""));
		assert_non_null(strstr(after, "\"start\":\"2031-07-03T00:00:00Z\""));
		assert_non_null(strstr(before, "\"start\":\"2031-07-04T07:00:00Z\""));
		assert_non_null(strstr(after, "\"start\":\"2031-07-04T08:00:00Z\""));
	}
	tzfiles_remove(folder);
}

/* The program itself, caught waiting for its first byte. */
static void the_program_is_inside_before_it_reads(void **state)
{
	char *const arguments[] = {"icsread", "--from", "2026-11-01", "--to", "2026-12-01", "--zone", "UTC", NULL};
	int in[2], report[2], status = -1;
	char text[4096] = "", path[64], byte;
	pid_t child;
	ssize_t got = 0;

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(report), 0);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(report[1], STDOUT_FILENO);
		dup2(report[1], STDERR_FILENO);
		close(in[1]);
		close(report[0]);
		execv(KIOSK_BINARY_DIR "/bin/icsread", arguments);
		_exit(127);
	}
	close(in[0]);
	close(report[1]);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	for (int i = 0; i < 200000 && !strstr(text, "Seccomp:\t2"); i++) {
		FILE *file = fopen(path, "r");
		size_t size = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

		text[size] = '\0';
		if (file) {
			fclose(file);
		}
	}
	assert_non_null(strstr(text, "Seccomp:\t2"));
	assert_non_null(strstr(text, "NoNewPrivs:\t1"));
	close(in[1]);
	while ((got = read(report[0], &byte, 1)) > 0) {
		continue;
	}
	close(report[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_left_to_do),
		cmocka_unit_test(outside_they_are_allowed),
		cmocka_unit_test(endless_work_ends_with_exit_code_1),
		cmocka_unit_test(it_is_the_first_to_go),
		cmocka_unit_test(zones_are_all_that_can_be_reached),
		cmocka_unit_test(a_change_of_law_takes_effect),
		cmocka_unit_test(the_program_is_inside_before_it_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
