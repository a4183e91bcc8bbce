/* See regular.h. */
#include "regular.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool regular_read(int fd, char *bytes, size_t length)
{
	size_t done = 0;
	while (done < length) {
		ssize_t got = read(fd, bytes + done, length - done);
		if (got == 0 || (got < 0 && errno != EINTR)) {
			errno = got == 0 ? EIO : errno;
			return false;
		}
		done += got > 0 ? (size_t)got : 0;
	}
	return true;
}

int regular_open(const char *path, struct stat *out_about)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		return -1;
	}
	if (fstat(fd, out_about) != 0 || !S_ISREG(out_about->st_mode)) {
		int error = S_ISDIR(out_about->st_mode) ? EISDIR : EINVAL;
		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

FILE *regular_stream(const char *path)
{
	struct stat about = {0};
	int fd = regular_open(path, &about);
	FILE *stream = fd >= 0 ? fdopen(fd, "r") : NULL;
	if (fd >= 0 && !stream) {
		close(fd);
	}
	return stream;
}

const char *regular_reason(int error)
{
	return error == EINVAL   ? "it is no regular file"
	       : error == EILSEQ ? "it holds zero bytes, as UTF-16 does; save it as UTF-8"
				 : strerror(error);
}

bool regular_slurp(const char *path, char *out, size_t size)
{
	struct stat about = {0};
	int fd = regular_open(path, &about);
	if (fd < 0) {
		return false;
	}
	bool fits = (size_t)about.st_size < size;
	bool ok = fits && regular_read(fd, out, (size_t)about.st_size);
	int error = fits ? errno : EFBIG;
	if (ok && memchr(out, '\0', (size_t)about.st_size)) {
		ok = false;
		error = EILSEQ;
	} else if (ok) {
		out[about.st_size] = '\0';
	}
	close(fd);
	errno = error;
	return ok;
}
