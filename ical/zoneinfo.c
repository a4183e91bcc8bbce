/* Names are looked up as files first. What Debian moved to the package tzdata-legacy (US/Eastern, Asia/Calcutta) is no
 * file on most machines any more, but still stands as a link in tzdata.zi.
 *
 * A link on the disk is followed wherever it leads: who may write here is root already, and in the reader's sandbox
 * Landlock checks where it ends. */
#include "zoneinfo.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "icslimits.h"

struct link {
	const char *target, *name; /* in `list` */
};

struct file {
	char *name;
	size_t start, length; /* in `bytes` */
};

struct zoneinfo {
	int folder_fd; /* -1: everything is loaded */
	char *list;    /* tzdata.zi, cut into words */
	const char *version;
	struct link *links;
	size_t link_count;
	struct file *files; /* sorted by name; NULL: look-ups open files */
	size_t file_count;
	unsigned char *bytes;
	size_t length;
};

/* The parts of a zone's name are made of these; every zone's begin with a capital letter, no other file's do. Without a
 * dot there is no way out of the folder. */
static bool is_part(const char *part, size_t length)
{
	return length > 0 && part[0] >= 'A' && part[0] <= 'Z' &&
	       strspn(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_") >= length;
}

static bool is_name(const char *name)
{
	if (strlen(name) >= ZONEINFO_NAME_MAX) {
		return false;
	}
	for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL) {
		if (!is_part(part, strcspn(part, "/"))) {
			return false;
		}
	}
	return true;
}

/* Reads a regular file of at most `max` bytes; a byte of 0 is put behind it. */
static unsigned char *read_file(int folder_fd, const char *name, size_t max, size_t *out_length, struct err *err)
{
	int fd = openat(folder_fd, name, ZONEINFO_OPEN_FLAGS);
	unsigned char *bytes = NULL;
	struct stat status;
	size_t length = 0;
	ssize_t got = -1;

	if (fd < 0 || fstat(fd, &status) != 0) {
		err_set(err, "%s", strerror(errno));
		goto out;
	}
	if (!S_ISREG(status.st_mode) || status.st_size < 0 || (uintmax_t)status.st_size > max) {
		err_set(err, "no file of at most %zu bytes", max);
		goto out;
	}
	bytes = malloc((size_t)status.st_size + 1);
	if (!bytes) {
		err_set(err, "out of memory");
		goto out;
	}
	while (length < (size_t)status.st_size &&
	       (got = read(fd, bytes + length, (size_t)status.st_size - length)) > 0) {
		length += (size_t)got;
	}
	if (length < (size_t)status.st_size) {
		err_set(err, "%s", got < 0 ? strerror(errno) : "it is being written");
		free(bytes);
		bytes = NULL;
		goto out;
	}
	bytes[length] = 0;
	*out_length = length;
out:
	if (fd >= 0) {
		close(fd);
	}
	return bytes;
}

/* A line of tzdata.zi: "# version 2025b" at its top, "L Europe/Berlin Arctic/Longyearbyen" at its end. */
static void take_list_line(struct zoneinfo *zoneinfo, char *line, bool is_first)
{
	static const char version[] = "# version ";
	char *space;

	if (is_first && strncmp(line, version, sizeof(version) - 1) == 0) {
		zoneinfo->version = line + sizeof(version) - 1;
	}
	if (line[0] != 'L' || line[1] != ' ' || !(space = strchr(line + 2, ' ')) ||
	    zoneinfo->link_count == ZONEINFO_LINKS_MAX) {
		return;
	}
	*space = '\0';
	if (is_name(line + 2) && is_name(space + 1)) {
		zoneinfo->links[zoneinfo->link_count++] = (struct link){line + 2, space + 1};
	}
}

/* The list is of use only for links and for the version: without it the files still serve. */
static bool read_list(struct zoneinfo *zoneinfo)
{
	size_t length = 0;
	bool is_first = true;

	zoneinfo->version = "";
	zoneinfo->links = calloc(ZONEINFO_LINKS_MAX, sizeof(*zoneinfo->links));
	if (!zoneinfo->links) {
		return false;
	}
	zoneinfo->list = (char *)read_file(zoneinfo->folder_fd, "tzdata.zi", ZONEINFO_LIST_MAX, &length, NULL);
	for (char *line = zoneinfo->list, *newline; line; line = newline, is_first = false) {
		newline = strchr(line, '\n');
		if (newline) {
			*newline++ = '\0';
		}
		take_list_line(zoneinfo, line, is_first);
	}
	return true;
}

struct zoneinfo *zoneinfo_create(const char *folder, struct err *err)
{
	struct zoneinfo *zoneinfo = calloc(1, sizeof(*zoneinfo));

	if (!zoneinfo) {
		err_set(err, "out of memory");
		return NULL;
	}
	zoneinfo->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (zoneinfo->folder_fd < 0) {
		err_set(err, "no time zones: %s: %s; install the package tzdata", folder, strerror(errno));
		goto fail;
	}
	if (!read_list(zoneinfo)) {
		err_set(err, "out of memory");
		goto fail;
	}
	return zoneinfo;
fail:
	zoneinfo_destroy(zoneinfo);
	return NULL;
}

void zoneinfo_destroy(struct zoneinfo *zoneinfo)
{
	if (!zoneinfo) {
		return;
	}
	for (size_t i = 0; i < zoneinfo->file_count; i++) {
		free(zoneinfo->files[i].name);
	}
	free(zoneinfo->files);
	free(zoneinfo->bytes);
	free(zoneinfo->links);
	free(zoneinfo->list);
	if (zoneinfo->folder_fd >= 0) {
		close(zoneinfo->folder_fd);
	}
	free(zoneinfo);
}

