/* Carries check-ins by a folder that is mounted on every machine of the office. Each object is a file that gets its
 * name when it is whole. Everything is done at once, in `finish`. */
#include "carrier.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/base/regular.h"

struct folder {
	struct carrier carrier;
	const char *path;
	enum carrier_op op;
	char name[WIRE_NAME_SIZE];
	const char *text;
	bool is_asked;
};

bool carrier_list(struct carrier_answer *answer, const char *name, bool is_gone)
{
	struct wire_name parts;
	if (!wire_name_read(name, &parts)) {
		answer->foreign++;
		return true;
	}
	bool is_full = (answer->count & (answer->count - 1)) == 0; /* capacities are powers of two */
	if (is_full) {
		size_t capacity = answer->count ? answer->count * 2 : 1;
		struct carrier_item *grown = realloc(answer->items, capacity * sizeof(*grown));
		if (!grown) {
			return false;
		}
		answer->items = grown;
	}
	struct carrier_item *item = &answer->items[answer->count++];
	snprintf(item->name, sizeof(item->name), "%s", name);
	item->is_gone = is_gone;
	return true;
}

void carrier_answer_finish(struct carrier_answer *answer)
{
	free(answer->body);
	free(answer->items);
	*answer = (struct carrier_answer){0};
}

static bool fail(struct carrier_answer *answer, const char *doing, struct err *err)
{
	answer->outcome = CARRIER_FAILED;
	return err_set(err, "the common folder: cannot %s: %s; check that it is mounted and may be written", doing,
		       strerror(errno));
}

static void list(const struct folder *folder, struct carrier_answer *answer, struct err *err)
{
	DIR *dir = opendir(folder->path);
	bool ok = dir || fail(answer, "read it", err);
	for (const struct dirent *file = dir ? readdir(dir) : NULL; file && ok; file = readdir(dir)) {
		if (file->d_name[0] == '.') {
			continue; /* a file that is being written is hidden */
		}
		if (answer->count >= SHARE_NAMES_MAX) {
			answer->foreign++;
		} else if (!carrier_list(answer, file->d_name, false)) {
			errno = ENOMEM;
			ok = fail(answer, "read it", err);
		}
	}
	answer->is_whole = true;
	if (dir) {
		closedir(dir);
	}
}

static char *path_of(const struct folder *folder, const char *prefix, const char *name)
{
	char *path = NULL;
	return asprintf(&path, "%s/%s%s", folder->path, prefix, name) < 0 ? NULL : path;
}

static void get(const char *path, struct carrier_answer *answer, struct err *err)
{
	char text[SHARE_OBJECT_MAX + 2];
	if (!regular_slurp(path, text, sizeof(text))) {
		answer->outcome = errno == ENOENT ? CARRIER_GONE : CARRIER_DONE;
		text[0] = '\0'; /* too large, or no regular file: an object that cannot be used */
		if (errno == EIO || errno == EACCES || errno == ESTALE) {
			fail(answer, "read a check-in", err);
			return;
		}
	}
	answer->length = strlen(text);
	answer->body = strdup(text);
	if (!answer->body) {
		fail(answer, "read a check-in", err);
	}
}

static bool write_whole(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t length = strlen(text);
	bool ok = fd >= 0 && write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0) {
		close(fd);
	}
	errno = error;
	return ok;
}

/* Some file systems that are mounted over a network have no hard links. Names are unique by construction, so that
 * rename would not replace another check-in either. */
static bool give_name(const char *from, const char *to)
{
	if (link(from, to) == 0) {
		return true;
	}
	if (errno == EEXIST || access(to, F_OK) == 0) {
		errno = EEXIST;
		return false;
	}
	return rename(from, to) == 0;
}

static void put(const struct folder *folder, const char *path, struct carrier_answer *answer, struct err *err)
{
	char *hidden = path_of(folder, ".", folder->name);
	if (!hidden || !write_whole(hidden, folder->text)) {
		fail(answer, "write a check-in", err);
	} else if (!give_name(hidden, path)) {
		if (errno == EEXIST) {
			answer->outcome = CARRIER_TAKEN;
		} else {
			fail(answer, "write a check-in", err);
		}
	}
	if (hidden) {
		unlink(hidden);
	}
	free(hidden);
}

static void finish(struct carrier *carrier, struct carrier_answer *answer, struct err *err)
{
	struct folder *folder = (struct folder *)carrier;
	*answer = (struct carrier_answer){.outcome = CARRIER_DONE};
	folder->is_asked = false;
	if (folder->op == CARRIER_LIST) {
		list(folder, answer, err);
		return;
	}
	char *path = path_of(folder, "", folder->name);
	if (!path) {
		fail(answer, "use it", err);
	} else if (folder->op == CARRIER_GET) {
		get(path, answer, err);
	} else if (folder->op == CARRIER_PUT) {
		put(folder, path, answer, err);
	} else if (unlink(path) != 0) {
		if (errno == ENOENT) {
			answer->outcome = CARRIER_GONE;
		} else {
			fail(answer, "remove a check-in", err);
		}
	}
	free(path);
}

static bool begin(struct carrier *carrier, enum carrier_op op, const char *name, const char *text, struct err *err)
{
	struct folder *folder = (struct folder *)carrier;
	(void)err;
	folder->op = op;
	folder->text = text;
	snprintf(folder->name, sizeof(folder->name), "%s", name);
	folder->is_asked = true;
	return true;
}

static bool is_ready(const struct carrier *carrier)
{
	return ((const struct folder *)carrier)->is_asked;
}

static void stop(struct carrier *carrier)
{
	((struct folder *)carrier)->is_asked = false;
}

static void destroy(struct carrier *carrier)
{
	free(carrier);
}

/* Every list is whole. */
static void forget(struct carrier *carrier)
{
	(void)carrier;
}

struct carrier *folder_create(const struct config_share *share)
{
	static const struct carrier_kind kind = {destroy, begin, is_ready, finish, stop, forget};
	struct folder *folder = calloc(1, sizeof(*folder));
	if (folder) {
		folder->carrier.kind = &kind;
		folder->path = share->path;
	}
	return folder ? &folder->carrier : NULL;
}
