/* See faults.h. A shim around SQLite's default VFS; https://sqlite.org/vfs.html. Version 1 of the file methods: no
 * shared memory, no mapping. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"
#include "state.h"

enum needs { NEEDS_NOTHING, NEEDS_WRITING, NEEDS_ROOM }; /* what an operation asks of the disk */

struct shim_file {
	sqlite3_file base;
	struct disk_file *model;
	bool syncs_names; /* a new rollback journal: SQLite syncs the folder with its first sync */
	char dir[STATE_PATH_MAX];
	sqlite3_file *real; /* lies behind this struct */
};

/* Set by the test's thread while the worker's uses the disk. */
static struct {
	_Atomic(enum fault) fault;
	_Atomic long n, seen, struck;
	_Atomic bool for_good;
	_Atomic(long long) written;
	_Atomic long syncs;
} faults;

static sqlite3_vfs shim;

void faults_set(enum fault fault, long n, bool for_good)
{
	faults.fault = fault;
	faults.n = n;
	faults.for_good = for_good;
	faults.seen = 0;
	faults.struck = 0;
}

void faults_clear(void)
{
	faults.fault = FAULT_NONE;
}

long faults_struck(void)
{
	return faults.struck;
}

long long faults_written(void)
{
	return faults.written;
}

long faults_syncs(void)
{
	return faults.syncs;
}

static bool strikes(enum needs needs)
{
	bool concerns = faults.fault == FAULT_IO || (faults.fault == FAULT_FULL && needs == NEEDS_ROOM) ||
			(faults.fault == FAULT_READ_ONLY && needs != NEEDS_NOTHING);
	if (!concerns) {
		return false;
	}
	faults.seen++;
	bool strike = faults.for_good ? faults.seen >= faults.n : faults.seen == faults.n;
	faults.struck += strike;
	return strike;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct shim_file *)file)->real;
}

static int shim_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int shim_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_IOERR_READ
				      : real_of(file)->pMethods->xRead(real_of(file), bytes, size, offset);
}

static int shim_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
	if (strikes(NEEDS_ROOM)) {
		return faults.fault == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	}
	faults.written += size;
	disk_write(((struct shim_file *)file)->model, bytes, (size_t)size, (size_t)offset);
	return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	if (strikes(NEEDS_WRITING)) {
		return SQLITE_IOERR_TRUNCATE;
	}
	disk_truncate(((struct shim_file *)file)->model, (size_t)size);
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
	struct shim_file *own = (struct shim_file *)file;
	if (strikes(NEEDS_ROOM)) { /* a delayed allocation fails here */
		return SQLITE_IOERR_FSYNC;
	}
	faults.syncs++;
	disk_sync(own->model);
	if (own->syncs_names) {
		disk_sync_names(own->dir);
		own->syncs_names = false;
	}
	return own->real->pMethods->xSync(own->real, flags);
}

static int shim_file_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_IOERR_FSTAT
				      : real_of(file)->pMethods->xFileSize(real_of(file), out_size);
}

static int shim_lock(sqlite3_file *file, int level)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_IOERR_LOCK : real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_check_lock(sqlite3_file *file, int *out_locked)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_IOERR_CHECKRESERVEDLOCK
				      : real_of(file)->pMethods->xCheckReservedLock(real_of(file), out_locked);
}