static bool load_file(struct zoneinfo *zoneinfo, const char *name, struct err *err)
{
	size_t length = 0;
	unsigned char *bytes = read_file(zoneinfo->folder_fd, name, TZIF_FILE_MAX, &length, NULL);
	struct file *file = &zoneinfo->files[zoneinfo->file_count];
	bool ok = true;

	if (!bytes) {
		return true; /* an unknown zone, as it would be when it is looked up in the folder */
	}
	if (zoneinfo->file_count == ZONEINFO_ZONES_MAX || length > ZONEINFO_BYTES_MAX - zoneinfo->length) {
		ok = err_set(err, "there are more than %d time zones, or more than %d MiB of them", ZONEINFO_ZONES_MAX,
			     ZONEINFO_BYTES_MAX >> 20);
		goto out;
	}
	file->name = strdup(name);
	if (!file->name) {
		ok = err_set(err, "out of memory");
		goto out;
	}
	memcpy(zoneinfo->bytes + zoneinfo->length, bytes, length);
	file->start = zoneinfo->length;
	file->length = length;
	zoneinfo->length += length;
	zoneinfo->file_count++;
out:
	free(bytes);
	return ok;
}

/* `name` is that of a folder in the folder; empty: the folder itself. */
static bool load_folder(struct zoneinfo *zoneinfo, const char *name, int depth, struct err *err)
{
	int fd = openat(zoneinfo->folder_fd, *name ? name : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	bool ok = true;

	if (!folder) {
		if (fd >= 0) {
			close(fd);
		}
		return true; /* a file */
	}
	while (ok && (entry = readdir(folder))) {
		char path[ZONEINFO_NAME_MAX];

		if (!is_part(entry->d_name, strlen(entry->d_name)) ||
		    snprintf(path, sizeof(path), "%s%s%s", name, *name ? "/" : "", entry->d_name) >=
			    ZONEINFO_NAME_MAX) {
			continue;
		}
		if (entry->d_type == DT_REG || entry->d_type == DT_LNK) {
			ok = load_file(zoneinfo, path, err);
			continue;
		}
		if (entry->d_type == DT_UNKNOWN) {
			ok = load_file(zoneinfo, path, err);
		}
		ok = ok && (depth == ZONEINFO_DEPTH_MAX || load_folder(zoneinfo, path, depth + 1, err));
	}
	closedir(folder);
	return ok;
}

static int compare_files(const void *left, const void *right)
{
	const struct file *a = left, *b = right;
	return strcmp(a->name, b->name);
}

bool zoneinfo_load(struct zoneinfo *zoneinfo, struct err *err)
{
	unsigned char *shrunk;

	zoneinfo->files = calloc(ZONEINFO_ZONES_MAX, sizeof(*zoneinfo->files));
	zoneinfo->bytes = malloc(ZONEINFO_BYTES_MAX);
	if (!zoneinfo->files || !zoneinfo->bytes) {
		return err_set(err, "out of memory");
	}
	if (!load_folder(zoneinfo, "", 1, err)) {
		return false;
	}
	qsort(zoneinfo->files, zoneinfo->file_count, sizeof(*zoneinfo->files), compare_files);
	shrunk = realloc(zoneinfo->bytes, zoneinfo->length + 1);
	if (shrunk) {
		zoneinfo->bytes = shrunk;
	}
	close(zoneinfo->folder_fd);
	zoneinfo->folder_fd = -1;
	return true;
}

int zoneinfo_folder_fd(const struct zoneinfo *zoneinfo)
{
	return zoneinfo->folder_fd;
}

const char *zoneinfo_version(const struct zoneinfo *zoneinfo)
{
	return zoneinfo->version;
}

static unsigned char *copy_loaded(const struct zoneinfo *zoneinfo, const char *name, size_t *out_length)
{
	for (size_t low = 0, high = zoneinfo->file_count; low < high;) {
		size_t middle = low + (high - low) / 2;
		const struct file *file = &zoneinfo->files[middle];
		int order = strcmp(name, file->name);
		unsigned char *copy;

		if (order == 0) {
			copy = malloc(file->length + 1);
			if (copy) {
				memcpy(copy, zoneinfo->bytes + file->start, file->length);
				*out_length = file->length;
			}
			return copy;
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return NULL;
}

static unsigned char *read_named(const struct zoneinfo *zoneinfo, const char *name, size_t *out_length)
{
	if (zoneinfo->folder_fd < 0) {
		return copy_loaded(zoneinfo, name, out_length);
	}
	return read_file(zoneinfo->folder_fd, name, TZIF_FILE_MAX, out_length, NULL);
}

unsigned char *zoneinfo_read(const struct zoneinfo *zoneinfo, const char *name, size_t *out_length, struct err *err)
{
	unsigned char *bytes = is_name(name) ? read_named(zoneinfo, name, out_length) : NULL;

	/* A link leads to a zone, never to another link. */
	for (size_t i = 0; !bytes && i < zoneinfo->link_count; i++) {
		if (strcmp(zoneinfo->links[i].name, name) == 0) {
			bytes = read_named(zoneinfo, zoneinfo->links[i].target, out_length);
		}
	}
	if (!bytes) {
		err_set(err, "unknown time zone \"%s\"%s", name,
			zoneinfo->version[0] ? "" : "; is the package tzdata installed?");
	}
	return bytes;
}
