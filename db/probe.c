/* See journal.h. The file has no name, so that programs that watch the folder do not wake up, and nothing remains of it
 * when this program is killed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journal.h"
#include "limits.h"

/* Some file systems know only files with a name. */
static int open_nameless(const char *dir)
{
	char *path = NULL;
	int fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) {
		return fd;
	}
	if (asprintf(&path, "%s/probe-%ld", dir, (long)getpid()) < 0) {
		return -1;
	}
	fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (fd >= 0) {
		unlink(path);
	}
	free(path);
	return fd;
}

static bool fill(int fd)
{
	static const char page[JOURNAL_PROBE_BYTES];
	ssize_t written = write(fd, page, sizeof(page));
	if (written >= 0 && written < (ssize_t)sizeof(page)) {
		errno = ENOSPC;
		return false;
	}
	return written >= 0 && fsync(fd) == 0;
}

static bool can_write_file(const char *dir, struct err *err)
{
	char *path = NULL;
	if (asprintf(&path, "%s/" JOURNAL_FILE, dir) < 0) {
		return err_set(err, "out of memory");
	}
	bool ok = access(path, W_OK) == 0 || errno == ENOENT || err_set(err, "%s: %s", path, strerror(errno));
	free(path);
	return ok;
}

bool journal_probe(const char *dir, struct err *err)
{
	if (!can_write_file(dir, err)) {
		return false;
	}
	int fd = open_nameless(dir);
	bool ok = fd >= 0 && fill(fd);
	if (!ok) {
		err_set(err, "%s: %s", dir, strerror(errno));
	}
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}
