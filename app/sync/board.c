/* See board.h. The board is JSON and is written anew each time under a lock. Its content is checked, not trusted. */
#include "board.h"

#include "notes.h"
#include "app/base/limits.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

struct board {
	char path[64];
};

static bool is_id(const char *text)
{
	return strspn(text, "0123456789abcdef") == BOARD_ID_LENGTH && text[BOARD_ID_LENGTH] == '\0';
}

/* Two programs may do this at once. The id of the first one stays, because O_APPEND puts the second id behind it. */
static bool find_id(int lock_fd, char id[BOARD_ID_LENGTH + 1])
{
	unsigned char random[BOARD_ID_LENGTH / 2];
	ssize_t length = pread(lock_fd, id, BOARD_ID_LENGTH, 0);
	id[BOARD_ID_LENGTH] = '\0';
	if (length == BOARD_ID_LENGTH && is_id(id)) {
		return true;
	}
	if (length != 0 || getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(random); i++) {
		snprintf(id + 2 * i, 3, "%02x", random[i]);
	}
	if (write(lock_fd, id, BOARD_ID_LENGTH) != BOARD_ID_LENGTH) {
		return false;
	}
	return pread(lock_fd, id, BOARD_ID_LENGTH, 0) == BOARD_ID_LENGTH && is_id(id);
}

struct board *board_create(int lock_fd)
{
	char id[BOARD_ID_LENGTH + 1];
	if (lock_fd < 0 || !find_id(lock_fd, id)) {
		return NULL;
	}
	struct board *board = calloc(1, sizeof(*board));
	if (board) {
		snprintf(board->path, sizeof(board->path), "/dev/shm/satellitkiosk-%s", id);
	}
	return board;
}

void board_destroy(struct board *board)
{
	free(board);
}

const char *board_path(const struct board *board)
{
	return board->path;
}

static json_t *feed_to_json(const struct snapshot_feed *feed)
{
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:i, s:s, s:s}", "name", feed->name, "agreed",
			 (json_int_t)feed->agreed_utc, "tried", (json_int_t)feed->tried_utc, "next",
			 (json_int_t)feed->next_utc, "skipped", (json_int_t)feed->skipped, "failures",
			 (json_int_t)feed->failures, "trouble", (int)feed->trouble, "notes", feed->notes, "message",
			 feed->message);
}

void board_write(const struct board *board, const struct snapshot_feed *feeds, size_t count)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(array, feed_to_json(&feeds[i]));
	}
	char *text = json_dumps(array, JSON_COMPACT);
	int fd = text ? open(board->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	if (fd >= 0 && flock(fd, LOCK_EX) == 0) {
		size_t length = strlen(text);
		if (ftruncate(fd, 0) == 0 && pwrite(fd, text, length, 0) != (ssize_t)length) {
			length = 0;
		}
		if (length == 0 && ftruncate(fd, 0) != 0) {
			unlink(board->path); /* an incomplete board counts as none */
		}
	}
	if (fd >= 0) {
		close(fd);
	}
	free(text);
	json_decref(array);
}

static char *slurp(const char *path)
{
	struct stat about;
	char *text = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0) {
		return NULL;
	}
	bool is_ours = flock(fd, LOCK_SH) == 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) &&
		       about.st_size > 0 && about.st_size <= BOARD_BYTES_MAX;
	if (is_ours) {
		size_t size = (size_t)about.st_size;
		text = calloc(1, size + 1);
		if (text && pread(fd, text, size, 0) != (ssize_t)size) {
			free(text);
			text = NULL;
		}
	}
	close(fd);
	return text;
}

static bool feed_from_json(json_t *object, struct snapshot_feed *out_feed)
{
	json_int_t agreed = 0, tried = 0, next = 0, skipped = 0, failures = 0;
	int trouble = 0;
	char *name = NULL, *notes = NULL, *message = NULL;
	if (json_unpack(object, "{s:s, s:I, s:I, s:I, s:I, s:I, s:i, s:s, s:s}", "name", &name, "agreed", &agreed,
			"tried", &tried, "next", &next, "skipped", &skipped, "failures", &failures, "trouble", &trouble,
			"notes", &notes, "message", &message) != 0) {
		return false;
	}
	*out_feed = (struct snapshot_feed){.name = name,
					   .agreed_utc = agreed,
					   .tried_utc = tried,
					   .next_utc = next,
					   .skipped = (uint32_t)skipped,
					   .failures = (uint32_t)failures,
					   .trouble = (enum feed_trouble)trouble,
					   .notes = notes,
					   .message = message};
	return trouble >= FEED_TROUBLE_NONE && trouble <= FEED_TROUBLE_SETUP && strlen(notes) < NOTES_MAX &&
	       strlen(message) < ERR_TEXT_MAX;
}

void board_read(const struct board *board, void (*found)(void *context, const struct snapshot_feed *feed),
		void *context)
{
	char *text = slurp(board->path);
	json_t *array = text ? json_loads(text, 0, NULL) : NULL;
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct snapshot_feed feed;
		if (feed_from_json(json_array_get(array, i), &feed)) {
			found(context, &feed);
		}
	}
	json_decref(array);
	free(text);
}
