/* A model of one folder on a disk that loses its power: for every file, what is known to be on the disk, and what was
 * written since it was last synced; the same for the names in the folder. A power cut keeps any of the unsynced. */
#ifndef TESTS_DB_DISK_H
#define TESTS_DB_DISK_H

#include <stdbool.h>
#include <stddef.h>

struct disk_file;

/* What is in the folder now is taken to be on the disk. `point` is called before each thing that changes it. */
void disk_watch(const char *dir, void (*point)(void *context), void *context);
void disk_unwatch(void);

/* NULL: a path that is not in the folder, or nothing is watched. */
struct disk_file *disk_find(const char *path);
struct disk_file *disk_create(const char *path);
void disk_write(struct disk_file *file, const void *bytes, size_t size, size_t offset);
void disk_truncate(struct disk_file *file, size_t size);
void disk_sync(struct disk_file *file);
void disk_link(const char *from, const char *to);
void disk_rename(const char *from, const char *to);
void disk_unlink(const char *path);
void disk_sync_names(const char *dir);

enum disk_keep {
	DISK_KEEP_ALL, /* the program died, not the machine */
	DISK_KEEP_NONE,
	DISK_KEEP_SOME, /* each write on its own, so that later ones may be there without earlier ones */
	DISK_KEEP_TORN, /* the same, and a write may end at any sector; what a file was extended by is noise */
	DISK_KEEP_COUNT
};

/* Puts what would be left into another, empty folder. */
void disk_cut_power(const char *into, enum disk_keep keep);

#endif
