/* The screen as it would be, drawn by the program itself from what was fetched. The calendars lie in memory meanwhile,
 * and the databases beside them. */
#include "state_private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/config/paths.h"
#include "ical/civil.h"

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *place)
{
	(void)about;
	(void)kind;
	(void)place;
	return remove(path);
}

/* Relative paths start at the configuration's folder, and the preview lies elsewhere. */
static bool make_absolute(const struct setup *setup, struct config_edit *edit, const char *section, size_t index,
			  const char *key)
{
	char *value = config_edit_get(edit, section, index, key);
	char *path = value && strcmp(value, "none") != 0 ? setup_absolute(setup, value) : NULL;
	bool ok = !path || config_edit_set(edit, section, index, key, path);
	free(value);
	free(path);
	return ok;
}

static bool write_body(const char *path, const struct probe *probe)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, probe->body, probe->body_length) == (ssize_t)probe->body_length;
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

/* Lets a feed be read from what was fetched; one that was not fetched in this run stays empty. */
static bool use_body(const struct setup *setup, struct config_edit *edit, size_t index, const char *folder)
{
	static const char *const keys[] = {"url", "credential", "ca-file", "proxy", "user-agent", "proxy-credential"};
	char *title = config_edit_title(edit, "feed", index), *path = NULL;
	bool ok = title && asprintf(&path, "%s/%zu.ics", folder, index) > 0;
	const struct setup_feed *feed = NULL;
	for (size_t i = 0; ok && i < setup->feed_count; i++) {
		feed = strcmp(setup->feeds[i].name, title) == 0 ? &setup->feeds[i] : feed;
	}
	char *own = config_edit_get(edit, "feed", index, "path");
	if (ok && !own) {
		ok = (!feed || !feed->probe.body || write_body(path, &feed->probe)) &&
		     config_edit_set(edit, "feed", index, "path", path);
		for (size_t i = 0; ok && i < sizeof(keys) / sizeof(*keys); i++) {
			ok = config_edit_set(edit, "feed", index, keys[i], NULL);
		}
	} else if (ok) {
		ok = make_absolute(setup, edit, "feed", index, "path");
	}
	free(own);
	free(title);
	free(path);
	return ok;
}

static bool write_configuration(const struct setup *setup, const char *folder, const char *path, struct err *err)
{
	struct config_edit *edit = config_edit_create(config_edit_text(setup->edit), err);
	bool ok = edit && make_absolute(setup, edit, "office", 0, "plan") &&
		  make_absolute(setup, edit, "office", 0, "rotation-table");
	for (size_t i = 0; ok && i < config_edit_count(edit, "feed"); i++) {
		ok = use_body(setup, edit, i, folder);
	}
	size_t share = ok ? config_edit_count(edit, "share") : 0;
	ok = ok && (share == 0 || config_edit_remove(edit, "share", 0));
	ok = ok && setup_write_file(path, config_edit_text(edit), 0600, NULL, err);
	config_edit_destroy(edit);
	return ok;
}

/* Returns the day of the first coming booking, else the next working day: a picture of the night shows nothing. */
static int32_t busy_day(const struct setup *setup, const struct config *config)
{
	int32_t best = setup->today;
	bool is_found = false;
	while (civil_weekday(best) > 4) {
		best++;
	}
	for (size_t i = 0; i < setup->feed_count; i++) {
		const struct occurrence_list *list = &setup->feeds[i].probe.events.occurrences;
		for (size_t j = 0; j < list->count; j++) {
			const struct span *span = &list->items[j].span;
			int32_t day = span->all_day ? span->start_day : zone_day(config->zone, span->start_utc);
			if (day >= setup->today && (!is_found || day < best)) {
				best = day;
				is_found = true;
			}
		}
	}
	return best;
}

/* Writes the time that the picture shows: --now, or a quarter into the opening hours of that day. */
static void choose_time(const struct setup *setup, const struct config *config, char *out, size_t size)
{
	int64_t minutes = config->opens_min + (config->closes_min - config->opens_min) / 4;
	int64_t local_s = (int64_t)busy_day(setup, config) * DAY_S + minutes * 60;
	struct civil at = civil_from_local(setup->options->has_now ? setup->options->now_local_s : local_s);
	snprintf(out, size, "%04d-%02d-%02dT%02d:%02d", at.year, at.month, at.day, at.hour, at.minute);
}

static bool draw(struct setup *setup, const char *file, const char *state, const char *picture, struct err *err)
{
	char now[80];
	char *program = realpath("/proc/self/exe", NULL);
	struct config *config = setup_read(setup, err);
	if (config) {
		choose_time(setup, config, now, sizeof(now));
	}
	fflush(NULL);
	pid_t child = program && config ? fork() : -1;
	if (child == 0) {
		execl(program, program, "--config", file, "--state", state, "--screenshot", picture, "--now", now,
		      (char *)NULL);
		_exit(1);
	}
	int status = 1;
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	config_destroy(config);
	free(program);
	return child > 0 && status == 0;
}

bool setup_preview(struct setup *setup, const char *picture, struct err *err)
{
	err_set(err, "out of memory");
	char *folder = paths_join(setup->scratch, "preview"),
	     *config = folder ? paths_join(folder, "kiosk.conf") : NULL;
	char *state = folder ? paths_join(folder, "state") : NULL;
	bool ok = config && state && mkdir(folder, 0700) == 0 && write_configuration(setup, folder, config, err) &&
		  (draw(setup, config, state, picture, err) || err_set(err, "%s", picture));
	if (folder) {
		nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	}
	free(state);
	free(config);
	free(folder);
	return ok;
}
