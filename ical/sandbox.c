/* See sandbox.h. Several fences stand behind each other: resource limits, no_new_privs, Landlock, and a list of
 * permitted system calls. Any other call fails rather than kills, so that a library that merely asks can go on. */
#include "sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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
	/* A limit that is stricter already stays as it is. */
	if (now.rlim_max < wanted.rlim_max) {
		wanted.rlim_max = now.rlim_max;
	}
	if (now.rlim_cur < wanted.rlim_cur) {
		wanted.rlim_cur = now.rlim_cur;
	}
	return setrlimit((__rlimit_resource_t)resource, &wanted) == 0 || err_set(err, "setrlimit: %s", strerror(errno));
}

/* This does not limit pipes; a regular file may grow by the size of the answer. */
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

/* Everything that Landlock's first version can forbid, and what later versions added: moving a file to another folder,
 * truncating one, and commanding a device. */
static uint64_t landlock_rights(long version)
{
	enum { FIRST_RIGHTS = 13, REFER_FROM = 2, TRUNCATE_FROM = 3, COMMAND_FROM = 5 };
	int rights = FIRST_RIGHTS + (version >= REFER_FROM) + (version >= TRUNCATE_FROM) + (version >= COMMAND_FROM);

	return (UINT64_C(1) << rights) - 1;
}

/* From here on only files in the folder can be opened, and only for reading. Returns false when the kernel cannot
 * guarantee that. */
static bool leave_only(int folder_fd)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr all = {.handled_access_fs = landlock_rights(version)};
	struct landlock_path_beneath_attr zones = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE,
		.parent_fd = folder_fd,
	};
	bool ok;
	int rules;

	if (version < 1) {
		return false;
	}
	rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all.handled_access_fs), 0);
	if (rules < 0) {
		return false;
	}
	ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &zones, 0) == 0 &&
	     syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return ok;
}

static bool set_limits(int folder_fd, struct err *err)
{
	struct sigaction action = {.sa_handler = end_over_cpu};
	rlim_t size = file_size_cap();
	/* The descriptors that may be open: the folder of the zones, and one of its files at a time. */
	rlim_t files = folder_fd < 0 ? ICS_FILES_MAX : (rlim_t)folder_fd + 2;

	if (sigaction(SIGXCPU, &action, NULL) != 0) {
		return err_set(err, "sigaction: %s", strerror(errno));
	}
#ifndef KIOSK_SANITIZED /* a sanitizer reserves terabytes of addresses */
	if (!limit(RLIMIT_AS, ICS_MEMORY_MAX, ICS_MEMORY_MAX, err)) {
		return false;
	}
#endif
	return limit(RLIMIT_CPU, ICS_CPU_S, ICS_CPU_S + 1, err) && limit(RLIMIT_NOFILE, files, files, err) &&
	       limit(RLIMIT_FSIZE, size, size, err) && limit(RLIMIT_CORE, 0, 0, err) && limit(RLIMIT_NPROC, 0, 0, err);
}

/* Permits opening a file of the folder for reading. The kernel takes both arguments as 32 bits. */
static bool allow_zones(scmp_filter_ctx filter, int folder_fd)
{
	const uint64_t word = UINT32_MAX;

	return folder_fd < 0 || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 2,
						 SCMP_A0(SCMP_CMP_MASKED_EQ, word, (uint64_t)folder_fd),
						 SCMP_A2(SCMP_CMP_MASKED_EQ, word, (uint64_t)ZONEINFO_OPEN_FLAGS)) == 0;
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
	/* Permits taking memory, but never memory that holds code. PROT_EXEC is 4 everywhere. */
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0;
}

static bool filter_calls(int folder_fd, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = filter && allow_calls(filter) && allow_zones(filter, folder_fd) && seccomp_load(filter) == 0;

	if (filter) {
		seccomp_release(filter);
	}
	return ok || err_set(err, "the system call filter cannot be set up");
}

/* When the memory of the unit, or of the machine, runs out, the kernel ends the reader rather than the program that
 * started it. Where that cannot be asked for, nothing else changes. */
static void offer_to_go_first(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)!write(fd, "1000", 4);
		close(fd);
	}
}

bool sandbox_enter(struct zoneinfo *zoneinfo, struct err *err)
{
	int folder_fd = zoneinfo ? zoneinfo_folder_fd(zoneinfo) : -1;

	offer_to_go_first();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		return err_set(err, "prctl: %s", strerror(errno));
	}
	if (folder_fd >= 0 && !leave_only(folder_fd)) {
		if (!zoneinfo_load(zoneinfo, err)) {
			return false;
		}
		folder_fd = -1;
	}
	return set_limits(folder_fd, err) && filter_calls(folder_fd, err);
}
