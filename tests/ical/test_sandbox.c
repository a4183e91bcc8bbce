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

static const struct {
	const char *what;
	bool (*try)(void);
} attempts[] = {
	{"a socket", try_socket},       {"a file", try_open},        {"a new file", try_create},
	{"a process", try_fork},        {"a program", try_exec},     {"another process", try_kill},
	{"memory with code", try_code}, {"the terminal", try_ioctl}, {"more CPU", try_limits},
};

/* Exit code: 0 when all were refused, else 1 + the number of the attempt that was not; 100: no sandbox. */
static int attempt_all(void)
{
	struct err err;

	if (!sandbox_enter(&err)) {
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
		if (!sandbox_enter(&err)) {
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
		cmocka_unit_test(the_program_is_inside_before_it_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
