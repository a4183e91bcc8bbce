/* Three fences, each of which would do: resource limits, no_new_privs, and a list of the system calls that are left.
 * What is not on the list fails rather than kills, so that a library that merely asks goes on. */
#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "icslimits.h"

static void end_over_cpu(int signal)
{
	static const char text[] = "icsread: more than the CPU time that a calendar may take\n";

	(void)signal;
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	_exit(1);
}

static bool limit(int resource, rlim_t soft, rlim_t hard, struct err *err)
{
	struct rlimit now, wanted = {soft, hard};

	if (getrlimit((__rlimit_resource_t)resource, &now) != 0) {
		return err_set(err, "getrlimit: %s", strerror(errno));
	}
	/* What is stricter already stays so. */
	if (now.rlim_max < wanted.rlim_max) {
		wanted.rlim_max = now.rlim_max;
	}
	if (now.rlim_cur < wanted.rlim_cur) {
		wanted.rlim_cur = now.rlim_cur;
	}
	return setrlimit((__rlimit_resource_t)resource, &wanted) == 0 || err_set(err, "setrlimit: %s", strerror(errno));
}

/* Into a pipe nothing is limited; a regular file may grow by the answer and no more. */
static rlim_t file_size_cap(void)
{
	struct stat out, report;
	bool to_file = (fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode)) ||
		       (fstat(STDERR_FILENO, &report) == 0 && S_ISREG(report.st_mode));
	off_t size = 0;

	if (!to_file) {
		return 0;
	}
	if (S_ISREG(out.st_mode) && out.st_size > size) {
		size = out.st_size;
	}
	if (S_ISREG(report.st_mode) && report.st_size > size) {
		size = report.st_size;
	}
	return (rlim_t)size + 2 * (rlim_t)ICS_OUTPUT_MAX;
}

static bool set_limits(struct err *err)
{
	struct sigaction action = {.sa_handler = end_over_cpu};
	rlim_t files = file_size_cap();

	if (sigaction(SIGXCPU, &action, NULL) != 0) {
		return err_set(err, "sigaction: %s", strerror(errno));
	}
#ifndef KIOSK_SANITIZED /* a sanitizer reserves terabytes of addresses */
	if (!limit(RLIMIT_AS, ICS_MEMORY_MAX, ICS_MEMORY_MAX, err)) {
		return false;
	}
#endif
	return limit(RLIMIT_CPU, ICS_CPU_S, ICS_CPU_S + 1, err) &&
	       limit(RLIMIT_NOFILE, ICS_FILES_MAX, ICS_FILES_MAX, err) && limit(RLIMIT_FSIZE, files, files, err) &&
	       limit(RLIMIT_CORE, 0, 0, err) && limit(RLIMIT_NPROC, 0, 0, err);
}

static bool allow_calls(scmp_filter_ctx filter)
{
	static const int calls[] = {
		SCMP_SYS(read),         SCMP_SYS(write),           SCMP_SYS(writev),        SCMP_SYS(lseek),
		SCMP_SYS(close),        SCMP_SYS(fstat),           SCMP_SYS(newfstatat),    SCMP_SYS(brk),
		SCMP_SYS(munmap),       SCMP_SYS(mremap),          SCMP_SYS(madvise),       SCMP_SYS(futex),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),  SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
		SCMP_SYS(getpid),       SCMP_SYS(gettid),          SCMP_SYS(getrandom),     SCMP_SYS(exit),
		SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
#ifdef KIOSK_SANITIZED
		SCMP_SYS(sigaltstack),  SCMP_SYS(rt_sigaction),    SCMP_SYS(sched_yield),   SCMP_SYS(tgkill),
		SCMP_SYS(getrlimit),    SCMP_SYS(prlimit64),       SCMP_SYS(readlink),      SCMP_SYS(sched_getaffinity),
#endif
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0) {
			return false;
		}
	}
	/* Memory, but never memory that holds code. PROT_EXEC is 4 everywhere. */
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0;
}

static bool filter_calls(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = filter && allow_calls(filter) && seccomp_load(filter) == 0;

	if (filter) {
		seccomp_release(filter);
	}
	return ok || err_set(err, "the system call filter cannot be set up");
}

bool sandbox_enter(struct err *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		return err_set(err, "prctl: %s", strerror(errno));
	}
	return set_limits(err) && filter_calls(err);
}
