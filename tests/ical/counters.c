/* Only with KIOSK_COVERAGE: what was reached in a program that shuts itself in. icsread may open nothing when it ends,
 * so its counters lie in memory that a process outside shares, which writes them down when the program is gone, even
 * when it was killed. It is linked in, and nothing in ical/ knows of it. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

void __gcov_dump(void);

extern char __data_start[], _end[]; /* the program's variables, its counters among them */

/* Not again by the program itself, which is not allowed to. */
static void end_without_counters(int status, void *context)
{
	(void)context;
	fflush(NULL);
	_exit(status);
}

/* From here on a change by either process is seen by both. */
static void share_variables(void)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t first = (uintptr_t)__data_start & ~(page - 1), last = ((uintptr_t)_end + page - 1) & ~(page - 1);
	size_t size = last - first;
	void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		abort();
	}
	memcpy(shared, (void *)first, size);
	if (mremap(shared, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)first) == MAP_FAILED) {
		abort();
	}
}

static void write_down_at_the_end(int alive)
{
	char byte;
	int lock = open(KIOSK_BINARY_DIR "/counters.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0 || flock(lock, LOCK_SH) != 0) { /* tests/coverage waits for it */
		abort();
	}
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		close(fd);
	}
	while (read(alive, &byte, 1) > 0) {
		continue;
	}
	__gcov_dump();
	_exit(0);
}

__attribute__((constructor)) static void begin(void)
{
	int alive[2];
	share_variables();
	if (pipe(alive) != 0) {
		abort();
	}
	pid_t pid = fork();
	if (pid < 0) {
		abort();
	}
	if (pid == 0) {
		close(alive[1]);
		write_down_at_the_end(alive[0]);
	}
	close(alive[0]);
	on_exit(end_without_counters, NULL);
}
