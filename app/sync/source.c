/* See source.h. The address is read when it is needed and wiped after that. */
#include "source.h"

#include "db/sum.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_exactly(int fd, char *bytes, size_t length)
{
	size_t done = 0;
	while (done < length) {
		ssize_t got = read(fd, bytes + done, length - done);
		if (got == 0 || (got < 0 && errno != EINTR)) {
			errno = got == 0 ? EIO : errno; /* it became shorter meanwhile */
			return false;
		}
		done += got > 0 ? (size_t)got : 0;
	}
	return true;
}

/* A regular file only: a pipe or a device could hold us up for ever. */
static int open_regular(const char *path, struct stat *out_about)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		return -1;
	}
	if (fstat(fd, out_about) != 0 || !S_ISREG(out_about->st_mode)) {
		errno = S_ISDIR(out_about->st_mode) ? EISDIR : EINVAL;
		close(fd);
		return -1;
	}
	return fd;
}

static void trim(char *text)
{
	size_t start = strspn(text, " \t\r\n");
	size_t end = strlen(text);
	while (end > start && strchr(" \t\r\n", text[end - 1])) {
		end--;
	}
	memmove(text, text + start, end - start);
	text[end - start] = '\0';
}

static bool read_credential(const struct source *source, char *out, size_t size, struct err *err)
{
	const char *name = source->feed->credential;
	char path[4096];
	struct stat about = {0};
	if (!source->credentials_dir || !*source->credentials_dir) {
		return err_set(err,
			       "credential %s: only the service has it; start the service, see satellitkiosk status",
			       name);
	}
	int length = snprintf(path, sizeof(path), "%s/%s", source->credentials_dir, name);
	if (length < 0 || (size_t)length >= sizeof(path) || strchr(name, '/') || name[0] == '.') {
		return err_set(err, "credential %s: that is no name of a credential", name);
	}
	int fd = open_regular(path, &about);
	if (fd < 0) {
		return err_set(err, "credential %s cannot be read: %s", name, strerror(errno));
	}
	size_t bytes = (size_t)about.st_size;
	bool ok = bytes < size && read_exactly(fd, out, bytes);
	out[ok ? bytes : 0] = '\0';
	close(fd);
	trim(out);
	if (strncasecmp(out, "https://", 8) != 0 || strlen(out) < 9 || strpbrk(out, " \t\r\n")) {
		explicit_bzero(out, size);
		return err_set(err, "credential %s does not hold one address that begins with https://", name);
	}
	return true;
}

unsigned int source_address_bits(const struct source *source)
{
	char address[SOURCE_ADDRESS_MAX];
	struct err err;
	uint64_t sum = 0;
	if (source->feed->url) {
		sum = sum_text(sum_start(), source->feed->url);
	} else if (source->feed->credential && read_credential(source, address, sizeof(address), &err)) {
		sum = sum_text(sum_start(), address);
		explicit_bzero(address, sizeof(address));
	}
	return (unsigned int)(sum & 0xFFFF);
}

static enum feed_trouble trouble_of(enum fetch_failure failure)
{
	switch (failure) {
	case FETCH_FAILURE_REFUSED:
		return FEED_TROUBLE_REFUSED;
	case FETCH_FAILURE_NOT_CALENDAR:
		return FEED_TROUBLE_NOT_CALENDAR;
	case FETCH_FAILURE_TOO_LARGE:
		return FEED_TROUBLE_TOO_LARGE;
	case FETCH_FAILURE_SETUP:
		return FEED_TROUBLE_SETUP;
	case FETCH_FAILURE_NONE:
	case FETCH_FAILURE_NO_CONTACT:
		break;
	}
	return FEED_TROUBLE_NO_CONTACT;
}

static enum source_outcome read_address(const struct source *source, const char *etag, const char *last_modified,
					const struct wait *wait, struct source_body *body, struct err *err)
{
	char address[SOURCE_ADDRESS_MAX];
	struct fetch_request request = {.url = source->feed->url,
					.etag = etag,
					.last_modified = last_modified,
					.ca_file = source->feed->ca_file};
	if (!request.url) {
		if (!read_credential(source, address, sizeof(address), err)) {
			body->trouble = FEED_TROUBLE_SETUP;
			return SOURCE_FAILED;
		}
		request.url = address;
	}
	enum fetch_outcome outcome = fetch_get(source->fetch, &request, wait, &body->result, err);
	explicit_bzero(address, sizeof(address));
	switch (outcome) {
	case FETCH_NEW:
		return SOURCE_NEW;
	case FETCH_NOT_MODIFIED:
		return SOURCE_SAME;
	case FETCH_STOPPED:
		return SOURCE_STOPPED;
	case FETCH_FAILED:
		break;
	}
	body->trouble = trouble_of(body->result.failure);
	return SOURCE_FAILED;
}

static struct source_file identity(const struct stat *about)
{
	return (struct source_file){(int64_t)about->st_dev, (int64_t)about->st_ino, about->st_size,
				    about->st_mtim.tv_sec, about->st_mtim.tv_nsec};
}

static bool is_same_file(const struct source_file *a, const struct source_file *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size && a->changed_s == b->changed_s &&
	       a->changed_ns == b->changed_ns;
}

static bool slurp(int fd, size_t size, struct fetch_result *result)
{
	result->body = malloc(size + 1);
	if (!result->body || !read_exactly(fd, result->body, size)) {
		return false;
	}
	result->body[size] = '\0';
	result->body_length = size;
	return true;
}

static enum source_outcome read_file(const struct source *source, const struct source_file *known,
				     struct source_body *body, struct err *err)
{
	struct stat about = {0};
	enum source_outcome outcome = SOURCE_FAILED;
	int fd = open_regular(source->feed->path, &about);
	body->trouble = FEED_TROUBLE_SETUP;
	if (fd < 0) {
		err_set(err, "the file cannot be read: %s", strerror(errno));
		return SOURCE_FAILED;
	}
	body->file = identity(&about);
	if (known && is_same_file(known, &body->file)) {
		outcome = SOURCE_SAME;
	} else if (about.st_size > FETCH_BODY_MAX) {
		body->trouble = FEED_TROUBLE_TOO_LARGE;
		err_set(err, "the file is larger than the limit (%d KiB)", FETCH_BODY_MAX >> 10);
	} else if (slurp(fd, (size_t)about.st_size, &body->result)) {
		outcome = SOURCE_NEW;
	} else {
		err_set(err, "the file cannot be read: %s", strerror(errno));
	}
	close(fd);
	return outcome;
}

enum source_outcome source_read(const struct source *source, const char *etag, const char *last_modified,
				const struct source_file *file, const struct wait *wait, struct source_body *out_body,
				struct err *err)
{
	*out_body = (struct source_body){0};
	if (source->feed->path) {
		return read_file(source, file, out_body, err);
	}
	return read_address(source, etag, last_modified, wait, out_body, err);
}
