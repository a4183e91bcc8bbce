/* See disk.h. */
#include "disk.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"

enum { FILES_MAX = 64, NAMES_MAX = 64, CHANGES_MAX = 4096, NAME_MAX_BYTES = 256, SECTOR = 512 };

struct bytes {
	unsigned char *at;
	size_t size;
};

struct change { /* a write, or a truncation when bytes is NULL */
	unsigned char *bytes;
	size_t size, offset;
};

struct disk_file {
	struct bytes synced;
	struct change changes[CHANGES_MAX];
	size_t change_count;
};

struct name {
	char text[NAME_MAX_BYTES];
	struct disk_file *file;
};

struct names {
	struct name items[NAMES_MAX];
	size_t count;
};

struct name_change { /* `gone` loses its name and `set` gets one, in one step; "" none */
	char gone[NAME_MAX_BYTES], set[NAME_MAX_BYTES];
	struct disk_file *file;
};

static struct {
	char dir[STATE_PATH_MAX];
	void (*point)(void *context);
	void *context;
	bool in_point;
	struct disk_file *files[FILES_MAX];
	size_t file_count;
	struct names now, synced;
	struct name_change changes[CHANGES_MAX];
	size_t change_count;
} disk;

static void *checked(void *memory)
{
	assert_non_null(memory);
	return memory;
}

static const char *name_of(const char *path)
{
	size_t length = strlen(disk.dir);
	if (length == 0 || disk.in_point || strncmp(path, disk.dir, length) != 0 || path[length] != '/') {
		return NULL;
	}
	return path + length + 1;
}

static void reach_point(void)
{
	if (disk.point) {
		disk.in_point = true;
		disk.point(disk.context);
		disk.in_point = false;
	}
}

static void put_bytes(struct bytes *bytes, const unsigned char *from, size_t size, size_t offset, unsigned char filler)
{
	if (offset + size > bytes->size) {
		bytes->at = checked(realloc(bytes->at, offset + size));
		memset(bytes->at + bytes->size, filler, offset + size - bytes->size);
		bytes->size = offset + size;
	}
	memcpy(bytes->at + offset, from, size);
}

static void apply(struct bytes *bytes, const struct change *change, size_t size, unsigned char filler)
{
	if (change->bytes) {
		put_bytes(bytes, change->bytes, size, change->offset, filler);
	} else if (change->size < bytes->size) {
		bytes->size = change->size;
	}
}

static struct name *find_name(struct names *names, const char *text)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->items[i].text, text) == 0) {
			return &names->items[i];
		}
	}
	return NULL;
}

static void change_names(struct names *names, const struct name_change *change)
{
	struct name *gone = find_name(names, change->gone);
	if (gone) {
		*gone = names->items[--names->count];
	}
	if (change->set[0] != '\0') {
		struct name *name = find_name(names, change->set);
		if (!name) {
			assert_true(names->count < NAMES_MAX);
			name = &names->items[names->count++];
			snprintf(name->text, sizeof(name->text), "%s", change->set);
		}
		name->file = change->file;
	}
}

static void note_names(const char *gone, const char *set, struct disk_file *file)
{
	assert_true(disk.change_count < CHANGES_MAX);
	struct name_change *change = &disk.changes[disk.change_count++];
	snprintf(change->gone, sizeof(change->gone), "%s", gone);
	snprintf(change->set, sizeof(change->set), "%s", set);
	change->file = file;
	change_names(&disk.now, change);
}

static struct disk_file *new_file(void)
{
	assert_true(disk.file_count < FILES_MAX);
	return disk.files[disk.file_count++] = checked(calloc(1, sizeof(struct disk_file)));
}

void disk_watch(const char *dir, void (*point)(void *context), void *context)
{
	disk_unwatch();
	DIR *folder = opendir(dir);
	assert_non_null(folder);
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		char path[STATE_PATH_MAX + 256];
		if (entry->d_name[0] == '.') {
			continue;
		}
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		struct disk_file *file = new_file();
		file->synced.at = state_load(path, &file->synced.size);
		note_names("", entry->d_name, file);
	}
	closedir(folder);
	disk.synced = disk.now;
	disk.change_count = 0;
	disk.point = point;
	disk.context = context;
	snprintf(disk.dir, sizeof(disk.dir), "%s", dir);
}

