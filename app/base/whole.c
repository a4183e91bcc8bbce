/* See whole.h. */
#include "whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void release(struct whole *whole)
{
	free(whole->path);
	free(whole->fresh);
	*whole = (struct whole){0};
}

bool whole_begin(struct whole *whole, const char *path, struct err *err)
{
	*whole = (struct whole){.path = strdup(path)};
	if (!whole->path || asprintf(&whole->fresh, "%s.new", path) < 0) {
		whole->fresh = NULL;
		release(whole);
		return err_set(err, "out of memory");
	}
	unlink(whole->fresh); /* whatever lies there is not written to */
	int fd = open(whole->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	whole->out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!whole->out) {
		err_set(err, "%s: cannot be written: %s", path, strerror(errno));
		if (fd >= 0) {
			close(fd);
			unlink(whole->fresh);
		}
		release(whole);
		return false;
	}
	return true;
}

bool whole_end(struct whole *whole, bool is_good, enum whole_kind kind, struct err *err)
{
	bool is_written = fflush(whole->out) == 0 && !ferror(whole->out);
	is_written = is_written && (kind == WHOLE_QUICK || fsync(fileno(whole->out)) == 0);
	int error = errno;
	if (fclose(whole->out) != 0 && is_written) {
		is_written = false;
		error = errno;
	}
	if (is_good && is_written && rename(whole->fresh, whole->path) != 0) {
		is_written = false;
		error = errno;
	}
	if (!is_written && is_good) {
		err_set(err, "%s: cannot be written: %s", whole->path, strerror(error));
	}
	if (!is_written || !is_good) {
		unlink(whole->fresh);
	}
	release(whole);
	return is_written && is_good;
}

bool whole_write(const char *path, const char *text, enum whole_kind kind, struct err *err)
{
	struct whole whole;
	if (!whole_begin(&whole, path, err)) {
		return false;
	}
	fputs(text, whole.out); /* the stream remembers its errors */
	return whole_end(&whole, true, kind, err);
}
