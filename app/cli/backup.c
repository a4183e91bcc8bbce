/* Writes one archive from which a kiosk can be restored: the check-ins, the key of the bookings' names, the
 * configuration. The file may lie where only root can write, and the databases are only for their owner to open. So a
 * second process becomes the owner, as every command does, and hands over what it has read. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/base/log.h"
#include "app/base/whole.h"
#include "app/config/paths.h"
#include "app/sync/history.h"
#include "cli.h"
#include "db/identity.h"
#include "db/journal.h"
#include "tar.h"

/* What goes through the pipe before a file's bytes. */
struct parcel {
	char path[BACKUP_PATH_MAX];
	struct stat about;
	size_t size;
};

/* Reads a regular file as a whole; the caller frees the bytes. */
static bool read_file(const char *path, int flags, struct stat *out_about, void **out_bytes, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
	char *bytes = NULL;
	bool ok = file && fstat(fd, out_about) == 0;
	if (!ok) {
		err_set(err, "%s: %s", path, strerror(errno));
	} else if (!S_ISREG(out_about->st_mode) || out_about->st_size > BACKUP_FILE_MAX) {
		ok = err_set(err, "%s: is no file, or is larger than %d MiB", path, BACKUP_FILE_MAX >> 20);
	} else {
		size_t size = (size_t)out_about->st_size;
		bytes = malloc(size + 1);
		ok = bytes && fread(bytes, 1, size, file) == size;
		ok = ok || err_set(err, "%s: cannot be read", path);
	}
	if (file) {
		fclose(file);
	} else if (fd >= 0) {
		close(fd);
	}
	if (!ok) {
		free(bytes);
		return false;
	}
	*out_bytes = bytes;
	return true;
}

/* Adds a file of the configuration, which may be a link. Its absolute path goes into the archive. */
static bool add_file(FILE *out, const char *path, struct err *err)
{
	struct stat about;
	void *bytes = NULL;
	char *full = realpath(path, NULL);
	bool ok = full ? read_file(full, 0, &about, &bytes, err) : err_set(err, "%s: %s", path, strerror(errno));
	if (ok) {
		const struct tar_member member = {
			full,  about.st_mode,        about.st_uid, about.st_gid, about.st_mtim.tv_sec,
			bytes, (size_t)about.st_size};
		ok = tar_add(out, &member, err);
	}
	free(bytes);
	free(full);
	return ok;
}

static bool add_configuration(FILE *out, const struct program *program, struct err *err)
{
	const struct config *config = program->config;
	const char *const files[] = {program->config_file, config->region_file, config->plan_file};
	bool ok = true;
	for (size_t i = 0; ok && i < sizeof(files) / sizeof(files[0]); i++) {
		ok = !files[i] || add_file(out, files[i], err);
	}
	glob_t found = {0}; /* the services' drop-ins; those for credentials name files, and hold no secret */
	if (ok && glob("/etc/systemd/system/satellitkiosk*.service.d/*.conf", 0, NULL, &found) == 0) {
		for (size_t i = 0; ok && i < found.gl_pathc; i++) {
			ok = add_file(out, found.gl_pathv[i], err);
		}
	}
	globfree(&found);
	return ok;
}

static bool hand_over(FILE *pipe, const struct parcel *parcel, const void *bytes, struct err *err)
{
	bool ok = fwrite(parcel, sizeof(*parcel), 1, pipe) == 1 && fwrite(bytes, 1, parcel->size, pipe) == parcel->size;
	return ok || err_set(err, "the archive is no longer being written");
}

static bool name_parcel(struct parcel *parcel, const char *folder, const char *name, struct err *err)
{
	char *full = realpath(folder, NULL);
	int length = full ? snprintf(parcel->path, sizeof(parcel->path), "%s/%s", full, name) : -1;
	free(full);
	return (length > 0 && (size_t)length < sizeof(parcel->path)) ||
	       err_set(err, "%s/%s: the path is too long", folder, name);
}