static void forget_changes(struct disk_file *file)
{
	for (size_t i = 0; i < file->change_count; i++) {
		free(file->changes[i].bytes);
	}
	file->change_count = 0;
}

void disk_unwatch(void)
{
	for (size_t i = 0; i < disk.file_count; i++) {
		forget_changes(disk.files[i]);
		free(disk.files[i]->synced.at);
		free(disk.files[i]);
	}
	memset(&disk, 0, sizeof(disk));
}

struct disk_file *disk_find(const char *path)
{
	const char *text = name_of(path);
	const struct name *name = text ? find_name(&disk.now, text) : NULL;
	return name ? name->file : NULL;
}

struct disk_file *disk_create(const char *path)
{
	const char *text = name_of(path);
	if (!text) {
		return NULL;
	}
	struct disk_file *file = disk_find(path);
	if (!file) {
		reach_point();
		file = new_file();
		note_names("", text, file);
	}
	return file;
}

static void note_change(struct disk_file *file, const void *bytes, size_t size, size_t offset)
{
	reach_point();
	assert_true(file->change_count < CHANGES_MAX);
	struct change *change = &file->changes[file->change_count++];
	*change = (struct change){NULL, size, offset};
	if (bytes) {
		change->bytes = checked(malloc(size + 1));
		memcpy(change->bytes, bytes, size);
	}
}

void disk_write(struct disk_file *file, const void *bytes, size_t size, size_t offset)
{
	if (file) {
		note_change(file, bytes, size, offset);
	}
}

void disk_truncate(struct disk_file *file, size_t size)
{
	if (file) {
		note_change(file, NULL, size, 0);
	}
}

void disk_sync(struct disk_file *file)
{
	if (!file) {
		return;
	}
	reach_point();
	for (size_t i = 0; i < file->change_count; i++) {
		apply(&file->synced, &file->changes[i], file->changes[i].size, 0);
	}
	forget_changes(file);
}

void disk_link(const char *from, const char *to)
{
	struct disk_file *file = disk_find(from);
	if (file) {
		reach_point();
		note_names("", name_of(to), file);
	}
}

void disk_rename(const char *from, const char *to)
{
	struct disk_file *file = disk_find(from);
	if (file) {
		reach_point();
		note_names(name_of(from), name_of(to), file);
	}
}

void disk_unlink(const char *path)
{
	if (disk_find(path)) {
		reach_point();
		note_names(name_of(path), "", NULL);
	}
}

void disk_sync_names(const char *dir)
{
	if (disk.dir[0] == '\0' || disk.in_point || strcmp(dir, disk.dir) != 0) {
		return;
	}
	reach_point();
	disk.synced = disk.now;
	disk.change_count = 0;
}

static bool keeps(enum disk_keep keep)
{
	return keep == DISK_KEEP_ALL || (keep != DISK_KEEP_NONE && rand() % 2 == 0);
}

static void leave_file(const char *path, const struct disk_file *file, enum disk_keep keep)
{
	struct bytes left = {checked(malloc(file->synced.size + 1)), file->synced.size};
	memcpy(left.at, file->synced.at ? file->synced.at : (const unsigned char *)"", file->synced.size);
	for (size_t i = 0; i < file->change_count; i++) {
		const struct change *change = &file->changes[i];
		size_t size = change->size;
		if (!keeps(keep)) {
			continue;
		}
		if (keep == DISK_KEEP_TORN && change->bytes && size > SECTOR) {
			size = SECTOR * (1 + (size_t)rand() % (size / SECTOR));
		}
		apply(&left, change, size, keep == DISK_KEEP_TORN ? 0xa5 : 0);
	}
	state_save(path, left.at, left.size);
	free(left.at);
}

void disk_cut_power(const char *into, enum disk_keep keep)
{
	struct names left = disk.synced;
	for (size_t i = 0; i < disk.change_count; i++) {
		if (keeps(keep)) {
			change_names(&left, &disk.changes[i]);
		}
	}
	for (size_t i = 0; i < left.count; i++) {
		char path[STATE_PATH_MAX + NAME_MAX_BYTES];
		snprintf(path, sizeof(path), "%s/%s", into, left.items[i].text);
		leave_file(path, left.items[i].file, keep);
	}
}
