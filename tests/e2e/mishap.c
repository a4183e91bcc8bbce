/* Loaded into a program before its libraries (LD_PRELOAD): at the n-th change that it makes to a file under a folder it
 * is killed, or the change fails, as the environment says:
 *   MISHAP_DIR=/folder MISHAP_AT=7 MISHAP=kill        killed before its 7th change
 *   MISHAP_DIR=/folder MISHAP_AT=7 MISHAP=28          from the 7th change on, all fail with errno 28 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long changes;

static bool is_ours(const char *path)
{
	const char *dir = getenv("MISHAP_DIR");
	return dir && strncmp(path, dir, strlen(dir)) == 0;
}

/* True: the change must fail; errno says how. */
static bool strikes(const char *path)
{
	const char *at = getenv("MISHAP_AT");
	const char *what = getenv("MISHAP");
	if (!at || !what || !is_ours(path)) {
		return false;
	}
	bool is_due = ++changes >= strtol(at, NULL, 10);
	if (is_due && strcmp(what, "kill") == 0) {
		kill(getpid(), SIGKILL);
	}
	if (is_due) {
		errno = (int)strtol(what, NULL, 10);
	}
	return is_due;
}

static bool strikes_file(int file)
{
	char link[64];
	char path[4096];
	int before = errno;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	ssize_t length = readlink(link, path, sizeof(path) - 1);
	errno = before;
	path[length > 0 ? length : 0] = '\0';
	return strikes(path);
}

static void *next(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);
	if (!function) {
		abort();
	}
	return function;
}

/* dlsym gives an object pointer, and ISO C has no cast from there to a function. */
#define NEXT(name)                                                                                                     \
	__typeof__(&name) function;                                                                                    \
	void *found = next(#name);                                                                                     \
	memcpy(&function, &found, sizeof(function))

#define WRITER(name, offset_type)                                                                                      \
	ssize_t name(int file, const void *bytes, size_t size, offset_type offset);                                    \
	ssize_t name(int file, const void *bytes, size_t size, offset_type offset)                                     \
	{                                                                                                              \
		NEXT(name);                                                                                            \
		return strikes_file(file) ? -1 : function(file, bytes, size, offset);                                  \
	}
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

#define SYNCER(name)                                                                                                   \
	int name(int file);                                                                                            \
	int name(int file)                                                                                             \
	{                                                                                                              \
		NEXT(name);                                                                                            \
		return strikes_file(file) ? -1 : function(file);                                                       \
	}
SYNCER(fsync)
SYNCER(fdatasync)

#define CUTTER(name, size_type)                                                                                        \
	int name(int file, size_type size);                                                                            \
	int name(int file, size_type size)                                                                             \
	{                                                                                                              \
		NEXT(name);                                                                                            \
		return strikes_file(file) ? -1 : function(file, size);                                                 \
	}
CUTTER(ftruncate, off_t)
CUTTER(ftruncate64, off64_t)

#define NAMER(name)                                                                                                    \
	int name(const char *from, const char *to);                                                                    \
	int name(const char *from, const char *to)                                                                     \
	{                                                                                                              \
		NEXT(name);                                                                                            \
		return strikes(to) ? -1 : function(from, to);                                                          \
	}
NAMER(link)
NAMER(rename)

int unlink(const char *path)
{
	NEXT(unlink);
	return strikes(path) ? -1 : function(path);
}

#define OPENER(name)                                                                                                   \
	int name(const char *path, int flags, ...);                                                                    \
	int name(const char *path, int flags, ...)                                                                     \
	{                                                                                                              \
		NEXT(name);                                                                                            \
		va_list args;                                                                                          \
		va_start(args, flags);                                                                                 \
		mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;                         \
		va_end(args);                                                                                          \
		if ((flags & O_CREAT) != 0 && access(path, F_OK) != 0 && strikes(path)) {                              \
			return -1;                                                                                     \
		}                                                                                                      \
		return function(path, flags, mode);                                                                    \
	}
OPENER(open)
OPENER(open64)
