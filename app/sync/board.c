/* See board.h. The board is JSON and is written anew each time. Its content is checked, not trusted. */
#include "board.h"

#include "notes.h"
#include "app/base/limits.h"
#include "app/base/regular.h"
#include "app/base/whole.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

struct board {
	char *path;
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

/* The folder that systemd makes for the service; its files are in memory. */
#define RUNTIME_FOLDER "/run/satellitkiosk"

/* In a folder that somebody else may write, a stranger could put a file, or hold a lock, in our place. */
static bool is_own_folder(const char *path)
{
	struct stat about;
	return lstat(path, &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == geteuid() &&
	       (about.st_mode & 0022) == 0;
}

/* Versions before 0.2 left a board where everybody may write, and none removed it. */
static void remove_former(const char *id)
{
	char path[96];
	snprintf(path, sizeof(path), "/dev/shm/satellitkiosk-%s", id);
	unlink(path);
}

/* The lock file was made anew, and with it another name. */
static void remove_stale(const char *state_dir, const char *id)
{
	DIR *folder = opendir(state_dir);
	for (const struct dirent *file = folder ? readdir(folder) : NULL; file; file = readdir(folder)) {
		char of[BOARD_ID_LENGTH + 1] = "";
		bool is_board = sscanf(file->d_name, "board-%32[0-9a-f].json", of) == 1 && is_id(of);
		if (is_board && strcmp(of, id) != 0) {
			unlinkat(dirfd(folder), file->d_name, 0);
		}
	}
	if (folder) {
		closedir(folder);
	}
}

struct board *board_create(int lock_fd, const char *state_dir)
{
	char id[BOARD_ID_LENGTH + 1];
	if (lock_fd < 0 || !find_id(lock_fd, id)) {
		return NULL;
	}
	remove_former(id);
	remove_stale(state_dir, id);
	struct board *board = calloc(1, sizeof(*board));
	const char *folder = is_own_folder(RUNTIME_FOLDER) ? RUNTIME_FOLDER : state_dir;
	if (board && asprintf(&board->path, "%s/board-%s.json", folder, id) < 0) {
		free(board);
		board = NULL;
	}
	return board;
}

void board_destroy(struct board *board)
{
	if (board) {
		free(board->path);
		free(board);
	}
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

static json_t *share_to_json(const struct snapshot_share *share)
{
	return json_pack("{s:b, s:I, s:I, s:I, s:I, s:s}", "lost", (int)share->is_lost, "exchanged",
			 (json_int_t)share->agreed_utc, "tried", (json_int_t)share->tried_utc, "outbox",
			 (json_int_t)share->outbox, "refused", (json_int_t)share->skipped, "message", share->message);
}

static bool share_from_json(json_t *object, struct snapshot_share *out_share)
{
	json_int_t agreed = 0, tried = 0, outbox = 0, skipped = 0;
	int is_lost = 0;
	char *message = NULL;
	if (json_unpack(object, "{s:b, s:I, s:I, s:I, s:I, s:s}", "lost", &is_lost, "exchanged", &agreed, "tried",
			&tried, "outbox", &outbox, "refused", &skipped, "message", &message) != 0) {
		return false;
	}
	*out_share = (struct snapshot_share){.is_on = true,
					     .is_lost = is_lost,
					     .agreed_utc = agreed,
					     .tried_utc = tried,
					     .outbox = outbox,
					     .skipped = (uint32_t)skipped};
	snprintf(out_share->message, sizeof(out_share->message), "%s", message);
	return true;
}

void board_write(const struct board *board, const struct snapshot_feed *feeds, size_t count,
		 const struct snapshot_share *share)
{
	json_t *array = json_array();
	if (share->is_on) {
		json_array_append_new(array, share_to_json(share));
	}
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(array, feed_to_json(&feeds[i]));
	}
	char *text = json_dumps(array, JSON_COMPACT);
	if (text) {
		whole_write(board->path, text, WHOLE_QUICK, NULL); /* no lock is needed */
	}
	free(text);
	json_decref(array);
}

static char *slurp(const char *path)
{
	struct stat about = {0};
	int fd = regular_open(path, &about);
	bool fits = fd >= 0 && about.st_size > 0 && about.st_size <= BOARD_BYTES_MAX;
	char *text = fits ? calloc(1, (size_t)about.st_size + 1) : NULL;
	if (text && !regular_read(fd, text, (size_t)about.st_size)) {
		free(text);
		text = NULL;
	}
	if (fd >= 0) {
		close(fd);
	}
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
		void *context, struct snapshot_share *out_share)
{
	char *text = slurp(board->path);
	json_t *array = text ? json_loads(text, 0, NULL) : NULL;
	for (size_t i = 0; i < json_array_size(array); i++) {
		struct snapshot_feed feed;
		if (feed_from_json(json_array_get(array, i), &feed)) {
			found(context, &feed);
		} else {
			share_from_json(json_array_get(array, i), out_share);
		}
	}
	json_decref(array);
	free(text);
}