static int shim_file_control(sqlite3_file *file, int operation, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int shim_sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods shim_methods = {
	.iVersion = 1,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_file_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_check_lock,
	.xFileControl = shim_file_control,
	.xSectorSize = shim_sector_size,
	.xDeviceCharacteristics = shim_characteristics,
};

static sqlite3_vfs *real_vfs(const sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static void split_dir(const char *path, char dir[STATE_PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	snprintf(dir, STATE_PATH_MAX, "%.*s", slash ? (int)(slash - path) : 0, path);
}

static int shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	struct shim_file *own = (struct shim_file *)file;
	bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
	memset(own, 0, sizeof(*own));
	own->real = (sqlite3_file *)(own + 1);
	if (faults.fault == FAULT_READ_ONLY && !creates && (flags & SQLITE_OPEN_READWRITE) != 0) {
		if (strikes(NEEDS_WRITING)) { /* as the real one does on EROFS */
			flags = (flags & ~SQLITE_OPEN_READWRITE) | SQLITE_OPEN_READONLY;
		}
	} else if (strikes(creates ? NEEDS_ROOM : NEEDS_NOTHING)) {
		return SQLITE_CANTOPEN;
	}
	bool is_new = path && creates && access(path, F_OK) != 0;
	if (path) {
		own->model = is_new ? disk_create(path) : disk_find(path);
		own->syncs_names = is_new && (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0;
		split_dir(path, own->dir);
	}
	int code = real_vfs(vfs)->xOpen(real_vfs(vfs), path, own->real, flags, out_flags);
	own->base.pMethods = own->real->pMethods ? &shim_methods : NULL;
	return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *path, int syncs_names)
{
	char dir[STATE_PATH_MAX];
	if (strikes(NEEDS_WRITING)) {
		return SQLITE_IOERR_DELETE;
	}
	disk_unlink(path);
	int code = real_vfs(vfs)->xDelete(real_vfs(vfs), path, syncs_names);
	if (code == SQLITE_OK && syncs_names) {
		if (strikes(NEEDS_ROOM)) {
			return SQLITE_IOERR_DIR_FSYNC; /* the file is gone, but who knows for how long */
		}
		split_dir(path, dir);
		disk_sync_names(dir);
	}
	return code;
}

static int shim_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_IOERR_ACCESS : real_vfs(vfs)->xAccess(real_vfs(vfs), path, flags, out);
}

static int shim_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	return strikes(NEEDS_NOTHING) ? SQLITE_CANTOPEN : real_vfs(vfs)->xFullPathname(real_vfs(vfs), path, size, out);
}

void faults_install(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	assert_non_null(real);
	shim = *real; /* what is not replaced works as it did */
	shim.iVersion = 2;
	shim.pNext = NULL;
	shim.zName = "faults";
	shim.pAppData = real;
	shim.szOsFile = (int)sizeof(struct shim_file) + real->szOsFile;
	shim.xOpen = shim_open;
	shim.xDelete = shim_delete;
	shim.xAccess = shim_access;
	shim.xFullPathname = shim_full_path;
	assert_int_equal(sqlite3_vfs_register(&shim, 1), SQLITE_OK);
}

/* Our own system calls, by the linker's --wrap. */

int __real_open(const char *path, int flags, ...);
int __real_access(const char *path, int mode);
int __real_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_fsync(int file);
int __wrap_open(const char *path, int flags, ...);
int __wrap_access(const char *path, int mode);
int __wrap_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fsync(int file);

static int fail_with_errno(void)
{
	errno = faults.fault == FAULT_FULL ? ENOSPC : faults.fault == FAULT_READ_ONLY ? EROFS : EIO;
	return -1;
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
	va_end(args);
	bool creates = (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
	if (strikes(creates ? NEEDS_ROOM : NEEDS_NOTHING)) {
		return fail_with_errno();
	}
	if (creates) {
		disk_create(path);
	}
	return __real_open(path, flags, mode);
}

int __wrap_access(const char *path, int mode)
{
	/* Not counted: a disk that refuses to be written says so here only while it does. */
	if (faults.fault == FAULT_READ_ONLY && (mode & W_OK) != 0 && faults.struck > 0) {
		return fail_with_errno();
	}
	return __real_access(path, mode);
}

int __wrap_link(const char *from, const char *to)
{
	if (strikes(NEEDS_ROOM)) {
		return fail_with_errno();
	}
	int result = __real_link(from, to);
	if (result == 0) {
		disk_link(from, to);
	}
	return result;
}

int __wrap_rename(const char *from, const char *to)
{
	if (strikes(NEEDS_WRITING)) {
		return fail_with_errno();
	}
	disk_rename(from, to);
	return __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
	if (strikes(NEEDS_WRITING)) {
		return fail_with_errno();
	}
	disk_unlink(path);
	return __real_unlink(path);
}

int __wrap_fsync(int file)
{
	char link[64];
	char dir[STATE_PATH_MAX];
	if (strikes(NEEDS_ROOM)) {
		return fail_with_errno();
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	ssize_t length = readlink(link, dir, sizeof(dir) - 1);
	if (length > 0) {
		dir[length] = '\0';
		disk_sync_names(dir);
	}
	return __real_fsync(file);
}
