/* See vitals.h. The kiosk locks the file as long as it lives, so that nobody mistakes the file of a dead kiosk for a
 * living one. */
#include "vitals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/regular.h"

const int64_t vital_bucket_us[VITAL_BUCKETS] = {4000, 8000, 16000, 33000, 100000};

/* The layout of the file. */
struct page {
	char version[32];
	_Atomic int64_t values[VITAL_COUNT];
};

struct vitals {
	int fd;
	struct page *page;
};

static char *file_in(const char *folder)
{
	char *path = NULL;
	return asprintf(&path, "%s/vitals", folder) < 0 ? NULL : path;
}

static void *map(int fd)
{
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0 || ftruncate(fd, sizeof(struct page)) != 0) {
		return NULL;
	}
	void *page = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return page == MAP_FAILED ? NULL : page;
}

struct vitals *vitals_create(const char *folder, int64_t now_utc)
{
	struct vitals *vitals = folder && *folder ? calloc(1, sizeof(*vitals)) : NULL;
	char *path = vitals ? file_in(folder) : NULL;
	if (!path) {
		free(vitals);
		return NULL;
	}
	/* The file is locked before it has the name under which readers look for it, so that no lock is waited for. A
	 * process that has an earlier kiosk's file open keeps that. */
	char *fresh = NULL;
	if (asprintf(&fresh, "%s.new", path) < 0) {
		fresh = NULL;
	}
	if (fresh) {
		unlink(fresh);
	}
	vitals->fd = fresh ? open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	vitals->page = map(vitals->fd);
	bool ok = vitals->page && rename(fresh, path) == 0;
	free(fresh);
	free(path);
	if (!ok) {
		vitals_destroy(vitals);
		return NULL;
	}
	vitals_set(vitals, VITAL_STARTED_UTC, now_utc);
	strcpy(vitals->page->version, KIOSK_VERSION);
	return vitals;
}

void vitals_destroy(struct vitals *vitals)
{
	if (!vitals) {
		return;
	}
	if (vitals->page) {
		munmap(vitals->page, sizeof(*vitals->page));
	}
	if (vitals->fd >= 0) {
		close(vitals->fd);
	}
	free(vitals);
}

void vitals_set(struct vitals *vitals, enum vital which, int64_t value)
{
	if (vitals) {
		atomic_store(&vitals->page->values[which], value);
	}
}

static void add(struct vitals *vitals, int which, int64_t more)
{
	atomic_fetch_add(&vitals->page->values[which], more);
}

void vitals_frame(struct vitals *vitals, int64_t took_us)
{
	if (!vitals) {
		return;
	}
	for (int i = 0; i < VITAL_BUCKETS; i++) {
		if (took_us <= vital_bucket_us[i]) {
			add(vitals, VITAL_FRAMES_WITHIN + i, 1);
		}
	}
	add(vitals, VITAL_FRAMES_US, took_us);
	add(vitals, VITAL_FRAMES, 1);
}

void vitals_measure(struct vitals *vitals)
{
	long pages = 0;
	FILE *file = vitals ? fopen("/proc/self/statm", "re") : NULL;
	if (file && fscanf(file, "%*d %ld", &pages) == 1) {
		vitals_set(vitals, VITAL_MEMORY_BYTES, (int64_t)pages * sysconf(_SC_PAGESIZE));
	}
	if (file) {
		fclose(file);
	}
}

bool vitals_read(const char *folder, int64_t out_values[VITAL_COUNT])
{
	struct page page;
	char *path = file_in(folder);
	struct stat about;
	int fd = path ? regular_open(path, &about) : -1;
	bool is_held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
	bool ok = is_held && read(fd, &page, sizeof(page)) == sizeof(page) &&
		  strncmp(page.version, KIOSK_VERSION, sizeof(page.version)) == 0;
	for (int i = 0; ok && i < VITAL_COUNT; i++) {
		out_values[i] = atomic_load(&page.values[i]);
	}
	if (fd >= 0) {
		close(fd);
	}
	free(path);
	return ok;
}

const char *vitals_folder(void)
{
	const char *given = getenv("RUNTIME_DIRECTORY");
	char *path = given ? file_in(given) : NULL;
	bool is_there = path && access(path, F_OK) == 0;
	free(path);
	return is_there ? given : "/run/satellitkiosk";
}
