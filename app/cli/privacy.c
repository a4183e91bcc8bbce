/* See privacy.h. Files are read as bytes, including free pages, and before this program opens the databases: closing a
 * file that SQLite has open would drop SQLite's locks. */
#include "privacy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include "audit.h"
#include "canary.h"
#include "privacy_screens.h"
#include "app/base/log.h"
#include "app/config/paths.h"

/* Also reads files whose size is unknown in advance, such as those of /proc. Returns false when the file is missing or
 * may not be read. */
static bool audit_file(struct audit *audit, const char *path, const char *place)
{
	FILE *file = fopen(path, "re");
	char *bytes = NULL;
	size_t size = 0;
	if (!file) {
		return false;
	}
	FILE *copy = open_memstream(&bytes, &size);
	char part[65536];
	size_t length = 0;
	while (copy && (length = fread(part, 1, sizeof(part), file)) > 0) {
		fwrite(part, 1, length, copy);
	}
	bool ok = copy && !ferror(file) && !ferror(copy);
	ok = copy && fclose(copy) == 0 && ok;
	fclose(file);
	if (ok) {
		audit_bytes(audit, place, bytes, size);
	}
	free(bytes);
	return ok;
}

/* Searches every file whose name begins with `prefix`. In the folder of the state these are the databases, the files
 * that SQLite keeps beside them, damaged files that were put aside, and locks. */
static bool audit_folder(struct audit *audit, const char *folder, const char *prefix, size_t *out_files,
			 struct err *err)
{
	DIR *dir = opendir(folder);
	if (!dir) {
		return err_set(err, "cannot read the folder %s", folder);
	}
	bool ok = true;
	for (const struct dirent *entry = readdir(dir); ok && entry; entry = readdir(dir)) {
		struct stat about;
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) {
			continue;
		}
		char *path = paths_join(folder, entry->d_name);
		if (!path) {
			ok = err_set(err, "out of memory");
		} else if (lstat(path, &about) == 0 && S_ISREG(about.st_mode)) {
			audit_text(audit, "a file's name in the folder of the state", entry->d_name);
			ok = audit_file(audit, path, path) || err_set(err, "cannot read %s", path);
			++*out_files;
		}
		free(path);
	}
	closedir(dir);
	return ok;
}

/* A core file of a kiosk would hold all of its memory. */
static void audit_core(const char *number, const char *limits)
{
	const char *line = strstr(limits, "Max core file size");
	long bytes = -1;
	if (line && (sscanf(line, "Max core file size %ld", &bytes) != 1 || bytes != 0)) {
		printf("process %s: a crash may leave a core file; the service's LimitCORE=0 forbids it\n", number);
	}
}

static void audit_process(struct audit *audit, const char *number)
{
	static const char *const files[] = {"cmdline", "environ"};
	char path[64], place[96];
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "/proc/%s/%s", number, files[i]);
		snprintf(place, sizeof(place), "process %s, %s", number, files[i]);
		audit_file(audit, path, place);
	}
	char limits[4096] = "";
	snprintf(path, sizeof(path), "/proc/%s/limits", number);
	FILE *file = fopen(path, "re");
	if (file) {
		limits[fread(limits, 1, sizeof(limits) - 1, file)] = '\0';
		fclose(file);
		audit_core(number, limits);
	}
}

/* Searches the arguments and the environment of every kiosk that runs here, except this process, whose own arguments
 * hold the canary. */
static size_t audit_processes(struct audit *audit)
{
	size_t count = 0;
	char own[4096] = "", other[4096];
	ssize_t own_length = readlink("/proc/self/exe", own, sizeof(own));
	DIR *dir = opendir("/proc");
	for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
		char path[300];
		snprintf(path, sizeof(path), "/proc/%s/exe", entry->d_name);
		if (strspn(entry->d_name, "0123456789") != strlen(entry->d_name) ||
		    strtol(entry->d_name, NULL, 10) == getpid()) {
			continue;
		}
		ssize_t length = readlink(path, other, sizeof(other));
		if (length > 0 && length == own_length && memcmp(own, other, (size_t)length) == 0) {
			audit_process(audit, entry->d_name);
			count++;
		}
	}
	if (dir) {
		closedir(dir);
	}
	return count;
}

/* Searches every field of what the kiosk wrote to the system's journal. */
static size_t audit_log(struct audit *audit)
{
	sd_journal *journal = NULL;
	size_t count = 0;
	if (sd_journal_open(&journal, SD_JOURNAL_LOCAL_ONLY) < 0) {
		return 0;
	}
	if (sd_journal_add_match(journal, "SYSLOG_IDENTIFIER=satellitkiosk", 0) >= 0) {
		while (sd_journal_next(journal) > 0) {
			const void *field = NULL;
			size_t size = 0;
			count++;
			while (sd_journal_enumerate_available_data(journal, &field, &size) > 0) {
				audit_bytes(audit, "system journal", field, size);
			}
		}
	}
	sd_journal_close(journal);
	return count;
}

static bool run(struct program *program, struct audit *audit, struct err *err)
{
	size_t files = 0, screens = 0;
	if (!program_need_state(program, err) || !audit_folder(audit, program->state, "", &files, err)) {
		return false;
	}
	struct err none = {""}; /* the board (app/sync/board.h) and its folder may vanish at any time */
	audit_folder(audit, "/run/satellitkiosk", "", &files, &none);
	size_t processes = audit_processes(audit);
	size_t lines = audit_log(audit);
	if (!audit_screens(audit, program, &screens, err)) {
		return false;
	}
	printf("looked at %zu files, %zu screens, %zu running kiosks and %zu lines of the system's journal: %zu "
	       "found\n",
	       files, screens, processes, lines, audit->found);
	return true;
}

int privacy_run(struct program *program)
{
	struct err err = {""};
	struct audit audit = {.canaries = &program->options.canary, .canary_count = 1};
	size_t length = program->options.canary ? strlen(program->options.canary) : 0;
	if (length < CANARY_MIN || length > CANARY_MAX) {
		log_line(LOG_LEVEL_ERROR, "privacy-audit: --canary TEXT of %d to %d bytes is needed", (int)CANARY_MIN,
			 (int)CANARY_MAX);
		return EXIT_USAGE;
	}
	if (!run(program, &audit, &err)) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	return audit.found == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