static bool hand_over_journal(FILE *pipe, struct program *program, struct err *err)
{
	struct parcel parcel = {0};
	struct identity *identity = identity_open(program->state, NULL, err);
	struct journal *journal = NULL;
	void *bytes = NULL;
	bool ok = identity && journal_open(program->state, identity, &journal, err) != JOURNAL_FAILED &&
		  name_parcel(&parcel, program->state, JOURNAL_FILE, err) &&
		  journal_copy(journal, &bytes, &parcel.size, err);
	if (ok && stat(parcel.path, &parcel.about) != 0) {
		ok = err_set(err, "%s: %s", parcel.path, strerror(errno));
	}
	ok = ok && hand_over(pipe, &parcel, bytes, err);
	free(bytes);
	journal_close(journal);
	identity_close(identity);
	return ok;
}

static bool hand_over_file(FILE *pipe, const struct program *program, const char *name, bool is_needed, struct err *err)
{
	struct parcel parcel = {0};
	void *bytes = NULL;
	if (!name_parcel(&parcel, program->state, name, err)) {
		return false;
	}
	if (!is_needed && access(parcel.path, F_OK) != 0) {
		return true;
	}
	bool ok = read_file(parcel.path, O_NOFOLLOW, &parcel.about, &bytes, err);
	parcel.size = ok ? (size_t)parcel.about.st_size : 0;
	ok = ok && hand_over(pipe, &parcel, bytes, err);
	free(bytes);
	return ok;
}

/* The second process. It reports what is wrong itself. */
static int act_as_owner(struct program *program, int fd)
{
	struct err err = {""};
	FILE *pipe = fdopen(fd, "w");
	bool ok = pipe && program_need_state(program, &err) && hand_over_journal(pipe, program, &err) &&
		  hand_over_file(pipe, program, IDENTITY_FILE, true, &err) &&
		  hand_over_file(pipe, program, HISTORY_FILE, false, &err);
	if (pipe && fclose(pipe) != 0 && ok) {
		ok = err_set(&err, "the archive is no longer being written");
	}
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text[0] ? err.text : "out of memory");
	}
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool take_over(FILE *out, FILE *pipe, struct err *err)
{
	struct parcel parcel;
	bool ok = true;
	while (ok && fread(&parcel, sizeof(parcel), 1, pipe) == 1) {
		ok = parcel.size <= (size_t)BACKUP_FILE_MAX && memchr(parcel.path, '\0', sizeof(parcel.path));
		void *bytes = ok ? malloc(parcel.size + 1) : NULL;
		ok = bytes && fread(bytes, 1, parcel.size, pipe) == parcel.size;
		if (!ok) {
			err_set(err, "the databases could not be read as a whole");
		} else {
			const struct tar_member member = {parcel.path,
							  0600,
							  parcel.about.st_uid,
							  parcel.about.st_gid,
							  parcel.about.st_mtim.tv_sec,
							  bytes,
							  parcel.size};
			ok = tar_add(out, &member, err);
		}
		free(bytes);
	}
	return ok;
}

static bool add_databases(FILE *out, struct program *program, struct err *err)
{
	int ends[2], status = -1;
	if (pipe2(ends, O_CLOEXEC) != 0) {
		return err_set(err, "pipe: %s", strerror(errno));
	}
	fflush(NULL); /* the second process must not write it again */
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		_exit(act_as_owner(program, ends[1]));
	}
	close(ends[1]);
	FILE *pipe = fdopen(ends[0], "r");
	bool ok = child > 0 && pipe && take_over(out, pipe, err);
	if (pipe) {
		fclose(pipe);
	} else {
		close(ends[0]);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	bool is_whole = child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	return is_whole ? ok : err_set(err, "%s: nothing was written", program->options.argument);
}

static bool write_archive(struct program *program, const char *path, struct err *err)
{
	struct whole whole;
	if (!whole_begin(&whole, path, err)) {
		return false;
	}
	bool ok = add_databases(whole.out, program, err) && add_configuration(whole.out, program, err) &&
		  tar_end(whole.out, err);
	return whole_end(&whole, ok, WHOLE_DURABLE, err);
}

int cli_backup(struct program *program)
{
	struct err err = {""};
	if (!write_archive(program, program->options.argument, &err)) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
