/* See file.h. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "limits.h"

static bool make_directories(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		int made = mkdir(path, 0700);
		*slash = '/';
		if (made != 0 && errno != EEXIST && errno != EROFS && errno != EACCES) {
			return false;
		}
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

char *file_make_directory(const char *dir, struct err *err)
{
	char *real = NULL;
	char *copy = strdup(dir[0] != '\0' ? dir : ".");
	if (!copy) {
		err_set(err, "out of memory");
		goto out;
	}
	real = realpath(copy, NULL);
	if (!real && errno == ENOENT && make_directories(copy)) {
		real = realpath(copy, NULL);
	}
	if (!real) {
		err_set(err, "cannot use the folder %s: %s", dir, strerror(errno));
	}
out:
	free(copy);
	return real;
}

char *file_path(const char *dir, const char *name, const char *suffix)
{
	size_t size = strlen(dir) + strlen(name) + strlen(suffix) + 2;
	char *path = malloc(size);
	if (path) {
		snprintf(path, size, "%s/%s%s", dir, name, suffix);
	}
	return path;
}

bool file_is_there(const char *path)
{
	struct stat about;
	return lstat(path, &about) == 0;
}

bool file_is_empty(const char *path)
{
	struct stat about;
	return lstat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
}

bool file_is_usable(const char *path, struct err *err)
{
	struct stat about;
	return lstat(path, &about) != 0 || S_ISREG(about.st_mode) ||
	       err_set(err, "%s cannot be used, because it is no regular file; move it away", path);
}

bool file_is_writable(const char *path)
{
	return access(path, W_OK) == 0;
}

/* A sub-command run by root must not leave a file behind that the service cannot open. */
static void give_to_owner_of(const char *dir, int file)
{
	struct stat about;
	if (geteuid() == 0 && stat(dir, &about) == 0 && (about.st_uid != 0 || about.st_gid != 0)) {
		if (fchown(file, about.st_uid, about.st_gid) != 0) {
			return; /* the service then reports by itself that it may not open the file */
		}
	}
}

bool file_make_private(const char *dir, const char *path, struct err *err)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0) {
		if (errno != EEXIST) {
			return err_set(err, "cannot make %s: %s", path, strerror(errno));
		}
		struct stat about;
		if (lstat(path, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & 0077) != 0) {
			/* The file belongs to somebody else, or the disk is read-only. SQLite reports it if that
			 * matters. */
			(void)chmod(path, 0600);
		}
		return true;
	}
	bool ok = fchmod(file, 0600) == 0; /* a umask of 0777 would have removed our own rights */
	give_to_owner_of(dir, file);
	close(file);
	return ok || err_set(err, "cannot set the mode of %s: %s", path, strerror(errno));
}

bool file_sync_directory(const char *dir, struct err *err)
{
	int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0) {
		return err_set(err, "cannot open the folder %s: %s", dir, strerror(errno));
	}
	bool ok = fsync(folder) == 0 || errno == EROFS ||
		  errno == EINVAL; /* EINVAL: this file system cannot sync a folder */
	int why = errno;
	close(folder);
	return ok || err_set(err, "cannot sync the folder %s: %s", dir, strerror(why));
}

bool file_remove(const char *path, struct err *err)
{
	return unlink(path) == 0 || errno == ENOENT || err_set(err, "cannot remove %s: %s", path, strerror(errno));
}

bool file_put_aside(const char *path, char **out_aside, struct err *err)
{
	size_t size = strlen(path) + sizeof(FILE_ASIDE "9999");
	char *aside = malloc(size);
	if (!aside) {
		return err_set(err, "out of memory");
	}
	for (int i = 1; i <= STORE_ASIDE_MAX; i++) {
		snprintf(aside, size, "%s" FILE_ASIDE "%d", path, i);
		if (link(path, aside) == 0) { /* a link, because it fails where a rename would overwrite */
			*out_aside = aside;
			return true;
		}
		if (errno != EEXIST) {
			break;
		}
	}
	err_set(err, "cannot put %s aside as %s: %s", path, aside, strerror(errno));
	free(aside);
	return false;
}

int file_lock(const char *dir, struct err *err)
{
	const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
	char *path = file_path(dir, "databases.lock", "");
	int lock = path ? open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600) : -1;
	if (lock < 0) {
		err_set(err, "cannot lock the databases in %s: %s", dir, strerror(errno));
		goto out;
	}
	give_to_owner_of(dir, lock);
	for (int waited_ms = 0; flock(lock, LOCK_EX | LOCK_NB) != 0; waited_ms += 20) {
		if (waited_ms >= STORE_LOCK_MS || (errno != EWOULDBLOCK && errno != EINTR)) {
			err_set(err,
				"another program keeps %s locked; end it (fuser -v shows which it is), and try again",
				path);
			close(lock);
			lock = -1;
			break;
		}
		nanosleep(&pause, NULL);
	}
out:
	free(path);
	return lock;
}

void file_unlock(int lock)
{
	if (lock >= 0) {
		close(lock);
	}
}
